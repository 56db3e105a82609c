"""Mending what needs no decision: the one place changes, everything else stays byte for byte."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.curation.fix import mended, write
from bot.errors import UserError
from bot.knowledge import KnowledgeError, parse
from bot.knowledge.load import read_files
from tests.conftest import ROOT

SHIPPED = read_files(ROOT / "knowledge")
HEAD = "topic: T\nentries:\n"
SOURCES = "sources:\n  - {id: s, kind: werkstatt, title: T, publisher: P, date: '2020-11-12'}\n"
ENTRY = """\
  - id: a
    question: Was ist das?
    variants:
      - Wozu dient es?   # wichtig
      - 'Wie "gut" ist es?'
    keywords: [Sinn, Zweck]
    answer: >-
      Das ist
      die Antwort.
    source: s
"""
OTHER = "  - {id: b, question: Wer?, answer: Er., source: s, former_ids: [c]}\n"


def fixed(text: str, name: str = "t.yaml", **more: str) -> tuple[str, list[str]]:
    """The file mended and what was done, after mending once more did nothing."""
    files = {"sources.yaml": SOURCES.encode(), "t.yaml": (HEAD + ENTRY).encode()}
    files |= {f"{other}.yaml": content.encode() for other, content in more.items()} | {name: text.encode()}
    after, done = mended(files)
    assert mended(after) == (after, [])
    assert {other for other in files if files[other] != after[other]} <= {name}
    return after[name].decode(), [f"{problem.line}: {problem.message}" for problem in done]


@pytest.mark.parametrize(
    ("old", "new", "done"),
    [
        ("    answer: >-", "    anser: >-", "9: Der Schlüssel „anser“ heißt jetzt „answer“."),
        ("    keywords:", "    Keywords:", "8: Der Schlüssel „Keywords“ heißt jetzt „keywords“."),
        (
            "      - Wozu dient es?   # wichtig\n",
            "      - Wozu dient es?   # wichtig\n      - wozu dient es\n",
            "7: „wozu dient es“ ist unter „variants“ gelöscht: Die Formulierung hatte der Eintrag schon.",
        ),
        (
            "      - Wozu",
            "      - Was ist das   # noch einmal\n      - Wozu",
            "6: „Was ist das“ ist unter „variants“ gelöscht: Die Formulierung hatte der Eintrag schon.",
        ),
        (
            "[Sinn, Zweck]",
            "[Sinn, Zweck,\n      Sinn]",
            "9: „Sinn“ ist unter „keywords“ gelöscht: „Sinn“ steht zweimal unter „keywords“.",
        ),
        ("source: s\n", "source: s\n    related: [b]\n", None),
        ("    source: s\n", "    source: s\n    as_of: 2020-03-01\n", None),
    ],
)
def test_one_place_changes(old: str, new: str, done: str | None) -> None:
    right = HEAD + ENTRY + OTHER
    assert old in right
    wrong = right.replace(old, new)
    text, told = fixed(wrong)
    assert told == ([done] if done else [])
    assert text == (right if done else wrong)


def test_blanks_go_where_they_mean_nothing() -> None:
    wrong = (HEAD + ENTRY).replace("is das?\n", "is das?  \n").replace("die Antwort.\n", "die Antwort. \t\n")
    text, done = fixed(wrong.replace("id: a\n", "id: a \r\n"))
    assert text == (HEAD + ENTRY).replace("id: a\n", "id: a\r\n")
    assert done == ["3: Am Ende von 2 Zeilen sind die Leerzeichen gelöscht."]


def test_quotation_marks_become_german_in_what_is_shown() -> None:
    wrong = HEAD + ENTRY.replace("die Antwort.", 'die "beste\n      Antwort" und “gut”, „alt" wie „neu“, 5" breit.')
    text, done = fixed(wrong)
    assert 'die „beste\n      Antwort“ und „gut“, „alt“ wie „neu“, 5" breit.' in text
    assert 'Wie "gut" ist es?' in text  # what people type is left alone
    assert done == ["9: Die Anführungszeichen unter „answer“ sind jetzt deutsche: „beste Antwort“"]
    text, _ = fixed(HEAD + ENTRY.replace(">-\n      Das ist\n      die Antwort.", r'"Das \"ist\" es."'))
    assert 'answer: "Das „ist“ es."' in text


def test_references_follow_an_entry_to_its_new_id() -> None:
    text, done = fixed(HEAD + ENTRY + "    related: [c]\n    superseded_by: c\n" + OTHER)
    assert "related: [b]\n    superseded_by: b\n" in text and "former_ids: [c]" in text
    assert done == ["13: „c“ heißt jetzt „b“.", "14: „c“ heißt jetzt „b“."]
    stones = "touchstones:\n  - question: Wer?\n    expected: c\n"
    text, _ = fixed(stones, "pruefsteine.yaml", t=HEAD + ENTRY + OTHER)
    assert text == stones.replace("expected: c", "expected: b")


def test_an_entry_does_not_refer_to_itself() -> None:
    text, _ = fixed(HEAD + ENTRY + "    related: [a, b]\n    covers: [a]\n    superseded_by: a\n" + OTHER)
    assert text == HEAD + ENTRY + "    related: [b]\n" + OTHER


def test_a_date_in_the_german_form_and_a_misspelled_choice() -> None:
    wrong = SOURCES.replace("kind: werkstatt", "kind: Werkstat").replace("'2020-11-12'", "'12.11.2020'")
    text, done = fixed(wrong, "sources.yaml")
    assert text == SOURCES
    assert len(done) == 2
    assert fixed(SOURCES.replace("2020-11-12", "31.02.2020"), "sources.yaml")[1] == []


def test_a_word_goes_that_stands_twice_in_one_synonym_group_but_not_in_two() -> None:
    text, done = fixed("groups:\n  - [Etat, Budget, etat]\n  - [Etat, Geld]\n", "synonyms.yaml")
    assert text == "groups:\n  - [Etat, Budget]\n  - [Etat, Geld]\n"
    assert done == ["2: „etat“ stand zweimal in der Gruppe und ist einmal gelöscht."]


def test_what_is_not_clear_is_left_to_a_human() -> None:
    for wrong in ("    xyz: 1\n", "    sourc: s\n", "    relatd: b\n    related: [b]\n"):
        text = HEAD + ENTRY + wrong + OTHER
        assert fixed(text) == (text, [])


def test_a_broken_file_does_not_keep_others_from_being_mended() -> None:
    broken = 'topic: "T\nentries: [\n'
    text, done = fixed((HEAD + ENTRY).replace("answer:", "anser:"), b=broken)
    assert text == HEAD + ENTRY and len(done) == 1


def test_nothing_is_written_over_what_someone_else_wrote(tmp_path) -> None:
    file = tmp_path / "t.yaml"
    file.write_bytes(b"neu")
    with pytest.raises(UserError, match="jemand anderes"):
        write(tmp_path, {"t.yaml": b"alt"}, {"t.yaml": b"anders"})
    assert file.read_bytes() == b"neu"


def _spoil(text: str, chosen: random.Random) -> str:
    """A shipped file with some slips of a curator's hand."""
    lines = text.split("\n")
    for _ in range(chosen.randint(1, 4)):
        at = chosen.randrange(len(lines))
        slip = chosen.choice(["blank", "key", "twice", "self"])
        if slip == "blank":
            lines[at] += "  "
        elif slip == "key" and "answer:" in lines[at]:
            lines[at] = lines[at].replace("answer:", "anwser:")
        elif (
            slip == "twice"
            and lines[at].startswith("      - ")
            and "{date" not in lines[at]
            and "{label" not in lines[at]
        ):
            lines.insert(at, lines[at])
        elif slip == "self" and lines[at].startswith("    source:"):
            lines.insert(at, "    keywrods: []")
    return "\n".join(lines)


@pytest.mark.slow
@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10**9))
def test_slips_in_the_shipped_files_are_mended_or_left_and_nothing_else_changes(seed: int) -> None:
    chosen = random.Random(seed)
    name = chosen.choice(["hemmnisse.yaml", "zeit.yaml", "felder.yaml"])
    files = {**SHIPPED, name: _spoil(SHIPPED[name].decode(), chosen).encode()}
    after, _ = mended(files)
    assert mended(after)[1] == []
    assert {other: content for other, content in after.items() if other != name} == {
        other: content for other, content in SHIPPED.items() if other != name
    }
    meant, now = SHIPPED[name].decode().split("\n"), after[name].decode().split("\n")
    assert [line for line in now if line.strip() not in ("keywords: []",)] == meant
    try:
        parse(after)
    except KnowledgeError as error:
        assert {problem.code for problem in error.problems} <= {"duplicate-phrasing", "yaml"}
