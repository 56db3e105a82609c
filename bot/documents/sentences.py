"""German paragraphs → sentences."""

from __future__ import annotations

import re

_ABBREVIATIONS = frozenset(
    """
    abs art bd bspw bzgl bzw ca co dgl dipl dr ebd ehem einschl etc evtl ff geb gem ggf ggfs hr hrsg inkl insb insbes
    int jan feb mrz apr jun jul aug sep sept okt nov dez kfm max mind min mio mrd nr o.ä prof rd s sh sog st std str
    tel tsd u.a u.ä usf v.a verf vgl z z.b z.t zzgl zt
    """.split()
)
_END = re.compile(r"(?P<mark>[.!?…]+)(?P<close>[\"“”»«)’'\]]*)\s+(?=[\"„“»(\[A-ZÄÖÜ0-9])")
_LAST_MARK = re.compile(r"(?P<mark>[.!?…]+)(?P<close>[\"“”»«)’'*\]]*)$")
_LAST_WORD = re.compile(r"([\w.]+)$")


def sentences(text: str) -> list[str]:
    """The sentences of a text on one line; short forms („z. B.“, „e. V.“) and ordinals („12. November“) end none."""
    out: list[str] = []
    start = 0
    for found in _END.finditer(text):
        if found["mark"] == "." and not found["close"] and _is_short_form(text[start : found.start()]):
            continue
        out.append(text[start : found.end()].strip())
        start = found.end()
    return [sentence for sentence in (*out, text[start:].strip()) if sentence]


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does, and not in a short form."""
    found = _LAST_MARK.search(text)
    if not found:
        return False
    return found["mark"] != "." or not _is_short_form(text[: found.start()])


def _is_short_form(before: str) -> bool:
    last = _LAST_WORD.search(before)
    if not last:
        return False
    word = last[1].casefold()
    if word.isdigit():
        return len(word) <= 2
    return word in _ABBREVIATIONS or len(word) == 1 or bool(re.fullmatch(r"(?:\w\.)+\w", word))
