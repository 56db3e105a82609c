"""REST: application commands."""

from __future__ import annotations

from typing import Any

from .limits_commands import command_problems, set_problems
from .rest import ApiError, Call, Handler
from .world import snowflake

FALSE_IS_SILENT = ("required", "autocomplete")
LOCALISED = ("name_localizations", "description_localizations")


async def fetch(call: Call) -> Any:
    """All commands of a scope."""
    return [_shown(call, command) for command in _scope(call)]


async def fetch_one(call: Call) -> Any:
    """One command."""
    return _shown(call, _find(call))


async def overwrite(call: Call) -> Any:
    """Replace all commands of a scope; those that keep kind and name keep their id."""
    _note(call)
    bodies = call.body
    problems = set_problems(bodies)
    for number, body in enumerate(bodies):
        problems += command_problems(body, (number,))
    call.refuse(problems)
    old = {(command["type"], command["name"]): command for command in _scope(call)}
    made = [_stored(call, body, old.get((body.get("type") or 1, body["name"]))) for body in bodies]
    call.state.commands[_guild(call)] = made
    return [_shown(call, command, with_texts=True) for command in made]


async def upsert(call: Call) -> Any:
    """Add a command, or replace the one of the same kind and name."""
    _note(call)
    scope = _scope(call)
    old = next(
        (one for one in scope if (one["type"], one["name"]) == (call.body.get("type") or 1, call.body.get("name"))),
        None,
    )
    others = [one for one in scope if one is not old]
    call.refuse(command_problems(call.body) + set_problems([*others, call.body]))
    made = _stored(call, call.body, old)
    call.state.commands[_guild(call)] = [*others, made]
    return _shown(call, made, with_texts=True)


async def change(call: Call) -> Any:
    """Change what the body names."""
    _note(call)
    old = _find(call)
    body = {**old, **call.body}
    call.refuse(command_problems(body))
    made = _stored(call, body, old)
    call.state.commands[_guild(call)] = [made if one is old else one for one in _scope(call)]
    return _shown(call, made, with_texts=True)


async def remove(call: Call) -> Any:
    """Delete a command."""
    _note(call)
    _scope(call).remove(_find(call))


def _guild(call: Call) -> str:
    return call.request.match_info.get("guild", "")


def _note(call: Call) -> None:
    call.state.registrations.append(f"{call.request.method} {'guild' if _guild(call) else 'global'}")


def _scope(call: Call) -> list[dict[str, Any]]:
    if call["application"] != call.state.world.bot.id:
        raise ApiError(404, 10002, "Unknown Application")
    if _guild(call) and call.state.world.guild(_guild(call)) is None:
        raise ApiError(403, 50001, "Missing Access")
    return call.state.commands.setdefault(_guild(call), [])


def _find(call: Call) -> dict[str, Any]:
    for command in _scope(call):
        if command["id"] == call["command"]:
            return command
    raise ApiError(404, 10063, "Unknown application command")


def _stored(call: Call, body: dict[str, Any], old: dict[str, Any] | None) -> dict[str, Any]:
    """A command as Discord keeps it: with defaults for what the body leaves out."""
    permissions = body.get("default_member_permissions")
    contexts = body.get("contexts")
    kind = body.get("type") or 1
    command = {
        "id": old["id"] if old else snowflake(), "application_id": call.state.world.bot.id, "version": snowflake(),
        "default_member_permissions": None if permissions is None else str(permissions), "type": kind,
        "name": body["name"], "name_localizations": body.get("name_localizations") or None,
        "description": body.get("description") or "",
        "description_localizations": body.get("description_localizations") or None,
        "dm_permission": 1 in contexts if contexts else body.get("dm_permission") is not False,
        "contexts": contexts, "integration_types": body.get("integration_types") or [0],
        "nsfw": bool(body.get("nsfw")),
    }  # fmt: skip
    if _guild(call):
        command["guild_id"] = _guild(call)
    if body.get("options"):
        command["options"] = [_option(option) for option in body["options"]]
    return command


def _option(body: dict[str, Any]) -> dict[str, Any]:
    option = {key: value for key, value in body.items() if value is not None}
    for key in FALSE_IS_SILENT:
        if not option.get(key):
            option.pop(key, None)
    if option.get("options"):
        option["options"] = [_option(one) for one in option["options"]]
    for key in ("options", "choices"):
        if not option.get(key):
            option.pop(key, None)
    return option


def _shown(call: Call, command: dict[str, Any], with_texts: bool = False) -> dict[str, Any]:
    """A command as an answer shows it: localised texts only when asked for."""
    return command if with_texts or call.asks_for("with_localizations") else _without_texts(command)


def _without_texts(part: dict[str, Any]) -> dict[str, Any]:
    shown = {key: value for key, value in part.items() if key not in LOCALISED}
    for key in ("options", "choices"):
        if key in shown:
            shown[key] = [_without_texts(one) for one in shown[key]]
    return shown


def _routes() -> list[tuple[str, str, Handler]]:
    every: list[tuple[str, str, Handler]] = []
    for base in ("/applications/{application}/commands", "/applications/{application}/guilds/{guild}/commands"):
        every += [("GET", base, fetch), ("PUT", base, overwrite), ("POST", base, upsert)]
        every += [("GET", f"{base}/{{command}}", fetch_one), ("PATCH", f"{base}/{{command}}", change)]
        every += [("DELETE", f"{base}/{{command}}", remove)]
    return every


ROUTES = _routes()
