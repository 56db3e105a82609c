"""Phrasings and entries that the matcher takes for each other."""

from __future__ import annotations

from bot.answers import Bundle
from bot.curation.confusions import confusions
from bot.curation.written import Written
from bot.knowledge import Problem, parse
from tests.conftest import TODAY

SOURCES = "sources:\n  - {id: s, kind: werkstatt, title: T, publisher: P, date: '2020-11-12'}\n"

MONEY = [
    "Was kostet das Schwimmbad?",
    "Was kostet das Schwimmbad denn?",
    "Was wird das Schwimmbad kosten?",
    "Kosten für das Schwimmbad",
    "Kosten des Schwimmbads",
    "Schwimmbad Kosten",
]
TREES = [
    "Wo stehen die Kastanien im Stadtpark?",
    "Wo im Stadtpark stehen die Kastanien?",
    "Kastanien im Stadtpark",
    "Stehen im Stadtpark Kastanien?",
    "Stadtpark mit Kastanien",
    "Kastanien Stadtpark",
]
BUSES = [
    "Wann fährt der Bus nach Altenau?",
    "Wann fährt der Bus nach Altenau ab?",
    "Abfahrt Bus Altenau",
    "Bus nach Altenau",
    "Bus Altenau wann",
    "Fährt ein Bus nach Altenau?",
]


def found(*, covers: str = "", asked: str = "", **entries: list[str]) -> list[Problem]:
    lines = ["topic: T", "entries:"]
    for name, phrasings in entries.items():
        lines += [f"  - id: {name}", f"    question: {phrasings[0]}"]
        lines += ["    variants:", *(f"      - {text}" for text in phrasings[1:])] if phrasings[1:] else []
        lines += ["    answer: Das.", "    source: s"]
        lines += [f"    covers: [{covers}]"] if covers and name != covers else []
    files = {"sources.yaml": SOURCES.encode(), "t.yaml": "\n".join(lines).encode()}
    if asked:
        files["offene-fragen.yaml"] = f"questions:\n  - {asked}\n".encode()
    return list(confusions(Bundle.build(parse(files)), Written(files), TODAY))


def test_entries_that_have_nothing_in_common_are_not_confused() -> None:
    assert found(money=MONEY, trees=TREES, buses=BUSES) == []


def test_an_open_question_hides_no_confusion() -> None:
    def codes(asked: str) -> list[str]:
        return [one.code for one in found(money=MONEY, trees=[*TREES, "Kosten Schwimmbad"], buses=BUSES, asked=asked)]

    assert codes("Kosten Schwimmbad wann") == codes("Wer fährt den Bus?") == codes("") != []


def test_a_phrasing_between_two_entries_is_named_with_its_twin_and_both_lines() -> None:
    problems = found(money=MONEY, trees=[*TREES, "Kosten Schwimmbad"], buses=BUSES)
    (problem,) = (problem for problem in problems if problem.code == "confusable")
    assert (problem.code, problem.file, problem.line, problem.entry) == ("confusable", "t.yaml", 21, "trees")
    assert "„Kosten Schwimmbad“ und „Schwimmbad Kosten“ (money, t.yaml:10)" in problem.message


def test_two_phrasings_that_lead_to_each_other_are_told_once() -> None:
    problems = found(
        money=[*MONEY, "Wie viele Blumen blühen im Garten?"], trees=[*TREES, "Blühende Blumen im Garten wie viele?"]
    )
    assert [problem.code for problem in problems].count("confusable") == 1


def test_where_the_other_answer_covers_both_there_is_no_confusion() -> None:
    assert found(money=MONEY, trees=[*TREES, "Kosten Schwimmbad"], buses=BUSES, covers="trees") == []


def test_entries_with_the_same_questions_overlap() -> None:
    same = [text.replace("Schwimmbad", "Hallenbad-Schwimmbad") for text in MONEY]
    problems = found(money=MONEY, other=same, trees=TREES)
    assert "overlap" in {problem.code for problem in problems}
    overlap = next(problem for problem in problems if problem.code == "overlap")
    assert overlap.entry in ("money", "other")
    assert "„money“" in overlap.message and "„other“" in overlap.message


def test_an_entry_that_its_own_phrasings_do_not_find_is_named() -> None:
    scattered = [
        "Was kostet der Bus nach Altenau?",
        "Kastanien beim Schwimmbad",
        "Wann fährt der Bus zum Stadtpark?",
        "Kosten der Kastanien",
        "Was wird der Stadtpark kosten?",
        "Altenau Schwimmbad",
    ]
    problems = found(money=MONEY, trees=TREES, buses=BUSES, scattered=scattered)
    lost = [problem for problem in problems if problem.code == "lost"]
    assert [problem.entry for problem in lost] == ["scattered"]
    assert "seiner 6 Formulierungen führen nicht zu ihm" in lost[0].message


def test_an_entry_with_one_phrasing_breaks_nothing() -> None:
    assert found(money=MONEY, trees=["Wo stehen die Kastanien?"]) == []
