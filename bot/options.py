"""The options --knowledge and --config of the command line, and what they lead to."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from bot.errors import UserError
from bot.typed_text import printable, quoted_path

if TYPE_CHECKING:
    from bot.answers import Bundle
    from bot.config import Settings
    from bot.knowledge import KnowledgeBase, KnowledgeError

Decorated = TypeVar("Decorated", bound=Any)
Found = TypeVar("Found")


def _remember(ctx: click.Context, option: click.Parameter, value: str | None) -> None:
    """Keep an option that may stand before or after the command; what stands last counts."""
    if value is not None:
        ctx.meta[f"{__name__}.{option.name}"] = Path(value)


def knowledge_options(command: Decorated) -> Decorated:
    """Add the options that say which knowledge to use."""
    knowledge = click.option(
        "--knowledge", metavar="ORDNER", expose_value=False, callback=_remember, help="Ordner mit den Wissensdateien."
    )
    decorated: Decorated = knowledge(config_option(command))
    return decorated


def config_option(command: Decorated) -> Decorated:
    """Add the option that says which configuration to use."""
    config = click.option(
        "--config", metavar="DATEI", expose_value=False, callback=_remember, help="Konfigurationsdatei."
    )
    decorated: Decorated = config(command)
    return decorated


def chosen_folder() -> Path:
    """The folder with the knowledge that the command line, the configuration or the place says."""
    from bot.knowledge_folder import knowledge_folder

    return knowledge_folder(named_path("knowledge") or chosen_settings().knowledge)


def chosen_settings() -> Settings:
    """The settings in the configuration that the command line names, and in the environment."""
    from bot.config import load_settings

    return load_settings(named_path("config"), os.environ)


def named_path(option: str) -> Path | None:
    """The path that the command line gives for an option."""
    path: Path | None = click.get_current_context().meta.get(f"{__name__}.{option}")
    return path


def chosen_knowledge(folder: Path | None = None) -> KnowledgeBase:
    """The knowledge in ``folder``, or in the one that the command line, the configuration or the place says.

    Raises:
        UserError: where it cannot be used.
    """
    from bot.knowledge import load

    return _read(load, folder)


def chosen_bundle(folder: Path | None = None) -> Bundle:
    """The same with its index; read back where nothing has changed since it was built.

    Raises:
        UserError: where it cannot be used.
    """
    from bot.stored_bundle import bundle_in

    return _read(bundle_in, folder)


def _read(read: Callable[[Path], Found], folder: Path | None) -> Found:
    from bot.knowledge import KnowledgeError

    folder = folder or chosen_folder()
    try:
        return read(folder)
    except KnowledgeError as error:
        raise unusable_knowledge(folder, error) from None


def unusable_knowledge(folder: Path, error: KnowledgeError) -> UserError:
    """What to tell where the knowledge in ``folder`` cannot be used."""
    return UserError(f"Das Wissen in {quoted_path(folder)} lässt sich nicht verwenden:\n{printable(str(error))}")
