"""Whether words that lack their stop are prose: how long they are, and how many clauses they have."""

from __future__ import annotations

import pytest

from bulletin_lint import parse
from bulletin_lint.parsing.sentence_ends import is_still_open

HEAD = "松湖县农情周报\n第9期\n松湖县农业农村局　　2025年3月6日\n\n"
ENDS = "编辑：柳青禾　　审核：唐问渠　　电话：0571-55550180\n报：市农业农村局。\n"
TITLE, SECOND = "大棚辣椒提前半个月上市", "春茶开采的人手够了"
OTHER = f"{SECOND}\n\n　　春茶开采要八千人，县里从邻县请来三千人，采茶的人手够了。\n（县茶叶站）\n\n"
THREE = "入春以来气温偏高，大棚辣椒长势好，比去年早半个月上市"
LONG = "入春以来气温一直偏高，大棚里的辣椒长势好，头一批辣椒比去年早半个月上市，价钱也比去年这时候高出两成多"
SHORT = "大棚暖，辣椒早，农户笑，市场旺"


@pytest.mark.parametrize(
    ("text", "has_gap", "expected"),
    [
        (THREE + "出许多", False, True),
        # A blank line follows titles, which may be as long.
        (THREE + "出许多", True, False),
        (LONG, False, True),
        (LONG, True, True),
        (SHORT, False, False),
        ("大棚辣椒长势好，比去年早半个月在各地集市上市卖出", False, False),
        (SHORT + "，", True, True),
    ],
)
def test_clauses_are_prose_by_their_length(text: str, *, has_gap: bool, expected: bool) -> None:
    assert expected == is_still_open(text, has_gap=has_gap)


def read(body: str) -> list[tuple[str | None, list[str]]]:
    """Of each article its title and what it consists of."""
    document = parse((HEAD + body + ENDS).encode(), "9.txt", cache=False)
    return [
        (
            None if (title := article.child("title")) is None else title.text,
            [str(block.fields["kind"]) for block in article.list("blocks")],
        )
        for article in document.bulletin.list("articles")
    ]


@pytest.mark.parametrize("stop", ["", "。"])
def test_three_clauses_without_their_stop_are_a_paragraph(stop: str) -> None:
    more = "　　第一批辣椒摘了四十吨，多半卖到省城的批发市场。\n（县蔬菜站）\n\n"
    found = read(f"{TITLE}\n\n　　{THREE}更好卖{stop}\n{more}{OTHER}")

    assert [(TITLE, ["paragraph", "paragraph"]), (SECOND, ["paragraph"])] == found


@pytest.mark.parametrize(
    "title",
    ["大棚暖，辣椒早，农户笑", "看得准墒情，抢得住农时，稳得了春耕", "一人一棚，一棚一策，早半个月卖辣椒"],
)
def test_a_title_of_three_short_clauses_is_one(title: str) -> None:
    text = "　　大棚辣椒比去年早半个月上市，农户抢农时，一棚一策管墒情。\n（县蔬菜站）\n\n"

    assert [(title, ["paragraph"]), (SECOND, ["paragraph"])] == read(f"{title}\n\n{text}{OTHER}")
