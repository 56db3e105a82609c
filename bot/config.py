"""``config.yaml`` and the environment → one typed, immutable settings object."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import PydanticCustomError

from bot.errors import UserError
from bot.knowledge.explain import wrong_shape
from bot.knowledge.problems import Problem
from bot.knowledge.yaml_lines import read_yaml
from bot.typed_text import printable

CONFIG_FILE = "config.yaml"
ENVIRONMENT_PREFIX = "IKZ_BOT_"


class ConfigError(UserError):
    """The configuration cannot be used; the message says what to mend."""


def _folder(value: object) -> object:
    """A path as it is written in the file; the types are those that :mod:`bot.knowledge.explain` has words for."""
    if isinstance(value, Path):
        return value
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "must be a text")
    if not value.strip():
        raise PydanticCustomError("string_too_short", "must not be empty")
    return Path(os.path.expanduser(value.strip()))  # noqa: PTH111 - Path.expanduser() fails on an unknown user


class Settings(BaseModel):
    """All settings; what is None was not set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    knowledge: Annotated[Path, BeforeValidator(_folder)] | None = Field(
        None, description="Ordner mit den Wissensdateien"
    )


def load_settings(file: Path | None, environment: Mapping[str, str]) -> Settings:
    """The settings in ``file``, or in ``./config.yaml`` if there is one; the environment goes first.

    ``IKZ_BOT_KNOWLEDGE`` sets ``knowledge``, and so on. Paths in a file are relative to that file.

    Raises:
        ConfigError: where the file cannot be read or says something unknown.
    """
    if file is None and os.path.lexists(CONFIG_FILE):
        file = Path(CONFIG_FILE)
    settings = _read(file) if file else Settings(knowledge=None)
    if settings.knowledge and file:
        settings = Settings(knowledge=file.parent / settings.knowledge)
    names = {name: environment.get(ENVIRONMENT_PREFIX + name.upper(), "").strip() for name in Settings.model_fields}
    return Settings(**{**dict(settings), **{name: value for name, value in names.items() if value}})


def _read(file: Path) -> Settings:
    name = printable(str(file))
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        raise ConfigError(
            f"Die Konfigurationsdatei „{name}“ gibt es nicht. Bitte prüfen Sie den Pfad hinter --config."
        ) from None
    except OSError:
        raise ConfigError(
            f"Die Konfigurationsdatei „{name}“ lässt sich nicht lesen. Bitte prüfen Sie, ob sie eine gewöhnliche Datei"
            " ist und Sie sie lesen dürfen."
        ) from None
    document = read_yaml(name, content)
    problems = list(document.problems)
    settings = Settings(knowledge=None)
    if document.data is not None and not document.broken:
        try:
            settings = Settings.model_validate(document.data)
        except ValidationError as error:
            problems += [
                Problem(name, document.line(detail["loc"]), *wrong_shape(detail, Settings))
                for detail in error.errors(include_url=False)
            ]
    if problems:
        raise ConfigError("\n".join(map(str, sorted(set(problems)))))
    return settings
