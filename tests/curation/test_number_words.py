"""German number words."""

from fractions import Fraction

import pytest

from bot.curation.number_words import number_word, part_word

UNITS = ["", "ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"]
TENS = ["", "zehn", "zwanzig", "dreißig", "vierzig", "fünfzig", "sechzig", "siebzig", "achtzig", "neunzig"]
TEENS = ["zehn", "elf", "zwölf", "dreizehn", "vierzehn", "fünfzehn", "sechzehn", "siebzehn", "achtzehn", "neunzehn"]


def spoken(number: int) -> str:
    if number >= 1000:
        return f"{spoken(number // 1000)}tausend{spoken(number % 1000) if number % 1000 else ''}"
    if number >= 100:
        return f"{UNITS[number // 100]}hundert{spoken(number % 100) if number % 100 else ''}"
    if number >= 20:
        return f"{UNITS[number % 10]}und{TENS[number // 10]}" if number % 10 else TENS[number // 10]
    return TEENS[number - 10] if number >= 10 else UNITS[number]


def test_every_number_is_understood() -> None:
    for number in [*range(2, 1300), 2020, 12_345, 99_999, 345_678]:
        assert number_word(spoken(number)) == number, spoken(number)


@pytest.mark.parametrize("word", ["ein", "eine", "einfach", "einmal", "einig", "achtung", "dreist", "und", ""])
def test_other_words_are_no_numbers(word: str) -> None:
    assert number_word(word) is None


def test_parts_and_halves() -> None:
    assert number_word("anderthalb") == number_word("eineinhalb") == Fraction(3, 2)
    assert number_word("zweieinhalb") == Fraction(5, 2)
    assert part_word("Zweidrittel") == Fraction(2, 3)
    assert part_word("Viertel") == Fraction(1, 4)
    assert part_word("Stadtviertel") is None
