"""REST: the application, people, guilds, channels and their messages."""

from __future__ import annotations

from typing import Any

from .checks import Problem
from .limits import is_empty, message_problems
from .messages import EPHEMERAL, IS_V2, Message
from .rest import ApiError, Call, Handler, wrong
from .world import Account, Channel, Guild

MANY = 100


async def me(call: Call) -> Any:
    """The bot itself."""
    return {**call.state.world.bot.payload(), "verified": True, "mfa_enabled": True, "locale": "de"}


async def application(call: Call) -> Any:
    """The application of the bot."""
    world = call.state.world
    return {
        "id": world.bot.id, "name": "ikz-bot", "icon": None, "description": "", "summary": "", "type": None,
        "bot": world.bot.payload(), "bot_public": False, "bot_require_code_grant": False, "verify_key": "0" * 64,
        "flags": 0, "owner": world.owner.payload(), "team": None, "rpc_origins": [], "redirect_uris": [],
        "interactions_endpoint_url": None, "role_connections_verification_url": None, "hook": True,
        "approximate_guild_count": len(world.guilds), "integration_types_config": {"0": {}}, "event_webhooks_status": 1,
        "flags_new": "0", "approximate_user_install_count": 0, "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0, "eligible_oauth2_scopes": [],
    }  # fmt: skip


async def gateway(call: Call) -> Any:
    """Where the gateway is."""
    return {"url": call.state.gateway.url}


async def gateway_bot(call: Call) -> Any:
    """Where the gateway is, and how many shards the bot should use."""
    limit = {"total": 1000, "remaining": 1000, "reset_after": 0, "max_concurrency": call.state.world.shards}
    return {"url": call.state.gateway.url, "shards": call.state.world.shards, "session_start_limit": limit}


async def user(call: Call) -> Any:
    """Someone."""
    return _account(call, call["user"]).payload()


async def guild(call: Call) -> Any:
    """A guild."""
    found, world = _guild(call), call.state.world
    return found.payload(world.owner, world.bot, len(world.accounts))


async def guild_channels(call: Call) -> Any:
    """The channels of a guild."""
    return [channel.payload() for channel in _guild(call).channels]


async def member(call: Call) -> Any:
    """A member of a guild."""
    found = _account(call, call["user"])
    return {**found.member(_guild(call)), "user": found.payload()}


async def open_direct(call: Call) -> Any:
    """Open the direct messages with someone."""
    return call.state.world.direct_channel(_account(call, str(call.body.get("recipient_id")))).payload()


async def channel(call: Call) -> Any:
    """A channel."""
    return _channel(call).payload()


async def typing(call: Call) -> Any:
    """Show that the bot types."""
    _channel(call).typing += 1


async def messages(call: Call) -> Any:
    """The latest messages of a channel, newest first; ephemeral ones are not among them."""
    found = [one for one in call.state.in_channel(_channel(call)) if not one.ephemeral]
    query = call.request.query
    if "before" in query:
        found = [one for one in found if int(one.id) < int(query["before"])]
    if "after" in query:
        found = [one for one in found if int(one.id) > int(query["after"])]
    bot = call.state.world.bot.id
    return [one.payload(bot) for one in reversed(found[-min(int(query.get("limit", 50)), MANY) :])]


async def message(call: Call) -> Any:
    """One message."""
    return _message(call).payload(call.state.world.bot.id)


async def post(call: Call) -> Any:
    """Write a message."""
    where, bot, body = _channel(call), call.state.world.bot, call.body
    if where.person is not None and not where.person.accepts_dms:
        raise ApiError(403, 50007, "Cannot send messages to this user")
    if not where.writable:
        raise ApiError(403, 50013, "Missing Permissions")
    reply_to = _reference(call, where, body)
    check_new(call, body)
    if (body.get("flags") or 0) & EPHEMERAL:
        call.refuse([Problem(("flags",), "BITFIELD_INVALID", "Only answers to interactions are ephemeral.")])
    nonce = body.get("nonce")
    if nonce is not None and body.get("enforce_nonce"):
        for old in call.state.in_channel(where):
            if old.author is bot and old.nonce == nonce:
                return old.payload(bot.id)
    made = Message(where, bot, reply_to=reply_to, nonce=nonce)
    return call.state.post(made, body, call.files).payload(bot.id)


async def edit(call: Call) -> Any:
    """Change a message of the bot."""
    found = _message(call)
    if found.author is not call.state.world.bot:
        raise ApiError(403, 50005, "Cannot edit a message authored by another user")
    check_edit(call, found, call.body)
    call.state.edit(found, call.body, call.files)
    return found.payload(call.state.world.bot.id)


