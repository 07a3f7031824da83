"""PDFs as the world makes them: what producers do to a bulletin, each kind in a page set by hand."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path

import pytest

from bulletin_lint.model.errors import SourceError
from bulletin_lint.parsing import parse
from bulletin_lint.readers.pdf.reader import read_pdf
from harness import Command
from laid_out import grammar
from set_pdfs import Piece, bulletin, set_pdf

FIGURES = "0123456789"


def lines_of(data: bytes) -> list[str]:
    """The lines of text, without furniture."""
    reading = read_pdf("x.pdf", data)
    return [
        "|".join(reading.text[start:end] for start, end in line.pieces)
        for line in reading.lines
        if line.kind in ("text", "table")
    ]


def checked(command: Command, path: Path, data: bytes) -> list[str]:
    """The codes that a check of the file gives, in order."""
    path.write_bytes(data)
    outcome = command("check", "--isolated", "--format", "concise", path)
    assert outcome.code in (0, 1), outcome.err
    return [line.split(": ", 1)[1].split()[0] for line in outcome.out.splitlines()]


# Characters that a font does not name


def test_figures_that_the_font_does_not_name_are_lost_and_no_hyphens() -> None:
    lost = set_pdf([bulletin()], named=dict.fromkeys(FIGURES, "\ufffe"))

    assert lines_of(lost)[:3] == [
        "云溪镇工作动态",
        "第\ufffd期",
        "云溪镇党政办公室 \ufffd\ufffd\ufffd\ufffd年\ufffd月\ufffd日",
    ]


def test_figures_that_are_named_by_their_places_alone_are_lost() -> None:
    places = {figure: chr(0xF000 + ord(figure)) for figure in FIGURES}

    assert "第\ufffd期" == lines_of(set_pdf([bulletin()], named=places))[1]


def test_of_what_lost_its_figures_nothing_but_the_loss_is_said(tmp_path: Path, command: Command) -> None:
    lost = set_pdf([bulletin()], named=dict.fromkeys(FIGURES, "\ufffe"))

    assert {"EXT004"} == set(checked(command, tmp_path / "7.pdf", lost))


def test_a_mistake_beside_a_loss_in_another_sentence_is_said(tmp_path: Path, command: Command) -> None:
    text = ["全镇疏通沟渠12处。修补闸门三座，，群众用水更便利。"]
    lost = set_pdf([bulletin(paragraphs=text)], named=dict.fromkeys(FIGURES, "\ufffe"))

    assert {"EXT004", "PUN010"} == set(checked(command, tmp_path / "7.pdf", lost))


# Radicals


def test_radicals_are_the_producer_s_and_told_once(tmp_path: Path, command: Command) -> None:
    radicals = set_pdf(
        [bulletin(paragraphs=["镇里组织人工疏通沟渠，人人动手，水利工程见效。"])],
        named={"人": "⼈", "工": "⼯"},
    )

    assert ["EXT007"] == checked(command, tmp_path / "7.pdf", radicals)


# Small type beside the title


BESIDE = [
    pytest.param([Piece(450, 108, "仅供领导参阅", 12)], id="above its baseline"),
    pytest.param([Piece(450, 130, "领导参阅", 12)], id="on its baseline"),
    pytest.param([Piece(60, 112, "收文", 10), Piece(60, 124, "已办", 10)], id="on its left"),
    pytest.param(
        [Piece(540, 96 + 14 * row, each, 12) for row, each in enumerate("内部资料注意保存")], id="a stamp"
    ),
]


@pytest.mark.parametrize("beside", BESIDE)
def test_small_type_beside_the_title_is_none_of_it(
    beside: list[Piece], tmp_path: Path, command: Command
) -> None:
    path = tmp_path / "7.pdf"
    path.write_bytes(set_pdf([[*beside, *bulletin()]]))

    extracted = json.loads(command("extract", "--isolated", "--format", "json", path).out)

    assert "云溪镇工作动态" == extracted["masthead"]["title"]["text"]
    assert 7 == extracted["masthead"]["issue_number"]["value"]


# What stands beside the text


def test_line_numbers_are_none_of_the_text() -> None:
    text = [
        "开春以来，镇里疏通沟渠12处，修补闸门3座。",
        "2月，又添置水泵6台，",
        "3月，第5号泵站通水。",
        "群众用水更便利。",
    ]
    numbers = [Piece(50, 300 + 28 * row, str(5 * row + 5), 9) for row in range(5)]

    reading = read_pdf("x.pdf", set_pdf([[*bulletin(paragraphs=text), *numbers]]))

    lines = lines_of(set_pdf([[*bulletin(paragraphs=text), *numbers]]))
    assert text == lines[4:8]
    assert ["5", "10", "15", "20", "25"] == [
        reading.text[slice(*line.pieces[0])] for line in reading.lines if line.furniture == "line-number"
    ]


def test_numbers_of_a_list_are_no_line_numbers() -> None:
    items = [
        piece
        for row in range(4)
        for piece in (Piece(80, 500 + 28 * row, str(row + 1)), Piece(89, 500 + 28 * row, "．沟渠已经疏通"))
    ]

    assert "2．沟渠已经疏通" in lines_of(set_pdf([[*bulletin(), *items]]))


# The size of the body


def test_the_size_of_the_body_is_that_of_prose_and_not_of_a_long_table() -> None:
    text = ["开春以来，全镇疏通沟渠，修补闸门，添置水泵，群众用水", "更便利。"]
    top = bulletin(paragraphs=text[:1])
    cells = [
        Piece(84 + 100 * column, 500 + 20 * row, f"云溪镇第{5 * row + column}村", 8)
        for row in range(12)
        for column in range(4)
    ]
    rules = " ".join(f"80 {842 - 488 - 20 * row} m 480 {842 - 488 - 20 * row} l S" for row in range(13))
    rules += " " + " ".join(f"{80 + 100 * column} 354 m {80 + 100 * column} 114 l S" for column in range(5))
    pages = [[*top, *cells]]
    pages[0].append(Piece(80, 328, text[1]))
    pages[0] = [piece._replace(baseline=356) if "水利站" in piece.text else piece for piece in pages[0]]

    reading = read_pdf("x.pdf", set_pdf(pages, drawn=rules))

    (line,) = [line for line in reading.lines if reading.text[slice(*line.pieces[0])] == text[1]]
    assert line.joins
    assert 12 == sum(line.kind == "table" for line in reading.lines)


# Text that is none


def test_chinese_bytes_taken_for_latin_letters_are_refused() -> None:
    latin = [piece._replace(text=piece.text.encode("gbk").decode("latin-1")) for piece in bulletin()]

    with pytest.raises(SourceError) as caught:
        read_pdf("x.pdf", set_pdf([latin]))
    assert "乱码" in caught.value.wording.zh


def test_latin_letters_with_accents_are_text() -> None:
    text = "Élève à l’école où naît l’été; Ä Ö Ü ß, déjà vu, garçon, où ça? " * 4
    names = [Piece(40, 600 + 20 * row, text[60 * row : 60 * row + 60], 10) for row in range(4)]

    assert "garçon" in "".join(lines_of(set_pdf([[*bulletin(), *names]])))


# Spaces that a program put after each character


def test_spaces_between_all_characters_are_left_out() -> None:
    text = ["全镇疏通沟渠12处，修补闸门3座。", "群众用水更便利，夏粮有望增收。"]
    typed = bulletin(paragraphs=text)
    spaced = [piece._replace(text=" ".join(piece.text)) for piece in typed]

    reading = read_pdf("x.pdf", set_pdf([spaced]))

    assert [line.replace(" ", "") for line in lines_of(set_pdf([typed]))] == [
        line.replace(" ", "") for line in lines_of(set_pdf([spaced]))
    ]
    assert all(each in reading.text for each in text)
    assert "电话：0571-55550188" in reading.text
    assert not reading.spaces_known


def test_spaces_that_do_not_break_are_left_out_too() -> None:
    typed = bulletin(paragraphs=["全镇疏通沟渠，修补闸门，夏粮有望增收。", "群众用水更便利，交口称赞。"])
    spaced = [piece._replace(text="\u00a0".join(piece.text)) for piece in typed]

    assert "全镇疏通沟渠，修补闸门，夏粮有望增收。" in read_pdf("x.pdf", set_pdf([spaced])).text


def test_spaces_that_an_author_typed_stay() -> None:
    assert "第 7 期" in lines_of(set_pdf([[*bulletin(), Piece(80, 700, "第 7 期")]]))


# Tables


def test_a_ruled_masthead_is_a_masthead(tmp_path: Path, command: Command) -> None:
    title, _, _, _, *others = bulletin()
    cells = [
        Piece(100, 172, "第7期", 14),
        Piece(320, 172, "（总第19期）", 14),
        Piece(100, 200, "云溪镇党政办公室", 14),
        Piece(320, 200, "2026年3月5日", 14),
    ]
    rules = "90 690 m 500 690 l S 90 662 m 500 662 l S 90 634 m 500 634 l S "
    rules += "90 690 m 90 634 l S 310 690 m 310 634 l S 500 690 m 500 634 l S"
    path = tmp_path / "7.pdf"

    assert [] == checked(command, path, set_pdf([[title, *cells, *others]], drawn=rules))
    masthead = json.loads(command("extract", "--isolated", "--format", "json", path).out)["masthead"]

    assert 7 == masthead["issue_number"]["value"]
    assert 19 == masthead["cumulative_number"]["value"]
    assert "云溪镇党政办公室" == masthead["office"]["text"]
    assert "2026-03-05" == masthead["date"]["value"]


# Furniture of short bulletins

LONG = "开春以来，镇里疏通沟渠十二处，修补闸门三座，群众用水"


def furniture_of(data: bytes) -> list[tuple[str, str]]:
    reading = read_pdf("x.pdf", data)
    return [
        (line.furniture, reading.text[slice(*line.pieces[0])])
        for line in reading.lines
        if line.kind == "furniture"
    ]


def test_a_lone_line_number_of_a_short_last_page_is_one() -> None:
    first = [
        *bulletin(paragraphs=["开春以来，镇里疏通沟渠。"] * 6),
        *(Piece(50, 300 + 28 * row, str(5 * row + 5), 9) for row in range(5)),
    ]
    last = [Piece(80, 100, "报：县政府办公室。"), Piece(80, 128, "送：县水利局。"), Piece(50, 128, "5", 9)]

    lines = lines_of(set_pdf([first, last]))

    assert ["报：县政府办公室。", "送：县水利局。"] == lines[-2:]


def test_a_head_that_shows_once_in_the_midst_of_a_sentence_is_furniture() -> None:
    first = bulletin(paragraphs=[LONG])[:6]
    second = [
        Piece(240, 50, "水利简讯", 14),
        Piece(80, 110, "更便利，夏粮有望增收。"),
        *(piece._replace(baseline=piece.baseline - 190) for piece in bulletin()[6:]),
    ]

    assert ("running-head", "水利简讯") in furniture_of(set_pdf([first, second]))


def test_the_last_line_of_an_imprint_alone_on_a_page_is_text() -> None:
    first = [*bulletin(), Piece(80, 700, "报：市水利局。", 12)]
    second = [Piece(80, 90, "发：各村水利专管员。", 12)]

    assert "发：各村水利专管员。" in lines_of(set_pdf([first, second]))


def test_one_of_one_in_the_margin_is_a_page_number() -> None:
    assert [("page-number", "1/1")] == furniture_of(set_pdf([[*bulletin(), Piece(280, 810, "1/1", 10)]]))


# Paragraphs and titles


def test_paragraphs_set_a_little_apart_are_told_by_it() -> None:
    texts = ["开春以来，镇里疏通沟渠十二处，修补闸门三座，群众用水说", "更便利了。眼下夏粮有望增收。"]
    lines = [line for _ in range(4) for line in texts]
    baselines = [300 + 24 * row + 9 * (row // 2) for row in range(8)]
    pieces = [Piece(80, y, text) for y, text in zip(baselines, lines, strict=True)]

    reading = read_pdf("x.pdf", set_pdf([pieces]))

    assert [False, True] * 4 == [bool(line.joins) for line in reading.lines]


def test_a_short_title_on_two_lines_is_one() -> None:
    pieces = [piece for piece in bulletin() if "春水" not in piece.text]
    pieces += [Piece(237, 246, "护好一渠春水", 20), Piece(237, 276, "守住万亩良田", 20)]
    pieces.sort(key=lambda piece: piece.baseline)

    reading = read_pdf("x.pdf", set_pdf([pieces]))

    (second,) = [line for line in reading.lines if reading.text[slice(*line.pieces[0])] == "守住万亩良田"]
    assert second.joins


def test_a_number_broken_at_its_hyphen_is_one_where_marks_hang_over_the_edge() -> None:
    text = [
        "开春以来镇里疏通沟渠十二处修补闸门三座群众用水，",
        "眼下夏粮有望增收秋粮面积比去年又多了三百多亩地",
        "入夏以后镇里把巡堤查险排到每一天落到每个人身上",
        "入冬以后镇里检修灌渠二十公里备足明年春灌的用水",
    ]
    pieces = [Piece(80, 300 + 28 * row, words, 16) for row, words in enumerate(text)]
    pieces += [Piece(80, 448, "编辑人：林小溪 审核：周望川 值班电话：0571-", 14)]
    pieces.append(Piece(80, 476, "55550188", 14))

    reading = read_pdf("x.pdf", set_pdf([pieces]))

    (rest,) = [line for line in reading.lines if reading.text[slice(*line.pieces[0])] == "55550188"]
    assert rest.joins


# A layer that a program recognised

SCANNED = "q 595 0 0 842 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80\nEI Q"


def test_what_was_recognised_is_read_and_told_once(tmp_path: Path, command: Command) -> None:
    sizes = (16.0, 17.0, 15.0)
    text = [
        "开春以来，镇里疏 通沟渠 12 处，修补闸门三座，群众用水",
        "更便利，夏粮有望增收。",
        "春灌已经结束。",
    ]
    typed = bulletin(paragraphs=text)
    typed = [
        piece._replace(more="3 Tr", size=sizes[number % 3] if piece.size == 16 else piece.size)
        for number, piece in enumerate(typed)
    ]
    data = set_pdf([typed], drawn=SCANNED, with_map=False)

    lines = lines_of(data)

    assert "开春以来，镇里疏通沟渠12处，修补闸门三座，群众用水" in lines
    assert not read_pdf("x.pdf", data).spaces_known
    assert 1 == checked(command, tmp_path / "7.pdf", data).count("EXT008")


def test_gaps_between_recognised_words_make_no_columns() -> None:
    halves = [
        ("开春以来，镇里疏通沟渠十", "二处，修补闸门三座，群众"),
        ("用水更加便利，夏粮有望增", "收，秋粮面积也比去年多了"),
        ("三百多亩，农机作业又快了", "三成，粮食烘干也有了着落"),
    ]
    pieces = [
        Piece(x, 300 + 28 * row, words, 16, "3 Tr")
        for row, pair in enumerate(halves)
        for x, words in zip((80, 290), pair, strict=True)
    ]

    lines = lines_of(set_pdf([pieces], drawn=SCANNED))

    assert ["".join(pair) for pair in halves] == lines


def test_spaces_that_end_empty_cells_do_not_send_a_page_through_the_slow_engine(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Word 2007 draws a space in a Latin font at the end of each line and cell, also of an empty one."""
    monkeypatch.setitem(sys.modules, "bulletin_lint.readers.pdf.plumber", None)
    rows = range(20)
    rules = "".join(f"80 {700 - 20 * row} m 480 {700 - 20 * row} l S\n" for row in rows)
    rules += "".join(f"{80 + 100 * column} 320 m {80 + 100 * column} 700 l S\n" for column in range(5))
    spaces = "".join(
        f"BT /W 10.5 Tf 1 0 0 1 {86 + 100 * column} {686 - 20 * row} Tm ( ) Tj ET\n"
        for row in rows
        for column in range(4)
    )
    text = "护好一渠春水"

    assert [text] == lines_of(set_pdf([[Piece(200, 100, text, 20)]], drawn=rules + spaces))


