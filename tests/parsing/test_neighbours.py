"""What stands around lines: the same words elsewhere, cells in a row, the paragraph below, the numbers of sections."""

from __future__ import annotations

import pytest

from bulletin_lint.parsing.blocks import Blocks
from bulletin_lint.parsing.neighbours import Repetitions, cells, column_levels, leads, numbers
from sheets import sheet_of

TEXT = "镇机关干部到东山植树，栽下香樟三百株，都浇了水。"


def repetitions(sheet: Blocks, head: int = 0) -> Repetitions:
    is_short = [not words.is_prose and words.marker is None for words in sheet.words]
    return Repetitions(sheet, is_short, head, len(sheet))


@pytest.mark.parametrize(
    ("entry", "title", "listed"),
    [
        ("镇里植树", "镇里植树", True),
        ("▲镇里植树", "镇里植树", True),
        ("1.镇里植树", "镇里植树", True),
        ("12、镇里植树", "镇里植树", True),
        ("一、镇里植树", "镇里植树", True),
        ("（一）镇里植树", "镇里植树", True),
        ("①镇里植树", "镇里植树", True),
        ("镇里植树（12）", "镇里植树", True),
        ("镇里植树……3", "镇里植树", True),
        ("镇里 植树", "镇里植树", True),
        ("镇里“植树”", "镇里植树", True),
        ("镇里浇水", "镇里植树", False),
        # So few characters stand elsewhere by accident.
        ("植树了", "植树了", False),
    ],
)
def test_the_contents_list_a_title_whatever_stands_before_and_behind_it(
    entry: str, title: str, *, listed: bool
) -> None:
    sheet = sheet_of("目录", entry, "镇里修路", title, TEXT)
    found = repetitions(sheet)

    assert found.is_listed(3) is listed
    assert found.below(1) is listed
    assert not found.is_listed(1)
    assert not found.below(3)


def test_a_title_on_two_lines_may_be_listed_as_one() -> None:
    found = repetitions(sheet_of("目录", "镇里开展春季植树活动", "镇里开展春季", "植树活动", TEXT))

    assert found.is_listed_with_next(2)
    assert found.is_listed_with_last(3)
    assert not found.is_listed_with_next(3)
    assert not found.is_listed_with_last(2)
    assert not found.is_listed(2)


@pytest.mark.parametrize(("words", "elsewhere"), [("主要做法", True), ("山" * 12, True), ("山" * 13, False)])
def test_a_short_line_over_several_paragraphs_is_a_heading_that_articles_share(
    words: str, *, elsewhere: bool
) -> None:
    found = repetitions(sheet_of("镇里植树", words, TEXT, "镇里修路", words, TEXT))

    assert found.is_said_elsewhere(1) is found.is_said_elsewhere(4) is elsewhere
    assert not found.is_said_elsewhere(0)


@pytest.mark.parametrize(("between", "listed"), [(1, True), (39, True), (40, False), (60, False)])
def test_the_contents_stand_near_the_masthead(between: int, *, listed: bool) -> None:
    """What is said again further below is no entry of them."""
    lines = [
        *[f"第{number}段镇里修路" for number in range(between)],
        "镇里植树造林",
        "镇里修路",
        "镇里植树造林",
        TEXT,
    ]

    assert repetitions(sheet_of(*lines)).is_listed(between + 2) is listed


@pytest.mark.parametrize(
    ("lines", "runs"),
    [
        (["东山"], [0]),
        (["东山", "西山"], [2, 2]),
        (["东山", "西山", TEXT, "南山"], [2, 2, 0, 0]),
        ([TEXT, "东山", "西山", "南山"], [0, 3, 3, 3]),
        (["山" * 18, "西山"], [2, 2]),
        (["山" * 19, "西山", "南山"], [0, 2, 2]),
    ],
)
def test_short_lines_in_a_row_may_be_cells(lines: list[str], runs: list[int]) -> None:
    sheet = sheet_of(*lines)
    is_short = [not words.is_prose for words in sheet.words]

    assert cells(sheet, is_short, 0, gaps=True) == runs
    # A gap parts them where gaps are not everywhere.
    assert cells(sheet, is_short, 0, gaps=False) == [0] * len(lines)


