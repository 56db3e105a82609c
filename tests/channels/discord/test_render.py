"""What an answer looks like: short line, text, sources, Stand, notices."""

from __future__ import annotations

import pytest

from bot.answers import Bundle, Reason, Reply, Status, answer
from bot.channels.discord.render import (
    all_sources_text,
    entry_embed,
    quote_block,
    reply_embed,
    sources_text,
)
from bot.knowledge import Entry, KnowledgeBase, Source, Topic
from bot.offers import picked

from ...conftest import TODAY


@pytest.fixture
def grant(small: Bundle) -> Entry:
    entry = small.knowledge.entry("money-grant")
    assert entry
    return entry


def test_an_answer_shows_everything_about_it(small: Bundle) -> None:
    embed = reply_embed(small.knowledge, answer(small, "Fördertopf", TODAY), TODAY)
    assert embed.author.name == "Frage: Fördertopf"
    assert embed.title == "Verstanden als: Welche Förderung gibt es für Kooperationen?"
    assert embed.description == (
        "⚠ **Das ist überholt. Neuerer Stand: Ein wenig. (Hintergrund, Stand Januar 2026)**\n\n"
        "**Das Land zahlt \\[bold\\]wenig\\[/bold\\].**\n\nGenaueres blieb offen."
    )
    assert [(field.name, field.value) for field in embed.fields] == [
        (
            "Quellen",
            "Protokoll der „Runde“, Abschnitt Blitzumfrage, laut Erika Muster; Abschnitt Input Erika Muster"
            " (Verein e. V., 12. November 2020)\n"
            "Papier (Amt, 2018, https://example.org/p)\n"
            "Werkstatt und Hintergrund, Stand November 2020. Der Stand ist 6 Jahre alt.",
        ),
        (
            "Hinweis",
            "Diese Angabe war bis März 2025 zu prüfen; das steht noch aus. Bitte fragen Sie vor Gebrauch nach.\n"
            "Dazu gibt es eine andere Angabe: Ein wenig. (Hintergrund, Stand Januar 2026)",
        ),
    ]


def test_who_asks_in_the_very_words_needs_no_understanding(small: Bundle) -> None:
    embed = reply_embed(small.knowledge, answer(small, "Spart Zusammenarbeit Kosten", TODAY), TODAY)
    assert embed.title is None
    assert embed.fields[0].name == "Quelle"


def test_a_picked_entry_has_its_question_above_and_nobodys_words(small: Bundle, grant: Entry) -> None:
    embed = entry_embed(small.knowledge, picked(small.knowledge, grant, TODAY), TODAY)
    assert (embed.title, embed.author.name) == (grant.question, None)


def test_small_talk_has_neither_source_nor_contact(small: Bundle) -> None:
    embed = reply_embed(small.knowledge, answer(small, "Hallo", TODAY), TODAY, "Amt")
    assert (embed.description, embed.fields) == ("Guten Tag!", [])


@pytest.mark.parametrize("contact", [None, "Amt, Telefon 1"])
def test_only_what_is_unknown_names_the_contact(small: Bundle, contact: str | None) -> None:
    silent = Reply("Wer?", Status.UNKNOWN, Reason.TOO_SHORT)
    unsure = Reply("Wer?", Status.SUGGESTIONS, Reason.UNSURE)
    shown = reply_embed(small.knowledge, silent, TODAY, contact)
    assert [field.value for field in shown.fields] == ([contact] if contact else [])
    assert "Ohne ein Stichwort" in str(shown.description)
    assert reply_embed(small.knowledge, unsure, TODAY, contact).fields == []


def test_sources_in_full_and_all_of_them(small: Bundle, grant: Entry) -> None:
    told = sources_text(small.knowledge, [grant])
    assert told.startswith(f"**{grant.question}**\nQuelle: Protokoll der „Runde“") and "Quelle: Papier" in told
    assert all_sources_text(small.knowledge) == (
        "Werkstatt: Protokoll der „Runde“ (Verein e. V., 12. November 2020)\n"
        "Hintergrund: Papier (Amt, 2018, https://example.org/p)"
    )


def test_the_quote_keeps_what_was_written(small: Bundle, grant: Entry) -> None:
    assert quote_block(small.knowledge, grant).split("\n")[1].startswith("Das Land zahlt [bold]wenig[/bold]. (Quelle: ")


def test_the_short_line_comes_first_and_is_not_said_twice() -> None:
    def shown(answer: str, short: str | None = None) -> str:
        entry = Entry(id="a", question="Was?", answer=answer, short=short, source="s")
        knowledge = KnowledgeBase(
            topics=(Topic("t", "T", "", (entry,)),),
            sources={"s": Source(id="s", kind="werkstatt", title="P", publisher="V", date="2020")},
        )
        return str(entry_embed(knowledge, picked(knowledge, entry, TODAY), TODAY).description)

    assert shown("Erstens dies. Dann das.") == "**Erstens dies.**\n\nDann das."
    assert shown("Nur dies.") == "**Nur dies.**"
    assert shown("Ja, ein wenig.", "Ja") == "**Ja**\n\nJa, ein wenig."
    assert shown("Ja, ein wenig.", "Ja, ein wenig.") == "**Ja, ein wenig.**"
    assert shown("Für Bürger*innen.") == r"**Für Bürger\*innen.**"
