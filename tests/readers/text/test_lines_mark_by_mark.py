"""Lines of a text mark by mark: what is a mark, what is content, how a line stands, and what is hidden."""

from __future__ import annotations

import codecs

import pytest

from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.location import Location
from bulletin_lint.model.reading import Line, Reading
from bulletin_lint.readers.text.encoding import decode, is_damaged
from bulletin_lint.readers.text.hidden import (
    Hidden,
    hidden,
    is_printed,
    preformatted,
    without_definitions,
    without_front_matter,
    without_hidden,
)
from bulletin_lint.readers.text.markdown import is_rule
from bulletin_lint.readers.text.reader import TextPlaces, read_text


def read(text: str, path: str = "a.md") -> Reading:
    return read_text(path, text.encode())


def words(reading: Reading, line: Line) -> str:
    return "".join(reading.text[start:end] for start, end in line.pieces)


def shown(text: str, path: str = "a.md") -> list[str]:
    reading = read(text, path)
    return [words(reading, line) if line.pieces else line.kind for line in reading.lines]


def stretches(reading: Reading, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [reading.text[start:end] for start, end in spans]


# --- lines ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "heading", "text"),
    [
        ("# 甲", 1, "甲"),
        ("###### 甲", 6, "甲"),
        ("####### 甲", 0, "####### 甲"),
        ("#甲", 0, "#甲"),
        ("## 甲 ##", 2, "甲"),
        ("## 甲##", 2, "甲##"),
        ("##\u3000甲", 2, "甲"),
        ("> ## 甲", 2, "甲"),
    ],
)
def test_a_heading_has_up_to_six_marks_and_a_space(line: str, heading: int, text: str) -> None:
    reading = read(line)
    (found,) = reading.lines

    assert (found.heading, words(reading, found)) == (heading, text)
    assert found.joins is (False if heading else None)


@pytest.mark.parametrize(
    ("line", "text", "indent", "joins"),
    [
        ("甲", "甲", 0, None),
        ("  甲", "甲", 2, None),
        ("\u3000\u3000甲", "甲", 4, None),
        ("\t甲", "甲", 4, None),
        ("\u2003甲", "甲", 2, None),
        ("- 甲", "甲", 0, False),
        ("* 甲", "甲", 0, False),
        ("+ 甲", "甲", 0, False),
        ("  - 甲", "甲", 2, False),
        ("-甲", "-甲", 0, None),
        ("* 要闻 *", "* 要闻 *", 0, None),
        ("* 甲*", "甲*", 0, False),
        ("> 甲", "甲", 0, False),
        (">  甲", "甲", 1, False),
        (">\u3000\u3000甲", "甲", 2, False),
        ("> > 甲", "甲", 0, False),
        (">50%的甲", ">50%的甲", 0, None),
        (">=3的甲", ">=3的甲", 0, None),
        ("&emsp;&emsp;甲", "甲", 4, None),
        ("&nbsp;甲", "甲", 1, None),
        ("<!-- x -->  甲", "甲", 2, None),
    ],
)
def test_a_line_stands_in_by_the_space_before_it(line: str, text: str, indent: int, joins: object) -> None:
    reading = read(line)
    (found,) = reading.lines

    assert (words(reading, found), found.indent, found.joins) == (text, indent, joins)


@pytest.mark.parametrize(
    ("content", "rule"),
    [
        ("---", True), ("--", False), ("***", True), ("___", True), ("===", True), ("———", True), ("——", False),
        ("- - -", True), ("★★★", True), ("★★", False), ("＊＊＊", True), ("……", False), ("…………", False),
        ("…" * 5, True), ("▬▬▬", True), ("〓〓〓〓", True), ("〓 要闻 〓", False), ("▓▓", False), ("-=-=-", True), ("-=-=", False), ("━━★━━━", True), ("━━★━━", False), ("┌──┐", False),
        ("┌───┐", True), ("--- x", False), ("★-----", True), ("────", True), ("一一一", False),
    ],
)  # fmt: skip
def test_a_rule_is_drawn_of_enough_strokes(content: str, *, rule: bool) -> None:
    assert is_rule(content) is rule


