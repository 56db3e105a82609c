"""What users asked in vain: the journal → groups of questions about the same matter, and what to do about each.

Asked in vain is what got no answer, what got suggestions of which none was picked, what was answered and found not
helpful, and what someone proposed an entry for. What the present knowledge answers is no gap any more, and what a
touchstone says shall stay unanswered, or what is known to be an open question, is none either.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from functools import cached_property

import numpy as np

from bot.answers import Bundle, Reason, Reply, Status, answer, is_unfinished
from bot.answers.conversation import without_courtesies
from bot.curation.alike import groups, likeness
from bot.curation.progress import tracked
from bot.curation.teaching import phrasing
from bot.curation.touchstones import told as told_by
from bot.journal.database import Record
from bot.knowledge.consistency import same_words
from bot.knowledge.model import Entry
from bot.search.meaning import is_german
from bot.text import is_function_word, words

MOST = 8000
"""So many different questions are compared with each other, the most frequent ones; it takes 4 bytes for each pair."""

LOOKED_UP = 10
"""So many questions of a group, the most frequent ones, say which entry is the nearest."""

LIKELY = 0.2
"""From this probability on a phrasing for the nearest entry is advised. Of 353 test questions that the bot
leaves open although it has an answer it is advised for 207, rightly for 180; of 1417 foreign ones for 4 %."""

COMPARED = 50
"""So many questions of a group, the most frequent ones, are compared for the typical one."""

FULL_QUESTION = 3
"""From so many words on a text can stand for its group."""


class Kind(StrEnum):
    """In which way a question was asked in vain."""

    UNANSWERED = "unanswered"
    NOT_PICKED = "not_picked"
    DOWN_VOTED = "down_voted"
    PROPOSED = "proposed"


class Advice(StrEnum):
    """What to do about a group: add a phrasing to an entry, revise an entry, or write a new one."""

    PHRASING = "phrasing"
    REVISE = "revise"
    NEW_ENTRY = "new_entry"


@dataclass(slots=True)
class Asked:
    """A question as it is stored, and what became of it.

    ``picked`` and ``blamed`` are ids of entries: chosen among suggestions, and found wanting. ``refused`` is how
    often none of the suggestions was right; ``remarks`` say what was missing; ``proposals`` are answer and source.
    ``taken_for`` is the open question that the bot takes it for, or empty.
    """

    question: str
    counts: Counter[Kind] = field(default_factory=Counter)
    picked: Counter[str] = field(default_factory=Counter)
    blamed: Counter[str] = field(default_factory=Counter)
    refused: int = 0
    remarks: list[str] = field(default_factory=list)
    proposals: list[tuple[str, str]] = field(default_factory=list)
    taken_for: str = ""

    @property
    def total(self) -> int:
        """How often it was asked in vain."""
        return self.counts.total()


@dataclass(frozen=True)
class Cluster:
    """Questions about one matter, the most frequent first; ``typical`` is the one most like all others.

    ``nearest`` is the entry that comes nearest to them, with the probability (0–1, on average) that it answers them.
    """

    questions: tuple[Asked, ...]
    typical: Asked
    nearest: Entry | None
    score: float
    advice: Advice

    @cached_property
    def counts(self) -> Mapping[Kind, int]:
        """How often they were asked in vain, by kind."""
        return {kind: sum(asked.counts[kind] for asked in self.questions) for kind in Kind}

    @property
    def total(self) -> int:
        """How often they were asked in vain."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Gaps:
    """All gaps, the largest first, and what was left out of them, in numbers of times it was asked.

    ``mended``: the present knowledge answers it; ``known_open``: it is an open question, the most asked first;
    ``settled``: a touchstone says it shall stay unanswered; ``bare``: it names no subject, with an example; ``rare``:
    too many different questions, and these were the rarest.
    """

    clusters: tuple[Cluster, ...] = ()
    known_open: tuple[tuple[str, int], ...] = ()
    mended: int = 0
    settled: int = 0
    bare: int = 0
    bare_example: str = ""
    rare: int = 0


