"""What is drawn in a Word document and is no text: how large it is, where it stands, and what is told of it."""

from __future__ import annotations

import pytest

from bulletin_lint.readers.docx.body import PartReader
from bulletin_lint.readers.docx.drawings import DrawingWatch
from bulletin_lint.readers.docx.lines import LineWriter
from bulletin_lint.readers.docx.numbering import ListCounter
from bulletin_lint.readers.docx.story import WordParagraph, WordTable
from bulletin_lint.readers.docx.styles import StyleSheet
from docx_made import abstract, in_list, level, num, p, r, root

CM = 360_000
"""EMU."""


def read(inner: str, name: str = "body") -> PartReader:
    made = PartReader(StyleSheet(), name)
    made.read(root("document", f"<w:{name}>{inner}</w:{name}>").encode())
    return made


def watched(inner: str, name: str = "body") -> DrawingWatch:
    """What was drawn where no paragraph takes it."""
    return read(inner, name).drawings


def graphic(kind: str, width: float, height: float, *, where: str = "inline") -> str:
    return (
        f'<wp:{where}><wp:extent cx="{round(width * CM)}" cy="{round(height * CM)}"/>'
        f'<a:graphic><a:graphicData uri="http://x/2006/{kind}"/></a:graphic></wp:{where}>'
    )


def shape(style: str, inner: str = "<v:imagedata/>", kind: str = "shape") -> str:
    return f'<v:{kind} style="{style}">{inner}</v:{kind}>'


def test_only_a_picture_of_half_a_page_may_be_one() -> None:
    for width, height, unread in ((17.5, 10.0, ["picture"]), (17.5, 9.99, []), (10.0, 17.5, ["picture"])):
        for where in ("inline", "anchor"):
            found = watched(graphic("picture", width, height, where=where))
            assert (found.unread, found.pictures) == (unread, 1)
    # A size that is none is nothing.
    assert (
        watched(
            '<wp:inline><wp:extent cx="x" cy="9999999"/><a:graphicData uri="a/picture"/></wp:inline>'
        ).unread
        == []
    )
    # What begins has no size of the one before.
    assert watched(
        graphic("picture", 20, 20) + '<wp:inline><a:graphicData uri="a/picture"/></wp:inline>'
    ).unread == ["picture"]


@pytest.mark.parametrize(
    ("kind", "unread"),
    [("chart", ["chart"]), ("diagram", ["chart"]), ("chartex", ["chart"]), ("wordprocessingShape", []), ("", [])],
)  # fmt: skip
def test_graphics_with_words_are_told_whatever_their_size(kind: str, unread: list[str]) -> None:
    found = watched(graphic(kind, 1, 1))

    assert (found.unread, found.pictures) == (unread, 0)


@pytest.mark.parametrize(
    ("style", "unread"),
    [
        ("width:17.5cm;height:10cm", True),
        ("width:17.4cm;height:10cm", False),
        ("position:absolute; width: 175mm ;height:100mm", True),
        ("width:497pt;height:284pt", True),
        ("width:495pt;height:283pt", False),
        ("width:6.9in;height:4in", True),
        ("width:6.7in;height:4in", False),
        # Without a unit EMU.
        ("width:6300000;height:3600000", True),
        ("width:6200000;height:3600000", False),
        ("width:500pt", False),
        ("height:500pt", False),
        ("line-width:500pt;line-height:500pt", False),
        ("", False),
    ],
)
@pytest.mark.parametrize("kind", ["shape", "rect", "roundrect", "oval", "group"])
def test_a_shape_says_its_size_in_its_style(kind: str, style: str, *, unread: bool) -> None:
    found = watched(shape(style, kind=kind))

    assert (found.unread, found.pictures) == (["picture"] if unread else [], 1)


def test_an_object_is_told_once_with_the_picture_of_it() -> None:
    large, small = "width:20cm;height:20cm", "width:2cm;height:2cm"
    object_ = "<o:OLEObject/>"

    assert watched(shape(small) + object_).unread == ["object"]
    assert watched(shape(large) + object_).unread == ["picture"]
    assert watched(shape(large) + object_ + shape(small) + object_).unread == ["picture", "object"]
    assert watched(object_).unread == ["object"]


