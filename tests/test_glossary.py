"""Which term someone means, and which terms are found in an answer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers import Bundle, Notice
from bot.glossary import MOST_CANDIDATES, MOST_IN_AN_ANSWER, Glossary, label, question_back
from bot.knowledge import KnowledgeBase, parse
from bot.offers import explanation, leads
from bot.origins import source_lines, stand

from .conftest import TODAY

TOPIC = """\
topic: Formen
entries:
  - id: verband
    question: Was ist ein Zweckverband?
    answer: Ein Zweckverband ist eine Körperschaft. Er beruht auf einer Verbandssatzung.
    source: s
  - id: vereinbarung
    question: Was ist eine öffentlich-rechtliche Vereinbarung?
    answer: >-
      Öffentlich-rechtliche Vereinbarungen sind Verträge, auch zwischen Zweckverbänden; Zweckverbände brauchen dafür
      keine Zuwendung, und eine Zweckverbandsgründung ist nicht nötig.
    sources: [{id: s}, {id: w}]
    as_of: 2021
    review_by: 2022
    related: [verband]
  - id: geld
    question: Wie hoch ist die Zuwendung?
    answer: Das Land fordert Berichte und wendet 115 Euro zu. Mandatsträger sind in die Lage versetzt, zu gestalten.
    source: s
  - id: viel
    question: Was kommt alles vor?
    answer: Zuwendungen, die Nummer 115, OZG 2.0, das OZG, Mandate und ein Zweckverband; hier e. V. genannt.
    source: s
  - {id: ozg, question: Was ist das OZG?, answer: Ein Gesetz., source: s}
  - {id: ozg-neu, question: Was ist OZG 2.0?, answer: Das OZG 2.0 hat das OZG geändert., source: s}
  - {id: verein, question: Was heißt e. V.?, answer: Eingetragener Verein., source: s}
  - {id: mandat, question: Was ist ein Mandat?, answer: Ein Auftrag., source: s}
"""
GLOSSARY = """\
terms:
  - {term: Zweckverband, spellings: [ZV], meaning: Er ist eine Körperschaft., entry: verband}
  - term: öffentlich-rechtliche Vereinbarung
    spellings: [ÖRV]
    meaning: In diesem Vertrag übernimmt eine Kommune etwas für andere.
    entry: vereinbarung
  - {term: Zuwendung, spellings: [Förderung], meaning: Das Land gibt Geld dazu., entry: geld, sources: [{id: w}]}
  - {term: Versetzung, meaning: Sie bleibt beim selben Arbeitgeber., entry: geld}
  - {term: "115", spellings: [Nummer 115], meaning: Eine Nummer., entry: geld}
  - {term: OZG, spellings: [Onlinezugangsgesetz, Online-Zugangs-Gesetz], meaning: Ein Gesetz., entry: ozg}
  - {term: OZG 2.0, meaning: Es änderte das OZG., entry: ozg-neu}
  - {term: e. V., spellings: [eingetragener Verein], meaning: Die Abkürzung heißt eingetragener Verein., entry: verein}
  - {term: E-Akte, meaning: Eine Akte ohne Papier., entry: verein}
  - {term: Mandat, meaning: Ein Auftrag., entry: mandat}
  - {term: d-NRW, meaning: Eine Anstalt., entry: verein}
  - {term: GkG NRW, meaning: Ein Gesetz., entry: verein}
"""
SOURCES = """\
sources:
  - {id: s, kind: hintergrund, title: Papier, publisher: Amt, date: "2024-05"}
  - {id: w, kind: werkstatt, title: Protokoll, publisher: Verein, date: "2020-11-12"}
