"""Messages: what people see of them, and their payloads as Discord writes them."""

from __future__ import annotations

import mimetypes
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from .pings import Pings, pings
from .world import Account, Channel, snowflake

EPHEMERAL, LOADING, IS_V2 = 1 << 6, 1 << 7, 1 << 15
SETTABLE_FLAGS = (1 << 2) | EPHEMERAL | (1 << 12) | IS_V2
ROW, BUTTON, STRING_SELECT, TEXT_INPUT, TEXT_DISPLAY, LABEL = 1, 2, 3, 4, 10, 18
LINK_BUTTON = 5


def now() -> str:
    """The time as Discord writes it."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every component, those inside of others too, in the order in which one reads them."""
    for component in components:
        yield component
        yield from walk(component.get("components") or [])
        inner = [component[key] for key in ("accessory", "component") if isinstance(component.get(key), dict)]
        yield from walk(inner)


@dataclass(eq=False, repr=False)
class Message:
    """A message as people see it now; edits and deletion show on the same object."""

    channel: Channel
    author: Account
    content: str = ""
    embeds: list[dict[str, Any]] = field(default_factory=list)
    components: list[dict[str, Any]] = field(default_factory=list)
    attachments: list[dict[str, Any]] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)  # the attached files by name
    poll: dict[str, Any] | None = None
    ballots: dict[str, int] = field(default_factory=dict)  # who voted for which answer of the poll
    flags: int = 0
    ephemeral_to: Account | None = None  # the only person who sees it
    reply_to: Message | None = None
    pings: Pings = field(default_factory=Pings)
    mentions: list[Account] = field(default_factory=list)  # the people among its pings
    deleted: bool = False
    edits: int = 0
    nonce: Any = None
    allowed_mentions: dict[str, Any] | None = None
    interaction: dict[str, Any] | None = None  # interaction_metadata
    id: str = field(default_factory=snowflake)
    sent: str = field(default_factory=now)
    edited: str | None = None
    arrived: float = field(default_factory=time.perf_counter)

    def __repr__(self) -> str:
        marks = [mark for mark in ("ephemeral", "deleted", "loading") if getattr(self, mark)]
        return f"<message of {self.author} in {self.channel}: {' '.join([*marks, repr(self.text), *self.buttons])}>"

    @property
    def ephemeral(self) -> bool:
        """Whether only one person sees it."""
        return self.ephemeral_to is not None

    @property
    def loading(self) -> bool:
        """Whether it still says that the bot thinks."""
        return bool(self.flags & LOADING)

    @property
    def text(self) -> str:
        """Everything one can read in it: content, embeds, text displays; buttons not."""
        parts = [self.content]
        for embed in self.embeds:
            parts += [(embed.get("author") or {}).get("name"), embed.get("title"), embed.get("description")]
            for one in embed.get("fields") or []:
                parts += [one["name"], one["value"]]
            parts.append((embed.get("footer") or {}).get("text"))
        parts += [part["content"] for part in walk(self.components) if part["type"] == TEXT_DISPLAY]
        return "\n".join(part for part in parts if part)

    @property
    def buttons(self) -> list[str]:
        """The labels of its buttons (of one without label: its emoji)."""
        found = [part for part in walk(self.components) if part["type"] == BUTTON]
        return [part.get("label") or (part.get("emoji") or {}).get("name") or "" for part in found]

    @property
    def options(self) -> list[str]:
        """The labels of all options of its select menus."""
        menus = [part for part in walk(self.components) if part["type"] == STRING_SELECT]
        return [option["label"] for menu in menus for option in menu["options"]]

    def seen_by(self, account: Account) -> bool:
        """Whether ``account`` sees it."""
        return not self.deleted and self.ephemeral_to in (None, account)

    def apply(self, body: dict[str, Any], files: dict[str, bytes]) -> None:
        """Put what a request says into the message; what it does not name stays."""
        for key in ("content", "embeds", "components"):
            if key in body:
                setattr(self, key, body[key] or ("" if key == "content" else []))
        if "poll" in body:
            self.poll = _poll(body["poll"]) if body["poll"] else None
        if body.get("flags"):
            self.flags |= body["flags"] & SETTABLE_FLAGS
        if "attachments" in body or files:
            self._attach(body.get("attachments"), files)
        for number, component in enumerate(walk(self.components), 1):
            component.setdefault("id", number)
        for embed in self.embeds:
            embed.setdefault("type", "rich")
        self.allowed_mentions = body.get("allowed_mentions")
        answers_other = self.reply_to is not None and self.reply_to.author is not self.author
        replied = self.reply_to.author.id if self.reply_to is not None and answers_other else None
        self.pings = pings(self.pingable(), self.allowed_mentions, replied)

    def pingable(self) -> str:
        """The text whose mentions notify: content and text displays; embeds never do."""
        displays = [part["content"] for part in walk(self.components) if part["type"] == TEXT_DISPLAY]
        return "\n".join([self.content, *displays])

    def _counts(self) -> list[dict[str, Any]]:
        """The votes of a poll; answers nobody chose are left out."""
        counted = Counter(self.ballots.values())
        return [{"id": answer, "count": count, "me_voted": False} for answer, count in sorted(counted.items())]

    def _attach(self, listed: list[dict[str, Any]] | None, files: dict[str, bytes]) -> None:
        kept = [old for old in self.attachments if listed is None or old["id"] in {str(one["id"]) for one in listed}]
        descriptions = {one.get("filename"): one.get("description") for one in listed or []}
        for name, data in files.items():
            number = snowflake()
            url = f"https://cdn.discordapp.com/attachments/{self.channel.id}/{number}/{name}"
            kept.append({
                "id": number, "filename": name, "size": len(data), "url": url, "proxy_url": url, "title": None,
                "content_type": mimetypes.guess_type(name)[0] or "application/octet-stream",
            })  # fmt: skip
            if descriptions.get(name):
                kept[-1]["description"] = descriptions[name]
        self.attachments = kept
        self.files = {**self.files, **files}

    def payload(self, reader: str | None = None, nested: bool = False) -> dict[str, Any]:
        """The message object.

        ``reader`` is the id of the bot when it gets the message without the message content intent: then text shows
        only in its own messages, in direct ones and where it is mentioned.
        """
        mentioned = self.mentions
        hidden = (
            reader is not None
            and self.channel.guild is not None
            and self.author.id != reader
            and reader not in {account.id for account in mentioned}
        )
        payload: dict[str, Any] = {
            "id": self.id, "channel_id": self.channel.id, "type": 19 if self.reply_to is not None else 0,
            "content": "" if hidden else self.content, "author": self.author.payload(),
            "embeds": [] if hidden else self.embeds, "components": [] if hidden else self.components,
            "attachments": [] if hidden else self.attachments, "timestamp": self.sent,
            "edited_timestamp": self.edited, "flags": self.flags, "pinned": False, "tts": False,
            "mentions": [account.payload() for account in mentioned], "mention_roles": sorted(self.pings.roles),
            "mention_everyone": self.pings.everyone,
        }  # fmt: skip
        if self.poll and not hidden:
            payload["poll"] = {**self.poll, "results": {**self.poll["results"], "answer_counts": self._counts()}}
        if self.nonce is not None:
            payload["nonce"] = self.nonce
        if self.interaction is not None:
            payload |= {
                "application_id": self.author.id, "webhook_id": self.author.id,
                "interaction_metadata": self.interaction, "position": 0,
            }  # fmt: skip
            payload["type"] = {2: 20, 3: 0, 5: 0}[self.interaction["type"]]
            if self.interaction["type"] == 2 and self.interaction.get("target_message_id"):
                payload["type"] = 23
        if self.reply_to is not None:
            payload["message_reference"] = {"type": 0, "channel_id": self.channel.id, "message_id": self.reply_to.id}
            if self.channel.guild is not None:
                payload["message_reference"]["guild_id"] = self.channel.guild.id
            if not nested:
                gone = self.reply_to.deleted
                payload["referenced_message"] = None if gone else self.reply_to.payload(reader, nested=True)
        return payload


def _poll(body: dict[str, Any]) -> dict[str, Any]:
    answers = [
        {"answer_id": number, "poll_media": answer["poll_media"]} for number, answer in enumerate(body["answers"], 1)
    ]
    ends = datetime.now(UTC) + timedelta(hours=body.get("duration") or 24)
    return {
        "question": body["question"], "answers": answers, "allow_multiselect": bool(body.get("allow_multiselect")),
        "layout_type": 1, "expiry": ends.isoformat(),
        "results": {"is_finalized": False, "answer_counts": []},
    }  # fmt: skip
