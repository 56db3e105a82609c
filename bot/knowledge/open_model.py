"""Open questions: what people ask and no source answers, and the format of ``offene-fragen.yaml``.

They answer nothing. They keep the bot from answering with something that only sounds alike.
"""

from __future__ import annotations

from pydantic import Field

from bot.knowledge.fields import Model, Phrasing

OPEN_QUESTIONS = "offene-fragen.yaml"


class OpenQuestionsFile(Model):
    """The content of ``knowledge/offene-fragen.yaml``."""

    questions: tuple[Phrasing, ...] = Field(description="Fragen, die gestellt werden und die keine Quelle beantwortet")
