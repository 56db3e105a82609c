"""Writing and deleting open questions in ``offene-fragen.yaml``."""

from __future__ import annotations

from bot.curation import splice
from bot.curation.edit import Files
from bot.knowledge.consistency import same_words, whole
from bot.knowledge.model import KnowledgeBase
from bot.knowledge.open_model import OPEN_QUESTIONS
from bot.knowledge.yaml_lines import read_yaml

_HEAD = "# yaml-language-server: $schema=schema/offene-fragen.json"


def is_open(knowledge: KnowledgeBase, question: str) -> bool:
    """Whether a question is known to be open, in these words."""
    return same_words(question) in map(same_words, knowledge.open_questions)


def leave_open(files: Files, question: str) -> dict[str, bytes]:
    """The knowledge ``files`` with one more open question.

    Raises:
        UserError: where the file cannot be changed.
    """
    if OPEN_QUESTIONS not in files:
        return {**files, OPEN_QUESTIONS: splice.whole(_HEAD, {"questions": [question]})}
    return {**files, OPEN_QUESTIONS: splice.append(OPEN_QUESTIONS, files[OPEN_QUESTIONS], ("questions",), question)}


def no_longer_open(files: Files, question: str) -> dict[str, bytes]:
    """The knowledge ``files`` without an open question; where it was the only one, without that file.

    Raises:
        UserError: where the file cannot be changed.
    """
    if OPEN_QUESTIONS not in files:
        return dict(files)
    content = files[OPEN_QUESTIONS]
    written = [text for item in whole(read_yaml(OPEN_QUESTIONS, content)) for text, _ in item.texts("questions")]
    found = [number for number, text in enumerate(written) if same_words(text) == same_words(question)]
    if not found:
        return dict(files)
    if len(written) == 1:
        return {name: old for name, old in files.items() if name != OPEN_QUESTIONS}
    return {**files, OPEN_QUESTIONS: splice.drop(OPEN_QUESTIONS, content, ("questions",), found[0])}
