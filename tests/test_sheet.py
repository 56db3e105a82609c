"""What stands on the sheet for a meeting."""

import pytest

from bot.errors import UserError
from bot.knowledge import KnowledgeBase, parse
from bot.sheet import CHOSEN, sheet

from .conftest import SOURCES, TOPIC, Bundle


def test_a_topic_gives_its_short_lines_with_source_and_stand(knowledge: KnowledgeBase) -> None:
    made = sheet(knowledge, ["Zeit und Dauer"])
    assert (made.title, made.stand) == ("Zeit und Dauer", "Werkstatt, November 2020")
    (topic,) = (topic for topic in knowledge.topics if topic.id == "zeit")
    assert [line.short for line in made.lines] == [entry.short_line for entry in topic.entries]
    assert made.usual == "Soweit nicht anders angegeben: [1] Abschnitt Diskussion zum Input von der Mühlen"
    assert made.lines[0].source.startswith(made.usual.partition(": ")[2]) and made.lines[1].source == ""
    (source,) = made.sources
    assert source.startswith("[1] Protokoll der Fachwerkstatt „Aufgabenteilung") and "12. November 2020" in source


def test_topics_and_entries_can_be_mixed_and_nothing_stands_twice(knowledge: KnowledgeBase) -> None:
    made = sheet(knowledge, ["motive-demografie", " ZEIT ", "zeit-faustformel"])
    assert made.title == f"{CHOSEN} · Zeit und Dauer"
    ids = [line.id for line in made.lines]
    assert ids == ["motive-demografie", "zeit-ueberblick", "zeit-faustformel", "zeit-abhaengigkeit"]


def test_what_another_line_says_already_is_dispensable(knowledge: KnowledgeBase) -> None:
    made = sheet(knowledge, ["zeit"])
    assert [line.dispensable for line in made.lines] == [False, True, True]
    assert [line.dispensable for line in sheet(knowledge, ["zeit-faustformel"]).lines] == [False]


def test_superseded_entries_stand_only_where_they_are_named_and_with_a_notice(small: Bundle) -> None:
    assert [line.id for line in sheet(small.knowledge, ["geld"]).lines] == ["money-savings"]
    (line,) = sheet(small.knowledge, ["grant"]).lines
    assert line.id == "money-grant"
    assert line.notes[0] == "Das ist überholt. Neuerer Stand: Ein wenig. (Hintergrund, Stand Januar 2026)"
    assert line.notes[-1] == "Zu prüfen bis März 2025."


def test_a_topic_of_which_nothing_is_in_force_any_more_is_told() -> None:
    newer = TOPIC.partition("  - id: money-savings")
    old = {"geld.yaml": newer[0], "neu.yaml": "topic: Neu\nentries:\n" + newer[1] + newer[2]}
    knowledge = parse({name: text.encode() for name, text in {**old, "sources.yaml": SOURCES}.items()})
    with pytest.raises(UserError, match="Alle Einträge von „Geld“ sind überholt"):
        sheet(knowledge, ["geld"])


def test_where_stands_differ_every_line_has_its_own(small: Bundle) -> None:
    made = sheet(small.knowledge, ["money-grant", "money-savings"])
    assert made.stand == ""
    assert [line.source.rpartition("; ")[2] for line in made.lines] == [
        "Werkstatt und Hintergrund, Stand November 2020",
        "Hintergrund, Stand Januar 2026",
    ]
    assert made.lines[0].source.startswith("[1] Abschnitt Blitzumfrage, laut Erika Muster; Abschnitt Input")
    assert "[2]" in made.lines[0].source and len(made.sources) == 2


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("zeitt", "Meinten Sie „zeit“?"),
        ("motive-demografi", "motive-demografie"),
        ("", "Themen akteure,"),
    ],
)
def test_a_name_that_is_unknown_is_a_german_sentence(knowledge: KnowledgeBase, name: str, hint: str) -> None:
    with pytest.raises(UserError, match="Ein Thema oder einen Eintrag") as told:
        sheet(knowledge, ["zeit", name])
    assert hint in str(told.value)
