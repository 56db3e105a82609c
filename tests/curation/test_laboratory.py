import json

import pytest
from click.testing import CliRunner

from bot.cli import cli
from bot.curation.laboratory import roughen
from bot.curation.questions import LabelledQuestion

ROWS = [
    {"question": "Fördertopf", "expected": "money-grant", "kind": "in"},
    {"question": "Spart Zusammenarbeit Kosten?", "expected": "money-grant", "kind": "in"},
    {"question": "Wie wird das Wetter in Rom?", "expected": None, "kind": "far_oos"},
]


@pytest.fixture
def questions(tmp_path):
    file = tmp_path / "fragen.jsonl"
    file.write_text("\n".join(json.dumps(row) for row in ROWS), "utf-8")
    return str(file)


def evaluate(small_folder, *words):
    return CliRunner().invoke(cli, ["evaluate", "--knowledge", str(small_folder), *words])


def test_the_table_says_what_users_got(small_folder, questions):
    done = evaluate(small_folder, questions)
    assert done.exit_code == 0
    assert "richtig beantwortet                     50,0 %" in done.output
    assert "falsch beantwortet                      50,0 %" in done.output
    assert "nahe fremde" not in done.output


def test_misses_are_named_with_what_they_were_taken_for(small_folder, questions):
    done = evaluate(small_folder, questions, "--misses")
    assert (
        "Spart Zusammenarbeit Kosten? – verstanden als: Spart Zusammenarbeit Kosten? – richtig: money-grant"
        in done.output
    )


def test_json_has_every_figure_with_its_interval(small_folder, questions):
    done = evaluate(small_folder, questions, "--json", "--robust")
    runs = json.loads(done.output)["quality"]
    right = runs["ikz-bot"]["answered_right"]
    assert (right["hits"], right["total"], right["value"]) == (1, 2, 0.5)
    assert 0 < right["low"] < 0.5 < right["high"] < 1
    assert {"one_typo", "umlauts_bare", "word_order", "compounds_split"} <= set(runs)
    assert runs["lower_case"]["far_answered"]["total"] == 0


def test_the_roughened_questions_are_the_same_every_time(small_folder, questions):
    def figures():
        runs = json.loads(evaluate(small_folder, questions, "--json", "--robust").output)["quality"]
        return {name: {key: run[key] for key in run if key != "ms"} for name, run in runs.items()}

    assert figures() == figures()


def test_peers_stand_beside(small_folder, questions):
    done = evaluate(small_folder, questions, "--peers")
    assert done.exit_code == 0
    for name in ("ikz-bot", "wratio", "token_set_ratio", "bm25", "char_tfidf", "linear_svm", "fts5"):
        assert f"\n{name} " in done.output


@pytest.mark.parametrize("words", [[], ["fehlt.jsonl"], ["--base", "fehlt.jsonl", "auch.jsonl"]])
def test_missing_files_are_a_german_sentence(small_folder, words):
    done = evaluate(small_folder, *words)
    assert done.exit_code == 2
    assert "lässt sich nicht lesen" in done.output or "Es fehlt eine Datei" in done.output


def test_only_questions_that_a_way_changes_are_counted(small):
    asked = [LabelledQuestion(text, frozenset({"money-grant"}), "in") for text in ("Fördertopf", "Topf")]
    roughened = roughen(small.knowledge, asked)
    assert [q.question for q in roughened["umlauts_bare"]] == ["Fordertopf"]
    assert all(q.expected == {"money-grant"} for some in roughened.values() for q in some)
