"""The data model: what an entry offers, and what it refuses."""

from datetime import date

import pytest
from pydantic import ValidationError

from bot.knowledge.model import (
    MAX_SHORT,
    Entry,
    Event,
    KnowledgeBase,
    Source,
    SourceRef,
    SynonymsFile,
    Topic,
    TopicFile,
    first_day,
    first_sentence,
    month_and_year,
)


def entry(**more: object) -> Entry:
    return Entry.model_validate({"id": "a", "question": "Was?", "answer": "Das. Und jenes.", "source": "s"} | more)


@pytest.mark.parametrize(
    ("day", "said"),
    [("2020", "2020"), ("2020-11", "November 2020"), ("2020-11-12", "November 2020"), ("2021-03", "März 2021")],
)
def test_month_and_year(day: str, said: str) -> None:
    assert month_and_year(day) == said


def test_first_day() -> None:
    assert [first_day(day) for day in ("2020", "2020-02", "2020-02-29")] == [
        date(2020, 1, 1),
        date(2020, 2, 1),
        date(2020, 2, 29),
    ]


@pytest.mark.parametrize(
    "day", ["2020-13", "2021-02-29", "2021-00", "0000", "2020-1", "20", "2020-11-12-1", "٢٠٢٠", "2020\n"]
)
def test_dates_that_do_not_exist_are_refused(day: str) -> None:
    with pytest.raises(ValidationError):
        entry(as_of=day)
    with pytest.raises(ValidationError):
        Event.model_validate({"date": day, "precision": "day", "status": "done", "label": "x"})


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Eins. Zwei.", "Eins."),
        ("Nur einer", "Nur einer"),
        ("Am 12. November traf\n man  sich. Danach nicht.", "Am 12. November traf man sich."),
        ("Der Verein e. V. Paderborn half. Gut.", "Der Verein e. V. Paderborn half."),
        ("Das sagt z. B. Meier. Ja.", "Das sagt z. B. Meier."),
        ("Er sagte: „Das geht.“ Dann ging er.", "Er sagte: „Das geht.“"),
        ("Geht das? Ja!", "Geht das?"),
        ("Ein Satz. „Noch einer.“", "Ein Satz."),
        ("Ab 2020. Danach", "Ab 2020. Danach"),
    ],
)
def test_first_sentence(text: str, sentence: str) -> None:
    assert first_sentence(text, MAX_SHORT) == sentence


@pytest.mark.parametrize("longest", [5, 20, 200])
def test_first_sentence_is_never_too_long(longest: int) -> None:
    for text in ("Wort " * 100, "x" * 500, "Donaudampf, Schiff – " * 40):
        cut = first_sentence(text, longest)
        assert len(cut) <= longest
        assert cut.endswith("…")


def test_entry_names_its_sources_in_exactly_one_way() -> None:
    assert entry().source_refs == (SourceRef(id="s", section=None, speaker=None),)
    assert entry(source=None, sources=[{"id": "t", "section": "A"}]).source_refs[0].section == "A"
    for more in ({"sources": [{"id": "t"}]}, {"source": None}):
        with pytest.raises(ValidationError, match="either source or sources"):
            entry(**more)


def test_short_line_is_the_first_sentence_where_none_is_written() -> None:
    assert entry().short_line == "Das."
    assert entry(short="Kurz.").short_line == "Kurz."


def test_phrasings_are_the_question_and_its_variants() -> None:
    assert entry(variants=["Wie?", "Wo?"]).phrasings == ("Was?", "Wie?", "Wo?")


def test_models_are_immutable_and_closed() -> None:
    with pytest.raises(ValidationError):
        entry().id = "b"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        entry(unknown="x")
    with pytest.raises(ValidationError):
        TopicFile.model_validate({"topic": "T", "entries": []})
    with pytest.raises(ValidationError):
        SynonymsFile.model_validate({"groups": [["allein"]]})


def test_knowledge_base_finds_entries_by_their_former_ids_too() -> None:
    old, new = entry(former_ids=["z"], as_of="2019"), entry(id="b", source=None, sources=[{"id": "s"}, {"id": "t"}])
    sources = {
        name: Source.model_validate({"id": name, "kind": "werkstatt", "title": "T", "publisher": "P", "date": day})
        for name, day in (("s", "2020-11-12"), ("t", "2021"))
    }
    topic = Topic("x", "X", "", (old, new))
    base = KnowledgeBase(topics=(topic,), sources=sources)
    assert list(base.entries) == [old, new]
    assert base.entry("z") is base.entry("a") is old
    assert base.entry("c") is None
    assert base.topic_of(new) is topic
    assert (base.as_of(old), base.as_of(new)) == ("2019", "2021")
    assert base.synonyms == SynonymsFile(groups=(), names=())
