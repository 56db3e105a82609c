"""The sheet as HTML and as Markdown."""

import html
import re
from html.parser import HTMLParser

from bot.knowledge import KnowledgeBase
from bot.papers.markup import as_html, as_markdown
from bot.sheet import Sheet, SheetLine, sheet

HARD = "<b>ja</b> & *so* _viel_ „Ä“ – `x` [a](b) # 1. | ~ $"
WANTED = Sheet(HARD, "Stand: 2020", (SheetLine("e", HARD, HARD, f"[1] {HARD}", (HARD,), False),), "", (f"[1] {HARD}",))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []
        self.tags: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.seen.append(data)


def test_html_shows_all_of_a_sheet_and_loads_nothing(knowledge: KnowledgeBase) -> None:
    wanted = sheet(knowledge, ["veranstaltung"])
    page = as_html(wanted)
    for line in wanted.lines:
        assert html.escape(line.question) in page and html.escape(line.short) in page
    assert not re.search(r"https?:|src=|@import|url\(", page)
    assert '<html lang="de">' in page and '<meta charset="utf-8">' in page and "size: A4" in page


def test_html_shows_signs_of_markup_letter_by_letter() -> None:
    reader = _Reader()
    reader.feed(as_html(WANTED))
    text = "".join(reader.seen)
    assert text.count(HARD) == 7  # the title twice
    assert reader.tags.count("b") == 1  # that of the notice


def test_markdown_shows_signs_of_markup_letter_by_letter() -> None:
    text = as_markdown(WANTED)
    escaped = HARD
    for sign in "<>&*_`[]#|~$":
        escaped = escaped.replace(sign, f"\\{sign}")
    assert text.count(escaped) == 6
    assert text.startswith("# Spickzettel: \\<b\\>")
    assert text.endswith("Was nach diesen Daten geschah, steht hier nicht.\n")
