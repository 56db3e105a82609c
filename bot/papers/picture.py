"""The timeline as a picture that can be read on a phone: upright, large type, every mark named where it stands.

Shapes and colours both tell the status, and the colours tell apart for the colour-blind as well (Okabe and Ito 2008).
matplotlib belongs to the extra ``papers`` and is loaded only when a picture is wanted.
"""

from __future__ import annotations

import io
import logging
import warnings
from collections.abc import Callable
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from bot.errors import UserError
from bot.knowledge.model import Duration, Event, first_day
from bot.origins import BACKGROUND
from bot.timeline import Timeline, how_long, shortened, stand_sentence, status, timeline_sentences, when

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.backends.backend_agg import RendererAgg
    from matplotlib.figure import Figure

KINDS = ("png", "svg")

NO_MATPLOTLIB = (
    "Für das Bild fehlt das Paket matplotlib. Wer den Bot betreibt, installiert es mit „ikz-bot[papers]“ nach."
)
NOTHING_TO_SHOW = "Im Wissen steht nichts mit einem Datum oder einer Dauer."

WIDTH = 1080
"""Of the picture, in pixels; a phone shows it at about a third of that."""

TITLE, HEADING, LABEL, SMALL = 50, 38, 36, 29
"""Sizes of type, in pixels of the picture."""

_FONT = "DejaVu Sans"
"""Comes with matplotlib, so the picture is the same everywhere."""

_LINE = 1.28
_MARGIN, _RAIL, _TEXT = 56, 84, 140
"""Where the picture, the line with the marks, and the texts begin, in pixels from the left."""

_GAP_YEARS = 5
"""A longer time between two events is drawn as a gap and named."""

_INK, _FAINT, _RULE, _PALE, _BAR = "#1a1a1a", "#5f5f5f", "#c4c4c4", "#b9d7ea", "#0072B2"
_MARKS = {
    "done": ("o", 32, "#0072B2"),
    "planned": ("D", 27, "#009E73"),
    "cancelled": ("X", 36, "#D55E00"),
    "forecast": ("^", 34, "#CC79A7"),
}
"""Shape, size in pixels and colour for each status."""


@lru_cache(maxsize=4)
def timeline_picture(whole: Timeline, kind: str) -> bytes:
    """The picture as a file of this kind; the same timeline makes the same file.

    Raises:
        UserError: where there is nothing to show or matplotlib is not installed.
    """
    if not (whole.events or whole.durations):
        raise UserError(NOTHING_TO_SHOW)
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # what it says about its fonts is English
    try:
        import matplotlib
        import matplotlib.figure
    except ImportError:
        raise UserError(NO_MATPLOTLIB) from None
    said = {"Title": "Zeitleiste", "Description": alt_text(whole)}
    metadata = {**said, "Date": None} if kind == "svg" else {**said, "Software": None}
    content = io.BytesIO()
    with matplotlib.rc_context({"svg.hashsalt": "ikz-bot", "font.family": _FONT}), warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # about signs that the font lacks: a box is drawn for them
        timeline_figure(whole).savefig(content, format=kind, metadata=metadata)
    return content.getvalue()


def alt_text(whole: Timeline) -> str:
    """What the picture shows, for people who do not see it; the Stand comes first, since a channel may cut the end."""
    shown, left_out = shortened(whole)
    told = [f"{line.removesuffix('.')}." for line in timeline_sentences(shown)]
    return " ".join(filter(None, ["Zeitleiste.", stand_sentence(whole), *told, _more(left_out)]))


def _more(left_out: int) -> str:
    return f"Nicht im Bild: {left_out} weitere Angaben." if left_out else ""


def timeline_figure(whole: Timeline) -> Figure:
    """The picture, as tall as what it shows."""
    from matplotlib.figure import Figure

    shown, left_out = shortened(whole)
    figure = Figure(figsize=(WIDTH / 72, 1), facecolor="white", dpi=72)  # so that a pixel is a point
    sheet = _Column(figure)
    sheet.write("Ereignisse und Pläne" if shown.events else "Wie lange es dauert", TITLE, bold=True)
    sheet.skip(6)
    sheet.write(stand_sentence(shown), SMALL, colour=_FAINT)
    sheet.skip(40)
    _draw_events(sheet, shown)
    if shown.events and shown.durations:
        sheet.skip(24)
        sheet.write("Wie lange es dauert", TITLE, bold=True)
        sheet.skip(16)
    _draw_durations(sheet, shown)
    sheet.write(_more(left_out), SMALL, colour=_FAINT)
    sheet.finish()
    return figure


