"""The figures of an evaluation or a benchmark as pictures: quality against time, and growth with size.

Everything is named where it is drawn, so that nobody has to look up colours; these tell apart for the colour-blind as
well (Okabe and Ito 2008). matplotlib belongs to the extra ``bench`` and is loaded only when a picture is wanted.
"""

from __future__ import annotations

import logging
import math
import os
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from bot.curation.bench import Run
from bot.curation.compare import OWN, Comparison
from bot.curation.peers import TITLES
from bot.curation.shares import Share
from bot.errors import UserError
from bot.typed_text import quoted_path

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import Axis
    from matplotlib.figure import Figure

SUFFIXES = (".png", ".svg")
LONGEST_NAME = 20
DPI = 200

_INK, _FAINT = "#1a1a1a", "#767676"
_STYLES = {
    OWN: ("#D55E00", "o"),
    "wratio": ("#0072B2", "s"),
    "token_set_ratio": ("#56B4E9", "D"),
    "bm25": ("#009E73", "^"),
    "char_tfidf": ("#CC79A7", "v"),
    "linear_svm": ("#E69F00", "P"),
    "fts5": ("#7A7A7A", "X"),
    "embedding": ("#000000", "*"),
}


_PLACES = [
    (radius, turn / 16)
    for radius in (9, 14, 20, 28, 38, 50, 65, 85, 110)
    for turn in (0, 8, 1, 15, 7, 9, 2, 14, 6, 10, 3, 13, 5, 11, 4, 12)
]
"""Where a label may stand, best first: points away from what it names, and the share of a full turn, from the right."""

BESIDE = 16
"""So many points away, a label needs a line to what it names."""

Boxes = NDArray[np.float64]
"""Places (x, y) or boxes (left, bottom, right, top), in points from the lower left corner of the picture."""


class _Label(NamedTuple):
    """A text, and the point (in data) that it names."""

    text: str
    x: float
    y: float
    own: bool


