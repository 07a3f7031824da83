"""Pieces of the reader of web pages: looks, numbers of lists, regions, encodings, archives, tables, white space."""

from __future__ import annotations

import codecs

import pytest

from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.location import Location, StoryPlace
from bulletin_lint.readers.html.archive import is_archive, page_of
from bulletin_lint.readers.html.encoding import decode_page
from bulletin_lint.readers.html.lists import NumberedList
from bulletin_lint.readers.html.paragraphs import PageParagraph, PageRegion, ParagraphWriter
from bulletin_lint.readers.html.places import WebPlaces
from bulletin_lint.readers.html.regions import region_of
from bulletin_lint.readers.html.styles import Look, area_of, declarations, has_size, look_of
from bulletin_lint.readers.html.tables import LONGEST_CELL, WebTable

PLAIN = Look()

# --- looks ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "changes"),
    [
        ("p", {}),
        ("b", {"is_bold": True}),
        ("strong", {"is_bold": True}),
        ("th", {"is_bold": True, "align": "center"}),
        ("center", {"align": "center"}),
        ("pre", {"is_preformatted": True}),
        ("listing", {"is_preformatted": True}),
        ("xmp", {"is_preformatted": True}),
        ("h1", {"size": 24.0}),
        ("h2", {"size": 18.0}),
        ("h3", {"size": pytest.approx(14.04)}),
        ("h4", {"size": 12.0}),
        ("h5", {"size": pytest.approx(9.96)}),
        ("h6", {"size": pytest.approx(8.04)}),
    ],
)
def test_an_element_looks_as_browsers_have_it(tag: str, changes: dict[str, object]) -> None:
    assert look_of(tag, {}, PLAIN)._asdict() == {**PLAIN._asdict(), **changes}


def test_what_an_element_does_not_say_it_has_from_around() -> None:
    around = Look("right", 20.0, True, 8.0, True, True, True)  # noqa: FBT003 - by position, as they are kept

    assert look_of("p", {}, around) == around
    assert look_of("p", {"class": "x"}, around) == around
    # But a table begins anew.
    assert look_of("table", {}, around) == around._replace(align="", text_indent=0.0)
    assert look_of("h2", {}, around) == around._replace(size=30.0)


@pytest.mark.parametrize(
    "tag", ["p", "div", "h1", "h6", "td", "th", "tr", "tbody", "thead", "tfoot", "caption"]
)
def test_the_attribute_of_alignment_is_of_text(tag: str) -> None:
    assert look_of(tag, {"align": " RIGHT "}, PLAIN).align == "right"
    assert look_of("table", {"align": "center"}, PLAIN).align == ""
    assert look_of("img", {"align": "left"}, PLAIN).align == ""


