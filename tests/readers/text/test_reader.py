from __future__ import annotations

import codecs
import pickle
import random
import re
import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.location import Location
from bulletin_lint.model.reading import Line, Reading
from bulletin_lint.readers.text.reader import read_text

PARAGRAPH = "图书馆在少年宫旁装好了自助借书柜，供孩子们放学后借阅。"


def read(text: str) -> Reading:
    return read_text("2020/11.md", text.encode())


def content(reading: Reading, line: Line) -> str:
    return "".join(reading.text[start:end] for start, end in line.pieces)


def contents(text: str) -> list[str]:
    reading = read(text)
    return [content(reading, line) for line in reading.lines]


def only_line(text: str) -> Line:
    (line,) = read(text).lines
    return line


def bold(text: str) -> list[str]:
    reading = read(text)
    return [reading.text[start:end] for line in reading.lines for start, end in line.bold]


def furniture(text: str) -> list[tuple[str, str]]:
    reading = read(text)
    return [(line.furniture, content(reading, line)) for line in reading.lines if line.kind == "furniture"]


def error_of(data: bytes) -> SourceError:
    with pytest.raises(SourceError) as raised:
        read_text("2020/11.md", data)
    assert raised.value.path == "2020/11.md"
    return raised.value


# Encodings


@pytest.mark.parametrize(
    ("data", "encoding", "bom"),
    [
        ("第 11 期".encode(), "utf-8", False),
        (codecs.BOM_UTF8 + "第 11 期".encode(), "utf-8", True),
        (codecs.BOM_UTF16_LE + "第 11 期".encode("utf-16-le"), "utf-16-le", True),
        (codecs.BOM_UTF16_BE + "第 11 期".encode("utf-16-be"), "utf-16-be", True),
        ("第 11 期".encode("gb18030"), "gb18030", False),
        ("\ufeff第 11 期".encode("gb18030"), "gb18030", True),
        (b"No. 11", "utf-8", False),
    ],
)
def test_encodings(data: bytes, encoding: str, bom: bool) -> None:  # noqa: FBT001
    reading = read_text("11.md", data)
    assert (encoding, bom) == (reading.encoding, reading.bom)
    assert reading.text in ("第 11 期", "No. 11")
    # The mark is outside the columns.
    assert Location(1, 1, 1, 2) == reading.places.locate(0, 1)


@given(
    st.text(st.sampled_from("甲乙丙丁第期年月日，。、 1\n")).map(lambda tail: "简报" + tail),
    st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "gb18030"]),
    st.booleans(),
)
def test_bytes_can_be_made_again_from_what_was_read(text: str, encoding: str, bom: bool) -> None:  # noqa: FBT001
    mark = "\ufeff" if bom or encoding.startswith("utf-16") else ""
    data = (mark + text).encode(encoding)
    reading = read_text("11.md", data)
    assert text == reading.text
    assert reading.encoding is not None
    assert data == (("\ufeff" if reading.bom else "") + reading.text).encode(reading.encoding)


def test_gb18030_with_rare_names_is_believed() -> None:
    # 玥, 垚 and 骉 are outside GB2312's first level; a few of them are what names are made of.
    text = f"责任编辑：刘玥、王垚、马骉\n{PARAGRAPH}\n"
    assert read_text("11.txt", text.encode("gb18030")).text == text


@pytest.mark.parametrize("seed", range(20))
def test_utf8_with_a_bad_byte_is_not_taken_for_gb18030(seed: int) -> None:
    chooser = random.Random(seed)
    data = bytearray((PARAGRAPH * 5).encode())
    data[chooser.randrange(len(data))] = chooser.choice([0x80, 0xC0, 0xE5, 0xFF])
    try:
        data.decode()
    except UnicodeDecodeError:
        assert "invalid UTF-8 at line 1" in str(error_of(bytes(data)))


