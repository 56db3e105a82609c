"""How failures are told: one sentence for the person, one line for the log, the same number in both."""

from __future__ import annotations

import logging
import re
import sys
from types import SimpleNamespace
from typing import Any

import aiohttp
import discord
import pytest

from bot.channels.discord.delivery import DELAYS, deliver
from bot.channels.discord.faults import OneLine, described, tell


def refusal(status: int, code: int = 0) -> discord.HTTPException:
    response: Any = SimpleNamespace(status=status, reason="because")
    kinds = {403: discord.Forbidden, 404: discord.NotFound}
    kind = discord.DiscordServerError if status >= 500 else kinds.get(status, discord.HTTPException)
    return kind(response, {"code": code, "message": "text"})


class Person:
    def __init__(self, *failures: Exception) -> None:
        self.told: list[str] = []
        self.failures = list(failures)

    async def say(self, text: str) -> None:
        if self.failures:
            raise self.failures.pop(0)
        self.told.append(text)


def broken(question: str) -> Exception:
    try:
        return KeyError({}[question])
    except KeyError as error:
        return error


async def test_sentence_and_log_share_a_number(caplog: pytest.LogCaptureFixture) -> None:
    person = Person()
    await tell(broken("meine geheime Frage"), "/frage", person.say)
    number = re.search(r"Nummer (\d{6})", person.told[0])
    assert number
    assert len(caplog.records) == 1
    line = caplog.records[0].getMessage()
    assert number[1] in line
    assert "KeyError in test_faults.py:" in line
    assert "geheim" not in line


@pytest.mark.parametrize("code", [10062, 40060])
async def test_an_expired_interaction_is_one_line_and_no_further_attempt(
    code: int, caplog: pytest.LogCaptureFixture
) -> None:
    person = Person()
    await tell(refusal(404, code), "/frage", person.say)
    assert person.told == []
    assert [record.levelno for record in caplog.records] == [logging.WARNING]


async def test_that_nothing_can_be_told_is_one_more_line(caplog: pytest.LogCaptureFixture) -> None:
    await tell(ValueError(), "/frage", Person(refusal(404, 10062)).say)
    await tell(ValueError(), "/frage", Person(aiohttp.ServerDisconnectedError()).say)
    assert len(caplog.records) == 4


def test_a_log_line_is_one_line_without_tokens() -> None:
    try:
        raise OSError("first\nsecond")
    except OSError:
        info = sys.exc_info()
    path = "https://discord.com/api/v10/webhooks/123/aW50.tok-en_x/messages"
    record = logging.LogRecord("discord.http", logging.ERROR, "", 1, "%s failed\nbadly", (path,), info)
    line = OneLine().format(record)
    assert "\n" not in line
    assert "aW50" not in line
    assert "/webhooks/123/…" in line
    assert line.endswith("failed badly – OSError in test_faults.py:" + line.rpartition("test_faults.py:")[2])
    assert "first second" in line


def test_only_errors_of_the_network_show_their_text() -> None:
    assert described(ValueError("meine Frage")) == "ValueError"
    assert described(OSError("kein Netz")) == "OSError: kein Netz"


@pytest.mark.parametrize(
    "failure", [refusal(503), aiohttp.ServerDisconnectedError(), ConnectionResetError(), TimeoutError()]
)
async def test_what_was_lost_is_sent_again(failure: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.channels.discord.delivery.DELAYS", (0.0,) * len(DELAYS))
    person = Person(failure, failure)
    await deliver(lambda: person.say("da"))
    assert person.told == ["da"]
    stubborn = Person(*[failure] * (len(DELAYS) + 1))
    with pytest.raises(type(failure)):
        await deliver(lambda: stubborn.say("da"))


async def test_what_arrived_already_is_not_sent_again() -> None:
    person = Person(refusal(400, 40060))
    assert await deliver(lambda: person.say("da")) is None
    assert person.told == []


@pytest.mark.parametrize("failure", [refusal(403, 50013), refusal(404, 10062), refusal(400), refusal(500)])
async def test_what_is_refused_is_not_sent_again(failure: discord.HTTPException) -> None:
    person = Person(failure)
    with pytest.raises(discord.HTTPException):
        await deliver(lambda: person.say("da"))
    assert person.told == []
