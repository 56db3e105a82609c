"""What a change of the knowledge does to questions whose answer is known: which get another one than before."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answers import Bundle, Reply, Status, answer
from bot.curation.bases import with_phrasings
from bot.knowledge import Entry, KnowledgeBase

FOLDS = 3
"""Phrasings near new ones are left out in so many parts, each with the others in place."""

RIVALS = 5
"""So many entries are looked at whose phrasings are nearest to new ones."""


@dataclass(frozen=True, slots=True)
class Flip:
    """A question and what it got and gets: an entry's id, or None for no answer but at most suggestions."""

    question: str
    before: str | None
    after: str | None


def flips(before: Bundle, after: Bundle, questions: Iterable[str], today: date) -> list[Flip]:
    """The questions that get another answer in ``after`` than in ``before``."""
    found = (Flip(text, _told(before, text, today), _told(after, text, today)) for text in dict.fromkeys(questions))
    return [flip for flip in found if flip.before != flip.after]


def near_flips(before: Bundle, after: Bundle, phrasings: Sequence[str], new: str | None, today: date) -> list[Flip]:
    """What becomes of questions like those of the entries nearest to new ``phrasings``.

    ``new`` is the id of the entry that has them in ``after``, or None where they are open questions there.

    A phrasing that the bot knows it recognises word by word, whatever is added, and nobody asks just so. Therefore each
    phrasing of their rivals is asked while it is left out of the knowledge, in ``before`` and in ``after``.
    Told are those that lose an answer or get the new entry.
    """
    rivals = _rivals(before, phrasings)
    asked = [(entry.id, text) for entry in rivals for text in entry.phrasings]
    random.Random(0).shuffle(asked)
    found: list[Flip] = []
    for fold in range(FOLDS):
        gone = set(asked[fold::FOLDS])
        if not gone:
            continue
        parts = [Bundle.build(_without(bundle.knowledge, gone), bundle.confidence) for bundle in (before, after)]
        found += flips(parts[0], parts[1], [text for _, text in asked[fold::FOLDS]], today)
    every = (text for entry in before.knowledge.entries for text in entry.phrasings)
    order = {text: number for number, text in enumerate(every)}
    telling = [flip for flip in found if flip.before is not None or flip.after == new]
    return sorted(telling, key=lambda flip: order[flip.question])


def _rivals(before: Bundle, phrasings: Sequence[str]) -> list[Entry]:
    """The entries that answer the new phrasings best so far."""
    scores: dict[str, float] = {}
    for text in phrasings:
        for probability, candidate in before.confidence.ranked(before.index.search(text).candidates):
            if isinstance(candidate.entry, Entry):
                scores[candidate.entry.id] = max(scores.get(candidate.entry.id, 0.0), probability)
    nearest = sorted(scores, key=lambda entry_id: -scores[entry_id])[:RIVALS]
    return [entry for entry_id in nearest if (entry := before.knowledge.entry(entry_id))]


def _without(knowledge: KnowledgeBase, gone: set[tuple[str, str]]) -> KnowledgeBase:
    kept: Mapping[str, list[str]] = {
        entry.id: [text for text in entry.phrasings if (entry.id, text) not in gone] for entry in knowledge.entries
    }
    return with_phrasings(knowledge, kept)


def _told(bundle: Bundle, question: str, today: date) -> str | None:
    reply: Reply = answer(bundle, question, today)
    return reply.entry.id if reply.status is Status.ANSWERED and reply.entry else None
