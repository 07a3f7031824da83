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


def test_a_pale_word_across_the_page_does_not_part_its_columns() -> None:
    page = [Piece(200, 350, "样张", 80, "0.9 g"), *column(LEFT, 80, 300), *column(RIGHT, 310, 307)]

    assert ["".join(LEFT), "".join(RIGHT)] == texts([page])


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


# Lines beside one another that share no baseline

ROUNDS = ["一组查堤三处", "二组查闸", "三组查渠九里", "四组查泵站两座"]
FINDINGS = ["堤脚渗水一处，已堵", "闸门锈了，换新", "无异常", "泵房漏电，已修好"]


def staggered(
    left: list[str], right: list[str], x: float, across: float, shift: float, *, hang: float = 0
) -> list[Piece]:
    """Lines on both sides, those on the right so much lower; every second one begins `hang` to the left."""
    pieces = [Piece(x, 300 + 24 * row, text, 12) for row, text in enumerate(left)]
    return pieces + [
        Piece(across - hang * (row % 2), 300 + shift + 24 * row, text, 12) for row, text in enumerate(right)
    ]


def test_short_lines_on_both_sides_of_a_clear_gutter_are_read_one_side_after_the_other() -> None:
    page = staggered(ROUNDS, FINDINGS, 80, 200, 8)

    assert ROUNDS + FINDINGS == lines_in_order(page)


def test_a_column_that_goes_on_below_the_other_is_read_to_its_end_first() -> None:
    longer = [*ROUNDS, "五组查涵洞", "六组查水位", "七组巡夜"]

    assert longer + FINDINGS == lines_in_order(staggered(longer, FINDINGS, 80, 200, 8))


def test_lines_beside_one_another_without_a_gutter_are_not_read_and_that_is_told() -> None:
    words = ["查堤", "一组查堤", "一组二组同查长堤四十里又九处", "三组查"]
    page = [Piece(80, 200, "护好一渠春水，全镇上下一条心。", 16)]
    page += [Piece(80, 300 + 24 * row, text, 12) for row, text in enumerate(words * 2)]
    page += [
        Piece(104 + 12 * len(words[row % 4]), 308 + 24 * row, text, 12)
        for row, text in enumerate(FINDINGS * 2)
    ]
    reading = read_pdf("x.pdf", set_pdf([page]))

    assert ["护好一渠春水，全镇上下一条心。"] == [
        reading.text[line.pieces[0][0] : line.pieces[0][1]] for line in reading.lines if line.kind == "text"
    ]
    assert 16 == sum(line.furniture == "unordered" for line in reading.lines)
    assert [1] == [each.number for each in reading.unread_pages]


def test_an_office_a_date_and_two_fields_a_little_lower_are_read_as_ever() -> None:
    page = [
        *bulletin()[:3],
        Piece(390, 224, "2026年3月5日", 14),
        Piece(80, 262, "责编：林小溪", 14),
        Piece(300, 266, "核稿：周望川", 14),
    ]
    reading = read_pdf("x.pdf", set_pdf([[*bulletin(), *page]]))

    assert () == reading.unread_pages
    assert not any(line.furniture == "unordered" for line in reading.lines)


def lines_in_order(page: list[Piece]) -> list[str]:
    """The lines of text as they are read."""
    reading = read_pdf("x.pdf", set_pdf([page]))
    assert () == reading.unread_pages
    return [
        "".join(reading.text[start:end] for start, end in line.pieces)
        for line in reading.lines
        if line.kind == "text"
    ]
