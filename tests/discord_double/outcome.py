"""What a person sees after doing something."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from .interactions import Interaction
from .messages import LABEL, TEXT_DISPLAY, Message, walk


class Choice(NamedTuple):
    """A suggestion while typing."""

    name: str
    value: Any


@dataclass(eq=False)
class Modal:
    """A form that opened, with the label of each field."""

    interaction: Interaction  # the one that opened it
    data: dict[str, Any]

    @property
    def title(self) -> str:
        """What stands above it."""
        title: str = self.data["title"]
        return title

    @property
    def fields(self) -> dict[str, dict[str, Any]]:
        """Its inputs by label."""
        found = {}
        for part in walk(self.data["components"]):
            if part["type"] == LABEL:
                found[part["label"]] = part["component"]
            elif part["type"] != TEXT_DISPLAY and part.get("label"):
                found[part["label"]] = part
        return found

    @property
    def text(self) -> str:
        """Everything one can read in it."""
        texts = [part["content"] for part in walk(self.data["components"]) if part["type"] == TEXT_DISPLAY]
        return "\n".join([self.title, *texts, *self.fields])


@dataclass(eq=False)
class Result:
    """What came of it.

    ``kind`` is one of
    message       a message came (``message``; more of them in ``messages``)
    update        the message with the component changed (``message``)
    thinking      it said that it thinks, and nothing came of it in time
    acknowledged  the click was taken, nothing visible happened
    choices       suggestions (``choices``)
    modal         a form opened (``modal``)
    failed        the app did not answer within 3 seconds: "Die Anwendung reagiert nicht"
    silence       nobody answered a message
    """

    kind: str
    message: Message | None = None
    modal: Modal | None = None
    choices: list[Choice] = field(default_factory=list)
    ms: float | None = None  # from dispatch until the answer arrived
    interaction: Interaction | None = None
    asked: Message | None = None  # what the person wrote

    @property
    def messages(self) -> list[Message]:
        """The answer and everything that followed until now."""
        followups = self.interaction.followups if self.interaction is not None else []
        first = [self.message] if self.message is not None else []
        return first + [message for message in followups if message not in first]

    @property
    def text(self) -> str:
        """Everything one can read in the answer."""
        if self.modal is not None:
            return self.modal.text
        return self.message.text if self.message is not None else ""

    @property
    def buttons(self) -> list[str]:
        """The labels of the buttons of the answer."""
        return self.message.buttons if self.message is not None else []

    @property
    def ephemeral(self) -> bool:
        """Whether only the person sees the answer."""
        return self.message is not None and self.message.ephemeral