@pytest.mark.parametrize(
    ("style", "field", "value"),
    [
        ("text-align:center", "align", "center"),
        ("text-align:-webkit-center", "align", "center"),
        ("text-align:-moz-right", "align", "right"),
        ("text-align:start", "align", "left"),
        ("text-align:end", "align", "right"),
        ("text-align:inherit", "align", "justify"),
        ("text-align:initial", "align", "justify"),
        ("text-align:unset", "align", "justify"),
        ("text-align:", "align", "justify"),
        ("TEXT-ALIGN : Right !important", "align", "right"),
        ("font-size:18pt", "size", 18.0),
        ("font-size:16px", "size", 12.0),
        ("font-size:1in", "size", 72.0),
        ("font-size:2.54cm", "size", 72.0),
        ("font-size:25.4mm", "size", 72.0),
        ("font-size:2pc", "size", 24.0),
        ("font-size:2em", "size", 20.0),
        ("font-size:2rem", "size", 20.0),
        ("font-size:150%", "size", 15.0),
        ("font-size:large", "size", 10.0),
        ("font-size:5001px", "size", 10.0),
        ("font-size:3vw", "size", 10.0),
        ("font-size:", "size", 10.0),
        ("text-indent:2em", "text_indent", 20.0),
        ("text-indent:2ic", "text_indent", 20.0),
        ("text-indent:32px", "text_indent", 24.0),
        ("text-indent:-10pt", "text_indent", -10.0),
        ("font-size:20pt;text-indent:2em", "text_indent", 40.0),
        ("font-weight:bold", "is_bold", True),
        ("font-weight:bolder", "is_bold", True),
        ("font-weight:600", "is_bold", True),
        ("font-weight:700", "is_bold", True),
        ("font-weight:800", "is_bold", True),
        ("font-weight:900", "is_bold", True),
        ("font-weight:500", "is_bold", False),
        ("font-weight:normal", "is_bold", False),
        ("display:none", "is_gone", True),
        ("display:block", "is_gone", False),
        ("mso-hide:all", "is_gone", True),
        ("mso-hide:none", "is_gone", False),
        ("visibility:hidden", "is_invisible", True),
        ("visibility:collapse", "is_invisible", True),
        ("visibility:visible", "is_invisible", False),
        ("visibility:odd", "is_invisible", False),
        ("white-space:pre", "is_preformatted", True),
        ("white-space:pre-wrap", "is_preformatted", True),
        ("white-space:break-spaces", "is_preformatted", True),
        ("white-space:normal", "is_preformatted", False),
    ],
)
def test_a_style_says_how_text_looks(style: str, field: str, value: object) -> None:
    around = Look(align="justify", size=10.0)

    assert getattr(look_of("span", {"style": style}, around), field) == pytest.approx(value)


def test_a_style_undoes_what_the_element_or_what_is_around_says() -> None:
    seen = Look(is_bold=True, is_gone=False, is_preformatted=True, is_invisible=True)

    assert not look_of("b", {"style": "font-weight:400"}, seen).is_bold
    assert not look_of("pre", {"style": "white-space:nowrap"}, seen).is_preformatted
    for said in ("visible", "initial"):
        assert not look_of("p", {"style": f"visibility:{said}"}, seen).is_invisible
    assert look_of("p", {"style": "visibility:inherit"}, seen).is_invisible
    # What is gone is gone with all that is in it.
    assert look_of("p", {"style": "display:block"}, Look(is_gone=True)).is_gone


def test_an_element_marked_as_hidden_is_gone_unless_its_style_shows_it() -> None:
    assert look_of("p", {"hidden": ""}, PLAIN).is_gone
    assert not look_of("p", {"hidden": "", "style": "display:block"}, PLAIN).is_gone
    assert [look.is_hidden for look in (PLAIN, Look(is_gone=True), Look(is_invisible=True))] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize(
    ("size", "points"),
    [
        ("1", 7.5), ("2", 10.0), ("3", 12.0), ("4", 13.5), ("5", 18.0), ("6", 24.0), ("7", 36.0), ("8", 36.0),
        ("0", 7.5), ("+1", 13.5), ("-1", 10.0), ("-9", 7.5), (" 5 ", 18.0), ("x", 9.0), ("", 9.0),
    ],
)  # fmt: skip
def test_the_old_element_of_fonts_has_seven_sizes(size: str, points: float) -> None:
    assert look_of("font", {"size": size}, Look(size=9.0)).size == points
    assert look_of("span", {"size": size}, Look(size=9.0)).size == 9.0


@pytest.mark.parametrize(
    ("style", "found"),
    [
        ("", {}),
        ("A: B", {"a": "b"}),
        ("a:b;;c;d : e:f ;", {"a": "b", "d": "e:f"}),
        ("a:b!important", {"a": "b"}),
        ("a:b;a:c", {"a": "c"}),
        ("a:" + "b" * 9_998, {"a": "b" * 9_998}),
        ("a:" + "b" * 9_999, {}),
    ],
)
def test_a_style_is_taken_apart(style: str, found: dict[str, str]) -> None:
    assert declarations(style) == found