def test_rules_pages_and_blank_lines_are_gaps() -> None:
    reading = read("甲\n乙\n\n丙\n---\n丁\n— 2 —\n戊\f己\n")

    assert [(words(reading, line) or line.furniture or line.kind, line.gap) for line in reading.lines] == [
        ("甲", False), ("乙", False), ("丙", True), ("rule", False), ("丁", True), ("— 2 —", False),
        ("戊", True), ("page-break", False), ("己", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "joins"),
    [
        ("甲\n> 乙\n> 丙\n丁", [None, False, None, None]),
        ("> 甲\n\n乙", [False, False]),
        ("> 甲\n\n> 乙", [False, None]),
        ("> 甲\n乙\n丙", [False, None, None]),
    ],
)
def test_a_quotation_begins_and_ends_paragraphs(text: str, joins: list[object]) -> None:
    assert [line.joins for line in read(text).lines] == joins


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("| 甲 | 乙 |\n|---|---|\n| 丙 | 丁 |", [["甲", "乙"], ["丙", "丁"]]),
        ("甲 | 乙\n--- | ---\n丙 | 丁", [["甲", "乙"], ["丙", "丁"]]),
        ("甲 | 乙\n:-: | -:\n丙", [["甲", "乙"]]),
        ("| 甲 | 乙 |", [["甲", "乙"]]),
        ("| 甲 |  |", [["甲", ""]]),
        ("| 甲 \\| 乙 | 丙 |", [["甲 \\| 乙", "丙"]]),
        ("| **甲** | 乙 |", [["甲", "乙"]]),
        ("甲 | 乙", []),
        ("|甲", []),
        ("甲 | 乙\n\n--- | ---", []),
        ("# 甲 | 乙\n--- | ---", [["甲", "乙"]]),
    ],
)
def test_a_table_is_told_by_its_bars(text: str, rows: list[list[str]]) -> None:
    reading = read(f"首\n\n{text}")
    found = [
        [
            "".join(reading.text[start:end] for start, end in line.pieces if first <= start < last)
            for first, last in line.cells
        ]
        for line in reading.lines
        if line.kind == "table"
    ]

    assert found == [[cell.replace("\\|", "|") for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("**甲。**乙", ["甲。"]),
        ("__甲__", ["甲"]),
        ("*甲*", []),
        ("***甲***", ["甲"]),
        ("**甲**乙**丙**", ["甲", "丙"]),
        ("**甲", []),
        ("甲** 乙**", []),
        ("<b>甲</b>乙", ["甲"]),
        ("甲__乙__丙", []),
        ("*****甲*****", []),
        ("5**3**2", []),
    ],
)
def test_bold_is_what_stands_between_its_marks(text: str, bold: list[str]) -> None:
    reading = read(text)

    assert [each for line in reading.lines for each in stretches(reading, line.bold)] == bold


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("[甲](a.docx)乙", "甲乙"),
        ("[2020](11)", "[2020](11)"),
        ("[甲](<通知 2.md>)", "甲"),
        ('[甲](a.md "题")', "甲"),
        ("[甲](通知(2).pdf)", "甲"),
        ("[[甲](a.md)](b.md)", "甲"),
        ("甲![图](a.png)乙", "甲乙"),
        ("甲\\*乙", "甲*乙"),
        ("甲\\乙", "甲\\乙"),
        ("`甲*乙*`", "甲*乙*"),
        ("``甲`乙``", "甲`乙"),
        ("`甲", "`甲"),
        ("<https://a.cn/>", "https://a.cn/"),
        ("<a@b.cn>", "a@b.cn"),
        ("<span class='x'>甲</span>", "甲"),
        ("<甲>", "<甲>"),
        ("<custom>甲</custom>", "<custom>甲</custom>"),
        ("甲&nbsp;乙", "甲乙"),
        ("甲&amp;乙", "甲&amp;乙"),
        ("*甲*乙", "甲乙"),
        ("5*3*2", "5*3*2"),
        ("甲*乙", "甲*乙"),
        ("____", "rule"),
    ],
)
def test_marks_are_taken_off_and_nothing_else(text: str, seen: str) -> None:
    assert shown(f"首\n{text}")[1:] == [seen]


def test_what_is_code_or_an_address_is_kept_letter_by_letter() -> None:
    reading = read("甲`a b`乙<https://c.cn/>\n\n<pre>\n丙\n`d`\n</pre>\n\n<code>e</code>\n")

    assert stretches(reading, reading.verbatim) == ["a b", "https://c.cn/", "\n丙\n`d`\n", "e"]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("甲<br>乙", ["甲", "乙"]),
        ("<p>甲</p><p>乙</p>", ["甲", "乙"]),
        ("甲<hr>乙", ["甲", "rule", "乙"]),
        ("<h2>甲</h2>乙", ["甲", "乙"]),
        ("<tr><td>甲</td><td>乙</td></tr>", ["甲乙"]),
    ],
)
def test_tags_that_end_lines_end_them(text: str, lines: list[str]) -> None:
    assert shown(text) == lines


def test_a_heading_or_a_row_of_html_is_one() -> None:
    heading, below = read("<h2>甲</h2>乙").lines
    assert (heading.heading, below.heading, below.joins) == (2, 0, False)
    reading = read("<tr><td>甲</td><td> 乙 </td></tr>")
    (row,) = reading.lines
    assert (row.kind, stretches(reading, row.cells)) == ("table", ["甲", "乙"])
    # Two breaks with nothing between them are a blank line.
    assert [line.gap for line in read("甲<br><br>乙<br>丙").lines] == [False, True, False]


