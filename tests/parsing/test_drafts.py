"""Blocks put together of physical lines: their pieces and text, what is folded, joined, set again, and said to be lost."""

from __future__ import annotations

from typing import Any

import pytest

from bulletin_lint.model.document import Damage, Document
from bulletin_lint.model.location import Span
from bulletin_lint.model.reading import Line, PageLayout, Reading
from bulletin_lint.parsing import is_bulletin, parse
from bulletin_lint.parsing.assembly import Draft, document_of, fold_radicals
from bulletin_lint.parsing.cut_paragraphs import is_one_phrase, is_rest_of_word, is_set_off, repeated
from bulletin_lint.parsing.grammar import Grammar
from hand_made import NoPlaces
from laid_out import grammar

Pieces = tuple[tuple[int, int], ...]


def draft(source: str, *pieces: tuple[int, int], joints: tuple[str, ...] = (), **more: Any) -> Draft:
    return Draft(0, Line(pieces or ((0, len(source)),), **more), source, joints)


@pytest.mark.parametrize(
    ("source", "pieces", "cells", "text", "anchored"),
    [
        ("甲乙", ((0, 2),), (), "甲乙", [(0, 2)]),
        # Marks of the source between two pieces are none of the text.
        ("甲**乙", ((0, 1), (3, 4)), (), "甲乙", [(0, 1), (3, 4)]),
        # An entity is a space.
        ("甲&nbsp;乙", ((0, 1), (7, 8)), (), "甲 乙", [(0, 1), (1, 2), (7, 8)]),
        # A bar between two cells is a tab, marks within one are nothing.
        ("|甲|乙|", ((1, 2), (3, 4)), ((1, 2), (3, 4)), "甲\t乙", [(1, 2), (2, 3), (3, 4)]),
        (
            "|甲*乙|丙|",
            ((1, 2), (3, 4), (5, 6)),
            ((1, 4), (5, 6)),
            "甲乙\t丙",
            [(1, 2), (3, 4), (4, 5), (5, 6)],
        ),
    ],
)
def test_a_line_is_made_of_its_pieces(
    source: str, pieces: Pieces, cells: Pieces, text: str, anchored: list[tuple[int, int]]
) -> None:
    made = draft(source, *pieces, cells=cells)

    assert (made.text, made.pieces, made.first, made.last) == (text, anchored, 0, 0)
    assert (made.seams, made.cuts) == ([], [])


def test_joints_stand_behind_the_pieces_of_a_row() -> None:
    made = draft("|甲|乙|丙|", (1, 2), (3, 4), (5, 6), joints=("：", "　　", ""))

    assert made.text == "甲：乙　　丙"
    assert made.pieces == [(1, 2), (2, 3), (3, 4), (4, 5), (4, 5), (5, 6)]


@pytest.mark.parametrize(
    ("count", "text", "pieces"),
    [
        (0, "甲乙丙丁戊", [(0, 3), (5, 7)]),
        (1, "甲乙丙丁", [(0, 3), (5, 6)]),
        (2, "甲乙丙", [(0, 3)]),
        (3, "甲乙", [(0, 2)]),
        (5, "", []),
    ],
)
def test_characters_are_dropped_from_the_end(count: int, text: str, pieces: list[tuple[int, int]]) -> None:
    made = draft("甲乙丙**丁戊", (0, 3), (5, 7))
    made.drop(count)

    assert (made.text, made.pieces) == (text, pieces)


@pytest.mark.parametrize(
    ("fold", "text", "folded"),
    [
        ({"⼀": "一"}, "⼀甲⼀", "一甲一"),
        ({"⼀": "一"}, "一甲", "一甲"),
        ({"⼀": "一"}, "⼆甲", "⼆甲"),
        ({"⼀": "一一"}, "⼀甲", "⼀甲"),
        ({}, "⼀甲", "⼀甲"),
    ],
)
def test_radicals_are_folded_where_the_pack_says_into_what(
    fold: dict[str, str], text: str, folded: str
) -> None:
    assert fold_radicals(text, Grammar({}, fold)) == folded


