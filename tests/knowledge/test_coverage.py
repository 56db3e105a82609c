"""Every statement of the protocol can be asked for, and every entry rests on one."""

from pathlib import Path

import pytest
import yaml

from bot.knowledge import KnowledgeBase, load

ROOT = Path(__file__).parents[2]
STATEMENTS: dict[str, list[dict[str, object]]] = yaml.safe_load(
    (ROOT / "tests" / "statements.yaml").read_text(encoding="utf-8")
)


def statement_entries() -> set[str]:
    found: set[str] = set()
    for statements in STATEMENTS.values():
        for statement in statements:
            assert isinstance(statement["entries"], list)
            assert statement["entries"], statement
            found.update(statement["entries"])
    return found


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return load(ROOT / "knowledge")


def test_every_statement_has_its_entries(base: KnowledgeBase) -> None:
    assert statement_entries() - {entry.id for entry in base.entries} == set()


def test_every_entry_rests_on_a_statement(base: KnowledgeBase) -> None:
    assert {entry.id for entry in base.entries} - statement_entries() == set()


def test_every_source_section_is_one_of_the_protocol(base: KnowledgeBase) -> None:
    wrong = {
        (base.where[entry.id], entry.id, ref.section)
        for entry in base.entries
        for ref in entry.source_refs
        if ref.section not in STATEMENTS
    }
    assert wrong == set()
