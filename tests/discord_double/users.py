"""People: they do what the Discord app lets them do, and see what it shows them."""

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
    UPDATE,
    Interaction,
)
from .messages import BUTTON, LINK_BUTTON, STRING_SELECT, Message, walk
from .offered import NotOfferedError, find_command, option_values
from .outcome import Choice, Modal, Result
from .state import State
from .world import MANAGE_MESSAGES, Account, Channel

SETTLE = 0.5  # seconds in which something may follow an acknowledged click


class User:
    """A person; every method is one thing a person does, and returns what the person then sees."""

    def __init__(self, state: State, account: Account, home: Channel) -> None:
        self._state, self.account, self.home = state, account, home

    @property
    def name(self) -> str:
        """The person's name."""
        return self.account.name

    @property
    def id(self) -> str:
        """The person's id."""
        return self.account.id

    @property
    def dm(self) -> Channel:
        """The person's direct messages with the bot."""
        return self._state.world.direct_channel(self.account)

    def sees(self, channel: Channel) -> list[Message]:
        """The messages of a channel this person sees, oldest first."""
        return [message for message in channel.history if message.seen_by(self.account)]

    def offered(self, command: str, channel: Channel | None = None) -> bool:
        """Whether the app offers this command here, by permissions and context."""
        try:
            find_command(self._state, self.account, channel or self.home, command)
        except NotOfferedError:
            return False
        return True

    async def slash(
        self,
        command: str,
        *,
        channel: Channel | None = None,
        anyway: bool = False,
        timeout: float = 10.0,
        **options: Any,
    ) -> Result:
        """Run a slash command (``"wissen status"`` with a subcommand).

        ``anyway`` runs it without the permission it declares, as when an administrator of the guild has opened it.
        """
        where = channel or self.home
        data = option_values(self._state, self._found(command, where, anyway), options)
        return await self._interact(Interaction(COMMAND, self.account, where, data), timeout)

    async def type_option(
        self, command: str, option: str, text: str, *, channel: Channel | None = None, **filled: Any
    ) -> Result:
        """Type into an option of a slash command; the suggestions are in ``choices``."""
        where = channel or self.home
        data = option_values(self._state, self._found(command, where), {**filled, option: text}, focused=option)
        return await self._interact(Interaction(AUTOCOMPLETE, self.account, where, data))

    async def context_menu(self, command: str, message: Message | Result, timeout: float = 10.0) -> Result:
        """Use an entry of the menu of a message."""
        target = self._visible(message)
        found = find_command(self._state, self.account, target.channel, command, kind=3).command
        data = {
            "id": found["id"], "name": found["name"], "type": 3, "target_id": target.id,
            "resolved": {"messages": {target.id: target.payload()}},
        }  # fmt: skip
        if found.get("guild_id"):
            data["guild_id"] = found["guild_id"]
        return await self._interact(Interaction(COMMAND, self.account, target.channel, data), timeout)

    async def click(self, message: Message | Result, button: str, timeout: float = 10.0) -> Result:
        """Click a button, named by its label or custom_id."""
        target = self._visible(message)
        for part in walk(target.components):
            emoji = (part.get("emoji") or {}).get("name")
            if part["type"] == BUTTON and button in (part.get("label") or emoji, part.get("custom_id")):
                break
        else:
            raise NotOfferedError(f"no button {button!r}; there are {target.buttons}")
        if part.get("disabled") or part["style"] == LINK_BUTTON:
            raise NotOfferedError(f"the button {button!r} is disabled or a link")
        data = {"custom_id": part["custom_id"], "component_type": BUTTON, "id": part["id"]}
        return await self._interact(Interaction(COMPONENT, self.account, target.channel, data, target), timeout)

    async def select(
        self, message: Message | Result, wanted: list[str], menu: str | None = None, timeout: float = 10.0
    ) -> Result:
        """Choose options by label or value, in the first select menu or in the one with this custom_id."""
        target = self._visible(message)
        for part in walk(target.components):
            if part["type"] == STRING_SELECT and menu in (None, part["custom_id"]):
                break
        else:
            raise NotOfferedError("no such select menu")
        if part.get("disabled"):
            raise NotOfferedError("the select menu is disabled")
        data = {
            "custom_id": part["custom_id"], "component_type": STRING_SELECT, "id": part["id"],
            "values": _chosen(part, wanted),
        }  # fmt: skip
        return await self._interact(Interaction(COMPONENT, self.account, target.channel, data, target), timeout)

    async def submit(self, modal: Modal | Result, values: dict[str, Any], timeout: float = 10.0) -> Result:
        """Fill in a form and send it; fields are named by label or custom_id."""
        form = modal.modal if isinstance(modal, Result) else modal
        if form is None or form.interaction.user is not self.account:
            raise NotOfferedError("no form is open")
        data = {"custom_id": form.data["custom_id"], "components": _filled(form, dict(values))}
        source = form.interaction
        made = Interaction(MODAL_SUBMIT, self.account, source.channel, data, source.message)
        return await self._interact(made, timeout)

    def votes(self, message: Message, answer: str) -> None:
        """Choose an answer of a poll; a second choice takes the place of the first."""
        target = self._visible(message)
        if target.poll is None or target.poll["results"]["is_finalized"]:
            raise NotOfferedError("there is no poll to vote in")
        numbers = {one["poll_media"]["text"]: one["answer_id"] for one in target.poll["answers"]}
        if answer not in numbers:
            raise NotOfferedError(f"no answer {answer!r}; there are {list(numbers)}")
        target.ballots[self.id] = numbers[answer]

    async def says(
        self,
        text: str,
        channel: Channel | None = None,
        *,
        mention_bot: bool = False,
        reply_to: Message | Result | None = None,
        ping: bool = True,
        timeout: float = 3.0,
    ) -> Result:
        """Write a message and wait for an answer of the bot; ``ping`` is the switch of a reply."""
        where = channel or self.home
        replied = self._visible(reply_to) if reply_to is not None else None
        if replied is not None and (replied.ephemeral or replied.channel is not where):
            raise NotOfferedError("nobody can reply to that message here")
        bot = self._state.world.bot
        content = f"{bot.mention} {text}".strip() if mention_bot else text
        message = Message(where, self.account, reply_to=replied)
        start = len(where.history)
        body = {"content": content, "allowed_mentions": {"parse": ["users"], "replied_user": ping}}
        self._state.post(message, body, {})
        found: list[Message] = []

        def answered() -> bool:
            for other in where.history[start:]:
                mine = other.reply_to in (None, message) and other.author is bot and other.interaction is None
                if mine and other not in self._state.heard and not other.deleted:
                    found.append(other)
                    self._state.heard.add(other)
                    return True
            return False

        if not await where.bell.until(answered, timeout):
            return Result("silence", asked=message)
        ms = (found[0].arrived - message.arrived) * 1000
        return Result("message", found[0], ms=ms, asked=message)

    async def writes_dm(self, text: str, *, reply_to: Message | Result | None = None, timeout: float = 3.0) -> Result:
        """Write a direct message to the bot."""
        return await self.says(text, self.dm, reply_to=reply_to, timeout=timeout)

    async def edits(self, message: Message, text: str) -> None:
        """Change a message of one's own."""
        if message.author is not self.account or message.deleted:
            raise NotOfferedError("one can only change messages of one's own")
        self._state.edit(message, {"content": text, "allowed_mentions": {"parse": ["users"]}}, {})

    async def deletes(self, message: Message) -> None:
        """Delete a message of one's own, or as a moderator any other."""
        may = message.author is self.account or self.account.permissions & MANAGE_MESSAGES
        if not may or message.ephemeral or message.deleted:
            raise NotOfferedError(f"{self.name} cannot delete that message")
        self._state.delete(message)

    def _found(self, command: str, where: Channel, anyway: bool = False) -> Any:
        return find_command(self._state, self.account, where, command, anyway=anyway)

    def _visible(self, message: Message | Result) -> Message:
        target = message.message if isinstance(message, Result) else message
        if target is None or not target.seen_by(self.account):
            raise NotOfferedError(f"{self.name} does not see such a message")
        return target

    async def _interact(self, interaction: Interaction, timeout: float = 10.0) -> Result:
        state, before = self._state, interaction.message.edits if interaction.message else 0
        state.dispatch(interaction)
        patience = state.deadline + 0.5
        if not await interaction.bell.until(lambda: interaction.answer is not None, patience):
            return Result("failed", interaction=interaction)
        original, answer = interaction.original, interaction.answer
        result = Result("message", original, ms=interaction.ms, interaction=interaction)
        if answer == CHOICES:
            choices = [Choice(one["name"], one["value"]) for one in interaction.choices or []]
            return Result("choices", choices=choices, ms=interaction.ms, interaction=interaction)
        if answer == MODAL:
            form = Modal(interaction, interaction.shown or {})
            return Result("modal", modal=form, ms=interaction.ms, interaction=interaction)
        if answer == UPDATE:
            result.kind = "update"
        if answer == DEFER_REPLY and original is not None:
            done = await interaction.channel.bell.until(lambda: not original.loading or original.deleted, timeout)
            result.kind = "message" if done else "thinking"
        if answer == DEFER_UPDATE and original is not None:
            changed = lambda: bool(interaction.followups) or original.edits > before or original.deleted  # noqa: E731
            await interaction.channel.bell.until(changed, SETTLE)
            if interaction.followups:
                result.message = interaction.followups[0]
            else:
                result.kind = "update" if changed() else "acknowledged"
        return result


