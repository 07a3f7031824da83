"""What stands on a page and belongs to no text: page numbers and running heads."""

from __future__ import annotations

import pytest

from bulletin_lint.model.location import Location
from text_readings import PARAGRAPH, content, contents, read


def furniture(text: str) -> list[tuple[str, str]]:
    reading = read(text)
    return [(line.furniture, content(reading, line)) for line in reading.lines if line.kind == "furniture"]


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
