"""Which numbers are those of titles, of columns, or stand over who wrote the text: by their count and their places."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bulletin_lint import parse
from bulletin_lint.parsing.blocks import Blocks
from bulletin_lint.parsing.title_numbers import Numbered, column_styles, styles_over_bylines, title_styles
from laid_out import grammar
from sheets import sheet_of

TEXT = "　　镇机关干部到东山植树，栽下香樟三百株，都浇了水。"
HAN = "零一二三四五六七"


def numbered(numbers: Sequence[int], due: Sequence[bool], step: int = 2) -> list[Numbered]:
    """Lines with a number, so many blocks apart, the first at block one."""
    found: list[Numbered] = []
    for at, (number, is_due) in enumerate(zip(numbers, due, strict=True)):
        marker = grammar().marker(f"{HAN[number]}、植树")
        assert marker is not None
        found.append(Numbered(1 + at * step, marker, is_due))
    return found


def over_bylines(numbers: Sequence[int], due: Sequence[bool], bylines: set[int] | None = None) -> bool:
    found = numbered(numbers, due)
    below = {each.block + 1 for each in found} if bylines is None else bylines
    return styles_over_bylines({"han": found}, below) == {"han"}


@pytest.mark.parametrize(
    ("numbers", "due", "counts"),
    [
        ([1, 2], "--", True),
        ([1, 2, 3], "---", True),
        ([1], "d", False),
        ([1, 3], "dd", False),
        ([2, 3], "dd", False),
        ([1, 1], "dd", False),
        # One of several may be wrong where each behind the first stands where a title must.
        ([1, 2, 4], "ddd", True),
        ([1, 2, 4], "-dd", True),
        ([1, 2, 4], "dd-", False),
        ([1, 2, 4], "d-d", False),
        ([1, 2, 2], "ddd", True),
        ([1, 2, 1], "ddd", True),
        ([2, 3, 4], "ddd", True),
        # The others go on from it, or stand at their own places.
        ([1, 3, 4, 5], "dddd", True),
        ([1, 5, 3, 4], "dddd", True),
        ([1, 3, 5], "ddd", False),
        ([1, 3, 2, 5], "dddd", False),
    ],
)
def test_numbers_count_up_and_one_may_be_wrong(numbers: list[int], due: str, *, counts: bool) -> None:
    assert over_bylines(numbers, [each == "d" for each in due]) is counts


@pytest.mark.parametrize(
    ("count", "bylines", "are_most"),
    [
        (2, {2, 4}, True),
        (2, {2}, False),
        (3, {2, 4}, True),
        (3, {2, 6}, True),
        (3, {4}, False),
        (4, {2, 4, 6}, True),
        (4, {2, 4}, False),
        # Right below the number, nowhere else.
        (2, {1, 3}, False),
        (2, {3, 5}, False),
        (2, set(), False),
    ],
)
def test_most_of_them_stand_over_who_wrote_the_text(count: int, bylines: set[int], *, are_most: bool) -> None:
    assert over_bylines(range(1, count + 1), [False] * count, bylines) is are_most


def test_each_style_is_judged_by_itself() -> None:
    good, bad = numbered([1, 2], [False] * 2), numbered([1, 3], [False] * 2)
    assert styles_over_bylines({"a": good, "b": bad, "c": good}, {2, 4}) == {"a", "c"}
    assert styles_over_bylines({}, {2, 4}) == set()


SERIES = "东山镇工作简报"


def numbered_in(sheet: Blocks, due: Sequence[int]) -> list[Numbered]:
    """The lines with a number; of some blocks it is known that a title is due there."""
    markers = ((index, grammar().marker(text)) for index, text in enumerate(sheet.texts))
    return [Numbered(index, marker, index in due) for index, marker in markers if marker is not None]


def columns(*lines: str, due: Sequence[int] = (), head: int = 1) -> bool:
    """Whether the numbers are those of columns; of some blocks it is known that a title is due there."""
    sheet = sheet_of(SERIES, *lines)
    found = numbered_in(sheet, due)
    return column_styles(sheet, {"han": found}, head) == {"han"}


FIRST, SECOND = "冷水田里养起稻花鱼", "村口磨坊重新开张了"


@pytest.mark.parametrize(
    ("lines", "due", "head", "are_columns"),
    [
        (["一、要闻", FIRST, TEXT, "二、见闻", SECOND, TEXT], [], 1, True),
        # A dash, who wrote it, text or nothing stands below a number.
        (["一、要闻", "——记冷水田里的稻花鱼", TEXT, "二、见闻", SECOND, TEXT], [], 1, False),
        (["一、要闻", TEXT, "二、见闻", SECOND, TEXT], [3], 1, False),
        (["一、要闻", "二、见闻"], [], 1, False),
        # The last may hold news without titles, where the others are due.
        (["一、要闻", FIRST, TEXT, "二、见闻", TEXT], [4], 1, True),
        (["一、要闻", FIRST, TEXT, "二、见闻", TEXT], [], 1, False),
        (["一、要闻", FIRST, TEXT, "二、见闻", SECOND, TEXT, "三、简讯", TEXT], [4], 1, True),
        (["一、要闻", FIRST, TEXT, "二、见闻", SECOND, TEXT, "三、简讯", TEXT], [7], 1, True),
        (["一、要闻", FIRST, TEXT, "二、见闻", SECOND, TEXT, "三、简讯", TEXT], [1], 1, False),
        (["一、要闻", FIRST, TEXT, "二、见闻", SECOND, TEXT, "三、简讯"], [], 1, False),
        # Not due, they are none without a masthead, or with a title above the first.
        (["一、要闻", FIRST, TEXT, "二、见闻", SECOND, TEXT], [], 0, False),
        (["一、要闻", FIRST, TEXT, "二、见闻", SECOND, TEXT], [4], 0, True),
        ([FIRST, TEXT, "一、要闻", FIRST, TEXT, "二、见闻", SECOND, TEXT], [], 1, False),
        ([FIRST, TEXT, "一、要闻", FIRST, TEXT, "二、见闻", SECOND, TEXT], [], 2, True),
        ([FIRST, TEXT, "一、要闻", FIRST, TEXT, "二、见闻", SECOND, TEXT], [6], 1, True),
        # They count up.
        (["一、要闻", FIRST, TEXT, "三、见闻", SECOND, TEXT], [], 1, False),
        (["一、要闻", FIRST, TEXT], [], 1, False),
    ],
)
def test_numbers_over_lines_that_may_be_titles_are_those_of_columns(
    lines: list[str], due: list[int], head: int, *, are_columns: bool
) -> None:
    assert columns(*lines, due=due, head=head) is are_columns


def titles(
    *texts: str, due: Sequence[int] = (), head: int = 1, lines: Sequence[int] = (), must: Sequence[int] = ()
) -> bool:
    """Whether the numbers are those of titles; in `lines` the blocks that may be titles without a number."""
    sheet = sheet_of(SERIES, *texts)
    found = numbered_in(sheet, due)
    return title_styles(sheet, {"any": found}, lines, set(must), head, set()) == {"any"}


NEWS = ("一、某镇把河长牌立到田头", TEXT, "二、泵站夜间有人值守了", TEXT, "三、灌渠换上新的闸门了", TEXT)
LOWER = tuple(
    line.replace("、", "）").replace("一）", "（一）").replace("二）", "（二）").replace("三）", "（三）")
    for line in NEWS
)
SHORT = ("一、河长牌", TEXT, "二、有人值守", TEXT, "三、新闸门", TEXT)


@pytest.mark.parametrize(
    ("above", "head", "lines", "are_titles"),
    [
        ([], 1, [], True),
        # Without a masthead they are sections.
        ([], 0, [], False),
        # So they are behind text, and below a title.
        ([TEXT], 1, [], False),
        ([TEXT], 2, [], True),
        ([FIRST], 1, [1], False),
        ([FIRST, TEXT], 1, [1], False),
        # A leader's remarks, an editor's note stand above titles.
        (["领导批示", TEXT], 1, [], True),
        (["领导批示", "请各地学习", TEXT], 1, [], False),
        (["编者按：镇里植树，栽下香樟三百株，都浇了水。"], 1, [], True),
        # A date, the heading of the contents are no titles.
        (["2024年5月8日"], 1, [1], True),
        (["目录"], 1, [1], True),
        # Of lines right over a number one is the title of an article, several are columns.
        ([], 1, [2], False),
        ([], 1, [2, 4], True),
    ],
)
def test_numbers_below_the_masthead_are_those_of_titles(
    above: list[str], head: int, lines: list[int], *, are_titles: bool
) -> None:
    assert titles(*above, *NEWS, head=head, lines=lines) is are_titles


@pytest.mark.parametrize(
    ("words", "are_titles"),
    [
        (("某镇把河长牌立到田头", "泵站夜间有人值守了", "灌渠换上新的闸门了"), True),
        # Half of them have eight characters or more.
        (("某镇立起河长牌子", "有人值守", "新闸门"), False),
        (("某镇立起河长牌子", "泵站夜间有人值守", "新闸门"), True),
        (("某镇立起河长牌", "泵站夜间有人值", "新闸门"), False),
        (("某镇立起河长牌子", "新闸门"), False),
        (("某镇立起河长牌子", "泵站夜间有人值守"), True),
        # A report's sections begin or end so, or a third of them are called so.
        (("总体情况和主要的特点", "泵站夜间有人值守了", "灌渠换上新的闸门了"), False),
        (("某镇把河长牌立到田头", "泵站夜间有人值守了", "下一步工作打算和安排"), False),
        (("某镇把河长牌立到田头", "存在问题和原因的分析", "灌渠换上新的闸门了"), False),
        (("某镇把河长牌立到田头", "存在问题和原因的分析", "灌渠换上新的闸门了", "泵站夜间有人值守了"), True),
    ],
)
def test_titles_of_news_are_long_and_not_called_as_sections_are(
    words: tuple[str, ...], *, are_titles: bool
) -> None:
    texts = [text for at, each in enumerate(words, 1) for text in (f"{HAN[at]}、{each}", TEXT)]
    assert titles(*texts) is are_titles


@pytest.mark.parametrize(
    ("due", "are_titles"),
    [([], False), ([3], False), ([1, 3], False), ([3, 5], True), ([1, 3, 5], True)],
)
def test_short_ones_are_titles_where_most_are_due(due: list[int], *, are_titles: bool) -> None:
    assert titles(*SHORT, due=due) is are_titles


@pytest.mark.parametrize(("count", "is_half"), [(4, True), (5, False)])
def test_half_of_them_are_most(count: int, *, is_half: bool) -> None:
    texts = [text for at in range(1, count + 1) for text in (f"{HAN[at]}、闸门", TEXT)]
    assert titles(*texts, due=[3, 5]) is is_half


@pytest.mark.parametrize(("due", "are_titles"), [([3, 5], True), ([3], False), ([], False)])
def test_those_of_a_lower_level_need_nothing_but_be_due(due: list[int], *, are_titles: bool) -> None:
    assert titles(*LOWER, due=due, head=0) is are_titles


@pytest.mark.parametrize(
    ("lines", "must", "are_titles"),
    [
        # A line without a number over text is a title, or below sources a sub-heading.
        ([], [], True),
        ([3], [], True),
        ([3], [3], False),
        # Over nothing, or above the first, it is a title in any case.
        ([0], [], False),
    ],
)
def test_lines_without_a_number_between_titles_that_are_due(
    lines: list[int], must: list[int], *, are_titles: bool
) -> None:
    texts = [SHORT[0], TEXT, "轮着来", *SHORT[1:]]
    assert titles(*texts, due=[5, 7], lines=lines, must=must) is are_titles
    # Not due they are told by what stands between them.
    assert titles(*[NEWS[0], TEXT, "轮着来", *NEWS[1:]], lines=[3]) is False


BULLETIN = """\
水务简报
第8期
白河市水务局办公室　　2024年5月8日

