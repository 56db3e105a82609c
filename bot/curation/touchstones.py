"""Touchstones: whether the answers that are settled are still given, and settling more of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.answers import Bundle, Reply, Status, answer
from bot.curation import splice
from bot.curation.edit import Files, append_to_file
from bot.knowledge.consistency import items, same_words
from bot.knowledge.model import Entry, SmallTalk
from bot.knowledge.touchstone_model import TOUCHSTONES, UNANSWERED, Touchstone
from bot.knowledge.yaml_lines import Plain, read_yaml
from bot.typed_text import quoted


@dataclass(frozen=True, slots=True)
class Trial:
    """A touchstone with the ids of what the bot answers it with, and of what it suggests."""

    touchstone: Touchstone
    told: tuple[str, ...]
    offered: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Whether the right entry answers and no other; where none should, suggestions are all right."""
        expected = self.touchstone.expected
        return self.told == (() if expected is None else (expected,))

    @property
    def story(self) -> str:
        """What happened and what should have, as a German sentence."""
        expected, question = self.touchstone.expected, quoted(self.touchstone.question)
        should = f"richtig ist {quoted(expected)}" if expected else "die Frage soll unbeantwortet bleiben"
        if self.told:
            return f"Auf {question} antwortet {' und '.join(map(quoted, self.told))}; {should}."
        if self.offered:
            return f"Auf {question} werden nur {', '.join(map(quoted, self.offered))} vorgeschlagen; {should}."
        return f"Auf {question} kommt keine Antwort; {should}."


def try_touchstones(bundle: Bundle, today: date) -> list[Trial]:
    """Every touchstone of the knowledge with what the bot makes of it, in the order of the file."""
    return [_trial(bundle, touchstone, today) for touchstone in bundle.knowledge.touchstones]


def _trial(bundle: Bundle, touchstone: Touchstone, today: date) -> Trial:
    reply = answer(bundle, touchstone.question, today)
    courtesy_counts = touchstone.expected is not None
    return Trial(
        touchstone,
        tuple(entry.id for entry in told(reply) if courtesy_counts or isinstance(entry, Entry)),
        tuple(suggestion.entry.id for r in (reply, *reply.further) for suggestion in r.suggestions),
    )


def told(reply: Reply) -> list[Entry | SmallTalk]:
    """The entries and courtesies that a reply answers with."""
    replies = (reply, *reply.further)
    return [r.entry for r in replies if r.entry and r.status is Status.ANSWERED]


def expect(files: Files, touchstone: Touchstone) -> dict[str, bytes]:
    """The knowledge ``files`` with a touchstone; one with the same question is changed.

    Raises:
        UserError: where the file cannot be changed.
    """
    written: dict[str, Plain] = {"question": touchstone.question, "expected": touchstone.expected or UNANSWERED}
    content = files.get(TOUCHSTONES, b"")
    for item in items(read_yaml(TOUCHSTONES, content), "touchstones"):
        if any(same_words(text) == same_words(touchstone.question) for text, _ in item.texts("question")):
            return {**files, TOUCHSTONES: splice.put(TOUCHSTONES, content, item.place, "expected", written["expected"])}
    return append_to_file(files, TOUCHSTONES, "touchstones", written)
