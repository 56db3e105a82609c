"""One question → one reply: answer, offer or stay silent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.answers.notices import notices
from bot.answers.reply import Reason, Reply, Status, Suggestion, Understood
from bot.glossary import Glossary
from bot.knowledge.model import Entry, KnowledgeBase, SmallTalk
from bot.search.confidence import Confidence
from bot.search.defaults import confidence_of
from bot.search.index import Findings, Index

MAX_SUGGESTIONS = 3

LEAST_OFFERED = 0.02
"""What is less probable is not offered, be it beside a likelier suggestion or with an open question."""

MAX_TOPICS = 2

CERTAIN = 1.0
"""The score of a question that is one of the curator's phrasings or open questions, word by word."""

COURTESY_LIKENESS = 0.75
"""Small talk is returned only for what is nearly one of its phrasings, so that it never covers up a question."""

KNOWN_OPEN = 0.8
"""From this likeness on, a question that is nearer to an open one than to the best entry is taken for it."""

CLEARLY_MEANT = 0.9
"""From this fit on, a word of the question is one of the knowledge's words rather than a guess."""


@dataclass(frozen=True, slots=True)
class Bundle:
    """Knowledge, index, thresholds and glossary that belong together; replaced as a whole."""

    knowledge: KnowledgeBase
    index: Index
    confidence: Confidence
    glossary: Glossary

    @classmethod
    def build(cls, knowledge: KnowledgeBase, confidence: Confidence | None = None) -> Bundle:
        """Everything needed to answer from ``knowledge``; it says itself how sure to be where nothing else does."""
        return cls(knowledge, Index(knowledge), confidence or confidence_of(knowledge.calibration), Glossary(knowledge))


def decide(
    bundle: Bundle, question: str, today: date, told: Entry | SmallTalk | None = None, only_offer: bool = False
) -> Reply:
    """The reply to a question that stands for itself.

    ``told`` is left out; with ``only_offer`` nothing is answered that is not a curator's own phrasing or small talk.
    """
    phrased = bundle.index.phrased(question)
    if phrased and phrased[1] and phrased[1] != told:
        return _answered(bundle, question, CERTAIN, phrased[1], Understood(phrased[0], ()), today)
    findings = bundle.index.search(question).without(told)
    ranked = [
        (probability, candidate)
        for probability, candidate in bundle.confidence.ranked(findings.candidates)
        if isinstance(candidate.entry, Entry) or candidate.likeness >= COURTESY_LIKENESS
    ]
    offered = tuple(
        Suggestion(candidate.entry, score)
        for score, candidate in ranked
        if isinstance(candidate.entry, Entry) and score >= LEAST_OFFERED
    )[:MAX_SUGGESTIONS]
    if phrased and phrased[1] is None:
        return _open(question, CERTAIN, phrased[0], offered)
    if not ranked:
        return _silent(bundle, question, findings, 0.0)
    (first, best), *others = ranked
    if findings.open_likeness >= max(KNOWN_OPEN, best.likeness):
        return _open(question, first, findings.open_question, offered)
    lead = first - (others[0][0] if others else 0.0)
    sure = first >= bundle.confidence.answer_at and lead >= bundle.confidence.margin
    # An entry that states nothing of the kind that is asked for (a place, a phone number) is at best a suggestion.
    stated = best.evidence.asked > 0 and not only_offer
    if sure and (stated or isinstance(best.entry, SmallTalk)):
        understood = Understood(best.phrasing, best.terms, best.missed)
        return _answered(bundle, question, first, best.entry, understood, today)
    if not offered or offered[0].score < bundle.confidence.suggest_at:
        return _silent(bundle, question, findings, first)
    close = first >= bundle.confidence.answer_at and lead < bundle.confidence.margin and len(offered) > 1
    reason = Reason.AMBIGUOUS if close else Reason.UNSURE
    return Reply(question, Status.SUGGESTIONS, reason, first, suggestions=offered)


def _open(question: str, score: float, taken_for: str, offered: tuple[Suggestion, ...]) -> Reply:
    """The reply to a question that the curator knows to be open, or that is taken for one."""
    status = Status.SUGGESTIONS if offered else Status.UNKNOWN
    return Reply(question, status, Reason.OPEN, score, suggestions=offered, understood=Understood(taken_for, ()))


def _answered(
    bundle: Bundle, question: str, score: float, entry: Entry | SmallTalk, understood: Understood, today: date
) -> Reply:
    courtesy = isinstance(entry, SmallTalk)
    return Reply(
        question,
        Status.ANSWERED,
        Reason.SMALL_TALK if courtesy else Reason.MATCH,
        score,
        entry=entry,
        understood=understood,
        notices=() if isinstance(entry, SmallTalk) else notices(bundle.knowledge, entry, today),
    )


def _silent(bundle: Bundle, question: str, findings: Findings, score: float) -> Reply:
    """The reply to a question without a good candidate: why there is no answer, and what there is instead."""
    telling = [word for word in findings.words if word.weight]
    known = [word for word in telling if max(word.meanings.values(), default=0.0) >= CLEARLY_MEANT]
    subjects = {word.word for word in known if not word.is_name}
    if not telling:
        return Reply(question, Status.UNKNOWN, Reason.TOO_SHORT, score)
    if all(word.is_name for word in telling):
        return Reply(question, Status.UNKNOWN, Reason.ONLY_NAMES, score)
    if known and not subjects:
        return Reply(question, Status.UNKNOWN, Reason.MENTIONED, score)
    if sum(word.weight for word in known) < sum(word.weight for word in telling) / 2:
        return Reply(question, Status.UNKNOWN, Reason.OFF_TOPIC, score)
    topics = dict.fromkeys(
        bundle.knowledge.topic_of(candidate.entry).title
        for candidate in findings.candidates
        if isinstance(candidate.entry, Entry) and subjects.intersection(candidate.terms)
    )
    return Reply(question, Status.UNKNOWN, Reason.NOT_IN_SOURCES, score, topics=tuple(topics)[:MAX_TOPICS])
