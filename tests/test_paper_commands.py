"""``ikz-bot timeline`` and ``ikz-bot sheet``, on real files."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pypdf import PdfReader

from bot.cli import cli

from .conftest import ROOT, Run


def invoke(*args: str, knowledge: Path = ROOT / "knowledge") -> Result:
    return CliRunner().invoke(cli, [*args, "--knowledge", str(knowledge)], prog_name="ikz-bot")


@pytest.mark.parametrize(("name", "start"), [("z.png", b"\x89PNG"), ("z.SVG", b"<?xml")])
def test_the_timeline_is_drawn_into_a_file(tmp_path: Path, name: str, start: bytes) -> None:
    done = invoke("timeline", "--out", str(tmp_path / name))
    assert (done.exit_code, done.output.startswith("Die Zeitleiste steht in „")) == (0, True)
    assert (tmp_path / name).read_bytes().startswith(start)


def test_without_a_file_the_timeline_is_told() -> None:
    done = invoke("timeline")
    assert "25. November 2020 (abgesagt): Tag der regiopolREGION" in done.output
    assert "Dauer 2 bis 3 Jahre: Von der Idee bis zu ersten Ergebnissen" in done.output
    assert done.output.endswith(
        "Stand: November 2020 bis 2022. Was danach geschah, steht hier nicht."
        " Quelle: Protokoll der Fachwerkstatt der regiopolREGION Paderborn.\n"
    )


def test_knowledge_without_dates_is_told(small_folder: Path, tmp_path: Path) -> None:
    done = invoke("timeline", knowledge=small_folder)
    assert (done.exit_code, done.output) == (0, "Im Wissen steht nichts mit einem Datum oder einer Dauer.\n")
    done = invoke("timeline", "--out", str(tmp_path / "z.png"), knowledge=small_folder)
    assert done.exit_code == 2 and not (tmp_path / "z.png").exists()


def test_a_sheet_is_the_same_file_from_every_process(run: Run, tmp_path: Path) -> None:
    for name in ("a.pdf", "b.pdf"):
        done = run("sheet", "Geld", "money-grant", "--out", str(tmp_path / name))
        assert (done.returncode, done.stderr) == (0, b"")
        assert done.stdout.decode() == f"Der Spickzettel steht in „{tmp_path / name}“: 2 Fragen.\n"
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    (page,) = PdfReader(tmp_path / "a.pdf").pages
    assert "Welche Förderung gibt es für Kooperationen?" in page.extract_text()


def test_html_and_markdown_hold_what_the_pdf_has_no_room_for(tmp_path: Path) -> None:
    names = ["motive", "veranstaltung", "region"]
    left_out = invoke("sheet", *names, "--out", str(tmp_path / "a.pdf")).output
    assert "Auf das Blatt passte nicht (" in left_out
    assert "– Wem wurde am Ende der Fachwerkstatt gedankt? (werkstatt-dank)" in left_out
    for name in ("a.html", "a.md"):
        done = invoke("sheet", *names, "--out", str(tmp_path / name))
        assert done.output.endswith(": 57 Fragen.\n")
        assert "Wem wurde am Ende der Fachwerkstatt gedankt?" in (tmp_path / name).read_text("utf-8")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["sheet"], "Es fehlt ein Thema oder die Kennung eines Eintrags. Die Themen zeigt: ikz-bot topics\n"),
        (["sheet", "zeit"], "Es fehlt die Datei."),
        (["sheet", "zeitt", "--out", "{}/a.pdf"], "Meinten Sie „zeit“?"),
        (["sheet", "zeit", "--out", "{}/a.docx"], "Endung .pdf, .html oder .md."),
        (["sheet", "zeit", "--out", "{}/fehlt/a.pdf"], "bitte legen Sie ihn zuerst an."),
        (["timeline", "--out", "{}/a.pdf"], "Endung .png oder .svg."),
        (["timeline", "--out", "{}"], "Endung .png oder .svg."),
    ],
)
def test_what_cannot_be_is_a_german_sentence_and_leaves_no_file(tmp_path: Path, args: list[str], said: str) -> None:
    done = invoke(*(arg.format(tmp_path) for arg in args))
    assert done.exit_code == 2
    assert said in done.output
    assert list(tmp_path.iterdir()) == []


def test_a_missing_package_is_a_german_sentence(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from bot.papers.picture import timeline_picture

    timeline_picture.cache_clear()
    for loaded in [name for name in sys.modules if name.startswith("matplotlib.")]:
        monkeypatch.setitem(sys.modules, loaded, None)
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    done = invoke("timeline", "--out", str(tmp_path / "z.png"))
    assert done.exit_code == 2
    assert "fehlt das Paket matplotlib" in done.output and "ikz-bot[papers]" in done.output
    assert invoke("timeline").exit_code == 0  # in words it needs nothing
