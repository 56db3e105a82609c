"""What must hold in the glossary beyond its shape: each spelling once, entries and sources that exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from bot.knowledge.consistency import (
    NO_TOPICS,
    Item,
    entries_of,
    items,
    references,
    same_words,
    unknown_sources,
)
from bot.knowledge.glossary_model import GLOSSARY
from bot.knowledge.model import SOURCES
from bot.knowledge.problems import Problem, quoted
from bot.knowledge.yaml_lines import Document
from bot.text import words


def check(documents: Mapping[str, Document], unread: Collection[str]) -> Iterator[Problem]:
    """Everything that is wrong with the glossary; ``unread`` names the files whose content is unknown."""
    if GLOSSARY not in documents:
        return
    terms = items(documents[GLOSSARY], "terms")
    yield from _repeated_spellings(terms)
    yield from references(terms, ("entry",), entries_of(documents), NO_TOPICS.issuperset(unread))
    if SOURCES in documents:
        yield from unknown_sources(terms, items(documents[SOURCES], "sources"))


def _repeated_spellings(terms: Iterable[Item]) -> Iterator[Problem]:
    """Terms and spellings that occur twice, apart from case, spaces and punctuation.

    One term may have spellings in one word and in several: in a text, they are different words.
    """
    first: dict[str, tuple[Item, str]] = {}
    for item in terms:
        own = set[tuple[str, ...]]()
        for text, place in (*item.texts("term"), *item.texts("spellings")):
            key = same_words(text)
            earlier, where = first.setdefault(key, (item, item.where(place)))
            if earlier is not item or words(text) in own:
                yield item.problem(
                    place,
                    f"Den Begriff {quoted(text)} gibt es schon ({where}).",
                    "Bitte löschen Sie eine der beiden Stellen; jede Schreibweise darf nur zu einem Begriff führen.",
                )
            own.add(words(text))
