"""Who speaks must never be guessed: a wrong name under a sentence is worse than none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.documents.people import full_name, introduced, named_in, spoken, surname, talk


@pytest.mark.parametrize(
    ("heading", "speaker"),
    [
        ("Input von Erika Muster", "Erika Muster"),
        ("Input Herr Meier, Stadt X", "Meier"),
        ("Vortrag Dr. Jens Aldag, Kämmerer", "Dr. Jens Aldag"),
        ("Input Rolf von der Heide (Staatssekretär a.D.)", "Rolf von der Heide"),
        ("Vortrag: Die Bauakte – Mira Sander, Niederlind", "Mira Sander"),
        ("Impulsvortrag „Die Kasse“ (Prof. Dr. Eva Lind)", "Prof. Dr. Eva Lind"),
        ("Vortrag Tjark Möller, Bürgermeister in X", "Tjark Möller"),
        ("Input Bürgermeisterin Svea Lind", "Svea Lind"),
        ("Input: Digitale Bauakte", None),
        ("Input Digitale Bauakte, Teil 2", None),
        ("Vortrag Gemeinsame Beschaffung (Stadt X)", None),
        ("Beitrag der Stadt Köln", None),
    ],
)
def test_a_talk_has_the_speaker_it_names(heading: str, speaker: str | None) -> None:
    found = talk(heading)
    assert found is not None
    assert found.speaker == speaker


@pytest.mark.parametrize("heading", ["Begrüßung", "Inputs und mehr", "Diskussion mit Herrn Meier", "Fazit"])
def test_other_headings_announce_no_talk(heading: str) -> None:
    assert talk(heading) is None


@pytest.mark.parametrize(
    ("text", "speaker", "left"),
    [
        ("Frau Sander: So ist es.", "Sander", "So ist es."),
        ("Eva Lind (Stadt X): So ist es.", "Eva Lind", "So ist es."),
        ("Herr Meier (Stadt X) erklärte das.", "Meier", "Herr Meier (Stadt X) erklärte das."),
        ("Offene Fragen: keine", None, "Offene Fragen: keine"),
        ("Nächste Schritte: Termin suchen", None, "Nächste Schritte: Termin suchen"),
        ("Viele Kommunen berichten davon.", None, "Viele Kommunen berichten davon."),
        ("Gute Erfahrungen nennt der Kreis.", None, "Gute Erfahrungen nennt der Kreis."),
        ("Bad Sassendorf: ein Ort", None, "Bad Sassendorf: ein Ort"),
        ("Jürgen Meier wurde eingeladen.", None, "Jürgen Meier wurde eingeladen."),
    ],
)
def test_a_text_tells_who_says_it(text: str, speaker: str | None, left: str) -> None:
    assert spoken(text) == (speaker, left)


def test_other_ways_to_name_people() -> None:
    assert named_in("Einführung (von Erika Muster, Amt X)") == "Erika Muster"
    assert named_in("Einführung (für alle)") is None
    assert introduced("Frau Anna Adler und Herr Udo Groß – Büro X") == ["Anna Adler", "Udo Groß"]
    assert surname("Rolf von der Heide") == "von der Heide"
    assert full_name("Meier", ["Eva Lind", "Jürgen Meier"]) == "Jürgen Meier"
    assert full_name("Groß", ["Eva Lind"]) == "Groß"


@given(st.text())
def test_no_text_is_too_strange(text: str) -> None:
    talk(f"Input {text}")
    named_in(text)
    spoken(text)
    introduced(text)
