"""Phrasings and entries that the matcher takes for each other.

Every phrasing is left out and asked. That is estimated for all of them by their likeness alone; what looks like a
confusion is then asked of a bot that was built without it, and told only where that gives the wrong answer.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date

import numpy as np

from bot.answers import Bundle
from bot.answers.decide import decide
from bot.curation.bases import with_phrasings
from bot.curation.blind import covering
from bot.curation.progress import tracked
from bot.curation.written import Written
from bot.knowledge.model import Entry
from bot.knowledge.problems import Problem, quoted
from bot.search.index import Index
from bot.typed_text import counted

TWINS = 0.85
"""From this likeness on, two phrasings differ in so little that people mix them up."""

COUSINS = 0.7
"""The same where the confusion goes both ways."""

OVERLAP = 1 / 3
"""Share of an entry's phrasings that lead to one other entry once they are left out, from which on both overlap."""

LOST = 1 / 2
"""Share of an entry's phrasings that do not find it among the first three once they are left out."""

SAFE = 1.1
"""A phrasing that is so many times more like its entry's others than like any foreign one counts as found: on the
shipped knowledge that is so for 46 % of all, and wrong for 0.3 % of these."""

FEWEST = 5
"""An entry with fewer phrasings cannot be judged by them."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What happens to a phrasing that is left out, by the numbers of texts and entries in the index.

    ``twin``: the most similar phrasing of another entry, and how ``alike`` (0–1) it is; ``first``: the entry that is
    ranked first; ``found``: whether its own entry is among the first three.
    """

    text: int
    owner: int
    twin: int
    alike: float
    first: int
    found: bool


def confusions(bundle: Bundle, written: Written, today: date) -> Iterator[Problem]:
    """All that is found; every phrasing is asked for, so that takes about a millisecond for each."""
    covers = covering(bundle.knowledge)
    left_out = _left_out(bundle)
    yield from _confused(bundle, written, left_out, covers, today)
    yield from _overlapping(bundle, written, left_out, covers)
    yield from _lost(bundle, written, left_out)


def _left_out(bundle: Bundle) -> list[LeftOut]:
    """All phrasings of entries of which others stay."""
    index = bundle.index
    owned = [
        (number, owner)
        for owner, (own, entry) in enumerate(zip(index.phrasings_of, index.entries, strict=True))
        if isinstance(entry, Entry) and len(entry.phrasings) > 1
        for number in own[: len(entry.phrasings)]
    ]
    return [_without(index, number, owner) for number, owner in tracked(owned, "Formulierungen")]


def _without(index: Index, number: int, owner: int) -> LeftOut:
    likeness, own = index.likeness(number), index.phrasings_of[owner]
    nearest = float(likeness[own.start : own.stop].max())
    others = likeness[: len(index.owners)].copy()
    others[own.start : own.stop] = -1.0
    twin = int(others.argmax())
    alike = float(others[twin])
    if nearest > SAFE * alike:
        return LeftOut(number, owner, twin, alike, owner, found=True)
    order = np.argsort(-index.votes(likeness)[0], kind="stable")[:3].tolist()
    return LeftOut(number, owner, twin, alike, order[0], owner in order)


def _confused(
    bundle: Bundle, written: Written, left_out: Sequence[LeftOut], covers: Mapping[str, Set[str]], today: date
) -> Iterator[Problem]:
    index = bundle.index
    suspects = [one for one in left_out if one.alike >= COUSINS and one.first == index.owners[one.twin]]
    wrong = {one.text: one for one in _answered_wrongly(bundle, suspects, covers, today)}
    for one in wrong.values():
        back = wrong.get(one.twin)
        both_ways = back is not None and back.twin == one.text
        told_already = both_ways and one.twin < one.text
        if told_already or not (one.alike >= TWINS or both_ways):
            continue
        own, other = index.entries[one.owner].id, index.entries[index.owners[one.twin]].id
        twin = index.text(one.twin)
        yield written.notice(
            written.entry(own),
            index.text(one.text),
            "confusable",
            f"{quoted(index.text(one.text))} und {quoted(twin)} ({other}, {written.where(other, twin)}) sind sich so"
            " ähnlich, dass der Bot sie verwechselt, sobald jemand etwas anders fragt.",
            f"Bitte löschen oder verschieben Sie eine der beiden, geben Sie {quoted(own)} weitere ähnliche"
            f" Formulierungen, oder ergänzen Sie bei {quoted(other)} „covers“, wenn dessen Antwort beides beantwortet.",
        )


