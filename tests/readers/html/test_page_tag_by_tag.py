"""A page fed tag by tag: what each element does to the text in it, round it and behind it."""

from __future__ import annotations

from html import escape

import pytest

from bulletin_lint.readers.html import page as page_module
from bulletin_lint.readers.html.page import UNREAD, TooManyParagraphs, WebPage
from bulletin_lint.readers.html.paragraphs import PageParagraph


def fed(source: str) -> WebPage:
    page = WebPage()
    page.feed(source)
    page.end()
    return page


def texts(source: str) -> list[str]:
    return [each.text for each in fed(source).paragraphs]


def placed(source: str) -> list[tuple[str, str]]:
    return [(each.text, each.path) for each in fed(source).paragraphs]


def only(source: str) -> PageParagraph:
    (found,) = fed(source).paragraphs
    return found


# --- elements ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "tag",
    [
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
            "dialog",
        ),
        *("dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3"),
        *("h4", "h5", "h6", "header", "hgroup", "html", "legend", "li", "listing", "main", "menu", "nav"),
        *("ol", "p", "pre", "search", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead"),
        *("tr", "ul", "object", "textarea"),
    ],
)
def test_what_stands_in_a_block_stands_apart(tag: str) -> None:
    found = placed(f"甲<{tag}>乙</{tag}>丙<b>丁</b>")

    assert [text for text, _ in found] == ["甲", "乙", "丙丁"]
    assert [path for _, path in found] == ["", f"{tag}[1]", ""]


@pytest.mark.parametrize(
    "tag", ["a", "b", "font", "i", "label", "o:p", "span", "strong", "sub", "u", "unknown"]
)
def test_what_stands_in_a_line_does_not(tag: str) -> None:
    assert placed(f"甲<{tag}>乙</{tag}>丙") == [("甲乙丙", "")]
    # A block in it is apart, and what stands in it is of the block round it.
    assert placed(f"<div>甲<{tag}>乙<div>丙</div></{tag}></div>") == [
        ("甲乙", "div[1]"),
        ("丙", f"div[1]/{tag}[1]/div[1]"),
    ]


@pytest.mark.parametrize(
    "tag",
    [
        *("area", "base", "basefont", "bgsound", "col", "embed", "img", "input", "keygen", "link", "meta"),
        *("param", "source", "track", "wbr", "frame"),
    ],
)
def test_an_element_without_an_end_holds_nothing(tag: str) -> None:
    assert placed(f"甲<{tag} class=nav>乙<p>丙</p>") == [("甲乙", ""), ("丙", "p[1]")]
    page = fed(f"甲<{tag}>乙")
    assert (page.has_frames, page.has_pictures) == (tag == "frame", tag == "img")


@pytest.mark.parametrize(
    "tag",
    [
        *("annotation", "annotation-xml", "audio", "button", "canvas", "datalist", "head", "iframe", "map"),
        *("meter", "noembed", "noframes", "noscript", "applet", "progress", "rp", "rt", "script", "select"),
        *("style", "svg", "template", "title", "video", "xml"),
    ],
)
def test_what_is_not_shown_is_not_read(tag: str) -> None:
    assert texts(f"甲<{tag}>乙</{tag}>丙") == ["甲丙"]


def test_a_block_ends_the_head_of_a_page() -> None:
    assert texts("<head><title>甲</title>乙<p>丙") == ["丙"]
    assert texts("<head>甲<b>乙</b></head>丙") == ["丙"]


@pytest.mark.parametrize(("mode", "shown"), [("open", True), ("CLOSED", True), ("", False), ("other", False)])
def test_a_template_is_shown_that_is_the_inside_of_an_element(mode: str, *, shown: bool) -> None:
    assert texts(f"甲<template shadowrootmode='{mode}'>乙</template>") == ["甲乙" if shown else "甲"]


@pytest.mark.parametrize("tag", ["text", "foreignObject"])
def test_words_of_a_drawing_are_shown_apart(tag: str) -> None:
    assert texts(f"甲<svg>乙<g><{tag}>丙</{tag}></g>丁</svg>戊") == ["甲", "丙", "戊"]
    # Elsewhere they are elements as any other, and in a drawing that is hidden nothing is shown.
    assert texts(f"甲<{tag}>乙</{tag}>丙") == ["甲乙丙"]
    assert texts(f"甲<svg style='display:none'><{tag}>丙</{tag}></svg>戊") == ["甲戊"]
    assert texts(f"甲<svg><{tag} style='display:none'>丙</{tag}></svg>戊")[0] == "甲"
    assert "丙" not in "".join(texts(f"甲<svg><{tag} style='display:none'>丙</{tag}></svg>戊"))


