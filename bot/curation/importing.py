"""A document → a draft file beside the knowledge; what a curator did to an earlier one is kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.curation import propose
from bot.curation.drafts import FOLDER, Draft, DraftFile, draft_path, read_drafts, read_wordings, write_drafts
from bot.curation.relate import Relations
from bot.documents import Document, Statement, read_document
from bot.errors import UserError
from bot.knowledge import KnowledgeBase, Source
from bot.poll import NO_ANSWERS, NO_VOTES
from bot.typed_text import quoted
from bot.whole_file import save, unwritable

UNKNOWN_PUBLISHER = "unbekannt"

_WORKSHOP = re.compile(
    r"\b(?P<kind>\w*werkstatt|workshop|\w*umfrage|\w*sitzung|\w*tagung|\w*konferenz|\w*forum|\w*treffen)\b",
    re.IGNORECASE,
)
_WORDING = "Wortlaut: "
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import wrote: the file, how many of its drafts are new, how many it held before, and what was guessed."""

    path: Path
    content: DraftFile
    new: int
    kept: int
    guessed_publisher: bool


class Importer:
    """Imports documents into the drafts beside one knowledge."""

    def __init__(self, folder: Path, knowledge: KnowledgeBase) -> None:
        self._folder = folder
        self._knowledge = knowledge
        self._relations = Relations(knowledge)
        self._topics = propose.Topics(knowledge, self._relations.told)

    def run(self, path: Path, topic: str | None = None, day: str | None = None) -> Imported:
        """Import one document. All its drafts get ``topic`` where one is given; ``day`` is its date where it has none.

        Raises:
            UserError: where the document, or a draft file that is there already, cannot be read, or nothing can be
                written.
        """
        document = read_document(path)
        if not document.statements:
            raise UserError(f"In {quoted(path.name)} habe ich keine Aussagen gefunden.")
        source = self._source(document, path, day or document.date)
        target = draft_path(self._folder, source.id)
        old = read_drafts(target) if target.exists() else None
        content = DraftFile(
            source=old.source if old else source,
            document=f"{source.id}{path.suffix.lower()}",
            drafts=old.drafts if old else (),
        )
        before = read_wordings(target) if old else ()
        drafts, wordings = self._merged(content, before, document, topic)
        content = content.model_copy(update={"drafts": drafts})
        try:
            target.parent.mkdir(exist_ok=True)
            copy = path.read_bytes()
        except OSError:
            raise unwritable(target) from None
        save(target.with_name(content.document), copy)
        write_drafts(target, content, wordings)
        return Imported(target, content, len(drafts) - len(before), len(before), not old and document.publisher is None)

    def _merged(
        self, content: DraftFile, before: Sequence[str], document: Document, topic: str | None
    ) -> tuple[tuple[Draft, ...], list[str]]:
        """The drafts that are there, untouched, with those of statements that had none put in their places."""
        drafts, wordings = list(content.drafts), list(before)
        known = Counter(map(_quoted_wording, wordings))
        keywords = propose.Keywords(document)
        place = 0
        for statement in _told(document):
            if known[statement.text]:
                known[statement.text] -= 1
                there = [number for number, one in enumerate(wordings) if _quoted_wording(one) == statement.text]
                place = next((number for number in there if number >= place), there[-1]) + 1
                continue
            draft = self._draft(statement, keywords.of(statement), content.source.day, topic, drafts)
            drafts.insert(place, draft)
            wordings.insert(place, self._comment(statement, draft))
            place += 1
        return tuple(drafts), wordings

    def _draft(
        self, statement: Statement, keywords: tuple[str, ...], day: str, topic: str | None, others: Sequence[Draft]
    ) -> Draft:
        relative = self._relations.relate(statement, day)
        if topic is None:
            topic = (
                self._knowledge.topic_of(relative.entry).id
                if relative.entry
                else self._topics.nearest(f"{statement.question or ''} {statement.text}")
            )
        taken = {draft.id for draft in others} | {entry.id for entry in self._knowledge.entries}
        return Draft(
            id=propose.draft_id(topic, keywords, taken),
            topic=topic,
            question=propose.question(statement, keywords, day, {draft.question for draft in others}),
            keywords=keywords,
            answer=propose.answer(statement, day),
            section=statement.heading[:120],
            speaker=statement.speaker[:80] if statement.speaker else None,
            relation=relative.relation,
            entry=relative.entry.id if relative.entry else None,
            score=round(relative.score, 2) if relative.entry else None,
        )

    def _comment(self, statement: Statement, draft: Draft) -> str:
        """What stands above a draft: the wording, what it answers, what is above it, and the entry it belongs to."""
        lines = [_WORDING + statement.text]
        if statement.question:
            lines.append(f"Frage im Dokument: {statement.question}")
        lines += [f"Zusammenhang: {line}" for line in statement.context]
        entry = self._knowledge.entry(draft.entry) if draft.entry else None
        if entry:
            lines.append(f"Nächster Eintrag: {entry.question} ({entry.id})")
        return "\n".join(lines)

    def _source(self, document: Document, path: Path, day: str | None) -> Source:
        """The source as it is known already, or as the document's head describes it."""
        if day is None:
            raise UserError(
                f"In {quoted(path.name)} habe ich kein Datum gefunden. Bitte nennen Sie es mit --date JJJJ-MM-TT."
            )
        title = (document.title or path.stem.replace("_", " ").replace("-", " ")).strip()[:200] or "Dokument"
        for known in self._all_sources():
            if known.date == day and _same_event(known.title, title):
                return known
        about = _WORKSHOP.search(title) or _WORKSHOP.search(path.stem)
        publisher = document.publisher or self._usual_publisher()
        return Source(
            id=self._free_id(propose.slug(about["kind"] if about else path.stem)[:_LONGEST_NAME] or "dokument", day),
            kind="werkstatt" if about or "protokoll" in title.casefold() else "hintergrund",
            title=title,
            publisher=publisher[:120],
            date=day,
        )

    def _all_sources(self) -> Iterator[Source]:
        """The sources of the knowledge and of the drafts that are there already; one of them may be this document's."""
        yield from self._knowledge.sources.values()
        for path in sorted((self._folder / FOLDER).glob("[!.]*.yaml")):
            yield read_drafts(path).source

    def _free_id(self, name: str, day: str) -> str:
        """An id for a source: its kind and year, more of its date where that is taken."""
        year, _, rest = day.partition("-")
        taken = {source.id for source in self._all_sources()}
        taken |= {path.stem for path in (self._folder / FOLDER).glob("*.yaml")}
        options = [f"{name}-{year}", f"{name}-{day}" if rest else f"{name}-{year}-2"]
        options += [f"{name}-{day}-{number}" for number in range(2, len(taken) + 3)]
        return next(option for option in options if option not in taken)

    def _usual_publisher(self) -> str:
        """Who publishes the newest workshop of the knowledge: a guess the curator has to confirm."""
        workshops = [source for source in self._knowledge.sources.values() if source.kind == "werkstatt"]
        return max(workshops, key=lambda source: source.day).publisher if workshops else UNKNOWN_PUBLISHER


def _same_event(one: str, other: str) -> bool:
    """Whether two titles of documents from one day are those of the same: equal, or both of a workshop's protocol."""
    kinds = [found["kind"].casefold() if (found := _WORKSHOP.search(title)) else None for title in (one, other)]
    protocols = ["protokoll" in title.casefold() for title in (one, other)]
    return one == other or (all(protocols) and kinds[0] is not None and kinds[0] == kinds[1])


def _told(document: Document) -> Iterable[Statement]:
    """The statements, without those by which a poll says that there is nothing."""
    return (statement for statement in document.statements if statement.text not in {NO_ANSWERS, NO_VOTES})


def _quoted_wording(comment: str) -> str:
    found = next((line for line in comment.splitlines() if line.startswith(_WORDING)), "")
    return found.removeprefix(_WORDING)
