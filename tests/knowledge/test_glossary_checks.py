"""What a curator is told about the glossary, and that answering does not depend on it."""

from __future__ import annotations

import pytest

from bot.knowledge import KnowledgeBase, KnowledgeError, parse
from bot.knowledge.glossary_model import MAX_MEANING, MAX_SPELLINGS, MAX_TERM

BASE = {
    "x.yaml": "topic: T\nentries:\n"
    "  - {id: a, question: Was?, answer: Das., source: s, former_ids: [alt]}\n"
    "  - {id: b, question: Wer?, answer: Der., source: s}\n",
    "sources.yaml": "sources:\n  - {id: s, kind: werkstatt, title: T, publisher: P, date: '2020'}\n",
}
GLOSSARY = """\
terms:
  - term: Zweckverband
    spellings: [Verband zum Zweck, ZV]
    meaning: Er ist eine Körperschaft (§ 5 Abs. 1 GkG, z. B. in NRW).
    entry: a
  - term: Backoffice
    meaning: Dort arbeitet, wen niemand sieht.
    entry: b
    sources: [{id: s, section: § 5}]
"""


def read(glossary: str | None = GLOSSARY, **files: str) -> KnowledgeBase:
    """The knowledge in the base, this glossary and these files."""
    everything = BASE | ({"glossar.yaml": glossary} if glossary is not None else {})
    return parse({name: text.encode() for name, text in everything.items()} | {k: v.encode() for k, v in files.items()})


def test_terms_are_read_and_none_is_needed() -> None:
    terms = read().glossary
    assert [term.term for term in terms] == ["Zweckverband", "Backoffice"]
    assert terms[0].forms == ("Zweckverband", "Verband zum Zweck", "ZV")
    assert [ref.section for ref in terms[1].sources] == ["§ 5"]
    assert [topic.id for topic in read().topics] == ["x"]
    assert read(None).glossary == ()


def test_the_version_that_the_calibration_belongs_to_does_not_change_with_it() -> None:
    assert read().version == read(None).version == read(GLOSSARY.replace("niemand", "jemand")).version


@pytest.mark.parametrize(
    ("glossary", "says"),
    [
        (GLOSSARY.replace("entry: b", "entry: bb"), "glossar.yaml:8: Einen Eintrag „bb“ gibt es nicht."),
        (GLOSSARY.replace("entry: b", "entry: alt"), "glossar.yaml:8: Der Eintrag „alt“ hat inzwischen eine andere"),
        (GLOSSARY.replace("    entry: b\n", ""), "glossar.yaml:6: „entry“ fehlt."),
        (GLOSSARY.replace("id: s", "id: t"), "glossar.yaml:9: Die Quelle „t“ steht nicht in sources.yaml."),
        (
            GLOSSARY.replace("term: Backoffice", "term: zweckVerband"),
            "glossar.yaml:6: Den Begriff „zweckVerband“ gibt es",
        ),
        (
            GLOSSARY.replace("term: Backoffice", "term: Z-V"),
            "glossar.yaml:6: Den Begriff „Z-V“ gibt es schon (glossar.",
        ),
        (GLOSSARY.replace(", ZV", ", zv, ZV"), "glossar.yaml:3: Den Begriff „ZV“ gibt es schon (glossar.yaml:3)."),
        (
            GLOSSARY.replace("Backoffice", "x" * (MAX_TERM + 1)),
            f"glossar.yaml:6: „term“ ist zu lang: {MAX_TERM + 1} Zei",
        ),
        (
            GLOSSARY.replace("ZV", "x" * 58),
            "glossar.yaml:3: „spellings“ (Nr. 2) ist zu lang: 58 Zeichen, erlaubt sind 57",
        ),
        (GLOSSARY.replace("Dort", "d" * MAX_MEANING), "glossar.yaml:7: „meaning“ ist zu lang"),
        (GLOSSARY.replace("niemand", "keiner. Niemand"), "glossar.yaml:7: „meaning“ hat 2 Sätze; erlaubt ist einer."),
        (GLOSSARY.replace("term: Backoffice", "term: „§“"), "glossar.yaml:6: „term“ enthält kein Wort"),
        (
            GLOSSARY.replace("ZV", ", ".join(f"z{n}" for n in range(MAX_SPELLINGS))),
            "„spellings“ hat zu viele Werte: 11",
        ),
        (
            GLOSSARY.replace("spellings", "schreibweisen"),
            "glossar.yaml:3: Den Schlüssel „schreibweisen“ gibt es hier nicht",
        ),
        ("terms: []\n", "glossar.yaml:1: „terms“ hat zu wenige Werte: 0"),
        ("", "glossar.yaml:1: Die Datei ist leer."),
    ],
)
def test_each_mistake_is_told_once_with_its_line(glossary: str, says: str) -> None:
    with pytest.raises(KnowledgeError) as caught:
        read(glossary)
    told = str(caught.value).splitlines()
    assert len(told) == 1
    assert says in told[0] and "Hinweis: " in told[0]


def test_one_term_may_be_spelled_in_one_word_and_in_several() -> None:
    assert read(GLOSSARY.replace("ZV", "Zweck-Verband")).glossary[0].spellings[1] == "Zweck-Verband"


def test_what_an_unreadable_topic_may_hold_is_not_reported_missing() -> None:
    with pytest.raises(KnowledgeError) as caught:
        read(GLOSSARY.replace("entry: b", "entry: c"), **{"y.yaml": "["})
    assert [problem.file for problem in caught.value.problems] == ["y.yaml"]