"""
FILES = {"formen.yaml": TOPIC, "glossar.yaml": GLOSSARY, "sources.yaml": SOURCES}
BUNDLE = Bundle.build(parse({name: text.encode() for name, text in FILES.items()}))
KNOWLEDGE, TERMS = BUNDLE.knowledge, BUNDLE.glossary


def meant(typed: str) -> list[str]:
    """The terms that are meant for certain."""
    found = TERMS.look_up(typed)
    return [term.term for term in found.terms] if found.known else []


@pytest.mark.parametrize(
    ("typed", "term"),
    [
        ("Zweckverband", "Zweckverband"),
        ("  zweckVERBAND ", "Zweckverband"),
        ("Zweckverbände", "Zweckverband"),
        ("Zweckverbaenden", "Zweckverband"),
        ("zweck-verbands", "Zweckverband"),
        ("Zweck Verbände", "Zweckverband"),
        ("der Zweckverband", "Zweckverband"),
        ("Was ist ein Zweckverband?", "Zweckverband"),
        ("zweckverbnad", "Zweckverband"),
        ("zv", "Zweckverband"),
        ("öffentlichrechtliche Vereinbarung", "öffentlich-rechtliche Vereinbarung"),
        ("oeffentlich rechtlichen Vereinbarungen", "öffentlich-rechtliche Vereinbarung"),
        ("oerv", "öffentlich-rechtliche Vereinbarung"),
        ("Foerderung", "Zuwendung"),
        ("zuwendungen", "Zuwendung"),
        ("online zugangs gesetz", "OZG"),
        ("Onlinezugangsgesetzes", "OZG"),
        ("OZG2.0", "OZG 2.0"),
        ("EV", "e. V."),
        ("e.V.", "e. V."),
        ("eakte", "E-Akte"),
        ("115", "115"),
        ("versetzen", "Versetzung"),
    ],
)
def test_a_term_is_found_as_people_type_it(typed: str, term: str) -> None:
    assert meant(typed) == [term]


@pytest.mark.parametrize(
    ("typed", "near"),
    [
        ("Vernetzung", "Versetzung"),  # a word of its own, so no typing error
        ("Verband", "Zweckverband"),
        ("Akte", "E-Akte"),
        ("NRW", "d-NRW"),
        ("NRW", "GkG NRW"),
        ("Zweckbund", "Zweckverband"),
    ],
)
def test_what_is_only_near_is_offered_and_not_taken_for_it(typed: str, near: str) -> None:
    found = TERMS.look_up(typed)
    assert found.term is None and not found.known and near in [term.term for term in found.terms]
    assert (
        question_back(found, typed)
        == f"Den Begriff „{typed}“ erkläre ich nicht. Meinen Sie vielleicht einen von diesen?"
    )


@pytest.mark.parametrize("typed", ["Hubschrauber", "€", "", "der", "112"])
def test_what_is_like_nothing_is_said_to_be_unknown(typed: str) -> None:
    found = TERMS.look_up(typed)
    assert found.terms == ()
    assert "erkläre ich nicht" in question_back(found, typed)


def test_two_terms_at_once_are_asked_back() -> None:
    found = TERMS.look_up("Unterschied Mandat und Zweckverband")
    assert found.known and found.term is None
    assert {term.term for term in found.terms} == {"Mandat", "Zweckverband"}
    assert question_back(found, "x") == "„x“ passt zu mehreren Begriffen; welchen meinen Sie?"


def in_text(text: str) -> list[str]:
    return [term.term for term in TERMS.terms_in(text)]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Die Zweckverbände gründen einen Verein.", ["Zweckverband"]),
        ("Die Zweckverbandsversammlung tagt.", ["Zweckverband"]),
        ("Nach OZG 2.0 gilt anderes.", ["OZG 2.0"]),  # the longest, and only that
        ("Nach dem Online-Zugangs-Gesetz", ["OZG"]),
        ("öffentlich-rechtlichen Vereinbarungen", ["öffentlich-rechtliche Vereinbarung"]),
        ("Der Verein (e. V.) tut nichts.", ["e. V."]),
        ("115 Euro sind fällig.", []),  # a number alone
        ("Das Land fordert und fördert nicht.", []),  # the same stem as Förderung, another word
        ("Sie sind dazu in die Lage versetzt.", []),
        ("Mandatsträger kamen.", []),
        ("Die Zuwendungsbescheide kamen.", ["Zuwendung"]),
        ("", []),
    ],
)
def test_terms_are_found_in_a_text_as_words_and_in_compounds(text: str, terms: list[str]) -> None:
    assert in_text(text) == terms


def offered(entry_id: str) -> list[tuple[str, str]]:
    entry = KNOWLEDGE.entry(entry_id)
    assert entry
    return [(lead.label, lead.entry.id) for lead in leads(BUNDLE, [entry])]


def test_terms_come_after_what_is_related_and_lead_to_the_entries_that_say_more() -> None:
    assert offered("ozg-neu") == [("Begriff: OZG", "ozg")]  # not OZG 2.0, which it explains itself
    # The entry on the Zweckverband is related already, so it is not offered a second time.
    assert offered("vereinbarung") == [("Was ist ein Zweckverband?", "verband"), ("Begriff: Zuwendung", "geld")]


def test_an_answer_full_of_terms_offers_the_three_that_fewest_answers_hold() -> None:
    # Zuwendung leads to the same entry as 115; OZG 2.0 comes before e. V., which no fewer answers hold.
    assert offered("viel") == [("Begriff: 115", "geld"), ("Begriff: Mandat", "mandat"), ("Begriff: OZG 2.0", "ozg-neu")]


def test_nothing_is_offered_twice_for_several_answers() -> None:
    told = [entry for entry in KNOWLEDGE.entries if entry.id in {"ozg-neu", "ozg", "viel"}]
    ids = [lead.entry.id for lead in leads(BUNDLE, told)]
    assert len(ids) == len(set(ids)) and not set(ids) & {"ozg", "ozg-neu", "viel"}


def test_an_explanation_has_the_sources_of_the_term_or_else_of_the_entry() -> None:
    zuwendung, vereinbarung = (TERMS.look_up(word).term for word in ("Zuwendung", "ÖRV"))
    assert zuwendung and vereinbarung
    own = explanation(KNOWLEDGE, zuwendung, TODAY).entry
    assert own and source_lines(KNOWLEDGE, own) == ["Quelle: Protokoll (Verein, 12. November 2020)"]  # type: ignore[arg-type]
    assert stand(KNOWLEDGE, own) == "Werkstatt, November 2020"  # type: ignore[arg-type]
    told = explanation(KNOWLEDGE, vereinbarung, TODAY)
    assert told.entry and told.entry.answer == "In diesem Vertrag übernimmt eine Kommune etwas für andere."
    assert stand(KNOWLEDGE, told.entry) == "Werkstatt und Hintergrund, Stand 2021"  # type: ignore[arg-type]
    assert set(told.notices) == {Notice.OLD, Notice.REVIEW_DUE}


def test_what_is_typed_is_completed_by_beginnings_then_meanings_then_what_is_near() -> None:
    def names(typed: str) -> list[str]:
        return [term.term for term in TERMS.offers(typed, 25)]

    assert names("zweck")[0] == "Zweckverband"
    assert names("öffentlich")[0] == names("oeff")[0] == "öffentlich-rechtliche Vereinbarung"
    assert names("förd") == ["Zuwendung"]
    assert names("körpersch")[0] == "Zweckverband"
    assert names("zwekverb")[0] == "Zweckverband"
    assert names("") == [term.term for term in TERMS.terms]
    assert len(TERMS.offers("", 2)) == 2
    zuwendung = TERMS.offers("förd", 1)[0]
    assert (label(zuwendung, "förd"), label(zuwendung, "zuw")) == ("Zuwendung (Förderung)", "Zuwendung")


def test_all_terms_stand_in_the_order_of_a_german_dictionary() -> None:
    names = [term.term for term in TERMS.terms]
    assert names.index("d-NRW") < names.index("e. V.") and names.index("Mandat") < names.index(
        "öffentlich-rechtliche Vereinbarung"
    ) < names.index("OZG") < names.index("Versetzung")


def test_knowledge_without_a_glossary_offers_no_terms(small: Bundle) -> None:
    assert small.glossary.terms == () == small.glossary.look_up("Förderung").terms
    entry = small.knowledge.entry("money-grant")
    assert entry and [lead.label for lead in leads(small, [entry])] == ["Spart Zusammenarbeit Kosten?"]


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60) | st.sampled_from(["zweck", "verband", "115", "§"]))
def test_whatever_is_typed_a_few_terms_at_most_are_offered(typed: str) -> None:
    assert len(TERMS.look_up(typed).terms) <= MOST_CANDIDATES
    assert len(set(TERMS.offers(typed, 3))) <= 3
    TERMS.terms_in(typed)


def test_every_shipped_term_is_found_by_each_of_its_spellings(knowledge: KnowledgeBase) -> None:
    glossary = Glossary(knowledge)
    assert len(glossary.terms) >= 60
    for term in glossary.terms:
        for form in term.forms:
            for typed in (form, form.upper(), f"  {form.lower()} "):
                assert glossary.look_up(typed).term == term, typed
        assert term.meaning.endswith(".")


def test_no_shipped_answer_offers_more_than_three_terms_or_one_that_it_explains(bundle: Bundle) -> None:
    several = 0
    for entry in bundle.knowledge.entries:
        terms = [lead for lead in leads(bundle, [entry]) if lead.term]
        assert len(terms) <= MOST_IN_AN_ANSWER
        assert entry.id not in [lead.entry.id for lead in terms]
        several += bool(terms)
    assert several > 100


def test_a_word_that_is_everywhere_is_explained_but_not_offered_everywhere(bundle: Bundle) -> None:
    term = bundle.glossary.look_up("Kommunen").term
    assert term and term.term == "Kommune"
    assert sum("Kommune" in words_of(entry.answer, bundle) for entry in bundle.knowledge.entries) > 50
    assert not any(lead.term == "Kommune" for entry in bundle.knowledge.entries for lead in leads(bundle, [entry]))


def words_of(text: str, bundle: Bundle) -> list[str]:
    return [term.term for term in bundle.glossary.terms_in(text)]
