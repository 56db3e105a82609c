"""The knowledge files → one checked, immutable knowledge base, or everything that is wrong with them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path, PurePath
from typing import NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from bot.knowledge import consistency, glossary_checks, poll_checks, touchstone_checks, tour_checks
from bot.knowledge.calibration import calibration_in
from bot.knowledge.contents import Contents, is_knowledge, printable_name, read
from bot.knowledge.explain import keys_at, wrong_shape
from bot.knowledge.fields import ID_PATTERN
from bot.knowledge.glossary_model import GLOSSARY, GlossaryFile
from bot.knowledge.model import (
    SMALLTALK,
    SOURCES,
    SYNONYMS,
    KnowledgeBase,
    SmallTalkFile,
    SourcesFile,
    SynonymsFile,
    Topic,
    TopicFile,
)
from bot.knowledge.open_model import OPEN_QUESTIONS, OpenQuestionsFile
from bot.knowledge.poll_model import POLL, PollFile
from bot.knowledge.problems import KnowledgeError, Problem, coded, nearest, quoted
from bot.knowledge.touchstone_model import TOUCHSTONES, TouchstonesFile
from bot.knowledge.tour_model import QUIZ, TOUR, QuizFile, TourFile
from bot.knowledge.yaml_lines import Document, read_yaml

Special = TypeVar("Special", bound=BaseModel)

_SPECIAL: Mapping[str, type[BaseModel]] = {
    SOURCES: SourcesFile,
    SYNONYMS: SynonymsFile,
    SMALLTALK: SmallTalkFile,
    OPEN_QUESTIONS: OpenQuestionsFile,
    TOUR: TourFile,
    QUIZ: QuizFile,
    POLL: PollFile,
    TOUCHSTONES: TouchstonesFile,
    GLOSSARY: GlossaryFile,
}
_NO_ANSWERS = {TOUR, QUIZ, POLL, TOUCHSTONES, GLOSSARY}


def load(folder: Path) -> KnowledgeBase:
    """The knowledge in the YAML files directly in ``folder``.

    Raises:
        KnowledgeError: with every problem found, where the files cannot be used as they are.
    """
    return knowledge_in(read(folder))


def read_files(folder: Path) -> dict[str, bytes]:
    """The bytes of the knowledge files directly in ``folder``, whether they can be understood or not.

    Raises:
        KnowledgeError: where the folder or a file cannot be read.
    """
    found = read(folder)
    if found.unusable or found.unreadable:
        raise KnowledgeError([found.unusable] if found.unusable else found.unreadable)
    return dict(found.files)


def parse(files: Mapping[str, bytes]) -> KnowledgeBase:
    """The knowledge in files that are already in memory: file name → content.

    Raises:
        KnowledgeError: with every problem found, where the files cannot be used as they are.
    """
    return _build(files, (), "knowledge", {})


class ParsedFile(NamedTuple):
    """What stands in one file, whatever the others say."""

    content: bytes
    document: Document
    model: BaseModel | None
    problems: tuple[Problem, ...]


def knowledge_in(contents: Contents, parsed: dict[str, ParsedFile] | None = None) -> KnowledgeBase:
    """The knowledge in what was read from a folder.

    ``parsed`` are files that need not be read again where they are as they were; it then holds those of now.

    Raises:
        KnowledgeError: with every problem found, where it cannot be used as it is.
    """
    if contents.unusable:
        raise KnowledgeError([contents.unusable])
    knowledge = _build(contents.files, contents.unreadable, contents.folder, {} if parsed is None else parsed)
    return replace(knowledge, calibration=calibration_in(contents.calibration))


def _build(
    files: Mapping[str, bytes], unreadable: Iterable[Problem], folder: str, parsed: dict[str, ParsedFile]
) -> KnowledgeBase:
    problems = list(unreadable)
    unread = {problem.file for problem in problems}
    found: dict[str, ParsedFile] = {}
    for name in sorted(filter(is_knowledge, files)):
        problems += _check_name(name)
        if name.endswith(".yaml"):
            old = parsed.get(name)
            found[name] = old if old and old.content == files[name] else _parsed(name, files[name])
            problems += found[name].problems
        else:
            unread.add(f"{PurePath(name).stem.lower()}.yaml")
    parsed.clear()
    parsed.update(found)
    unread |= {name for name, file in found.items() if file.document.broken}
    documents = {name: file.document for name, file in found.items() if not file.document.broken}
    if not (documents.keys() | unread) - _SPECIAL.keys():
        problems.append(
            Problem(
                printable_name(folder),
                1,
                "In diesem Ordner gibt es kein Thema.",
                "Bitte legen Sie eine Datei wie „motive.yaml“ mit topic und entries an.",
            )
        )
    problems += consistency.check(documents, unread, date.today())
    problems += coded("tour", tour_checks.check(documents, unread))
    problems += coded("poll", poll_checks.check(documents))
    problems += coded("touchstone", touchstone_checks.check(documents, unread))
    problems += coded("glossary", glossary_checks.check(documents, unread))
    if problems:
        raise KnowledgeError(problems)
    return _assemble(documents, {name: found[name].model for name in documents}, _version(files))


def _parsed(name: str, content: bytes) -> ParsedFile:
    document = read_yaml(printable_name(name), content)
    problems = list(document.problems)
    model = None if document.broken else _check_shape(name, document, problems)
    return ParsedFile(content, document, model, tuple(problems))


def _check_name(name: str) -> list[Problem]:
    stem, shown = PurePath(name).stem, printable_name(name)
    if not name.endswith(".yaml"):
        return [
            Problem(
                shown,
                1,
                "Die Datei wird nicht gelesen, weil ihr Name nicht auf „.yaml“ endet.",
                f"Bitte benennen Sie die Datei um in {quoted(printable_name(stem) + '.yaml')}.",
            )
        ]
    if re.fullmatch(ID_PATTERN, stem):
        return []
    return [
        Problem(
            shown,
            1,
            "Der Dateiname ist keine gültige Kennung für ein Thema.",
            "Erlaubt sind kleine Buchstaben ohne Umlaute, Ziffern und einzelne Bindestriche, zum Beispiel"
            " „motive.yaml“.",
        )
    ]


def model_of(name: str) -> type[BaseModel]:
    """What a knowledge file of this name should look like."""
    return _SPECIAL.get(name, TopicFile)


def _check_shape(name: str, document: Document, problems: list[Problem]) -> BaseModel | None:
    """The file's content as the model has it; None (and more ``problems``) where it does not fit."""
    model = model_of(name)
    if document.data is None or document.data == "":
        problems.append(
            Problem(
                document.file,
                1,
                "Die Datei ist leer.",
                f"Bitte füllen oder löschen Sie die Datei; erlaubt sind hier: {', '.join(keys_at(model, ()))}.",
            )
        )
        return None
    try:
        return model.model_validate(document.data)
    except ValidationError as error:
        problems += _explain(error, document, model)
        return None


