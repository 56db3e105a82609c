"""Whatever the bytes of a file, it loads or a German report says why not."""

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge import KnowledgeError, parse

FILES = {
    "motive.yaml": """\
# yaml-language-server: $schema=schema/topic.json
topic: Motive
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
    sources:
      - {id: s, section: Blitzumfrage, speaker: Jürgen Geisler}
    related: [motive-personal]
    former_ids: [kosten]
    events:
      - {date: 2018, precision: year, status: done, label: Gründung}
  - id: motive-personal
    question: Fehlt Personal?
    answer: no
    source: s
    superseded_by: motive-kosten
""".encode(),
    "sources.yaml": b"sources:\n  - {id: s, kind: werkstatt, title: T, publisher: P, date: '2020-11-12'}\n",
    "synonyms.yaml": b"groups:\n  - [Stadt, Kommune]\nnames: [Meier]\n",
    "einstieg.yaml": b"stations:\n  - {id: s, title: T, text: T, entries: [motive-kosten],"
    b" deeper: [motive-kosten, motive-personal]}\n",
    "quiz.yaml": b"questions:\n  - {id: q, question: F, right: R, wrong: [X, Y], why: W, entry: motive-kosten}\n",
    "umfrage.yaml": b"title: T\nclosed: {question: F, answers: [A, B]}\nopen:\n  - {label: L, question: F}\n",
    "smalltalk.yaml": b"entries:\n  - id: hallo\n    question: Hallo\n    answer: Guten Tag!\n",
}

TOKENS = [
    "\n",
    "  ",
    "\t",
    "- ",
    ": ",
    "#",
    "'",
    '"',
    "[",
    "}",
    "&a ",
    "*a",
    "!!x ",
    "---\n",
    "|",
    "%",
    "\x00",
    "?",
    "id: a\n",
]
spots = st.integers(0, 10_000)
changes = st.one_of(
    st.tuples(st.just("flip"), spots, st.binary(min_size=1, max_size=1)),
    st.tuples(st.just("cut"), spots, st.integers(1, 60)),
    st.tuples(st.just("insert"), spots, st.sampled_from(TOKENS).map(str.encode) | st.binary(max_size=4)),
    st.tuples(st.just("line"), spots, st.sampled_from([b"x", b"    short: a: b", b"- a", b"  - id: x", b"names: [a]"])),
)


def corrupt(content: bytes, change: tuple[str, int, bytes | int]) -> bytes:
    kind, spot, what = change
    spot %= len(content) + 1
    if isinstance(what, int):
        return content[:spot] + content[spot + what :]
    if kind == "line":
        lines = content.split(b"\n")
        return b"\n".join([*lines[: spot % len(lines)], what, *lines[spot % len(lines) :]])
    return content[:spot] + what + content[spot + (kind == "flip") :]


def check_report(files: dict[str, bytes]) -> None:
    try:
        parse(files)
    except KnowledgeError as error:
        assert error.problems
        assert len(str(error).splitlines()) == len(error.problems)
        for problem in error.problems:
            assert problem.message.endswith(".")
            assert problem.hint.endswith((".", "?"))
            content = files.get(problem.file, b"").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
            assert 1 <= problem.line <= max(1, content.count(b"\n") + (not content.endswith(b"\n")))


@settings(max_examples=400, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.lists(changes, min_size=1, max_size=4))
def test_whatever_the_bytes_it_loads_or_says_why_not(
    name: str, corruptions: list[tuple[str, int, bytes | int]]
) -> None:
    content = FILES[name]
    for change in corruptions:
        content = corrupt(content, change)
    check_report(FILES | {name: content})


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(["a.yaml", *FILES]), st.binary(max_size=200) | st.text(max_size=200).map(str.encode)
    )
)
def test_noise_is_reported_too(files: dict[str, bytes]) -> None:
    check_report(files)
