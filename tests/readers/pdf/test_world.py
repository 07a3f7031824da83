"""PDFs as the world makes them: what producers do to a bulletin, each kind in a page set by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bulletin_lint.model.errors import SourceError
from bulletin_lint.readers.pdf.reader import read_pdf
from harness import Command
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
