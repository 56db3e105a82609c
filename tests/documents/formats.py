"""Writes the workshop's protocol as people would: in five formats, with page breaks, running heads and hyphens."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import docx
import odfdo
import typst
from docx.enum.text import WD_BREAK
from docx.oxml import OxmlElement
from docx.shared import Cm

from tests.documents.workshop import RUNNING_HEAD, TITLE, Line

WIDTH, LINES_A_PAGE = 68, 34
SOFT_HYPHEN = "\u00ad"


def write(lines: Iterable[Line], path: Path, *, styled: bool = True) -> Path:
    """Write the lines in the format that the path's suffix names; where not ``styled``, by hand instead of styles."""
    (WRITERS if styled else UNSTYLED)[path.suffix](list(lines), path)
    return path


def _text(lines: list[Line], path: Path) -> None:
    written = [TITLE, ""]
    previous = ""
    for line in lines:
        if line.kind != previous or line.kind in {"paragraph", "heading"}:
            written.append("")
        previous = line.kind
        mark = f"{'  ' * line.level}{'•-*'[line.level]} " if line.kind == "item" else ""
        first, *rest = _wrapped(line.text, WIDTH - len(mark))
        written += [mark + first, *(" " * len(mark) + text for text in rest)]
    pages = [written[start : start + LINES_A_PAGE] for start in range(0, len(written), LINES_A_PAGE)]
    whole = [
        "\n".join([RUNNING_HEAD, "", *page, "", f"Seite {number} von {len(pages)}".center(WIDTH), ""])
        for number, page in enumerate(pages, start=1)
    ]
    path.write_text("\f".join(whole), encoding="utf-8")


def _wrapped(text: str, width: int) -> list[str]:
    """Lines of a text; words are divided at a „~“ where that fills a line."""
    lines = [""]
    for word in text.split():
        parts = word.split("~")
        room = width - len(lines[-1]) - 1
        fitting = next((n for n in range(len(parts), 0, -1) if len("".join(parts[:n])) + (n < len(parts)) <= room), 0)
        if fitting:
            lines[-1] = f"{lines[-1]} {''.join(parts[:fitting])}".strip() + ("-" if fitting < len(parts) else "")
        if fitting < len(parts):
            lines.append("".join(parts[fitting:]))
    return lines


def _markdown(lines: list[Line], path: Path) -> None:
    written = [f"# {TITLE}"]
    for line in lines:
        text = line.text.replace("~", SOFT_HYPHEN)
        match line.kind:
            case "heading":
                written.append(f"\n{'#' * (line.level + 1)} {text}\n")
            case "item":
                indent = "  " * line.level
                written.append(f"{indent}- " + f"\n{indent}  ".join(_wrapped(text, 90)))
            case _:
                written += ["", "\n".join(_wrapped(text, 90))]
    path.write_text("\n".join(written) + "\n", encoding="utf-8")


def _docx(lines: list[Line], path: Path) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = RUNNING_HEAD
    document.sections[0].footer.paragraphs[0].text = "Seite 1"
    document.add_paragraph(TITLE, style="Title")
    for number, line in enumerate(lines):
        style = {
            "heading": f"Heading {line.level}",
            "item": "List Bullet" if not line.level else f"List Bullet {line.level + 1}",
        }.get(line.kind, "Normal")
        paragraph = document.add_paragraph(style=style)
        for place, part in enumerate(line.text.split("~")):
            run = paragraph.add_run()
            if place:
                run._r.append(OxmlElement("w:softHyphen"))
            run.add_text(part)
        if number % 25 == 24:
            paragraph.add_run().add_break(WD_BREAK.PAGE)
    document.save(str(path))


def _docx_by_hand(lines: list[Line], path: Path) -> None:
    document = docx.Document()
    document.add_paragraph().add_run(TITLE).bold = True
    for line in lines:
        paragraph = document.add_paragraph()
        if line.kind == "item":
            paragraph.paragraph_format.left_indent = Cm(0.6 * (line.level + 1))
            paragraph.add_run("–\t")
        paragraph.add_run(line.text.replace("~", "")).bold = line.kind == "heading" or None
    document.save(str(path))


def _odt(lines: list[Line], path: Path) -> None:
    document = odfdo.Document("text")
    document.body.clear()
    document.body.append(odfdo.Paragraph(TITLE, style="Title"))
    lists: list[odfdo.List] = []
    for line in lines:
        text = line.text.replace("~", SOFT_HYPHEN)
        if line.kind != "item":
            lists = []
            heading = line.kind == "heading"
            document.body.append(odfdo.Header(line.level, text) if heading else odfdo.Paragraph(text))
            continue
        while len(lists) > line.level + 1:
            lists.pop()
        if not lists:
            lists.append(odfdo.List())
            document.body.append(lists[-1])
        elif len(lists) == line.level:
            lists.append(odfdo.List())
            lists[-2].get_items()[-1].append(lists[-1])
        lists[-1].append_item(text)
    document.save(str(path))


def _pdf(lines: list[Line], path: Path) -> None:
    head = f"""
#set page(paper: "a5", margin: 18mm, header: text(8pt)[#{json.dumps(RUNNING_HEAD)}], numbering: "1 / 1")
#set text(lang: "de", size: 10pt)
#set par(justify: true)
#text(20pt, weight: "bold")[#{json.dumps(TITLE, ensure_ascii=False)}]

"""
    written = []
    for line in lines:
        text = f"#{json.dumps(line.text.replace('~', ''), ensure_ascii=False)}"
        match line.kind:
            case "heading":
                written.append(f"\n{'=' * line.level} {text}\n")
            case "item":
                written.append(f"{'  ' * line.level}- {text}")
            case _:
                written.append(f"\n{text}\n")
    path.write_bytes(typst.compile((head + "\n".join(written)).encode()))


def _pdf_by_hand(lines: list[Line], path: Path) -> None:
    written = [
        '#set page(paper: "a4", margin: 25mm, footer: context align(center)[Seite #counter(page).display()])',
        '#set text(lang: "de", size: 11pt)',
        "#set par(leading: 0.8em, spacing: 1.6em)",
        f"*#{json.dumps(TITLE, ensure_ascii=False)}*\n",
    ]
    for line in lines:
        text = f"#{json.dumps(line.text.replace('~', ''), ensure_ascii=False)}"
        match line.kind:
            case "heading":
                written.append(f"*{text}*\n")
            case "item":
                indent = 6 * line.level
                written.append(f"#pad(left: {indent}mm, grid(columns: (5mm, 1fr), [{'•–o'[line.level]}], [{text}]))\n")
            case _:
                written.append(f"{text}\n")
    path.write_bytes(typst.compile("\n".join(written).encode()))


def _text_by_hand(lines: list[Line], path: Path) -> None:
    """As in a mail: no empty line behind a heading, no wrapped lines."""
    written = [TITLE]
    for line in lines:
        before = "\n" if line.kind in {"heading", "paragraph"} else ""
        mark = f"{'    ' * line.level}* " if line.kind == "item" else ""
        written.append(before + mark + line.text.replace("~", ""))
    path.write_text("\n".join(written), encoding="cp1252")


WRITERS: Mapping[str, Callable[[list[Line], Path], None]] = {
    ".txt": _text,
    ".md": _markdown,
    ".docx": _docx,
    ".odt": _odt,
    ".pdf": _pdf,
}
UNSTYLED: Mapping[str, Callable[[list[Line], Path], None]] = {
    ".txt": _text_by_hand,
    ".docx": _docx_by_hand,
    ".pdf": _pdf_by_hand,
}
