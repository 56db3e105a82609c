"""Question bases in JSON lines, as others publish them → a knowledge base that can be indexed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from bot.curation.questions import json_lines
from bot.errors import UserError
from bot.knowledge import Entry, KnowledgeBase, Source, Topic
from bot.typed_text import quoted_path


def read_base(path: Path) -> KnowledgeBase:
    """The entries of a JSON-lines file with ``id``, ``questions`` (at least one) and ``answer`` (or null) in each line.

    Nothing of a curated base is asked of it: no source, no limits. Such a base can be measured, not served.

    Raises:
        UserError: with a German sentence, where the file cannot be read, has no line, or a line is no such object.
    """
    rows = [_row(line, where) for line, where in json_lines(path)]
    if not rows:
        raise UserError(f"Die Datei {quoted_path(path)} enthält keinen Eintrag.")
    return base_of([row[:2] for row in rows], [row[2] for row in rows], path.stem)


def base_of(
    base: Sequence[tuple[str, Sequence[str]]], answers: Sequence[str] = (), name: str = "basis"
) -> KnowledgeBase:
    """A knowledge base of entry ids with their phrasings; what belongs to curated knowledge is left blank."""
    source = Source(id="basis", kind="hintergrund", title=name, publisher=name, date="2000", short=name)
    given = dict(enumerate(answers))
    entries = tuple(_entry(*row, given.get(number, "")) for number, row in enumerate(base) if row[1])
    return KnowledgeBase(topics=(Topic(name, name, "", entries),), sources={"basis": source})


def _entry(entry_id: str, texts: Sequence[str], answer: str) -> Entry:
    return Entry.model_construct(
        id=entry_id, question=texts[0], variants=tuple(texts[1:]), keywords=(), answer=answer,
        source="basis", sources=(), related=(), covers=(), former_ids=(), contradicts=(), events=(),
        short=None, as_of=None, review_by=None, superseded_by=None,
    )  # fmt: skip


def _row(line: str, where: str) -> tuple[str, list[str], str]:
    try:
        row = json.loads(line)
        texts = list(dict.fromkeys(str(question) for question in row["questions"]))
        if not texts:
            raise ValueError(where)
        return str(row["id"]), texts, str(row["answer"] or "")
    except (json.JSONDecodeError, KeyError, TypeError, ValueError):
        raise UserError(f"{where}: Hier fehlt ein Eintrag mit id, questions und answer.") from None


def with_phrasings(knowledge: KnowledgeBase, kept: Mapping[str, Sequence[str]]) -> KnowledgeBase:
    """The base with only the ``kept`` phrasings of each entry id; an entry without any is gone."""
    topics = []
    for topic in knowledge.topics:
        entries = [
            entry.model_copy(update={"question": texts[0], "variants": tuple(texts[1:])})
            for entry in topic.entries
            if (texts := kept.get(entry.id))
        ]
        topics.append(replace(topic, entries=tuple(entries)))
    return replace(knowledge, topics=tuple(topics))
