"""The timeline as a picture: everything is there, nothing covers anything, and it can be read."""

import subprocess
import sys
from itertools import combinations
from pathlib import Path
from xml.etree import ElementTree

import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.image import imread

from bot.errors import UserError
from bot.knowledge import KnowledgeBase
from bot.papers.picture import KINDS, SMALL, WIDTH, alt_text, timeline_figure, timeline_picture
from bot.timeline import STATUS, Timeline, timeline

from ..test_timeline import duration, event

HARD = Timeline(
    (
        event("1999", label="W" * 80),
        event("2001-02-03", "day", "cancelled", "Kostet 5 $ und spart 6 $ („viel“) – <b>ja</b>"),
        *(event("2020-11", "season", status, f"{status} " + "m w " * 17) for status in STATUS),
        event("2140", label="x"),
    ),
    (duration("1", "Ω" * 80), duration("999", "Lang " * 16), duration("12-13"), duration("24-240")),
    "November 2020",
)


def drawn(whole: Timeline) -> tuple[Figure, dict[str, object]]:
    figure = timeline_figure(whole)
    FigureCanvasAgg(figure).draw()
    (axes,) = figure.axes
    return figure, {f"{number} {text.get_text()}": text for number, text in enumerate(axes.texts)}


@pytest.fixture(scope="module")
def shipped(knowledge: KnowledgeBase) -> Timeline:
    return timeline(knowledge)


@pytest.fixture(params=["shipped", "hard", "events", "durations"])
def whole(request: pytest.FixtureRequest, shipped: Timeline) -> Timeline:
    return {
        "shipped": shipped,
        "hard": HARD,
        "events": HARD._replace(durations=()),
        "durations": HARD._replace(events=()),
    }[request.param]


def test_no_text_covers_another_or_leaves_the_picture(whole: Timeline) -> None:
    figure, texts = drawn(whole)
    boxes = {name: text.get_window_extent() for name, text in texts.items()}
    for one, other in combinations(boxes, 2):
        assert not boxes[one].overlaps(boxes[other]), (one, other)
    for name, box in boxes.items():
        assert figure.bbox.x0 <= box.x0 and box.x1 <= figure.bbox.x1, name
        assert figure.bbox.y0 <= box.y0 and box.y1 <= figure.bbox.y1, name


def test_no_mark_or_bar_covers_a_text(whole: Timeline) -> None:
    figure, texts = drawn(whole)
    (axes,) = figure.axes
    marks = [line.get_window_extent() for line in axes.lines if line.get_marker() not in ("None", None)]
    assert len(marks) == len(whole.events)
    for shape in (*marks, *(patch.get_window_extent() for patch in axes.patches)):
        for name, text in texts.items():
            assert not shape.overlaps(text.get_window_extent()), name


def test_everything_is_said_in_the_picture_and_in_its_alternative_text(whole: Timeline) -> None:
    _, texts = drawn(whole)
    seen = "".join("".join(text.get_text().split()) for text in texts.values())
    for told in (*whole.events, *whole.durations):
        assert "".join(told.label.split()) in seen
        assert told.label in alt_text(whole)
    for told in whole.events:
        assert STATUS[told.status] in seen
    assert "Stand:November2020" in seen and "Stand: November 2020" in alt_text(whole)


def test_each_status_has_a_shape_and_a_colour_of_its_own() -> None:
    figure, _ = drawn(HARD._replace(events=tuple(event("2020", status=status) for status in STATUS)))
    looks = [(line.get_marker(), line.get_color()) for line in figure.axes[0].lines if line.get_marker() != "None"]
    assert len(looks) == len(STATUS)
    for alike in zip(*looks, strict=True):
        assert len(set(alike)) == len(STATUS)


def test_bars_are_as_long_as_what_they_stand_for() -> None:
    figure, _ = drawn(Timeline((), (duration("24-36"), duration("18-24")), "2020"))
    least, most = zip(*(patch.get_bbox().intervalx for patch in figure.axes[0].patches[1::2]), strict=True)
    begin = figure.axes[0].patches[0].get_x()
    lengths = [round(x - begin) for x in (*least, *most)]
    unit = (WIDTH - 2 * begin) / 36
    assert lengths == [round(months * unit) for months in (24, 18, 36, 24)]


def test_type_is_large_enough_for_a_phone(whole: Timeline) -> None:
    _, texts = drawn(whole)
    # A phone shows the picture at a third of its width: a third of the size in pixels.
    assert min(text.get_fontsize() for text in texts.values()) == SMALL >= 27


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_timeline_makes_the_same_file(shipped: Timeline, kind: str) -> None:
    first = timeline_picture(shipped, kind)
    timeline_picture.cache_clear()
    assert timeline_picture(shipped, kind) == first
    assert timeline_picture(shipped, kind) is timeline_picture(shipped, kind)  # drawn once


def test_a_png_has_its_own_white_ground_and_small_enough_a_file(shipped: Timeline, tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(timeline_picture(shipped, "png"))
    pixels = imread(tmp_path / "a.png")
    assert pixels.shape[1] == WIDTH
    assert (pixels[0, 0] == 1).all()
    assert (tmp_path / "a.png").stat().st_size < 1_000_000


def test_an_svg_tells_what_it_shows(shipped: Timeline) -> None:
    text = " ".join(ElementTree.fromstring(timeline_picture(shipped, "svg")).itertext())
    assert "2 bis 3 Jahre" in text


def test_signs_that_the_font_lacks_do_no_harm() -> None:
    assert timeline_picture(Timeline((event("2020", label="😀 漢字"),), (), "2020"), "png").startswith(b"\x89PNG")


def test_of_too_many_events_the_newest_are_drawn_and_the_others_counted() -> None:
    many = Timeline(tuple(event(str(1900 + n), label=f"Nummer {n}.") for n in range(500)), (), "2020")
    _, texts = drawn(many)
    assert any("476 weitere Angaben" in name for name in texts)
    assert "Nummer 499. Nicht im Bild: 476 weitere" in alt_text(many)


def test_nothing_to_show_is_a_german_sentence() -> None:
    with pytest.raises(UserError, match="nichts mit einem Datum"):
        timeline_picture(Timeline((), (), ""), "png")


def test_nothing_is_loaded_until_a_picture_is_wanted() -> None:
    code = (
        "import sys, bot.cli, bot.papers.picture, bot.papers.typeset, bot.channels.discord.papers\n"
        "assert not {'matplotlib', 'typst'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False).returncode == 0
