"""The largest gaps as a picture: a bar for each matter, as long as it was asked often, parted by what became of it.

Parts differ in colour (Okabe and Ito 2008, told apart by the colour-blind), in lightness and in pattern. matplotlib
belongs to the extra ``bench`` and is loaded only when a picture is wanted.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from bot.curation.gap_report import KINDS
from bot.curation.gaps import Gaps, Kind
from bot.typed_text import counted, printable

if TYPE_CHECKING:
    from matplotlib.figure import Figure

BARS = 15
"""So many groups are drawn."""

LINE, LINES = 46, 2
"""A label has so many lines of so many characters."""

_STYLES = {
    Kind.UNANSWERED: ("#0072B2", ""),
    Kind.NOT_PICKED: ("#E69F00", "///"),
    Kind.DOWN_VOTED: ("#7A2E00", "..."),
    Kind.PROPOSED: ("#56B4E9", "xxx"),
}
_INK, _FAINT = "#1a1a1a", "#5f5f5f"


def gaps_figure(gaps: Gaps) -> Figure:
    """The picture; without any gap it says so."""
    from matplotlib.figure import Figure
    from matplotlib.ticker import MaxNLocator

    drawn = gaps.clusters[:BARS]
    figure = Figure(figsize=(10, 2.2 + 0.52 * max(1, len(drawn))), facecolor="white")
    figure.set_layout_engine("constrained", w_pad=0.12, h_pad=0.12)
    axes = figure.subplots()
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.tick_params(length=0, labelsize=9.5, colors=_INK)
    axes.set_title("Was der Bot noch nicht gut beantwortet", loc="left", fontsize=12, fontweight="bold", color=_INK)
    axes.set_yticks(range(len(drawn)), [_label(cluster.typical.question) for cluster in drawn])
    if not drawn:
        axes.set_xticks([])
        axes.text(0.5, 0.5, "Keine offenen Fragen im Journal", ha="center", va="center", transform=axes.transAxes)
        return figure
    lengths = [0] * len(drawn)
    for kind, (colour, pattern) in _STYLES.items():
        counts = [cluster.counts[kind] for cluster in drawn]
        if any(counts):
            axes.barh(
                range(len(drawn)), counts, 0.66, lengths, color=colour, hatch=pattern, edgecolor="white", linewidth=0.8,
                label=KINDS[kind],
            )  # fmt: skip
        lengths = [length + count for length, count in zip(lengths, counts, strict=True)]
    for row, length in enumerate(lengths):
        axes.annotate(str(length), (length, row), (4, 0), textcoords="offset points", va="center", fontsize=9.5)
    axes.invert_yaxis()
    axes.margins(y=0.02)
    axes.set_xlim(0, max(lengths) * 1.08)
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.grid(axis="x", color="#e4e4e4", linewidth=0.7)
    axes.set_axisbelow(True)
    more = len(gaps.clusters) - len(drawn)
    rest = f"; {counted(more, 'kleinere Gruppe fehlt', 'kleinere Gruppen fehlen')} im Bild" if more else ""
    axes.set_xlabel(f"So oft gefragt, je Gruppe ähnlicher Fragen{rest}", fontsize=9.5, color=_FAINT)
    figure.legend(loc="outside lower center", ncols=len(_STYLES), fontsize=9.5, frameon=False)
    return figure


def _label(question: str) -> str:
    """The question as a label: no dollar begins a formula, no character without a shape is left."""
    text = printable(" ".join(question.split()))
    lines = textwrap.wrap(text, LINE, max_lines=LINES, placeholder=" …")
    return "\n".join(lines).replace("$", r"\$")
