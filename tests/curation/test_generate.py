import hashlib
import math
import os
import subprocess
import sys
import time
from itertools import pairwise

import pytest

from bot.curation.generate import PER_ENTRY, generated_base, generated_questions
from bot.text import words

SMALL, LARGE = generated_base(1_000, seed=7), generated_base(10_000, seed=7)


def texts(base):
    return [text for _, phrasings in base for text in phrasings]


def vocabulary(base):
    tokens = [word for text in texts(base) for word in words(text)]
    return len(tokens), len(set(tokens))


@pytest.mark.parametrize("count", [0, 1, 7, 1_000])
def test_there_are_as_many_phrasings_as_asked_for(count):
    assert len(texts(generated_base(count, seed=1))) == count


def test_no_phrasing_is_there_twice_and_none_is_empty():
    found = texts(LARGE)
    assert len(set(found)) == len(found)
    assert all(len(words(text)) >= 1 and "{" not in text and "  " not in text for text in found)


def test_entries_have_ids_of_their_own_and_about_eight_phrasings():
    assert len({entry_id for entry_id, _ in LARGE}) == len(LARGE)
    least, most = PER_ENTRY
    assert all(least <= len(phrasings) <= most for _, phrasings in LARGE[:-1])
    assert 7.5 < 10_000 / len(LARGE) < 8.5


def test_a_small_base_is_the_start_of_a_large_one():
    assert SMALL[:-1] == LARGE[: len(SMALL) - 1]
    assert texts(SMALL) == texts(LARGE)[:1_000]


def test_seeds_differ():
    assert generated_base(100, seed=1) != generated_base(100, seed=2)
    assert generated_questions(SMALL, 20, seed=1) != generated_questions(SMALL, 20, seed=2)


def test_the_vocabulary_grows_as_in_real_text():
    (tokens, kinds), (more_tokens, more_kinds) = vocabulary(SMALL), vocabulary(generated_base(100_000, seed=7))
    assert 5 < tokens / 1_000 < 9
    assert 0.55 < math.log(more_kinds / kinds) / math.log(more_tokens / tokens) < 0.68


def test_phrasings_of_an_entry_share_words():
    def shared(one, other):
        return len(set(words(one)) & set(words(other))) / len(set(words(one)) | set(words(other)))

    within = [shared(phrasings[0], phrasings[1]) for _, phrasings in LARGE[:-1]]
    across = [shared(a[0], b[0]) for (_, a), (_, b) in pairwise(LARGE)]
    assert sum(within) / len(within) > 2 * sum(across) / len(across)


def test_questions_are_as_many_as_asked_for_and_mostly_not_in_the_base():
    questions = generated_questions(SMALL, 500, seed=3)
    assert len(questions) == 500
    assert all(words(question) for question in questions)
    assert len(set(questions) - set(texts(SMALL))) > 450


def test_questions_use_the_words_of_the_base():
    known = {word for text in texts(SMALL) for word in words(text)}
    typed = [word for question in generated_questions(SMALL, 500, seed=3) for word in words(question)]
    assert 0.8 < sum(word in known for word in typed) / len(typed) < 1


def test_another_process_generates_the_same():
    code = (
        "import hashlib; from bot.curation.generate import *; base = generated_base(2000, 5);"
        "print(hashlib.sha256(repr((base, generated_questions(base, 200, 6))).encode()).hexdigest())"
    )
    base = generated_base(2_000, 5)
    here = hashlib.sha256(repr((base, generated_questions(base, 200, 6))).encode()).hexdigest()
    for hash_seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == here


@pytest.mark.slow
def test_a_hundred_thousand_phrasings_take_seconds():
    start = time.perf_counter()
    base = generated_base(100_000, seed=7)
    assert time.perf_counter() - start < 10
    assert len(set(texts(base))) == 100_000
