"""The sentences about a reply: complete, exact, and different where the reasons differ."""

from dataclasses import replace

import pytest

from bot import origins, wording
from bot.answers import Bundle, Notice, Reason, Reply, Status, answer
from bot.answers.reply import Suggestion, Understood
from bot.knowledge import Entry, KnowledgeBase

from .conftest import TODAY

SILENT = (Reason.TOO_SHORT, Reason.ONLY_NAMES, Reason.MENTIONED, Reason.NOT_IN_SOURCES, Reason.OFF_TOPIC)
OPEN = "Wer zahlt die Zeche?"
OFFERING = (Reason.AMBIGUOUS, Reason.UNSURE, Reason.FOLLOW_UP)


@pytest.fixture
def grant(small: Bundle) -> Entry:
    entry = small.knowledge.entry("money-grant")
    assert entry
    return entry


def test_the_quote_is_one_line_with_source_and_stand(small: Bundle, grant: Entry) -> None:
    assert wording.quote_line(small.knowledge, grant) == (
        "Das Land zahlt [bold]wenig[/bold]."
        " (Quelle: Protokoll der „Runde“; Papier; Werkstatt und Hintergrund, Stand November 2020)"
        " – Das ist überholt. Neuerer Stand: Ein wenig. (Hintergrund, Stand Januar 2026)"
    )


def test_every_shipped_entry_can_be_quoted_in_one_line(knowledge: KnowledgeBase) -> None:
    for entry in knowledge.entries:
        for text in (wording.quote_line(knowledge, entry), *origins.source_lines(knowledge, entry)):
            assert "\n" not in text
            assert "None" not in text


def test_every_notice_has_a_sentence_of_its_own(small: Bundle, grant: Entry) -> None:
    reply = Reply("?", Status.ANSWERED, Reason.MATCH, entry=grant, notices=tuple(Notice))
    assert dict(zip(Notice, wording.notice_sentences(small.knowledge, reply, TODAY), strict=True)) == {
        Notice.OLD: "Der Stand ist 6 Jahre alt.",
        Notice.REVIEW_DUE: (
            "Diese Angabe war bis März 2025 zu prüfen; das steht noch aus. Bitte fragen Sie vor Gebrauch nach."
        ),
        Notice.SUPERSEDED: "Das ist überholt. Neuerer Stand: Ein wenig. (Hintergrund, Stand Januar 2026)",
        Notice.CONTRADICTED: "Dazu gibt es eine andere Angabe: Ein wenig. (Hintergrund, Stand Januar 2026)",
    }


def test_a_contradiction_names_the_other_entry_from_both_sides(small: Bundle) -> None:
    savings = small.knowledge.entry("money-savings")
    assert savings
    reply = Reply("?", Status.ANSWERED, Reason.MATCH, entry=savings, notices=(Notice.CONTRADICTED,))
    assert wording.notice_sentences(small.knowledge, reply, TODAY) == [
        "Dazu gibt es eine andere Angabe: Das Land zahlt [bold]wenig[/bold]."
        " (Werkstatt und Hintergrund, Stand November 2020)"
    ]


def test_every_reason_for_no_answer_has_a_sentence_of_its_own() -> None:
    silent = [wording.explain(Reply("?", Status.UNKNOWN, reason)) for reason in SILENT]
    offering = [wording.explain(Reply("?", Status.SUGGESTIONS, reason)) for reason in OFFERING]
    assert len({*silent, *offering}) == len(SILENT) + len(OFFERING)
    assert all("weiß ich" in sentence and "nichts" in sentence for sentence in silent)
    assert all(sentence.endswith("?") for sentence in offering)


def test_an_open_question_is_only_said_to_be_like_what_was_asked(small: Bundle) -> None:
    def told(question: str, *offered: Suggestion) -> str:
        status = Status.SUGGESTIONS if offered else Status.UNKNOWN
        return wording.explain(
            Reply(question, status, Reason.OPEN, suggestions=offered, understood=Understood(OPEN, ()))
        )

    entry = small.knowledge.entry("money-grant")
    assert entry
    assert told("wer zahlt die zeche") == "Darauf gibt keine meiner Quellen eine Antwort."
    assert told("zeche wer") == (
        f"Dazu weiß ich nichts; auch auf die ähnliche Frage „{OPEN}“ gibt keine meiner Quellen eine Antwort."
    )
    assert told(OPEN, Suggestion(entry, 0.1)).endswith(" Am nächsten kommt:")


@pytest.mark.parametrize("reason", Reason)
@pytest.mark.parametrize("status", Status)
def test_every_reply_is_explained_or_answered(status: Status, reason: Reason) -> None:
    assert bool(wording.explain(Reply("?", status, reason))) == (status is not Status.ANSWERED)


def test_understood_as_shows_where_the_words_differ(small: Bundle) -> None:
    asked_otherwise = answer(small, "Fördertopf", TODAY)
    assert wording.understood_line(asked_otherwise) == "Verstanden als: Welche Förderung gibt es für Kooperationen?"
    in_these_words = answer(small, "welche foerderung gibt es fuer kooperationen", TODAY)
    assert wording.understood_line(in_these_words) == ""
    assert wording.understood_line(answer(small, "Hallo", TODAY)) == ""


def test_what_the_answer_does_not_speak_of_is_named_as_it_was_typed(small: Bundle) -> None:
    reply = answer(small, "Welche Förderung gibt es für Kooperationen im Weltall?", TODAY)
    meant = "Verstanden als: Welche Förderung gibt es für Kooperationen?"
    assert wording.understood_line(reply) == f"{meant} (ohne „Weltall“)"
    more = replace(reply, question="Förderung für ÖPNV im Weltall?", understood=Understood("", (), ("opnv", "weltall")))
    assert wording.understood_line(more) == f"{meant} (ohne „ÖPNV“ und „Weltall“)"
    assert "ohne" not in wording.understood_line(answer(small, "welche Förderungen gibts für eine Kooperation", TODAY))


def test_a_follow_up_is_called_one(grant: Entry) -> None:
    reply = Reply("Und davon?", Status.ANSWERED, Reason.FOLLOW_UP, entry=grant)
    assert wording.understood_line(reply).startswith("Verstanden als Rückfrage: Welche Förderung")


def test_what_is_not_in_the_sources_names_the_topics_that_come_near() -> None:
    reply = Reply("?", Status.UNKNOWN, Reason.NOT_IN_SOURCES, topics=("Geld", "Zeit"))
    assert "zum Thema „Geld“ oder „Zeit“" in wording.explain(reply)