@pytest.mark.parametrize(
    ("attributes", "area"),
    [
        ({}, 0.0),
        ({"width": "100", "height": "40"}, 75.0 * 30.0),
        ({"width": "100"}, 0.0),
        ({"style": "width:10pt;height:20pt"}, 200.0),
        ({"style": "width:10pt", "width": "1000", "height": "4"}, 30.0),
        ({"width": "100%", "height": "4"}, 450.0 * 3.0),
        ({"width": "-5", "height": "4"}, 0.0),
        ({"style": "width:-5pt;height:-5pt"}, 0.0),
        ({"width": "50%", "height": "4"}, 18.0),
    ],
)
def test_how_much_of_the_page_an_element_takes(attributes: dict[str, str], area: float) -> None:
    assert area_of(attributes) == pytest.approx(area)


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({}, False),
        ({"style": "color:red"}, False),
        ({"width": "1"}, True),
        ({"height": "1"}, True),
        ({"style": "width:1px"}, True),
        ({"style": "height:1px"}, True),
    ],
)
def test_whether_an_element_says_how_large_it_is(attributes: dict[str, str], *, expected: bool) -> None:
    assert has_size(attributes) is expected


# --- lists ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("style", "number", "label"),
    [
        ("decimal", 0, "0."),
        ("decimal", 12, "12."),
        ("decimal-leading-zero", 1, "1."),
        ("cjk-ideographic", 12, "十二、"),
        ("simp-chinese-informal", 1, "一、"),
        ("trad-chinese-informal", 1, "一、"),
        ("cjk-decimal", 1, "一、"),
        ("cjk-ideographic", 0, "0、"),
        ("cjk-ideographic", 10000, "10000、"),
        ("cjk-ideographic", 9999, "九千九百九十九、"),
        ("lower-alpha", 1, "a."),
        ("lower-latin", 26, "z."),
        ("upper-alpha", 2, "B."),
        ("upper-latin", 27, "A."),
        ("lower-roman", 4, "iv."),
        ("lower-roman", 1994, "mcmxciv."),
        ("lower-roman", 888, "dccclxxxviii."),
        ("lower-roman", 499, "cdxcix."),
        ("upper-roman", 40, "XL."),
        ("disc", 1, ""),
        ("none", 1, ""),
    ],
)
def test_an_item_bears_its_number_in_the_style_of_its_list(style: str, number: int, label: str) -> None:
    assert NumberedList("ol", {"style": f"list-style-type:{style}", "start": str(number)}).label({}) == label
    assert (
        NumberedList("ul", {}).label({"style": f"list-style: {style} inside", "value": str(number)}) == label
    )


@pytest.mark.parametrize(
    ("kind", "label"),
    [("1", "1."), ("a", "a."), ("A", "A."), ("i", "i."), ("I", "I."), ("x", "1."), ("", "1.")],
)
def test_the_type_of_a_list_names_its_style(kind: str, label: str) -> None:
    assert NumberedList("ol", {"type": kind}).label({}) == label


def test_items_count_on_from_what_one_says() -> None:
    ordered = NumberedList("ol", {"start": "3"})

    assert [
        ordered.label({}),
        ordered.label({"value": "7"}),
        ordered.label({}),
        ordered.label({"type": "a"}),
    ] == [
        "3.",
        "7.",
        "8.",
        "i.",
    ]
    assert NumberedList("ul", {}).label({}) == ""
    for start in ("x", "-1", "1234567", "", "３"):
        assert NumberedList("ol", {"start": start}).label({}) == "1."
    assert NumberedList("ol", {"start": " 123456 "}).label({}) == "123456."


