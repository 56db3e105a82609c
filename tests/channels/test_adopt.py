"""The dialogue that turns drafts into entries, driven as a curator drives it: by lines, and in a real terminal."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli import cli
from bot.curation.drafts import read_drafts, read_wordings
from bot.knowledge import Entry, load
from tests.conftest import ROOT

pexpect: Any = pytest.importorskip("pexpect")

KNOWLEDGE = {
    "haus.yaml": """\
# yaml-language-server: $schema=schema/topic.json
topic: Haus
entries:
  - id: haus-dauer   # wichtig
    question: Wie lange dauert der Umbau der Bücherei?
    variants: [Dauer des Umbaus, Wann ist der Umbau fertig?]
    answer: Der Umbau dauert zwei Jahre.
    source: runde-1

  - id: haus-kosten
    question: Was kostet der Umbau?
    variants: [Kosten des Umbaus, Preis]
    answer: >-
      Er kostet viel Geld.
    sources: [{id: runde-1, section: Geld}]
    # bleibt so
""",
    "sources.yaml": "sources:\n  - {id: runde-1, kind: werkstatt, title: Erste Runde, publisher: V, date: '2020-11'}\n",
    "pruefsteine.yaml": "touchstones:\n  - {question: Wie hoch ist das Dach der Bücherei?, expected: nichts}\n",
}
DOCUMENT = """\
# Zweite Runde

## Input

- Der Umbau der alten Bücherei am Markt dauert nach neuer Planung vier Jahre.
- Das Dach der Bücherei ist 12 Meter hoch, so Frau Gnu.

## Geld

- Der Umbau kostet viel Geld.
"""
DRAFTS = """\
# Entwürfe
source:
  id: runde-2
  kind: werkstatt
  title: Zweite Runde
  publisher: Verein
  date: '2022-05-03'
document: runde-2.md
drafts:

  # Der Umbau der alten Bücherei am Markt dauert nach neuer Planung vier Jahre.
  - id: haus-dauer-neu
    state: open
    topic: haus
    question: Wie lange dauert der Umbau nach neuer Planung?
    answer: Nach neuer Planung dauert er vier Jahre.
    section: Input
    relation: updates
    entry: haus-dauer
    score: 0.81

  # Das Dach der Bücherei ist 12 Meter hoch, so Frau Gnu.
  - id: dach-hoehe
    state: open
    topic: dach
    question: Wie hoch ist das Dach?
    keywords: [Dach]
    answer: ''
    section: Input
    speaker: Frau Gnu
    relation: new

  # Der Umbau kostet viel Geld.
  - id: haus-kosten-neu
    state: open
    topic: haus
    question: Was kostet der Umbau laut Runde 2?
    answer: ''
    section: Geld
    relation: covered
    entry: haus-kosten
    score: 0.9
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return lay_out(tmp_path / "wissen")


