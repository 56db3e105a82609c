"""Runs of words taken over from a source."""

from hypothesis import given
from hypothesis import strategies as st

from bot.curation.own_words import copied

SOURCE = """Die Ausstattung hängt sehr stark von den Zielen, die man verfolgt, ab. Oft muss externe Kompe-
tenz eingekauft werden; das regelt die Online-Zugangs-
Verordnung seit Jahren für alle beteiligten Kommunen so."""


def test_eight_words_in_a_row_are_copied_and_seven_are_not() -> None:
    assert copied("Er sagte, die Ausstattung hängt sehr stark von den Zielen ab.", SOURCE) == (
        "die Ausstattung hängt sehr stark von den Zielen",
    )
    assert copied("Er sagte, die Ausstattung hängt sehr stark von den Wünschen ab.", SOURCE) == ()


def test_case_punctuation_hyphens_and_umlauts_do_not_hide_it() -> None:
    assert copied("oft MUSS externe Kompetenz eingekauft werden – das Regelt", SOURCE) == (
        "oft MUSS externe Kompetenz eingekauft werden – das Regelt",
    )
    assert copied("Das regelt die Onlinezugangsverordnung seit Jahren fuer alle", SOURCE)
    assert copied("Die Ausstat\u00adtung haengt sehr stark von den Zielen", SOURCE)


def test_a_longer_run_is_told_as_one_and_two_runs_as_two() -> None:
    first = "Die Ausstattung hängt sehr stark von den Zielen die man verfolgt ab"
    second = "regelt die Online-Zugangs-Verordnung seit Jahren für alle beteiligten"
    assert copied(f"{first}. Zudem {second} Städte.", SOURCE) == (first, second)


@given(st.text(alphabet="ab -\n.", max_size=200), st.text(alphabet="ab -\n.", max_size=200))
def test_whatever_is_compared_nothing_breaks_and_every_run_is_long(text: str, source: str) -> None:
    for run in copied(text, source):
        assert len(run.replace(".", " ").split()) >= 4  # hyphens join words


def test_a_text_is_a_copy_of_itself() -> None:
    assert copied(SOURCE, SOURCE)[0].startswith("Die Ausstattung")
    assert len(copied(SOURCE, SOURCE)) == 1
