"""The chat: what it says to each line, and how the real program behaves in a terminal and in a pipe."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers import Bundle, Reply, answer
from bot.channels.terminal import Chat, greeting
from bot.journal import Journal, database
from bot.knowledge import load

from ..conftest import ROOT, TODAY, Run
from ..live.corruptions import corrupt, cut, delete, fill_up, huge_line, link_in_a_circle, make_a_folder, nul, restore

pexpect: Any = pytest.importorskip("pexpect")

GRANT = "Welche Förderung gibt es für Kooperationen?"
SAVINGS = "Spart Zusammenarbeit Kosten?"


class Talk:
    """A conversation whose replies are plain text."""

    def __init__(self, bundle: Bundle, journal: Journal | None = None, brief: bool = False) -> None:
        self.chat = Chat(bundle.knowledge, lambda: bundle, TODAY, journal or Journal.open(None, 90), brief)

    def __call__(self, typed: str) -> str:
        return "\n".join(line.text for line in self.chat.respond(typed))


@pytest.fixture
def talk(small: Bundle) -> Talk:
    return Talk(small)


def test_the_greeting_gives_three_examples(bundle: Bundle) -> None:
    lines = [line.text for line in greeting(bundle.knowledge)]
    assert sum(line.startswith("– ") for line in lines) == 3
    assert any("/hilfe" in line for line in lines)


def test_an_answer_has_everything_and_offers_what_is_related(talk: Talk) -> None:
    told = talk("Fördertopf")
    for text in (
        f"Verstanden als: {GRANT}",
        "Das Land zahlt [bold]wenig[/bold].",
        "Quelle: Protokoll der „Runde“",
        "Werkstatt und Hintergrund, Stand November 2020. Der Stand ist 6 Jahre alt",
        f"Dazu passt:\n1  {SAVINGS}",
    ):
        assert text in told


def test_what_is_related_can_be_picked(talk: Talk) -> None:
    talk("Fördertopf")
    assert talk("1").startswith("Ja, ein wenig.")


def test_a_number_that_was_not_offered_is_explained(talk: Talk) -> None:
    talk("Fördertopf")
    assert "eine Zahl von 1 bis 1" in talk("7")
    assert talk("1").startswith("Ja, ein wenig.")


def test_zero_means_none_of_them(talk: Talk) -> None:
    talk("Fördertopf")
    assert "keine davon" in talk("0")
    assert "Ja, ein wenig." not in talk("1")


def test_numbers_are_questions_when_nothing_is_offered_or_they_are_long(talk: Talk) -> None:
    assert "eine Zahl von" not in talk("1")
    talk("Fördertopf")
    assert "eine Zahl von" not in talk("2040")


def test_suggestions_are_numbered_and_picked(small: Bundle) -> None:
    talk = Talk(replace(small, confidence=replace(small.confidence, answer_at=1.1, suggest_at=0.0)))
    told = talk("Kosten der Kooperation fördern")
    assert told.startswith("Ich bin nicht sicher")
    assert told.endswith("\n0  keine davon")
    numbers = {question: number for number, question in re.findall(r"^([1-3])  (.+)$", told, re.MULTILINE)}
    assert set(numbers) == {GRANT, SAVINGS}
    assert talk(numbers[SAVINGS]).startswith("Ja, ein wenig.")


def test_a_question_can_lean_on_the_last_answer(small: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    leaned_on = []

    def listen(bundle: Bundle, question: str, today: date, previous: Reply | None) -> Reply:
        leaned_on.append(previous.entry.id if previous and previous.entry else None)
        return answer(bundle, question, today, previous)

    monkeypatch.setattr("bot.channels.terminal.answer", listen)
    talk = Talk(small)
    for typed in ("Fördertopf", "Hallo", "Und wann?", "Quietscheentchen", "Was noch?"):
        talk(typed)
    assert leaned_on[:3] == [None, "money-grant", "money-grant"]
    assert leaned_on[4] is None


def test_a_picked_entry_can_be_leaned_on(talk: Talk) -> None:
    talk("Fördertopf")
    talk("1")
    assert talk.chat._previous
    assert talk.chat._previous.entry
    assert talk.chat._previous.entry.id == "money-savings"


def test_several_questions_share_one_numbering(talk: Talk) -> None:
    told = talk("Fördertopf? Wird es billiger?")
    assert told.index("Zu „Fördertopf?“:") < told.index("Zu „Wird es billiger?“:")
    assert "Protokoll der „Runde“" in talk("/quelle")


def test_topics_lead_to_entries_and_answers(talk: Talk) -> None:
    assert "1  Geld" in talk("/themen")
    assert f"2  {SAVINGS}" in talk("1")
    assert talk("2").startswith("Ja, ein wenig.")


def test_sources_of_the_last_answer(talk: Talk) -> None:
    assert "keine Quelle" in talk("/quelle")
    talk("Wird es billiger?")
    assert talk("/quelle") == "Quelle: Papier (Amt, 2018, https://example.org/p)\nHintergrund, Stand Januar 2026"
    talk("Hallo")
    assert "keine Quelle" in talk("/quelle")


def kept(path: Path) -> list[tuple[database.Value, ...]]:
    """What the journal holds: kind, question, entry and what was offered."""
    with database.opened(path) as connection:
        return [(r["kind"], r["question"], r["entry"], r["nearest"]) for r in database.records(connection)]


def test_what_stays_unanswered_is_kept_and_what_is_answered_is_not(small: Bundle, tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with Journal.open(path, 90) as journal:
        talk = Talk(small, journal)
        for typed in ("Fördertopf", "1", "Hallo", "/themen", "1", "2", "", "Quietscheentchen? Wird es billiger?"):
            talk(typed)
    assert kept(path) == [("unanswered", "Quietscheentchen?", None, [])]


def test_which_suggestion_was_meant_is_kept(small: Bundle, tmp_path: Path) -> None:
    unsure = replace(small, confidence=replace(small.confidence, answer_at=1.1, suggest_at=0.0))
    path = tmp_path / "journal.sqlite"
    asked = "Kosten der Kooperation fördern"
    with Journal.open(path, 90) as journal:
        talk = Talk(unsure, journal)
        offered = talk(asked)
        talk("1")
        talk("1")  # related to the answer, no suggestion any more
        talk(asked)
        talk("9")
        talk("0")
        talk("0")
        talk(asked)
        for typed in ("/themen", "1", "1"):  # what is chosen among the topics was never suggested
            talk(typed)
    first = "money-savings" if f"1  {SAVINGS}" in offered else "money-grant"
    everything = kept(path)
    assert [record[:3] for record in everything[:2]] == [("unanswered", asked, None), ("picked", asked, first)]
    assert [record[:3] for record in everything[2:4]] == [("unanswered", asked, None), ("picked", asked, None)]
    assert [record[:2] for record in everything[4:]] == [("unanswered", "0"), ("unanswered", asked)]
    assert set(map(str, everything[0][3] or ())) == {"money-grant", "money-savings"}


def test_people_are_told_what_is_kept(small: Bundle, tmp_path: Path) -> None:
    with Journal.open(tmp_path / "journal.sqlite", 7) as journal:
        talk = Talk(small, journal)
        assert "werden ohne Namen" in talk("/hilfe")
        assert "Nach 7 Tagen wird alles gelöscht" in talk("/datenschutz")
    off = Talk(small)
    assert "werden ohne Namen" not in off("/hilfe")
    assert "abgeschaltet" in off("/datenschutz")


def test_help_names_every_command(talk: Talk) -> None:
    told = talk("/HILFE")
    assert all(name in told for name in ("/themen", "/quelle", "/datenschutz", "/hilfe", "/ende"))
    assert "„/foo bar“ kenne ich nicht" in talk("/foo bar")


def test_unusable_lines_are_explained_and_the_chat_goes_on(talk: Talk) -> None:
    assert "leer" in talk("")
    assert "UTF-8" in talk("\udcff")
    assert "kein Wort" in talk("😀")
    assert talk("Hallo") == "Guten Tag!"


def test_silence_points_to_the_topics(talk: Talk) -> None:
    told = talk("Quietscheentchen")
    assert "weiß ich nichts" in told
    assert "/themen" in told


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=30), st.sampled_from(["/themen", "1", "0", "Fördertopf", "und?"]))))
def test_no_conversation_breaks_the_chat(small: Bundle, lines: list[str]) -> None:
    talk = Talk(small)
    for line in lines:
        assert talk(line) or talk.chat.ended


def changed(folder: Path, tmp_path: Path, old: str, new: str) -> Bundle:
    """The small knowledge after an edit."""
    copy = tmp_path / "anderes"
    shutil.copytree(folder, copy)
    text = (copy / "geld.yaml").read_text("utf-8")
    assert old in text
    (copy / "geld.yaml").write_text(text.replace(old, new), "utf-8")
    return Bundle.build(load(copy))


WITHOUT_SAVINGS = """\
topic: Geld
entries:
  - {id: money-grant, question: Welche Förderung gibt es für Kooperationen?, answer: Nichts mehr., source: paper}
