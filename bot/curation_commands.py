"""The commands with which answers are measured."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from bot.errors import UserError
from bot.german_click import GermanCommand
from bot.options import Decorated, chosen_knowledge, knowledge_options


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
    knowledge = read_base(Path(base)) if base else chosen_knowledge()
    sets = laboratory.read_sets(files, knowledge)
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


def _one_format(as_json: bool, markdown: bool) -> None:
    if as_json and markdown:
        raise UserError("Bitte geben Sie entweder --json oder --markdown an.")


def _write_json(data: object) -> None:
    click.echo(json.dumps(data, ensure_ascii=False, indent=2))
