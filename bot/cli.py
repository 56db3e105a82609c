"""The command line. Each command imports what it needs when it runs, so that every one starts fast."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot import __version__
from bot.errors import UserError
from bot.german_click import EXIT_UNUSABLE, GermanGroup
from bot.typed_text import printable, quoted

if TYPE_CHECKING:
    from bot.channels.lines import Line
    from bot.knowledge import Entry, KnowledgeBase, SmallTalk, Topic

EXIT_STALE = 3
"""What is asked for works, but something should be done."""

Decorated = TypeVar("Decorated", bound=Any)


def _remember(ctx: click.Context, option: click.Parameter, value: str | None) -> None:
    """Keep an option that may stand before or after the command; what stands last counts."""
    if value is not None:
        ctx.meta[f"{__name__}.{option.name}"] = Path(value)


def knowledge_options(command: Decorated) -> Decorated:
    """Add the options that say which knowledge to use."""
    knowledge = click.option(
        "--knowledge", metavar="ORDNER", expose_value=False, callback=_remember, help="Ordner mit den Wissensdateien."
    )
    config = click.option(
        "--config", metavar="DATEI", expose_value=False, callback=_remember, help="Konfigurationsdatei."
    )
    decorated: Decorated = knowledge(config(command))
    return decorated


def picture_option(text: str) -> Callable[[Decorated], Decorated]:
    """Add the option ``--plot`` with this help."""
    return click.option("--plot", "picture", metavar="DATEI", type=Path, help=text)


def format_options(command: Decorated) -> Decorated:
    """Add the options that say how figures are written."""
    as_json = click.option("--json", "as_json", is_flag=True, help="Gibt die Zahlen als JSON aus.")
    markdown = click.option("--markdown", is_flag=True, help="Gibt die Tabellen in Markdown aus.")
    decorated: Decorated = as_json(markdown(command))
    return decorated


class _QuestionOrCommand(GermanGroup):
    """Takes ``ikz-bot "Wann war die Werkstatt?"`` for a question; no command has a space in its name."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or the one that answers a question."""
        return super().resolve_command(ctx, ["ask", *args] if " " in args[0].strip() else args)


@click.group(
    cls=_QuestionOrCommand, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]}
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
@knowledge_options
def chat() -> None:
    """Beginnt ein Gespräch im Terminal."""
    person = bool(sys.stdin and sys.stdin.isatty())
    if person:  # at once, while everything else is still being loaded
        click.echo("Guten Tag, ich bin der ikz-bot.")
    with contextlib.suppress(KeyboardInterrupt):
        from bot.channels import terminal

        terminal.run(_knowledge(), _today())
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
        one_shot.answer_stream(_knowledge(), _today())
    else:
        one_shot.answer_once(_knowledge(), " ".join(question), _today(), as_json=as_json)


@cli.command()
@click.argument("topic", metavar="[THEMA]", required=False)
@knowledge_options
def topics(topic: str | None) -> None:
    """Zeigt die Themen und ihre Fragen."""
    from bot.channels.lines import topic_lines

    knowledge = _knowledge()
    _write(topic_lines([_topic(knowledge, topic)] if topic else knowledge.topics))


@cli.command()
@click.argument("entry_id", metavar="KENNUNG")
@knowledge_options
def show(entry_id: str) -> None:
    """Zeigt einen Eintrag vollständig."""
    from bot.channels.lines import show_lines

    knowledge = _knowledge()
    _write(show_lines(knowledge, _entry(knowledge, entry_id), entry_id, _today()))


@cli.command()
@click.option(
    "--calibrate", is_flag=True, help="Misst am Wissen selbst, ab wann der Bot sicher ist, und merkt es sich."
)
@knowledge_options
def check(calibrate: bool) -> None:
    """Prüft die Wissensdateien.

    Endet mit 0, wenn alles in Ordnung ist, mit 2 bei Fehlern und mit 3, wenn nur die Kalibrierung fehlt oder veraltet
    ist.
    """
    from bot.knowledge import KnowledgeError, load

    folder = _folder()
    try:
        knowledge = load(folder)
    except KnowledgeError as error:
        click.echo(printable(str(error)))
        click.echo(f"{len(error.problems)} Fehler in {quoted(str(folder))}")
        click.get_current_context().exit(EXIT_UNUSABLE)
    entries = list(knowledge.entries)
    counts = (
        _counted(len(entries), "Eintrag", "Einträge"),
        _counted(sum(len(entry.phrasings) for entry in entries), "Formulierung", "Formulierungen"),
        _counted(len(knowledge.sources), "Quelle", "Quellen"),
    )
    click.echo(f"Alles in Ordnung: {', '.join(counts)}")
    if calibrate:
        _calibrate(folder, knowledge)
    else:
        _tell_stale_calibration(knowledge)