def test_a_bad_byte_has_a_line_and_a_byte() -> None:
    data = f"{PARAGRAPH}\r\n{PARAGRAPH}\r第".encode() + b"\xff" + f"期\n{PARAGRAPH}".encode()
    error = error_of(data)
    assert error.describe("en") == (
        "2020/11.md: invalid UTF-8 at line 3, byte 4 (0xFF); save the file as UTF-8."
    )
    assert error.describe("zh") == "2020/11.md: UTF-8 编码无效：第 3 行第 4 个字节（0xFF）；请另存为 UTF-8。"


def test_a_bad_byte_in_gb18030_is_said_of_gb18030() -> None:
    data = PARAGRAPH.encode("gb18030") + b"\n\xff\n" + PARAGRAPH.encode("gb18030")
    assert "invalid GB18030 at line 2, byte 1 (0xFF)" in str(error_of(data))


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("雲溪市精神文明工作簡報，各區文明辦開展活動。".encode("big5"), id="big5"),
        pytest.param("café crème à la française".encode("latin-1"), id="latin-1"),
        pytest.param(codecs.BOM_UTF8 + "第".encode()[:2], id="cut after a BOM"),
    ],
)
def test_other_encodings_are_refused(data: bytes) -> None:
    assert "save the file as UTF-8" in str(error_of(data))


def test_cut_utf16_is_refused() -> None:
    error = error_of(codecs.BOM_UTF16_LE + "第期".encode("utf-16-le")[:-1])
    assert str(error) == "invalid UTF-16 at byte 5 of the file; save the file as UTF-8."


@pytest.mark.parametrize("codec", ["utf-32-le", "utf-32-be"])
def test_utf32_is_refused_by_name(codec: str) -> None:
    assert "UTF-32 is not supported" in str(error_of("\ufeff第11期".encode(codec)))


@pytest.mark.parametrize("data", [b"", b" \n\t", "\u3000\n".encode(), codecs.BOM_UTF8, codecs.BOM_UTF16_LE])
def test_empty_files_are_refused(data: bytes) -> None:
    assert str(error_of(data)) == "the file is empty: nothing to check."


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04\0\0", "第11期".encode("utf-16-le") + b"\0", codecs.BOM_UTF16_LE + b"a\0\0\0"]
)
def test_what_holds_nul_is_no_text(data: bytes) -> None:
    error = error_of(data)
    assert "not a text file (it holds NUL bytes)" in str(error)


@pytest.mark.parametrize(("data", "kind"), [(b"%PDF-1.7\n", "PDF"), (rb"{\rtf1 x}", "RTF")])
def test_another_kind_of_file_under_a_texts_name(data: bytes, kind: str) -> None:
    assert f"this is a{'n' if kind == 'RTF' else ''} {kind} file" in str(error_of(data))


@pytest.mark.parametrize("text", ["<!-- 只有注释 -->", "---\n", "— 1 —\f— 2 —\f", "```\n代码\n```"])
def test_a_file_without_text_is_refused(text: str) -> None:
    assert "the file has no text" in str(error_of(text.encode()))


# Places


def test_line_texts_have_no_line_break() -> None:
    places = read("甲\r\n乙\r\n\r\n丙\r丁\n\n戊").places
    assert ["甲", "乙", "", "丙", "丁", "", "戊"] == [places.line_text(line) for line in range(1, 8)]


def test_an_empty_span_has_a_place() -> None:
    assert Location(2, 2, 2, 2) == read("甲\n乙").places.locate(3, 3)


def test_a_reading_can_go_to_another_process() -> None:
    reading = read("甲\n乙")
    again = pickle.loads(pickle.dumps(reading))
    assert again.lines == reading.lines
    assert again.places.locate(2, 3) == reading.places.locate(2, 3)


# Lines


def test_a_line_knows_how_it_stood() -> None:
    reading = read("　　甲\n\n \t 乙 \n丙")
    assert reading.lines == (
        Line(((2, 3),), indent=4),
        Line(((8, 9),), indent=6, gap=True),
        Line(((11, 12),)),
    )


