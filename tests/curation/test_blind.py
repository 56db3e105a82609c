from bot.curation.blind import blind_threshold, covering, left_out_entries, left_out_phrasings
from bot.knowledge import parse

PHRASINGS = [(f"e{n}", f"frage {n} {extra}") for n in range(7) for extra in ("a", "b", "c")]


def overlap_ranker(phrasings):
    """Scores an entry by the words its best phrasing shares with the question."""

    def rank(question):
        asked = set(question.split())
        best = {}
        for entry_id, text in phrasings:
            shared = len(asked & set(text.split())) / len(asked | set(text.split()))
            best[entry_id] = max(shared, best.get(entry_id, 0))
        return sorted(best.items(), key=lambda pair: -pair[1])

    return rank


def test_the_threshold_lies_between_what_can_and_what_cannot_be_answered():
    phrasings = [
        (f"e{n}", f"wort{n} sache{n} {extra}") for n in range(12) for extra in ("eins", "zwei", "drei", "vier")
    ]
    threshold = blind_threshold(overlap_ranker, phrasings)
    # A left-out phrasing shares two of four words with its entry, and one of five with any other.
    assert 1 / 5 < threshold <= 2 / 4


def test_with_one_phrasing_each_most_of_what_cannot_be_answered_stays_silent():
    phrasings = [(f"e{n}", f"frage nach {n}") for n in range(10)]
    threshold = blind_threshold(overlap_ranker, phrasings)
    assert threshold == 2 / 4


def test_the_same_seed_gives_the_same_threshold():
    phrasings = [(f"e{n}", f"wort{n % 3} ding{n} {extra}") for n in range(9) for extra in ("a", "b", "c")]
    assert len({blind_threshold(overlap_ranker, phrasings, seed=5) for _ in range(3)}) == 1


def test_a_single_entry_does_no_harm():
    assert blind_threshold(overlap_ranker, [("a", "eins"), ("a", "zwei")]) >= 0


def test_every_phrasing_is_left_out_once_and_asked_of_the_rest():
    asked = []
    for kept, questions in left_out_phrasings(PHRASINGS):
        texts = {text for _, text in kept}
        assert all(question.question not in texts for question in questions)
        asked += [(*question.expected, question.question) for question in questions]
    assert sorted(asked) == sorted(PHRASINGS)


def test_every_entry_is_left_out_once_and_its_phrasings_have_no_answer_then():
    asked = []
    for kept, questions in left_out_entries(PHRASINGS):
        gone = {entry_id for entry_id, _ in PHRASINGS} - {entry_id for entry_id, _ in kept}
        assert {text for entry_id, text in PHRASINGS if entry_id in gone} == {q.question for q in questions}
        assert not any(question.in_scope for question in questions)
        asked += questions
    assert len(asked) == len(PHRASINGS)


def test_an_entry_that_covers_the_missing_one_is_a_right_answer():
    folds = left_out_entries(PHRASINGS, {"e1": {"e2"}})
    asked = {
        question.question: question
        for kept, questions in folds
        for question in questions
        if ("e2", "frage 2 a") in kept
    }
    assert asked["frage 1 a"].expected == {"e2"}
    assert not asked["frage 3 a"].expected


def test_what_an_entry_covers_is_read_from_the_knowledge():
    topic = (
        "topic: T\nentries:\n"
        "  - {id: all, question: Was gibt es?, answer: Alles., source: s, covers: [one]}\n"
        "  - {id: one, question: Was ist eins?, answer: Eins., source: s}\n"
    )
    sources = "sources: [{id: s, kind: werkstatt, title: T, publisher: P, date: 2020}]\n"
    files = {"t.yaml": topic.encode(), "sources.yaml": sources.encode()}
    assert covering(parse(files)) == {"one": {"all"}}
