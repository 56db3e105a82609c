"""Terms in the chat: looked up with /begriff, and offered below an answer."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bot.answers import Bundle
from bot.channels.terminal import Chat
from bot.journal import Journal, database
from bot.knowledge import load

from ..conftest import ROOT, TODAY, Run
from ..test_glossary_commands import folder  # noqa: F401 - a fixture

pexpect = pytest.importorskip("pexpect")


@pytest.fixture(scope="module")
def bundle_of_folder(folder: str) -> Bundle:  # noqa: F811
    return Bundle.build(load(Path(folder)))


class Talk:
    """A conversation whose replies are plain text."""

    def __init__(self, bundle: Bundle, journal: Journal | None = None, brief: bool = False) -> None:
        self.chat = Chat(bundle.knowledge, lambda: bundle, TODAY, journal or Journal.open(None, 90), brief)

    def __call__(self, typed: str) -> str:
        return "\n".join(line.text for line in self.chat.respond(typed))


@pytest.fixture
def talk(bundle_of_folder: Bundle) -> Talk:
    return Talk(bundle_of_folder)


def test_a_term_is_told_and_leads_to_the_entry_that_says_more(talk: Talk) -> None:
    told = talk("/begriff zuschüsse").splitlines()
    assert told[0] == "Zuschuss" and "Das Land gibt [bold]Geld[/bold] dazu." in told
    assert any(line.startswith("Hintergrund, Stand 2018") for line in told)
    assert told[-2:] == ["Mehr dazu:", "1  Welche Förderung gibt es für Kooperationen?"]
    assert talk("/quelle").startswith("Quelle: Papier, § 3")
    assert "Das Land zahlt [bold]wenig[/bold]." in talk("1")


def test_several_terms_are_picked_by_number(talk: Talk) -> None:
    told = talk("/BEGRIFF kosten")
    assert "Meinen Sie vielleicht einen von diesen?" in told
    second = told.splitlines()[2]
    assert talk("2").splitlines()[0] == second.removeprefix("2  ")
    assert "Ja, ein wenig." in talk("1")


def test_without_a_word_all_terms_are_named(talk: Talk) -> None:
    for typed in ("/begriff", "/begriff   "):
        assert talk(typed).splitlines()[1] == "Ämtertausch · Kostenteilung · Kostenumlage · Zuschuss"


def test_an_unknown_term_is_admitted_kept_and_offers_nothing(bundle_of_folder: Bundle, tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite"
    with Journal.open(path, 90) as journal:
        talk = Talk(bundle_of_folder, journal)
        assert "erkläre ich nicht, und einen ähnlichen" in talk("/begriff Hubschrauber")
        talk("/begriff Zuschuss")
        talk("/begriff kosten und zuschuss")
    with database.opened(path) as connection:
        kept = [(r["kind"], r["question"]) for r in database.records(connection)]
    assert kept[0] == ("unanswered", "Hubschrauber") and ("unanswered", "Zuschuss") not in kept


def test_a_question_can_lean_on_a_term(talk: Talk) -> None:
    talk("/begriff Zuschuss")
    assert talk.chat._previous and talk.chat._previous.entry
    assert talk.chat._previous.entry.id == "money-grant"


def test_the_terms_of_an_answer_are_offered_after_what_is_related(bundle: Bundle) -> None:
    talk = Talk(bundle)
    told = talk("Was ist der KDN?").splitlines()
    offered = told[told.index("Dazu passt:") + 1 :]
    terms = [line for line in offered if "Begriff: " in line]
    assert 1 <= len(terms) <= 3 and offered[-len(terms) :] == terms
    assert [line.split()[0] for line in offered] == [str(n + 1) for n in range(len(offered))]
    number, _, name = terms[0].partition("  Begriff: ")
    term = bundle.glossary.look_up(name).term
    entry = bundle.knowledge.entry(term.entry) if term else None
    assert entry and entry.answer in talk(number)


def test_a_brief_chat_offers_no_terms_but_explains_them(bundle: Bundle, bundle_of_folder: Bundle) -> None:
    assert "Begriff: " not in Talk(bundle, brief=True)("Was ist der KDN?")
    assert "Das Land gibt" in Talk(bundle_of_folder, brief=True)("/begriff Zuschuss")


def test_the_command_is_in_the_help_and_admits_that_there_is_no_glossary(small: Bundle) -> None:
    talk = Talk(small)
    assert "/begriff WORT" in talk("/hilfe")
    assert "glossar.yaml" in talk("/begriff Zuschuss")


def test_terms_over_a_pipe(run: Run, folder: str) -> None:  # noqa: F811
    done = run("chat", "--knowledge", folder, stdin="/begriff ämtertausch\n1\n/begriff \x00\n".encode())
    assert (done.returncode, done.stderr) == (0, b"")
    explained, entry, refused = done.stdout.decode().strip().split("\n\n")
    assert explained.splitlines()[:2] == ["Ämtertausch", "Zwei Ämter tauschen Aufgaben."]
    assert entry.splitlines()[0] == "Ja, ein wenig." and "Steuerzeichen" in refused


def test_terms_in_a_terminal(folder: str) -> None:  # noqa: F811
    child = pexpect.spawn(
        sys.executable, ["-m", "bot", "--knowledge", folder], cwd=str(ROOT), timeout=15, encoding="utf-8"
    )
    child.delaybeforesend = None
    child.expect_exact("> ")
    child.sendline("/begriff förderung")
    child.expect_exact("Auch: Förderung, Zuwendung")
    child.expect_exact("Das Land gibt [bold]Geld[/bold] dazu.")
    child.expect_exact("1  Welche Förderung gibt es")
    child.expect_exact("> ")
    child.sendline("/ende")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