def _explain(error: ValidationError, document: Document, model: type[BaseModel]) -> list[Problem]:
    details = error.errors(include_url=False)
    # A mistyped key is one mistake, not two: the right one is not missing as well.
    mistyped = {
        (*place[:-1], nearest(str(place[-1]), keys_at(model, place[:-1])))
        for place in (detail["loc"] for detail in details if detail["type"] == "extra_forbidden")
    }
    return [
        Problem(
            document.file,
            document.line(detail["loc"]),
            *wrong_shape(detail, model),
            code=detail["type"].replace("_", "-"),
            entry=consistency.id_at(document, detail["loc"]),
        )
        for detail in details
        if not (detail["type"] == "missing" and detail["loc"] in mistyped)
        # pydantic counts the correct values only; the others have been explained already.
        and not (detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"])
    ]


def _assemble(
    documents: Mapping[str, Document], contents: Mapping[str, BaseModel | None], version: str
) -> KnowledgeBase:
    topics = tuple(
        Topic(PurePath(name).stem, content.topic, content.description or "", content.entries)
        for name, content in contents.items()
        if isinstance(content, TopicFile)
    )
    sources = _the_one(contents, SourcesFile)
    courtesies = _the_one(contents, SmallTalkFile)
    open_questions = _the_one(contents, OpenQuestionsFile)
    tour, quiz = _the_one(contents, TourFile), _the_one(contents, QuizFile)
    touchstones, glossary = _the_one(contents, TouchstonesFile), _the_one(contents, GlossaryFile)
    where = {item.id: item.where(item.place) for document in documents.values() for item in consistency.items(document)}
    return KnowledgeBase(
        topics=topics,
        sources={source.id: source for source in (sources.sources if sources else ())},
        smalltalk=courtesies.entries if courtesies else (),
        open_questions=open_questions.questions if open_questions else (),
        synonyms=_the_one(contents, SynonymsFile) or SynonymsFile(groups=(), names=()),
        tour=tour.stations if tour else (),
        quiz=quiz.questions if quiz else (),
        poll=_the_one(contents, PollFile),
        touchstones=touchstones.touchstones if touchstones else (),
        glossary=glossary.terms if glossary else (),
        version=version,
        where=where,
    )


def _the_one(contents: Mapping[str, BaseModel | None], kind: type[Special]) -> Special | None:
    """The content of the file that is none of the topics; None where there is no such file."""
    return next((content for content in contents.values() if isinstance(content, kind)), None)


def _version(files: Mapping[str, bytes]) -> str:
    """A short fingerprint of all names and bytes that answers come from, which the files in ``_NO_ANSWERS`` are not."""
    fingerprint = hashlib.sha256()
    for name in sorted(filter(is_knowledge, files.keys() - _NO_ANSWERS)):
        for part in (name.encode("utf-8", "backslashreplace"), files[name]):
            fingerprint.update(len(part).to_bytes(8, "big") + part)
    return fingerprint.hexdigest()[:12]
