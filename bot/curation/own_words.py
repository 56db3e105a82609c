"""Whether a text takes over another's wording: an answer tells in its own words what its source says."""

from __future__ import annotations

import re

from bot.text import fold

WORDS = 8
"""So many words in a row that stand in the source as well are copied; fewer can be chance."""

# Across a line's end a hyphen may be one of hyphenation or of a compound; without it both read the same.
_HYPHENS = re.compile(r"(?<=\w)[-‐‑]\s*\n\s*(?=\w)|(?<=\w)[-‐‑](?=\w)|\u00ad")
_WORD = re.compile(r"\w+(?:(?:[-‐‑](?:[ \t]*\n[ \t]*)?|\u00ad)\w+)*")


def copied(text: str, source_text: str, words: int = WORDS) -> tuple[str, ...]:
    """The runs of at least ``words`` words in ``text`` that stand in the source as well, each as it is written.

    Case, punctuation, hyphens and the spelling of umlauts make no difference.
    """
    spans = [found.span() for found in _WORD.finditer(text)]
    own = [_bare(text[start:end]) for start, end in spans]
    there = [_bare(word) for word in _WORD.findall(source_text)]
    known = {tuple(there[at : at + words]) for at in range(len(there) - words + 1)}
    runs: list[tuple[int, int]] = []
    for at in range(len(own) - words + 1):
        if tuple(own[at : at + words]) not in known:
            continue
        if runs and at < runs[-1][1]:
            runs[-1] = (runs[-1][0], at + words)
        else:
            runs.append((at, at + words))
    return tuple(" ".join(text[spans[first][0] : spans[end - 1][1]].split()) for first, end in runs)


def _bare(word: str) -> str:
    return fold(_HYPHENS.sub("", word))
