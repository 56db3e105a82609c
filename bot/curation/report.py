"""The figures of an evaluation as tables in German, or as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from typing import Any

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.curation.bench import Run
from bot.curation.compare import Comparison
from bot.curation.evaluate import Outcome, Quality
from bot.curation.shares import Share
from bot.wording import understood_as

_LABELS = {
    "top": "richtig an erster Stelle",
    "among_three": "richtig unter den ersten drei",
    "answered_right": "richtig beantwortet",
    "right_or_suggested": "richtig beantwortet oder vorgeschlagen",
    "wrong": "falsch beantwortet",
    "foreign_answered": "fremde Fragen beantwortet",
    "inside_answered": "beantwortbare: beantwortet",
    "inside_suggested": "beantwortbare: Vorschläge",
    "inside_unknown": "beantwortbare: unbekannt",
    "near_answered": "nahe fremde: beantwortet",
    "near_suggested": "nahe fremde: Vorschläge",
    "near_unknown": "nahe fremde: unbekannt",
    "far_answered": "ferne fremde: beantwortet",
    "far_suggested": "ferne fremde: Vorschläge",
    "far_unknown": "ferne fremde: unbekannt",
    "auroc": "Trennschärfe (AUROC)",
    "ms": "Zeit je Frage (Median)",
}


def quality_table(figures: Quality) -> Table:
    """One line for each figure that counts anything; shares with their interval."""
    table = Table("", "ikz-bot", box=None, pad_edge=False, show_header=False)
    for field in fields(figures):
        value = getattr(figures, field.name)
        if not isinstance(value, Share) or value.total:
            table.add_row(_LABELS[field.name], _shown(field.name, value))
    return table


def robustness_table(figures: Mapping[str, Quality]) -> Table:
    """One line for each way the in-scope questions were spoiled."""
    names = ("top", "among_three", "answered_right", "right_or_suggested", "wrong")
    table = Table("Fragen", "Anzahl", *(_LABELS[name] for name in names), box=None, pad_edge=False)
    for run, found in figures.items():
        table.add_row(run, str(found.top.total), *(_percent(getattr(found, name).value) for name in names))
    return table


def _shown(name: str, value: Share | float) -> str:
    if isinstance(value, Share):
        low, high = value.interval
        return f"{_percent(value.value)} ({_percent(low)}–{_percent(high)}) von {value.total}"
    return f"{_decimal(value, 2)} ms" if name == "ms" else _decimal(value, 3)


def comparison_table(rows: Iterable[Comparison]) -> Table:
    """One line for each way of ranking."""
    table = Table(box=None, pad_edge=False)
    for name in ("Verfahren", "vorn", "unter drei", "gemeinsam", "bestmöglich", "AUROC", "ms", "Aufbau s"):
        table.add_column(name, justify="left" if name == "Verfahren" else "right")
    for row in rows:
        shares = (row.top.value, row.among_three.value, row.joint.value, row.oracle)
        numbers = (_decimal(row.auroc, 3), _decimal(row.ms, 2), _decimal(row.build, 2))
        table.add_row(row.name, *map(_percent, shares), *numbers)
    return table


def miss_lines(outcomes: Sequence[Outcome]) -> list[str]:
    """One line for each wrong answer: the question, what it was taken for, and what had been right."""
    return [
        f"{o.labelled.question} – verstanden als: {understood_as(o.reply) or 'Höflichkeit'}"
        f" – richtig: {', '.join(sorted(o.labelled.expected)) or 'keine Antwort'}"
        for o in outcomes
        if o.wrong
    ]


def as_data(figures: Quality | Comparison) -> dict[str, Any]:
    """The figures for JSON; a share becomes its value, interval and counts."""
    found = {}
    for field in fields(figures):
        value = getattr(figures, field.name)
        if isinstance(value, Share):
            low, high = value.interval
            value = {"value": value.value, "low": low, "high": high, "hits": value.hits, "total": value.total}
        found[field.name] = value
    return found


def write(*tables: Table) -> None:
    """Print tables as wide as they are, so that a pipe loses nothing."""
    console = Console(width=None if Console().is_terminal else 200, highlight=False)
    for table in tables:
        console.print(table)


def growth_table(runs: Iterable[Run]) -> Table:
    """One line for each method and size."""
    names = ("Verfahren", "Formulierungen", "Aufbau s", "ms (Median)", "ms (99 %)", "MB")
    table = Table(*names, box=None, pad_edge=False)
    for run in track(runs, description="Messung", transient=True, console=stderr()):
        numbers = (_decimal(run.build, 2), _decimal(run.p50, 2), _decimal(run.p99, 2), _decimal(run.megabytes, 0))
        table.add_row(run.name, str(run.phrasings), *numbers)
    return table


def stderr() -> Console:
    """Where progress and warnings go."""
    return Console(stderr=True, highlight=False)


def _percent(value: float) -> str:
    return f"{value * 100:.1f}".replace(".", ",") + " %"


def _decimal(value: float, digits: int) -> str:
    return f"{value:.{digits}f}".replace(".", ",")
