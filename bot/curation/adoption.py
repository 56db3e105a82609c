"""From a draft to an entry: what is wrong with it, what is doubtful, and what the knowledge files become."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from pydantic import BaseModel, ValidationError

from bot.curation import edit
from bot.curation.drafts import Draft
from bot.curation.edit import Files
from bot.curation.facts import unsupported
from bot.curation.open_questions import no_longer_open
from bot.curation.own_words import copied
from bot.curation.quantities import quantities
from bot.errors import UserError
from bot.knowledge.consistency import NO_TOPICS, same_words
from bot.knowledge.explain import wrong_shape
from bot.knowledge.fields import ID_PATTERN
from bot.knowledge.model import Entry, KnowledgeBase, Source
from bot.knowledge.yaml_lines import Plain
from bot.origins import full_date
from bot.typed_text import quoted

LABELS: Mapping[str, str] = {
    "question": "Frage",
    "answer": "Antwort",
    "short": "Kurze Antwort",
    "variants": "Weitere Formulierungen",
    "keywords": "Stichwörter",
    "topic": "Thema",
    "section": "Abschnitt",
    "speaker": "Wer es gesagt hat",
    "as_of": "Stand",
    "id": "Kennung",
}
"""What the keys of a draft are called where a curator reads them, in the order in which they are asked for."""

SOURCE_LABELS: Mapping[str, str] = {
    "title": "Titel",
    "short": "Kurzer Name zum Zitieren",
    "publisher": "Herausgeber",
    "date": "Datum",
    "kind": "Art",
    "address": "Internetadresse",
}
"""The same for a source."""

_OWN_WORDS = ("answer", "short")
_INVISIBLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


class Passage(NamedTuple):
    """What a draft cites: the words of the section and of the whole document, and the people it names.

    A number, a date or a person must stand in the section; any other name may stand elsewhere in the document.
    """

    section_text: str
    whole_text: str
    people: Sequence[str] = ()


class Way(StrEnum):
    """How a draft becomes part of the knowledge; the values are what a curator reads."""

    NEW = "als neuen Eintrag"
    ADD_SOURCE = "die Quelle beim bestehenden Eintrag ergänzen"
    SUPERSEDE = "als neuen Eintrag, der bestehende gilt als überholt"
    NEWER = "beim bestehenden Eintrag den Stand ändern und die Quelle ergänzen"
    CONTRADICT = "als neuen Eintrag, beide gelten als Widerspruch"


_WAYS = {
    "new": (Way.NEW,),
    "covered": (Way.ADD_SOURCE, Way.NEW),
    "updates": (Way.SUPERSEDE, Way.NEWER, Way.CONTRADICT, Way.NEW),
    "contradicts": (Way.CONTRADICT, Way.SUPERSEDE, Way.ADD_SOURCE, Way.NEW),
}
WITHOUT_ENTRY = frozenset({Way.ADD_SOURCE, Way.NEWER})
"""Ways that write no new entry, so that the draft needs no answer."""


def ways(knowledge: KnowledgeBase, draft: Draft) -> tuple[Way, ...]:
    """The ways a draft can be adopted, the likeliest first."""
    return _WAYS[draft.relation] if related_entry(knowledge, draft) else (Way.NEW,)


def related_entry(knowledge: KnowledgeBase, draft: Draft) -> Entry | None:
    """The entry that a draft repeats, updates or contradicts, if that still exists."""
    return knowledge.entry(draft.entry) if draft.entry and draft.relation != "new" else None


def entry_of(draft: Draft, source: Source) -> dict[str, Plain]:
    """The entry that a draft proposes, with its place in the source."""
    values = draft.model_dump(mode="json", exclude_none=True)
    values["sources"] = [_reference(draft, source)]
    return {key: values[key] for key in Entry.model_fields if values.get(key)}


def adopted(
    files: Files,
    knowledge: KnowledgeBase,
    source: Source,
    draft: Draft,
    way: Way,
    title: str | None = None,
    remark: str = "",
) -> dict[str, bytes]:
    """The knowledge ``files`` (which say what ``knowledge`` holds) with a draft adopted.

    ``title`` names a topic that is new, ``remark`` becomes a comment above the entry.

    Raises:
        UserError: where a file cannot be changed, or another source has the source's id.
    """
    source = _registered(knowledge.sources.get(source.id), source)
    after = dict(files)
    if source.id not in knowledge.sources:
        after = edit.add_source(after, source.model_dump(mode="json", exclude_none=True))
    entry_before = related_entry(knowledge, draft)
    old = entry_before.id if entry_before else ""
    if way in WITHOUT_ENTRY:
        after = edit.add_source_ref(after, old, _reference(draft, source))
        if way is Way.NEWER:
            after = edit.set_field(after, old, "as_of", draft.as_of or source.date)
    else:
        entry = entry_of(draft, source)
        if way is Way.CONTRADICT:
            entry["contradicts"] = [old]
            after = edit.add_to_list(after, old, "contradicts", draft.id)
        elif way is Way.SUPERSEDE:
            after = edit.set_field(after, old, "superseded_by", draft.id)
        after = no_longer_open(after, draft.question, *draft.variants)
        after = edit.add_entry(after, draft.topic or "", entry, title)
    if not remark or after == files:
        return after
    return edit.add_remark(after, old if way in WITHOUT_ENTRY else draft.id, remark)


def told(knowledge: KnowledgeBase, draft: Draft, way: Way) -> str:
    """What was done with a draft, in a few words."""
    old = related_entry(knowledge, draft)
    if way in WITHOUT_ENTRY and old:
        done = "Stand und Quelle" if way is Way.NEWER else "Quelle"
        return f"{done} bei „{old.question}“ ({old.id})"
    return f"„{draft.question}“ ({draft.id}) {way.value}"


def _reference(draft: Draft, source: Source) -> dict[str, Plain]:
    places = {"id": source.id, "section": draft.section, "speaker": draft.speaker}
    return {key: value for key, value in places.items() if value}


def field_mistakes(knowledge: KnowledgeBase, draft: Draft, key: str, value: Plain, source_text: str) -> list[str]:
    """Why ``value`` cannot stand under ``key`` of a draft, in German sentences; none where it can."""
    texts = [value] if isinstance(value, str) else [text for text in value if isinstance(text, str)]
    found = invisible_mistakes(texts, LABELS[key])
    if found:
        return found
    if key == "topic":
        return _topic_mistakes(str(value))
    if key in ("section", "speaker"):
        values = {"id": "x", "question": "x", key: value or None}
        return shape_mistakes(Draft, values, key, LABELS[key])
    values = {"id": "x", "question": "x", "answer": "x", "source": "x", key: value}
    if not value and key in ("short", "as_of"):
        return []
    found = shape_mistakes(Entry, values, key, LABELS[key])
    if key == "id" and not found:
        found += _id_mistakes(knowledge, str(value))
    if key in ("question", "variants"):
        found += _repeated(knowledge, draft, key, texts)
    if key in _OWN_WORDS:
        found += [
            f"Diese Wörter stehen genau so hintereinander in der Quelle: {quoted(run)}. Bitte sagen Sie es in eigenen"
            " Worten."
            for text in texts
            for run in copied(text, source_text)
        ]
    return found


def invisible_mistakes(texts: Iterable[str], label: str) -> list[str]:
    """What to say where a text holds what no knowledge file may hold, such as control characters."""
    if any(_INVISIBLE.search(text) for text in texts):
        return [f"{quoted(label)} enthält ein Zeichen, das nicht erlaubt ist. Bitte tippen Sie den Text neu ein."]
    return []


def mistakes(knowledge: KnowledgeBase, draft: Draft, source_text: str) -> list[str]:
    """All that keeps a draft from becoming an entry of its own."""
    values = draft.model_dump(mode="json")
    keys = ("question", "variants", "answer", "short", "keywords", "topic", "id")
    needed = [
        f"Es fehlt noch: {LABELS[key]}{' in eigenen Worten' if key == 'answer' else ''}."
        for key in ("answer", "topic")
        if not values[key]
    ]
    found = (field_mistakes(knowledge, draft, key, values[key], source_text) for key in keys if values[key])
    return [*needed, *(sentence for some in found for sentence in some)]


def doubts(
    knowledge: KnowledgeBase, texts: Iterable[str | None], section: str | None, passage: Passage, source: Source
) -> list[str]:
    """Numbers, dates and names in texts that the cited section does not hold; they can be overruled."""
    # When and by whom something was said need not be said in the section again.
    head = (section or "", source.title, source.publisher, full_date(source.day))
    near = "\n".join((passage.section_text, *head))
    near = "\n".join([near, *(person for person in passage.people if person.split()[-1] in near)])
    groups = [*source.spellings, *knowledge.synonyms.groups]
    names = [*knowledge.synonyms.names, *(word for person in passage.people for word in person.split())]
    found = dict.fromkeys(
        fact
        for text in texts
        if text
        for fact in unsupported(text, near, groups, names)
        if fact in names or any(quantities(fact)) or unsupported(fact, passage.whole_text, groups, [fact])
    )
    where = f"im Abschnitt {quoted(section)}" if section else "in der Quelle"
    return [f"Das steht nicht {where}: {', '.join(map(quoted, found))}."] if found else []


def shape_mistakes(model: type[BaseModel], values: Mapping[str, object], key: str, label: str) -> list[str]:
    """What the format of ``model`` has against the value under ``key``, which is called ``label``."""
    try:
        model.model_validate(values)
    except ValidationError as error:
        details = [detail for detail in error.errors(include_url=False) if detail["loc"][:1] == (key,)]
        said = (" ".join(wrong_shape(detail, model)) for detail in details)
        return [sentence.replace(f"„{key}“", f"„{label}“") for sentence in said]
    return []


def _topic_mistakes(topic: str) -> list[str]:
    if f"{topic}.yaml" in NO_TOPICS:
        return [f"{quoted(topic)} ist kein Thema; die Datei hat eine andere Aufgabe. Bitte wählen Sie ein anderes."]
    if re.fullmatch(ID_PATTERN, topic):
        return []
    return ["Ein Thema heißt wie seine Datei: kleine Buchstaben ohne Umlaute, Ziffern und einzelne Bindestriche."]


def _id_mistakes(knowledge: KnowledgeBase, entry_id: str) -> list[str]:
    if knowledge.entry(entry_id) or any(courtesy.id == entry_id for courtesy in knowledge.smalltalk):
        return [f"Die Kennung {quoted(entry_id)} ist schon vergeben. Bitte wählen Sie eine andere."]
    return []


def _repeated(knowledge: KnowledgeBase, draft: Draft, key: str, texts: list[str]) -> list[str]:
    """Phrasings that lead to another entry already, or stand twice in the draft."""
    known = {
        same_words(text): entry.id for entry in (*knowledge.entries, *knowledge.smalltalk) for text in entry.phrasings
    }
    own = [draft.question] if key == "variants" else list(draft.variants)
    seen = {same_words(text) for text in own}
    found = []
    for text in texts:
        if entry_id := known.get(same_words(text)):
            found.append(f"Die Formulierung {quoted(text)} gehört schon zum Eintrag {quoted(entry_id)}.")
        elif same_words(text) in seen:
            found.append(f"Die Formulierung {quoted(text)} steht schon in diesem Entwurf.")
        seen.add(same_words(text))
    return found


def _registered(registered: Source | None, proposed: Source) -> Source:
    """The source to adopt from: the one in sources.yaml, if that has the proposed one already.

    Raises:
        UserError: where another source has the id.
    """
    if registered is None:
        return proposed
    if registered.day != proposed.day:
        raise UserError(
            f"Unter der Kennung {quoted(proposed.id)} steht in sources.yaml eine andere Quelle, vom"
            f" {full_date(registered.day)}. Bitte geben Sie der neuen eine eigene Kennung: ikz-bot import."
        )
    return registered
