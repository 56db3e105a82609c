"""Whatever is wrong with the shape of a file is said in German."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from bot.knowledge import KnowledgeError, parse
from bot.knowledge.explain import SENTENCES, keys_at, syntax_mistake, wrong_shape
from bot.knowledge.model import SmallTalkFile, SourcesFile, SynonymsFile, TopicFile
from bot.knowledge.poll_model import PollFile
from bot.knowledge.tour_model import QuizFile, TourFile

MODELS = (TopicFile, SourcesFile, SmallTalkFile, SynonymsFile, TourFile, QuizFile, PollFile)
ENGLISH = re.compile(
    r"\b(the|should|expected|valid|input|found|not|character|string|list|dictionary|value)\b", re.IGNORECASE
)

MINIMAL = "topic: T\nentries:\n  - id: a\n    question: Was?\n    answer: Das.\n    source: s\n"
SOURCES = "sources:\n  - {id: s, kind: werkstatt, title: T, publisher: P, date: '2020-11-12'}\n"

# Type of complaint → (what is added to the minimal entry, line, what is said, which hint is given).
CASES = [
    ("missing", "  - id: b\n    question: Wer?\n    source: s\n", 7, "„answer“ fehlt.", "„answer: …“"),
    (
        "extra_forbidden",
        "    varants: [x]\n",
        7,
        "Den Schlüssel „varants“ gibt es hier nicht.",
        "Meinten Sie „variants“?",
    ),
    ("extra_forbidden", "    frage: x\n", 7, "„frage“", "Erlaubt sind hier: id, question, variants,"),
    (
        "string_type",
        "    variants:\n      - Was kostet das: viel?\n",
        8,
        "„variants“ (Nr. 1) muss ein Text sein",
        "Doppelpunkt",
    ),
    ("string_type", "    short: [x]\n", 7, "„short“ muss ein Text sein; hier steht eine Liste.", "Spiegelstriche"),
    ("string_too_short", "    short:\n", 7, "„short“ ist leer.", "löschen"),
    ("string_too_short", "    variants:\n      - x\n      -\n", 9, "„variants“ (Nr. 2) ist leer.", "löschen"),
    ("string_too_long", f"    short: {'x' * 233}\n", 7, "zu lang: 233 Zeichen, erlaubt sind 200.", "33 Zeichen"),
    (
        "string_pattern_mismatch",
        "    related: [Ä b]\n",
        7,
        "„related“ (Nr. 1) ist keine gültige Kennung: „Ä b“",
        "Umlaute",
    ),
    ("string_pattern_mismatch", "    superseded_by:\n", 7, "„superseded_by“ ist leer.", "löschen"),
    (
        "string_pattern_mismatch",
        "    as_of: 12.11.2020\n",
        7,
        "kein Datum in der richtigen Form: „12.11.2020“",
        "JJJJ-MM-TT",
    ),
    ("string_pattern_mismatch", "    short: |\n      x\n      y\n", 7, "nur eine einzige Zeile", ">-"),
    ("tuple_type", "    variants: Wie?\n", 7, "„variants“ muss eine Liste sein; hier steht der Text „Wie?“.", "- "),
    ("tuple_type", "    variants:\n", 7, "„variants“ ist leer.", "löschen"),
    ("tuple_type", "    events: {date: x}\n", 7, "hier steht ein Block mit eigenen Schlüsseln", "- "),
    ("model_type", "  - nur Text\n", 7, "„entries“ (Nr. 2) muss aus Zeilen der Form", "id, question"),
    (
        "literal_error",
        "    events: [{date: '2020', precision: daay, status: done, label: x}]\n",
        7,
        "„precision“",
        "„day“",
    ),
    (
        "literal_error",
        "    events: [{date: '2020', precision: [], status: done, label: x}]\n",
        7,
        "eine Liste",
        "day, month",
    ),
    ("no_such_day", "    review_by: 2021-02-30\n", 7, "im Kalender nicht gibt: „2021-02-30“", "Jahr, Monat und Tag"),
    ("no_such_day", "    events: [{date: 2020-13, precision: day, status: done, label: x}]\n", 7, "„2020-13“", "Monat"),
    ("no_word", "    variants: ['?!']\n", 7, "„variants“ (Nr. 1) enthält kein Wort", "in Worten"),
    (
        "not_that_exact",
        "    events: [{date: '2018', precision: day, status: done, label: x}]\n",
        7,
        "„2018“ ist ungenauer als die Angabe „precision: day“",
        "Monat oder Tag",
    ),
    ("string_pattern_mismatch", "    durations: [{label: x, months: 2 Jahre}]\n", 7, "keine Dauer in Monaten", "18-24"),
    ("string_pattern_mismatch", "    durations: [{label: x, months: 0}]\n", 7, "keine Dauer in Monaten", "18-24"),
    ("backwards", "    durations: [{label: x, months: 24-18}]\n", 7, "„months: 24-18“", "kleinere Zahl zuerst"),
    ("one_kind_of_source", "    sources: [{id: s}]\n", 3, "zweimal", "löschen"),
    ("one_kind_of_source", "  - {id: b, question: Wer?, answer: Er.}\n", 7, "keine Quelle", "source: …"),
]
OTHER_CASES = [
    (
        "too_many_sentences",
        {"x.yaml": MINIMAL.replace("answer: ", "answer: Eins. Zwei. Drei. Vier. Fünf. ")},
        "x.yaml:5: „answer“ hat 6 Sätze; erlaubt sind 4.",
    ),
    ("too_short", {"x.yaml": "topic: T\nentries: []\n"}, "x.yaml:2: Die Liste „entries“ ist leer"),
    (
        "too_short",
        {"synonyms.yaml": "groups:\n  - [a, b]\n  - [c]\n"},
        "synonyms.yaml:3: „groups“ (Nr. 2) hat zu wenige",
    ),
    (
        "too_short",
        {"einstieg.yaml": "stations:\n  - {id: s, title: T, text: T, entries: [a], deeper: [a]}\n"},
        "einstieg.yaml:2: „deeper“ hat zu wenige Werte: 1, nötig sind mindestens 2.",
    ),
    (
        "too_long",
        {"quiz.yaml": "questions:\n  - {id: q, question: F, right: x, wrong: [a, b, c, d, e], why: W, entry: a}\n"},
        "quiz.yaml:2: „wrong“ hat zu viele Werte: 5, erlaubt sind höchstens 4.",
    ),
    ("model_type", {"x.yaml": "- a\n"}, "x.yaml:1: Der Inhalt der Datei muss aus Zeilen der Form"),
    ("no_such_day", {"sources.yaml": SOURCES.replace("11-12", "11-31")}, "sources.yaml:2: „date“ nennt einen Tag"),
    ("literal_error", {"sources.yaml": SOURCES.replace("werkstatt", "buch")}, "sources.yaml:2: „kind“ hat einen"),
    (
        "one_kind_of_date",
        {"sources.yaml": SOURCES.replace("date:", "accessed: 2026-11, date:")},
        "sources.yaml:2: Die Quelle hat ein Datum und dazu „accessed“.",
    ),
    (
        "one_kind_of_date",
        {"sources.yaml": SOURCES.replace(", date: '2020-11-12'", "")},
        "sources.yaml:2: Die Quelle hat kein Datum.",
    ),
    ("missing", {"x.yaml": MINIMAL.replace("topic: T\n", "")}, "x.yaml:1: „topic“ fehlt."),
    (
        "missing",
        {"smalltalk.yaml": "entries:\n  - id: hallo\n    question: Hallo\n"},
        "smalltalk.yaml:2: „answer“ fehlt.",
    ),
    (
        "extra_forbidden",
        {"smalltalk.yaml": "entries:\n  - {id: h, question: H, answer: h, source: s}\n"},
        "„source“ gibt es",
    ),
]


def report(files: dict[str, str]) -> str:
    with pytest.raises(KnowledgeError) as caught:
        parse({name: text.encode() for name, text in ({"x.yaml": MINIMAL, "sources.yaml": SOURCES} | files).items()})
    return str(caught.value)


@pytest.mark.parametrize(("kind", "more", "line", "says", "hint"), CASES)
def test_each_mistake_of_an_entry(kind: str, more: str, line: int, says: str, hint: str) -> None:
    said = report({"x.yaml": MINIMAL + more})
    assert len(said.splitlines()) == 1
    assert said.startswith(f"x.yaml:{line}: ")
    assert says in said
    assert hint in said.split("Hinweis: ")[1]
    assert not ENGLISH.search(re.sub("„[^“]*“", "", said))


@pytest.mark.parametrize(("kind", "files", "says"), OTHER_CASES)
def test_each_mistake_of_a_file(kind: str, files: dict[str, str], says: str) -> None:
    said = report(files)
    assert says in said
    assert len(said.splitlines()) == 1
    assert not ENGLISH.search(re.sub("„[^“]*“", "", said))


def test_every_type_of_complaint_is_among_the_cases() -> None:
    assert {kind for kind, *_ in (*CASES, *OTHER_CASES)} == set(SENTENCES)


plain = st.recursive(
    st.sampled_from(["", "x", "a-b", "Ä ", "2020", "2020-13", "\n", "day", "x" * 70, "x" * 1100, "s"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*keys_at(TopicFile, ("entries",)), "topic", "x", ""]), inner, max_size=4)
    ),
    max_leaves=8,
)
event = st.fixed_dictionaries({}, optional=dict.fromkeys(keys_at(TopicFile, ("entries", "events")), plain))
duration = st.fixed_dictionaries({}, optional={"label": plain, "months": plain | st.sampled_from(["3-2", "18-24"])})
lists = {"events": st.lists(event, max_size=2), "durations": st.lists(duration, max_size=2)}
entry = st.fixed_dictionaries({}, optional=dict.fromkeys(keys_at(TopicFile, ("entries",)), plain) | lists)
listed = st.lists(entry | plain, max_size=2)
stations = plain | st.lists(
    st.fixed_dictionaries({}, optional=dict.fromkeys(keys_at(TourFile, ("stations",)), plain)), max_size=25
)
questions = plain | st.lists(
    st.fixed_dictionaries({}, optional=dict.fromkeys(keys_at(QuizFile, ("questions",)), plain)), max_size=2
)
content = plain | st.fixed_dictionaries(
    {},
    optional={"topic": plain, "entries": listed, "sources": listed, "groups": plain, "names": plain}
    | {"stations": stations, "questions": questions},
)


@given(content, st.sampled_from(MODELS))
def test_every_complaint_of_pydantic_is_known(data: object, model: type[TopicFile]) -> None:
    try:
        model.model_validate(data)
    except ValidationError as error:
        for detail in error.errors():
            assert detail["type"] in SENTENCES
            for sentence in wrong_shape(detail, model):
                assert sentence
                assert "\n" not in sentence
                assert not ENGLISH.search(re.sub("„[^“]*“|Erlaubt sind.*", "", sentence))


def test_a_complaint_no_one_thought_of_is_still_german() -> None:
    message, hint = wrong_shape({"type": "bytes_type", "loc": ("topic",), "msg": "should", "input": b""}, TopicFile)
    assert message == "„topic“ stimmt so nicht."
    assert hint


def test_syntax_the_parser_has_no_words_for() -> None:
    assert syntax_mistake("", "") == syntax_mistake("something new", "x")


def test_keys_at_a_place_without_keys() -> None:
    assert keys_at(TopicFile, ("topic",)) == keys_at(TopicFile, ("nothing", 1, "x")) == ()
    assert keys_at(TopicFile, ("entries", 3, "sources", 0)) == ("id", "section", "speaker")


def test_a_mistyped_key_is_one_mistake_and_not_two() -> None:
    said = report({"x.yaml": MINIMAL.replace("answer:", "anwser:")})
    assert said == "x.yaml:5: Den Schlüssel „anwser“ gibt es hier nicht. Hinweis: Meinten Sie „answer“?"
    assert "Meinten Sie „source“?" in report({"x.yaml": MINIMAL.replace("source:", "sorce:")})


def test_excerpts_stay_short_and_on_one_line() -> None:
    said = report({"x.yaml": MINIMAL + '    as_of: "a\\n\\nb ' + "c" * 500 + '"\n'})
    assert len(said) < 250
    assert len(said.splitlines()) == 1
