"""A Discord of one's own: gateway and REST v10 on 127.0.0.1, and people who use the bot.

The unmodified bot runs as a process and talks to it over sockets. A test reads like what people do::

    from tests.discord_double import Double

    async def test_anna_asks() -> None:
        async with Double() as double:
            bot = await double.start_bot("discord", "--config", "config.yaml")
            anna = double.user("anna")
            typed = await anna.type_option("frage", "text", "hemm")
            reply = await anna.slash("frage", text=typed.choices[0].value)
            assert reply.ephemeral and "Quelle" in reply.text and reply.ms < 3000
            quote = await anna.click(reply, "Zitat")
            async with double.gateway.expecting("RESUMED"):
                double.gateway.drop()
            assert double.violations == [] and double.answered_twice == []
            assert await bot.stop() == 0

Tests are ``async def`` and need no mark. One bot for all tests of a file is a fixture with ``scope="module"`` that
yields the double (see test_people.py). What people do returns a ``Result`` (outcome.py): ``kind``, ``message``,
``modal``, ``choices``, ``ms``; messages show later edits and deletion. What the app would not let a person do raises
``NotOfferedError``. Faults are planned with ``double.faults`` and ``double.gateway`` before they happen;
``double.state.deadline`` shortens the 3 seconds where a test waits for them to pass.

Where what is: gateway, sessions; rest, rest_channels, rest_commands, rest_interactions, faults; limits,
limits_components, limits_commands, pings; world, messages, interactions, state; users, offered, outcome; process,
launch.
Not part of it: threads, voice, reactions, rate limit headers, limits per route, other gateway compression than zlib.
"""

from .double import Double
from .messages import Message
from .offered import NotOfferedError
from .outcome import Choice, Modal, Result
from .process import BotProcess
from .users import User

__all__ = ["BotProcess", "Choice", "Double", "Message", "Modal", "NotOfferedError", "Result", "User"]