# --- regions -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "attributes", "kind"),
    [
        ("nav", {}, "navigation"),
        ("search", {}, "search"),
        ("menu", {}, "navigation"),
        ("div", {"role": "navigation"}, "navigation"),
        ("div", {"role": " Search "}, "search"),
        ("ul", {"role": "menubar"}, "navigation"),
        ("ul", {"role": "menu"}, "navigation"),
        ("header", {}, "site"),
        ("footer", {}, "site"),
        ("div", {"role": "banner"}, "site"),
        ("div", {"role": "contentinfo"}, "site"),
        ("div", {"class": "x TRS_Editor"}, "body"),
        ("div", {"id": "zoom"}, "body"),
        ("header", {"class": "article-content"}, "body"),
        ("div", {"itemprop": "articleBody"}, "body"),
        ("div", {"class": "zoom " + "x" * 200}, None),
        ("div", {"style": "POSITION: absolute"}, "float"),
        ("div", {"style": "position:fixed"}, "float"),
        ("div", {"style": "position:relative"}, None),
        ("div", {"style": "background-position:fixed"}, None),
        ("footer", {"style": "position:fixed"}, "float"),
        ("footer", {"style": "position:relative"}, "site"),
        ("div", {"class": "page-footer2"}, "site"),
        ("div", {"class": "main_nav"}, "site"),
        ("div", {"id": "Copyright"}, "site"),
        ("div", {"class": "footers"}, None),
        ("div", {"class": "x" * 195 + " head"}, "site"),
        ("div", {"class": "x" * 196 + " head"}, None),
        ("div", {"class": "x" * 300, "id": "head"}, "site"),
        ("p", {}, None),
    ],
)
def test_a_region_is_told_by_its_element(tag: str, attributes: dict[str, str], kind: str | None) -> None:
    around = PageRegion(None, "site")
    found = region_of(tag, attributes, around)

    if kind is None:
        assert found is around
        assert region_of(tag, attributes, None) is None
    else:
        assert found is not None
        assert (found.kind, found.above) == (kind, around)


# --- encodings and archives ----------------------------------------------------------------------------

HAN = "松湖区召开现场会，部署春耕备耕工作。" * 3


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("utf-8", "utf-8"), ("UTF8", "utf-8"), ("gb2312", "gb18030"), ("GBK", "gb18030"), ("cp936", "gb18030"),
        ("gb18030", "gb18030"), ("big5", "cp950"), ("Big5-HKSCS", "big5hkscs"), ("x-gbk", "gb18030"),
    ],
)  # fmt: skip
def test_a_declared_encoding_is_believed_where_the_bytes_agree(name: str, codec: str) -> None:
    text = HAN if "big5" not in name.lower() else "松湖區召開現場會，部署春耕備耕工作。" * 3
    for page in (
        f"<meta charset={name}>{text}",
        f"<meta http-equiv=x content='text/html; charset={name}'>{text}",
        f"<?xml version='1.0' encoding='{name}'?>{text}",
    ):
        found = decode_page("a.html", page.encode(codec))
        assert (found.text, found.encoding, found.bom) == (page, codec, False)
    assert decode_page("a.html", text.encode(codec), f" {name} ").text == text


def test_what_the_archive_says_goes_before_what_the_page_says() -> None:
    text = "<meta charset=utf-8>松湖區召開現場會，部署春耕備耕工作。"

    assert decode_page("a.html", text.encode("big5"), "big5").text == text
    # A name that nobody knows says nothing.
    assert decode_page("a.html", text.encode(), "latin-9").encoding == "utf-8"


def test_a_declaration_that_the_bytes_contradict_is_not_believed() -> None:
    for name, codec in (("big5", "utf-8"), ("utf-8", "gb18030"), ("gb2312", "utf-8"), ("utf-16", "utf-8")):
        page = f"<meta charset={name}>{HAN}"
        assert decode_page("a.html", page.encode(codec)).encoding == codec


@pytest.mark.parametrize(("before", "is_seen"), [(4000, True), (4096, False)])
def test_a_declaration_stands_near_the_beginning(before: int, *, is_seen: bool) -> None:
    page = " " * before + "<meta charset=big5>" + "松湖區召開現場會，部署春耕備耕工作。" * 3

    if is_seen:
        assert decode_page("a.html", page.encode("big5")).encoding == "cp950"
    else:
        with pytest.raises(SourceError):
            decode_page("a.html", page.encode("big5"))


