"""Loading: the folder, the files, the finished knowledge base – and never a traceback."""

import os
from pathlib import Path

import pytest

from bot.knowledge import KnowledgeError, Problem, load, parse
from bot.knowledge.contents import MAX_FILE_BYTES

SOURCES = b"sources:\n  - {id: s, kind: werkstatt, title: T, publisher: P, date: '2020-11-12'}\n"
MINIMAL = b"topic: T\nentries:\n  - id: a\n    question: Was?\n    answer: Das.\n    source: s\n"
FULL = """\
# yaml-language-server: $schema=schema/topic.json
topic: Motive
description: Warum Kommunen zusammenarbeiten.
entries:
  - id: motive-kosten
    question: Spart Zusammenarbeit Geld?
    variants:
      - Wird es billiger?
      - "Kosten: was ändert sich?"
    keywords: [Kosten, Geld]
    answer: >-
      Im November 2020 hieß es „ja“.
      Genaueres blieb offen.
    short: Ja, so hieß es.
    sources:
      - {id: s, section: Blitzumfrage, speaker: Jürgen Geisler}
    as_of: 2020-11
    review_by: "2026"
    related: [motive-personal]
    contradicts: [motive-personal]
    former_ids: [kosten]
    events:
      - {date: 2018, precision: year, status: done, label: Gründung}
  - id: motive-personal
    question: Fehlt Personal?
    answer: no
    source: s
    superseded_by: motive-kosten
""".encode()
FILES = {
    "motive.yaml": FULL,
    "sources.yaml": SOURCES,
    "synonyms.yaml": b"groups:\n  - [Stadt, Kommune]\nnames: [Meier]\n",
    "smalltalk.yaml": b"entries:\n  - id: hallo\n    question: Hallo\n    answer: Guten Tag!\n",
}


def problems(files: dict[str, bytes]) -> tuple[Problem, ...]:
    with pytest.raises(KnowledgeError) as caught:
        parse(files)
    return caught.value.problems


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def refused(folder: Path) -> list[str]:
    with pytest.raises(KnowledgeError) as caught:
        load(folder)
    return str(caught.value).splitlines()


def test_everything_is_loaded_as_it_is_written(tmp_path: Path) -> None:
    base = load(write(tmp_path, FILES))
    assert base == parse(FILES)
    (topic,) = base.topics
    assert (topic.id, topic.title, topic.description) == ("motive", "Motive", "Warum Kommunen zusammenarbeiten.")
    first, second = base.entries
    assert first.variants == ("Wird es billiger?", "Kosten: was ändert sich?")
    assert first.answer == "Im November 2020 hieß es „ja“. Genaueres blieb offen."
    assert first.source_refs[0].speaker == "Jürgen Geisler"
    assert first.events[0].date == "2018"
    assert second.answer == "no"
    assert base.entry("kosten") is first
    assert base.as_of(first) == "2020-11"
    assert base.sources["s"].title == "T"
    assert base.synonyms.groups == (("Stadt", "Kommune"),)
    assert [courtesy.id for courtesy in base.smalltalk] == ["hallo"]
    assert base.where == {
        "motive-kosten": "motive.yaml:5",
        "motive-personal": "motive.yaml:24",
        "hallo": "smalltalk.yaml:2",
    }


def test_a_minimal_entry_is_enough() -> None:
    base = parse({"x.yaml": MINIMAL, "sources.yaml": SOURCES})
    (entry,) = base.entries
    assert entry.short_line == "Das."
    assert base.topic_of(entry).description == ""
    assert base.smalltalk == base.synonyms.groups == ()


def test_topics_come_in_the_order_of_their_file_names() -> None:
    files = {f"{name}.yaml": MINIMAL.replace(b"id: a", b"id: %b" % name.encode()) for name in ("b", "c", "a")}
    files = {name: text.replace(b"Was?", name.encode()) for name, text in files.items()}
    assert [topic.id for topic in parse(files | {"sources.yaml": SOURCES}).topics] == ["a", "b", "c"]


def test_version_changes_with_any_byte_or_name() -> None:
    files = {"x.yaml": MINIMAL, "sources.yaml": SOURCES}
    versions = [
        parse(changed).version
        for changed in (
            files,
            files | {"x.yaml": MINIMAL + b"\n"},
            {"y.yaml": MINIMAL, "sources.yaml": SOURCES},
            files | {"synonyms.yaml": b"names: [M]"},
        )
    ]
    assert len(set(versions)) == 4
    assert parse(dict(reversed(files.items()))).version == versions[0]
    assert parse(files | {"README.md": b"x", "_draft.yaml": b"]", ".x.yaml": b"\xff"}).version == versions[0]


