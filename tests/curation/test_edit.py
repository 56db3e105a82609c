"""Whatever is changed in a knowledge file, everything beside it stays byte for byte as the curator wrote it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.curation import splice
from bot.curation.edit import (
    add_entry,
    add_remark,
    add_source,
    add_source_ref,
    add_to_list,
    add_variant,
    commit,
    set_field,
)
from bot.errors import UserError
from bot.knowledge import load, parse
from bot.knowledge.consistency import items
from bot.knowledge.load import read_files
from bot.knowledge.yaml_lines import read_yaml
from tests.conftest import ROOT

SHIPPED = read_files(ROOT / "knowledge")
KNOWN = parse(SHIPPED)
ENTRIES = sorted(entry.id for entry in KNOWN.entries)
SOURCE = {
    "id": "werkstatt-2022",
    "kind": "werkstatt",
    "title": "Zweite: Werkstatt",
    "publisher": "V",
    "date": "2022-05",
}
ENTRY = {
    "id": "neu-eins",
    "question": "Welches Zebra frisst Quitten?",
    "variants": ["Zebra: Quitten #1", "- Quittenzebra"],
    "keywords": ["Zebra, gestreift", "Quitte"],
    "answer": "Keines tut das. "
    + "Das sagte man auf der zweiten Werkstatt, und zwar ohne weitere Begründung, " * 3
    + "ja.",
    "sources": [{"id": "werkstatt-2022", "section": "Input: Zoo", "speaker": "Frau Gnu"}],
    "as_of": "2022-05",
    "events": [{"date": "2022", "precision": "year", "status": "done", "label": "Zebra, satt"}],
}

LETTERS = st.characters(
    codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff\ufffe\uffff"
)
TEXTS = st.text(LETTERS, min_size=1, max_size=90).map(lambda text: f"Zebra {text}".strip())
AWKWARD = st.sampled_from(
    [
        *(f"{sign}Zebra" for sign in ("# ", "- ", "? ", "'", '"', "[", "*", "&", "!", "%", "@", "`", "> ", "| ", "~ ")),
        *("Zebra: Q", '"Zebra"', "Zebra, Quitte", "{Zebra}", "Zebra #1", "Zebra:", "Zebra\\n", "nein Z"),
    ]
)


def crlf(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {name: content.replace(b"\n", b"\r\n") for name, content in files.items()}


def pieces(content: bytes) -> dict[bytes, bytes]:
    """The bytes of each entry of a shipped file, by its id; the head of the file without one."""
    parts = re.split(rb"(?m)^(?=  - id: )", content)
    return {re.match(rb"  - id: (\S+)|", part).group(1) or b"": part for part in parts}  # type: ignore[union-attr]


def is_insertion(before: bytes, after: bytes) -> bool:
    """Whether ``after`` is ``before`` with something put in at one place."""
    return common(before, after) + common(before[::-1], after[::-1]) >= len(before)


def common(one: bytes, two: bytes) -> int:
    """How many bytes at the beginning are the same."""
    return next((at for at, (a, b) in enumerate(zip(one, two, strict=False)) if a != b), min(len(one), len(two)))


@pytest.mark.slow
@settings(deadline=None, max_examples=60)
@given(entry=st.sampled_from(ENTRIES), phrasing=st.one_of(TEXTS, AWKWARD), windows=st.booleans())
def test_a_phrasing_is_added_and_nothing_else_touched(entry: str, phrasing: str, windows: bool) -> None:
    before = crlf(SHIPPED) if windows else SHIPPED
    after = add_variant(before, entry, phrasing)
    (name,) = [name for name in after if after[name] != before[name]]
    assert is_insertion(before[name], after[name])
    old, new = pieces(before[name]), pieces(after[name])
    assert {key for key in old | new if old.get(key) != new.get(key)} == {entry.encode()}
    assert after[name].count(b"\r\n") == (after[name].count(b"\n") if windows else 0)
    found, known = entries(after, name), entries(before, name)
    assert found[entry]["variants"] == [*known[entry]["variants"], phrasing.strip()]  # type: ignore[misc]


def entries(files: Mapping[str, bytes], name: str) -> dict[str, dict[str, object]]:
    """The entries of a file as the loader understands them; the texts of these tests may be too short for an entry."""
    document = read_yaml(name, files[name])
    assert not document.problems
    return {item.id: dict(item.data) for item in items(document)}


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(
    entry=st.sampled_from(ENTRIES),
    other=st.sampled_from(ENTRIES),
    key=st.sampled_from(["short", "answer", "as_of", "superseded_by", "review_by", "question"]),
    windows=st.booleans(),
    text=st.one_of(TEXTS, AWKWARD),
)
def test_a_field_is_changed_and_nothing_else_touched(
    entry: str, other: str, key: str, windows: bool, text: str
) -> None:
    before = crlf(SHIPPED) if windows else SHIPPED
    value = {"as_of": "2022-05", "review_by": "2030", "superseded_by": other}.get(key, text)
    after = set_field(before, entry, key, value)
    name = f"{KNOWN.topic_of(KNOWN.entry(entry)).id}.yaml"  # type: ignore[arg-type]
    assert {**after, name: b""} == {**before, name: b""}
    old, new = pieces(before[name]), pieces(after[name])
    assert {name for name in old | new if old.get(name) != new.get(name)} <= {entry.encode()}
    was, now = entries(before, name), entries(after, name)
    assert now[entry] == {**was[entry], key: value.strip()}
    assert {**now, entry: None} == {**was, entry: None}


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(entry=st.sampled_from(ENTRIES), section=st.one_of(TEXTS, AWKWARD), windows=st.booleans())
def test_a_source_is_added_to_an_entry(entry: str, section: str, windows: bool) -> None:
    before = crlf(SHIPPED) if windows else SHIPPED
    section = section[:100].strip()
    after = add_source_ref(add_source(before, SOURCE), entry, {"id": "werkstatt-2022", "section": section})
    changed = [name for name in after if after[name] != before[name]]
    assert len(changed) == 2 and all(is_insertion(before[name], after[name]) for name in changed)
    (name,) = set(changed) - {"sources.yaml"}
    assert entries(after, name)[entry]["sources"][-1] == {"id": "werkstatt-2022", "section": section}  # type: ignore[index]
    assert add_source_ref(after, entry, {"id": "werkstatt-2022", "section": section}) == after


@pytest.mark.slow
@pytest.mark.parametrize("windows", [False, True])
@pytest.mark.parametrize("topic", [topic.id for topic in KNOWN.topics])
def test_an_entry_is_added_at_the_end_of_each_topic(topic: str, windows: bool) -> None:
    before = crlf(SHIPPED) if windows else SHIPPED
    after = add_entry(add_source(before, SOURCE), topic, ENTRY)
    added = after[f"{topic}.yaml"].removeprefix(before[f"{topic}.yaml"])
    assert after[f"{topic}.yaml"].endswith(added) and added != after[f"{topic}.yaml"]
    lines = added.decode().split("\r\n" if windows else "\n")
    assert lines[:3] == ["", "  - id: neu-eins", "    question: Welches Zebra frisst Quitten?"]
    assert max(map(len, lines)) <= 120
    known = parse(after)
    entry = known.entry("neu-eins")
    assert entry is not None and known.topic_of(entry).id == topic
    assert entry.answer == ENTRY["answer"] and list(entry.variants) == ENTRY["variants"]
    assert entry.source_refs[0].speaker == "Frau Gnu" and entry.events[0].label == "Zebra, satt"


def test_a_new_topic_begins_with_the_line_that_editors_read() -> None:
    after = add_entry(add_source(SHIPPED, SOURCE), "zoo", ENTRY, "Zoologischer Garten")
    text = after["zoo.yaml"].decode()
    assert text.startswith(
        "# yaml-language-server: $schema=schema/topic.json\ntopic: Zoologischer Garten\nentries:\n  - id: neu-eins\n"
    )
    assert [topic.title for topic in parse(after).topics if topic.id == "zoo"] == ["Zoologischer Garten"]


def test_the_first_source_makes_the_file() -> None:
    files = add_entry(add_source({}, SOURCE), "zoo", ENTRY)
    assert files["sources.yaml"].startswith(b"# yaml-language-server: $schema=schema/sources.json\nsources:\n  - id: ")
    assert parse(files).sources["werkstatt-2022"].title == "Zweite: Werkstatt"


def test_a_source_is_registered_once_and_never_overwritten() -> None:
    files = add_source(SHIPPED, SOURCE)
    assert add_source(files, SOURCE) == files
    with pytest.raises(UserError, match=r"„werkstatt-2022“ steht schon in sources\.yaml, aber mit anderen Angaben"):
        add_source(files, {**SOURCE, "title": "Eine andere"})


STYLES = {
    "comments everywhere": (
        "# oben\ntopic: T # Titel\nentries: # alle\n\n  # vor a\n  - id: a # Kennung\n    question: Eins? # so\n"
        "    variants: # wie\n      - a eins # mündlich\n      # zuletzt\n\n    answer: >- # gefaltet\n      Ja,\n"
        "      #kein Kommentar\n\n    # vor der Quelle\n    source: s # kurz\n    # Ende von a\n\n  # vor b\n"
        "  - id: b\n    question: Zwei?\n    answer: Nein.\n    source: s\n    # Ende von b\n# ganz am Ende\n"
    ),
    "no indentation, last line without an end": (
        "entries:\n- id: a\n  question: Eins?\n  variants:\n  - a eins\n  source: s\n  answer: |\n    Ja,\n    doch\n"
        "- answer: Nein.\n  id: b\n  source: s\n  question: 'Zwei?'\ntopic: T"
    ),
    "all in brackets": (
        "{topic: T, entries: [{id: a, question: 'Eins?', variants: [a eins, ], answer: Ja, source: s},\n"
        '  {"id": "b", "question":"Zwei?", "answer": "Nein", "source": "s"}  # b\n ]}\n'
    ),
    "texts over several lines": (
        "topic: T\nentries:\n  -   id: a\n      question: Eins\n        und?   # zweizeilig\n      variants: ['a\n"
        "        eins']\n"
        '      answer: "Ja\\\n        doch"\n      sources:\n      -   id: s\n\n\n  -   id: b\n      question: Zwei?\n'
        "      variants:\n"
        "          []\n      answer: |+\n        Nein.\n\n      source: s\n"
    ),
}


@pytest.mark.parametrize("windows", [False, True])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("style", STYLES)
def test_every_way_of_writing_yaml_keeps_its_lines(style: str, mark: bytes, windows: bool) -> None:
    sources = b"sources: [{id: s, kind: werkstatt, title: T, publisher: P, date: '2020-11-12'}]\n"
    before = {"t.yaml": STYLES[style].encode(), "sources.yaml": sources}
    before = crlf(before) if windows else before
    before["t.yaml"] = mark + before["t.yaml"]
    was = entries(before, "t.yaml")
    for entry in ("a", "b"):
        varied = add_variant(before, entry, "Zebra: Q, R")
        assert is_insertion(before["t.yaml"], varied["t.yaml"])
        assert entries(varied, "t.yaml")[entry]["variants"] == [*was[entry].get("variants", []), "Zebra: Q, R"]  # type: ignore[misc]
        newer = set_field(varied, entry, "as_of", "2022-05")
        assert is_insertion(varied["t.yaml"], newer["t.yaml"])
        assert parse(newer).as_of(parse(newer).entry(entry)) == "2022-05"  # type: ignore[arg-type]
        changed = set_field(newer, entry, "answer", "Vielleicht.")
        assert entries(changed, "t.yaml")[entry]["answer"] == "Vielleicht."
        assert comments(changed["t.yaml"]) == comments(before["t.yaml"])
        cited = add_source_ref(add_source(changed, SOURCE), entry, {"id": "werkstatt-2022", "section": "A, B"})
        refs = parse(cited).entry(entry).source_refs  # type: ignore[union-attr]
        assert [(ref.id, ref.section) for ref in refs] == [("s", None), ("werkstatt-2022", "A, B")]
        assert comments(cited["t.yaml"]) == comments(before["t.yaml"])
    more = add_entry(add_source(before, SOURCE), "t", ENTRY)
    assert is_insertion(before["t.yaml"], more["t.yaml"])
    assert comments(more["t.yaml"]) == comments(before["t.yaml"])
    assert list(entries(more, "t.yaml")) == ["a", "b", "neu-eins"]
    assert entries(more, "t.yaml")["neu-eins"] == ENTRY


def comments(content: bytes) -> list[str]:
    return re.findall(r"(?<= )# [a-zA-Zü ]+|^# [a-z ]+", content.decode(), re.MULTILINE)


def test_a_comment_stays_with_the_entry_it_stands_in() -> None:
    before = {"t.yaml": STYLES["comments everywhere"].encode()}
    text = add_entry(before, "t", ENTRY)["t.yaml"].decode()
    assert text.index("# Ende von b") < text.index("neu-eins")
    text = add_variant(before, "a", "Zebra")["t.yaml"].decode()
    assert "      - a eins # mündlich\n      # zuletzt\n      - Zebra\n\n    answer: >- # gefaltet\n" in text
    text = set_field(before, "a", "answer", "Kurz.")["t.yaml"].decode()
    assert "    answer: Kurz. # gefaltet\n\n    # vor der Quelle\n" in text
    text = set_field(before, "a", "answer", "Sehr lang ist das. " * 10)["t.yaml"].decode()
    assert "    answer: >- # gefaltet\n      Sehr lang" in text
    text = add_source_ref(before, "a", {"id": "x"})["t.yaml"].decode()
    assert "    sources: # kurz\n      - {id: s}\n      - {id: x}\n    # Ende von a\n" in text


@pytest.mark.parametrize("windows", [False, True])
@pytest.mark.parametrize("style", STYLES)
def test_a_key_can_be_put_in_and_taken_out_again(style: str, windows: bool) -> None:
    before = STYLES[style].encode()
    before = before.replace(b"\n", b"\r\n") if windows else before
    for place in (("entries", 0), ("entries", 1)):
        longer = splice.put("t.yaml", before, place, "as_of", "2022", ["id", "question", "as_of"])
        assert longer != before and splice.remove("t.yaml", longer, place, "as_of") == before
        assert splice.remove("t.yaml", before, place, "as_of") == before
        shorter = splice.remove("t.yaml", before, place, "answer")
        left = [item.data for item in items(read_yaml("t.yaml", shorter))]
        assert "answer" not in left[place[1]] and "answer" in left[1 - place[1]]


def test_a_remark_stands_above_the_entry() -> None:
    before = {"t.yaml": STYLES["comments everywhere"].encode()}
    text = add_remark(before, "b", "Geprüft: „15“ # steht nicht da.")["t.yaml"].decode()
    assert "  # vor b\n  # Geprüft: „15“ # steht nicht da.\n  - id: b\n" in text
    lines = add_remark(before, "b", "Geprüft. " * 40)["t.yaml"].decode().splitlines()
    assert max(map(len, lines)) <= 120 and entries(add_remark(before, "b", "x"), "t.yaml") == entries(before, "t.yaml")


def test_what_cannot_be_changed_alone_is_not_changed_at_all() -> None:
    text = b'entries: [{id: a, question: "Eins\n  und", answer: Ja}, {id: b, question: Zwei, answer: Nein}]\n'
    with pytest.raises(UserError, match=r"„t\.yaml“ ist so geschrieben, dass sich diese Stelle nicht ändern lässt"):
        add_remark({"t.yaml": text}, "b", "Das stünde mitten in einer Frage.")


@pytest.mark.parametrize(
    "text", ["Es sind  zwei.  Oder drei.  " * 8, "Ja.\nDoch.\n\nNein. " * 9, "Ja:\t # nein. " * 12]
)
def test_an_answer_says_what_it_was_meant_to_say_whatever_its_spaces(text: str) -> None:
    after = set_field(SHIPPED, "zeit-faustformel", "answer", text)
    assert entries(after, "zeit.yaml")["zeit-faustformel"]["answer"] == text.strip()
    now, then = pieces(after["zeit.yaml"]), pieces(SHIPPED["zeit.yaml"])
    assert [key for key in then if now[key] != then[key]] == [b"zeit-faustformel"]


def test_a_long_list_in_brackets_goes_on_in_the_next_line() -> None:
    text = add_to_list(SHIPPED, "hemmnisse-anlaufstelle", "related", "motive-ueberblick")["hemmnisse.yaml"].decode()
    assert (
        "    related: [hemmnisse-ueberblick, akteure-fachbereiche, hemmnisse-grosse-partner, akteure-vereine,\n"
        "              akteure-kleine-kommunen, motive-ueberblick]\n"
    ) in text
    assert add_to_list(SHIPPED, "hemmnisse-anlaufstelle", "related", "akteure-vereine") == SHIPPED


def test_courtesies_learn_phrasings_too() -> None:
    courtesy = KNOWN.smalltalk[0].id
    after = add_variant(SHIPPED, courtesy, "Grüß dich Zebra")
    assert parse(after).smalltalk[0].variants[-1] == "Grüß dich Zebra"


def test_what_cannot_be_changed_is_said_in_german() -> None:
    with pytest.raises(UserError, match="Einen Eintrag „gibt-es-nicht“ gibt es nicht"):
        add_variant(SHIPPED, "gibt-es-nicht", "Zebra")
    with pytest.raises(UserError, match=r"„sources\.yaml“ ist kein Thema"):
        add_entry(SHIPPED, "sources", ENTRY)
    with pytest.raises(UserError, match=r"„zeit\.yaml“ lässt sich nicht ändern:\nzeit\.yaml:1: "):
        add_entry({"zeit.yaml": b"[a"}, "zeit", ENTRY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, content in SHIPPED.items():
        (tmp_path / name).write_bytes(content)
    return tmp_path


def adopted(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """A change of three files that refer to each other."""
    after = add_entry(files, "zoo", {**ENTRY, "contradicts": ["zeit-faustformel"]}, "Zoo")
    after = set_field(after, "motive-kosten", "superseded_by", "neu-eins")
    after = add_to_list(after, "zeit-faustformel", "contradicts", "neu-eins")
    return add_source(after, SOURCE)


@pytest.mark.slow
def test_a_change_is_written_as_a_whole(folder: Path) -> None:
    after = adopted(SHIPPED)
    (folder / "motive.yaml").chmod(0o640)
    commit(folder, SHIPPED, after)
    assert read_files(folder) == after
    assert (folder / "motive.yaml").stat().st_mode & 0o777 == 0o640
    assert load(folder).entry("neu-eins") is not None


@pytest.mark.slow
def test_a_file_that_is_gone_afterwards_is_deleted(folder: Path) -> None:
    after = add_entry(add_source(SHIPPED, SOURCE), "zoo", ENTRY)
    commit(folder, SHIPPED, after)
    commit(folder, after, SHIPPED)
    assert read_files(folder) == SHIPPED and not (folder / "zoo.yaml").exists()


def test_a_link_stays_a_link(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "zeit.yaml"
    (folder / "zeit.yaml").rename(elsewhere)
    (folder / "zeit.yaml").symlink_to(elsewhere)
    after = add_variant(SHIPPED, "zeit-faustformel", "Zebra")
    commit(folder, SHIPPED, after)
    assert (folder / "zeit.yaml").is_symlink() and elsewhere.read_bytes() == after["zeit.yaml"]


def test_unusable_knowledge_is_refused_with_file_and_line(folder: Path) -> None:
    after = add_variant(SHIPPED, "zeit-faustformel", "Welche Hemmnisse gibt es?")
    with pytest.raises(UserError, match=r"zeit\.yaml:\d+: Die Formulierung „Welche Hemmnisse gibt es\?“ gibt es schon"):
        commit(folder, SHIPPED, after)
    assert read_files(folder) == SHIPPED


@pytest.mark.parametrize("name", ["zeit.yaml", "sources.yaml", "neues.yaml"])
def test_what_someone_else_changed_meanwhile_is_not_overwritten(folder: Path, name: str) -> None:
    (folder / name).write_bytes(SHIPPED.get(name, b"") + b"# spaeter\n")
    now = read_files(folder)
    with pytest.raises(UserError, match=rf"Inzwischen hat jemand anderes diese Dateien geändert: {name}\."):
        commit(folder, SHIPPED, add_variant(SHIPPED, "zeit-faustformel", "Zebra"))
    assert read_files(folder) == now


def test_the_knowledge_in_the_program_is_not_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.knowledge_folder.packed_folder", lambda: folder)
    with pytest.raises(UserError, match=r"gehört zum installierten Programm.*ikz-bot init wissen"):
        commit(folder, SHIPPED, add_variant(SHIPPED, "zeit-faustformel", "Zebra"))
    assert read_files(folder) == SHIPPED


SMALL = """\
entries:   # oben
  - id: a
    liste: [eins, "zwei, drei" , vier]   # Klammern
    andere:
      - 'eins'
      # über zwei
      - zwei: 2
        x: y
      - drei   # drei
    "text": >-
      Das "ist" es
