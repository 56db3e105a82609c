import pytest

from bot.search.lexicon import NAME_WEIGHT, Lexicon, typo_budget
from bot.text import stem, words

DOCUMENTS = [
    ["Wie hoch ist die Gebühr?", "Ausweis der Stadtbücherei", "Kosten"],
    ["Wann ist die Bücherei geöffnet?", "Öffnungszeiten in Neustadt"],
    ["Wer übernimmt die interkommunale Zusammenarbeit?", "Bevölkerung", "Rückgang", "Fachwerkstatt"],
]


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon(
        [[words(text) for text in texts] for texts in DOCUMENTS],
        groups=[["Bücherei", "Bibliothek"], ["IKZ", "interkommunale Zusammenarbeit"], ["Gebühr", "Entgelt"]],
        names=["Neustadt"],
    )


def meanings(lexicon, text):
    return {word.word: set(word.meanings) for word in lexicon.question(text)}


def test_synonyms_mean_the_same_term(lexicon):
    assert meanings(lexicon, "Bibliothek")["bibliothek"] == meanings(lexicon, "Bücherei")["bucherei"]


def test_a_phrase_can_be_a_synonym_of_an_abbreviation(lexicon):
    (long,) = lexicon.question("interkommunale Zusammenarbeit")
    (short,) = lexicon.question("IKZ")
    assert long.meanings == short.meanings != {}


@pytest.mark.parametrize("typed", ["Gebuehr", "gebur", "Gebürh", "gebuehrn"])
def test_misspelled_words_are_understood(lexicon, typed):
    (word,) = lexicon.question(typed)
    (right,) = lexicon.question("Gebühr")
    assert set(right.meanings) <= set(word.meanings)


def test_a_misspelling_fits_less_than_the_word_itself(lexicon):
    (typo,) = lexicon.question("Ausweus")
    (right,) = lexicon.question("Ausweis")
    assert right.meanings[stem("ausweis")] == 1.0
    assert 0.5 < typo.meanings[stem("ausweis")] < 1.0


def test_compound_is_understood_by_its_known_parts(lexicon):
    (word,) = lexicon.question("Bevölkerungsrückgang")
    assert set(word.meanings) == {stem("bevolkerung"), stem("ruckgang")}


def test_a_compound_typed_as_two_words_is_one_word(lexicon):
    assert [word.word for word in lexicon.question("fach werkstatt")] == ["fachwerkstatt"]


def test_unknown_words_have_no_meaning_and_the_highest_weight(lexicon):
    unknown, known = lexicon.question("Reifenwechsel Gebühr")
    assert not unknown.meanings
    assert unknown.weight >= known.weight > 0


def test_question_words_weigh_nothing_but_stay(lexicon):
    assert [(w.word, w.weight) for w in lexicon.question("Wer ist das?")] == [("wer", 0.0), ("ist", 0.0), ("das", 0.0)]


def test_a_name_says_little_about_the_topic(lexicon):
    (name,) = lexicon.question("Neustadt")
    assert name.is_name
    assert name.weight == pytest.approx(NAME_WEIGHT * lexicon.idf(stem("neustadt")))


@pytest.mark.parametrize(
    ("word", "errors"), [("amt", 0), ("kreis", 1), ("digitalisierung", 2), ("2020", 0), ("b2020x", 0)]
)
def test_long_words_forgive_more_and_numbers_nothing(word, errors):
    assert typo_budget(word) == errors


def test_years_are_never_taken_for_each_other():
    lexicon = Lexicon([[words("Was war 2016?")], [words("Was war 2018?")]], groups=[], names=[])
    assert [set(w.meanings) for w in lexicon.question("2017")] == [set()]


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("offnungszieten", "offnungszeiten"),
        ("zusammenarbiet", "zusammenarbeit"),
        ("wiese", "wiese"),  # a German word of its own, however near another lies
        ("fachwerkstatt", "fachwerkstatt"),
        ("qwrtzuiop", "qwrtzuiop"),
        ("wer", "wer"),
    ],
)
def test_a_misspelled_word_is_read_as_the_knowledge_spells_it(lexicon, typed, right):
    assert lexicon.corrected(typed) == right


def test_german_words_are_no_misspellings_of_others():
    lexicon = Lexicon([[words("Wie weise ist die Bücherei?")]], groups=[], names=[])
    assert lexicon.question("Wiese")[0].meanings == {}


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("Wo ist die Kostenbevölkerung?", ["wo", "ist", "die", "kosten", "bevolkerung"]),
        ("Fachwerkstatt", ["fachwerkstatt"]),  # the knowledge's own word stays whole
        ("Bevölkerungsrückgang", ["bevolkerungsruckgang"]),
    ],
)
def test_two_words_typed_as_one_are_read_as_two(lexicon, text, typed):
    assert lexicon.typed(text) == typed


@pytest.mark.parametrize("typed", ["Bibliohtek", "Bibliothek"])
def test_a_synonym_that_no_phrasing_holds_is_known_misspelled_too(lexicon, typed):
    (word,) = lexicon.question(typed)
    assert word.meanings.keys() >= lexicon.question("Bücherei")[0].meanings.keys()


def test_a_compound_that_is_a_synonym_stays_whole():
    lexicon = Lexicon(
        [[words("Liste der Teilnehmer"), words("Aufnahme und Kosten")]],
        groups=[["Teilnehmer", "Aufnahmekosten"]],
        names=[],
    )
    assert lexicon.typed("Aufnahmekosten") == ["aufnahmekosten"]


def test_which_words_it_knows(lexicon):
    assert [lexicon.knows(word) for word in ("gebuhren", "bibliothek", "freibad", "gebur")] == [
        True,
        True,
        False,
        False,
    ]
