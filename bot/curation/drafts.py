"""Draft files: what an import proposes and a curator turns into entries.

A draft file is ``KNOWLEDGE/entwuerfe/SOURCE-ID.yaml``; a copy of the document lies beside it. The original wording
stands only in comments, each above its draft: no value of a draft is ever a sentence of the source.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, ValidationError

from bot.errors import UserError
from bot.knowledge.explain import wrong_shape
from bot.knowledge.fields import Id, Model, Phrasing, line
from bot.knowledge.model import (
    MAX_ANSWER,
    MAX_QUESTION,
    MAX_SHORT,
    Duration,
    Event,
    PartialDate,
    Source,
)
from bot.knowledge.problems import Problem
from bot.knowledge.yaml_lines import Document as YamlDocument
from bot.knowledge.yaml_lines import read_yaml
from bot.typed_text import printable, quoted_path
from bot.whole_file import save

FOLDER = "entwuerfe"
"""The folder inside the knowledge folder; the loader never looks into folders."""

Relation = Literal["new", "covered", "updates", "contradicts"]
"""Whether the knowledge has no such statement, has it already, has an older one, or says something else."""

State = Literal["open", "adopted", "skipped"]

_ITEM = re.compile(r"^  - ")
_COMMENT = re.compile(r"^  # ?(?! )(.*)$")


class Draft(Model):
    """A proposed entry. ``topic`` is a file's stem; ``entry`` and its ``score`` (0–1) belong to the relation."""

    id: Id = Field(description="Vorgeschlagene Kennung")
    state: State = Field("open", description="offen, übernommen oder übersprungen")
    topic: Id | None = Field(None, description="Vorgeschlagenes Thema: Name der Datei ohne „.yaml“")
    question: Annotated[str, line(MAX_QUESTION)] = Field(description="Vorgeschlagene Frage")
    variants: tuple[Phrasing, ...] = Field((), description="Wie Menschen dasselbe fragen")
    keywords: tuple[Annotated[str, line(60)], ...] = Field((), description="Stichwörter")
    answer: Annotated[str, Field(max_length=MAX_ANSWER)] = Field("", description="Antwort in eigenen Worten")
    short: Annotated[str, line(MAX_SHORT)] | None = Field(None, description="Eine Zeile zum Vorlesen")
    as_of: PartialDate | None = Field(None, description="Stand der Aussage; sonst das Datum der Quelle")
    section: Annotated[str, line(120)] | None = Field(None, description="Abschnitt der Quelle")
    speaker: Annotated[str, line(80)] | None = Field(None, description="Wer es gesagt hat")
    relation: Relation = Field("new", description="neu, schon enthalten, aktualisiert oder widerspricht")
    entry: Id | None = Field(None, description="Eintrag, auf den sich das bezieht")
    score: Annotated[float, Field(ge=0, le=1)] | None = Field(None, description="Wie sicher das ist, 0 bis 1")
    events: tuple[Event, ...] = Field((), description="Was die Aussage in der Zeit verortet")
    durations: tuple[Duration, ...] = Field((), description="Wie lange dauert, wovon die Aussage spricht")


class DraftFile(Model):
    """The content of a draft file; ``document`` is the name of the document's copy beside it."""

    source: Source
    document: Annotated[str, line(200)]
    drafts: tuple[Draft, ...] = ()


def draft_path(knowledge: Path, source_id: str) -> Path:
    """Where the draft file of a source lies."""
    return knowledge / FOLDER / f"{source_id}.yaml"


def read_drafts(path: Path) -> DraftFile:
    """The drafts in a file.

    Raises:
        UserError: where it cannot be read or used, with file and line of every mistake.
    """
    document = read_yaml(printable(path.name), _read(path))
    problems = list(document.problems)
    if not document.broken:
        try:
            if not problems:
                return DraftFile.model_validate(document.data)
        except ValidationError as error:
            problems += _mistakes(error, document)
    told = "\n".join(map(str, sorted(set(problems))))
    raise UserError(f"Der Entwurf {quoted_path(path)} lässt sich nicht verwenden:\n{told}")


def read_wordings(path: Path) -> tuple[str, ...]:
    """The original wording above each draft of a file, in the order of the drafts.

    Raises:
        UserError: where the file cannot be read.
    """
    wordings: list[str] = []
    comment: list[str] = []
    for text in _read(path).decode("utf-8-sig", "replace").splitlines():
        if found := _COMMENT.match(text):
            comment.append(found[1])
        elif _ITEM.match(text):
            wordings.append("\n".join(comment))
            comment = []
    return tuple(wordings)


def write_drafts(path: Path, content: DraftFile, wordings: Sequence[str]) -> None:
    """Write a draft file as a whole; ``wordings`` are the comments above the drafts, one for each.

    Raises:
        ValueError: where there is not one wording for each draft.
        UserError: where the file cannot be written; then nothing is changed.
    """
    save(path, drafts_text(content, wordings).encode())


def drafts_text(content: DraftFile, wordings: Sequence[str]) -> str:
    """What stands in a draft file; ``wordings`` are the comments above the drafts, one for each.

    Raises:
        ValueError: where there is not one wording for each draft.
    """
    parts = [
        "# Entwürfe aus einem Dokument. Der Bot liest diese Datei nicht.",
        "# Über jedem Entwurf steht der Wortlaut der Quelle; in eine Antwort gehört er nicht.",
        _dumped({"source": _filled(content.source), "document": content.document}),
        "drafts:" if content.drafts else "drafts: []",
    ]
    for draft, wording in zip(content.drafts, wordings, strict=True):
        parts += ["", *_comment(wording), _indented(_dumped(_values(draft)))]
    return "\n".join(parts) + "\n"


def _values(draft: Draft) -> dict[str, Any]:
    """What stands in the file: what is known, and always a place for the answer."""
    return _filled(draft, "answer")


def _filled(model: Model, *always: str) -> dict[str, Any]:
    values = model.model_dump(mode="json", exclude_none=True)
    return {key: value for key, value in values.items() if value or key in always}


def _comment(wording: str) -> list[str]:
    return [f"  # {text}".rstrip() for text in _commentable(wording).splitlines()]


def _commentable(text: str) -> str:
    """The text without characters that no YAML file may hold."""
    return "".join(c for c in text if c in "\n\t" or (c.isprintable() and c != "\ufeff"))


def _dumped(values: dict[str, Any]) -> str:
    dumped: str = yaml.dump(
        values, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110, default_flow_style=False
    )
    return dumped.rstrip("\n")


class _Dumper(yaml.SafeDumper):
    """Writes lists of words on one line."""


def _sequence(dumper: yaml.SafeDumper, values: Iterable[Any]) -> yaml.Node:
    values = list(values)
    plain = all(isinstance(value, str) for value in values)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=plain)


_Dumper.add_representer(list, _sequence)
_Dumper.add_representer(tuple, _sequence)


def _indented(item: str) -> str:
    first, *rest = item.split("\n")
    return "\n".join([f"  - {first}", *(f"    {text}" if text else "" for text in rest)])


def _mistakes(error: ValidationError, document: YamlDocument) -> list[Problem]:
    return [
        Problem(document.file, document.line(detail["loc"]), *wrong_shape(detail, DraftFile))
        for detail in error.errors(include_url=False)
    ]


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        raise UserError(
            f"Den Entwurf {quoted_path(path)} kann ich nicht lesen. Bitte prüfen Sie Pfad und Zugriffsrechte."
        ) from None
