"""The marks of an import, measured on statements whose relation to the shipped knowledge is known."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.curation.relate import Relations, Relative
from bot.documents import Statement
from bot.knowledge import KnowledgeBase

LABELLED: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).with_name("relations.yaml")).read_text(encoding="utf-8")
)
DAY = "2023-05-04"


@pytest.fixture(scope="module")
def relations(knowledge: KnowledgeBase) -> Relations:
    return Relations(knowledge)


def related(relations: Relations, text: str, section: str = "Diskussion", day: str = DAY) -> Relative:
    return relations.relate(Statement(text, (section,)), day)


def measured(relations: Relations, part: str) -> tuple[float, float, float]:
    """Precision and recall of the marks (the right entry named), and the share with the right relation."""
    marked = known = hit = right = 0
    for one in LABELLED[part]:
        found = related(relations, one["statement"])
        marked += found.entry is not None
        known += one["relation"] != "new"
        named = found.entry is not None and found.entry.id in one.get("entries", ())
        hit += named
        right += found.relation == one["relation"] and (named or one["relation"] == "new")
    return hit / marked, hit / known, right / len(LABELLED[part])


@pytest.mark.parametrize(
    ("part", "precision", "recall", "right"), [("tuned", 0.85, 0.85, 0.85), ("held_out", 0.85, 0.75, 0.8)]
)
def test_marks_are_mostly_right(relations: Relations, part: str, precision: float, recall: float, right: float) -> None:
    found = measured(relations, part)
    assert found[0] >= precision
    assert found[1] >= recall
    assert found[2] >= right


def test_the_labels_name_entries_that_exist(knowledge: KnowledgeBase) -> None:
    named = {entry for part in LABELLED.values() for one in part for entry in one.get("entries", ())}
    assert named - {entry.id for entry in knowledge.entries} == set()
    assert len({one["statement"] for part in LABELLED.values() for one in part}) == sum(map(len, LABELLED.values()))


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Als Faustformel gelten zwei bis drei Jahre bis zu ersten Ergebnissen.", "covered"),
        ("Als Faustformel gelten 24 bis 36 Monate bis zu ersten Ergebnissen.", "covered"),
        ("Als Faustformel gelten sechs bis sieben Jahre bis zu ersten Ergebnissen.", "contradicts"),
        ("Als Faustformel gelten inzwischen sechs bis sieben Jahre bis zu ersten Ergebnissen.", "updates"),
    ],
)
def test_another_number_on_the_same_matter_shows(relations: Relations, text: str, relation: str) -> None:
    found = related(relations, text)
    assert found.relation == relation
    assert found.entry is not None
    assert found.entry.id == "zeit-faustformel"


def test_only_a_newer_document_updates(relations: Relations) -> None:
    text = "Der Tag der regiopolREGION wurde inzwischen nachgeholt, und zwar im Januar 2022."
    assert related(relations, text, day="2023").relation == "updates"
    assert related(relations, text, day="2019-01-01").relation != "updates"


def test_the_hours_of_another_meeting_are_no_contradiction(relations: Relations) -> None:
    head = Statement("Beginn: 9:30 Uhr", ())
    assert relations.relate(head, DAY).relation == "new"
    assert relations.relate(head, "2020-11-12").relation == "contradicts"


def test_a_statement_without_a_known_word_is_new(relations: Relations) -> None:
    assert related(relations, "Xyzzy plugh.") == Relative("new", None, 0.0)
