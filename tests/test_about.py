"""What the bot says about itself: the same in every channel, and once in each."""

from __future__ import annotations

from bot.about import KNOWS, NO_LEGAL_ADVICE
from bot.channels.discord.texts import help_text
from bot.channels.terminal import HELP
from bot.knowledge import KnowledgeBase

from .conftest import Run


def test_that_it_gives_no_legal_advice_is_said_once_in_every_help(knowledge: KnowledgeBase, run: Run) -> None:
    program = " ".join(run("--help").stdout.decode().split())
    for told in (program, "\n".join(HELP), help_text(knowledge, "@bot")):
        assert told.count("Rechtsberatung") == 1 == told.count(NO_LEGAL_ADVICE)
        assert KNOWS in told


def test_that_it_gives_no_legal_advice_is_said_once_in_the_tour_at_its_end(knowledge: KnowledgeBase) -> None:
    *others, last = knowledge.tour
    assert last.text.count("Rechtsberatung") == 1
    assert not any("Rechtsberatung" in station.text for station in others)


def test_it_does_not_claim_to_know_the_workshop_alone(knowledge: KnowledgeBase) -> None:
    answers = {entry.id: entry.answer for entry in knowledge.smalltalk}
    of_itself = [answer for answer in answers.values() if "beruhen" in answer or "Wissenssammlung" in answer]
    assert len(of_itself) >= 3
    assert all("Hintergrund" in answer for answer in of_itself)
