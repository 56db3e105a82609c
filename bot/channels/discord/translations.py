"""English names and descriptions of the commands, for people whose Discord is English; the answers stay German."""

from __future__ import annotations

from collections.abc import Mapping

import discord
from discord import app_commands

ENGLISH: Mapping[str, str] = {
    "frage": "ask",
    "Beantwortet eine Frage aus geprüftem Wissen": "Answers a question (in German) from checked knowledge",
    "text": "text",
    "Ihre Frage oder ein Stichwort": "Your question or a keyword, in German",
    "öffentlich": "public",
    "Alle im Kanal sehen die Antwort": "Everyone in the channel sees the answer",
    "einstieg": "tour",
    "Führt in kurzen Stationen durch das Thema": "Leads through the subject (in German) in short stations",
    "station": "station",
    "Mit dieser Station geht es weiter": "Go on at this station",
    "begriff": "term",
    "Erklärt einen Begriff": "Explains a term (in German)",
    "wort": "word",
    "Der Begriff, der erklärt werden soll": "The term to explain, in German",
    "themen": "topics",
    "Zeigt, wozu ich etwas weiß": "Shows what I know about",
    "quelle": "source",
    "Nennt die Quellen der letzten Antwort": "Names the sources of the last answer",
    "zeitleiste": "timeline",
    "Zeigt als Bild, was wann war und wie lange etwas dauert": "Shows what was when, and how long things take",
    "spickzettel": "sheet",
    "Macht aus einem Thema ein Blatt für die Sitzung": "Makes a topic a sheet for the meeting",
    "thema": "topic",
    "Worum es in der Sitzung geht": "What the meeting is about",
    "hilfe": "help",
    "Zeigt, was ich kann": "Shows what I can do",
    "datenschutz": "privacy",
    "Sagt, was ich lese und aufhebe": "Tells what I read and keep",
    "vorschlag": "suggest",
    "Schlägt eine Frage mit Antwort für das Wissen vor": "Suggests a question and its answer for the knowledge",
    "umfrage": "poll",
    "Befragt alle im Kanal: eine Abstimmung und offene Fragen": "Polls the channel: a vote and open questions",
    "zuletzt": "recent",
    "Zeigt noch einmal die letzten Antworten, die hier alle sahen": "Shows the last answers that everyone here saw",
    "wissen": "knowledge",
    "Verwaltet das Wissen": "Manages the knowledge",
    "neu-laden": "reload",
    "Prüft die Wissensdateien und lädt sie neu": "Checks the knowledge files and loads them again",
    "status": "status",
    "Zeigt, welches Wissen gilt und wie es läuft": "Shows which knowledge is in force and how things go",
    "Frage beantworten": "Answer this question",
}


class English(app_commands.Translator):
    """Translates into both kinds of English that Discord knows."""

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        """The English text; None for other languages, which then see the German one."""
        english = {discord.Locale.american_english, discord.Locale.british_english}
        return ENGLISH.get(string.message) if locale in english else None