"""


def test_what_was_said_and_offered_goes_on_with_new_knowledge(
    talk: Talk, small_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk("Fördertopf")
    talk.chat.renew(changed(small_folder, tmp_path, "answer: Ja, ein wenig.", "answer: Ja, und wie."))
    assert talk("1").startswith("Ja, und wie.")
    talk("Fördertopf")
    assert talk.chat._previous and talk.chat._previous.entry
    assert talk.chat._previous.entry in list(talk.chat._knowledge.entries)
    assert "Protokoll der „Runde“" in talk("/quelle")


def test_what_no_longer_exists_is_dropped_and_the_numbers_stay(talk: Talk, small_folder: Path, tmp_path: Path) -> None:
    talk("Wird es billiger?")
    talk("/themen")
    talk("1")
    (tmp_path / "geld.yaml").write_text(WITHOUT_SAVINGS, "utf-8")
    shutil.copy(small_folder / "sources.yaml", tmp_path)
    talk.chat.renew(Bundle.build(load(tmp_path)))
    assert "keine Quelle" in talk("/quelle")  # the entry it was about is gone
    assert talk("2") == "Das gibt es im Wissen nicht mehr. /themen zeigt, wozu ich etwas weiß."
    assert talk("1").startswith("Nichts mehr.")
    talk("/themen")
    talk.chat.renew(changed(small_folder, tmp_path, "topic: Geld", "topic: Finanzen"))
    assert talk("1").startswith("Finanzen:")


def test_a_question_does_not_lean_on_what_is_gone(talk: Talk, small_folder: Path, tmp_path: Path) -> None:
    talk("Wird es billiger?")
    assert talk.chat._previous
    (tmp_path / "geld.yaml").write_text(WITHOUT_SAVINGS, "utf-8")
    shutil.copy(small_folder / "sources.yaml", tmp_path)
    talk.chat.renew(Bundle.build(load(tmp_path)))
    assert talk.chat._previous is None
    assert talk("Und warum?")


def test_a_brief_chat_says_the_short_line_and_warns_before_it_is_repeated(small: Bundle) -> None:
    talk = Talk(small, brief=True)
    told = talk(SAVINGS).splitlines()
    assert told[0] == "Ein wenig. (Hintergrund, Stand Januar 2026)"
    assert [line.split()[0] for line in told[1:]] == ["Hinweis:"] and "eine andere Angabe: Das Land zahlt" in told[1]
    grant = talk(GRANT).splitlines()
    assert grant[0] == "Hinweis: Das ist überholt. Neuerer Stand: Ein wenig. (Hintergrund, Stand Januar 2026)"
    assert grant[1] == "Das Land zahlt [bold]wenig[/bold]. (Werkstatt und Hintergrund, Stand November 2020)"
    assert len(grant) == 4 and all(line.startswith("Hinweis: ") for line in grant[2:])
    assert "Ein wenig" not in talk("1")  # nothing is offered, so no number picks anything
    assert "Quelle: Protokoll der „Runde“" in Talk(small)(GRANT) and "Quelle: " not in "\n".join(grant)


def test_a_brief_chat_over_a_pipe(run: Run) -> None:
    for flag in ("--knapp", "--brief"):
        done = run("chat", flag, stdin=f"Hallo\n{SAVINGS}\nQuietscheentchen\n".encode())
        assert (done.returncode, done.stderr) == (0, b"")
        hello, answer, silence = done.stdout.decode().strip().split("\n\n")
        assert (hello, answer.splitlines()[0]) == ("Guten Tag!", "Ein wenig. (Hintergrund, Stand Januar 2026)")
        assert len(silence.splitlines()) == 1 and "weiß ich nichts" in silence
    assert "--knapp" in run("chat", "--help").stdout.decode()


def test_a_pipe_gets_answers_only(run: Run) -> None:
    done = run(stdin="Hallo\n\n\xff\nWird es billiger?".encode("latin-1"))
    assert (done.returncode, done.stderr) == (0, b"")
    text = done.stdout.decode()
    assert text.startswith("Guten Tag!\n\nIhre Eingabe ist leer.")
    assert "UTF-8" in text
    assert "\nJa, ein wenig.\n" in text
    assert not re.search(r"\x1b|^> |zum Beispiel|Wiedersehen", text, re.MULTILINE)


def test_a_chat_over_a_pipe_really_writes_and_ask_does_not(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "neu" / "journal.sqlite"
    done = run(stdin=b"Quietscheentchen von Frau Muster, erika@beispiel.de\n", env={"IKZ_BOT_JOURNAL": str(path)})
    assert (done.returncode, done.stderr) == (0, b"")
    assert kept(path) == [("unanswered", "Quietscheentchen von Frau [Name], [E-Mail]", None, [])]
    other = tmp_path / "anders" / "journal.sqlite"
    for args in (["ask", "Quietscheentchen"], ["ask", "--jsonl"]):
        assert run(*args, stdin=b"Quietscheentchen\n", env={"IKZ_BOT_JOURNAL": str(other)}).returncode == 0
    assert not other.parent.exists()


def test_a_chat_goes_on_where_the_journal_cannot_be_written(run: Run) -> None:
    done = run(stdin=b"Quietscheentchen\nHallo\n", env={"IKZ_BOT_JOURNAL": "/dev/null/journal.sqlite"})
    assert done.returncode == 0
    assert "Guten Tag!" in done.stdout.decode()
    (said,) = done.stderr.decode().splitlines()
    assert said.startswith("Das Journal nimmt nichts auf: ")


def test_a_chat_with_the_journal_switched_off_leaves_no_trace(run: Run, tmp_path: Path) -> None:
    done = run(stdin=b"Quietscheentchen\n", env={"IKZ_BOT_JOURNAL": "aus", "XDG_STATE_HOME": str(tmp_path)})
    assert (done.returncode, done.stderr) == (0, b"")
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_can_end_the_chat(run: Run) -> None:
    done = run("chat", stdin=b"/ende\nHallo\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def _without_size(environment: Mapping[str, str]) -> dict[str, str]:
    """Without the size of another terminal, which readline leaves in the environment of the process it ran in."""
    return {name: value for name, value in environment.items() if name not in {"COLUMNS", "LINES"}}


@pytest.fixture
def terminal(small_folder: Path) -> Iterator[Any]:
    """The chat in a terminal 50 characters wide, greeted and waiting."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "bot", "--knowledge", str(small_folder)],
        cwd=str(ROOT),
        env={**_without_size(os.environ), "TERM": "xterm-256color"},
        dimensions=(40, 50),
        timeout=15,
    )
    child.delaybeforesend = None
    child.expect_exact("Guten Tag, ich bin der ikz-bot.")
    child.expect_exact("> ")
    yield child
    child.close(force=True)