{above}一、某镇把河长牌立到田头
　　牌上写着电话，村民看见漂浮物就打。
二、泵站夜间有人值守
　　值守员两人一组，每两小时巡查一次。

编辑：安禾　　电话：0571-55550111
报：市政府办公室
"""


@pytest.mark.parametrize(
    ("above", "are_titles"),
    [
        ("", True),
        ("【领导批示】\n　　请各地学习，把牌子立到每一条河边。\n\n", True),
        ("　　近日，全市三个河段同时演练，请各地学习。\n\n", False),
    ],
)
def test_a_leaders_remarks_stand_above_titles(above: str, *, are_titles: bool) -> None:
    document = parse(BULLETIN.format(above=above).encode(), "8.txt", cache=False)
    found = [article.child("title") for article in document.bulletin.list("articles")]
    told = [title.text for title in found if title is not None]
    assert (told == ["一、某镇把河长牌立到田头", "二、泵站夜间有人值守"]) is are_titles


def test_an_issue_without_a_masthead_has_no_columns_but_where_titles_are_due() -> None:
    sheet = sheet_of("一、要闻", FIRST, TEXT, "二、见闻", SECOND, TEXT)
    for due, styles in ((False, set()), (True, {"han"})):
        found = [numbered([1, 2], [due, due], 3)[at]._replace(block=3 * at) for at in range(2)]
        assert column_styles(sheet, {"han": found}, 0) == styles
