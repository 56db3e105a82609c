"""Questions as people really type them: typing errors, other spellings, split words, telegram style; all seeded.

A perturbation takes a question and a :class:`random.Random` and returns the question changed, or as it is where it
does not apply. It never empties a question, and the answer looked for stays the same.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType
from unicodedata import normalize

from bot.text import fold, is_function_word, words

Perturbation = Callable[[str, random.Random], str]

FIRST_LETTER = 0.05
"""Share of the typing errors that hit a word's first letter; few do (Yannakoudakis and Fawthrop 1983)."""

MIN_TYPO = 4
"""Shorter words are typed right."""

MIN_TWICE = 8
"""From this many letters on, one word can bear two typing errors."""

MIN_PART = 4
"""The least letters of a compound's part: ``Verein`` is not split before ``ein``."""


def perturbations(known_words: frozenset[str]) -> Mapping[str, Perturbation]:
    """All perturbations by name. ``known_words`` are those of the knowledge, as :func:`bot.text.words` writes them."""

    def compounds_split(question: str, rng: random.Random) -> str:
        """One compound of known words falls apart: ``Kündigungsfrist`` → ``Kündigungs Frist``."""
        joints = [
            (word.start() + cut, word.group()[0].isupper())
            for word in _letter_words(question)
            for cut in _joints(word.group(), known_words)
        ]
        if not joints:
            return question
        cut, is_noun = rng.choice(joints)
        tail = question[cut:]
        return f"{question[:cut]} {tail[0].upper() + tail[1:] if is_noun else tail}"

    return MappingProxyType({**PERTURBATIONS, "compounds_split": _composed(compounds_split)})


def _joints(word: str, known_words: frozenset[str]) -> list[int]:
    """Where both sides of a word are known content words; the first may end with a linking s or n."""
    return [
        cut
        for cut in range(MIN_PART, len(word) - MIN_PART + 1)
        if _is_part(tail := fold(word[cut:]), known_words)
        and (_is_part(head := fold(word[:cut]), known_words) or (head[-1] in "sn" and _is_part(head[:-1], known_words)))
        and tail != head
    ]


def _is_part(part: str, known_words: frozenset[str]) -> bool:
    return part in known_words and part not in _PARTICLES and not is_function_word(part)


_PARTICLES = frozenset("heraus herein herum hinaus hinein voraus voran vorher zuruck wieder".split())
"""Never a word of their own before another: ``Herausforderung`` is no compound."""


def _one_typo(question: str, rng: random.Random) -> str:
    """One typing error in one word."""
    return _mistyped(question, _sampled(_letter_words(question), 1, rng), rng)


def _two_typos(question: str, rng: random.Random) -> str:
    """A typing error in each of two words; two in one where there is but one and it is long."""
    chosen = _sampled(_letter_words(question), 2, rng)
    if len(chosen) == 2:
        return _mistyped(question, chosen, rng)
    if not chosen or len(chosen[0].group()) < MIN_TWICE:
        return question
    word = twice = chosen[0].group()
    while twice == word:  # The second error may have undone the first.
        twice = _typo(_typo(word, rng), rng)
    return question[: chosen[0].start()] + twice + question[chosen[0].end() :]


def _letter_words(question: str) -> list[re.Match[str]]:
    """The words an error can hit: long enough, and of letters only."""
    return [word for word in re.finditer(r"\w+", question) if len(word[0]) >= MIN_TYPO and word[0].isalpha()]


def _sampled(found: Sequence[re.Match[str]], count: int, rng: random.Random) -> list[re.Match[str]]:
    """Up to ``count`` different words; a long word is hit more often than a short one."""
    left = list(found)
    chosen: list[re.Match[str]] = []
    while left and len(chosen) < count:
        chosen.append(rng.choices(left, [len(word[0]) for word in left])[0])
        left.remove(chosen[-1])
    return chosen


def _mistyped(question: str, chosen: Sequence[re.Match[str]], rng: random.Random) -> str:
    for word in sorted(chosen, key=lambda word: word.start(), reverse=True):
        question = question[: word.start()] + _typo(word[0], rng) + question[word.end() :]
    return question