# Footnotes


PROSE = ["护好一渠春水，全镇上下动起来，今年疏通沟", "渠十二处", "，修补闸门三座，又添置水泵六台，群众用"]
RULE = "80 150 m 200 150 l S\n"


def with_note(note: str, *, gap: float = 50, size: float = 10) -> list[list[Piece]]:
    """Two pages, one sentence across them, with a footnote called on the first and told at its foot."""
    first = [
        *(Piece(112 if not row else 80, 592 + 28 * row, PROSE[0] + "水" * (not row), 16) for row in range(2)),
        Piece(80, 648, PROSE[1], 16),
        Piece(144, 642, "1", 8),
        Piece(148, 648, PROSE[2], 16),
        Piece(80, 648 + gap, note, size),
        Piece(285, 800, "— 1 —", 10.5),
    ]
    return [first, [Piece(80, 100, "水更加便利，春灌比去年早了七天。", 16), Piece(285, 800, "— 2 —", 10.5)]]


@pytest.mark.parametrize(
    "note", ["1 沟渠名录由镇水利站存档。", "[1]沟渠名录由镇水利站存档。", "①沟渠名录由镇水利站存档。"]
)
def test_a_footnote_below_a_rule_parts_no_sentence(note: str) -> None:
    reading = read_pdf("x.pdf", set_pdf(with_note(note), drawn=RULE))
    lines = {reading.text[slice(*line.pieces[0])]: line for line in reading.lines if line.pieces}

    assert "note" == lines[note].furniture
    assert lines["水更加便利，春灌比去年早了七天。"].joins


