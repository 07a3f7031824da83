"""The source of the last article right above the imprint: whose it is, by how the others are signed."""

from __future__ import annotations

import pytest

from bulletin_lint.parsing.last_source import after_last_source
from sheets import sheet_of

TITLE, TEXT = "镇里开展春季植树", "3月1日，镇机关干部到东山植树，栽下香樟三百株，村民都来帮忙。"
OTHER, MORE = "供水站更换老旧水表", "3月2日，供水站的师傅上门换表，当天换了六十块，没有停水。"
IMPRINT, LIST = "责编：甲文　　电话：0571-55550100", "报：县委办公室。"


@pytest.mark.parametrize(
    ("lines", "start", "end"),
    [
        # The articles above are signed so.
        ((TITLE, TEXT, "供稿：镇林业站", OTHER, MORE, "供稿：镇供水站", IMPRINT, LIST), 5, 6),
        # They are signed in another form.
        ((TITLE, TEXT, "（镇林业站）", OTHER, MORE, "供稿：镇供水站", IMPRINT, LIST), 5, 5),
        ((TITLE, TEXT, "来源：镇林业站", OTHER, MORE, "供稿：镇供水站", IMPRINT, LIST), 5, 5),
        # The same label again is the same source again.
        (
            (TITLE, TEXT, "供稿：镇林业站", OTHER, MORE, "供稿：镇供水站", "供稿：镇水利站", IMPRINT, LIST),
            5,
            7,
        ),
        # No source stands there, or one above already.
        ((TITLE, TEXT, "供稿：镇林业站", OTHER, MORE, IMPRINT, LIST), 5, 5),
        ((TITLE, TEXT, "供稿：镇林业站", OTHER, MORE, "（镇供水站）", "供稿：镇供水站", IMPRINT, LIST), 6, 6),
        # （完） says nothing of who wrote.
        ((TITLE, TEXT, "供稿：镇林业站", OTHER, MORE, "（完）", "供稿：镇供水站", IMPRINT, LIST), 6, 7),
        # Nothing is above, or nothing below.
        (("供稿：镇林业站", IMPRINT), 0, 0),
        ((TITLE, TEXT, "供稿：镇林业站"), 3, 3),
    ],
)
def test_it_is_the_article_s_where_the_others_are_signed_alike(
    lines: tuple[str, ...], start: int, end: int
) -> None:
    assert after_last_source(sheet_of(*lines), start) == end
