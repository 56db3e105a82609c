"""Mistakes in the knowledge files that only have one remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial

from rapidfuzz import fuzz, process

from bot.curation import splice
from bot.curation.mends import Mend, around, askable, dropped, listed, mend, spelling
from bot.curation.written import Written
from bot.knowledge.consistency import Item, entries_of, items, same_words
from bot.knowledge.explain import choices_at, keys_at
from bot.knowledge.load import model_of
from bot.knowledge.model import SYNONYMS
from bot.knowledge.problems import quoted
from bot.knowledge.touchstone_model import TOUCHSTONES
from bot.knowledge.tour_model import QUIZ, TOUR
from bot.knowledge.yaml_lines import Document, Place, Plain

_CLEAR, _CLEARLY = 80, 10
"""A misspelled word is taken for the known one that is so alike (0–100), and by so much more than any other."""

_GERMAN_DATE = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_REFERRING: Mapping[str, tuple[str, tuple[str, ...]]] = {
    TOUR: ("stations", ("entries", "deeper")),
    QUIZ: ("questions", ("entry",)),
    TOUCHSTONES: ("touchstones", ("expected",)),
}
_REFERENCES = ("related", "covers", "superseded_by", "contradicts")


def mendable(written: Written) -> Iterator[Mend]:
    """All mistakes that can be mended without asking anyone."""
    for find in (_keys, _choices, _dates, _phrasings, _moved, _themselves, _synonyms):
        yield from find(written)


def _keys(written: Written) -> Iterator[Mend]:
    """Misspelled keys."""
    for name, document in written.documents.items():
        for place, data in _mappings(document):
            known = keys_at(model_of(name), place)
            for key in data.keys() - set(known) if known else ():
                meant = _meant(key, known)
                if meant and meant not in data:
                    yield mend(
                        around(document, place),
                        (*place, key),
                        "unknown-key",
                        f"Den Schlüssel {quoted(key)} gibt es hier nicht.",
                        f"Der Schlüssel {quoted(key)} heißt jetzt {quoted(meant)}.",
                        partial(splice.rename, place=place, key=key, new_key=meant),
                    )


def _choices(written: Written) -> Iterator[Mend]:
    """Misspelled words where only some are possible, as in „kind“ and „precision“."""
    for name, document in written.documents.items():
        for place, data in _mappings(document):
            for key, value in data.items():
                choices = choices_at(model_of(name), (*place, key))
                written_so = value.strip() if isinstance(value, str) else ""
                meant = _meant(written_so, choices) if written_so and written_so not in choices else None
                if meant:
                    yield spelling(document, (*place, key), written_so, meant, "choice")


def _dates(written: Written) -> Iterator[Mend]:
    """Dates in the German form."""
    for document in written.documents.values():
        for place, data in _mappings(document):
            for key in ("as_of", "review_by", "date"):
                value = data.get(key)
                found = _GERMAN_DATE.fullmatch(value.strip()) if isinstance(value, str) else None
                if found and isinstance(value, str):
                    try:
                        day = date(int(found[3]), int(found[2]), int(found[1])).isoformat()
                    except ValueError:
                        continue
                    yield spelling(document, (*place, key), value.strip(), day, "date")


def _phrasings(written: Written) -> Iterator[Mend]:
    """Phrasings that an entry has twice."""
    for item in askable(written):
        question = item.data.get("question")
        seen = {same_words(question)} if isinstance(question, str) else set()
        for number, text in listed(item, "variants"):
            if same_words(text) in seen:
                yield dropped(
                    item, "variants", number, "Die Formulierung hatte der Eintrag schon.", "duplicate-phrasing"
                )
            seen.add(same_words(text))


def _themselves(written: Written) -> Iterator[Mend]:
    """Entries that refer to themselves."""
    for item in entries_of(written.documents):
        for key in _REFERENCES:
            for number, text in listed(item, key) or [(0, str(item.data.get(key, "")))]:
                if text and text == item.id:
                    yield dropped(item, key, number, "Der Eintrag verwies auf sich selbst.", "reference")


def _moved(written: Written) -> Iterator[Mend]:
    """References by an id that an entry no longer has."""
    entries = entries_of(written.documents)
    known = {entry.id for entry in entries}
    now = {former: entry.id for entry in entries for former, _ in entry.texts("former_ids") if former not in known}
    referring: list[tuple[Item, tuple[str, ...]]] = [(item, _REFERENCES) for item in entries]
    for name, (top, keys) in _REFERRING.items():
        if name in written.documents:
            referring += [(item, keys) for item in items(written.documents[name], top)]
    for item, keys in referring:
        for text, place in (found for key in keys for found in item.texts(key)):
            if text in now:
                yield spelling(item.document, place, text, now[text], "reference")


def _synonyms(written: Written) -> Iterator[Mend]:
    """Words that stand twice in one synonym group."""
    document = written.documents.get(SYNONYMS)
    listed = document.data.get("groups") if document and isinstance(document.data, dict) else None
    for number, group in enumerate(listed if isinstance(listed, list) else ()):
        seen: set[str] = set()
        for index, word in enumerate(group if isinstance(group, list) else ()):
            key = " ".join(word.casefold().split()) if isinstance(word, str) else ""
            if document and key in seen and isinstance(word, str):
                yield mend(
                    Item(document, ("groups", number), {}),
                    ("groups", number, index),
                    "duplicate-synonym",
                    f"Das Wort {quoted(word)} steht zweimal in der Gruppe.",
                    f"{quoted(word)} stand zweimal in der Gruppe und ist einmal gelöscht.",
                    partial(splice.drop, place=("groups", number), number=index),
                )
            seen.add(key)


def _meant(word: str, known: Iterable[str]) -> str | None:
    """The one known word that ``word`` clearly means; None where there is none, or two."""
    found = process.extract(word.casefold(), sorted(known), scorer=fuzz.ratio, limit=2, score_cutoff=_CLEAR)
    if not found or (len(found) > 1 and found[0][1] - found[1][1] < _CLEARLY):
        return None
    return found[0][0]


def _mappings(document: Document) -> Iterator[tuple[Place, dict[str, Plain]]]:
    """Every mapping of a file with its place."""
    waiting: list[tuple[Place, Plain | None]] = [((), document.data)]
    while waiting:
        place, data = waiting.pop()
        if isinstance(data, dict):
            yield place, data
            waiting += [((*place, key), value) for key, value in data.items()]
        elif isinstance(data, list):
            waiting += [((*place, number), value) for number, value in enumerate(data)]
