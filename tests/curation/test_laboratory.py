import json
import re

import pytest
from click.testing import CliRunner

from bot.cli import cli
from bot.curation.laboratory import read_sets, roughen
from bot.curation.questions import LabelledQuestion
from bot.errors import UserError

ROWS = [
    {"question": "Fördertopf", "expected": "money-grant", "kind": "in"},
    {"question": "Spart Zusammenarbeit Kosten?", "expected": "money-grant", "kind": "in"},
    {"question": "Wie wird das Wetter in Rom?", "expected": None, "kind": "far_oos"},
]


def written(file, rows):
    file.parent.mkdir(exist_ok=True)
    file.write_text("\n".join(json.dumps(row) for row in rows), "utf-8")
    return str(file)


@pytest.fixture
def questions(tmp_path):
    return written(tmp_path / "fragen.jsonl", ROWS)


def evaluate(small_folder, *words):
    return CliRunner().invoke(cli, ["evaluate", "--knowledge", str(small_folder), *words])


def test_the_table_says_what_users_got(small_folder, questions):
    done = evaluate(small_folder, questions)
    assert done.exit_code == 0
    assert re.search(r"^richtig beantwortet +50,0 % \(9,5–90,5\) von 2$", done.output, re.MULTILINE)
    assert re.search(r"^falsch beantwortet +50,0 % \(9,5–90,5\) von 2$", done.output, re.MULTILINE)
    assert "nahe fremde" not in done.output


def test_misses_are_named_with_what_they_were_taken_for(small_folder, tmp_path):
    rows = [*ROWS, {"question": "Wird es billiger?", "expected": None, "kind": "near_oos"}]
    done = evaluate(small_folder, written(tmp_path / "fragen.jsonl", rows), "--misses")
    assert done.output.splitlines()[-2:] == [
        "Spart Zusammenarbeit Kosten? – verstanden als: Spart Zusammenarbeit Kosten? – richtig: money-grant",
        "Wird es billiger? – verstanden als: Spart Zusammenarbeit Kosten? – richtig: keine Antwort",
    ]


def test_misses_of_several_files_stand_under_the_name_of_theirs(small_folder, questions, tmp_path):
    other = written(tmp_path / "andere.jsonl", ROWS[1:2])
    lines = evaluate(small_folder, questions, other, "--misses").output.splitlines()
    miss = "Spart Zusammenarbeit Kosten? – verstanden als: Spart Zusammenarbeit Kosten? – richtig: money-grant"
    assert lines[-6:] == ["", "fragen:", miss, "", "andere:", miss]


def test_foreign_questions_are_roughened_too(small_folder, questions):
    found = json.loads(evaluate(small_folder, questions, "--json", "--robust").stdout)["fragen"]["robust"]
    assert {"one_typo", "two_typos", "umlauts_bare", "umlauts_written_out", "word_order", "compounds_split"} <= set(
        found
    )
    for way in ("one_typo", "lower_case"):
        assert found[way]["before"]["far_answered"]["total"] == found[way]["after"]["far_answered"]["total"] == 1
    table = evaluate(small_folder, questions, "--robust").output
    assert "ein Tippfehler" in table
    assert "compounds" not in table


def test_the_roughened_questions_are_the_same_every_time_and_in_any_company(small):
    asked = [LabelledQuestion(row["question"], frozenset({"money-grant"}), "in") for row in ROWS]
    together = roughen(small.knowledge, asked)
    assert together == roughen(small.knowledge, asked)
    alone = roughen(small.knowledge, asked[2:])
    assert {way: some.get(0) for way, some in alone.items()} == {way: some.get(2) for way, some in together.items()}


def test_only_questions_that_a_way_changes_are_counted(small):
    asked = [LabelledQuestion(text, frozenset({"money-grant"}), "in") for text in ("Topf", "Fördertopf")]
    roughened = roughen(small.knowledge, asked)
    assert [(number, q.question) for number, q in roughened["umlauts_bare"].items()] == [(1, "Fordertopf")]
    assert all(q.expected == {"money-grant"} for some in roughened.values() for q in some.values())


def test_every_file_is_measured_for_itself(small_folder, questions, tmp_path):
    other = written(tmp_path / "andere.jsonl", ROWS[:1])
    found = json.loads(evaluate(small_folder, questions, other, "--json").stdout)
    assert {name: found[name]["quality"]["top"]["total"] for name in found} == {"fragen": 2, "andere": 1}
    assert evaluate(small_folder, questions, other).output.splitlines()[0].split() == ["ikz-bot", "fragen", "andere"]


def test_files_of_one_name_are_told_apart(questions, tmp_path, small):
    twin = written(tmp_path / "b" / "fragen.jsonl", ROWS[:1])
    assert {name: len(some) for name, some in read_sets([questions, twin], small.knowledge).items()} == {
        questions: 3,
        twin: 1,
    }
    assert list(read_sets([questions], small.knowledge)) == ["fragen"]
    with pytest.raises(UserError):
        read_sets([questions, "fehlt.jsonl"], small.knowledge)


def test_entries_left_out_are_reported(small_folder, questions):
    done = evaluate(small_folder, questions, "--left-out", "--misses")
    assert done.exit_code == 0
    assert "Fragen, deren Eintrag fehlt" in done.output
    assert "ohne ihren Eintrag: Spart Zusammenarbeit Kosten? – verstanden als: Spart" in done.output


def test_peers_stand_beside_in_table_and_picture(small_folder, questions, tmp_path):
    picture = tmp_path / "bild.png"
    done = evaluate(small_folder, questions, "--plot", str(picture))
    assert done.exit_code == 0
    for name in ("ikz-bot", "rapidfuzz WRatio", "rapidfuzz token_set_ratio", "BM25", "Zeichen-TF-IDF", "lineare SVM"):
        assert f"\nfragen  {name} " in done.output
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_tables_can_be_markdown(small_folder, questions):
    lines = evaluate(small_folder, questions, "--markdown").output.splitlines()
    assert all(line.startswith("|") and line.endswith("|") for line in lines)
    assert set(lines[1]) <= set("|- :")


@pytest.mark.parametrize("words", [[], ["fehlt.jsonl"], ["--base", "fehlt.jsonl", "auch.jsonl"]])
def test_missing_files_are_a_german_sentence(small_folder, words):
    done = evaluate(small_folder, *words)
    assert done.exit_code == 2
    assert "lässt sich nicht lesen" in done.output or "Es fehlt eine Datei" in done.output


def test_a_picture_of_another_kind_is_a_german_sentence(small_folder, questions, tmp_path):
    done = evaluate(small_folder, questions, "--plot", str(tmp_path / "bild.pdf"))
    assert (done.exit_code, "mit der Endung .png oder .svg" in done.output) == (2, True)


def test_a_base_in_another_language_is_measured_like_any(tmp_path, small_folder):
    rows = [{"id": "refund", "questions": ["How do I get a refund?", "money back"], "answer": None}]
    base = written(
        tmp_path / "kb.jsonl", [*rows, {"id": "hours", "questions": ["When are you open?"], "answer": "9–5"}]
    )
    asked = [
        {"question": "can i get my money back", "expected": "refund", "kind": "in"},
        {"question": "who won the cup", "expected": None, "kind": "labelled_oos"},
    ]
    done = evaluate(small_folder, "--base", base, written(tmp_path / "test.jsonl", asked), "--robust", "--left-out")
    assert (done.exit_code, done.stderr) == (0, "")
    assert "sonst fremde: unbekannt" in done.output