@pytest.mark.parametrize(
    ("text", "level", "shown"),
    [
        ("# 甲", 1, "甲"),
        ("###### 甲", 6, "甲"),
        ("#　甲", 1, "甲"),
        ("  ## 甲 ##", 2, "甲"),
        ("## 一、**甲**", 2, "一、甲"),
        ("## 甲##", 2, "甲##"),
        ("## #学雷锋#", 2, "#学雷锋#"),
        ("#1 号楼", 0, "#1 号楼"),
        ("#学雷锋#", 0, "#学雷锋#"),
        ("####### 甲", 0, "####### 甲"),
        ("> # 甲", 1, "甲"),
        ("<h2 align=center>甲</h2>", 2, "甲"),
    ],
)
def test_headings(text: str, level: int, shown: str) -> None:
    line = only_line(text)
    assert (level, shown) == (line.heading, contents(text)[0])
    assert line.joins is (False if level else None)


def test_a_heading_without_words_is_a_blank_line() -> None:
    assert [False, True] == [line.gap for line in read("甲\n##\n乙").lines]


@pytest.mark.parametrize(
    "rule",
    [
        "---", "***", "___", "- - -", "===", "~~~", "━━━", "───", "—————", "－－－－－", "＿＿＿＿＿",
        "━━━★━━━", "  -----  ", "<hr>", "<hr/>", "-=-=-=",
    ],
)  # fmt: skip
def test_rules(rule: str) -> None:
    text = f"甲\n{rule}\n乙"
    assert ["text", "rule", "text"] == [line.kind for line in read(text).lines]
    assert ["甲", "", "乙"] == contents(text)
    assert read(text).lines[2].gap


@pytest.mark.parametrize("text", ["--", "——", "★", "★★★", "- -", "－－－", "…………", "一一一一一"])
def test_what_is_too_short_for_a_rule(text: str) -> None:
    assert only_line(text).kind == "text"


@pytest.mark.parametrize(
    ("text", "shown", "joins"),
    [
        ("- 甲", "甲", False),
        ("* 甲", "甲", False),
        ("+ 甲", "甲", False),
        ("-甲", "-甲", None),
        ("*甲", "*甲", None),
        ("+86 10 5556 9506", "+86 10 5556 9506", None),
        ("> 甲", "甲", False),
        (">甲", "甲", False),
        ("> > 甲", "甲", False),
        (">50% 为优", ">50% 为优", None),
        (">=3 人", ">=3 人", None),
        ("1. 甲", "1. 甲", None),
        ("· 工作动态", "· 工作动态", None),
        ("★ 甲", "★ 甲", None),
        ("◆甲", "◆甲", None),
    ],
)
def test_bullets_and_quotes(text: str, shown: str, joins: bool | None) -> None:  # noqa: FBT001
    assert ([shown], joins) == (contents(text), only_line(text).joins)


