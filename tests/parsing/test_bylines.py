"""Who wrote an article may be told between its title and its text; what else stands there is something else."""

from __future__ import annotations

import pytest

from bulletin_lint import parse

BULLETIN = """\
调研参考
第6期
云岭县委政策研究室　　2025年9月12日

{body}

编辑：安禾　　电话：0571-55550111
报：县委办公室
"""
FIRST = "山区校车运行的三个难点"
SECOND = "茶农为什么不愿买保险"
TEXT = "　　今年上半年，我们走访了9个乡镇，与司机、家长和照管员座谈。"


def read(body: str) -> list[tuple[str | None, str | None, int]]:
    """Of each article its title, who wrote it, and how many paragraphs it has."""
    document = parse(BULLETIN.format(body=body).encode(), "6.txt", cache=False)
    return [
        (
            None if (title := article.child("title")) is None else title.text,
            None if (source := article.child("attribution")) is None else str(source.fields["value"]),
            len(article.list("paragraphs")),
        )
        for article in document.bulletin.list("articles")
    ]


@pytest.mark.parametrize(
    ("byline", "value"),
    [
        ("（县教育局　林知夏）", "县教育局　林知夏"),
        ("县教育局课题组", "县教育局课题组"),
        ("作者：县教育局", "县教育局"),
        ("发布时间：2025-09-08　作者：林知夏　来源：县教育局", "作者：林知夏　来源：县教育局"),
        ("　　□ 县教育局　林知夏", "县教育局 林知夏"),
    ],
)
@pytest.mark.parametrize("subtitle", ["", "\n\n——来自9个乡镇的调查"])
def test_a_byline_is_the_source_of_the_text_below_it(byline: str, value: str, subtitle: str) -> None:
    other = byline.replace("教育", "农业农村")
    body = f"{FIRST}{subtitle}\n\n{byline}\n\n{TEXT}\n{TEXT}\n\n{SECOND}{subtitle}\n\n{other}\n\n{TEXT}"
    rest = subtitle.replace("\n\n", " ")
    assert read(body) == [
        (FIRST + rest, value, 2),
        (SECOND + rest, value.replace("教育", "农业农村"), 1),
    ]


def test_an_article_without_byline_has_no_source() -> None:
    body = f"{FIRST}\n\n（县教育局　林知夏）\n\n{TEXT}\n\n{SECOND}\n\n{TEXT}"
    assert read(body) == [(FIRST, "县教育局　林知夏", 1), (SECOND, None, 1)]


@pytest.mark.parametrize("second", ["办理情况的通报", "便民服务中心"])
def test_a_single_line_that_ends_as_a_unit_does_is_the_second_of_a_title(second: str) -> None:
    body = f"关于建议提案\n{second}\n\n{TEXT}\n\n（县政府办）\n\n{SECOND}\n\n{TEXT}\n\n（县农业农村局）"
    assert [source for _, source, _ in read(body)] == ["县政府办", "县农业农村局"]


def test_a_source_below_its_text_is_no_byline_of_the_next_that_lost_its_title() -> None:
    body = f"{FIRST}\n\n{TEXT}\n\n（县教育局）\n\n{TEXT}\n\n（县农业农村局）"
    assert read(body) == [(FIRST, "县教育局", 1), (None, "县农业农村局", 1)]


@pytest.mark.parametrize(
    ("byline", "value"),
    [
        ("镇党委书记　林知夏", "林知夏"),
        ("人大代表、上坝村党支部书记　林知夏", "林知夏"),
        ("县农科院研究员　　安　禾", "安"),
        ("上坝村养殖户　林知夏", "林知夏"),
        ("县人大代表、上坝村老木匠　林知夏", "林知夏"),
    ],
)
def test_a_post_and_who_holds_it_below_a_title_wrote_the_text(byline: str, value: str) -> None:
    """One in an issue is enough: it is the second line of no title."""
    body = f"{FIRST}\n{byline}\n\n{TEXT}\n{TEXT}\n\n{SECOND}\n\n{TEXT}\n\n（县农业农村局）"
    (first, source, paragraphs), second = read(body)
    assert (first, paragraphs) == (FIRST, 2)
    assert value in (source or "")
    assert second == (SECOND, "县农业农村局", 1)


def test_an_office_alone_is_a_byline_beside_posts() -> None:
    body = f"{FIRST}\n上坝村党支部书记　林知夏\n\n{TEXT}\n\n{SECOND}\n县农业农村局\n\n{TEXT}"
    assert [(title, source is not None) for title, source, _ in read(body)] == [(FIRST, True), (SECOND, True)]


def test_a_short_sentence_below_a_byline_is_its_text() -> None:
    """It stands below a blank line, as titles do."""
    first = f"{FIRST}\n上坝村党支部书记　林知夏\n\n　　校车每天跑四十趟，难招的是司机。\n{TEXT}"
    second = f"{SECOND}\n县茶厂厂长　安禾\n\n　　受灾的茶农多，肯投保的少。\n　　赔付的标准要改。"
    assert [(title, count) for title, _, count in read(f"{first}\n\n{second}")] == [(FIRST, 2), (SECOND, 2)]


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("跑坏三双鞋的第一书记", "算得清账的老代表"),
        ("走村串户的第一书记　办实事", "茶山上的技术员　真管用"),
        ("守好一条山路　不松劲", "算清一本细账　不糊涂"),
        ("山路上的校车开得慢　更稳当", "茶山上的保险买得值　更放心"),
    ],
)
def test_a_title_s_second_line_that_ends_in_a_post_or_has_a_wide_space_is_no_byline(
    line: str, other: str
) -> None:
    body = f"{FIRST}\n{line}\n\n{TEXT}\n\n（县教育局）\n\n{SECOND}\n{other}\n\n{TEXT}\n\n（县农业农村局）"
    assert [source for _, source, _ in read(body)] == ["县教育局", "县农业农村局"]


def test_rows_of_people_set_wide_are_no_bylines() -> None:
    rows = "上坝村党支部书记　　林知夏\n下坝村委会主任　　柏舟舟\n中坝村妇女主任　　沈若谷"
    body = f"各村联系代表名单\n{rows}\n\n{TEXT}\n\n（县人大）\n\n{SECOND}\n\n{TEXT}\n\n（县农业农村局）"
    sources = [source for _, source, _ in read(body) if source is not None]
    assert sources == ["县人大", "县农业农村局"]


@pytest.mark.parametrize("title", ["县医联体让大病不出县", "急救培训走进机关"])
def test_a_title_set_far_in_that_ends_as_a_unit_does_stands_over_its_source(title: str) -> None:
    far = "\u3000" * 12
    body = f"{far}{FIRST}\n\n{far}来源：县教育局　作者：林知夏\n\n{TEXT}\n\n"
    body += f"{far}{title}\n\n{far}来源：县医院　作者：柏舟舟\n\n{TEXT}"
    assert [(found, source is not None) for found, source, _ in read(body)] == [(FIRST, True), (title, True)]


def test_words_in_brackets_that_name_nobody_are_no_byline_alone() -> None:
    picture = "（家长等候校车）"
    body = f"{FIRST}\n\n{picture}\n\n{TEXT}\n\n（县教育局）\n\n{SECOND}\n\n{TEXT}\n\n（县茶办）"
    assert [(title, source) for title, source, _ in read(body)] == [(FIRST, "县教育局"), (SECOND, "县茶办")]