@pytest.mark.parametrize(
    ("lines", "found"),
    [
        ([TEXT], [None]),
        (["镇里植树", TEXT], [1, None]),
        (["镇里植树", "东山见闻", TEXT], [2, 2, None]),
        (["镇里植树", "东山见闻", "浇水", TEXT], [None, 3, 3, None]),
        ([TEXT, TEXT, TEXT], [1, 2, None]),
        (["镇里植树", "山" * 12 + "。"], [1, None]),
        (["镇里植树", "山" * 11 + "。"], [None, None]),
    ],
)
def test_the_paragraph_below_a_line_is_one_of_the_next_two_blocks(
    lines: list[str], found: list[int | None]
) -> None:
    assert leads(sheet_of(*lines)) == found


def counted(
    lines: list[str],
    *,
    ends: tuple[int, ...] = (),
    breaks: tuple[int, ...] = (),
    titles: tuple[str, ...] = (),
) -> tuple[list[list[int]], list[list[int]]]:
    """By block the numbers above and below."""
    sheet = sheet_of(*lines)
    above, below = numbers(
        sheet,
        [index in ends for index in range(len(lines))],
        [index in breaks for index in range(len(lines))],
        frozenset(titles),
    )
    return [list(each.values()) for each in above], [list(each.values()) for each in below]


SECTIONS = ["一、造林", TEXT, "二、浇水", "镇里修路", "一、修桥"]


def test_numbers_are_known_above_and_below_each_block() -> None:
    assert counted(SECTIONS) == ([[], [1], [1], [2], [2]], [[2], [2], [1], [1], []])
    assert counted([TEXT, "镇里修路"]) == ([[], []], [[], []])


def test_an_end_and_a_break_forget_the_numbers_of_the_article_above() -> None:
    assert counted(SECTIONS, ends=(2,)) == ([[], [1], [1], [2], [2]], [[2], [2], [1], [1], []])
    assert counted(SECTIONS, ends=(1,)) == ([[], [1], [], [2], [2]], [[], [2], [1], [1], []])
    assert counted(SECTIONS, breaks=(3,)) == ([[], [1], [1], [2], []], [[2], [2], [], [1], []])
    # A break that has a number of its own is none.
    assert counted(SECTIONS, breaks=(2,)) == counted(SECTIONS)


def test_numbers_of_titles_are_none_of_sections() -> None:
    styles = {words.marker.style for words in sheet_of(*SECTIONS).words if words.marker is not None}

    assert counted(SECTIONS, titles=tuple(styles)) == ([[]] * 5, [[]] * 5)


@pytest.mark.parametrize(
    ("lines", "ends", "levels"),
    [
        # Over each 要闻 a title follows at once, and titles stand behind what is signed.
        (["# 要闻", "## 植树", TEXT, "## 修路", TEXT, "# 简讯", "## 清渠", TEXT], (2, 4, 7), {1}),
        # Sub-headings follow on the text of their article; one may be a title whose article above is not signed.
        (["# 要闻", "## 植树", TEXT, "## 修路", TEXT, "# 简讯", "## 清渠", TEXT], (7,), {1}),
        (
            ["# 要闻", "## 植树", TEXT, "## 修路", TEXT, "## 架桥", TEXT, "# 简讯", "## 清渠", TEXT],
            (9,),
            set(),
        ),
        # One column is enough if an article in it is signed.
        (["# 要闻", "## 植树", TEXT, "## 修路", TEXT], (2, 4), {1}),
        (["# 要闻", "## 植树", TEXT, "## 修路", TEXT], (), set()),
        # Over text stands a title.
        (["# 植树", TEXT, "# 要闻", "## 修路", TEXT], (1, 4), set()),
        (["# 植树", TEXT], (1,), set()),
        (["# 要闻", "## 植树", TEXT, "# 简讯", "## 清渠", TEXT], (), {1}),
    ],
)
def test_headings_over_titles_are_columns(lines: list[str], ends: tuple[int, ...], levels: set[int]) -> None:
    sheet = sheet_of(*lines)

    assert column_levels(sheet, 0, len(sheet), [index in ends for index in range(len(sheet))]) == levels