def test_a_line_is_closed_by_the_mark_of_a_link() -> None:
    assert [line.closed for line in read("[甲](a.md)\n[乙](b.md)丙\n丁").lines] == [True, False, False]


# --- what is hidden ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("甲<!-- x -->乙", [(1, 11, True)]),
        ("<!-->甲", [(0, 5, True)]),
        ("<!-- 甲", []),
        ("```\na\n```\n甲", [(0, 9, False)]),
        ("````\n```\n````", [(0, 13, False)]),
        ("```\na", [(0, 3, False)]),
        ("~~~\na\n~~~", [(0, 9, False)]),
        ("~~~\na", []),
        ("~~~~~\na\n~~~~~", []),
        ("  ```x\na\n  ```", [(0, 14, False)]),
        ("甲```\na\n```", [(7, 10, False)]),
        ("```a`b\n", []),
        ("<!-- a --><!-- b -->", [(0, 10, True), (10, 20, True)]),
    ],
)
def test_comments_and_fenced_code_are_hidden(text: str, found: list[tuple[int, int, bool]]) -> None:
    assert list(hidden(text)) == [Hidden(*each) for each in found]


def test_of_what_is_printed_only_waivers_are_hidden() -> None:
    text = "<!-- a --><!-- bulletin-lint: x -->\n```\nb\n```<!--bulletin-lint：y--><!-- bulletin-lint: z"

    assert [text[start:end] for start, end, _ in hidden(text, is_printed=True)] == [
        "<!-- bulletin-lint: x -->",
        "<!--bulletin-lint：y-->",
    ]
    assert [is_printed(path) for path in ("a.txt", "A.TXT", "a.text", "a.md", "txt")] == [
        True,
        True,
        True,
        False,
        False,
    ]


def test_what_is_hidden_is_blotted_out_without_moving_anything() -> None:
    text = "甲<!-- x\ny -->乙\n```\nz\n```"
    work = without_hidden(text, is_printed=False)

    assert len(work) == len(text)
    assert work == "甲" + "\0" * 6 + "\n" + "\0" * 5 + "乙\n   \n \n   "


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("---\ntitle: 甲\n---\n乙", 17),
        ("---\ntitle: 甲\n...\n乙", 17),
        ("---\r\ntitle: 甲\r\n---\r\n乙", 19),
        ("---\n- a\n---\n乙", 0),
        ("---\n---\n乙", 0),
        ("---\ntitle: 甲\n", 0),
        ("---\n正文一行。\n---\n", 0),
        ("---\na: |\n  乙\n\n# 注\n---\n", 24),
        ("+++\ntitle = '甲'\n[x]\n+++\n乙", 23),
        ("+++\ntitle: 甲\n+++\n乙", 0),
        ('{\n"a": 1,\n}\n乙', 11),
        ("a\n---\nb: 1\n---\n", 0),
        ("---\na: [\n正文\n]\n---\n乙", 18),
        ('---\na: """\n正文 b\n"""\n---\n乙', 23),
        ("---\na: 'x\n正文'\n---\n乙", 17),
    ],
)
def test_front_matter_is_what_holds_nothing_else(text: str, length: int) -> None:
    work = without_front_matter(text)

    assert len(work) == len(text)
    assert work[length:] == text[length:]
    assert not work[:length].strip()
    assert work[:length].count("\n") == text[:length].count("\n")


@pytest.mark.parametrize(("count", "is_taken"), [(198, True), (199, False)])
def test_front_matter_ends_within_two_hundred_lines(count: int, *, is_taken: bool) -> None:
    text = "---\n" + "a: b\n" * count + "---\n甲"

    assert (without_front_matter(text) != text) is is_taken


@pytest.mark.parametrize(
    ("text", "work"),
    [
        ("见[手册][m]。\n[m]: a.md\n", "见[手册](:)。\n" + "\0" * 9 + "\n"),
        ("见[m]。\n[m]: <a.md>\n", "见\0m\0。\n" + "\0" * 11 + "\n"),
        ('见[M n][]。\n[m  N]: a.md "题"\n', "见\0M n\0\0\0。\n" + "\0" * 16 + "\n"),
        ("见[手册][x]。\n[m]: a.md\n", "见[手册][x]。\n[m]: a.md\n"),
        ("见[手册][m]。\n[m]: 甲\n", "见[手册][m]。\n[m]: 甲\n"),
        ("见[手册](m)。\n[m]: a.md\n", "见[手册](m)。\n[m]: a.md\n"),
        ("见[^1]。\n[^1]: a.md\n", "见[^1]。\n[^1]: a.md\n"),
    ],
)
def test_targets_on_lines_of_their_own_belong_to_links(text: str, work: str) -> None:
    assert without_definitions(text) == work


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("<pre>\na\n</pre>", ["\na\n"]),
        ("<pre>a</pre>", []),
        ("<pre class='x'>\na</pre><pre>\nb</pre>", ["\na", "\nb"]),
        ("<pre>\na", []),
        ("<prefix>\na</pre>", []),
    ],
)
def test_what_stands_between_tags_on_several_lines_is_preformatted(text: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in preformatted(text)] == found


