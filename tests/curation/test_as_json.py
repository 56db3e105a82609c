import json
from datetime import date
from pathlib import Path

from bot.answers import Bundle
from bot.curation import as_json
from bot.curation.bench import Run
from bot.curation.compare import compare, own_ranker
from bot.curation.evaluate import quality, replay
from bot.curation.laboratory import Measured, measure
from bot.curation.left_out import left_out
from bot.curation.peers import PEERS
from bot.curation.questions import LabelledQuestion
from bot.knowledge import load

BUECHEREI = load(Path(__file__).parents[1] / "data" / "buecherei")
TODAY = date(2026, 11, 23)
QUESTIONS = [
    LabelledQuestion("Wie lang ist die Leihfrist für Bücher?", frozenset({"ausleihe-dauer"}), "in"),
    LabelledQuestion("Wer leitet die Bücherei?", frozenset(), "near_oos"),
    LabelledQuestion("Leihfrist", frozenset({"haus-leitung"}), "in"),
]


def everything():
    found = measure(BUECHEREI, {"fragen": QUESTIONS}, TODAY, robust=True, without=True, peers=False)["fragen"]
    rows = [row["fragen"] for row in compare(BUECHEREI, {"fragen": QUESTIONS}, {"ikz-bot": own_ranker(BUECHEREI)})]
    whole = Measured(found.outcomes, found.quality, found.roughened, found.left_out, rows)
    return as_json.evaluation({"fragen": whole}, misses=True)["fragen"]


def keys(data):
    """All keys of an object, however deep."""
    if isinstance(data, list):
        return {key for item in data for key in keys(item)}
    return set(data) | {key for value in data.values() for key in keys(value)} if isinstance(data, dict) else set()


def test_every_key_is_documented_where_it_is_written():
    run = Run("ikz-bot", 8, 0.1, 1.0, 2.0, None, None, None, None)
    found = keys(everything()) | keys(as_json.benchmark([run])) | PEERS.keys()
    assert {key for key in found if f"``{key}``" not in str(as_json.__doc__)} == set()


def test_an_evaluation_is_one_object_with_all_that_was_asked_for():
    found = json.loads(json.dumps(everything()))
    assert found.keys() == {"quality", "robust", "left_out", "peers", "misses"}
    top = found["peers"]["ikz-bot"]["top"]
    assert (top["hits"], top["total"], top["value"]) == (1, 2, 0.5)
    assert 0 < top["low"] < 0.5 < top["high"] < 1
    assert found["robust"]["one_typo"]["after"]["near_answered"]["total"] == 1


def test_only_what_was_asked_for_is_there():
    outcomes = replay(Bundle.build(BUECHEREI), QUESTIONS, TODAY)
    found = as_json.evaluation({"a": Measured(outcomes, quality(outcomes), {}, None, [])}, misses=False)
    assert found["a"].keys() == {"quality"}


def test_misses_say_what_was_understood_also_for_foreign_questions():
    misses = everything()["misses"]
    assert [(m["question"], m["kind"], m["expected"], m["told"]) for m in misses] == [
        ("Wer leitet die Bücherei?", "near_oos", [], ["haus-leitung"]),
        ("Leihfrist", "in", ["haus-leitung"], ["ausleihe-dauer"]),
    ]
    entry = BUECHEREI.entry("ausleihe-dauer")
    assert misses[1]["understood"] == [entry.question]


def test_what_cannot_be_told_is_null():
    outcomes = replay(Bundle.build(BUECHEREI), QUESTIONS[:1], TODAY)
    gone = left_out(Bundle.build(BUECHEREI), QUESTIONS[:1], TODAY)
    found = as_json.evaluation({"a": Measured(outcomes, quality(outcomes), {}, gone, [])}, misses=True)["a"]
    assert found["quality"]["auroc"] is None
    assert found["left_out"]["unknown"]["total"] == 1
    assert "misses" in found["left_out"]
