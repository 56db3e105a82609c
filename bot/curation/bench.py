"""How fast a question is answered, beside what one would otherwise pick: a rapidfuzz scan over the same phrasings.

``python -m bot.curation.bench tests/questions/dev.jsonl`` prints the times and their ratios.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from rapidfuzz import fuzz, process, utils

from bot.answers import Bundle, answer
from bot.curation.questions import read_questions
from bot.knowledge import load


def median_ms(reply: Callable[[str], object], questions: Sequence[str]) -> float:
    """The median time of a reply in milliseconds, each question asked once after a first round to warm up."""
    for question in questions[:20]:
        reply(question)
    times = []
    for question in questions:
        start = time.perf_counter()
        reply(question)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main() -> None:
    """Prints the times for the questions in the files named on the command line."""
    questions = [q.question for name in sys.argv[1:] for q in read_questions(Path(name))]
    start = time.perf_counter()
    knowledge = load(Path("knowledge"))
    loaded = time.perf_counter()
    bundle = Bundle.build(knowledge)
    built = time.perf_counter()
    phrasings = [utils.default_process(text) for entry in bundle.index.entries for text in entry.phrasings]
    print(f"{len(phrasings)} phrasings: load {loaded - start:.3f} s, build {built - loaded:.3f} s")
    today = date.today()
    own = median_ms(lambda question: answer(bundle, question, today), questions)
    print(f"ikz-bot, whole reply      {own:6.2f} ms")
    for name, scorer in (("WRatio", fuzz.WRatio), ("token_set_ratio", fuzz.token_set_ratio)):

        def scan(question: str, scorer: Callable[..., float] = scorer) -> object:
            return process.extractOne(utils.default_process(question), phrasings, scorer=scorer)

        peer = median_ms(scan, questions)
        print(f"rapidfuzz {name:15s} {peer:6.2f} ms  ({peer / own:.1f} times as long)")


if __name__ == "__main__":
    main()
