"""The one policy: what the index found (and what was said before) → a reply, the same for every channel."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from bot.knowledge.model import Entry, KnowledgeBase, SmallTalk, first_day
from bot.search.confidence import Confidence
from bot.search.defaults import DEFAULT_CONFIDENCE
from bot.search.index import Candidate, Findings, Index
from bot.search.lexicon import QueryWord
from bot.text import words

MAX_SUGGESTIONS = 3
MAX_PARTS = 3
"""So many questions in one message get an answer of their own."""

OLD_AFTER_YEARS = 2

CERTAIN = 1.0
"""The score of a question that is one of the curator's phrasings, word by word."""


class Status(StrEnum):
    """What the bot does with a question."""

    ANSWERED = "answered"
    SUGGESTIONS = "suggestions"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why the bot answers, offers or stays silent."""

    MATCH = "match"
    FOLLOW_UP = "follow_up"
    SMALL_TALK = "small_talk"
    AMBIGUOUS = "ambiguous"
    UNSURE = "unsure"
    TOO_SHORT = "too_short"
    ONLY_NAMES = "only_names"
    NOT_IN_SOURCES = "not_in_sources"
    OFF_TOPIC = "off_topic"


class Notice(StrEnum):
    """What the reader must know before repeating an answer."""

    OLD = "old"
    REVIEW_DUE = "review_due"
    SUPERSEDED = "superseded"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An entry that may be meant, with the probability (0–1) that it is."""

    entry: Entry
    score: float


