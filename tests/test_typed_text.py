"""What someone types: usable as it is, mended, or refused with a sentence."""

import unicodedata
from pathlib import PurePath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.typed_text import MAX_CHARACTERS, UnusableQuestion, printable, quoted, quoted_path, usable_question

ANY_TEXT = st.text(st.characters(codec=None), max_size=60)


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("Was ist IKZ?", "Was ist IKZ?"),
        ("  Was\tist IKZ? \r\n", "Was ist IKZ?"),
        ("\ufeffWas\u200b ist\u00ad IKZ?", "Was ist IKZ?"),
        ("Wer?\r\nWo?\rWann?\u2028Wie?", "Wer?\nWo?\nWann?\nWie?"),
        ("Klappt das 👩\u200d💻?", "Klappt das 👩💻?"),
        ("2040", "2040"),
        ("x" * MAX_CHARACTERS, "x" * MAX_CHARACTERS),
        ("\u200b" * 9999 + "kurz", "kurz"),
    ],
)
def test_usable_text_becomes_a_question(typed: str, question: str) -> None:
    assert usable_question(typed) == question


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "leer"),
        ("   \t\n", "leer"),
        ("\u200b\ufeff", "leer"),
        ("x" * 1001, "1.001 Zeichen"),
        ("x" * 10_000, "10.000 Zeichen"),
        ("Was\x00 ist das?", "Steuerzeichen"),
        ("\x1b[31mrot", "Steuerzeichen"),
        ("\x7f", "Steuerzeichen"),
        ("😀🎉", "kein Wort"),
        ("?!…", "kein Wort"),
        ("Stra\udcdfe", "UTF-8"),
        ("\ud800", "UTF-8"),
    ],
)
def test_unusable_text_is_refused_politely(typed: str, says: str) -> None:
    with pytest.raises(UnusableQuestion, match=says) as refused:
        usable_question(typed)
    assert "Bitte" in str(refused.value) or "bitte" in str(refused.value)


@given(ANY_TEXT)
def test_any_text_is_a_clean_question_or_refused(typed: str) -> None:
    try:
        question = usable_question(typed)
    except UnusableQuestion:
        return
    assert question == usable_question(question)
    question.encode("utf-8")
    assert {unicodedata.category(character) for character in question if character != "\n"}.isdisjoint({"Cc", "Cf"})


@given(ANY_TEXT)
def test_nothing_printed_steers_the_terminal(text: str) -> None:
    printable(text).encode("utf-8")
    assert "\x1b" not in printable(text)
    assert "\n" not in quoted(text)


def test_the_end_of_a_long_path_is_shown() -> None:
    told = quoted_path(PurePath("/srv") / ("ordner" * 20) / "fragen.jsonl")
    assert len(told) <= 82
    assert told.startswith("„…")
    assert told.endswith("/fragen.jsonl“")
    assert quoted_path(PurePath("wissen/zeit.yaml")) == "„wissen/zeit.yaml“"
