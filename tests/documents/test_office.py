"""What only office documents and PDFs have: tracked changes, tables, outline levels, contents, columns of type."""

from pathlib import Path

import docx
import odfdo
import typst
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from bot.documents import Document, read_document


def texts(document: Document) -> list[str]:
    return [statement.text for statement in document.statements]


def test_word_tracked_changes_are_read_as_they_will_be(tmp_path: Path) -> None:
    written = docx.Document()
    paragraph = written.add_paragraph("Das Land zahlt ")
    for tag, text in (("w:del", "nichts"), ("w:ins", "viel")):
        change, run, content = OxmlElement(tag), OxmlElement("w:r"), OxmlElement("w:t")
        content.text = text
        run.append(content)
        change.append(run)
        paragraph._p.append(change)
    paragraph.add_run(" Geld.")
    written.save(str(tmp_path / "a.docx"))
    assert texts(read_document(tmp_path / "a.docx")) == ["Das Land zahlt viel Geld."]


def test_word_tables_and_lines_are_read(tmp_path: Path) -> None:
    written = docx.Document()
    written.add_paragraph("Protokoll der Runde")
    written.add_paragraph("Datum: 4. Mai 2023\nOrt: Rathaus")
    written.add_heading("Fragen", 1)
    table = written.add_table(rows=2, cols=2)
    for row, cells in zip(table.rows, (("Was kostet das?", "Sehr viel."), ("Dauer", "zwei Jahre")), strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    written.save(str(tmp_path / "a.docx"))
    document = read_document(tmp_path / "a.docx")
    assert (document.date, document.place) == ("2023-05-04", "Rathaus")
    assert ("Sehr viel.", "Was kostet das?") in [(one.text, one.question) for one in document.statements]
    assert "Dauer: zwei Jahre" in texts(document)


def test_word_headings_by_outline_level_are_headings(tmp_path: Path) -> None:
    written = docx.Document()
    for text in ("Geld", "Zeit"):
        heading = written.add_paragraph(text)
        level = OxmlElement("w:outlineLvl")
        level.set(qn("w:val"), "0")
        heading._p.get_or_add_pPr().append(level)
        written.add_paragraph(f"Viel {text} ist nötig.")
    written.save(str(tmp_path / "a.docx"))
    found = [(one.section, one.text) for one in read_document(tmp_path / "a.docx").statements]
    assert found == [(("Geld",), "Viel Geld ist nötig."), (("Zeit",), "Viel Zeit ist nötig.")]


def test_opendocument_notes_contents_and_changes_stay_out(tmp_path: Path) -> None:
    written = odfdo.Document("text")
    written.body.clear()
    written.body.append(odfdo.TOC())
    written.body.append(odfdo.Header(1, "Geld"))
    paragraph = odfdo.Paragraph("Das Land zahlt viel.")
    paragraph.insert_note(after="Land", note_id="n1", citation="1", body="Siehe Seite neun.")
    written.body.append(paragraph)
    table = odfdo.Table("T", width=2, height=1)
    table.set_value((0, 0), "Dauer")
    table.set_value((1, 0), "zwei Jahre")
    written.body.append(table)
    written.save(str(tmp_path / "a.odt"))
    assert texts(read_document(tmp_path / "a.odt")) == ["Das Land zahlt viel.", "Dauer: zwei Jahre"]


def test_a_pdf_of_one_page_and_a_sentence_in_bold(tmp_path: Path) -> None:
    source = "= Geld\n\n*Wichtig ist: Alle zahlen denselben Teil.*\n\n= Zeit\n\nEs dauert *zwei Jahre* und mehr."
    (tmp_path / "a.pdf").write_bytes(typst.compile(source.encode()))
    found = [(one.section, one.text) for one in read_document(tmp_path / "a.pdf").statements]
    assert found == [
        (("Geld",), "Wichtig ist: Alle zahlen denselben Teil."),
        (("Zeit",), "Es dauert zwei Jahre und mehr."),
    ]
