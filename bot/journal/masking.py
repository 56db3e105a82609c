"""What people type → the same text without what could say who they are or whom they mean."""

from __future__ import annotations

import re
import unicodedata

from bot.journal.names import FIRST_NAMES, OFFICES, ORDINARY, TITLES
from bot.text import fold, is_function_word

MAX_CHARACTERS = 4000
"""What is longer is cut; no channel takes a longer text."""

_MARKS = r"\s<>()\[\]{},;:\"„“”@/"
_AT = rf"(?:@|\ ?@\ ?(?=[^{_MARKS}]*\.\w\w)|\ ?[(\[{{](?:at|ät)[)\]}}]\ ?)"
_EMAIL = rf"(?<![^{_MARKS}])[^{_MARKS}]+{_AT}[^{_MARKS}]+(?:\ ?[(\[{{](?:dot|punkt)[)\]}}]\ ?[^{_MARKS}]+)*"

_BETWEEN_DIGITS = r"\ ?[-–/().]{0,2}\ ?"
_LIKE_A_DATE = r"\d{1,2}\.\d{1,2}\.|\d{1,2}[/-]\d{1,2}[/-]\d{2,4}(?!\d)"
_PHONE = rf"(?<!\d)(?<!\d[.,:])(?!{_LIKE_A_DATE})(?:\+|\(0(?=\d*\ ?\))|0)(?:{_BETWEEN_DIGITS}\d){{6,}}"
_CALLED_PHONE = (
    r"(\b(?:tel|telefon|telefonnummer|handy|handynummer|mobil|mobilnummer|fax|durchwahl|rufnummer|nebenstelle)\b"
    rf"[.:\ ]*(?:(?:nr|nummer|ist|lautet|unter)\b[.:\ ]*)*)[+(]?\d(?:{_BETWEEN_DIGITS}\d)+"
)
# A round number is an amount (250000 Einwohner), anything else of six and more digits could name someone.
_LONG_NUMBER = r"(?<!\d)(?!\d{3,6}000(?!\d))\d{6,}"
_IBAN = (
    r"\b(?:[a-z]{2}|(?:de|at)\ )\d{2}(?:[\ -]?\d{2,4}){4,8}(?:[\ -]?\d)*"
    r"|(?-i:\b[A-Z]{2}\d{2}(?:\ ?[A-Z0-9]{4}){3,7}(?:\ ?[A-Z0-9]{1,3})?\b)"
)
_MENTION = r"<(?:@[!&]?|\#|a?:\w{1,40}:|/[^<>:]{1,60}:)\d+>|(?<!\w)@[\w.#-]*\w"

_URL = re.compile(r"\b((?:https?|ftp)://|(?=www\.))([^\s<>\"„“]+)", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?<!\w)(?:(?:herrn?|herren|frau|hrn?|fr(?=\.)|familie|fam)\b\.?"
    r"|ich hei(?:ß|ss)e|mein name ist|gr(?:ü|ue|u)(?:ß|ss)(?:en?|e)?\b,?|mfg\b,?)",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"\b(?:die|der|den|dem|eine[rmn]?|diese[rmn]?|jede[rmn]?) $", re.IGNORECASE)
_NEXT_WORD = re.compile(r"(?:\s+|(?<=[.-])\s*)([^\W\d_]+(?:['’-][^\W\d_]+)*)(\.-?)?")
_PARTICLES = re.compile(
    r"\s+(?:von|van|vom|zu|zum|zur|de|del|della|di|da|ter|ten|bin|al|el)(?:\s+(?:der|den|dem|la|le|zu|und zu))*(?=\s)",
    re.IGNORECASE,
)
_COMMON_NOUN = re.compile(r"(?:ung|ungen|heit|heiten|keit|keiten|schaft|schaften|tion|tionen|tät|täten|üsse|mittel)$")


