"""Blocks → document: head, sections, speakers, questions with their answers, statements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.documents.blocks import Block, is_prose, mended
from bot.documents.dates import find_dates
from bot.documents.dialogue import answer_text, asked, divided, is_deeper, questions
from bot.documents.headings import cited, is_discussion, with_headings
from bot.documents.model import Document, Passage, Statement
from bot.documents.people import Talk, bare_name, full_name, introduced, named_in, spoken, talk
from bot.documents.sentences import sentences
from bot.documents.votes import joined_votes, read_votes
from bot.text import fold, words

_TITLE = re.compile(r"\b\w*(?:protokoll|niederschrift|dokumentation|ergebnisbericht|auswertung)\b", re.IGNORECASE)
_EVENT = re.compile(r"\b\w*(?:umfrage|werkstatt|workshop)\b", re.IGNORECASE)
_PLACE = re.compile(r"^(?:Ort|Veranstaltungsort|Tagungsort|Wo)\s*:\s*(?P<value>.+)")
_DAY = re.compile(r"^(?:Datum|Termin|Wann|Tag|Zeit|Stand)\s*:\s*(?P<value>.+)")
_PUBLISHER = re.compile(
    r"^(?:Veranstalter(?:in)?|Veranstaltende|Herausgeber(?:in)?|Ausrichter(?:in)?|Einladende)\s*:\s*(?P<value>.+)"
)
_ASSOCIATION = re.compile(r"\b(?P<value>(?:[\wÄÖÜäöüß-]+\s){1,4}?)e\.\s?V\.")
_ATTENDANCE = re.compile(r"^(?:teilnehm\w*|anwesen\w*|teilnahmeliste)\b")
_POINTS_BACK = frozenset(
    """
    andererseits auch aber dabei dadurch dafur daher damit dann darauf darin daruber davon dazu deren deshalb dessen
    dies diese diesem diesen dieser dieses dort einerseits er es hier hierbei hierfur hierzu ihr ihre jedoch jene sie
    solche sonst trotzdem zudem
    """.split()
)
_SHORTEST_HEAD_LINE = 4
_QUESTION_HEADING = re.compile(r"^(?:Frage(?:\s*\d+)?|F\d*)\s*[:–-]\s*(?=\S)")


@dataclass(slots=True)
class _Section:
    """Blocks under one heading. ``question`` is the one the heading itself asks; ``heading`` is its whole wording."""

    path: tuple[str, ...] = ()
    heading: str = ""
    speaker: str | None = None
    question: str | None = None
    blocks: list[Block] = field(default_factory=list)


def build(blocks: Iterable[Block]) -> Document:
    """The document that the blocks of a file make up."""
    whole = with_headings(_titled(list(joined_votes(mended(blocks)))))
    sections = list(_sections(whole))
    head = [block.text for block in sections[0].blocks]
    title = next((block.text for block in whole if block.kind == "title"), None)
    speakers = _speakers(whole)
    return Document(
        title=title,
        date=_date([title or "", *head], [block.text for block in whole]),
        place=_value(_PLACE, head),
        speakers=speakers,
        publisher=_publisher(head, [block.text for block in whole]),
        statements=tuple(statement for section in sections for statement in _statements(section, speakers)),
        passages=tuple(_passages(sections)),
    )


def _titled(blocks: list[Block]) -> list[Block]:
    """The blocks with the title marked: what the reader says, a heading that opens the document or is alone at its
    level, or the first line like one."""
    if any(block.kind == "title" for block in blocks):
        return blocks
    headings = [number for number, block in enumerate(blocks) if block.kind == "heading"]
    top = [number for number in headings if blocks[number].level == min(blocks[h].level for h in headings)]
    opens = headings[:1] == [0] and bool(_TITLE.search(blocks[0].text) or _EVENT.search(blocks[0].text))
    if opens or (len(top) == 1 and len(headings) > 1 and top[0] == headings[0]):
        return _with_title(blocks, headings[0])
    before = range(headings[0] if headings else min(len(blocks), 12))
    lines = [number for number in before if blocks[number].kind == "paragraph" and not is_prose(blocks[number].text)]
    like = [number for number in lines if _TITLE.search(blocks[number].text)]
    return _with_title(blocks, (like or lines)[0]) if lines else blocks


def _with_title(blocks: list[Block], number: int) -> list[Block]:
    return [*blocks[:number], Block("title", blocks[number].text), *blocks[number + 1 :]]


def _sections(blocks: Sequence[Block]) -> Iterator[_Section]:
    """The sections of a document, what stands before the first heading first."""
    title = [block.text for block in blocks if block.kind == "title"][:1]
    section = _Section()
    above: list[tuple[int, str]] = []
    last_talk: Talk | None = None
    for block in blocks:
        if block.kind != "heading":
            section.blocks += [block] if block.kind == "title" else divided(block)
            continue
        yield section
        question = _QUESTION_HEADING.match(block.text)
        while above and above[-1][0] >= block.level:
            above.pop()
        if question:  # the answers stand in the section around it, or in the document as a whole
            path = tuple(name for _, name in above) or tuple(cited(one, None) for one in title)
            section = _Section(path, block.text, question=block.text[question.end() :])
            continue
        name = cited(block.text, last_talk)
        given = talk(block.text)
        speaker = (given.speaker if given else None) or named_in(block.text)
        if given:
            last_talk = given
        elif not is_discussion(block.text) and block.level <= 1:
            last_talk = None
        above.append((block.level, name))
        section = _Section(tuple(name for _, name in above), block.text, speaker)
    yield section


def _passages(sections: Iterable[_Section]) -> Iterator[Passage]:
    for section in sections:
        if section.heading:
            yield Passage(section.heading, section.path)
        for block in section.blocks:
            yield Passage(block.text, section.path)


def _statements(section: _Section, speakers: Sequence[str]) -> Iterator[Statement]:
    """The statements of a section; lists of who was there are none."""
    if section.path and _ATTENDANCE.match(fold(section.path[-1])):
        return
    blocks = section.blocks
    owners = questions(blocks)
    answered = {owner for owner in owners if owner is not None}
    above: list[tuple[int, str, str | None]] = []
    for number, (block, owner) in enumerate(zip(blocks, owners, strict=True)):
        level = block.level if block.kind == "item" else -1
        while above and above[-1][0] >= level:
            above.pop()
        text, by_label = answer_text(block.text)
        speaker, text = spoken(text)
        speaker = speaker or bare_name(by_label) or next((who for *_, who in reversed(above) if who), section.speaker)
        question = asked(blocks[owner].text) if owner is not None else section.question
        context = tuple(line for _, line, _ in above if owner is None or line != blocks[owner].text)
        if block.kind == "item" or block.text.endswith(":"):  # a paragraph before bullets need not be about them
            above.append((level, block.text, speaker if speaker != section.speaker else None))
        if block.kind == "title" or number in answered or (not section.heading and not _tells(block.text)):
            continue
        if text.endswith(":") and number + 1 < len(blocks) and is_deeper(blocks[number + 1], block):
            text = " ".join(sentences(text)[:-1])  # the last one is the context of the bullets
        name = full_name(speaker, speakers) if speaker else None
        open_question = asked(text)
        if open_question is None:
            yield from _by_sentence(text, Statement(text, section.path, name, question, context))
        elif words(open_question):
            yield Statement(open_question, section.path, name, None, context)


def _by_sentence(text: str, like: Statement) -> Iterator[Statement]:
    before: str | None = None
    for sentence in [text] if read_votes(text) else sentences(text):
        first = words(sentence)[:1]
        back = (before,) if before and first and first[0] in _POINTS_BACK else ()
        if first:
            yield Statement(sentence, like.section, like.speaker, like.question, (*like.context, *back))
        before = sentence


def _tells(line: str) -> bool:
    """Whether a line of the head is more than the name of an organisation or the title once more."""
    return ":" in line or is_prose(line) or (len(line.split()) >= _SHORTEST_HEAD_LINE and not _TITLE.search(line))


def _speakers(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Everyone who gives a talk, opens a section or is quoted, once each, in full where the document does so."""
    found: list[str] = []
    for block in blocks:
        if block.kind == "heading":
            given = talk(block.text)
            found += [name for name in ((given.speaker if given else None), named_in(block.text)) if name]
        else:
            found += introduced(block.text)
            speaker, _ = spoken(answer_text(block.text)[0])
            found += [speaker] if speaker else []
    return tuple(dict.fromkeys(full_name(name, found) for name in found))


def _date(head: Sequence[str], everything: Sequence[str]) -> str | None:
    """The day of the document: the one labelled so, else the most exact one in the head, else the first at all."""
    labelled = _value(_DAY, head)
    for texts in ([labelled or ""], head, everything):
        days = [day for text in texts for day in find_dates(text)]
        if days:
            return max(days, key=len)
    return None


def _publisher(head: Sequence[str], everything: Sequence[str]) -> str | None:
    labelled = _value(_PUBLISHER, head)
    if labelled:
        return labelled
    found = next(filter(None, (_ASSOCIATION.search(text) for text in everything)), None)
    if not found:
        return None
    name = found["value"].split()
    while name and name[0][0].islower() and name[0].islower():  # „des Vereins X e. V.“
        name.pop(0)
    while name and name[0] in {"Verein", "Vereins", "Vereines", "Der", "Die", "Das"}:
        name.pop(0)
    return f"{' '.join(name)} e. V." if name else None


def _value(pattern: re.Pattern[str], lines: Iterable[str]) -> str | None:
    return next((found["value"].strip() for found in map(pattern.match, lines) if found), None)
