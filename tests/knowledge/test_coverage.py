"""Every statement of the protocol can be asked for, every entry rests on one or on pages that can be found again."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from bot.answers import Notice, notices
from bot.channels.lines import reply_lines
from bot.knowledge import Entry, KnowledgeBase, load
from bot.offers import picked, related

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


def kinds_of(base: KnowledgeBase, entry: Entry) -> set[str]:
    return {base.sources[ref.id].kind for ref in entry.source_refs}


@pytest.fixture(scope="module")
def base() -> KnowledgeBase:
    return load(ROOT / "knowledge")


def test_every_statement_has_its_entries(base: KnowledgeBase) -> None:
    assert statement_entries() - {entry.id for entry in base.entries} == set()


def test_every_entry_of_the_workshop_rests_on_a_statement(base: KnowledgeBase) -> None:
    only_workshop = {entry.id for entry in base.entries if kinds_of(base, entry) == {"werkstatt"}}
    assert only_workshop - statement_entries() == set()


def test_every_section_of_the_workshop_is_one_of_the_protocol(base: KnowledgeBase) -> None:
    wrong = {
        (base.where[entry.id], entry.id, ref.section)
        for entry in base.entries
        for ref in entry.source_refs
        if base.sources[ref.id].kind == "werkstatt" and ref.section not in STATEMENTS
    }
    assert wrong == set()


def test_an_entry_of_both_kinds_says_which_part_the_workshop_said(base: KnowledgeBase) -> None:
    mixed = [entry for entry in base.entries if len(kinds_of(base, entry)) > 1]
    assert [entry.id for entry in mixed if "Protokoll" not in entry.answer] == []


def test_every_page_of_the_background_can_be_found_again(base: KnowledgeBase) -> None:
    used = {ref.id for entry in base.entries for ref in entry.source_refs}
    assert used == set(base.sources)
    pages = [source for source in base.sources.values() if source.kind == "hintergrund"]
    assert len(pages) > 100
    assert [source.id for source in pages if not (source.address or "").startswith(("https://", "http://"))] == []


@pytest.mark.parametrize(
    "name",
    ["recht-2b-frist", "foerderung-saetze-heute", "foerderung-antrag", "foerderung-frist", "portal-finanzierung"],
)
def test_what_ends_is_to_be_reviewed_then(base: KnowledgeBase, name: str) -> None:
    entry = base.entry(name)
    assert entry and entry.review_by == "2026-12-31"
    assert Notice.REVIEW_DUE not in notices(base, entry, date(2026, 12, 31))
    assert Notice.REVIEW_DUE in notices(base, entry, date(2027, 1, 1))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("ozg-bewilligung", "soest-foerderung"),
        ("ozg-stand", "soest-ueberblick"),
        ("tag-der-region-nachholtermin", "regiopole-tag-nachgeholt"),
    ],
)
def test_what_was_overtaken_leads_to_what_has_happened_since(base: KnowledgeBase, old: str, new: str) -> None:
    entry, newer = base.entry(old), base.entry(new)
    assert entry and newer and base.newest(entry) == newer
    told = reply_lines(base, picked(base, entry, date(2026, 11, 25)), date(2026, 11, 25))
    assert newer.short_line in told[0].text, "before the old answer"
    assert related(base, entry)[0] == newer
