import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.sentences import sentences


@pytest.mark.parametrize(
    "text",
    [
        "Das gilt z. B. für den Bauhof.",
        "Der Verein X e. V. Oberlind lädt ein.",
        "Am 12. Oktober geht es weiter.",
        "Frau Dr. Lind sprach u.a. über Geld.",
        "Staatssekretär a.D. Groß war da.",
        "Das kostet ca. 5 Mio. Euro.",
        "Wie hoch ist es? klein geschrieben geht es weiter.",
    ],
)
def test_short_forms_end_no_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Eins. Zwei! Drei?", 3),
        ("Er sagte: „Ja.“ Dann ging er.", 2),
        ("So war es 2040. Besonders hier.", 2),
        ("(Das auch.) Und das.", 2),
    ],
)
def test_sentences_are_told_apart(text: str, count: int) -> None:
    assert len(sentences(text)) == count


@given(st.text())
def test_nothing_is_lost(text: str) -> None:
    assert "".join("".join(sentences(text)).split()) == "".join(text.split())
