"""What must hold across files."""

from datetime import date, timedelta

import pytest

from bot.knowledge import KnowledgeError, parse
from bot.knowledge.consistency import check, same_words
from bot.knowledge.yaml_lines import read_yaml

SOURCES = "sources:\n  - {id: s, kind: werkstatt, title: T, publisher: P, date: '2020-11-12'}\n"


def entry(name: str, **more: str) -> str:
    fields = {"question": f"Frage {name}?", "answer": "Das.", "source": "s"} | more
    return f"  - id: {name}\n" + "".join(f"    {key}: {value}\n" for key, value in fields.items())


def topic(*entries: str) -> str:
    return "topic: T\nentries:\n" + "".join(entries)


def report(**files: str) -> list[str]:
    texts = {"sources": SOURCES} | files
    try:
        parse({f"{name}.yaml": text.encode() for name, text in texts.items() if text})
    except KnowledgeError as error:
        return str(error).splitlines()
    return []


def expect(lines: list[str], *beginnings: str) -> None:
    assert len(lines) == len(beginnings), lines
    for line, beginning in zip(lines, beginnings, strict=True):
        assert line.startswith(beginning), line


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Was ist das?", "was  ist das", True),
        ("E-Government", "e government", True),
        ("Straße", "STRASSE", True),
        ("u\u0308ber", "über", True),
        ("über", "uber", False),
        ("???", "!!!", False),
    ],
)
def test_same_words(one: str, other: str, same: bool) -> None:
    assert (same_words(one) == same_words(other)) is same


def test_ids_are_unique_across_files_former_ids_and_small_talk() -> None:
    lines = report(
        a=topic(entry("x"), entry("y", former_ids="[z]")),
        b=topic(entry("z"), entry("v", question="Anders?"), entry("x", question="Neu?")),
        smalltalk="entries:\n  - {id: v, question: Hallo, answer: Hallo}\n",
    )
    expect(
        lines,
        "b.yaml:3: Die Kennung „z“ ist schon vergeben (a.yaml:11).",
        "b.yaml:11: Die Kennung „x“ ist schon vergeben (a.yaml:3).",
        "smalltalk.yaml:2: Die Kennung „v“ ist schon vergeben (b.yaml:7).",
    )


def test_source_ids_are_unique() -> None:
    expect(report(a=topic(entry("x")), sources=SOURCES + SOURCES.splitlines()[1]), "sources.yaml:3: Die Kennung „s“")


def test_phrasings_are_unique_within_and_across_entries() -> None:
    lines = report(
        a=topic(entry("x", question="Was kostet es?", variants="[Wie teuer, was kostet ES]")),
        b=topic(entry("y", variants="\n      - neu\n      - „wie teuer“?")),
        smalltalk="entries:\n  - {id: v, question: NEU!, answer: Hallo}\n",
    )
    expect(
        lines,
        "a.yaml:7: Die Formulierung „was kostet ES“ gibt es schon (a.yaml:4).",
        "b.yaml:9: Die Formulierung „„wie teuer“?“ gibt es schon (a.yaml:7).",
        "smalltalk.yaml:2: Die Formulierung „NEU!“ gibt es schon (b.yaml:8).",
    )


def test_sources_exist() -> None:
    lines = report(
        a=topic(entry("x", source="ss"), entry("y", source="[]").replace("source", "sources")),
        b=topic(entry("z").replace("source: s", "sources: [{id: s}, {id: voellig-anders}]")),
    )
    expect(
        lines,
        "a.yaml:6: Die Quelle „ss“ steht nicht in sources.yaml.",
        "a.yaml:7: Der Eintrag nennt keine Quelle.",
        "b.yaml:6: Die Quelle „voellig-anders“ steht nicht in sources.yaml.",
    )


def test_nearest_id_is_the_hint() -> None:
    lines = report(a=topic(entry("motive-kosten"), entry("y", related="[motive-koste, ganz-anders]")))
    assert lines == [
        "a.yaml:11: Einen Eintrag „ganz-anders“ gibt es nicht. Hinweis: Bitte prüfen Sie die Kennung.",
        "a.yaml:11: Einen Eintrag „motive-koste“ gibt es nicht. Hinweis: Meinten Sie „motive-kosten“?",
    ]


def test_sources_file_is_required_once_something_names_a_source() -> None:
    expect(report(a=topic(entry("x"), entry("y")), sources=""), "a.yaml:6: Der Eintrag nennt die Quelle „s“, aber")


