from dataclasses import replace
from datetime import date
from pathlib import Path

from bot.answers import Bundle
from bot.curation.bases import base_of
from bot.curation.left_out import left_out
from bot.curation.questions import LabelledQuestion
from bot.knowledge import load

BUECHEREI = load(Path(__file__).parents[1] / "data" / "buecherei")
TODAY = date(2026, 11, 23)


def labelled(question, *expected):
    return LabelledQuestion(question, frozenset(expected), "in")


def covering(knowledge, entry_id, *covered):
    """The knowledge, one entry of which covers others."""

    def changed(entry):
        return entry.model_copy(update={"covers": covered}) if entry.id == entry_id else entry

    topics = tuple(replace(topic, entries=tuple(map(changed, topic.entries))) for topic in knowledge.topics)
    return replace(knowledge, topics=topics)


TWINS = base_of(
    [
        ("a", ["Wann öffnet das Schwimmbad?", "Öffnungszeit vom Schwimmbad", "Schwimmbad offen wann"]),
        ("b", ["Wann öffnet das Schwimmbad am Morgen?", "Schwimmbad am Morgen offen"]),
        *((f"x{n}", [f"Wo steht Haus Nummer {word}?"]) for n, word in enumerate("eins zwei drei vier".split())),
    ]
)
MORNING = labelled("Wann öffnet das Schwimmbad am Morgen?", "b")


def test_a_question_is_asked_once_its_entry_is_gone():
    asked = [labelled(phrasing, entry.id) for entry in BUECHEREI.entries for phrasing in entry.phrasings]
    found = left_out(Bundle.build(BUECHEREI), asked, TODAY)
    assert found.covered.total == found.unknown.total == len(asked)
    assert sum(share.hits for share in (found.covered, found.answered, found.suggested, found.unknown)) == len(asked)
    assert all(not outcome.told & asked.expected for outcome, asked in zip(found.outcomes, asked, strict=False))
    assert found.partly_right.total == 0


def test_the_neighbour_answers_wrongly_unless_it_covers_what_is_missing():
    alone = left_out(Bundle.build(TWINS), [MORNING], TODAY)
    assert (alone.covered.hits, alone.answered.hits) == (0, 1)
    assert [outcome.wrong for outcome in alone.outcomes] == [True]
    covered = left_out(Bundle.build(covering(TWINS, "a", "b")), [MORNING], TODAY)
    assert (covered.covered.hits, covered.answered.hits) == (1, 0)
    assert [outcome.wrong for outcome in covered.outcomes] == [False]


def test_a_question_with_an_entry_left_is_still_to_be_answered():
    found = left_out(Bundle.build(TWINS), [replace(MORNING, expected=frozenset({"a", "b"}))], TODAY)
    assert found.unknown.total == 0
    assert (found.partly_right.hits, found.partly_right.total, found.partly_wrong.hits) == (2, 2, 0)


def test_foreign_questions_are_not_asked_and_one_entry_alone_stays():
    assert left_out(Bundle.build(TWINS), [labelled("Wie wird das Wetter?")], TODAY).outcomes == ()
    single = base_of([("a", ["Wann öffnet das Schwimmbad?"])])
    assert left_out(Bundle.build(single), [labelled("Schwimmbad?", "a")], TODAY).outcomes == ()
