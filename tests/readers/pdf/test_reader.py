"""The PDF reader on the fixtures of two producers, on broken files, and where its boxes lie."""

from __future__ import annotations

import gc
import io
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pdfplumber
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.reading import Line, Reading
from bulletin_lint.readers.pdf.reader import read_pdf
from harness import FIXTURES
from series_generator import pdf_of

PDF = FIXTURES / "pdf"
PRODUCERS = ("typst", "reportlab")
TYPESET = [f"{source}-{producer}" for source in ("bulletin", "damaged", "table") for producer in PRODUCERS]


def data_of(name: str) -> bytes:
    return (PDF / f"{name}.pdf").read_bytes()


@cache
def reading_of(name: str) -> Reading:
    return read_pdf(f"{name}.pdf", data_of(name))


def text_of(reading: Reading, line: Line) -> str:
    return "".join(reading.text[start:end] for start, end in line.pieces)


def paragraphs(reading: Reading) -> list[list[str]]:
    """The texts of the lines, those that go on from the one before in one list with it."""
    found: list[list[str]] = []
    for line in reading.lines:
        if line.kind == "text":
            if line.joins:
                found[-1].append(text_of(reading, line))
            else:
                found.append([text_of(reading, line)])
    return found


def source_paragraphs(name: str) -> list[str]:
    """The paragraphs that the source of a fixture holds, as the producers set them."""
    source = (PDF / "source" / f"{name}.md").read_text("utf-8")
    found = [
        re.sub(r"^#+ |\*\*", "", chunk)
        for chunk in source.strip().split("\n\n")
        if chunk != "---" and not chunk.startswith("|")
    ]
    # The office and the date share a line.
    return [*found[:3], f"{found[3]} {found[4]}", *found[5:]]


@pytest.mark.parametrize("name", TYPESET)
def test_paragraphs_are_those_of_the_source(name: str) -> None:
    found = paragraphs(reading_of(name))
    expected = source_paragraphs(name.split("-")[0])
    assert len(expected) == len(found)
    for whole, lines in zip(expected, found, strict=True):
        # Producers swallow the space at which they break a line; all others are exact.
        assert re.fullmatch(" ?".join(map(re.escape, lines)), whole), whole


@pytest.mark.parametrize("name", TYPESET)
def test_a_line_of_text_begins_and_ends_with_a_character(name: str) -> None:
    reading = reading_of(name)
    for line in reading.lines:
        text = text_of(reading, line)
        assert text.strip() == text
        assert bool(text) == (line.kind != "rule")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bulletin-typst", [(page, "page-number", f"— {page} —") for page in (1, 2, 3)]),
        ("bulletin-reportlab", [(page, "page-number", f"- {page} -") for page in (1, 2, 3, 4)]),
        (
            "table-typst",
            [
                (1, "page-number", "— 1 —"),
                (2, "running-head", "云溪市精神文明工作简报"),
                (2, "page-number", "— 2 —"),
            ],
        ),
        ("layout", [(1, "stamp", "云溪市档案馆藏"), (1, "watermark", "内部资料"), (1, "page-number", "·1·")]),
    ],
)
def test_furniture_is_set_apart(name: str, expected: list[tuple[int, str, str]]) -> None:
    reading = reading_of(name)
    found = [
        (line.page, line.furniture, text_of(reading, line))
        for line in reading.lines
        if line.kind == "furniture"
    ]
    assert expected == found


@pytest.mark.parametrize("producer", PRODUCERS)
def test_a_table_is_rows_of_cells_and_nothing_else(producer: str) -> None:
    reading = reading_of(f"table-{producer}")
    rows = [
        tuple(reading.text[start:end] for start, end in line.cells)
        for line in reading.lines
        if line.kind == "table"
    ]
    assert [
        ("地区", "活动场次", "参与人次", "备注"),
        ("松湖区", "620", "8.1 万", "含街道和社区活动"),
        ("临江区", "540", "6.2 万", ""),
        ("青石区", "410", "4.6 万", "三月起统计，不含一月、二月的数据"),
        ("柏河县", "290", "2.6 万", ""),
    ] == rows
    assert 1 == reading.text.count("活动场次\t参与人次")
    assert 1 == reading.text.count("含街道和社区活动")


