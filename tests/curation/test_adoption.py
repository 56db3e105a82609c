"""A draft becomes an entry only as far as its wording, its facts and the rest of the knowledge allow."""

from __future__ import annotations

from typing import Any

import pytest

from bot.curation.adoption import Passage, Way, adopted, doubts, field_mistakes, mistakes, told, ways
from bot.curation.drafts import Draft
from bot.errors import UserError
from bot.knowledge import Entry, KnowledgeBase, Source, parse

FILES = {
    "haus.yaml": (
        b"topic: Haus\nentries:\n"
        b"  - id: haus-dauer\n    question: Wie lange dauert der Umbau?\n    variants: [Dauer Umbau]\n"
        b"    answer: Er dauert zwei Jahre.\n    source: alt\n    former_ids: [umbau]\n"
        b"  - id: haus-kosten\n    question: Was kostet er?\n    answer: Viel.\n    sources: [{id: alt, section: A}]\n"
    ),
    "sources.yaml": b"sources:\n  - {id: alt, kind: werkstatt, title: T, publisher: P, date: '2020-11'}\n",
    "smalltalk.yaml": b"entries:\n  - {id: hallo, question: Hallo, answer: Guten Tag!}\n",
}
KNOWN = parse(FILES)
SOURCE = Source(id="neu", kind="werkstatt", title="Zweite Runde", publisher="Verein", date="2022-05-03")
WORDING = "Der Umbau des alten Hauses dauert nach neuer Planung vier Jahre, sagte Frau Gnu."


def draft(**changes: Any) -> Draft:
    values: dict[str, Any] = {
        "id": "haus-neu", "topic": "haus", "question": "Wie lange dauert es nun?", "answer": "Nun sind es vier Jahre.",
        "section": "Input", "speaker": "Frau Gnu", "relation": "contradicts", "entry": "haus-dauer",
    }  # fmt: skip
    return Draft(**{**values, **changes})


def after(way: Way, *, remark: str = "", title: str | None = None, **changes: Any) -> tuple[KnowledgeBase, str]:
    files = adopted(FILES, KNOWN, SOURCE, draft(**changes), way, title, remark)
    return parse(files), files["haus.yaml"].decode()


def entry(knowledge: KnowledgeBase, entry_id: str) -> Entry:
    found = knowledge.entry(entry_id)
    assert found is not None
    return found


@pytest.mark.parametrize("way", [Way.NEW, Way.CONTRADICT, Way.SUPERSEDE])
def test_what_a_new_entry_answers_is_open_no_longer(way: Way) -> None:
    written = "questions:\n  - wie lange dauert es nun\n  - Dauer jetzt?   # fragt der Rat\n  - Wer baut?\n"
    files = FILES | {"offene-fragen.yaml": written.encode()}
    taken = draft(variants=["Dauer jetzt"])
    assert parse(adopted(files, parse(files), SOURCE, taken, way)).open_questions == ("Wer baut?",)


def test_a_new_entry_stands_in_its_topic_with_its_source() -> None:
    knowledge, _ = after(Way.NEW, variants=["Dauer jetzt"], keywords=["Dauer"], short="Vier Jahre.", as_of="2022-04")
    new = entry(knowledge, "haus-neu")
    assert (new.question, new.answer, new.short) == (
        "Wie lange dauert es nun?",
        "Nun sind es vier Jahre.",
        "Vier Jahre.",
    )
    assert [(ref.id, ref.section, ref.speaker) for ref in new.source_refs] == [("neu", "Input", "Frau Gnu")]
    assert new.variants == ("Dauer jetzt",) and knowledge.topic_of(new).id == "haus"
    assert knowledge.as_of(new) == "2022-04" and knowledge.sources["neu"] == SOURCE
    assert entry(knowledge, "haus-dauer") == entry(KNOWN, "haus-dauer"), "nothing else is touched"


def test_a_new_topic_gets_its_name() -> None:
    files = adopted(FILES, KNOWN, SOURCE, draft(topic="zubau"), Way.NEW, "Der Zubau")
    assert [topic.title for topic in parse(files).topics] == ["Haus", "Der Zubau"]


@pytest.mark.parametrize(("old", "first"), [("haus-dauer", ("alt", None)), ("haus-kosten", ("alt", "A"))])
def test_the_source_is_added_to_an_entry_that_says_the_same(old: str, first: tuple[str, str | None]) -> None:
    knowledge, _ = after(Way.ADD_SOURCE, relation="covered", entry=old, answer="")
    refs = [(ref.id, ref.section) for ref in entry(knowledge, old).source_refs]
    assert refs == [first, ("neu", "Input")]
    assert knowledge.entry("haus-neu") is None


