"""Whether everything is ready to run, and what to do where it is not."""

from __future__ import annotations

import base64
import binascii
import os
import platform
import re
import shlex
import shutil
import sqlite3
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from enum import IntEnum
from importlib import metadata
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from pydantic import SecretStr
from rich import filesize

from bot import __version__
from bot.channels.lines import Line, Look
from bot.config import CONFIG_FILE, ENVIRONMENT_PREFIX, Settings, load_settings
from bot.errors import UserError
from bot.journal import database
from bot.knowledge import KnowledgeError, load
from bot.knowledge.problems import nearest
from bot.knowledge_folder import knowledge_folder
from bot.typed_text import counted, printable, quoted_path

MUCH_TOO_LITTLE_BYTES = 10_000_000
LITTLE_BYTES = 200_000_000
"""Free space from which the journal soon stops, and from which someone should look."""

EXIT_NOT_READY = 1


class Level(IntEnum):
    """How much a finding matters."""

    FINE = 0
    LOOK = 1
    BROKEN = 2


class Finding(NamedTuple):
    """What was found, as a German sentence, and what to do where it is not fine."""

    level: Level
    text: str
    advice: str = ""


def examine(config: Path | None, knowledge: Path | None, environment: Mapping[str, str]) -> list[Finding]:
    """Everything there is to say; ``config`` and ``knowledge`` are what the command line names.

    Raises:
        ConfigError: where there is no settings object to go by.
    """
    settings = load_settings(config, environment)
    return [
        *check_packages(_requirements()),
        check_terminal(getattr(sys.stdout, "encoding", None)),
        *check_config(config or Path(CONFIG_FILE), environment),
        check_knowledge(knowledge or settings.knowledge),
        check_token(settings.token),
        *check_admin_channel(settings.admin_channel, settings.token),
        check_journal(settings.journal, settings.journal_days),
    ]


def exit_code(findings: Iterable[Finding]) -> int:
    """0 where the bot can run, even if someone should look at something."""
    return EXIT_NOT_READY if any(finding.level is Level.BROKEN for finding in findings) else 0


def lines(findings: Iterable[Finding]) -> Iterator[Line]:
    """The findings for a terminal."""
    marks, looks = _marks(getattr(sys.stdout, "encoding", None)), (Look.PLAIN, Look.NOTICE, Look.NOTICE)
    for finding in findings:
        yield Line(f"{marks[finding.level]} {finding.text}", looks[finding.level])
        if finding.advice:
            yield Line(f"  {finding.advice}")


def _marks(encoding: str | None) -> Sequence[str]:
    return ("✓", "!", "✗") if _shows("✓✗", encoding) else ("+", "!", "x")


def _shows(text: str, encoding: str | None) -> bool:
    try:
        text.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _requirements() -> list[str] | None:
    """What the installed program requires; None where it runs without being installed."""
    try:
        return metadata.requires("ikz-bot") or []
    except metadata.PackageNotFoundError:
        return None


def check_packages(requirements: Iterable[str] | None) -> list[Finding]:
    """Whether the packages that the program needs are there, in a version that it can use."""
    if requirements is None:
        return [
            Finding(Level.LOOK, "Programm: nicht installiert; die Pakete sind ungeprüft.", "So geht es: pip install .")
        ]
    versions, found = [f"ikz-bot {__version__}", f"Python {platform.python_version()}"], []
    for required in map(Requirement, requirements):
        if required.marker and not required.marker.evaluate({"extra": ""}):
            continue
        try:
            version = metadata.version(required.name)
        except metadata.PackageNotFoundError:
            found.append(_wrong_package(f"Das Paket {required.name} fehlt.", required))
            continue
        if version not in required.specifier:
            found.append(_wrong_package(f"Das Paket {required.name} {version} ist zu alt oder zu neu.", required))
        versions.append(f"{required.name} {version}")
    return [Finding(Level.FINE, f"Programm: {', '.join(versions)}."), *found]


def _wrong_package(text: str, required: Requirement) -> Finding:
    return Finding(Level.BROKEN, text, f'Bitte installieren Sie es: pip install "{required.name}{required.specifier}"')


