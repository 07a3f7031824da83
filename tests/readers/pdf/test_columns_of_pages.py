"""Pages in columns: read one after the other wherever their lines and titles stand, and nothing else taken for them."""

from __future__ import annotations

from bulletin_lint.readers.pdf.reader import read_pdf
from set_pdfs import Piece, bulletin, set_pdf

LEFT = [
    "开春以来，镇里疏通沟渠十二",
    "处，修补闸门三座，又添置水",
    "泵六台，群众用水更加便利，",
    "春灌比去年早了整整七天时间",
    "结束。",
]
RIGHT = [
    "入夏以后，镇里把巡堤查险排",
    "到每一天、落到每个人，两个",
    "月里共巡堤四百多趟，排除险",
    "情九处，没有一处漏报，也没",
    "有一人受伤。",
]


def column(lines: list[str], x: float, top: float, *, step: float = 24, size: float = 12) -> list[Piece]:
    """A paragraph in a column, its first line two characters in."""
    return [
        Piece(x + (2 * size if not row else 0), top + step * row, text, size)
        for row, text in enumerate(lines)
    ]


def texts(pages: list[list[Piece]], drawn: str = "") -> list[str]:
    """Each paragraph as one string, furniture left out."""
    reading = read_pdf("x.pdf", set_pdf(pages, drawn=drawn))
    found: list[str] = []
    for line in reading.lines:
        if line.kind != "text":
            continue
        text = "".join(reading.text[start:end] for start, end in line.pieces)
        if line.joins and found:
            found[-1] += text
        else:
            found.append(text)
    return found


def test_columns_whose_baselines_do_not_agree_are_read_one_after_the_other() -> None:
    page = [*column(LEFT, 80, 300), *column(RIGHT, 310, 307)]

    assert ["".join(LEFT), "".join(RIGHT)] == texts([page])


def test_a_title_within_a_column_stays_above_its_text() -> None:
    page = [
        *column(LEFT, 80, 300),
        Piece(335, 302, "堤上的两个月", 16),
        *column(RIGHT, 310, 333),
    ]

    assert ["".join(LEFT), "堤上的两个月", "".join(RIGHT)] == texts([page])


def test_office_and_date_above_columns_and_the_makers_below_are_none_of_them() -> None:
    page = [
        Piece(80, 220, "云溪镇党政办公室", 12),
        Piece(406, 220, "2026年3月5日", 12),
        *column(LEFT, 80, 300),
        *column(RIGHT, 310, 307),
        Piece(80, 520, "责编：林小溪", 12),
        Piece(310, 520, "核稿：周望川", 12),
    ]

    assert [
        "云溪镇党政办公室 2026年3月5日",
        "".join(LEFT),
        "".join(RIGHT),
        "责编：林小溪 核稿：周望川",
    ] == texts([page])


def test_a_line_across_both_columns_parts_what_stands_above_from_what_stands_below() -> None:
    page = [
        *column(LEFT, 80, 200),
        *column(RIGHT, 310, 207),
        Piece(200, 350, "防汛专版：两个月的堤上日夜", 16),
        *column([line.replace("镇里", "区里") for line in LEFT], 80, 400),
        *column([line.replace("镇里", "区里") for line in RIGHT], 310, 407),
    ]

    assert [
        "".join(LEFT),
        "".join(RIGHT),
        "防汛专版：两个月的堤上日夜",
        "".join(LEFT).replace("镇里", "区里"),
        "".join(RIGHT).replace("镇里", "区里"),
    ] == texts([page])


def test_every_character_drawn_by_itself_is_no_column() -> None:
    whole = bulletin(
        paragraphs=[
            "开春以来，镇里疏通沟渠十二处，修补闸门三座，又添置",
            "入夏以后，镇里把巡堤查险排到每一天、落到每个人身上",
            "秋收以前，镇里组织农机跨区作业，抢收稻谷三千亩有余",
            "入冬以后，镇里检修灌渠二十公里，备足明年春灌的用水",
        ]
    )
    single = [
        Piece(piece.x + piece.size * at, piece.baseline, character, piece.size)
        for piece in whole
        if not piece.text.isascii() and "：" not in piece.text
        for at, character in enumerate(piece.text)
    ]

    found = "".join(texts([single]))

    assert all(piece.text in found for piece in whole if "镇里" in piece.text)


def test_names_and_places_side_by_side_are_no_columns() -> None:
    rows = [
        ("孙望", "水利站"),
        ("周禾", "农技站"),
        ("林溪", "文化站"),
        ("江平", "卫生院"),
        ("白露", "中心校"),
    ]
    page = [
        Piece(x, 300 + 24 * number, text, 12)
        for number, row in enumerate(rows)
        for x, text in zip((80, 310), row, strict=True)
    ]

    assert [" ".join(row) for row in rows] == read_pdf("x.pdf", set_pdf([page])).text.splitlines()
