"""What the terminal shows, as lines of text that still have to be coloured and wrapped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from bot.answers import Notice, Reply
from bot.glossary import Found, also, question_back
from bot.knowledge.glossary_model import Term
from bot.knowledge.model import Entry, KnowledgeBase, SmallTalk, Topic
from bot.offers import entry_of, explanation, picked, related
from bot.origins import is_background, source_lines, stand
from bot.wording import explain, quote_line, serious_notices, spoken_line, told_notices, understood_line


class Look(StrEnum):
    """How a line looks in a terminal; the values are styles of rich."""

    PLAIN = ""
    HEADING = "bold"
    ASIDE = "dim"
    NOTICE = "yellow"
    BACKGROUND = "blue"
    CHOICE = "cyan"


class Line(NamedTuple):
    """A paragraph of output."""

    text: str
    look: Look = Look.PLAIN


BLANK = Line("")


def aside(texts: Iterable[str]) -> list[Line]:
    """Lines that stand back behind the answer; empty texts are left out."""
    return [Line(text, Look.ASIDE) for text in texts if text]


def reply_lines(knowledge: KnowledgeBase, reply: Reply, today: date) -> list[Line]:
    """One reply without its suggestions: the answer with source, Stand and notices, or why there is none."""
    entry = reply.entry
    if entry is None:
        return [Line(explain(reply))]
    lines = aside([understood_line(reply)])
    if not isinstance(entry, Entry):
        return [*lines, Line(entry.answer)]
    sentences = told_notices(knowledge, reply, today)
    # Whoever reads no further than the first sentence must not repeat what is overtaken.
    newer = sentences.pop(Notice.SUPERSEDED, "")
    lines += [Line(newer, Look.NOTICE)] if newer else []
    lines.append(Line(entry.answer))
    # Nearly every answer is old; its age belongs to the Stand and must not drown the other notices.
    age = sentences.pop(Notice.OLD, "")
    lines += aside(source_lines(knowledge, entry))
    # What a workshop said and what was added to it must not be taken for each other.
    look = Look.BACKGROUND if is_background(knowledge, entry) else Look.ASIDE
    lines.append(Line(". ".join(filter(None, (stand(knowledge, entry), age))), look))
    return lines + [Line(f"Hinweis: {text}", Look.NOTICE) for text in sentences.values()]


def brief_lines(knowledge: KnowledgeBase, reply: Reply, today: date) -> list[Line]:
    """One reply for a meeting: what must be known before saying it, and the line to say aloud; or why there is none."""
    entry = reply.entry
    if not isinstance(entry, Entry):
        return reply_lines(knowledge, reply, today)
    serious = serious_notices(knowledge, reply, today)
    overtaken = serious[: 1 if entry.superseded_by else 0]
    return [
        *aside([understood_line(reply)]),
        *(Line(text, Look.NOTICE) for text in overtaken),
        Line(spoken_line(knowledge, entry)),
        *(Line(text, Look.NOTICE) for text in serious[len(overtaken) :]),
    ]


def parts_of(reply: Reply) -> Sequence[tuple[Line | None, Reply]]:
    """The replies to each question of a message, with a heading where there are several."""
    if not reply.further:
        return [(None, reply)]
    return [(Line(f"Zu „{part.question}“:", Look.HEADING), part) for part in (reply, *reply.further)]


def ask_lines(knowledge: KnowledgeBase, reply: Reply, today: date) -> list[Line]:
    """What ``ikz-bot ask`` prints for a message."""
    lines: list[Line] = []
    for heading, part in parts_of(reply):
        lines += [BLANK] if lines else []
        lines += [heading] if heading else []
        lines += reply_lines(knowledge, part, today)
        lines += [Line(f"– {s.entry.question} (ikz-bot show {s.entry.id})", Look.CHOICE) for s in part.suggestions]
        if isinstance(part.entry, Entry):
            lines += [BLANK, Line(f"Zum Zitieren: {quote_line(knowledge, part.entry)}")]
        elif part.entry is None:
            lines += aside(["Wozu ich etwas weiß, zeigt: ikz-bot topics"])
    return lines


def show_lines(knowledge: KnowledgeBase, entry: Entry | SmallTalk, asked_id: str, today: date) -> list[Line]:
    """What ``ikz-bot show`` prints for an entry that was asked for by ``asked_id``."""
    lines = [Line(entry.question, Look.HEADING)]
    if asked_id != entry.id:
        lines += aside([f"Die Kennung „{asked_id}“ heißt jetzt „{entry.id}“."])
    lines += [*reply_lines(knowledge, picked(knowledge, entry, today), today), BLANK]
    if isinstance(entry, Entry):
        lines += [Line(f"Kurz: {entry.short_line}"), Line(f"Thema: {knowledge.topic_of(entry).title}")]
        others = related(knowledge, entry)
        lines += [Line("Verwandt:")] if others else []
        lines += [Line(f"– {other.question} ({other.id})", Look.CHOICE) for other in others]
    return lines + aside([f"Kennung: {entry.id}", f"Weitere Formulierungen der Frage: {len(entry.variants)}"])


def term_lines(knowledge: KnowledgeBase, term: Term, today: date) -> list[Line]:
    """What a term means, with its sources and its Stand."""
    told = reply_lines(knowledge, explanation(knowledge, term, today), today)
    return [Line(term.term, Look.HEADING), *aside([also(term)]), *told]


def found_lines(knowledge: KnowledgeBase, found: Found, typed: str, today: date) -> list[Line]:
    """What ``ikz-bot glossary`` prints for what was typed: the term it means, or those it may mean."""
    if not found.term:
        return [Line(question_back(found, typed)), *glossary_lines(found.terms)]
    entry = entry_of(knowledge, found.term)
    more = Line(f"Mehr dazu: {entry.question} (ikz-bot show {entry.id})", Look.CHOICE)
    return [*term_lines(knowledge, found.term, today), more]


def glossary_lines(terms: Iterable[Term]) -> list[Line]:
    """What ``ikz-bot glossary`` prints: each term with its meaning."""
    return [line for term in terms for line in (Line(term.term, Look.HEADING), Line(term.meaning))]


def topic_lines(topics: Iterable[Topic]) -> list[Line]:
    """What ``ikz-bot topics`` prints: each topic with its description and its entries."""
    lines: list[Line] = []
    for topic in topics:
        lines += [BLANK] if lines else []
        lines += [Line(f"{topic.title} ({topic.id})", Look.HEADING), *aside([topic.description])]
        lines += [Line(f"– {entry.question} ({entry.id})") for entry in topic.entries]
    return lines
