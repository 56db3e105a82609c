"""The configuration: its file, the environment, and what is said about mistakes."""

from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.config import ConfigError, Settings, load_settings

ROOT = Path(__file__).parents[1]


def config(folder: Path, content: str | bytes) -> Path:
    file = folder / "config.yaml"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def test_a_path_counts_from_the_folder_of_the_file(tmp_path: Path) -> None:
    assert load_settings(config(tmp_path, "knowledge: eigenes"), {}).knowledge == tmp_path / "eigenes"
    assert load_settings(config(tmp_path, "knowledge: /srv/wissen"), {}).knowledge == Path("/srv/wissen")
    assert load_settings(config(tmp_path, "knowledge: ~/wissen"), {}).knowledge == Path.home() / "wissen"


def test_nothing_has_to_be_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert load_settings(None, {}) == Settings(knowledge=None)
    assert load_settings(config(tmp_path, "# nur ein Kommentar\n"), {}) == Settings(knowledge=None)


def test_the_file_in_the_current_folder_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config(tmp_path, "knowledge: eigenes")
    assert load_settings(None, {}).knowledge == Path("eigenes")


def test_the_environment_goes_before_the_file(tmp_path: Path) -> None:
    file = config(tmp_path, "knowledge: eigenes")
    assert load_settings(file, {"IKZ_BOT_KNOWLEDGE": "anderes"}).knowledge == Path("anderes")
    assert load_settings(file, {"IKZ_BOT_KNOWLEDGE": " "}).knowledge == tmp_path / "eigenes"


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Settings(knowledge=None).knowledge = Path("anderes")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("\nknowlege: eigenes", r"config\.yaml:2: .*„knowlege“ gibt es hier nicht.*Meinten Sie „knowledge“\?"),
        ("token: geheim", r":1: .*„token“ gibt es hier nicht.*Erlaubt sind hier: knowledge"),
        ("knowledge:", "„knowledge“ ist leer"),
        ("knowledge: [a, b]", "„knowledge“ muss ein Text sein"),
        ("knowledge: a\nknowledge: b", "zum zweiten Mal"),
        ("- a", "schlüssel: Wert"),
        ("eigenes", "schlüssel: Wert"),
        ('knowledge: "a', "Anführungszeichen"),
        (b"knowledge: \xff", "UTF-8"),
    ],
)
def test_mistakes_are_explained(tmp_path: Path, content: str | bytes, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        load_settings(config(tmp_path, content), {})


def test_a_file_that_is_named_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"„.*fehlt\.yaml“ gibt es nicht"):
        load_settings(tmp_path / "fehlt.yaml", {})
    with pytest.raises(ConfigError, match="lässt sich nicht lesen"):
        load_settings(tmp_path, {})


def test_the_example_is_a_valid_configuration(tmp_path: Path) -> None:
    example = (ROOT / "config.example.yaml").read_text(encoding="utf-8")
    assert load_settings(config(tmp_path, example), {}) == Settings(knowledge=None)


def test_the_example_shows_every_setting(tmp_path: Path) -> None:
    example = (ROOT / "config.example.yaml").read_text(encoding="utf-8")
    settings = "\n".join(line[1:] for line in example.splitlines() if line.startswith("#") and line[1:2].isalpha())
    loaded = load_settings(config(tmp_path, settings), {})
    assert loaded.model_fields_set == set(Settings.model_fields)
    assert loaded.knowledge == tmp_path / "mein-wissen"