def lay_out(folder: Path) -> Path:
    """The small knowledge with its three drafts, and nothing else."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "entwuerfe").mkdir(parents=True)
    files = {**KNOWLEDGE, "entwuerfe/runde-2.md": DOCUMENT, "entwuerfe/runde-2.yaml": DRAFTS}
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def everything(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


def states(folder: Path) -> list[str]:
    return [draft.state for draft in read_drafts(folder / "entwuerfe/runde-2.yaml").drafts]


def entry(folder: Path, entry_id: str) -> Entry:
    found = load(folder).entry(entry_id)
    assert found is not None
    return found


def talk(folder: Path, *lines: str | bytes, args: tuple[str, ...] = ("runde-2",)) -> str:
    """What ``ikz-bot adopt`` says when these lines are typed; it ends with 0."""
    typed = b"".join((line.encode() if isinstance(line, str) else line) + b"\n" for line in lines)
    result = CliRunner().invoke(cli, ["adopt", *args, "--knowledge", str(folder)], input=typed, prog_name="ikz-bot")
    assert result.exit_code == 0, result.output
    return result.output


def process(folder: Path, *args: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "bot", "adopt", *args, "--knowledge", str(folder)]
    return subprocess.run(command, input=stdin, capture_output=True, cwd=ROOT, timeout=60)


def test_a_draft_is_shown_with_its_wording_its_relation_and_the_answer_as_users_see_it(folder: Path) -> None:
    done = process(folder, "runde-2", stdin=b"e\n")
    said = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    for part in (
        "Quelle: Zweite Runde (Verein, 3. Mai 2022)",
        "3 Entwürfe: 3 offen, 0 übernommen, 0 übersprungen",
        "Wortlaut im Abschnitt „Input“:\n  Der Umbau der alten Bücherei am Markt dauert nach neuer Planung vier Jahre.",
        "neuere Angabe als in „Wie lange dauert der Umbau der Bücherei?“ (haus-dauer, 81 %)\n  Der Umbau dauert zwei",
        "Wie lange dauert der Umbau nach neuer Planung?\nNach neuer Planung dauert er vier Jahre.\n"
        "Quelle: Zweite Runde, Abschnitt Input (Verein, 3. Mai 2022)\nWerkstatt, Mai 2022. Der Stand ist ",
        "Zweite Runde: 3 offen, 0 übernommen, 0 übersprungen.\nWeiter geht es mit: ikz-bot adopt runde-2 --knowledge",
    ):
        assert part in said
    assert everything(folder) == everything(lay_out(folder)), "looking changes nothing"


def test_all_three_drafts_become_part_of_the_knowledge(folder: Path) -> None:
    before = everything(folder)
    said = talk(
        folder,
        *("ü", "1"),  # the old one is superseded
        *("b", "", "Es ist 12 Meter hoch.", "", "Dachhöhe", "Höhe des Daches", "", "."),
        *("ü", "Das Dach", "j"),  # a touchstone flips
        *("ü", ""),  # the source is added
    )
    assert states(folder) == ["adopted"] * 3
    assert entry(folder, "haus-dauer").superseded_by == "haus-dauer-neu"
    assert entry(folder, "dach-hoehe").phrasings == ("Wie hoch ist das Dach?", "Dachhöhe", "Höhe des Daches")
    assert [(ref.id, ref.section) for ref in entry(folder, "haus-kosten").source_refs] == [
        ("runde-1", "Geld"),
        ("runde-2", "Geld"),
    ]
    assert load(folder).sources["runde-2"].publisher == "Verein"
    assert [topic.title for topic in load(folder).topics] == ["Das Dach", "Haus"]
    assert (
        (folder / "dach.yaml").read_text().startswith("# yaml-language-server: $schema=schema/topic.json\ntopic: Das")
    )
    text = (folder / "haus.yaml").read_text(encoding="utf-8")
    kept = [line for line in before["haus.yaml"].decode().splitlines() if "runde-1" not in line]
    assert iter_contains(text.splitlines(), kept), "all lines but those with the sources"
    assert (
        "Diese Prüfsteine bekommen eine andere Antwort:\n– „Wie hoch ist das Dach der Bücherei?“: keine sichere Antwort"
        " → „Wie hoch ist das Dach?“"
    ) in said
    assert "Übernommen: Quelle bei „Was kostet der Umbau?“ (haus-kosten)." in said
    assert said.rstrip().endswith(f"Die letzte Übernahme macht rückgängig: ikz-bot adopt --undo --knowledge {folder}")


def test_skipping_going_back_and_going_on_later(folder: Path) -> None:
    said = talk(folder, "s", "z", "überspringen", "s", "ende")
    assert states(folder) == ["skipped", "skipped", "open"]
    assert "Entwurf 1 von 3 · übersprungen" in said
    said = talk(folder, "zurück", "zurueck", "Z", "ü", "2", "j", "E")
    assert said.count("Entwurf 3 von 3") == 2 and states(folder) == ["adopted", "skipped", "open"]
    assert entry(folder, "haus-dauer").as_of == "2022-05-03", "a skipped draft can still be adopted"
    said = talk(folder, "z", "z", "ü", "w", "e")
    assert "Entwurf 1 von 3 · übernommen" in said and "w weiter, z zurück, e Ende" in said
    assert states(folder) == ["adopted", "skipped", "open"], "what is adopted is not adopted twice"


def test_every_field_is_stored_as_soon_as_it_is_right(folder: Path) -> None:
    talk(folder, "s", "b", "Wie hoch ist das Dach nun?", "Es ist 12 Meter hoch.")  # and the input ends
    draft = read_drafts(folder / "entwuerfe/runde-2.yaml").drafts[1]
    assert (draft.question, draft.answer, draft.state) == (
        "Wie hoch ist das Dach nun?",
        "Es ist 12 Meter hoch.",
        "open",
    )
    talk(
        folder, "b", "", "", "Zwölf Meter.", "Höhe", "Höhe!", "-1", "-7", "Dachhöhe", "", "Dach,  Höhe ", "haus",
        "Ende", "-", "2022-04", "dach-eins",
    )  # fmt: skip
    draft = read_drafts(folder / "entwuerfe/runde-2.yaml").drafts[1]
    assert (draft.id, draft.topic, draft.answer, draft.short) == (
        "dach-eins",
        "haus",
        "Es ist 12 Meter hoch.",
        "Zwölf Meter.",
    )
    assert (draft.variants, draft.keywords) == (("Dachhöhe",), ("Dach", "Höhe"))
    assert (draft.section, draft.speaker, draft.as_of) == ("Ende", None, "2022-04")
    assert (
        read_wordings(folder / "entwuerfe/runde-2.yaml")[1] == "Das Dach der Bücherei ist 12 Meter hoch, so Frau Gnu."
    )


def test_mistakes_are_said_at_the_field_and_asked_again(folder: Path) -> None:
    said = talk(
        folder, "s", "b", "x" * 101, "Preis", b"kaputt \xff", b"\x1b[2J?", "Wie hoch?",
        "Der Umbau der alten Bücherei am Markt dauert nach neuer Planung.", "Eins. Zwei. Drei. Vier. Fünf.", "y" * 1001,
        "12 Meter.", "z" * 201, "", "Preis!", "u" * 201, "", ".", "e",
    )  # fmt: skip
    for part in (
        "! „Frage“ ist zu lang: 101 Zeichen, erlaubt sind 100. Bitte kürzen Sie den Text um mindestens 1 Zeichen.",
        "! Die Formulierung „Preis“ gehört schon zum Eintrag „haus-kosten“.",
        "! „Frage“ enthält ein Zeichen, das nicht erlaubt ist.",
        "! Diese Wörter stehen genau so hintereinander in der Quelle: „Der Umbau der alten Bücherei am Markt dauert",
        "! „Antwort“ hat 5 Sätze; erlaubt sind 4.",
        "! „Antwort“ ist zu lang: 1001 Zeichen, erlaubt sind 1000.",
        "! „Kurze Antwort“ ist zu lang: 201 Zeichen, erlaubt sind 200.",
        "! Die Formulierung „Preis!“ gehört schon zum Eintrag „haus-kosten“.",
    ):
        assert part in said
    draft = read_drafts(folder / "entwuerfe/runde-2.yaml").drafts[1]
    assert (draft.question, draft.answer, draft.short, draft.variants) == ("Wie hoch?", "12 Meter.", None, ())
    assert "\x1b" not in said


def test_without_an_answer_nothing_is_adopted(folder: Path) -> None:
    said = talk(folder, "s", "ü", "e")
    assert "So lässt er sich noch nicht übernehmen:\n! Es fehlt noch: Antwort in eigenen Worten." in said
    assert states(folder) == ["skipped", "open", "open"] and not (folder / "dach.yaml").exists()


def test_what_the_section_does_not_hold_is_warned_of_and_can_be_overruled(folder: Path) -> None:
    edit = ("s", "b", "", "Es ist 15 Meter hoch, so Frau Yak.", "", "", "", "haus", ".")
    said = talk(folder, *edit, "ü", "vielleicht", "n", "e")
    assert (
        "! Das steht nicht im Abschnitt „Input“: „15" in said and "Yak" in said and "Bitte tippen Sie j oder n." in said
    )
    assert states(folder)[1] == "open" and load(folder).entry("dach-hoehe") is None
    talk(folder, "ü", "j", "e")
    assert states(folder)[1] == "adopted"
    lines = (folder / "haus.yaml").read_text(encoding="utf-8").splitlines()
    above = lines[lines.index("  - id: dach-hoehe") - 1]
    told = r"  # \d\d\.\d\d\.\d{4}, Quelle runde-2, trotz des Hinweises: Das steht nicht im Abschnitt „Input“: „15"
    assert re.match(told, above)


def test_another_way_than_the_likeliest_is_shown_before_it_is_done(folder: Path) -> None:
    said = talk(folder, "ü", "9", "3", "n", "e")
    assert "Bitte tippen Sie eine Zahl von 1 bis 4." in said
    assert "So sehen es die Nutzer (als neuen Eintrag, beide gelten als Widerspruch):" in said
    assert "Hinweis: Dazu gibt es eine andere Angabe: Der Umbau dauert zwei" in said
    assert states(folder)[0] == "open"
    talk(folder, "ü", "3", "j", "e")
    assert entry(folder, "haus-dauer").contradicts == ("haus-dauer-neu",)
    assert entry(folder, "haus-dauer-neu").contradicts == ("haus-dauer",)


def test_the_details_of_the_source_can_be_changed_until_it_is_registered(folder: Path) -> None:
    said = talk(folder, "d", "Dritte Runde", "Runde 3", "", "2022-13", "2022-06", "buch", ".", "ü", "1", "d", "e")
    assert (
        "„Datum“ nennt einen Tag, den es im Kalender nicht gibt" in said and "„Art“ hat einen unbekannten Wert" in said
    )
    source = load(folder).sources["runde-2"]
    assert (source.title, source.short, source.date, source.kind) == ("Dritte Runde", "Runde 3", "2022-06", "werkstatt")
    assert said.count("d Angaben zur Quelle") == 2, "once it is registered, sources.yaml is the place for that"


def test_the_last_adoption_is_undone_byte_for_byte(folder: Path) -> None:
    before = everything(folder)
    talk(folder, "ü", "1", "e")
    assert everything(folder) != before
    said = talk(folder, args=("--undo",))
    assert "Rückgängig gemacht: „Wie lange dauert der Umbau nach neuer Planung?“ (haus-dauer-neu)" in said
    assert everything(folder) == before
    refused = process(folder, "--undo")
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert refused.stderr.decode() == "Es gibt keine Übernahme, die sich rückgängig machen lässt.\n"


def test_undo_is_refused_where_the_files_have_changed(folder: Path) -> None:
    talk(folder, "ü", "1", "e")
    (folder / "haus.yaml").write_bytes((folder / "haus.yaml").read_bytes() + b"# von Hand\n")
    now = everything(folder)
    refused = process(folder, "--undo")
    assert refused.returncode == 2 and "Inzwischen wurden diese Dateien geändert: haus.yaml" in refused.stderr.decode()
    assert everything(folder) == now


def test_the_list_tells_what_is_left_and_what_cannot_be_read(folder: Path) -> None:
    (folder / "entwuerfe/kaputt.yaml").write_text("drafts: [\n")
    (folder / "entwuerfe/.letzte-uebernahme.yaml").write_text("kein Entwurf\n")
    said = talk(folder, args=())
    assert "runde-2: 3 offen, 0 übernommen, 0 übersprungen – Zweite Runde" in said
    assert re.search(r"Der Entwurf „[^“]*kaputt\.yaml“ lässt sich nicht verwenden:\nkaputt\.yaml:1: ", said)
    assert said.count("letzte-uebernahme") == 0
    for name in ("kaputt.yaml", "runde-2.yaml"):
        (folder / "entwuerfe" / name).unlink()
    assert talk(folder, args=()) == ("Es gibt keine Entwürfe. Aus einem Dokument macht sie: ikz-bot import DATEI\n")


def test_drafts_are_never_served(folder: Path) -> None:
    assert [topic.id for topic in load(folder).topics] == ["haus"]
    assert set(load(folder).sources) == {"runde-1"}


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("runde-3",), "Einen Entwurf „runde-3“ gibt es nicht. Meinten Sie „runde-2“?"),
        (("--undo", "runde-2"), "bitte lassen Sie ENTWURF weg"),
    ],
)
def test_what_cannot_be_done_is_said_in_german(folder: Path, args: tuple[str, ...], said: str) -> None:
    done = process(folder, *args)
    assert (done.returncode, done.stdout) == (2, b"") and said in done.stderr.decode()


def test_the_knowledge_in_the_program_is_not_touched(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.knowledge_folder.packed_folder", lambda: folder)
    for args in ((), ("runde-2",), ("--undo",)):
        result = CliRunner().invoke(cli, ["adopt", *args, "--knowledge", str(folder)])
        assert result.exit_code == 2 and "ikz-bot init wissen" in result.output


def test_the_end_of_the_input_leaves_cleanly_wherever_it_comes(folder: Path) -> None:
    script = ["b", "", "Nach Plan dauert er vier Jahre.", "", "Dauer neu", "", ".", "ü", "3", "j", "s", "ü", "2"]
    for length in range(len(script)):
        lay_out(folder)
        said = talk(folder, *script[:length])
        assert "Weiter geht es mit: ikz-bot adopt runde-2" in said
        load(folder)
        if length > 9:
            assert states(folder)[0] == "adopted"


def test_someone_else_may_edit_the_knowledge_meanwhile(folder: Path) -> None:
    child = in_terminal(folder)
    (folder / "haus.yaml").write_bytes((folder / "haus.yaml").read_bytes() + b"# von Hand\n")
    asked(child, "ü", "Wie übernehmen")
    asked(child, "1", "Inzwischen wurden diese Dateien geändert: haus.yaml")
    asked(child, "ü", "Wie übernehmen")
    asked(child, "1", "Übernommen: ")
    child.close(force=True)
    assert (folder / "haus.yaml").read_text(encoding="utf-8").count("# von Hand\n") == 1
    assert entry(folder, "haus-dauer").superseded_by == "haus-dauer-neu"


def test_someone_else_may_edit_the_drafts_meanwhile(folder: Path) -> None:
    path = folder / "entwuerfe/runde-2.yaml"
    child = in_terminal(folder)
    path.write_bytes(path.read_bytes().replace(b"vier Jahre.\n    section", b"vier ganze Jahre.\n    section"))
    asked(child, "ü", "Wie übernehmen")
    asked(child, "1", "Inzwischen wurden diese Dateien geändert: entwuerfe/runde-2.yaml")
    child.expect_exact("e Ende: ")
    asked(child, "ü", "Wie übernehmen")
    asked(child, "1", "Übernommen: ")
    child.expect_exact("e Ende: ")
    head = path.read_bytes()[: path.read_bytes().index(b"drafts:")]
    path.write_bytes(head + b"drafts: []\n")
    child.sendline("s")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0 and entry(folder, "haus-dauer-neu").answer.endswith("vier ganze Jahre.")


def test_the_shipped_knowledge_only_grows(tmp_path: Path) -> None:
    folder = tmp_path / "wissen"
    shutil.copytree(ROOT / "knowledge", folder)
    (folder / "entwuerfe").mkdir()
    drafts = DRAFTS.replace("haus-dauer\n", "zeit-faustformel\n").replace("topic: haus", "topic: zeit")
    (folder / "entwuerfe/runde-2.yaml").write_text(drafts, encoding="utf-8")
    (folder / "entwuerfe/runde-2.md").write_text(DOCUMENT, encoding="utf-8")
    said = talk(folder, "ü", "1", "j", "e")
    assert "Die Kalibrierung ist jetzt älter als das Wissen. Wenn Sie fertig sind, führen Sie bitte aus: " in said
    assert f"ikz-bot check --calibrate --knowledge {folder}" in said
    changed = {}
    for path in (ROOT / "knowledge").glob("*.yaml"):
        old, new = path.read_text(encoding="utf-8").splitlines(), (folder / path.name).read_text("utf-8").splitlines()
        added = [line for line in new if line not in old]
        assert [line for line in new if line in old or line in added] == new
        assert len(new) >= len(old) and iter_contains(new, old)
        if old != new:
            changed[path.name] = added
    assert set(changed) == {"sources.yaml", "zeit.yaml"}
    assert "    superseded_by: haus-dauer-neu" in changed["zeit.yaml"]


def iter_contains(new: list[str], old: list[str]) -> bool:
    """Whether all lines of ``old`` stand in ``new``, in their order."""
    rest = iter(new)
    return all(line in rest for line in old)


KILLED = """\
import os, signal, sys
from pathlib import Path
left = int(sys.argv.pop(1))
def dies(real):
    def call(*args, **more):
        global left
        left -= 1
        if left < 0: os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **more)
    return call
