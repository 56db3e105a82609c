"""Any entry the model lets pass is shown within Discord's limits, whole where it fits, and pings nobody."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from typing import Any

import discord
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers import Bundle, Notice, Reason, Reply, Status, Suggestion
from bot.channels.discord import texts
from bot.channels.discord.administration import problems_text
from bot.channels.discord.controls import (
    Place,
    reply_rows,
    topic_key,
    topic_of_key,
    topic_rows,
    topics_rows,
    view,
)
from bot.channels.discord.glossary import more_button, term_button, term_embed
from bot.channels.discord.markdown import length
from bot.channels.discord.modals import ProposalModal, ReasonModal
from bot.channels.discord.render import (
    MAX_DESCRIPTION,
    MAX_OPTION,
    all_sources_text,
    entry_embed,
    quote_block,
    reply_embed,
    sources_text,
)
from bot.config import MAX_CONTACT
from bot.glossary import label
from bot.knowledge import KnowledgeBase, Problem
from bot.knowledge.glossary_model import MAX_MEANING, MAX_SPELLING, MAX_SPELLINGS, MAX_TERM, Term
from bot.knowledge.model import (
    MAX_ANSWER,
    MAX_QUESTION,
    MAX_SHORT,
    MAX_TITLE,
    Entry,
    Source,
    SourceRef,
    Topic,
)
from bot.offers import picked
from bot.origins import stand
from bot.typed_text import MAX_CHARACTERS

from ...discord_double.limits import message_problems, modal_problems

TODAY = date(2026, 11, 23)
ASKER = 2**63
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"])
ODD = st.sampled_from("*_`~|<>@#[]()\\-:/.🏛ﷺ")


def line(longest: int) -> st.SearchStrategy[str]:
    """Text of any length the model allows, often as long as it allows and full of markup."""
    ends = longest - 2
    full = ODD.map(lambda odd: (odd * longest)[:ends])
    mention = st.sampled_from(["<@1>", "@everyone", "[a](https://b.example)", "# ", "```", "🏛"])
    repeated = mention.map(lambda text: (text * longest)[:ends])
    return st.one_of(st.text(LETTERS, max_size=ends), full, repeated).map(lambda text: f"a{text}b")


def answer() -> st.SearchStrategy[str]:
    stops = str.maketrans(dict.fromkeys(".!?…", ","))
    return line(MAX_ANSWER).map(lambda text: text.translate(stops))


IDS = ["a", "-".join(["x" * 29, "y" * 30]), "z" * 60]


@st.composite
def bases(draw: st.DrawFn) -> KnowledgeBase:
    """Knowledge whose entries have as many sources, relations and contradictions as there can be."""
    count = draw(st.integers(1, 12))
    source_ids = [f"s{number}" for number in range(count)]
    refs = tuple(
        SourceRef(id=name, section=draw(line(120)), speaker=draw(line(80))) for name in source_ids for _ in range(2)
    )
    related = tuple(draw(st.permutations(IDS * 3)))
    entries = tuple(
        Entry(
            id=name,
            question=draw(line(MAX_QUESTION)),
            answer=draw(answer()),
            short=draw(st.none() | line(MAX_SHORT)),
            sources=refs,
            related=related,
            contradicts=related,
            superseded_by="a",
            review_by="2021-01",
        )
        for name in IDS
    )
    topics = (Topic("t" * 200, draw(line(60)), draw(line(100)), entries), Topic("u", "U", "", entries[:1]))
    sources = {
        name: Source(
            id=name,
            kind="werkstatt",
            title=draw(line(MAX_TITLE)),
            short=draw(st.none() | line(80)),
            publisher=draw(line(120)),
            date="2020",
            address=draw(st.none() | line(300)),
        )
        for name in source_ids
    }
    terms = tuple(
        Term(
            term=f"{word}{draw(line(MAX_TERM - 4))}",
            spellings=tuple(draw(line(MAX_SPELLING)) for _ in range(MAX_SPELLINGS)),
            meaning=draw(line(MAX_MEANING)).translate(str.maketrans(".!?…", ",,,,")),
            entry=name,
            sources=refs if name == "a" else (),
        )
        for word, name in zip(("eins", "zwei"), IDS, strict=False)
    )
    return KnowledgeBase(topics=topics, sources=sources, glossary=terms)


def problems(embed: discord.Embed | None, rows: Sequence[Any] = (), content: str | None = None) -> list[Any]:
    """What Discord would refuse in a message, counting as strictly as its clients do."""

    async def components() -> list[Any]:
        return view(rows).to_components() if rows else []

    body: dict[str, Any] = {"content": content, "components": asyncio.run(components())}
    body["embeds"] = [embed.to_dict()] if embed else []
    if embed:
        parts: list[str | None] = [embed.title, embed.description, embed.author.name, embed.footer.text]
        parts += [text for field in embed.fields for text in (field.name, field.value)]
        assert sum(length(part) for part in parts if part) <= 6000
    found = message_problems(body, {})
    assert len({part["custom_id"] for row in body["components"] for part in row["components"]}) == sum(
        len(row["components"]) for row in body["components"]
    )
    return list(found)


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(bases(), line(MAX_CHARACTERS), line(MAX_CONTACT), st.sampled_from(Place))
def test_any_entry_can_be_shown(knowledge: KnowledgeBase, question: str, contact: str, place: Place) -> None:
    entries = list(knowledge.topics[0].entries)
    bundle = Bundle.build(knowledge)
    for term in knowledge.glossary:
        embed = term_embed(knowledge, term, TODAY)
        assert problems(embed, [[more_button(knowledge, term), term_button(term, True)]]) == []
        assert_harmless(embed)
        assert all(len(label(term, form)) <= MAX_OPTION for form in term.forms)
    for entry in entries:
        told = Reply(question, Status.ANSWERED, Reason.FOLLOW_UP, 1.0, entry=entry, notices=tuple(Notice))
        embed = reply_embed(knowledge, told, TODAY)
        assert problems(embed, reply_rows(bundle, told, place, ASKER)) == []
        assert problems(entry_embed(knowledge, picked(knowledge, entry, TODAY), TODAY)) == []
        assert problems(None, content=quote_block(knowledge, entry)) == []
        assert stand(knowledge, entry) in str(embed.fields[0].value)
        assert_harmless(embed)
    offer = Reply(
        question, Status.SUGGESTIONS, Reason.UNSURE, 0.5, suggestions=tuple(Suggestion(e, 0.5) for e in entries)
    )
    assert problems(reply_embed(knowledge, offer, TODAY), reply_rows(bundle, offer, place, ASKER)) == []
    silent = Reply(question, Status.UNKNOWN, Reason.OFF_TOPIC)
    embed = reply_embed(knowledge, silent, TODAY, contact)
    assert problems(embed, reply_rows(bundle, silent, place, ASKER)) == []
    assert_harmless(embed)
    assert length(sources_text(knowledge, entries)) <= MAX_DESCRIPTION
    assert length(all_sources_text(knowledge)) <= MAX_DESCRIPTION
    for page in (0, 1, 7):
        assert problems(discord.Embed(title="x"), topics_rows(knowledge, 0)) == []
        assert problems(discord.Embed(title="x"), topic_rows(knowledge.topics[0], 0)) == [], page


def assert_harmless(embed: discord.Embed) -> None:
    """No mention, masked link or markup in what someone wrote; only addresses stay as they are."""
    for text in (embed.title, embed.description, *(field.value for field in embed.fields)):
        bare = (text or "").replace("\\\\", "")
        for markup in ("<", "[", "`", "_", "~", "|"):
            assert all(bare[at - 1] == "\\" for at in _places(bare, markup)), text


def _places(text: str, part: str) -> list[int]:
    import re

    outside = re.sub(r"https?://\S+", lambda found: " " * len(found[0]), text)
    return [found.start() for found in re.finditer(re.escape(part), outside)]


@pytest.mark.parametrize("count", [1, 25, 26, 60])
def test_many_topics_and_entries_are_paged(count: int) -> None:
    entries = tuple(Entry(id=f"e{n}", question=f"Frage {n}?", answer="Ja.", source="s") for n in range(count))
    topics = tuple(Topic(f"t{n}", f"Thema {n}", "", entries) for n in range(count))
    knowledge = KnowledgeBase(topics=topics, sources={})
    pages = (count - 1) // 25 + 1
    shown: list[str] = []
    for page in range(pages):
        assert problems(discord.Embed(title="x"), topics_rows(knowledge, page)) == []
        assert problems(discord.Embed(title="x"), topic_rows(topics[0], page)) == []
        menu = topics_rows(knowledge, page)[0][0]
        assert isinstance(menu, discord.ui.Select)
        shown += [option.label for option in menu.options]
    assert shown == [topic.title for topic in topics]


def test_a_topic_with_a_very_long_name_is_found_again() -> None:
    topics = tuple(Topic("x" * 200 + end, end, "", ()) for end in "ab")
    knowledge = KnowledgeBase(topics=topics, sources={})
    assert [topic_of_key(knowledge, topic_key(topic)) for topic in topics] == list(topics)
    assert all(len(topic_key(topic)) <= 60 for topic in topics)
    assert topic_of_key(knowledge, "weg") is None


def test_every_shipped_entry_is_shown_in_full(bundle: Bundle) -> None:
    knowledge = bundle.knowledge
    for entry in knowledge.entries:
        reply = picked(knowledge, entry, TODAY)
        embed = entry_embed(knowledge, reply, TODAY)
        assert problems(embed, reply_rows(bundle, reply, Place.PUBLIC, ASKER)) == []
        assert "…" not in str(embed.description).replace("\\…", "")
        assert str(embed.description).startswith("⚠ **" if entry.superseded_by else "**")


def test_texts_and_forms_are_within_the_limits(knowledge: KnowledgeBase) -> None:
    helps = texts.help_text(knowledge, "<@12345678901234567890>")
    for text in (helps, texts.privacy_text(3650), texts.privacy_text(None), *_constants()):
        assert problems(None, content=text) == []

    async def forms() -> list[dict[str, Any]]:
        return [form.to_dict() for form in (ReasonModal("z" * 60), ProposalModal())]

    for form in asyncio.run(forms()):
        assert modal_problems(form) == []


def _constants() -> list[str]:
    return [value for name, value in vars(texts).items() if name.isupper() and isinstance(value, str)]


def test_many_mistakes_in_the_files_fit_into_a_message() -> None:
    many = [Problem("datei.yaml", number, "Etwas *fehlt*." * 10, "Bitte ergänzen." * 10) for number in range(100)]
    shown = problems_text(many)
    assert problems(None, content=shown) == []
    assert shown.startswith("Das Wissen hat 100 Fehler; das bisherige bleibt in Kraft.")
    assert "weitere" in shown
    assert problems_text(many[:1]).startswith("Das Wissen hat 1 Fehler")
