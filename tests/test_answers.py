from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import (
    Bundle,
    Notice,
    Reason,
    Status,
    age_in_years,
    answer,
    is_unfinished,
    renewed,
    split_questions,
)
from bot.knowledge import load

BUNDLE = Bundle.build(load(Path(__file__).parent / "data" / "buecherei"))
TODAY = date(2026, 11, 23)


def ask(question, previous=None):
    return answer(BUNDLE, question, TODAY, previous)


def test_a_phrasing_of_the_curator_is_answered_with_certainty():
    reply = ask("wie lang ist die leihfrist")
    assert (reply.status, reply.reason, reply.entry.id) == (Status.ANSWERED, Reason.MATCH, "ausleihe-dauer")
    assert reply.score == 1.0
    assert reply.understood.phrasing == "Wie lang ist die Leihfrist?"


def test_small_talk_is_answered_as_such():
    reply = ask("Moin!")
    assert (reply.status, reply.reason, reply.notices) == (Status.ANSWERED, Reason.SMALL_TALK, ())


OPEN = Bundle.build(
    replace(
        BUNDLE.knowledge, open_questions=("Wie lange darf ich ein dickes Buch behalten?", "Wer bestellt die Bücher?")
    )
)


def test_an_open_question_is_never_answered_but_what_is_near_is_offered():
    reply = answer(OPEN, "wie lange darf ich ein dickes buch behalten", TODAY)
    assert ask(reply.question).entry.id == "ausleihe-dauer", "without it, it is answered"
    assert (reply.status, reply.reason, reply.entry) == (Status.SUGGESTIONS, Reason.OPEN, None)
    assert "ausleihe-dauer" in [suggestion.entry.id for suggestion in reply.suggestions]


def test_a_question_is_taken_for_the_open_one_that_it_nearly_is():
    reply = answer(OPEN, "Wer bestellt denn die neuen Bücher?", TODAY)
    assert (reply.reason, reply.understood.phrasing) == (Reason.OPEN, "Wer bestellt die Bücher?")


def test_an_open_question_in_its_very_words_stays_one_thing_and_stands_for_itself():
    two = "Unser Hund frisst Bücher. Wie lang ist die Leihfrist?"
    opened = Bundle.build(replace(BUNDLE.knowledge, open_questions=(two, "Und wie lange dauert das?")))
    before = answer(opened, "Was kostet die Ausleihe?", TODAY)
    for question in (two, two.upper(), "und wie lange dauert das"):
        reply = answer(opened, question, TODAY, before)
        assert (reply.reason, reply.score, reply.further) == (Reason.OPEN, 1.0, ())


def test_only_its_own_spelling_of_an_umlaut_or_plural_is_open():
    entry = (
        BUNDLE.knowledge.topics[0]
        .entries[0]
        .model_copy(update={"id": "neu", "question": "Darf man das fordern?", "variants": ("Bauhof",), "keywords": ()})
    )
    topics = (replace(BUNDLE.knowledge.topics[0], entries=(entry,)),)
    opened = Bundle.build(
        replace(BUNDLE.knowledge, topics=topics, open_questions=("Darf man das fördern?", "Bauhöfe")),
    )
    found = [
        answer(opened, text, TODAY) for text in ("darf man das fordern", "Bauhof", "darf man das fördern", "Bauhöfe")
    ]
    assert [reply.entry and reply.entry.id for reply in found] == ["neu", "neu", None, None]


def test_phrasings_of_the_curator_are_answered_whatever_is_open():
    phrasings = [(text, entry.id) for entry in BUNDLE.knowledge.entries for text in entry.phrasings]
    assert [answer(OPEN, text, TODAY).entry.id for text, _ in phrasings] == [entry_id for _, entry_id in phrasings]


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("Und?", Reason.TOO_SHORT),
        ("Jutta", Reason.ONLY_NAMES),
        ("Welche Schuhgröße hatte Jutta Sommers Urgroßvater?", Reason.MENTIONED),
        ("Was ist mit der Frist in der Bücherei im Winter?", Reason.NOT_IN_SOURCES),
        ("Quantenphysik Vorlesung Skript", Reason.OFF_TOPIC),
        ("qwrtz", Reason.OFF_TOPIC),
    ],
)
def test_silence_says_why(question, reason):
    reply = ask(question)
    assert (reply.status, reply.reason) == (Status.UNKNOWN, reason)
    assert reply.entry is None