def test_a_newer_statement_supersedes_or_changes_the_date() -> None:
    knowledge, _ = after(Way.SUPERSEDE, relation="updates")
    assert entry(knowledge, "haus-dauer").superseded_by == "haus-neu"
    knowledge, _ = after(Way.NEWER, relation="updates")
    assert entry(knowledge, "haus-dauer").as_of == "2022-05-03"
    assert [ref.id for ref in entry(knowledge, "haus-dauer").source_refs] == ["alt", "neu"]
    assert entry(knowledge, "haus-dauer").answer == "Er dauert zwei Jahre." and knowledge.entry("haus-neu") is None


def test_two_that_disagree_name_each_other_and_both_stay() -> None:
    knowledge, _ = after(Way.CONTRADICT)
    assert entry(knowledge, "haus-neu").contradicts == ("haus-dauer",)
    assert entry(knowledge, "haus-dauer").contradicts == ("haus-neu",)
    assert entry(knowledge, "haus-dauer").answer == "Er dauert zwei Jahre."


def test_what_was_overruled_stands_as_a_comment_above_the_entry() -> None:
    _, text = after(Way.CONTRADICT, remark="Am 3.5. übernommen, obwohl: „15“ steht nicht da.")
    assert "  # Am 3.5. übernommen, obwohl: „15“ steht nicht da.\n  - id: haus-neu\n" in text
    _, text = after(Way.ADD_SOURCE, remark="Obwohl: 15.")
    assert "  # Obwohl: 15.\n  - id: haus-dauer\n" in text


def test_a_source_that_stands_there_already_changes_nothing() -> None:
    once = adopted(FILES, KNOWN, SOURCE, draft(), Way.ADD_SOURCE)
    assert adopted(once, parse(once), SOURCE, draft(id="x"), Way.ADD_SOURCE, remark="Obwohl: 15.") == once


def test_a_registered_source_stays_as_it_is_and_another_is_not_taken_for_it() -> None:
    files = adopted(FILES, KNOWN, SOURCE, draft(), Way.NEW)
    corrected = {**files, "sources.yaml": files["sources.yaml"].replace(b"Zweite Runde", b"Zweite Werkstatt")}
    again = adopted(corrected, parse(corrected), SOURCE, draft(id="x", question="Und nun?"), Way.NEW)
    assert again["sources.yaml"] == corrected["sources.yaml"]
    other = {**files, "sources.yaml": files["sources.yaml"].replace(b"2022-05-03", b"2021-05-03")}
    with pytest.raises(UserError, match=r"Kennung „neu“ steht in sources\.yaml eine andere Quelle, vom 3\. Mai 2021"):
        adopted(other, parse(other), SOURCE, draft(), Way.NEW)


@pytest.mark.parametrize(
    ("relation", "first"),
    [("new", Way.NEW), ("covered", Way.ADD_SOURCE), ("updates", Way.SUPERSEDE), ("contradicts", Way.CONTRADICT)],
)
def test_the_likeliest_way_comes_first(relation: str, first: Way) -> None:
    assert ways(KNOWN, draft(relation=relation))[0] is first
    assert ways(KNOWN, draft(relation=relation, entry="gibt-es-nicht")) == (Way.NEW,)
    assert ways(KNOWN, draft(relation=relation, entry="umbau"))[0] is first, "a former id is as good"


def test_a_former_id_leads_to_the_entry() -> None:
    for way in Way:
        assert entry(after(way, entry="umbau")[0], "haus-dauer").id == "haus-dauer"


