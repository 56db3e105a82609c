"""What is printed for a reply."""

from dataclasses import replace

from bot.answers import Bundle, answer
from bot.channels.lines import ask_lines, show_lines
from bot.knowledge import KnowledgeBase

from ..conftest import TODAY


def test_suggestions_come_with_the_command_that_shows_them(small: Bundle) -> None:
    unsure = replace(small, confidence=replace(small.confidence, answer_at=1.1, suggest_at=0.0))
    reply = answer(unsure, "Kosten der Kooperation fördern", TODAY)
    texts = [line.text for line in ask_lines(small.knowledge, reply, TODAY)]
    assert texts[0].startswith("Ich bin nicht sicher")
    assert "– Spart Zusammenarbeit Kosten? (ikz-bot show money-savings)" in texts
    assert not any(text.startswith(("Quelle", "Zum Zitieren")) for text in texts)


def test_every_shipped_entry_can_be_shown(knowledge: KnowledgeBase) -> None:
    for entry in (*knowledge.entries, *knowledge.smalltalk):
        texts = [line.text for line in show_lines(knowledge, entry, entry.id, TODAY)]
        assert entry.answer in texts
        assert f"Kennung: {entry.id}" in texts
