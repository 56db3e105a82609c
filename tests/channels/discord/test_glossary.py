"""Terms on Discord: /begriff with suggestions, and the terms of an answer below it."""

from __future__ import annotations

import pytest

from ...discord_double import User
from .conftest import Stage

GLOSSARY = """\
terms:
  - term: Quastenflosser
    spellings: [QF, Latimeria]
    meaning: Er ist ein *Fisch*, den man für ausgestorben hielt.
    entry: probe-eins
  - {term: Schnabeltier, meaning: Es legt Eier., entry: probe-zwei}
  - {term: Schnabelwal, meaning: Er taucht tief., entry: probe-zwei}
"""
FIRST = "Wie heißt die erste Probe mit Quastenflosser?"
SECOND = "Wie heißt die zweite Probe mit Schnabeltier?"


async def test_while_typing_terms_are_offered_in_tiers(stage: Stage, anna: User) -> None:
    offered = await anna.type_option("begriff", "wort", "zweckv")
    assert offered.choices[0] == ("Zweckverband", "Zweckverband")
    assert (await anna.type_option("begriff", "wort", "oerv")).choices[
        0
    ].name == "öffentlich-rechtliche Vereinbarung (ÖRV)"
    assert "OZG 2.0" in [choice.name for choice in (await anna.type_option("begriff", "wort", "änderungsges")).choices]
    near = [choice.name for choice in (await anna.type_option("begriff", "wort", "zwekverb")).choices]
    # Names that are near come before meanings that speak of it.
    assert near.index("Zweckverband") < near.index("Freiverband")
    everything = (await anna.type_option("begriff", "wort", "")).choices
    assert len(everything) == 25 and all(len(choice.name) <= 100 for choice in everything)


async def test_a_term_is_explained_with_its_kind_and_leads_to_the_entry(stage: Stage, anna: User) -> None:
    told = await anna.slash("begriff", wort="zweckverbände")
    assert told.ephemeral and "Zweckverband" in told.text and "Körperschaft" in told.text
    assert "Hintergrund, " in told.text
    assert told.buttons[0].startswith("Mehr dazu: ")
    more = await anna.click(told, told.buttons[0])
    assert more.ephemeral and "Was ist ein Zweckverband" in more.text
    shared = await anna.slash("begriff", wort="Blitzumfrage", öffentlich=True)
    assert not shared.ephemeral and "Werkstatt, November 2020" in shared.text and "Löschen" in shared.buttons
    assert (await anna.slash("begriff", wort="ÖRV", channel=anna.dm)).text.count("Auch: ÖRV") == 1


async def test_a_follow_up_leans_on_the_term(stage: Stage, anna: User) -> None:
    await anna.slash("begriff", wort="BundID")
    assert "Was hat das Servicekonto.NRW abgelöst?" in (await anna.slash("quelle")).text


async def test_terms_of_an_answer_are_offered_below_it(stage: Stage, anna: User) -> None:
    answer = await anna.slash("frage", text="Was ist der KDN?")
    terms = [name for name in answer.buttons if name.startswith("Begriff: ")]
    assert 1 <= len(terms) <= 3 and "Begriff: Zweckverband" in terms
    shown = await anna.click(answer, "Begriff: Zweckverband")
    assert shown.ephemeral and "Was ist ein Zweckverband" in shown.text


async def test_the_help_names_the_command(anna: User) -> None:
    helped = await anna.slash("hilfe")
    assert "/begriff" in helped.text and "Keine Rechtsberatung" in helped.text


@pytest.mark.slow
async def test_own_terms_are_asked_back_escaped_and_admitted_when_gone(stage: Stage, anna: User) -> None:
    shipped = (stage.folder / "glossar.yaml").read_text("utf-8")
    stage.edit("glossar.yaml", lambda _: GLOSSARY)
    await stage.restart()
    told = await anna.slash("begriff", wort="latimeria")
    assert r"\*Fisch\*" in told.text and "Auch: QF, Latimeria" in told.text
    assert told.buttons[0] == f"Mehr dazu: {FIRST}"
    asked = await anna.slash("begriff", wort="Schnabel", öffentlich=True)
    assert asked.ephemeral and "Meinen Sie vielleicht" in asked.text
    assert asked.buttons[:2] == ["Schnabelwal", "Schnabeltier"]
    shown = await anna.click(asked, "Schnabeltier")
    assert not shown.ephemeral and "Es legt Eier." in shown.text  # as it was asked for
    unknown = await anna.slash("begriff", wort="Hub*schrauber* @everyone")
    assert unknown.ephemeral and "erkläre ich nicht" in unknown.text and unknown.buttons == ["Weiter fragen"]
    record = await stage.recorded("unanswered", lambda r: "schrauber" in r["question"])
    assert record["entry"] is None
    assert "kein Wort" in (await anna.slash("begriff", wort="…")).text
    answer = await anna.slash("frage", text=FIRST)
    assert answer.buttons[0] == SECOND and not any(name.startswith("Begriff") for name in answer.buttons)
    stage.edit("glossar.yaml", lambda text: text.replace("Schnabeltier", "Ameisenigel"))
    await stage.restart()
    assert "gibt es nicht mehr" in (await anna.click(asked, "Schnabeltier")).text
    assert (await anna.click(asked, "Schnabelwal")).message
    (stage.folder / "glossar.yaml").unlink()
    await stage.restart()
    assert "glossar.yaml" in (await anna.slash("begriff", wort="Schnabelwal")).text
    assert (await anna.type_option("begriff", "wort", "schn")).choices == []
    (stage.folder / "glossar.yaml").write_text(shipped, "utf-8")
    await stage.restart()
