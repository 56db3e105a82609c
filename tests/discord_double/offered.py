"""What the Discord app lets a person do with commands: it knows what is registered and refuses the rest itself."""

from __future__ import annotations

from typing import Any, NamedTuple

from .limits_commands import CHAT, GROUP, NUMBER, SUBCOMMAND
from .state import State
from .world import Account, Channel, Role

STRING, INTEGER, BOOLEAN, USER, CHANNEL, ROLE = 3, 4, 5, 6, 7, 8
TYPES: dict[int, Any] = {
    STRING: str, INTEGER: int, BOOLEAN: bool, NUMBER: (int, float), USER: Account, CHANNEL: Channel, ROLE: Role,
}  # fmt: skip
BOT_DM = 1


class NotOfferedError(Exception):
    """The app does not let a person do that: no such command, button or option, or no permission."""


class Found(NamedTuple):
    """A command and the way to its subcommand."""

    command: dict[str, Any]
    path: list[dict[str, Any]]  # subcommand group and subcommand

    @property
    def options(self) -> list[dict[str, Any]]:
        """The options a person can fill in."""
        return list((self.path[-1] if self.path else self.command).get("options") or [])


def find_command(
    state: State, person: Account, channel: Channel, words: str, *, kind: int = CHAT, anyway: bool = False
) -> Found:
    """The command a person means, by its name or its name in the person's language."""
    names = words.split(" ") if kind == CHAT else [words]
    commands = list(state.commands.get("", []))
    if channel.guild is not None:
        commands = state.commands.get(channel.guild.id, []) + commands
    for command in commands:
        if command["type"] != kind or names[0] not in _names(command, person.locale):
            continue
        if channel.guild is None and not command["dm_permission"]:
            continue
        if channel.guild is not None and command["contexts"] and 0 not in command["contexts"]:
            continue
        if channel.guild is not None and not (anyway or _permitted(command, person)):
            raise NotOfferedError(f"{person.name} has not the permissions /{names[0]} declares")
        return Found(command, _path(command, names[1:], person.locale))
    offered = sorted({command["name"] for command in commands if command["type"] == kind})
    raise NotOfferedError(f"there is no {words!r} here; there are {offered}")


def option_values(state: State, found: Found, values: dict[str, Any], focused: str | None = None) -> dict[str, Any]:
    """The data of an interaction with a slash command."""
    values = dict(values)
    resolved: dict[str, dict[str, Any]] = {}
    filled = []
    for option in found.options:
        name = option["name"]
        if name not in values:
            if option.get("required") and focused is None:
                raise NotOfferedError(f"the option {name!r} is required")
            continue
        value = values.pop(name)
        value = getattr(value, "account", value)  # a person stands for its account
        if name == focused:
            if not option.get("autocomplete"):
                raise NotOfferedError(f"the option {name!r} has no autocomplete")
            filled.append({"name": name, "type": option["type"], "value": value, "focused": True})
            continue
        _check(option, value)
        filled.append({"name": name, "type": option["type"], "value": _sent(state, option["type"], value, resolved)})
    if values:
        raise NotOfferedError(f"no options {sorted(values)}; there are {[option['name'] for option in found.options]}")
    for part in reversed(found.path):
        filled = [{"name": part["name"], "type": part["type"], "options": filled}]
    command = found.command
    data: dict[str, Any] = {"id": command["id"], "name": command["name"], "type": CHAT, "options": filled}
    if command.get("guild_id"):
        data["guild_id"] = command["guild_id"]
    if resolved:
        data["resolved"] = resolved
    return data


def _names(part: dict[str, Any], locale: str) -> set[str]:
    localised = (part.get("name_localizations") or {}).get(locale)
    return {part["name"], localised} - {None}


def _permitted(command: dict[str, Any], person: Account) -> bool:
    declared = command["default_member_permissions"]
    if declared is None or person.permission == "administrator":
        return True
    return int(declared) != 0 and person.permissions & int(declared) == int(declared)


def _path(command: dict[str, Any], names: list[str], locale: str) -> list[dict[str, Any]]:
    path: list[dict[str, Any]] = []
    here = command
    for name in names:
        inside = [one for one in here.get("options") or [] if one["type"] in (SUBCOMMAND, GROUP)]
        match = [one for one in inside if name in _names(one, locale)]
        if not match:
            raise NotOfferedError(f"no subcommand {name!r}; there are {[one['name'] for one in inside]}")
        here = match[0]
        path.append(here)
    if any(one["type"] in (SUBCOMMAND, GROUP) for one in here.get("options") or []):
        raise NotOfferedError(f"/{command['name']} needs a subcommand")
    return path


def _check(option: dict[str, Any], value: Any) -> None:
    name = option["name"]
    if not isinstance(value, TYPES[option["type"]]) or (option["type"] == INTEGER and isinstance(value, bool)):
        raise NotOfferedError(f"the option {name!r} takes no {type(value).__name__}")
    if option["type"] == STRING and not option.get("min_length", 0) <= len(value) <= option.get("max_length", 6000):
        raise NotOfferedError(f"the option {name!r} takes no text of {len(value)} characters")
    if option["type"] in (INTEGER, NUMBER):
        low, high = option.get("min_value", value), option.get("max_value", value)
        if not low <= value <= high:
            raise NotOfferedError(f"the option {name!r} takes {low} to {high}")
    if option.get("choices") and value not in [choice["value"] for choice in option["choices"]]:
        raise NotOfferedError(f"the option {name!r} takes only {[choice['value'] for choice in option['choices']]}")


def _sent(state: State, kind: int, value: Any, resolved: dict[str, dict[str, Any]]) -> Any:
    if kind not in (USER, CHANNEL, ROLE):
        return value
    group = {USER: "users", CHANNEL: "channels", ROLE: "roles"}[kind]
    resolved.setdefault(group, {})[value.id] = value.payload()
    if kind == USER:
        resolved.setdefault("members", {})[value.id] = value.member(state.world.guilds[0])
    return value.id
