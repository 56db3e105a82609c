"""Whether a source bears out the numbers, dates, times and names of a text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.curation.facts import unsupported

SOURCE = """
Am 12. November 2020 nannte Herr Meier 1.200 Einwohner, 20% weniger bis zum Jahr 2040. Es dauert noch 18 bis 24 Monate,
sonst zwei bis drei Jahre. Ende 2019 kam das Büro scheuven + wachen plus dazu. Los ging es um 10:00 Uhr, Schluss
war um 13:00 Uhr.
Das Verfahren wird im Frühjahr des Jahres 2021. Früher lief der Wettbewerb StadtUmland.NRW. Ein Drittel war dafür.
"""
NAMES = ("Paderborn", "Hövelhof", "scheuvens", "Ronja", "von der Mühlen")


@pytest.mark.parametrize(
    "text",
    [
        "am 12.11.2020", "am 12.11.20", "am 12. 11. 2020", "2020-11-12", "im November 2020", "am 12. November",
        "Donnerstag, 12. November 2020", "12. Nov. 2020", "11/2020", "im Jahr 2020", "2019", "Ende 2019",
        "im Frühling 2021", "im zweiten Halbjahr 2020", "4. Quartal 2020",
        "1200 Einwohner", "1 200 Einwohner", "eintausendzweihundert", "zwölfhundert", "1,2 Tsd. Einwohner",
        "20 Prozent", "20 %", "ein Fünftel", "33 Prozent", "33,3 %",
        "um 10 Uhr", "10.00 Uhr", "10–13 Uhr", "zehn Uhr", "von 10:00 bis 13:00 Uhr",
        "eineinhalb Jahre", "1,5 Jahre", "24 Monate", "zweijährig", "2-3 Jahre", "zwei- bis dreijährige Vorhaben",
        "18 weitere Monate", "36 Monate", "dreimal",
        "Herr Meier", "Meiers Vortrag", "Stadt-Umland.NRW", "NRW", "WACHEN",
        "eine Kommune", "außer Acht gelassen", "Leerstandsmanagement", "Projektstandardisierung und Zweckverbände",
    ],
)  # fmt: skip
def test_what_the_source_says_in_other_words_is_borne_out(text: str) -> None:
    assert unsupported(text, SOURCE, (), NAMES) == ()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Es war der 13. November 2020.", ("13. November 2020",)),
        ("am 12. Oktober 2020", ("12. Oktober 2020",)),
        ("am Freitag", ("Freitag",)),
        ("Anfang 2019", ("Anfang 2019",)),
        ("im April 2021", ("April 2021",)),
        ("im Sommer 2021", ("Sommer 2021",)),
        ("2017 und 2018", ("2017", "2018")),
        ("20 Einwohner", ("20",)),
        ("12.000 Einwohner", ("12.000",)),
        ("1.200 %", ("1.200 %",)),
        ("ein Viertel, die Hälfte", ("ein Viertel", "Hälfte")),
        ("von 10 bis 14 Uhr", ("14 Uhr",)),
        ("20 Monate", ("20 Monate",)),
        ("fünf bis sechs Jahre", ("fünf", "sechs Jahre")),
        ("2 Mio. Euro", ("2 Mio",)),
        ("acht Kommunen", ("acht",)),
        ("Rüdiger Kleinsorge und Frau Sommer", ("Rüdiger", "Kleinsorge", "Sommer")),
        ("in Hövelhof und im Paderborner Rathaus", ("Hövelhof", "Paderborner")),
        ("das Büro scheuvens", ("scheuvens",)),
        ("nach dem OZG-Projekt in der Wewelsburg", ("OZG", "Wewelsburg")),
        ("Jürgen Ahrens", ("Jürgen", "Ahrens")),  # „Verfahren“ does not hold him
        ("Petra von der Decker und Ronja Decker", ("Petra", "Decker", "Ronja")),
        ("Herrn Meiers Dahlhff", ("Dahlhff",)),
    ],
)
def test_what_the_source_does_not_say_is_named(text: str, missing: tuple[str, ...]) -> None:
    assert unsupported(text, SOURCE, (), NAMES) == missing


def test_listed_spellings_count_as_equal_in_both_directions() -> None:
    groups = [("scheuvens + wachten plus", "scheuven + wachen plus"), ("Onlinezugangsgesetz", "OZG")]
    assert unsupported("Büro scheuvens +\n wachten plus", SOURCE, groups, NAMES) == ()
    assert unsupported("das OZG", "Im Kontext des Online-Zugangs-Gesetzes", groups) == ()
    assert unsupported("zum Onlinezugangsgesetz und OZG", "Das OZG-Projekt und das OZG", groups) == ()
    assert unsupported("das OZG", SOURCE, groups) == ("OZG",)


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_text_can_be_compared_with_any_other(text: str, source: str) -> None:
    for fact in unsupported(text, source):
        assert "".join(fact.split()) in "".join(text.split())


WRITTEN = st.sampled_from(
    "12. November 2020|12.11.20|Ende 2019|20 %|zwei bis drei Jahre|18-24 Monate|10:30 Uhr|1.200|Herr Xyloph|OZG-Antrag"
    "|ein Drittel|Mitte|Jahr 2021|12./13. Mai|Quartal|und|bis|–|acht|Acht|3,5|2. Halbjahr 2021|Freitag".split("|")
)


@given(st.lists(WRITTEN, max_size=12).map(" ".join))
def test_a_text_bears_itself_out(text: str) -> None:
    assert unsupported(text, text) == ()