def _answered_wrongly(
    bundle: Bundle, suspects: Sequence[LeftOut], covers: Mapping[str, Set[str]], today: date
) -> Iterator[LeftOut]:
    """The suspects that get the answer of another entry from a bot that does not have them."""
    entries = bundle.index.entries
    for group in _apart(suspects):
        gone = {one.text for one in group}
        kept = {
            entry.id: [bundle.index.text(number) for number in own[: len(entry.phrasings)] if number not in gone]
            for entry, own in zip(entries, bundle.index.phrasings_of, strict=True)
        }
        without = Bundle.build(with_phrasings(bundle.knowledge, kept), bundle.confidence)
        for one in group:
            told = decide(without, bundle.index.text(one.text), today).entry
            own = entries[one.owner].id
            if (
                isinstance(told, Entry)
                and told.id == entries[one.first].id
                and told.id not in {own} | covers.get(own, set())
            ):
                yield one


def _apart(suspects: Sequence[LeftOut]) -> list[list[LeftOut]]:
    """Groups in which no phrasing is left out together with the one it may be taken for."""
    groups: list[list[LeftOut]] = []
    for one in suspects:
        for group in groups:
            if not any(one.twin == other.text or other.twin == one.text for other in group):
                group.append(one)
                break
        else:
            groups.append([one])
    return groups


def _overlapping(
    bundle: Bundle, written: Written, left_out: Sequence[LeftOut], covers: Mapping[str, Set[str]]
) -> Iterator[Problem]:
    drawn = Counter((one.owner, one.first) for one in left_out if one.first != one.owner)
    size = Counter(one.owner for one in left_out)
    for (owner, first), number in drawn.items():
        own, other = bundle.index.entries[owner], bundle.index.entries[first]
        related = other.id in covers.get(own.id, set()) or own.id in covers.get(other.id, set())
        if size[owner] < FEWEST or number < OVERLAP * size[owner] or related or not isinstance(other, Entry):
            continue
        examples = [quoted(bundle.index.text(one.text)) for one in left_out if (one.owner, one.first) == (owner, first)]
        yield written.notice(
            written.entry(own.id),
            (),
            "overlap",
            f"Von {counted(size[owner], 'Formulierung', 'Formulierungen')} des Eintrags {quoted(own.id)} führen"
            f" {number} zu {quoted(other.id)}, wenn man sie weglässt, zum Beispiel {' und '.join(examples[:2])}.",
            "Bitte fassen Sie beide Einträge zusammen, grenzen Sie ihre Formulierungen klarer ab, oder ergänzen Sie"
            f" bei {quoted(other.id)} „covers“, wenn dessen Antwort beides beantwortet.",
        )


def _lost(bundle: Bundle, written: Written, left_out: Sequence[LeftOut]) -> Iterator[Problem]:
    size = Counter(one.owner for one in left_out)
    for owner, number in Counter(one.owner for one in left_out if not one.found).items():
        if size[owner] >= FEWEST and number > LOST * size[owner]:
            own = bundle.index.entries[owner]
            examples = [quoted(bundle.index.text(one.text)) for one in left_out if one.owner == owner and not one.found]
            yield written.notice(
                written.entry(own.id),
                (),
                "lost",
                f"Der Eintrag {quoted(own.id)} ist schwer zu finden: {number} seiner {size[owner]} Formulierungen"
                f" führen nicht zu ihm, wenn man sie weglässt, zum Beispiel {' und '.join(examples[:2])}.",
                "Bitte geben Sie ihm mehr Formulierungen in den Worten, in denen danach gefragt wird.",
            )
