"""Which folder the knowledge comes from, and copying it to one of one's own."""

from __future__ import annotations

import shutil
import tempfile
from importlib import resources
from pathlib import Path

from bot.errors import UserError
from bot.knowledge.calibration import FILE as CALIBRATION
from bot.typed_text import quoted_path

_BESIDE_THE_CODE = Path(__file__).parents[1] / "knowledge"


def packed_folder() -> Path:
    """The copy of the knowledge inside an installed package; a source checkout has none."""
    return Path(str(resources.files("bot").joinpath("_knowledge")))


def is_packed(folder: Path) -> bool:
    """Whether ``folder`` is, or lies in, the copy inside the installed package, which nothing may change."""
    return folder.resolve().is_relative_to(packed_folder().resolve())


def refuse_packed(folder: Path, instead: str = "arbeiten Sie mit dieser") -> None:
    """Say what to do with a copy of one's own ``instead`` of changing the packed knowledge.

    Raises:
        UserError: where ``folder`` is, or lies in, the packed copy.
    """
    if is_packed(folder):
        raise UserError(
            f"{quoted_path(folder)} gehört zum installierten Programm. Bitte legen Sie mit „ikz-bot init wissen“ eine"
            f" eigene Kopie an und {instead}."
        )


def knowledge_folder(named: Path | None) -> Path:
    """The folder to use: the one ``named``, else ``./knowledge``, else the packed copy or the checkout's own.

    Raises:
        UserError: where there is none at all.
    """
    here = Path("knowledge")
    return named or (here if here.is_dir() else original_folder())


def original_folder() -> Path:
    """The knowledge that came with the program: packed into it, or in the source checkout.

    Raises:
        UserError: where there is none.
    """
    for folder in (packed_folder(), _BESIDE_THE_CODE):
        if folder.is_dir():
            return folder
    raise UserError("Es ist kein Wissen vorhanden. Bitte nennen Sie mit --knowledge den Ordner mit den Wissensdateien.")


def copy_knowledge(folder: Path, target: Path) -> list[Path]:
    """Copy the knowledge files and their schema to ``target``; returns the files written.

    Where that fails half-way, ``target`` stays empty.

    Raises:
        UserError: where ``target`` holds something already or cannot be written.
    """
    name = quoted_path(target)
    try:
        target = target.absolute()
        if is_packed(target):
            raise UserError(f"{name} gehört zum installierten Programm. Bitte nennen Sie einen eigenen Ordner.")
        if target.exists() and not target.is_dir():
            raise UserError(f"{name} ist eine Datei. Bitte nennen Sie einen neuen Ordner.")
        if target.is_dir() and any(target.iterdir()):
            raise UserError(f"Der Ordner {name} ist nicht leer. Bitte nennen Sie einen neuen oder leeren Ordner.")
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".", dir=target) as staging:
            files = _copy(folder, Path(staging))
            for item in list(Path(staging).iterdir()):
                item.rename(target / item.name)
    except OSError:
        raise UserError(
            f"Der Ordner {name} lässt sich nicht anlegen. Bitte prüfen Sie den Pfad, die Zugriffsrechte und den freien"
            " Platz."
        ) from None
    return [target / file for file in files]


def _copy(folder: Path, target: Path) -> list[Path]:
    files = sorted(
        path.relative_to(folder)
        for pattern in ("*.yaml", CALIBRATION, "schema/*.json")
        for path in folder.glob(pattern)
        if path.is_file() and not path.name.startswith((".", "_"))
    )
    for file in files:
        (target / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(folder / file, target / file)
    return files