@pytest.mark.parametrize(
    "tag", ["defs", "symbol", "clipPath", "mask", "marker", "pattern", "desc", "metadata"]
)
def test_what_a_drawing_only_keeps_is_not_shown(tag: str) -> None:
    assert texts(f"<svg><{tag}><text>甲</text></{tag}><text>乙</text></svg>") == ["乙"]


@pytest.mark.parametrize(
    ("tag", "heading"),
    [("h1", 1), ("h2", 2), ("h3", 3), ("h4", 4), ("h5", 5), ("h6", 6), ("h7", 0), ("h0", 0), ("p", 0), ("d1", 0)],
)  # fmt: skip
def test_headings_have_levels(tag: str, heading: int) -> None:
    assert only(f"<{tag}><span><b>甲</b></span></{tag}>").heading == heading
    assert [each.heading for each in fed(f"<{tag}>甲<div>乙</div></{tag}><p>丙").paragraphs][1:] == [
        heading,
        0,
    ]


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("<a href='x.html'>甲</a>", True),
        ("<a href='x.html'><b>甲</b></a>", True),
        ("<a href=' x.html#top '>甲</a>", True),
        ("<a href='#top'>甲</a>", False),
        ("<a href=' #top'>甲</a>", False),
        ("<a href=''>甲</a>", False),
        ("<a href=' '>甲</a>", False),
        ("<a href>甲</a>", False),
        ("<a name='x'>甲</a>", False),
        ("<b href='x.html'>甲</b>", False),
        ("<a href='x.html'>甲</a>乙", False),
        ("<a href='x.html'>甲</a>。", True),
    ],
)
def test_words_that_lead_to_another_page_are_a_link(link: str, *, expected: bool) -> None:
    assert only(link).is_link is expected


def test_the_letters_of_a_part_of_the_page_are_counted_with_those_that_lead_elsewhere() -> None:
    inner, outer = fed("<div class=js_content><nav><a href=x>甲乙</a>丙、丁</nav>戊</div>己").paragraphs[:2]

    assert inner.region is not None
    assert outer.region is not None
    assert (inner.region.kind, inner.region.total, inner.region.linked) == ("navigation", 4, 2)
    assert (outer.region.kind, outer.region.total, outer.region.linked) == ("body", 5, 2)
    assert inner.region.above is outer.region


@pytest.mark.parametrize(
    ("inner", "text"),
    [("2", "²"), (" 3\n", "³"), ("1", "1"), ("23", "23"), ("①", "①")],
)
def test_raised_figures_of_measures_are_raised(inner: str, text: str) -> None:
    assert texts(f"m<sup>{inner}</sup>") == [f"m{text}"]
    assert texts(f"m<sub>{inner.strip()}</sub>") == [f"m{inner.strip()}"]


def test_of_an_attribute_that_is_given_twice_the_first_counts() -> None:
    assert only("<p align=right align=left>甲").look.align == "right"


