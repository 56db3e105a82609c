"""The knowledge files → one checked, immutable knowledge base, or everything that is wrong with them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from types import MappingProxyType

from pydantic import BaseModel, ValidationError

from bot.knowledge import consistency, glossary_checks, poll_checks, tour_checks
from bot.knowledge.calibration import read_calibration
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
from bot.knowledge.poll_model import POLL, PollFile
from bot.knowledge.problems import KnowledgeError, Problem, nearest, quoted
from bot.knowledge.tour_model import QUIZ, TOUR, QuizFile, TourFile
from bot.knowledge.yaml_lines import Document, read_yaml

_SPECIAL: Mapping[str, type[BaseModel]] = {
    SOURCES: SourcesFile,
    SYNONYMS: SynonymsFile,
    SMALLTALK: SmallTalkFile,
    TOUR: TourFile,
    QUIZ: QuizFile,
    POLL: PollFile,
    GLOSSARY: GlossaryFile,
}
_NO_ANSWERS = {TOUR, QUIZ, POLL, GLOSSARY}


def load(folder: Path) -> KnowledgeBase:
    """The knowledge in the YAML files directly in ``folder``.

    Raises:
        KnowledgeError: with every problem found, where the files cannot be used as they are.
    """
    files, unreadable = _read(folder)
    return replace(_build(files, unreadable, folder.name or str(folder)), calibration=read_calibration(folder))


def parse(files: Mapping[str, bytes]) -> KnowledgeBase:
    """The knowledge in files that are already in memory: file name → content.

    Raises:
        KnowledgeError: with every problem found, where the files cannot be used as they are.
    """
    return _build(files, (), "knowledge")


def _read(folder: Path) -> tuple[dict[str, bytes], list[Problem]]:
    """The content of the knowledge files, and what could not be read."""
    try:
        if not folder.is_dir():
            exists = folder.exists()
            raise KnowledgeError([_no_folder(folder, exists)])
        paths = sorted(path for path in folder.iterdir() if _is_knowledge(path.name))
    except OSError:
        problem = Problem(
            _printable(str(folder)),
            1,
            "Der Ordner lässt sich nicht lesen.",
            "Bitte prüfen Sie die Zugriffsrechte des Ordners.",
        )
        raise KnowledgeError([problem]) from None
    files: dict[str, bytes] = {}
    problems: list[Problem] = []
    for path in paths:
        try:
            # Anything but a plain file could block for ever, as a pipe does.
            files[path.name] = path.read_bytes() if path.is_file() else _refuse()
        except OSError as error:
            problems.append(_unreadable(path.name, error))
    return files, problems


def _refuse() -> bytes:
    raise IsADirectoryError


def _no_folder(folder: Path, exists: bool) -> Problem:
    name = _printable(str(folder))
    if exists:
        return Problem(
            name, 1, "Das ist eine Datei und kein Ordner.", "Bitte geben Sie den Ordner mit den Wissensdateien an."
        )
    return Problem(name, 1, "Diesen Ordner gibt es nicht.", "Bitte prüfen Sie den Pfad zum Ordner knowledge.")


def _unreadable(name: str, error: OSError) -> Problem:
    if isinstance(error, PermissionError):
        hint = "Bitte geben Sie dem Programm das Recht, die Datei zu lesen."
    elif isinstance(error, IsADirectoryError):
        return Problem(
            _printable(name),
            1,
            "Das ist keine gewöhnliche Datei.",
            "Bitte benennen Sie es um oder verschieben Sie es; Namen auf „.yaml“ sind für Wissensdateien.",
        )
    else:
        hint = "Bitte prüfen Sie, ob die Datei beschädigt ist oder gerade verschoben wurde."
    return Problem(_printable(name), 1, "Die Datei lässt sich nicht lesen.", hint)


def _is_knowledge(name: str) -> bool:
    return not name.startswith((".", "_")) and PurePath(name).suffix.lower() in {".yaml", ".yml"}


def _printable(name: str) -> str:
    """A file name for a report: on one line, and without bytes that are no text."""
    return " ".join(name.encode("utf-8", "replace").decode().split())


def _build(files: Mapping[str, bytes], unreadable: Iterable[Problem], folder: str) -> KnowledgeBase:
    problems = list(unreadable)
    unread = {problem.file for problem in problems}
    documents: dict[str, Document] = {}
    for name in sorted(filter(_is_knowledge, files)):
        problems += _check_name(name)
        if not name.endswith(".yaml"):
            unread.add(f"{PurePath(name).stem.lower()}.yaml")
            continue
        document = read_yaml(_printable(name), files[name])
        problems += document.problems
        if document.broken:
            unread.add(name)
        else:
            documents[name] = document
    if not (documents.keys() | unread) - _SPECIAL.keys():
        problems.append(
            Problem(
                _printable(folder),
                1,
                "In diesem Ordner gibt es kein Thema.",
                "Bitte legen Sie eine Datei wie „motive.yaml“ mit topic und entries an.",
            )
        )
    contents = {name: _check_shape(name, document, problems) for name, document in documents.items()}
    problems += consistency.check(documents, unread)
    problems += tour_checks.check(documents, unread)
    problems += poll_checks.check(documents)
    problems += glossary_checks.check(documents, unread)
    if problems:
        raise KnowledgeError(problems)
    return _assemble(documents, contents, _version(files))


def _check_name(name: str) -> list[Problem]:
    stem, shown = PurePath(name).stem, _printable(name)
    if not name.endswith(".yaml"):
        return [
            Problem(
                shown,
                1,
                "Die Datei wird nicht gelesen, weil ihr Name nicht auf „.yaml“ endet.",
                f"Bitte benennen Sie die Datei um in {quoted(_printable(stem) + '.yaml')}.",
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


def _check_shape(name: str, document: Document, problems: list[Problem]) -> BaseModel | None:
    """The file's content as the model has it; None (and more ``problems``) where it does not fit."""
    model = _SPECIAL.get(name, TopicFile)
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
        Problem(document.file, document.line(detail["loc"]), *wrong_shape(detail, model))
        for detail in details
        if not (detail["type"] == "missing" and detail["loc"] in mistyped)
        # pydantic counts the correct values only; the others have been explained already.
        and not (detail["type"] == "too_short" and len(detail["input"]) >= detail["ctx"]["min_length"])
    ]


