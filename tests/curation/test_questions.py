import json
from itertools import combinations
from pathlib import Path

import pytest

from bot.curation.questions import read_questions
from bot.errors import UserError
from bot.knowledge import load
from bot.text import words

ROOT = Path(__file__).parents[2]
SHIPPED = {
    split: read_questions(ROOT / "tests" / "questions" / f"{split}.jsonl")
    for split in ("dev", "held_out", "background")
}
ALL = [question for questions in SHIPPED.values() for question in questions]


def test_an_id_or_several_or_none_can_be_expected(tmp_path):
    file = tmp_path / "fragen.jsonl"
    rows = [("eins", "a", "in"), ("zwei", ["a", "b"], "in"), ("keins", None, "far_oos"), ("leer", [], "near_oos")]
    file.write_text("\n".join(json.dumps({"question": q, "expected": e, "kind": k}) for q, e, k in rows), "utf-8")
    assert [set(q.expected) for q in read_questions(file)] == [{"a"}, {"a", "b"}, set(), set()]
    assert [q.in_scope for q in read_questions(file)] == [True, True, False, False]


@pytest.mark.parametrize("line", ["kein json", '{"question": "x"}', '["liste"]', "7"])
def test_a_bad_line_is_named(tmp_path, line):
    file = tmp_path / "fragen.jsonl"
    file.write_text('{"question": "x", "expected": null, "kind": "near_oos"}\n' + line, "utf-8")
    with pytest.raises(UserError, match=r"^fragen\.jsonl:2: Hier fehlt"):
        read_questions(file)


@pytest.mark.parametrize(
    ("expected", "kind", "says"),
    [
        ("money-grant", "inn", "Die Art „inn“ gibt es nicht. Möglich sind: in, near_oos, far_oos, labelled_oos."),
        ("money-gran", "in", "Die Kennung „money-gran“ gibt es nicht. Meinten Sie „money-grant“?"),
        (["money-grant", "xyz"], "in", "Die Kennung „xyz“ gibt es nicht."),
        (None, "in", "Unter „expected“ muss eine Kennung stehen"),
        ("money-grant", "far_oos", "und sonst keine."),
        (7, "in", "Hier fehlt eine Frage"),
    ],
)
def test_a_label_that_cannot_be_is_named(tmp_path, expected, kind, says):
    file = tmp_path / "fragen.jsonl"
    right = {"question": "Fördertopf", "expected": "money-grant", "kind": "in"}
    rows = [right, {"question": "Was?", "expected": expected, "kind": kind}]
    file.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    with pytest.raises(UserError) as error:
        read_questions(file, {"money-grant", "money-savings"})
    assert str(error.value).startswith("fragen.jsonl:2: ")
    assert says in str(error.value)


def test_only_a_line_feed_ends_a_line(tmp_path):
    file = tmp_path / "fragen.jsonl"
    rows = [{"question": text, "expected": None, "kind": "far_oos"} for text in ("a\u2028b", "c\x85d")]
    file.write_text("\ufeff" + "\r\n \r\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    assert [q.question for q in read_questions(file)] == ["a\u2028b", "c\x85d"]


def test_an_empty_file_is_named(tmp_path):
    file = tmp_path / "fragen.jsonl"
    file.write_text("\n\n", "utf-8")
    with pytest.raises(UserError, match=r"fragen\.jsonl“ enthält keine Frage"):
        read_questions(file)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(UserError, match=r"fragen\.jsonl“ lässt sich nicht lesen"):
        read_questions(tmp_path / "fragen.jsonl")


def test_there_are_enough_questions_of_each_kind():
    inside = [q for q in ALL if q.in_scope]
    outside = [q for q in ALL if not q.in_scope]
    assert len(inside) >= 200
    assert len(outside) >= 300
    assert sum(q.kind == "near_oos" for q in outside) * 5 >= 2 * len(outside)


def test_every_label_is_an_entry_and_every_entry_is_asked_for():
    entries = {entry.id for entry in load(ROOT / "knowledge").entries}
    assert entries == {entry_id for q in ALL for entry_id in q.expected}


def test_the_files_share_no_question():
    asked = [{"".join(words(q.question)) for q in questions} - {""} for questions in SHIPPED.values()]
    assert not any(one & other for one, other in combinations(asked, 2))


@pytest.mark.parametrize("split", SHIPPED)
def test_few_questions_stand_in_the_knowledge_word_for_word(split):
    known = {"".join(words(phrasing)) for entry in load(ROOT / "knowledge").entries for phrasing in entry.phrasings}
    inside = ["".join(words(q.question)) for q in SHIPPED[split] if q.in_scope]
    # Keywords and the plainest questions meet by chance, since both sides write what people type.
    assert sum(question in known for question in inside) / len(inside) < 0.15