def reply(child: Any, typed: bytes) -> str:
    """Type a line; what the chat says until it asks again."""
    child.sendline(typed)
    child.expect_exact("\r\n")
    child.expect("\r\n(?:\x1b\\[\\?2004h)?> ")
    return str(child.before.decode("utf-8"))


def ends(child: Any) -> tuple[str, int | None]:
    """What the chat says last, and its exit code."""
    child.expect(pexpect.EOF)
    child.close()
    return child.before.decode("utf-8"), child.exitstatus


def test_a_terminal_gets_colours_wrapped_lines_and_literal_brackets(terminal: Any) -> None:
    told = reply(terminal, "Fördertopf".encode())
    assert "\x1b[2m" in told
    assert "[bold]wenig[/bold]" in told
    plain = re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", told)
    assert max(len(line.rstrip()) for line in plain.splitlines()) <= 50
    assert "Abschnitt" in plain
    terminal.sendline("/ende")
    assert ends(terminal) == ("/ende\r\n\r\nAuf Wiedersehen!\r\n", 0)


def test_invalid_bytes_in_a_terminal_do_no_harm(terminal: Any) -> None:
    terminal.sendline(b"Stra\xdfe \xff\xfe")
    terminal.expect_exact("> ")
    terminal.sendline("Hallo")
    terminal.expect_exact("Guten Tag!")
    terminal.expect_exact("> ")
    terminal.sendeof()
    said, code = ends(terminal)
    assert (said.endswith("\r\nAuf Wiedersehen!\r\n"), code) == (True, 0)