@cli.command()
@click.argument("files", metavar="FRAGEN …", nargs=-1)
@click.option("--base", metavar="DATEI", help="Fragenbasis als JSON-Zeilen statt eines Wissensordners.")
@click.option("--misses", is_flag=True, help="Nennt jede falsche Antwort mit „verstanden als“.")
@click.option("--robust", is_flag=True, help="Stellt jede Frage auch mit Tippfehlern, ohne Umlaute und so weiter.")
@click.option("--left-out", is_flag=True, help="Nimmt Einträge heraus und stellt dann die Fragen zu ihnen.")
@click.option("--peers", is_flag=True, help="Misst auch andere Verfahren (braucht ikz-bot[bench]).")
@picture_option("Zeichnet Güte und Zeit aller Verfahren als .png oder .svg (schließt --peers ein).")
@format_options
@knowledge_options
def evaluate(
    files: tuple[str, ...],
    base: str | None,
    misses: bool,
    robust: bool,
    left_out: bool,
    peers: bool,
    picture: Path | None,
    as_json: bool,
    markdown: bool,
) -> None:
    """Misst die Antworten an Fragen, deren Lösung bekannt ist, jede Datei für sich."""
    _one_format(as_json, markdown)
    if not files:
        raise UserError("Es fehlt eine Datei mit Fragen: je Zeile ein JSON-Objekt mit question, expected und kind.")
    from bot.curation import as_json as data
    from bot.curation import laboratory, plot, report
    from bot.curation.bases import read_base

    if picture:
        plot.ready(picture)
    sets = laboratory.read_sets(files)
    knowledge = read_base(Path(base)) if base else _knowledge()
    found = laboratory.measure(
        knowledge, sets, _today(), robust=robust, without=left_out, peers=peers or picture is not None
    )
    if as_json:
        _write_json(data.evaluation(found, misses))
    else:
        report.write_evaluation(found, misses=misses, markdown=markdown)
    if picture:
        plot.save(plot.quality_figure({name: measured.comparisons for name, measured in found.items()}), picture)


@cli.command()
@click.option(
    "--size", "sizes", metavar="ZAHL", type=int, multiple=True, help="So viele Formulierungen; mehrfach möglich."
)
@click.option("--peers", is_flag=True, help="Misst auch andere Verfahren (braucht ikz-bot[bench]).")
@picture_option("Zeichnet Zeit und Speicher aller Verfahren als .png oder .svg (schließt --peers ein).")
@format_options
def bench(sizes: tuple[int, ...], peers: bool, picture: Path | None, as_json: bool, markdown: bool) -> None:
    """Misst Zeit und Speicher mit erzeugten Formulierungen."""
    _one_format(as_json, markdown)
    if any(not 8 <= size <= 1_000_000 for size in sizes):
        raise UserError("Bitte nennen Sie mit --size eine Zahl von 8 bis 1000000.")
    from bot.curation import as_json as data
    from bot.curation import plot, report
    from bot.curation.bench import runs

    if picture:
        plot.ready(picture)
    measured = list(runs(sizes or (1_000, 10_000, 100_000), peers or picture is not None))
    if as_json:
        _write_json(data.benchmark(measured))
    else:
        report.write_benchmark(measured, markdown=markdown)
    if picture:
        plot.save(plot.growth_figure(measured), picture)


@cli.command()
@click.argument("folder", metavar="ORDNER")
@knowledge_options
def init(folder: str) -> None:
    """Legt eine eigene Kopie des Wissens an."""
    import shlex

    from bot.knowledge_folder import copy_knowledge, original_folder

    # Who names the new folder in the configuration first wants the knowledge that came with the program.
    copied = original_folder() if _folder().absolute() == Path(folder).absolute() else _folder()
    _knowledge(copied)
    files = copy_knowledge(copied, Path(folder))
    name = shlex.quote(printable(folder))
    click.echo(f"{len(files)} Dateien stehen jetzt in {printable(folder)}. So geht es weiter:")
    click.echo("  1. Bearbeiten Sie die Dateien mit einem Texteditor.")
    click.echo(f"  2. Prüfen Sie sie:   ikz-bot check --knowledge {name}")
    click.echo(f"  3. Probieren Sie sie: ikz-bot chat --knowledge {name}")


