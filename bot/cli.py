"""The command line. Each command imports what it needs when it runs, so that every one starts fast."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot import __version__
from bot.about import KNOWS, NO_LEGAL_ADVICE
from bot.adopt_command import adopt
from bot.check_command import check
from bot.curation_commands import bench, evaluate
from bot.errors import UserError
from bot.gap_commands import report, teach
from bot.german_click import GermanGroup
from bot.glossary_commands import glossary
from bot.import_command import import_documents
from bot.journal_commands import journal
from bot.options import (
    chosen_bundle,
    chosen_folder,
    chosen_knowledge,
    chosen_settings,
    knowledge_options,
    named_path,
    unusable_knowledge,
)
from bot.paper_commands import sheet, timeline
from bot.tour_commands import tour
from bot.typed_text import printable, usable_question

if TYPE_CHECKING:
    from bot.channels.lines import Line
    from bot.live import Live


class _QuestionOrCommand(GermanGroup):
    """Takes ``ikz-bot "Wann war die Werkstatt?"`` for a question; no command has a space in its name."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or the one that answers a question."""
        return super().resolve_command(ctx, ["ask", *args] if " " in args[0].strip() else args)


@click.group(
    cls=_QuestionOrCommand,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog=f"{KNOWS} {NO_LEGAL_ADVICE}",
)
@knowledge_options
@click.version_option(__version__, "--version", message="ikz-bot %(version)s", help="Zeigt die Version.")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """Beantwortet Fragen zur interkommunalen Zusammenarbeit aus geprüftem Wissen, immer mit Quelle.

    Ohne Befehl beginnt ein Gespräch.
    """
    from bot.channels.screen import set_up_streams

    set_up_streams()
    if ctx.invoked_subcommand is None:
        ctx.invoke(chat)


def main() -> None:
    """Run the command line and exit."""
    cli.main(prog_name="ikz-bot")


@cli.command()
@click.option("--brief", "--knapp", "brief", is_flag=True, help="Antwortet nur mit der kurzen Zeile und ihrem Stand.")
@knowledge_options
def chat(brief: bool) -> None:
    """Beginnt ein Gespräch im Terminal."""
    person = bool(sys.stdin and sys.stdin.isatty())
    if person:  # at once, while everything else is still being loaded
        click.echo("Guten Tag, ich bin der ikz-bot.")
    with contextlib.suppress(KeyboardInterrupt):
        from bot.channels import terminal
        from bot.journal import Journal

        live, settings = _live(), chosen_settings()
        with Journal.open(settings.journal, settings.journal_days) as book:
            terminal.run(live, settings.network_share, _today(), book, brief)
    if person:
        click.echo("\nAuf Wiedersehen!")


@cli.command()
@click.argument("question", metavar="FRAGE", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="Gibt die Antwort als JSON aus.")
@click.option("--jsonl", is_flag=True, help="Liest je Zeile eine Frage und gibt je Zeile ein JSON-Objekt aus.")
@knowledge_options
def ask(question: tuple[str, ...], as_json: bool, jsonl: bool) -> None:
    """Beantwortet eine einzelne Frage."""
    if jsonl and (question or as_json):
        raise UserError("Mit --jsonl kommen die Fragen aus der Eingabe; bitte lassen Sie FRAGE und --json weg.")
    if not (jsonl or question):
        raise UserError('Es fehlt die Frage. Sie fragen so: ikz-bot ask "FRAGE"')
    from bot.channels import one_shot

    if jsonl:
        one_shot.answer_stream(chosen_bundle(), _today())
    else:
        asked = usable_question(" ".join(question))
        one_shot.answer_once(chosen_bundle(), asked, _today(), as_json=as_json)


@cli.command()
@click.argument("topic", metavar="[THEMA]", required=False)
@knowledge_options
def topics(topic: str | None) -> None:
    """Zeigt die Themen und ihre Fragen."""
    from bot.channels.lines import topic_lines
    from bot.named import named_topic

    knowledge = chosen_knowledge()
    _write(topic_lines([named_topic(knowledge, topic)] if topic else knowledge.topics))


@cli.command()
@click.argument("entry_id", metavar="KENNUNG")
@knowledge_options
def show(entry_id: str) -> None:
    """Zeigt einen Eintrag vollständig."""
    from bot.channels.lines import show_lines
    from bot.named import named_entry

    knowledge = chosen_knowledge()
    _write(show_lines(knowledge, named_entry(knowledge, entry_id), entry_id, _today()))


@cli.command()
@click.option("--sync", is_flag=True, help="Meldet die Befehle bei Discord in jedem Fall neu an.")
@knowledge_options
def discord(sync: bool) -> None:
    """Beantwortet Fragen auf Discord, bis das Programm beendet wird."""
    from bot.channels.discord import service

    service.run(chosen_settings(), _live(), force_registration=sync)


@cli.command()
@click.argument("folder", metavar="ORDNER")
@knowledge_options
def init(folder: str) -> None:
    """Legt eine eigene Kopie des Wissens an."""
    import shlex

    from bot.knowledge_folder import copy_knowledge, original_folder

    # Who names the new folder in the configuration first wants the knowledge that came with the program.
    copied = original_folder() if chosen_folder().absolute() == Path(folder).absolute() else chosen_folder()
    chosen_knowledge(copied)
    files = copy_knowledge(copied, Path(folder))
    name = shlex.quote(printable(folder))
    click.echo(f"{len(files)} Dateien stehen jetzt in {printable(folder)}. So geht es weiter:")
    click.echo("  1. Bearbeiten Sie die Dateien mit einem Texteditor.")
    click.echo(f"  2. Prüfen Sie sie:   ikz-bot check --knowledge {name}")
    click.echo(f"  3. Probieren Sie sie: ikz-bot chat --knowledge {name}")


for command in (
    adopt,
    bench,
    check,
    evaluate,
    glossary,
    import_documents,
    journal,
    report,
    sheet,
    teach,
    timeline,
    tour,
):
    cli.add_command(command)


@cli.command()
@knowledge_options
def doctor() -> None:
    """Prüft, ob alles bereit ist, und sagt, was zu tun ist."""
    from bot import doctor as examination

    findings = examination.examine(named_path("config"), named_path("knowledge"), os.environ)
    _write(examination.lines(findings))
    click.get_current_context().exit(examination.exit_code(findings))


def _live() -> Live:
    """The knowledge that the command line, the configuration or the place says, ready to be kept up with its folder.

    Raises:
        UserError: where it cannot be used.
    """
    from bot.knowledge import KnowledgeError
    from bot.live import Live

    folder = chosen_folder()
    try:
        return Live(folder)
    except KnowledgeError as error:
        raise unusable_knowledge(folder, error) from None


def _today() -> date:
    return date.today()


def _write(lines: Iterable[Line]) -> None:
    from bot.channels.screen import Screen

    Screen().write(lines)
