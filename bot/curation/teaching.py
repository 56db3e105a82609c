"""What a curator teaches: a phrasing for an entry with its touchstone, or that a question is an open one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from bot.answers import Bundle, is_unfinished, split_questions
from bot.answers.conversation import without_courtesies
from bot.curation.edit import Files, add_variant
from bot.curation.flips import Flip, flips, near_flips
from bot.curation.open_questions import leave_open, no_longer_open, stands_open
from bot.curation.touchstones import expect
from bot.errors import UserError
from bot.knowledge.consistency import same_words
from bot.knowledge.fields import MAX_PHRASING
from bot.knowledge.model import Entry, KnowledgeBase, SmallTalk
from bot.knowledge.touchstone_model import Touchstone
from bot.typed_text import quoted, usable_question

CHOICES = 3

PROBABLE, ALIKE = 0.01, 0.4
"""A question is out of place where the entry is less probable and its nearest phrasing less alike (both 0–1). Of 1928
test questions with their right entry 2 are, of 1462 foreign ones with an entry at random 97 %."""

_MASK = re.compile(r"\[[A-ZÄÖÜ][\w-]*\]")


@dataclass(frozen=True, slots=True)
class Consequences:
    """Which questions get another answer: touchstones, and phrasings near the new one as if someone asked almost so."""

    touchstones: tuple[Flip, ...]
    near: tuple[Flip, ...]


def teachable(typed: str) -> str:
    """The question in ``typed`` on one line.

    Raises:
        UserError: where it is no single question of a phrasing's length, or holds a mark of the journal.
    """
    question = " ".join(usable_question(typed).split())
    if len(question) > MAX_PHRASING:
        raise UserError(
            f"Die Frage ist mit {len(question)} Zeichen zu lang; eine Formulierung hat höchstens {MAX_PHRASING}. Bitte"
            " fassen Sie sie kürzer."
        )
    if mask := _MASK.search(question):
        raise UserError(
            f"Die Frage enthält {quoted(mask[0])}; damit hat das Journal etwas Persönliches ersetzt, und so fragt"
            " niemand. Bitte formulieren Sie sie ohne diese Angabe."
        )
    if len(split_questions(question)) > 1:
        raise UserError("Das sind mehrere Fragen auf einmal. Bitte lehren Sie jede für sich.")
    return question


def phrasing(bundle: Bundle, typed: str, entry: Entry | None = None) -> str:
    """What ``typed`` asks if it can be a phrasing of the entry, or of any where none is given; else empty."""
    try:
        question = teachable(without_courtesies(typed))
        if entry:
            refuse_misplaced(bundle, question, entry)
    except UserError:
        return ""
    return question


def refuse_misplaced(bundle: Bundle, question: str, entry: Entry | SmallTalk) -> None:
    """Nothing, where the question can be a phrasing of the entry.

    Raises:
        UserError: where it names no subject, leads to another entry already, or is about something else.
    """
    refuse_known(bundle.knowledge, question, entry)
    if isinstance(entry, SmallTalk):
        return
    refuse_vague(bundle, question)
    found = [c for c in bundle.index.search(question, entry).candidates if c.entry == entry]
    if all(c.likeness < ALIKE and bundle.confidence.probability(c.evidence) < PROBABLE for c in found):
        raise UserError(
            f"{quoted(question)} hat mit {quoted(entry.question)} ({entry.id}) zu wenig gemeinsam; der Bot fände diesen"
            " Eintrag dann auch bei Fragen, die nichts mit ihm zu tun haben. Bitte prüfen Sie die Kennung, oder nennen"
            " Sie in der Frage, worum es geht."
        )


def refuse_vague(bundle: Bundle, question: str) -> None:
    """Nothing, where a question says by itself what it is about.

    Raises:
        UserError: where it does not.
    """
    told = [word for word in bundle.index.lexicon.question(question) if word.weight]
    if is_unfinished(bundle, question):
        raise UserError(
            f"{quoted(question)} hat erst hinter einer anderen Frage einen Sinn; allein gestellt meint sie jedes Mal"
            " etwas anderes. Bitte nennen Sie in der Frage, worum es geht."
        )
    if not told or all(word.is_name for word in told):
        what = "nur Namen" if told else "keinen Gegenstand"
        raise UserError(
            f"{quoted(question)} nennt {what} und passt deshalb zu vielem. Bitte nennen Sie in der Frage, worum es"
            " geht."
        )


def refuse_known(knowledge: KnowledgeBase, question: str, entry: Entry | SmallTalk | None) -> None:
    """Nothing, where no other entry than ``entry`` has the question as a phrasing.

    Raises:
        UserError: where one has; it says where that stands.
    """
    for other in (*knowledge.entries, *knowledge.smalltalk):
        if other != entry and same_words(question) in map(same_words, other.phrasings):
            raise UserError(
                f"Die Formulierung {quoted(question)} gehört schon zum Eintrag {quoted(other.id)}"
                f" ({knowledge.where[other.id]}). Bitte löschen Sie sie dort zuerst."
            )


def knows(entry: Entry | SmallTalk, question: str) -> bool:
    """Whether an entry has a phrasing already."""
    return same_words(question) in map(same_words, entry.phrasings)


def taught(files: Files, knowledge: KnowledgeBase, question: str, entry: Entry | SmallTalk | None) -> dict[str, bytes]:
    """The knowledge ``files`` (which say what ``knowledge`` holds) with the phrasing and its touchstone.

    Without an entry the question becomes an open one, which needs no touchstone: in these words it is never answered.
    A touchstone that says otherwise is changed.

    Raises:
        UserError: where a file cannot be changed.
    """
    if entry is None:
        files = files if stands_open(knowledge, question) else leave_open(files, question)
        settled = any(same_words(t.question) == same_words(question) for t in knowledge.touchstones)
        return expect(files, Touchstone(question=question, expected=None)) if settled else dict(files)
    files = no_longer_open(files, question)
    files = files if knows(entry, question) else add_variant(files, entry.id, question)
    return expect(files, Touchstone(question=question, expected=entry.id))


def nearest(bundle: Bundle, question: str, count: int = CHOICES) -> list[tuple[Entry, float]]:
    """The entries that may answer a question, with the probability (0–1) that each does, however small."""
    ranked = bundle.confidence.ranked(bundle.index.search(question).candidates)
    return [(candidate.entry, score) for score, candidate in ranked if isinstance(candidate.entry, Entry)][:count]


def consequences(
    before: Bundle, after: Bundle, question: str, entry: Entry | SmallTalk | None, today: date
) -> Consequences:
    """What the new phrasing, or without an entry the new open question, does to other questions."""
    others = [t.question for t in before.knowledge.touchstones if same_words(t.question) != same_words(question)]
    settled = tuple(flips(before, after, others, today))
    if isinstance(entry, SmallTalk):
        return Consequences(settled, ())
    near = near_flips(before, after, [question], entry.id if entry else None, today)
    return Consequences(settled, tuple(near))
