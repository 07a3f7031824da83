"""What goes on from a line above a gap, and what stands for itself though its stop is missing."""

from __future__ import annotations

import pytest

from bulletin_lint import parse

HEAD = "松湖县农情简报\n第9期\n松湖县农业农村局　　2025年3月6日\n\n茶农为什么不愿买保险\n\n"
ENDS = "\n（县茶叶站）\n\n编辑：柳青禾　　审核：唐问渠　　电话：0571-55550180\n报：市农业农村局。\n"
FIRST = "茶农不愿买保险，是因为赔付的标准和茶农的损失对不上。\n\n"
NEXT = "县里已请保险公司到茶园去看，看过再谈赔付的标准。\n"


def paragraphs(body: str, name: str = "9.txt") -> list[str]:
    """Those of the one article, captions and headings among them."""
    (article,) = parse((HEAD + FIRST + body + ENDS).encode(), name, cache=False).bulletin.list("articles")
    return [block.text for block in article.list("blocks")][1:]


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        ("保险公司到三个茶园看了新梢，把冻坏的一棵一棵数清记在本子", "上，再谈赔付的标准。"),
        ("保险公司到三个茶园看了新梢，把冻坏的一棵一棵数清记在", "本上。茶农在旁边看着。"),
        ("保险公司到三个茶园看了新梢，把冻坏的一棵一棵数清", "，再谈赔付的标准。"),
    ],
)
def test_the_rest_of_a_word_or_a_mark_goes_on_across_a_gap(first: str, rest: str) -> None:
    assert paragraphs(f"{first}\n\n{rest}\n") == [first + rest]


@pytest.mark.parametrize(
    ("name", "line"),
    [
        # What stands under a picture, and a heading of several clauses.
        ("9.txt", "保险公司的人在三个茶园看新梢，茶农在旁边把冻坏的指给他们看"),
        ("9.md", "**第一步看。保险公司到三个茶园看新梢，把冻坏的一棵一棵数清**"),
        ("9.md", "> 看了才知道冻得有多重。三个茶园的新梢都伤了，有的一棵不剩"),
        ("9.txt", "“看了才知道冻得有多重。三个茶园的新梢都伤了，有的一棵不剩”"),
    ],
)
def test_a_line_that_stands_for_itself_is_no_beginning_of_the_next_paragraph(name: str, line: str) -> None:
    assert paragraphs(f"{line}\n\n{NEXT}", name)[-1] == NEXT.strip()


def test_below_a_gap_an_indented_paragraph_begins() -> None:
    line = "保险公司到三个茶园看了新梢。冻坏的有一千二百棵，多在背风的坡上"

    assert paragraphs(f"{line}\n\n　　{NEXT}")[-1] == NEXT.strip()
