"""Parts of a Word document by themselves: styles, lists, bytes of text, the package and what is written anew."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from typing import Any

import pytest

from bulletin_lint.model.location import Location, StoryPlace
from bulletin_lint.model.reading import Line, Reading
from bulletin_lint.readers.docx import refusals
from bulletin_lint.readers.docx.byte_places import (
    RunBytes,
    TextBytes,
    element_end,
    is_empty_tag,
    keeps_space,
    offsets,
    tag_end,
)
from bulletin_lint.readers.docx.elements import local_of
from bulletin_lint.readers.docx.numbering import ListCounter, ListLabel
from bulletin_lint.readers.docx.package import Package, key_of
from bulletin_lint.readers.docx.package_writer import add_part, rewritten, with_element
from bulletin_lint.readers.docx.places import DocxPlaces, Standing
from bulletin_lint.readers.docx.reader import read_docx
from bulletin_lint.readers.docx.refusals import DocxError
from bulletin_lint.readers.docx.story import ElementPath, WordParagraph
from bulletin_lint.readers.docx.styles import (
    MOST_BASES,
    ParagraphProperties,
    RunLook,
    RunProperties,
    StyleSheet,
)
from bulletin_lint.readers.docx.xml_parser import MOST_DEPTH, XmlParser, is_on, whole
from docx_made import abstract, docx, in_list, level, members_of, num, p, packed, r, root, table

# --- values of attributes ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "on"),
    [
        (None, True),
        ("1", True),
        ("true", True),
        ("on", True),
        ("", True),
        ("0", False),
        ("false", False),
        ("off", False),
    ],
)
def test_a_property_is_on_unless_it_says_that_it_is_off(value: str | None, *, on: bool) -> None:
    assert is_on(value) is on


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (None, None), ("", None), ("12", 12), ("-3", -3), ("2.9", 2), ("x", None), ("inf", None), ("nan", None),
        ("1" * 16, int("1" * 16)), ("1" * 17, None), ("1e3", 1000),
    ],
)  # fmt: skip
def test_a_number_of_an_attribute_is_whole(value: str | None, number: int | None) -> None:
    assert whole(value) == number


@pytest.mark.parametrize(
    ("name", "local"), [("urn:x p", "p"), ("w:p", "p"), ("p", "p"), ("http://x/y:z w", "w")]
)
def test_a_name_without_its_namespace(name: str, local: str) -> None:
    assert local_of(name) == local


@pytest.mark.parametrize("data", [b"<a>", b"", b"<a></b>", b"<a>&x;</a>", b"<a/><b/>"])
def test_what_is_not_well_formed_is_damaged(data: bytes) -> None:
    with pytest.raises(DocxError) as raised:
        XmlParser().parse(data)
    assert raised.value.wording == refusals.DAMAGED


def test_a_doctype_is_refused() -> None:
    with pytest.raises(DocxError) as raised:
        XmlParser().parse(b"<!DOCTYPE a><a/>")
    assert raised.value.wording == refusals.DOCTYPE


@pytest.mark.parametrize(("depth", "is_read"), [(MOST_DEPTH - 4, True), (MOST_DEPTH + 1, False)])
def test_elements_within_one_another_end(depth: int, *, is_read: bool) -> None:
    # The root, the body, the paragraph with its run and text stand round them or within.
    inner = "<w:sdt>" * (depth - 1) + "</w:sdt>" * (depth - 1)
    data = docx(p("甲") + inner)

    if is_read:
        assert read_docx("a.docx", data).text.startswith("甲")
    else:
        with pytest.raises(Exception, match="too deeply"):
            read_docx("a.docx", data)


# --- styles --------------------------------------------------------------------------------------------


def sheet(*styles: str, defaults: str = "") -> StyleSheet:
    head = f"<w:docDefaults>{defaults}</w:docDefaults>" if defaults else ""
    return StyleSheet(root("styles", head + "".join(styles)).encode())


def style(
    name: str, inner: str = "", *, base: str | None = None, default: str = "", kind: str = "paragraph"
) -> str:
    based = f'<w:basedOn w:val="{base}"/>' if base else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}" {default}>{based}{inner}</w:style>'


RED = "<w:rPr><w:b/><w:sz w:val='32'/><w:vertAlign w:val='superscript'/></w:rPr>"


def look(
    styles: StyleSheet, paragraph: str | None = None, character: str | None = None, **own: Any
) -> RunLook:
    properties = RunProperties()
    for name, value in own.items():
        setattr(properties, name, value)
    return styles.look(paragraph, character, properties)


def test_text_looks_as_its_styles_say_the_nearest_first() -> None:
    styles = sheet(
        style("base", RED),
        style("above", "<w:rPr><w:sz w:val='44'/></w:rPr>", base="base"),
        style("strong", "<w:rPr><w:b/></w:rPr>", kind="character"),
        style("thin", "<w:rPr><w:b w:val='0'/><w:sz w:val='18'/></w:rPr>", kind="character"),
        style("hid", "<w:rPr><w:vanish/></w:rPr>", kind="character"),
    )

    assert look(styles) == RunLook(bold=False, hidden=False, size=20, raised=False)
    assert look(styles, "base") == RunLook(bold=True, hidden=False, size=32, raised=True)
    assert look(styles, "above") == RunLook(bold=True, hidden=False, size=44, raised=True)
    # Two styles that turn it on turn it off again.
    assert not look(styles, "base", "strong").bold
    assert look(styles, "base", "thin") == RunLook(bold=True, hidden=False, size=18, raised=True)
    assert look(styles, None, "strong").bold
    assert look(styles, None, "hid").hidden
    assert look(styles, "base", "strong", bold=True).bold
    assert not look(styles, "base", bold=False).bold
    assert look(styles, "base", size=21).size == 21
    assert not look(styles, "base", raised="subscript").raised
    assert look(styles, None, "hid", hidden=False) == look(styles)


def test_what_no_style_says_the_document_says() -> None:
    styles = sheet(
        style("plain"),
        style("off", "<w:rPr><w:b w:val='off'/></w:rPr>"),
        defaults=f"<w:rPrDefault>{RED}</w:rPrDefault><w:pPrDefault><w:pPr><w:jc w:val='both'/></w:pPr></w:pPrDefault>",
    )

    assert look(styles, "plain") == RunLook(bold=True, hidden=False, size=32, raised=True)
    assert not look(styles, "off").bold
    assert styles.paragraph_value(ParagraphProperties(), "plain", "aligned") == "both"
    assert styles.paragraph_value(ParagraphProperties(), None, "outline") is None


@pytest.mark.parametrize(
    ("default", "bold"),
    [("w:default='1'", True), ("w:default='true'", True), ("w:default='0'", False), ("", False)],
)
def test_a_paragraph_that_names_no_style_has_the_default_one(default: str, *, bold: bool) -> None:
    styles = sheet(style("a", RED, default=default), style("b"))

    assert look(styles).bold is bold
    assert look(styles, "unknown").bold is bold
    assert not look(styles, "b").bold
    # One of text is none of paragraphs.
    assert not look(sheet(style("a", RED, default=default, kind="character"))).bold


@pytest.mark.parametrize(
    ("inner", "what", "value"),
    [
        ("<w:jc w:val='center'/>", "aligned", "center"),
        ("<w:ind w:firstLine='420'/>", "first_twips", 420),
        ("<w:ind w:firstLineChars='200'/>", "first_chars", 200),
        ("<w:spacing w:before='120'/>", "before", 120),
        ("<w:spacing w:beforeLines='50'/>", "before", 50),
        ("<w:spacing w:before='20' w:beforeLines='50'/>", "before", 50),
        ("<w:spacing w:after='120'/>", "before", None),
        ("<w:spacing w:before='x'/>", "before", 0),
        ("<w:outlineLvl w:val='0'/>", "outline", 0),
        ("<w:numPr><w:ilvl w:val='2'/><w:numId w:val='7'/></w:numPr>", "level", 2),
        ("<w:numPr><w:ilvl w:val='2'/><w:numId w:val='7'/></w:numPr>", "number", 7),
    ],
)
def test_a_style_says_how_paragraphs_stand(inner: str, what: str, value: object) -> None:
    styles = sheet(style("a", f"<w:pPr>{inner}</w:pPr>"), style("b", base="a"))

    for name in ("a", "b"):
        assert styles.paragraph_value(ParagraphProperties(), name, what) == value
    own = ParagraphProperties()
    setattr(own, what, 0 if what != "aligned" else "left")
    assert styles.paragraph_value(own, "a", what) == (0 if what != "aligned" else "left")


def test_one_element_after_another_leaves_what_it_does_not_say() -> None:
    own = ParagraphProperties()
    for attributes in ({"s firstLineChars": "200"}, {"s firstLine": "420"}, {"s hanging": "1"}):
        own.take("ind", attributes, "s ")

    assert (own.first_chars, own.first_twips) == (200, 420)


def test_styles_based_on_one_another_end() -> None:
    assert not look(sheet(style("a", base="b"), style("b", base="a")), "a").bold
    for count, bold in ((MOST_BASES, True), (MOST_BASES + 1, False)):
        names = [style(str(at), RED if at == count - 1 else "", base=str(at + 1)) for at in range(count)]
        assert look(sheet(*names), "0").bold is bold


def test_how_a_part_of_a_table_looks_is_no_look_of_its_style() -> None:
    styles = sheet(
        style("a", f"<w:tblStylePr w:type='firstRow'>{RED}</w:tblStylePr><w:rPr><w:sz w:val='18'/></w:rPr>")
    )

    assert look(styles, "a") == RunLook(bold=False, hidden=False, size=18, raised=False)


def test_of_styles_with_one_name_the_first_counts_and_without_styles_there_are_none() -> None:
    assert look(sheet(style("a", RED), style("a")), "a").bold
    assert look(StyleSheet(), "a") == RunLook(bold=False, hidden=False, size=20, raised=False)


# --- lists ---------------------------------------------------------------------------------------------


def counted(definitions: str, *items: tuple[int, int]) -> list[str | None]:
    """What stands before paragraphs of lists and levels."""
    counter = ListCounter(StyleSheet(), root("numbering", definitions).encode())
    found = []
    for number, at in items:
        own = ParagraphProperties()
        own.number, own.level = number, at
        label = counter.label(own, None)
        found.append(label.text if label is not None else None)
    return found


LEVELS = (level(0, "%1."), level(1, "%1.%2"), level(2, "%1.%2.%3"))


@pytest.mark.parametrize(
    ("definitions", "items", "expected"),
    [
        (abstract(0, *LEVELS) + num(1, 0), [(1, 0), (1, 0), (1, 1), (1, 1), (1, 0), (1, 1)], ["1.", "2.", "2.1", "2.2", "3.", "3.1"]),
        # A level above that was not used stands at its start.
        (abstract(0, *LEVELS) + num(1, 0), [(1, 2), (1, 1), (1, 0)], ["1.1.1", "1.1", "1."]),
        # Two lists of one definition count on; other definitions do not.
        (abstract(0, *LEVELS) + num(1, 0) + num(2, 0), [(1, 0), (2, 0)], ["1.", "2."]),
        (abstract(0, *LEVELS) + abstract(1, *LEVELS) + num(1, 0) + num(2, 1), [(1, 0), (2, 0)], ["1.", "1."]),
        # Begun anew once.
        (
            abstract(0, *LEVELS) + num(1, 0) + num(2, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'),
            [(1, 0), (2, 0), (2, 0)],
            ["1.", "5.", "6."],
        ),
        # A list with a level of its own.
        (abstract(0, *LEVELS) + num(1, 0, f'<w:lvlOverride w:ilvl="0">{level(0, "（%1）")}</w:lvlOverride>'), [(1, 0)], ["（1）"]),
        # No list, no definition, no such level, a bullet.
        (abstract(0, *LEVELS) + num(1, 0), [(0, 0), (9, 0), (1, 9), (1, -1)], [None] * 4),
        (num(1, 7), [(1, 0)], [None]),
        (abstract(0, level(0, "•", "bullet")) + num(1, 0), [(1, 0)], [None]),
        (abstract(0, level(0, "")) + num(1, 0), [(1, 0)], [None]),
        # Where it starts; without a start at nothing.
        (abstract(0, level(0, "%1", start=3)) + num(1, 0), [(1, 0), (1, 0)], ["3", "4"]),
        (abstract(0, level(0, "%1", start=None)) + num(1, 0), [(1, 0)], ["0"]),
        (abstract(0, level(0, "%1", start=40000)) + num(1, 0), [(1, 0), (1, 0)], ["32767", "32767"]),
        # What stands behind it.
        (abstract(0, level(0, "%1", more='<w:suff w:val="space"/>')) + num(1, 0), [(1, 0)], ["1 "]),
        (abstract(0, level(0, "%1", more='<w:suff w:val="nothing"/>')) + num(1, 0), [(1, 0)], ["1"]),
        # In figures, whatever the levels above are in.
        (
            abstract(0, level(0, "%1", "upperRoman"), level(1, "%1.%2", "upperLetter", more="<w:isLgl/>")) + num(1, 0),
            [(1, 0), (1, 1)],
            ["I", "1.A"],
        ),
        (
            abstract(0, level(0, "%1", "upperRoman"), level(1, "%1.%2", more='<w:isLgl w:val="0"/>')) + num(1, 0),
            [(1, 0), (1, 1)],
            ["I", "I.1"],
        ),
        # A text that names a level below its own is none.
        (abstract(0, level(0, "%1%2"), level(1, "%2")) + num(1, 0), [(1, 0), (1, 1)], [None, "1"]),
        # A bullet above is not counted in.
        (abstract(0, level(0, "•", "bullet"), level(1, "%1%2")) + num(1, 0), [(1, 0), (1, 1)], [None, "1"]),
        # Never begun anew, or only by the first level.
        (
            abstract(0, level(0, "%1"), level(1, "%2", more='<w:lvlRestart w:val="0"/>')) + num(1, 0),
            [(1, 1), (1, 0), (1, 1)],
            ["1", "1", "2"],
        ),
        (
            abstract(0, level(0, "%1"), level(1, "%2"), level(2, "%3", more='<w:lvlRestart w:val="1"/>')) + num(1, 0),
            [(1, 2), (1, 1), (1, 2), (1, 0), (1, 2)],
            ["1", "1", "2", "1", "1"],
        ),
        # Of definitions with one name the first counts.
        (abstract(0, level(0, "A%1")) + abstract(0, level(0, "B%1")) + num(1, 0), [(1, 0)], ["A1"]),
        (abstract(0, level(0, "A%1"), level(0, "B%1")) + num(1, 0), [(1, 0)], ["A1"]),
    ],
)  # fmt: skip
def test_lists_count(definitions: str, items: Sequence[tuple[int, int]], expected: list[str | None]) -> None:
    assert counted(definitions, *items) == expected


def test_a_number_in_a_form_that_nobody_knows_is_unsure() -> None:
    counter = ListCounter(
        StyleSheet(),
        root("numbering", abstract(0, level(0, "%1", "hebrew1"), level(1, "%1%2")) + num(1, 0)).encode(),
    )
    own = ParagraphProperties()
    own.number = 1
    assert counter.label(own, None) == ListLabel("1", is_known=False)
    own.level = 1
    assert counter.label(own, None) == ListLabel("11", is_known=False)


def test_a_style_puts_its_paragraphs_into_a_list() -> None:
    listed = "<w:pPr><w:numPr>{}</w:numPr></w:pPr>"
    styles = sheet(
        style("one", listed.format('<w:ilvl w:val="1"/><w:numId w:val="1"/>')),
        style("two", listed.format('<w:numId w:val="1"/>')),
        style("three", base="two"),
        style("none", listed.format('<w:numId w:val="0"/>'), base="one"),
        style("plain"),
    )
    definitions = abstract(
        0, level(0, "%1."), level(1, "%2)", before='<w:pStyle w:val="x"/>'), level(2, "%3]")
    ) + num(1, 0)

    def label(name: str | None, **own: int) -> str | None:
        properties = ParagraphProperties()
        for key, value in own.items():
            setattr(properties, key, value)
        counter = ListCounter(styles, root("numbering", definitions).encode())
        found = counter.label(properties, name)
        return found.text if found is not None else None

    assert [label(name) for name in ("one", "two", "three", "none", "plain", None)] == [
        "1)",
        "1.",
        "1.",
        None,
        None,
        None,
    ]
    assert (label("one", level=2), label("one", number=1), label("two", number=0)) == ("1]", "1.", None)


def test_a_list_that_is_linked_to_a_style_is_that_of_the_style() -> None:
    styles = sheet(style("s", '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>', kind="numbering"))
    definitions = (
        abstract(0, more='<w:numStyleLink w:val="s"/>')
        + abstract(1, level(0, "第%1条"))
        + num(1, 0)
        + num(2, 1)
    )
    counter = ListCounter(styles, root("numbering", definitions).encode())
    own = ParagraphProperties()
    own.number = 1

    assert [counter.label(own, None) for _ in range(2)] == [
        ListLabel("第1条", is_known=True),
        ListLabel("第2条", is_known=True),
    ]


# --- bytes ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "end", "is_empty", "whole_end"),
    [
        (b"<a>x</a>", 3, False, 8),
        (b"<a/>x", 4, True, 4),
        (b"<a b='>'/>", 10, True, 10),
        (b'<a b=">">x</a  >', 9, False, 16),
        (b"<a b='/'>x</a>", 9, False, 14),
    ],
)
def test_tags_and_elements_end_where_they_end(
    data: bytes, end: int, whole_end: int, *, is_empty: bool
) -> None:
    assert (tag_end(b"--" + data, 2), element_end(b"--" + data, 2)) == (end + 2, whole_end + 2)
    assert is_empty_tag(b"--" + data, 2) is is_empty


@pytest.mark.parametrize(
    ("inner", "length", "expected"),
    [
        ("ab", 2, [0, 1, 2]),
        ("甲a", 2, [0, 3, 4]),
        ("a&amp;b", 3, [0, 1, 6, 7]),
        ("a\r\nb", 3, [0, 1, 3, 4]),
        (" a ", 3, [0, 1, 2, 3]),
        ("ab", 3, None),
        ("a<!-- -->b", 2, None),
        ("<![CDATA[ab]]>", 2, None),
    ],
)
def test_characters_of_an_element_stand_at_their_bytes(
    inner: str, length: int, expected: list[int] | None
) -> None:
    tag = b'<w:t xml:space="preserve">'
    data = b"<x>" + tag + inner.encode() + b"</w:t></x>"
    text = TextBytes(RunBytes(0, 3), 3, len(data) - 4, is_text=True)
    found = offsets(data, text, length)

    assert keeps_space(data, text)
    assert found == ([at + 3 + len(tag) for at in expected] if expected is not None else None)


def test_where_white_space_does_not_count_the_ends_have_none() -> None:
    data = b"<w:t> \n ab </w:t>"
    text = TextBytes(None, 0, len(data), is_text=True)

    assert not keeps_space(data, text)
    assert offsets(data, text, 2) == [8, 9, 10]
    single = b"<w:t xml:space='preserve'> a</w:t>"
    assert keeps_space(single, TextBytes(None, 0, len(single), is_text=True))


# --- the package ---------------------------------------------------------------------------------------


def test_names_of_members_are_one_in_whatever_case() -> None:
    assert key_of("\\Word\\A.xml") == key_of("/word/a.XML") == "word/a.xml"
    package = Package(docx(p("甲")))
    assert package.main == "word/document.xml"
    assert package.has("WORD/document.xml")
    assert not package.has("word/other.xml")
    assert package.member_name("/Word/Document.xml") == "word/document.xml"
    with pytest.raises(DocxError) as raised:
        package.read("word/other.xml")
    assert raised.value.wording == refusals.DAMAGED


def test_a_package_is_written_anew_with_what_is_changed_and_added() -> None:
    before = Package(docx(p("甲"), {"styles": style("a")}))
    data = rewritten(before, {"WORD/styles.xml": b"<new/>", "word/more.xml": b"<more/>"})
    after = Package(data)

    assert [member.filename for member in after.members] == [
        *(member.filename for member in before.members),
        "word/more.xml",
    ]
    assert (after.read("word/styles.xml"), after.read("word/more.xml")) == (b"<new/>", b"<more/>")
    for member in before.members:
        if member.filename != "word/styles.xml":
            assert after.read(member.filename) == before.read(member.filename)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2023, 5, 6, 7, 8, 10)}
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_DEFLATED}


@pytest.mark.parametrize(
    ("part", "made"),
    [
        (b"<a>x</a>", b"<a>x<n/></a>"),
        (b"<w:a>x</w:a >\n", b"<w:a>x<n/></w:a >\n"),
        (b"<?xml version='1.0'?><w:a b='c'/> ", b"<?xml version='1.0'?><w:a b='c'><n/></w:a>"),
    ],
)
def test_more_is_put_at_the_end_of_a_root(part: bytes, made: bytes) -> None:
    assert with_element(part, b"<n/>") == made


@pytest.mark.parametrize("part", [b"", b"<a>", b"x"])
def test_what_has_no_root_is_damaged(part: bytes) -> None:
    with pytest.raises(DocxError) as raised:
        with_element(part, b"<n/>")
    assert raised.value.wording == refusals.DAMAGED


def test_a_part_that_is_added_is_named_where_it_has_to_be() -> None:
    changed: dict[str, bytes] = {}
    package = Package(docx(p("甲"), {"styles": ""}))
    add_part(package, changed, "word/comments.xml", b"<c/>", content_type="x/y", relation="http://r/comments")

    assert changed["word/comments.xml"] == b"<c/>"
    assert (
        b'<Override PartName="/word/comments.xml" ContentType="x/y"/></Types>'
        in changed["[Content_Types].xml"]
    )
    relations = changed["word/_rels/document.xml.rels"]
    assert relations.endswith(
        b'<Relationship Id="rId1" Type="http://r/comments" Target="comments.xml"/></Relationships>'
    )
    again = Package(rewritten(package, changed))
    once_more: dict[str, bytes] = {}
    add_part(again, once_more, "word/comments.xml", b"<d/>", content_type="x/y", relation="http://r/comments")
    assert "[Content_Types].xml" not in once_more
    assert b'Id="rId2"' in once_more["word/_rels/document.xml.rels"]


def test_a_document_without_relationships_is_given_a_part_of_them() -> None:
    members = [each for each in members_of(p("甲")) if each[0] != "word/_rels/document.xml.rels"]
    changed: dict[str, bytes] = {}
    add_part(Package(packed(members)), changed, "word/c.xml", b"<c/>", content_type="x/y", relation="r")

    made = changed["word/_rels/document.xml.rels"]
    assert made.startswith(b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns=')
    assert b'<Relationship Id="rId1" Type="r" Target="c.xml"/></Relationships>' in made


# --- lines ---------------------------------------------------------------------------------------------


def reading(*paragraphs: str, **parts: str) -> Reading:
    return read_docx("a.docx", docx("".join(paragraphs), parts))


def words(found: Reading, line: Line) -> str:
    return "".join(found.text[start:end] for start, end in line.pieces)


def only(paragraph: str, **parts: str) -> Line:
    (line,) = reading(paragraph, **parts).lines
    return line


@pytest.mark.parametrize(
    ("properties", "indent"),
    [
        ("", 0),
        ("<w:ind w:firstLineChars='200'/>", 4),
        ("<w:ind w:firstLineChars='100'/>", 2),
        ("<w:ind w:firstLineChars='-200'/>", 0),
        ("<w:ind w:firstLineChars='0' w:firstLine='400'/>", 4),
        ("<w:ind w:firstLine='400'/>", 4),
        ("<w:ind w:firstLine='-400'/>", 0),
        ("<w:jc w:val='right'/>", 20),
        ("<w:jc w:val='end'/>", 20),
        ("<w:jc w:val='center'/>", 0),
    ],
)
def test_a_paragraph_is_set_in_by_what_it_says(properties: str, indent: int) -> None:
    line = only(p("甲乙", properties=properties))

    assert (line.indent, line.centred) == (indent, "center" in properties)
    assert only(p("\u3000 甲乙", properties=properties)).indent == indent + 3


def test_twips_are_columns_of_the_largest_type() -> None:
    line = only(p(r("甲", "<w:sz w:val='40'/>"), properties="<w:ind w:firstLine='400'/>"))

    assert (line.indent, line.size) == (2, 20.0)


@pytest.mark.parametrize(("outline", "heading"), [("0", 1), ("1", 2), ("8", 9), ("9", 0), ("x", 0)])
def test_an_outline_level_makes_a_heading(outline: str, heading: int) -> None:
    assert only(p("甲", properties=f"<w:outlineLvl w:val='{outline}'/>")).heading == heading


def test_a_gap_is_an_empty_paragraph_or_room_above() -> None:
    found = reading(
        p("甲"), p("乙"), p(""), p("丙"), p("丁", properties="<w:spacing w:before='1'/>"),
        p("戊", properties="<w:spacing w:before='0'/>"), table(["己", "庚"], ["辛", "壬"]), p("癸"),
    )  # fmt: skip

    assert [(words(found, line), line.gap) for line in found.lines] == [
        ("甲", False), ("乙", False), ("丙", True), ("丁", True), ("戊", False), ("己庚", False), ("辛壬", False),
        ("癸", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("first", "joins"),
    [("甲", True), ("甲。", False), ("甲：", False), ("甲。”", False), ("甲，", True), ("甲”", True)],
)
def test_a_line_behind_a_break_goes_on_unless_a_sentence_ends(first: str, *, joins: bool) -> None:
    broken = p(r(first) + "<w:r><w:br/></w:r>" + r("乙"))
    found = reading(broken)

    assert [(words(found, line), line.joins) for line in found.lines] == [(first, False), ("乙", joins)]
    centred = p(r(first) + "<w:r><w:br/></w:r>" + r("乙"), properties="<w:jc w:val='center'/>")
    assert reading(centred).lines[1].joins


def test_numbers_of_lists_are_automatic_and_stand_in_the_line() -> None:
    numbering = abstract(0, level(0, "%1.", more='<w:suff w:val="space"/>'), level(1, "%2", "hebrew1")) + num(
        1, 0
    )
    found = reading(
        p("甲", properties=in_list(1)), p("乙", properties=in_list(1, 1)), p("丙"), numbering=numbering
    )

    assert found.text == "1. 甲\n1乙\n丙\n"
    assert (found.automatic, found.unsure) == (((0, 3), (5, 6)), ((5, 6),))


@pytest.mark.parametrize(
    ("rows", "kinds"),
    [
        ([["甲", "乙"], ["丙", "丁"]], ["table", "table"]),
        ([["甲"]], ["text"]),
        ([["编辑：甲", "核稿：乙"], ["电话：丙", "传真：丁"]], ["text"] * 4),
    ],
)
def test_a_table_is_data_or_puts_text_side_by_side(rows: list[list[str]], kinds: list[str]) -> None:
    assert [line.kind for line in reading(table(*rows)).lines] == kinds


def test_heads_and_feet_come_last_as_furniture() -> None:
    section = '<w:sectPr><w:headerReference r:id="header1"/><w:footerReference r:id="footer1"/></w:sectPr>'
    found = reading(p("甲"), section, header1=p("松湖简报"), footer1=p("— 2 —"))

    assert [(words(found, line), line.kind, line.furniture) for line in found.lines] == [
        ("甲", "text", ""),
        ("松湖简报", "furniture", "running-head"),
        ("— 2 —", "furniture", "page-number"),
    ]


# --- places --------------------------------------------------------------------------------------------


def test_a_place_is_the_paragraph_in_which_it_begins() -> None:
    paragraphs = [WordParagraph(ElementPath("body"), number) for number in (1, 2, 3)]
    standings = [
        Standing(2, paragraphs[0], "header"),
        Standing(5, paragraphs[1], "body", 2, 3),
        Standing(9, paragraphs[2], "body"),
    ]
    places = DocxPlaces(standings, [], paragraphs[2])

    assert [places.standing(at) for at in (0, 1, 2, 4, 5, 8, 9, 99)] == [
        None, None, *[standings[0]] * 2, *[standings[1]] * 2, *[standings[2]] * 2,
    ]  # fmt: skip
    assert places.locate(5, 6) == Location(
        1, 1, 1, 1, story=StoryPlace("body", paragraphs[1].path(), table=2, row=3)
    )
    assert places.locate(0, 1) == Location(1, 1, 1, 1)
    assert places.first_paragraph is paragraphs[1]
    assert places.offset_of(paragraphs[2]) == 9
    assert places.offset_of(WordParagraph(ElementPath("body"), 9)) is None
    assert DocxPlaces(standings[:1], [], paragraphs[2]).first_paragraph is paragraphs[2]
    assert DocxPlaces([], []).first_paragraph is None
    assert places.line_text(1) == ""
