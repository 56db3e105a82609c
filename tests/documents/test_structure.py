"""Sections, questions and statements of texts that are hard to read."""

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.documents import Document, Statement, read_document
from bot.knowledge import KnowledgeBase
from bot.poll import as_markdown, outcome
from tests.conftest import TODAY

Read = Callable[..., Document]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_text(text: str, suffix: str = ".txt") -> Document:
        path = tmp_path / f"a{suffix}"
        path.write_text(text, encoding="utf-8")
        return read_document(path)

    return read_text


def texts(document: Document) -> list[str]:
    return [statement.text for statement in document.statements]


def test_an_agenda_is_not_taken_for_headings(read: Read) -> None:
    document = read(
        "Protokoll der Werkstatt\n\nABLAUF:\n\nBegrüßung\n\n> Frau Eva Lind\n\nVortrag Herr Groß\n\nFazit\n\n"
        "Begrüßung\n\nEva Lind begrüßte alle Gäste.\n\nFazit\n\nEs war ein guter Tag."
    )
    sections = {statement.text: statement.section for statement in document.statements}
    assert sections["Vortrag Herr Groß"] == ("Ablauf",)
    assert sections["Eva Lind begrüßte alle Gäste."] == ("Begrüßung",)
    assert sections["Es war ein guter Tag."] == ("Fazit",)


def test_what_a_page_tears_apart_is_put_together(read: Read) -> None:
    document = read(
        "Kopf 1\n\nFazit\n\n- Danach müssen das Budget und die Mittel der Gemeinden für das kommende\n\nSeite 1\f"
        "Kopf 1\n\nJahr gesichert werden. Sonst geht es nicht, denn die\n\nSeite 2\f"
        "Kopf 1\n\nRücklagen sind klein. Gut ist die Verwal-\n\nSeite 3\fKopf 1\n\ntungsreform.\n\nSeite 4"
    )
    assert texts(document) == [
        "Danach müssen das Budget und die Mittel der Gemeinden für das kommende Jahr gesichert werden.",
        "Sonst geht es nicht, denn die Rücklagen sind klein.",
        "Gut ist die Verwaltungsreform.",
    ]


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        ("die Verwal-\ntung", "die Verwaltung"),
        ("das Online-\nZugangs-Gesetz", "das Online-Zugangs-Gesetz"),
        ("Haupt-\nund Personalamt", "Haupt- und Personalamt"),
        ("von 10 -\n12 Uhr", "von 10 - 12 Uhr"),
    ],
)
def test_hyphens_at_line_ends(read: Read, lines: str, whole: str) -> None:
    assert texts(read(f"Fazit\n\nHier steht nun {lines} im Text."))[-1] == f"Hier steht nun {whole} im Text."


@pytest.mark.parametrize(
    "text",
    [
        "# Runde\n\nFrage: Was kostet das?\n\nAntwort: Sehr viel Geld.",
        "# Runde\n\nF: Was kostet das?\n\nA: Sehr viel Geld.",
        "# Runde\n\n- Frage aus dem Publikum: Was kostet das? Antwort Frau Eva Lind: Sehr viel Geld.",
        "# Runde\n\n- „Was kostet das?“\n  - Sehr viel Geld.",
        "# Runde\n\nWas kostet das?\n\n- Sehr viel Geld.",
        "# Runde\n\n## Frage: Was kostet das?\n\n- Sehr viel Geld.",
        "# Runde\n\n| Frage | Antwort |\n|-|-|\n| Was kostet das? | Sehr viel Geld. |",
    ],
)
def test_question_and_answer_belong_together(read: Read, text: str) -> None:
    document = read(text, ".md")
    (answer,) = [statement for statement in document.statements if statement.text == "Sehr viel Geld."]
    assert answer.question == "Was kostet das?"
    assert "Was kostet das?" not in texts(document)


def test_a_question_nobody_answers_is_a_statement(read: Read) -> None:
    document = read("# Runde\n\n- Wer zahlt?\n- Wer haftet?\n\nEs blieb offen.", ".md")
    assert texts(document) == ["Wer zahlt?", "Wer haftet?", "Es blieb offen."]
    assert [statement.question for statement in document.statements] == [None] * 3


def test_who_was_there_is_no_statement(read: Read) -> None:
    document = read("# Protokoll\n\n## Teilnehmende\n\n- Eva Lind, Oberlind\n\n## Fazit\n\nEs war gut.", ".md")
    assert texts(document) == ["Es war gut."]
    assert "Eva Lind" in document.section_text("Teilnehmende")


def test_a_sentence_that_points_back_brings_the_one_before(read: Read) -> None:
    document = read("# Fazit\n\nDas Land entscheidet. Dabei hilft der Kreis. Alle warten.", ".md")
    assert [statement.context for statement in document.statements] == [(), ("Das Land entscheidet.",), ()]


def test_the_text_of_a_section_is_found_by_its_name(read: Read) -> None:
    document = read(
        "Ort: Rathaus\n\n# Input Frau Eva Lind, Stadt X – Geld\n\nEs kostet.\n\n## Anschließende Diskussion\n\nJa.\n\n"
        "# Vortrag Herr Udo Groß, Stadt Y\n\nEs lohnt.\n\n## Aussprache\n\nNein.\n\n# Blitzumfrage aller Orte\n\nGut.",
        ".md",
    )
    assert "Es kostet." in document.section_text("Input Eva Lind")
    assert document.section_text("Diskussion zum Input Lind").split()[-1] == "Ja."
    assert document.section_text("Diskussion zum Vortrag Groß").split()[-1] == "Nein."
    assert "Gut." in document.section_text("Blitzumfrage")
    assert "Rathaus" in document.section_text("Kopfdaten")
    assert document.section_text("Ganzes Protokoll") == document.text
    assert document.section_text("Diskussion zum Input Meier") == ""
    assert document.section_text("") == ""


def test_the_file_of_a_flash_poll_is_read_like_a_protocol(read: Read, knowledge: KnowledgeBase) -> None:
    poll = knowledge.poll
    assert poll is not None
    votes = [3, 1, *[0] * (len(poll.closed.answers) - 2)]
    told = outcome(poll, TODAY, votes, [["Das Bauamt", "", "Uns fehlt Zeit"], ["Der Rat", "Partner suchen", ""]])
    document = read(as_markdown(told), ".md")
    assert (document.title, document.date) == (poll.title, TODAY.isoformat())
    by_text: dict[str, Statement] = {statement.text: statement for statement in document.statements}
    counted = next(text for text in by_text if "Stimmen" in text)
    assert by_text[counted].question == poll.closed.question
    assert counted.count("Stimme") == len(poll.closed.answers)
    assert by_text["Uns fehlt Zeit"].question == poll.open[2].question
    assert {"Das Bauamt", "Der Rat", "Partner suchen"} <= by_text.keys()
