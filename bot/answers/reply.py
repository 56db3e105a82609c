"""What the bot has to say: the one reply type that every channel renders."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.knowledge.model import Entry, SmallTalk


class Status(StrEnum):
    """What the bot does with a question."""

    ANSWERED = "answered"
    SUGGESTIONS = "suggestions"
    UNKNOWN = "unknown"


class Reason(StrEnum):
    """Why the bot answers, offers or stays silent.

    Silent: the question holds no subject (``TOO_SHORT``) or nothing but names (``ONLY_NAMES``); the sources mention the
    names in it, but know nothing else of it (``MENTIONED``); they know most of its words, but state nothing of the kind
    (``NOT_IN_SOURCES``), or few of them (``OFF_TOPIC``). Silent or with offers: it is a question that the curator knows
    to be open (``OPEN``).
    """

    MATCH = "match"
    FOLLOW_UP = "follow_up"
    SMALL_TALK = "small_talk"
    AMBIGUOUS = "ambiguous"
    UNSURE = "unsure"
    OPEN = "open"
    TOO_SHORT = "too_short"
    ONLY_NAMES = "only_names"
    MENTIONED = "mentioned"
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
    """How the question was understood: the phrasing or open question it came closest to, and the words they share.

    ``missed`` are words of the question, folded, that the entry has nothing near to.
    """

    phrasing: str
    terms: tuple[str, ...]
    missed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What the bot has to say to one question.

    ``score`` is the probability (0–1) of the best candidate. ``topics`` are the titles of the topics that come nearest
    to a question whose words are known, but which has no answer. ``further`` are the replies to further questions of
    the same message.
    """

    question: str
    status: Status
    reason: Reason
    score: float = 0.0
    entry: Entry | SmallTalk | None = None
    suggestions: tuple[Suggestion, ...] = ()
    understood: Understood | None = None
    notices: tuple[Notice, ...] = ()
    topics: tuple[str, ...] = ()
    further: tuple[Reply, ...] = ()
