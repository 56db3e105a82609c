"""The German sentences about a reply, the same in every channel."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import assert_never

from bot.answers import Notice, Reason, Reply, Status, age_in_years
from bot.knowledge.model import MONTHS, Entry, KnowledgeBase, Source, SourceRef, month_and_year
from bot.text import words


def full_date(day: str) -> str:
    """A partial date in full: ``"2020-11-12"`` → ``"12. November 2020"``; as much of it as is known."""
    year, _, rest = day.partition("-")
    month, _, number = rest.partition("-")
    return f"{int(number)}. {MONTHS[int(month) - 1]} {year}" if number else month_and_year(day)


def source_lines(knowledge: KnowledgeBase, entry: Entry) -> list[str]:
    """One line for each source of an entry: title, sections with their speakers, publisher and date."""
    refs: dict[str, list[SourceRef]] = {}
    for ref in entry.source_refs:
        refs.setdefault(ref.id, []).append(ref)
    return [_source_line(knowledge, source_id, places) for source_id, places in refs.items()]


def _source_line(knowledge: KnowledgeBase, source_id: str, places: Iterable[SourceRef]) -> str:
    sections = "; ".join(filter(None, map(section, places)))
    return f"Quelle: {named_source(knowledge.sources[source_id], sections)}"


def named_source(source: Source, where: str = "") -> str:
    """A source in full: title, where in it, publisher, date and address."""
    address = f", {source.address}" if source.address else ""
    where = f", {where}" if where else ""
    return f"{source.title}{where} ({source.publisher}, {full_date(source.date)}{address})"


def section(ref: SourceRef) -> str:
    """Where in a source something stands: „Abschnitt Blitzumfrage, laut Erika Muster“."""
    place = f"Abschnitt {ref.section}" if ref.section else ""
    speaker = f"laut {ref.speaker}" if ref.speaker and ref.speaker not in place else ""
    return ", ".join(filter(None, (place, speaker)))


def stand(knowledge: KnowledgeBase, entry: Entry) -> str:
    """From when an answer is: „Stand: November 2020“."""
    return f"Stand: {month_and_year(knowledge.as_of(entry))}"


def quote_line(knowledge: KnowledgeBase, entry: Entry) -> str:
    """One line to quote in a meeting or a mail: the short answer, its sources and from when it is."""
    sources = dict.fromkeys(knowledge.sources[ref.id] for ref in entry.source_refs)
    names = "; ".join(source.short or source.title for source in sources)
    return f"{entry.short_line} (Quelle: {names}, {stand(knowledge, entry)})"


def spoken_line(knowledge: KnowledgeBase, entry: Entry) -> str:
    """One line to say aloud: the short answer and from when it is."""
    return f"{entry.short_line} ({stand(knowledge, entry)})"


def notice_sentences(knowledge: KnowledgeBase, reply: Reply, today: date) -> list[str]:
    """A sentence for each notice of a reply, as of the day ``today``."""
    entry = reply.entry
    if not isinstance(entry, Entry):
        return []
    return [_notice(knowledge, entry, notice, today) for notice in reply.notices]


def serious_notices(knowledge: KnowledgeBase, reply: Reply, today: date) -> list[str]:
    """The notices that must be said with even the shortest answer: all but its age, which the Stand tells."""
    told = zip(reply.notices, notice_sentences(knowledge, reply, today), strict=True)
    return [f"Hinweis: {sentence}" for notice, sentence in told if notice is not Notice.OLD]


def _notice(knowledge: KnowledgeBase, entry: Entry, notice: Notice, today: date) -> str:
    match notice:
        case Notice.OLD:
            years = age_in_years(knowledge, entry, today)
            return f"Der Stand ist {years} Jahre alt; was seither geschah, steht hier nicht."
        case Notice.REVIEW_DUE:
            due = f" bis {full_date(entry.review_by)}" if entry.review_by else ""
            return f"Diese Angabe sollte{due} geprüft werden; das steht noch aus."
        case Notice.SUPERSEDED:
            newer = knowledge.entry(entry.superseded_by or "")
            return f"Diese Angabe ist überholt; neuer ist: {_named([newer] if newer else [])}."
        case Notice.CONTRADICTED:
            others = [e for e in knowledge.entries if entry.id in e.contradicts or e.id in entry.contradicts]
            return f"Andere Angaben widersprechen dieser; bitte vergleichen Sie: {_named(others)}."
        case _:
            assert_never(notice)


def _named(entries: Iterable[Entry]) -> str:
    return ", ".join(f"„{entry.question}“ ({entry.id})" for entry in entries)


def explain(reply: Reply) -> str:
    """Why there is no plain answer, in one sentence; empty where there is one."""
    if reply.status is Status.ANSWERED:
        return ""
    match reply.reason:
        case Reason.TOO_SHORT:
            return "Ohne ein Stichwort weiß ich dazu nichts; bitte schreiben Sie, worum es geht."
        case Reason.ONLY_NAMES:
            return "Zu diesem Namen allein weiß ich nichts; bitte schreiben Sie dazu, was Sie wissen möchten."
        case Reason.NOT_IN_SOURCES:
            near = " oder ".join(f"„{title}“" for title in reply.topics)
            there = f" Am nächsten kommt, was ich zum Thema {near} weiß." if near else ""
            return f"Dazu weiß ich nichts; in meinen Quellen finde ich keine passende Aussage.{there}"
        case Reason.MENTIONED:
            return "Dazu weiß ich nichts; in meinen Quellen kommt nur der Name vor, nicht das, wonach Sie fragen."
        case Reason.OFF_TOPIC:
            return "Dazu weiß ich nichts; es gehört zu keinem meiner Themen."
        case Reason.AMBIGUOUS:
            return "Ihre Frage passt zu mehreren Antworten; welche davon meinen Sie?"
        case Reason.UNSURE | Reason.MATCH | Reason.SMALL_TALK:
            return "Ich bin nicht sicher, ob ich Sie richtig verstehe; meinen Sie vielleicht Folgendes?"
        case Reason.FOLLOW_UP:
            return "Ich bin nicht sicher, worauf sich Ihre Rückfrage bezieht; meinen Sie vielleicht Folgendes?"
        case _:
            assert_never(reply.reason)


def understood_as(reply: Reply) -> str | None:
    """The question an answer belongs to; None where there is no answer from the knowledge."""
    return reply.entry.question if isinstance(reply.entry, Entry) else None


def understood_line(reply: Reply) -> str:
    """„Verstanden als: …“, so that a misunderstanding shows; empty where the user asked in these very words."""
    meant = understood_as(reply)
    if meant is None or words(meant) == words(reply.question):
        return ""
    return f"{'Verstanden als Rückfrage' if reply.reason is Reason.FOLLOW_UP else 'Verstanden als'}: {meant}"
