"""Lines that name who supplied an article, in words, by a person alone or behind a dash, and lines like them."""

from __future__ import annotations

import pytest

from bulletin_lint import parse

HEAD = "松湖县农情简报\n第9期\n松湖县农业农村局　　2025年3月6日\n\n"
ENDS = "编辑：柳青禾　　审核：唐问渠　　电话：0571-55550180\n报：市农业农村局。\n"
FIRST, SECOND = "山区校车运行的三个难点", "茶农为什么不愿买保险"
TEXT = "　　山区校车每天跑四十趟，司机平均五十一岁，难招的是年轻人。"
OTHER = "　　茶农不愿买保险，是因为赔付的标准和茶农的损失对不上。"
RIGHT = "　" * 20
TABS = "\t" * 7


def sources(body: str) -> list[tuple[str | None, str | None]]:
    """Of each article its title and its source."""
    document = parse((HEAD + body + ENDS).encode(), "9.txt", cache=False)
    return [
        (
            None if (title := article.child("title")) is None else title.text,
            None if (source := article.child("attribution")) is None else str(source.fields["value"]),
        )
        for article in document.bulletin.list("articles")
    ]


def signed(first: str, second: str) -> str:
    """Two articles, each with a line right below its text."""
    return f"{FIRST}\n\n{TEXT}\n{first}\n\n{SECOND}\n\n{OTHER}\n{second}\n\n"


@pytest.mark.parametrize(
    ("lines", "values"),
    [
        (("文｜林知夏", "文｜安禾"), ("林知夏", "安禾")),
        (("文丨林知夏", "文丨安禾"), ("林知夏", "安禾")),
        (("县教育局提供", "县茶叶站提供"), ("县教育局", "县茶叶站")),
        (("县教育局报送", "县人大代表团提供"), ("县教育局", "县人大代表团")),
        (
            ("（根据县教育局报送信息整理）", "（据县茶叶站提供的材料整理）"),
            ("根据县教育局报送信息整理", "据县茶叶站提供的材料整理"),
        ),
        ((TABS + "林知夏", TABS + "柏舟"), ("林知夏", "柏舟")),
        ((RIGHT + "林知夏", RIGHT + "安　禾"), ("林知夏", "安禾")),
    ],
)
def test_words_below_a_text_name_its_source(lines: tuple[str, str], values: tuple[str, str]) -> None:
    assert list(zip((FIRST, SECOND), values, strict=True)) == sources(signed(*lines))


@pytest.mark.parametrize("picture", ["（老人坐在窗边说话）", "（清淤船作业）", "（老师指导学生测水质）"])
def test_a_picture_told_right_above_the_source_is_none(picture: str) -> None:
    third = "河边装上长椅\n\n　　河边的长椅一天装了三十把，走累的人都有地方坐。\n（县住建局）\n\n"
    two = signed(f"{picture}\n（县教育局）", "（县茶叶站）")

    assert [(FIRST, "县教育局"), (SECOND, "县茶叶站"), ("河边装上长椅", "县住建局")] == sources(two + third)


@pytest.mark.parametrize(
    "lines",
    [
        ("图片由县教育局提供", "图片由县茶叶站提供"),
        ("照片由县教育局提供", "资料由县茶叶站提供"),
        ("数据由县教育局提供", "数据由县茶叶站提供"),
        ("（根据公开报道整理）", "（据会议记录整理）"),
        ("名单由县教育局提供", "上表由县茶叶站提供"),
        ("图｜林知夏", "图｜安禾"),
        (RIGHT + "便民措施", RIGHT + "改革成效"),
        (TABS + "便民措施", TABS + "改革成效"),
        ("林知夏", "安禾"),
    ],
)
def test_what_is_like_them_names_none(lines: tuple[str, str]) -> None:
    found = sources(signed(*lines))

    assert [None] * len(found) == [source for _, source in found]


def test_a_person_set_right_in_one_article_alone_is_not_enough() -> None:
    """A habit is what two articles do."""
    found = sources(signed(RIGHT + "林知夏", "（县茶叶站）"))

    assert "林知夏" not in [source for _, source in found]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "titles",
    [
        ("养老服务上门提供", "山里土货网上推荐", "水库灾情一键上报"),
        ("好人事迹大家推荐", "困难线索及时上报", "技术书籍免费提供"),
    ],
)
def test_a_title_that_ends_in_such_a_word_is_one(gap: str, titles: tuple[str, str, str]) -> None:
    texts = [f"{title}\n\n　　{title[:4]}的办法推开两个月，{title[:4]}已有三百人次。" for title in titles]

    assert [(title, None) for title in titles] == sources(gap.join(texts) + "\n\n")