def _typo(word: str, rng: random.Random) -> str:
    """The word with one error: a neighbouring key, a letter left out, typed twice, or swapped with the next one."""
    at = 0 if rng.random() < FIRST_LETTER else rng.randrange(1, len(word))
    letter, following = word[at], word[at + 1 : at + 2]
    kind = rng.choices(("neighbour", "dropped", "doubled", "swapped"), (35, 30, 15, 20))[0]
    if kind == "neighbour" and (keys := _NEIGHBOURS.get(letter.lower())):
        key = rng.choice(keys)
        return word[:at] + (key.upper() if letter.isupper() else key) + word[at + 1 :]
    if kind == "swapped" and following.lower() not in ("", letter.lower()):
        pair = following + letter
        return word[:at] + (pair.capitalize() if letter.isupper() and following.islower() else pair) + word[at + 2 :]
    if kind == "doubled":
        return word[: at + 1] + (letter if word.isupper() else letter.lower()) + word[at + 1 :]
    return word[:at] + word[at + 1 :]


def _neighbouring_keys() -> dict[str, str]:
    """The letters around each key of a German keyboard, whose rows are shifted by a quarter and three quarters."""
    rows = (("qwertzuiopü", 0.0), ("asdfghjklöä", 0.25), ("yxcvbnm", 0.75))
    place = {key: (column + shift, row) for row, (keys, shift) in enumerate(rows) for column, key in enumerate(keys)}

    def near(key: str, other: str) -> bool:
        (x, y), (other_x, other_y) = place[key], place[other]
        return key != other and abs(x - other_x) <= 1 and abs(y - other_y) <= 1

    return {key: "".join(other for other in place if near(key, other)) for key in place} | {"ß": "pü"}


_NEIGHBOURS = _neighbouring_keys()


def _umlauts_written_out(question: str, rng: random.Random) -> str:
    """``Förderung`` → ``Foerderung``."""
    return re.sub("[ÄÖÜ](?=[A-ZÄÖÜ])", lambda umlaut: _WRITTEN_OUT[umlaut[0]].upper(), question).translate(_WRITE_OUT)


def _umlauts_bare(question: str, rng: random.Random) -> str:
    """``Förderung`` → ``Forderung``."""
    return question.translate(_BARE)


_WRITTEN_OUT = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"}
_WRITE_OUT = str.maketrans(_WRITTEN_OUT)
_BARE = str.maketrans({umlaut: both if both.lower() == "ss" else both[0] for umlaut, both in _WRITTEN_OUT.items()})


def _lower_case(question: str, rng: random.Random) -> str:
    """Lower case without punctuation; signs inside a word or number stay, as in ``e-mail`` and ``9:30``."""
    return " ".join(_PUNCTUATION.sub(" ", question).lower().split())


_MARKS = r"""[.,;:!?…"'„“”‚‘’«»‹›()\[\]–—-]"""
_PUNCTUATION = re.compile(rf"(?<!\w){_MARKS}+|{_MARKS}+(?!\w)")


def _compounds_joined(question: str, rng: random.Random) -> str:
    """Two neighbouring nouns, or the halves of a hyphenated one, become one word: ``OZG-Antrag`` → ``OZGantrag``.

    Nouns are capitalised words inside a sentence, or all capitalised ones among keywords; where everything is lower
    case, all keywords. Each has at least three letters.
    """
    found = list(re.finditer(r"[^\W\d_]+", question))
    keywords = not any(is_function_word(folded) for folded in words(question))
    pairs = [
        (first, second)
        for first, second in pairwise(found)
        if question[first.end() : second.start()] in (" ", "-")
        and all(_is_noun(question, word, keywords) for word in (first, second))
    ]
    if not pairs:
        return question
    first, second = rng.choice(pairs)
    tail = second[0] if second[0].isupper() else second[0].lower()
    return question[: first.end()] + tail + question[second.end() :]


