"""How good the answers are: labelled questions → figures with their intervals."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path

from bot.answers import Bundle, Reply, Status, answer
from bot.curation.questions import LabelledQuestion, read_questions
from bot.knowledge import Entry, load

Z95 = 1.959964
"""The 97.5 % quantile of the normal distribution."""


@dataclass(frozen=True, slots=True)
class Share:
    """``hits`` of ``total``, with the Wilson score interval (Wilson 1927) at 95 %."""

    hits: int
    total: int

    @property
    def value(self) -> float:
        """The share (0–1); 0 where there is nothing to count."""
        return self.hits / self.total if self.total else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The interval (0–1) that holds the true share with 95 % confidence."""
        if not self.total:
            return 0.0, 1.0
        n, p, z2 = self.total, self.value, Z95**2
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        half = Z95 / (1 + z2 / n) * (p * (1 - p) / n + z2 / (4 * n * n)) ** 0.5
        return max(0.0, middle - half), min(1.0, middle + half)

    def __str__(self) -> str:
        low, high = self.interval
        return f"{self.value:.1%} ({low:.1%}–{high:.1%})"


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures of one run. All but the last three count in-scope questions.

    ``top``: the best candidate is right, spoken or not; ``answered_right``; ``right_or_suggested``: answered right or
    among the suggestions; ``wrong``: answered with a wrong entry; ``foreign_answered``, ``near_answered``,
    ``far_answered``: questions out of scope (all, near, far) that got an answer from the knowledge; ``far_suggested``:
    far ones that got suggestions.
    """

    top: Share
    answered_right: Share
    right_or_suggested: Share
    wrong: Share
    foreign_answered: Share
    near_answered: Share
    far_answered: Share
    far_suggested: Share


@dataclass(frozen=True, slots=True)
class Outcome:
    """A labelled question, the reply it got, and whether the index ranked a right entry first."""

    labelled: LabelledQuestion
    reply: Reply
    top_right: bool

    @property
    def told(self) -> frozenset[str]:
        """The ids of all entries of the knowledge the reply answers with; small talk tells nothing."""
        replies = (self.reply, *self.reply.further)
        return frozenset(r.entry.id for r in replies if isinstance(r.entry, Entry))

    @property
    def offered(self) -> frozenset[str]:
        """The ids of all entries the reply answers with or suggests."""
        replies = (self.reply, *self.reply.further)
        return self.told | {s.entry.id for r in replies for s in r.suggestions}

    @property
    def wrong(self) -> bool:
        """Whether the reply tells something, be it small talk, and nothing of it is an answer to the question."""
        return self.reply.status is Status.ANSWERED and not self.told & self.labelled.expected


def replay(bundle: Bundle, questions: Sequence[LabelledQuestion], today: date) -> list[Outcome]:
    """Each question with the reply a user would get."""
    outcomes = []
    for labelled in questions:
        ranked = bundle.confidence.ranked(bundle.index.search(labelled.question).candidates)
        top_right = bool(ranked) and ranked[0][1].entry.id in labelled.expected
        outcomes.append(Outcome(labelled, answer(bundle, labelled.question, today), top_right))
    return outcomes


def quality(outcomes: Sequence[Outcome]) -> Quality:
    """The figures over all outcomes."""
    inside = [o for o in outcomes if o.labelled.in_scope]
    outside = [o for o in outcomes if not o.labelled.in_scope]
    near = [o for o in outside if o.labelled.kind == "near_oos"]
    far = [o for o in outside if o.labelled.kind == "far_oos"]
    return Quality(
        top=_share([o.top_right for o in inside]),
        answered_right=_share([bool(o.told & o.labelled.expected) for o in inside]),
        right_or_suggested=_share([bool(o.offered & o.labelled.expected) for o in inside]),
        wrong=_share([o.wrong for o in inside]),
        foreign_answered=_share([bool(o.told) for o in outside]),
        near_answered=_share([bool(o.told) for o in near]),
        far_answered=_share([bool(o.told) for o in far]),
        far_suggested=_share([o.reply.status is Status.SUGGESTIONS for o in far]),
    )


def main() -> None:
    """Prints the figures for the questions in the files named on the command line."""
    questions = [question for name in sys.argv[1:] for question in read_questions(Path(name))]
    outcomes = replay(Bundle.build(load(Path("knowledge"))), questions, date.today())
    figures = quality(outcomes)
    for field in fields(figures):
        print(f"{field.name:20s} {getattr(figures, field.name)}")
    for outcome in outcomes:
        if outcome.wrong and outcome.labelled.in_scope:
            print(f"falsch: {outcome.labelled.question} → {', '.join(sorted(outcome.told)) or 'Höflichkeit'}")


def _share(hits: Sequence[bool]) -> Share:
    return Share(sum(hits), len(hits))


if __name__ == "__main__":
    main()