@pytest.mark.parametrize("gap", ["", "\n"])
def test_a_second_line_that_begins_with_a_figure_is_the_title_s(gap: str) -> None:
    first = f"{FIRST}\n{gap}——2150名学生等一班车\n\n　　山区校车每天跑四十趟，2150名学生等一班车。\n（县教育局）\n\n"
    second = (
        f"{SECOND}\n{gap}——3成茶园没有保险\n\n　　全县有3成茶园没有保险，茶农说赔得少。\n（县茶叶站）\n\n"
    )

    assert [
        (f"{FIRST} ——2150名学生等一班车", "县教育局"),
        (f"{SECOND} ——3成茶园没有保险", "县茶叶站"),
    ] == sources(first + second)


def test_a_unit_behind_a_dash_is_a_source_still() -> None:
    assert [(FIRST, "县教育局"), (SECOND, "县茶叶站")] == sources(signed("——县教育局", "——县茶叶站"))


@pytest.mark.parametrize("between", ["\n", "\n\n"])
@pytest.mark.parametrize(
    ("unit", "writer", "value"),
    [
        (RIGHT + "县教育局", RIGHT + "林知夏", "县教育局 林知夏"),
        (RIGHT + "　县教育局", RIGHT + "　　林知夏", "县教育局 林知夏"),
        (RIGHT + "松湖县茶叶站办公室", RIGHT + "安　禾", "松湖县茶叶站办公室 安禾"),
        (RIGHT + "县教育局", RIGHT + "林知夏　柏舟", "县教育局 林知夏 柏舟"),
    ],
)
def test_unit_and_writer_on_two_lines_set_right_are_one_source(
    unit: str, writer: str, value: str, between: str
) -> None:
    both = f"{between}{unit}{between}{writer}"

    assert [(FIRST, value), (SECOND, value)] == sources(signed(both, both))


@pytest.mark.parametrize(
    ("lines", "value"),
    [
        ("（县农业农村局　林知夏\n柏舟）", "县农业农村局　林知夏 柏舟"),
        ("（县教育局\n林知夏）", "县教育局 林知夏"),
        (f"{RIGHT}（县教育局\n{RIGHT}林知夏）", "县教育局 林知夏"),
        ("（松湖县教\n育局）", "松湖县教育局"),
    ],
)
def test_a_source_in_a_bracket_may_be_broken_over_two_lines(lines: str, value: str) -> None:
    assert [(FIRST, value), (SECOND, "县茶叶站")] == sources(signed(lines, "（县茶叶站）"))


@pytest.mark.parametrize("note", ["（本期共12页）", "（电子版请到县政府网站下载）"])
def test_a_note_on_the_issue_above_the_imprint_is_no_second_source(note: str) -> None:
    document = parse(
        f"{HEAD}{signed('（县教育局）', '（县茶叶站）')}{note}\n\n{ENDS}".encode(), "9.txt", cache=False
    )

    assert [1, 1] == [len(article.list("attributions")) for article in document.bulletin.list("articles")]


@pytest.mark.parametrize(
    "time", ["发布时间：2026年3月4日", "发布日期：2026-03-04", "发布时间：2026-03-04 10:20"]
)
@pytest.mark.parametrize("source", ["（县教育局）", "供稿：县教育局"])
def test_a_time_alone_below_a_title_names_nobody(time: str, source: str) -> None:
    body = f"{FIRST}\n\n{time}\n\n{TEXT}\n{source}\n\n{SECOND}\n\n{time}\n\n{OTHER}\n\n"

    assert "县教育局" in [value for _, value in sources(body)]
    assert not [value for _, value in sources(body) if value not in ("县教育局", None)]


def test_a_unit_or_a_person_behind_the_label_of_contributions_is_a_source() -> None:
    assert [(FIRST, "县教育局"), (SECOND, "县茶叶站")] == sources(signed("来稿：县教育局", "来稿：县茶叶站"))


@pytest.mark.parametrize("where", ["qxjb@example.com", "请发至编辑部", "西街1号"])
def test_where_contributions_go_is_no_source(where: str) -> None:
    body = f"{signed('（县教育局）', '（县茶叶站）')}来稿：{where}\n"

    assert [(FIRST, "县教育局"), (SECOND, "县茶叶站")] == sources(body)[:2]
    assert not [value for _, value in sources(body)[2:] if value is not None]
