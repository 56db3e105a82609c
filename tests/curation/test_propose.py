from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.curation import propose
from bot.curation.own_words import copied
from bot.curation.relate import Relations
from bot.documents import Document, Passage, Statement
from bot.knowledge import KnowledgeBase
from bot.knowledge.fields import ID_PATTERN

DAY = "2023-05-04"
LABELLED: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).with_name("relations.yaml")).read_text(encoding="utf-8")
)


def document(*texts: str, speakers: tuple[str, ...] = ()) -> Document:
    passages = tuple(Passage(text, ()) for text in texts)
    return Document(None, DAY, None, speakers, None, (), passages)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Fachkräfte fehlen, und niemand bewirbt sich auf die Stelle im Bauamt.", "personal"),
        ("Die Werkstatt endete mit einem Dank an alle, die vorgetragen haben.", "veranstaltung"),
        ("Bisher hat davon niemand Gebrauch gemacht.", None),
        ("", None),
    ],
)
def test_a_topic_is_proposed_or_none(knowledge: KnowledgeBase, text: str, topic: str | None) -> None:
    assert propose.Topics(knowledge, Relations(knowledge).told).nearest(text) == topic


def test_proposed_topics_are_mostly_right(knowledge: KnowledgeBase) -> None:
    """Without the entries that cover a statement, the others lead to its topic."""
    topics = propose.Topics(knowledge, Relations(knowledge).told)
    proposed = right = 0
    for one in (one for part in LABELLED.values() for one in part if one["relation"] != "new"):
        found = topics.nearest(one["statement"], without=one["entries"])
        entries = [entry for entry in knowledge.entries if entry.id in one["entries"]]
        proposed += found is not None
        right += found in {knowledge.topic_of(entry).id for entry in entries}
    assert proposed >= 33
    assert right >= 0.65 * proposed


def test_keywords_are_telling_nouns() -> None:
    text = "Gescannt wurden die Bauakten am 4. Mai von Frau Eva Lind; Die Akten liegen im Archiv. Alle Bauakten."
    found = propose.Keywords(document(text, speakers=("Eva Lind",))).of(Statement(text, ()))
    assert set(found) == {"Bauakten", "Akten", "Archiv"}


def test_a_short_answer_has_the_keywords_of_its_question() -> None:
    statement = Statement("zu wenig", ("Umfrage",), question="Wie viel Personal gibt es im Bauamt?")
    assert propose.Keywords(document(statement.text)).of(statement) == ("Personal", "Bauamt")


@pytest.mark.parametrize(
    ("statement", "keywords", "question"),
    [
        (Statement("Viel.", ("A",), question="Was kostet das?"), ("Geld",), "Was kostet das?"),
        (Statement("Ort: Rathaus", ()), ("Ort",), "Wo war die Veranstaltung vom 4. Mai 2023?"),
        (Statement("Es dauert zwei Jahre.", ("A",)), ("Bau", "Amt"), "Bau, Amt: Welche Zeitangaben gibt es dazu?"),
        (Statement("Es gibt drei Orte.", ("A",)), ("Ort",), "Ort: Welche Zahlen gibt es dazu?"),
        (Statement("Es ist gut.", ("A",)), ("Bau", "Amt", "Rat"), "Bau, Amt: Was ist dazu bekannt?"),
        (Statement("Gut.", ("A",)), (), "Was steht im Abschnitt „A“?"),
    ],
)
def test_questions(statement: Statement, keywords: tuple[str, ...], question: str) -> None:
    assert propose.question(statement, keywords, DAY, ()) == question


def test_the_same_question_is_not_proposed_twice() -> None:
    statement = Statement("Viel.", ("A",), question="Was kostet das?")
    assert propose.question(statement, ("Geld", "Bau"), DAY, {"Was kostet das?"}) == "Geld, Bau: Was ist dazu bekannt?"


@given(st.lists(st.text(min_size=1, max_size=12), max_size=3), st.sets(st.just("zeit-bau")))
def test_every_id_is_one(keywords: list[str], taken: set[str]) -> None:
    import re

    found = propose.draft_id("zeit", keywords, taken)
    assert re.fullmatch(ID_PATTERN, found)
    assert len(found) <= 60
    assert found not in taken


def test_ids_are_spelled_like_those_of_the_knowledge() -> None:
    assert (
        propose.draft_id("zeit", ("Größe", "Büro-Räume"), {"zeit-groesse-buero-raeume"})
        == "zeit-groesse-buero-raeume-2"
    )
    assert propose.draft_id(None, (), ()) == "aussage"


def test_an_answer_is_proposed_for_votes_only() -> None:
    votes = Statement("Ja: 5 Stimmen; Nein: 1 Stimme; Egal: 0 Stimmen", ("A",), question="Gut?")
    told = propose.answer(votes, DAY)
    choices = "auf „Ja“ 5 Stimmen, auf „Nein“ 1 Stimme und auf „Egal“ 0 Stimmen"
    assert told == f"In der Abstimmung am 4. Mai 2023 entfielen {choices}."
    assert copied(told, votes.text) == ()
    assert propose.answer(Statement("Das kostet viel Geld.", ("A",)), DAY) == ""
