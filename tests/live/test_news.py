"""What a curator is told: each mistake once, that it is mended, and which entries are others now."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.calibration import Calibration, calibration_text
from bot.live import Live, Reader
from bot.live.news import CALIBRATION, changes
from bot.search.evidence import Evidence

ENTRY = "  - {{id: money-{0}, question: Was kostet {0}?, answer: Nichts., source: paper}}\n"
GLOSSARY = "terms:\n  - {term: Topf, meaning: Ein Topf ist Geld., entry: money-grant}\n"


def edit(folder: Path, old: str, new: str, file: str = "geld.yaml") -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


class Curator:
    """Someone who saves and reads."""

    def __init__(self, folder: Path) -> None:
        self.live = Live(folder)
        self.reader = Reader(self.live.opening)

    def reads(self) -> str | None:
        """What there is to read after a save; None for nothing."""
        state = self.live.look()
        news = self.reader.news(state)
        self.reader.heard(state)
        return " ".join(news.sentences) if news else None


@pytest.fixture
def curator(folder: Path) -> Curator:
    return Curator(folder)


def test_nothing_happened(curator: Curator) -> None:
    assert curator.reads() is None


def test_entries_are_counted_and_named(folder: Path, curator: Curator) -> None:
    edit(folder, "entries:\n", "entries:\n" + "".join(map(ENTRY.format, ("rat", "tat", "mut"))))
    edit(folder, "Ja, ein wenig.", "Ja.")
    assert curator.reads() == (
        "Neues Wissen gilt: 3 Einträge neu („Was kostet rat?“, „Was kostet tat?“ und 1 weitere);"
        " 1 Eintrag geändert („Spart Zusammenarbeit Kosten?“)."
    )
    edit(folder, ENTRY.format("rat"), "")
    assert curator.reads() == "Neues Wissen gilt: 1 Eintrag entfernt („Was kostet rat?“)."


def test_an_entry_that_names_its_former_id_is_the_same_one(folder: Path) -> None:
    before = Live(folder).opening
    edit(folder, "money-savings", "money-less")
    edit(folder, "short: Ein wenig.", "short: Ein wenig.\n    former_ids: [money-savings]")
    found = changes(before, Live(folder).opening)
    assert (found.added, found.removed) == ((), ())
    assert set(found.changed) >= {"Spart Zusammenarbeit Kosten?"}


def test_what_else_is_another_is_named(folder: Path, curator: Curator) -> None:
    edit(folder, "title: Papier", "title: Blatt", "sources.yaml")
    edit(folder, "Guten Tag!", "Moin!", "smalltalk.yaml")
    edit(folder, "topic: Geld", "topic: Finanzen")
    assert curator.reads() == "Neues Wissen gilt: geändert: Themen, Quellen, Höflichkeiten."
    (folder / "glossar.yaml").write_text(GLOSSARY, "utf-8")
    assert curator.reads() == "Neues Wissen gilt: geändert: Glossar."
    edit(folder, "topic: Finanzen", "# nur ein Kommentar\ntopic: Finanzen")
    assert curator.reads() == "Neues Wissen gilt: die Einträge sind dieselben."


def test_a_mistake_is_told_once_and_told_when_it_is_mended(folder: Path, curator: Curator) -> None:
    edit(folder, "answer: Ja", "anser: Ja")
    told = curator.reads()
    assert told and told.startswith("Das Wissen hat ") and "das bisherige bleibt in Kraft. geld.yaml:" in told
    edit(folder, "topic: Geld", "# eine Zeile mehr\ntopic: Geld")  # the same mistake, one line further down
    assert curator.reads() is None
    edit(folder, "id: workshop,", "id: workshp,", "sources.yaml")
    told = curator.reads()
    assert told and "Alle Fehler zeigt: ikz-bot check" in told
    edit(folder, "id: workshp,", "id: workshop,", "sources.yaml")
    assert curator.reads() is None  # one of two is mended
    edit(folder, "anser: Ja", "answer: Oh ja")
    assert curator.reads() == (
        "Das Wissen ist wieder in Ordnung und gilt: 1 Eintrag geändert („Spart Zusammenarbeit Kosten?“)."
    )


def test_a_mistake_that_is_taken_back_is_told_to_be_gone(folder: Path, curator: Curator) -> None:
    edit(folder, "answer: Ja", "anser: Ja")
    assert curator.reads()
    edit(folder, "anser: Ja", "answer: Ja")
    assert curator.reads() == "Das Wissen ist wieder in Ordnung. Es ist dasselbe wie vor dem Fehler."
    edit(folder, "answer: Ja", "anser: Ja")
    assert "bleibt in Kraft" in str(curator.reads())  # it is a new mistake then


def test_who_did_not_hear_of_a_mistake_is_not_told_that_it_is_mended(folder: Path, curator: Curator) -> None:
    edit(folder, "answer: Ja", "anser: Ja")
    curator.live.look()
    edit(folder, "anser: Ja", "answer: Oh ja")
    assert str(curator.reads()).startswith("Neues Wissen gilt: 1 Eintrag geändert")


def test_an_old_calibration_is_told_once(folder: Path) -> None:
    version = Live(folder).opening.version
    weights = dict.fromkeys(Evidence._fields, 1.0)
    known = Calibration(knowledge=version, answer_at=0.5, margin=0.1, suggest_at=0.1, bias=-1.0, weights=weights)
    (folder / "calibration.json").write_bytes(calibration_text(known))
    curator = Curator(folder)
    assert curator.reads() is None
    edit(folder, "Ja, ein wenig.", "Ja.")
    assert CALIBRATION in str(curator.reads())
    edit(folder, "answer: Ja.", "answer: Nein.")
    assert CALIBRATION not in str(curator.reads())
    now = curator.live.state.shelf.bundle.knowledge.version
    (folder / "calibration.json").write_bytes(calibration_text(known.model_copy(update={"knowledge": now})))
    assert curator.reads() == "Neues Wissen gilt: geändert: Kalibrierung."
    edit(folder, "answer: Nein.", "answer: Ja.")
    assert CALIBRATION in str(curator.reads())


def test_without_a_calibration_none_is_missed(folder: Path, curator: Curator) -> None:
    edit(folder, "Ja, ein wenig.", "Ja.")
    assert CALIBRATION not in str(curator.reads())
