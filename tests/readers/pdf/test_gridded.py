"""Text on a grid of characters: its gaps end no field and no column, and are no spaces."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_lint.readers.pdf.reader import read_pdf
from set_pdfs import Piece, set_pdf

PROSE = [
    "全镇共有沟渠46条、闸门12座，今年3月底前",
    "疏通沟渠29条，修补闸门7座，添置水泵15台，",
    "发动群众630人次投工投劳，折合资金48万元，",
    "比去年早了11天完成任务，受益农田2600亩，",
    "涉及8个村、134个小组，群众对此十分满意，",
    "纷纷称赞水利站的37名同志为大家办了实事。",
]


def on_grid(
    lines: Sequence[str], *, cell: float = 16.0, size: float = 16.0, gap: float = 1.25
) -> list[Piece]:
    """Lines with each ideograph in a cell, and figures so many ems from the ideographs beside them."""
    pieces = []
    for row, line in enumerate(lines):
        x, before = 80.0, ""
        for character in line:
            is_figure = character.isascii()
            if before and is_figure != before.isascii():
                x += gap * size
            pieces.append(Piece(round(x, 2), 200 + 28 * row, character, size))
            x += size / 2 if is_figure else cell
            before = character
    return pieces


def read(pieces: Sequence[Piece]) -> list[str]:
    return read_pdf("x.pdf", set_pdf([pieces], sheet=(842, 842))).text.split("\n")[:-1]


def test_figures_in_cells_of_a_grid_are_read_in_their_line_and_without_spaces() -> None:
    assert read(on_grid(PROSE)) == PROSE


def test_characters_that_each_stand_in_a_wide_cell_make_no_columns() -> None:
    assert read(on_grid(PROSE, cell=25.0, gap=0.6)) == PROSE


def test_one_wide_gap_beside_a_figure_is_a_field_s() -> None:
    found = read(
        [
            Piece(80, 200, "云溪镇党政办公室编印"),
            Piece(270, 200, "2026年3月5日"),
            Piece(80, 240, "全文如下。"),
        ]
    )

    assert found == ["云溪镇党政办公室编印 2026年3月5日", "全文如下。"]


def test_gaps_one_below_the_other_are_those_of_a_list() -> None:
    rows = [
        ("林小溪", "55550101", "水利站"),
        ("周望川", "55550102", "农技站"),
        ("石一山", "55550103", "林业站"),
    ]
    rows += [("高远方", "55550104", "财政所"), ("江满堂", "55550105", "文化站")]
    pieces = [
        Piece(x, 200 + 28 * row, text)
        for row, texts in enumerate(rows)
        for x, text in zip((80, 150, 240), texts, strict=True)
    ]

    assert read(pieces) == [" ".join(texts) for texts in rows]


def test_a_gap_wider_than_those_of_the_text_is_a_field_s() -> None:
    masthead = [Piece(80, 160, "云溪镇党政办公室编印"), Piece(280, 160, "2026年3月5日")]

    found = read([*masthead, *on_grid(PROSE, gap=0.5)])

    assert found == ["云溪镇党政办公室编印 2026年3月5日", *PROSE]
