from pathlib import Path

from bot.curation.compare import compare, own_ranker
from bot.curation.questions import LabelledQuestion
from bot.knowledge import load

BUECHEREI = load(Path(__file__).parents[1] / "data" / "buecherei")
QUESTIONS = [
    LabelledQuestion("Wer leitet die Bibliothek?", frozenset({"haus-leitung"}), "in"),
    LabelledQuestion("Was kostet ein Ausweis?", frozenset({"haus-neubau"}), "in"),
    LabelledQuestion("Wie wird das Wetter?", frozenset(), "far_oos"),
]


def test_rankers_are_measured_on_the_same_questions():
    def stubborn(phrasings):
        return lambda question: [("haus-neubau", 1.0), ("haus-leitung", 0.5)]

    builders = {"ikz-bot": own_ranker(BUECHEREI), "stur": stubborn}
    own, other = (row["a"] for row in compare(BUECHEREI, {"a": QUESTIONS}, builders))
    assert (own.name, own.top.hits, own.top.total) == ("ikz-bot", 1, 2)
    assert (other.top.hits, other.among_three.hits) == (1, 2)
    # Telling always, it is right once and never silent; never telling, it is right about the weather only.
    assert other.oracle == 1 / 3
    assert own.oracle >= 2 / 3
    assert other.auroc == 0.5 < own.auroc


def test_a_ranker_that_finds_nothing_is_silent():
    (rows,) = compare(BUECHEREI, {"a": QUESTIONS}, {"stumm": lambda phrasings: lambda question: []})
    assert (rows["a"].top.hits, rows["a"].oracle) == (0, 1 / 3)


def test_each_set_is_measured_with_what_was_built_once():
    built = []

    def stubborn(phrasings):
        built.append(len(phrasings))
        return lambda question: [("haus-leitung", 1.0)]

    (alone,) = compare(BUECHEREI, {"a": QUESTIONS}, {"stur": stubborn})
    times = len(built)
    (both,) = compare(BUECHEREI, {"a": QUESTIONS, "b": QUESTIONS[:1]}, {"stur": stubborn})
    assert len(built) == 2 * times
    assert both["a"].top == alone["a"].top
    assert (both["b"].top.hits, both["b"].top.total) == (1, 1)


def test_without_foreign_questions_there_is_nothing_to_be_silent_about():
    (rows,) = compare(BUECHEREI, {"a": QUESTIONS[:2]}, {"ikz-bot": own_ranker(BUECHEREI)})
    assert (rows["a"].joint, rows["a"].oracle, rows["a"].auroc) == (None, None, None)


def test_the_own_ranker_knows_only_the_phrasings_it_was_given():
    rank = own_ranker(BUECHEREI)([("haus-leitung", "Wer leitet die Bücherei?")])
    assert {entry_id for entry_id, _ in rank("Wie lang ist die Leihfrist?")} <= {
        "haus-leitung",
        "smalltalk-hallo",
        "smalltalk-danke",
    }
