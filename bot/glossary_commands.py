"""The command ``ikz-bot glossary``."""

from __future__ import annotations

from datetime import date

import click

from bot.errors import UserError
from bot.german_click import GermanCommand
from bot.options import chosen_knowledge, knowledge_options


@click.command(cls=GermanCommand)
@click.argument("wanted", metavar="[BEGRIFF]", nargs=-1)
@knowledge_options
def glossary(wanted: tuple[str, ...]) -> None:
    """Erklärt einen Begriff; ohne BEGRIFF alle."""
    from bot.channels.lines import found_lines, glossary_lines
    from bot.channels.screen import Screen
    from bot.glossary import NO_GLOSSARY, Glossary, question_back
    from bot.typed_text import usable_question

    knowledge = chosen_knowledge()
    known = Glossary(knowledge)
    if not known.terms:
        raise UserError(NO_GLOSSARY)
    if not wanted:
        Screen().write(glossary_lines(known.terms))
        return
    typed = usable_question(" ".join(wanted))
    found = known.look_up(typed)
    if not found.terms:
        raise UserError(f"{question_back(found, typed)} Alle zeigt: ikz-bot glossary")
    Screen().write(found_lines(knowledge, found, typed, date.today()))