def test_a_footnote_without_a_rule_is_told_by_its_mark_in_the_text() -> None:
    reading = read_pdf("x.pdf", set_pdf(with_note("1 沟渠名录由镇水利站存档。")))

    assert ["1 沟渠名录由镇水利站存档。"] == [
        reading.text[slice(*line.pieces[0])] for line in reading.lines if line.furniture == "note"
    ]


@pytest.mark.parametrize(
    ("note", "gap"),
    [
        ("12月5日印发", 50),
        ("2 沟渠名录由镇水利站存档。", 50),
        ("报：县政府。", 50),
        ("1 沟渠名录由镇水利站存档。", 24),
    ],
)
def test_other_small_type_at_the_foot_is_no_footnote(note: str, gap: float) -> None:
    reading = read_pdf("x.pdf", set_pdf(with_note(note, gap=gap)))

    assert not any(line.furniture == "note" for line in reading.lines)


# Full-width forms of the producer's


def test_figures_drawn_half_as_wide_as_their_names_are_those_that_were_typed() -> None:
    wide = {figure: chr(ord(figure) + 0xFEE0) for figure in FIGURES}
    lines = lines_of(set_pdf([bulletin()], named=wide))

    assert "2026年3月5日" in "".join(lines)
    assert "开春以来，全镇疏通沟渠12处，修补闸门3座，群众用水更便利。" in lines


