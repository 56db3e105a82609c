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
"""

from .double import Double
from .messages import Message
from .offered import NotOfferedError
from .outcome import Choice, Modal, Result
from .process import BotProcess
from .users import User

__all__ = ["BotProcess", "Choice", "Double", "Message", "Modal", "NotOfferedError", "Result", "User"]