def test_a_byte_order_mark_goes_before_all() -> None:
    page = f"<meta charset=big5>{HAN}"
    found = decode_page("a.html", codecs.BOM_UTF16_LE + page.encode("utf-16-le"), "gbk")

    assert (found.text, found.encoding, found.bom) == (page, "utf-16-le", True)


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_a_page_that_lost_bytes_shows_where(codec: str) -> None:
    page = f"<meta charset={codec}>{HAN}".encode(codec)
    found = decode_page("a.html", page[:-4] + b"\xff" + page[-4:])

    assert found.encoding == codec
    assert "\ufffd" in found.text
    assert found.text.startswith(f"<meta charset={codec}>松湖区")


@pytest.mark.parametrize("data", [b"", b" \n", b"%PDF-1.7", b"<p>\x80\x81\xfe\xff\x01"])
def test_what_is_no_page_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError) as raised:
        decode_page("a.html", data)
    assert raised.value.path == "a.html"


HEAD = b"MIME-Version: 1.0\r\nContent-Type: "


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (HEAD + b"text/html\r\n\r\n<p>x", True),
        (b"\xef\xbb\xbf\r\n" + HEAD, True),
        (b"From: <x>\nSubject: y\n  z\nmime-version: 1.0\n", True),
        (b"Content-Type : text/html\n", True),
        (b"<p>\nMIME-Version: 1.0\n", False),
        (b"\n\nMIME-Version: 1.0\n", True),
        (b"From: x\n\nMIME-Version: 1.0\n", False),
        (b"<meta http-equiv=Content-Type: x>", False),
        (b"", False),
    ],
)
def test_an_archive_begins_as_mail_does(data: bytes, *, expected: bool) -> None:
    assert is_archive(data) is expected


def archived(*parts: bytes) -> bytes:
    inner = b"".join(b"--b\r\n" + part + b"\r\n" for part in parts)
    return HEAD + b"multipart/related; boundary=b\r\n\r\n" + inner + b"--b--\r\n"


def test_the_first_page_of_an_archive_with_words_is_read() -> None:
    parts = (
        b"Content-Type: image/png\r\n\r\nxx",
        b"Content-Type: text/html\r\n\r\n \r\n",
        b"Content-Type: text/html; charset=GBK\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+eA==",
        b"Content-Type: text/html\r\n\r\n<p>y",
    )
    found = page_of("a.mht", archived(*parts))

    assert (found.data, found.charset) == (b"<p>x", "gbk")
    other = page_of("a.mht", archived(b"Content-Type: application/xhtml+xml\r\n\r\n<p>z"))
    assert (other.data.strip(), other.charset) == (b"<p>z", "")


def test_an_archive_without_a_page_is_refused() -> None:
    with pytest.raises(SourceError) as raised:
        page_of("a.mht", archived(b"Content-Type: image/png\r\n\r\nxx"))
    assert raised.value.path == "a.mht"


# --- white space ---------------------------------------------------------------------------------------


def written(
    *parts: tuple[str, Look], links: frozenset[int] = frozenset(), look: Look = PLAIN
) -> PageParagraph:
    writer = ParagraphWriter()
    for index, (text, part_look) in enumerate(parts):
        writer.add(text, part_look, is_link=index in links)
    paragraph = PageParagraph(look, 0, None)
    writer.fill(paragraph)
    return paragraph


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (("甲 \t 乙",), "甲 乙"),
        (("甲\n乙",), "甲乙"),
        (("甲 \r\n 乙",), "甲乙"),
        (("甲\nb",), "甲 b"),
        (("a\n乙",), "a 乙"),
        (("a\nb",), "a b"),
        (("甲\n", "乙"), "甲乙"),
        (("甲", " ", "乙"), "甲 乙"),
        (("甲 ", "\n乙"), "甲乙"),
        ((" 甲", "乙 "), "甲乙"),
        (("“甲”\n乙",), "“甲”乙"),
        (("甲\xa0乙",), "甲 乙"),
        ((" \n ",), ""),
    ],
)
def test_white_space_of_the_source_is_what_a_browser_makes_of_it(parts: tuple[str, ...], text: str) -> None:
    assert written(*((part, PLAIN) for part in parts)).text == text


