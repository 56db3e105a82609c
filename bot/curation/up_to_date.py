"""What time has overtaken: statements to be reviewed, plans whose day has passed, a calibration of other knowledge."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.curation.calibrate import can_calibrate
from bot.curation.written import Written
from bot.knowledge.calibration import FILE
from bot.knowledge.model import Entry, KnowledgeBase, last_day, month_and_year
from bot.knowledge.problems import Level, Problem, quoted
from bot.search.defaults import is_calibrated
from bot.typed_text import printable

CURRENT_YEARS = 3
"""So long background holds without a review; what a workshop said is told with its date and stays true."""


def overtaken(knowledge: KnowledgeBase, written: Written, today: date) -> Iterator[Problem]:
    """Entries that somebody should look at again on the day ``today``."""
    for entry in knowledge.entries:
        if entry.superseded_by:
            continue
        if entry.review_by:
            if last_day(entry.review_by) < today:
                yield written.notice(
                    written.entry(entry.id),
                    ("review_by",),
                    "review",
                    f"Der Eintrag {quoted(entry.id)} war bis {month_and_year(entry.review_by)} zu prüfen.",
                    "Bitte prüfen Sie die Aussage und tragen Sie unter „review_by“ den nächsten Termin ein.",
                )
            continue
        yield from _past_plans(entry, written, today)
        if _is_background(knowledge, entry) and _years_since(knowledge.as_of(entry), today) >= CURRENT_YEARS:
            yield written.notice(
                written.entry(entry.id),
                ("as_of",),
                "old",
                f"Der Eintrag {quoted(entry.id)} gibt den Stand {month_and_year(knowledge.as_of(entry))} als"
                " Hintergrund wieder und hat keinen Termin zur Prüfung.",
                "Bitte prüfen Sie, ob die Aussage noch stimmt, und tragen Sie unter „review_by“ den nächsten Termin"
                " ein.",
            )


def _past_plans(entry: Entry, written: Written, today: date) -> Iterator[Problem]:
    for number, event in enumerate(entry.events):
        if event.status in {"planned", "forecast"} and last_day(event.date) < today:
            yield written.notice(
                written.entry(entry.id),
                ("events", number),
                "past-plan",
                f"Der Eintrag {quoted(entry.id)} kündigt {quoted(event.label)} für {month_and_year(event.date)} an; das"
                " ist vorbei.",
                "Bitte ergänzen Sie, was daraus wurde. Ist darüber nichts bekannt, tragen Sie unter „review_by“ ein,"
                " wann Sie wieder nachsehen.",
            )


def _is_background(knowledge: KnowledgeBase, entry: Entry) -> bool:
    return all(knowledge.sources[ref.id].kind == "hintergrund" for ref in entry.source_refs)


def _years_since(day: str, today: date) -> int:
    since = last_day(day)
    return today.year - since.year - ((today.month, today.day) < (since.month, since.day))


def calibration(knowledge: KnowledgeBase, folder: Path) -> Iterator[Problem]:
    """Whether ``calibration.json`` is missing or was measured on other knowledge."""
    known = knowledge.calibration
    if is_calibrated(knowledge) or (known is None and not can_calibrate(knowledge)):
        return
    state = "ist älter als das Wissen" if known else "fehlt"
    name = shlex.quote(printable(str(folder)))
    yield Problem(
        FILE,
        1,
        f"Die Kalibrierung {state}.",
        f"Bitte führen Sie aus: ikz-bot check --calibrate --knowledge {name}",
        "calibration",
        Level.NOTICE,
    )
