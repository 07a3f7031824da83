"""An editor signs what is on the paper: what is not seen is not read, and what is put over a page is."""

from __future__ import annotations

import zlib
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    NameObject,
    NumberObject,
    StreamObject,
    TextStringObject,
)

from bulletin_lint.model.errors import SourceError
from bulletin_lint.readers.pdf.layers import may_have_layers
from bulletin_lint.readers.pdf.reader import read_pdf
from made_pdfs import pdf_of

SEEN = b"BT /F 12 Tf 50 400 Td (All that is on this page can be read.) Tj ET "
SECRET = b"BT /F 12 Tf 50 700 Td (Issue 9) Tj ET "
OVER = b"45 690 80 25 re f 0 g "
PICTURE = b"q 80 0 0 25 45 690 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff\nEI Q "
"""A white one."""


def written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def text_of(content: bytes) -> str:
    return read_pdf("x.pdf", pdf_of(SEEN + content)).text


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"q " + SECRET.replace(b"BT", b"BT 7 Tr") + b"Q ", id="letters that only clip"),
        pytest.param(b"q 0 0 10 10 re W n " + SECRET + b"Q ", id="outside its clip"),
        pytest.param(
            b"q 0 0 10 10 re W n " + SECRET.replace(b"700 Td", b"300 Td") + b"Q ", id="in the middle"
        ),
        pytest.param(SECRET + b"1 g " + OVER, id="under a white area"),
        pytest.param(SECRET + b"1 0 0 rg " + OVER, id="under a red area"),
        pytest.param(SECRET + PICTURE, id="under a picture"),
        pytest.param(PICTURE + b"1 g " + SECRET + b"0 g ", id="white on a white picture"),
        pytest.param(b"0 g " + OVER + SECRET, id="black on black"),
        pytest.param(b"0.6 0 0 rg " + OVER + b"0.6 0 0 rg " + SECRET + b"0 g ", id="red on the same red"),
        pytest.param(SECRET.replace(b"12 Tf", b"0.5 Tf"), id="smaller than a speck"),
    ],
)
def test_what_is_not_seen_is_not_read(content: bytes) -> None:
    assert text_of(content) == "All that is on this page can be read.\n"


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(SECRET, id="plain"),
        pytest.param(b"1 g " + OVER + SECRET, id="over a white area"),
        pytest.param(PICTURE + SECRET, id="over a picture"),
        pytest.param(b"0 g " + OVER + b"1 g " + SECRET + b"0 g ", id="white on black"),
        pytest.param(b"0.8 0 0 rg " + OVER + SECRET.replace(b"BT", b"BT 1 1 0 rg"), id="yellow on red"),
        pytest.param(SECRET + b"45 690 80 1 re f ", id="a rule under it"),
        pytest.param(SECRET + b"1 g 45 720 80 25 re f 0 g ", id="a white area beside it"),
        # 0.24 of 50 is 12.
        pytest.param(b"q 0.24 0 0 0.24 0 0 cm BT /F 50 Tf 208 2917 Td (Issue 9) Tj ET Q ", id="scaled"),
    ],
)
def test_what_is_seen_is_read(content: bytes) -> None:
    assert "Issue 9" in text_of(content)


def test_words_that_were_painted_over_give_way_to_those_written_instead() -> None:
    corrected = SECRET + b"1 g " + OVER + SECRET.replace(b"Issue 9", b"Issue 8")

    assert text_of(corrected).split("\n")[0] == "Issue 8"


@pytest.mark.parametrize("turns", [0, 90, 180, 270])
def test_a_turned_page_is_compared_as_it_is_shown(turns: int) -> None:
    sheet = f"/MediaBox [0 0 600 800] /CropBox [20 30 580 760] /Rotate {turns}"
    # Level in the stored page: read as a person would turn it.
    hidden = read_pdf("x.pdf", pdf_of(SEEN + SECRET + b"1 g " + OVER, more=[sheet]))
    shown = read_pdf("x.pdf", pdf_of(SEEN + b"1 g " + OVER + SECRET, more=[sheet]))

    assert ("Issue 9" in hidden.text, "Issue 9" in shown.text) == (False, True)


