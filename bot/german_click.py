"""click in German: help pages, usage errors and how a failure is told."""

from __future__ import annotations

import os
import sys
from difflib import get_close_matches
from typing import Any

import click

from bot.errors import UserError
from bot.typed_text import quoted

EXIT_UNUSABLE = 2
EXIT_INTERNAL = 1
EXIT_INTERRUPTED = 130


class GermanUsageError(click.UsageError):
    """A usage error whose message is German already."""


class GermanCommand(click.Command):
    """A command whose help and errors are German."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("options_metavar", "[OPTIONEN]")
        super().__init__(*args, **kwargs)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the usage line."""
        formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix="Aufruf: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options with their explanations."""
        records = (parameter.get_help_record(ctx) for parameter in self.get_params(ctx))
        with formatter.section("Optionen"):
            formatter.write_dl([record for record in records if record and record[0].startswith("-")])

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """The option ``--help``, explained in German."""
        option = super().get_help_option(ctx)
        if option:
            option.help = "Zeigt diese Hilfe."
        return option

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; too many of them are refused in German."""
        group = isinstance(self, click.Group)
        ctx.allow_extra_args = True
        try:
            rest = super().parse_args(ctx, args)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise
        if rest and not group:
            surplus = ", ".join(map(quoted, rest))
            raise GermanUsageError(f"Damit kann {quoted(ctx.command_path)} nichts anfangen: {surplus}.", ctx)
        return rest


class GermanGroup(GermanCommand, click.Group):
    """A group of German commands that tells every failure in a German sentence and a fitting exit code."""

    command_class = GermanCommand

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("subcommand_metavar", "[BEFEHL …]")
        super().__init__(*args, **kwargs)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order they were written down."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command; an unknown one is refused with the nearest."""
        if args[0] not in self.commands:
            near = get_close_matches(args[0], self.commands)
            others = f" Es gibt: {', '.join(self.commands)}."
            ask = f' Eine Frage stellen Sie mit: {ctx.command_path} ask "FRAGE"'
            hint = _did_you_mean(near) or (others if ctx.parent else ask)
            raise GermanUsageError(f"Den Befehl {quoted(args[0])} gibt es nicht.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options and then the commands."""
        GermanCommand.format_options(self, ctx, formatter)
        with formatter.section("Befehle"):
            formatter.write_dl([(name, command.get_short_help_str(200)) for name, command in self.commands.items()])

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; that nobody reads its output any more is no mistake."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _drop_output()

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run the command line and exit; no exception leaves this method but SystemExit."""
        kwargs["standalone_mode"] = False
        try:
            code = super().main(*args, **kwargs)
            if sys.stdout:
                sys.stdout.flush()
        except Exception as error:
            code = _tell(error)
        sys.exit(code if isinstance(code, int) else 0)


def _tell(error: Exception) -> int:
    """Say on standard error what went wrong; returns the exit code."""
    if isinstance(error, BrokenPipeError):
        _drop_output()
        return 0
    code, text = _explained(error)
    if isinstance(error, OSError):
        _drop_output()
    try:
        click.echo(text, err=True)
    except OSError:
        _drop_output()
    return code


def _explained(error: Exception) -> tuple[int, str]:
    if isinstance(error, UserError):
        return EXIT_UNUSABLE, str(error)
    if isinstance(error, click.UsageError):
        help_command = f"\nHilfe dazu: {error.ctx.command_path} --help" if error.ctx else ""
        return EXIT_UNUSABLE, _usage_mistake(error) + help_command
    if isinstance(error, click.Abort):
        return EXIT_INTERRUPTED, "Abgebrochen."
    return EXIT_INTERNAL, (
        f"Ein unerwarteter Fehler ist aufgetreten ({type(error).__name__}). Bitte melden Sie ihn mit Ihrer Eingabe."
    )


def _usage_mistake(error: click.UsageError) -> str:
    """What is wrong with the command line, whatever click says about it in English."""
    match error:
        case GermanUsageError():
            return error.message
        case click.NoSuchOption():
            return f"Die Option {quoted(error.option_name)} gibt es nicht.{_did_you_mean(error.possibilities)}"
        case click.BadOptionUsage():
            return f"Die Option {quoted(error.option_name)} {_value_mistake(error)}."
        case click.MissingParameter() if error.param is not None:
            return f"Es fehlt die Angabe {error.param.metavar or error.param.name}."
        case _:
            return "Die Angaben passen nicht zu diesem Befehl."


def _did_you_mean(names: list[str] | None) -> str:
    return f" Meinten Sie {' oder '.join(map(quoted, names))}?" if names else ""


def _value_mistake(error: click.BadOptionUsage) -> str:
    options = error.ctx.command.get_params(error.ctx) if error.ctx else []
    takes_none = any(isinstance(o, click.Option) and error.option_name in o.opts and o.is_flag for o in options)
    return "verträgt keinen Wert" if takes_none else "braucht einen Wert dahinter"


def _drop_output() -> None:
    """Send what is still to be written nowhere, so that the interpreter does not complain when it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream:
                stream.flush()
        except (OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
