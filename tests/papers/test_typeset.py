"""The sheet as a PDF on one page, read back by another program."""

import io
import sys

import pytest
from pypdf import PdfReader

from bot.errors import UserError
from bot.knowledge import KnowledgeBase
from bot.papers.typeset import SIZES, typeset
from bot.sheet import Sheet, SheetLine, sheet


def line(number: int, short: str = "Kurz.", **more: object) -> SheetLine:
    return SheetLine(f"e-{number}", f"Frage {number}?", short, "[1] Abschnitt A", (), False)._replace(**more)


def made(*lines: SheetLine, title: str = "T") -> Sheet:
    return Sheet(title, "Stand: 2020", lines, "", ("[1] Quelle eins",))


def read(content: bytes) -> str:
    """What stands on the only page, without its line breaks."""
    (page,) = PdfReader(io.BytesIO(content)).pages
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (595, 842)  # A4, in points
    return " ".join(page.extract_text().replace("\u00a0", " ").split())


def sizes(content: bytes) -> set[float]:
    found = set()
    for page in PdfReader(io.BytesIO(content)).pages:
        page.extract_text(visitor_text=lambda text, cm, tm, font, size: found.add(size * abs(tm[0])))
    return {round(size, 1) for size in found if size}


def test_a_topic_stands_on_one_page_with_sources_and_stand(knowledge: KnowledgeBase) -> None:
    wanted = sheet(knowledge, ["zeit"])
    page = typeset(wanted, "pdf")
    text = read(page.content)
    assert page.left_out == ()
    for entry in wanted.lines:
        assert entry.question in text and entry.short in text and entry.source in text
    assert "Spickzettel Zeit und Dauer Werkstatt, November 2020 · Soweit nicht anders angegeben: [1]" in text
    assert wanted.sources[0] in text
    assert "Was nach diesen Daten geschah, steht hier nicht." in text
    assert PdfReader(io.BytesIO(page.content)).metadata.title == "Spickzettel: Zeit und Dauer"


def test_german_signs_and_signs_of_markup_are_shown_letter_by_letter() -> None:
    hard = "ÄÖÜäöüß „Grüße“ ‚ja‘ – 5 % § 3 #set *a* _b_ $x$ <l> @m `c` \\ // [z] ~ = -- ... é €"
    wanted = made(line(1, hard, notes=(f"N {hard}",), source=f"[1] Q {hard}"), title=f"T {hard}")
    assert read(typeset(wanted, "pdf").content).count(hard) == 4


def test_the_longest_texts_and_signs_the_font_lacks_stay_on_the_page() -> None:
    long = (line(n, "W" * 200, question="M" * 100, source="[1] " + "Q" * 120) for n in range(3))
    wanted = made(*long, line(4, "😀漢"))
    assert typeset(wanted, "pdf").left_out == ()


def test_all_fonts_are_in_the_file(knowledge: KnowledgeBase) -> None:
    (page,) = PdfReader(io.BytesIO(typeset(sheet(knowledge, ["zeit"]), "pdf").content)).pages
    fonts = page["/Resources"]["/Font"].values()
    assert fonts
    for font in fonts:
        (descendant,) = font.get_object()["/DescendantFonts"]
        assert "/FontFile3" in descendant.get_object()["/FontDescriptor"].get_object()


def test_the_more_there_is_the_smaller_the_type_but_never_too_small() -> None:
    few = typeset(made(*map(line, range(3))), "pdf")
    more = typeset(made(*map(line, range(18))), "pdf")
    many = typeset(made(*map(line, range(200))), "pdf")
    assert SIZES[0] in sizes(few.content) and not few.left_out
    assert max(s for s in sizes(more.content) if s in SIZES) < SIZES[0] and not more.left_out
    assert min(sizes(many.content)) >= 8 and SIZES[-1] in sizes(many.content) and many.left_out


def test_what_does_not_fit_is_named_and_the_page_is_full() -> None:
    lines = [line(n, f"Satz {n}.", dispensable=n < 3) for n in range(100)]
    page = typeset(made(*lines), "pdf")
    text = read(page.content)
    kept = [entry for entry in lines if entry not in page.left_out]
    assert len(kept) > 15
    assert f"Auf das Blatt passten {len(page.left_out)} weitere Fragen nicht." in text
    for entry in lines:
        assert (f"Frage {entry.id[2:]}? {entry.short}" in text) is (entry in kept)
    # What other lines say already goes first, and then what stands last.
    assert kept == lines[3 : 3 + len(kept)]
    one_more = made(*kept, lines[3 + len(kept)])
    assert typeset(one_more, "pdf").left_out


@pytest.mark.parametrize("kind", ["pdf", "png"])
def test_the_same_sheet_makes_the_same_file(knowledge: KnowledgeBase, kind: str) -> None:
    wanted = sheet(knowledge, ["motive"])
    first = typeset(wanted, kind).content
    typeset.cache_clear()
    assert typeset(wanted, kind).content == first
    assert b"CreationDate" not in first and b"CreateDate" not in first


def test_every_topic_leaves_out_only_what_does_not_fit(knowledge: KnowledgeBase) -> None:
    for topic in knowledge.topics:
        wanted = sheet(knowledge, [topic.id])
        page = typeset(wanted, "pdf")
        text = read(page.content)
        for entry in wanted.lines:
            assert (entry.question in text) is (entry not in page.left_out)


def test_a_missing_package_is_a_german_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(UserError, match=r"fehlt das Paket typst.*ikz-bot\[papers\]"):
        typeset(made(line(77)), "pdf")