def test_only_the_first_line_of_a_quote_begins_something() -> None:
    assert [None, False, None, None, False] == [line.joins for line in read("甲\n> 乙\n> 丙\n丁\n> 戊").lines]
    assert [False, True] == [line.gap for line in read("> 乙\n>\n> 丙").lines]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("**甲。**乙", "甲。乙"),
        ("甲**乙**丙", "甲乙丙"),
        ("__甲__ 乙", "甲 乙"),
        ("*甲*", "甲"),
        ("***甲***", "甲"),
        ("**甲*乙*丙**", "甲乙丙"),
        ("**甲****乙**", "甲乙"),
        ("**“甲”**（乙）**丙**", "“甲”（乙）丙"),
        ("**甲*乙**", "甲*乙"),
        ("5*3=15，6*2=12", "5*3=15，6*2=12"),
        ("2**3**4", "2**3**4"),
        ("甲 * 乙 * 丙", "甲 * 乙 * 丙"),
        ("**甲", "**甲"),
        ("甲***乙", "甲***乙"),
        ("密码****，电话138****5678", "密码****，电话138****5678"),
        ("**** 甲", "**** 甲"),
        ("于____年__月__日", "于____年__月__日"),
        ("jian_bao_2020@163.com", "jian_bao_2020@163.com"),
        ("甲_乙_丙", "甲_乙_丙"),
        (r"\*甲\* \# \_", "*甲* # _"),
        ("甲\\", "甲"),
        (r"C:\简报", r"C:\简报"),
        ("`**甲**`", "**甲**"),
        ("`甲", "`甲"),
        ("[甲](http://a.cn/_x_y_) 乙", "甲 乙"),
        ('[甲](a.html "题") 乙', "甲 乙"),
        ("[**甲**](a.html)", "甲"),
        ("[2020](11)", "[2020](11)"),
        ("[甲](见附件)", "[甲](见附件)"),
        ("甲](a.b)", "甲](a.b)"),
        ("[甲]乙](a.b)", "[甲]乙](a.b)"),
        ("![图](a.png)甲", "甲"),
        ("[![图](a.png)甲](b.html)", "甲"),
        ("![图[乙](b.cn)](a.png)甲", "甲"),
        ('<img src="a.png">甲', "甲"),
        ("甲<专报>乙<foo>", "甲<专报>乙<foo>"),
        ("*甲 _乙* 丙_", "甲 _乙 丙_"),
        ("# 甲 <!-- 注 -->", "甲"),
        ("<https://a.cn/b_c_d>", "https://a.cn/b_c_d"),
        ("<jb@163.com>", "jb@163.com"),
        ("<u>甲</u><font color='red'>乙</font>", "甲乙"),
        ("3<5，甲<乙>", "3<5，甲<乙>"),
        ("甲<!-- 注 -->乙", "甲乙"),
        ("第&nbsp;11&nbsp;期", "第11期"),
        ("A&amp;B", "A&amp;B"),
        ("甲  ", "甲"),
        ("** 甲 **", "** 甲 **"),
        ("<b> 甲 </b>", "甲"),
    ],
)
def test_marks_inside_a_line(text: str, shown: str) -> None:
    assert [shown] == contents(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**甲。**乙", ["甲。"]),
        ("__甲__", ["甲"]),
        ("***甲***", ["甲"]),
        ("**甲 __乙__ 丙**", ["甲 __乙__ 丙"]),
        ("*甲*", []),
        ("**甲****乙**", ["甲", "乙"]),
        ("甲<strong>乙</strong><b>丙</b>", ["乙", "丙"]),
        ("**甲<br>乙**", ["甲", "乙"]),
        ("| **甲** | 乙 |", ["甲"]),
        ("丁**", []),
    ],
)
def test_bold(text: str, expected: list[str]) -> None:
    assert expected == bold(text)


def test_breaks_of_html_end_lines() -> None:
    assert ["第 11 期", "(总第 2120 期)"] == contents("第 11 期<br>(总第 2120 期)")
    assert [False, True] == [line.gap for line in read("甲<br><br/>乙").lines]
    lines = read("<p>甲</p><p>乙</p>").lines
    assert [False, False] == [line.joins for line in lines]
    assert ["甲", "乙"] == contents("<p>甲</p><p>乙</p>")


def test_space_by_entities_counts_as_indent() -> None:
    assert 5 == only_line("&emsp;&#12288;&nbsp;甲").indent
    assert ["甲", "乙"] == contents("甲&nbsp;\n&emsp;乙")


def test_a_picture_alone_is_a_gap() -> None:
    text = "甲\n![图](a.png)\n乙"
    assert (["甲", "乙"], True) == (contents(text), read(text).lines[1].gap)


def test_comments_are_as_good_as_not_there() -> None:
    text = (
        "甲\n<!-- bulletin-lint: ignore-next-line[SEC001] 原文如此 -->\n乙<!-- 一\n二 -->丙\n<!-- 完 --> # 丁"
    )
    assert ["甲", "乙", "丙", "丁"] == contents(text)
    assert [False, False, False, False] == [line.gap for line in read(text).lines]


def test_an_unclosed_comment_hides_nothing() -> None:
    assert ["甲", "<!-- 乙", "丙"] == contents("甲\n<!-- 乙\n丙")
    assert ["甲"] == contents("<!-->甲")