@pytest.mark.parametrize(
    ("text", "look", "indent"),
    [
        ("甲", PLAIN, 0),
        ("\u3000\u3000甲", PLAIN, 4),
        ("\xa0\xa0甲", PLAIN, 2),
        ("\u2003甲", PLAIN, 2),
        ("\u200b甲", PLAIN, 1),
        ("甲", Look(text_indent=24.0), 4),
        ("甲", Look(text_indent=-24.0), 0),
        ("甲", Look(text_indent=2400.0), 40),
        ("甲", Look(align="right"), 20),
        ("\u3000" * 12 + "甲", Look(align="right"), 24),
        ("甲", Look(align="center"), 0),
    ],
)
def test_blank_before_the_words_is_their_indent(text: str, look: Look, indent: int) -> None:
    found = written((text, look), look=look)

    assert (found.text, found.indent) == ("甲", indent)


def test_bold_is_where_it_is_and_the_size_that_of_the_largest_words() -> None:
    bold, large = Look(is_bold=True, size=14.0), Look(size=20.0)
    found = written(("\u3000", bold), ("甲", PLAIN), ("乙", bold), ("丙", bold), ("丁", large), ("戊", bold))

    assert found.text == "甲乙丙丁戊"
    assert found.bold == [(1, 3), (4, 5)]
    assert found.size == 20.0
    # The size of a paragraph is that of its words, not of what is around them.
    assert written(("甲", Look(size=9.0)), look=large).size == 9.0


@pytest.mark.parametrize(
    ("links", "is_link"), [(frozenset(), False), (frozenset((0,)), False), (frozenset((0, 2)), True)]
)
def test_a_paragraph_leads_elsewhere_if_all_its_words_do(links: frozenset[int], *, is_link: bool) -> None:
    assert written(("甲", PLAIN), ("，", PLAIN), ("乙", PLAIN), links=links).is_link is is_link


def test_without_words_a_paragraph_is_no_link() -> None:
    assert not written(("——", PLAIN), links=frozenset((0,))).is_link
    assert not ParagraphWriter()
    assert ParagraphWriter().last() == ""


# --- tables --------------------------------------------------------------------------------------------


def table(*rows: tuple[str, ...], inner: bool = False) -> list[PageParagraph]:
    """The lines of a table whose cells hold paragraphs, parted by bars."""
    made = WebTable(0)
    made.has_inner = inner
    every = []
    for row in rows:
        made.begin_row()
        for cell in row:
            made.begin_cell()
            for text in filter(None, cell.split("|")):
                paragraph = PageParagraph(PLAIN, 0, None)
                paragraph.text = text
                made.add(paragraph)
                every.append(paragraph)
    return made.lines(every)


