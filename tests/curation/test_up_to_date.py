"""What time has overtaken."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.curation.up_to_date import calibration, overtaken
from bot.curation.written import Written
from bot.knowledge import load, parse
from tests.conftest import ROOT

TODAY = date(2026, 11, 23)
SOURCES = """\
sources:
  - {id: w, kind: werkstatt, title: T, publisher: P, date: '2020-11-12'}
  - {id: h, kind: hintergrund, title: H, publisher: P, date: '2021'}
"""
PLAN = "events:\n      - {date: 2021-04, precision: season, status: planned, label: Nachholtermin}"


def found(*fields: str, source: str = "w") -> list[tuple[str, int]]:
    lines = ["topic: T", "entries:", "  - id: a", "    question: Was?", "    answer: Das.", f"    source: {source}"]
    text = "\n".join([*lines, *(f"    {field}" for field in fields), "  - id: b", "    question: Wer?"])
    text += "\n    answer: Der.\n    source: w\n"
    files = {"sources.yaml": SOURCES.encode(), "t.yaml": text.encode()}
    return [(problem.code, problem.line) for problem in overtaken(parse(files), Written(files), TODAY)]


@pytest.mark.parametrize(
    ("fields", "source", "problems"),
    [
        ([], "w", []),
        (["review_by: 2026-11-23"], "w", []),
        (["review_by: 2026-11"], "w", []),
        (["review_by: 2026-11-22"], "w", [("review", 7)]),
        (["review_by: 2026-10"], "w", [("review", 7)]),
        (["review_by: 2026-10", "superseded_by: b"], "w", []),
        ([PLAN], "w", [("past-plan", 8)]),
        ([PLAN.replace("planned", "done")], "w", []),
        ([PLAN.replace("2021-04", "2027-04")], "w", []),
        ([PLAN, "review_by: 2027"], "w", []),
        ([], "h", [("old", 3)]),
        (["as_of: 2022-06"], "h", [("old", 7)]),
        (["as_of: 2025-06"], "h", []),
        (["review_by: 2027"], "h", []),
    ],
)
def test_what_is_to_be_looked_at_again(fields: list[str], source: str, problems: list[tuple[str, int]]) -> None:
    assert found(*fields, source=source) == problems


def test_the_shipped_calibration_is_that_of_the_shipped_knowledge_and_no_other(tmp_path: Path) -> None:
    knowledge = load(ROOT / "knowledge")
    assert list(calibration(knowledge, tmp_path)) == []
    for file in (ROOT / "knowledge").glob("*.yaml"):
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (missing,) = calibration(load(tmp_path), tmp_path)
    assert (missing.file, missing.code, missing.message) == (
        "calibration.json",
        "calibration",
        "Die Kalibrierung fehlt.",
    )
    assert str(tmp_path) in missing.hint
