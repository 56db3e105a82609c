"""Writing and deleting open questions in ``offene-fragen.yaml``."""

from __future__ import annotations

from bot.curation import splice
from bot.curation.edit import Files, append_to_file
from bot.knowledge.consistency import same_words, whole
from bot.knowledge.model import KnowledgeBase
from bot.knowledge.open_model import OPEN_QUESTIONS
from bot.knowledge.yaml_lines import read_yaml


def stands_open(knowledge: KnowledgeBase, question: str) -> bool:
    """Whether a question is among the open ones, in these words."""
    return same_words(question) in map(same_words, knowledge.open_questions)


def leave_open(files: Files, question: str) -> dict[str, bytes]:
    """The knowledge ``files`` with one more open question.

    Raises:
        UserError: where the file cannot be changed.
    """
    return append_to_file(files, OPEN_QUESTIONS, "questions", question)


def no_longer_open(files: Files, *questions: str) -> dict[str, bytes]:
    """The knowledge ``files`` without these open questions; what else stands in the file stays.

    Raises:
        UserError: where the file cannot be changed.
    """
    after = dict(files)
    for question in questions:
        written = _written(after)
        found = [number for number, text in enumerate(written) if same_words(text) == same_words(question)]
        if found and len(written) == 1:
            after[OPEN_QUESTIONS] = splice.put(OPEN_QUESTIONS, after[OPEN_QUESTIONS], (), "questions", [])
        elif found:
            after[OPEN_QUESTIONS] = splice.drop(OPEN_QUESTIONS, after[OPEN_QUESTIONS], ("questions",), found[0])
    return after


def lost_lines(before: Files, after: Files) -> list[str]:
    """The lines of the file that are there before only: open questions with what a curator wrote beside them."""
    kept = after.get(OPEN_QUESTIONS, b"").decode("utf-8", "replace").splitlines()
    old = before.get(OPEN_QUESTIONS, b"").decode("utf-8", "replace").splitlines()
    return [line.strip() for line in old if line not in kept and line.strip() != "questions:"]


def _written(files: Files) -> list[str]:
    """The open questions as they stand in the file."""
    if OPEN_QUESTIONS not in files:
        return []
    return [
        text for item in whole(read_yaml(OPEN_QUESTIONS, files[OPEN_QUESTIONS])) for text, _ in item.texts("questions")
    ]
