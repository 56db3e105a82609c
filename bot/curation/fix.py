"""Mending what can be mended without deciding anything, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from bot.curation.mendable_mistakes import mendable
from bot.curation.tidiness import untidy
from bot.curation.written import Written
from bot.errors import UserError
from bot.knowledge.problems import Problem
from bot.whole_file import save


def mended(files: Mapping[str, bytes]) -> tuple[dict[str, bytes], list[Problem]]:
    """The files with everything mended that can be, and where that was and what was done (as ``message``).

    Mended once more they stay as they are.
    """
    after, done, given_up = dict(files), list[Problem](), set[tuple[str, int, str]]()
    while True:
        written = Written(after)
        mends = (mend for find in (mendable, untidy) for mend in find(written))
        mend = next((m for m in mends if (m.problem.file, m.problem.line, m.done) not in given_up), None)
        if mend is None:
            return after, done
        name, line = mend.problem.file, mend.problem.line
        try:
            changed = mend.change(name, after[name])
        except UserError:  # written in a way that only a human can change
            changed = after[name]
        if changed == after[name]:
            given_up.add((name, line, mend.done))
            continue
        after[name] = changed
        done.append(replace(mend.problem, message=mend.done, hint=""))


def write(folder: Path, before: Mapping[str, bytes], after: Mapping[str, bytes]) -> None:
    """Write the files that differ, each as a whole.

    Other mistakes may be left in them, so nothing is asked of the result.

    Raises:
        UserError: where one of them has changed since ``before`` was read, or cannot be written.
    """
    changed = [name for name in after if after[name] != before[name]]
    if any((folder / name).read_bytes() != before[name] for name in changed):
        raise UserError("Inzwischen hat jemand anderes die Dateien geändert. Bitte versuchen Sie es noch einmal.")
    for name in changed:
        save((folder / name).resolve(), after[name])
