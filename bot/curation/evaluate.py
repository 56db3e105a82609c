"""How good the answers are: labelled questions → figures with their intervals."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from bot.answers import Bundle, Reply, Status, answer
from bot.curation.questions import LabelledQuestion
from bot.curation.shares import Share, auroc, share
from bot.knowledge import Entry
from bot.wording import understood_as


@dataclass(frozen=True, slots=True)
class Quality:
    """The figures of one run.

    Of in-scope questions: ``top`` and ``among_three``: a right entry is ranked first, or third at the worst, spoken or
    not; ``answered_right``; ``right_or_suggested``: answered right or among the suggestions; ``wrong``: answered, and
    nothing of it right. ``KIND_answered``, ``KIND_suggested`` and ``KIND_unknown``: what in-scope (``inside``), near
    and far questions got, and those that are out of scope by the label of the set alone (``labelled``);
    ``foreign_answered``: all out-of-scope ones that got an answer from the knowledge. ``auroc``: how well the score
    tells answerable questions from others (0.5 chance, 1 always, None without one of both); ``ms``: median time.
    """

    top: Share
    among_three: Share
    answered_right: Share
    right_or_suggested: Share
    wrong: Share
    foreign_answered: Share
    inside_answered: Share
    inside_suggested: Share
    inside_unknown: Share
    near_answered: Share
    near_suggested: Share
    near_unknown: Share
    far_answered: Share
    far_suggested: Share
    far_unknown: Share
    labelled_answered: Share
    labelled_suggested: Share
    labelled_unknown: Share
    auroc: float | None
    ms: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """A labelled question, the reply it got, where the first right entry was ranked (0 is best), and the time in ms."""

    labelled: LabelledQuestion
    reply: Reply
    place: int | None
    ms: float

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
    def understood(self) -> tuple[str, ...]:
        """The questions that the answers of the reply belong to."""
        return tuple(text for r in (self.reply, *self.reply.further) if (text := understood_as(r)))

    @property
    def wrong(self) -> bool:
        """Whether the reply tells something and nothing of it is an answer to the question.

        Small talk is wrong only where there is an answer.
        """
        talks = self.reply.status is Status.ANSWERED and self.labelled.in_scope
        return (bool(self.told) or talks) and not self.told & self.labelled.expected

    @property
    def status(self) -> Status:
        """What the user got: an answer from the knowledge where any part of the reply is one."""
        if self.told:
            return Status.ANSWERED
        return Status.SUGGESTIONS if self.offered else Status.UNKNOWN


def replay(bundle: Bundle, questions: Sequence[LabelledQuestion], today: date) -> list[Outcome]:
    """Each question with the reply a user would get."""
    outcomes = []
    for labelled in questions:
        ranked = bundle.confidence.ranked(bundle.index.search(labelled.question).candidates)
        places = [n for n, (_, candidate) in enumerate(ranked) if candidate.entry.id in labelled.expected]
        start = time.perf_counter()
        reply = answer(bundle, labelled.question, today)
        ms = (time.perf_counter() - start) * 1000
        outcomes.append(Outcome(labelled, reply, places[0] if places else None, ms))
    return outcomes


def quality(outcomes: Sequence[Outcome]) -> Quality:
    """The figures over all outcomes."""
    inside = [o for o in outcomes if o.labelled.in_scope]
    outside = [o for o in outcomes if not o.labelled.in_scope]
    near = [o for o in outside if o.labelled.kind == "near_oos"]
    far = [o for o in outside if o.labelled.kind == "far_oos"]
    labelled = [o for o in outside if o.labelled.kind == "labelled_oos"]
    shares = {
        f"{name}_{got}": share([o.status is status for o in some])
        for name, some in (("inside", inside), ("near", near), ("far", far), ("labelled", labelled))
        for got, status in (
            ("answered", Status.ANSWERED),
            ("suggested", Status.SUGGESTIONS),
            ("unknown", Status.UNKNOWN),
        )
    }
    return Quality(
        top=share([o.place == 0 for o in inside]),
        among_three=share([o.place is not None and o.place < 3 for o in inside]),
        answered_right=share([bool(o.told & o.labelled.expected) for o in inside]),
        right_or_suggested=share([bool(o.offered & o.labelled.expected) for o in inside]),
        wrong=share([o.wrong for o in inside]),
        foreign_answered=share([bool(o.told) for o in outside]),
        **shares,
        auroc=auroc([o.reply.score for o in inside], [o.reply.score for o in outside]) if inside and outside else None,
        ms=median([o.ms for o in outcomes]) if outcomes else 0.0,
    )