def ready(path: Path) -> None:
    """Finds out whether a picture can be drawn into a file, before hours are spent on measuring.

    Raises:
        UserError: with a German sentence, where its name has another suffix, its folder is missing or not writable,
            or matplotlib is not installed.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise UserError(
            f"{quoted_path(path)} ist kein Bild; bitte nennen Sie eine Datei mit der Endung .png oder .svg."
        )
    target = path if path.exists() else path.parent
    if path.is_dir() or not path.parent.is_dir() or not os.access(target, os.W_OK):
        raise _unwritable(path)
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # what it says about its fonts is English
    try:
        import matplotlib.figure  # noqa: F401
    except ImportError:
        raise UserError("Das Paket matplotlib fehlt; installieren Sie ikz-bot[bench].") from None


def save(figure: Figure, path: Path) -> None:
    """Writes the picture; the same figures make the same file.

    Raises:
        UserError: with a German sentence, where it cannot be written.
    """
    import matplotlib

    kind = path.suffix.lower().removeprefix(".")
    metadata = {"Date": None} if kind == "svg" else {"Software": None}
    try:
        with matplotlib.rc_context({"svg.hashsalt": "ikz-bot"}):
            figure.savefig(path, format=kind, dpi=DPI, metadata=metadata)
    except OSError:
        raise _unwritable(path) from None


def _unwritable(path: Path) -> UserError:
    return UserError(f"Das Bild {quoted_path(path)} lässt sich nicht schreiben.")


def quality_figure(files: Mapping[str, Sequence[Comparison]]) -> Figure:
    """Quality against time, one row of two panels for each file of questions."""
    figure = _figure(5 * len(files))
    grid = figure.subplots(len(files), 2, squeeze=False)
    wanted: list[tuple[Axes, list[_Label]]] = []
    for (left, right), (file, compared) in zip(grid, files.items(), strict=True):
        name = file if len(file) <= LONGEST_NAME else f"…{file[-LONGEST_NAME:]}"
        inside = compared[0].top.total
        _axes(left, "Richtig an erster Stelle", f"{name}: {inside} beantwortbare Fragen")
        wanted.append((left, _quality_panel(left, [(c, c.top) for c in compared])))
        if (joint := compared[0].joint) is None:
            right.set_axis_off()  # nothing to be silent about
            continue
        silent = (joint.total - inside) / joint.total
        _axes(right, "Richtig beantwortet oder zu Recht still", f"{name}: alle {joint.total}, Schwelle blind bestimmt")
        wanted.append((right, _quality_panel(right, [(c, c.joint) for c in compared if c.joint])))
        right.axhline(silent, color=_FAINT, linewidth=1, linestyle=(0, (4, 3)), zorder=1)
        low, high = right.get_xlim()
        wanted[-1][1].append(_Label("wer immer schweigt", low * (high / low) ** 0.86, silent, own=False))
    _place(figure, wanted)
    return figure


def _quality_panel(axes: Axes, points: Sequence[tuple[Comparison, Share]]) -> list[_Label]:
    from matplotlib.ticker import FuncFormatter

    labels = []
    for compared, value in points:
        colour, marker = _STYLES.get(compared.name, (_FAINT, "o"))
        name, own = TITLES.get(compared.name, compared.name), compared.name == OWN
        axes.plot([compared.ms] * 2, value.interval, color=colour, linewidth=1.6, alpha=0.75, zorder=2, label=name)
        axes.plot(
            [compared.ms], [value.value], marker, color=colour, markersize=10 if own else 7.5, zorder=3, label=name
        )
        labels.append(_Label(name, compared.ms, value.value, own))
    _logarithmic(axes.xaxis, axes.set_xscale)
    axes.margins(0.15)
    low, high = axes.get_ylim()
    axes.set_ylim(max(low, -0.04), min(high, 1.04))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{share * 100:.0f} %" if 0 <= share <= 1 else ""))
    axes.set_xlabel("Millisekunden je Frage; senkrecht der 95-%-Vertrauensbereich")
    return labels


def growth_figure(runs: Sequence[Run]) -> Figure:
    """Time and memory against the number of phrasings; the memory only where the system told it."""
    from matplotlib.ticker import FixedLocator

    figure = _figure(6)
    left, right = figure.subplots(1, 2)
    methods: dict[str, list[Run]] = {}
    for run in runs:
        methods.setdefault(run.name, []).append(run)
    _axes(left, "Zeit je Frage", "Millisekunden, Median; gestrichelt: 99 von 100 Fragen")
    _axes(right, "Arbeitsspeicher", "Megabyte, Höchststand; gestrichelt: nach dem Aufbau")
    wanted: list[tuple[Axes, list[_Label]]] = [(left, []), (right, [])]
    for name, some in methods.items():
        times = [(run.phrasings, run.p50, run.p99) for run in some]
        memory = [
            (run.phrasings, max(run.peak_build, run.peak_asking), run.resident)
            for run in some
            if run.peak_build and run.peak_asking and run.resident
        ]
        for (axes, labels), points in zip(wanted, (times, memory), strict=True):
            if points:
                labels.append(_growth_line(axes, name, points))
    for axes, labels in wanted:
        if not labels:
            axes.set_axis_off()
            continue
        axes.margins(0.08)
        _logarithmic(axes.xaxis, axes.set_xscale)
        _logarithmic(axes.yaxis, axes.set_yscale)
        axes.set_xlabel("Formulierungen")
        axes.xaxis.set_major_locator(FixedLocator(sorted({run.phrasings for run in runs})))
        low, high = axes.get_xlim()
        axes.set_xlim(low / (high / low) ** 0.25, high * (high / low) ** 0.65)  # room for names beside the points
    _place(figure, wanted)
    return figure


def _growth_line(axes: Axes, name: str, points: Sequence[tuple[float, float, float]]) -> _Label:
    colour, marker = _STYLES.get(name, (_FAINT, "o"))
    own = name == OWN
    x, main, beside = zip(*points, strict=True)
    title = TITLES.get(name, name)
    axes.plot(x, main, marker, linestyle="-", color=colour, linewidth=2.6 if own else 1.6, markersize=6, label=title)
    axes.plot(x, beside, linestyle=(0, (2, 2)), color=colour, linewidth=1.1, label=title)
    return _Label(title, x[-1], main[-1], own)


def _figure(height: float) -> Figure:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(10, height), facecolor="white", dpi=72)  # so that a pixel is a point
    figure.set_layout_engine("constrained", w_pad=0.12, h_pad=0.12)
    return figure


def _axes(axes: Axes, title: str, below: str) -> None:
    axes.set_title(title, loc="left", fontsize=11, color=_INK, fontweight="bold", pad=22)
    axes.text(0, 1.025, below, transform=axes.transAxes, fontsize=9, color=_FAINT)
    axes.set_facecolor("white")
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(color="#e4e4e4", linewidth=0.7)
    axes.set_axisbelow(True)
    axes.tick_params(labelsize=9.5, colors=_INK)
    axes.xaxis.label.set_fontsize(9.5)


def _logarithmic(axis: Axis, set_scale: Callable[[str], object]) -> None:
    """Make an axis logarithmic, with numbers as Germans write them."""
    from matplotlib.ticker import FuncFormatter, LogLocator, NullFormatter

    set_scale("log")
    low, high = axis.get_data_interval()
    axis.set_major_locator(LogLocator(base=10, subs=(1,) if high > 50 * low else (1, 2, 5), numticks=12))
    axis.set_major_formatter(FuncFormatter(_german))
    axis.set_minor_formatter(NullFormatter())


def _german(number: float, _: object = None) -> str:
    return f"{number:,.0f}".replace(",", ".") if number >= 1 else f"{number:g}".replace(".", ",")


def _place(figure: Figure, wanted: Sequence[tuple[Axes, Sequence[_Label]]]) -> None:
    """Writes each label near its point, where it covers nothing that is drawn and no other label."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    figure.set_layout_engine("none")  # what was laid out stays, so that what is measured now holds
    for axes, labels in wanted:
        drawn = _drawn(axes)
        written = np.zeros((0, 4))
        for label in sorted(labels, key=lambda label: (not label.own, -label.x)):
            written = np.vstack([written, _write(axes, label, drawn, written)])


