"""Sequences: which number of 1, 2, 3 … is blamed, and that each mistake is blamed once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_lint.checks.structure.numbering import faults


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([1, 2, 3], []),
        ([], []),
        ([1], []),
        # A part is missing: counting goes on from where it jumped.
        ([1, 3, 4], [("gap", 1, 2)]),
        ([1, 2, 4], [("gap", 2, 3)]),
        # One number is mistyped, its successor goes on as if it were right.
        ([1, 2, 5, 4], [("gap", 2, 3)]),
        ([1, 7, 3], [("gap", 1, 2)]),
        # The same number twice, by a slip or by insertion.
        ([1, 2, 2, 4], [("repeat", 2, 3)]),
        ([1, 2, 2, 3], [("repeat", 2, 3)]),
        ([1, 1, 3], [("repeat", 1, 2)]),
        ([1, 1], [("repeat", 1, 2)]),
        # Two changed places: said once, at the first.
        ([1, 3, 2, 4], [("gap", 1, 2)]),
        ([2, 1, 3], [("start", 0, 1)]),
        ([2, 3, 4], [("start", 0, 1)]),
        ([4, 2, 3], [("start", 0, 1)]),
        # Two mistakes are two.
        ([1, 3, 4, 6], [("gap", 1, 2), ("gap", 3, 5)]),
    ],
)
def test_each_mistake_is_blamed_once(numbers: list[int], expected: list[tuple[str, int, int]]) -> None:
    assert expected == [(fault.kind, fault.at, fault.expected) for fault in faults(numbers)]


@given(st.integers(0, 40))
def test_counting_right_is_never_blamed(length: int) -> None:
    assert [] == faults(list(range(1, length + 1)))


@given(st.integers(3, 20), st.data())
def test_a_part_taken_out_is_one_fault_at_its_successor(length: int, data: st.DataObject) -> None:
    gone = data.draw(st.integers(1, length - 2))
    numbers = [number for number in range(1, length + 1) if number != gone + 1]

    assert [("gap", gone, gone + 1)] == [(fault.kind, fault.at, fault.expected) for fault in faults(numbers)]


@given(st.integers(3, 20), st.data())
def test_a_mistyped_number_is_one_fault_at_itself(length: int, data: st.DataObject) -> None:
    at = data.draw(st.integers(1, length - 2))
    wrong = data.draw(st.integers(1, 40).filter(lambda number: abs(number - at - 1) > 1))
    numbers = list(range(1, length + 1))
    numbers[at] = wrong

    found = faults(numbers)

    assert [at] == [fault.at for fault in found]
    assert at + 1 == found[0].expected
    assert ("repeat" if wrong <= at else "gap") == found[0].kind
