"""The shipped JSON Schemas are those of the model."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge.consistency import NO_TOPICS
from bot.knowledge.schema import schemas, write_schemas

SHIPPED = Path(__file__).parents[2] / "knowledge" / "schema"


def test_shipped_schemas_equal_the_generated_ones() -> None:
    shipped = {path.name: path.read_text(encoding="utf-8") for path in SHIPPED.iterdir()}
    assert shipped == schemas(), "run: python -m bot.knowledge.schema"


def test_write_schemas_writes_all_of_them(tmp_path: Path) -> None:
    write_schemas(tmp_path / "new")
    assert {path.name: path.read_text(encoding="utf-8") for path in (tmp_path / "new").iterdir()} == schemas()


@pytest.mark.parametrize(
    "name",
    [
        "topic.json",
        "sources.json",
        "smalltalk.json",
        "synonyms.json",
        "einstieg.json",
        "quiz.json",
        "umfrage.json",
        "pruefsteine.json",
        "glossar.json",
    ],
)
def test_schemas_refuse_unknown_keys_and_empty_values(name: str) -> None:
    def objects(part: Any) -> list[dict[str, Any]]:
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        here = [part] if isinstance(part, dict) and part.get("type") == "object" else []
        return here + [found for value in inner for found in objects(value)]

    document = json.loads(schemas()[name])
    assert objects(document)
    assert all(found["additionalProperties"] is False for found in objects(document))
    assert '"null"' not in schemas()[name]
    assert "default" not in schemas()[name]


def test_schema_of_an_entry_says_what_the_model_says() -> None:
    entry = json.loads(schemas()["topic.json"])["$defs"]["Entry"]
    assert entry["required"] == ["id", "question", "answer"]
    assert entry["oneOf"] == [{"required": ["source"]}, {"required": ["sources"]}]
    assert entry["properties"]["question"]["maxLength"] == 100
    assert "description" not in entry, "the class's docstring is for programmers"


def test_shipped_files_name_their_schema() -> None:
    for path in SHIPPED.parent.glob("*.yaml"):
        name = f"{path.stem}.json" if path.name in NO_TOPICS else "topic.json"
        first = path.read_text(encoding="utf-8").splitlines()[0]
        assert first == f"# yaml-language-server: $schema=schema/{name}", path.name
