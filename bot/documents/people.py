"""Who speaks: names with or without „Herr“ and „Frau“, in headings, before a colon and before „erläutert“."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from bot.journal.names import FIRST_NAMES
from bot.text import fold

_TALK = (
    "Input|Impuls|Impulsvortrag|Impulsreferat|Vortrag|Fachvortrag|Kurzvortrag|Referat|Beitrag|Fachbeitrag|Keynote"
    "|Praxisbericht|Praxisbeispiel|Erfahrungsbericht|Bericht|Präsentation|Grußwort|Statement"
)
_NO_NAME = (
    "Stadt|Gemeinde|Kreis|Landkreis|Markt|Samtgemeinde|Verbandsgemeinde|Amt|Büro|Verein|Geschäftsstelle|Land|Ministerium"
    "|Bezirksregierung|Universität|Hochschule|Bürgermeister|Bürgermeisterin|Landrat|Landrätin|Kämmerer|Kämmerin"
    "|Staatssekretär|Leiter|Leiterin|Leitung|Fachbereich|Frage|Fragen|Antwort|Input|Diskussion|Die|Der|Das|Ein|Eine"
)
_HONORIFIC = r"(?:Herrn?|Frau)"
_DEGREE = r"(?:(?:Dr|Prof)\.(?:\s?h\.\s?c\.)?|Professor(?:in)?|Dipl\.-\w+\.?)"
_PART = rf"(?!(?:{_NO_NAME})\b)[A-ZÄÖÜ][a-zäöüßé]+(?:-[A-ZÄÖÜ][a-zäöüßé]+)*"
_PARTICLE = r"(?:(?:von|van)\s+(?:der|den|dem)|von|van|vom|zum|zur|zu|de|ten|ter)"
_BARE = rf"{_PART}(?:\s+(?:{_PARTICLE}\s+)?{_PART}){{0,2}}|{_PARTICLE}\s+{_PART}"
_NAME = rf"(?:{_HONORIFIC}\s+)?(?:{_DEGREE}\s+)*(?:{_BARE})"
_POLITE = rf"{_HONORIFIC}\s+(?:{_DEGREE}\s+)*(?:{_BARE})"
_FULL = rf"(?:{_HONORIFIC}\s+)?(?:{_DEGREE}\s+)*{_PART}\s+(?:{_PARTICLE}\s+)?{_PART}(?:\s+{_PART})?"
_SAYS = (
    "erläuter|erklär|bericht|beton|sagt|ergänz|verwies|verweis|wies|weist|schilder|nannte|nennt|empfiehlt|empfahl|mein"
    "|antwort|erzähl|unterstrich|unterstreich|hob|hebt|rät|riet|warnt|führt|schätz|stellt|bestätig|kündig|regt|fasst"
)

_FUNCTION = (
    rf"\s*[,(–—-]\s*(?:die\s|der\s)?(?:(?:Ober|Orts|Alt)?(?:bürgermeister|landr[aä]t)|{_NO_NAME}|Stellvertret"
    r"|[A-ZÄÖÜ]?[\w-]*(?:leiter|meister|sekretär|dezernent|referent|beauftragte|kämmer|direktor|vorstand|vorsitzend"
    r"|führer|rätin|planer|beigeordnet|professor|manager|sprecher|ministerium))"
)

_OFFICE = (
    r"(?:[A-ZÄÖÜ][a-zäöüß]*(?:meister|sekretär|dezernent|kämmer|direktor|leiter)(?:er)?(?:in)?"
    r"|(?:Ober)?(?:Landrat|Landrätin|Kämmerer|Kämmerin|Bürgermeisterin|Bürgermeister))"
)

_TALK_BY = re.compile(
    rf"^(?P<kind>{_TALK})\s*(?:[:–—-]\s*)?(?:(?:von|durch)\s+(?P<by>{_NAME})|(?P<polite>{_POLITE})"
    rf"|(?P<office>{_OFFICE}\s+)?(?P<full>{_FULL}))"
)
_TITLE_BY = re.compile(rf"[(–—|,:-]\s*(?:(?:von|durch|mit)\s+)?(?:(?P<polite>{_POLITE})|(?P<full>{_FULL}))")
_IS_TALK = re.compile(rf"^(?P<kind>{_TALK})\b")
_LABEL = re.compile(rf"^(?P<name>{_POLITE}|{_FULL})(?P<office>\s*\([^)]*\)|,[^:.]{{2,60}})?:\s+(?=\S)")
_REPORTS = re.compile(rf"^(?P<name>{_POLITE}|{_FULL})(?P<office>\s*\([^)]*\))?\s+(?:{_SAYS})\w*\b")
_INTRODUCED = re.compile(rf"\b(?P<name>{_HONORIFIC}\s+(?:{_DEGREE}\s+)*{_PART}\s+(?:{_PARTICLE}\s+)?{_PART})\b")
_ADDRESSED = re.compile(rf"^(?:{_HONORIFIC}|{_DEGREE})\s")
_ADJECTIVE = re.compile(r"^[A-ZÄÖÜ]\w+(?:e|er|es|en|em)$")


class Talk(NamedTuple):
    """What kind of talk it is (``"Input"``) and who gives it, where that is told."""

    kind: str
    speaker: str | None


def talk(heading: str) -> Talk | None:
    """The talk a heading announces; None where it announces none."""
    announced = _IS_TALK.match(heading)
    if not announced:
        return None
    found = _TALK_BY.match(heading)
    if found and (by := found["by"] or found["polite"]):
        return Talk(found["kind"], bare_name(by))
    if found and (found["office"] or _is_person(found["full"], heading[found.end() :])):
        return Talk(found["kind"], bare_name(found["full"]))
    for later in _TITLE_BY.finditer(heading):
        if later["polite"] or _is_person(later["full"], heading[later.end() :]):
            return Talk(announced["kind"], bare_name(later["polite"] or later["full"]))
    return Talk(announced["kind"], None)


def _is_person(name: str, behind: str) -> bool:
    """Whether two capitalised words are a name and not „Digitale Bauakte“: by Herr, Dr., first name or an office."""
    if _ADDRESSED.match(name):
        return True
    first = name.split()[0]
    if all(fold(part) in FIRST_NAMES for part in first.split("-")):
        return True
    return not _ADJECTIVE.match(first) and bool(re.match(_FUNCTION, behind, re.IGNORECASE))


def named_in(heading: str) -> str | None:
    """The person a heading gives as its speaker, as in „Einführung (von Erika Muster, Stadt X)“; None without one."""
    found = re.search(rf"\((?:von|mit|durch)\s+(?P<name>{_NAME})", heading)
    return bare_name(found["name"]) if found else None


def spoken(text: str) -> tuple[str | None, str]:
    """Who says a text, if it tells, and the text without a label like „Frau Muster (Stadt X):“."""
    label = _LABEL.match(text)
    if label and _is_person(label["name"], label["office"] or ""):
        return bare_name(label["name"]), text[label.end() :]
    reports = _REPORTS.match(text)
    if reports and _is_person(reports["name"], reports["office"] or ""):
        return bare_name(reports["name"]), text
    return None, text


def introduced(text: str) -> list[str]:
    """The people whom a text calls Herr or Frau with first and last name."""
    return [bare_name(found["name"]) for found in _INTRODUCED.finditer(text)]


def bare_name(name: str) -> str:
    """A name without „Herr“ or „Frau“."""
    return re.sub(rf"^{_HONORIFIC}\s+", "", " ".join(name.split()))


def surname(name: str) -> str:
    """The last name with what belongs to it: ``"Michael von der Mühlen"`` → ``"von der Mühlen"``."""
    found = re.search(rf"(?:{_PARTICLE}\s+)?{_PART}$", name)
    return found[0] if found else name


def full_name(name: str, known: Iterable[str]) -> str:
    """The longest known name of the person with this last name; ``name`` itself where none is known."""
    same = [other for other in known if surname(other) == surname(name) and len(other) > len(name)]
    return max(same, key=len, default=name)
