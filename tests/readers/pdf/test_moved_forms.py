"""Pages drawn as forms somewhere else on a sheet, as programs do that lay two pages on one."""

from __future__ import annotations

import io

from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, NameObject, NumberObject

from bulletin_lint.readers.pdf.reader import read_pdf
from set_pdfs import Piece, set_pdf

SHIFT = 595
EXPLAINED = "/Span << /ActualText <FEFF4E006E20> >> BDC"
TEXT = "一渠春水绕村流，田里的秧苗绿油油"


def moved(data: bytes) -> bytes:
    """The first page as a form on the right half of a sheet twice as wide."""
    writer = PdfWriter()
    page = PdfReader(io.BytesIO(data)).pages[0]
    sheet = writer.add_blank_page(2 * SHIFT, 842)
    contents = page.get_contents()
    assert contents is not None
    form = DecodedStreamObject()
    form.set_data(contents.get_data())
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(map(NumberObject, (0, 0, SHIFT, 842))),
            NameObject("/Resources"): page["/Resources"].clone(writer),
        }
    )
    drawn = DecodedStreamObject()
    drawn.set_data(b"q 1 0 0 1 %d 0 cm /P Do Q" % SHIFT)
    sheet[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/P"): writer._add_object(form)})}
    )
    sheet[NameObject("/Contents")] = writer._add_object(drawn)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_character_that_actual_text_explains_stands_where_its_form_is_moved() -> None:
    first, others = TEXT[:2], TEXT[2:]
    pieces = [Piece(80, 300, first, 16, EXPLAINED), Piece(112, 300, others, 16, "EMC")]
    reading = read_pdf("x.pdf", moved(set_pdf([pieces], named={"一": "⼀"})))

    assert TEXT == reading.text.strip()
    (box,) = reading.places.locate(0, 1).boxes
    assert SHIFT + 80 - 1 <= box.box[0] <= SHIFT + 80 + 1
