"""REST: answers to interactions, and the messages that follow them."""

from __future__ import annotations

from typing import Any

from .interactions import (
    AUTOCOMPLETE,
    CHOICES,
    COMMAND,
    COMPONENT,
    DEFER_REPLY,
    DEFER_UPDATE,
    MODAL,
    MODAL_SUBMIT,
    REPLY,
    UPDATE,
    Callback,
    Interaction,
)
from .limits import choice_problems, modal_problems
from .messages import EPHEMERAL, LOADING, Message
from .rest import ApiError, Call, Handler, wrong
from .rest_channels import check_edit, check_new

# Which answers fit which interaction; those that change a message need one.
FITTING = {
    COMMAND: {REPLY, DEFER_REPLY, MODAL},
    COMPONENT: {REPLY, DEFER_REPLY, DEFER_UPDATE, UPDATE, MODAL},
    AUTOCOMPLETE: {CHOICES},
    MODAL_SUBMIT: {REPLY, DEFER_REPLY, DEFER_UPDATE, UPDATE},
}


async def callback(call: Call) -> Any:
    """The first answer to an interaction: once, in time, of a fitting type, within the limits."""
    interaction = call.state.interactions.get(call["token"])
    if interaction is None or interaction.id != call["interaction"]:
        raise ApiError(404, 10062, "Unknown interaction")
    ms = (call.arrived - interaction.sent) * 1000
    kind = call.body.get("type")
    try:
        result = _accept(call, interaction, ms)
    except ApiError as error:
        interaction.callbacks.append(Callback(kind, error.status, ms))
        interaction.bell.ring()
        raise
    interaction.callbacks.append(Callback(kind, 200, ms))
    interaction.bell.ring()
    return result if call.asks_for("with_response") else None


def _accept(call: Call, interaction: Interaction, ms: float) -> dict[str, Any]:
    kind, data = call.body.get("type"), call.body.get("data") or {}
    if interaction.answer is not None:
        raise ApiError(400, 40060, "Interaction has already been acknowledged.")
    if ms > call.state.deadline * 1000 or interaction.expired:
        raise ApiError(404, 10062, "Unknown interaction")
    fitting = FITTING[interaction.type]
    if kind not in fitting or (kind in (DEFER_UPDATE, UPDATE) and interaction.message is None):
        call.refuse([wrong(("type",), f"{kind} does not answer an interaction of type {interaction.type}.")])
    if kind == REPLY:
        check_new(call, data, ("data",))
        interaction.original = _post(call, interaction, data)
    elif kind == DEFER_REPLY:
        waiting = _message(call, interaction, data, LOADING)
        interaction.original = call.state.post(waiting, {"flags": data.get("flags") or 0}, {})
    elif kind == UPDATE:
        assert interaction.message is not None
        check_edit(call, interaction.message, data, ("data",))
        call.state.edit(interaction.message, data, call.files)
    elif kind == CHOICES:
        call.refuse(choice_problems(data.get("choices", []), ("data", "choices")))
        interaction.choices = data.get("choices", [])
    elif kind == MODAL:
        call.refuse(modal_problems(data))
        interaction.shown = data
    if kind in (UPDATE, DEFER_UPDATE):
        interaction.original = interaction.message
    interaction.answer, interaction.answered = kind, call.arrived
    return _described(interaction)


def _described(interaction: Interaction) -> dict[str, Any]:
    kind, original = interaction.answer, interaction.original
    described: dict[str, Any] = {"id": interaction.id, "type": interaction.type}
    if original is not None:
        described |= {
            "response_message_id": original.id, "response_message_loading": original.loading,
            "response_message_ephemeral": original.ephemeral,
        }  # fmt: skip
    answer: dict[str, Any] = {"interaction": described}
    if kind in (REPLY, UPDATE) and original is not None:
        answer["resource"] = {"type": kind, "message": original.payload()}
    return answer


async def follow_up(call: Call) -> Any:
    """A further message; the first one after a deferred reply takes the place of "thinks …"."""
    interaction = _answered(call)
    original = interaction.original
    if original is not None and original.loading:
        return _change(call, interaction, original)
    check_new(call, call.body)
    made = _post(call, interaction, call.body)
    interaction.followups.append(made)
    interaction.bell.ring()
    return made.payload()


async def get_message(call: Call) -> Any:
    """The first answer, or a further message."""
    return _named(call, _answered(call)).payload()


async def edit_message(call: Call) -> Any:
    """Change the first answer, or a further message."""
    interaction = _answered(call)
    return _change(call, interaction, _named(call, interaction))


async def delete_message(call: Call) -> Any:
    """Delete the first answer, or a further message."""
    interaction = _answered(call)
    call.state.delete(_named(call, interaction))
    interaction.bell.ring()


def _change(call: Call, interaction: Interaction, message: Message) -> dict[str, Any]:
    if message.loading:
        check_new(call, call.body)
    else:
        check_edit(call, message, call.body)
    call.state.edit(message, {**call.body, "flags": (call.body.get("flags") or 0) & ~EPHEMERAL}, call.files)
    interaction.bell.ring()
    return message.payload()


def _answered(call: Call) -> Interaction:
    """The interaction of a webhook token, which works only after the first answer and for 15 minutes."""
    interaction = call.state.interactions.get(call["token"])
    if interaction is None or interaction.answer is None or call["application"] != call.state.world.bot.id:
        raise ApiError(404, 10015, "Unknown Webhook")
    if interaction.expired or interaction.age > call.state.token_life:
        raise ApiError(401, 50027, "Invalid Webhook Token")
    return interaction


def _named(call: Call, interaction: Interaction) -> Message:
    own = [interaction.original, *interaction.followups]
    wanted = call["message"]
    found = own[0] if wanted == "@original" else next((one for one in own if one and one.id == wanted), None)
    if found is None or found.deleted:
        raise ApiError(404, 10008, "Unknown Message")
    return found


def _message(call: Call, interaction: Interaction, data: dict[str, Any], flags: int = 0) -> Message:
    only = interaction.user if (data.get("flags") or 0) & EPHEMERAL else None
    bot = call.state.world.bot
    return Message(
        interaction.channel,
        bot,
        flags=flags,
        ephemeral_to=only,
        interaction=interaction.metadata(),
        reply_to=interaction.original,  # a further message refers to the first
    )


def _post(call: Call, interaction: Interaction, data: dict[str, Any]) -> Message:
    return call.state.post(_message(call, interaction, data), data, call.files)


OPEN_ROUTES: list[tuple[str, str, Handler]] = [
    ("POST", "/interactions/{interaction}/{token}/callback", callback),
    ("POST", "/webhooks/{application}/{token}", follow_up),
    ("GET", "/webhooks/{application}/{token}/messages/{message}", get_message),
    ("PATCH", "/webhooks/{application}/{token}/messages/{message}", edit_message),
    ("DELETE", "/webhooks/{application}/{token}/messages/{message}", delete_message),
]
