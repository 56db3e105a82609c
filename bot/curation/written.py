"""The knowledge as it is written: where in the files a word stands that something has been found about."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property, lru_cache

from bot.knowledge.consistency import Item, entries_of, items
from bot.knowledge.model import SMALLTALK, SOURCES
from bot.knowledge.problems import Level, Problem
from bot.knowledge.yaml_lines import Document, Place, read_yaml

_read = lru_cache(maxsize=64)(read_yaml)


class Written:
    """Knowledge files by name. They are read again only when something is to be told about them."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.files = files

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        """What the files say, with lines."""
        return {name: _read(name, content) for name, content in self.files.items() if name.endswith(".yaml")}

    @cached_property
    def _entries(self) -> Mapping[str, Item]:
        courtesies = items(self.documents[SMALLTALK]) if SMALLTALK in self.documents else []
        return {item.id: item for item in (*entries_of(self.documents), *courtesies)}

    def entry(self, entry_id: str) -> Item:
        """An entry or courtesy that exists."""
        return self._entries[entry_id]

    def source(self, source_id: str) -> Item:
        """A source that exists."""
        return next(item for item in items(self.documents[SOURCES], "sources") if item.id == source_id)

    def where(self, entry_id: str, text: str) -> str:
        """File and line of one of an entry's texts."""
        item = self.entry(entry_id)
        return item.where(_place(item, text))

    def notice(
        self, item: Item, at: str | Place, code: str, message: str, hint: str, level: Level = Level.NOTICE
    ) -> Problem:
        """A finding about an item: at one of its texts, or at a place within it."""
        place = _place(item, at) if isinstance(at, str) else (*item.place, *at)
        line = item.document.line(place)
        return Problem(item.document.file, line, message, hint, code, level, item.id or None)


def _place(item: Item, text: str) -> Place:
    for key in ("question", "variants", "keywords"):
        for own, place in item.texts(key):
            if own.strip() == text:
                return place
    return item.place