@pytest.mark.parametrize("name", ["bulletin-typst", "bulletin-reportlab", "table-typst", "table-reportlab"])
def test_rules_stand_below_the_masthead_and_round_the_distribution(name: str) -> None:
    reading = reading_of(name)
    shown = [line for line in reading.lines if line.kind != "furniture"]
    rules = [index for index, line in enumerate(shown) if line.kind == "rule"]
    before = [text_of(reading, shown[index - 1])[:3] for index in rules]
    after = [text_of(reading, shown[index + 1])[:3] for index in rules[:-1]]
    last_field = "邮箱：" if name.startswith("bulletin") else "电话："
    last_line = {"bulletin-reportlab": "新闻单"}.get(name, "发：各")
    assert ["云溪市", last_field, last_line] == before
    assert "【" == after[0][0]
    assert "报：省" == after[1]
    assert len(shown) - 1 == rules[-1]


def test_titles_are_centred_and_large() -> None:
    lines = {text_of(reading_of("bulletin-typst"), line): line for line in reading_of("bulletin-typst").lines}
    assert (26.0, True) == (lines["云溪市精神文明工作简报"].size, lines["云溪市精神文明工作简报"].centred)
    assert (15.0, True) == (lines["第 9 期"].size, lines["第 9 期"].centred)
    assert (15.0, True) == (lines["【工作交流】"].size, lines["【工作交流】"].centred)
    assert (19.0, True) == (lines["户户"].size, lines["户户"].centred)
    assert not lines["责编：周亦航"].centred
    assert not lines["(松湖区文明办)"].centred


def test_indents_count_columns() -> None:
    lines = {text_of(reading_of("bulletin-typst"), line): line for line in reading_of("bulletin-typst").lines}
    assert 4 == lines["二、坚持示范引领，选树服务标兵"].indent
    assert 0 == lines["留言 260 余条。"].indent
    assert 0 == lines["核稿：沈书言"].indent
    # At the right edge: 31 characters wide, seven of them its own.
    assert 45 == lines["(松湖区文明办)"].indent


def test_bold_words_begin_the_lead_ins() -> None:
    reading = reading_of("bulletin-typst")
    found = [
        reading.text[start:end]
        for line in reading.lines
        if line.indent == 4 and text_of(reading, line)[1] != "、"
        for start, end in line.bold
    ]
    assert [
        "公布一张服务清单。",
        "组建一支邻里队伍。",
        "设立一处爱心驿站。",
        "举办一场百姓讲堂。",
        "建立一套回访机制。",
    ] == found


def test_a_document_in_one_black_font_has_no_bold() -> None:
    assert not any(line.bold for line in reading_of("bulletin-reportlab").lines)


def test_what_is_drawn_oddly_is_read_as_it_looks() -> None:
    reading = reading_of("layout")
    texts = [text_of(reading, line) for line in reading.lines if line.kind == "text"]
    assert [
        "云溪市文明办 2024年6月7日",
        "发出一份倡议。市文明办向全市各界居民发出了倡议书，",
        "截至目前，线上线下参与人数已经达到 3800 人，各区各部门",
        "还将举办展览《同行　我们的城市》。",
        "反白的文字",
        "末行文字与竖排印章并列，不应混在一起。",
    ] == texts
    assert ["发出一份倡议。"] == [
        reading.text[start:end] for line in reading.lines for start, end in line.bold
    ]


@cache
def drawn(name: str) -> list[list[tuple[dict[str, Any], float]]]:
    """The characters of each page, each with the height of its page."""
    with pdfplumber.open(PDF / f"{name}.pdf") as document:
        return [[(char, float(page.height)) for char in page.chars] for page in document.pages]