def check_terminal(encoding: str | None) -> Finding:
    """Whether umlauts and quotation marks arrive."""
    if _shows("äöüß„“–…", encoding):
        return Finding(Level.FINE, f"Terminal: zeigt Umlaute ({encoding}).")
    return Finding(
        Level.LOOK,
        f"Das Terminal zeigt nicht alle Zeichen (Kodierung: {encoding or 'unbekannt'}).",
        "Bitte stellen Sie UTF-8 ein, zum Beispiel mit: export LANG=C.UTF-8",
    )


def check_config(file: Path, environment: Mapping[str, str]) -> list[Finding]:
    """Which settings hold, whether others can read a token in them, and variables that nobody knows."""
    known = {ENVIRONMENT_PREFIX + name.upper() for name in Settings.model_fields}
    set_there = sorted(name for name in environment if name.startswith(ENVIRONMENT_PREFIX))
    used = [name for name in set_there if name in known]
    variables = f"; aus der Umgebung: {', '.join(used)}" if used else ""
    exists = file.is_file()
    place = f"aus {quoted_path(file)}" if exists else f"keine Datei {CONFIG_FILE}, es gelten die üblichen Werte"
    found = [Finding(Level.FINE, f"Einstellungen: {place}{variables}.")]
    if exists and load_settings(file, {}).token and file.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH):
        found.append(
            Finding(
                Level.LOOK,
                f"In {quoted_path(file)} steht das Token, und andere Benutzer können die Datei lesen.",
                "Bitte schließen Sie sie mit chmod 600, oder setzen Sie das Token mit IKZ_BOT_TOKEN.",
            )
        )
    for name in map(printable, set(set_there) - known):
        meant = {variable.casefold(): variable for variable in known}.get(nearest(name, map(str.casefold, known)) or "")
        advice = f"Meinten Sie {meant}?" if meant else f"Es gibt: {', '.join(sorted(known))}."
        found.append(Finding(Level.LOOK, f"Die Umgebungsvariable {name} hat keine Wirkung.", advice))
    return found


def check_knowledge(named: Path | None) -> Finding:
    """Whether the knowledge can be read and used."""
    try:
        folder = knowledge_folder(named)
        knowledge = load(folder)
    except UserError as error:
        return Finding(Level.BROKEN, "Wissen: keines gefunden.", str(error))
    except KnowledgeError as error:
        first = printable(str(error.problems[0]))
        text = f"Wissen: {len(error.problems)} Fehler in {quoted_path(folder)}. Der erste: {first}"
        return Finding(Level.BROKEN, text, "Alle Fehler zeigt: ikz-bot check")
    entries = counted(len(list(knowledge.entries)), "Eintrag", "Einträge")
    return Finding(Level.FINE, f"Wissen: {entries}, Ordner {quoted_path(folder)}.")


def check_token(token: SecretStr | None) -> Finding:
    """Whether the token has the form that Discord gives it. It is never shown, not even in part."""
    if token is None:
        return Finding(
            Level.LOOK,
            "Discord: Es ist kein Token gesetzt. Im Terminal brauchen Sie keines.",
            "Für Discord setzen Sie die Umgebungsvariable IKZ_BOT_TOKEN.",
        )
    if _has_form_of_token(token.get_secret_value()):
        return Finding(Level.FINE, "Discord: Das Token hat die richtige Form; ob es gilt, zeigt erst die Anmeldung.")
    return Finding(
        Level.BROKEN,
        "Discord: Was als Token gesetzt ist, hat nicht die Form eines Tokens.",
        "Es besteht aus drei Teilen mit Punkten dazwischen, ohne „Bot“ davor und ohne Anführungszeichen. Ein neues gibt"
        " es auf discord.com/developers bei Ihrer Anwendung unter „Bot“ mit „Reset Token“. Client Secret, Public Key"
        " und Application ID sind etwas anderes.",
    )


