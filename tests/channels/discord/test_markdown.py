"""Text for Discord: shown as written, within a length, and never a ping or a link it was not."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.discord.markdown import MENTION, code_block, cut, escaped, fitting, length, one_line

LONGEST = st.integers(2, 60)


@given(st.text(max_size=120), LONGEST)
def test_a_cut_text_fits_and_says_so(text: str, longest: int) -> None:
    shown = cut(text, longest)
    assert length(shown) <= longest
    assert shown == text or (shown.endswith("…") and text.startswith(shown[:-1]))


def test_length_counts_what_clients_count() -> None:
    assert (length("ä"), length("🏛"), length("a🏛")) == (1, 2, 3)
    assert cut("🏛🏛🏛", 5) == "🏛🏛…"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Bürger*innen und Mit*arbeit", r"Bürger\*innen und Mit\*arbeit"),
        ("a_b_c ~~x~~ ||y||", r"a\_b\_c \~\~x\~\~ \|\|y\|\|"),
        ("[klick](https://boese.example)", r"\[klick\](https://boese.example)"),
        ("<@123> <@&5> <#7> <t:1:R> @everyone", r"\<\@123> \<\@&5> \<#7> \<t:1:R> \@everyone"),
        ("# groß\n> Zitat\n- Punkt\n-# klein", "\\# groß\n\\> Zitat\n\\- Punkt\n\\-# klein"),
        ("1. erstens", "1\u200b. erstens"),
        ("2020 war es", "2020 war es"),
        ("Ober-Unter, 10:30 Uhr", "Ober-Unter, 10:30 Uhr"),
        ("siehe https://example.org/a_b_c.", "siehe https://example.org/a_b_c."),
        ("`code` \\", "\\`code\\` \\\\"),
    ],
)
def test_markup_is_shown_as_it_was_written(text: str, shown: str) -> None:
    assert escaped(text) == shown


@given(st.text("ab\\`*_~|<>@#[]()-+1. \n", max_size=60))
def test_nothing_is_lost_by_escaping(text: str) -> None:
    unescaped = re.sub(r"\\([\W_])", r"\1", escaped(text)).replace("\u200b", "")
    assert unescaped == text
    assert not re.search(r"(?<!\\)(?:\\\\)*[`*_~|<\[]", escaped(text))


@given(st.text(max_size=60))
def test_a_box_cannot_be_closed_from_inside(text: str) -> None:
    assert code_block(text).count("`") == 6


@given(st.lists(st.text("abc", min_size=1, max_size=40), min_size=1, max_size=20), st.integers(30, 200))
def test_what_does_not_fit_is_counted(lines: list[str], longest: int) -> None:
    shown = fitting(lines, longest)
    assert length(shown) <= longest
    rest = re.search(r"… und (\d+) weitere$", shown)
    assert len(shown.split("\n")) - bool(rest) + int(rest[1] if rest else 0) == len(lines)


def test_a_single_endless_line_is_cut() -> None:
    assert fitting(["x" * 100], 10) == "x" * 9 + "…"
    assert fitting([], 10) == ""


def test_one_line_has_no_breaks() -> None:
    assert one_line(" a\n b\tc ", 10) == "a b c"


@pytest.mark.parametrize(
    "mention", ["<@1>", "<@!12>", "<@&3>", "<#4>", "<:name:5>", "<a:x:6>", "</frage:7>", "<t:8>", "<t:8:R>", "<id:9>"]
)
def test_mentions_are_recognised(mention: str) -> None:
    assert MENTION.sub("", f"Wer {mention}?") == "Wer ?"


def test_other_angle_brackets_are_no_mentions() -> None:
    assert not MENTION.search("a <b> 3 <4> <https://example.org/1> <@x>")