def _is_noun(question: str, word: re.Match[str], keywords: bool) -> bool:
    if len(word[0]) < 3 or is_function_word(fold(word[0])):
        return False
    opens_sentence = not question[: word.start()].rstrip() or question[: word.start()].rstrip()[-1] in ".!?:"
    hyphenated = question[word.end() : word.end() + 1] == "-"
    if keywords:
        return word[0][0].isupper() or question.islower()
    return word[0][0].isupper() and (hyphenated or not opens_sentence)


def _small_words_dropped(question: str, rng: random.Random) -> str:
    """Telegram style: no articles, pronouns, prepositions; what is asked for and what is denied stays."""
    left: list[str] = []
    for piece in question.split():
        parts = words(piece)
        if not parts or any(map(_is_told, parts)):
            left.append(piece)
        elif left and left[-1][-1].isalnum():
            left[-1] += piece[len(piece.rstrip(".,;:!?…")) :]
    if not any(_is_told(part) and part not in _KEPT for part in words(" ".join(left))):
        return question
    return " ".join(left)


def _is_told(word: str) -> bool:
    """Whether a telegram has the folded word; a lone letter is a name, as in ``Anlage B``."""
    return word in _KEPT or len(word) == 1 or not is_function_word(word)


_QUESTION_WORDS = frozenset(
    fold(word)
    for word in """
    wer wem wen wessen was wann wo wohin woher wie warum wieso weshalb weswegen wozu wofür womit wodurch woran worauf
    woraus worin worüber worum wovon wobei wieviel wieviele inwiefern inwieweit welche welchem welchen welcher welches
    """.split()
)
_KEPT = _QUESTION_WORDS | {
    fold(word)
    for word in """
    viel viele mehr nicht nichts nie kein keine keinem keinen keiner niemand niemanden ohne gegen trotz statt seit bis
    vor nach während heißt heißen hieß bedeutet mindestens höchstens wenigstens herr herrn frau
    """.split()
}


def _word_order(question: str, rng: random.Random) -> str:
    """The words shuffled; the question word stays first, with a word before it (``Seit wann``) or of its own."""
    text = _END_MARK.sub("", question)
    pieces = text.split()
    fixed = _opening(pieces)
    rest = pieces[fixed:]
    if len(set(rest)) < 2:
        return question
    shuffled = rest[:]
    while shuffled == rest:
        rng.shuffle(shuffled)
    return " ".join([*pieces[:fixed], *shuffled]) + question.rstrip()[len(text) :]


def _opening(pieces: Sequence[str]) -> int:
    """How many words open the question: ``Wer`` 1, ``Seit wann`` 2, ``Wie viele`` 2, none without a question word."""
    folded = [fold(piece).strip(",:") for piece in pieces[:3]]
    for at, word in enumerate(folded[:2]):
        if word in _QUESTION_WORDS and (at == 0 or is_function_word(folded[0])):
            return at + 2 if word == "wie" and _DEGREE.fullmatch(" ".join(folded[at + 1 : at + 2])) else at + 1
    return 0


_END_MARK = re.compile(r"\s*(?:(?<!\.\w)\.|[?!…])*\s*$")  # But the last dot of „e. V.“ stays.
_DEGREE = re.compile(r"viele?[nrs]?|lange?|hoch|gross|teuer|oft|weit|stark|alt|schnell|spat|fruh")


def _composed(change: Perturbation) -> Perturbation:
    """The perturbation over composed letters (``ä``, not ``a`` and two dots); what cannot change comes back as is."""

    def perturbed(question: str, rng: random.Random) -> str:
        composed = normalize("NFC", question)
        changed = change(composed, rng)
        return question if changed == composed or not changed.strip() else changed

    return perturbed


PERTURBATIONS: Mapping[str, Perturbation] = MappingProxyType(
    {
        "one_typo": _composed(_one_typo),
        "two_typos": _composed(_two_typos),
        "umlauts_written_out": _composed(_umlauts_written_out),
        "umlauts_bare": _composed(_umlauts_bare),
        "lower_case": _composed(_lower_case),
        "compounds_joined": _composed(_compounds_joined),
        "small_words_dropped": _composed(_small_words_dropped),
        "word_order": _composed(_word_order),
    }
)
"""Those that need to know nothing; :func:`perturbations` adds ``compounds_split``."""
