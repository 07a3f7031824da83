"""Numbers over titles, over columns and over the sections of an article, told apart by where they stand and what
they say.
"""

from __future__ import annotations

import pytest

from bulletin_lint import parse

BULLETIN = """\
水务简报
第8期
白河市水务局办公室　　2024年5月8日

{body}

编辑：安禾　　电话：0571-55550111
报：市政府办公室
"""
NEWS = """\
{0}某镇把河长牌立到田头
　　牌上写着电话，村民看见漂浮物就打。
{1}泵站夜间有人值守
　　值守员两人一组，每两小时巡查一次。
{2}灌渠换上新的闸门
　　闸门由村里的人看，放水先登记。"""


def read(body: str) -> list[tuple[str | None, str | None, int]]:
    """Of each article its column, its title and the number of its sections."""
    document = parse(BULLETIN.format(body=body).encode(), "8.txt", cache=False)
    return [
        (
            None if (column := article.child("column")) is None else column.text,
            None if (title := article.child("title")) is None else title.text,
            len(article.list("sections")),
        )
        for article in document.bulletin.list("articles")
    ]


def titles(body: str) -> list[str | None]:
    return [title for _, title, _ in read(body)]


@pytest.mark.parametrize("numbers", [("一、", "二、", "三、"), ("1．", "2．", "3．")])
@pytest.mark.parametrize("above", ["", "　　编者按：现将三处的做法刊发如下。\n\n", "【基层动态】\n"])
def test_numbers_right_below_the_masthead_are_those_of_titles(numbers: tuple[str, ...], above: str) -> None:
    news = NEWS.format(*numbers)
    assert [line for line in news.split("\n") if line.startswith(numbers)] == titles(above + news)


@pytest.mark.parametrize(
    "above",
    [
        "【领导批示】\n　　各镇可以照此试办。\n\n",
        "领导批示\n　　各镇可以照此试办。\n\n",
        "【县长批示】\n　　各镇可以照此试办。\n　　办得好的再推开。\n\n",
    ],
)
def test_remarks_of_a_leader_may_stand_above_numbered_titles(above: str) -> None:
    news = NEWS.format("一、", "二、", "三、")
    assert [line for line in news.split("\n") if line[1] == "、"] == [
        each for each in titles(above + news) if each
    ]


@pytest.mark.parametrize(
    "body",
    [
        # A report calls its sections so.
        "一、总体情况\n　　全市清渠三十里。\n二、部门完成情况\n　　三个部门已经完成。\n三、存在问题\n　　尚有两处漏水。",
        "一、加强巡查，守住水源\n　　每天走两趟。\n二、压实责任，管好闸门\n　　一闸一人。\n三、完善制度，记好台账\n　　每旬一报。",
        # They begin behind the text of an article.
        "　　近日，全市三个河段同时演练。\n" + NEWS.format("一、", "二、", "三、"),
        # Another title stands above them.
        "三处做法各有所长\n" + NEWS.format("一、", "二、", "三、"),
        # One is missing: that is for the rule on numbers to say.
        NEWS.format("一、", "二、", "四、"),
    ],
)
def test_numbers_of_sections(body: str) -> None:
    ((_, _, sections),) = read(body)
    assert 3 == sections


def test_sources_between_numbered_titles_are_no_titles() -> None:
    news = NEWS.format("1、", "2、", "3、")
    signed = news.replace("打。\n", "打。\n——水务局\n").replace("一次。\n", "一次。\n——泵站管理所 安川\n")
    assert [line for line in news.split("\n") if line[1] == "、"] == titles(signed)


def test_numbers_over_titles_are_those_of_columns() -> None:
    body = """\
一、要闻
冷水田里养起稻花鱼
　　田埂加高三十厘米，口子装上竹栅。（县农业农村局）
二、乡村见闻
村口磨坊重新开张
　　石磨换了轴，来磨豆的人排到桥头。（石桥乡政府）
三、简讯
　　下湾村选出新的用水协会，共收会费八百元。（石桥乡政府）"""
    assert [
        ("一、要闻", "冷水田里养起稻花鱼", 0),
        ("二、乡村见闻", "村口磨坊重新开张", 0),
        ("三、简讯", None, 0),
    ] == read(body)


def test_numbers_over_sub_headings_are_those_of_sections() -> None:
    body = """\
县里三年清渠二百里
　　三年来，县里把老渠分段清完。（县水务局）

村里自己管水有了章程
一、怎么放水
轮着来
　　上游先放，下游后放，每户半天。
二、怎么收费
按亩算
　　一亩一年六元，账目上墙。（石桥乡政府）"""
    assert [None, None] == [column for column, _, _ in read(body)]


@pytest.mark.parametrize(
    "numbers", [("一、", "二、", "三、"), ("（一）", "（二）", "（三）"), ("1．", "2．", "3．")]
)
def test_titles_with_numbers_are_those_that_the_contents_list_without(numbers: tuple[str, ...]) -> None:
    news = NEWS.format(*numbers)
    numbered = [line for line in news.split("\n") if line.startswith(numbers)]
    entries = "".join(
        f"{line.removeprefix(number)}\n" for line, number in zip(numbered, numbers, strict=True)
    )

    assert titles(f"本期要目\n{entries}\n{news}") == numbered


def test_contents_without_a_number_stand_above_numbered_titles_one_of_them_unsigned() -> None:
    news = NEWS.format("一、", "二、", "三、").split("\n")
    news.insert(2, "（县水务局）")
    entries = "".join(f"{line[2:]}\n" for line in news if line[1] == "、")
    sections = "\n　　各村都要看。\n查水\n　　每天查一次。\n查路\n　　每天查两次。\n（县水务局）"

    assert titles(f"目录\n{entries}\n" + "\n".join(news) + sections) == [
        line for line in news if line[1] == "、"
    ]


@pytest.mark.parametrize("numbers", [("一、", "二、", "三、"), ("1．", "2．", "3．")])
@pytest.mark.parametrize("changed", [0, 1, 2])
def test_an_entry_that_differs_from_its_title_is_one_all_the_same(
    numbers: tuple[str, ...], changed: int
) -> None:
    news = NEWS.format(*numbers).replace("\n　　", "\n\n　　").replace("。\n", "。\n（县水务局）\n")
    numbered = [line for line in news.split("\n") if line.startswith(numbers)]
    entries = list(numbered)
    entries[changed] = entries[changed].replace(entries[changed][4], "某", 1)

    assert titles("本期要目\n" + "\n".join(entries) + f"\n\n{news}\n（县水务局）") == numbered