"""


@pytest.mark.parametrize(
    ("key", "number", "old", "new"),
    [
        ("liste", 0, '[eins, "zwei', '["zwei'),
        ("liste", 1, ', "zwei, drei" , vier', " , vier"),
        ("liste", 2, '" , vier]', '"]'),
        ("andere", 0, "      - 'eins'\n", ""),
        ("andere", 1, "      - zwei: 2\n        x: y\n", ""),
        ("andere", 2, "      - drei   # drei\n", ""),
    ],
)
def test_an_item_is_dropped_from_a_list_with_its_line_or_comma(key: str, number: int, old: str, new: str) -> None:
    after = splice.drop("t.yaml", SMALL.encode(), ("entries", 0, key), number)
    assert after.decode() == SMALL.replace(old, new)


def test_a_text_is_respelled_and_a_key_renamed_where_they_stand() -> None:
    content = SMALL.encode()
    place = ("entries", 0, "text")
    after = splice.respell("t.yaml", content, place, lambda text: text.replace('"ist"', "„ist“"))
    assert after.decode() == SMALL.replace('"ist"', "„ist“")
    after = splice.rename("t.yaml", content, ("entries", 0), "text", "answer")
    assert after.decode() == SMALL.replace('"text":', '"answer":')
    after = splice.rename("t.yaml", content, ("entries", 0, "andere", 1), "x", "z")
    assert after.decode() == SMALL.replace("x: y", "z: y")


def test_what_cannot_be_respelled_in_place_is_left(tmp_path: Path) -> None:
    content = SMALL.encode()
    with pytest.raises(UserError, match="nicht ändern lässt"):
        splice.respell("t.yaml", content, ("entries", 0, "andere", 2), lambda text: f"{text}: # x")
