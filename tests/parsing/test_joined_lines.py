"""Lines that go on from the block above, and lines that begin one, by what the layout says and by their words."""

from __future__ import annotations

from typing import Any

import pytest

from bulletin_lint.model.document import Document
from bulletin_lint.model.location import Span
from bulletin_lint.model.reading import Line, Reading
from bulletin_lint.parsing import parse
from hand_made import NoPlaces
from laid_out import grammar

CUT = "城北街道办起社区老年食堂，每天供应午餐两百余份。三名帮厨分头给老"
REST = "人送餐到家，并把空碗收回来消毒，大家叫好。"
WHOLE = CUT + REST


def read(*lines: str | tuple[str, dict[str, Any]], **more: Any) -> Document:
    """Each line with what is known of how it stood there."""
    texts = [line if isinstance(line, str) else line[0] for line in lines]
    made: list[Line] = []
    start = 0
    for line, text in zip(lines, texts, strict=True):
        made.append(Line(((start, start + len(text)),), **({} if isinstance(line, str) else line[1])))
        start += len(text) + 1
    return parse("1.txt", Reading("text", "\n".join(texts), tuple(made), NoPlaces(), **more), grammar())


def blocks(*lines: str | tuple[str, dict[str, Any]], **more: Any) -> list[str]:
    return read(*lines, **more).text.split("\n")


GAP = {"gap": True}


@pytest.mark.parametrize(
    "line",
    [
        "【基层动态】街道里的老人说好。",
        "●街道里的老人说好，天天来吃。",
        "（街道里的老人说好，天天来吃。）",
        "(街道里的老人说好，天天来吃。)",
        "一、街道里的老人说好，天天来吃。",
        "（一）街道里的老人说好，天天来吃。",
        "目录",
        "编者按：街道里的老人说好，天天来吃。",
        "责编：梁玉",
        "报：市委办公室。",
        "附件：街道老年食堂的做法。",
        "图1　街道里的老人说好，天天来吃。",
    ],
)
def test_what_begins_something_by_its_words_goes_on_from_nothing(line: str) -> None:
    assert blocks(CUT, (line, GAP)) == [CUT, line]


def test_what_begins_nothing_goes_on_across_a_gap() -> None:
    document = read(CUT, (REST, GAP))

    assert document.text == WHOLE
    assert [(item.kind, item.span) for item in document.damage] == [("cut", Span(len(CUT) - 1, len(CUT) + 1))]
    assert document.seams == {len(CUT)}


@pytest.mark.parametrize(
    "more", [{"heading": 2}, {"bold": ((len(CUT) + 1, len(CUT) + 5),)}, {"kind": "table"}, {"joins": False}]
)
def test_a_heading_bold_type_a_row_and_marks_of_the_source_begin_a_block(more: dict[str, Any]) -> None:
    assert blocks(CUT, (REST, GAP | more)) == [CUT, REST]


@pytest.mark.parametrize("more", [{"heading": 2}, {"closed": True}, {"kind": "table"}])
def test_below_a_heading_a_link_or_a_row_nothing_goes_on(more: dict[str, Any]) -> None:
    assert blocks((CUT, more), (REST, GAP)) == [CUT, REST]


def test_a_rule_between_two_lines_parts_them() -> None:
    assert blocks(CUT, ("", {"kind": "rule"}), (REST, GAP)) == [CUT, REST]


@pytest.mark.parametrize("mark", "，。、；：？！”’）》〉】」』,;:?!)")
def test_a_mark_that_cannot_begin_a_line_goes_on(mark: str) -> None:
    above = "街道办起老年食堂，帮厨给老人送餐到家"

    assert blocks(above, f"{mark}大家叫好。") == [f"{above}{mark}大家叫好。"]


# --- What the layout says ------------------------------------------------------------------------------


def pages(*lines: tuple[str, dict[str, Any]], **more: Any) -> list[str]:
    """Lines of pages, of which the reader says whether they join."""
    return blocks(*lines, joins_known=True, pages=1, **more)


JOINS: dict[str, Any] = {"joins": True, "page": 1}
PARTS: dict[str, Any] = {"joins": False, "page": 1}


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        ("街道办起老年食堂", "帮厨送餐到家", "街道办起老年食堂帮厨送餐到家"),
        # Between Latin words and figures the line break stands for a space.
        ("use the app", "every day", "use the app every day"),
        ("共有1200", "300人", "共有1200 300人"),
        ("use the app", "每天", "use the app每天"),
        ("use the (", "app", "use the (app"),
        ("每天", "use it", "每天use it"),
    ],
)
def test_a_line_that_the_layout_joins_goes_on(first: str, second: str, joined: str) -> None:
    assert pages((first, PARTS), (second, JOINS)) == [joined]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        # A field below a paragraph or another field, a caption below a paragraph.
        ("帮厨送餐到家。", "责编：梁玉"),
        ("责编：梁玉", "电话：0571-55550100"),
        ("帮厨送餐到家。", "图1　老年食堂"),
        ("帮厨送餐到家。", "附件：老年食堂的做法"),
    ],
)
def test_a_field_or_a_caption_begins_though_the_layout_joins_it(first: str, second: str) -> None:
    assert pages((first, PARTS), (second, JOINS)) == [first, second]