def test_other_files_and_folders_are_ignored(tmp_path: Path) -> None:
    write(tmp_path, FILES | {"README.md": b"\xff", ".hidden.yaml": b"]", "_draft.yaml": b"]"})
    (tmp_path / "schema").mkdir()
    assert len(list(load(tmp_path).entries)) == 2


def test_folder_is_missing_or_a_file(tmp_path: Path) -> None:
    assert refused(tmp_path / "weg") == [
        f"{tmp_path / 'weg'}:1: Diesen Ordner gibt es nicht. Hinweis: Bitte prüfen Sie den Pfad zum Ordner knowledge."
    ]
    (tmp_path / "datei").touch()
    assert "kein Ordner" in refused(tmp_path / "datei")[0]


def test_folder_without_a_topic(tmp_path: Path) -> None:
    assert refused(tmp_path)[0].startswith(f"{tmp_path.name}:1: In diesem Ordner gibt es kein Thema.")
    assert len(refused(write(tmp_path, {"sources.yaml": SOURCES}))) == 1


@pytest.mark.parametrize(
    ("error", "says"), [(PermissionError(13, "denied"), "Recht"), (OSError(5, "I/O error"), "beschädigt")]
)
def test_files_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: OSError, says: str) -> None:
    read = Path.read_bytes

    def refuse(path: Path) -> bytes:
        if path.name in {"motive.yaml", "sources.yaml"}:
            raise error
        return read(path)

    write(tmp_path, FILES | {"x.yaml": MINIMAL + b"    related: [motive-kosten]\n", "y.yaml": b"]"})
    monkeypatch.setattr(Path, "read_bytes", refuse)
    lines = refused(tmp_path)
    assert [line.split(":")[0] for line in lines] == ["motive.yaml", "sources.yaml", "y.yaml"]
    assert says in lines[0]


def test_folder_that_cannot_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: Path) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert "lässt sich nicht lesen" in refused(tmp_path)[0]


def test_folders_pipes_and_dead_links_named_like_files(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    (tmp_path / "ordner.yaml").mkdir()
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "tot.yaml").symlink_to("nirgends")
    assert [line.split(" ")[0] for line in refused(tmp_path)] == ["ordner.yaml:1:", "pipe.yaml:1:", "tot.yaml:1:"]


@pytest.mark.parametrize("name", ["x.yml", "x.YAML", "sources.YML"])
def test_other_endings_get_a_hint(name: str) -> None:
    files = {"a.yaml": MINIMAL, "sources.yaml": SOURCES}
    if name.startswith("sources"):
        del files["sources.yaml"]
    (problem,) = problems(files | {name: b"]"})
    assert problem.file == name
    assert f"„{name.split('.')[0]}.yaml“" in problem.hint


@pytest.mark.parametrize("name", ["Motive.yaml", "ä.yaml", "a b.yaml", "a--b.yaml", "a\nb.yaml", "\udcff.yaml"])
def test_topic_files_have_an_id_for_a_name(name: str) -> None:
    (problem,) = problems({name: MINIMAL, "sources.yaml": SOURCES})
    assert "Dateiname" in problem.message
    assert str(problem).encode()
    assert "\n" not in str(problem)


@pytest.mark.parametrize("name", ["x.yaml", "sources.yaml", "synonyms.yaml", "smalltalk.yaml"])
@pytest.mark.parametrize("content", [b"", b"# nichts\n", b"\xef\xbb\xbf"])
def test_empty_files(name: str, content: bytes) -> None:
    said = [str(problem) for problem in problems(FILES | {name: content})]
    assert f"{name}:1: Die Datei ist leer." in "\n".join(said)


def test_all_problems_come_at_once_and_in_order() -> None:
    found = problems(
        {
            "b.yaml": MINIMAL + b"    foo: x\n    short: |\n      a\n      b\n",
            "a.yaml": b"topic: T\ntopic: U\nentries: x\n",
            "c.yaml": b"a: b: c",
            "sources.yaml": SOURCES.replace(b"2020-11-12", b"2020-02-30"),
        }
    )
    assert [(problem.file, problem.line) for problem in found] == [
        ("a.yaml", 2),
        ("a.yaml", 3),
        ("b.yaml", 7),
        ("b.yaml", 8),
        ("c.yaml", 1),
        ("sources.yaml", 2),
    ]


def test_a_file_that_is_far_too_large_is_not_read(tmp_path: Path) -> None:
    write(tmp_path, FILES)
    (tmp_path / "riesig.yaml").write_bytes(b"#" * (MAX_FILE_BYTES + 1))
    assert refused(tmp_path) == [
        "riesig.yaml:1: Die Datei ist größer als 2 MB. Hinweis: Bitte verteilen Sie die Einträge auf mehrere Dateien."
    ]
