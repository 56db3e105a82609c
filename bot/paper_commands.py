"""The commands that make something to print or to show around."""

from __future__ import annotations

from pathlib import Path

import click

from bot.errors import UserError
from bot.german_click import GermanCommand
from bot.options import chosen_knowledge, knowledge_options
from bot.typed_text import counted, printable, quoted_path


@click.command(cls=GermanCommand)
@click.option("--out", metavar="DATEI", type=Path, help="Zeichnet sie in diese Datei (.png oder .svg).")
@knowledge_options
def timeline(out: Path | None) -> None:
    """Zeigt, was wann geschah oder geplant war und wie lange etwas dauert."""
    from bot.papers.files import kind_of
    from bot.papers.picture import KINDS, NOTHING_TO_SHOW, timeline_picture
    from bot.timeline import stand_sentence, timeline_sentences
    from bot.timeline import timeline as timeline_of
    from bot.whole_file import save

    kind = kind_of(out, KINDS) if out else ""
    whole = timeline_of(chosen_knowledge())
    if out:
        save(out, timeline_picture(whole, kind))
        click.echo(f"Die Zeitleiste steht in {quoted_path(out)}.")
    else:
        lines = [*timeline_sentences(whole), stand_sentence(whole)]
        click.echo(printable("\n".join(lines) if any(lines) else NOTHING_TO_SHOW))


@click.command(cls=GermanCommand)
@click.argument("names", metavar="THEMA …", nargs=-1)
@click.option("--out", metavar="DATEI", type=Path, help="Schreibt es in diese Datei (.pdf, .html oder .md).")
@knowledge_options
def sheet(names: tuple[str, ...], out: Path | None) -> None:
    """Schreibt einen Spickzettel für die Sitzung.

    THEMA ist ein Thema oder die Kennung eines Eintrags; mehrere sind möglich. Als PDF ist es ein Blatt A4.
    """
    if not names:
        raise UserError("Es fehlt ein Thema oder die Kennung eines Eintrags. Die Themen zeigt: ikz-bot topics")
    if out is None:
        raise UserError("Es fehlt die Datei. Sie schreiben zum Beispiel: ikz-bot sheet zeit --out blatt.pdf")
    from bot.papers.files import kind_of
    from bot.papers.markup import as_html, as_markdown
    from bot.papers.typeset import Page, typeset
    from bot.sheet import sheet as sheet_of
    from bot.whole_file import save

    kind = kind_of(out, ("pdf", "html", "md"))
    wanted = sheet_of(chosen_knowledge(), names)
    if kind == "pdf":
        page = typeset(wanted, "pdf")
    else:
        page = Page((as_html if kind == "html" else as_markdown)(wanted).encode(), ())
    save(out, page.content)
    left_out = page.left_out
    count = counted(len(wanted.lines) - len(left_out), "Frage", "Fragen")
    click.echo(f"Der Spickzettel steht in {quoted_path(out)}: {count}.")
    if left_out:
        click.echo(f"Auf das Blatt passte nicht ({counted(len(left_out), 'Frage', 'Fragen')}):")
        click.echo(printable("\n".join(f"– {line.question} ({line.id})" for line in left_out)))
