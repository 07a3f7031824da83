"""Numbers beside the lines are none of the text; numbers of a table's rows are, whether it is ruled or not."""

from __future__ import annotations

import pytest

from bulletin_lint.readers.pdf.reader import read_pdf
from set_pdfs import Piece, set_pdf

PROSE = [
    "入秋以来，村里把晒场借给外乡收粮的人，一天不收一分钱。",
    "晒场边上的仓房也腾了出来，夜里下雨时粮食有地方去放。",
    "收完以后，外乡人帮村里翻了三十亩地，没有要一口饭吃。",
    "两边约好，明年这时候还来，谁家先熟就先帮着谁家去收。",
]
ROWS = [("东坡机耕", "道修整"), ("西沟水塘", "清淤"), ("北岭泵站", "改造")]


def prose(top: float) -> list[Piece]:
    return [Piece(80, top + 24 * row, text, 12) for row, text in enumerate(PROSE)]


def counted(x: float) -> list[Piece]:
    """A table of three counted rows, each of two lines, under its head; the first column at `x`."""
    found = [Piece(x, 250, "序号", 12), Piece(180, 250, "项目", 12), Piece(330, 250, "投资", 12)]
    for number, (first, second) in enumerate(ROWS):
        top = 274 + 48 * number
        found += [
            Piece(x, top, str(number + 1), 12),
            Piece(180, top, first, 12),
            Piece(180, top + 24, second, 12),
            Piece(330, top, "6000", 12),
        ]
    return found


GRID = "".join(f"{x} {842 - 234} m {x} {842 - 402} l S\n" for x in (76, 170, 320, 480)) + "".join(
    f"76 {842 - y} m 480 {842 - y} l S\n" for y in (234, 258, 306, 354, 402)
)


@pytest.mark.parametrize("drawn", [GRID, ""], ids=["ruled", "not ruled"])
def test_the_first_column_of_a_table_is_read(drawn: str) -> None:
    reading = read_pdf("x.pdf", set_pdf([[*prose(120), *counted(80), *prose(440)]], drawn=drawn))

    assert [line for line in reading.lines if line.furniture == "line-number"] == []
    read = reading.text.replace("\t", " ")
    for number, (first, _) in enumerate(ROWS):
        assert any(str(number + 1) in row and first in row for row in read.splitlines()), read


def test_numbers_outside_the_text_are_line_numbers() -> None:
    beside = [Piece(50, 120 + 24 * row, str(row + 1), 12) for row in range(len(PROSE))]
    reading = read_pdf("x.pdf", set_pdf([[*prose(120), *beside]]))

    found = [
        reading.text[slice(*line.pieces[0])] for line in reading.lines if line.furniture == "line-number"
    ]
    assert found == ["1", "2", "3", "4"]