def collect(records: Iterable[Record]) -> list[Asked]:
    """What was asked in vain according to the journal, each question once, in the order in which they first came."""
    found: dict[str, Asked] = {}
    suggested: Counter[str] = Counter()
    for record in records:
        question = str(record.get("question") or "").strip()
        if not words(question):
            continue
        key, entry = same_words(without_courtesies(question)), str(record.get("entry") or "")
        asked = found.setdefault(key, Asked(question))
        match record["kind"]:
            case "unanswered" if record.get("status") == Status.SUGGESTIONS:
                suggested[key] += 1
            case "unanswered":
                asked.counts[Kind.UNANSWERED] += 1
            case "picked" if entry:
                asked.picked[entry] += 1
            case "picked":
                asked.refused += 1
            case "vote" if record.get("helpful") is False:
                asked.counts[Kind.DOWN_VOTED] += 1
                asked.blamed[entry] += 1
                asked.remarks += [str(record["reason"])] if record.get("reason") else []
            case "proposal":
                asked.counts[Kind.PROPOSED] += 1
                asked.proposals.append((str(record.get("answer") or ""), str(record.get("source") or "")))
    for key, asked in found.items():
        # Who picks a suggestion has found what was wanted. A pick can be younger than the record of its question.
        asked.counts[Kind.NOT_PICKED] = max(suggested[key] - asked.picked.total(), asked.refused)
    return [asked for asked in found.values() if asked.total]


def find_gaps(bundle: Bundle, records: Iterable[Record], today: date) -> Gaps:
    """The gaps that the journal shows in the present knowledge."""
    still: list[Asked] = []
    gaps = Gaps()
    for asked in tracked(collect(records), "Fragen"):
        reply = answer(bundle, asked.question, today)
        left = _in_vain(asked, reply)
        gaps = replace(gaps, mended=gaps.mended + asked.total - left.total)
        if left.total and not left.proposals and _is_bare(bundle, left.question, reply):
            gaps = replace(gaps, bare=gaps.bare + left.total, bare_example=gaps.bare_example or left.question)
        elif left.total:
            still.append(replace(left, taken_for=_taken_for(left, reply)))
    still.sort(key=_rank)
    gaps = replace(gaps, rare=sum(asked.total for asked in still[MOST:]))
    return _grouped(bundle, gaps, still[:MOST])


def _is_bare(bundle: Bundle, question: str, reply: Reply) -> bool:
    """Whether a question names no subject: „Und wann?“, „Was kostet das?“, or „2“.

    A word that the knowledge has never heard of is a subject, and so are two that it has.
    """
    if reply.reason is Reason.TOO_SHORT or all(map(str.isdigit, words(question))):
        return True
    told = [word for word in bundle.index.lexicon.question(question) if word.weight]
    return len(told) < 2 and all(word.meanings for word in told) and is_unfinished(bundle, question)


def _rank(asked: Asked) -> tuple[int, str]:
    return -asked.total, asked.question


def _in_vain(asked: Asked, reply: Reply) -> Asked:
    """The question with only what the present knowledge would not do better."""
    told = {entry.id for entry in told_by(reply)}
    if not told:
        return asked
    blamed = Counter({entry: count for entry, count in asked.blamed.items() if entry in told})
    left = Counter({Kind.DOWN_VOTED: blamed.total(), Kind.PROPOSED: len(asked.proposals)})
    if asked.proposals:
        blamed.update(dict.fromkeys(told, len(asked.proposals)))
    return replace(asked, counts=left, blamed=blamed)