def layered(*, is_off: bool, besides: bytes = b"") -> bytes:
    """A page with a number on a layer."""
    data = pdf_of(SEEN + besides + b"/OC /L BDC " + SECRET + b"EMC")
    writer = PdfWriter(clone_from=PdfReader(BytesIO(data)))
    group = writer._add_object(
        DictionaryObject(
            {NameObject("/Type"): NameObject("/OCG"), NameObject("/Name"): TextStringObject("L")}
        )
    )
    resources: Any = writer.pages[0]["/Resources"].get_object()
    resources[NameObject("/Properties")] = DictionaryObject({NameObject("/L"): group})
    shown = DictionaryObject({NameObject("/OFF"): ArrayObject([group] if is_off else [])})
    writer.root_object[NameObject("/OCProperties")] = DictionaryObject(
        {NameObject("/OCGs"): ArrayObject([group]), NameObject("/D"): shown}
    )
    return written(writer)


def test_a_layer_that_is_off_is_not_read() -> None:
    assert "Issue 9" not in read_pdf("x.pdf", layered(is_off=True)).text
    assert "Issue 9" in read_pdf("x.pdf", layered(is_off=False)).text


@pytest.mark.parametrize("height", [b"700", b"704", b"696"])
def test_what_a_layer_hides_is_not_read_for_the_sake_of_a_line_over_it(height: bytes) -> None:
    line = SECRET.replace(b"700", height).replace(b"Issue 9", b"Number 7")

    text = read_pdf("x.pdf", layered(is_off=True, besides=line)).text

    assert ("Number 7" in text, "Issue 9" in text) == (True, False)


@pytest.mark.parametrize("opacity", [0, 1])
def test_what_is_drawn_with_no_opacity_is_not_read(opacity: int) -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_of(SEEN + b"/G gs /X Do"))))
    resources: Any = writer.pages[0]["/Resources"].get_object()
    form = StreamObject()
    form._data = SECRET
    form.update(
        {
            NameObject("/Type"): NameObject("/XObject"),
            NameObject("/Subtype"): NameObject("/Form"),
            NameObject("/BBox"): ArrayObject(map(FloatObject, (0, 0, 600, 800))),
            NameObject("/Group"): DictionaryObject({NameObject("/S"): NameObject("/Transparency")}),
            NameObject("/Resources"): DictionaryObject({NameObject("/Font"): resources["/Font"]}),
        }
    )
    resources[NameObject("/XObject")] = DictionaryObject({NameObject("/X"): writer._add_object(form)})
    state = DictionaryObject({NameObject("/ca"): NumberObject(opacity)})
    resources[NameObject("/ExtGState")] = DictionaryObject({NameObject("/G"): state})

    assert ("Issue 9" in read_pdf("x.pdf", written(writer)).text) == bool(opacity)


def packed(content: bytes, entries: bytes = b"") -> bytes:
    return b"1 0 obj << /Type /ObjStm " + entries + b" >> stream\n" + zlib.compress(content) + b"\nendstream"


def test_layers_are_known_however_the_catalogue_is_written() -> None:
    assert may_have_layers(b"<< /OCProperties 7 0 R >>")
    assert may_have_layers(b"<< /OC#50roperties 7 0 R >>")
    assert may_have_layers(packed(b"<< /OCProperties 7 0 R >>"))
    assert may_have_layers(packed(b"<< /Type /Catalog >>") + b"trailer << /Encrypt 9 0 R >>")
    assert may_have_layers(packed(b"", b"/DecodeParms << /Predictor 12 >>"))
    assert may_have_layers(b"<< /Type /ObjStm >> stream\nnot packed\nendstream")
    assert not may_have_layers(packed(b"<< /Type /Catalog /Pages 2 0 R >>"))
    assert not may_have_layers(pdf_of(SEEN))


