"""What Discord remembers of an interaction, and the payload with which it reaches the bot."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from secrets import token_urlsafe
from typing import Any

from .bell import Bell
from .messages import Message
from .world import EVERYONE, SEND, Account, Channel, World, snowflake

COMMAND, COMPONENT, AUTOCOMPLETE, MODAL_SUBMIT = 2, 3, 4, 5
REPLY, DEFER_REPLY, DEFER_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
NAMES = {COMMAND: "command", COMPONENT: "component", AUTOCOMPLETE: "autocomplete", MODAL_SUBMIT: "modal"}


@dataclass(frozen=True)
class Callback:
    """One attempt of the bot to answer an interaction."""

    type: Any
    status: int  # what Discord said: 200 or 204 accepted; 400, 404 refused
    ms: float  # from dispatch until the request arrived


@dataclass(eq=False, repr=False)
class Interaction:
    """One click, command, keystroke or submitted modal of a person."""

    type: int
    user: Account
    channel: Channel
    data: dict[str, Any]
    message: Message | None = None  # the message whose component was used
    id: str = field(default_factory=snowflake)
    token: str = field(default_factory=lambda: token_urlsafe(60))
    sent: float = 0.0  # time.perf_counter() when it was dispatched
    callbacks: list[Callback] = field(default_factory=list)
    answer: int | None = None  # type of the callback that was accepted
    answered: float = 0.0
    original: Message | None = None  # the message @original means
    followups: list[Message] = field(default_factory=list)
    shown: dict[str, Any] | None = None  # the data of a modal
    choices: list[dict[str, Any]] | None = None
    expired: bool = False
    bell: Bell = field(default_factory=Bell)

    def __repr__(self) -> str:
        what = self.data.get("name") or self.data.get("custom_id")
        return f"<{NAMES[self.type]} {what!r} of {self.user} in {self.channel}: {self.callbacks}>"

    @property
    def accepted(self) -> list[Callback]:
        """The callbacks Discord took; more than one must never happen."""
        return [callback for callback in self.callbacks if callback.status < 300]

    @property
    def ms(self) -> float | None:
        """Milliseconds from dispatch until the accepted callback arrived."""
        return self.accepted[0].ms if self.accepted else None

    @property
    def age(self) -> float:
        """Seconds since it was dispatched."""
        return time.perf_counter() - self.sent

    def payload(self, world: World) -> dict[str, Any]:
        """The interaction object of INTERACTION_CREATE."""
        guild = self.channel.guild
        payload: dict[str, Any] = {
            "id": self.id, "application_id": world.bot.id, "type": self.type, "token": self.token, "version": 1,
            "channel_id": self.channel.id, "data": self.data, "locale": self.user.locale, "entitlements": [],
            "entitlement_sku_ids": [], "attachment_size_limit": 10 * 1024 * 1024,
            "app_permissions": str(EVERYONE if self.channel.writable else EVERYONE & ~SEND),
            "context": 1 if guild is None else 0,
            "authorizing_integration_owners": {"0": "0" if guild is None else guild.id},
            "channel": self.channel.payload(),
        }  # fmt: skip
        if guild is None:
            payload["user"] = self.user.payload()
        else:
            payload |= {
                "guild_id": guild.id, "guild_locale": guild.locale,
                "guild": {"id": guild.id, "locale": guild.locale, "features": []},
                "member": {
                    **self.user.member(guild), "user": self.user.payload(), "permissions": str(self.user.permissions),
                },
            }  # fmt: skip
            payload["channel"] |= {"permissions": str(self.user.permissions)}
        if self.message is not None:
            payload["message"] = self.message.payload()
        return payload

    def metadata(self) -> dict[str, Any]:
        """What a message that answers this interaction tells of it."""
        found: dict[str, Any] = {
            "id": self.id, "type": self.type, "user": self.user.payload(),
            "authorizing_integration_owners": {"0": self.channel.guild.id if self.channel.guild else "0"},
        }  # fmt: skip
        if self.type == COMMAND:
            found |= {"name": self.data["name"], "command_type": self.data["type"]}
            if self.data.get("target_id"):
                found["target_message_id"] = self.data["target_id"]
        if self.type == COMPONENT and self.message is not None:
            found["interacted_message_id"] = self.message.id
        if self.type == MODAL_SUBMIT:
            found["triggering_interaction_metadata"] = {**found, "type": COMPONENT if self.message else COMMAND}
        return found