def test_fenced_code_is_left_out() -> None:
    text = "甲\n```yaml\n第l1期 <!-- 不是注释\n```\n乙 -->"
    assert ["甲", "乙 -->"] == contents(text)
    assert read(text).lines[1].gap


def test_an_unclosed_fence_hides_nothing_but_itself() -> None:
    # Four backticks are not closed by three; the three below them are a pair of their own.
    assert ["甲", "乙", "丁"] == contents("甲\n````\n乙\n```\n丙\n```\n丁")


def test_front_matter_is_left_out() -> None:
    assert ["甲"] == contents("---\ntitle: 简报\ntags:\n  - 甲\n# 注\n---\n甲")
    assert ["甲"] == contents("---\r\ntitle: 简报\r\n---\r\n甲")


@pytest.mark.parametrize(
    "text",
    [
        "---\n云溪市精神文明工作简报\n---\n甲",
        "---\n---\n甲",
        "---\n责编：甲\n---\n乙",
        "---\ntitle: 简报\n甲",
        "---\ntitle: 简报",
        "----\ntitle: 简报\n---",
    ],
)
def test_a_rule_at_the_top_is_no_front_matter(text: str) -> None:
    assert "rule" == read(text).lines[0].kind


def cells(text: str) -> list[list[str]]:
    reading = read(text)
    return [
        [reading.text[start:end] for start, end in line.cells]
        for line in reading.lines
        if line.kind == "table"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| 甲 | 乙 |\n|---|:-:|\n| 1 |  |", [["甲", "乙"], ["1", ""]]),
        ("甲 | 乙\n--- | ---\n1 | 2\n\n丙 | 丁", [["甲", "乙"], ["1", "2"]]),
        ("<table><tr><td>**甲**</td><td>乙</td></tr></table>", [["甲", "乙"]]),
        (r"| a\|b | `c` |", [[r"a\|b", "c"]]),
        ("| 甲 | 乙", [["甲", "乙"]]),
        (
            "<table><tr><th>甲</th><th></th></tr><tr><td>*1</td><td>2*</td></tr></table>",
            [["甲", ""], ["*1", "2*"]],
        ),
        ("|甲", []),
        ("甲 | 乙", []),
        ("甲 | 乙\n\n--- | ---", []),
        ("甲\n--- | ---", []),
    ],
)
def test_tables(text: str, expected: list[list[str]]) -> None:
    assert expected == cells(text)


def test_a_table_ends_where_there_is_no_bar() -> None:
    kinds = [line.kind for line in read("| 甲 | 乙 |\n|---|---|\n丙\n丁 | 戊").lines]
    assert ["table", "text", "text"] == kinds


def test_the_pieces_of_a_row_lie_in_its_cells() -> None:
    reading = read("| **甲**乙 | 丙 |")
    assert ["甲", "乙", "丙"] == [reading.text[start:end] for start, end in reading.lines[0].pieces]
    assert (False, ["甲**乙", "丙"]) == (reading.lines[0].joins, cells("| **甲**乙 | 丙 |")[0])


# Furniture


@pytest.mark.parametrize(
    "number",
    [
        "— 2 —", "- 2 -", "-2-", "－２－", "―2―", "· 2 ·", "第 2 页", "第2页 共4页", "第二页", "第2页/共4页",
        "第 2 页（共 4 页）", "共4页 第2页", "2 / 4", "2/4", "Page 2 of 4", "page 2",
    ],
)  # fmt: skip
def test_page_numbers(number: str) -> None:
    assert [("page-number", number)] == furniture(f"甲\n  {number} \n乙")
    assert [False, False, True] == [line.gap for line in read(f"甲\n{number}\n乙").lines]


@pytest.mark.parametrize(
    "text",
    [
        "第 11 期", "第2页第3行", "2020", "4/2", "1/1", "- 2 项", "—— 2", "共印 260 份", "2 月 4 日",
        "- 2020 -", "12", "- -", "P2P 平台", "第 2 页所列的各项任务由各区文明办分别负责落实完成",
    ],
)  # fmt: skip
def test_what_is_no_page_number(text: str) -> None:
    assert [] == furniture(f"甲\n{text}\n乙")


