"""Tables without lines: a label at half the height of its row does not stand in the middle of a sentence."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_lint.readers.pdf.reader import read_pdf
from set_pdfs import Piece, set_pdf

DUTIES = [
    ("林小溪", ["主持全面工作，负责党建、人事、财政、安全生产", "和信访等方面的工作。"]),
    ("周望川", ["负责农业、水利、林业工作。"]),
    (
        "石一山",
        [
            "负责社会救助、养老服务、残疾人工作、卫生健康",
            "和教育工作，联系城南、河东两个社区，分管社",
            "会事务办公室。",
        ],
    ),
]


def table(rows: Sequence[tuple[str, list[str]]], *, leading: float = 24, padding: float = 8) -> list[Piece]:
    """Rows with their labels at half their height."""
    pieces = []
    top = 300.0
    for label, lines in rows:
        pieces.append(Piece(84, top + (len(lines) - 1) * leading / 2, label, 14))
        pieces += [Piece(180, top + leading * row, text, 14) for row, text in enumerate(lines)]
        top += leading * len(lines) + padding
    return pieces


def rows_of(pieces: Sequence[Piece]) -> list[tuple[str, list[str]]]:
    """Each line of the text with its kind; of a table's row the cells."""
    reading = read_pdf("x.pdf", set_pdf([pieces]))
    assert not reading.unread_pages
    return [
        (line.kind, [reading.text[start:end] for start, end in line.cells or line.pieces])
        for line in reading.lines
    ]


def test_a_label_at_half_the_height_comes_before_all_lines_of_its_row() -> None:
    assert rows_of(table(DUTIES)) == [("table", [label, "".join(lines)]) for label, lines in DUTIES]


def test_lines_further_apart_than_type_is_high_are_told_as_well() -> None:
    assert rows_of(table(DUTIES, leading=32)) == [
        ("table", [label, "".join(lines)]) for label, lines in DUTIES
    ]


def test_what_stands_above_and_well_below_a_table_is_none_of_it() -> None:
    pieces = [
        Piece(200, 220, "班子成员分工", 18),
        *table(DUTIES),
        Piece(84, 560, "以上分工自即日起执行。", 14),
    ]

    found = rows_of(pieces)

    assert found[0] == ("text", ["班子成员分工"])
    assert [kind for kind, _ in found[1:-1]] == ["table"] * 3
    assert found[-1] == ("text", ["以上分工自即日起执行。"])


def test_a_label_between_two_rows_belongs_to_the_first_of_them() -> None:
    shifts = [
        ("白班", ["接听电话、登记险情、通知网格员到岗", "并做好记录。"]),
        ("夜班", ["巡查河堤和低洼地段，遇有险情立即", "报告。"]),
    ]
    pieces = [Piece(piece.x + 60, piece.baseline, piece.text, piece.size) for piece in table(shifts)]

    found = rows_of([Piece(60, 340, "三月五日", 14), *pieces])

    assert [cells for _, cells in found] == [
        ["三月五日", "白班", "接听电话、登记险情、通知网格员到岗并做好记录。"],
        ["夜班", "巡查河堤和低洼地段，遇有险情立即报告。"],
    ]


def test_labels_beside_the_first_line_are_read_as_before() -> None:
    pieces = [
        Piece(84, 300, "林小溪", 14),
        Piece(180, 300, "主持全面工作，负责党建、人事、财政工作；", 14),
        Piece(84, 332, "周望川", 14),
        Piece(180, 332, "负责农业、水利、林业工作。", 14),
    ]

    assert [kind for kind, _ in rows_of(pieces)] == ["text", "text"]


def test_rows_nearer_than_the_lines_of_a_cell_are_told_by_their_labels() -> None:
    rows = [("林小溪", DUTIES[2][1]), ("周望川", DUTIES[0][1]), ("石一山", DUTIES[2][1])]

    assert rows_of(table(rows, leading=26, padding=-3)) == [
        ("table", [label, "".join(lines)]) for label, lines in rows
    ]


def test_the_last_row_may_go_on_on_the_next_page() -> None:
    pieces = table([DUTIES[0], DUTIES[2], DUTIES[0]])
    label = Piece(84, pieces[-1].baseline + 32, "江满堂", 14)
    begun = [Piece(180, label.baseline + 24 * row, text, 14) for row, text in enumerate(DUTIES[2][1][:2])]

    found = rows_of([*pieces, label, *begun])

    assert [cells for _, cells in found][-1] == ["江满堂", "".join(DUTIES[2][1][:2])]