def noted(kind: str, *, is_drawn: bool = True, flags: int = 4, **more: str) -> bytes:
    """A page with a note over it that says "Issue 9"."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_of(SEEN))))
    note = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject(f"/{kind}"),
            NameObject("/Rect"): ArrayObject(map(FloatObject, (50, 690, 250, 720))),
            NameObject("/F"): NumberObject(flags),
            NameObject("/Contents"): TextStringObject("Issue 9"),
            NameObject("/V"): TextStringObject("Issue 9"),
            **{NameObject(f"/{key}"): NameObject(value) for key, value in more.items()},
        }
    )
    if is_drawn:
        form = StreamObject()
        form._data = b"BT /F 12 Tf 2 8 Td (Issue 9) Tj ET"
        form.update(
            {
                NameObject("/Type"): NameObject("/XObject"),
                NameObject("/Subtype"): NameObject("/Form"),
                NameObject("/BBox"): ArrayObject(map(FloatObject, (0, 0, 200, 30))),
                NameObject("/Resources"): writer.pages[0]["/Resources"].get_object(),
            }
        )
        note[NameObject("/AP")] = DictionaryObject({NameObject("/N"): writer._add_object(form)})
    writer.pages[0][NameObject("/Annots")] = ArrayObject([writer._add_object(note)])
    return written(writer)


@pytest.mark.parametrize("kind", ["FreeText", "Stamp", "Widget"])
def test_words_put_over_a_page_are_read_where_they_stand(kind: str) -> None:
    reading = read_pdf("x.pdf", noted(kind))

    assert reading.text == "Issue 9\nAll that is on this page can be read.\n"
    assert not reading.unread_pages
    # 800 - 690 - 8 is the baseline.
    top, bottom = (reading.places.locate(0, 5).boxes[0].box[side] for side in (1, 3))
    assert top < 102 < bottom


@pytest.mark.parametrize("kind", ["FreeText", "Widget"])
def test_words_of_which_nothing_says_how_they_look_are_named(kind: str) -> None:
    reading = read_pdf("x.pdf", noted(kind, is_drawn=False))

    assert [(page.number, "加注" in page.why.zh) for page in reading.unread_pages] == [(1, True)]


@pytest.mark.parametrize(
    "note",
    [
        pytest.param(noted("FreeText", flags=2), id="hidden"),
        pytest.param(noted("Widget", FT="/Sig"), id="signature"),
        pytest.param(noted("Square"), id="a mark"),
        pytest.param(noted("Text", is_drawn=False), id="a note that opens on a click"),
    ],
)
def test_marks_and_signatures_are_no_text_of_a_page(note: bytes) -> None:
    reading = read_pdf("x.pdf", note)

    assert reading.text == "All that is on this page can be read.\n"
    assert not reading.unread_pages


def test_a_page_with_nothing_but_a_note_is_no_empty_page() -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf_of(SEEN))))
    writer.append(PdfReader(BytesIO(noted("FreeText"))))
    writer.pages[1][NameObject("/Contents")] = writer._add_object(StreamObject())

    assert "Issue 9" in read_pdf("x.pdf", written(writer)).text


def with_file(content: bytes, *, is_portfolio: bool) -> bytes:
    writer = PdfWriter(BytesIO(pdf_of(content)))
    writer.add_attachment("annex.txt", b"annex")
    if is_portfolio:
        writer.root_object[NameObject("/Collection")] = DictionaryObject(
            {NameObject("/View"): NameObject("/T")}
        )
    return written(writer)


def test_the_cover_of_a_collection_of_files_is_not_all_there_is() -> None:
    reading = read_pdf("-", with_file(SEEN, is_portfolio=True))

    assert "All that is on this page can be read." in reading.text
    (part,) = reading.unread_parts
    assert "包里的文件没有读" in part.why.zh


def test_a_collection_whose_cover_has_no_text_says_where_the_text_is() -> None:
    with pytest.raises(SourceError) as refused:
        read_pdf("-", with_file(b"", is_portfolio=True))

    assert "文件包" in refused.value.wording.zh


def test_a_file_attached_to_a_document_is_no_part_of_it() -> None:
    assert () == read_pdf("-", with_file(SEEN, is_portfolio=False)).unread_parts
