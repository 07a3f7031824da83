"""Sequences: which number of 1, 2, 3 … is blamed, and that each mistake is blamed once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_lint.checks.structure.numbering import faults
from bulletin_lint.checks.structure.sequences import rewritten
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.source import SourceFile
from bulletin_lint.rulebook.load import load_rulebook


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


@pytest.fixture(scope="module")
def linter() -> Linter:
    rulebook = load_rulebook(Settings())
    codes = ("SEC001", "SEC002", "SEC003", "SEC005", "SEC008")
    return Linter(rulebook, [rulebook.rules[code] for code in codes], required=())


def said(linter: Linter, *paragraphs: str) -> list[str]:
    source = SourceFile("a.md", "text", explicit=True, data=None)
    result = linter.lint(source, "\n\n".join([*paragraphs, ""]).encode()).result
    return [f"{each.code} {each.location.line}" for each in result.violations]


QUOTED = [
    "一、修改《停车管理办法》",
    "1.将第二条修改为：",
    "“下列区域按次收费：",
    "1.车站周边；",
    "2.医院周边；",
    "3.其他区域。”",
    "2.删去第五条。",
    "3.第七条改为第六条。",
]


def test_a_list_in_a_quotation_counts_by_itself(linter: Linter) -> None:
    assert said(linter, *QUOTED) == []
    # A number that is wrong outside of it, and one within.
    assert said(linter, *QUOTED[:-1], "4.第七条改为第六条。") == ["SEC001 15"]
    assert said(linter, *QUOTED[:4], "3.医院周边；", "4.其他区域。”", *QUOTED[6:]) == ["SEC001 9"]


def test_items_in_one_line_are_there(linter: Linter) -> None:
    items = ["（一）水位和流量；", "（二）水质；（三）水温；", "（四）泥沙。"]
    assert said(linter, "监测下列事项：", *items) == []
    assert said(linter, "监测下列事项：", items[0], "（二）水质；", items[2]) == ["SEC001 7"]


def test_a_count_that_goes_on_behind_a_heading(linter: Linter) -> None:
    lines = ["# 第一章　城区", "1．东街 2．西街 3．南街 4．北街", "# 第二章　镇村", "5．东浦村 6．西浦村"]
    assert said(linter, *lines) == []
    assert said(linter, *lines[:3], "7．东浦村 8．西浦村") == ["SEC003 7"]


def test_items_of_their_own_enumeration_are_no_sections_in_another_style(linter: Linter) -> None:
    """三、 is the last section, and under it 一是 to 五是, each a paragraph."""
    sections = ["一、摸清底数", "逐户登记。", "二、分类施策", "逐户帮扶。", "三、压实责任"]
    items = [f"{number}是把第{number}项任务落到人头，按月通报。" for number in "一二三四五"]
    assert said(linter, *sections, *items) == []


@pytest.mark.parametrize(
    ("marker", "number", "wanted"),
    [("举措三　", 3, "举措二　"), ("做法3 ", 3, "做法2 "), ("（ 三 ）", 3, "（ 二 ）"), ("三、", 3, "二、")],
)
def test_another_number_leaves_the_spaces_of_a_marker(marker: str, number: int, wanted: str) -> None:
    assert wanted == rewritten(marker, number, 2)