def _grouped(bundle: Bundle, gaps: Gaps, still: Sequence[Asked]) -> Gaps:
    unanswerable = {same_words(t.question) for t in bundle.knowledge.touchstones if t.expected is None}
    clusters: list[Cluster] = []
    known_open: Counter[str] = Counter()
    for group in groups(likeness(bundle.index.lexicon, [asked.question for asked in still])):
        members = [still[number] for number in group]
        settled = any(same_words(asked.question) in unanswerable for asked in members)
        only = _only_open_question(members)
        rest = []
        for asked in members:
            if taken := asked.taken_for or ("" if asked.proposals else only):
                known_open[taken] += asked.total
            elif settled and not asked.proposals:
                gaps = replace(gaps, settled=gaps.settled + asked.total)
            else:
                rest.append(asked)
        if rest:
            clusters.append(_cluster(bundle, rest))
    clusters.sort(key=lambda cluster: (-cluster.total, cluster.typical.question))
    most_asked = sorted(known_open.items(), key=lambda pair: (-pair[1], pair[0]))
    return replace(gaps, clusters=tuple(clusters), known_open=tuple(most_asked))


def _only_open_question(members: Sequence[Asked]) -> str:
    """The open question of a group, where one was asked in its very words and none is taken for another."""
    taken = {asked.taken_for for asked in members if asked.taken_for}
    known = next(iter(taken)) if len(taken) == 1 else ""
    return known if any(same_words(asked.question) == same_words(known) for asked in members) else ""


def _taken_for(asked: Asked, reply: Reply) -> str:
    """The open question that the bot takes one for; none where someone has proposed an answer, which is worth much."""
    taken = reply.understood if reply.reason is Reason.OPEN else None
    return taken.phrasing if taken and not asked.proposals else ""


def _typical(bundle: Bundle, members: Sequence[Asked]) -> Asked:
    """Of the most frequent questions the well-spelled one that is most like all others, each as often as it was asked.

    It has some words, no mask, no greeting and a question mark where any has.
    """
    near = members[:COMPARED]
    alike = likeness(bundle.index.lexicon, [asked.question for asked in near])
    central = alike @ np.array([asked.total for asked in near], np.float32)

    def fitness(number: int) -> tuple[bool, bool, float]:
        text = near[number].question
        told = words(text)
        share = sum(is_function_word(w) or is_german(w) or bundle.index.lexicon.knows(w) for w in told) / len(told)
        whole = "[" not in text and len(told) >= FULL_QUESTION and text == without_courtesies(text)
        return whole, whole and text.endswith("?"), round(float(central[number]) * share, 4)

    return near[max(range(len(near)), key=fitness)]


def _cluster(bundle: Bundle, members: Sequence[Asked]) -> Cluster:
    nearest, score = _nearest(bundle, members)
    typical = _typical(bundle, members)
    picked = sum((asked.picked for asked in members), Counter[str]())
    blamed = sum((asked.blamed for asked in members), Counter[str]())
    total, refused = sum(asked.total for asked in members), sum(asked.refused for asked in members)
    if 2 * blamed.total() >= total and (entry := bundle.knowledge.entry(_most(blamed))):
        return Cluster(tuple(members), typical, entry, score if entry == nearest else 0.0, Advice.REVISE)
    chosen = bundle.knowledge.entry(_most(picked)) if 2 * picked[_most(picked)] >= total else None
    if chosen:
        nearest, score = chosen, score if chosen == nearest else 0.0
    advised = nearest and (chosen or (score >= LIKELY and 2 * refused < total))
    fits = advised and phrasing(bundle, typical.question, nearest)
    return Cluster(tuple(members), typical, nearest, score, Advice.PHRASING if fits else Advice.NEW_ENTRY)


def _most(ids: Counter[str]) -> str:
    return max(sorted(ids), key=ids.__getitem__, default="")


def _nearest(bundle: Bundle, members: Sequence[Asked]) -> tuple[Entry | None, float]:
    """The entry that most probably answers the questions, each weighted with how often it was asked."""
    scores: defaultdict[str, float] = defaultdict(float)
    asked_first = members[:LOOKED_UP]
    for asked in asked_first:
        for score, candidate in bundle.confidence.ranked(bundle.index.search(asked.question).candidates):
            if isinstance(candidate.entry, Entry):
                scores[candidate.entry.id] += score * asked.total
    best = max(scores, key=scores.__getitem__, default="")
    return bundle.knowledge.entry(best), scores[best] / sum(asked.total for asked in asked_first)
