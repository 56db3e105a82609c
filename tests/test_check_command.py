"""``ikz-bot check`` as whoever keeps the knowledge sees it: findings, what it mends, JSON and exit codes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.knowledge import load

from .conftest import ROOT, Run

PROTOCOL = """\
Protokoll der „Runde“

Datum: 12. November 2020

Blitzumfrage

- Das Land zahlt wenig, nämlich 20 % der Kosten.
- Die Zusammenarbeit spart nach zwei bis drei Jahren spürbar Geld in fast jeder beteiligten Kommune.
"""


def invoke(*args: str) -> Result:
    return CliRunner().invoke(cli, list(args), prog_name="ikz-bot")


@pytest.fixture
def folder(small_folder: Path, tmp_path: Path) -> Path:
    """A copy of the small knowledge that can be changed."""
    return Path(shutil.copytree(small_folder, tmp_path / "wissen"))


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")


def findings(*args: str) -> tuple[int, list[dict[str, Any]]]:
    result = invoke("check", "--json", *args)
    return result.exit_code, json.loads(result.stdout)["findings"]


def test_knowledge_without_findings_ends_with_0(folder: Path) -> None:
    result = invoke("check", "--knowledge", str(folder))
    assert result.output == "Alles in Ordnung: 2 Einträge, 5 Formulierungen, 2 Quellen\n"
    assert result.exit_code == 0


def test_notices_alone_end_with_3_and_errors_beside_them_with_2(folder: Path) -> None:
    edit(folder / "geld.yaml", "review_by: 2025-03", "review_by: 2025-03\n    keywords: [Zuschuss, Zuschuss]")
    result = invoke("check", "--knowledge", str(folder))
    assert result.exit_code == 3
    assert "geld.yaml:16: „Zuschuss“ steht zweimal unter „keywords“. Hinweis: " in result.output
    assert "Keine Fehler: 2 Einträge, 5 Formulierungen, 2 Quellen; 1 Hinweis" in result.output
    (folder / "pruefsteine.yaml").write_text("touchstones:\n  - {question: Spart das?, expected: money-grant}\n")
    result = invoke("check", "--knowledge", str(folder))
    assert result.exit_code == 2
    lines = result.output.splitlines()
    assert lines[0].startswith("pruefsteine.yaml:2: Auf „Spart das?“ ")
    assert lines[1] == "Außerdem fällt auf:"
    assert lines[2].startswith("geld.yaml:16: ")
    assert lines[3] == f"1 Fehler und 1 Hinweis in „{folder}“"


def test_json_says_the_same_with_the_same_exit_code(folder: Path) -> None:
    edit(folder / "geld.yaml", "answer: Ja, ein wenig.", 'answer: Ja, ein "wenig".')
    plain, data = invoke("check", "--knowledge", str(folder)), invoke("check", "--json", "--knowledge", str(folder))
    told = json.loads(data.stdout)
    assert data.exit_code == plain.exit_code == 3
    (found,) = told.pop("findings")
    assert told == {
        "folder": str(folder), "entries": 2, "phrasings": 5, "sources": 2, "errors": 0, "notices": 1, "fixed": [],
    }  # fmt: skip
    assert {key: found[key] for key in ("level", "code", "file", "line", "entry")} == {
        "level": "notice", "code": "quotes", "file": "geld.yaml", "line": 19, "entry": "money-savings",
    }  # fmt: skip
    assert f"geld.yaml:19: {found['message']} Hinweis: {found['hint']}" in plain.output


def test_json_of_knowledge_that_cannot_be_loaded(folder: Path) -> None:
    edit(folder / "geld.yaml", "    as_of: 2026-01-31", "    as_of: 2999-01-31\n    kexwords: []")
    edit(folder / "geld.yaml", "source: paper", "source: papr")
    result = invoke("check", "--json", "--knowledge", str(folder))
    told = json.loads(result.stdout)
    assert result.exit_code == 2
    assert told["entries"] is None and told["errors"] == 3
    assert {(found["code"], found["entry"], found["line"]) for found in told["findings"]} == {
        ("source", "money-savings", 21),
        ("future", "money-savings", 22),
        ("extra-forbidden", "money-savings", 23),
    }


def test_what_can_be_mended_is_counted_mended_and_told(folder: Path, run: Run) -> None:
    file = folder / "geld.yaml"
    edit(file, "    short: Ein wenig.", "    shrt: Ein wenig.   # kurz")
    edit(file, "variants: [Wird es billiger?]", "variants: [Wird es billiger?, „Wird es billiger“]")
    edit(file, "as_of: 2026-01-31", "as_of: 31.1.2026")
    edit(file, "contradicts: [money-grant]", "contradicts: [grant]")
    before = file.read_text(encoding="utf-8")
    broken = invoke("check", "--knowledge", str(folder))
    assert broken.exit_code == 2
    assert broken.output.splitlines()[-1] == f"4 davon behebt: ikz-bot check --fix --knowledge {folder}"

    fixed = run("check", "--fix", "--knowledge", str(folder))
    lines = fixed.stdout.decode().splitlines()
    assert fixed.returncode == 0, fixed.stderr.decode()
    assert lines[0] == "Behoben:"
    assert "  geld.yaml:20: Der Schlüssel „shrt“ heißt jetzt „short“." in lines
    assert "  geld.yaml:22: „31.1.2026“ heißt jetzt „2026-01-31“." in lines
    assert "  geld.yaml:23: „grant“ heißt jetzt „money-grant“." in lines
    assert any("„„Wird es billiger““ ist unter „variants“ gelöscht" in line for line in lines)
    wanted = (
        before.replace("shrt", "short")
        .replace(", „Wird es billiger“", "")
        .replace("31.1.2026", "2026-01-31")
        .replace("[grant]", "[money-grant]", 2)
        .replace("former_ids: [money-grant]", "former_ids: [grant]")
    )
    assert file.read_text(encoding="utf-8") == wanted

    again = invoke("check", "--fix", "--knowledge", str(folder))
    assert again.output == "Alles in Ordnung: 2 Einträge, 5 Formulierungen, 2 Quellen\n"
    assert file.read_text(encoding="utf-8") == wanted


def test_what_is_left_to_decide_stays_an_error(folder: Path) -> None:
    edit(folder / "geld.yaml", "    short: Ein wenig.", "    shrt: Ein wenig.\n    quelle: paper")
    result = invoke("check", "--fix", "--json", "--knowledge", str(folder))
    told = json.loads(result.stdout)
    assert result.exit_code == 2
    assert [fixed["code"] for fixed in told["fixed"]] == ["unknown-key"]
    assert [found["message"] for found in told["findings"]] == ["Den Schlüssel „quelle“ gibt es hier nicht."]


def test_the_packed_knowledge_is_not_mended(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.knowledge_folder.packed_folder", lambda: folder)
    edit(folder / "geld.yaml", "short: Ein", "shrt: Ein")
    before = (folder / "geld.yaml").read_bytes()
    result = invoke("check", "--fix", "--knowledge", str(folder))
    assert result.exit_code == 2
    assert "gehört zum installierten Programm" in result.stderr
    assert (folder / "geld.yaml").read_bytes() == before


@pytest.mark.parametrize("option", ["--fix", "--json", "--sources=."])
def test_calibrating_stands_alone(folder: Path, option: str) -> None:
    result = invoke("check", "--calibrate", option, "--knowledge", str(folder))
    assert result.exit_code == 2
    assert "--calibrate allein" in result.stderr


def test_facts_are_compared_with_the_cited_sections(folder: Path, tmp_path: Path) -> None:
    sources = tmp_path / "quellen"
    sources.mkdir()
    code, missing = findings("--sources", str(sources), "--knowledge", str(folder))
    assert code == 3
    assert [(found["code"], found["entry"]) for found in missing] == [
        ("no-document", "workshop"),
        ("no-document", "paper"),
    ]
    (sources / "workshop.md").write_text(PROTOCOL.replace("Blitzumfrage", "# Blitzumfrage"), encoding="utf-8")
    (sources / "paper.txt").write_text("Es spart ein wenig.\n", encoding="utf-8")
    edit(folder / "geld.yaml", "Genaueres blieb offen.", "Es sind 20 % nach drei Jahren, 25 % nach vier.")
    _, found = findings("--sources", str(sources), "--knowledge", str(folder))
    told = {one["message"] for one in found if one["code"] == "fact"}
    assert any("„25 %“ steht nicht im Abschnitt" in message for message in told)
    assert any("„vier“ steht nicht im Abschnitt" in message for message in told)
    assert not any("„20 %“" in message or "„drei" in message for message in told)
    assert [one["line"] for one in found if one["code"] == "section"] == [10]  # „Input Erika Muster“


def test_copied_words_are_an_error_and_listed_spellings_are_none(folder: Path, tmp_path: Path) -> None:
    sources = tmp_path / "quellen"
    sources.mkdir()
    (sources / "papier-2018.txt").write_text(PROTOCOL + "\nBüro Krähenwinckel.\n", encoding="utf-8")
    (sources / "workshop.txt").write_text(PROTOCOL, encoding="utf-8")
    edit(folder / "sources.yaml", "id: paper,", "id: paper, document: papier-2018.txt,")
    edit(
        folder / "geld.yaml",
        "Ja, ein wenig.",
        "Ja, sie spart nach zwei bis drei Jahren spürbar Geld in fast jeder Stadt.",
    )
    edit(folder / "geld.yaml", "short: Ein wenig.", "short: Das rechnete Krehenwinkel.")
    code, found = findings("--sources", str(sources), "--knowledge", str(folder))
    assert code == 2
    by_code = {one["code"]: one for one in found if one["entry"] == "money-savings"}
    assert by_code["copied"]["level"] == "error" and by_code["copied"]["line"] == 19
    assert "„spart nach zwei bis drei Jahren spürbar Geld in f…“" in by_code["copied"]["message"]
    assert "„Krehenwinkel“" in by_code["fact"]["message"]
    edit(folder / "sources.yaml", "id: paper,", "id: paper, spellings: [[Krähenwinckel, Krehenwinkel]],")
    _, found = findings("--sources", str(sources), "--knowledge", str(folder))
    assert not any("Krehenwinkel" in one["message"] for one in found)


def test_a_folder_of_sources_that_is_none_is_explained(folder: Path, tmp_path: Path) -> None:
    result = invoke("check", "--sources", str(tmp_path / "fehlt"), "--knowledge", str(folder))
    assert result.exit_code == 2
    assert "lässt sich nicht lesen. Bitte nennen Sie mit --sources" in result.stderr


@pytest.mark.slow
def test_the_shipped_knowledge_has_no_mistake() -> None:
    code, found = findings("--knowledge", str(ROOT / "knowledge"))
    assert [one for one in found if one["level"] == "error"] == []
    assert code in (0, 3)
    # What needs no decision is done.
    assert not {"trailing-spaces", "quotes", "repeated", "spelling", "calibration"} & {one["code"] for one in found}
    assert len(list(load(ROOT / "knowledge").entries)) >= 100
