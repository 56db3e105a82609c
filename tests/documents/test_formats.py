"""The workshop's protocol arrives whole in every format, written with styles or by hand."""

import pytest

from bot.documents import Document, Statement, read_document
from bot.text import words
from tests.documents.formats import UNSTYLED, WRITERS, write
from tests.documents.workshop import EXPECTED, LINES, TITLE, Expected

LEAST = 0.9
"""The share of the statements that must be found in their section."""

CASES = [*((suffix, True) for suffix in WRITERS), *((suffix, False) for suffix in UNSTYLED)]


@pytest.fixture(scope="module", params=CASES, ids=[f"{kind}{'' if styled else ' by hand'}" for kind, styled in CASES])
def document(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Document:
    suffix, styled = request.param
    return read_document(write(LINES, tmp_path_factory.mktemp("protokoll") / f"protokoll{suffix}", styled=styled))


def find(document: Document, beginning: str) -> Statement:
    (found,) = [statement for statement in document.statements if statement.text.startswith(beginning)]
    return found


def arrived(document: Document) -> list[Expected]:
    found = {(words(statement.text), statement.heading) for statement in document.statements}
    return [one for one in EXPECTED if (words(one.text), one.section) in found]


def test_the_protocol_is_a_real_one() -> None:
    assert 60 <= len(EXPECTED) <= 80
    assert len({one.section for one in EXPECTED}) == 9


def test_statements_arrive_in_their_sections(document: Document) -> None:
    assert len(arrived(document)) >= LEAST * len(EXPECTED)


def test_hardly_anything_else_arrives(document: Document) -> None:
    known = {words(one.text) for one in EXPECTED}
    strange = [statement.text for statement in document.statements if words(statement.text) not in known]
    assert len(strange) <= (1 - LEAST) * len(EXPECTED)


def test_the_head_is_read(document: Document) -> None:
    assert document.title == TITLE
    assert document.date == "2023-05-04"
    assert document.place == "Bürgerhaus Kaltenfurt"
    assert document.publisher == "Bund der Lindtal-Gemeinden e. V."
    assert document.speakers == ("Karla Winter", "Dr. Jens Aldag", "Mira Sander")


def test_who_speaks_is_known(document: Document) -> None:
    assert find(document, "Mahnungen gehen").speaker == "Dr. Jens Aldag"
    assert find(document, "Niemand wurde").speaker == "Dr. Jens Aldag"  # by the label of the answer
    assert find(document, "Frau Sander betonte").speaker == "Mira Sander"
    assert find(document, "Mehrere Teilnehmer").speaker is None


def test_answers_know_their_question(document: Document) -> None:
    assert find(document, "Alle Betroffenen").question == "Wie haben Sie die Beschäftigten mitgenommen?"
    assert find(document, "Er lässt sich").question == "Braucht es dafür einen Zweckverband?"
    assert (
        find(document, "Zwei wünschten").question == "In welchem Bereich soll als Nächstes zusammengearbeitet werden?"
    )
    assert find(document, "Die Gemeinde Steinach").question is None


def test_a_nested_bullet_knows_what_is_above_it(document: Document) -> None:
    above = find(document, "Die Wahl fiel").context
    assert above[0].startswith("Drei Dinge hätten")
    assert above[1].startswith("Die drei Rathäuser nutzten")
    assert find(document, "Mahnungen gehen").context == ()


def test_no_running_head_gets_in(document: Document) -> None:
    assert "·" not in document.text
    assert "Seite 1" not in document.text


def test_words_are_whole(document: Document) -> None:
    assert "Satzungshoheit" in document.text
    assert "\u00ad" not in document.text
    assert "Bau- und im Ordnungsamt" in document.text
