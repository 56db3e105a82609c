"""What of the journal is a gap in the present knowledge, and how it is counted."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bot.answers import Bundle
from bot.curation import gaps
from bot.curation.gaps import Advice, Asked, Kind, collect, find_gaps
from bot.journal.database import Record, Value
from tests.conftest import TODAY

FOREIGN = "Wo ist das Freibad?"


def unanswered(question: str, nearest: Sequence[str] = ()) -> Record:
    status = "suggestions" if nearest else "unknown"
    return {"at": "2026-11-20T09:00Z", "kind": "unanswered", "question": question, "status": status, "nearest": nearest}


def picked(question: str, entry: str | None) -> Record:
    return {"at": "2026-11-20T09:00Z", "kind": "picked", "question": question, "entry": entry}


def vote(question: str, entry: str, helpful: bool = False, reason: str = "") -> Record:
    record: dict[str, Value] = {"at": "2026-11-20T09:00Z", "kind": "vote", "question": question, "entry": entry}
    return record | {"helpful": helpful, "reason": reason}


def proposal(question: str) -> Record:
    record: dict[str, Value] = {"at": "2026-11-20T09:00Z", "kind": "proposal", "question": question}
    return record | {"answer": "So.", "source": ""}


def counted(records: Sequence[Record]) -> list[tuple[str, dict[str, int]]]:
    return [(a.question, {kind.value: n for kind, n in a.counts.items() if n}) for a in collect(records)]


def test_the_same_question_is_counted_once_whatever_its_punctuation() -> None:
    texts = ["Wo ist das Freibad?", "wo ist das freibad", "Hallo, wo ist das Freibad?", "Wo?"]
    assert counted([unanswered(text) for text in texts]) == [
        ("Wo ist das Freibad?", {"unanswered": 3}),
        ("Wo?", {"unanswered": 1}),
    ]


@pytest.mark.parametrize(
    ("records", "not_picked"),
    [
        ([unanswered("A?", ["a"])], 1),
        ([unanswered("A?", ["a"]), picked("A?", "a")], 0),
        ([unanswered("A?", ["a"]), picked("A?", None)], 1),
        ([unanswered("A?", ["a"]), unanswered("A?", ["a"]), picked("a", "a")], 1),
        ([picked("A?", "a")], 0),
        ([picked("A?", None)], 1),
        ([picked("A?", "a"), picked("A?", None)], 1),
    ],
)
def test_a_suggestion_that_was_picked_is_no_gap(records: list[Record], not_picked: int) -> None:
    assert counted(records) == ([("A?", {"not_picked": not_picked})] if not_picked else [])


def test_what_has_no_words_or_was_helpful_is_no_gap() -> None:
    assert counted([unanswered(" "), unanswered("???"), vote("A?", "a", helpful=True)]) == []


def test_what_the_present_knowledge_answers_is_mended(small: Bundle) -> None:
    found = find_gaps(small, [unanswered("Fördertopf"), unanswered("fördertopf?"), unanswered(FOREIGN)], TODAY)
    assert (found.mended, [cluster.typical.question for cluster in found.clusters]) == (2, [FOREIGN])


def test_a_bad_vote_counts_while_the_same_entry_answers(small: Bundle) -> None:
    records = [vote("Fördertopf", "money-grant", reason="Zahlen?"), vote("Fördertopf", "money-savings")]
    found = find_gaps(small, records, TODAY)
    (cluster,) = found.clusters
    assert (cluster.total, cluster.counts[Kind.DOWN_VOTED], found.mended) == (1, 1, 1)
    assert (cluster.advice, cluster.nearest and cluster.nearest.id) == (Advice.REVISE, "money-grant")
    assert cluster.questions[0].remarks == ["Zahlen?"]


def test_who_proposes_an_entry_for_what_is_answered_wants_more_of_it(small: Bundle) -> None:
    (cluster,) = find_gaps(small, [proposal("Fördertopf")], TODAY).clusters
    assert (cluster.advice, cluster.nearest and cluster.nearest.id) == (Advice.REVISE, "money-grant")


def test_whoever_refuses_all_suggestions_wants_something_else(small: Bundle) -> None:
    question = "Geld vom Land?"
    asked = [unanswered(question, ["money-grant"])] * 3
    assert [c.advice for c in find_gaps(small, asked, TODAY).clusters] == [Advice.PHRASING]
    refused = [*asked, picked(question, None), picked(question, None)]
    assert [c.advice for c in find_gaps(small, refused, TODAY).clusters] == [Advice.NEW_ENTRY]


def test_what_was_picked_half_as_often_as_asked_in_vain_is_what_was_meant(small: Bundle) -> None:
    question = "Geld vom Land?"
    records = [unanswered(question, ["money-grant"])] * 3 + [picked(question, "money-grant"), picked(question, None)]
    (cluster,) = find_gaps(small, records, TODAY).clusters
    assert (cluster.total, cluster.advice) == (2, Advice.PHRASING)


def test_an_entry_that_is_gone_is_never_advised(small: Bundle) -> None:
    records = [unanswered(FOREIGN, ["weg"]), picked(FOREIGN, "weg"), vote("Wer war da?", "weg"), unanswered(FOREIGN)]
    assert {cluster.advice for cluster in find_gaps(small, records, TODAY).clusters} == {Advice.NEW_ENTRY}


def test_of_too_many_questions_the_rarest_are_left_out(small: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gaps, "MOST", 1)
    found = find_gaps(small, [unanswered("Wann tagt der Rat?"), unanswered(FOREIGN), unanswered(FOREIGN)], TODAY)
    assert ([cluster.typical.question for cluster in found.clusters], found.rare) == ([FOREIGN], 1)


def test_the_typical_question_is_whole_well_spelled_and_without_a_mask(small: Bundle) -> None:
    texts = [
        "freibad",
        "Hallo, wo ist denn das Freibad?",
        "Wo ist das Freibadd?",
        "Wo ist das Freibad von [Name]?",
        FOREIGN,
        "freibad wo ist das",
    ]
    (cluster,) = find_gaps(small, [unanswered(text) for text in texts], TODAY).clusters
    assert cluster.typical.question == FOREIGN
    assert [asked.question for asked in cluster.questions] == sorted(texts)


def test_an_empty_journal_has_no_gap(small: Bundle) -> None:
    assert find_gaps(small, [], TODAY) == gaps.Gaps()
    assert Asked("A?").total == 0
