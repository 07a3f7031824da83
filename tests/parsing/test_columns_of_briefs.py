"""Columns of short news: which headings, over how many items, with which marks."""

from __future__ import annotations

import pytest

from bulletin_lint.parsing.attributions import Attribution
from bulletin_lint.parsing.briefs import brief_columns
from sheets import sheet_of

ITEM = "3月1日，镇里到东山植树，都浇了水。"
SIGNED = Attribution(0, 2, "镇林业站")


def columns(
    *lines: str, head: int = 0, tail: int | None = None, signed: tuple[int, ...] = ()
) -> tuple[set[int], set[int]]:
    sheet = sheet_of(*lines)
    inline = [SIGNED if index in signed else None for index in range(len(sheet))]
    return brief_columns(sheet, head, len(sheet) if tail is None else tail, inline)


@pytest.mark.parametrize("mark", "·•●")
def test_items_with_one_mark_before_each_make_a_column(mark: str) -> None:
    assert columns("简讯", f"{mark}{ITEM}", f"{mark}{ITEM}") == ({0}, {1, 2})
    assert columns("简讯", f"{mark}{ITEM}") == (set(), set())
    # Another mark, none, or words that are too short end it.
    assert columns("简讯", f"{mark}{ITEM}", f"{mark}{ITEM}", ITEM) == ({0}, {1, 2})
    assert columns("简讯", f"{mark}{ITEM}", f"{mark}{ITEM}", f"{mark}镇里，植树") == ({0}, {1, 2})
    assert columns("简讯", f"{mark}{ITEM}", ITEM, f"{mark}{ITEM}") == (set(), set())


@pytest.mark.parametrize(
    ("signed", "is_column"),
    [((1,), True), ((1, 2), True), ((2,), False), ((), False), ((0,), False)],
)
def test_without_a_mark_one_above_the_last_is_signed(signed: tuple[int, ...], *, is_column: bool) -> None:
    assert columns("简讯", ITEM, ITEM, signed=signed) == (({0}, {1, 2}) if is_column else (set(), set()))


@pytest.mark.parametrize(
    ("heading", "is_one"),
    [
        ("简讯", True),
        ("【简讯】", True),
        ("简 讯", True),
        ("工作动态和各地的简讯", False),
        ("镇里植树", False),
        (ITEM, False),
    ],
)
def test_the_heading_is_short_and_names_briefs(heading: str, *, is_one: bool) -> None:
    assert (columns(heading, f"·{ITEM}", f"·{ITEM}")[0] == {0}) is is_one


def test_only_between_masthead_and_imprint() -> None:
    lines = ("简讯", f"·{ITEM}", f"·{ITEM}", f"·{ITEM}")
    assert columns(*lines, head=1) == (set(), set())
    assert columns(*lines, tail=3) == ({0}, {1, 2})
    assert columns(*lines, tail=2) == (set(), set())
    assert columns(*lines, tail=9) == ({0}, {1, 2, 3})
    both = (*lines[:3], "简讯", f"·{ITEM}", f"·{ITEM}")
    assert columns(*both) == ({0, 3}, {1, 2, 4, 5})


@pytest.mark.parametrize(
    ("words", "is_item"), [("甲" * 9 + "，乙", True), ("甲" * 8 + "，乙", False), ("甲" * 12, False)]
)
def test_an_item_is_long_and_has_a_clause(words: str, *, is_item: bool) -> None:
    found = columns("简讯", f"·{words}", f"·{words}")
    assert found == (({0}, {1, 2}) if is_item else (set(), set()))