class _Column:
    """Texts from the top to the bottom of a picture, in pixels; ``y`` is where the next one begins."""

    def __init__(self, figure: Figure) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg

        self.figure = figure
        self.axes: Axes = figure.add_axes((0, 0, 1, 1))
        self.axes.set_axis_off()
        self.y = float(_MARGIN)
        self._renderer: RendererAgg = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]

    def skip(self, pixels: float) -> None:
        """Leave some room."""
        self.y += pixels

    def write(self, text: str, size: int, *, left: int = _MARGIN, bold: bool = False, colour: str = _INK) -> None:
        """Write a paragraph, in as many lines as it needs."""
        for line in self._wrapped(text, size, bold, WIDTH - _MARGIN - left):
            self.y += size * _LINE
            self._put(left, line, size, bold, colour)

    def beside(self, text: str, size: int, left: float, colour: str) -> None:
        """Write on the line that was written last."""
        self._put(left, text, size, False, colour)

    def width(self, text: str, size: int, bold: bool) -> float:
        """How wide a text is."""
        from matplotlib.font_manager import FontProperties

        font = FontProperties(family=_FONT, size=size, weight="bold" if bold else "normal")
        size_of = self._renderer.get_text_width_height_descent
        return float(size_of(text, font, ismath=False)[0])  # type: ignore[no-untyped-call]

    def finish(self) -> None:
        """Make the picture as tall as what was written."""
        height = self.y + _MARGIN
        self.figure.set_size_inches(WIDTH / 72, height / 72)
        self.axes.set_xlim(0, WIDTH)
        self.axes.set_ylim(height, 0)

    def _put(self, left: float, text: str, size: int, bold: bool, colour: str) -> None:
        weight = "bold" if bold else "normal"
        # A dollar sign is a dollar sign, not the beginning of a formula.
        self.axes.text(
            left, self.y, text, fontsize=size, fontweight=weight, color=colour, va="baseline", parse_math=False
        )

    def _wrapped(self, text: str, size: int, bold: bool, room: float) -> list[str]:
        lines: list[str] = []
        for word in text.split():
            joined = f"{lines[-1]} {word}" if lines else word
            if lines and self.width(joined, size, bold) <= room:
                lines[-1] = joined
                continue
            pieces = _pieces(word, lambda part: self.width(part, size, bold) <= room)
            lines += pieces
        return lines


def _pieces(word: str, fits: Callable[[str], bool]) -> list[str]:
    """A word in pieces that fit; nearly always it fits as a whole."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and not fits(pieces[-1] + letter):
            pieces.append("")
        pieces[-1] += letter
    return pieces


def _draw_events(sheet: _Column, shown: Timeline) -> None:
    places: list[float] = []
    for before, event in zip([None, *shown.events], shown.events, strict=False):
        years = first_day(event.date).year - first_day(before.date).year if before else 0
        if years > _GAP_YEARS:
            sheet.write(f"{years} Jahre später", SMALL, left=_TEXT, colour=_FAINT)
            sheet.skip(22)
        places.append(sheet.y + HEADING * 0.93)
        _draw_event(sheet, event, places[-1], status(shown, event))
        sheet.skip(30)
    for (one, above), (other, below) in pairwise(zip(shown.events, places, strict=True)):
        far = first_day(other.date).year - first_day(one.date).year > _GAP_YEARS
        sheet.axes.plot([_RAIL] * 2, [above, below], color=_RULE, linewidth=5, linestyle=":" if far else "-", zorder=1)


def _draw_event(sheet: _Column, event: Event, place: float, said: str) -> None:
    mark, size, colour = _MARKS[event.status]
    (drawn,) = sheet.axes.plot([_RAIL], [place], mark, color=colour, markersize=size, zorder=2)
    drawn.set(markeredgecolor="white", markeredgewidth=4)
    sheet.write(when(event), HEADING, left=_TEXT, bold=True)
    sheet.beside(f"– {said}", HEADING, _TEXT + sheet.width(f"{when(event)}  ", HEADING, True), _FAINT)
    sheet.write(event.label, LABEL, left=_TEXT)


def _draw_durations(sheet: _Column, shown: Timeline) -> None:
    if not shown.durations:
        return
    years = -(-max(duration.most for duration in shown.durations) // 12)
    pixels = (WIDTH - 2 * _MARGIN) / (12 * years)
    for duration in shown.durations:
        sheet.write(how_long(duration), HEADING, bold=True)
        if duration in shown.background:
            sheet.beside(
                f"– {BACKGROUND}", HEADING, _MARGIN + sheet.width(f"{how_long(duration)}  ", HEADING, True), _FAINT
            )
        sheet.write(duration.label, LABEL)
        sheet.skip(20)
        _draw_bar(sheet, duration, pixels)
        sheet.skip(30)
    _draw_scale(sheet, years, pixels)


def _draw_bar(sheet: _Column, duration: Duration, pixels: float) -> None:
    """A pale bar for the shortest time, and a strong one for what may come on top."""
    from matplotlib.patches import Rectangle

    height = 40
    parts = ((0, duration.most, _PALE, None), (duration.least, duration.most, _BAR, "///"))
    for begin, end, colour, hatch in parts:
        box = Rectangle((_MARGIN + begin * pixels, sheet.y), (end - begin) * pixels, height, facecolor=colour)
        box.set(hatch=hatch, edgecolor="white" if hatch else colour, linewidth=0)
        sheet.axes.add_patch(box)
    sheet.skip(height)


def _draw_scale(sheet: _Column, years: int, pixels: float) -> None:
    """The years below the bars, no more of them than can be read."""
    step = next(step for step in (1, 2, 5, 10, 20, 50) if years <= 6 * step)
    sheet.axes.plot([_MARGIN, _MARGIN + 12 * years * pixels], [sheet.y] * 2, color=_RULE, linewidth=3)
    top = sheet.y
    sheet.skip(SMALL * 1.5)
    for year in range(0, years + 1, step):
        x = _MARGIN + 12 * year * pixels
        sheet.axes.plot([x] * 2, [top, top + 12], color=_RULE, linewidth=3)
        text = f"{year} {'Jahr' if year == 1 else 'Jahre'}" if year else "0"
        shift = 0 if year == 0 else 1 if year == years else 0.5
        sheet.beside(text, SMALL, x - shift * sheet.width(text, SMALL, False), _FAINT)
    sheet.skip(6)
    sheet.write("Hell: untere Angabe. Hell und dunkel zusammen: obere Angabe.", SMALL, colour=_FAINT)
