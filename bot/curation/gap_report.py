"""The gaps as a table in German, as Markdown with all that can be done about them, and as plain data.

``ikz-bot report --json`` writes an object with ``clusters``, the largest first; ``open``, the questions known to be
open that were asked, each with ``question`` and ``total``; and numbers of times that questions were asked: ``mended``
(the present knowledge answers them), ``settled`` (touchstones say they stay unanswered), ``bare`` (they name no
subject) and ``rare`` (left out, because there are too many different ones). ``drafts`` is a draft file for the clusters
that need a new entry and were asked twice, or null. A cluster has ``total``; ``counts`` by kind
(``unanswered``, ``not_picked``, ``down_voted``, ``proposed``); ``typical`` and ``questions`` (each with ``question``
and ``total``); ``nearest`` (an id or null) and its ``score`` (0–1); ``advice`` (``phrasing``, ``revise``,
``new_entry``); ``commands`` and ``phrasings`` to teach; ``proposals`` and ``remarks`` of users; and ``agenda``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot.answers import Bundle
from bot.curation.gap_patches import (
    TWICE,
    agenda_line,
    draft_file,
    new_entries,
    phrasings,
    proposal_lines,
    remark_lines,
    teach_line,
    variants_patch,
)
from bot.curation.gaps import Advice, Cluster, Gaps, Kind
from bot.typed_text import counted, percent, printable, quoted

SHOWN = 20
"""So many groups are shown in a terminal."""


KINDS = {
    Kind.UNANSWERED: "ohne Antwort",
    Kind.NOT_PICKED: "kein Vorschlag passte",
    Kind.DOWN_VOTED: "nicht hilfreich",
    Kind.PROPOSED: "Eintrag vorgeschlagen",
}
ADVICE = {
    Advice.PHRASING: "Formulierung ergänzen",
    Advice.REVISE: "Antwort überarbeiten",
    Advice.NEW_ENTRY: "neuer Eintrag",
}
OPEN = "Offene Fragen, die gestellt wurden; vielleicht beantwortet sie die nächste Werkstatt"
NOTHING = "Im Journal steht nichts, worauf der Bot heute noch keine gute Antwort hat."


def write_terminal(bundle: Bundle, gaps: Gaps) -> None:
    """Print the largest groups as a table, and below it what can be done about each."""
    shown = gaps.clusters[:SHOWN]
    if shown:
        print(_rendered(_table(shown, printable), markdown=False))
    for number, cluster in enumerate(shown, 1):
        print(f"\n{number}. {printable(quoted(cluster.typical.question))}")
        for line in _steps(bundle, cluster):
            print(f"   {printable(line)}")
    more = len(gaps.clusters) - len(shown)
    if more:
        print(f"\nUnd {counted(more, 'weitere Gruppe', 'weitere Gruppen')}; alle zeigt --markdown.")
    if new_entries(gaps.clusters):
        print("\nEntwürfe für die neuen Einträge schreibt: ikz-bot report --drafts")
    if gaps.known_open:
        print(f"\n{OPEN}:")
        print("\n".join(f"   {printable(line)}" for line in _open_lines(gaps)[:SHOWN]))
        if len(gaps.known_open) > SHOWN:
            print(f"   Und {len(gaps.known_open) - SHOWN} weitere; alle zeigt --markdown.")
    _write_rest(gaps)


def write_markdown(bundle: Bundle, gaps: Gaps, today: date) -> None:
    """Print all groups as a document: table, patches, drafts, and the agenda."""
    full = [cluster for cluster in gaps.clusters if cluster.total >= TWICE]
    single = gaps.clusters[len(full) :]
    print(f"# Was der Bot noch nicht gut beantwortet ({today:%d.%m.%Y})\n")
    if full:
        print(_rendered(_table(full, _escaped), markdown=True))
    for number, cluster in enumerate(full, 1):
        print("\n".join(_section(bundle, number, cluster)))
    if single:
        print("\n## Einmal gefragt\n")
        print("\n".join(f"- {_escaped(cluster.typical.question)} – {_nearest(cluster)}" for cluster in single))
    if new := new_entries(full):
        print("\n## Entwürfe für neue Einträge\n\nDiese Datei schreibt `ikz-bot report --drafts`:\n")
        print(_fenced(draft_file(bundle, new, today)))
    if full:
        print("\n## Für die nächste Werkstatt\n")
        lines = (agenda_line(bundle.knowledge, cluster).partition(": ")[2] for cluster in full)
        print("\n".join(f"{number}. {_escaped(line)}" for number, line in enumerate(lines, 1)))
    if gaps.known_open:
        print(f"\n## {OPEN}\n")
        print("\n".join(f"- {_escaped(line)}" for line in _open_lines(gaps)))
    _write_rest(gaps)


def _open_lines(gaps: Gaps) -> list[str]:
    return [f"{total}-mal: {question}" for question, total in gaps.known_open]


def as_data(bundle: Bundle, gaps: Gaps, today: date) -> dict[str, Any]:
    """The gaps as plain data."""
    new = new_entries(gaps.clusters)
    return {
        "clusters": [_cluster_data(bundle, cluster) for cluster in gaps.clusters],
        "open": [{"question": question, "total": total} for question, total in gaps.known_open],
        "mended": gaps.mended,
        "settled": gaps.settled,
        "bare": gaps.bare,
        "rare": gaps.rare,
        "drafts": draft_file(bundle, new, today) if new else None,
    }


def _cluster_data(bundle: Bundle, cluster: Cluster) -> dict[str, Any]:
    return {
        "total": cluster.total,
        "counts": {kind.value: count for kind, count in cluster.counts.items()},
        "typical": cluster.typical.question,
        "questions": [{"question": asked.question, "total": asked.total} for asked in cluster.questions],
        "nearest": cluster.nearest.id if cluster.nearest else None,
        "score": cluster.score,
        "advice": cluster.advice.value,
        "phrasings": phrasings(bundle, cluster),
        "commands": _commands(bundle, cluster),
        "proposals": [{"answer": a, "source": s} for asked in cluster.questions for a, s in asked.proposals],
        "remarks": [remark for asked in cluster.questions for remark in asked.remarks],
        "agenda": agenda_line(bundle.knowledge, cluster),
    }


def _table(clusters: Sequence[Cluster], shown: Callable[[str], str]) -> Table:
    table = Table(box=None, pad_edge=False)
    used = [kind for kind in Kind if any(cluster.counts[kind] for cluster in clusters)]
    for name in ("", "gefragt", *(KINDS[kind] for kind in used)):
        table.add_column(name, justify="right")
    for name in ("typische Frage", "nächster Eintrag", "zu tun"):
        table.add_column(name, overflow="fold")
    for number, cluster in enumerate(clusters, 1):
        counts = (str(cluster.counts[kind] or "–") for kind in used)
        question = Text(shown(" ".join(cluster.typical.question.split())))
        table.add_row(str(number), str(cluster.total), *counts, question, _nearest(cluster), ADVICE[cluster.advice])
    return table


def _nearest(cluster: Cluster) -> str:
    if cluster.nearest is None:
        return "keiner"
    return f"{cluster.nearest.id} ({percent(cluster.score)})"


def _commands(bundle: Bundle, cluster: Cluster) -> list[str]:
    """The commands that mend a gap, or say that it shall stay."""
    fitting = phrasings(bundle, cluster)
    if cluster.advice is Advice.PHRASING and cluster.nearest and fitting:
        return [teach_line(fitting[0], cluster.nearest.id)]
    if cluster.advice is Advice.NEW_ENTRY and fitting:
        return [teach_line(fitting[0], "--nichts")]
    return []


def _steps(bundle: Bundle, cluster: Cluster) -> Iterator[str]:
    commands = _commands(bundle, cluster)
    if cluster.advice is Advice.PHRASING and commands:
        yield f"Formulierung ergänzen: {commands[0]}"
    elif cluster.advice is Advice.REVISE and cluster.nearest:
        yield f"Antwort überarbeiten: {cluster.nearest.id} in {bundle.knowledge.where[cluster.nearest.id]}"
    elif commands:
        yield f"Beantwortet es keine Quelle: {commands[0]}"
    yield from remark_lines(cluster)
    yield from proposal_lines(cluster)
    yield agenda_line(bundle.knowledge, cluster)


def _section(bundle: Bundle, number: int, cluster: Cluster) -> Iterator[str]:
    yield f"\n## {number}. {_escaped(cluster.typical.question)}\n"
    counts = (f"{cluster.counts[kind]}-mal {name}" for kind, name in KINDS.items() if cluster.counts[kind])
    yield f"{', '.join(counts)}. Nächster Eintrag: {_nearest(cluster)}. Zu tun: {ADVICE[cluster.advice]}.\n"
    yield from (f"- {asked.total}-mal: {_escaped(asked.question)}" for asked in cluster.questions)
    yield from (f"- {_escaped(line)}" for line in (*remark_lines(cluster), *proposal_lines(cluster)))
    for command in _commands(bundle, cluster):
        why = (
            "Beantwortet die Frage keine Quelle" if cluster.advice is Advice.NEW_ENTRY else "Eine Formulierung ergänzt"
        )
        yield f"\n{why}:\n\n{_fenced(command, 'sh')}"
    if cluster.advice is Advice.PHRASING and cluster.nearest and (fitting := phrasings(bundle, cluster)):
        yield f"\nOder mehrere im Editor:\n\n{_fenced(variants_patch(bundle.knowledge, cluster.nearest, fitting))}"
    if cluster.advice is Advice.REVISE and cluster.nearest:
        yield f"\nDie Antwort steht in {bundle.knowledge.where[cluster.nearest.id]} ({cluster.nearest.id})."
    yield f"\n{_escaped(agenda_line(bundle.knowledge, cluster))}"


def _write_rest(gaps: Gaps) -> None:
    """Print what was left out, and why."""
    if not (gaps.clusters or gaps.known_open):
        print(NOTHING)
    rest = (
        (gaps.mended, "inzwischen beantwortet das Wissen es"),
        (gaps.settled, "soll unbeantwortet bleiben (pruefsteine.yaml)"),
        (gaps.bare, f"ohne die Frage davor nennt es keinen Gegenstand, zum Beispiel {quoted(gaps.bare_example)}"),
        (gaps.rare, "zu viele verschiedene Fragen; die seltensten fehlen hier"),
    )
    for count, why in rest:
        if count:
            print(f"\n{count}-mal gefragt und nicht dabei: {printable(why)}.")


def _rendered(table: Table, markdown: bool) -> str:
    console = Console(width=None if Console().is_terminal and not markdown else 1000, highlight=False, markup=False)
    table.box, table.pad_edge = (box.MARKDOWN, True) if markdown else (None, False)
    with console.capture() as rendered:
        console.print(table)
    return "\n".join(line.rstrip() for line in rendered.get().splitlines() if line.strip())


def _escaped(text: str) -> str:
    """A text on one line of Markdown, as it is written."""
    return "".join(f"\\{c}" if c in r"\`*_{}[]<>#|!~" else c for c in printable(" ".join(text.split())))


def _fenced(text: str, language: str = "yaml") -> str:
    fence = "```"
    while fence in text:
        fence += "`"
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"