def mask(text: str) -> str:
    """``text`` with a mark like [Name] or [Telefon] for whatever is personal; at most ``MAX_CHARACTERS`` long.

    It is meant to hide too much rather than too little. Masking again changes nothing.
    """
    text = _plain(text)[:MAX_CHARACTERS].strip()
    # What is left beside a mark can be something personal itself. Each round hides more, so it ends.
    while (masked := _masked_once(text)[:MAX_CHARACTERS].strip()) != text:
        text = masked
    return text


def _plain(text: str) -> str:
    """``text`` in the one spelling that the patterns know: composed letters, ASCII digits, nothing invisible."""
    seen = "".join(filter(_is_seen, text)).replace("＠", "@")
    digits = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in seen)
    return unicodedata.normalize("NFC", re.sub(r"[^\S\n]+", " ", digits))


def _is_seen(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) not in {"Cc", "Cf", "Cs", "Cn"}


def _masked_once(text: str) -> str:
    text = _URL.sub(_without_user_data, text)
    for pattern, mark in _PATTERNS:
        text = pattern.sub(mark, text)
    return _without_names(text)


_PATTERNS = tuple(
    (re.compile(pattern, re.IGNORECASE), mark)
    for pattern, mark in (
        (_IBAN, "[IBAN]"),
        (_EMAIL, "[E-Mail]"),
        (_MENTION, "[Erwähnung]"),
        (_CALLED_PHONE, r"\1[Telefon]"),
        (_PHONE, "[Telefon]"),
        (_LONG_NUMBER, "[Nummer]"),
    )
)


def _without_user_data(url: re.Match[str]) -> str:
    """An address with its host and path only: a login, a query and a fragment can belong to one person."""
    scheme, rest = url.groups()
    address, mark, query = re.fullmatch(r"([^?#]*)([?#]?)(.*)", rest, re.DOTALL).groups()  # type: ignore[union-attr]
    host, slash, path = address.partition("/")
    kept = f"{scheme}{host.rpartition('@')[2]}{slash}{path}{mark}"
    return f"{kept}[…]" if query or not kept else kept


def _without_names(text: str) -> str:
    parts: list[str] = []
    done = 0
    for address in _ADDRESS.finditer(text):
        if address.start() < done:
            continue
        of_someone = not _ARTICLE.search(text, max(0, address.start() - 10), address.start())
        start, end = _name_behind(text, address.end(), of_someone)
        if start < end:
            parts += [text[done:start], "[Name]"]
            done = end
    return "".join([*parts, text[done:]])


def _name_behind(text: str, at: int, particles: bool) -> tuple[int, int]:
    """Where the name behind a form of address begins and ends; twice the same where there is none."""
    while (rank := _NEXT_WORD.match(text, at)) and _is_rank(rank[1]):
        at = rank.end()
    word = _NEXT_WORD.match(text, _behind_particles(text, at) if particles else at)
    if not word or _is_ordinary(word[1]):
        return at, at
    start = at + len(text[at:]) - len(text[at:].lstrip())
    while word:
        # What follows a first name or an initial is a surname, however it is typed.
        first_name = len(word[1]) == 1 or fold(word[1]) in FIRST_NAMES
        end = word.end() if len(word[1]) == 1 else word.end(1)
        word = _NEXT_WORD.match(text, _behind_particles(text, end) if first_name else end)
        if word and (_is_ordinary(word[1]) or _is_rank(word[1]) or not (first_name or _is_proper(word[1]))):
            word = None
    return start, end


def _behind_particles(text: str, at: int) -> int:
    found = _PARTICLES.match(text, at)
    return found.end() if found else at


def _is_rank(word: str) -> bool:
    folded = fold(word)
    return folded in TITLES or folded in OFFICES or folded.removesuffix("in") in OFFICES


def _is_proper(word: str) -> bool:
    return word[0].isupper() and not _COMMON_NOUN.search(word)


def _is_ordinary(word: str) -> bool:
    folded = fold(word)
    return (is_function_word(folded) and len(folded) > 1) or folded in ORDINARY
