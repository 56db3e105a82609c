"""Whatever file someone gives, there is a document or a German sentence."""

import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pypdf
import pytest
import typst
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.documents import SUFFIXES, read_document
from bot.documents.read import MAX_BYTES
from bot.errors import UserError
from tests.documents.formats import write
from tests.documents.workshop import LINES


def refusal(path: Path) -> str:
    with pytest.raises(UserError) as refused:
        read_document(path)
    return str(refused.value)


def locked_pdf(path: Path) -> None:
    writer = pypdf.PdfWriter(write(LINES, path))
    writer.encrypt("geheim", algorithm="RC4-128")
    writer.write(path)


def scanned_pdf(path: Path) -> None:
    path.write_bytes(typst.compile(b"#rect(width: 100%, height: 50%, fill: gray)"))


def locked_odt(path: Path) -> None:
    write(LINES, path)
    with zipfile.ZipFile(path) as package:
        files = {name: package.read(name) for name in package.namelist()}
    manifest = "META-INF/manifest.xml"
    files[manifest] = files[manifest].replace(
        b"</manifest:manifest>", b"<manifest:encryption-data/></manifest:manifest>"
    )
    with zipfile.ZipFile(path, "w") as package:
        for name, content in files.items():
            package.writestr(name, content)


def locked_docx(path: Path) -> None:
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\x00" * 600)


@pytest.mark.parametrize(
    ("name", "spoil", "reason"),
    [
        ("a.pdf", locked_pdf, "mit einem Kennwort geschützt"),
        ("a.docx", locked_docx, "mit einem Kennwort geschützt"),
        ("a.odt", locked_odt, "mit einem Kennwort geschützt"),
        ("a.pdf", scanned_pdf, "Texterkennung"),
        ("a.pdf", lambda path: path.write_bytes(b"%PDF-1.7\nkaputt"), "beschädigt"),
        ("a.docx", lambda path: path.write_bytes(b"PK\x03\x04kaputt"), "beschädigt"),
        ("a.odt", lambda path: path.write_bytes(b"Hallo"), "beschädigt"),
        ("a.md", lambda path: path.write_bytes(b"\x00\x01\x02"), "kein Text"),
        ("a.txt", lambda path: path.write_bytes(b" \n\f "), "ist leer"),
        ("a.pdf", lambda path: path.write_bytes(b""), "ist leer"),
        ("a.txt", Path.mkdir, "keine gewöhnliche Datei"),
        ("a.txt", lambda path: None, "gibt es nicht"),
        ("a.xlsx", lambda path: path.write_bytes(b"x"), "Möglich sind: .pdf, .docx, .odt, .md"),
    ],
)
def test_what_cannot_be_read_is_told(tmp_path: Path, name: str, spoil: Callable[[Path], object], reason: str) -> None:
    spoil(tmp_path / name)
    told = refusal(tmp_path / name)
    assert reason in told
    assert name in told


def test_a_huge_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    with (tmp_path / "a.pdf").open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert "größer als 50 MB" in refusal(tmp_path / "a.pdf")


@pytest.mark.parametrize(("suffix", "package"), [(".pdf", "pdfplumber"), (".docx", "docx"), (".odt", "odfdo")])
def test_a_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, suffix: str, package: str) -> None:
    path = write(LINES, tmp_path / f"a{suffix}")
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.delitem(sys.modules, f"bot.documents{suffix}", raising=False)
    assert "pip install 'ikz-bot[import]'" in refusal(path)


def test_documents_need_no_extra_for_text() -> None:
    code = "import sys, bot.documents; print([m for m in ('pdfplumber', 'docx', 'odfdo') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_old_windows_text_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Protokoll\r\n\r\nBüro für Gemeinderäte öffnet.".encode("cp1252"))
    (statement,) = read_document(tmp_path / "a.txt").statements
    assert statement.text == "Büro für Gemeinderäte öffnet."


PIECES = st.sampled_from(
    [
        *("Frage: ", "Antwort: ", "Antwort Herr Meier: ", "A: ", "- ", "  - ", "* ", "1. ", "> ", "# ", "## Frage: "),
        *("TOP 3: ", "Input ", "Vortrag von ", "(von Erika Muster, Amt)", "Diskussion", "Tagesordnung", "Teilnehmende"),
        *("Ort: Rathaus", "\n", "\n\n", "\f", "?", ".", ":", "===\n", "---\n", "Ja: 5 Stimmen\n", "|a|b|\n|-|-|\n"),
        *("```\n", "\u00ad", "-\n", "\x00", "\x1b[31m", "\u2028", "e. V. ", "Wort ", "wort ", "31.2.2020 "),
        "12./13. Mai 2020 ",
    ]
)


@settings(deadline=None, max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=40).map("".join), st.sampled_from([".txt", ".md"]))
def test_any_text_is_a_document_or_refused(tmp_path: Path, text: str, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        document = read_document(path)
    except UserError:
        return
    wording = "".join(document.text.split())
    for statement in document.statements:
        assert any(letter.isalnum() for letter in statement.text)
        assert "\n" not in statement.text
        assert "".join(statement.text.split()) in wording  # nothing is made up


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400), st.sampled_from(SUFFIXES))
def test_any_bytes_are_a_document_or_refused(tmp_path: Path, content: bytes, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content)
    try:
        read_document(path)
    except UserError as refused:
        assert path.name in str(refused)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("ganz")
    return {suffix: write(LINES, folder / f"a{suffix}").read_bytes() for suffix in (".pdf", ".docx", ".odt")}


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), suffix=st.sampled_from([".pdf", ".docx", ".odt"]))
def test_damaged_files_are_a_document_or_refused(
    tmp_path: Path, whole: dict[str, bytes], data: st.DataObject, suffix: str
) -> None:
    content = bytearray(whole[suffix])
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=20)):
        content[place] = data.draw(st.integers(0, 255))
    path = tmp_path / f"a{suffix}"
    path.write_bytes(content[: data.draw(st.integers(len(content) // 2, len(content)))])
    try:
        read_document(path)
    except UserError as refused:
        assert path.name in str(refused)
