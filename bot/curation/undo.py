"""A change of the knowledge and of the draft it comes from that survives a crash and can be undone.

Before the first file is touched, all of the change is written down in the folder of the drafts. Who finds it there
later, because the program was killed, finishes it; once it is finished it is what can be undone.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.curation.drafts import FOLDER
from bot.curation.edit import Files, commit, writing_order
from bot.errors import UserError
from bot.knowledge.load import read_files
from bot.typed_text import printable, quoted_path
from bot.whole_file import save

_UNDER_WAY, _LAST = ".uebernahme-laeuft.json", ".letzte-uebernahme.json"


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of some files: path in the knowledge folder → bytes, None where there is no file.

    ``title`` says what it is about; ``undoes`` that it takes back the last one.
    """

    title: str
    before: Mapping[str, bytes | None]
    after: Mapping[str, bytes | None]
    undoes: bool = False

    def reversed(self) -> Change:
        """The change that takes this one back."""
        return Change(self.title, self.after, self.before, undoes=True)


def change_of(title: str, before: Files, after: Files, draft: str, old_draft: bytes, new_draft: bytes) -> Change:
    """The change of the knowledge files and of the draft file whose name is ``draft``."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    path = f"{FOLDER}/{draft}"
    return Change(
        title,
        {**{name: before.get(name) for name in names}, path: old_draft},
        {**{name: after.get(name) for name in names}, path: new_draft},
    )


def carry_out(folder: Path, change: Change) -> None:
    """Make a change, as a whole or not at all.

    Raises:
        UserError: where a file is no longer as before the change, or the knowledge would not be usable: nothing is
            changed then. Where the disk fails half-way, :func:`finish` completes it later.
    """
    _meet(folder, change.before)
    before, after = _knowledge(folder, change)
    writing_order(before, after)
    under_way = folder / FOLDER / _UNDER_WAY
    under_way.parent.mkdir(exist_ok=True)
    save(under_way, _written(change))
    _complete(folder, change)


def finish(folder: Path) -> Change | None:
    """Complete the change that a crash interrupted; returns it, or None where there is none.

    Raises:
        UserError: where someone has changed its files since. They stay as they are, and the change is given up.
    """
    under_way = folder / FOLDER / _UNDER_WAY
    change = _read(under_way)
    if change is None:
        return None
    others = [name for name in change.after if _on_disk(folder, name) not in (change.before[name], change.after[name])]
    if others:
        under_way.unlink()
        raise UserError(
            f"Beim letzten Mal wurde mittendrin unterbrochen: {printable(change.title)}. Danach hat jemand geändert:"
            f" {printable(', '.join(others))}. Die Dateien bleiben, wie sie jetzt sind; bitte sehen Sie dort nach, was"
            " schon übernommen ist, und rufen Sie den Befehl dann noch einmal auf."
        )
    _complete(folder, change)
    return change


def undo(folder: Path) -> Change:
    """Take back the last change, byte for byte; returns it.

    Raises:
        UserError: where there is none, or its files have changed since.
    """
    change = _read(folder / FOLDER / _LAST)
    if change is None:
        raise UserError("Es gibt keine Übernahme, die sich rückgängig machen lässt.")
    try:
        carry_out(folder, change.reversed())
    except UserError as error:
        raise UserError(f"Die letzte Übernahme lässt sich nicht rückgängig machen: {error}") from None
    return change


def _complete(folder: Path, change: Change) -> None:
    """Write what is not written yet: first the knowledge, then the draft, at last that it is done."""
    before, after = _knowledge(folder, change)
    commit(folder, before, after)
    for name, content in change.after.items():
        if "/" in name and content is not None:
            save(folder / name, content)
    under_way, last = folder / FOLDER / _UNDER_WAY, folder / FOLDER / _LAST
    if change.undoes:
        last.unlink(missing_ok=True)
        under_way.unlink()
    else:
        under_way.replace(last)


def _knowledge(folder: Path, change: Change) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """The knowledge files as they are, and as they will be."""
    before = read_files(folder)
    after = {name: content for name, content in before.items() if name not in change.after}
    after |= {name: content for name, content in change.after.items() if "/" not in name and content is not None}
    return before, after


def _meet(folder: Path, expected: Mapping[str, bytes | None]) -> None:
    changed = [name for name, content in expected.items() if _on_disk(folder, name) != content]
    if changed:
        raise UserError(
            f"Inzwischen wurden diese Dateien geändert: {printable(', '.join(changed))}. Es wurde nichts überschrieben."
        )


def _on_disk(folder: Path, name: str) -> bytes | None:
    path = folder / name
    try:
        return path.read_bytes() if path.exists() else None
    except OSError:
        raise UserError(f"{quoted_path(path)} lässt sich nicht lesen. Bitte prüfen Sie die Zugriffsrechte.") from None


def _written(change: Change) -> bytes:
    def encoded(files: Mapping[str, bytes | None]) -> dict[str, str | None]:
        return {name: None if c is None else base64.b64encode(c).decode() for name, c in files.items()}

    data = {
        "note": "Das braucht ikz-bot adopt --undo; bitte ändern Sie es nicht.",
        "title": change.title,
        "undoes": change.undoes,
        "before": encoded(change.before),
        "after": encoded(change.after),
    }
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def _read(path: Path) -> Change | None:
    def decoded(files: Mapping[str, str | None]) -> dict[str, bytes | None]:
        return {name: None if c is None else base64.b64decode(c) for name, c in files.items()}

    try:
        data = json.loads(path.read_bytes())
        return Change(data["title"], decoded(data["before"]), decoded(data["after"]), bool(data["undoes"]))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise UserError(
            f"{quoted_path(path)} lässt sich nicht lesen. Bitte verschieben Sie die Datei an einen anderen Ort."
        ) from None
