"""What people are told about what is kept."""

import pytest

from bot.privacy import privacy_sentences


@pytest.mark.parametrize(("days", "says"), [(1, "Nach einem Tag wird"), (90, "Nach 90 Tagen wird")])
def test_people_learn_what_is_kept_how_long_and_how_it_ends(days: int, says: str) -> None:
    told = "\n".join(privacy_sentences(days))
    for text in (
        says,
        "Fragen auf, auf die er keine klare Antwort hatte",
        "Nicht gespeichert wird",
        "Umfrage endet",
        "journal: aus",
    ):
        assert text in told


def test_where_nothing_is_kept_nothing_else_is_claimed() -> None:
    (sentence,) = privacy_sentences(None)
    assert "nichts aufgehoben" in sentence
