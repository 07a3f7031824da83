"""Lines written of paragraphs and tables that are given as data, and a part's XML read into such ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from bulletin_lint.model.reading import Line
from bulletin_lint.readers.docx.body import PartReader
from bulletin_lint.readers.docx.lines import UNREAD, LineWriter
from bulletin_lint.readers.docx.numbering import ListCounter
from bulletin_lint.readers.docx.story import (
    BREAK,
    ElementPath,
    Item,
    TableCell,
    TableRow,
    TextBox,
    TextPiece,
    WordParagraph,
    WordTable,
)
from bulletin_lint.readers.docx.styles import RunLook, StyleSheet
from docx_made import root

BODY = ElementPath("body")
PLAIN = RunLook(bold=False, hidden=False, size=21, raised=False)
BOLD = PLAIN._replace(bold=True)


def par(*texts: str | tuple[str, RunLook], **says: Any) -> WordParagraph:
    """A paragraph of pieces; each is plain text, or text with its look."""
    made = WordParagraph(BODY, 1)
    for each in texts:
        text, look = each if isinstance(each, tuple) else (each, PLAIN)
        made.pieces.append(TextPiece(text, look))
    for name, value in says.items():
        setattr(made.properties, name, value)
    return made


def cell(*items: Item | str, goes_on: bool = False, is_gone: bool = False) -> TableCell:
    made = TableCell()
    made.items = [par(item) if isinstance(item, str) else item for item in items]
    made.goes_on, made.is_gone = goes_on, is_gone
    return made


def tab(*rows: Sequence[TableCell | str]) -> WordTable:
    made = WordTable()
    for cells in rows:
        row = TableRow()
        row.cells = [cell(each) if isinstance(each, str) else each for each in cells]
        made.rows.append(row)
    return made


def writer(**options: Any) -> LineWriter:
    styles = StyleSheet()
    return LineWriter(styles, ListCounter(styles), **options)


def written(*items: Item) -> tuple[str, list[Line]]:
    made = writer()
    made.write(items)
    return "".join(made.parts), made.lines


def pieces(text: str, line: Line) -> list[str]:
    return [text[start:end] for start, end in line.pieces]


# --- lines ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "text", "words"),
    [
        (["甲", "乙"], "甲乙\n", ["甲乙"]),
        (["  甲\u00a0"], "  甲\u00a0\n", ["甲"]),
        (["甲", BREAK, "乙"], "甲\n乙\n", ["甲", "乙"]),
        ([BREAK, "甲", BREAK], "甲\n", ["甲"]),
        (["甲", BREAK, BREAK, "乙"], "甲\n乙\n", ["甲", "乙"]),
        ([" \t\u3000"], "", []),
        ([], "", []),
    ],
)
def test_a_paragraph_is_a_line_for_each_of_its_breaks(texts: list[str], text: str, words: list[str]) -> None:
    found, lines = written(par(*texts))

    assert found == text
    assert [pieces(found, line) for line in lines] == [[each] for each in words]


@pytest.mark.parametrize(
    ("before", "gaps"),
    [
        ([], [False]),
        ([par("")], [True]),
        ([par("上"), par("")], [False, True]),
        ([par("上")], [False, False]),
        # A line without words within a paragraph parts too, a hidden paragraph does not.
        ([par("上", BREAK, " ")], [False, True]),
        ([tab(["一", "二"], ["三", "四"])], [False, False, True]),
    ],
)
def test_a_gap_stands_where_something_without_words_does(before: list[Item], gaps: list[bool]) -> None:
    assert [line.gap for line in written(*before, par("甲"))[1]] == gaps


def test_a_paragraph_whose_end_is_hidden_leaves_no_gap_unless_it_has_text() -> None:
    hidden = par()
    hidden.is_hidden = True
    spaces = par(" ")
    spaces.is_hidden = True

    assert [line.gap for line in written(hidden, par("甲"))[1]] == [False]
    assert [line.gap for line in written(spaces, par("甲"))[1]] == [True]
    assert [line.gap for line in written(par("乙", before=20), par("甲", before=0))[1]] == [True, False]


@pytest.mark.parametrize(
    ("words", "joins"),
    [
        *((f"甲{mark}", False) for mark in "。！？…：；!?:;"),
        *((f"甲。{mark}", False) for mark in "”’」』》〉\"'"),
        *((f"甲{mark}", False) for mark in "）)】"),
        *((f"甲{mark}", True) for mark in "，、》”-"),
        ("甲", True),
    ],
)
def test_a_line_goes_on_behind_a_break_unless_a_sentence_ended(words: str, *, joins: bool) -> None:
    assert [line.joins for line in written(par(words, BREAK, "乙"))[1]] == [False, joins]
    # The lines of a title in the middle go on whatever they end with.
    assert [line.joins for line in written(par(words, BREAK, "乙", aligned="center"))[1]] == [False, True]
    assert [line.joins for line in written(par(words), par("乙"))[1]] == [False, False]


@pytest.mark.parametrize(
    ("says", "text", "indents"),
    [
        ({}, "甲", [0, 0]),
        ({"first_chars": 200}, "甲", [4, 0]),
        ({"first_chars": 24}, "甲", [0, 0]),
        ({"first_chars": 26}, "甲", [1, 0]),
        # Type of 10.5 points: a column is 5.25 points wide, 105 twips.
        ({"first_twips": 420}, "甲", [4, 0]),
        ({"first_twips": 210, "first_chars": 0}, "甲", [2, 0]),
        ({"first_twips": 420, "first_chars": 100}, "甲", [2, 0]),
        ({"first_twips": -420}, "甲", [0, 0]),
        ({"aligned": "right"}, "甲", [20, 20]),
        ({"aligned": "end", "first_chars": 200}, "甲", [20, 20]),
        ({"aligned": "left"}, "甲", [0, 0]),
        ({}, "\u3000\u3000甲", [4, 0]),
        ({}, " \t甲", [2, 0]),
        ({"first_chars": 200}, "\u3000甲", [6, 0]),
    ],
)
def test_the_first_line_is_set_in(says: dict[str, Any], text: str, indents: list[int]) -> None:
    assert [line.indent for line in written(par(text, BREAK, "乙", **says))[1]] == indents


@pytest.mark.parametrize(
    ("outline", "heading"), [(None, 0), (-1, 0), (0, 1), (1, 2), (8, 9), (9, 0), (10, 0)]
)
def test_a_heading_is_one_level_deeper_than_its_outline(outline: int | None, heading: int) -> None:
    assert [line.heading for line in written(par("甲", outline=outline))[1]] == [heading]


@pytest.mark.parametrize(
    ("texts", "size", "bold"),
    [
        ([("甲", PLAIN)], 10.5, []),
        ([("甲", PLAIN), ("乙", BOLD)], 10.5, ["乙"]),
        ([("甲", BOLD), ("乙", BOLD), ("丙", PLAIN), ("丁", BOLD)], 10.5, ["甲乙", "丁"]),
        # White space at the ends is no part of the line; its size does not count.
        ([("  甲  ", BOLD)], 10.5, ["甲"]),
        ([("  ", BOLD._replace(size=40)), ("甲", PLAIN)], 10.5, []),
        ([("甲", PLAIN), ("乙", PLAIN._replace(size=44)), ("丙", PLAIN)], 22.0, []),
    ],
)
def test_a_line_has_its_largest_size_and_its_bold_stretches(
    texts: list[tuple[str, RunLook]], size: float, bold: list[str]
) -> None:
    text, (line,) = written(par(*texts))

    assert line.size == size
    assert [text[start:end] for start, end in line.bold] == bold


def test_each_line_of_a_broken_paragraph_has_its_own_bold_stretches() -> None:
    text, lines = written(par(("甲", BOLD), (BREAK, BOLD), "乙", ("丙", BOLD), "丁"))

    assert [[text[start:end] for start, end in line.bold] for line in lines] == [["甲"], ["丙"]]


def test_pieces_are_kept_with_their_places_only_when_asked_for() -> None:
    for keeps, expected in ((True, [(0, "甲"), (1, "乙"), (3, "丙")]), (False, [])):
        made = writer(keeps_pieces=keeps)
        made.write([par("甲", "乙", BREAK, "丙")])
        assert [(at, piece.text) for at, piece in made.pieces] == expected


# --- boxes, what cannot be read, furniture -------------------------------------------------------------


def boxed(text: str, *boxes: tuple[str, tuple[float, float] | None]) -> WordParagraph:
    made = par(text)
    made.boxes = [TextBox([par(words)], top) for words, top in boxes]
    return made


@pytest.mark.parametrize(
    ("boxes", "text"),
    [
        ([("一", None)], "一\n文\n"),
        ([("一", (9.0, 0.0)), ("二", (3.0, 0.0))], "二\n一\n文\n"),
        ([("一", (3.0, 2.0)), ("二", (3.0, 1.0))], "二\n一\n文\n"),
        # Where of one it is not known how far down it stands, they stay as they are.
        ([("一", (9.0, 0.0)), ("二", None), ("三", (1.0, 0.0))], "一\n二\n三\n文\n"),
    ],
)
def test_boxes_come_before_their_paragraph_from_top_to_bottom(
    boxes: list[tuple[str, tuple[float, float] | None]], text: str
) -> None:
    assert written(boxed("文", *boxes))[0] == text


def test_what_hangs_on_a_paragraph_of_the_body_says_so() -> None:
    paragraph = boxed("文", ("盒", None))
    inner = boxed("内", ("里", None))
    paragraph.boxes[0].items.append(inner)
    made = writer()
    made.write([paragraph])

    assert [(each.story, each.anchor is paragraph) for each in made.standings] == [
        ("box", True), ("box", True), ("box", True), ("body", False),
    ]  # fmt: skip
    assert made.standings[-1].anchor is None
    # In a header nothing hangs on the body, and the box is of the header.
    other = writer()
    other.write([boxed("文", ("盒", None))], "header")
    assert [(each.story, each.anchor) for each in other.standings] == [("header", None)] * 2


def test_what_cannot_be_read_is_a_line_each_and_told_once() -> None:
    paragraph = par("文")
    paragraph.unread = ["picture", "chart"]
    made = writer()
    made.write([paragraph, par("末")])
    for _ in range(2):
        made.write_unread()
        assert "".join(made.parts) == f"文\n末\n{UNREAD}\n{UNREAD}\n"
    assert [(line.kind, line.furniture, line.pieces, line.joins) for line in made.lines[2:]] == [
        ("furniture", "unread", ((4, 5),), False),
        ("furniture", "unread", ((6, 7),), False),
    ]
    assert made.standings[-1].paragraph is paragraph


@pytest.mark.parametrize(
    ("text", "given", "furniture"),
    [
        ("7", "", "page-number"),
        ("— 7 —", "", "page-number"),
        (" 第 7 页 ", "", "page-number"),
        ("松湖简报", "", "running-head"),
        ("7", "note", "note"),
    ],
)
def test_heads_and_feet_are_told_by_what_they_say(text: str, given: str, furniture: str) -> None:
    made = writer()
    made.write([par("正文")])
    made.write_furniture([par(text), par("简报")], "footer", given)

    assert [(line.kind, line.furniture) for line in made.lines] == [
        ("text", ""),
        ("furniture", furniture),
        ("furniture", given or "running-head"),
    ]
    assert [each.story for each in made.standings] == ["body", "footer", "footer"]


# --- tables --------------------------------------------------------------------------------------------


def rows_of(*items: Item) -> list[tuple[str, list[str]]]:
    """The kinds of lines, each with the words of its cells, or its pieces."""
    text, lines = written(*items)
    return [(line.kind, [text[start:end] for start, end in (line.cells or line.pieces)]) for line in lines]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ([["甲", "乙"], ["丙", "丁"]], [("table", ["甲", "乙"]), ("table", ["丙", "丁"])]),
        ([["甲", "乙"], ["丙"]], [("table", ["甲", "乙"]), ("table", ["丙"])]),
        # One row, or one column, puts words in their places.
        ([["甲", "乙"]], [("text", ["甲"]), ("text", ["乙"])]),
        ([["甲"], ["乙"]], [("text", ["甲"]), ("text", ["乙"])]),
        # Three labelled cells to one that is none.
        ([["电话：1", "传真：2"], ["编辑：甲", "乙"]], [("text", ["电话：1"]), ("text", ["传真：2"]), ("text", ["编辑：甲"]), ("text", ["乙"])]),
        ([["电话：1", "传真：2"], ["丙", "乙"]], [("table", ["电话：1", "传真：2"]), ("table", ["丙", "乙"])]),
        ([["电话：1", ""], ["", "编辑：甲"]], [("text", ["电话：1"]), ("text", ["编辑：甲"])]),
        # White space round words is no part of a cell, nor are empty cells left out.
        ([[" 甲 ", "", "乙"], ["丙", "丁", "戊"]], [("table", ["甲", "", "乙"]), ("table", ["丙", "丁", "戊"])]),
        ([["甲", "乙"], ["", " "], ["丙", "丁"]], [("table", ["甲", "乙"]), ("table", ["丙", "丁"])]),
    ],
)  # fmt: skip
def test_a_table_is_for_data_or_for_layout(
    rows: list[list[str]], expected: list[tuple[str, list[str]]]
) -> None:
    assert rows_of(tab(*rows)) == expected


@pytest.mark.parametrize(
    ("label", "is_one"),
    [
        ("编辑：甲", True),
        ("编辑:甲", True),
        ("责任编辑和责任校对及核稿：甲", True),
        ("责任编辑和责任校对及核稿人：甲", False),
        ("1：甲", False),
        ("：甲", False),
        ("_a：甲", False),
        ("甲，乙：丙", False),
        ("甲。乙：丙", False),
        ("\u3000编辑：甲", True),
    ],
)
def test_words_that_say_what_they_are_are_labels(label: str, *, is_one: bool) -> None:
    kinds = {kind for kind, _ in rows_of(tab([label, label], [label, label]))}

    assert kinds == ({"text"} if is_one else {"table"})


def test_each_paragraph_of_a_labelled_cell_is_labelled() -> None:
    labelled, half = cell("编辑：甲", "核稿：乙"), cell("编辑：甲", "乙")

    assert {kind for kind, _ in rows_of(tab([labelled, labelled], [labelled, labelled]))} == {"text"}
    assert {kind for kind, _ in rows_of(tab([half, labelled], [half, labelled]))} == {"table"}


def test_what_is_gone_or_goes_on_from_above_has_no_words() -> None:
    whole = tab(
        ["甲", cell("乙", is_gone=True), "丙"],
        [cell("丁", goes_on=True), "戊", "己"],
        ["庚", "辛", "壬"],
    )
    whole.rows[2].is_gone = True

    assert rows_of(whole) == [("table", ["甲", "丙"]), ("table", ["", "戊", "己"])]
    # So where a table puts words in their places.
    layout = tab([cell("甲", is_gone=True), cell("乙", goes_on=True), "丙"])
    assert rows_of(layout) == [("text", ["丙"])]


@pytest.mark.parametrize(
    ("items", "words", "found"),
    [
        (("甲", "乙"), "甲\n乙", ["甲", "乙"]),
        (("甲", "", "乙"), "甲\n乙", ["甲", "乙"]),
        # Letters and figures of two lines are two words.
        (("ab", "cd"), "ab \ncd", ["ab ", "cd"]),
        (("a1", "2b"), "a1 \n2b", ["a1 ", "2b"]),
        (("ab", "乙"), "ab\n乙", ["ab", "乙"]),
        (("甲", "cd"), "甲\ncd", ["甲", "cd"]),
        (("ab-", "cd"), "ab-\ncd", ["ab-", "cd"]),
        (("ab", "(cd)"), "ab\n(cd)", ["ab", "(cd)"]),
        ((par("甲", BREAK, "乙"),), "甲\n乙", ["甲", "乙"]),
        (("甲", tab(["乙", "丙"])), "甲\n乙\n丙", ["甲", "乙", "丙"]),
    ],
)
def test_lines_of_a_cell_are_pieces_of_its_row(
    items: tuple[Item | str, ...], words: str, found: list[str]
) -> None:
    text, lines = written(tab([cell(*items), "末"], ["一", "二"]))

    assert text == f"{words}\t末\n一\t二\n"
    assert pieces(text, lines[0]) == [*found, "末"]
    assert [text[start:end] for start, end in lines[0].cells] == [words, "末"]


def test_tables_and_their_rows_are_counted() -> None:
    made = writer()
    made.write([tab(["甲", "乙"], ["丙", "丁"]), tab(["无"]), tab(["戊", "己"], ["庚", "辛"])])

    assert [(each.table, each.row) for each in made.standings] == [
        (1, 1), (1, 1), (1, 2), (1, 2), (0, 0), (2, 1), (2, 1), (2, 2), (2, 2),
    ]  # fmt: skip
    assert [line.gap for line in made.lines] == [False, False, True, True, False]


def test_a_box_in_a_cell_comes_before_the_row() -> None:
    text, lines = written(tab(["甲", cell(boxed("乙", ("盒", None)))], ["丙", "丁"]))

    assert text == "盒\n甲\t乙\n丙\t丁\n"
    assert [line.kind for line in lines] == ["text", "table", "table"]


# --- XML -----------------------------------------------------------------------------------------------


def read(inner: str, name: str = "body") -> PartReader:
    made = PartReader(StyleSheet(), name)
    made.read(root("document", f"<w:{name}>{inner}</w:{name}>").encode())
    return made


def shown(items: Sequence[Item]) -> list[Any]:
    """Paragraphs as their text, tables as rows of cells."""
    return [
        [[shown(each.items) for each in row.cells] for row in item.rows]
        if isinstance(item, WordTable)
        else "".join(piece.text for piece in item.pieces)
        for item in items
    ]


def p(inner: str) -> str:
    return f"<w:p>{inner}</w:p>"


def r(inner: str) -> str:
    return f"<w:r>{inner}</w:r>"


def t(text: str) -> str:
    return f"<w:t>{text}</w:t>"


def field(what: str) -> str:
    return r(f'<w:fldChar w:fldCharType="{what}"/>')


@pytest.mark.parametrize(
    ("inner", "text"),
    [
        (t(" 甲 "), "甲"),
        (t("甲 乙"), "甲 乙"),
        ('<w:t xml:space="preserve"> 甲 </w:t>', " 甲 "),
        ('<w:t xml:space="default"> 甲 </w:t>', "甲"),
        (t("\u3000甲\u00a0"), "\u3000甲\u00a0"),
        (t("甲\n乙\t丙"), "甲 乙 丙"),
        (t("a&lt;b"), "a<b"),
        (t("甲") + "<w:tab/>" + t("乙"), "甲\t乙"),
        (t("甲") + "<w:ptab/>" + t("乙"), "甲\t乙"),
        (t("甲") + "<w:br/>" + t("乙"), "甲\n乙"),
        (t("甲") + '<w:br w:type="textWrapping"/>' + t("乙"), "甲\n乙"),
        (t("甲") + '<w:br w:type="page"/>' + t("乙"), "甲乙"),
        (t("甲") + "<w:cr/>" + t("乙"), "甲\n乙"),
        (t("甲") + "<w:noBreakHyphen/>" + t("乙"), "甲-乙"),
        (t("甲") + "<w:delText>丙</w:delText><w:instrText>丁</w:instrText>" + t("乙"), "甲乙"),
        ('<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>' + t("2"), "²"),
        ('<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>' + t("3"), "³"),
        ('<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>' + t("1"), "1"),
        (t("2"), "2"),
        ("<w:rPr><w:vanish/></w:rPr>" + t("甲"), ""),
        ('<w:rPr><w:vanish w:val="0"/></w:rPr>' + t("甲"), "甲"),
    ],
)
def test_what_a_run_holds(inner: str, text: str) -> None:
    assert shown(read(p(r(inner) + r(t("末")))).items) == [f"{text}末"]


@pytest.mark.parametrize(
    ("inner", "text", "is_open"),
    [
        (field("begin") + r(t("代码")) + field("separate") + r(t("7")) + field("end") + r(t("页")), "7页", False),
        (field("begin") + r(t("代码")) + field("end") + r(t("页")), "页", False),
        # A field in the instructions of another, and in its result.
        (field("begin") + field("begin") + r(t("内")) + field("separate") + r(t("8")) + field("end") + field("separate") + r(t("7")) + field("end") + r(t("页")), "7页", False),
        (field("begin") + field("separate") + field("begin") + r(t("内")) + field("separate") + r(t("8")) + field("end") + field("end") + r(t("页")), "8页", False),
        # Said twice, or of no field.
        (field("begin") + field("separate") + field("separate") + r(t("7")) + field("end") + r(t("页")), "7页", False),
        (field("end") + field("separate") + r(t("页")), "页", False),
        # Without an end text is lost; without text nothing is.
        (field("begin") + r(t("页")), "", True),
        (field("begin"), "", False),
        (field("begin") + field("separate") + r(t("7")), "7", False),
    ],
)  # fmt: skip
def test_of_a_field_its_result_is_seen(inner: str, text: str, *, is_open: bool) -> None:
    made = read(p(inner))

    assert (shown(made.items), made.has_open_field) == ([text], is_open)


STRUCK = "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>"


@pytest.mark.parametrize(
    ("inner", "items", "changes"),
    [
        (p(f"<w:ins>{r(t('甲'))}</w:ins><w:del>{r(t('乙'))}</w:del>"), ["甲"], 2),
        (p(f"<w:moveTo>{r(t('甲'))}</w:moveTo><w:moveFrom>{r(t('乙'))}</w:moveFrom>"), ["甲"], 2),
        (p(STRUCK + r(t("甲"))) + p(r(t("乙"))) + p(r(t("丙"))), ["甲乙", "丙"], 1),
        (p(STRUCK + r(t("甲"))) + p(STRUCK + r(t("乙"))) + p(r(t("丙"))), ["甲乙丙"], 2),
        (p(STRUCK + r(t("甲"))), ["甲"], 1),
        # It cannot go on with a table, nor out of a cell.
        (p(STRUCK + r(t("甲"))) + "<w:tbl/>" + p(r(t("乙"))), ["甲", [], "乙"], 1),
        # Only the properties of a paragraph, not those of a run, say that its end is deleted.
        (p(r("<w:rPr><w:del/></w:rPr>" + t("甲"))) + p(r(t("乙"))), ["甲", "乙"], 1),
    ],
)
def test_what_is_there_if_all_changes_are_accepted(inner: str, items: list[Any], changes: int) -> None:
    made = read(inner)

    assert (shown(made.items), made.changes) == (items, changes)


def test_paragraphs_that_became_one_are_placed_at_the_first_and_look_as_the_last() -> None:
    first = '<w:p><w:pPr><w:pStyle w:val="a"/><w:rPr><w:del/></w:rPr></w:pPr>' + r(t("甲")) + "</w:p>"
    (joined, after) = read(first + p('<w:pPr><w:pStyle w:val="b"/></w:pPr>' + r(t("乙"))) + p("")).items

    assert isinstance(joined, WordParagraph)
    assert isinstance(after, WordParagraph)
    assert (joined.path(), joined.style, joined.is_struck) == ("body/p[1]", "b", False)
    assert after.path() == "body/p[3]"


def table(*rows: str) -> str:
    return f"<w:tbl>{''.join(rows)}</w:tbl>"


def tr(*cells: str, head: str = "") -> str:
    return f"<w:tr>{head}{''.join(f'<w:tc>{each}</w:tc>' for each in cells)}</w:tr>"


def test_tables_in_tables_and_what_comes_behind_them() -> None:
    inner = table(tr(p(r(t("里"))), p(r(t("内")))))
    made = read(
        p(r(t("上"))) + table(tr(p(r(t("甲"))) + inner + p(r(t("乙"))), p(r(t("丙"))))) + p(r(t("下")))
    )

    assert shown(made.items) == ["上", [[["甲", [[["里"], ["内"]]], "乙"], ["丙"]]], "下"]


@pytest.mark.parametrize(
    ("merge", "goes_on"),
    [
        ("", False),
        ("<w:vMerge/>", True),
        ('<w:vMerge w:val="continue"/>', True),
        ('<w:vMerge w:val="restart"/>', False),
    ],
)
def test_cells_and_rows_say_what_they_are(merge: str, *, goes_on: bool) -> None:
    deleted = "<w:trPr><w:del/></w:trPr>"
    made = read(
        table(
            tr(p(r(t("甲"))), f"<w:tcPr>{merge}</w:tcPr>" + p(r(t("乙")))),
            tr("<w:tcPr><w:cellDel/></w:tcPr>" + p(r(t("丙"))), head=deleted),
            tr(f"<w:tcPr>{deleted}</w:tcPr>" + p("")),
        )
    )
    (whole,) = made.items
    assert isinstance(whole, WordTable)

    assert [[each.goes_on for each in row.cells] for row in whole.rows] == [
        [False, goes_on],
        [False],
        [False],
    ]
    assert [[each.is_gone for each in row.cells] for row in whole.rows] == [[False, False], [True], [False]]
    # What is deleted in a cell is not its row.
    assert [row.is_gone for row in whole.rows] == [False, True, False]


@pytest.mark.parametrize(
    ("first_page", "expected"),
    [
        ("", ["footer b", "header c"]),
        ("<w:titlePg/>", ["header a", "footer b", "header c"]),
        ('<w:titlePg w:val="0"/>', ["footer b", "header c"]),
    ],
)
def test_heads_of_first_pages_are_shown_where_first_pages_have_their_own(
    first_page: str, expected: list[str]
) -> None:
    section = (
        '<w:sectPr><w:headerReference w:type="first" r:id="a"/><w:footerReference w:type="default" r:id="b"/>'
        f'<w:headerReference w:type="even" r:id="c"/>{first_page}</w:sectPr>'
    )
    made = read(p(f"<w:pPr>{section}</w:pPr>") + section)

    # Those of several sections are told once.
    assert [f"{each.kind} {each.relation}" for each in made.references] == expected


def test_what_one_section_has_of_its_own_is_not_that_of_the_next() -> None:
    first = '<w:sectPr><w:titlePg/><w:headerReference w:type="first" r:id="a"/></w:sectPr>'
    second = '<w:sectPr><w:headerReference w:type="first" r:id="b"/><w:footerReference/></w:sectPr>'

    assert [tuple(each) for each in read(p(f"<w:pPr>{first}</w:pPr>") + second).references] == [
        ("header", "a"),
        ("footer", ""),
    ]


def test_notes_are_referred_to_in_order_and_held_by_their_number() -> None:
    made = read(
        p(r('<w:footnoteReference w:id="2"/>') + r('<w:endnoteReference w:id="3"/>'))
        + p(r("<w:footnoteReference/>"))
    )

    assert [(kind, number) for kind, number, _ in made.notes] == [
        ("footnote", "2"),
        ("endnote", "3"),
        ("footnote", ""),
    ]
    assert [paragraph in made.items for _, _, paragraph in made.notes] == [True] * 3
    notes = PartReader(StyleSheet(), "footnotes")
    inner = f'<w:footnote w:type="separator" w:id="0">{p(r(t("线")))}</w:footnote>'
    inner += "".join(
        f'<w:footnote w:id="{at}">{p(r(t(text)))}</w:footnote>' for at, text in ((1, "甲"), (2, "乙"))
    )
    notes.read(root("footnotes", inner).encode())

    assert {number: shown(items) for number, items in notes.items_of_note.items()} == {
        "1": ["甲"],
        "2": ["乙"],
    }
    assert notes.items == []


def test_another_document_stands_for_a_paragraph_or_in_one() -> None:
    made = read(p(r(t("甲"))) + '<w:altChunk r:id="x"/>' + '<w:subDoc r:id="y"/>' + p('<w:subDoc r:id="z"/>'))

    paragraphs = [each for each in made.items if isinstance(each, WordParagraph)]
    assert [(each.path(), each.unread) for each in paragraphs] == [
        ("body/p[1]", []),
        ("body/altChunk[1]", ["document"]),
        ("body/altChunk[2]", ["document"]),
        ("body/p[2]", ["document"]),
    ]
    assert made.drawings.has_document
    assert not read(p("")).drawings.has_document
