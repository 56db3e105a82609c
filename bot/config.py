"""``config.yaml`` and the environment → one typed, immutable settings object."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import platformdirs
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from bot.errors import UserError
from bot.knowledge.explain import Sentence, wrong_shape
from bot.knowledge.problems import Problem
from bot.knowledge.yaml_lines import read_yaml
from bot.typed_text import printable, quoted

CONFIG_FILE = "config.yaml"
ENVIRONMENT_PREFIX = "IKZ_BOT_"

MAX_DAYS = 3650
"""Longer than anything about a single question should be kept."""

MAX_CONTACT = 200

_OFF = frozenset({"aus", "nein", "off", "no", "false"})
_ON = frozenset({"an", "ja", "on", "yes", "true"})


class ConfigError(UserError):
    """The configuration cannot be used; the message says what to mend."""


def _path(value: object) -> object:
    """A path as it is written in the file; the types are those that :mod:`bot.knowledge.explain` has words for."""
    if isinstance(value, Path):
        return value
    return Path(os.path.expanduser(_text(value)))  # noqa: PTH111 - Path.expanduser() fails on an unknown user


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "must be a text")
    if not value.strip():
        raise PydanticCustomError("string_too_short", "must not be empty")
    return value.strip()


def _path_or_off(value: object) -> object:
    return None if isinstance(value, str) and value.strip().casefold() in _OFF else _path(value)


def _days(value: object) -> object:
    if isinstance(value, list | dict) or value == "":
        _text(value)
    number = int(str(value)) if re.fullmatch(r"\s*[0-9]{1,4}\s*", str(value)) else 0
    if not 1 <= number <= MAX_DAYS:
        raise PydanticCustomError("no_days", "must be a number of days")
    return number


def _yes_or_no(value: object) -> object:
    if isinstance(value, bool):
        return value
    word = str(_text(value)).casefold()
    if word not in _ON | _OFF:
        raise PydanticCustomError("no_yes_or_no", "must be yes or no")
    return word in _ON


def _snowflake(value: object) -> object:
    text = str(value) if isinstance(value, int) else _text(value)
    if not re.fullmatch(r"[0-9]{17,20}", str(text)):
        raise PydanticCustomError("no_snowflake", "must be a number of Discord")
    return int(str(text))


def _contact(value: object) -> object:
    text = " ".join(_text(value).split())
    if len(text) > MAX_CONTACT:
        raise PydanticCustomError("long_contact", "is too long")
    return text


def _secret(value: object) -> object:
    return value if isinstance(value, SecretStr) else SecretStr(_text(value))


def default_journal() -> Path:
    """Where the journal lies when nobody says so: the user's folder for what programs remember."""
    return platformdirs.user_state_path("ikz-bot", appauthor=False) / "journal.sqlite"


class Settings(BaseModel):
    """All settings. Where one is None, the administrator did not set it or, for ``journal``, switched it off."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    knowledge: Annotated[Path, BeforeValidator(_path)] | None = Field(None, description="Ordner mit den Wissensdateien")
    network_share: Annotated[bool, BeforeValidator(_yes_or_no)] = Field(
        False, description="Ob der Ordner mit den Wissensdateien auf einem Netzlaufwerk liegt: ja oder nein"
    )
    journal: Annotated[Path | None, BeforeValidator(_path_or_off)] = Field(
        default_factory=default_journal, description="Datei des Journals, oder „aus“"
    )
    journal_days: Annotated[int, BeforeValidator(_days)] = Field(
        90, description="So viele Tage bleibt etwas im Journal"
    )
    token: Annotated[SecretStr, BeforeValidator(_secret)] | None = Field(
        None, description="Der geheime Schlüssel des Bots bei Discord"
    )
    guild: Annotated[int, BeforeValidator(_snowflake)] | None = Field(
        None, description="Nummer eines Discord-Servers zum Ausprobieren"
    )
    admin_channel: Annotated[int, BeforeValidator(_snowflake)] | None = Field(
        None, description="Nummer des Discord-Kanals, in dem Fehler in den Wissensdateien gemeldet werden"
    )
    contact: Annotated[str, BeforeValidator(_contact)] | None = Field(
        None, description="Wer weiterhilft, wenn der Bot nichts weiß"
    )


def load_settings(file: Path | None, environment: Mapping[str, str]) -> Settings:
    """The settings in ``file``, or in ``./config.yaml`` if there is one; the environment goes first.

    ``IKZ_BOT_KNOWLEDGE`` sets ``knowledge``, and so on. Paths in a file are relative to that file.

    Raises:
        ConfigError: where the file cannot be read, or it or the environment says something that cannot be used.
    """
    if file is None and os.path.lexists(CONFIG_FILE):
        file = Path(CONFIG_FILE)
    settings = _read(file) if file else Settings()
    if file:
        written = {name: getattr(settings, name) for name in settings.model_fields_set}
        paths = {name: file.parent / value for name, value in written.items() if isinstance(value, Path)}
        settings = settings.model_copy(update=paths)
    return settings.model_copy(update=_from_environment(environment))


def _from_environment(environment: Mapping[str, str]) -> dict[str, object]:
    """The settings that the environment names."""
    texts = {name: environment.get(_variable(name), "").strip() for name in Settings.model_fields}
    try:
        found = Settings.model_validate({name: text for name, text in texts.items() if text})
    except ValidationError as error:
        lines = [
            f"Umgebungsvariable {_variable(str(detail['loc'][0]))}: {message} Hinweis: {hint}"
            for detail in error.errors(include_url=False)
            for message, hint in [_explained(detail)]
        ]
        raise ConfigError("\n".join(lines)) from None
    return {name: getattr(found, name) for name in found.model_fields_set}


def _variable(name: str) -> str:
    return ENVIRONMENT_PREFIX + name.upper()


def _explained(detail: ErrorDetails) -> Sentence:
    """What is wrong with a setting, and how to mend it."""
    name, here = f"„{''.join(map(str, detail['loc'][:1]))}“", f"hier steht {quoted(str(detail['input']))}."
    match detail["type"]:
        case "no_days":
            return (
                f"{name} muss eine ganze Zahl von 1 bis {MAX_DAYS} sein; {here}",
                "Ganz abschalten können Sie das Journal mit „journal: aus“.",
            )
        case "no_yes_or_no":
            return (f"{name} muss „ja“ oder „nein“ sein; {here}", "Ohne diese Angabe gilt „nein“.")
        case "no_snowflake":
            kind = "Kanal" if detail["loc"][0] == "admin_channel" else "Server"
            return (
                f"{name} muss die Nummer eines Discord-{kind}s sein, 17 bis 20 Ziffern; {here}",
                f"Discord zeigt sie im Entwicklermodus mit einem Rechtsklick auf den {kind}: „{kind}-ID kopieren“.",
            )
        case "long_contact":
            return (f"{name} ist länger als {MAX_CONTACT} Zeichen.", "Bitte kürzen Sie die Angabe.")
        case _:
            return wrong_shape(detail, Settings)


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
    settings = Settings()
    if document.data is not None and not document.broken:
        try:
            settings = Settings.model_validate(document.data)
        except ValidationError as error:
            problems += [
                Problem(name, document.line(detail["loc"]), *_explained(detail))
                for detail in error.errors(include_url=False)
            ]
    if problems:
        raise ConfigError("\n".join(map(str, sorted(set(problems)))))
    return settings
