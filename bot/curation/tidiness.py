"""What is untidy in the knowledge files and no mistake: blanks at line ends, foreign quotation marks, repetitions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from bot.curation import splice
from bot.curation.mends import HINT, Mend, askable, dropped, mend, said
from bot.curation.written import Written
from bot.knowledge.problems import Level, Problem
from bot.knowledge.yaml_lines import Plain, read_yaml

LISTS = ("keywords", "related", "covers", "contradicts", "sources")

_QUOTES = re.compile(r'„([^„“”"\\]+)["”]|(?<![\w„“”"\\])["“]([^\s„“”"\\][^„“”"\\]*)["”](?!\w)')
_SPACES = re.compile(rb"[ \t]+(?=\r?\n|\Z)")


def untidy(written: Written) -> Iterator[Mend]:
    """Everything that is untidy."""
    yield from repeated(written)
    yield from quotation_marks(written)
    yield from trailing_spaces(written)


def repeated(written: Written) -> Iterator[Mend]:
    """Keywords, references and places in sources that an entry has twice."""
    for item in askable(written):
        for key in LISTS:
            values = item.data.get(key)
            for number, value in enumerate(values if isinstance(values, list) else ()):
                if isinstance(values, list) and value in values[:number]:
                    yield dropped(item, key, number, f"{said(value)} steht zweimal unter „{key}“.", "repeated")


def quotation_marks(written: Written) -> Iterator[Mend]:
    """Quotation marks that are not German, in what users get to see."""
    for item in askable(written):
        for key in ("question", "answer", "short"):
            for text, place in item.texts(key):
                if found := _QUOTES.search(text):
                    yield mend(
                        item,
                        place,
                        "quotes",
                        f"Die Anführungszeichen sind keine deutschen: {found.group()}",
                        f"Die Anführungszeichen unter „{key}“ sind jetzt deutsche: „{found[1] or found[2]}“",
                        partial(splice.respell, place=place, change=_german_quotes),
                    )


def _german_quotes(text: str) -> str:
    # Between double quotation marks of YAML itself, those of the text are written with a backslash.
    if text[:1] == '"' == text[-1:]:
        return f'"{_QUOTES.sub(_pair, text[1:-1].replace(chr(92) + chr(34), chr(34)))}"'
    return _QUOTES.sub(_pair, text)


def _pair(found: re.Match[str]) -> str:
    return f"„{found[1] or found[2]}“"


def _single_spaced(data: Plain | None) -> object:
    """Data without the difference between one blank and several."""
    if isinstance(data, dict):
        return {key: _single_spaced(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_single_spaced(value) for value in data]
    return " ".join(data.split()) if data is not None else None


def trailing_spaces(written: Written) -> Iterator[Mend]:
    """Spaces at the ends of lines, where they mean nothing."""
    for name, content in written.files.items():
        if not name.endswith(".yaml") or not _SPACES.search(content):
            continue
        document, without = written.documents[name], read_yaml(name, _SPACES.sub(b"", content))
        if document.broken or _single_spaced(without.data) != _single_spaced(document.data):
            continue
        lines = [content.count(b"\n", 0, found.start()) + 1 for found in _SPACES.finditer(content)]
        told = "einer Zeile" if len(lines) == 1 else f"{len(lines)} Zeilen"
        yield Mend(
            Problem(
                name,
                lines[0],
                f"Am Ende von {told} stehen Leerzeichen.",
                HINT,
                "trailing-spaces",
                Level.NOTICE,
            ),
            f"Am Ende von {told} sind die Leerzeichen gelöscht.",
            lambda file, content: _SPACES.sub(b"", content),
        )
