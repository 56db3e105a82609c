"""The journal: what stayed unanswered and what helped, without anything that says who asked."""

from bot.journal.writer import Journal

__all__ = ["Journal"]
