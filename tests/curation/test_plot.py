import random
import subprocess
import sys
from itertools import combinations
from pathlib import Path

import pytest
from click.testing import CliRunner
from matplotlib.backends.backend_agg import FigureCanvasAgg

from bot.cli import cli
from bot.curation.bench import Run
from bot.curation.compare import OWN, Comparison
from bot.curation.peers import PEERS, TITLES
from bot.curation.plot import DPI, growth_figure, quality_figure, ready, save
from bot.curation.shares import Share
from bot.errors import UserError


def comparison(name, top, ms, joint=50):
    return Comparison(name, Share(top, 100), Share(top, 100), Share(joint, 150) if joint else None, 0.9, 0.9, ms, 1.0)


def crowd(seed):
    """All methods, several of them as good and fast as each other."""
    rng = random.Random(seed)
    return [comparison(name, rng.randint(30, 50), rng.choice([0.1, 1, 2, 30]), rng.randint(60, 70)) for name in NAMES]


def growth(seed):
    rng = random.Random(seed)
    return [
        Run(name, size, 1.0, ms := size / 1000 * rng.choice([0.1, 0.12, 3]), ms * 2, 50, mb := 60 + size / 500, mb, mb)
        for name in NAMES
        for size in ((1000, 10_000) if name in ("linear_svm", "embedding") else (1000, 10_000, 100_000))
    ]


NAMES = [OWN, *PEERS]
ALL_TITLES = {OWN, *TITLES.values()}


def boxes(axes):
    """The box of each label; panels have a line of explanation too, which is none."""
    return {text.get_text(): text.get_window_extent() for text in axes.texts if text.get_text() in ALL_TITLES}


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("figure", [lambda s: quality_figure({"a": crowd(s)}), lambda s: growth_figure(growth(s))])
def test_every_method_is_named_in_each_panel_and_no_name_covers_another(figure, seed):
    drawn = figure(seed)
    drawn.set_dpi(DPI)
    FigureCanvasAgg(drawn).draw()
    for axes in drawn.axes:
        found = boxes(axes)
        assert found.keys() == ALL_TITLES
        for one, other in combinations(found, 2):
            assert not found[one].overlaps(found[other]), (one, other)
        assert all(axes.bbox.containsx(box.x0) and axes.bbox.containsx(box.x1) for box in found.values())


def test_every_file_has_a_row_and_says_how_many_questions_it_has():
    figure = quality_figure({"sauber": crowd(1), "vertippt": [comparison(name, 40, 1.0, joint=None) for name in NAMES]})
    told = [text.get_text() for axes in figure.axes for text in axes.texts]
    assert "sauber: 100 beantwortbare Fragen" in told
    assert "sauber: alle 150, Schwelle blind bestimmt" in told
    assert "wer immer schweigt" in told
    assert sum(text.startswith("vertippt") for text in told) == 1  # without foreign questions, one panel


def test_the_suffix_says_the_format_and_the_same_figures_make_the_same_file(tmp_path):
    for name, start in (("bild.png", b"\x89PNG"), ("bild.SVG", b"<?xml")):
        pictures = []
        for _ in range(2):
            save(quality_figure({"a": crowd(3)}), tmp_path / name)
            pictures.append((tmp_path / name).read_bytes())
        assert pictures[0].startswith(start)
        assert pictures[0] == pictures[1]


def test_a_png_is_wide_enough_and_white(tmp_path):
    from matplotlib.image import imread

    save(quality_figure({"a": crowd(3)}), tmp_path / "bild.png")
    pixels = imread(tmp_path / "bild.png")
    assert pixels.shape[1] >= 1000
    assert (pixels[0, 0] == 1).all()


def test_memory_that_is_not_known_is_not_drawn(tmp_path):
    runs = [Run(name, size, 1.0, 1.0, 2.0, None, None, None, None) for name in NAMES for size in (100, 1000)]
    figure = growth_figure(runs)
    save(figure, tmp_path / "bild.png")
    assert [len(boxes(axes)) for axes in figure.axes] == [len(NAMES), 0]


@pytest.mark.parametrize("name", ["bild.pdf", "bild", "fehlt/bild.png", "ordner.png", ".png"])
def test_a_file_that_cannot_be_a_picture_is_a_german_sentence(name, tmp_path):
    (tmp_path / "ordner.png").mkdir()
    with pytest.raises(UserError, match=r"ist kein Bild|lässt sich nicht schreiben"):
        ready(tmp_path / name)


def test_a_disk_that_refuses_is_a_german_sentence(tmp_path):
    with pytest.raises(UserError, match="lässt sich nicht schreiben"):
        save(quality_figure({"a": crowd(1)}), tmp_path / "fehlt" / "bild.png")


def test_a_missing_package_is_told_before_anything_is_measured(monkeypatch, tmp_path, small_folder):
    for loaded in [m for m in sys.modules if m.startswith("matplotlib.")]:
        monkeypatch.setitem(sys.modules, loaded, None)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    questions = tmp_path / "fragen.jsonl"
    questions.write_text('{"question": "x", "expected": null, "kind": "far_oos"}', "utf-8")
    for command in (["evaluate", str(questions), "--knowledge", str(small_folder)], ["bench"]):
        done = CliRunner().invoke(cli, [*command, "--plot", str(tmp_path / "bild.png")])
        assert done.exit_code == 2
        assert done.output == "Das Paket matplotlib fehlt; installieren Sie ikz-bot[bench].\n"


def test_nothing_is_loaded_until_a_picture_is_wanted():
    code = "import sys, bot.curation.plot; assert 'matplotlib' not in sys.modules"
    assert subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2]).returncode == 0