# --- encodings and places ------------------------------------------------------------------------------

HAN = "松湖区召开现场会，部署春耕备耕工作。"


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (b"\x84\x31\x95\x33", "gb18030"),
    ],
)
def test_a_byte_order_mark_says_the_encoding(mark: bytes, encoding: str) -> None:
    assert decode("a.md", mark + HAN.encode(encoding)) == (HAN, encoding, True)


@pytest.mark.parametrize(("share", "is_believed"), [(3, True), (4, False)])
def test_gb18030_is_believed_where_three_of_four_are_common(share: int, *, is_believed: bool) -> None:
    # 12 common ones and some that are of level two.
    data = ("松湖区召开现场会部署春"[:12] + "囿囿囿囿"[:share] + "一").encode("gb18030")

    if is_believed:
        assert decode("a.md", data).encoding == "gb18030"
    else:
        data = ("松湖区召开现场会部署" + "囿囿囿囿").encode("gb18030")
        with pytest.raises(SourceError):
            decode("a.md", data)


@pytest.mark.parametrize(("count", "damaged"), [(10, True), (9, False)])
def test_a_text_is_damaged_where_few_bytes_are_wrong(count: int, *, damaged: bool) -> None:
    # One wrong byte among ten characters beyond ASCII, itself counted.
    data = ("甲" * (count - 1)).encode() + b"\xff" + b"abc" * 20

    assert is_damaged(data, "utf-8") is damaged


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (("甲" * 20 + "\n乙").encode() + b"\xff" + ("丙" * 20).encode(), "line 2, byte 4 (0xFF)"),
        (b"\xff" + ("丙" * 20).encode(), "line 1, byte 1 (0xFF)"),
        (("甲\r\n\r" + "乙" * 20).encode() + b"\xfe", "line 3, byte 61 (0xFE)"),
    ],
)
def test_a_wrong_byte_is_told_with_its_place(data: bytes, place: str) -> None:
    with pytest.raises(SourceError) as raised:
        decode("a.md", data)
    assert raised.value.wording.en == f"invalid UTF-8 at {place}; save the file as UTF-8."


def test_a_wrong_byte_of_utf_16_is_told_by_its_number() -> None:
    with pytest.raises(SourceError) as raised:
        decode("a.md", codecs.BOM_UTF16_LE + "甲".encode("utf-16-le") + b"\x00")
    assert "invalid UTF-16 at byte 5 of the file" in raised.value.wording.en


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04\0\0word/x", "this is a Word document: its name should end in .docx."),
        (b"PK\x03\x04\0\0opendocument.text", "this is an OpenDocument text: its name should end in .odt."),
        (b"\xd0\xcf\x11\xe0W\0o\0r\0d\0", "this is an old Word document: its name should end in .doc."),
        (b"PK\x03\x04\0\0", "not a text file (it holds NUL bytes)"),
        (b"word/\0", "not a text file (it holds NUL bytes)"),
        (b"\xff\xfe\0\0a", "UTF-32 is not supported"),
        (b"\0\0\xfe\xffa", "UTF-32 is not supported"),
        (codecs.BOM_UTF16_LE + b"a\0\0\0", "not a text file"),
        (b" \xe3\x80\x80\n", "the file is empty"),
        (codecs.BOM_UTF8, "the file is empty"),
    ],
)
def test_what_is_no_text_is_called_what_it_is(data: bytes, said: str) -> None:
    with pytest.raises(SourceError) as raised:
        decode("a.md", data)
    assert raised.value.path == "a.md"
    assert raised.value.wording.en.startswith(said)


def test_places_are_lines_and_columns_whatever_ends_the_lines() -> None:
    places = TextPlaces("甲乙\r\n丙\r丁\n")

    assert places.locate(0, 2) == Location(1, 1, 1, 3)
    assert places.locate(4, 5) == Location(2, 1, 2, 2)
    assert places.locate(1, 6) == Location(1, 2, 3, 1)
    assert [places.line_text(number) for number in (1, 2, 3, 4, 2)] == ["甲乙", "丙", "丁", "", "丙"]