# --- where elements end --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<ul><li>甲<li>乙</ul>丙", [("甲", "ul[1]/li[1]"), ("乙", "ul[1]/li[2]"), ("丙", "")]),
        (
            "<ul><li>甲<ul><li>乙</ul><li>丙</ul>",
            [("甲", "ul[1]/li[1]"), ("乙", "ul[1]/li[1]/ul[1]/li[1]"), ("丙", "ul[1]/li[2]")],
        ),
        (
            "<ol><li>甲<dl><dt>乙</dl><li>丙</ol>",
            [("1.甲", "ol[1]/li[1]"), ("乙", "ol[1]/li[1]/dl[1]/dt[1]"), ("2.丙", "ol[1]/li[2]")],
        ),
        (
            "<dl><dt>甲<dd>乙<dt>丙<dd>丁<dd>戊<dt>己<dt>庚</dl>",
            [("甲", "dl[1]/dt[1]"), ("乙", "dl[1]/dd[1]"), ("丙", "dl[1]/dt[2]"), ("丁", "dl[1]/dd[2]"), ("戊", "dl[1]/dd[3]"), ("己", "dl[1]/dt[3]"), ("庚", "dl[1]/dt[4]")],
        ),
        ("<p>甲<p>乙<div>丙</div>丁", [("甲", "p[1]"), ("乙", "p[2]"), ("丙", "div[1]"), ("丁", "")]),
        ("<p>甲<b>乙<p>丙", [("甲乙", "p[1]"), ("丙", "p[2]")]),
        ("<li>甲<p>乙<li>丙", [("甲", "li[1]"), ("乙", "li[1]/p[1]"), ("丙", "li[2]")]),
        # An end of what is not open ends nothing, but for a paragraph, and a break is one.
        ("<div>甲</ul>乙</b>丙</div>", [("甲乙丙", "div[1]")]),
        ("甲</p>乙", [("甲", ""), ("乙", "")]),
        ("甲</br>乙", [("甲", ""), ("乙", "")]),
        ("<div><b>甲<i>乙</div>丙</b>丁", [("甲乙", "div[1]"), ("丙丁", "")]),
        ("<div>甲<div>乙</div>丙</div>丁", [("甲", "div[1]"), ("乙", "div[1]/div[1]"), ("丙", "div[1]"), ("丁", "")]),
    ],
)  # fmt: skip
def test_elements_end_where_browsers_end_them(source: str, expected: list[tuple[str, str]]) -> None:
    assert placed(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "<table><tr><td>甲</td><td>乙</td></tr><tr><td>丙</td><td>丁</td></tr></table>",
        "<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>",
        "<table><tr><th>甲<th>乙<tr><td>丙<th>丁</table>",
        "<table><thead><tr><th>甲<th>乙<tbody><tr><td>丙<td>丁</table>",
        "<table><tbody><tr><td>甲<td>乙<tfoot><tr><td>丙<td>丁</table>",
        "<table><tfoot><tr><td>甲<td>乙<thead><tr><td>丙<td>丁</table>",
        "<table><tr><td><p>甲<td><b>乙<tr><td><div>丙<td>丁",
    ],
)
def test_cells_and_rows_end_where_the_next_begin(source: str) -> None:
    found = fed(source + "</table>末" + source).paragraphs

    rows = [([each.text[start:end] for start, end in each.cells], each.table, each.row) for each in found]
    assert rows == [
        (["甲", "乙"], 1, 1),
        (["丙", "丁"], 1, 2),
        ([], 0, 0),
        (["甲", "乙"], 2, 1),
        (["丙", "丁"], 2, 2),
    ]


def test_a_table_within_a_cell_ends_none_of_its_own() -> None:
    inner = "<table><tr><td>一<td>二<tr><td>三<td>四</table>"
    found = fed(f"<table><tr><td>甲{inner}乙<td>丙<tr><td>丁<td>戊</table>").paragraphs

    assert [(each.text.split(), each.table) for each in found] == [
        (["甲"], 0), (["一", "二"], 1), (["三", "四"], 1), (["乙"], 0), (["丙"], 0), (["丁"], 0), (["戊"], 0),
    ]  # fmt: skip


@pytest.mark.parametrize("tag", ["ul", "ol", "menu", "dir"])
def test_lists_one_behind_the_other_count_each_by_itself(tag: str) -> None:
    mark = "1." if tag == "ol" else ""

    assert texts(f"<ol><li>甲</ol><{tag}><li>乙</{tag}><ol><li>丙</ol>") == ["1.甲", f"{mark}乙", "1.丙"]


@pytest.mark.parametrize("tag", ["ul", "ol"])
def test_items_are_numbered_by_the_list_that_they_are_of(tag: str) -> None:
    mark = "1." if tag == "ol" else ""

    assert texts(f"<ol><li>甲<{tag}><li>乙</{tag}><li>丙</ol><ol start=7><li>丁</ol>") == [
        "1.甲", f"{mark}乙", "2.丙", "7.丁",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        ("<li>甲<li hidden>乙<li>丙", ["1.甲", "2.丙"]),
        ("<li><li>乙", ["2.乙"]),
        ("<li> <b>甲</b><br>乙<li>丙", ["1.甲", "乙", "2.丙"]),
        ("<li value=5>甲<li>乙", ["5.甲", "6.乙"]),
    ],
)
def test_an_item_has_its_number_before_its_first_words(items: str, expected: list[str]) -> None:
    assert texts(f"<ol>{items}</ol>") == expected
    # Without a list items have none.
    assert texts("<li>甲<li>乙") == ["甲", "乙"]


