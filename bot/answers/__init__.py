"""The one policy: question (and what was said before) → reply, the same for every channel."""

from bot.answers.conversation import answer, is_unfinished, split_questions
from bot.answers.decide import Bundle
from bot.answers.notices import age_in_years, notices
from bot.answers.remembered import renewed
from bot.answers.reply import Notice, Reason, Reply, Status, Suggestion, Understood

__all__ = [
    "Bundle",
    "Notice",
    "Reason",
    "Reply",
    "Status",
    "Suggestion",
    "Understood",
    "age_in_years",
    "answer",
    "is_unfinished",
    "notices",
    "renewed",
    "split_questions",
]
