"""What is offered without being asked."""

from bot.answers import Bundle, Notice, Reason, Status, answer
from bot.offers import examples, picked, related

from .conftest import TODAY


def test_examples_are_answered_and_from_different_topics(bundle: Bundle) -> None:
    shown = examples(bundle.knowledge)
    replies = [answer(bundle, question, TODAY) for question in shown]
    assert [reply.entry.question for reply in replies if reply.entry] == shown
    assert len({bundle.knowledge.topic_of(r.entry).id for r in replies if r.entry}) == 3  # type: ignore[arg-type]


def test_few_topics_give_few_examples(small: Bundle) -> None:
    assert examples(small.knowledge) == ["Welche Förderung gibt es für Kooperationen?"]


def test_a_picked_entry_is_told_with_its_notices(small: Bundle) -> None:
    entry = small.knowledge.entry("money-grant")
    assert entry
    reply = picked(small.knowledge, entry, TODAY)
    assert (reply.status, reply.reason, reply.entry) == (Status.ANSWERED, Reason.MATCH, entry)
    assert set(reply.notices) == set(Notice)
    assert [other.id for other in related(small.knowledge, entry)] == ["money-savings"]


def test_small_talk_can_be_picked_too(small: Bundle) -> None:
    reply = picked(small.knowledge, small.knowledge.smalltalk[0], TODAY)
    assert (reply.reason, reply.notices) == (Reason.SMALL_TALK, ())
