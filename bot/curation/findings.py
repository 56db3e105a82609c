"""Everything that is to be said about a knowledge folder beyond what keeps it from being loaded.

This is the one place where a check joins in: a function that yields :class:`bot.knowledge.problems.Problem`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bot.answers import Bundle
from bot.curation import tidiness, up_to_date, vocabulary
from bot.curation.against_sources import against_sources
from bot.curation.confusions import confusions
from bot.curation.touchstones import try_touchstones
from bot.curation.written import Written
from bot.knowledge.consistency import items
from bot.knowledge.contents import read
from bot.knowledge.load import knowledge_in
from bot.knowledge.problems import KnowledgeError, Level, Problem
from bot.knowledge.touchstone_model import TOUCHSTONES


def findings(bundle: Bundle, written: Written, folder: Path, today: date, sources: Path | None = None) -> list[Problem]:
    """All there is to say, in the order of the files; of the shipped size that takes about four seconds.

    ``sources`` is the folder with the documents that the knowledge cites, where it is to be compared with them.

    Raises:
        UserError: where that folder cannot be read.
    """
    found = quick_findings(bundle, written, folder, today)
    found += confusions(bundle, written, today)
    if sources is not None:
        found += against_sources(bundle.knowledge, written, sources)
    return sorted(found)


def quick_findings(bundle: Bundle, written: Written, folder: Path, today: date) -> list[Problem]:
    """What can be said in a moment, as whenever the knowledge is loaded again while the bot runs."""
    knowledge = bundle.knowledge
    return sorted(
        [
            *touchstones(bundle, written, today),
            *(mend.problem for mend in tidiness.untidy(written)),
            *up_to_date.overtaken(knowledge, written, today),
            *up_to_date.calibration(knowledge, folder),
            *vocabulary.synonyms(knowledge, written),
            *vocabulary.names(knowledge, written),
        ]
    )


def findings_in_force(bundle: Bundle, folder: Path, today: date) -> list[Problem]:
    """The quick findings about knowledge that was loaded from ``folder``; none where other knowledge lies there now."""
    contents = read(folder)
    try:
        if knowledge_in(contents).version != bundle.knowledge.version:
            return []
    except KnowledgeError:
        return []
    return quick_findings(bundle, Written(contents.files), folder, today)


def touchstones(bundle: Bundle, written: Written, today: date) -> Iterator[Problem]:
    """Questions whose answer is settled, and that get another one."""
    for number, trial in enumerate(try_touchstones(bundle, today)):
        if not trial.passed:
            item = items(written.documents[TOUCHSTONES], "touchstones")[number]
            yield written.notice(
                item,
                (),
                "touchstone",
                trial.story,
                "Bitte ergänzen Sie Formulierungen, bis es stimmt, oder ändern Sie den Prüfstein.",
                Level.ERROR,
            )