MISTAKES = [
    ("question", "x" * 101, "„Frage“ ist zu lang: 101 Zeichen, erlaubt sind 100"),
    ("question", "dauer, umbau!", "„dauer, umbau!“ gehört schon zum Eintrag „haus-dauer“"),
    ("question", "Hallo!", "gehört schon zum Eintrag „hallo“"),
    ("question", "", "„Frage“ ist leer"),
    ("question", "\x1b[2J", "„Frage“ enthält ein Zeichen, das nicht erlaubt ist"),
    ("variants", ["Wie lange dauert es NUN"], "steht schon in diesem Entwurf"),
    ("variants", ["So", "so."], "„so.“ steht schon in diesem Entwurf"),
    ("variants", ["y" * 201], "erlaubt sind 200"),
    ("answer", "z" * 1001, "„Antwort“ ist zu lang: 1001 Zeichen, erlaubt sind 1000"),
    ("answer", "Eins ist da. Zwei ist da. Drei ist da. Vier ist da. Fünf ist da.", "hat 5 Sätze; erlaubt sind 4"),
    ("answer", "Ja, der Umbau des alten Hauses dauert nach neuer Planung lang.", "Diese Wörter stehen genau so"),
    ("short", "Der UMBAU des alten Hauses dauert nach neuer Planung", "Bitte sagen Sie es in eigenen Worten"),
    ("short", "k" * 201, "„Kurze Antwort“ ist zu lang: 201 Zeichen, erlaubt sind 200"),
    ("keywords", ["k" * 61], "erlaubt sind 60"),
    ("topic", "sources", "„sources“ ist kein Thema"),
    ("topic", "Zum Haus", "Ein Thema heißt wie seine Datei"),
    ("section", "s" * 121, "„Abschnitt“ ist zu lang"),
    ("speaker", "s" * 81, "„Wer es gesagt hat“ ist zu lang"),
    ("as_of", "2022-13", "„Stand“ nennt einen Tag, den es im Kalender nicht gibt"),
    ("id", "haus-dauer", "Die Kennung „haus-dauer“ ist schon vergeben"),
    ("id", "umbau", "schon vergeben"),
    ("id", "hallo", "schon vergeben"),
    ("id", "Haus Neu", "„Kennung“ ist keine gültige Kennung"),
]


@pytest.mark.parametrize(("key", "value", "said"), MISTAKES)
def test_limits_and_repetitions_are_said_at_the_field(key: str, value: Any, said: str) -> None:
    assert said in " ".join(field_mistakes(KNOWN, draft(), key, value, WORDING))


def test_what_is_right_is_not_complained_about() -> None:
    right = {
        "question": "Wie lange dauert es nun?", "variants": ["Dauer jetzt", "Wann ist er fertig?"], "as_of": "",
        "answer": "Der Umbau des alten Hauses dauert nach Plan vier Jahre.", "short": "", "keywords": ["Dauer"],
        "topic": "zubau", "section": "", "speaker": "", "id": "zubau-eins",
    }  # fmt: skip
    for key, value in right.items():
        assert field_mistakes(KNOWN, draft(), key, value, WORDING) == []  # type: ignore[arg-type]
    assert mistakes(KNOWN, draft(), WORDING) == []


def test_a_draft_without_answer_and_topic_is_not_ready() -> None:
    found = mistakes(KNOWN, draft(answer="", topic=None), WORDING)
    assert found == ["Es fehlt noch: Antwort in eigenen Worten.", "Es fehlt noch: Thema."]


def test_numbers_and_names_that_the_section_does_not_hold_are_doubtful() -> None:
    whole = f"{WORDING}\nDas OZG kam zur Sprache, auch mit Herrn Max Emu: 99 Fälle."

    def doubtful(answer: str, source: Source = SOURCE, people: tuple[str, ...] = ("Eva Gnu", "Max Emu")) -> str:
        return " ".join(doubts(KNOWN, [answer, None, answer], "Input", Passage(WORDING, whole, people), source))

    assert doubtful("Es dauert 4 Jahre, so Frau Gnu.") == ""
    assert doubtful("Es dauert fünf Jahre, so Frau Gnu.") == "Das steht nicht im Abschnitt „Input“: „fünf Jahre“."
    assert "„Yak“" in doubtful("So sagte es Frau Yak.")
    assert doubtful("Im Mai 2022 nannte der Verein vier Jahre.") == "", "when and by whom need not stand there again"
    assert doubtful("Eva Gnu nannte vier Jahre.") == "", "the section names her without her first name"
    assert "„Emu“" in doubtful("Herr Emu nannte vier Jahre."), "a person must be named in the section"
    assert doubtful("Mit dem OZG sind es vier Jahre.") == "", "another name may stand elsewhere in the document"
    assert "„99“" in doubtful("Es waren 99."), "a number must stand in the section"
    spelled = SOURCE.model_copy(update={"spellings": (("Gnu", "Yak"),)})
    assert doubtful("So sagte es Frau Yak.", spelled) == ""


def test_what_was_done_names_the_entry() -> None:
    assert told(KNOWN, draft(), Way.ADD_SOURCE) == "Quelle bei „Wie lange dauert der Umbau?“ (haus-dauer)"
    assert told(KNOWN, draft(), Way.NEW) == "„Wie lange dauert es nun?“ (haus-neu) als neuen Eintrag"
