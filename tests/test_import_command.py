"""``ikz-bot import`` as a process of its own."""

import shutil
from pathlib import Path

import pytest

from tests.conftest import Run
from tests.documents.formats import write
from tests.documents.workshop import LINES


@pytest.fixture
def folder(small_folder: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small_folder, tmp_path / "wissen"))


def test_a_protocol_is_imported_and_what_comes_next_is_told(run: Run, folder: Path, tmp_path: Path) -> None:
    protocol = write(LINES, tmp_path / "protokoll.odt")
    done = run("import", str(protocol), "--knowledge", str(folder))
    told = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert "Protokoll der Werkstatt „Gemeinsam verwalten im Lindtal“ (4. Mai 2023)" in told
    assert "68 Aussagen" in told
    assert "ohne Thema" in told
    assert f"ikz-bot adopt werkstatt-2023 --knowledge {folder}" in told
    assert (folder / "entwuerfe" / "werkstatt-2023.odt").read_bytes() == protocol.read_bytes()
    assert run("check", "--knowledge", str(folder)).returncode in {0, 3}
    again = run("import", str(protocol), "--knowledge", str(folder)).stdout.decode()
    assert "Davon waren 68 schon da und sind unverändert; 0 sind hinzugekommen." in again


def test_one_bad_file_does_not_keep_the_others_out(run: Run, folder: Path, tmp_path: Path) -> None:
    good, bad = write(LINES, tmp_path / "gut.md"), tmp_path / "schlecht.pdf"
    bad.write_bytes(b"%PDF-1.4 nichts")
    done = run("import", str(bad), str(good), "--knowledge", str(folder))
    assert done.returncode == 2
    assert "„schlecht.pdf“ lässt sich nicht einlesen" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
    assert (folder / "entwuerfe" / "werkstatt-2023.yaml").exists()


@pytest.mark.parametrize(
    ("args", "told"),
    [
        ((), "Es fehlt die Datei"),
        (("a.txt", "--topic", "gled"), "Das Thema „gled“ gibt es nicht. Es gibt: geld."),
        (("a.txt", "--date", "gestern"), "„gestern“ ist kein Datum"),
        (("a.txt", "--date", "2023-13"), "„2023-13“ ist kein Datum"),
        (("gibt-es-nicht.pdf",), "„gibt-es-nicht.pdf“ gibt es nicht"),
    ],
)
def test_what_is_wrong_is_told(run: Run, folder: Path, args: tuple[str, ...], told: str) -> None:
    done = run("import", *args, "--knowledge", str(folder))
    assert done.returncode == 2
    assert told in done.stderr.decode()
    assert not (folder / "entwuerfe").exists()


def test_a_folder_that_cannot_be_written_is_told(run: Run, folder: Path, tmp_path: Path) -> None:
    (folder / "entwuerfe").write_text("im Weg")
    done = run("import", str(write(LINES, tmp_path / "a.md")), "--knowledge", str(folder))
    assert done.returncode == 2
    assert "lässt sich nicht schreiben" in done.stderr.decode()
    assert (folder / "entwuerfe").read_text() == "im Weg"


def test_a_copy_of_the_knowledge_leaves_the_drafts_behind(run: Run, folder: Path, tmp_path: Path) -> None:
    run("import", str(write(LINES, tmp_path / "a.md")), "--knowledge", str(folder))
    assert run("init", str(tmp_path / "kopie"), "--knowledge", str(folder)).returncode == 0
    assert {path.name for path in (tmp_path / "kopie").iterdir()} == {"geld.yaml", "sources.yaml", "smalltalk.yaml"}