def test_full_width_figures_that_somebody_typed_stay() -> None:
    typed = "全镇疏通沟渠１２处，修补闸门３座。"

    assert typed in lines_of(set_pdf([bulletin(paragraphs=[typed])]))


# Seals over text, drawn and not a picture

RED = "0.8 0 0 rg"


def ring(words: str, x: float, y: float, radius: float = 42) -> list[Piece]:
    """Letters turned round a circle, the middle one level; the centre from the page's top left corner."""
    pieces = []
    for index, letter in enumerate(words):
        angle = math.radians(240 * index / (len(words) - 1) - 120)
        across, up = math.cos(angle), -math.sin(angle)
        left = x + radius * math.sin(angle) - 6 * across
        height = 842 - y + radius * math.cos(angle) - 6 * up
        turned = f"{RED} {across:.4f} {up:.4f} {-up:.4f} {across:.4f} {left:.2f} {height:.2f} cm"
        pieces.append(Piece(0, 842, letter, 12, turned))
    return pieces


@pytest.mark.parametrize("words", ["云溪镇水利站", "云溪镇党政办公室章"])
@pytest.mark.parametrize("star", ["drawn", "typed"])
def test_a_seal_over_the_attribution_leaves_the_text_as_it_is(words: str, star: str) -> None:
    seal = ring(words, 440, 328)
    drawn = "q 0.8 0 0 rg 440 532 m 450 504 l 424 522 l 456 522 l 430 504 l h f Q\n"
    if star == "typed":
        seal.append(Piece(425, 340, "★", 30, RED))
    data = set_pdf([[*bulletin(), *seal]], drawn=drawn if star == "drawn" else "")

    assert lines_of(set_pdf([bulletin()])) == lines_of(data)


