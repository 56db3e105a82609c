"""Making the commands known to Discord, but only where it does not know them as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import discord
from discord import app_commands
from discord.http import Route

from bot.channels.discord.faults import described, log

_COMPARED = (
    "name",
    "description",
    "name_localizations",
    "description_localizations",
    "default_member_permissions",
    "nsfw",
    "options",
)
_COMPARED_GLOBALLY = (*_COMPARED, "contexts", "integration_types")
_OPTION = (
    "type",
    "name",
    "description",
    "name_localizations",
    "description_localizations",
    "required",
    "autocomplete",
    "choices",
    "min_length",
    "max_length",
    "min_value",
    "max_value",
    "channel_types",
    "options",
)


async def register(tree: app_commands.CommandTree[Any], guild: discord.abc.Snowflake | None, force: bool) -> None:
    """Register the commands for ``guild``, or everywhere, where they differ or ``force`` says so.

    That Discord refuses or cannot be reached is logged in one line; the commands registered before go on working.
    """
    try:
        known = [] if force else await _registered(tree.client, guild)
        if not force and same_commands(await _own(tree, guild), known, everywhere=guild is None):
            log.info("Die Befehle sind bereits angemeldet")
            return
        registered = await tree.sync(guild=guild)
        log.info("%d Befehle angemeldet", len(registered))
    except discord.Forbidden:
        log.error(
            "Der Server %s lässt die Befehle nicht zu. Bitte laden Sie die Anwendung mit dem Recht"
            " „applications.commands“ auf diesen Server ein",
            guild.id if guild else "",
        )
    except (discord.HTTPException, app_commands.CommandSyncFailure) as error:
        log.error("Die Befehle ließen sich nicht anmelden: %s", described(error))


async def _own(tree: app_commands.CommandTree[Any], guild: discord.abc.Snowflake | None) -> list[Any]:
    translator = tree.translator
    assert translator
    return [
        await command.get_translated_payload(tree, translator)
        for command in tree._get_all_commands(guild=guild)  # the same that sync() sends
    ]


async def _registered(client: discord.Client, guild: discord.abc.Snowflake | None) -> list[Any]:
    """What Discord knows; the library's own call leaves the translations out."""
    scope = f"/guilds/{guild.id}" if guild else ""
    path = f"/applications/{client.application_id}{scope}/commands?with_localizations=true"
    found: list[Any] = await client.http.request(Route("GET", path))
    return found


def same_commands(own: Iterable[Mapping[str, Any]], known: Iterable[Mapping[str, Any]], everywhere: bool) -> bool:
    """Whether two lists of commands mean the same, whatever Discord adds, leaves out or orders differently."""
    return _normal(own, everywhere) == _normal(known, everywhere)


def _normal(commands: Iterable[Mapping[str, Any]], everywhere: bool) -> dict[tuple[int, str], Any]:
    keys = _COMPARED_GLOBALLY if everywhere else _COMPARED
    return {(int(command.get("type") or 1), str(command["name"])): _meaning(command, keys) for command in commands}


def _meaning(payload: Mapping[str, Any], keys: Iterable[str]) -> dict[str, Any]:
    """What a payload says: without ids, defaults and what is empty."""
    found: dict[str, Any] = {}
    for key in keys:
        value = payload.get(key)
        if key == "options":
            value = [_meaning(option, _OPTION) for option in value or ()]
        elif key == "default_member_permissions" and value is not None:
            value = str(value)
        elif key in {"contexts", "integration_types"}:
            value = sorted(value or ())
        if value not in (None, False, "", [], {}):
            found[key] = value
    return found
