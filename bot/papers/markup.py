"""The sheet as HTML, to print from a browser, and as Markdown, to go on writing; both show all of it."""

from __future__ import annotations

import html
import re

from bot.sheet import HEADING, ONLY_UNTIL, Sheet, SheetLine

_MARKUP = re.compile(r"([\\`*_{}\[\]<>#|~&$])")

_STYLE = """\
@page { size: A4; margin: 17mm 20mm }
body { font: 12pt/1.35 Georgia, "Times New Roman", serif; max-width: 170mm; margin: 1.5em auto; padding: 0 1em;
  color: #000; background: #fff }
h1 { font-size: 18pt; margin: 0 }
header { border-bottom: 1px solid; margin-bottom: 1em }
header p { margin: .2em 0 }
dt { font-style: italic; color: #444; margin-top: .7em; break-after: avoid }
dd { font-weight: bold; margin: 0; break-inside: avoid }
small { font-weight: normal; color: #444 }
footer { border-top: 1px solid; margin-top: 1.5em; font-size: 10pt }
@media print { body { margin: 0; padding: 0; max-width: none } }
"""


def as_html(sheet: Sheet) -> str:
    """The sheet as an HTML page that needs nothing else."""
    parts = [
        "<!DOCTYPE html>",
        '<html lang="de">',
        f'<head><meta charset="utf-8"><title>{HEADING}: {html.escape(sheet.title)}</title>',
        '<meta name="viewport" content="width=device-width">',
        f"<style>\n{_STYLE}</style></head>",
        "<body>",
        f"<header><p>{HEADING}</p><h1>{html.escape(sheet.title)}</h1><p>{html.escape(_head(sheet))}</p></header>",
        "<dl>",
        *map(_html_line, sheet.lines),
        "</dl>",
        "<footer>",
        *(f"<p>{html.escape(source)}</p>" for source in sheet.sources),
        f"<p>{html.escape(ONLY_UNTIL)}</p>",
        "</footer>",
        "</body>",
        "</html>",
    ]
    return "\n".join(parts) + "\n"


def _head(sheet: Sheet) -> str:
    return " · ".join(filter(None, (sheet.stand, sheet.usual)))


def _html_line(line: SheetLine) -> str:
    said = f"{html.escape(line.short)} <small>{html.escape(line.source)}</small>"
    notes = "".join(f"<br><small><b>Hinweis: {html.escape(note)}</b></small>" for note in line.notes)
    return f"<dt>{html.escape(line.question)}</dt>\n<dd>{said}{notes}</dd>"


def as_markdown(sheet: Sheet) -> str:
    """The sheet in Markdown; what the knowledge says is shown letter by letter, never as markup."""
    parts = [
        f"# {HEADING}: {_plain(sheet.title)}",
        *filter(None, [_plain(_head(sheet))]),
        "\n".join(map(_markdown_line, sheet.lines)),
        *map(_plain, sheet.sources),
        ONLY_UNTIL,
    ]
    return "\n\n".join(parts) + "\n"


def _markdown_line(line: SheetLine) -> str:
    notes = "".join(f" **Hinweis: {_plain(note)}**" for note in line.notes)
    source = f"\n  {_plain(line.source)}" if line.source else ""
    return f"- *{_plain(line.question)}*\n  **{_plain(line.short)}**{source}{notes}"


def _plain(text: str) -> str:
    return _MARKUP.sub(r"\\\1", text)
