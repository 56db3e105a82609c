"""The figures of an evaluation or a benchmark as tables in German."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields

from rich import box
from rich.console import Console
from rich.table import Table

from bot.curation.bench import Run
from bot.curation.compare import Comparison
from bot.curation.evaluate import Outcome, Quality
from bot.curation.laboratory import Measured, Roughened
from bot.curation.left_out import LeftOut
from bot.curation.peers import TITLES
from bot.curation.shares import Share

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
    "labelled_answered": "sonst fremde: beantwortet",
    "labelled_suggested": "sonst fremde: Vorschläge",
    "labelled_unknown": "sonst fremde: unbekannt",
    "auroc": "Trennschärfe (AUROC)",
    "ms": "Zeit je Frage (Median)",
}

_WAYS = {
    "one_typo": "ein Tippfehler",
    "two_typos": "zwei Tippfehler",
    "umlauts_written_out": "ae, oe, ue, ss",
    "umlauts_bare": "a, o, u statt ä, ö, ü",
    "lower_case": "klein, ohne Satzzeichen",
    "compounds_joined": "Wörter zusammengeschrieben",
    "compounds_split": "Wörter getrennt",
    "small_words_dropped": "ohne kleine Wörter",
    "word_order": "andere Wortfolge",
}

_LEFT_OUT = {
    "covered": "richtig: von einem Eintrag, der das Fehlende mit nennt",
    "answered": "falsch: von einem anderen Eintrag",
    "suggested": "Vorschläge",
    "unknown": "unbekannt",
    "partly_right": "nur ein Teil der Einträge fehlt: richtig beantwortet",
    "partly_wrong": "nur ein Teil der Einträge fehlt: falsch beantwortet",
}


def write_evaluation(found: Mapping[str, Measured], *, misses: bool, markdown: bool) -> None:
    """Print all that was measured, each kind of figures as one table over all files."""
    tables = [_quality_table({name: measured.quality for name, measured in found.items()})]
    tables += [_roughened_table(name, m.roughened) for name, m in found.items() if m.roughened]
    if left_out := {name: m.left_out for name, m in found.items() if m.left_out}:
        tables.append(_left_out_table(left_out))
    if any(m.comparisons for m in found.values()):
        tables.append(_comparison_table({name: m.comparisons for name, m in found.items()}))
    _write(tables, markdown)
    for name, measured in found.items() if misses else ():
        if len(found) > 1:
            print(f"\n{name}:")
        _write_misses("", measured.outcomes)
        if measured.left_out:
            _write_misses("ohne ihren Eintrag: ", measured.left_out.outcomes)


def write_benchmark(runs: Iterable[Run], *, markdown: bool) -> None:
    """Print one line for each method and size."""
    table = _table(
        "Verfahren", "Formulierungen", "Aufbau s", "ms (Median)", "ms (99 %)",
        "MB vorher", "MB danach", "MB höchstens beim Aufbau", "MB höchstens beim Fragen",
    )  # fmt: skip
    for run in runs:
        times = (_decimal(run.build, 2), _decimal(run.p50, 2), _decimal(run.p99, 2))
        memory = (run.before, run.resident, run.peak_build, run.peak_asking)
        table.add_row(_title(run.name), str(run.phrasings), *times, *(_decimal(mb, 0) for mb in memory))
    _write([table], markdown)


def _quality_table(figures: Mapping[str, Quality]) -> Table:
    """One line for each figure that counts anything in any file; shares with their interval."""
    table = _table("ikz-bot", *figures)
    for field in fields(Quality):
        values = [getattr(found, field.name) for found in figures.values()]
        if any(not isinstance(value, Share) or value.total for value in values):
            table.add_row(_LABELS[field.name], *(_shown(field.name, value) for value in values))
    return table


def _shown(name: str, value: Share | float | None) -> str:
    if isinstance(value, Share):
        return f"{_interval(value)} von {value.total}" if value.total else "–"
    return f"{_decimal(value, 2)} ms" if name == "ms" else _decimal(value, 3)


def _roughened_table(name: str, ways: Mapping[str, Roughened]) -> Table:
    """One line for each way the questions were spoiled."""
    table = _table(
        name, "beantwortbare", "vorn zuvor", "vorn", "unter drei", "richtig", "oder Vorschlag", "falsch",
        "fremde", "beantwortet zuvor", "beantwortet",
    )  # fmt: skip
    for way, both in ways.items():
        before, after = both.before, both.after
        names = ("top", "among_three", "answered_right", "right_or_suggested", "wrong")
        table.add_row(
            _WAYS[way],
            str(after.top.total),
            _percent(before.top),
            *(_percent(getattr(after, name)) for name in names),
            str(after.foreign_answered.total),
            _percent(before.foreign_answered),
            _percent(after.foreign_answered),
        )
    return table


def _left_out_table(figures: Mapping[str, LeftOut]) -> Table:
    """One line for each thing that can happen to a question whose entry is missing."""
    table = _table("Fragen, deren Eintrag fehlt", *figures)
    for name, label in _LEFT_OUT.items():
        table.add_row(label, *(_shown(name, getattr(found, name)) for found in figures.values()))
    return table


def _comparison_table(rows: Mapping[str, Sequence[Comparison]]) -> Table:
    """One line for each file and way of ranking."""
    table = _table(
        "Fragen", "Verfahren", "vorn", "unter drei", "gemeinsam", "bestmöglich", "AUROC", "ms", "Aufbau s", left=2
    )
    for file, compared in rows.items():
        for row in compared:
            shares = (_interval(row.top), _interval(row.among_three), _interval(row.joint))
            oracle = "–" if row.oracle is None else _percent(row.oracle)
            numbers = (_decimal(row.auroc, 3), _decimal(row.ms, 2), _decimal(row.build, 2))
            table.add_row(file, _title(row.name), *shares, oracle, *numbers)
    return table


def _write_misses(prefix: str, outcomes: Sequence[Outcome]) -> None:
    """Print each wrong answer: the question, what it was taken for, and what had been right."""
    for outcome in outcomes:
        if outcome.wrong:
            taken_for = " und ".join(outcome.understood) or "Höflichkeit"
            right = ", ".join(sorted(outcome.labelled.expected)) or "keine Antwort"
            print(f"{prefix}{outcome.labelled.question} – verstanden als: {taken_for} – richtig: {right}")


def _table(*columns: str, left: int = 1) -> Table:
    """An empty table; its first ``left`` columns hold words, the others figures."""
    table = Table(box=None, pad_edge=False)
    for number, column in enumerate(columns):
        table.add_column(column, justify="left" if number < left else "right")
    return table


def _write(tables: Sequence[Table], markdown: bool) -> None:
    """Print tables as wide as they are, so that a pipe loses nothing."""
    console = Console(width=None if Console().is_terminal and not markdown else 1000, highlight=False, markup=False)
    for number, table in enumerate(tables):
        table.box, table.pad_edge = (box.MARKDOWN, True) if markdown else (None, False)
        with console.capture() as rendered:
            console.print(table)
        # Around a Markdown table, rich leaves blank lines for a border.
        lines = [line.rstrip() for line in rendered.get().splitlines() if line.strip()]
        print("\n".join([""] * (number > 0) + lines))


def _title(name: str) -> str:
    return TITLES.get(name, name)


def _interval(value: Share | None) -> str:
    if not (value and value.total):
        return "–"
    low, high = value.interval
    return f"{_percent(value)} ({_number(low)}–{_number(high)})"


def _percent(value: Share | float) -> str:
    if isinstance(value, Share):
        return _percent(value.value) if value.total else "–"
    return f"{_number(value)} %"


def _number(share: float) -> str:
    return f"{share * 100:.1f}".replace(".", ",")


def _decimal(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}".replace(".", ",")
