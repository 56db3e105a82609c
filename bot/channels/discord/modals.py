"""Forms people fill in. What they were about stands in their ids, so that a restart in between loses nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import discord

from bot.channels.discord.controls import control_id

MAX_REASON = 500
MAX_PROPOSED_ANSWER = 1000
MAX_PROPOSED_LINE = 200


class ReasonModal(discord.ui.Modal):
    """Asks what was wrong with an answer; it may be left empty."""

    def __init__(self, entry_id: str) -> None:
        super().__init__(title="Nicht hilfreich", custom_id=control_id("reason", entry_id))
        field: Any = discord.ui.TextInput(
            custom_id="reason", style=discord.TextStyle.long, required=False, max_length=MAX_REASON
        )
        self.add_item(
            discord.ui.Label(
                text="Was fehlt oder stimmt nicht? (freiwillig)",
                description="Bitte nennen Sie keine Namen und keine anderen persönlichen Angaben.",
                component=field,
            )
        )
        self.stop()


class ProposalModal(discord.ui.Modal):
    """Asks for a question, its answer and where that comes from."""

    def __init__(self) -> None:
        super().__init__(title="Vorschlag für das Wissen", custom_id=control_id("proposal"))
        for name, label, longest, required in (
            ("question", "Frage", MAX_PROPOSED_LINE, True),
            ("answer", "Antwort", MAX_PROPOSED_ANSWER, False),
            ("source", "Woher stammt das?", MAX_PROPOSED_LINE, False),
        ):
            style = discord.TextStyle.long if name == "answer" else discord.TextStyle.short
            field: Any = discord.ui.TextInput(custom_id=name, style=style, required=required, max_length=longest)
            self.add_item(discord.ui.Label(text=label, component=field))
        self.stop()


def filled_in(data: Any) -> dict[str, str]:
    """What stands in a form that was sent: the name of each field → its text."""
    return {
        str(field["custom_id"]): str(field.get("value") or "").strip() for field in _fields(data.get("components", []))
    }


def _fields(components: Any) -> Iterator[Any]:
    for component in components:
        inner = [component["component"]] if "component" in component else component.get("components", [])
        yield from _fields(inner)
        if "value" in component and "custom_id" in component:
            yield component
