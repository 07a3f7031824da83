"""Columns of short news, whose items have no titles."""

from __future__ import annotations

import pytest

from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.document import Document, Node
from bulletin_lint.model.source import SourceFile

HEAD = "云岭镇工作简报\n第4期（总第40期）\n云岭镇党政办公室　　2025年3月6日\n\n"
TAIL = "报：县委办公室。\n送：各村、各站所。\n责编：甲文　　核稿：乙武　　电话：0571-55550100\n"
FIRST = "镇里开展春季植树\n\n　　3月1日，镇机关干部到东山植树，栽下香樟三百株。\n\n"
NEWS = (
    "3月2日，供水站更换老旧水表四百块，清理管沟二里。（镇供水站）",
    "3月3日，民政所走访慰问困难老人三十六名。",
    "3月4日，中心小学召开家长会，共话孩子成长。（镇中心小学）",
)


def read(linter: Linter, body: str) -> Document:
    return linter.read(SourceFile("4.txt", "text", explicit=True), (HEAD + body + TAIL).encode())


def items(mark: str, *news: str) -> str:
    return "".join(f"　　{mark}{each}\n\n" for each in news)


def heading_of(article: Node) -> str:
    title, column = article.child("title"), article.child("column")
    return title.text if title is not None else column.text if column is not None else ""


@pytest.mark.parametrize(
    ("heading", "mark"),
    [
        ("简讯", "▲"), ("【简讯】", "◆"), ("工作简讯", "●"), ("简  讯", "★"), ("要闻速递", ""), ("一周动态", "■"),
        ("镇村快讯", "•"), ("◆简讯◆", "▲"),
    ],
)  # fmt: skip
def test_short_news_are_a_column(linter: Linter, heading: str, mark: str) -> None:
    first, *others = read(linter, f"{FIRST}{heading}\n\n{items(mark, *NEWS)}").bulletin.list("articles")

    assert "镇里开展春季植树" == heading_of(first)
    assert first.child("attribution") is None
    assert [heading] * len(others) == [heading_of(each) for each in others]
    assert not any(each.list("captions") for each in others)
    last = others[-1].child("attribution")
    assert last is not None
    assert "镇中心小学" == last.fields["value"]


def test_a_comma_before_a_unit_that_signs_is_a_slip(linter: Linter) -> None:
    slip = "3月4日，中心小学召开家长会共话孩子成长，（镇中心小学）"
    document = read(linter, f"{FIRST}简讯\n\n{items('●', *NEWS[:2], slip)}")
    source = document.bulletin.list("articles")[-1].child("attribution")

    assert source is not None
    assert "镇中心小学" == source.fields["value"]
    assert 2 == len(document.bulletin.list("distribution"))


@pytest.mark.parametrize(
    "body",
    [
        # One caption below a picture, and a line of the text.
        f"镇里编发一周动态\n\n　　{NEWS[2]}\n\n▲3月4日，家长在教室里听老师讲课。\n\n",
        # Paragraphs of one article, signed at its end.
        f"镇里整治村容动态\n\n　　{NEWS[1]}\n\n　　{NEWS[2]}\n\n",
    ],
)
def test_a_title_that_ends_so_is_a_title(linter: Linter, body: str) -> None:
    document = read(linter, f"{FIRST}（镇林业站）\n\n{body}")

    assert body.partition("\n")[0] == heading_of(document.bulletin.list("articles")[1])
    assert 2 == len(document.bulletin.list("articles"))


def test_a_bracket_behind_a_comma_that_names_no_unit_signs_nothing(linter: Linter) -> None:
    document = read(linter, f"{FIRST}供水站更换水表\n\n　　3月2日，供水站更换老旧水表四百块，（甲乙丙）\n\n")

    assert document.bulletin.list("articles")[-1].child("attribution") is None