def test_a_document_has_the_blocks_of_its_drafts_and_every_place_of_the_source() -> None:
    source = "**甲乙\n丙丁**戊\n底"
    lines = (
        Line(((2, 4),), bold=((2, 4),), heading=2, indent=4, gap=True, page=1, size=16.0, centred=True),
        Line(((5, 7), (9, 10)), bold=((5, 7),)),
        Line(((11, 12),), "furniture"),
    )
    reading = Reading("text", source, lines, NoPlaces())
    first, rest, below = (Draft(index, line, source) for index, line in enumerate(lines))
    first.seams.append(2)
    first.cuts.append((2, "cut", "", 7))
    first.text += rest.text
    first.pieces.extend(rest.pieces)
    first.last = 1
    made = document_of("1.md", reading, source, [first], [below], Grammar({}))

    assert made.text == made.source_text == "甲乙丙丁戊\n底"
    block, furniture = made.blocks
    # Bold stretches that touch are one.
    assert block.bold == (Span(0, 4),)
    assert (block.span, block.lines, block.heading, block.indent) == (Span(0, 5), (0, 1), 2, 4)
    assert (block.gap, block.page, block.size, block.centred, block.table) == (True, 1, 16.0, True, False)
    assert (furniture.span, furniture.lines, made.furniture_start) == (Span(6, 7), (2, 2), 1)
    assert made.seams == {2}
    assert made.damage == [Damage("cut", Span(1, 3), "", 7)]
    assert [made.source_offset(at) for at in range(7)] == [2, 3, 5, 6, 9, 10, 11]


def test_a_row_has_its_cells_the_empty_ones_too() -> None:
    source = "|甲||乙丙|"
    line = Line(((1, 2), (4, 6)), "table", cells=((1, 2), (3, 3), (4, 6)))
    reading = Reading("text", source, (line,), NoPlaces())
    (block,) = document_of("1.md", reading, source, [Draft(0, line, source)], [], Grammar({})).blocks

    assert block.table
    assert block.cells == (Span(0, 1), Span(0, 0), Span(2, 4))


@pytest.mark.parametrize(
    ("before", "after", "count"),
    [
        ("山上植树", "树成林", 1),
        ("山上植树", "植树成林", 2),
        ("山上植树", "山上植树", 4),
        ("山上植树", "成林", 0),
        ("", "成林", 0),
        ("成林", "", 0),
        # Of marks, figures and Latin letters four at least: fewer may stand there twice.
        ("see abc", "abc def", 0),
        ("see abcd", "abcd ef", 4),
        ("共123", "123人", 0),
        ("共1234", "1234人", 4),
        ("甲，乙", "，乙丙", 0),
        # Sixty at most.
        ("山水" * 40, "山水" * 40, 60),
    ],
)
def test_characters_at_the_end_may_be_set_again_at_the_start(before: str, after: str, count: int) -> None:
    assert repeated(before, after) == count


BEFORE = "工人沿河走了一遍，查看险工险"


@pytest.mark.parametrize(
    ("before", "text", "rest"),
    [
        (BEFORE, "段，没有塌陷", True),
        (BEFORE, "段。没有塌陷", True),
        (BEFORE, "段；没有塌陷", True),
        (BEFORE, "地段。没有塌陷", True),
        (BEFORE, "地段，没有塌陷", False),
        (BEFORE, "段没有，塌陷", False),
        (BEFORE, "A，没有塌陷", False),
        (BEFORE, "1。没有塌陷", False),
        (BEFORE, "段、没有塌陷", False),
        (BEFORE.replace("，", "又"), "段，没有塌陷", False),
        # The comma stands near the beginning.
        ("山" * 23 + "，水", "段，没有塌陷", True),
        ("山" * 24 + "，水", "段，没有塌陷", False),
    ],
)
def test_a_line_may_begin_with_the_rest_of_a_word_and_a_mark(before: str, text: str, *, rest: bool) -> None:
    assert is_rest_of_word(before, text, grammar()) is rest


@pytest.mark.parametrize(
    ("text", "start", "phrase"),
    [
        ("植树造林，", 0, True),
        ("植树，造林", 0, False),
        ("一、植树造林，", 2, True),
        ("一、植树造林，", 0, False),
        *((f"植{mark}树", 0, False) for mark in "，、。；：！？"),
        ("山" * 28, 0, True),
        ("山" * 29, 0, False),
    ],
)
def test_one_phrase_is_short_and_has_no_mark_but_at_its_end(text: str, start: int, *, phrase: bool) -> None:
    made = draft(text)
    assert is_one_phrase(made, start) is phrase
    made.last = 1
    assert not is_one_phrase(made, start)


@pytest.mark.parametrize(
    ("text", "bold", "set_off"),
    [
        ("植树造林", ((0, 4),), True),
        ("植树造林", ((0, 2), (2, 4)), True),
        ("植树造林", ((1, 4),), False),
        ("植树造林", ((0, 3),), False),
        ("植树造林", (), False),
        ("“植树造林”", (), True),
        ("《植树造林》", (), True),
        ("“植树造林", (), False),
        ("植树造林”", (), False),
    ],
)
def test_a_paragraph_is_set_off_by_bold_type_or_quotation_marks(
    text: str, bold: Pieces, *, set_off: bool
) -> None:
    assert is_set_off(draft(text, bold=bold)) is set_off