def _tell_stale_calibration(knowledge: KnowledgeBase) -> None:
    from bot.curation.calibrate import can_calibrate

    known = knowledge.calibration
    if (known and known.knowledge == knowledge.version) or not can_calibrate(knowledge):
        return
    state = "ist älter als das Wissen" if known else "fehlt"
    click.echo(f"Die Kalibrierung {state}. Bitte führen Sie aus: ikz-bot check --calibrate")
    click.get_current_context().exit(EXIT_STALE)


def _calibrate(folder: Path, knowledge: KnowledgeBase) -> None:
    from bot.curation.calibrate import calibration, can_calibrate
    from bot.knowledge.calibration import FILE, write_calibration
    from bot.knowledge_folder import is_packed

    if is_packed(folder):
        raise UserError(
            f"{quoted(str(folder))} gehört zum installierten Programm. Bitte legen Sie mit „ikz-bot init wissen“ eine"
            " eigene Kopie an und kalibrieren Sie diese."
        )
    if not can_calibrate(knowledge):
        click.echo("Für eine Kalibrierung sind es zu wenige Formulierungen; es gelten die üblichen Grenzen.")
        return
    click.echo("Die Kalibrierung läuft; das kann eine Minute dauern …")
    found = calibration(knowledge)
    try:
        write_calibration(folder, found)
    except OSError:
        raise UserError(
            f"In den Ordner {quoted(str(folder))} lässt sich nicht schreiben. Bitte prüfen Sie die Zugriffsrechte und"
            " den freien Platz."
        ) from None
    percents = [f"{value:.0%}".replace("%", " %") for value in (found.answer_at, found.margin, found.suggest_at)]
    click.echo(
        f"{FILE} ist geschrieben: Der Bot antwortet ab {percents[0]} Sicherheit und {percents[1]} Vorsprung und schlägt"
        f" ab {percents[2]} etwas vor."
    )


def _counted(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def _folder() -> Path:
    """The folder that the command line, the configuration or the place says."""
    from bot.config import load_settings
    from bot.knowledge_folder import knowledge_folder

    meta = click.get_current_context().meta
    settings = load_settings(meta.get(f"{__name__}.config"), os.environ)
    return knowledge_folder(meta.get(f"{__name__}.knowledge") or settings.knowledge)


def _knowledge(folder: Path | None = None) -> KnowledgeBase:
    from bot.knowledge import KnowledgeError, load

    folder = folder or _folder()
    try:
        return load(folder)
    except KnowledgeError as error:
        raise UserError(
            f"Das Wissen in {quoted(str(folder))} lässt sich nicht verwenden:\n{printable(str(error))}"
        ) from None


def _today() -> date:
    return date.today()


def _one_format(as_json: bool, markdown: bool) -> None:
    if as_json and markdown:
        raise UserError("Bitte geben Sie entweder --json oder --markdown an.")


def _write_json(data: object) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))


def _write(lines: Iterable[Line]) -> None:
    from bot.channels.screen import Screen

    Screen().write(lines)


def _entry(knowledge: KnowledgeBase, entry_id: str) -> Entry | SmallTalk:
    found = knowledge.entry(entry_id) or next((s for s in knowledge.smalltalk if s.id == entry_id), None)
    if found is None:
        known = [entry.id for entry in (*knowledge.entries, *knowledge.smalltalk)]
        raise UserError(f"Die Kennung {quoted(entry_id)} gibt es nicht.{_nearest(entry_id, known)}")
    return found


def _topic(knowledge: KnowledgeBase, name: str) -> Topic:
    for topic in knowledge.topics:
        if name.casefold() in (topic.id, topic.title.casefold()):
            return topic
    known = [topic.id for topic in knowledge.topics]
    raise UserError(
        f"Das Thema {quoted(name)} gibt es nicht.{_nearest(name, known) or ' Es gibt: ' + ', '.join(known)}"
    )


def _nearest(word: str, known: Iterable[str]) -> str:
    """„Meinten Sie …?“ with up to three known words like ``word``; empty where there are none."""
    from rapidfuzz import fuzz, process

    found = process.extract(printable(word).casefold(), sorted(known), scorer=fuzz.WRatio, limit=3, score_cutoff=70)
    return f" Meinten Sie {' oder '.join(quoted(name) for name, _, _ in found)}?" if found else ""