@pytest.mark.parametrize(
    "question", ["Wie alt ist Jutta Sommer?", "Telefonnummer von Frau Sommer", "Wetter in Neustadt"]
)
def test_what_no_entry_states_is_not_answered(question):
    assert ask(question).status is not Status.ANSWERED


def test_small_talk_never_covers_up_a_question():
    assert ask("Danke, und die Öffnungszeiten?").reason is not Reason.SMALL_TALK
    assert ask("Was mache ich an einem guten Tag in der Bücherei?").reason is not Reason.SMALL_TALK


def test_another_persons_or_towns_name_is_not_passed_over():
    assert ask("Wer leitet die Bücherei?").status is Status.ANSWERED
    known, strange = (
        BUNDLE.index.search(question).candidates[0].evidence
        for question in ("Wer leitet die Bücherei?", "Wer leitet die Bücherei in Neustadt?")
    )
    assert known.strange == 0 < strange.strange


@pytest.mark.parametrize(
    "message",
    [
        "Hallo zusammen, wer leitet die Bücherei?",
        "Guten Tag! Ich hätte da mal eine Frage: wer leitet die Bücherei",
        "Können Sie mir sagen, wer die Bücherei leitet?",
        "Wer leitet die Bücherei? Vielen Dank!",
        "sag mal, wer leitet die Bücherei",
    ],
)
def test_courtesies_around_a_question_do_not_matter(message):
    reply = ask(message)
    assert (reply.question, reply.entry and reply.entry.id, reply.further) == (message, "haus-leitung", ())


def test_three_question_words_share_the_rest():
    assert split_questions("Wann, wo und wie lange war das Treffen?") == [
        "Wann war das Treffen?",
        "wo war das Treffen?",
        "wie lange war das Treffen?",
    ]


def test_what_is_asked_for_must_be_stated():
    assert ask("Wo sitzt Jutta Sommer, die Leiterin der Bücherei?").status is not Status.ANSWERED


def test_one_bundle_serves_many_threads_at_once():
    questions = [phrasing for entry in BUNDLE.knowledge.entries for phrasing in entry.phrasings] * 5
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(ask, questions))
    assert together == [ask(question) for question in questions]


def test_suggestions_are_at_most_three_and_best_first():
    reply = ask("Buch Frist Ausweis Neubau")
    assert reply.status is Status.SUGGESTIONS
    assert 1 <= len(reply.suggestions) <= 3
    assert [s.score for s in reply.suggestions] == sorted((s.score for s in reply.suggestions), reverse=True)


def test_two_questions_in_one_message_get_two_answers():
    reply = ask("Wer leitet die Bücherei? Und was kostet die Ausleihe?")
    assert [reply.entry.id, *(r.entry.id for r in reply.further)] == ["haus-leitung", "ausleihe-gebuehr"]


def test_a_courtesy_before_a_question_is_passed_over():
    reply = ask("Hallo! Wer leitet die Bücherei?")
    assert reply.entry.id == "haus-leitung"
    assert reply.further == ()


def test_a_second_question_without_an_answer_is_said_to_have_none():
    reply = ask("Wer leitet die Bücherei? Wo finde ich den Bahnhof?")
    assert reply.entry.id == "haus-leitung"
    assert [r.status is Status.ANSWERED for r in reply.further] == [False]


def test_the_half_that_cannot_be_answered_is_not_dropped():
    reply = ask("Wer ist der Bürgermeister und wer leitet die Bücherei?")
    replies = (reply, *reply.further)
    assert [r.entry and r.entry.id for r in replies] == [None, "haus-leitung"]


def test_a_follow_up_without_a_word_to_go_by_is_offered_what_is_related():
    first = ask("Wie lang ist die Leihfrist?")
    reply = ask("Und dazu?", first)
    assert reply.status is Status.SUGGESTIONS
    assert [s.entry.id for s in reply.suggestions] == ["ausleihe-gebuehr"]


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("Wann war das und wer war dabei?", ["Wann war das", "wer war dabei?"]),
        ("Wann war das? Wo?", ["Wann war das?", "Wo?"]),
        ("Städte und Gemeinden", ["Städte und Gemeinden"]),
        ("Wann und wo war die Werkstatt?", ["Wann war die Werkstatt?", "wo war die Werkstatt?"]),
        ("Erste Zeile\nzweite Zeile", ["Erste Zeile", "zweite Zeile"]),
        ("Am 12. November e. V. und z. B. so", ["Am 12. November e. V. und z. B. so"]),
        ("??? !!!", []),
    ],
)
def test_messages_are_split_between_questions_only(message, parts):
    assert split_questions(message) == parts


