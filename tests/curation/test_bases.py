import json

import pytest

from bot.curation.bases import read_base, with_phrasings
from bot.errors import UserError


def base(tmp_path, *rows):
    file = tmp_path / "kb.jsonl"
    file.write_text("\n".join(row if isinstance(row, str) else json.dumps(row) for row in rows), "utf-8")
    return file


def test_a_foreign_base_needs_no_sources_and_keeps_its_ids(tmp_path):
    rows = (
        {"id": "FAQ_1", "questions": ["Eins?", "Eins?", "Uno?"], "answer": None},
        {"id": "x", "questions": ["Zwei"], "answer": "2"},
    )
    knowledge = read_base(base(tmp_path, *rows))
    assert [(e.id, e.phrasings, e.answer) for e in knowledge.entries] == [
        ("FAQ_1", ("Eins?", "Uno?"), ""),
        ("x", ("Zwei",), "2"),
    ]


@pytest.mark.parametrize("line", ["nichts", "{}", '{"id": "a", "questions": [], "answer": null}', "[]"])
def test_a_bad_line_is_named(tmp_path, line):
    with pytest.raises(UserError, match=r"^kb\.jsonl:1: Hier fehlt"):
        read_base(base(tmp_path, line))


def test_an_empty_file_is_named(tmp_path):
    with pytest.raises(UserError, match="enthält keinen Eintrag"):
        read_base(base(tmp_path))


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UserError, match="lässt sich nicht lesen"):
        read_base(tmp_path / "fehlt.jsonl")


def test_only_kept_phrasings_and_entries_stay(small):
    first = next(iter(small.knowledge.entries))
    kept = with_phrasings(small.knowledge, {first.id: ["Nur diese?"]})
    assert [(e.id, e.phrasings) for e in kept.entries] == [(first.id, ("Nur diese?",))]
    assert next(iter(small.knowledge.entries)).phrasings == first.phrasings
