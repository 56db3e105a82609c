from bot.curation.blind import blind_threshold


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
