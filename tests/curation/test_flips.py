"""What a new entry does to questions whose answer is known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers import Bundle
from bot.curation.edit import add_entry
from bot.curation.flips import Flip, flips, near_flips
from bot.knowledge import Entry, KnowledgeBase, parse
from bot.knowledge.load import read_files
from tests.conftest import ROOT, TODAY

SHIPPED = read_files(ROOT / "knowledge")


def with_entry(knowledge: KnowledgeBase, question: str, *variants: str) -> tuple[Bundle, Entry]:
    entry = {"id": "neu", "question": question, "variants": variants, "answer": "Ja.", "source": "fachwerkstatt-2020"}
    after = replace(parse(add_entry(SHIPPED, "zeit", entry)), calibration=knowledge.calibration)
    found = after.entry("neu")
    assert found is not None
    return Bundle.build(after), found


@pytest.mark.slow
def test_known_phrasings_keep_their_answers(knowledge: KnowledgeBase, bundle: Bundle) -> None:
    after, _ = with_entry(knowledge, "Wie lange dauert eine Kooperation heute?", "Dauer heute", "Huerden bei IKZ")
    known = [text for entry in knowledge.entries for text in entry.phrasings]
    assert flips(bundle, after, known, TODAY) == []


def test_a_question_that_the_new_entry_takes_over_is_told_with_both_answers(
    knowledge: KnowledgeBase, bundle: Bundle
) -> None:
    asked = "Wie hoch ist der Turm in Quakenbrück?"
    after, _ = with_entry(knowledge, "Wie hoch ist der Turm von Quakenbrück?", "Turmhöhe Quakenbrück")
    assert flips(bundle, after, [asked, "Welche Hemmnisse gibt es?"], TODAY) == [Flip(asked, None, "neu")]


@pytest.mark.slow
def test_questions_like_those_of_the_nearest_entries_are_told(knowledge: KnowledgeBase, bundle: Bundle) -> None:
    rival = knowledge.entry("hemmnisse-mehraufwand")
    assert rival is not None
    copies = [text.replace("Mehraufwand", "Aufwand") + " wirklich" for text in rival.variants[:20]]
    after, entry = with_entry(knowledge, "Ist ungleicher Aufwand ein wirkliches Hemmnis?", *copies)
    found = near_flips(bundle, after, entry.phrasings, entry.id, TODAY)
    assert found, "twenty phrasings like those of another entry must take something from it"
    assert {flip.before for flip in found} <= {entry.id for entry in knowledge.entries} | {None}
    assert any(flip.before == rival.id for flip in found)
    assert all(flip.before != flip.after for flip in found)


@pytest.mark.slow
def test_an_entry_far_from_all_others_changes_nothing(knowledge: KnowledgeBase, bundle: Bundle) -> None:
    after, entry = with_entry(knowledge, "Welches Zebra frisst Quitten?", "Quittenzebra")
    assert near_flips(bundle, after, entry.phrasings, entry.id, TODAY) == []