os.fsync, Path.replace = dies(os.fsync), dies(Path.replace)
from bot.cli import main
main()
"""


@pytest.mark.parametrize("moment", [0, 2, 3, 5, 6, 9, 11, 12, 14])
def test_killed_while_it_writes_it_is_finished_at_the_next_start(folder: Path, moment: int) -> None:
    before = everything(folder)
    command = [sys.executable, "-c", KILLED, str(moment), "adopt", "runde-2", "--knowledge", str(folder)]
    done = subprocess.run(command, input="ü\n1\ne\n".encode(), capture_output=True, cwd=ROOT, timeout=60)
    load(folder)
    said = talk(folder, args=())
    if "jetzt ist zu Ende geführt" in said or done.returncode == 0:
        assert states(folder)[0] == "adopted" and entry(folder, "haus-dauer").superseded_by == "haus-dauer-neu"
        talk(folder, args=("--undo",))
    else:
        assert done.returncode == -signal.SIGKILL and moment < 9
    assert everything(folder) == before, "nothing is lost, and nothing is half done"
    talk(folder, "ü", "1", "e")
    assert states(folder)[0] == "adopted"


def in_terminal(folder: Path, env: dict[str, str] | None = None) -> Any:
    """The dialogue in a terminal, waiting for the first choice."""
    clean = {key: value for key, value in os.environ.items() if key not in ("EDITOR", "VISUAL")}
    child = pexpect.spawn(
        sys.executable,
        ["-m", "bot", "adopt", "runde-2", "--knowledge", str(folder)],
        cwd=str(ROOT),
        env={**clean, "TERM": "xterm-256color", **(env or {})},
        dimensions=(40, 120),
        timeout=30,
        encoding="utf-8",
    )
    child.delaybeforesend = None
    child.expect_exact("e Ende: ")
    return child


def asked(child: Any, typed: str, answer: str) -> None:
    child.sendline(typed)
    child.expect_exact(answer)


@pytest.fixture
def terminal(folder: Path) -> Iterator[Callable[..., Any]]:
    children = []

    def start(**env: str) -> Any:
        children.append(in_terminal(folder, env))
        return children[-1]

    yield start
    for child in children:
        child.close(force=True)


def test_in_a_terminal_what_stands_there_is_edited_in_place(folder: Path, terminal: Callable[..., Any]) -> None:
    child = terminal()
    asked(child, "b", "Wie lange dauert der Umbau nach neuer Planung?")
    child.send("\x7f, Stand 2022?\r")  # the last character goes, more comes
    child.expect_exact("Antwort (")
    child.expect_exact("Nach neuer Planung dauert er vier Jahre.")
    child.send("\r")
    child.expect_exact("Kurze Antwort")
    asked(child, ".", "e Ende: ")
    draft = read_drafts(folder / "entwuerfe/runde-2.yaml").drafts[0]
    assert draft.question == "Wie lange dauert der Umbau nach neuer Planung, Stand 2022?"
    assert draft.answer == "Nach neuer Planung dauert er vier Jahre."


@pytest.mark.parametrize("key", ["\x03", "\x04"])
@pytest.mark.parametrize("steps", [(), ("b",), ("ü",)])
def test_a_key_leaves_cleanly_at_any_prompt(
    folder: Path, terminal: Callable[..., Any], key: str, steps: tuple[str, ...]
) -> None:
    child = terminal()
    for step in steps:
        asked(child, step, {"b": "Frage (", "ü": "Wie übernehmen"}[step])
        child.expect_exact(": ")
    if steps == ("b",) and key == "\x04":  # it ends the input only on an empty line
        child.send("\x15")
    for _ in range(20):  # a key that comes while the line is still being drawn has to be pressed again
        child.send(key)
        if child.expect([pexpect.EOF, pexpect.TIMEOUT], timeout=1) == 0:
            break
    child.close()
    assert "Weiter geht es mit: ikz-bot adopt runde-2" in child.before and "Traceback" not in child.before
    assert child.exitstatus == 0 and everything(folder) == everything(lay_out(folder))


def test_killed_at_a_prompt_nothing_is_lost(folder: Path, terminal: Callable[..., Any]) -> None:
    child = terminal()
    asked(child, "s", "Entwurf 2 von 3")
    asked(child, "b", "Wie hoch ist das Dach?")
    asked(child, "", "Antwort (")
    asked(child, "Es ist 12 Meter hoch.", "Kurze Antwort (")
    child.kill(signal.SIGKILL)
    child.expect(pexpect.EOF)
    draft = read_drafts(folder / "entwuerfe/runde-2.yaml").drafts[1]
    assert (states(folder)[0], draft.answer) == ("skipped", "Es ist 12 Meter hoch.")
    load(folder)


def test_the_long_answer_can_be_written_in_an_editor(
    folder: Path, terminal: Callable[..., Any], tmp_path: Path
) -> None:
    editor = tmp_path / "editor"
    editor.write_text(f"#!{sys.executable}\nimport sys\nopen(sys.argv[1], 'a').write(' Das\\nsteht fest.\\n')\n")
    editor.chmod(0o755)
    child = terminal(EDITOR=str(editor))
    asked(child, "b", "Frage (")
    asked(child, "", "e öffnet Ihren Editor.")
    child.expect_exact("vier Jahre.")
    child.send("\x15e\r")
    child.expect_exact("Kurze Antwort (")
    asked(child, ".", "e Ende: ")
    answer = read_drafts(folder / "entwuerfe/runde-2.yaml").drafts[0].answer
    assert answer == "Nach neuer Planung dauert er vier Jahre. Das steht fest."


def test_an_editor_that_does_not_start_is_no_misfortune(folder: Path, terminal: Callable[..., Any]) -> None:
    child = terminal(EDITOR="/gibt/es/nicht")
    asked(child, "b", "Frage (")
    asked(child, "", "e öffnet Ihren Editor.")
    child.expect_exact("vier Jahre.")
    child.send("\x15e\r")
    child.expect_exact("Der Editor ließ sich nicht starten.")
    child.expect_exact("Kurze Antwort (")
    assert read_drafts(folder / "entwuerfe/runde-2.yaml").drafts[0].answer == "Nach neuer Planung dauert er vier Jahre."