@pytest.mark.parametrize("key", ["related", "covers", "superseded_by", "contradicts"])
def test_references_lead_to_another_entry_that_exists(key: str) -> None:
    def one(target: str) -> str:
        return target if key == "superseded_by" else f"[{target}]"

    lines = report(
        a=topic(entry("x", former_ids="[old]", **{key: one("x")}), entry("y", **{key: one("old")})),
        b=topic(entry("z", **{key: one("hallo")}), entry("v", **{key: one("x")})),
        smalltalk="entries:\n  - {id: hallo, question: Hallo, answer: Hallo}\n",
    )
    expect(
        lines,
        f"a.yaml:8: Der Eintrag verweist unter „{key}“ auf sich selbst.",
        "a.yaml:13: Der Eintrag „old“ hat inzwischen eine andere Kennung. Hinweis: Bitte schreiben Sie „x“.",
        "b.yaml:7: Einen Eintrag „hallo“ gibt es nicht.",
    )


def test_circles_are_named_once() -> None:
    def chain(**successors: str) -> list[str]:
        return report(a=topic(*(entry(name, superseded_by=after) for name, after in successors.items()), entry("end")))

    assert chain(x="y", y="z", z="end") == []
    expect(chain(v="x", x="y", y="z", z="x"), "a.yaml:12: Diese Einträge überholen sich gegenseitig: x → y → z → x.")
    assert len(chain(x="y", y="x", v="w", w="v")) == 2


def test_a_word_in_two_groups() -> None:
    expect(
        report(a=topic(entry("x")), synonyms="groups:\n  - [Stadt, Ort]\n  - [Dorf, stadt]\n  - [IKZ, IKZ]\n"),
        "synonyms.yaml:3: Das Wort „stadt“ steht schon in einer Gruppe (synonyms.yaml:2).",
        "synonyms.yaml:4: Das Wort „IKZ“ steht schon in einer Gruppe (synonyms.yaml:4).",
    )
    assert report(a=topic(entry("x")), synonyms="groups:\n  - [Online-Zugang, Onlinezugang]\n") == []


def test_what_a_broken_file_may_contain_is_not_reported_missing() -> None:
    related = topic(entry("x", related="[y]"))
    expect(report(a=related, b="topic: 'T\n"), "b.yaml:1: Ein Anführungszeichen")
    expect(report(a=topic(entry("x")), sources="sources: ]"), "sources.yaml:1: ")
    assert len(report(a=related, sources="sources: ]")) == 2


def test_a_broken_entry_still_takes_part() -> None:
    lines = report(
        a=topic(entry("x", as_of="gestern", variants="[Frage y]"), entry("z", related="[y, q]")),
        b=topic(entry("y", short="", source="q")),
    )
    expect(
        lines,
        "a.yaml:7: „as_of“",
        "a.yaml:13: Einen Eintrag „q“",
        "b.yaml:4: Die Formulierung „Frage y?“ gibt es schon (a.yaml:8).",
        "b.yaml:6: Die Quelle „q“",
        "b.yaml:7: „short“ ist leer.",
    )


def test_a_missing_source_is_reported_whatever_else_is_wrong() -> None:
    expect(
        report(a="topic: T\nentries:\n  - {id: x}\n"),
        *["a.yaml:3: Der Eintrag nennt keine Quelle."],
        "a.yaml:3: „a",
        "a.yaml:3: „q",
    )


def test_what_is_known_is_not_known_from_the_future() -> None:
    tomorrow, later = (date.today() + timedelta(days=days) for days in (1, 2))
    assert report(a=topic(entry("x", as_of=date.today().isoformat()), entry("y", as_of=tomorrow.isoformat()))) == []
    lines = report(
        a=topic(entry("x", as_of=later.isoformat()), entry("y", as_of="2999"), entry("z", as_of="2999-13")),
        sources=SOURCES.replace("2020-11-12", "2999-01"),
    )
    expect(
        lines,
        f"a.yaml:7: Der Stand „{later.isoformat()}“ liegt in der Zukunft. Hinweis: Bitte prüfen Sie Jahr,",
        "a.yaml:12: Der Stand „2999“ liegt in der Zukunft.",
        "a.yaml:17: „as_of“ nennt einen Tag, den es im Kalender nicht gibt",
        "sources.yaml:2: Das Datum der Quelle „2999-01“ liegt in der Zukunft.",
    )


def test_a_computer_that_does_not_know_the_date_can_start() -> None:
    files = {"sources.yaml": SOURCES, "a.yaml": topic(entry("x", as_of="2024"))}
    documents = {name: read_yaml(name, text.encode()) for name, text in files.items()}
    assert list(check(documents, (), date(1970, 1, 1))) == []
    assert len(list(check(documents, (), date(2025, 1, 1)))) == 0
    files["a.yaml"] = topic(entry("x", as_of="2999"))
    documents = {name: read_yaml(name, text.encode()) for name, text in files.items()}
    assert list(check(documents, (), date(1970, 1, 1))) == []
    assert [problem.code for problem in check(documents, (), date(2025, 1, 1))] == ["future"]
