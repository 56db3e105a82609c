"""The program as a stranger gets it, installed from a wheel; its memory."""

import json
import os
import resource
import shutil
import subprocess
import sys
import venv
import zipfile
from datetime import date
from pathlib import Path

import pytest

from bot.answers import Bundle, answer
from bot.knowledge import load

ROOT = Path(__file__).parents[1]

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The script of a fresh virtual environment with the wheel in it."""
    place = tmp_path_factory.mktemp("anderswo")
    venv.create(place / "venv", with_pip=True)
    python = place / "venv" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", str(ROOT)], check=True, capture_output=True)
    return python.with_name("ikz-bot")


def run(script: Path, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    alone = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "IKZ_BOT_KNOWLEDGE"}}
    return subprocess.run([script, *words], cwd=cwd, env=alone, capture_output=True, encoding="utf-8", check=False)


def test_the_wheel_brings_its_knowledge(installed: Path, tmp_path: Path) -> None:
    done = run(installed, "ask", "--json", "Welche Hemmnisse gibt es?", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["entry"]["id"] == "hemmnisse-ueberblick"


def test_a_copy_of_the_packed_knowledge_can_be_curated(installed: Path, tmp_path: Path) -> None:
    assert run(installed, "init", "wissen", cwd=tmp_path).returncode == 0
    (tmp_path / "wissen" / "neu.yaml").write_text(
        "topic: Neu\nentries:\n  - id: neu-eins\n    question: Was ist ganz neu?\n    answer: Dies.\n"
        "    source: fachwerkstatt-2020\n",
        "utf-8",
    )
    checked = run(installed, "check", "--knowledge", "wissen", cwd=tmp_path)
    assert checked.returncode == 3  # nothing is wrong, but the calibration is older now
    entries = len(list(load(ROOT / "knowledge").entries)) + 1
    assert f"Keine Fehler: {entries} Einträge" in checked.stdout
    assert "Die Kalibrierung ist älter als das Wissen." in checked.stdout
    told = run(installed, "ask", "--knowledge", "wissen", "was ist ganz neu", cwd=tmp_path)
    assert "Dies." in told.stdout


def test_the_packed_knowledge_cannot_be_written_into(installed: Path, tmp_path: Path) -> None:
    (packed,) = installed.parents[1].glob("lib/python*/site-packages/bot/_knowledge")
    done = run(installed, "init", str(packed / "neu"), cwd=tmp_path)
    assert done.returncode == 2
    assert not (packed / "neu").exists()


def test_drafts_are_not_packed(tmp_path: Path) -> None:
    copy = tmp_path / "quelle"
    copy.mkdir()
    for name in ("bot", "knowledge"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy / name)
    drafts = copy / "knowledge" / "entwuerfe"
    drafts.mkdir(exist_ok=True)
    for name in ("werkstatt-2023.yaml", "werkstatt-2023.pdf"):
        (drafts / name).write_text("x: y\n")
    built = tmp_path / "gebaut"
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", built, copy],
        check=True,
        capture_output=True,
    )
    (wheel,) = built.glob("*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    assert [name for name in names if "entwuerfe" in name] == []
    packed = {Path(name).name for name in names if name.startswith("bot/_knowledge/")}
    assert {path.name for path in (ROOT / "knowledge").glob("*.yaml")} <= packed


def test_importing_the_core_loads_no_channel(installed: Path) -> None:
    code = "import sys, bot.answers; print([m for m in ('discord', 'rich', 'click', 'matplotlib') if m in sys.modules])"
    done = subprocess.run([installed.with_name("python"), "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_memory_does_not_grow_with_what_people_type(bundle: Bundle) -> None:
    today = date(2026, 11, 23)
    for number in range(200):
        answer(bundle, f"{number} " * 300, today)
    for number in range(500):
        answer(bundle, f"probe{number} " * 120 + "y" * 300 + str(number), today)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for number in range(1000):
        answer(bundle, f"wort{number} " * 120 + "x" * 300 + str(number), today)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    assert grown < 20_000 * (1024 if sys.platform == "darwin" else 1)
