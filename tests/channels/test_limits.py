"""Whatever the knowledge may hold, each channel can show it."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import Bundle
from bot.channels.as_json import reply_as_dict
from bot.channels.lines import ask_lines, show_lines
from bot.channels.terminal import Chat
from bot.journal import Journal
from bot.knowledge.fields import MAX_PHRASING
from bot.knowledge.model import (
    MAX_ANSWER,
    MAX_QUESTION,
    MAX_SHORT,
    MAX_TITLE,
    Entry,
    KnowledgeBase,
    Source,
    SourceRef,
    Topic,
)
from bot.offers import picked

TODAY = date(2026, 11, 23)
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"])


def line(longest: int) -> st.SearchStrategy[str]:
    return st.text(LETTERS, max_size=longest - 2).map(lambda text: f"a{text}b")


ENTRIES = st.builds(
    lambda question, variant, answer, short, section: Entry(
        id="a",
        question=question,
        variants=(variant,),
        answer=answer.replace(".", ",").replace("!", ",").replace("?", ",").replace("…", ","),
        short=short,
        sources=(SourceRef(id="s", section=section, speaker=section[:80]),),
        related=("a",),
    ),
    line(MAX_QUESTION),
    line(MAX_PHRASING),
    line(MAX_ANSWER),
    line(MAX_SHORT),
    line(120),
)


@given(ENTRIES, line(MAX_TITLE))
def test_the_longest_and_oddest_entry_can_be_shown(entry: Entry, title: str) -> None:
    source = Source(id="s", kind="werkstatt", title=title, publisher=title[:120], date="2020", address=title)
    knowledge = KnowledgeBase(topics=(Topic("t", "T", "", (entry,)),), sources={"s": source})
    bundle = Bundle.build(knowledge)
    reply = picked(knowledge, entry, TODAY)
    shown = "\n".join(line.text for line in ask_lines(knowledge, reply, TODAY))
    assert entry.answer in shown
    assert entry.short_line in shown
    assert title in shown
    assert entry.question in "\n".join(line.text for line in show_lines(knowledge, entry, "a", TODAY))
    assert json.loads(json.dumps(reply_as_dict(bundle, reply, TODAY)))["answer"] == entry.answer


@pytest.mark.parametrize("typed", ["0", "keine davon", "keine", "0)", "Keine davon"])
def test_no_suggestion_fits(small: Bundle, typed: str) -> None:
    chat = Chat(small.knowledge, lambda: small, TODAY, Journal.open(None, 90))
    chat.respond("/themen")
    assert chat.respond(typed)[0].text.startswith("Gut, keine davon.")


@pytest.mark.parametrize("typed", ["1", "1.", "1)", "Nr. 1", "nr 1"])
def test_a_number_is_understood_however_it_is_typed(small: Bundle, typed: str) -> None:
    chat = Chat(small.knowledge, lambda: small, TODAY, Journal.open(None, 90))
    chat.respond("/themen")
    assert chat.respond(typed)[0].text == f"{small.knowledge.topics[0].title}:"
