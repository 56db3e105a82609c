"""The command ``ikz-bot tour``."""

from __future__ import annotations

import contextlib
from datetime import date

import click

from bot.errors import UserError
from bot.german_click import GermanCommand
from bot.options import chosen_knowledge, knowledge_options


@click.command(cls=GermanCommand)
@click.option("--station", metavar="NUMMER", default="1", help="Beginnt an dieser Station.")
@knowledge_options
def tour(station: str) -> None:
    """Führt in kurzen Stationen durch das Thema, mit einem Quiz am Ende."""
    from bot.channels.keyboard import is_person, lines_in
    from bot.channels.lines import BLANK, Line, reply_lines
    from bot.channels.screen import Screen
    from bot.channels.tour import Tour
    from bot.offers import picked

    knowledge = chosen_knowledge()
    total = len(knowledge.tour)
    if not total:
        raise UserError("Dieses Wissen hat keinen Rundgang. Bitte legen Sie dafür die Datei „einstieg.yaml“ an.")
    if station not in map(str, range(1, total + 1)):
        raise UserError(f"Diese Station gibt es nicht. Bitte nennen Sie eine Zahl von 1 bis {total}.")
    today = date.today()
    walk = Tour(
        knowledge,
        lambda entry: reply_lines(knowledge, picked(knowledge, entry, today), today),
        lambda number: f"Hier geht es weiter: ikz-bot tour --station {number}",
        "Fragen beantworte ich im Gespräch: ikz-bot chat",
    )
    screen = Screen()
    screen.write([*walk.go_to(int(station)), BLANK])
    with contextlib.suppress(KeyboardInterrupt):
        for typed in lines_in():
            lines = walk.respond("ende" if typed.strip().casefold() == "/ende" else typed)
            screen.write([*(walk.hint() if lines is None else lines), BLANK])
            if not walk.under_way:
                return
    if is_person():  # who ends the input with a key combination has not begun a new line
        click.echo()
        screen.write([Line(walk.how_to_return())])
