"""Texts whose lines are broken at one width are their paragraphs again, however those are set apart."""

from __future__ import annotations

import pytest

from bulletin_lint.parsing import parse
from bulletin_lint.readers.text.reader import read_text
from laid_out import grammar

PARAGRAPHS = (
    "东山村的护林员每天上山两趟，看树苗有没有倒伏，看水渠有没有堵住，遇到大风的天气还要多走一趟，"
    "把松动的支架重新扎牢。村里的老人说，从前山上光秃秃的，下一场雨就冲走一层土，如今树长起来了，水也清了。",
    "镇里的水利站把水渠修到了山脚，又在半山腰修了蓄水池，旱天也能浇上水，护林员不用再挑水上山，"
    "省下的工夫用来修枝和除草。村民跟着学会了嫁接，各家的院子里都种上了果树，到了秋天就能摘果子。",
    "学校的老师带着学生来认树，每棵树上挂着牌子，写着树名和种树人的名字，孩子们回家讲给大人听，"
    "大人也跟着来看。镇里打算明年把山路修宽，让更多的人走上山来，看一看自己种下的树长得怎么样了。",
)


def wrapped(width: int, indent: str, apart: str) -> str:
    """The paragraphs, their lines broken at a width in characters."""
    texts = [indent + paragraph for paragraph in PARAGRAPHS]
    return apart.join(
        "".join(f"{text[at : at + width]}\n" for at in range(0, len(text), width)) for text in texts
    )


def blocks(text: str) -> list[str]:
    return parse("1.txt", read_text("1.txt", text.encode()), grammar()).text.split("\n")


@pytest.mark.parametrize("width", [20, 27, 28, 34, 36, 40, 45, 60])
@pytest.mark.parametrize(("indent", "apart"), [("　　", ""), ("　　", "\n"), ("", "\n")])
def test_wrapped_paragraphs_are_whole_again(width: int, indent: str, apart: str) -> None:
    # A comma or a stop may stand at the start of a line: it goes on.
    assert blocks(wrapped(width, indent, apart)) == list(PARAGRAPHS)


def test_nothing_is_said_to_be_cut_where_lines_are_wrapped() -> None:
    document = parse("1.txt", read_text("1.txt", wrapped(36, "　　", "").encode()), grammar())

    assert document.damage == []
    assert len(document.seams) == sum(-(-(len(each) + 2) // 36) - 1 for each in PARAGRAPHS)


@pytest.mark.parametrize(
    "line", ["一、护林员上山", "（镇林业站）", "【基层动态】", "责编：甲文", "附件：护林员名单"]
)
def test_amid_wrapped_paragraphs_a_line_that_begins_something_stands_alone(line: str) -> None:
    text = wrapped(30, "　　", f"{line}\n")

    assert blocks(text) == [PARAGRAPHS[0], line, PARAGRAPHS[1], line, PARAGRAPHS[2]]


def test_lines_that_are_a_paragraph_each_stay_so() -> None:
    text = "".join(f"　　{paragraph}\n" for paragraph in PARAGRAPHS)
    short = ["护林员上山看树苗。", "水利站修好水渠。", "老师带学生来认树。"]

    assert blocks(text) == list(PARAGRAPHS)
    assert blocks("\n".join(short)) == short


LEAD = "3月2日，镇水利站更换老旧水表四百块，水表都能远程抄读，各户不再等人上门。"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # A title with a comma too many: below a source, above news.
        (("（镇林业站）", "水利站换表，", LEAD), ("（镇林业站）", "水利站换表，", LEAD)),
        (("（镇林业站）", "水利站换表、", LEAD), ("（镇林业站）", "水利站换表、", LEAD)),
        # A heading with one: the next number, or the one before, stands over text too.
        (
            ("一、修渠引水，", PARAGRAPHS[0], "二、换表节水", PARAGRAPHS[1]),
            ("一、修渠引水，", PARAGRAPHS[0], "二、换表节水", PARAGRAPHS[1]),
        ),
        (
            ("一、修渠引水", PARAGRAPHS[0], "二、换表节水，", PARAGRAPHS[1]),
            ("一、修渠引水", PARAGRAPHS[0], "二、换表节水，", PARAGRAPHS[1]),
        ),
    ],
)
def test_a_title_or_a_heading_with_a_comma_too_many_is_no_beginning(
    lines: tuple[str, ...], expected: tuple[str, ...]
) -> None:
    assert blocks("\n".join(lines)) == list(expected)


@pytest.mark.parametrize(
    "entry",
    [
        "护林员上山看树苗……3",
        "护林员上山看树苗··3",
        "护林员上山看树苗....3",
        "护林员上山　　　3",
        "护林员上山\t3",
    ],
)
def test_what_is_set_wide_or_leads_to_a_page_goes_on_nowhere(entry: str) -> None:
    second = entry.replace("护林员", "水利站")

    assert blocks(f"{entry}\n{second}\n{LEAD}\n") == [entry, second, LEAD]
