"""What an import proposes for a statement: topic, keywords, question, id, and an answer where it takes over nothing."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from bot.curation.own_words import WORDS
from bot.curation.quantities import quantities
from bot.documents import Document, Statement
from bot.documents.votes import read_votes
from bot.knowledge import Entry, KnowledgeBase, Topic
from bot.knowledge.model import MAX_ANSWER, MAX_QUESTION, MONTHS
from bot.origins import full_date, is_background
from bot.search.index import Index
from bot.text import fold, is_function_word

KEYWORDS = 4
"""So many keywords are proposed at most."""

SURE_TOPIC, AHEAD = 0.4, 0.2
"""A topic is proposed from so many votes on, and so many before the next. Measured with the covering entries left out:
on the protocol of the shipped knowledge 64 of 105 statements get a topic, 46 of these the right one; on
tests/curation/relations.yaml 46 of 70, 33 of these the right one."""

LONGEST_ID = 60

_NOUN = re.compile(r"\b[A-ZÄÖÜ][^\W\d_]{2,}(?:-[A-ZÄÖÜ]?[^\W\d_]+)*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+|[„\"»])$")
_NO_KEYWORDS = frozenset(map(fold, (*MONTHS, "Uhr", "Euro", "Prozent", "Jahr", "Jahre", "Jahren", "Monate", "Monaten")))
_HEAD_QUESTIONS = {
    "Datum": "Wann war",
    "Termin": "Wann war",
    "Ort": "Wo war",
    "Beginn": "Wann begann",
    "Ende": "Wann endete",
    "Uhrzeit": "Um wie viel Uhr war",
    "Veranstalter": "Von wem war",
    "Teilnehmende": "Wer besuchte",
}
_TRANSCRIBED = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


class Topics:
    """Proposes topics: the nearest entries vote for theirs, and so do the topics' own descriptions.

    What a workshop says belongs to a topic that holds something of a workshop, if there is one.
    """

    def __init__(self, knowledge: KnowledgeBase, told: Index) -> None:
        """``told`` is the index of what the entries state."""
        self._knowledge = knowledge
        self._indexes = (told, Index(replace(knowledge, smalltalk=(), open_questions=())))
        self._described = Index(_described(knowledge))
        told_in_workshops = {
            topic.id for topic in knowledge.topics if not all(is_background(knowledge, e) for e in topic.entries)
        }
        self._eligible = told_in_workshops or {topic.id for topic in knowledge.topics}

    def nearest(self, text: str, without: Collection[str] = ()) -> str | None:
        """The topic a text belongs to, or None where the votes are few or divided; entries ``without`` have no vote."""
        votes: dict[str, float] = defaultdict(float)
        for index in self._indexes:
            for candidate in index.search(text).candidates:
                entry = self._knowledge.entry(candidate.entry.id)
                topic = self._knowledge.topic_of(entry).id if entry else ""
                if entry and entry.id not in without and topic in self._eligible:
                    votes[topic] += max(0.0, candidate.evidence.ridge)
        for candidate in self._described.search(text).candidates:
            if candidate.entry.id in self._eligible:
                votes[candidate.entry.id] += max(0.0, candidate.evidence.ridge)
        ranked = sorted(votes.items(), key=lambda vote: -vote[1])
        (first, most), (_, next_most) = [*ranked, ("", 0.0), ("", 0.0)][:2]
        return first if most >= SURE_TOPIC and most - next_most >= AHEAD else None


def _described(knowledge: KnowledgeBase) -> KnowledgeBase:
    """A base with one entry for each topic: its title, its description and the keywords of its entries."""

    def entry(topic: Topic) -> Entry:
        keywords = tuple(dict.fromkeys(word for one in topic.entries for word in one.keywords))
        own = {"id": topic.id, "question": topic.title, "keywords": keywords, "answer": topic.description}
        return topic.entries[0].model_copy(
            update={**own, "variants": (topic.description,) if topic.description else ()}
        )

    topics = tuple(replace(topic, entries=(entry(topic),)) for topic in knowledge.topics)
    return replace(knowledge, topics=topics, smalltalk=(), open_questions=())


class Keywords:
    """Proposes keywords: the nouns of a statement that are rare in its document."""

    def __init__(self, document: Document) -> None:
        found = [noun for passage in document.passages for noun in _nouns(passage.text)]
        self._certain = {noun for noun, starts in found if not starts}
        self._counts = Counter(noun for noun, _ in found)
        self._left_out = {fold(part) for name in document.speakers for part in name.split()}

    def of(self, statement: Statement) -> tuple[str, ...]:
        """Up to four nouns, in the order of the statement."""
        label, colon, _ = statement.text.partition(":")
        if not statement.section and colon and len(label.split()) == 1:
            return (label,)
        return self._nouns(statement.text) or self._nouns(statement.question or "")

    def _nouns(self, text: str) -> tuple[str, ...]:
        nouns = dict.fromkeys(
            noun for noun, starts in _nouns(text) if (not starts or noun in self._certain) and self._tells(noun)
        )
        rare = sorted(nouns, key=lambda noun: (self._counts[noun], -len(noun)))[:KEYWORDS]
        return tuple(noun for noun in nouns if noun in rare)

    def _tells(self, noun: str) -> bool:
        folded = fold(noun)
        return len(noun) <= 60 and not (
            folded in _NO_KEYWORDS or folded in self._left_out or is_function_word(folded) or folded in {"herr", "frau"}
        )


def _nouns(text: str) -> Iterable[tuple[str, bool]]:
    """The capitalised words of a text, and whether each begins a sentence, where any word is capitalised."""
    for found in _NOUN.finditer(text):
        yield found[0], bool(_SENTENCE_START.search(text[: found.start()]))


def question(statement: Statement, keywords: Sequence[str], day: str, used: Collection[str]) -> str:
    """A question the statement answers, if possible one that is not ``used`` yet.

    It is that of the document where that is short, else it is made of the keywords. ``day`` is the document's date.
    """
    asked = statement.question
    options = [asked] if asked and asked.endswith("?") and len(asked.split()) < WORDS else []
    label = statement.text.partition(":")[0] if not statement.section else ""
    if label in _HEAD_QUESTIONS:
        options.append(f"{_HEAD_QUESTIONS[label]} die Veranstaltung vom {full_date(day)}?")
    wanted = _wanted(statement.text)
    options += [f"{', '.join(keywords[:count])}: {wanted}" for count in range(2, KEYWORDS + 1) if keywords]
    options += [f"{keywords[0]}: {wanted}"] if keywords else [f"Was steht im Abschnitt „{statement.heading}“?"]
    fitting = [option for option in options if len(option) <= MAX_QUESTION] or ["Was steht hier?"]
    return next((option for option in fitting if option not in used), fitting[0])


def _wanted(text: str) -> str:
    figures, days = quantities(text)
    if any(day.year for day in days) or any(figure.kind in {"months", "days", "minutes"} for figure in figures):
        return "Welche Zeitangaben gibt es dazu?"
    if any(figure.stated for figure in figures):
        return "Welche Zahlen gibt es dazu?"
    return "Was ist dazu bekannt?"


def draft_id(topic: str | None, keywords: Sequence[str], taken: Collection[str]) -> str:
    """An id of topic and keywords that nobody has yet: ``zeit-ergebnis-ansicht``."""
    parts = filter(None, (topic or "", *map(slug, keywords[:2])))
    base = "-".join(parts)[: LONGEST_ID - 4].strip("-") or "aussage"
    number, found = 1, base
    while found in taken:
        number += 1
        found = f"{base}-{number}"
    return found


def slug(text: str) -> str:
    """A text as a part of an id: ``"Büro für Räte"`` → ``"buero-fuer-raete"``."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text.casefold()).translate(_TRANSCRIBED))
    return re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")


def answer(statement: Statement, day: str | None) -> str:
    """An answer that takes over no wording, which there is for the votes of a poll only; else empty."""
    votes = read_votes(statement.text)
    if not votes:
        return ""
    told = [f"auf „{choice}“ {'1 Stimme' if number == 1 else f'{number} Stimmen'}" for choice, number in votes]
    when = f" am {full_date(day)}" if day and day.count("-") == 2 else ""
    whole = f"In der Abstimmung{when} entfielen {_listed(told)}."
    return whole if len(whole) <= MAX_ANSWER else ""


def _listed(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} und {parts[-1]}"