def test_what_is_too_deep_has_what_is_round_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "DEEPEST", 3)
    three = "div[1]/div[1]/div[1]"

    assert placed("<div><div><div>甲</div>乙") == [("甲", three), ("乙", "div[1]/div[1]")]
    assert placed("<div><div><div><div>甲</div>乙</div>丙") == [
        ("甲", three),
        ("乙", three),
        ("丙", "div[1]/div[1]"),
    ]
    # What stands in a line there parts nothing, and its look is not told.
    assert placed("<div><div><div>甲<b>乙</b>丙</div>丁</b>戊") == [
        ("甲乙丙", three),
        ("丁戊", "div[1]/div[1]"),
    ]
    assert only("<div><div><div><b>乙</b></div>").bold == []
    assert only("<div><div><b>乙</b></div>").bold == [(0, 1)]


@pytest.mark.parametrize("count", [2, 3])
def test_a_page_of_too_many_paragraphs_is_given_up(monkeypatch: pytest.MonkeyPatch, count: int) -> None:
    monkeypatch.setattr(page_module, "MOST_PARAGRAPHS", 2)
    if count == 2:
        assert texts("<p>甲" * count) == ["甲"] * count
    else:
        with pytest.raises(TooManyParagraphs):
            fed("<p>甲" * count)


def test_names_of_steps_are_not_endless() -> None:
    assert placed(f"<div><{'x' * 41} style='display:block'>甲") == [("甲", f"div[1]/{'x' * 40}[1]")]


# --- breaks, gaps, styles ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "after_break", "below_gap"),
    [
        ("甲<br>乙", True, False),
        ("甲<br><br>乙", True, True),
        ("<p>甲</p><p>乙</p>", False, False),
        ("<p>甲</p><p></p><p>乙</p>", False, False),
        ("<p>甲</p><p>&nbsp;</p><p>乙</p>", False, True),
        ("<p>甲</p><br>乙", True, False),
        ("甲<br><p>乙</p>", False, False),
        ("<div hidden><br><br></div>甲<br hidden>乙", True, False),
        ("甲<div>乙</div>", False, False),
    ],
)
def test_a_paragraph_stands_behind_a_break_or_below_a_gap(
    source: str, *, after_break: bool, below_gap: bool
) -> None:
    last = fed(source).paragraphs[-1]

    assert (last.text, last.is_after_break, last.is_below_gap) == ("乙", after_break, below_gap)


def test_a_rule_is_a_paragraph_without_words() -> None:
    found = fed("<p>甲<br><hr>乙<div hidden><hr></div>").paragraphs

    assert [(each.text, each.is_rule, each.is_after_break) for each in found] == [
        ("甲", False, False),
        ("", True, False),
        ("乙", False, False),
    ]


def test_lines_of_preformatted_text_are_paragraphs_behind_breaks() -> None:
    found = fed("<pre>甲  丙\n乙\r\n\r\n丁\r戊</pre>").paragraphs

    assert [(each.text, each.is_after_break) for each in found] == [
        ("甲  丙", False),
        ("乙", True),
        ("丁", True),
        ("戊", True),
    ]
    assert texts("<textarea>甲\n乙</textarea>") == ["甲", "乙"]
    assert texts("<div>甲\n乙</div>") == ["甲乙"]


@pytest.mark.parametrize(
    ("generator", "text"),
    [
        ("LibreOffice 7.3", "甲方 乙方"),
        ("OpenOffice 4", "甲方 乙方"),
        ("Microsoft Word 15", "甲方 乙方"),
        ("WPS Office", "甲方乙方"),
        ("a LibreOffice", "甲方乙方"),
        ("", "甲方乙方"),
    ],
)
def test_programs_that_break_lines_at_spaces_are_known_by_name(generator: str, text: str) -> None:
    page = fed(f"<meta name=Generator content='{generator}'><p>甲方\n乙方<p>甲方\n乙方")

    assert page.generator == generator.lower()
    assert [each.text for each in page.paragraphs] == [text, text]
    assert texts("<meta name=author content='LibreOffice'><meta content=LibreOffice><p>甲方\n乙方") == [
        "甲方乙方"
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("甲<span style='display:block'>乙</span>丙", ["甲", "乙", "丙"]),
        ("甲<span style='display:inline'>乙</span>丙", ["甲乙丙"]),
        ("<p><span style='mso-list:Ignore'>一、<i>&nbsp; </i></span>甲", ["一、甲"]),
        ("<p><span style='mso-list:l0 level1'>一、&nbsp;</span>甲", ["一、 甲"]),
        ("<p>甲<span style='mso-tab-count:1'>&nbsp;丙&nbsp;</span>乙", ["甲\t乙"]),
        ("<p style='display:none'>甲<span style='mso-tab-count:1'>丙</span>乙", []),
        ("<p>甲<span style='visibility:hidden'>乙<b style='visibility:visible'>丙</b></span>", ["甲丙"]),
    ],
)
def test_a_style_may_part_or_hide_or_mark(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("甲<!-- 丁 -->乙", "甲乙"),
        ("甲<!---->乙", "甲乙"),
        ("甲<!-->乙-->", "甲乙-->"),
        ("甲<!--->乙", "甲乙"),
        ("甲<!-- 丁 --!>乙", "甲乙"),
        ("甲<!--丁--!>乙-->", "甲乙-->"),
        ("甲<!--丁-->乙--!>", "甲乙--!>"),
        ("甲<!--丁> -- -><b>-->乙", "甲乙"),
        ("甲<![if gte mso 9]>乙<![endif]>", "甲乙"),
        ("甲<![CDATA[丁]]>乙", "甲乙"),
    ],
)
def test_comments_end_where_browsers_end_them(source: str, text: str) -> None:
    assert texts(source) == [text]