def test_a_follow_up_is_read_together_with_the_reply_before():
    first = ask("Wie steht es um den Neubau der Bücherei?")
    reply = ask("Und was hat der Stadtrat beschlossen?", first)
    assert reply.entry.id == "haus-neubau-beschluss"


def test_a_follow_up_without_a_clear_meaning_asks_back():
    first = ask("Was kostet die Ausleihe?")
    reply = ask("Und wie ist das da so?", first)
    assert (reply.status, reply.reason) == (Status.SUGGESTIONS, Reason.FOLLOW_UP)


@pytest.mark.parametrize("question", ["Wer leitet sie?", "Was kostet das?", "Wer leitet das?"])
def test_a_question_that_points_at_nothing_is_not_answered_at_random(question):
    assert ask(question).status is not Status.ANSWERED


def test_a_complete_question_does_not_lean_on_the_one_before():
    first = ask("Was kostet die Ausleihe?")
    assert ask("Wer leitet die Bücherei?", first).entry.id == "haus-leitung"


def test_old_superseded_due_and_contradicted_answers_say_so():
    assert ask("Wird die Bücherei neu gebaut?").notices == (Notice.OLD, Notice.SUPERSEDED)
    assert ask("Öffnungszeiten").notices == (Notice.OLD, Notice.REVIEW_DUE)
    assert ask("Was kostet die Ausleihe?").notices == (Notice.OLD, Notice.CONTRADICTED)
    assert ask("alter Preis des Ausweises").notices == (Notice.OLD, Notice.CONTRADICTED)
    assert ask("Beschluss zum Neubau").notices == ()


def test_the_age_of_an_answer_counts_full_years():
    entry = BUNDLE.knowledge.entry("haus-neubau")
    assert age_in_years(BUNDLE.knowledge, entry, date(2025, 1, 31)) == 1
    assert age_in_years(BUNDLE.knowledge, entry, date(2025, 2, 1)) == 2


@given(st.text(max_size=300))
def test_every_text_gets_a_reply_that_is_whole(text):
    reply = ask(text)
    assert 0 <= reply.score <= 1
    assert (reply.entry is not None) == (reply.status is Status.ANSWERED)
    assert bool(reply.suggestions) == (reply.status is Status.SUGGESTIONS)


@pytest.mark.parametrize("message", ["Neubau, was ist das?", "Ausweis wie teuer ist der?"])
def test_a_message_that_names_its_own_subject_leans_on_nothing(message):
    before = ask("Wie lange darf ich ein Buch behalten?")
    reply = answer(BUNDLE, message, TODAY, before)
    assert reply.entry != before.entry


def test_a_follow_up_that_asks_for_something_else_is_not_told_the_same_again():
    before = ask("Wie lange darf ich ein Buch behalten?")
    assert answer(BUNDLE, "und wie viele Parkplätze gibt es?", TODAY, before).entry != before.entry


@pytest.mark.parametrize(
    ("question", "unfinished"),
    [
        ("Wie lange dauert das?", True),
        ("Und was kostet das?", True),
        ("Wie lange dauert es, bis eine Kooperation steht?", False),
        ("Wann war die Werkstatt?", False),
    ],
)
def test_a_question_can_say_nothing_without_the_one_before(bundle, question, unfinished):
    assert is_unfinished(bundle, question) is unfinished


def test_what_was_said_is_read_again_over_other_knowledge(small: Bundle) -> None:
    both = answer(small, "Fördertopf? Wird es billiger?", TODAY)
    unsure = replace(small, confidence=replace(small.confidence, answer_at=1.1, suggest_at=0.0))
    offered = answer(unsure, "Kosten der Kooperation fördern", TODAY)
    assert [part.entry.id for part in (both, *both.further) if part.entry] == ["money-grant", "money-savings"]
    assert {suggestion.entry.id for suggestion in offered.suggestions} == {"money-grant", "money-savings"}
    assert renewed(both, small.knowledge) == both
    (topic,) = small.knowledge.topics
    savings = topic.entries[1].model_copy(update={"answer": "Ja, und wie."})
    fewer = replace(small.knowledge, topics=(replace(topic, entries=(savings,)),))
    now = renewed(both, fewer)
    assert now and (now.entry, now.further) == (savings, ())
    still = renewed(offered, fewer)
    assert still and [suggestion.entry for suggestion in still.suggestions] == [savings]
    assert renewed(both, replace(fewer, topics=())) is None
    hello = answer(small, "Hallo", TODAY)
    assert renewed(hello, fewer) == hello and renewed(hello, replace(fewer, smalltalk=())) is None
