"""``ikz-bot teach`` and ``ikz-bot report`` on real knowledge files and a real journal."""

from __future__ import annotations

import json
import re
import shlex
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from bot.cli import cli
from bot.curation.drafts import read_drafts
from bot.curation.gaps import FULL_QUESTION
from bot.errors import UserError
from bot.journal import Journal, database
from bot.knowledge import load

from .conftest import SMALLTALK, SOURCES, TOPIC, Run

FIRE = """\
# Von Hand geschrieben   und so soll es bleiben
topic: Feuerwehr
entries:
  - id: fire-cars
    question: Welche Fahrzeuge hat die Feuerwehr?
    variants: [Fahrzeuge der Feuerwehr, Löschfahrzeuge, Wie viele Löschfahrzeuge gibt es?, Fuhrpark der Feuerwehr]
    answer: Drei.
    source: paper
  - id: fire-costs
    question: Was kostet die Feuerwehr?
    variants:
      - Kosten der Feuerwehr
      - Wie teuer ist die Feuerwehr?
      - Ausgaben für die Feuerwehr   # so steht es im Haushalt
    answer: Viel.
    source: paper
"""
TOUCHSTONES = """\
touchstones:
  # Das hat der Rat beschlossen.
  - {question: Löschfahrzeuge kaufen, expected: nichts}
  - question: Fahrzeuge der Feuerwehr
    expected: fire-cars
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A knowledge folder of one's own, which the commands find by the environment."""
    folder = tmp_path / "wissen"
    folder.mkdir()
    files = {"geld": TOPIC, "feuerwehr": FIRE, "sources": SOURCES, "smalltalk": SMALLTALK, "pruefsteine": TOUCHSTONES}
    for name, text in files.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("IKZ_BOT_KNOWLEDGE", str(folder))
    return folder


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where a journal will be, which the commands find by the environment."""
    path = tmp_path / "journal.sqlite"
    monkeypatch.setenv("IKZ_BOT_JOURNAL", str(path))
    return path


def invoke(*args: str, typed: str | None = None) -> Result:
    return CliRunner().invoke(cli, [*args], input=typed, prog_name="ikz-bot")


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.yaml")}


def fill(path: Path, day: int, write: Callable[[Journal], None]) -> None:
    with Journal.open(path, 3650, lambda: datetime(2026, 11, day, 9, tzinfo=UTC)) as book:
        write(book)


# --- teach


def test_a_question_is_taught_and_answered_and_nothing_else_changes(folder: Path) -> None:
    before = contents(folder)
    result = invoke("teach", "wieviel geld verschlingt die feuerwehr", "fire-costs", "--ja")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Eingetragen in feuerwehr.yaml und pruefsteine.yaml" in result.stdout
    after = contents(folder)
    assert after.pop("feuerwehr.yaml").decode() == FIRE.replace(
        "# so steht es im Haushalt\n",
        "# so steht es im Haushalt\n      - wieviel geld verschlingt die feuerwehr\n",
    )
    added = "  - question: wieviel geld verschlingt die feuerwehr\n    expected: fire-costs\n"
    assert after.pop("pruefsteine.yaml").decode() == TOUCHSTONES + added
    assert after == {name: before[name] for name in after}
    answered = json.loads(invoke("ask", "--json", "Wie viel Geld verschlingt die Feuerwehr?").stdout)
    assert answered["entry"]["id"] == "fire-costs"


def test_what_flips_is_shown_before_it_is_asked(folder: Path) -> None:
    result = invoke("teach", "Kosten der Löschfahrzeuge der Feuerwehr", "fire-costs", typed="nein\n")
    told = result.stdout
    assert "Bisher:  " in told
    assert "– „Fahrzeuge der Feuerwehr“: „Welche Fahrzeuge hat die Feuerwehr?“ → keine sichere Antwort" in told
    assert told.index("Wer fast so fragt wie hier, bekommt etwas anderes:") < told.index("So eintragen? (ja/nein)")
    assert told.endswith("Nichts wurde geändert.\n")


def test_a_touchstone_that_flips_is_shown(folder: Path) -> None:
    (folder / "pruefsteine.yaml").write_text("touchstones:\n  - {question: Kosten, expected: fire-costs}\n")
    told = invoke("teach", "Kosten Land", "money-grant", typed="nein\n").stdout
    (line,) = [line for line in told.splitlines() if line.startswith("– „Kosten“")]
    assert line == "– „Kosten“: „Was kostet die Feuerwehr?“ → keine sichere Antwort"
    assert "Diese Prüfsteine bekommen eine andere Antwort:" in told


@pytest.mark.parametrize(
    ("typed", "code", "says"),
    [("nein\n", 0, "Nichts wurde geändert."), ("\n", 0, "Nichts wurde geändert."), ("", 2, "Niemand hat geantwortet")],
)
def test_only_a_yes_changes_anything(folder: Path, typed: str, code: int, says: str) -> None:
    before = contents(folder)
    result = invoke("teach", "Was kosten Feuerwehren", "fire-costs", typed=typed)
    assert (result.exit_code, says in result.output) == (code, True)
    assert contents(folder) == before
    assert invoke("teach", "Was kosten Feuerwehren", "fire-costs", typed="ja\n").exit_code == 0
    assert contents(folder) != before


def test_without_an_id_one_of_the_nearest_is_chosen(folder: Path) -> None:
    result = invoke("teach", "teure Feuerwehr", typed="1\nja\n")
    assert result.exit_code == 0
    choices = re.findall(r"^  (\d)  (.+) \((.+), \d+ %\)$", result.stdout, re.MULTILINE)
    assert [number for number, _, _ in choices] == ["1", "2", "3"]
    entry = load(folder).entry(choices[0][2])
    assert entry and "teure Feuerwehr" in entry.variants


@pytest.mark.parametrize("typed", ["0\n", "4\n", "x\n", ""])
def test_whoever_chooses_none_changes_nothing(folder: Path, typed: str) -> None:
    before = contents(folder)
    result = invoke("teach", "teure Feuerwehr", typed=typed)
    assert (result.exit_code, "Kein Eintrag gewählt; nichts wurde geändert." in result.stderr) == (2, True)
    assert contents(folder) == before


def test_a_script_must_name_the_entry(folder: Path) -> None:
    result = invoke("teach", "teure Feuerwehr", "--ja")
    assert (result.exit_code, "fire-costs" in result.stdout, "eine KENNUNG" in result.stderr) == (2, True, True)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (("", "fire-costs"), "Ihre Eingabe ist leer."),
        (("? !", "fire-costs"), "enthält kein Wort"),
        (("Feuerwehr " * 21, "fire-costs"), "mit 209 Zeichen zu lang; eine Formulierung hat höchstens 200"),
        (
            ("Was kostet die Feuerwehr im Jahr", "fire-cost"),
            "Die Kennung „fire-cost“ gibt es nicht. Meinten Sie „fire-costs“",
        ),
        (("kosten der feuerwehr!", "fire-cars"), "gehört schon zum Eintrag „fire-costs“ (feuerwehr.yaml:9)"),
        (("Guten Tag", "fire-cars"), "gehört schon zum Eintrag „smalltalk-hello“ (smalltalk.yaml:2)"),
        (("Wie wird das Wetter morgen?", "fire-cars"), "zu wenig gemeinsam"),
        (("qqqqqq", "fire-cars"), "zu wenig gemeinsam"),
        (("Wer ist das?", "fire-cars"), "Bitte nennen Sie in der Frage, worum es geht."),
        (("Was kostet das?", "fire-costs"), "hat erst hinter einer anderen Frage einen Sinn"),
        (("Was sagt [Name] zur Feuerwehr?", "fire-cars"), "enthält „[Name]“; damit hat das Journal"),
        (("Was kostet die Feuerwehr? Wer bezahlt sie?", "fire-costs"), "Das sind mehrere Fragen auf einmal."),
        (("Was kostet die Feuerwehr?", "--nichts"), "gehört schon zum Eintrag „fire-costs“ (feuerwehr.yaml:9)"),
        (("Was kostet ein Auto", "fire-costs", "--nichts"), "entweder eine KENNUNG oder --nichts"),
        (("Was kostet das?", "--nichts"), "hat erst hinter einer anderen Frage einen Sinn"),
        (("Und wann?", "--nichts"), "nennt keinen Gegenstand und passt deshalb zu vielem"),
        (("Wer ist das?", "--nichts"), "Bitte nennen Sie in der Frage, worum es geht."),
    ],
)
def test_what_cannot_be_taught_is_refused_in_german(folder: Path, args: tuple[str, ...], says: str) -> None:
    before = contents(folder)
    result = invoke("teach", *args, "--ja")
    assert (result.exit_code, result.stdout) == (2, "")
    assert says in result.stderr
    assert contents(folder) == before


def test_a_question_can_be_left_open_and_is_then_not_answered(folder: Path) -> None:
    asked = "Wie viele Löschfahrzeuge gibt es noch?"
    assert "fire-cars" in invoke("ask", asked, "--json").stdout
    result = invoke("teach", asked, "--nichts", "--ja")
    assert (result.exit_code, result.stderr) == (0, "")
    assert "Eintrag: keiner; sie bleibt offen" in result.stdout
    assert (folder / "feuerwehr.yaml").read_text("utf-8") == FIRE
    assert (folder / "pruefsteine.yaml").read_text("utf-8") == TOUCHSTONES, "it needs no touchstone"
    assert load(folder).open_questions == (asked,)
    assert "Darauf gibt keine meiner Quellen eine Antwort." in invoke("ask", asked).stdout
    assert "Das ist schon so" in invoke("teach", asked.lower(), "--nichts").stdout


def test_what_an_open_question_takes_from_others_is_told_before(folder: Path) -> None:
    result = invoke("teach", "Fahrzeuge bei der Feuerwehr", "--nichts", typed="nein\n")
    assert "Wer fast so fragt wie hier, bekommt etwas anderes:" in result.stdout
    assert "Nichts wurde geändert." in result.stdout
    assert not (folder / "offene-fragen.yaml").exists()


def test_an_open_question_that_finds_its_entry_is_open_no_longer(folder: Path) -> None:
    assert invoke("teach", "Was kosten Feuerwehren", "--nichts", "--ja").exit_code == 0
    result = invoke("teach", "was kosten feuerwehren?", "fire-costs", "--ja")
    (line,) = [line for line in result.stdout.splitlines() if line.startswith("In offene-fragen.yaml wird gelöscht:")]
    assert "Was kosten Feuerwehren" in line
    knowledge = load(folder)
    assert knowledge.open_questions == ()
    assert "was kosten feuerwehren?" in (knowledge.entry("fire-costs") or pytest.fail()).phrasings
    invoke("adopt", "--undo")
    assert load(folder).open_questions == ("Was kosten Feuerwehren",)


def test_a_touchstone_that_says_otherwise_gives_way_to_an_open_question(folder: Path) -> None:
    assert invoke("teach", "Was kosten Feuerwehren", "fire-costs", "--ja").exit_code == 0
    phrased = (folder / "feuerwehr.yaml").read_text("utf-8")
    (folder / "feuerwehr.yaml").write_text(phrased.replace("      - Was kosten Feuerwehren\n", ""), "utf-8")
    result = invoke("teach", "Was kosten Feuerwehren", "--nichts", "--ja")
    assert "Bisher steht in pruefsteine.yaml: Die Antwort ist „fire-costs“. Das wird geändert." in result.stdout
    assert load(folder).touchstones[-1].expected is None


def test_what_was_settled_otherwise_is_changed_and_said(folder: Path) -> None:
    result = invoke("teach", "Löschfahrzeuge kaufen", "fire-cars", "--ja")
    assert "Bisher steht in pruefsteine.yaml: Die Frage soll unbeantwortet bleiben. Das wird geändert." in result.stdout
    settled = (folder / "pruefsteine.yaml").read_text("utf-8")
    assert settled == TOUCHSTONES.replace("expected: nichts", "expected: fire-cars")


def test_taught_again_is_no_mistake(folder: Path) -> None:
    assert invoke("teach", "Was kosten Feuerwehren", "fire-costs", "--ja").exit_code == 0
    before = contents(folder)
    result = invoke("teach", "was kosten feuerwehren?", "fire-costs")
    assert (result.exit_code, "Das ist schon so" in result.stdout) == (0, True)
    assert contents(folder) == before


def test_a_known_phrasing_can_still_become_a_touchstone(folder: Path) -> None:
    result = invoke("teach", "Kosten der Feuerwehr", "fire-costs", "--ja")
    assert "es kommt nur der Prüfstein hinzu" in result.stdout
    assert (folder / "feuerwehr.yaml").read_text("utf-8") == FIRE
    assert load(folder).touchstones[-1].question == "Kosten der Feuerwehr"


def test_without_the_file_the_first_touchstone_begins_it(folder: Path) -> None:
    (folder / "pruefsteine.yaml").unlink()
    assert invoke("teach", "Was kosten Feuerwehren", "fire-costs", "--ja").exit_code == 0
    assert (folder / "pruefsteine.yaml").read_text("utf-8").startswith("# yaml-language-server: $schema=schema/")
    assert [t.expected for t in load(folder).touchstones] == ["fire-costs"]


def test_a_courtesy_can_be_taught(folder: Path) -> None:
    assert invoke("teach", "Na du", "smalltalk-hello", "--ja").exit_code == 0
    assert json.loads(invoke("ask", "--json", "na du").stdout)["answer"] == "Guten Tag!"


def test_both_files_are_written_or_the_rest_is_made_up_for(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.curation import edit

    saved = []

    def full_disk(path: Path, content: bytes) -> None:
        saved.append(path.name)
        if len(saved) > 1:
            raise UserError(f"{path.name}: kein Platz")
        save(path, content)

    save = edit.save
    monkeypatch.setattr(edit, "save", full_disk)
    assert invoke("teach", "Was kosten Feuerwehren", "fire-costs", "--ja").exit_code == 2
    monkeypatch.undo()
    monkeypatch.setenv("IKZ_BOT_KNOWLEDGE", str(folder))
    assert len({"Was kosten Feuerwehren" in text.decode() for text in contents(folder).values()}) == 2, (
        "half is written"
    )
    result = invoke("teach", "Was kosten Feuerwehren", "fire-costs")
    assert "mittendrin unterbrochen; jetzt ist zu Ende geführt" in result.stdout
    assert "Das ist schon so" in result.stdout
    assert load(folder).touchstones[-1].question == "Was kosten Feuerwehren"
    assert "Was kosten Feuerwehren" in (folder / "feuerwehr.yaml").read_text("utf-8")


def test_it_can_be_undone_byte_for_byte(folder: Path) -> None:
    before = contents(folder)
    invoke("teach", "Was kosten Feuerwehren", "fire-costs", "--ja")
    result = invoke("adopt", "--undo")
    assert (result.exit_code, "Rückgängig gemacht: „Was kosten Feuerwehren“ → fire-costs." in result.stdout) == (
        0,
        True,
    )
    assert "Der Entwurf" not in result.stdout
    assert contents(folder) == before


def test_a_calibration_that_is_now_too_old_is_told(folder: Path) -> None:
    (folder / "calibration.json").write_text((Path("knowledge") / "calibration.json").read_text("utf-8"), "utf-8")
    assert "check --calibrate" in invoke("teach", "Was kosten Feuerwehren", "fire-costs", "--ja").stdout
    assert "check --calibrate" in invoke("teach", "Wer wird Feuerwehrchef?", "--nichts", "--ja").stdout
    assert "check --calibrate" not in invoke("teach", "Ausgaben für die Feuerwehr", "fire-costs", "--ja").stdout


def test_the_packed_knowledge_is_not_taught(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.knowledge_folder.packed_folder", lambda: folder)
    result = invoke("teach", "Was kosten Feuerwehren", "fire-costs", "--ja")
    assert (result.exit_code, "gehört zum installierten Programm" in result.stderr) == (2, True)


# --- report


def ask_in_vain(book: Journal) -> None:
    for text in ("Wer pflegt den Friedhof?", "friedhof pflege wer", "Friedhofpflege?", "Wer pflegt den Friedhof?"):
        book.unanswered(text, "unknown", "off_topic", [])
    for text in ("Rechnungen der Feuerwehr", "feuerwehr rechnungen"):
        book.unanswered(text, "suggestions", "unsure", ["fire-costs", "fire-cars"])
        book.picked(text, "fire-costs")
        book.unanswered(text, "suggestions", "unsure", ["fire-costs", "fire-cars"])
    book.unanswered("Fuhrpark und Haushalt?", "suggestions", "ambiguous", ["fire-costs", "fire-cars"])
    book.picked("Fuhrpark und Haushalt?", None)
    book.vote("money-grant", False, "Fördertopf", "Fristen fehlen")
    book.vote("money-grant", True, "Fördertopf")
    book.proposal("Wann tagt der Rat?", "Jeden Monat; fragen Sie Frau Eva Muster.", "eigene Erfahrung")


@pytest.fixture
def filled(folder: Path, journal: Path) -> Path:
    fill(journal, 20, ask_in_vain)
    return journal


def data(*args: str) -> dict[str, dict[str, object]]:
    """The clusters of the report by their typical question."""
    result = invoke("report", "--json", *args)
    assert (result.exit_code, result.stderr) == (0, "")
    return {cluster["typical"]: cluster for cluster in json.loads(result.stdout)["clusters"]}


def test_what_was_asked_in_vain_comes_back_in_groups(filled: Path) -> None:
    found = data()
    graves = found["Wer pflegt den Friedhof?"]
    assert graves["total"] == 4
    assert graves["questions"] == [
        {"question": "Wer pflegt den Friedhof?", "total": 2},
        {"question": "Friedhofpflege?", "total": 1},
        {"question": "friedhof pflege wer", "total": 1},
    ]
    assert (graves["advice"], graves["counts"]) == (
        "new_entry",
        {"unanswered": 4, "not_picked": 0, "down_voted": 0, "proposed": 0},
    )


def test_a_suggestion_that_was_picked_says_which_entry_was_meant(filled: Path) -> None:
    (costs,) = (cluster for cluster in data().values() if cluster["nearest"] == "fire-costs")
    assert costs["counts"] == {"unanswered": 0, "not_picked": 2, "down_voted": 0, "proposed": 0}
    assert costs["advice"] == "phrasing"
    assert costs["commands"] in (
        ['ikz-bot teach "Rechnungen der Feuerwehr" fire-costs'],
        ['ikz-bot teach "feuerwehr rechnungen" fire-costs'],
    )


def test_down_votes_and_proposals_come_with_what_people_wrote(filled: Path) -> None:
    found = data()
    votes = found["Fördertopf"]
    assert (votes["nearest"], votes["advice"], votes["remarks"]) == ("money-grant", "revise", ["Fristen fehlen"])
    assert votes["counts"] == {"unanswered": 0, "not_picked": 0, "down_voted": 1, "proposed": 0}
    council = found["Wann tagt der Rat?"]
    proposed = [{"answer": "Jeden Monat; fragen Sie Frau [Name].", "source": "eigene Erfahrung"}]
    assert council["proposals"] == proposed, "what the journal masked stays masked"
    assert found["Fuhrpark und Haushalt?"]["counts"] == {
        "unanswered": 0,
        "not_picked": 1,
        "down_voted": 0,
        "proposed": 0,
    }


def test_the_command_in_the_report_mends_the_gap(filled: Path, folder: Path) -> None:
    (costs,) = (cluster for cluster in data().values() if cluster["nearest"] == "fire-costs")
    (command,) = costs["commands"]  # type: ignore[misc]
    assert invoke(*shlex.split(str(command))[1:], "--ja").exit_code == 0
    after = json.loads(invoke("report", "--json").stdout)
    assert after["mended"] >= 1
    left = [c for c in after["clusters"] if c["nearest"] == "fire-costs" and c["counts"]["not_picked"]]
    assert sum(c["total"] for c in left) < 2


def test_what_shall_stay_unanswered_is_no_gap(filled: Path) -> None:
    (command,) = data()["Wer pflegt den Friedhof?"]["commands"]  # type: ignore[misc]
    assert command == 'ikz-bot teach "Wer pflegt den Friedhof?" --nichts'
    assert invoke(*shlex.split(str(command))[1:], "--ja").exit_code == 0
    after = json.loads(invoke("report", "--json").stdout)
    assert after["open"] == [{"question": "Wer pflegt den Friedhof?", "total": 4}]
    assert not any("riedhof" in cluster["typical"] for cluster in after["clusters"])
    for told in (invoke("report").stdout, invoke("report", "--markdown").stdout):
        assert "Offene Fragen, die gestellt wurden" in told
        assert "4-mal: Wer pflegt den Friedhof?" in told


def test_questions_without_a_subject_are_only_counted(folder: Path, journal: Path) -> None:
    def write(book: Journal) -> None:
        for text in ("Und wann?", "Was kostet das?", "2", "Friedhof"):
            book.unanswered(text, "unknown", "too_short", [])

    fill(journal, 20, write)
    after = json.loads(invoke("report", "--json").stdout)
    assert (after["bare"], [cluster["typical"] for cluster in after["clusters"]]) == (3, ["Friedhof"])


def test_only_what_was_asked_since_a_day(filled: Path) -> None:
    fill(filled, 22, lambda book: book.unanswered("Wo ist das Freibad?", "unknown", "off_topic", []))
    assert list(data("--seit", "2026-11-22")) == ["Wo ist das Freibad?"]
    assert len(data("--since", "2026-11-20")) > 1
    bad = invoke("report", "--seit", "gestern")
    assert (bad.exit_code, "„gestern“ ist kein Tag." in bad.stderr) == (2, True)


def test_the_table_is_german_and_says_what_to_do(filled: Path, run: Run, folder: Path) -> None:
    env = {"IKZ_BOT_JOURNAL": str(filled), "IKZ_BOT_KNOWLEDGE": str(folder)}
    done = run("report", env=env)
    told = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    head, first, *_ = told.splitlines()
    assert (
        head.split()
        == (
            "gefragt ohne Antwort kein Vorschlag passte nicht hilfreich Eintrag vorgeschlagen typische Frage nächster"
            " Eintrag zu tun"
        ).split()
    )
    assert first.split()[:3] == ["1", "4", "4"]
    assert "Für die nächste Werkstatt: Was gilt hier? „Wer pflegt den Friedhof?“ (4-mal gefragt" in told
    assert "Antwort überarbeiten: money-grant in geld.yaml:4" in told
    assert "Vermisst wurde: Fristen fehlen" in told
    assert "Vorgeschlagen wurde: Jeden Monat; fragen Sie Frau [Name]. (Quelle: eigene Erfahrung)" in told


def test_markdown_holds_patches_that_can_be_used_as_they_are(filled: Path, folder: Path) -> None:
    told = invoke("report", "--markdown").stdout
    assert told.startswith("# Was der Bot noch nicht gut beantwortet (")
    patches = [yaml.safe_load(text) for text in re.findall(r"```yaml\n(.+?)\n```", told, re.DOTALL)]
    (variants,) = [patch["variants"] for patch in patches if "variants" in patch]
    assert set(variants) == {"Rechnungen der Feuerwehr", "feuerwehr rechnungen"}
    (drafts,) = [patch["drafts"] for patch in patches if "drafts" in patch]
    assert [draft["question"] for draft in drafts] == ["Wer pflegt den Friedhof?"]
    assert drafts[0]["variants"] == ["Friedhofpflege?", "friedhof pflege wer"]
    assert "## Für die nächste Werkstatt\n\n1. Was gilt hier?" in told


def test_what_people_typed_is_no_markup(folder: Path, journal: Path) -> None:
    ugly = "Wo | ist *das* <b>Freibad</b> `x` ```?"

    def write(book: Journal) -> None:
        for _ in range(2):
            book.unanswered(ugly, "unknown", "off_topic", [])

    fill(journal, 20, write)
    told = invoke("report", "--markdown").stdout
    outside = re.sub(r"^(````+|```)\w+\n.*?^\1$", "", told, flags=re.DOTALL | re.MULTILINE)
    assert r"Wo \| ist \*das\* \<b\>Freibad\</b\>" in outside
    assert ugly not in outside


def test_drafts_are_taken_by_adopt_and_never_served(filled: Path, folder: Path) -> None:
    result = invoke("report", "--drafts")
    assert result.exit_code == 0
    name = f"luecken-{date.today().isoformat()}"
    assert f"ikz-bot adopt {name}" in result.stderr
    drafts = read_drafts(folder / "entwuerfe" / f"{name}.yaml").drafts
    assert [(draft.question, draft.state, draft.answer) for draft in drafts] == [
        ("Wer pflegt den Friedhof?", "open", "")
    ]
    assert name in invoke("adopt").stdout
    shown = invoke("adopt", name, typed="e\n").stdout
    assert "2-mal: Wer pflegt den Friedhof?" in shown
    assert "riedhof" not in invoke("topics").stdout
    again = invoke("report", "--drafts")
    assert (again.exit_code, "gibt es schon" in again.stderr) == (2, True)


def test_the_picture_is_written(filled: Path, tmp_path: Path) -> None:
    picture = tmp_path / "luecken.png"
    assert invoke("report", "--plot", str(picture)).exit_code == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    bad = invoke("report", "--plot", str(tmp_path / "luecken.doc"))
    assert (bad.exit_code, ".png oder .svg" in bad.stderr) == (2, True)


def test_one_format_at_a_time(filled: Path) -> None:
    result = invoke("report", "--json", "--markdown")
    assert (result.exit_code, "entweder --json oder --markdown" in result.stderr) == (2, True)


def test_no_journal_and_an_empty_one(folder: Path, journal: Path, tmp_path: Path) -> None:
    result = invoke("report")
    assert (result.exit_code, "Es gibt noch kein Journal" in result.stdout) == (0, True)
    assert not journal.exists()
    assert data() == {}
    with database.opened(journal):
        pass
    for args in ((), ("--markdown",)):
        result = invoke("report", *args)
        assert (result.exit_code, "Im Journal steht nichts, worauf" in result.stdout) == (0, True)
    assert invoke("report", "--plot", str(tmp_path / "leer.svg")).exit_code == 0
    assert "Keine Gruppe braucht einen neuen Eintrag" in invoke("report", "--drafts").stderr


def test_a_journal_that_cannot_be_read(folder: Path, journal: Path, tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text("journal: aus\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("IKZ_BOT_JOURNAL")
        off = invoke("report", "--config", str(config))
    assert (off.exit_code, "Das Journal ist abgeschaltet." in off.stderr) == (2, True)
    journal.write_text("Sehr geehrte Damen und Herren,\n" * 100)
    damaged = invoke("report")
    assert (damaged.exit_code, "beschädigt oder keine Journaldatei" in damaged.stderr) == (2, True)
    assert journal.read_text().startswith("Sehr geehrte")


def test_a_journal_that_is_damaged_in_the_middle(folder: Path, journal: Path) -> None:
    def write(book: Journal) -> None:
        for number in range(300):
            book.unanswered(f"Wo ist das Freibad {'x' * 50}{number}?", "unknown", "off_topic", [])

    fill(journal, 20, write)
    with sqlite3.connect(journal) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    with journal.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * 5 * 4096)
    result = invoke("report")
    assert (result.exit_code, "beschädigt" in result.stderr) == (2, True)
    assert "Traceback" not in result.output


@pytest.mark.slow
def test_a_journal_that_is_locked(folder: Path, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with sqlite3.connect(filled) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
    holder = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"import sqlite3, sys; c = sqlite3.connect({str(filled)!r}, isolation_level=None);"
            " c.execute('BEGIN EXCLUSIVE'); print('held', flush=True); sys.stdin.read()",
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    try:
        assert holder.stdout and holder.stdout.readline() == b"held\n"
        result = invoke("report")
    finally:
        holder.communicate()
    assert (result.exit_code, "hält „" in result.stderr, "gesperrt" in result.stderr) == (2, True, True)


def test_a_short_text_stands_for_a_group_only_if_there_is_no_longer_one(folder: Path, journal: Path) -> None:
    def write(book: Journal) -> None:
        for _ in range(5):
            book.unanswered("Friedhof", "unknown", "off_topic", [])
        book.unanswered("Wie groß ist der Friedhof?", "unknown", "off_topic", [])

    fill(journal, 20, write)
    assert list(data()) == ["Wie groß ist der Friedhof?"]
    assert FULL_QUESTION == 3
