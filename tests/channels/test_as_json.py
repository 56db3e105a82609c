"""A reply as data: the promised keys, and nothing that JSON cannot hold."""

import json

import pytest

from bot.answers import Bundle, answer
from bot.channels.as_json import reply_as_dict

from ..conftest import TODAY

KEYS = [
    "question",
    "status",
    "reason",
    "score",
    "entry",
    "answer",
    "short",
    "sources",
    "suggestions",
    "understood_as",
    "matched",
    "explanation",
    "topics",
    "notices",
]


def test_an_answer_is_complete(small: Bundle) -> None:
    found = reply_as_dict(small, answer(small, "Fördertopf", TODAY), TODAY)
    workshop = {
        "id": "workshop",
        "kind": "werkstatt",
        "title": "Protokoll der „Runde“",
        "date": "2020-11-12",
        "accessed": None,
        "address": None,
    }
    assert list(found) == KEYS
    assert {key: found[key] for key in KEYS if key != "notices"} == {
        "question": "Fördertopf",
        "status": "answered",
        "reason": "match",
        "score": 1.0,
        "entry": {"id": "money-grant", "topic": "geld", "question": "Welche Förderung gibt es für Kooperationen?"},
        "answer": "Das Land zahlt [bold]wenig[/bold]. Genaueres blieb offen.",
        "short": "Das Land zahlt [bold]wenig[/bold].",
        "sources": [
            {**workshop, "section": "Blitzumfrage"},
            {**workshop, "section": "Input Erika Muster"},
            {
                "id": "paper",
                "kind": "hintergrund",
                "title": "Papier",
                "section": None,
                "date": "2018",
                "accessed": None,
                "address": "https://example.org/p",
            },
        ],
        "suggestions": [],
        "understood_as": "Welche Förderung gibt es für Kooperationen?",
        "matched": {"phrasing": "Fördertopf", "terms": [], "missed": []},
        "explanation": "",
        "topics": [],
    }
    assert "Der Stand ist 6 Jahre alt." in found["notices"]


def test_small_talk_has_no_source(small: Bundle) -> None:
    found = reply_as_dict(small, answer(small, "Hallo", TODAY), TODAY)
    assert found["entry"] == {"id": "smalltalk-hello", "topic": "smalltalk", "question": "Hallo"}
    assert (found["answer"], found["reason"]) == ("Guten Tag!", "small_talk")
    assert (found["short"], found["sources"], found["understood_as"], found["notices"]) == (None, [], None, [])


def test_no_answer_has_nulls(small: Bundle) -> None:
    found = reply_as_dict(small, answer(small, "Quietscheentchen", TODAY), TODAY)
    assert list(found) == KEYS
    assert found["status"] == "unknown"
    assert found["explanation"].startswith("Dazu weiß ich nichts")
    assert (found["entry"], found["answer"], found["short"], found["sources"]) == (None, None, None, [])


def test_several_questions_have_further_replies(small: Bundle) -> None:
    reply = answer(small, "Fördertopf? Wird es billiger?", TODAY)
    found = reply_as_dict(small, reply, TODAY)
    assert list(found) == [*KEYS, "further"]
    assert [part["entry"]["id"] for part in (found, *found["further"])] == ["money-grant", "money-savings"]
    assert list(found["further"][0]) == KEYS


@pytest.mark.parametrize(
    "question",
    ["Welche Motive gibt es?", "Kreis", "Wie wird man Bürgermeister?", "Danke", "Was kostet das und wer zahlt?"],
)
def test_every_reply_survives_json(bundle: Bundle, question: str) -> None:
    found = reply_as_dict(bundle, answer(bundle, question, TODAY), TODAY)
    assert json.loads(json.dumps(found)) == found
    scores = [found["score"], *(suggestion["score"] for suggestion in found["suggestions"])]
    assert all(0 <= score <= 1 and score == round(score, 4) for score in scores)
    assert all(list(suggestion) == ["id", "question", "score"] for suggestion in found["suggestions"])
