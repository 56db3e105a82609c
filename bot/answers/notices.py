"""What a reader must know before repeating an entry: its age, and what has been said since."""

from __future__ import annotations

from datetime import date

from bot.answers.reply import Notice
from bot.knowledge.model import Entry, KnowledgeBase, first_day, last_day

OLD_AFTER_YEARS = 2


def notices(knowledge: KnowledgeBase, entry: Entry, today: date) -> tuple[Notice, ...]:
    """What to know before repeating an entry on the day ``today``."""
    found = []
    if age_in_years(knowledge, entry, today) >= OLD_AFTER_YEARS:
        found.append(Notice.OLD)
    if entry.review_by and last_day(entry.review_by) < today:
        found.append(Notice.REVIEW_DUE)
    if entry.superseded_by:
        found.append(Notice.SUPERSEDED)
    if knowledge.contradicting(entry):
        found.append(Notice.CONTRADICTED)
    return tuple(found)


def age_in_years(knowledge: KnowledgeBase, entry: Entry, today: date) -> int:
    """Full years since the date of what the entry says."""
    since = first_day(knowledge.as_of(entry))
    return today.year - since.year - ((today.month, today.day) < (since.month, since.day))
