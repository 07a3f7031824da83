"""Items in words: which lists they make, where one begins within another, and where they begin anew."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bulletin_lint.checks.structure.item_lists import end_of_inner_list, item_sequences
from bulletin_lint.checks.structure.numbering import faults
from bulletin_lint.model.document import Node
from bulletin_lint.model.location import Span
from bulletin_lint.model.numerals import parse_number
from hand_made import document

HAN = "一二三四五六"


def article_of(*lines: str) -> Node:
    """An article whose items are 一是, 第二, …; lines behind ``# `` are headings."""
    made = document("\n".join(line.removeprefix("# ") for line in lines))
    (article,) = made.bulletin.list("articles")
    items: list[Node] = []
    for index, (node, line) in enumerate(zip(article.list("blocks"), lines, strict=True)):
        node.fields["kind"] = "heading" if line.startswith("# ") else "paragraph"
        for found in re.finditer(f"([{HAN}])是|第([{HAN}])", node.text):
            fields: Any = {
                "number": parse_number(found[1] or found[2]),
                "style": "is" if found[1] else "ordinal",
                "block": index,
            }
            start = node.span.start + found.start()
            items.append(Node(f"articles[0].items[{len(items)}]", Span(start, start + 2), found[0], fields))
    article.children |= {"items": [*items], "sections": []}
    return article


def lists(*lines: str) -> list[list[int]]:
    return [[step.number for step in run.steps] for run in item_sequences(article_of(*lines))]


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        (["没有"], []),
        (["一是甲，二是乙。"], [[1, 2]]),
        (["一是甲。", "二是乙。"], [[1, 2]]),
        # Each style is a list of its own, in the order in which they come.
        (["第一甲，一是乙，第二丙，二是丁。"], [[1, 2], [1, 2]]),
        # In one paragraph a second first is a slip, but where the list goes on from it.
        (["一是甲，一是乙，三是丙。"], [[1, 1, 3]]),
        (["一是甲，二是乙。一是丙，二是丁。"], [[1, 2], [1, 2]]),
        (["一是甲，一是乙，二是丙。"], [[1, 1, 2]]),
        (["一是甲，二是乙，一是丙。"], [[1, 2, 1]]),
        # In the next one too, where each begins its paragraph.
        (["一是甲。", "一是乙。"], [[1, 1]]),
        (["一是甲。", "说一是乙。"], [[1], [1]]),
        (["说一是甲。", "一是乙。"], [[1], [1]]),
        (["一是甲。", "话", "一是乙。"], [[1], [1]]),
        (["一是甲。", "二是乙。", "一是丙。", "二是丁。"], [[1, 2], [1, 2]]),
        # A heading parts lists.
        (["一是甲。", "# 题", "二是乙。"], [[1], [2]]),
        (["# 题", "一是甲。", "二是乙。"], [[1, 2]]),
        # A list within an item of another.
        (["一是甲，二是乙，分两类：一是丙，二是丁。三是戊。"], [[1, 2], [1, 2, 3]]),
        (["一是甲，分两类：一是丙，二是丁。二是戊。"], [[1, 2], [1, 2]]),
    ],
)
def test_items_make_lists(lines: list[str], found: list[list[int]]) -> None:
    assert sorted(lists(*lines)) == sorted(found)


@pytest.mark.parametrize(
    ("lines", "index", "end"),
    [
        (["一是甲，分两类：一是丙，二是丁。二是戊。"], 1, 3),
        (["一是甲，分两类:一是丙，二是丁。二是戊。"], 1, 3),
        (["一是甲，分两类： 一是丙，二是丁。二是戊。"], 1, 3),
        (["一是甲，分三类：一是丙，二是丁，三是己。二是戊。"], 1, 4),
        # The first of all begins no inner list, nor does another number, or one behind another mark.
        (["分两类：一是丙，二是丁。二是戊。"], 0, 0),
        (["一是甲，分两类：二是丙，三是丁。二是戊。"], 1, 1),
        (["一是甲，分两类，一是丙，二是丁。二是戊。"], 1, 1),
        # It counts up, has two items at least, and the outer list goes on.
        (["一是甲，分两类：一是丙，三是丁。二是戊。"], 1, 1),
        (["一是甲，有一类：一是丙。二是戊。"], 1, 1),
        (["一是甲，分两类：一是丙，二是丁。三是戊。"], 1, 1),
        (["一是甲，分两类：一是丙，二是丁。"], 1, 1),
        (["一是甲，二是乙，分两类：一是丙，二是丁。三是戊。"], 2, 4),
        # It ends with its sentence, or with its paragraph.
        (["一是甲，分两类：一是丙。二是丁。二是戊。"], 1, 1),
        (["一是甲，分两类：一是丙，二是丁", "二是戊。"], 1, 3),
    ],
)
def test_where_an_inner_list_ends(lines: list[str], index: int, end: int) -> None:
    article = article_of(*lines)
    assert end_of_inner_list(article.list("items"), index, article.list("blocks")) == end


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ([], []),
        ([1], []),
        ([1, 2, 3], []),
        ([2], [("start", 0, 1, None)]),
        ([2, 3], [("start", 0, 1, None)]),
        ([3, 2, 3], [("start", 0, 1, None)]),
        ([2, 1, 3], [("start", 0, 1, None)]),
        ([3, 1, 2], [("start", 0, 1, None)]),
        ([1, 3], [("gap", 1, 2, 0)]),
        ([1, 3, 4], [("gap", 1, 2, 0)]),
        ([1, 3, 3], [("gap", 1, 2, 0)]),
        ([1, 1], [("repeat", 1, 2, 0)]),
        ([1, 1, 2], [("repeat", 1, 2, 0)]),
        ([1, 2, 1], [("repeat", 2, 3, 0)]),
        ([1, 2, 2, 4], [("repeat", 2, 3, 1)]),
        ([1, 2, 2, 3], [("repeat", 2, 3, 1)]),
        ([1, 2, 5, 4], [("gap", 2, 3, 1)]),
        ([1, 3, 2, 4], [("gap", 1, 2, 0)]),
        ([1, 4, 2, 3], [("gap", 1, 2, 0)]),
        ([1, 3, 5], [("gap", 1, 2, 0), ("gap", 2, 4, 1)]),
    ],
)
def test_each_mistake_of_a_count_is_told_once(
    numbers: list[int], found: list[tuple[str, int, int, int | None]]
) -> None:
    assert [tuple(fault) for fault in faults(numbers)] == found
