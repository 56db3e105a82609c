"""The command ``ikz-bot check``: what is wrong with the knowledge, what could be better, and mending what can be.

With ``--json`` it writes one object:

* ``folder``; ``entries``, ``phrasings``, ``sources``: how many there are, or null where the knowledge cannot be used;
* ``errors``, ``notices``: how many of each were found;
* ``findings``: a list of objects, errors and notices in the order of the files: ``level`` (``error`` or ``notice``),
  ``code`` (its kind, which stays the same), ``file``, ``line`` (from 1), ``entry`` (the id of the entry or source that
  it is about, or null), ``message`` and ``hint`` (German sentences);
* ``fixed`` (with ``--fix``): what was mended, as ``code``, ``file``, ``line``, ``entry`` and ``message``.

The exit code is the same as without.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import UserError
from bot.german_click import EXIT_UNUSABLE, GermanCommand
from bot.options import chosen_folder, knowledge_options
from bot.typed_text import counted, percent, printable, quoted_path
from bot.whole_file import save

if TYPE_CHECKING:
    from bot.knowledge import KnowledgeBase, Problem

EXIT_NOTICES = 3
"""The knowledge can be used, but somebody should look at something."""


@click.command(cls=GermanCommand)
@click.option("--sources", metavar="ORDNER", type=Path, help="Vergleicht auch mit den Dokumenten der Quellen dort.")
@click.option("--fix", is_flag=True, help="Behebt, was sich ohne eine Entscheidung beheben lässt, und nennt es.")
@click.option("--json", "as_json", is_flag=True, help="Gibt alle Funde als JSON aus, mit einem Kürzel für jede Art.")
@click.option(
    "--calibrate", is_flag=True, help="Misst am Wissen selbst, ab wann der Bot sicher ist, und merkt es sich."
)
@knowledge_options
def check(sources: Path | None, fix: bool, as_json: bool, calibrate: bool) -> None:
    """Prüft die Wissensdateien.

    Endet mit 0, wenn alles in Ordnung ist, mit 2 bei Fehlern und mit 3, wenn es nur Hinweise gibt.
    """
    from bot.knowledge import KnowledgeError, load

    if calibrate and (sources or fix or as_json):
        raise UserError("Bitte verwenden Sie --calibrate allein.")
    folder = chosen_folder()
    knowledge, fixed = None, list["Problem"]()
    try:
        fixed = _fix(folder) if fix else []
        knowledge = load(folder)
        found = [] if calibrate else _look_closer(folder, knowledge, sources)
    except KnowledgeError as error:
        found = list(error.problems)
    if as_json:
        _write_json(folder, knowledge, found, fixed)
    else:
        _write(folder, knowledge, found, fixed)
    if calibrate and knowledge:
        _calibrate(folder, knowledge)
    click.get_current_context().exit(_exit_code(found))


def _exit_code(found: Sequence[Problem]) -> int:
    if any(problem.is_error for problem in found):
        return EXIT_UNUSABLE
    return EXIT_NOTICES if found else 0


def _look_closer(folder: Path, knowledge: KnowledgeBase, sources: Path | None) -> list[Problem]:
    """What there is to say about knowledge that can be used."""
    from bot.answers import Bundle
    from bot.curation.findings import findings
    from bot.curation.written import Written
    from bot.knowledge.load import read_files

    return findings(Bundle.build(knowledge), Written(read_files(folder)), folder, date.today(), sources)


def _fix(folder: Path) -> list[Problem]:
    """Mend what can be mended; returns what was done.

    Raises:
        KnowledgeError: where the files cannot be read.
        UserError: where they cannot or may not be written.
    """
    from bot.curation.fix import mended, write
    from bot.knowledge.load import read_files
    from bot.knowledge_folder import refuse_packed

    refuse_packed(folder, "bearbeiten Sie diese")
    before = read_files(folder)
    after, done = mended(before)
    write(folder, before, after)
    return done


def _write(folder: Path, knowledge: KnowledgeBase | None, found: Sequence[Problem], fixed: Sequence[Problem]) -> None:
    if fixed:
        click.echo("Behoben:")
        for problem in fixed:
            click.echo(printable(f"  {problem.file}:{problem.line}: {problem.message}"))
    errors = [problem for problem in found if problem.is_error]
    notices = [problem for problem in found if not problem.is_error]
    for problem in errors:
        click.echo(printable(str(problem)))
    if errors and notices:
        click.echo("Außerdem fällt auf:")
    for problem in notices:
        click.echo(printable(str(problem)))
    if knowledge and not errors:
        state = "Alles in Ordnung" if not notices else "Keine Fehler"
        told = f"; {counted(len(notices), 'Hinweis', 'Hinweise')}" if notices else ""
        entries, phrasings, documents = _size(knowledge)
        counts = (
            counted(entries, "Eintrag", "Einträge"),
            counted(phrasings, "Formulierung", "Formulierungen"),
            counted(documents, "Quelle", "Quellen"),
        )
        click.echo(f"{state}: {', '.join(counts)}{told}")
        return
    told = f" und {counted(len(notices), 'Hinweis', 'Hinweise')}" if notices else ""
    click.echo(f"{len(errors)} Fehler{told} in {quoted_path(folder)}")
    if number := _mendable(folder):
        name = shlex.quote(printable(str(folder)))
        click.echo(f"{number} davon behebt: ikz-bot check --fix --knowledge {name}")


def _mendable(folder: Path) -> int:
    """How many things ``--fix`` would mend."""
    from bot.curation.fix import mended
    from bot.knowledge import KnowledgeError
    from bot.knowledge.load import read_files

    try:
        return len(mended(read_files(folder))[1])
    except KnowledgeError:
        return 0


def _size(knowledge: KnowledgeBase) -> tuple[int, int, int]:
    """How many entries, phrasings and sources there are."""
    entries = list(knowledge.entries)
    return len(entries), sum(len(entry.phrasings) for entry in entries), len(knowledge.sources)


def _write_json(
    folder: Path, knowledge: KnowledgeBase | None, found: Sequence[Problem], fixed: Sequence[Problem]
) -> None:
    entries, phrasings, documents = _size(knowledge) if knowledge else (None, None, None)
    told = {
        "folder": printable(str(folder)),
        "entries": entries,
        "phrasings": phrasings,
        "sources": documents,
        "errors": sum(problem.is_error for problem in found),
        "notices": sum(not problem.is_error for problem in found),
        "findings": [{"level": problem.level, **_finding(problem), "hint": problem.hint} for problem in found],
        "fixed": [_finding(problem) for problem in fixed],
    }
    click.echo(json.dumps(told, ensure_ascii=False, indent=2))


def _finding(problem: Problem) -> dict[str, object]:
    return {
        "code": problem.code,
        "file": problem.file,
        "line": problem.line,
        "entry": problem.entry,
        "message": problem.message,
    }


def _calibrate(folder: Path, knowledge: KnowledgeBase) -> None:
    from bot.curation.calibrate import calibration, can_calibrate
    from bot.knowledge.calibration import FILE, calibration_text
    from bot.knowledge_folder import refuse_packed

    refuse_packed(folder, "kalibrieren Sie diese")
    if not can_calibrate(knowledge):
        (folder / FILE).unlink(missing_ok=True)  # it would be that of another knowledge
        click.echo("Für eine Kalibrierung sind es zu wenige Formulierungen; es gelten die üblichen Grenzen.")
        return
    click.echo("Die Kalibrierung läuft; das kann eine Minute dauern …")
    found = calibration(knowledge)
    save(folder / FILE, calibration_text(found))
    percents = [percent(value) for value in (found.answer_at, found.margin, found.suggest_at)]
    click.echo(
        f"{FILE} ist geschrieben: Der Bot antwortet ab {percents[0]} Sicherheit und {percents[1]} Vorsprung und schlägt"
        f" ab {percents[2]} etwas vor."
    )
