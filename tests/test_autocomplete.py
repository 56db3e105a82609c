"""Suggestions while typing: the right entry early, each once, and never a failure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers import Bundle
from bot.autocomplete import Autocomplete
from bot.knowledge import KnowledgeBase

GRANT, SAVINGS = "money-grant", "money-savings"


@pytest.fixture(scope="module")
def shipped(knowledge: KnowledgeBase) -> Autocomplete:
    return Autocomplete(knowledge)


def offered(small: Bundle, typed: str, limit: int = 25) -> list[str]:
    return [entry.id for entry in Autocomplete(small.knowledge).offers(typed, limit)]


def test_nothing_typed_offers_the_first_of_every_topic(shipped: Autocomplete, knowledge: KnowledgeBase) -> None:
    for typed in ("", "  ", "?!"):
        assert [entry.id for entry in shipped.offers(typed, len(knowledge.topics))] == [
            topic.entries[0].id for topic in knowledge.topics
        ]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("welche f", GRANT),
        ("WELCHE FOERDERUNG", GRANT),
        ("wird es bil", SAVINGS),
        ("Fördertopf", GRANT),
        ("land zu", GRANT),
        ("kosten", SAVINGS),
        ("fodertopf", GRANT),
        ("zuschüse", GRANT),
        ("fördet", GRANT),
        ("topfe förder", GRANT),
    ],
)
def test_beginning_keyword_and_near_words_find_the_entry(small: Bundle, typed: str, first: str) -> None:
    assert offered(small, typed)[:1] == [first]


def test_an_exact_beginning_goes_before_a_keyword(small: Bundle) -> None:
    # „Zusammenarbeit“ stands in the question of one entry, „Kooperationen“ begins no phrasing at all.
    assert offered(small, "spart")[0] == SAVINGS
    assert offered(small, "kooperation") == [GRANT]


def test_what_nobody_knows_offers_nothing(small: Bundle) -> None:
    assert offered(small, "quietscheentchen") == []


def test_every_own_question_is_offered_first_when_typed_in_full(
    shipped: Autocomplete, knowledge: KnowledgeBase
) -> None:
    for entry in knowledge.entries:
        assert shipped.offers(entry.question, 25)[0] == entry


def test_each_entry_is_offered_once_and_the_limit_holds(shipped: Autocomplete, knowledge: KnowledgeBase) -> None:
    for entry in list(knowledge.entries)[::7]:
        for length in range(len(entry.question) + 1):
            found = [one.id for one in shipped.offers(entry.question[:length], 25)]
            assert len(found) == len(set(found)) <= 25
    # What is cut off comes after what is shown, and nothing is shown twice instead.
    assert [e.id for e in shipped.offers("w", 5)] == [e.id for e in shipped.offers("w", 25)][:5]


@given(st.text(max_size=200))
def test_it_never_fails_whatever_is_typed(small: Bundle, text: str) -> None:
    assert len(offered(small, text, 1)) <= 1
