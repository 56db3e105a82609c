"""What must hold in the tour and the quiz beyond their shape: unique ids, answers that differ, entries that exist."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from bot.knowledge.consistency import NO_TOPICS, Item, duplicate_ids, entries_of, items, references, same_words
from bot.knowledge.problems import Problem, quoted
from bot.knowledge.tour_model import QUIZ, TOUR
from bot.knowledge.yaml_lines import Document


def check(documents: Mapping[str, Document], unread: Collection[str]) -> Iterator[Problem]:
    """Everything that is wrong with the tour and the quiz; ``unread`` names the files whose content is unknown."""
    entries, complete = entries_of(documents), NO_TOPICS.issuperset(unread)
    for name, key, keys in ((TOUR, "stations", ("entries", "deeper")), (QUIZ, "questions", ("entry",))):
        found = items(documents[name], key) if name in documents else []
        yield from duplicate_ids(found)
        yield from references(found, keys, entries, complete)
        yield from _repeated_answers(found)
        yield from _the_same_twice(found)


def _repeated_answers(questions: Iterable[Item]) -> Iterator[Problem]:
    """Answers to one question that nobody could tell apart."""
    for item in questions:
        seen: set[str] = set()
        for text, place in (*item.texts("right"), *item.texts("wrong")):
            if same_words(text) in seen:
                yield item.problem(
                    place,
                    f"Die Antwort {quoted(text)} steht zweimal bei dieser Frage.",
                    "Bitte ändern Sie eine der beiden; jede Antwort darf nur einmal vorkommen.",
                )
            seen.add(same_words(text))


def _the_same_twice(stations: Iterable[Item]) -> Iterator[Problem]:
    """Stations that lead to one entry twice."""
    for item in stations:
        deeper = list(item.texts("deeper"))
        if len(deeper) == 2 and deeper[0][0] == deeper[1][0]:
            yield item.problem(
                deeper[1][1],
                f"Der Eintrag {quoted(deeper[1][0])} steht zweimal unter „deeper“.",
                "Bitte nennen Sie zwei verschiedene Einträge.",
            )
