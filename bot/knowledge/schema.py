"""JSON Schemas of the knowledge files, so that an editor completes keys and marks mistakes while typing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from bot.knowledge.glossary_model import GlossaryFile
from bot.knowledge.model import SmallTalkFile, SourcesFile, SynonymsFile, TopicFile
from bot.knowledge.open_model import OpenQuestionsFile
from bot.knowledge.poll_model import PollFile
from bot.knowledge.touchstone_model import TouchstonesFile
from bot.knowledge.tour_model import QuizFile, TourFile

_FILES: dict[str, tuple[type[BaseModel], str]] = {
    "topic.json": (TopicFile, "Ein Thema des Wissens von ikz-bot"),
    "sources.json": (SourcesFile, "Die Quellen des Wissens von ikz-bot"),
    "smalltalk.json": (SmallTalkFile, "Höflichkeiten, die ikz-bot erwidert"),
    "offene-fragen.json": (OpenQuestionsFile, "Fragen, auf die es in den Quellen keine Antwort gibt"),
    "synonyms.json": (SynonymsFile, "Wörter gleicher Bedeutung und Namen, die kein Thema sind"),
    "einstieg.json": (TourFile, "Der Rundgang von ikz-bot für alle, die neu sind"),
    "quiz.json": (QuizFile, "Das Quiz am Ende des Rundgangs"),
    "umfrage.json": (PollFile, "Die Umfrage von ikz-bot"),
    "pruefsteine.json": (TouchstonesFile, "Fragen mit der Antwort, die ikz-bot darauf geben muss"),
    "glossar.json": (GlossaryFile, "Die Begriffe, die ikz-bot erklärt"),
}


class _PlainSchema(GenerateJsonSchema):
    """A schema of what is written: a key that may be left out may not be written without a value."""

    def field_title_should_be_set(self, schema: Any) -> bool:
        return False

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])


def schemas() -> dict[str, str]:
    """The JSON Schema documents: file name in ``knowledge/schema/`` → text."""
    return {name: _schema(model, title) for name, (model, title) in _FILES.items()}


def write_schemas(folder: Path) -> None:
    """Write the schemas into ``folder``, which is ``knowledge/schema``."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _schema(model: type[BaseModel], title: str) -> str:
    document = model.model_json_schema(schema_generator=_PlainSchema)
    # The classes' names and docstrings are for programmers; the curator's editor would show them.
    for part in (document, *document.get("$defs", {}).values()):
        part.pop("title", None)
        part.pop("description", None)
    whole = {"$schema": GenerateJsonSchema.schema_dialect, "title": title, **document}
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


if __name__ == "__main__":
    write_schemas(Path(__file__).parents[2] / "knowledge" / "schema")
