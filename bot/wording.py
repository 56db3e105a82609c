"""The German sentences about a reply, the same in every channel."""

from __future__ import annotations

import re
from datetime import date
from typing import assert_never

from bot.answers import Notice, Reason, Reply, Status, age_in_years
from bot.knowledge.model import Entry, KnowledgeBase
from bot.origins import full_date, stand
from bot.text import words

MOST_MISSED = 2
"""So many words are named that an answer does not speak of."""

SHORTEST_MISSED = 3

_TYPED_WORD = re.compile(r"[^\W_]+")


def quote_line(knowledge: KnowledgeBase, entry: Entry) -> str:
    """One line to quote in a meeting or a mail: the short answer, its sources and from when it is."""
    sources = dict.fromkeys(knowledge.sources[ref.id] for ref in entry.source_refs)
    names = "; ".join(source.short or source.title for source in sources)
    newer = newer_line(knowledge, entry)
    return f"{entry.short_line} (Quelle: {names}; {stand(knowledge, entry)})" + (f" – {newer}" if newer else "")


def newer_line(knowledge: KnowledgeBase, entry: Entry) -> str:
    """What has been said since, to be told before an answer that is overtaken; empty where nothing has."""
    newest = knowledge.newest(entry)
    return "" if newest == entry else f"Das ist überholt. Neuerer Stand: {spoken_line(knowledge, newest)}"


def spoken_line(knowledge: KnowledgeBase, entry: Entry) -> str:
    """One line to say aloud: the short answer and from when it is."""
    return f"{entry.short_line} ({stand(knowledge, entry)})"


def told_notices(knowledge: KnowledgeBase, reply: Reply, today: date) -> dict[Notice, str]:
    """The notices of a reply in their order, each with its sentence, as of the day ``today``."""
    entry = reply.entry
    if not isinstance(entry, Entry):
        return {}
    return {notice: _notice(knowledge, entry, notice, today) for notice in reply.notices}


def notice_sentences(knowledge: KnowledgeBase, reply: Reply, today: date) -> list[str]:
    """A sentence for each notice of a reply, as of the day ``today``."""
    return list(told_notices(knowledge, reply, today).values())


def serious_notices(knowledge: KnowledgeBase, reply: Reply, today: date) -> list[str]:
    """The notices that must be said with even the shortest answer: all but its age, which the Stand tells.

    What overtakes the answer comes first.
    """
    told = told_notices(knowledge, reply, today)
    told.pop(Notice.OLD, None)
    newer = told.pop(Notice.SUPERSEDED, None)
    return [f"Hinweis: {sentence}" for sentence in filter(None, (newer, *told.values()))]


def _notice(knowledge: KnowledgeBase, entry: Entry, notice: Notice, today: date) -> str:
    match notice:
        case Notice.OLD:
            years = age_in_years(knowledge, entry, today)
            old = f"Der Stand ist {years} Jahre alt"
            return f"{old}." if entry.superseded_by else f"{old}; was seither geschah, sagt diese Antwort nicht."
        case Notice.REVIEW_DUE:
            due = f" bis {full_date(entry.review_by)}" if entry.review_by else ""
            return f"Diese Angabe war{due} zu prüfen; das steht noch aus. Bitte fragen Sie vor Gebrauch nach."
        case Notice.SUPERSEDED:
            return newer_line(knowledge, entry)
        case Notice.CONTRADICTED:
            others = [spoken_line(knowledge, other) for other in knowledge.contradicting(entry)]
            several = "eine andere Angabe" if len(others) == 1 else f"{len(others)} andere Angaben"
            return f"Dazu gibt es {several}: {' – '.join(others)}"
        case _:
            assert_never(notice)


def explain(reply: Reply) -> str:
    """Why there is no plain answer, in a sentence or two; empty where there is one."""
    if reply.status is Status.ANSWERED:
        return ""
    if reply.reason is Reason.OPEN:
        near = " Am nächsten kommt:" if reply.suggestions else ""
        return f"{_nothing_about(reply)} gibt keine meiner Quellen eine Antwort.{near}"
    if reply.reason is Reason.NOT_IN_SOURCES:
        topics = " oder ".join(f"„{title}“" for title in reply.topics)
        there = f" Am nächsten kommt, was ich zum Thema {topics} weiß." if topics else ""
        return f"Dazu weiß ich nichts; in meinen Quellen finde ich keine passende Aussage.{there}"
    return _WHY[reply.reason]


_UNSURE = "Ich bin nicht sicher, ob ich Sie richtig verstehe; meinen Sie vielleicht Folgendes?"
_WHY = {
    Reason.TOO_SHORT: "Ohne ein Stichwort weiß ich dazu nichts; bitte schreiben Sie, worum es geht.",
    Reason.ONLY_NAMES: "Zu diesem Namen allein weiß ich nichts; bitte schreiben Sie dazu, was Sie wissen möchten.",
    Reason.MENTIONED: "Dazu weiß ich nichts; in meinen Quellen kommt nur der Name vor, nicht das, wonach Sie fragen.",
    Reason.OFF_TOPIC: "Dazu weiß ich nichts; es scheint zu keinem meiner Themen zu gehören.",
    Reason.AMBIGUOUS: "Ihre Frage passt zu mehreren Antworten; welche davon meinen Sie?",
    **dict.fromkeys((Reason.UNSURE, Reason.MATCH, Reason.SMALL_TALK), _UNSURE),
    Reason.FOLLOW_UP: "Ich bin nicht sicher, worauf sich Ihre Rückfrage bezieht; meinen Sie vielleicht Folgendes?",
}


def _nothing_about(reply: Reply) -> str:
    """What there is no answer to; an open question that was asked in other words is only said to be like it."""
    known = reply.understood.phrasing if reply.understood else ""
    if not known or words(known) == words(reply.question):
        return "Darauf"
    return f"Dazu weiß ich nichts; auch auf die ähnliche Frage „{known}“"


def understood_as(reply: Reply) -> str | None:
    """The question an answer belongs to; None where there is no answer from the knowledge."""
    return reply.entry.question if isinstance(reply.entry, Entry) else None


def understood_line(reply: Reply) -> str:
    """„Verstanden als: …“, so that a misunderstanding shows; empty where the user asked in these very words.

    What the answer does not speak of is named: „(ohne „Bund“)“.
    """
    meant = understood_as(reply)
    if meant is None or words(meant) == words(reply.question):
        return ""
    missed = " und ".join(f"„{word}“" for word in _missed_words(reply)[:MOST_MISSED])
    without = f" (ohne {missed})" if missed else ""
    return f"{'Verstanden als Rückfrage' if reply.reason is Reason.FOLLOW_UP else 'Verstanden als'}: {meant}{without}"


def _missed_words(reply: Reply) -> list[str]:
    """The words of a question that its answer has nothing near to, as they were typed."""
    missed = {(word,) for word in reply.understood.missed} if reply.understood else set()
    typed = dict.fromkeys(_TYPED_WORD.findall(reply.question))
    return [word for word in typed if len(word) >= SHORTEST_MISSED and words(word) in missed]
