from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_lint.model.location import LineIndex, Location, PageBox

TEXTS = st.text(st.sampled_from("甲𠮷a \t\u3000\f\v\u2028\x85\n\r"))


@pytest.mark.parametrize(
    ("text", "offset", "place"),
    [
        ("", 0, (1, 1)),
        ("甲乙", 0, (1, 1)),
        ("甲乙", 2, (1, 3)),
        ("甲\n乙", 1, (1, 2)),
        ("甲\n乙", 2, (2, 1)),
        ("甲\r\n乙", 3, (2, 1)),
        ("甲\r乙", 2, (2, 1)),
        ("甲\r\r\n\n乙", 5, (4, 1)),
        ("甲\n", 2, (2, 1)),
        # One character beyond the basic plane is one column.
        ("𠮷乙", 1, (1, 2)),
        # These separate lines for Python, not for an editor.
        ("甲\f乙\v丙\u2028丁\x85戊", 8, (1, 9)),
        ("甲\f乙\r\n丙", 5, (2, 1)),
    ],
)
def test_position(text: str, offset: int, place: tuple[int, int]) -> None:
    assert place == LineIndex(text).position(offset)


@pytest.mark.parametrize(("text", "count"), [("", 1), ("甲", 1), ("甲\n", 2), ("甲\r\n乙\r丙", 3)])
def test_number_of_lines(text: str, count: int) -> None:
    assert count == len(LineIndex(text))


@given(TEXTS)
def test_a_position_leads_back_to_its_offset(text: str) -> None:
    index = LineIndex(text)
    for offset in range(len(text) + 1):
        line, column = index.position(offset)
        assert offset == index.line_start(line) + column - 1


@given(TEXTS)
def test_a_line_begins_after_every_line_break_and_nowhere_else(text: str) -> None:
    breaks = text.replace("\r\n", "\r").count("\r") + text.replace("\r\n", "\r").count("\n")
    index = LineIndex(text)
    assert breaks + 1 == len(index)
    assert all(text[index.line_start(line) - 1] in "\r\n" for line in range(2, len(index) + 1))


@given(TEXTS)
def test_positions_grow_with_offsets(text: str) -> None:
    index = LineIndex(text)
    places = [index.position(offset) for offset in range(len(text) + 1)]
    assert sorted(set(places)) == places


def test_the_page_is_the_first_boxs() -> None:
    assert Location(1, 1, 1, 2).page is None
    boxes = (PageBox(2, (0, 0, 1, 1)), PageBox(3, (0, 0, 1, 1)))
    assert Location(1, 1, 1, 2, boxes).page == 2