def _assemble(
    documents: Mapping[str, Document], contents: Mapping[str, BaseModel | None], version: str
) -> KnowledgeBase:
    topics: list[Topic] = []
    courtesies: SmallTalkFile = SmallTalkFile(entries=())
    synonyms = SynonymsFile(groups=(), names=())
    sources = SourcesFile(sources=())
    tour: TourFile | None = None
    quiz: QuizFile | None = None
    poll: PollFile | None = None
    glossary: GlossaryFile | None = None
    for name, content in contents.items():
        if isinstance(content, TopicFile):
            topics.append(Topic(PurePath(name).stem, content.topic, content.description or "", content.entries))
        elif isinstance(content, SmallTalkFile):
            courtesies = content
        elif isinstance(content, SynonymsFile):
            synonyms = content
        elif isinstance(content, SourcesFile):
            sources = content
        elif isinstance(content, TourFile):
            tour = content
        elif isinstance(content, QuizFile):
            quiz = content
        elif isinstance(content, PollFile):
            poll = content
        elif isinstance(content, GlossaryFile):
            glossary = content
    where = {item.id: item.where(item.place) for document in documents.values() for item in consistency.items(document)}
    return KnowledgeBase(
        topics=tuple(topics),
        sources=MappingProxyType({source.id: source for source in sources.sources}),
        smalltalk=courtesies.entries,
        synonyms=synonyms,
        tour=tour.stations if tour else (),
        quiz=quiz.questions if quiz else (),
        poll=poll,
        glossary=glossary.terms if glossary else (),
        version=version,
        where=MappingProxyType(where),
    )


def _version(files: Mapping[str, bytes]) -> str:
    """A short fingerprint of all names and bytes that answers come from, which the files in ``_NO_ANSWERS`` are not."""
    fingerprint = hashlib.sha256()
    for name in sorted(filter(_is_knowledge, files.keys() - _NO_ANSWERS)):
        for part in (name.encode("utf-8", "backslashreplace"), files[name]):
            fingerprint.update(len(part).to_bytes(8, "big") + part)
    return fingerprint.hexdigest()[:12]