# --- what cannot be read -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        # 500 points by 280 are half a page.
        ("<img style='width:500pt;height:280pt'>", ["img"]),
        ("<img style='width:500pt;height:279.9pt'>", []),
        ("<img>", []),
        ("<embed style='width:500pt;height:280pt'>", ["embed"]),
        ("<object data=x style='width:500pt;height:280pt'></object>", ["object"]),
        ("<object classid=x style='width:500pt;height:280pt'></object>", ["object"]),
        ("<object style='width:500pt;height:280pt'>甲</object>", []),
        ("<applet style='width:500pt;height:280pt'></applet>", ["applet"]),
        ("<video style='width:500pt;height:280pt'></video>", []),
        ("<div><p>甲</p><p>乙<img style='width:500pt;height:280pt'></div>", ["div[1]/p[2]/img"]),
        # How large a canvas is nobody knows, nor a page whose size is not told.
        ("<canvas></canvas>", ["canvas"]),
        ("<canvas style='width:1pt;height:1pt'></canvas>", ["canvas"]),
        ("<iframe src=x></iframe>", ["iframe"]),
        ("<iframe></iframe>", []),
        ("<iframe src=x width=10></iframe>", []),
        ("<iframe src=x style='width:500pt;height:280pt'></iframe>", ["iframe"]),
        # What nobody sees.
        ("<img style='width:500pt;height:280pt;display:none'>", []),
        ("<div hidden><canvas></canvas><img style='width:500pt;height:280pt'></div>", []),
        ("<canvas></canvas><canvas></canvas>", ["canvas", "canvas"]),
    ],
)
def test_what_may_be_a_page_of_text_and_cannot_be_read_is_told(source: str, expected: list[str]) -> None:
    found = fed(source).unread

    assert [each.path for each in found] == expected
    assert {each.text for each in found} <= {UNREAD}


def framed(*levels: str) -> str:
    """Pages within pages, the outermost first."""
    inner = ""
    for level in reversed(levels):
        inner = level + (f'<iframe srcdoc="{escape(inner)}"></iframe>' if inner else "")
    return inner


def test_pages_within_a_page_are_read_three_deep() -> None:
    page = fed(framed("<p>一", "<p>二", "<p>三", "<p>四"))
    assert [each.text for each in page.paragraphs] == ["一", "二", "三", "四"]
    assert page.unread == []

    deeper = fed(framed("<p>一", "<p>二", "<p>三", "<p>四", "<p>五"))
    assert [each.text for each in deeper.paragraphs] == ["一", "二", "三", "四"]
    assert [each.text for each in deeper.unread] == [UNREAD]


def test_places_in_a_page_within_a_page_lead_through_it() -> None:
    assert placed('<div>甲<iframe srcdoc="乙<p>丙"></iframe>丁</div>') == [
        ("甲", "div[1]"),
        ("乙", "div[1]/iframe"),
        ("丙", "div[1]/iframe/p[1]"),
        ("丁", "div[1]"),
    ]
    # What stands between its tags is for other browsers; of what is hidden nothing is read.
    assert texts('<iframe srcdoc="乙">丙</iframe>') == ["乙"]
    assert texts('<div hidden><iframe srcdoc="乙"></iframe></div>') == []


def test_tables_of_a_page_within_a_page_are_counted_with_the_others() -> None:
    table = "<table><tr><td>甲<td>乙<tr><td>丙<td>丁</table>"
    page = fed(f'{table}<iframe srcdoc="<p>里{table}{table}"></iframe>{table}')

    assert [each.table for each in page.paragraphs] == [1, 1, 0, 2, 2, 3, 3, 4, 4]
