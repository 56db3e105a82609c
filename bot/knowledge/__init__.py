"""The curated knowledge: its format, and loading it with every mistake named."""

from bot.knowledge.calibration import Calibration
from bot.knowledge.load import load, parse
from bot.knowledge.model import Duration, Entry, Event, KnowledgeBase, SmallTalk, Source, SourceRef, Topic
from bot.knowledge.problems import KnowledgeError, Problem

__all__ = [
    "Calibration",
    "Duration",
    "Entry",
    "Event",
    "KnowledgeBase",
    "KnowledgeError",
    "Problem",
    "SmallTalk",
    "Source",
    "SourceRef",
    "Topic",
    "load",
    "parse",
]