def spelled(name: str, page: int, box: tuple[float, float, float, float]) -> str:
    """The characters that pdfplumber finds with their middle inside a box and their baseline on it."""
    x0, top, x1, bottom = box
    inside = []
    with_height = drawn(name)[page - 1]
    for char, height in with_height:
        baseline = height - char["matrix"][5]
        # Where two marks share a square, the box of one ends in the middle of its advance.
        if x0 < (char["x0"] + char["x1"]) / 2 < x1 + 0.5 and top < baseline < bottom:
            inside.append(char)
    return "".join(char["text"] for char in sorted(inside, key=lambda char: char["x0"]))


def spans(reading: Reading) -> Iterator[tuple[int, int]]:
    for line in reading.lines:
        if line.kind != "furniture":
            for start, end in line.pieces if line.kind == "text" else line.cells:
                yield from ((at, min(at + 3, end)) for at in range(start, end, 5))


@pytest.mark.parametrize("name", [name for name in TYPESET if not name.startswith("damaged")])
def test_boxes_lie_on_the_characters_of_the_span(name: str) -> None:
    reading = reading_of(name)
    for start, end in spans(reading):
        # The gap between the office and the date, which share a line, holds no glyph.
        if "办 2" in reading.text[start:end]:
            continue
        boxes = reading.places.locate(start, end).boxes
        assert reading.text[start:end] == "".join(spelled(name, place.page, place.box) for place in boxes)


def test_a_span_over_lines_and_pages_has_a_box_on_each() -> None:
    reading = reading_of("table-typst")
    start, end = reading.text.index("区把窗口单位"), reading.text.index("让偏远山村")
    boxes = reading.places.locate(start, end).boxes
    drawn_words = [spelled("table-typst", place.page, place.box) for place in boxes]
    assert [1, 1, 2, 2] == [place.page for place in boxes]
    # Between them stand the page's number and the next page's head.
    del drawn_words[1:3]
    assert [
        "区把窗口单位的志愿者编入社区队伍，利用双休日开展服务；青石区",
        "组织家庭医生团队进村入户，",
    ] == drawn_words


def test_an_empty_span_is_placed_on_the_character_before_it() -> None:
    reading = reading_of("bulletin-typst")
    at = reading.text.index("期")
    assert reading.places.locate(at, at + 1).boxes == reading.places.locate(at + 1, at + 1).boxes
    assert reading.places.locate(0, 1).boxes == reading.places.locate(0, 0).boxes


def test_password_opens_an_encrypted_file() -> None:
    expected = reading_of("bulletin-reportlab").text
    assert expected == read_pdf("x.pdf", data_of("user-password"), "yunxi").text
    assert expected == read_pdf("x.pdf", data_of("user-password"), "archive").text


def test_a_file_with_an_owner_password_only_opens_without_one() -> None:
    assert reading_of("bulletin-reportlab").text == reading_of("owner-password").text


def test_a_password_that_is_not_needed_does_no_harm() -> None:
    assert reading_of("layout").text == read_pdf("x.pdf", data_of("layout"), "whatever").text


