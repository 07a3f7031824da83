"""Where a paragraph that lost its end goes on: by indents, by gaps, by how long it is and what stands above it."""

from __future__ import annotations

from typing import Any

import pytest

from bulletin_lint.model.document import Document
from bulletin_lint.model.reading import Line, Reading
from bulletin_lint.parsing import parse
from hand_made import NoPlaces
from laid_out import grammar

CUT = "城北街道办起社区老年食堂，每天供应午餐两百余份。三名帮厨分头给老"
REST = "人送餐到家，并把空碗收回来消毒，大家叫好。"
GAP = {"gap": True}


def read(*lines: tuple[str, dict[str, Any]], **more: Any) -> Document:
    """Lines of a text, each with what is known of how it stood there."""
    made: list[Line] = []
    start = 0
    for text, known in lines:
        made.append(Line(((start, start + len(text)),), **known))
        start += len(text) + 1
    text = "\n".join(each for each, _ in lines)
    return parse("1.txt", Reading("text", text, tuple(made), NoPlaces(), **more), grammar())


def blocks(*lines: tuple[str, dict[str, Any]], **more: Any) -> list[str]:
    return read(*lines, **more).text.split("\n")


@pytest.mark.parametrize(
    ("above", "indent", "gap", "is_joined"),
    [
        # Indented as the block above begins it is a paragraph, from two columns to eight.
        (0, 0, True, True),
        (1, 1, True, True),
        (2, 2, True, False),
        (4, 4, True, False),
        (8, 8, True, False),
        (9, 9, True, True),
        # Below a gap it is one too where that block has no indent.
        (0, 1, True, True),
        (0, 2, True, False),
        (0, 8, True, False),
        (0, 9, True, True),
        # Another indent than that of the block above says nothing.
        (4, 2, True, True),
        (4, 0, True, True),
        (2, 4, True, True),
    ],
)
def test_what_has_the_indent_of_paragraphs_is_one(
    above: int, indent: int, *, gap: bool, is_joined: bool
) -> None:
    found = blocks((CUT, {"indent": above}), (REST, {"indent": indent, "gap": gap}))

    assert found == ([CUT + REST] if is_joined else [CUT, REST])


def test_what_cannot_begin_a_line_goes_on_whatever_its_indent() -> None:
    for rest in (f"，{REST}", "人，大家叫好。", "人。大家叫好。"):
        assert blocks((CUT, {"indent": 4}), (rest, GAP | {"indent": 4})) == [CUT + rest]


def test_over_the_end_of_a_page_and_on_pages_an_indent_says_nothing() -> None:
    number = ("- 2 -", {"kind": "furniture", "furniture": "page-number"})
    assert blocks((CUT, {"indent": 4}), number, (REST, GAP | {"indent": 4})) == [CUT + REST, "- 2 -"]
    page = {"page": 1, "indent": 4}
    assert blocks((CUT, page), (REST, page | GAP)) == [CUT + REST]


@pytest.mark.parametrize(
    ("before", "rest", "is_joined"),
    [
        # What goes on must end as prose does, hold a stop, or be as long as prose.
        (CUT, "人送餐到家", False),
        (CUT, "人送餐到家。", True),
        (CUT, "人送餐到家。大家叫好", True),
        (CUT, "人送餐到家，都说好，" + "甲" * 35, True),
        (CUT, "人送餐到家，都说好，" + "甲" * 34, False),
        # A source or a title it is not.
        (CUT, "城北街道办事处", False),
        # What is short has ended, a comma says that it has not.
        ("街道办起老年食堂", "每天供应午餐，大家叫好。", False),
        ("街道办起老年食堂，", "每天供应午餐，大家叫好。", True),
        ("街道办起老年食堂（", "每天供应午餐，大家叫好。", True),
        # A mark at the end is the end.
        (CUT + "。", REST, False),
        (CUT + "：", REST, False),
        (CUT + "（街道）", REST, False),
        # A heading with a number may be long.
        (f"一、{CUT.replace('。', '，')}", REST, False),
    ],
)
def test_across_a_gap_a_paragraph_goes_on(before: str, rest: str, *, is_joined: bool) -> None:
    found = read((before, {}), (rest, GAP))

    assert found.text.split("\n") == ([before + rest] if is_joined else [before, rest])
    assert [item.kind for item in found.damage] == ["cut"] * is_joined


WHOLE = "街道办起老年食堂，每天供应午餐两百余份，老人都说好。"
CLAUSE = "三名帮厨每天上午先把菜送到各个社区里的小食堂，再分头"


@pytest.mark.parametrize(
    ("above", "before", "is_joined"),
    [
        (WHOLE, CLAUSE + "送餐上门", True),
        # 28 characters with a comma below a whole paragraph are no title, 27 may be one.
        (WHOLE, CLAUSE + "送餐", True),
        (WHOLE, CLAUSE + "送", False),
        (WHOLE, (CLAUSE + "送餐上门").replace("，", "又"), False),
        (WHOLE[:-1], CLAUSE + "送餐上门", False),
        (WHOLE[:-1] + "：", CLAUSE + "送餐上门", False),
        (WHOLE[:-1] + "）", CLAUSE + "送餐上门", False),
        ("街道办起老年食堂。", CLAUSE + "送餐上门", False),
    ],
)
def test_below_a_whole_paragraph_a_clause_goes_on(above: str, before: str, *, is_joined: bool) -> None:
    lines = [(above, {}), (before, GAP), (REST, {"page": None})]
    found = blocks(*lines)  # type: ignore[arg-type]

    assert (len(CLAUSE), found) == (26, [above, before + REST] if is_joined else [above, before, REST])