def test_bare_numbers_are_page_numbers_when_they_count_up_a_page_apart() -> None:
    page = PARAGRAPH * 5
    assert [("page-number", "1"), ("page-number", "2")] == furniture(f"{page}\n1\n{page}\n2\n{page}")
    assert read(f"{page}\n1\n{page}\n2\n{page}").lines[2].gap
    # The numbers of a table's rows, an odd number, numbers that do not count.
    assert [] == furniture("1\n甲\n2\n乙\n3\n丙")
    assert [] == furniture(f"{page}\n7\n{page}")
    assert [] == furniture(f"{page}\n7\n{page}\n3\n{page}")


def test_a_form_feed_is_a_page_break() -> None:
    reading = read("甲\f乙\n\f\n丙")
    assert ["text", "furniture", "text", "furniture", "text"] == [line.kind for line in reading.lines]
    assert {"page-break"} == {line.furniture for line in reading.lines if line.kind == "furniture"}
    assert [(), ()] == [line.pieces for line in reading.lines if line.kind == "furniture"]
    assert [False, False, True, False, True] == [line.gap for line in reading.lines]
    assert Location(1, 3, 1, 4) == reading.places.locate(*reading.lines[2].pieces[0])


def test_running_heads_stand_at_page_breaks() -> None:
    head = "情况简报 2020年第11期"
    pages = "\f".join(f"{head}\n{PARAGRAPH}\n{number}" for number in range(4))
    expected = [("running-head", head)] * 3
    assert expected == [found for found in furniture(pages) if found[0] == "running-head"]
    # The first is the masthead's own title, which the others repeat.
    assert head == contents(pages)[0]
    assert read(pages).lines[0].kind == "text"


def test_a_running_head_that_says_the_title_stands_at_one_break() -> None:
    pages = f"教 学 简 报\n第14期\n{PARAGRAPH}\n1 / 2\n实验中学教学简报\n{PARAGRAPH}\n2 / 2"
    assert [
        ("page-number", "1 / 2"),
        ("running-head", "实验中学教学简报"),
        ("page-number", "2 / 2"),
    ] == furniture(pages)
    # Another line there is text.
    assert [("page-number", "1 / 2")] == furniture(
        f"教 学 简 报\n{PARAGRAPH}\n1 / 2\n物理组开展实验\n{PARAGRAPH}"
    )


def test_running_heads_with_a_page_in_them() -> None:
    pages = "\f".join(f"{PARAGRAPH}{number}\n情况简报　第 {number} 页" for number in range(1, 5)) + "\f"
    assert 4 == sum(kind == "running-head" for kind, _ in furniture(pages))


def test_lines_that_repeat_elsewhere_are_no_running_heads() -> None:
    assert {"page-break"} == {
        kind for kind, _ in furniture(f"甲\n\f乙\n\f丙\n\f{'丁' * 50}\n\f{'丁' * 50}\n\f{'丁' * 50}")
    }
    assert [] == furniture("\n".join(["本季读书之星光荣榜单", PARAGRAPH] * 4))


# Properties

WORDS = st.text(st.sampled_from("甲乙丙𠮷。，“”123a"), min_size=1, max_size=4)
MARKED = st.one_of(
    WORDS.map(lambda word: (word, word)),
    WORDS.map(lambda word: (f"**甲{word}乙**", f"甲{word}乙")),
    WORDS.map(lambda word: (f"[甲{word}](http://a.cn/{len(word)})", f"甲{word}")),
    WORDS.map(lambda word: (f"<b>{word}</b>", word)),
    WORDS.map(lambda word: (f"`{word}`", word)),
    WORDS.map(lambda word: (f"<!-- {word} -->", "")),
    WORDS.map(lambda word: (f"\\*{word}", f"*{word}")),
)
PREFIXES = st.sampled_from(["", "# ", "### ", "- ", "> ", "> ## ", "　　", "  * "])
WILD = st.text(st.sampled_from("甲乙𠮷1a。 \u3000\t#*_->|`[]()<>!&;\\—/.:\n\n\r\f=b\ufeff"), max_size=60)


