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
