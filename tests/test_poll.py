"""The outcome of a poll: counted, without whose answer is whose, and as a file that can be read again."""

from __future__ import annotations

import re
from datetime import date

from bot.knowledge.poll_model import ClosedQuestion, OpenQuestion, PollFile
from bot.poll import as_markdown, file_name, heading, outcome

QUESTIONS = PollFile(
    title="Runde",
    closed=ClosedQuestion(question="Wie weit?", answers=("Nah", "Fern")),
    open=(OpenQuestion(label="Wer", question="Wer macht mit?"), OpenQuestion(label="Was", question="Was fehlt?")),
)
DAY = date(2026, 3, 5)


def test_the_file_holds_title_date_questions_and_answers() -> None:
    told = outcome(QUESTIONS, DAY, [1, 2], [["Wir", ""], ["Alle\n\n# Ämter", "Zeit – und\tGeld"]])
    assert as_markdown(told) == (
        "# Runde\n\nDatum: 5. März 2026\n\n"
        "## Frage: Wie weit?\n\n- Nah: 1 Stimme\n- Fern: 2 Stimmen\n\n"
        "## Frage: Wer macht mit?\n\n- Alle # Ämter\n- Wir\n\n"
        "## Frage: Was fehlt?\n\n- Zeit – und Geld\n"
    )
    assert file_name(told) == "umfrage-2026-03-05.md"
    assert heading(told) == "Runde – beendet am 5. März 2026, offene Antworten von 2 Personen"


def test_the_order_does_not_show_which_answers_belong_together() -> None:
    forms = [["b", "1"], ["a", "2"], ["C", "3"]]
    told = {as_markdown(outcome(QUESTIONS, DAY, [0, 0], order)) for order in (forms, forms[::-1])}
    (only,) = told
    assert re.findall(r"^- (.)$", only, re.MULTILINE) == ["a", "b", "C", "1", "2", "3"]


def test_nothing_answered_and_nothing_counted_is_said() -> None:
    told = as_markdown(outcome(QUESTIONS, DAY, None, []))
    assert "- Das Ergebnis der Abstimmung ließ sich nicht lesen." in told
    assert told.count("- Dazu hat niemand etwas geschrieben.") == 2
    assert "1 Person" in heading(outcome(QUESTIONS, DAY, None, [["", "x"]]))
