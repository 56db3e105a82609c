"""Who and what there is: people, roles, guilds, channels, and their payloads as Discord writes them."""

from __future__ import annotations

import base64
import itertools
import time
from dataclasses import dataclass, field
from typing import Any

from .bell import Bell

DISCORD_EPOCH_MS = 1_420_070_400_000
SHARD_SHIFT = 22  # shard of a guild: (id >> 22) % number of shards

VIEW, SEND, EMBED_LINKS, HISTORY = 1 << 10, 1 << 11, 1 << 14, 1 << 16
ADMINISTRATOR, MANAGE_GUILD, MANAGE_MESSAGES, MENTION_EVERYONE = 1 << 3, 1 << 5, 1 << 13, 1 << 17
USE_COMMANDS, ATTACH_FILES, REACT = 1 << 31, 1 << 15, 1 << 6
SEND_POLLS = 1 << 49
EVERYONE = VIEW | SEND | EMBED_LINKS | HISTORY | USE_COMMANDS | ATTACH_FILES | REACT | SEND_POLLS
ALL = (1 << 53) - 1

# What a test may call a member's permissions.
PERMISSIONS = {
    "none": 0,
    "manage_messages": MANAGE_MESSAGES,
    "manage_guild": MANAGE_GUILD,
    "administrator": ADMINISTRATOR,
}
GUILD_TEXT, DM = 0, 1

_count = itertools.count(1)


def snowflake() -> str:
    """A new id, made of the time in milliseconds and a count, as everywhere at Discord."""
    milliseconds = int(time.time() * 1000) - DISCORD_EPOCH_MS
    return str((milliseconds << SHARD_SHIFT) | (next(_count) & 0x3FFFFF))


@dataclass(eq=False, repr=False)
class Account:
    """Someone who writes: a person, or the bot."""

    name: str
    locale: str = "de"
    permission: str = "none"
    bot: bool = False
    accepts_dms: bool = True
    id: str = field(default_factory=snowflake)

    def __repr__(self) -> str:
        return f"<{self.name}>"

    @property
    def mention(self) -> str:
        """How a message names this account."""
        return f"<@{self.id}>"

    @property
    def permissions(self) -> int:
        """The bits this account has in every channel of a guild."""
        return ALL if self.permission == "administrator" else EVERYONE | PERMISSIONS[self.permission]

    def payload(self) -> dict[str, Any]:
        """The user object."""
        return {
            "id": self.id, "username": self.name, "global_name": None if self.bot else self.name.capitalize(),
            "discriminator": "0001" if self.bot else "0", "avatar": None, "bot": self.bot, "public_flags": 0,
            "flags": 0, "avatar_decoration_data": None, "banner": None, "accent_color": None, "clan": None,
            "primary_guild": None, "collectibles": None,
        }  # fmt: skip

    def member(self, guild: Guild) -> dict[str, Any]:
        """The member object without its user."""
        return {
            "roles": [role.id for role in guild.roles if role.permission == self.permission != "none"], "nick": None,
            "avatar": None, "banner": None, "joined_at": "2024-05-01T08:00:00.000000+00:00", "premium_since": None,
            "deaf": False, "mute": False, "flags": 0, "pending": False, "communication_disabled_until": None,
        }  # fmt: skip


