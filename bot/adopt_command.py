"""The command ``ikz-bot adopt``."""

from __future__ import annotations

import shlex
from datetime import date
from pathlib import Path

import click

from bot.errors import UserError
from bot.german_click import GermanCommand
from bot.options import chosen_folder, chosen_knowledge, knowledge_options
from bot.typed_text import printable


@click.command(cls=GermanCommand)
@click.argument("drafts", metavar="[ENTWURF]", required=False)
@click.option("--undo", is_flag=True, help="Macht die letzte Übernahme rückgängig.")
@knowledge_options
def adopt(drafts: str | None, undo: bool) -> None:
    """Übernimmt Entwürfe in das Wissen, im Gespräch und einen nach dem anderen.

    ENTWURF ist eine Datei aus dem Ordner „entwuerfe“ des Wissens oder die Kennung ihrer Quelle; ohne Angabe werden alle
    Entwürfe genannt. Ende ist jederzeit möglich; beim nächsten Mal geht es dort weiter.
    """
    from bot.curation.undo import finish
    from bot.knowledge_folder import refuse_packed

    folder = chosen_folder()
    chosen_knowledge(folder)
    refuse_packed(folder)
    finished = finish(folder)
    if finished:
        click.echo(
            f"Beim letzten Mal wurde mittendrin unterbrochen; jetzt ist zu Ende geführt: {printable(finished.title)}."
        )
    if undo and drafts:
        raise UserError("Mit --undo wird die letzte Übernahme rückgängig gemacht; bitte lassen Sie ENTWURF weg.")
    if undo:
        _undo(folder)
    elif drafts:
        _adopt(folder, drafts)
    else:
        _list(folder)


def _list(folder: Path) -> None:
    from bot.channels.adopt_lines import list_line
    from bot.channels.screen import Screen
    from bot.curation.drafts import DraftFile, read_drafts
    from bot.curation.open_drafts import draft_files

    paths = draft_files(folder)
    if not paths:
        click.echo("Es gibt keine Entwürfe. Aus einem Dokument macht sie: ikz-bot import DATEI")
    for path in paths:
        found: DraftFile | UserError
        try:
            found = read_drafts(path)
        except UserError as error:
            found = error
        Screen().write([list_line(path, found)])
    if paths:
        click.echo(f"Übernehmen: {_again('KENNUNG', folder)}")


def _undo(folder: Path) -> None:
    from bot.curation.undo import undo

    taken_back = undo(folder)
    reopened = " Der Entwurf ist wieder offen." if any("/" in name for name in taken_back.after) else ""
    click.echo(f"Rückgängig gemacht: {printable(taken_back.title)}.{reopened}")
    tell_stale_calibration(folder)


def _adopt(folder: Path, named: str) -> None:
    from bot.channels.adopt import Dialogue
    from bot.channels.adopt_lines import counts
    from bot.channels.screen import Screen
    from bot.curation.open_drafts import OpenDrafts, find_drafts
    from bot.curation.undo import finish

    drafts = OpenDrafts(find_drafts(folder, named))
    dialogue = Dialogue(folder, drafts, date.today(), Screen())
    try:
        dialogue.run()
    except (EOFError, KeyboardInterrupt):
        click.echo()
        finish(folder)  # whoever interrupts while it is written does not leave it half done
    drafts.reload()
    click.echo(f"{drafts.file.source.title}: {counts(drafts.file)}.")
    if any(draft.state == "open" for draft in drafts.file.drafts):
        click.echo(f"Weiter geht es mit: {_again(named, folder)}")
    if dialogue.adopted:
        click.echo(f"Die letzte Übernahme macht rückgängig: {_again('--undo', folder)}")
        tell_stale_calibration(folder)


def tell_stale_calibration(folder: Path) -> None:
    """Say what is to be done where the thresholds were measured on other knowledge than that in the folder now."""
    knowledge = chosen_knowledge(folder)
    if knowledge.calibration is None or knowledge.calibration.knowledge == knowledge.version:
        return
    name = shlex.quote(printable(str(folder)))
    click.echo(
        "Die Kalibrierung ist jetzt älter als das Wissen. Wenn Sie fertig sind, führen Sie bitte aus:"
        f" ikz-bot check --calibrate --knowledge {name}"
    )


def _again(what: str, folder: Path) -> str:
    name = shlex.quote(printable(str(folder)))
    return f"ikz-bot adopt {shlex.quote(printable(what))} --knowledge {name}"
