"""Discord's limits of application commands."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Any

from .checks import Path, Problem, count, length
from .limits import choice_problems

CHAT, USER, MESSAGE = 1, 2, 3
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, NUMBER = 1, 2, 3, 4, 5, 10
MOST = {CHAT: 100, USER: 5, MESSAGE: 5}  # commands of a kind, by scope
LOCALES = set(
    "id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja "
    "zh-TW ko ar he".split()
)


def set_problems(commands: list[dict[str, Any]]) -> list[Problem]:
    """What is wrong with all commands of one scope together."""
    kinds = Counter(command.get("type") or CHAT for command in commands)
    problems = [
        Problem((), "APPLICATION_COMMANDS_LIMIT", f"Maximum number of commands of type {kind} reached ({MOST[kind]}).")
        for kind, number in kinds.items()
        if number > MOST.get(kind, 0)
    ]
    used = Counter((command.get("type") or CHAT, command.get("name")) for command in commands)
    twice = [name for (_, name), number in used.items() if number > 1]
    problems += [Problem((), "APPLICATION_COMMANDS_DUPLICATE_NAME", f"{name} is there twice.") for name in twice]
    return problems


def command_problems(command: dict[str, Any], path: Path = ()) -> list[Problem]:
    """What is wrong with one command."""
    kind = command.get("type") or CHAT
    if kind == CHAT:
        problems = _named(command, path)
        size = _size(command)
        if size > 8000:
            problems.append(Problem(path, "APPLICATION_COMMAND_TOO_LARGE", f"Command has {size} of 8000 characters."))
        return problems + _options(command.get("options") or [], path, depth=0)
    problems = length(command.get("name"), (*path, "name"), 32, 1)
    problems += _localised(command.get("name_localizations"), (*path, "name_localizations"), 32, proper=False)
    if command.get("description"):
        text = "Context menu commands cannot have description."
        problems.append(Problem((*path, "description"), "APPLICATION_COMMANDS_CONTEXT_MENU_DESCRIPTION", text))
    if command.get("options"):
        text = "Context menu commands cannot have options."
        problems.append(Problem((*path, "options"), "APPLICATION_COMMANDS_CONTEXT_MENU_OPTIONS", text))
    return problems


def _named(one: dict[str, Any], path: Path) -> list[Problem]:
    problems = _name(one.get("name"), (*path, "name"))
    problems += length(one.get("description"), (*path, "description"), 100, 1)
    problems += _localised(one.get("name_localizations"), (*path, "name_localizations"), 32, proper=True)
    here = (*path, "description_localizations")
    return problems + _localised(one.get("description_localizations"), here, 100, proper=False)


def _name(name: Any, path: Path) -> list[Problem]:
    problems = length(name, path, 32, 1)
    if problems:
        return problems
    good = all(sign in "-_'" or unicodedata.category(sign)[0] in "LN" for sign in name)
    if not good or name != name.lower():
        text = "Command name is invalid: only lower case letters, digits, - _ ' are allowed."
        return [Problem(path, "APPLICATION_COMMAND_INVALID_NAME", f"{text} ({name!r})")]
    return []


def _localised(texts: Any, path: Path, most: int, proper: bool) -> list[Problem]:
    problems = []
    for locale, text in (texts or {}).items():
        if locale not in LOCALES:
            problems.append(Problem((*path, locale), "BASE_TYPE_CHOICES", f"{locale} is no locale of Discord."))
        problems += _name(text, (*path, locale)) if proper else length(text, (*path, locale), most, 1)
    return problems


def _options(options: list[dict[str, Any]], path: Path, depth: int) -> list[Problem]:
    here = (*path, "options")
    problems = count(options, here, 25)
    optional = False
    names = Counter(option.get("name") for option in options)
    if any(times > 1 for times in names.values()):
        text = "Option names must be unique."
        problems.append(Problem(here, "APPLICATION_COMMAND_OPTIONS_NAME_DUPLICATE", text))
    nested = [option["type"] in (SUBCOMMAND, GROUP) for option in options]
    if any(nested) and not all(nested):
        text = "Subcommands and other options exclude each other."
        problems.append(Problem(here, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", text))
    for number, option in enumerate(options):
        one = (*here, number)
        problems += _named(option, one)
        if option["type"] in (SUBCOMMAND, GROUP):
            if depth >= (1 if option["type"] == GROUP else 2):
                problems.append(Problem(one, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Nested too deeply."))
            problems += _options(option.get("options") or [], one, depth + 1)
            continue
        if option.get("required") and optional:
            text = "Required options must be placed before non-required options."
            problems.append(Problem(one, "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", text))
        optional = optional or not option.get("required")
        problems += _plain_option(option, one)
    return problems


def _plain_option(option: dict[str, Any], path: Path) -> list[Problem]:
    problems = []
    choices = option.get("choices")
    if choices:
        problems += choice_problems(choices, (*path, "choices"))
        for number, choice in enumerate(choices):
            here = (*path, "choices", number, "name_localizations")
            problems += _localised(choice.get("name_localizations"), here, 100, proper=False)
        if option.get("autocomplete"):
            text = "Autocomplete and choices exclude each other."
            problems.append(Problem(path, "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_CHOICES", text))
    if (choices or option.get("autocomplete")) and option["type"] not in (STRING, INTEGER, NUMBER):
        text = "Only texts and numbers have choices or autocomplete."
        problems.append(Problem(path, "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", text))
    least, most = option.get("min_length"), option.get("max_length")
    if (least is not None and not 0 <= least <= 6000) or (most is not None and not 1 <= most <= 6000):
        problems.append(Problem(path, "NUMBER_TYPE_MAX", "min_length and max_length are at most 6000."))
    return problems


def _size(one: dict[str, Any]) -> int:
    """Name, description and values together; of localised texts the longest counts."""
    total = 0
    for key in ("name", "description"):
        texts = [one.get(key) or "", *(one.get(f"{key}_localizations") or {}).values()]
        total += max(map(len, texts))
    for choice in one.get("choices") or []:
        total += len(choice["name"]) + len(str(choice["value"]))
    return total + sum(_size(option) for option in one.get("options") or [])
