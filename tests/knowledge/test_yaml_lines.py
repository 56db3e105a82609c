"""Reading YAML: every scalar stays text, every mistake has a line."""

import pytest
import yaml

from bot.knowledge import yaml_lines
from bot.knowledge.yaml_lines import MAX_DEPTH, Document, read_yaml


@pytest.fixture(params=["c", "python"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers must read the same: the one in C is not built everywhere."""
    if request.param == "c" and not yaml.__with_libyaml__:
        pytest.skip("PyYAML without libyaml")
    monkeypatch.setattr(yaml_lines, "_LOADER", yaml.CBaseLoader if request.param == "c" else yaml.BaseLoader)


def read(text: str) -> Document:
    return read_yaml("x.yaml", text.encode())


def found(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.message) for problem in read(text).problems]


@pytest.mark.parametrize(
    "written", ["no", "yes", "10:00", "2020-11-12", "007", "1e3", "~", "null", "0x1F", "1_000", ".inf", "true", "="]
)
def test_scalars_stay_as_written(written: str) -> None:
    assert read(f"a: {written}").data == {"a": written}
    assert read(f"{written}: a").data == {written: "a"}


def test_every_value_has_its_line() -> None:
    document = read(
        "# Kopf\ntopic: T\nentries:\n  - id: a\n    answer: >-\n      eins\n      zwei\n  - id: b\n    list: [x, y]\n"
    )
    assert document.data == {
        "topic": "T",
        "entries": [{"id": "a", "answer": "eins zwei"}, {"id": "b", "list": ["x", "y"]}],
    }
    lines = {place: document.line(place) for place in document.lines}
    assert lines[("topic",)] == 2
    assert lines[("entries", 0)] == 4
    assert lines[("entries", 0, "answer")] == 5
    assert lines[("entries", 1, "list", 1)] == 9
    assert document.line(("entries", 1, "missing", 7)) == 8
    assert document.line(("nothing",)) == 2


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_count_the_same(newline: str) -> None:
    assert found(newline.join(["a: 1", "b: 2", "a: 3", ""]))[0][0] == 3


def test_byte_order_mark_is_tolerated() -> None:
    document = read_yaml("x.yaml", b"\xef\xbb\xbfa: \xc3\xa4")
    assert document.data == {"a": "ä"}
    assert not document.problems


def test_other_encodings_are_named_with_their_line() -> None:
    document = read_yaml("x.yaml", "a: b\r\nc: Müller".encode("latin-1"))
    assert document.broken
    assert [(problem.line, "UTF-8" in problem.message) for problem in document.problems] == [(2, True)]


def test_duplicate_keys_at_any_level_keep_the_first() -> None:
    document = read("a: 1\nb:\n  - {c: 1, c: {d: 2, d: 3}}\na:\n  x: 1\n")
    assert document.data == {"a": "1", "b": [{"c": "1"}]}
    assert [problem.line for problem in document.problems] == [3, 3, 4]
    assert "zuerst in Zeile 1" in document.problems[-1].message


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("a: b\nc: d: e\n", 2, "Doppelpunkt"),
        ("a: b\n\tc: d\n", 2, "Tabulator"),
        ("a: b\nc: @d\n", 2, "besondere Bedeutung"),
        ("a: b\nc: [d, e\n", 2, "Klammer"),
        ('a: b\nc: "d\ne: f\n', 2, "Anführungszeichen"),
        ("a: b\nc\nd: e\n", 2, "Doppelpunkt"),
        ("a: b\nc: - d\n", 2, "Spiegelstrich"),
        ('a: b\nc: "\\d"\n', 2, "Rückstrich"),
        ("a: b\nc: *\n", 2, "„*“"),
        ("a: b\nc: | d\n", 2, "derselben Zeile"),
        ('a: b\nc: "d" e\n', 2, "Einrückung"),
        ("a:\n    b: c\n  d: e\n", 3, "Einrückung"),
        ("- a\nb: c\n", 2, "Einrückung"),
        ("a: b\n--- c\n", 2, "zweites Dokument"),
        ("%YAML 9.9\n--- a\n", 1, "---"),
        ("%YAML x\n", 1, "%"),
        ("a: b\n[c]: d\n", 2, "einfaches Wort"),
    ],
)
def test_syntax_errors_in_german_with_their_line(text: str, line: int, says: str) -> None:
    problems = read(text).problems
    assert read(text).broken
    assert says in " ".join(f"{problem.message} {problem.hint}" for problem in problems)
    assert problems[-1].line == line


@pytest.mark.parametrize("text", ["a: &x b", "a: !!int 3", "a: !x b", "a: &x [b]", "a: !!python/object:os.system {}"])
def test_anchors_and_tags_are_refused_and_harmless(text: str) -> None:
    assert [line for line, _ in found(text)] == [1]


def test_aliases_are_refused_and_never_repeat_anything() -> None:
    laughs = "a0: &a0 [x, x]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))
    document = read(laughs)
    assert isinstance(document.data, dict)
    assert document.data["a11"] == ["*a10"] * 9
    assert len(document.problems) == 12 + 11 * 9


def test_merge_keys_merge_nothing() -> None:
    assert read("a: &x {b: c}\nd:\n  <<: *x\n").data == {"a": {"b": "c"}, "d": {"<<": "*x"}}


@pytest.mark.parametrize("text", ["[" * 50_000, "{a: " * 20_000, "- " * 20_000, "? " * 20_000, "a:\n" + "- [" * 9000])
def test_deep_nesting_is_a_problem_and_no_crash(text: str) -> None:
    document = read(text)
    assert document.broken
    assert document.problems


def test_nesting_up_to_the_limit_is_read() -> None:
    assert not read("[" * MAX_DEPTH + "]" * MAX_DEPTH).problems
    assert "verschachtelt" in found("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))[0][1]


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x85", "\u2028", "\u2029", "\ufeff", "\x7f"])
def test_invisible_characters_are_named(character: str) -> None:
    assert found(f"a: b\nc: d{character}e\nf: g\n") == [
        (2, f"Hier steht ein unsichtbares Zeichen, das nicht erlaubt ist (U+{ord(character):04X}).")
    ]


def test_escapes_cannot_smuggle_invisible_characters() -> None:
    assert [line for line, _ in found('a: b\nc: "x\\0y"\n')] == [2]
    assert found('a: "\\ud800"')
    assert read('a: "\\u00e4\\n\\t"').data == {"a": "ä\n\t"}


@pytest.mark.parametrize("text", ["", "\n\n", "# nur ein Kommentar\n"])
def test_empty_files_have_no_data_and_are_not_broken(text: str) -> None:
    assert read(text) == Document("x.yaml", None, {})


@pytest.mark.parametrize(
    "line", ["%TAG ! tag:x", "a: >\n b\n\tc", "a: 'b", "a: [b]]", "}", "? a\n: - b\n  c", "a: !<x", "!"]
)
def test_other_mistakes_are_problems_too(line: str) -> None:
    document = read(line)
    assert document.problems or not document.broken