def test_interrupting_ends_the_chat_politely(terminal: Any) -> None:
    terminal.send("halb")
    terminal.expect_exact("halb")
    time.sleep(0.2)  # until readline waits again: Python misses a signal that comes while readline reads a key
    terminal.sendintr()
    said, code = ends(terminal)
    assert (said.endswith("\r\nAuf Wiedersehen!\r\n"), code) == (True, 0)
    assert "Traceback" not in said


def _saved(folder: Path, old: str, new: str) -> None:
    file = folder / "geld.yaml"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


@pytest.fixture
def curated(small_folder: Path, tmp_path: Path) -> Path:
    """A copy of the small knowledge that a test may change."""
    folder = tmp_path / "wissen"
    shutil.copytree(small_folder, folder)
    return folder


@pytest.fixture
def curating(curated: Path) -> Iterator[Any]:
    """The chat in a wide terminal, over knowledge that a test may change."""
    child = pexpect.spawn(
        sys.executable,
        ["-m", "bot", "--knowledge", str(curated)],
        cwd=str(ROOT),
        env={**_without_size(os.environ), "TERM": "dumb", "NO_COLOR": "1"},
        dimensions=(40, 250),
        timeout=15,
    )
    child.delaybeforesend = None
    child.expect_exact("> ")
    yield child
    child.close(force=True)