def test_a_star_that_is_typed_beside_words_stays() -> None:
    page = [*bulletin(), Piece(196, 262, "★", 20, RED)]

    assert any(line.startswith("★") for line in lines_of(set_pdf([page])))


def test_merged_cells_are_read_row_by_row_each_once(tmp_path: Path, command: Command) -> None:
    """A head over two columns, one over two rows, a remark beside two rows."""
    xs, ys = (80, 180, 260, 340, 480), (330, 350, 370, 390, 410)
    level = [(0, 0, 4), (1, 1, 3), (2, 0, 4), (3, 0, 3), (4, 0, 4)]
    upright = [(0, 0, 4), (1, 0, 4), (2, 1, 4), (3, 0, 4), (4, 0, 4)]
    rules = "".join(f"{xs[a]} {842 - ys[y]} m {xs[b]} {842 - ys[y]} l S\n" for y, a, b in level)
    rules += "".join(f"{xs[x]} {842 - ys[a]} m {xs[x]} {842 - ys[b]} l S\n" for x, a, b in upright)
    cells = [
        ("单位", 84, 354),
        ("场次", 240, 344),
        ("备注", 390, 354),
        ("计划", 200, 364),
        ("实际", 280, 364),
    ]
    cells += [("河湾站", 84, 384), ("12期", 200, 384), ("14期", 280, 384), ("照此再办一年", 360, 394)]
    cells += [("城关站", 84, 404), ("8期", 200, 404), ("9期", 280, 404)]
    pieces = [Piece(x, y, text, 11) for text, x, y in cells]
    page = [
        piece if piece.baseline < 310 else piece._replace(baseline=piece.baseline + 120)
        for piece in bulletin()
    ]
    data = set_pdf([[*page, *pieces]], drawn=rules)

    table = [line for line in lines_of(data) if line in _ROWS]
    assert _ROWS == table
    assert checked(command, tmp_path / "a.pdf", set_pdf([bulletin()])) == checked(
        command, tmp_path / "b.pdf", data
    )


