"""A reply as plain data, for programs that ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.answers import Bundle, Reply, Understood
from bot.knowledge.model import Entry, KnowledgeBase, SmallTalk
from bot.wording import explain, notice_sentences, understood_as


def reply_as_dict(bundle: Bundle, reply: Reply, today: date) -> dict[str, Any]:
    """The reply as an object for JSON; ``further`` is there only where the message held several questions."""
    knowledge, entry = bundle.knowledge, reply.entry
    found = {
        "question": reply.question,
        "status": reply.status.value,
        "reason": reply.reason.value,
        "score": _score(reply.score),
        "entry": _entry(knowledge, entry) if entry else None,
        "answer": entry.answer if entry else None,
        "short": entry.short_line if isinstance(entry, Entry) else None,
        "sources": _sources(knowledge, entry) if isinstance(entry, Entry) else [],
        "suggestions": [
            {"id": s.entry.id, "question": s.entry.question, "score": _score(s.score)} for s in reply.suggestions
        ],
        "understood_as": understood_as(reply),
        "matched": _matched(reply.understood),
        "explanation": explain(reply),
        "topics": list(reply.topics),
        "notices": notice_sentences(knowledge, reply, today),
    }
    if reply.further:
        found["further"] = [reply_as_dict(bundle, part, today) for part in reply.further]
    return found


def _matched(understood: Understood | None) -> dict[str, Any] | None:
    """The phrasing or open question that came closest, and the question's words that the entry knows and misses."""
    return (
        {"phrasing": understood.phrasing, "terms": list(understood.terms), "missed": list(understood.missed)}
        if understood
        else None
    )


def _score(probability: float) -> float:
    return round(min(1.0, max(0.0, float(probability))), 4)


def _entry(knowledge: KnowledgeBase, entry: Entry | SmallTalk) -> dict[str, str]:
    topic = knowledge.topic_of(entry).id if isinstance(entry, Entry) else "smalltalk"
    return {"id": entry.id, "topic": topic, "question": entry.question}


def _sources(knowledge: KnowledgeBase, entry: Entry) -> list[dict[str, str | None]]:
    return [
        {
            "id": ref.id,
            "kind": knowledge.sources[ref.id].kind,
            "title": knowledge.sources[ref.id].title,
            "section": ref.section,
            "date": knowledge.sources[ref.id].date,
            "accessed": knowledge.sources[ref.id].accessed,
            "address": knowledge.sources[ref.id].address,
        }
        for ref in entry.source_refs
    ]
