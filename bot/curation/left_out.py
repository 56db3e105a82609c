"""What happens to questions whose entry is missing: realistic ones that cannot be answered.

Entries are left out fold by fold, and their labelled questions asked. An answer of an entry that covers the missing one
counts as right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date

from bot.answers import Bundle, Status
from bot.curation.bases import with_phrasings
from bot.curation.blind import covering, entry_folds, phrasings_of
from bot.curation.evaluate import Outcome, replay
from bot.curation.questions import LabelledQuestion
from bot.curation.shares import Share, share


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The figures, and the outcomes behind them, whose labels name what still answers the question.

    Of questions none of whose entries is left: ``covered``: answered by an entry that covers a missing one, which is
    right; ``answered``: by any other, which is wrong; ``suggested``; ``unknown``. Of questions some of whose entries
    are left, each time one is missing: ``partly_right``: answered by one that is left or covers a missing one;
    ``partly_wrong``: by any other.
    """

    covered: Share
    answered: Share
    suggested: Share
    unknown: Share
    partly_right: Share
    partly_wrong: Share
    outcomes: tuple[Outcome, ...]


def left_out(bundle: Bundle, questions: Sequence[LabelledQuestion], today: date) -> LeftOut:
    """Leaves out every entry once, in seeded folds; the thresholds stay those of the whole knowledge."""
    gone: list[Outcome] = []
    partly: list[Outcome] = []
    covers = covering(bundle.knowledge)
    for missing in entry_folds(phrasings_of(bundle.knowledge)):
        kept = {entry.id: entry.phrasings for entry in bundle.knowledge.entries if entry.id not in missing}
        rest = Bundle.build(with_phrasings(bundle.knowledge, kept), bundle.confidence)
        concerned = [q for q in questions if q.expected & missing]
        answering = [
            replace(q, expected=(q.expected | _covering(q.expected & missing, covers)) - missing) for q in concerned
        ]
        for question, outcome in zip(concerned, replay(rest, answering, today), strict=True):
            (partly if question.expected - missing else gone).append(outcome)

    def right(outcome: Outcome) -> bool:
        return bool(outcome.told & outcome.labelled.expected)

    return LeftOut(
        covered=share([right(o) for o in gone]),
        answered=share([bool(o.told) and not right(o) for o in gone]),
        suggested=share([o.status is Status.SUGGESTIONS for o in gone]),
        unknown=share([o.status is Status.UNKNOWN for o in gone]),
        partly_right=share([right(o) for o in partly]),
        partly_wrong=share([o.wrong for o in partly]),
        outcomes=(*gone, *partly),
    )


def _covering(wanted: Set[str], covers: Mapping[str, Set[str]]) -> frozenset[str]:
    """The entries that cover one of the ``wanted``."""
    return frozenset().union(*(covers.get(entry_id, frozenset()) for entry_id in wanted))
