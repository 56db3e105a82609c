"""What people are told about what is kept of their questions, the same in every channel."""

from __future__ import annotations

HINT = "Fragen ohne klare Antwort werden ohne Namen für die Pflege des Wissens aufgehoben."
"""The one sentence for a help page of a channel whose journal is on."""


def privacy_sentences(kept_days: int | None) -> list[str]:
    """What is kept, for how long and how it ends, one paragraph each; ``kept_days`` is None where nothing is kept."""
    if kept_days is None:
        return ["Von Ihren Fragen wird nichts aufgehoben; das Journal ist abgeschaltet."]
    return [
        "Damit das Wissen wachsen kann, hebt der Bot Fragen auf, auf die er keine klare Antwort hatte, dazu den"
        " Vorschlag, den Sie wählen, Ihre Rückmeldungen und was Sie selbst vorschlagen. Eine beantwortete Frage hebt er"
        " nur mit einer Rückmeldung auf.",
        "Nicht gespeichert wird, wer fragt: kein Name, keine Kennung, kein Ort, von der Zeit nur Tag und Stunde."
        " E-Mail-Adressen, Telefonnummern, Kontonummern, lange Nummern und Namen nach „Herr“ oder „Frau“ werden vorher"
        " unkenntlich gemacht. Andere Namen im Text erkennt der Bot nicht immer; bitte lassen Sie sie weg.",
        "Was Sie bei einer Umfrage in eigenen Worten schreiben, bleibt ohne Namen nur so lange hier, bis die Umfrage"
        " endet; dann bekommt es der Kanal, und hier wird es gelöscht. Damit eine zweite Antwort die erste ersetzt,"
        " steht so lange ein Prüfwert dabei, der sich nur mit Ihrer Kennung bei Discord nachrechnen lässt.",
        f"Nach {_days(kept_days)} wird alles gelöscht. Gelesen wird es von den Menschen, die das Wissen pflegen.",
        "Wer den Bot betreibt, kann das Aufheben mit „journal: aus“ in config.yaml abschalten und mit „ikz-bot journal"
        " delete“ alles löschen.",
    ]


def _days(number: int) -> str:
    return "einem Tag" if number == 1 else f"{number} Tagen"
