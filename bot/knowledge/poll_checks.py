"""What must hold in the flash poll beyond its shape: answers that people can tell apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bot.knowledge.consistency import Item, same_words
from bot.knowledge.poll_model import POLL
from bot.knowledge.problems import Problem, quoted
from bot.knowledge.yaml_lines import Document


def check(documents: Mapping[str, Document]) -> Iterator[Problem]:
    """Answers to choose from that are there twice."""
    document = documents.get(POLL)
    closed = document.data.get("closed") if document and isinstance(document.data, dict) else None
    if not (document and isinstance(closed, dict)):
        return
    item, seen = Item(document, ("closed",), closed), set[str]()
    for text, place in item.texts("answers"):
        if same_words(text) in seen:
            yield item.problem(
                place,
                f"Die Antwort {quoted(text)} steht zweimal in der Umfrage.",
                "Bitte ändern Sie eine der beiden; jede Antwort darf nur einmal vorkommen.",
            )
        seen.add(same_words(text))
