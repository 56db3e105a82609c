"""What people are told about the bot itself, the same in every channel."""

from __future__ import annotations

KNOWS = (
    "Meine Antworten geben wieder, was in Werkstätten gesagt wurde, oder Hintergrund dazu; welches von beidem, steht"
    " dabei."
)
NO_LEGAL_ADVICE = "Keine Rechtsberatung: Bitte lassen Sie prüfen, was für Ihren Fall gilt."
