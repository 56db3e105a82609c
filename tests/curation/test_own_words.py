"""Runs of words taken over from a source."""

from hypothesis import given
from hypothesis import strategies as st

from bot.curation.own_words import copied

SOURCE = """Die Miete richtet sich immer nach den Räumen, die man wirklich nutzt, aus. Oft muss externe Kompe-
tenz eingekauft werden; das regelt die Online-Zugangs-
Verordnung seit Jahren für alle beteiligten Kommunen so."""


def test_eight_words_in_a_row_are_copied_and_seven_are_not() -> None:
    assert copied("Er sagte, die Miete richtet sich immer nach den Räumen ab.", SOURCE) == (
        "die Miete richtet sich immer nach den Räumen",
    )
    assert copied("Er sagte, die Miete richtet sich immer nach den Wünschen ab.", SOURCE) == ()


def test_case_punctuation_hyphens_and_umlauts_do_not_hide_it() -> None:
    assert copied("oft MUSS externe Kompetenz eingekauft werden – das Regelt", SOURCE) == (
        "oft MUSS externe Kompetenz eingekauft werden – das Regelt",
    )
    assert copied("Das regelt die Onlinezugangsverordnung seit Jahren fuer alle", SOURCE)
    assert copied("Die Mie\u00adte richtet sich immer nach den Räumen", SOURCE)


def test_a_longer_run_is_told_as_one_and_two_runs_as_two() -> None:
    first = "Die Miete richtet sich immer nach den Räumen die man wirklich nutzt aus"
    second = "regelt die Online-Zugangs-Verordnung seit Jahren für alle beteiligten"
    assert copied(f"{first}. Zudem {second} Städte.", SOURCE) == (first, second)


@given(st.text(alphabet="ab -\n.", max_size=200), st.text(alphabet="ab -\n.", max_size=200))
def test_whatever_is_compared_nothing_breaks_and_every_run_is_long(text: str, source: str) -> None:
    for run in copied(text, source):
        assert len(run.replace(".", " ").split()) >= 4  # hyphens join words


def test_a_text_is_a_copy_of_itself() -> None:
    assert copied(SOURCE, SOURCE)[0].startswith("Die Miete")
    assert len(copied(SOURCE, SOURCE)) == 1