def test_bold_type_sets_off_one_line_only() -> None:
    made = draft("植树造林", bold=((0, 4),))
    made.last = 1

    assert not is_set_off(made)


# --- What was lost on the way --------------------------------------------------------------------------


def damage(text: str, *, pages: bool = False, **more: Any) -> list[Damage]:
    """What is recorded of a text that is one line of a page."""
    line = Line(((0, len(text)),), page=3 if pages else None)
    layouts = (PageLayout(1, 595.0, 842.0),) if pages else ()
    reading = Reading("pdf" if pages else "text", text, (line,), NoPlaces(), layouts=layouts, **more)
    return parse("1.pdf", reading, grammar()).damage


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("二\ufffd\ufffd八年", [Span(1, 3)]),
        ("共\ufffd年", [Span(1, 2)]),
        ("第\ufffd", [Span(1, 2)]),
        ("\ufffd期", [Span(0, 1)]),
        ("1\ufffd", [Span(1, 2)]),
        ("１\ufffd山", [Span(1, 2)]),
        ("山\ufffd水", []),
        ("\ufffd", []),
        ("山水", []),
        ("第\ufffd期，山\ufffd水，3\ufffd\ufffd", [Span(1, 2), Span(9, 11)]),
    ],
)
def test_characters_lost_inside_numbers_are_recorded(text: str, spans: list[Span]) -> None:
    assert damage(text) == [Damage("lost", span, text[slice(*span)]) for span in spans]


def test_of_pages_every_lost_character_is_recorded_with_its_page() -> None:
    assert damage("山\ufffd水\ufffd\ufffd", pages=True) == [
        Damage("lost", Span(1, 2), "\ufffd", 3),
        Damage("lost", Span(3, 5), "\ufffd\ufffd", 3),
    ]


def test_of_recognised_pages_the_first_character_is_recorded() -> None:
    assert damage("山水", pages=True, recognised=3) == [Damage("recognised", Span(0, 1), "山", 3)]
    # A page without text: the first block of all.
    assert damage("山水", pages=True, recognised=9) == [Damage("recognised", Span(0, 1), "山", 9)]
    assert damage("山水", pages=True) == []


@pytest.mark.parametrize(("pages", "count"), [(True, 1), (False, 0)])
def test_folded_radicals_are_recorded_once_and_of_pages_only(count: int, *, pages: bool) -> None:
    fold = Grammar({}, {"⼀": "一", "⼆": "二"})
    text = "山⼀水⼆"
    line = Line(((0, 4),), page=2)
    layouts = (PageLayout(1, 595.0, 842.0),) if pages else ()
    made = parse("1.pdf", Reading("pdf", text, (line,), NoPlaces(), layouts=layouts), fold)

    assert (made.text, made.source_text) == ("山一水二", text)
    assert made.damage == [Damage("folded", Span(1, 2), "⼀", 2)] * count


@pytest.mark.parametrize(
    ("furniture", "kinds"),
    [("scan", [("unread", 4)]), ("unread", [("embedded", None)]), ("watermark", []), ("", [])],
)
def test_what_cannot_be_read_is_recorded(furniture: str, kinds: list[tuple[str, int | None]]) -> None:
    lines = (Line(((0, 2),)), Line(((3, 5),), "furniture", furniture=furniture, page=4))
    made = parse("1.pdf", Reading("pdf", "山水\n图画", lines, NoPlaces()), grammar())

    assert [(each.kind, each.page) for each in made.damage] == kinds
    assert [(each.span, each.found) for each in made.damage] == [(Span(3, 5), "图画")] * len(kinds)


def read(text: str) -> Document:
    lines: list[Line] = []
    start = 0
    for line in text.split("\n"):
        lines.append(Line(((start, start + len(line)),), gap=True))
        start += len(line) + 1
    return parse("1.txt", Reading("text", text, tuple(lines), NoPlaces()), grammar())


@pytest.mark.parametrize(
    ("text", "bulletin"),
    [
        ("云岭镇工作简报\n第4期\n镇里开展春季植树", True),
        ("云岭镇工作简报\n总第40期\n镇里开展春季植树", True),
        ("镇里开展春季植树\n3月1日，镇机关干部到东山植树。\n责编：甲文　　电话：0571-55550100", True),
        ("镇里开展春季植树\n3月1日，镇机关干部到东山植树。\n报：县委办公室。", True),
        ("镇里开展春季植树\n3月1日，镇机关干部到东山植树。", False),
        ("云岭镇工作简报\n镇里开展春季植树", False),
    ],
)
def test_a_bulletin_has_a_number_an_imprint_or_a_distribution_list(text: str, *, bulletin: bool) -> None:
    assert is_bulletin(read(text)) is bulletin
