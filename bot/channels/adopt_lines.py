"""What the dialogue about drafts shows in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

from bot.channels.lines import BLANK, Line, Look, aside, reply_lines
from bot.curation.adoption import LABELS, Way
from bot.curation.drafts import Draft, DraftFile
from bot.curation.edit import Files
from bot.curation.flips import Flip
from bot.curation.open_questions import lost_lines
from bot.errors import UserError
from bot.knowledge.model import Entry, KnowledgeBase
from bot.knowledge.open_model import OPEN_QUESTIONS
from bot.offers import picked
from bot.origins import named_source
from bot.typed_text import counted, percent, printable, quoted

MOST_FLIPS = 5

ADVISED_PHRASINGS = 12
"""From so many phrasings on an entry is found well."""

STATES = {"open": "offen", "adopted": "übernommen", "skipped": "übersprungen"}
_RELATIONS = {
    "new": "neu; zu dieser Aussage gibt es noch keinen Eintrag",
    "covered": "schon enthalten in",
    "updates": "neuere Angabe als in",
    "contradicts": "widerspricht",
}


def list_line(path: Path, read: DraftFile | UserError) -> Line:
    """A draft file in the list of all."""
    if isinstance(read, UserError):
        return Line(str(read), Look.NOTICE)
    return Line(f"{path.stem}: {counts(read)} – {read.source.title}", Look.CHOICE)


def counts(content: DraftFile) -> str:
    """„12 offen, 3 übernommen, 1 übersprungen“."""
    states = [draft.state for draft in content.drafts]
    return ", ".join(f"{states.count(state)} {name}" for state, name in STATES.items())  # type: ignore[arg-type]


def opening(content: DraftFile, registered: bool, missing: str) -> list[Line]:
    """How the dialogue begins: the source, and how much there is to do."""
    lines = [Line(f"Quelle: {named_source(content.source)}", Look.HEADING)]
    if not registered:
        lines += aside([f"Sie wird als „{content.source.id}“ in sources.yaml eingetragen; d ändert ihre Angaben."])
    if missing:
        why = "Geprüft wird deshalb nur mit dem Wortlaut, der in den Entwürfen steht."
        lines.append(Line(f"{missing} {why}", Look.NOTICE))
    return [*lines, Line(f"{counted(len(content.drafts), 'Entwurf', 'Entwürfe')}: {counts(content)}"), BLANK]


def draft_lines(content: DraftFile, number: int, wording: str, entry: Entry | None) -> list[Line]:
    """A draft: what the source says, where, and what the knowledge has of it."""
    draft = content.drafts[number]
    state = "" if draft.state == "open" else f" · {STATES[draft.state]}"
    where = f" im Abschnitt „{draft.section}“" if draft.section else ""
    speaker = f", laut {draft.speaker}" if draft.speaker else ""
    lines = [
        Line(f"Entwurf {number + 1} von {len(content.drafts)}{state}", Look.HEADING),
        Line(f"Wortlaut{where}{speaker}:"),
        *(Line(f"  {text}", Look.ASIDE) for text in wording.removeprefix("Wortlaut: ").split("\n")),
    ]
    relation = "new" if entry is None else draft.relation
    lines.append(Line(f"Verhältnis zum Wissen: {_RELATIONS[relation]}{_named(draft, entry)}"))
    lines += [Line(f"  {entry.answer}", Look.ASIDE)] if entry else []
    return lines


def _named(draft: Draft, entry: Entry | None) -> str:
    if entry is None:
        return ""
    score = f", {percent(draft.score)}" if draft.score is not None else ""
    return f" „{entry.question}“ ({entry.id}{score})"


def preview_lines(knowledge: KnowledgeBase, entry: Entry, way: Way, today: date) -> list[Line]:
    """An entry as users will see it."""
    lines = [Line(f"So sehen es die Nutzer ({way.value}):"), Line(entry.question, Look.HEADING)]
    return [*lines, *reply_lines(knowledge, picked(knowledge, entry, today), today), BLANK]


def proposal_lines(knowledge: KnowledgeBase, draft: Draft) -> list[Line]:
    """What else the new entry consists of."""
    known = {topic.id: topic.title for topic in knowledge.topics}
    topic = draft.topic or "–"
    shown = f"{known[topic]} ({topic})" if topic in known else f"{topic} (neu)" if draft.topic else topic
    values = [("topic", shown), ("id", draft.id), ("keywords", ", ".join(draft.keywords) or "–")]
    lines = aside([f"{LABELS[key]}: {value}" for key, value in values])
    times = [
        *(f"{e.label} ({e.date})" for e in draft.events),
        *(f"{d.label} ({d.months} Monate)" for d in draft.durations),
    ]
    lines += aside([f"Für die Zeitleiste: {'; '.join(times)}"] if times else [])
    lines += aside([f"{LABELS['variants']}: {' | '.join(draft.variants) or '–'}"])
    if len(draft.variants) + 1 < ADVISED_PHRASINGS:
        advice = f"Gut gefunden wird ein Eintrag erst mit etwa {ADVISED_PHRASINGS} Formulierungen; b ergänzt welche."
        lines += aside([advice])
    return lines


def mistake_lines(sentences: Iterable[str]) -> list[Line]:
    """What is wrong or doubtful."""
    return [Line(f"! {printable(sentence)}", Look.NOTICE) for sentence in sentences]


def lost_open_lines(before: Files, after: Files) -> list[Line]:
    """The open questions that are no longer open, as they stand in the file with what a curator wrote beside them."""
    return [Line(f"In {OPEN_QUESTIONS} wird gelöscht: {line}") for line in lost_lines(before, after)]


def flip_lines(knowledge: KnowledgeBase, title: str, found: Sequence[Flip]) -> list[Line]:
    """Questions that get another answer, before → after; no line where there is none."""
    if not found:
        return []
    lines = [Line(title)]
    for flip in found[:MOST_FLIPS]:
        before, after = _answer(knowledge, flip.before), _answer(knowledge, flip.after)
        lines.append(Line(f"– {quoted(flip.question)}: {before} → {after}", Look.CHOICE))
    rest = len(found) - MOST_FLIPS
    return lines + aside([f"  und {counted(rest, 'weitere Frage', 'weitere Fragen')}"] if rest > 0 else [])


def _answer(knowledge: KnowledgeBase, entry_id: str | None) -> str:
    entry = knowledge.entry(entry_id) if entry_id else None
    return quoted(entry.question) if entry else entry_id or "keine sichere Antwort"
