"""Where the masthead ends, line by line: what belongs to it, and what is an article's already."""

from __future__ import annotations

import pytest

from bulletin_lint.model.reading import Line, Reading
from bulletin_lint.parsing import parse
from bulletin_lint.parsing.blocks import Blocks
from bulletin_lint.parsing.masthead import Masthead, parse_masthead
from bulletin_lint.parsing.masthead_context import is_beside_title, leads_to_numbers, without_suffix
from hand_made import NoPlaces
from laid_out import grammar

TITLE, NUMBER, DATED = "云岭镇工作简报", "第4期", "云岭镇党政办公室　　2025年3月6日"
HEAD = (TITLE, NUMBER, DATED)
ARTICLE, TEXT = "镇里开展春季植树", "3月1日，镇机关干部到东山植树，栽下香樟三百株，村民都来帮忙。"


def sheet(*lines: str, sizes: tuple[float, ...] = ()) -> Blocks:
    """Each line a block; one that begins with + is joined to the line above, the others stand below a gap."""
    made: list[Line] = []
    texts: list[str] = []
    start = 0
    for number, line in enumerate(lines):
        text = line.removeprefix("+")
        size = sizes[number] if sizes else 0.0
        made.append(Line(((start, start + len(text)),), gap=number > 0 and text == line, size=size))
        texts.append(text)
        start += len(text) + 1
    reading = Reading("text", "\n".join(texts), tuple(made), NoPlaces(), joins_final=True)
    found = Blocks(parse("4.txt", reading, grammar()), grammar())
    assert found.texts == texts
    return found


def masthead(*lines: str, stop: int | None = None) -> Masthead:
    return parse_masthead(sheet(*lines), len(lines) if stop is None else stop)


@pytest.mark.parametrize(
    ("lines", "end"),
    [
        ((*HEAD, ARTICLE, TEXT), 3),
        ((TITLE, DATED, NUMBER, ARTICLE, TEXT), 3),
        (("秘密", *HEAD, ARTICLE, TEXT), 4),
        (("秘密　　000012", *HEAD, ARTICLE, TEXT), 4),
        # A short line above the numbers, and what is too long for one.
        ((TITLE, "不误农时", NUMBER, DATED, ARTICLE, TEXT), 4),
        ((TITLE, "山" * 30, NUMBER, DATED, ARTICLE, TEXT), 4),
        ((TITLE, "一" + "山" * 70, NUMBER, DATED, ARTICLE, TEXT), 1),
        ((TITLE, TEXT, NUMBER, DATED, ARTICLE, TEXT), 1),
        # An edition.
        ((TITLE, "（植树专刊）", NUMBER, DATED, ARTICLE, TEXT), 4),
        ((*HEAD, "（植树专刊）", ARTICLE, TEXT), 4),
        # Fields of the imprint below the number.
        ((*HEAD, "责编：甲文", ARTICLE, TEXT), 4),
        ((*HEAD, "编发单位：云岭镇党政办公室", ARTICLE, TEXT), 4),
        # The contents, a note or a column are over.
        ((*HEAD, "本期目录", ARTICLE, TEXT), 3),
        ((*HEAD, "编者按：现将做法刊发如下。", ARTICLE, TEXT), 3),
        ((*HEAD, "【基层动态】", ARTICLE, TEXT), 3),
        ((*HEAD, "一、镇里开展春季植树", TEXT), 3),
        # A second number is an article's, the same one again a slip.
        ((*HEAD, "第3期培训班开班", TEXT), 3),
        ((*HEAD, "第5期", TEXT), 3),
        ((*HEAD, NUMBER, TEXT), 4),
        # A sentence is none.
        ((TITLE, "第4期培训班开班了。", TEXT), 1),
        ((ARTICLE, TEXT), 0),
        ((TEXT,), 0),
    ],
)
def test_the_masthead_ends_where_its_last_line_does(lines: tuple[str, ...], end: int) -> None:
    found = masthead(*lines)

    assert found.end == end
    assert found.node.text == "\n".join(lines[:end])
    assert found.node.path == "masthead"


@pytest.mark.parametrize(
    ("lines", "end"),
    [
        # A field joined to the date, and below a gap the title.
        ((*HEAD, "+响应级别：蓝色", ARTICLE, TEXT), 4),
        ((*HEAD, "响应级别：蓝色", ARTICLE, TEXT), 3),
        ((*HEAD, f"+响应级别：{'蓝' * 25}", ARTICLE, TEXT), 4),
        ((*HEAD, f"+响应级别：{'蓝' * 26}", ARTICLE, TEXT), 3),
        ((*HEAD, "+响应级别蓝色", ARTICLE, TEXT), 3),
        ((*HEAD, "+响应级别：蓝色", f"+{ARTICLE}", TEXT), 3),
        ((*HEAD, "+响应级别：蓝色", TEXT), 3),
        ((*HEAD, "+响应级别：蓝色", "——东山添绿", TEXT), 3),
        ((TITLE, DATED, "+响应级别：蓝色", ARTICLE, TEXT), 2),
        ((TITLE, NUMBER, "+响应级别：蓝色", ARTICLE, TEXT), 2),
    ],
)
def test_a_field_joined_to_number_and_date_is_the_masthead_s(lines: tuple[str, ...], end: int) -> None:
    assert masthead(*lines).end == end


