"""Synonyms without effect, and names that are spelled in two ways."""

from __future__ import annotations

import pytest

from bot.curation import vocabulary
from bot.curation.written import Written
from bot.knowledge import Problem, parse

SOURCES = "sources:\n  - {id: s, kind: werkstatt, title: T, publisher: P, date: '2020-11-12'}\n"


def files_with(answers: list[str], synonyms: str = "") -> dict[str, bytes]:
    lines = ["topic: T", "entries:"]
    for number, answer in enumerate(answers):
        lines += [f"  - id: e{number}", f"    question: Frage {number} zum Leerstand?", "    keywords: [Förderung]"]
        lines += [f"    answer: {answer}", "    source: s"]
    files = {"sources": SOURCES, "t": "\n".join(lines), "synonyms": synonyms}
    return {f"{name}.yaml": text.encode() for name, text in files.items() if text}


def synonyms(text: str) -> list[Problem]:
    files = files_with(["Das."], text)
    return list(vocabulary.synonyms(parse(files), Written(files)))


def names(*answers: str, listed: str = "") -> list[Problem]:
    files = files_with(list(answers), f"names: [{listed}]\n" if listed else "")
    return list(vocabulary.names(parse(files), Written(files)))


def test_synonyms_of_which_one_word_is_used_are_in_order() -> None:
    assert synonyms("groups:\n  - [Leerstand, Ladensterben]\n  - [Zuschuss, Fördermittel, Förderung]\n") == []


def test_a_group_that_no_phrasing_uses_is_named() -> None:
    (problem,) = synonyms("groups:\n  - [Leerstand, Ladensterben]\n  - [Zebra, Quagga]\n")
    assert (problem.code, problem.file, problem.line) == ("unused-synonyms", "synonyms.yaml", 3)
    assert "„Zebra“, „Quagga“" in problem.message


def test_a_word_whose_stem_another_group_has_is_named() -> None:
    (problem,) = synonyms("groups:\n  - [Redner, Leerstand]\n  - [Vortrag,\n     Rednerin, Förderung]\n")
    assert (problem.code, problem.line) == ("taken-synonym", 4)
    assert "„Rednerin“" in problem.message and "„Redner“, „Leerstand“" in problem.message


def test_more_words_than_the_bot_joins_are_named() -> None:
    (problem,) = synonyms("groups:\n  - [Leerstand, leere Läden in der kleinen Stadt]\n")
    assert (problem.code, problem.line) == ("unused-synonyms", 2)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Das sagte Frau Kleinsorgh.", "So auch Kleinsorgk."),
        ("Das Büro scheuvens sagte es.", "Das Büro scheuvenz kam dazu."),
        ("In Hoevelhof ist es so.", "In Hövelhof auch."),
        ("Die regiopolREGION wuchs.", "Die regiopolRegion wuchs."),
        ("Jürgen Meier sprach.", "Jürgen Meyer antwortete."),
    ],
)
def test_a_name_in_two_spellings_is_told_once_with_both_places(one: str, other: str) -> None:
    (problem,) = names(one, other)
    assert problem.code == "spelling"
    assert {problem.entry, problem.message.partition("(")[2].partition(",")[0]} == {"e0", "e1"}
    lines = {problem.line, int(problem.message.partition("t.yaml:")[2].partition(")")[0])}
    assert lines == {6, 11}


def test_a_listed_name_with_a_typing_error_is_told() -> None:
    (problem,) = names("In Salzkoten war es so.", listed="Salzkotten")
    assert "„Salzkoten“ sieht aus wie „Salzkotten“" in problem.message


@pytest.mark.parametrize(
    ("one", "other", "listed"),
    [
        ("Kleinsorghes Vortrag war gut.", "Frau Kleinsorgh sprach.", ""),
        ("Der Leerstandsmanager kam.", "Die Leerstandsmanagerin kam.", ""),
        ("Frau Kleinsorgh und", "Frau Kleinsorgha", "Kleinsorgh, Kleinsorgha"),
        ("Jürgen Meier sprach.", "Petra Meyer auch.", ""),
        ("Die Kosten sanken.", "Die Posten stiegen.", ""),
        ("In Paderborn und Brakel.", "Die Paderborner kamen.", "Paderborn, Brakel"),
        ("REGIOPOLREGION im Titel", "regiopolREGION im Text", ""),
    ],
)
def test_other_words_are_left_alone(one: str, other: str, listed: str) -> None:
    assert names(one, other, listed=listed) == []
