"""Web pages: each construct, as a browser shows it, is a line; what no browser shows is not read."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest

from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.reading import Line, Reading
from bulletin_lint.readers import READERS
from bulletin_lint.readers.html.reader import read
from bulletin_lint.readers.reader_info import ReadOptions

OPTIONS = ReadOptions()


def reading(page: str | bytes) -> Reading:
    return read("a.html", page.encode() if isinstance(page, str) else page, OPTIONS)


def shown(page: str | bytes) -> list[tuple[str, str]]:
    """The lines by kind and text, cells parted by bars."""
    found = reading(page)
    return [(line.furniture or line.kind, words(found, line)) for line in found.lines]


def words(found: Reading, line: Line) -> str:
    bounds = line.cells or line.pieces
    return "|".join(found.text[start:end].replace("\n", "") for start, end in bounds)


def texts(page: str | bytes) -> list[str]:
    return [text for _, text in shown(page)]


def only(page: str) -> tuple[Line, str]:
    found = reading(page)
    (line,) = found.lines
    return line, words(found, line)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<p>甲<p>乙", ["甲", "乙"]),
        ("<div>甲<div>乙</div>丙</div>丁", ["甲", "乙", "丙", "丁"]),
        ("甲<br>乙<br><br>丙", ["甲", "乙", "丙"]),
        ("<ul><li>甲<li>乙</ul>", ["甲", "乙"]),
        ("<ol><li>甲<li>乙<li value=5>丙<li>丁</ol>", ["1.甲", "2.乙", "5.丙", "6.丁"]),
        ("<ol><li>甲<menu><li>乙</menu><li>丙</ol>", ["1.甲", "乙", "2.丙"]),
        ("<ol><li>甲<dir><li>乙</dir><li>丙</ol>", ["1.甲", "乙", "2.丙"]),
        ("<ol start=3 style='list-style-type:cjk-ideographic'><li>甲<li>乙</ol>", ["三、甲", "四、乙"]),
        ("<ol type=A><li>甲</ol><ol type=i><li>乙</ol>", ["A.甲", "i.乙"]),
        ("<ol style='list-style:none'><li>（一）甲</ol>", ["（一）甲"]),
        ("<p>甲<b>乙</b><span>丙</span><i>丁</i>", ["甲乙丙丁"]),
        # Bold that is closed wrongly, elements that are not closed, ends of what is not open.
        ("<p><b>甲<p>乙</b></div>丙</p>丁", ["甲", "乙丙", "丁"]),
        # White space: one space, none between ideographs where the source breaks its line, typed ones as typed.
        ("<p>a  b\n c", ["a b c"]),
        ("<p>  甲方\n   乙方</p>", ["甲方乙方"]),
        ("<p>甲 \t乙&nbsp;&nbsp;丙　丁", ["甲 乙  丙　丁"]),
        ("<p>第<b> 11 </b>期", ["第 11 期"]),
        ("<meta name=generator content='LibreOffice 7'><p>甲方\n乙方", ["甲方 乙方"]),
        ("<pre>甲  乙\n丙</pre>", ["甲  乙", "丙"]),
        ("<p style='white-space:pre-wrap'>甲\n乙", ["甲", "乙"]),
        # Characters by name and number; what is none of Unicode.
        ("<p>&lt;甲&gt;&amp;&#20057;&#x4E19;&hellip;", ["<甲>&乙丙…"]),
        ("<p>甲&#0;&#xD800;&#x110000;乙", ["甲\ufffd\ufffd\ufffd乙"]),
        ("<p>甲&nosuch;乙&", ["甲&nosuch;乙&"]),
        ("<p>面积20m<sup>2</sup>、3m<sup>3</sup>", ["面积20m²、3m³"]),
        ("<ruby>汉<rp>(</rp><rt>hàn</rt><rp>)</rp></ruby>字", ["汉字"]),
        # What Word writes for tabs and the numbers of lists.
        ("<p><span style='mso-list:Ignore'>一、<span>&nbsp;&nbsp; </span></span>甲", ["一、甲"]),
        ("<p>甲办<span style='mso-tab-count:2'>&nbsp; &nbsp;</span>1月2日", ["甲办\t1月2日"]),
        ("<p>甲<![if !supportEmptyParas]>乙<![endif]><o:p></o:p>", ["甲乙"]),
    ],
)
def test_text_is_read_as_a_browser_shows_it(page: str, expected: Sequence[str]) -> None:
    assert texts(page) == expected


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>var a = '<p>乙</p>';</script>",
        "<style>乙 { }</style>",
        "<!-- 乙 -->",
        "<!--[if gte mso 9]><p>乙</p><![endif]-->",
        "<noscript><p>乙</noscript>",
        "<p style='DISPLAY: none'>乙</p>",
        "<div hidden><p>乙</p></div>",
        "<span style='visibility:hidden'>乙</span>",
        "<span style='mso-hide:all'>乙</span>",
        "<select><option>乙<option>丙</select>",
        "<button>乙</button>",
        "<template><p>乙</template>",
        "<svg><title>乙</title><defs><text>乙</text></defs></svg>",
        "<iframe>乙</iframe>",
        "<nav><a href=/>乙</a></nav>",
        "<div role=navigation><a href=/>乙</a></div>",
        "<div role=search>乙</div>",
        "<div class='top-nav'><a href=/>乙</a></div>",
    ],
)
def test_what_is_not_text_of_the_page_is_not_judged(hidden: str) -> None:
    kinds = shown(f"<title>乙</title><p>甲乙丙丁甲乙丙丁</p>{hidden}<p>戊")
    assert [text for kind, text in kinds if kind == "text"] == ["甲乙丙丁甲乙丙丁", "戊"]


def test_a_page_of_links_only_is_its_text() -> None:
    assert shown("<p><a href=1>甲</a><p><a href=2>乙</a>") == [("text", "甲"), ("text", "乙")]


def test_links_before_and_after_the_text_are_navigation_and_those_in_it_are_not() -> None:
    page = "<p><a href=/>首页</a> &gt; <a href=/a>简报</a><p>甲<p><a href=b.doc>附件</a><p>乙<p><a href=/c>返回</a>"
    assert shown(page) == [
        ("navigation", "首页 > 简报"),
        ("text", "甲"),
        ("text", "附件"),
        ("text", "乙"),
        ("navigation", "返回"),
    ]


def test_contents_that_lead_within_the_page_are_text() -> None:
    assert shown("<p><a href='#1'>甲</a><p>乙") == [("text", "甲"), ("text", "乙")]


def test_a_head_with_links_is_the_sites_unless_it_is_much_of_the_page() -> None:
    long = "甲" * 40
    page = "<header><a href=/>门户</a><p>欢迎</header><p>" + long
    assert shown(page) == [("navigation", "门户"), ("navigation", "欢迎"), ("text", long)]
    assert shown(f"<header><a href=/>门户</a><p>{long}</header><p>乙")[1] == ("text", long)
    # A masthead has no links.
    assert shown(f"<header><h1>简报</h1></header><p>{long}")[0] == ("text", "简报")


LONG = "甲" * 40


@pytest.mark.parametrize("body", ["<div class=TRS_Editor>", "<div id=zoom>", "<div itemprop=articleBody>"])
def test_what_was_written_is_the_text_where_the_page_says_where_it_stands(body: str) -> None:
    page = (
        f"<h2>第9期</h2><p>发布时间：1月2日</p>{body}<center>简报</center><p>{LONG}</div><p>分享到<p>上一篇"
    )
    assert shown(page) == [
        ("navigation", "第9期"),
        ("navigation", "发布时间：1月2日"),
        ("text", "简报"),
        ("text", LONG),
        ("navigation", "分享到"),
        ("navigation", "上一篇"),
    ]


def test_a_title_above_what_was_written_is_its_title_where_it_has_none() -> None:
    page = f"<h2>第9期</h2><p>发布时间：1月2日</p><div class=TRS_Editor><p>{LONG}</div>"
    assert [kind for kind, _ in shown(page)] == ["text", "navigation", "text"]
    # An element that holds a word or two does not hold what was written.
    page = f"<p>{LONG}</p><div class=TRS_Editor>乙</div>"
    assert [kind for kind, _ in shown(page)] == ["text", "text"]


@pytest.mark.parametrize(
    ("page", "field", "value"),
    [
        ("<h1>甲", "heading", 1),
        ("<h6>甲", "heading", 6),
        ("<p style='text-align:center'>甲", "centred", True),
        ("<center><p>甲</center>", "centred", True),
        ("<div align=center><p>甲</div>", "centred", True),
        ("<div align=center><p align=left>甲</div>", "centred", False),
        ("<p style='text-align:-webkit-center'>甲", "centred", True),
        ("<p align=right>甲", "indent", 20),
        ("<p>　　甲", "indent", 4),
        ("<p>&nbsp;&nbsp;&nbsp;&nbsp;甲", "indent", 4),
        ("<p style='text-indent:2em'>甲", "indent", 4),
        ("<p style='text-indent:32pt;font-size:16pt'>甲", "indent", 4),
        ("<p style='text-indent:0'>甲", "indent", 0),
        ("<p><b>甲</b>", "bold", ((0, 1),)),
        ("<p>甲<strong>乙</strong><span style='font-weight:700'>丙</span>丁", "bold", ((1, 3),)),
        ("<b><p style='font-weight:normal'>甲</b>", "bold", ()),
        ("<p>甲", "size", 12.0),
        ("<p><span style='font-size:22pt'>甲</span>", "size", 22.0),
        ("<p style='font-size:32px'>甲", "size", 24.0),
        ("<p><font size=7>甲</font>乙", "size", 36.0),
        ("<p>甲", "joins", False),
    ],
)
def test_how_a_line_looks(page: str, field: str, value: object) -> None:
    assert getattr(only(page)[0], field) == value


def test_a_gap_is_an_empty_paragraph_or_a_rule() -> None:
    found = reading("<p>甲<p>&nbsp;<p>乙<p>丙<hr><p>丁<br><br>戊")
    assert [(line.kind, line.gap) for line in found.lines] == [
        ("text", False),
        ("text", True),
        ("text", False),
        ("rule", False),
        ("text", True),
        ("text", True),
    ]


def test_lines_that_were_broken_where_they_were_full_are_one_paragraph() -> None:
    full = "这一行一共有二十四个字写满了才换到下面的一行里去"
    assert len(full) == 24
    found = reading(f"<p>{full}<br>{full}<br>到此为止。<br>{full}")
    # The last line begins after a full stop.
    assert [line.joins for line in found.lines] == [False, True, True, False]
    # One long line alone shows nothing.
    assert [line.joins for line in reading(f"<p>{full}<br>第二行").lines] == [False, False]


def test_a_heading_of_two_lines_is_one() -> None:
    assert [line.joins for line in reading("<h2>甲<br>乙</h2><h2>丙</h2>").lines] == [False, True, False]


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        (
            "<table><tr><th>类别<th>件数<tr><td>黄色<td>340</table>",
            [("table", "类别|件数"), ("table", "黄色|340")],
        ),
        # An empty cell is a cell; two paragraphs of a cell are one text.
        (
            "<table><tr><td>甲<td>乙<td><tr><td><p>丙<p>丁<td>3<td>4</table>",
            [("table", "甲|乙|"), ("table", "丙丁|3|4")],
        ),
        (
            "<table><caption>表1<tr><td>甲<td>乙<tr><td>丙<td>丁</table>",
            [("text", "表1"), ("table", "甲|乙"), ("table", "丙|丁")],
        ),
        # Layouts: one row, one column, labels with their values, a table within a table.
        ("<table><tr><td>甲办<td>1月2日</table>", [("text", "甲办"), ("text", "1月2日")]),
        ("<table><tr><td>甲<tr><td>乙</table>", [("text", "甲"), ("text", "乙")]),
        (
            "<table><tr><td>责编：甲<td>核稿：乙<tr><td>电话：1<td></table>",
            [("text", "责编：甲"), ("text", "核稿：乙"), ("text", "电话：1")],
        ),
        (
            "<table><tr><td>责编：<td>甲<tr><td>核稿：<td>乙</table>",
            [("text", "责编：甲"), ("text", "核稿：乙")],
        ),
        (
            "<table><tr><td>左<td><table><tr><td>甲<td>乙<tr><td>丙<td>丁</table><tr><td>下<td>右</table>",
            [("text", "左"), ("table", "甲|乙"), ("table", "丙|丁"), ("text", "下"), ("text", "右")],
        ),
        # A page that is laid out in a table.
        (
            f"<table><tr><td>目录<td><p>{'长' * 300}<tr><td>甲<td>乙</table>",
            [("text", "目录"), ("text", "长" * 300), ("text", "甲"), ("text", "乙")],
        ),
    ],
)
def test_tables_are_data_or_layout(page: str, expected: list[tuple[str, str]]) -> None:
    assert shown(page) == expected


# Encodings

CHINESE = "<p>全市文明办主任会议召开"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (CHINESE.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + CHINESE.encode(), "utf-8"),
        (b"\xff\xfe" + CHINESE.encode("utf-16-le"), "utf-16-le"),
        (CHINESE.encode("gb18030"), "gb18030"),
        (b"<meta charset=gb2312>" + CHINESE.encode("gb18030"), "gb18030"),
        (
            b"<META http-equiv=Content-Type content='text/html; charset=GBK'>" + CHINESE.encode("gbk"),
            "gb18030",
        ),
        (b"<?xml version='1.0' encoding='GBK'?>" + CHINESE.encode("gbk"), "gb18030"),
        # What the bytes contradict is not believed.
        (b"<meta charset=gb2312>" + CHINESE.encode(), "utf-8"),
        (b"<meta charset=utf-8>" + CHINESE.encode("gb18030"), "gb18030"),
        (b"<meta charset=big5>" + CHINESE.encode(), "utf-8"),
        (b"<meta charset=unicode_escape>" + CHINESE.encode(), "utf-8"),
        (b"<meta charset=big5>" + "<p>全市文明辦主任會議召開".encode("big5"), "cp950"),
    ],
)
def test_the_encoding_is_declared_or_detected(data: bytes, encoding: str) -> None:
    found = reading(data)
    assert found.encoding == encoding
    assert found.text.strip() in ("全市文明办主任会议召开", "全市文明辦主任會議召開")


def test_a_page_that_lost_a_byte_is_read_and_shows_it() -> None:
    data = b"<meta charset=utf-8>" + CHINESE.encode() * 3
    assert "\ufffd" in reading(data[:40] + data[41:]).text


# What is made to hurt, and what is no page


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"<html><body></body></html>", "has no text"),
        (b"<body><script>document.write('x')</script>", "written by scripts"),
        (b"<frameset><frame src=a.html></frameset>", "only frames"),
        (b"<p><img src=1.jpg><img src=2.jpg>", "run OCR"),
        (b"<p>\0\0\0\0", "NUL"),
        (b"%PDF-1.7", "PDF file"),
        (b"{\\rtf1 x}", "RTF file"),
        (b"\xff\xfe\x00\x00<\0\0\0", "UTF-32"),
        (b"<p>" + b"\x81\x20\xff\xfd" * 50, "invalid UTF-8"),
        (b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nx", "no page that can be read"),
    ],
)
def test_what_is_no_page_is_refused_with_a_reason(data: bytes, words: str) -> None:
    with pytest.raises(SourceError) as refused:
        reading(data)
    assert words in refused.value.wording.en


def test_a_page_with_more_text_than_a_bulletin_is_refused() -> None:
    with pytest.raises(SourceError) as refused:
        reading("<p>" + "甲" * (2 * 1024 * 1024 + 1))
    assert "hardly a bulletin" in refused.value.wording.en


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 20_000 + "甲",
        "<table><tr><td>" * 10_000 + "甲",
        "<b>" * 20_000 + "甲" + "</i>" * 20_000,
        "<ul><li>" * 10_000 + "甲" + "</li></ul>" * 10_000,
        "<p style='" + "a:b;" * 500_000 + "'>甲",
        f"<img src='data:image/png;base64,{'A' * 5_000_000}'><p>甲",
        "<p " + "a " * 20_000 + ">甲",
        "<p>甲" + "&amp" * 50_000,
        "甲" + "<div class='nav " * 10_000,
        "<div class=nav>" * 500 + "甲" + "<p>乙" * 2_000,
        "<p>甲<br>" * 10_000,
        "<td>" * 20_000 + "甲",
    ],
    ids=lambda page: page[:12],
)
def test_a_page_made_to_hurt_takes_a_few_seconds_at_most(page: str) -> None:
    before = time.process_time()
    try:
        found = reading(page)
        assert "甲" in found.text
    except SourceError:
        pass
    # A worker has four seconds, more for larger files; a quadratic reader takes minutes.
    assert time.process_time() - before < 15


def test_a_page_of_more_paragraphs_than_a_bulletin_is_refused() -> None:
    assert len(texts("<p>甲" * 20_000)) == 20_000
    with pytest.raises(SourceError) as refused:
        reading("<p>甲" * 20_001)
    assert "more than 20,000 paragraphs" in refused.value.wording.en


def test_a_deep_page_keeps_what_its_text_has_from_above() -> None:
    line, text = only("<center>" + "<div>" * 2_000 + "甲" + "</div>" * 2_000 + "</center>")
    assert (text, line.centred) == ("甲", True)


def test_what_is_too_large_is_refused_unread() -> None:
    assert READERS["html"].size_limit == 32 * 1024 * 1024
    assert READERS["html"].is_isolated


def test_parts_within_parts_without_end_are_refused() -> None:
    head = b""
    for number in range(3_000):
        head += b"Content-Type: multipart/related; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number)
    with pytest.raises(SourceError):
        reading(b"MIME-Version: 1.0\r\n" + head)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        # HTML, 13.2.5.43 to 13.2.5.52: how comments end.
        ("<p>甲<!-- a --!><p>乙<!-- b -->", ["甲", "乙"]),
        ("<p>甲<!--><p>乙<!-- b -->", ["甲", "乙"]),
        ("<p>甲<!---><p>乙<!-- b -->", ["甲", "乙"]),
        ("<p>甲<!-- a -- ><p>乙--><p>丙", ["甲", "丙"]),
        ("<p>甲<![foo[ a]><p>乙<![if !supportLists]>丙<![endif]>", ["甲", "乙丙"]),
        ("<p>甲<![CDATA[<p>乙]]>", ["甲乙]]>"]),
        # What is not to be seen may hold what is; what is not there may not.
        ("<div style='visibility:hidden'>甲<p style='visibility:visible'>乙</div>", ["乙"]),
        ("<div style='display:none'>甲<p style='display:block;visibility:visible'>乙</div><p>丙", ["丙"]),
        ("<div hidden style='display:block'>甲</div><div hidden>乙</div>", ["甲"]),
        ("<div hidden style='display:none'>甲</div><p>乙", ["乙"]),
        # What stands in for what is not there.
        ("<p>甲</p><object><p>乙</object><object data=a.swf><p>丙</object>", ["甲", "乙"]),
        ("<div><template shadowrootmode=open><p>甲</template></div><template><p>乙</template>", ["甲"]),
        ("<p>甲<svg><title>乙</title><defs><text>丙</text></defs><g><text>丁<tspan>戊</tspan></text></g></svg>", ["甲", "丁戊"]),
        ("<p hidden><svg><text>甲</text></svg></p><p>乙", ["乙"]),
        ("<p>甲<textarea>乙\n丙</textarea>丁", ["甲", "乙", "丙", "丁"]),
        ("<p>甲<math><mi>乙</mi><annotation>丙</annotation></math>", ["甲乙"]),
        ("<p>甲</p><iframe srcdoc='<p>乙</p><p>丙&lt;!--丁--&gt;'></iframe><p>戊", ["甲", "乙", "丙", "戊"]),
        ("<iframe hidden srcdoc='甲'></iframe><p>乙", ["乙"]),
        # A navigation has links.
        ("<nav><p>甲</nav><p>乙乙乙乙", ["甲", "乙乙乙乙"]),
        ("<div role=navigation>甲甲甲甲甲<a href=/>丙</a></div><p>乙乙乙乙乙乙乙乙", ["甲甲甲甲甲丙", "乙乙乙乙乙乙乙乙"]),
    ],
)  # fmt: skip
def test_what_a_browser_shows_is_read(page: str, expected: list[str]) -> None:
    assert [text for kind, text in shown(page) if kind == "text"] == expected


@pytest.mark.parametrize(
    ("page", "count"),
    [
        ("<canvas>乙</canvas>", 1),
        ("<canvas hidden>乙</canvas>", 0),
        ("<img src=a.png width=800 height=1000>", 1),
        ("<img src=a.png style='width:15cm;height:20cm'>", 1),
        ("<img src=a.png width=100% height=600>", 1),
        ("<img src=a.png width=300 height=200>", 0),
        ("<img src=a.png>", 0),
        ("<div style='display:none'><img src=a.png width=800 height=1000></div>", 0),
        ("<iframe src=b.html></iframe>", 1),
        ("<iframe src=b.html width=1 height=1></iframe>", 0),
        ("<object data=a.pdf width=800 height=1000>乙</object>", 1),
        ("<embed src=a.pdf width=800 height=1000>", 1),
        ("<table><tr><td><img src=a.png width=800 height=1000></table>", 1),
        ("<iframe srcdoc='<img src=a.png width=800 height=1000>'></iframe>", 1),
    ],
)
def test_what_is_shown_and_cannot_be_read_is_told(page: str, count: int) -> None:
    found = shown(f"<p>甲</p>{page}<p>丙</p>")
    assert [text for kind, text in found if kind == "unread"] == ["\ufffc"] * count
    assert [text for kind, text in found if kind == "text"] == ["甲", "丙"]


def test_pages_in_pages_end() -> None:
    page = "<p>甲"
    for _ in range(6):
        page = f"<p>甲</p><iframe srcdoc='{page.replace('&', '&amp;').replace(chr(39), '&#39;')}'></iframe>"
    found = shown(page)
    assert [kind for kind, _ in found] == ["text"] * 4 + ["unread"]