def test_no_more_lines_are_looked_at_than_may_be_the_masthead_s() -> None:
    lines = (*HEAD, ARTICLE, TEXT)

    assert [masthead(*lines, stop=stop).end for stop in range(6)] == [0, 1, 2, 3, 3, 3]
    assert masthead(*HEAD, "+响应级别：蓝色", ARTICLE, TEXT, stop=4).end == 3


def test_lines_with_fields_of_the_imprint_are_told() -> None:
    assert masthead(*HEAD, "责编：甲文", "审核：乙武", ARTICLE, TEXT).label_lines == [3, 4]
    assert masthead(
        TITLE, NUMBER, "云岭镇党政办公室　　　　签发：甲文", "2025年3月6日", ARTICLE, TEXT
    ).label_lines == [2]
    assert masthead(*HEAD, ARTICLE, TEXT).label_lines == []


def test_the_same_number_again_is_in_the_form_of_the_number() -> None:
    node = masthead(*HEAD, NUMBER, TEXT).node.child("issue_number")
    assert node is not None

    assert (node.fields["form"], node.fields["value"], node.text) == ("第4期 第4期", 4, NUMBER)


@pytest.mark.parametrize(
    ("lines", "leads", "alone"),
    [
        ((TITLE, NUMBER), True, True),
        ((TITLE, "甲", "乙", "丙", NUMBER), True, True),
        ((TITLE, "甲", "乙", "丙", "丁", NUMBER), False, False),
        # With a date alone, or an office beside it.
        ((TITLE, "2025年3月6日"), True, False),
        ((TITLE, DATED), True, False),
        ((TITLE, "镇里植树　　2025年3月6日"), False, False),
        # Words beside the number.
        ((TITLE, "第4期　云岭镇党政办公室"), True, True),
        ((TITLE, "第4期　镇里植树"), True, False),
        ((TITLE, "总第40期"), True, True),
        ((TITLE, "第　　期"), True, True),
        # Prose, a column or a long line is between.
        ((TITLE, TEXT, NUMBER), False, False),
        ((TITLE, "【基层动态】", NUMBER), False, False),
        ((TITLE, "山" * 71, NUMBER), False, False),
        ((TITLE, "山" * 70, NUMBER), True, True),
        ((TITLE,), False, False),
    ],
)
def test_a_line_leads_to_numbers_within_four_lines(
    lines: tuple[str, ...], *, leads: bool, alone: bool
) -> None:
    made = sheet(*lines)

    assert leads_to_numbers(made, 0, len(lines)) is leads
    assert leads_to_numbers(made, 0, len(lines), alone=True) is alone
    # The number may stand behind where the masthead may end.
    assert not leads_to_numbers(made, 0, min(len(lines) - 1, 1))


@pytest.mark.parametrize(
    ("size", "beside"), [(0.0, False), (10.0, True), (19.7, True), (19.9, False), (44.0, False)]
)
def test_much_smaller_type_beside_a_larger_line_is_no_title(size: float, *, beside: bool) -> None:
    """The title is of 44 points: less than 45 in a hundred of that is small."""
    made = sheet("仅供领导参阅", TITLE, NUMBER, sizes=(size, 44.0, 16.0))

    assert is_beside_title(made, 0, 3) is beside
    assert not is_beside_title(made, 0, 1)
    behind = sheet(TITLE, "仅供领导参阅", NUMBER, sizes=(44.0, size, 16.0))
    assert is_beside_title(behind, 1, 3) is beside
    far = sheet(TITLE, "山水", "田园", "仅供领导参阅", NUMBER, sizes=(44.0, 10.0, 10.0, 10.0, 10.0))
    assert not is_beside_title(far, 3, 5)


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("云岭镇党政办公室编印", "云岭镇党政办公室"),
        ("云岭镇党政办公室编", "云岭镇党政办公室"),
        ("云岭镇党政办公室　编", "云岭镇党政办公室"),
        ("云岭镇党政办公室", "云岭镇党政办公室"),
        ("甲编", "甲编"),
        ("甲乙编", "甲乙"),
        ("编", "编"),
    ],
)
def test_an_office_is_named_without_what_follows_it(words: str, office: str) -> None:
    assert without_suffix(sheet(TITLE), words) == office
