"""The figures as plain data, for ``ikz-bot evaluate --json`` and ``ikz-bot bench --json``.

A share is an object: ``value`` (0–1), ``low`` and ``high`` (its 95 % interval, Wilson 1927), ``hits`` of ``total``.
What cannot be told is null.

``evaluate`` writes an object with one member for each file of questions, named like it. Each has:

* ``quality``: the answers of ikz-bot. ``top``, ``among_three``: in-scope questions whose right entry is ranked first,
  or third at the worst; ``answered_right``; ``right_or_suggested``; ``wrong``: answered and nothing of it right.
  ``inside_answered``, ``inside_suggested``, ``inside_unknown``: what in-scope questions got, right or not; the same for
  out-of-scope ones: ``near_answered``, ``near_suggested``, ``near_unknown`` (kind ``near_oos``), ``far_answered``,
  ``far_suggested``, ``far_unknown`` (``far_oos``), ``labelled_answered``, ``labelled_suggested``, ``labelled_unknown``
  (``labelled_oos``); ``foreign_answered``: all out-of-scope ones together. ``auroc``: how well the score tells both
  kinds apart; ``ms``: median milliseconds a question.
* ``robust`` (with ``--robust``): for each way of spoiling – ``one_typo``, ``two_typos``, ``umlauts_written_out``,
  ``umlauts_bare``, ``lower_case``, ``compounds_joined``, ``compounds_split``, ``small_words_dropped``,
  ``word_order`` – the same figures over the questions that it changes, as asked (``before``) and spoiled (``after``).
* ``left_out`` (with ``--left-out``): entries left out. Of the questions without any entry left: ``covered`` (answered
  by an entry that covers a missing one: right), ``answered`` (by another: wrong), ``suggested``, ``unknown``. Of those
  with some of their entries left: ``partly_right``, ``partly_wrong``.
* ``peers`` (with ``--peers``): for ``ikz-bot`` and each other method – ``wratio``, ``token_set_ratio``, ``bm25``,
  ``char_tfidf``, ``linear_svm``, ``fts5``, ``embedding`` – ``top``, ``among_three``; ``joint``: in-scope ones right on
  top and told, or out-of-scope ones not told, with a threshold found without the questions; ``oracle``: the same with
  the best threshold for these questions (0–1); ``auroc``; ``ms``; ``build``: seconds to build the index.
* ``misses`` (with ``--misses``): each wrong answer, and in ``left_out`` those given while its entry was left out:
  ``question``, ``kind``, ``expected`` (ids), ``told`` (ids), ``understood`` (the questions it was taken for) and
  ``score``.

``bench`` writes a list with an object for each method and size: ``name``, ``phrasings``, ``build`` (seconds), ``p50``
and ``p99`` (milliseconds a question), and megabytes of the process: ``before``, ``resident``, ``peak_build``,
``peak_asking`` (see :class:`bot.curation.bench.Run`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, fields
from typing import Any

from bot.curation.bench import Run
from bot.curation.compare import Comparison
from bot.curation.evaluate import Outcome, Quality
from bot.curation.laboratory import Measured, Roughened
from bot.curation.left_out import LeftOut
from bot.curation.shares import Share


def evaluation(found: Mapping[str, Measured], misses: bool) -> dict[str, Any]:
    """All figures of an evaluation, by file."""
    return {name: _measured(measured, misses) for name, measured in found.items()}


def benchmark(runs: Iterable[Run]) -> list[dict[str, Any]]:
    """All measurements of a benchmark."""
    return [asdict(run) for run in runs]


def _measured(measured: Measured, misses: bool) -> dict[str, Any]:
    data: dict[str, Any] = {"quality": _figures(measured.quality)}
    if measured.roughened:
        data["robust"] = {way: _figures(both) for way, both in measured.roughened.items()}
    if measured.left_out:
        data["left_out"] = _figures(measured.left_out)
    if measured.comparisons:
        data["peers"] = {row.name: _figures(row) for row in measured.comparisons}
    if misses:
        data["misses"] = _misses(measured.outcomes)
        if measured.left_out:
            data["left_out"]["misses"] = _misses(measured.left_out.outcomes)
    return data


def _figures(figures: Quality | Roughened | LeftOut | Comparison) -> dict[str, Any]:
    """The figures by name; the method's name and single outcomes are no figures."""
    named = {field.name: getattr(figures, field.name) for field in fields(figures)}
    return {name: _plain(value) for name, value in named.items() if name not in ("name", "outcomes")}


def _plain(value: Quality | Share | float | None) -> Any:
    if isinstance(value, Quality):
        return _figures(value)
    if isinstance(value, Share):
        low, high = value.interval
        return {"value": value.value, "low": low, "high": high, "hits": value.hits, "total": value.total}
    return value


def _misses(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    return [
        {
            "question": outcome.labelled.question,
            "kind": outcome.labelled.kind,
            "expected": sorted(outcome.labelled.expected),
            "told": sorted(outcome.told),
            "understood": list(outcome.understood),
            "score": outcome.reply.score,
        }
        for outcome in outcomes
        if outcome.wrong
    ]