def test_news_come_between_an_answer_and_the_next_line_and_never_into_what_is_typed(
    curating: Any, curated: Path
) -> None:
    reply(curating, b"Hallo")
    curating.send("Wird es ")
    curating.expect_exact("Wird es ")
    _saved(curated, "answer: Ja, ein wenig.", "anser: Ja, ein wenig.")
    with pytest.raises(pexpect.TIMEOUT):
        curating.expect(".", timeout=3.0)  # nothing is shown while a line is being typed
    told = reply(curating, b"billiger?")
    assert "Ja, ein wenig." in told
    for _ in range(100):
        if "Fehler" in told:
            break
        time.sleep(0.1)
        told = reply(curating, b"Wird es billiger?")
    assert told.index("Ja, ein wenig.") < told.index("Das Wissen hat 1 Fehler; das bisherige bleibt in Kraft.")
    assert "Meinten Sie „answer“?" in told
    assert "Fehler" not in reply(curating, b"Hallo")  # once is enough
    _saved(curated, "anser: Ja, ein wenig.", "answer: Ja, und wie.")
    for _ in range(100):
        told = reply(curating, b"Hallo")
        if "wieder in Ordnung" in told:
            break
        time.sleep(0.1)
    assert "1 Eintrag geändert („Spart Zusammenarbeit Kosten?“)" in " ".join(told.split())
    assert "Ja, und wie." in reply(curating, b"Wird es billiger?")


