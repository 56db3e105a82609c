"""The command ikz-bot glossary, as a process."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from .conftest import ROOT, Run

SMALL = """\
terms:
  - term: Zuschuss
    spellings: [Förderung, Zuwendung]
    meaning: Das Land gibt [bold]Geld[/bold] dazu.
    entry: money-grant
    sources: [{id: paper, section: § 3}]
  - {term: Ämtertausch, meaning: Zwei Ämter tauschen Aufgaben., entry: money-savings}
  - {term: Kostenteilung, meaning: Die Kosten werden geteilt., entry: money-savings}
  - {term: Kostenumlage, meaning: Die Kosten werden umgelegt., entry: money-savings}
"""


@pytest.fixture(scope="module")
def folder(small_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The small knowledge with a glossary."""
    place = tmp_path_factory.mktemp("glossar") / "wissen"
    shutil.copytree(small_folder, place)
    (place / "glossar.yaml").write_text(SMALL, "utf-8")
    return str(place)


def told(run: Run, *args: str) -> list[str]:
    done = run("glossary", *args)
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout.decode().splitlines()


def test_without_a_term_all_are_told_in_the_order_of_a_german_dictionary(run: Run, folder: str) -> None:
    lines = told(run, "--knowledge", folder)
    assert lines[::2] == ["Ämtertausch", "Kostenteilung", "Kostenumlage", "Zuschuss"]
    assert lines[1::2][0] == "Zwei Ämter tauschen Aufgaben."


@pytest.mark.parametrize("typed", [["zuschüsse"], ["zuschus"], ["Was", "ist", "ein", "Zuschuss?"], ["FOERDERUNG"]])
def test_a_term_is_told_with_its_source_kind_and_date_and_leads_on(run: Run, folder: str, typed: list[str]) -> None:
    lines = told(run, *typed, "--knowledge", folder)
    assert lines[:6] == [
        "Zuschuss",
        "Auch: Förderung, Zuwendung",
        "Das ist überholt. Neuerer Stand: Ein wenig. (Hintergrund, Stand Januar 2026)",
        "Das Land gibt [bold]Geld[/bold] dazu.",
        "Quelle: Papier, § 3 (Amt, 2018, https://example.org/p)",
        lines[5],
    ]
    assert lines[5].startswith("Hintergrund, Stand 2018.")
    # What must be known before the entry is repeated must be known before the term is.
    assert sum(line.startswith("Hinweis: ") for line in lines) == 2
    assert lines[-1] == "Mehr dazu: Welche Förderung gibt es für Kooperationen? (ikz-bot show money-grant)"


def test_what_is_not_clear_is_asked_back(run: Run, folder: str) -> None:
    lines = told(run, "Kosten", "--knowledge", folder)
    assert lines[0] == "Den Begriff „Kosten“ erkläre ich nicht. Meinen Sie vielleicht einen von diesen?"
    assert {"Kostenteilung", "Kostenumlage"} <= set(lines)
    assert told(run, "Kostenumlage", "und", "Kostenteilung", "--knowledge", folder)[0].endswith("welchen meinen Sie?")


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (
            ["Hubschrauber"],
            "Den Begriff „Hubschrauber“ erkläre ich nicht, und einen ähnlichen habe ich nicht gefunden.",
        ),
        (["…"], "Ihre Eingabe enthält kein Wort."),
        (["x" * 2000], "zu lang"),
        ([""], "Ihre Eingabe ist leer."),
    ],
)
def test_what_is_unknown_or_no_word_is_one_sentence(run: Run, folder: str, args: list[str], says: str) -> None:
    done = run("glossary", *args, "--knowledge", folder)
    assert (done.returncode, done.stdout) == (2, b"")
    assert says in done.stderr.decode() and len(done.stderr.decode().splitlines()) == 1


def test_knowledge_without_a_glossary_says_where_one_belongs(run: Run) -> None:
    done = run("glossary")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "glossar.yaml" in done.stderr.decode()


def test_a_mistake_in_the_glossary_is_told_with_its_line(run: Run, folder: str, tmp_path: Path) -> None:
    copy = tmp_path / "wissen"
    shutil.copytree(folder, copy)
    (copy / "glossar.yaml").write_text(SMALL.replace("money-grant", "money-grnat"), "utf-8")
    for command in ("check", "glossary"):
        done = run(command, "--knowledge", str(copy))
        assert done.returncode != 0
        said = (done.stdout + done.stderr).decode()
        assert "glossar.yaml:5: Einen Eintrag „money-grnat“ gibt es nicht. Hinweis: Meinten Sie „money-grant“?" in said


def test_the_shipped_glossary_and_its_help(run: Run) -> None:
    lines = told(run, "gkg", "--knowledge", str(ROOT / "knowledge"))
    assert lines[0] == "GkG NRW" and any(line.startswith("Hintergrund, Stand") for line in lines)
    assert "ohne BEGRIFF alle" in run("glossary", "--help").stdout.decode()