@given(PREFIXES, st.lists(MARKED, min_size=1, max_size=6))
def test_marks_go_and_nothing_else_does(prefix: str, parts: list[tuple[str, str]]) -> None:
    source = "第" + "".join(part[0] + "，" for part in parts)
    shown = "第" + "".join(part[1] + "，" for part in parts)
    reading = read(prefix + source)
    assert [shown] == [content(reading, line) for line in reading.lines]


@given(WILD)
@example("|`\n|\\|")
def test_pieces_lie_in_their_line_in_order(wild: str) -> None:
    reading = read("题\n" + wild)
    position = 0
    for line in reading.lines:
        for start, end in line.pieces:
            assert position <= start < end
            assert not re.search(r"[\n\r\f]", reading.text[start:end])
            position = end
        if line.pieces:
            first, last = line.pieces[0][0], line.pieces[-1][1]
            assert not reading.text[first].isspace()
            assert not reading.text[last - 1].isspace()
            assert reading.places.locate(first, last).line == reading.places.locate(first, last).end_line
            assert all(first <= start < end <= last for start, end in line.bold)
        assert (line.kind == "table") == bool(line.cells)
        for cell_start, cell_end in line.cells:
            inside = [piece for piece in line.pieces if cell_start <= piece[0] < cell_end]
            assert not inside or (cell_start, cell_end) == (inside[0][0], inside[-1][1])


@given(WILD)
def test_only_marks_and_space_are_left_out(wild: str) -> None:
    # Without tags, links and code every character that is dropped is a mark by itself.
    text = "题\n" + re.sub(r"[<`(]|&", "", wild)
    reading = read(text)
    kept = {offset for line in reading.lines for piece in line.pieces for offset in range(*piece)}
    dropped = {text[offset] for offset in range(len(text)) if offset not in kept}
    rules = "-—=" if any(line.kind == "rule" for line in reading.lines) else ""
    tables = "|-:" if any(line.kind == "table" for line in reading.lines) else ""
    assert not {character for character in dropped if not character.isspace()} - set(
        "#*_->\\+" + rules + tables
    )


@given(WILD, st.sampled_from(["\r\n", "\r"]))
def test_line_breaks_change_no_column(wild: str, newline: str) -> None:
    unix = "题\n" + wild.replace("\r", "")
    one, other = read(unix), read(unix.replace("\n", newline))
    assert [content(one, line) for line in one.lines] == [content(other, line) for line in other.lines]
    for left, right in zip(one.lines, other.lines, strict=True):
        assert left._replace(pieces=(), bold=(), cells=()) == right._replace(pieces=(), bold=(), cells=())
        for ours, theirs in zip(left.pieces, right.pieces, strict=True):
            assert one.places.locate(*ours) == other.places.locate(*theirs)


@given(WILD)
def test_places_grow_with_offsets(wild: str) -> None:
    reading = read("题\n" + wild)
    places = [reading.places.locate(offset, offset)[:2] for offset in range(len(reading.text) + 1)]
    assert sorted(set(places)) == places


@pytest.mark.parametrize(
    "unit",
    [
        "**甲",
        "*甲_乙",
        "[",
        "[a](",
        "](a.b",
        "`",
        "`` ` ",
        "<a ",
        "<b>",
        "<!--",
        "\\",
        "|",
        "&nbsp;",
        "<td>",
        "甲*",
        "![",
        "- ",
        "> ",
    ],
)
def test_long_lines_are_read_in_bounded_time(unit: str) -> None:
    text = "甲" + unit * (200_000 // len(unit))
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 5


@pytest.mark.parametrize(
    "unit", ["```\n````\n", "<!--\n", "甲 | 乙\n", "1\n", "\f", "> \n", "---\n", "````x\n"]
)
def test_many_lines_are_read_in_bounded_time(unit: str) -> None:
    text = "甲\n" + unit * (200_000 // len(unit))
    started = time.process_time()
    read(text)
    assert time.process_time() - started < 5