def told(lines: list[PageParagraph]) -> list[str]:
    return [f"{line.row}: {line.text}" if line.row else line.text for line in lines]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ((("甲", "乙"), ("丙", "丁")), ["1: 甲\t乙", "2: 丙\t丁"]),
        ((("甲", "乙"), ("", ""), ("丙", "")), ["1: 甲\t乙", "2: 丙\t"]),
        ((("", "乙"), ("丙", "丁")), ["1: \t乙", "2: 丙\t丁"]),
        # One row, one column, or one cell of a row filled: a layout.
        ((("甲", "乙"),), ["甲", "乙"]),
        ((("甲",), ("乙",)), ["甲", "乙"]),
        ((("甲", ""), ("", "乙")), ["甲", "乙"]),
        # Cells with text, or with many paragraphs.
        ((("甲", "字" * LONGEST_CELL), ("丙", "丁")), [f"1: 甲\t{'字' * LONGEST_CELL}", "2: 丙\t丁"]),
        ((("甲", "字" * (LONGEST_CELL + 1)), ("丙", "丁")), ["甲", "字" * (LONGEST_CELL + 1), "丙", "丁"]),
        ((("甲", "1|2|3|4"), ("丙", "丁")), ["1: 甲\t1 \n2 \n3 \n4", "2: 丙\t丁"]),
        ((("甲", "1|2|3|4|5"), ("丙", "丁")), ["甲", "1", "2", "3", "4", "5", "丙", "丁"]),
        ((("甲|乙", "a|乙"), ("丙", "丁")), ["1: 甲\n乙\ta\n乙", "2: 丙\t丁"]),
        # Labels with their values: what a form is.
        (
            (("编辑：甲", "核稿：乙"), ("电话：丙", "传真：丁")),
            ["编辑：甲", "核稿：乙", "电话：丙", "传真：丁"],
        ),
        ((("编辑：", "甲"), ("核稿:", "乙")), ["编辑：甲", "核稿:乙"]),
        ((("编辑：", "甲"), ("核稿", "乙")), ["1: 编辑：\t甲", "2: 核稿\t乙"]),
        ((("编辑：", "甲|乙"),), ["编辑：", "甲", "乙"]),
        ((("编辑：", "", "甲"),), ["编辑：甲"]),
        ((("字" * 12 + "：x", "乙：x"), ("丙：x", "丁：x")), ["字" * 12 + "：x", "乙：x", "丙：x", "丁：x"]),
        ((("字" * 13 + "：x", "乙"), ("丙：x", "丁：x")), ["1: " + "字" * 13 + "：x\t乙", "2: 丙：x\t丁：x"]),
    ],
)
def test_a_table_is_data_or_a_layout(rows: tuple[tuple[str, ...], ...], lines: list[str]) -> None:
    assert told(table(*rows)) == lines


def test_a_table_with_another_in_it_is_a_layout() -> None:
    assert told(table(("甲", "乙"), ("丙", "丁"), inner=True)) == ["甲", "乙", "丙", "丁"]


def test_cells_and_bold_of_a_row_are_where_its_words_are() -> None:
    made = WebTable(0)
    every = []
    for text in ("甲乙", "丙"):
        made.begin_row()
        for part in (text, "丁"):
            made.begin_cell()
            paragraph = PageParagraph(Look(size=9.0), 0, None)
            paragraph.text, paragraph.bold, paragraph.path = part, [(0, 1)], f"/{part}"
            made.add(paragraph)
            every.append(paragraph)
    caption = PageParagraph(PLAIN, 0, None)
    caption.text = "表题"
    first, row, _ = made.lines([caption, *every])

    assert (first.text, first.row) == ("表题", 0)
    assert (row.text, row.cells, row.bold) == ("甲乙\t丁", [(0, 2), (3, 4)], [(0, 1), (3, 4)])
    assert (row.path, row.size, row.heading) == ("/甲乙", 9.0, 0)


def test_a_row_without_cells_is_gone_on_with_and_a_cell_without_a_row_begins_one() -> None:
    made = WebTable(0)
    made.begin_row()
    made.begin_row()
    assert made.rows == [[]]
    made.begin_cell()
    made.begin_row()
    assert made.rows == [[[]], []]
    other = WebTable(3)
    other.add(PageParagraph(PLAIN, 0, None))
    other.begin_cell()
    assert (other.rows, other.first) == ([[[]]], 3)


# --- places --------------------------------------------------------------------------------------------


def test_a_place_is_that_of_the_paragraph_in_which_it_begins() -> None:
    paragraphs = []
    for number, text in enumerate(("甲乙", "", "丙"), 1):
        paragraph = PageParagraph(PLAIN, 0, None)
        paragraph.text, paragraph.path = text, f"/p[{number}]"
        paragraphs.append(paragraph)
    paragraphs[2].table, paragraphs[2].row = 4, 5
    places = WebPlaces(paragraphs)

    found = [places.locate(at, at + 1).story for at in (0, 2, 3, 4, 5, 9)]
    assert [story.path for story in found if story] == [
        "/p[1]", "/p[1]", "/p[2]", "/p[3]", "/p[3]", "/p[3]",
    ]  # fmt: skip
    assert found[5] == StoryPlace("body", "/p[3]", table=4, row=5)
    assert WebPlaces([]).locate(0, 0) == Location(1, 1, 1, 1)
    assert places.line_text(1) == ""