@dataclass(eq=False)
class Role:
    """A role of a guild; its members are those with the same permission."""

    name: str
    permission: str
    id: str = field(default_factory=snowflake)

    def payload(self) -> dict[str, Any]:
        """The role object."""
        own = PERMISSIONS[self.permission]
        return {
            "id": self.id, "name": self.name, "permissions": str(EVERYONE if self.name == "@everyone" else own),
            "position": 0 if self.name == "@everyone" else 1, "color": 0, "hoist": False, "managed": False,
            "mentionable": False, "icon": None, "unicode_emoji": None, "flags": 0,
            "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        }  # fmt: skip


@dataclass(eq=False, repr=False)
class Channel:
    """A place where messages stand, in a guild or between the bot and one person."""

    name: str
    guild: Guild | None
    person: Account | None = None  # the other side of a direct message
    id: str = field(default_factory=snowflake)
    writable: bool = True  # False: the bot may read here, but not write
    typing: int = 0  # how often the bot showed that it types
    history: list[Any] = field(default_factory=list)  # its messages, oldest first
    bell: Bell = field(default_factory=Bell)

    def __repr__(self) -> str:
        return f"<#{self.name}>"

    @property
    def mention(self) -> str:
        """How a message names this channel."""
        return f"<#{self.id}>"

    def payload(self) -> dict[str, Any]:
        """The channel object."""
        if self.person is not None:
            return {
                "id": self.id, "type": DM, "last_message_id": None, "flags": 0,
                "recipients": [self.person.payload()],
            }  # fmt: skip
        assert self.guild is not None
        denied = {"id": self.guild.id, "type": 0, "allow": "0", "deny": str(SEND)}  # to @everyone
        return {
            "id": self.id, "type": GUILD_TEXT, "guild_id": self.guild.id, "name": self.name, "position": 0,
            "permission_overwrites": [] if self.writable else [denied], "topic": None, "nsfw": False,
            "last_message_id": None, "flags": 0, "rate_limit_per_user": 0, "parent_id": None,
            "last_pin_timestamp": None,
        }  # fmt: skip


class Guild:
    """A server with a few channels and roles; everyone is a member of each."""

    def __init__(self, name: str, guild_id: str, channels: list[str], locale: str = "de") -> None:
        self.id, self.name, self.locale = guild_id, name, locale
        self.channels = [Channel(channel, self) for channel in channels]
        self.roles = [
            Role("@everyone", "none", guild_id), Role("Verwaltung", "administrator"),
            Role("Moderation", "manage_messages"), Role("Leitung", "manage_guild"),
        ]  # fmt: skip

    def channel(self, name: str) -> Channel:
        """The channel of this name."""
        return next(channel for channel in self.channels if channel.name == name)

    def payload(self, owner: Account, bot: Account, members: int) -> dict[str, Any]:
        """The guild object of GUILD_CREATE; without privileged intents it lists only the bot as member."""
        return {
            "id": self.id, "name": self.name, "unavailable": False, "owner_id": owner.id, "large": False,
            "member_count": members, "joined_at": "2024-05-01T08:00:00.000000+00:00", "preferred_locale": self.locale,
            "channels": [channel.payload() for channel in self.channels], "threads": [], "presences": [],
            "members": [{**bot.member(self), "user": bot.payload()}], "voice_states": [], "stage_instances": [],
            "guild_scheduled_events": [], "soundboard_sounds": [], "emojis": [], "stickers": [], "features": [],
            "roles": [role.payload() for role in self.roles], "icon": None, "splash": None, "banner": None,
            "description": None, "afk_channel_id": None, "afk_timeout": 300, "verification_level": 0,
            "default_message_notifications": 1, "explicit_content_filter": 0, "mfa_level": 0, "nsfw_level": 0,
            "application_id": None, "system_channel_id": None, "system_channel_flags": 0, "rules_channel_id": None,
            "vanity_url_code": None, "premium_tier": 0, "premium_subscription_count": 0, "nsfw": False,
            "public_updates_channel_id": None, "safety_alerts_channel_id": None, "discovery_splash": None,
            "premium_progress_bar_enabled": False, "max_members": 500_000,
            "home_header": None, "region": "deprecated", "widget_enabled": False, "widget_channel_id": None,
            "max_presences": None, "max_stage_video_channel_users": 50, "max_video_channel_users": 25,
            "incidents_data": None,
        }  # fmt: skip


class World:
    """Everything that stays when the bot goes: it is Discord's memory."""

    def __init__(self, shards: int) -> None:
        self.shards = shards
        self.bot = Account("ikz-bot", bot=True)
        self.owner = Account("inhaberin", permission="administrator")
        self.token = f"{base64.b64encode(self.bot.id.encode()).decode().rstrip('=')}.double.{'x' * 38}"
        first = (int(time.time() * 1000) - DISCORD_EPOCH_MS) & ~1  # even, so that the guilds are on different shards
        names = [("Musterstadt", ["allgemein", "verwaltung", "fragen"]), ("Beispielkreis", ["allgemein", "test"])]
        self.guilds = [
            Guild(name, str((first + number) << SHARD_SHIFT), channels) for number, (name, channels) in enumerate(names)
        ]
        self.accounts = [self.bot, self.owner]
        self.direct: dict[str, Channel] = {}

    def shard_of(self, guild: Guild | None) -> int:
        """The shard that is told what happens in ``guild``; direct messages are told to shard 0."""
        return 0 if guild is None else (int(guild.id) >> SHARD_SHIFT) % self.shards

    def account(self, account_id: str) -> Account | None:
        """The person or bot with this id."""
        return next((account for account in self.accounts if account.id == account_id), None)

    def guild(self, guild_id: str) -> Guild | None:
        """The guild with this id."""
        return next((guild for guild in self.guilds if guild.id == guild_id), None)

    def channel(self, channel_id: str) -> Channel | None:
        """The channel with this id, in a guild or a direct one."""
        everywhere = itertools.chain(self.direct.values(), *(guild.channels for guild in self.guilds))
        return next((channel for channel in everywhere if channel.id == channel_id), None)

    def direct_channel(self, person: Account) -> Channel:
        """The direct messages between the bot and ``person``."""
        return self.direct.setdefault(person.id, Channel(person.name, None, person))