@pytest.mark.parametrize(
    ("name", "unread"), [("header", []), ("footer", []), ("body", ["words"]), ("footnote", ["words"])]
)
def test_words_drawn_as_a_picture_are_a_watermark_in_a_header_only(name: str, unread: list[str]) -> None:
    reader = PartReader(StyleSheet(), name)
    inner = shape(
        "width:9cm;height:3cm", '<v:textpath string=" 送审稿 "/><v:textpath string=" "/><v:textpath/>'
    )
    reader.read(root("document", inner).encode())

    assert (reader.drawings.watermarks, reader.drawings.unread) == (["送审稿"], unread)


@pytest.mark.parametrize(
    ("inner", "letters", "expected"),
    [
        # 300 square centimetres are a page; a letter takes the part of one that 1.75 go into.
        (graphic("picture", 30, 10), 9999, True),
        (graphic("picture", 29.9, 10), 9999, False),
        (graphic("picture", 20, 10), 349, True),
        (graphic("picture", 20, 10), 350, False),
        (graphic("picture", 20, 10), 0, False),
        (graphic("picture", 30, 10), 0, True),
        (graphic("picture", 20, 10) * 2, 699, True),
        (graphic("picture", 20, 10) * 2, 700, False),
        # The largest counts by itself, wherever it stands among them.
        (graphic("picture", 30, 10) + graphic("picture", 20, 10), 9999, True),
        (graphic("picture", 20, 10) + graphic("picture", 30, 10), 9999, True),
        (graphic("picture", 2, 2), 1, False),
        (graphic("chart", 30, 10), 9999, True),
        (shape("width:30cm;height:10cm"), 9999, True),
        (shape("width:30cm;height:10cm", "<v:textpath string='x'/>"), 9999, True),
        ("", 1, False),
    ],
)
def test_what_is_drawn_may_have_more_words_than_the_text(inner: str, letters: int, *, expected: bool) -> None:
    assert watched(inner).is_more_than(letters) is expected


BOX = f"<w:txbxContent>{p('盒')}</w:txbxContent>"


def tops(*drawn: str) -> list[tuple[float, float] | None]:
    """How far down the boxes of a paragraph stand."""
    inner = "".join(f"<w:r>{each}</w:r>" for each in drawn)
    (found,) = (each for each in read(f"<w:p>{inner}</w:p>").items if isinstance(each, WordParagraph))
    return [box.top for box in found.boxes]


def anchored(offset: str, inner: str = BOX) -> str:
    return f'<wp:anchor><wp:positionV relativeFrom="page"><wp:posOffset>{offset}</wp:posOffset></wp:positionV>{inner}</wp:anchor>'


def test_boxes_stand_where_their_drawing_does() -> None:
    assert tops(anchored("12700")) == [(12700.0, 0.0)]
    assert tops(anchored(" -500 ")) == [(-500.0, 0.0)]
    assert tops(anchored("x")) == tops(anchored("")) == tops(f"<wp:inline>{BOX}</wp:inline>") == [None]
    # One drawing with several boxes, and the next one, of which nothing is known.
    several = f'<a:off x="1" y="300"/>{BOX}<a:off x="1" y="20"/>{BOX}<a:off x="1"/>{BOX}'
    assert tops(anchored("7", several), anchored("8"), f"<wp:inline>{BOX}</wp:inline>") == [
        (7.0, 300.0),
        (7.0, 20.0),
        (7.0, 0.0),
        (8.0, 0.0),
        None,
    ]


@pytest.mark.parametrize(
    ("style", "top"),
    [
        ("margin-top:10pt", (127000.0, 0.0)),
        ("margin-top: 1 in", (914400.0, 0.0)),
        ("margin-left:2pt;margin-top:-2cm;z-index:1", (-720000.0, 0.0)),
        ("margin-top:1.5mm", (54000.0, 0.0)),
        ("margin-top:99", (99.0, 0.0)),
        ("margin-top:.", None),
        ("margin-top:-", None),
        ("margin-top:1.2.3pt", None),
        ("margin-left:10pt", None),
        ("", None),
    ],
)
def test_a_shape_says_how_far_down_it_stands(style: str, top: tuple[float, float] | None) -> None:
    assert tops(shape(style, BOX)) == [top]
    # What stood before it says nothing of it.
    assert tops(shape("margin-top:7pt", BOX), shape(style, BOX))[1:] == [top]