_ROWS = ["单位|场次|备注", "计划|实际", "河湾站|12期|14期|照此再办一年", "城关站|8期|9期"]


def test_the_office_in_a_ruled_masthead_may_have_any_name() -> None:
    rules = "".join(f"80 {y} m 520 {y} l S\n" for y in (686, 662))
    rules += "".join(f"{x} 662 m {x} 686 l S\n" for x in (80, 180, 360, 520))
    page = [Piece(180, 130, "云溪镇工作动态", 34), *bulletin()[4:]]
    page += [
        Piece(x, 172, words, 14) for x, words in ((86, "第7期"), (186, "云溪镇水管站"), (400, "2026年3月5日"))
    ]
    reading = read_pdf("x.pdf", set_pdf([page], drawn=rules))
    masthead = parse("x.pdf", reading, grammar()).bulletin.child("masthead")
    assert masthead is not None
    parts = {name: masthead.child(name) for name in ("issue_number", "office", "date")}

    assert ["第7期", "云溪镇水管站", "2026年3月5日"] == [part and part.text for part in parts.values()]


def test_nothing_goes_on_from_an_office_and_its_date_at_both_edges() -> None:
    """As on a scan, where the rule below them is a part of the picture, and first lines have no indent."""
    page = [
        Piece(80, 130, "云溪镇水管站"),
        Piece(400, 130, "2026年3月5日"),
        Piece(80, 158, "护好一渠春水，全镇上下动起来，今年疏通沟渠四十多处，"),
        Piece(80, 186, "修补闸门。"),
    ]
    lines = [line for line in read_pdf("x.pdf", set_pdf([page])).lines if line.kind == "text"]

    assert [False, False, True] == [line.joins for line in lines]


@pytest.mark.parametrize("rise", [4, 13])
def test_a_raised_figure_stands_in_its_line_however_high(rise: float) -> None:
    words = ["护好一渠春水，全镇", "上下动起来，今年疏", "通沟渠。"]
    page = [Piece(80, 300, words[0], 14), Piece(80, 322, words[1][:6], 14), Piece(171, 322, words[1][6:], 14)]
    page += [Piece(164, 322 - rise, "1", 7), Piece(80, 344, words[2], 14)]

    assert [words[0], "上下动起来，1今年疏", words[2]] == lines_of(set_pdf([page]))


def test_a_small_number_between_lines_that_leave_no_gap_for_it_stays_by_itself() -> None:
    page = [
        Piece(80, 300, "护好一渠春水，全镇", 14),
        Piece(80, 322, "上下动起来。", 14),
        Piece(400, 310, "1", 7),
    ]

    assert "1" in lines_of(set_pdf([page]))


def test_a_telephone_number_that_the_edge_cuts_goes_on_behind_gaps_between_fields() -> None:
    page = [Piece(80, 158, "护好一渠春水，全镇上下动起来，今年疏通沟渠四十多处，")]
    page += [Piece(x, 300, words) for x, words in ((80, "责编：林小溪"), (250, "核稿：周望川"))]
    page += [Piece(410, 300, "电话：0571-"), Piece(80, 328, "55550188")]
    lines = [line for line in read_pdf("x.pdf", set_pdf([page])).lines if line.kind == "text"]

    assert lines[-1].joins
