"""When the commands are registered: only where Discord knows them differently."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest

from bot.channels.discord.client import Client
from bot.channels.discord.commands import add_commands
from bot.channels.discord.desk import Desk
from bot.channels.discord.registration import same_commands
from bot.channels.discord.translations import ENGLISH, English
from bot.journal import Journal
from bot.live import Live


@pytest.fixture(scope="module")
async def commands(small_folder: Path) -> list[Any]:
    desk = Desk(Live(small_folder), Journal.open(None, 1))
    async with Client(desk, None, force_registration=False) as client:
        add_commands(client.tree, None)
        translator = English()
        await client.tree.set_translator(translator)
        return [await c.get_translated_payload(client.tree, translator) for c in client.tree._get_all_commands()]


def as_discord_stores(commands: list[Any]) -> list[Any]:
    """What Discord gives back: with ids, defaults left out or spelled out, another order, permissions as text."""
    stored = copy.deepcopy(commands)
    for number, command in enumerate(stored):
        command |= {"id": str(number), "application_id": "1", "version": "2", "nsfw": False, "dm_permission": True}
        if command["default_member_permissions"] is not None:
            command["default_member_permissions"] = str(command["default_member_permissions"])
        command["contexts"] = command["contexts"][::-1]
        command.setdefault("description", "")
        for option in command.get("options", []):
            for key in ("required", "autocomplete"):
                if option.get(key) is False:
                    del option[key]
    return stored[::-1]


def test_what_discord_gives_back_is_the_same(commands: list[Any]) -> None:
    assert same_commands(commands, as_discord_stores(commands), everywhere=True)


def test_a_server_knows_no_contexts(commands: list[Any]) -> None:
    stored = as_discord_stores(commands)
    for command in stored:
        command["contexts"] = command["integration_types"] = None
    assert same_commands(commands, stored, everywhere=False)
    assert not same_commands(commands, stored, everywhere=True)


@pytest.mark.parametrize(
    "change",
    [
        lambda found: found.pop(),
        lambda found: found[0].update(name="andere"),
        lambda found: found[0].update(description="anders"),
        lambda found: found[0].update(name_localizations={}),
        lambda found: found[0]["options"][0].update(description_localizations={"en-US": "else"}),
        lambda found: found[0]["options"][0].update(max_length=99),
        lambda found: found[0]["options"][0].update(autocomplete=False),
        lambda found: found[0]["options"].reverse(),
        lambda found: found[0].update(contexts=[0]),
        lambda found: next(c for c in found if c["name"] == "wissen").update(default_member_permissions=None),
        lambda found: next(c for c in found if c["name"] == "wissen")["options"].pop(),
        lambda found: found.append({"type": 1, "name": "alt", "description": "alt"}),
    ],
)
def test_any_difference_is_seen(commands: list[Any], change: Any) -> None:
    stored = copy.deepcopy(commands)
    change(stored)
    assert not same_commands(commands, stored, everywhere=True)


def test_everything_has_an_english_name_and_description(commands: list[Any]) -> None:
    def texts(parts: list[Any]) -> list[tuple[str, Any]]:
        found = []
        for part in parts:
            for key in ("name", "description"):
                if part.get(key):
                    found.append((part[key], part.get(f"{key}_localizations", {})))
            found += texts(part.get("options", []))
        return found

    shown = texts(commands)
    assert all(localised.keys() == {"en-US", "en-GB"} for _, localised in shown)
    assert {german for german, _ in shown} == set(ENGLISH)  # and no translation is left over


def test_only_administration_needs_a_permission_and_a_server(commands: list[Any]) -> None:
    restricted = {c["name"]: c["contexts"] for c in commands if c["default_member_permissions"] is not None}
    assert restricted == {"wissen": [0]}
