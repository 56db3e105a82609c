"""The commands with which knowledge is checked and answers are measured."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.errors import UserError
from bot.german_click import EXIT_UNUSABLE, GermanCommand
from bot.options import Decorated, chosen_folder, chosen_knowledge, knowledge_options
from bot.typed_text import counted, printable, quoted_path
from bot.whole_file import save

if TYPE_CHECKING:
    from bot.knowledge import KnowledgeBase

EXIT_STALE = 3
"""What is asked for works, but something should be done."""


def picture_option(text: str) -> Callable[[Decorated], Decorated]:
    """Add the option ``--plot`` with this help."""
    return click.option("--plot", "picture", metavar="DATEI", type=Path, help=text)


def format_options(command: Decorated) -> Decorated:
    """Add the options that say how figures are written."""
    as_json = click.option("--json", "as_json", is_flag=True, help="Gibt die Zahlen als JSON aus.")
    markdown = click.option("--markdown", is_flag=True, help="Gibt die Tabellen in Markdown aus.")
    decorated: Decorated = as_json(markdown(command))
    return decorated


@click.command(cls=GermanCommand)
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

    folder = chosen_folder()
    try:
        knowledge = load(folder)
    except KnowledgeError as error:
        click.echo(printable(str(error)))
        click.echo(f"{len(error.problems)} Fehler in {quoted_path(folder)}")
        click.get_current_context().exit(EXIT_UNUSABLE)
    entries = list(knowledge.entries)
    counts = (
        counted(len(entries), "Eintrag", "Einträge"),
        counted(sum(len(entry.phrasings) for entry in entries), "Formulierung", "Formulierungen"),
        counted(len(knowledge.sources), "Quelle", "Quellen"),
    )
    click.echo(f"Alles in Ordnung: {', '.join(counts)}")
    if calibrate:
        _calibrate(folder, knowledge)
    else:
        _tell_stale_calibration(folder, knowledge)


@click.command(cls=GermanCommand)
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
    knowledge = read_base(Path(base)) if base else chosen_knowledge()
    found = laboratory.measure(
        knowledge, sets, date.today(), robust=robust, without=left_out, peers=peers or picture is not None
    )
    if as_json:
        _write_json(data.evaluation(found, misses))
    else:
        report.write_evaluation(found, misses=misses, markdown=markdown)
    if picture:
        plot.save(plot.quality_figure({name: measured.comparisons for name, measured in found.items()}), picture)


@click.command(cls=GermanCommand)
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


def _tell_stale_calibration(folder: Path, knowledge: KnowledgeBase) -> None:
    import shlex

    from bot.curation.calibrate import can_calibrate
    from bot.search.defaults import fits

    known = knowledge.calibration
    current = known is not None and known.knowledge == knowledge.version and fits(known)
    if current or (known is None and not can_calibrate(knowledge)):
        return
    state = "ist älter als das Wissen" if known else "fehlt"
    name = shlex.quote(printable(str(folder)))
    click.echo(f"Die Kalibrierung {state}. Bitte führen Sie aus: ikz-bot check --calibrate --knowledge {name}")
    click.get_current_context().exit(EXIT_STALE)


def _calibrate(folder: Path, knowledge: KnowledgeBase) -> None:
    from bot.curation.calibrate import calibration, can_calibrate
    from bot.knowledge.calibration import FILE, calibration_text
    from bot.knowledge_folder import is_packed

    if is_packed(folder):
        raise UserError(
            f"{quoted_path(folder)} gehört zum installierten Programm. Bitte legen Sie mit „ikz-bot init wissen“ eine"
            " eigene Kopie an und kalibrieren Sie diese."
        )
    if not can_calibrate(knowledge):
        (folder / FILE).unlink(missing_ok=True)  # it would be that of another knowledge
        click.echo("Für eine Kalibrierung sind es zu wenige Formulierungen; es gelten die üblichen Grenzen.")
        return
    click.echo("Die Kalibrierung läuft; das kann eine Minute dauern …")
    found = calibration(knowledge)
    save(folder / FILE, calibration_text(found))
    percents = [f"{value:.0%}".replace("%", " %") for value in (found.answer_at, found.margin, found.suggest_at)]
    click.echo(
        f"{FILE} ist geschrieben: Der Bot antwortet ab {percents[0]} Sicherheit und {percents[1]} Vorsprung und schlägt"
        f" ab {percents[2]} etwas vor."
    )


def _one_format(as_json: bool, markdown: bool) -> None:
    if as_json and markdown:
        raise UserError("Bitte geben Sie entweder --json oder --markdown an.")


def _write_json(data: object) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
