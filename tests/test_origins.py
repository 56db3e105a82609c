"""Where an answer comes from: exact, and what a workshop said never looks like what was added to it."""

import pytest

from bot import origins
from bot.answers import Bundle
from bot.knowledge import Entry, KnowledgeBase, parse

SOURCES = """\
sources:
  - {id: one, kind: werkstatt, title: Eins, publisher: V, date: 2020-11-12}
  - {id: two, kind: werkstatt, title: Zwei, publisher: V, date: 2024-03-05}
  - {id: three, kind: werkstatt, title: Drei, publisher: V, date: 2026-05-20}
  - {id: law, kind: hintergrund, title: Gesetz, publisher: Land, date: 2024-03, address: "https://example.org/g"}
  - {id: long, kind: hintergrund, title: Ein Gesetz, publisher: Land, date: 2024-03, address: "https://example.org/LONG"}
  - {id: page, kind: hintergrund, title: Seite, publisher: Stadt, accessed: 2026-11}
"""


def base(sources: str, more: str = "") -> KnowledgeBase:
    topic = f"topic: T\nentries:\n  - {{id: e, question: Was?, answer: Das., sources: [{sources}]{more}}}\n"
    return parse({"t.yaml": topic.encode(), "sources.yaml": SOURCES.replace("LONG", "x" * 60).encode()})


@pytest.fixture
def grant(small: Bundle) -> Entry:
    entry = small.knowledge.entry("money-grant")
    assert entry
    return entry


@pytest.mark.parametrize(
    ("day", "text"), [("2020-11-02", "2. November 2020"), ("2020-03", "März 2020"), ("2018", "2018")]
)
def test_a_date_is_as_exact_as_it_is_known(day: str, text: str) -> None:
    assert origins.full_date(day) == text


def test_each_source_has_one_line_with_its_sections_and_speakers(small: Bundle, grant: Entry) -> None:
    assert origins.source_lines(small.knowledge, grant) == [
        "Quelle: Protokoll der „Runde“, Abschnitt Blitzumfrage, laut Erika Muster; Abschnitt Input Erika Muster"
        " (Verein e. V., 12. November 2020)",
        "Quelle: Papier (Amt, 2018, https://example.org/p)",
    ]


def test_stand_is_the_newest_source_or_the_entrys_own(small: Bundle, grant: Entry) -> None:
    savings = small.knowledge.entry("money-savings")
    assert savings
    assert origins.stand(small.knowledge, grant) == "Werkstatt und Hintergrund, Stand November 2020"
    assert origins.stand(small.knowledge, savings) == "Hintergrund, Stand Januar 2026"


@pytest.mark.parametrize(
    ("sources", "more", "said"),
    [
        ("{id: one}", "", "Werkstatt, November 2020"),
        ("{id: one}, {id: one, section: A}", "", "Werkstatt, November 2020"),
        ("{id: one}", ", as_of: 2021-02", "Werkstatt, Stand Februar 2021"),
        ("{id: one}, {id: two}, {id: three}", "", "In 3 Werkstätten genannt, zuletzt Mai 2026"),
        ("{id: two}, {id: law}", "", "Werkstatt und Hintergrund, Stand März 2024"),
        ("{id: law}", "", "Hintergrund, Stand März 2024"),
        ("{id: law}, {id: page}", "", "Hintergrund, Stand März 2024"),
        ("{id: page}", "", "Hintergrund, ohne Datum, gelesen im November 2026"),
        ("{id: page}", ", as_of: 2018", "Hintergrund, Stand 2018"),
    ],
)
def test_the_kind_and_the_age_of_an_answer_are_said_together(sources: str, more: str, said: str) -> None:
    knowledge = base(sources, more)
    entry = knowledge.entry("e")
    assert entry
    assert origins.stand(knowledge, entry) == said
    assert origins.is_background(knowledge, entry) == said.startswith("Hintergrund")


def test_a_page_without_a_date_says_so_and_a_law_needs_no_section_heading() -> None:
    knowledge = base("{id: law, section: § 5 GkG NRW}, {id: page}")
    entry = knowledge.entry("e")
    assert entry
    assert origins.source_lines(knowledge, entry) == [
        "Quelle: Gesetz, § 5 GkG NRW (Land, März 2024, https://example.org/g)",
        "Quelle: Seite (Stadt, ohne Datum, gelesen im November 2026)",
    ]


def test_a_long_address_is_told_in_full_only_on_request() -> None:
    knowledge = base("{id: long, section: Gesetz}")
    entry = knowledge.entry("e")
    assert entry
    assert origins.source_lines(knowledge, entry) == ["Quelle: Ein Gesetz (Land, März 2024, example.org)"]
    (told,) = origins.source_lines(knowledge, entry, in_full=True)
    assert told.endswith(f"https://example.org/{'x' * 60})")
