"""Whom a message would really notify: its mentions, as far as allowed_mentions lets them through."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_CODE = re.compile(r"```.*?```|``.*?``|`[^`]*`", re.DOTALL)
_USER, _ROLE = re.compile(r"<@!?(\d+)>"), re.compile(r"<@&(\d+)>")
_EVERYONE = re.compile(r"@(everyone|here)\b")


@dataclass(frozen=True)
class Pings:
    """Whom a message notifies: ids of people and roles, and everyone at once."""

    users: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    everyone: bool = False

    def __bool__(self) -> bool:
        return bool(self.users or self.roles or self.everyone)


def pings(text: str, allowed: dict[str, Any] | None, replied_to: str | None) -> Pings:
    """Whom ``text`` notifies; ``replied_to`` is the author of the message it replies to.

    Stricter than Discord in one thing: whether the bot has the permission to mention everyone does not count.
    """
    text = _CODE.sub("", text)
    users, roles = set(_USER.findall(text)), set(_ROLE.findall(text))
    everyone = bool(_EVERYONE.search(text))
    if allowed is None:
        return Pings(frozenset(users | ({replied_to} if replied_to else set())), frozenset(roles), everyone)
    parse = allowed.get("parse") or []
    if "users" not in parse:
        users &= {str(user) for user in allowed.get("users") or []}
    if "roles" not in parse:
        roles &= {str(role) for role in allowed.get("roles") or []}
    if replied_to and allowed.get("replied_user"):
        users.add(replied_to)
    return Pings(frozenset(users), frozenset(roles), everyone and "everyone" in parse)