def test_what_is_drawn_goes_with_the_paragraph_that_it_stands_in() -> None:
    chart = graphic("chart", 1, 1)
    found = read(f"<w:p><w:r>{chart}{chart}</w:r></w:p><w:p/><w:p><w:r>{chart}</w:r></w:p>")

    assert [each.unread for each in found.items if isinstance(each, WordParagraph)] == [
        ["chart", "chart"],
        [],
        ["chart"],
    ]
    assert found.drawings.unread == []


# --- other elements ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("symbol", "text"),
    [
        ('<w:sym w:font="Wingdings" w:char="F0FE"/>', "☑"),
        ('<w:sym w:font="SimSun" w:char="7532"/>', "甲"),
    ],
)
def test_a_symbol_is_the_character_that_is_seen(symbol: str, text: str) -> None:
    (paragraph,) = read(f"<w:p><w:r>{symbol}</w:r></w:p>").items

    assert isinstance(paragraph, WordParagraph)
    assert [piece.text for piece in paragraph.pieces] == [text]


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_a_note_ends_where_it_ends(kind: str) -> None:
    notes = PartReader(StyleSheet(), "notes")
    inner = "".join(f'<w:{kind} w:id="{at}">{p(text)}</w:{kind}>' for at, text in ((1, "甲"), (2, "乙")))
    notes.read(root(f"{kind}s", f"{inner}{p('外')}").encode())

    def words(each: object) -> str:
        return "".join(piece.text for piece in each.pieces) if isinstance(each, WordParagraph) else ""

    assert {number: list(map(words, items)) for number, items in notes.items_of_note.items()} == {
        "1": ["甲"],
        "2": ["乙"],
    }
    assert list(map(words, notes.items)) == ["外"]


def paths(inner: str) -> list[str]:
    """The places of all paragraphs, those in tables and boxes too."""
    found: list[str] = []

    def go(items: object) -> None:
        assert isinstance(items, list)
        for item in items:
            if isinstance(item, WordTable):
                for row in item.rows:
                    for cell in row.cells:
                        go(cell.items)
            else:
                found.append(item.path())
                for box in item.boxes:
                    go(box.items)

    go(read(inner).items)
    return found


def test_places_lead_through_tables_boxes_and_what_is_not_seen() -> None:
    cells = "".join(f"<w:tc>{p('甲')}{p('乙')}</w:tc>" for _ in range(2))
    table = f"<w:tbl><w:tr>{cells}</w:tr><w:tr><w:tc>{p('丙')}</w:tc></w:tr></w:tbl>"

    assert paths(f"{p('上')}{table}{p('下')}") == [
        "body/p[1]",
        *(f"body/tbl[1]/tr[1]/tc[{cell}]/p[{at}]" for cell in (1, 2) for at in (1, 2)),
        "body/tbl[1]/tr[2]/tc[1]/p[1]",
        "body/p[2]",
    ]
    assert paths(f"<w:p><w:r>{BOX}</w:r><w:r>{BOX}</w:r></w:p>{p('下')}") == [
        "body/p[1]",
        "body/p[1]/txbxContent[1]/p[1]",
        "body/p[1]/txbxContent[2]/p[1]",
        "body/p[2]",
    ]
    for name in ("sdt", "sdtContent", "customXml", "smartTag"):
        assert paths(f"<w:{name}>{p('甲')}</w:{name}><w:{name}>{p('乙')}{p('丙')}</w:{name}>{p('丁')}") == [
            f"body/{name}[1]/p[1]",
            f"body/{name}[2]/p[1]",
            f"body/{name}[2]/p[2]",
            "body/p[1]",
        ]


@pytest.mark.parametrize(("form", "unsure"), [("decimal", []), ("hebrew1", [(0, 2)])])
def test_numbers_that_word_counts_are_told_and_those_in_unknown_forms_are_unsure(
    form: str, unsure: list[tuple[int, int]]
) -> None:
    styles = StyleSheet()
    numbering = root("numbering", abstract(0, level(0, "%1.", form)) + num(1, 0)).encode()
    writer = LineWriter(styles, ListCounter(styles, numbering), keeps_pieces=True)
    writer.write(read(p(r("甲"), properties=in_list(1)) + p("乙")).items)

    assert "".join(writer.parts) == "1.甲\n乙\n"
    assert (writer.automatic, writer.unsure) == ([(0, 2)], unsure)
    # They are of no piece.
    assert [at for at, _ in writer.pieces] == [2, 4]