@pytest.mark.parametrize("line", ["★一窗办事少跑路", "◆乡镇有了流动柜台", "■村里装上水表"])
def test_a_line_with_a_title_s_sign_begins_though_the_layout_joins_it_to_one_line(line: str) -> None:
    office = "梧桐县政务服务管理局办公室 2022年11月3日"

    assert pages((office, {}), (line, {"joins": True})) == [office, line]


def test_amid_a_paragraph_of_several_lines_such_a_sign_goes_on() -> None:
    assert pages((CUT, {}), (REST[:8], {"joins": True}), ("★" + REST[8:], {"joins": True})) == [
        CUT + REST[:8] + "★" + REST[8:]
    ]


def test_amid_a_sentence_they_go_on() -> None:
    assert pages(("帮厨把做法写进了", PARTS), ("图1　的说明里。", JOINS)) == [
        "帮厨把做法写进了图1　的说明里。"
    ]


@pytest.mark.parametrize(
    ("page", "joined", "kinds"),
    [
        (2, "帮厨给老人送餐到家。", ["repeat"]),
        (1, "帮厨给老人老人送餐到家。", []),
        (None, "帮厨给老人老人送餐到家。", []),
    ],
)
def test_what_the_next_page_says_again_is_dropped(page: int | None, joined: str, kinds: list[str]) -> None:
    document = read(
        ("帮厨给老人", PARTS), ("老人送餐到家。", JOINS | {"page": page}), joins_known=True, pages=2
    )

    assert document.text == joined
    assert [item.kind for item in document.damage] == kinds
    assert [item.found for item in document.damage] == ["老人"] * len(kinds)
    assert [item.page for item in document.damage] == [page] * len(kinds)


@pytest.mark.parametrize(
    ("first", "second", "is_joined"),
    [
        # Broken inside a label, or behind one.
        ("责编：梁玉　联系电话：", "0571-55550100", True),
        ("责编：梁玉　电话：", "0571-55550100", True),
        ("责编：梁玉　电话：", "审核：甲文", False),
        ("责编：梁玉　电", "话：0571-55550100", True),
        ("责编：梁玉　联系电话：", "审核：甲文", False),
        ("责编：梁玉　电话：0571", "审核：甲文", False),
        ("责编：", "梁玉", False),
        ("帮厨说　联系电话：", "0571-55550100", False),
    ],
)
def test_a_line_of_fields_may_be_broken_at_a_label(first: str, second: str, *, is_joined: bool) -> None:
    assert pages((first, PARTS), (second, PARTS)) == ([first + second] if is_joined else [first, second])
    # A gap parts them.
    assert pages((first, PARTS), (second, PARTS | GAP)) == [first, second]


def test_where_the_source_has_its_paragraphs_only_what_joins_does() -> None:
    assert blocks(CUT, (REST, GAP), joins_final=True) == [CUT, REST]
    assert blocks(CUT, REST, joins_final=True) == [CUT, REST]
    assert blocks(CUT, (REST, {"joins": True}), joins_final=True) == [WHOLE]


# --- Pages of a text -----------------------------------------------------------------------------------


NUMBER = ("- 2 -", {"kind": "furniture", "furniture": "page-number"})
TITLE = "城北街道工作简报"


def furniture(*lines: str | tuple[str, dict[str, Any]]) -> list[str]:
    return [node.text for node in read(*lines).bulletin.list("furniture")]


@pytest.mark.parametrize(
    ("line", "is_head"),
    [
        (TITLE, True),
        ("城北街道　工作简报", True),
        (f"{TITLE}　第4期", True),
        (f"{TITLE}{'甲' * 20}", True),
        (f"{TITLE}{'甲' * 21}", False),
        ("工作简报", False),
    ],
)
def test_below_a_page_number_the_series_title_is_a_running_head(line: str, *, is_head: bool) -> None:
    found = furniture(TITLE, ("第4期", GAP), (WHOLE, GAP), NUMBER, (line, GAP), (REST, GAP))

    assert found == (["- 2 -", line] if is_head else ["- 2 -"])
    # Without a page's end between them it is the bulletin's.
    assert furniture(TITLE, ("第4期", GAP), (WHOLE, GAP), (line, GAP), (REST, GAP)) == []


@pytest.mark.parametrize(
    ("kind", "is_end"), [("page-break", True), ("running-head", True), ("watermark", False), ("stamp", False)]
)
def test_a_page_ends_where_its_number_its_break_or_its_head_stands(kind: str, *, is_end: bool) -> None:
    mark = ("甲乙", {"kind": "furniture", "furniture": kind})
    found = furniture(TITLE, ("第4期", GAP), (WHOLE, GAP), mark, (TITLE, GAP), (REST, GAP))

    assert (TITLE in found) is is_end


def test_a_short_title_is_no_running_head() -> None:
    assert furniture("简报甲", ("第4期", GAP), (WHOLE, GAP), NUMBER, ("简报甲", GAP), (REST, GAP)) == [
        "- 2 -"
    ]
    assert furniture("甲乙简报", ("第4期", GAP), (WHOLE, GAP), NUMBER, ("甲乙简报", GAP), (REST, GAP)) == [
        "- 2 -",
        "甲乙简报",
    ]


def test_a_paragraph_goes_on_over_the_end_of_a_page() -> None:
    document = read(CUT, NUMBER, (REST, GAP))

    assert document.text == f"{WHOLE}\n- 2 -"
    assert [item.kind for item in document.damage] == ["cut"]