def pdf(*objects: str | tuple[str, bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalogue, a pair is a stream."""
    made = b"%PDF-1.4\n"
    offsets = []
    for number, entry in enumerate(objects, 1):
        offsets.append(len(made))
        if isinstance(entry, tuple):
            head = entry[0].replace(">>", f" /Length {len(entry[1])} >>")
            body = head.encode() + b"\nstream\n" + entry[1] + b"\nendstream"
        else:
            body = entry.encode()
        made += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(made)
    made += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    made += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return made + b"trailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)


HELVETICA = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def one_page(
    content: bytes,
    font: str = HELVETICA,
    more: str = "",
    *extra: str | tuple[str, bytes],
    head: str = "<< >>",
) -> bytes:
    return pdf(
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << /Font << /F 5 0 R >> >> "
        + (more or "/MediaBox [0 0 600 800]")
        + " >>",
        (head, content),
        font,
        *extra,
    )


def test_boxes_count_from_the_corner_of_the_visible_page() -> None:
    content = b"BT /F 10 Tf 130 640 Td (Hello) Tj 400 400 Td (hidden) Tj ET"
    cropped = one_page(content, more="/MediaBox [100 100 700 900] /CropBox [120 150 500 700]")
    reading = read_pdf("x.pdf", cropped)
    assert "Hello\n" == reading.text
    ((page, (x0, top, x1, bottom)),) = reading.places.locate(0, 5).boxes
    # The baseline is 640 - 60 above the crop box's top edge, a Helvetica h is 5.56 wide.
    assert 1 == page
    assert 10.0 == pytest.approx(x0)
    assert top < 60 < bottom
    assert 10 + 22.78 == pytest.approx(x1, abs=0.01)


def test_a_rotated_page_is_read_as_it_is_shown() -> None:
    content = b"BT /F 10 Tf 0 1 -1 0 100 50 Tm (Hello) Tj ET"
    reading = read_pdf("x.pdf", one_page(content, more="/MediaBox [0 0 600 800] /Rotate 90"))
    assert "Hello\n" == reading.text
    ((_, (x0, top, _, bottom)),) = reading.places.locate(0, 5).boxes
    assert 50.0 == pytest.approx(x0)
    assert top < 100 < bottom


NO_MAP = (
    "<< /Type /Font /Subtype /Type0 /BaseFont /Lost /Encoding /Identity-H /DescendantFonts [6 0 R] >>",
    "",
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Lost "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> >>",
)
# Codes of one byte mapped to rare characters from U+9F00 on.
WRONG_MAP = (
    "/CIDInit /ProcSet findresource begin begincmap\n1 begincodespacerange <00> <FF> endcodespacerange\n"
    "1 beginbfrange <20> <7E> <9F00> endbfrange\nendcmap end"
)
CONTROLS_MAP = WRONG_MAP.replace("<9F00>", "<0001>")
LETTERS = b"BT /F 10 Tf 50 700 Td (" + bytes(range(42, 92)) + bytes(range(93, 126)) + b") Tj ET"


def mapped(cmap: str) -> bytes:
    font = HELVETICA.replace(">>", "/ToUnicode 6 0 R >>")
    return one_page(LETTERS, font, "", ("<< >>", cmap.encode()))


BROKEN = {
    "empty": (b"", "0 字节"),
    "not a PDF": (b"<html><body>404</body></html>", "%PDF"),
    "header too late": (b" " * 2000 + b"%PDF-1.4\n%%EOF", "%PDF"),
    "header only": (b"%PDF-1.4\n%%EOF\n", "损坏"),
    "truncated": (data_of("truncated"), "损坏"),
    "truncated, end glued on": (data_of("truncated") + b"\nstartxref\n1\n%%EOF", "损坏"),
    "contents lost": (one_page(b"not packed at all", head="<< /Filter /FlateDecode >>"), "损坏"),
    "no pages": (
        pdf("<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [] /Count 0 >>"),
        "没有页面",
    ),
    "blank page": (one_page(b"0 0 m 9 9 l S"), "没有文字"),
    "scan": (data_of("scanned"), "没有文字"),
    "white text only": (one_page(b"1 g BT /F 10 Tf 50 700 Td (Hello) Tj ET"), "没有文字"),
    "no Unicode map": (
        one_page(b"BT /F 10 Tf 50 700 Td <00410042004300440045> Tj ET", NO_MAP[0], "", NO_MAP[2]),
        "Unicode",
    ),
    "wrong Unicode map": (mapped(WRONG_MAP), "Unicode"),
    "map to control characters": (mapped(CONTROLS_MAP), "Unicode"),
    "password needed": (data_of("user-password"), "--password"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_read_is_refused_with_advice(case: str) -> None:
    data, words = BROKEN[case]
    with pytest.raises(SourceError) as caught:
        read_pdf("2024/9.pdf", data)
    assert "2024/9.pdf" == caught.value.path
    message = caught.value.describe("zh")
    assert words in message
    assert message.startswith("2024/9.pdf: ")
    # What is wrong, then what to do.
    assert 2 <= message.count("。")
    assert not re.search("[\u3400-\u9fff]", caught.value.wording.en)


def test_a_wrong_password_is_named_as_such() -> None:
    with pytest.raises(SourceError) as caught:
        read_pdf("9.pdf", data_of("user-password"), "guess")
    assert "密码不正确" in caught.value.wording.zh
    assert "--password" in caught.value.wording.zh
    assert "--password" in caught.value.wording.en


def test_bullets_of_symbol_fonts_do_not_make_text_unreadable() -> None:
    bullets = CONTROLS_MAP.replace("<0001>", "<F06C>")
    assert "\uf06c" <= read_pdf("x.pdf", mapped(bullets)).text[0] <= "\uf0ff"


LETTERS_APART = ["云溪市工作简报", "第12期", "各单位要做好防汛工作。", "云溪市人民政府办公室"]


@pytest.mark.parametrize("apart", [(0,), (0, 1, 2, 3), (2,), ()])
def test_letters_drawn_one_by_one_are_read_without_a_font_for_them(apart: tuple[int, ...]) -> None:
    """The machine may have none for a font that is not embedded: PDFium then loses lone letters."""
    reading = read_pdf("apart.pdf", pdf_of(LETTERS_APART, letters_apart=apart), None)

    assert "".join(reading.text.split()) == "".join(LETTERS_APART)


def test_a_lone_glyph_without_a_character_is_marked_as_lost() -> None:
    content = b"BT /F 10 Tf 50 700 Td (Hello) Tj /G 10 Tf <0041> Tj ET"
    data = one_page(content, HELVETICA, "", *NO_MAP[::2]).replace(b"/F 5 0 R", b"/F 5 0 R /G 6 0 R")
    data = data.replace(b"/DescendantFonts [6 0 R]", b"/DescendantFonts [7 0 R]")
    assert "Hello\ufffd\n" == read_pdf("x.pdf", data).text


def test_the_engine_says_nothing(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    read_pdf("x.pdf", data_of("bulletin-typst").replace(b"/FontBBox", b"/FontBox_"))
    with pytest.raises(SourceError):
        read_pdf("x.pdf", BROKEN["no Unicode map"][0])
    assert ("", "") == capfd.readouterr()
    assert [] == caplog.records


@settings(deadline=None, max_examples=60)
@given(
    name=st.sampled_from(["bulletin-typst", "layout", "table-reportlab", "owner-password"]),
    part=st.floats(0, 1),
    ended=st.booleans(),
)
def test_a_cut_file_is_read_or_refused_and_nothing_else(name: str, part: float, *, ended: bool) -> None:
    data = data_of(name)
    cut = data[: int(part * len(data))] + (b"\n%%EOF\n" if ended else b"")
    try:
        reading = read_pdf("x.pdf", cut)
    except SourceError:
        return
    assert reading.text


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_a_file_with_rotten_bytes_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    rotten = bytearray(data_of("layout"))
    places = st.integers(0, len(rotten) - 8)
    for at, byte in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), min_size=1, max_size=20)):
        rotten[at] = byte
    try:
        reading = read_pdf("x.pdf", bytes(rotten))
    except SourceError:
        return
    assert reading.text.count("\n") == sum(line.kind != "rule" for line in reading.lines)


# A picture of one grey point, as large as the page of `one_page`.
PICTURE = b"q 600 0 0 800 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80\nEI Q "
VISIBLE = b"BT /F 10 Tf 50 700 Td (Hello) Tj ET "
INVISIBLE = b"BT 3 Tr /F 10 Tf 50 650 Td (under) Tj ET "


def test_what_ocr_read_on_a_scan_is_its_text() -> None:
    assert "under\n" == read_pdf("x.pdf", one_page(PICTURE + INVISIBLE)).text


def test_invisible_text_elsewhere_is_not_read() -> None:
    assert "Hello\n" == read_pdf("x.pdf", one_page(VISIBLE + INVISIBLE)).text


def test_white_letters_on_a_picture_are_read() -> None:
    banner = b"q 600 0 0 100 0 650 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00\nEI Q "
    white = b"1 g BT /F 10 Tf 50 700 Td (Title) Tj ET BT /F 10 Tf 50 600 Td (hidden) Tj ET 0 g "
    assert "Title\n" == read_pdf("x.pdf", one_page(banner + white)).text


def test_a_line_outside_its_clip_at_a_page_edge_is_not_read() -> None:
    clipped = b"q 0 0 600 700 re W n BT /F 10 Tf 50 780 Td (again) Tj ET Q "
    assert "Hello\n" == read_pdf("x.pdf", one_page(clipped + VISIBLE)).text


def test_a_line_that_its_clip_shows_in_part_is_read() -> None:
    clipped = b"q 0 0 600 786 re W n BT /F 10 Tf 50 780 Td (again) Tj ET Q "
    assert "again\nHello\n" == read_pdf("x.pdf", one_page(clipped + VISIBLE)).text


def test_a_page_that_is_a_picture_is_kept_and_told() -> None:
    with pypdfium2.PdfDocument.new() as made:
        for name, pages in (("bulletin-reportlab", [0]), ("scanned", [0]), ("bulletin-reportlab", [1])):
            with pypdfium2.PdfDocument(PDF / f"{name}.pdf") as source:
                made.import_pages(source, pages)
        target = io.BytesIO()
        made.save(target)
    reading = read_pdf("x.pdf", target.getvalue())
    (scan,) = [line for line in reading.lines if line.furniture == "scan"]
    (place,) = reading.places.locate(*scan.pieces[0]).boxes
    assert (2, 3) == (place.page, reading.pages)
    assert (0.0, 0.0, 595.28, 841.89) == pytest.approx(place.box, abs=0.1)
    assert [1, 3] == sorted({line.page for line in reading.lines if line.kind == "text" and line.page})


def test_a_document_that_draws_no_space_says_so() -> None:
    words = b"BT /F 10 Tf 50 700 Td [(two) -400 (words)] TJ ET "
    reading = read_pdf("x.pdf", one_page(words))
    assert not reading.spaces_known
    # Two Latin words are two all the same.
    assert "two words\n" == reading.text
    assert read_pdf("x.pdf", one_page(b"BT /F 10 Tf 50 700 Td (two words) Tj ET ")).spaces_known
    assert read_pdf("x.pdf", one_page(VISIBLE)).spaces_known


def test_a_kern_is_no_space_where_spaces_are_drawn() -> None:
    words = b"BT /F 10 Tf 50 700 Td [(one thing) -400 (another)] TJ ET "
    assert "one thinganother\n" == read_pdf("x.pdf", one_page(words)).text


def test_a_swallowed_space_is_told_from_a_kern() -> None:
    # Justified: the space glyph stands behind a kern, and PDFium reports both as one gap.
    words = b"BT /F 10 Tf 50 700 Td [(one) -300 ( ) -300 (thing)] TJ 0 -20 Td (a b) Tj ET "
    assert "one thing\na b\n" == read_pdf("x.pdf", one_page(words)).text


def test_a_space_glyph_that_an_object_draws_behind_another_objects_words_is_read() -> None:
    # As a program sets “词” and a space by one font, and the words in the quotation by another.
    marks = b"BT /F 10 Tf 50 700 Td [(Q) -1612 (W) -2224 ( )] TJ "
    words = b"1 0 0 1 57.78 700 Tm (abc) Tj 1 0 0 1 83.34 700 Tm (dddd) Tj 1 0 0 1 108.36 700 Tm (6) Tj "
    assert "QabcWdddd 6\na b\n" == read_pdf("x.pdf", one_page(marks + words + b"0 -20 Td (a b) Tj ET ")).text
    without = marks.replace(b" -2224 ( )", b"")
    assert "QabcWdddd6\na b\n" == read_pdf("x.pdf", one_page(without + words + b"0 -20 Td (a b) Tj ET ")).text


@pytest.mark.parametrize("is_on", [True, False])
def test_the_search_for_rings_is_as_it_was_when_a_file_is_read(*, is_on: bool) -> None:
    was_on = gc.isenabled()
    try:
        gc.enable() if is_on else gc.disable()
        read_pdf("x.pdf", one_page(VISIBLE))
        assert is_on == gc.isenabled()
    finally:
        gc.enable() if was_on else gc.disable()