def _drawn(axes: Axes) -> Mapping[str, Boxes]:
    """The boxes that the lines and points of a panel take up, by the label of the line."""
    boxes: dict[str, list[Boxes]] = {}
    for line in axes.lines:
        corners = np.asarray(line.get_transform().transform(line.get_xydata()))
        for start, end in pairwise(corners if len(corners) > 1 else [corners[0]] * 2):
            boxes.setdefault(str(line.get_label()), []).append(_along(start, end, 4))
    return {name: np.vstack(some) for name, some in boxes.items()}


def _along(start: Boxes, end: Boxes, half: float) -> Boxes:
    """Boxes of twice ``half`` a side along a straight line."""
    centres = np.linspace(start, end, 2 + int(math.dist(start, end) / half))
    return np.hstack([centres - half, centres + half])


def _overlapping(some: Boxes, others: Boxes) -> NDArray[np.bool_]:
    """Which of some boxes (rows) overlap which of the others (columns)."""
    left, bottom, right, top = (side[:, None] for side in some.T)
    return np.asarray((left < others[:, 2]) & (bottom < others[:, 3]) & (right > others[:, 0]) & (top > others[:, 1]))


def _write(axes: Axes, label: _Label, drawn: Mapping[str, Boxes], written: Boxes) -> Boxes:
    """Writes a label at the nearest free place, with a thin line to a point farther off; returns its box."""
    point = np.asarray(axes.transData.transform((label.x, label.y)))
    text = axes.annotate(
        label.text,
        (label.x, label.y),
        (0, 0),
        textcoords="offset points",
        ha="center",
        va="center",
        fontsize=10 if label.own else 9,
        fontweight="bold" if label.own else "normal",
        color=_INK,
        zorder=4,
    )
    half = np.array(text.get_window_extent().padded(1).size) / 2
    everything = np.vstack(list(drawn.values()))
    others = np.vstack([written, *(boxes for name, boxes in drawn.items() if name != label.text)])

    def centre(place: tuple[int, float]) -> Boxes:
        radius, turn = place[0], place[1] * math.tau
        return np.asarray(point + np.array([math.cos(turn), math.sin(turn)]) * (radius + half))

    def cost(place: tuple[int, float]) -> int:
        low, high = centre(place) - half, centre(place) + half
        box = np.concatenate([low, high])[None]
        outside = (low < axes.bbox.min).any() or (high > axes.bbox.max).any()
        covered = _overlapping(box, everything).sum()
        crossed = _overlapping(_along(point, np.clip(point, low, high), 1), others).any(1).sum()
        return int(1000 * outside + 100 * _overlapping(box, written).sum() + 2 * covered + crossed)

    middle = centre(min(_PLACES, key=cost))  # the first, and so the nearest, of all that are free
    text.set_position(tuple(middle - point))
    end = np.clip(point, middle - half, middle + half)
    if math.dist(point, end) > BESIDE:
        x, y = axes.transData.inverted().transform([point, end]).T
        axes.plot(x, y, color=_FAINT, linewidth=0.7, zorder=1, scalex=False, scaley=False)
    return np.concatenate([middle - half, middle + half])