def _has_form_of_token(text: str) -> bool:
    """Three parts of URL-safe base64; the first is the number of the application."""
    if not re.fullmatch(r"[\w-]{20,}\.[\w-]{5,}\.[\w-]{20,}", text, re.ASCII):
        return False
    with suppress(binascii.Error):
        number = text.partition(".")[0]
        return base64.urlsafe_b64decode(number + "=" * (-len(number) % 4)).isdigit()
    return False


def check_admin_channel(number: int | None, token: SecretStr | None) -> list[Finding]:
    """Whether the bot may write in the admin channel, which only Discord knows; nothing where nobody wants one."""
    if number is None:
        return []
    if token is None or not _has_form_of_token(token.get_secret_value()):
        return [_unchecked("Ohne gültiges Token lässt sich „admin_channel“ nicht prüfen.")]
    from bot.channels.discord.admin_channel import examine

    try:
        wrong = examine(token.get_secret_value(), number)
    except UserError as error:
        return [_unchecked(f"„admin_channel“ ist nicht geprüft: {error}")]
    if wrong:
        return [Finding(Level.BROKEN, f"Discord: {wrong.text}", wrong.advice)]
    return [Finding(Level.FINE, "Discord: Im Kanal aus „admin_channel“ darf der Bot schreiben.")]


def _unchecked(text: str) -> Finding:
    advice = "Bitte prüfen Sie Token und Internetverbindung, und führen Sie danach noch einmal aus: ikz-bot doctor"
    return Finding(Level.LOOK, f"Discord: {text}", advice)


def check_journal(path: Path | None, kept_days: int) -> Finding:
    """Whether the journal can be written, is whole, and has space to grow. Nothing is created."""
    if path is None:
        return Finding(Level.FINE, "Journal: abgeschaltet.")
    try:
        return _check_journal_file(path, kept_days) if path.exists() else _check_journal_place(path, kept_days)
    except (OSError, sqlite3.Error) as error:
        return Finding(Level.BROKEN, "Journal: Es kann nichts aufgehoben werden.", database.explain(error, path))


def _check_journal_place(path: Path, kept_days: int) -> Finding:
    place = next(parent for parent in path.absolute().parents if parent.exists())
    if not (place.is_dir() and os.access(place, os.W_OK | os.X_OK)):
        raise PermissionError
    kept = counted(kept_days, "Tag", "Tage")
    text = f"Journal: noch keines; es entsteht als {quoted_path(path)} und bewahrt alles {kept} lang."
    return _with_space(path, place, text)


def _check_journal_file(path: Path, kept_days: int) -> Finding:
    with database.opened(path, busy_seconds=1.0) as connection:
        result = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
        if result != "ok":
            return Finding(
                Level.BROKEN,
                f"Journal: {quoted_path(path)} ist beschädigt.",
                "Bitte benennen Sie die Datei um; der Bot legt eine neue an.",
            )
        with database.transaction(connection):  # fails where the file is read-only or held by another program
            number = sum(database.counts(connection).values())
    status = path.stat()
    held, kept = counted(number, "Eintrag", "Einträge"), counted(kept_days, "Tag", "Tage")
    text = f"Journal: {held}, {_size(status.st_size)}, bewahrt alles {kept} lang, Datei {quoted_path(path)}."
    if status.st_mode & (stat.S_IRGRP | stat.S_IROTH):
        advice = f"Bitte schließen Sie sie mit: chmod 600 {shlex.quote(printable(str(path)))}"
        return Finding(Level.LOOK, f"{text} Andere Benutzer können sie lesen.", advice)
    return _with_space(path, path.parent, text)


def _with_space(path: Path, place: Path, text: str) -> Finding:
    free = shutil.disk_usage(place).free
    level = Level.FINE if free >= LITTLE_BYTES else Level.LOOK if free >= MUCH_TOO_LITTLE_BYTES else Level.BROKEN
    advice = "" if level is Level.FINE else f"Bitte schaffen Sie Platz auf dem Datenträger von {quoted_path(path)}."
    return Finding(level, f"{text} Frei sind {_size(free)}.", advice)


def _size(number: int) -> str:
    """A number of bytes as people read it: „3,4 MB“."""
    return filesize.decimal(number).replace("bytes", "Byte").replace(",", "").replace(".", ",")