async def delete(call: Call) -> Any:
    """Delete a message of the bot; it has no permission to delete others."""
    found = _message(call)
    if found.author is not call.state.world.bot:
        raise ApiError(403, 50013 if found.channel.guild else 50003, "Missing Permissions")
    call.state.delete(found)


async def end_poll(call: Call) -> Any:
    """End a poll at once."""
    found = _message(call)
    if found.poll is None or found.author is not call.state.world.bot:
        raise ApiError(400, 520001, "Poll voting blocked")
    found.poll = {**found.poll, "results": {**found.poll["results"], "is_finalized": True}}
    call.state.edit(found, {}, {})
    return found.payload(call.state.world.bot.id)


def check_new(call: Call, body: dict[str, Any], prefix: tuple[str, ...] = ()) -> None:
    """Refuse a new message that breaks a limit or shows nothing."""
    problems = message_problems(body, call.files)
    call.refuse([problem._replace(path=(*prefix, *problem.path)) for problem in problems])
    if is_empty(body, call.files):
        call.record(wrong(prefix, "Cannot send an empty message"))
        raise ApiError(400, 50006, "Cannot send an empty message")


def check_edit(call: Call, old: Message, body: dict[str, Any], prefix: tuple[str, ...] = ()) -> None:
    """Refuse an edit after which the message would break a limit or show nothing."""
    stays: dict[str, Any] = {"content": old.content, "embeds": old.embeds, "components": old.components}
    stays = {key: value for key, value in stays.items() if value}
    result = {**stays, **body}
    problems = message_problems(result, call.files, old.flags)
    if old.flags & IS_V2 and "flags" in body and not (body["flags"] or 0) & IS_V2:
        problems.append(Problem(("flags",), "MESSAGE_FLAGS_V2", "IS_COMPONENTS_V2 cannot be removed."))
    call.refuse([problem._replace(path=(*prefix, *problem.path)) for problem in problems])
    if is_empty({**result, "poll": old.poll, "attachments": result.get("attachments", old.attachments)}, call.files):
        call.record(wrong(prefix, "Cannot send an empty message"))
        raise ApiError(400, 50006, "Cannot send an empty message")


def _reference(call: Call, where: Channel, body: dict[str, Any]) -> Message | None:
    reference = body.get("message_reference")
    if not reference:
        return None
    found = call.state.messages.get(str(reference.get("message_id")))
    if found is not None and not found.deleted and found.channel is where and not found.ephemeral:
        return found
    if reference.get("fail_if_not_exists", True):
        # No breach of a rule: people delete messages.
        error = {"_errors": [{"code": "REPLIES_UNKNOWN_MESSAGE", "message": "Unknown message"}]}
        raise ApiError(400, 50035, "Invalid Form Body", {"message_reference": error})
    return None


def _channel(call: Call) -> Channel:
    found = call.state.world.channel(call["channel"])
    if found is None:
        raise ApiError(404, 10003, "Unknown Channel")
    return found


def _message(call: Call) -> Message:
    found = call.state.messages.get(call["message"])
    if found is None or found.deleted or found.ephemeral or found.channel is not _channel(call):
        raise ApiError(404, 10008, "Unknown Message")
    return found


def _guild(call: Call) -> Guild:
    found = call.state.world.guild(call["guild"])
    if found is None:
        raise ApiError(404, 10004, "Unknown Guild")
    return found


def _account(call: Call, account_id: str) -> Account:
    found = call.state.world.account(account_id)
    if found is None:
        raise ApiError(404, 10013, "Unknown User")
    return found


ROUTES: list[tuple[str, str, Handler]] = [
    ("GET", "/users/@me", me),
    ("GET", "/users/{user}", user),
    ("POST", "/users/@me/channels", open_direct),
    ("GET", "/applications/@me", application),
    ("GET", "/oauth2/applications/@me", application),
    ("GET", "/gateway/bot", gateway_bot),
    ("GET", "/guilds/{guild}", guild),
    ("GET", "/guilds/{guild}/channels", guild_channels),
    ("GET", "/guilds/{guild}/members/{user}", member),
    ("GET", "/channels/{channel}", channel),
    ("POST", "/channels/{channel}/typing", typing),
    ("GET", "/channels/{channel}/messages", messages),
    ("POST", "/channels/{channel}/messages", post),
    ("GET", "/channels/{channel}/messages/{message}", message),
    ("PATCH", "/channels/{channel}/messages/{message}", edit),
    ("DELETE", "/channels/{channel}/messages/{message}", delete),
    ("POST", "/channels/{channel}/polls/{message}/expire", end_poll),
]
OPEN_ROUTES: list[tuple[str, str, Handler]] = [("GET", "/gateway", gateway)]
