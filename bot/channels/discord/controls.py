"""The buttons and menus below a message. Everything they need stands in their ids, so they survive a restart."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Any, NamedTuple, TypeAlias

import discord

from bot.answers import Bundle, Reply
from bot.channels.discord.markdown import one_line
from bot.channels.discord.render import MAX_LABEL, MAX_OPTION
from bot.knowledge.model import Entry, KnowledgeBase, Topic
from bot.offers import leads

PREFIX = "ikz"
PER_ROW = 5
PER_MENU = 25
MAX_RELATED = PER_ROW

Row: TypeAlias = Sequence[discord.ui.Item[Any]]


class Place(Enum):
    """Who sees a message: only the one who asked, everyone in a channel, or the two in a direct conversation."""

    PRIVATE = 1
    PUBLIC = 2
    DIRECT = 3


class Pressed(NamedTuple):
    """What a control's id says: the action and what it is about."""

    action: str
    about: tuple[str, ...]


def control_id(action: str, *about: str | int) -> str:
    """The id of a control; at most 100 characters for anything the model lets pass."""
    return ":".join([PREFIX, action, *map(str, about)])


def read_id(custom_id: str) -> Pressed:
    """What an id says; an empty action for one that is not ours."""
    prefix, _, rest = custom_id.partition(":")
    action, *about = rest.split(":")
    return Pressed(action if prefix == PREFIX else "", tuple(about))


def button(
    label: str, custom_id: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary
) -> discord.ui.Item[Any]:
    """A button whose label is shortened to what Discord shows."""
    return discord.ui.Button[Any](label=one_line(label, MAX_LABEL), custom_id=custom_id, style=style)


def view(rows: Iterable[Row]) -> discord.ui.View:
    """Rows of controls as the library sends them.

    It is stopped at once: presses are told by their ids alone, and the library then keeps nothing for each message.
    """
    built = discord.ui.View(timeout=None)
    for number, row in enumerate(filter(None, rows)):
        for item in row:
            item.row = number
            built.add_item(item)
    built.stop()
    return built


def further_button() -> discord.ui.Item[Any]:
    """Leads to the next question."""
    return button("Weiter fragen", control_id("further"), discord.ButtonStyle.primary)


def delete_button(asker: int) -> discord.ui.Item[Any]:
    """Deletes a message that everyone sees, for the one it was written for."""
    return button("Löschen", control_id("delete", asker))


def reply_rows(bundle: Bundle, reply: Reply, place: Place, asker: int) -> list[Row]:
    """What can be done with a reply: pick what is meant, go on to related entries, explained terms or another
    question, share, quote, vote, delete.
    """
    delete = [delete_button(asker)] if place is Place.PUBLIC else []
    if isinstance(reply.entry, Entry):
        return [*_leads(bundle, reply.entry), [further_button(), *_about(reply.entry, place), *delete]]
    if reply.suggestions:
        offered = {s.entry.id: s.entry for s in reply.suggestions}
        meant = [_entry_button("meant", entry, discord.ButtonStyle.primary) for entry in offered.values()]
        return [meant, [further_button(), button("keine davon", control_id("none")), *delete]]
    if reply.entry:
        return [[further_button(), *delete]]
    return [[further_button(), button("Themen ansehen", control_id("topics", 0)), *delete]]


def _leads(bundle: Bundle, entry: Entry) -> list[Row]:
    """The related entries in one row, and in the next those that explain a term of the answer."""
    found = leads(bundle, [entry])
    near = [_entry_button("show", lead.entry) for lead in found if not lead.term]
    terms = [button(lead.label, control_id("show", lead.entry.id)) for lead in found if lead.term]
    return [near[:MAX_RELATED], terms]


def _about(entry: Entry, place: Place) -> Row:
    share = [button("Im Kanal teilen", control_id("share", entry.id))] if place is Place.PRIVATE else []
    return [
        *share,
        button("Zitat", control_id("quote", entry.id)),
        button("Hilfreich", control_id("helpful", entry.id), discord.ButtonStyle.success),
        button("Nicht hilfreich", control_id("unhelpful", entry.id)),
    ]


def _entry_button(
    action: str, entry: Entry, style: discord.ButtonStyle = discord.ButtonStyle.secondary
) -> discord.ui.Item[Any]:
    return button(entry.question, control_id(action, entry.id), style)


def topics_rows(knowledge: KnowledgeBase, page: int) -> list[Row]:
    """A menu of topics, and buttons to further pages."""
    menu = discord.ui.Select[Any](custom_id=control_id("topic"), placeholder="Thema wählen")
    for topic in _on_page(knowledge.topics, page):
        menu.add_option(
            label=one_line(topic.title, MAX_OPTION),
            value=topic_key(topic),
            description=one_line(topic.description, MAX_OPTION) or None,
        )
    return [[menu], _pages("topics", (), page, len(knowledge.topics))]


def topic_rows(topic: Topic, page: int) -> list[Row]:
    """A menu of a topic's questions, buttons to further pages, and the way back."""
    menu = discord.ui.Select[Any](custom_id=control_id("entry"), placeholder="Frage wählen")
    for entry in _on_page(topic.entries, page):
        menu.add_option(label=one_line(entry.question, MAX_OPTION), value=entry.id)
    back = button("Alle Themen", control_id("topics", 0))
    return [[menu], [*_pages("page", (topic_key(topic),), page, len(topic.entries)), back]]


def _on_page(items: Sequence[Any], page: int) -> Sequence[Any]:
    return items[page * PER_MENU : (page + 1) * PER_MENU]


def last_page(count: int) -> int:
    """The number of the last page for so many things; the first page is 0."""
    return max(0, (count - 1) // PER_MENU)


def _pages(action: str, about: tuple[str, ...], page: int, count: int) -> list[discord.ui.Item[Any]]:
    turns = (("Zurück", page - 1), ("Weiter", page + 1))
    return [button(name, control_id(action, *about, to)) for name, to in turns if 0 <= to <= last_page(count)]


def topic_key(topic: Topic) -> str:
    """A topic's id, or a shorter one that stands for it: a file may have a longer name than an id has room."""
    if len(topic.id) <= 60:
        return topic.id
    return f"{topic.id[:40]}-{hashlib.sha256(topic.id.encode()).hexdigest()[:12]}"


def topic_of_key(knowledge: KnowledgeBase, key: str) -> Topic | None:
    """The topic that :func:`topic_key` named so; None where it no longer exists."""
    return next((topic for topic in knowledge.topics if topic_key(topic) == key), None)


def pressed_in(message: discord.Message | None) -> list[Pressed]:
    """What the controls below a message say."""
    rows = message.components if message else []
    return [
        read_id(child.custom_id)
        for row in rows
        if isinstance(row, discord.ActionRow)
        for child in row.children
        if child.custom_id
    ]


def entry_id_in(message: discord.Message | None) -> str | None:
    """The id of the entry that one of the bot's own messages tells; None where it tells none."""
    return next((about[0] for action, about in pressed_in(message) if action == "quote" and about), None)


def asker_in(message: discord.Message | None) -> int | None:
    """Who a public message of the bot was written for."""
    asked = (about[0] for action, about in pressed_in(message) if action == "delete" and about)
    return next((int(person) for person in asked if person.isdecimal()), None)
