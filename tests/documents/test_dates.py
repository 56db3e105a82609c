from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.dates import find_dates
from bot.knowledge.model import MONTHS


@pytest.mark.parametrize(
    ("written", "found"),
    [
        ("Donnerstag, 4. Mai 2023", ["2023-05-04"]),
        ("am 04.05.2023 und am 4.5.23", ["2023-05-04", "2023-05-04"]),
        ("12./13. November 2020", ["2020-11-12"]),
        ("12. bis 13. November 2020", ["2020-11-12"]),
        ("3. Sept. 2021, 1. Mrz. 2022", ["2021-09-03", "2022-03-01"]),
        ("2020-11-12", ["2020-11-12"]),
        ("Im Frühjahr, im März 2021 und 2022", ["2021-03", "2022"]),
        ("31. Februar 2020, 45.13.2020", []),
        ("Aktenzeichen 12.345.2020, 2020 Euro", ["2020"]),
        ("Raum 1999a, Tel. 05251 201920", []),
    ],
)
def test_dates_are_found_as_exact_as_they_are(written: str, found: list[str]) -> None:
    assert find_dates(written) == found


@given(st.dates(date(1990, 1, 1), date(2069, 12, 31)))
def test_every_day_is_read_in_long_and_short(day: date) -> None:
    year, month, number = map(int, str(day).split("-"))
    long, short = f"{number}. {MONTHS[month - 1]} {year}", f"{number:02}.{month:02}.{year}"
    assert find_dates(f"Am {long} war es, am {short} auch.") == [str(day)] * 2


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    find_dates(text)
