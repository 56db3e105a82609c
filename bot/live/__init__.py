"""The knowledge in force, kept up with its folder while the program runs: a save is an answer within two seconds."""

from bot.live.knowledge import Live, Shelf, State
from bot.live.news import News, Reader

__all__ = ["Live", "News", "Reader", "Shelf", "State"]