@pytest.mark.parametrize("how", ["terminate", "interrupt", "end"])
def test_the_chat_ends_at_once_though_the_folder_is_watched(curating: Any, how: str) -> None:
    time.sleep(1.0)
    began = time.monotonic()
    match how:
        case "terminate":
            curating.kill(signal.SIGTERM)
        case "interrupt":
            curating.sendintr()
        case "end":
            curating.sendeof()
    curating.expect(pexpect.EOF)
    curating.close()
    assert (curating.exitstatus, curating.signalstatus) in ((0, None), (None, signal.SIGTERM))
    assert time.monotonic() - began < 15


def test_a_pipe_gets_the_news_apart_from_the_answers(curated: Path) -> None:
    chat = subprocess.Popen(
        [sys.executable, "-m", "bot", "chat", "--knowledge", str(curated)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        encoding="utf-8",
    )
    assert chat.stdin and chat.stdout
    ask = Pipe(chat)
    assert "\nJa, ein wenig.\n" in ask("Wird es billiger?")
    _saved(curated, "answer: Ja, ein wenig.", "answer: Ja, und wie.")
    for _ in range(100):
        if "\nJa, und wie.\n" in ask("Wird es billiger?"):
            break
        time.sleep(0.1)
    output, errors = chat.communicate(timeout=20)
    assert (chat.returncode, output) == (0, "")
    assert errors == "Neues Wissen gilt: 1 Eintrag geändert („Spart Zusammenarbeit Kosten?“).\n"


class Pipe:
    """Asks a chat that is a process of its own."""

    def __init__(self, chat: subprocess.Popen[str]) -> None:
        self._chat = chat

    def __call__(self, question: str) -> str:
        assert self._chat.stdin and self._chat.stdout
        self._chat.stdin.write(f"{question}\n")
        self._chat.stdin.flush()
        lines = [self._chat.stdout.readline()]
        while lines[-1].strip():
            lines.append(self._chat.stdout.readline())
        return "".join(lines)


@pytest.mark.slow
def test_whatever_is_done_to_the_files_the_real_chat_goes_on_answering(curated: Path, small_folder: Path) -> None:
    chat = subprocess.Popen(
        [sys.executable, "-m", "bot", "chat", "--knowledge", str(curated)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=ROOT,
        encoding="utf-8",
    )
    ask = Pipe(chat)
    assert "Das Land zahlt" in ask("Fördertopf")
    for number, corruption in enumerate([cut, nul, huge_line, link_in_a_circle, make_a_folder, delete, fill_up]):
        corrupt(curated, (corruption, 0, 501 + number, b"\xff: ["))
        for _ in range(5):
            assert "Das Land zahlt" in ask("Fördertopf")
            time.sleep(0.1)
        restore(curated, small_folder)
    shutil.rmtree(curated)
    time.sleep(1.0)
    assert "Das Land zahlt" in ask("Fördertopf")
    _, errors = chat.communicate(timeout=20)
    assert chat.returncode == 0 and "Traceback" not in errors


def test_no_color_is_respected(small_folder: Path) -> None:
    child = pexpect.spawn(
        sys.executable,
        ["-m", "bot", "ask", "--knowledge", str(small_folder), "Wird es billiger?"],
        cwd=str(ROOT),
        env={**os.environ, "TERM": "xterm-256color", "NO_COLOR": "1"},
        timeout=15,
    )
    said, code = ends(child)
    assert code == 0
    assert "Ja, ein wenig." in said
    assert not re.search(r"\x1b\[3\d", said)
