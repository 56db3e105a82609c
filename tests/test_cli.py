"""The commands, mostly as real processes: output, exit codes, pipes, encodings – and German throughout."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import __version__
from bot.cli import cli
from bot.journal_commands import journal

from .conftest import ROOT, Run

AT_HOME = {**os.environ, "PYTHONPATH": str(ROOT)}

COMMANDS = [[name] for name in cli.commands] + [["journal", name] for name in journal.commands]
ENGLISH = re.compile(
    r"\b(usage|options|commands?|error|show|this|message|exit|missing|invalid|argument|requires?|does|not|such|try|got"
    r"|unexpected|did|you|mean|one of|for help|help|aborted|value|takes?|default|required|the|and|is|no)\b",
    re.IGNORECASE,
)
TECHNICAL = re.compile(r"--?[a-z]+|„[^“]*“|ikz-bot [a-z]+|^  [a-z]+ ", re.MULTILINE)


def invoke(*args: str) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(cli, list(args), prog_name="ikz-bot")


def english_words(text: str) -> list[str]:
    """English words in output, apart from names of options and commands and what the user typed."""
    return ENGLISH.findall(TECHNICAL.sub(" ", text))


@pytest.mark.parametrize("args", [[], *COMMANDS], ids=lambda args: "-".join(args) or "ikz-bot")
def test_help_is_german_and_complete(args: list[str]) -> None:
    result = invoke(*args, "--help")
    assert result.exit_code == 0
    assert result.output.startswith(f"Aufruf: {' '.join(['ikz-bot', *args])} [OPTIONEN]")
    assert "Zeigt diese Hilfe." in result.output
    # The benchmark makes its own phrasings and the journal has none; every other command says which it uses.
    assert ("--knowledge ORDNER" in result.output) is not ("bench" in args or "journal" in args)
    assert ("--config DATEI" in result.output) is ("bench" not in args)
    assert english_words(result.output) == []


@pytest.mark.parametrize(("args", "commands"), [([], cli.commands), (["journal"], journal.commands)])
def test_help_names_every_command_with_its_purpose(args: list[str], commands: dict[str, click.Command]) -> None:
    listed = invoke(*args, "-h").output.partition("Befehle:")[2]
    for name, command in commands.items():
        assert command.help
        assert re.search(rf"^  {name}\s+\S", listed, re.MULTILINE)


@pytest.mark.parametrize(
    ("args", "says"),
    [
        (["fragen"], "Den Befehl „fragen“ gibt es nicht. Eine Frage stellen Sie mit:"),
        (["aks", "x"], "Den Befehl „aks“ gibt es nicht. Meinten Sie „ask“?"),
        (["--quatsch"], "Die Option „--quatsch“ gibt es nicht."),
        (["journal", "exprt"], "Den Befehl „exprt“ gibt es nicht. Meinten Sie „export“?"),
        (["journal", "zeigen"], "Es gibt: export, delete."),
        (["journal", "export", "--format", "xml"], "Die Form „xml“ gibt es nicht. Möglich sind: jsonl, csv."),
        (
            ["journal", "delete", "--before", "gestern"],
            "„gestern“ ist kein Tag. Bitte schreiben Sie",
        ),
        (["journal", "delete", "--before", "2026-02-30"], "ist kein Tag"),
        (["ask", "--jsno", "x"], "Die Option „--jsno“ gibt es nicht. Meinten Sie „--json“"),
        (["ask", "-x"], "Die Option „-x“ gibt es nicht."),
        (["ask", "--json=3", "x"], "Die Option „--json“ verträgt keinen Wert."),
        (["ask", "--config"], "Die Option „--config“ braucht einen Wert dahinter."),
        (["--knowledge"], "Die Option „--knowledge“ braucht einen Wert dahinter."),
        (["show"], "Es fehlt die Angabe KENNUNG."),
        (["init"], "Es fehlt die Angabe ORDNER."),
        (["check", "a", "b"], "Damit kann „ikz-bot check“ nichts anfangen: „a“, „b“."),
        (["show", "a", "\x1b[31mb"], "„�[31mb“"),
        (["ask"], "Es fehlt die Frage."),
        (["ask", "--jsonl", "x"], "bitte lassen Sie FRAGE und --json weg"),
        (["ask", "--jsonl", "--json"], "bitte lassen Sie FRAGE und --json weg"),
        (["evaluate", "x", "--json", "--markdown"], "entweder --json oder --markdown"),
        (["bench", "--json", "--markdown"], "entweder --json oder --markdown"),
        (["ask", ""], "Ihre Eingabe ist leer."),
        (["ask", "x" * 10_000], "10.000 Zeichen"),
        (["ask", "😀"], "kein Wort"),
        (["ask", "a\x07b"], "Steuerzeichen"),
    ],
    ids=lambda value: " ".join(value)[:20] if isinstance(value, list) else "",
)
def test_unusable_input_is_explained_in_german(args: list[str], says: str) -> None:
    result = invoke(*args)
    assert result.exit_code == 2
    assert says in result.stderr
    assert result.stdout == ""
    assert english_words(result.stderr) == []


def test_version() -> None:
    assert invoke("--version").output == f"ikz-bot {__version__}\n"


def test_ask_answers_with_source_understanding_notices_and_quote(small_folder: Path) -> None:
    result = invoke("ask", "--knowledge", str(small_folder), "Fördertopf")
    assert result.exit_code == 0
    assert result.output.splitlines()[:2] == [
        "Verstanden als: Welche Förderung gibt es für Kooperationen?",
        "Das ist überholt. Neuerer Stand: Ein wenig. (Hintergrund, Stand Januar 2026)",
    ]
    for text in (
        "\nQuelle: Protokoll der „Runde“, Abschnitt Blitzumfrage",
        "\nWerkstatt und Hintergrund, Stand November 2020. Der Stand ist 6 Jahre alt.\n",
        "\nDas Land zahlt [bold]wenig[/bold]. Genaueres blieb offen.\n",
        "\nZum Zitieren: Das Land zahlt [bold]wenig[/bold]. (Quelle: Protokoll der „Runde“; Papier; Werkstatt",
    ):
        assert text in result.output


def test_ask_takes_words_without_quotation_marks(small_folder: Path) -> None:
    result = invoke("--knowledge", str(small_folder), "ask", "Spart", "Zusammenarbeit", "Kosten?")
    assert result.output.startswith("Ja, ein wenig.\n")


def test_ask_says_what_it_does_not_know(small_folder: Path) -> None:
    result = invoke("ask", "--knowledge", str(small_folder), "Quietscheentchen")
    assert result.exit_code == 0
    assert "weiß ich nichts" in result.output
    assert "ikz-bot topics" in result.output


def test_ask_answers_several_questions_each(small_folder: Path) -> None:
    output = invoke("ask", "--knowledge", str(small_folder), "Fördertopf? Wird es billiger?").output
    assert "Zu „Fördertopf?“:" in output
    assert "Zu „Wird es billiger?“:" in output
    assert output.count("Zum Zitieren: ") == 2


def test_ask_json_is_one_readable_object(small_folder: Path) -> None:
    result = invoke("ask", "--json", "--knowledge", str(small_folder), "Fördertopf")
    assert json.loads(result.output)["entry"]["id"] == "money-grant"
    assert '\n  "question": "Fördertopf",\n' in result.output


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(codec=None), max_size=40))
def test_ask_never_fails_whatever_is_typed(small_folder: Path, text: str) -> None:
    for option in ("--", "--json"):
        result = invoke("ask", "--knowledge", str(small_folder), *([option] if option == "--json" else []), "--", text)
        assert result.exit_code in (0, 2)
        assert "Fehler ist aufgetreten" not in result.stderr


def test_topics_lists_all_or_one(small_folder: Path) -> None:
    everything = invoke("topics", "--knowledge", str(small_folder)).output
    assert everything.splitlines() == [
        "Geld (geld)",
        "Was es kostet.",
        "– Welche Förderung gibt es für Kooperationen? (money-grant)",
        "– Spart Zusammenarbeit Kosten? (money-savings)",
    ]
    for name in ("geld", "Geld", "GELD"):
        assert invoke("topics", name, "--knowledge", str(small_folder)).output == everything


def test_an_unknown_topic_gets_the_nearest_or_all() -> None:
    near = invoke("topics", "motiv", "--knowledge", str(ROOT / "knowledge"))
    assert (near.exit_code, "Meinten Sie „motive“" in near.stderr) == (2, True)
    far = invoke("topics", "xyzxyz", "--knowledge", str(ROOT / "knowledge"))
    assert (far.exit_code, "Es gibt: akteure, begriffe" in far.stderr) == (2, True)


def test_show_tells_an_entry_in_full(small_folder: Path) -> None:
    output = invoke("show", "grant", "--knowledge", str(small_folder)).output
    assert output.startswith(
        "Welche Förderung gibt es für Kooperationen?\nDie Kennung „grant“ heißt jetzt „money-grant“.\n"
    )
    for text in (
        "\nDas Land zahlt [bold]wenig[/bold]. Genaueres blieb offen.\n",
        "\nQuelle: Papier (Amt, 2018, https://example.org/p)\n",
        "\nWerkstatt und Hintergrund, Stand November 2020. Der Stand ist 6 Jahre alt.\n",
        "\nKurz: Das Land zahlt [bold]wenig[/bold].\n",
        "\nThema: Geld\n",
        "\n– Spart Zusammenarbeit Kosten? (money-savings)\n",
        "\nKennung: money-grant\n",
        "\nWeitere Formulierungen der Frage: 2\n",
    ):
        assert text in output


def test_show_tells_small_talk_too(small_folder: Path) -> None:
    output = invoke("show", "smalltalk-hello", "--knowledge", str(small_folder)).output
    assert output.startswith("Hallo\nGuten Tag!\n")


def test_an_unknown_id_gets_the_nearest(small_folder: Path) -> None:
    result = invoke("show", "money-gran", "--knowledge", str(small_folder))
    assert result.exit_code == 2
    assert "Die Kennung „money-gran“ gibt es nicht. Meinten Sie „money-grant“" in result.stderr


def test_check_counts_what_is_in_order(small_folder: Path) -> None:
    result = invoke("check", "--knowledge", str(small_folder))
    assert result.exit_code == 0
    assert result.output == "Alles in Ordnung: 2 Einträge, 5 Formulierungen, 2 Quellen\n"


def test_check_lists_every_problem(tmp_path: Path) -> None:
    (tmp_path / "geld.yaml").write_text("topic: Geld\nentries:\n  - id: A\n    question: Was?\n    anser: Das.\n")
    result = invoke("check", "--knowledge", str(tmp_path))
    assert result.exit_code == 2
    lines = result.stdout.splitlines()
    assert all(re.match(r"geld\.yaml:\d+: .+ Hinweis: ", line) for line in lines[:-2])
    assert lines[-2] == f"{len(lines) - 2} Fehler in „{tmp_path}“"
    assert lines[-1] == f"1 davon behebt: ikz-bot check --fix --knowledge {tmp_path}"


@pytest.mark.parametrize("args", [["ask", "Wer?"], ["topics"], ["show", "a"], ["init", "neu"], ["chat"]])
def test_missing_knowledge_is_explained(args: list[str], tmp_path: Path) -> None:
    result = invoke(*args, "--knowledge", str(tmp_path / "fehlt"))
    assert result.exit_code == 2
    assert "lässt sich nicht verwenden:\n" in result.stderr
    assert "Diesen Ordner gibt es nicht." in result.stderr


def test_init_makes_a_copy_that_works(small_folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "mein wissen"
    result = invoke("init", str(copy), "--knowledge", str(small_folder))
    assert result.exit_code == 0
    assert f"ikz-bot check --knowledge '{copy}'" in result.output
    assert invoke("check", "--knowledge", str(copy)).exit_code == 0
    again = invoke("init", str(copy), "--knowledge", str(small_folder))
    assert (again.exit_code, "nicht leer" in again.stderr) == (2, True)


def test_the_configuration_names_the_knowledge(small_folder: Path, tmp_path: Path) -> None:
    config = tmp_path / "meine.yaml"
    config.write_text(f"knowledge: {small_folder}\n")
    for args in (["check", "--config", str(config)], ["--config", str(config), "check"]):
        assert "2 Einträge" in invoke(*args).output
    both = invoke("check", "--config", str(config), "--knowledge", str(ROOT / "knowledge"))
    assert "2 Einträge," not in both.output
    last_wins = invoke("--knowledge", "fehlt", "check", "--knowledge", str(small_folder))
    assert "2 Einträge" in last_wins.output


def test_a_broken_configuration_is_explained(tmp_path: Path) -> None:
    config = tmp_path / "config.yaml"
    config.write_text("knowlege: hier\n")
    result = invoke("check", "--config", str(config))
    assert (result.exit_code, "Meinten Sie „knowledge“?" in result.stderr) == (2, True)
    missing = invoke("check", "--config", str(tmp_path / "fehlt.yaml"))
    assert (missing.exit_code, "gibt es nicht" in missing.stderr) == (2, True)


def test_an_unexpected_failure_is_one_german_sentence(small_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr("bot.channels.one_shot.answer", fail)
    result = invoke("ask", "Wer?", "--knowledge", str(small_folder))
    assert result.exit_code == 1
    assert result.stderr == (
        "Ein unerwarteter Fehler ist aufgetreten (ZeroDivisionError). Bitte melden Sie ihn mit Ihrer Eingabe.\n"
    )


def test_module_and_process_do_the_same(run: Run) -> None:
    done = run("ask", "Spart Zusammenarbeit Kosten?")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode().startswith("Ja, ein wenig.\n")
    refused = run("ask", b"Stra\xdfe?")
    assert (refused.returncode, refused.stdout) == (2, b"")
    assert "UTF-8" in refused.stderr.decode()


def test_a_question_needs_no_command(run: Run) -> None:
    done = run("Welche Förderung gibt es für Kooperationen?")
    assert done.returncode == 0
    assert "Das Land zahlt" in done.stdout.decode()


def test_json_keeps_the_whole_message_as_the_question(run: Run) -> None:
    message = "Fördertopf? Und wann spart man?"
    found = json.loads(run("ask", "--json", message).stdout)
    assert found["question"] == message


def test_jsonl_answers_every_line_in_order(run: Run) -> None:
    lines = [b"F\xc3\xb6rdertopf", b"", b"\xff", "😀".encode(), b"a\x00b", b"x" * 10_000, b"\xef\xbb\xbfHallo\r"]
    done = run("ask", "--jsonl", stdin=b"\n".join(lines))
    assert (done.returncode, done.stderr) == (0, b"")
    found = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert len(found) == len(lines)
    assert (found[0]["entry"]["id"], found[-1]["entry"]["id"]) == ("money-grant", "smalltalk-hello")
    assert all(set(bad) == {"question", "status", "error"} and bad["status"] == "error" for bad in found[1:-1])
    assert "UTF-8" in found[2]["error"]
    assert found[4]["question"] == "a\x00b"


def test_jsonl_is_utf8_whatever_the_terminal_says(run: Run) -> None:
    done = run("ask", "--jsonl", stdin="Fördertopf".encode(), env={"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"})
    assert "„Runde“" in done.stdout.decode("utf-8")


def test_a_narrow_encoding_loses_characters_but_no_answer(run: Run) -> None:
    done = run("ask", "Fördertopf", env={"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Verstanden als: Welche F?rderung" in done.stdout


def test_jsonl_answers_while_the_input_goes_on(small_folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "ask", "--jsonl", "--knowledge", str(small_folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        assert process.stdin
        assert process.stdout
        for _ in range(2):
            process.stdin.write(b"Hallo\n")
            process.stdin.flush()
            assert json.loads(process.stdout.readline())["answer"] == "Guten Tag!"
        process.stdin.close()
        assert process.wait(timeout=10) == 0


@pytest.mark.parametrize("command", [["chat"], ["ask", "--jsonl"]], ids=["chat", "jsonl"])
def test_a_reader_that_stops_early_is_no_mistake(command: list[str], small_folder: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot", *command, "--knowledge", str(small_folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b"Hallo\n")
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        process.stdin.write(b"Hallo\n" * 20)
        process.stdin.close()
        assert (process.stderr.read(), process.wait(timeout=10)) == (b"", 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_one_sentence(small_folder: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "topics", "--knowledge", str(small_folder)],
            stdout=full,
            stderr=subprocess.PIPE,
            cwd=ROOT,
        )
    assert done.returncode == 1
    assert len(done.stderr.decode().splitlines()) == 1


def test_commands_load_only_what_they_need() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from bot.cli import cli; r = CliRunner();"
        "r.invoke(cli, ['--help']); r.invoke(cli, ['--version']);"
        "assert not {'numpy', 'rich', 'yaml'} & set(sys.modules);"
        "r.invoke(cli, ['ask', 'Hallo']); assert 'numpy' in sys.modules; assert 'discord' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT).returncode == 0


def test_init_makes_the_folder_that_the_configuration_already_names(run: Run, tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("knowledge: wissen\n", "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "bot", "init", "wissen"], cwd=tmp_path, capture_output=True, env=AT_HOME, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "wissen" / "sources.yaml").is_file()


def test_nothing_is_written_into_the_installed_program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    packed = tmp_path / "_knowledge"
    packed.mkdir()
    monkeypatch.setattr("bot.knowledge_folder.packed_folder", lambda: packed)
    result = invoke("init", str(packed / "neu"))
    assert result.exit_code == 2
    assert "gehört zum installierten Programm" in result.output
    assert list(packed.iterdir()) == []


def test_a_calibration_older_than_the_knowledge_is_named(tmp_path: Path) -> None:
    copy = tmp_path / "wissen"
    assert invoke("init", str(copy)).exit_code == 0
    with (copy / "zeit.yaml").open("a", encoding="utf-8") as file:
        file.write("# neu\n")
    result = invoke("check", "--knowledge", str(copy))
    assert result.exit_code == 3
    assert f"ikz-bot check --calibrate --knowledge {copy}" in result.output


def test_a_small_base_does_not_keep_the_calibration_of_another(small_folder: Path) -> None:
    (small_folder / "calibration.json").write_bytes((ROOT / "knowledge" / "calibration.json").read_bytes())
    assert invoke("check", "--knowledge", str(small_folder)).exit_code == 3
    result = invoke("check", "--calibrate", "--knowledge", str(small_folder))
    assert result.exit_code == 0
    assert "zu wenige Formulierungen" in result.output
    assert not (small_folder / "calibration.json").exists()
    assert invoke("check", "--knowledge", str(small_folder)).exit_code == 0


@pytest.mark.slow
def test_calibrating_makes_a_changed_copy_current(tmp_path: Path) -> None:
    copy = tmp_path / "wissen"
    invoke("init", str(copy))
    with (copy / "zeit.yaml").open("a", encoding="utf-8") as file:
        file.write("# neu\n")
    result = invoke("check", "--calibrate", "--knowledge", str(copy))
    assert result.exit_code == 0
    assert "Der Bot antwortet ab" in result.output
    found = json.loads(invoke("check", "--json", "--knowledge", str(copy)).stdout)["findings"]
    assert "calibration" not in {finding["code"] for finding in found}
