"""Changing the knowledge files: pure functions from the files to the changed files, and one that writes them.

Every function takes the content of the files by name and returns it changed; all that it does not have to touch stays
byte for byte as the curator wrote it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path, PurePath
from typing import TypeAlias

from bot.curation import splice
from bot.errors import UserError
from bot.knowledge.consistency import NO_TOPICS, items
from bot.knowledge.load import parse, read_files
from bot.knowledge.model import SMALLTALK, SOURCES, Entry, Source
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.yaml_lines import Place, Plain, read_yaml
from bot.knowledge_folder import refuse_packed
from bot.typed_text import printable, quoted
from bot.whole_file import save

Files: TypeAlias = Mapping[str, bytes]

ENTRY_KEYS, SOURCE_KEYS = tuple(Entry.model_fields), tuple(Source.model_fields)
"""The keys of an entry and of a source in the order in which they are written."""

_HEAD = "# yaml-language-server: $schema=schema/{}.json"


def add_variant(files: Files, entry_id: str, phrasing: str) -> dict[str, bytes]:
    """Add a phrasing to an entry or a courtesy.

    Raises:
        UserError: where there is no such entry or its file cannot be changed.
    """
    _, _, entry = _entry(files, entry_id)
    return set_field(files, entry_id, "variants", [*_texts(entry, "variants"), phrasing])


def set_field(files: Files, entry_id: str, key: str, value: object) -> dict[str, bytes]:
    """Give a key of an entry or a courtesy a value; a list that only grows keeps its lines.

    Raises:
        UserError: where there is no such entry or its file cannot be changed.
    """
    name, place, _ = _entry(files, entry_id)
    return {**files, name: splice.put(name, files[name], place, key, _plain(value), ENTRY_KEYS)}


def add_to_list(files: Files, entry_id: str, key: str, text: str) -> dict[str, bytes]:
    """Add a text to one of an entry's lists, unless it stands there already.

    Raises:
        UserError: where there is no such entry or its file cannot be changed.
    """
    _, _, entry = _entry(files, entry_id)
    known = _texts(entry, key)
    return dict(files) if text in known else set_field(files, entry_id, key, [*known, text])


def add_source_ref(files: Files, entry_id: str, ref: Mapping[str, object]) -> dict[str, bytes]:
    """Add a place in a source (``id``, ``section``, ``speaker``) to those of an entry, unless it stands there already.

    Raises:
        UserError: where there is no such entry or its file cannot be changed.
    """
    name, place, entry = _entry(files, entry_id)
    written = _plain({key: ref.get(key) for key in ("id", "section", "speaker")})
    short, known = entry.get("source"), entry.get("sources")
    if short is None:
        known = known if isinstance(known, list) else []
        return dict(files) if written in known else set_field(files, entry_id, "sources", [*known, written])
    if written == {"id": short}:
        return dict(files)
    both: Plain = [{"id": str(short)}, written]
    return {**files, name: splice.replace(name, files[name], place, "source", "sources", both, ENTRY_KEYS)}


def add_entry(files: Files, topic: str, entry: Mapping[str, object], title: str | None = None) -> dict[str, bytes]:
    """Add an entry at the end of the topic whose file is ``topic`` + „.yaml“; where there is none, it begins one.

    ``title`` is the name of a topic that is new.

    Raises:
        UserError: where the file cannot be changed.
    """
    name = f"{topic}.yaml"
    if name in NO_TOPICS:
        raise UserError(f"{quoted(name)} ist kein Thema. Bitte wählen Sie ein anderes.")
    written = _in_order(entry, ENTRY_KEYS)
    if name in files:
        return {**files, name: splice.append(name, files[name], ("entries",), written)}
    head: dict[str, Plain] = {"topic": title or topic.replace("-", " ").title(), "entries": [written]}
    return {**files, name: splice.whole(_HEAD.format("topic"), head)}


def add_remark(files: Files, entry_id: str, text: str) -> dict[str, bytes]:
    """Write a comment above an entry, for whoever keeps the knowledge.

    Raises:
        UserError: where there is no such entry or its file cannot be changed.
    """
    name, place, _ = _entry(files, entry_id)
    return {**files, name: splice.remark(name, files[name], place, text)}


def add_source(files: Files, source: Mapping[str, object]) -> dict[str, bytes]:
    """Add a source, unless the same one is there already.

    Raises:
        UserError: where another source has its id or the file cannot be changed.
    """
    written = _in_order(source, SOURCE_KEYS)
    for item in items(read_yaml(SOURCES, files.get(SOURCES, b"")), "sources"):
        if item.id == written["id"]:
            if item.data == written:
                return dict(files)
            raise UserError(
                f"Die Quelle {quoted(item.id)} steht schon in {SOURCES}, aber mit anderen Angaben. Bitte gleichen Sie"
                " beide an."
            )
    return append_to_file(files, SOURCES, "sources", written)


def append_to_file(files: Files, name: str, key: str, value: Plain) -> dict[str, bytes]:
    """Add ``value`` to the list under ``key`` of a file that is no topic; where there is no such file, it begins one.

    Raises:
        UserError: where the file cannot be changed.
    """
    if name not in files:
        return {**files, name: splice.whole(_HEAD.format(PurePath(name).stem), {key: [value]})}
    return {**files, name: splice.append(name, files[name], (key,), value)}


def commit(folder: Path, before: Files, after: Files) -> None:
    """Write what ``after`` has other than ``before`` into the knowledge folder; a file it lacks is deleted.

    The files are written one by one, each as a whole, in an order in which the folder holds usable knowledge at every
    moment.

    Raises:
        UserError: where the result would be no usable knowledge, a file has changed since ``before`` was read, or the
            folder cannot be written. Nothing is written then, but where the disk fails half-way.
    """
    changed = changed_files(before, after)
    if not changed:
        return
    refuse_packed(folder)
    steps = writing_order(before, after)
    _unchanged(folder, before)
    for name in steps:
        path = (folder / name).resolve()  # a link stays one
        if (path.read_bytes() if path.exists() else None) != before.get(name):
            raise _changed_meanwhile([name])
        if name in after:
            save(path, after[name])
        else:
            path.unlink()


def changed_files(before: Files, after: Files) -> list[str]:
    """The names of the files that are new, have other bytes or are gone."""
    return [name for name in {**after, **before} if after.get(name) != before.get(name)]


def writing_order(before: Files, after: Files) -> list[str]:
    """The changed files in an order in which each one written leaves usable knowledge.

    Raises:
        UserError: where the result is not usable, or there is no such order.
    """
    left, steps, now = changed_files(before, after), list[str](), dict(before)
    try:
        parse(after)
    except KnowledgeError as error:
        raise UserError(f"So lässt sich das Wissen nicht verwenden:\n{printable(str(error))}") from None
    while left:
        step = next((name for name in left if _usable(_with(now, name, after))), None)
        if step is None:
            raise UserError(
                f"Die Dateien {', '.join(left)} lassen sich nur zugleich ändern; das kann bei einem Absturz das Wissen"
                " unbrauchbar machen. Bitte ändern Sie sie nacheinander im Editor."
            )
        now = _with(now, step, after)
        left.remove(step)
        steps.append(step)
    return steps


def _with(now: Files, name: str, after: Files) -> dict[str, bytes]:
    """The files where one of them is already as in ``after``."""
    rest = {other: content for other, content in now.items() if other != name}
    return {**rest, name: after[name]} if name in after else rest


def _usable(files: Files) -> bool:
    try:
        parse(files)
    except KnowledgeError:
        return False
    return True


def _unchanged(folder: Path, before: Files) -> None:
    try:
        now = read_files(folder)
    except KnowledgeError as error:
        raise UserError(printable(str(error))) from None
    different = [name for name in sorted({*now, *before}) if now.get(name) != before.get(name)]
    if different:
        raise _changed_meanwhile(different)


def _changed_meanwhile(names: Iterable[str]) -> UserError:
    return UserError(
        f"Inzwischen hat jemand anderes diese Dateien geändert: {printable(', '.join(names))}. Es wurde nichts"
        " überschrieben. Bitte versuchen Sie es noch einmal."
    )


def _entry(files: Files, entry_id: str) -> tuple[str, Place, Mapping[str, object]]:
    """File, place and content of an entry or a courtesy."""
    for name in files:
        if (name in NO_TOPICS and name != SMALLTALK) or entry_id.encode() not in files[name]:
            continue
        for item in items(read_yaml(name, files[name])):
            if item.id == entry_id:
                return name, item.place, item.data
    raise UserError(f"Einen Eintrag {quoted(entry_id)} gibt es nicht.")


def _texts(entry: Mapping[str, object], key: str) -> list[str]:
    found = entry.get(key)
    return [text for text in found if isinstance(text, str)] if isinstance(found, list) else []


def _in_order(data: Mapping[str, object], keys: Iterable[str]) -> dict[str, Plain]:
    return {key: _plain(data[key]) for key in keys if data.get(key) not in (None, (), [], "")}


def _plain(value: object) -> Plain:
    """Texts, lists and mappings, as they stand in a file; what is None is left out."""
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items() if part is not None}
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    return str(value).strip()