@dataclass(frozen=True, slots=True)
class Understood:
    """How the question was understood: the phrasing it came closest to, and the words they share."""

    phrasing: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot has to say to one question.

    ``score`` is the probability (0–1) of the best candidate. ``further`` are the replies to further questions of the
    same message.
    """

    question: str
    status: Status
    reason: Reason
    score: float = 0.0
    entry: Entry | SmallTalk | None = None
    suggestions: tuple[Suggestion, ...] = ()
    understood: Understood | None = None
    notices: tuple[Notice, ...] = ()
    further: tuple[Reply, ...] = field(default=())


@dataclass(frozen=True, slots=True)
class Bundle:
    """Knowledge, index and thresholds that belong together; replaced as a whole."""

    knowledge: KnowledgeBase
    index: Index
    confidence: Confidence

    @classmethod
    def build(cls, knowledge: KnowledgeBase, confidence: Confidence = DEFAULT_CONFIDENCE) -> Bundle:
        """Everything needed to answer from ``knowledge``."""
        return cls(knowledge, Index(knowledge), confidence)


def answer(bundle: Bundle, question: str, today: date, previous: Reply | None = None) -> Reply:
    """The reply to a message, which may hold several questions or lean on the previous reply."""
    whole = _answer_one(bundle, question, today, previous)
    if whole.score == CERTAIN:
        return whole
    parts = split_questions(question)
    if len(parts) < 2:
        return whole
    replies = _answer_parts(bundle, parts, today, previous)
    told = {reply.entry.id for reply in replies if reply.entry}
    if len(told) >= 2 or (len(told) == 1 and whole.status is not Status.ANSWERED):
        first, *rest = replies
        return replace(first, further=tuple(rest))
    return whole


def _answer_parts(bundle: Bundle, parts: Sequence[str], today: date, previous: Reply | None) -> list[Reply]:
    """The replies to the parts of a message, without repetitions and without courtesies beside a real question."""
    replies: list[Reply] = []
    for part in parts:
        reply = _answer_one(bundle, part, today, replies[-1] if replies else previous)
        if all(reply.entry is None or reply.entry != other.entry for other in replies):
            replies.append(reply)
    real = [r for r in replies if r.reason is not Reason.SMALL_TALK and (r.entry or r.question.rstrip().endswith("?"))]
    return real or replies


_SENTENCE = re.compile(r"(?<=[?!])\s+|(?<=[a-zäöüß]{3}\.)\s+(?=[A-ZÄÖÜ])|\n+")
_SECOND_QUESTION = re.compile(
    r",?\s+und\s+(?=(?:wie|wann|wer|wo|was|warum|wieso|weshalb|welche[rsnm]?|wem|wen|wohin|woher|gibt)\b)",
    re.IGNORECASE,
)


def split_questions(message: str) -> list[str]:
    """The questions of a message: its sentences, and halves joined by „und“ that each begin with a question word."""
    sentences = [part.strip() for part in _SENTENCE.split(message) if words(part)]
    return [half.strip() for part in sentences for half in _SECOND_QUESTION.split(part) if words(half)][:MAX_PARTS]


def _answer_one(bundle: Bundle, question: str, today: date, previous: Reply | None) -> Reply:
    leans = _leans_on_previous(bundle, question)
    # „Wie lange dauert das?“ with nothing before it must not be answered with the first thing that dauert.
    hangs = leans and not previous and _points_back(bundle.index.lexicon.question(question))
    alone = _decide(bundle, question, _OPENER.sub("", question), today, only_offer=hangs)
    if not leans or not previous or alone.score == CERTAIN:
        return alone
    return _follow_up(bundle, question, today, previous, alone)


def _decide(
    bundle: Bundle,
    question: str,
    understood_as: str,
    today: date,
    told: Entry | SmallTalk | None = None,
    only_offer: bool = False,
) -> Reply:
    """The reply to ``understood_as``, the question itself or what a follow-up means in full.

    ``told`` is left out; with ``only_offer`` nothing is answered that is not a curator's own phrasing or small talk.
    """
    findings = bundle.index.search(understood_as)
    if told:
        findings = findings.without(told)
    ranked = bundle.confidence.ranked(findings.candidates)
    if not ranked:
        return Reply(question, Status.UNKNOWN, _why_silent(findings))
    verbatim = next((c for c in findings.candidates if words(c.phrasing) == words(understood_as)), None)
    if verbatim:
        return _answered(bundle, question, CERTAIN, verbatim, today)
    (first, best), *others = ranked
    lead = first - (others[0][0] if others else 0.0)
    sure = first >= bundle.confidence.answer_at and lead >= bundle.confidence.margin
    if sure and not (only_offer and isinstance(best.entry, Entry)):
        return _answered(bundle, question, first, best, today)
    if isinstance(best.entry, SmallTalk):
        ranked = [pair for pair in ranked if isinstance(pair[1].entry, Entry)]
        first = ranked[0][0] if ranked else 0.0
    if first < bundle.confidence.suggest_at:
        return Reply(question, Status.UNKNOWN, _why_silent(findings), first)
    reason = Reason.AMBIGUOUS if first >= bundle.confidence.answer_at else Reason.UNSURE
    return Reply(question, Status.SUGGESTIONS, reason, first, suggestions=_suggestions(ranked))


def _answered(bundle: Bundle, question: str, score: float, best: Candidate, today: date) -> Reply:
    small_talk = isinstance(best.entry, SmallTalk)
    return Reply(
        question,
        Status.ANSWERED,
        Reason.SMALL_TALK if small_talk else Reason.MATCH,
        score,
        entry=best.entry,
        understood=Understood(best.phrasing, best.terms),
        notices=() if isinstance(best.entry, SmallTalk) else notices(bundle.knowledge, best.entry, today),
    )


def _suggestions(ranked: Sequence[tuple[float, Candidate]]) -> tuple[Suggestion, ...]:
    offered = [Suggestion(c.entry, score) for score, c in ranked if isinstance(c.entry, Entry)]
    return tuple(offered[:MAX_SUGGESTIONS])


def _why_silent(findings: Findings) -> Reason:
    """Why a question without a good candidate gets no answer."""
    telling = [word for word in findings.words if word.weight]
    if not telling:
        return Reason.TOO_SHORT
    known = [word for word in telling if word.meanings and not word.is_name]
    if not known and any(word.is_name for word in telling):
        return Reason.ONLY_NAMES
    if sum(word.weight for word in known) >= 0.5 * sum(word.weight for word in telling):
        return Reason.NOT_IN_SOURCES
    return Reason.OFF_TOPIC


_OPENER = re.compile(r"^\s*(?:und|aber|auch)\b[\s,]*(?=\w)", re.IGNORECASE)
_POINTERS = frozenset(
    "dies diese dieser dieses davon dabei dafur dagegen dazu darin daran damit dort dorthin er sie ihn ihm "
    "deren dessen denen hierzu hierfur hierbei".split()
)
_LOOSE_POINTERS = frozenset({"da", "es"})  # „Wer macht da mit?“ points back, „Welche gibt es?“ does not
_ARTICLES = frozenset({"das", "der", "die", "den"})
_QUESTION_WORDS = frozenset(
    "wer wem wen wessen was wann wo wohin woher wie warum wieso weshalb wozu welche welcher".split()
)
LONGEST_FOLLOW_UP = 9


def _leans_on_previous(bundle: Bundle, question: str) -> bool:
    """Whether a question is incomplete without the one before: „Und wie lange dauert das?“, „Warum?“, „Und wann?“."""
    query = bundle.index.lexicon.question(question)
    if not query or len(query) > LONGEST_FOLLOW_UP:
        return False
    telling = sum(word.weight > 0 for word in query)
    asks = any(word.word in _QUESTION_WORDS for word in query)
    opens = bool(_OPENER.match(question))
    refers = _points_back(query) or any(word.word in _LOOSE_POINTERS for word in query)
    return (not telling and asks) or (telling <= 2 and (opens or (asks and refers)))


def _points_back(query: Sequence[QueryWord]) -> bool:
    """Whether a word stands for something said before. An article counts only where no noun follows it."""
    followed = [word.weight > 0 for word in query[1:]] + [False]
    return any(
        word.word in _POINTERS or (word.word in _ARTICLES and not noun)
        for word, noun in zip(query, followed, strict=True)
    )


def _follow_up(bundle: Bundle, question: str, today: date, previous: Reply, alone: Reply) -> Reply:
    """The reply to a question that leans on the previous one: read together with it, or asked back."""
    before = previous.entry if isinstance(previous.entry, Entry) else None
    subject = bundle.index.lexicon.question(before.question if before else previous.question)
    own = [word for word in words(_OPENER.sub("", question)) if word not in _POINTERS | _LOOSE_POINTERS | _ARTICLES]
    together = " ".join([*own, *(word.word for word in subject if word.weight)])
    joined = _decide(bundle, question, together, today, told=before)
    if isinstance(joined.entry, Entry) and _stands_by(before, joined.entry):
        return replace(joined, reason=Reason.FOLLOW_UP)
    if alone.status is Status.ANSWERED and not _points_back(bundle.index.lexicon.question(question)):
        return alone
    offered = {s.entry.id: s for reply in (joined, alone) for s in _offered(reply) if s.entry != before}
    if not offered:
        return alone
    best = sorted(offered.values(), key=lambda s: (not _stands_by(before, s.entry), -s.score))[:MAX_SUGGESTIONS]
    return Reply(question, Status.SUGGESTIONS, Reason.FOLLOW_UP, best[0].score, suggestions=tuple(best))


def _offered(reply: Reply) -> tuple[Suggestion, ...]:
    return (Suggestion(reply.entry, reply.score),) if isinstance(reply.entry, Entry) else reply.suggestions


def _stands_by(one: Entry | None, other: Entry) -> bool:
    """Whether two entries belong together: related, or of one family of ids; anything goes with None."""
    return (
        one is None
        or other.id in one.related
        or one.id in other.related
        or one.id.split("-")[0] == other.id.split("-")[0]
    )


def notices(knowledge: KnowledgeBase, entry: Entry, today: date) -> tuple[Notice, ...]:
    """What to know before repeating an entry on the day ``today``."""
    found = []
    if age_in_years(knowledge, entry, today) >= OLD_AFTER_YEARS:
        found.append(Notice.OLD)
    if entry.review_by and first_day(entry.review_by) < today:
        found.append(Notice.REVIEW_DUE)
    if entry.superseded_by:
        found.append(Notice.SUPERSEDED)
    if entry.contradicts or any(entry.id in other.contradicts for other in knowledge.entries):
        found.append(Notice.CONTRADICTED)
    return tuple(found)


def age_in_years(knowledge: KnowledgeBase, entry: Entry, today: date) -> int:
    """Full years since the date of what the entry says."""
    since = first_day(knowledge.as_of(entry))
    return today.year - since.year - ((today.month, today.day) < (since.month, since.day))
