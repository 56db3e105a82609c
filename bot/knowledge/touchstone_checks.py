"""What must hold in the touchstones beyond their shape: entries that exist, and no question twice."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from bot.knowledge.consistency import NO_TOPICS, entries_of, items, references, same_words
from bot.knowledge.model import SMALLTALK
from bot.knowledge.problems import Problem, quoted
from bot.knowledge.touchstone_model import NO_ENTRY, TOUCHSTONES
from bot.knowledge.yaml_lines import Document


def check(documents: Mapping[str, Document], unread: Collection[str]) -> Iterator[Problem]:
    """Everything that is wrong with the touchstones; ``unread`` names the files whose content is unknown."""
    if TOUCHSTONES not in documents:
        return
    touchstones = items(documents[TOUCHSTONES], "touchstones")
    entries = entries_of(documents) + (items(documents[SMALLTALK]) if SMALLTALK in documents else [])
    complete = SMALLTALK not in unread and NO_TOPICS.issuperset(unread)
    yield from references(
        [item for item in touchstones if item.data.get("expected") not in NO_ENTRY], ("expected",), entries, complete
    )
    first: dict[str, str] = {}
    for item in touchstones:
        for text, place in item.texts("question"):
            if same_words(text) in first:
                yield item.problem(
                    place,
                    f"Die Frage {quoted(text)} ist schon ein Prüfstein ({first[same_words(text)]}).",
                    "Bitte löschen Sie einen der beiden; für eine Frage steht nur eine Antwort fest.",
                )
            first.setdefault(same_words(text), item.where(place))
