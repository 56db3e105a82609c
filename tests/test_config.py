"""The configuration: its file, the environment, and what is said about mistakes."""

import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from bot.config import ConfigError, Settings, default_journal, load_settings

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
    assert load_settings(None, {}) == Settings()
    assert load_settings(config(tmp_path, "# nur ein Kommentar\n"), {}) == Settings()


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
        Settings().knowledge = Path("anderes")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("\nknowlege: eigenes", r"config\.yaml:2: .*„knowlege“ gibt es hier nicht.*Meinten Sie „knowledge“\?"),
        (
            "farbe: rot",
            r":1: .*„farbe“ gibt es hier nicht.*Erlaubt sind hier: knowledge, network_share, journal, ",
        ),
        ("knowledge:", "„knowledge“ ist leer"),
        ("knowledge: [a, b]", "„knowledge“ muss ein Text sein"),
        ("knowledge: a\nknowledge: b", "zum zweiten Mal"),
        ("- a", "schlüssel: Wert"),
        ("eigenes", "schlüssel: Wert"),
        ('knowledge: "a', "Anführungszeichen"),
        (b"knowledge: \xff", "UTF-8"),
        ("journal:", r":1: „journal“ ist leer"),
        ("journal: [a]", "„journal“ muss ein Text sein"),
        ("\njournal_days: viele", r":2: „journal_days“ muss eine ganze Zahl von 1 bis 3650 sein; hier steht „viele“"),
        ("journal_days: 0", "„0“.* Hinweis: .*„journal: aus“"),
        ("journal_days: 3651", "1 bis 3650"),
        ("journal_days: -5", "1 bis 3650"),
        ("journal_days: 1.5", "1 bis 3650"),
        ("journal_days:", "„journal_days“ ist leer"),
        ("journal_days: [5]", "„journal_days“ muss ein Text sein"),
        ("token: ''", "„token“ ist leer"),
        ("token: {a: b}", "„token“ muss ein Text sein"),
        ("guild: Musterstadt", "„guild“ muss die Nummer eines Discord-Servers sein.*hier steht „Musterstadt“"),
        ("guild: 123", "17 bis 20 Ziffern"),
        ("guild: ''", "„guild“ ist leer"),
        ("admin_channel: meldungen", "„admin_channel“ muss die Nummer eines Discord-Kanals sein.*„Kanal-ID kopieren“"),
        ("network_share: vielleicht", "„network_share“ muss „ja“ oder „nein“ sein; hier steht „vielleicht“"),
        ("network_share: [ja]", "„network_share“ muss ein Text sein"),
        ("contact: [a]", "„contact“ muss ein Text sein"),
        (f"contact: {'x' * 201}", "„contact“ ist länger als 200 Zeichen"),
    ],
)
def test_mistakes_are_explained(tmp_path: Path, content: str | bytes, says: str) -> None:
    with pytest.raises(ConfigError, match=says):
        load_settings(config(tmp_path, content), {})


def test_mistakes_in_the_environment_are_explained(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"^Umgebungsvariable IKZ_BOT_JOURNAL_DAYS: .*hier steht „bald“"):
        load_settings(config(tmp_path, "journal_days: 5"), {"IKZ_BOT_JOURNAL_DAYS": "bald"})


def test_the_journal_is_kept_for_90_days_in_the_folder_for_what_programs_remember(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    settings = load_settings(None, {})
    assert settings.journal_days == 90
    assert settings.journal == default_journal()
    if sys.platform == "linux":
        assert settings.journal == tmp_path / "state" / "ikz-bot" / "journal.sqlite"


def test_the_journal_can_be_moved_and_switched_off(tmp_path: Path) -> None:
    assert load_settings(config(tmp_path, "journal: j.sqlite\njournal_days: 7"), {}) == Settings(
        journal=tmp_path / "j.sqlite", journal_days=7
    )
    for word in ("aus", "Aus", "nein", "no", "false"):
        assert load_settings(config(tmp_path, f"journal: {word}"), {}).journal is None
    assert load_settings(config(tmp_path, "journal: j.sqlite"), {"IKZ_BOT_JOURNAL": "aus"}).journal is None
    assert load_settings(config(tmp_path, "journal: aus"), {"IKZ_BOT_JOURNAL": "/x/y"}).journal == Path("/x/y")


def test_a_network_share_is_said_with_yes_or_no(tmp_path: Path) -> None:
    assert not load_settings(config(tmp_path, ""), {}).network_share
    for word, meant in (("ja", True), ("true", True), ("An", True), ("nein", False), ("aus", False)):
        assert load_settings(config(tmp_path, f"network_share: {word}"), {}).network_share is meant
    assert load_settings(config(tmp_path, "network_share: nein"), {"IKZ_BOT_NETWORK_SHARE": "ja"}).network_share


def test_the_token_is_never_shown(tmp_path: Path) -> None:
    settings = load_settings(config(tmp_path, "token: ' aaa.bbb.ccc '"), {})
    assert settings.token
    assert settings.token.get_secret_value() == "aaa.bbb.ccc"
    assert "bbb" not in f"{settings} {settings!r} {settings.model_dump_json()}"
    from_environment = load_settings(config(tmp_path, ""), {"IKZ_BOT_TOKEN": "ddd.eee.fff"})
    assert from_environment.token
    assert from_environment.token.get_secret_value() == "ddd.eee.fff"
    with pytest.raises(ConfigError) as caught:
        load_settings(config(tmp_path, "token: [aaa.bbb.ccc]"), {})
    assert "bbb" not in str(caught.value)


def test_a_file_that_is_named_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"„.*fehlt\.yaml“ gibt es nicht"):
        load_settings(tmp_path / "fehlt.yaml", {})
    with pytest.raises(ConfigError, match="lässt sich nicht lesen"):
        load_settings(tmp_path, {})


def test_the_example_is_a_valid_configuration(tmp_path: Path) -> None:
    example = (ROOT / "config.example.yaml").read_text(encoding="utf-8")
    assert load_settings(config(tmp_path, example), {}) == Settings()


def test_the_example_shows_every_setting(tmp_path: Path) -> None:
    example = (ROOT / "config.example.yaml").read_text(encoding="utf-8")
    settings = "\n".join(line[1:] for line in example.splitlines() if line.startswith("#") and line[1:2].isalpha())
    loaded = load_settings(config(tmp_path, settings), {})
    assert loaded.model_fields_set == set(Settings.model_fields)
    assert loaded.knowledge == tmp_path / "mein-wissen"
    assert loaded.journal == tmp_path / "journal.sqlite"
    assert loaded.journal_days == Settings().journal_days