def _chosen(menu: dict[str, Any], wanted: list[str]) -> list[str]:
    values = []
    for one in wanted:
        match = [option["value"] for option in menu["options"] if one in (option["label"], option["value"])]
        if not match:
            raise NotOfferedError(f"no option {one!r}; there are {[option['label'] for option in menu['options']]}")
        values.append(match[0])
    least = menu["min_values"] if menu.get("min_values") is not None else 1
    if not least <= len(values) <= (menu.get("max_values") or 1):
        raise NotOfferedError(f"{len(values)} options cannot be chosen")
    return values


def _filled(form: Modal, values: dict[str, Any]) -> list[dict[str, Any]]:
    answers = {}
    for label, part in form.fields.items():
        given = values.pop(label, values.pop(part["custom_id"], None))
        answer: dict[str, Any] = {"type": part["type"], "id": part.get("id", 0), "custom_id": part["custom_id"]}
        if part["type"] == STRING_SELECT:
            answer["values"] = _chosen(part, [given] if isinstance(given, str) else given or [])
        else:
            text = part.get("value") or "" if given is None else given
            if not text and part.get("required", True):
                raise NotOfferedError(f"{label!r} has to be filled in")
            if text and not (part.get("min_length") or 0) <= len(text) <= (part.get("max_length") or 4000):
                raise NotOfferedError(f"{label!r} takes no text of {len(text)} characters")
            answer["value"] = text
        answers[part["custom_id"]] = answer
    if values:
        raise NotOfferedError(f"no fields {sorted(values)}; there are {sorted(form.fields)}")
    filled = []
    for part in form.data["components"]:
        shown: dict[str, Any] = {"type": part["type"], "id": part.get("id", 0)}
        if "component" in part:
            shown["component"] = answers[part["component"]["custom_id"]]
        elif "components" in part:
            shown["components"] = [answers[one["custom_id"]] for one in part["components"]]
        filled.append(shown)
    return filled
