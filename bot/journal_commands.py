"""The commands ``ikz-bot journal …``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.errors import UserError
from bot.german_click import GermanGroup
from bot.options import chosen_settings, config_option
from bot.typed_text import counted, quoted_path
from bot.whole_file import save


@click.group(cls=GermanGroup, invoke_without_command=True)
@config_option
@click.pass_context
def journal(ctx: click.Context) -> None:
    """Gibt das Journal aus oder löscht es."""
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@journal.command()
@click.option(
    "--format", "form", metavar="FORM", default="jsonl", help="jsonl (üblich) oder csv für Tabellenprogramme."
)
@click.option("--out", metavar="DATEI", help="Schreibt in diese Datei statt auf den Bildschirm.")
@config_option
def export(form: str, out: str | None) -> None:
    """Gibt alles aus, was im Journal steht."""
    from bot.journal import upkeep

    content = upkeep.exported(journal_file(), form)
    if out is not None:
        save(Path(out), content, mode=0o600)
    elif sys.stdout:
        sys.stdout.buffer.write(content)


@journal.command()
@click.option("--before", metavar="JJJJ-MM-TT", help="Löscht nur, was vor diesem Tag hineinkam.")
@click.option("--yes", "--ja", "sure", is_flag=True, help="Fragt nicht nach.")
@config_option
def delete(before: str | None, sure: bool) -> None:
    """Löscht, was im Journal steht."""
    from bot.channels.keyboard import agrees
    from bot.journal import upkeep

    file, day = journal_file(), upkeep.day(before) if before is not None else None
    what = f"Was vor dem {day:%d.%m.%Y} ins Journal kam" if day else "Alles im Journal"
    question = f"{what} ({quoted_path(file)}) löschen. Wirklich löschen? (ja/nein) "
    if not sure and not agrees(question, "Niemand hat geantwortet; nichts wurde gelöscht. Ohne Rückfrage löscht --ja."):
        click.echo("Nichts wurde gelöscht.")
        return
    click.echo(f"Gelöscht: {counted(upkeep.delete(file, day), 'Eintrag', 'Einträge')}")


def journal_file() -> Path:
    """The journal that the configuration names.

    Raises:
        UserError: where it is switched off.
    """
    file = chosen_settings().journal
    if file is None:
        raise UserError(
            "Das Journal ist abgeschaltet. Eine Datei von früher nennen Sie mit der Umgebungsvariablen IKZ_BOT_JOURNAL."
        )
    return file
