"""The sentences about a reply: complete, exact, and different where the reasons differ."""

import pytest

from bot import wording
from bot.answers import Bundle, Notice, Reason, Reply, Status, answer
from bot.knowledge import Entry, KnowledgeBase

from .conftest import TODAY

SILENT = (Reason.TOO_SHORT, Reason.ONLY_NAMES, Reason.MENTIONED, Reason.NOT_IN_SOURCES, Reason.OFF_TOPIC)
OFFERING = (Reason.AMBIGUOUS, Reason.UNSURE, Reason.FOLLOW_UP)


@pytest.fixture
def grant(small: Bundle) -> Entry:
    entry = small.knowledge.entry("money-grant")
    assert entry
    return entry


@pytest.mark.parametrize(
    ("day", "text"), [("2020-11-02", "2. November 2020"), ("2020-03", "März 2020"), ("2018", "2018")]
)
def test_a_date_is_as_exact_as_it_is_known(day: str, text: str) -> None:
    assert wording.full_date(day) == text


def test_each_source_has_one_line_with_its_sections_and_speakers(small: Bundle, grant: Entry) -> None:
    assert wording.source_lines(small.knowledge, grant) == [
        "Quelle: Protokoll der „Runde“, Abschnitt Blitzumfrage, laut Erika Muster; Abschnitt Input Erika Muster"
        " (Verein e. V., 12. November 2020)",
        "Quelle: Papier (Amt, 2018, https://example.org/p)",
    ]


def test_stand_is_the_newest_source_or_the_entrys_own(small: Bundle, grant: Entry) -> None:
    savings = small.knowledge.entry("money-savings")
    assert savings
    assert wording.stand(small.knowledge, grant) == "Stand: November 2020"
    assert wording.stand(small.knowledge, savings) == "Stand: Januar 2026"


def test_the_quote_is_one_line_with_source_and_stand(small: Bundle, grant: Entry) -> None:
    assert wording.quote_line(small.knowledge, grant) == (
        "Das Land zahlt [bold]wenig[/bold]. (Quelle: Protokoll der „Runde“; Papier, Stand: November 2020)"
    )


def test_every_shipped_entry_can_be_quoted_in_one_line(knowledge: KnowledgeBase) -> None:
    for entry in knowledge.entries:
        for text in (wording.quote_line(knowledge, entry), *wording.source_lines(knowledge, entry)):
            assert "\n" not in text
            assert "None" not in text


def test_every_notice_has_a_sentence_of_its_own(small: Bundle, grant: Entry) -> None:
    reply = Reply("?", Status.ANSWERED, Reason.MATCH, entry=grant, notices=tuple(Notice))
    assert dict(zip(Notice, wording.notice_sentences(small.knowledge, reply, TODAY), strict=True)) == {
        Notice.OLD: "Der Stand ist 6 Jahre alt; was seither geschah, steht hier nicht.",
        Notice.REVIEW_DUE: "Diese Angabe sollte bis März 2025 geprüft werden; das steht noch aus.",
        Notice.SUPERSEDED: "Diese Angabe ist überholt; neuer ist: „Spart Zusammenarbeit Kosten?“ (money-savings).",
        Notice.CONTRADICTED: (
            "Andere Angaben widersprechen dieser; bitte vergleichen Sie:"
            " „Spart Zusammenarbeit Kosten?“ (money-savings)."
        ),
    }


def test_a_contradiction_names_the_other_entry_from_both_sides(small: Bundle) -> None:
    savings = small.knowledge.entry("money-savings")
    assert savings
    reply = Reply("?", Status.ANSWERED, Reason.MATCH, entry=savings, notices=(Notice.CONTRADICTED,))
    assert "(money-grant)" in wording.notice_sentences(small.knowledge, reply, TODAY)[0]


def test_every_reason_for_no_answer_has_a_sentence_of_its_own() -> None:
    silent = [wording.explain(Reply("?", Status.UNKNOWN, reason)) for reason in SILENT]
    offering = [wording.explain(Reply("?", Status.SUGGESTIONS, reason)) for reason in OFFERING]
    assert len({*silent, *offering}) == len(SILENT) + len(OFFERING)
    assert all("weiß ich" in sentence and "nichts" in sentence for sentence in silent)
    assert all(sentence.endswith("?") for sentence in offering)


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


def test_a_follow_up_is_called_one(grant: Entry) -> None:
    reply = Reply("Und davon?", Status.ANSWERED, Reason.FOLLOW_UP, entry=grant)
    assert wording.understood_line(reply).startswith("Verstanden als Rückfrage: Welche Förderung")


def test_what_is_not_in_the_sources_names_the_topics_that_come_near() -> None:
    reply = Reply("?", Status.UNKNOWN, Reason.NOT_IN_SOURCES, topics=("Geld", "Zeit"))
    assert "zum Thema „Geld“ oder „Zeit“" in wording.explain(reply)
