"""Pieces of the reader of PDFs on type given as data: runs, frames, places, seals, line numbers, columns, furniture."""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Sequence
from typing import Any

import pytest

from bulletin_lint.model.location import Box, Location, PageBox
from bulletin_lint.readers.pdf.bands import Band, bands_of, parts_of
from bulletin_lint.readers.pdf.columns import by_column
from bulletin_lint.readers.pdf.footnotes import mark_footnotes
from bulletin_lint.readers.pdf.furniture import mark_page_furniture
from bulletin_lint.readers.pdf.gridded import without_grid
from bulletin_lint.readers.pdf.heavy_copies import marked_heavy
from bulletin_lint.readers.pdf.layers import may_have_layers
from bulletin_lint.readers.pdf.line_numbers import without_line_numbers
from bulletin_lint.readers.pdf.origins import between, spread, turns_of
from bulletin_lint.readers.pdf.page import (
    UNMAPPED,
    Face,
    Furniture,
    Grid,
    Page,
    Row,
    Ruling,
    Run,
    as_shown,
    is_odd,
    middle,
    prevailing_size,
    text_row,
)
from bulletin_lint.readers.pdf.page_frame import frame_of
from bulletin_lint.readers.pdf.places import PdfPlaces
from bulletin_lint.readers.pdf.recognised import levelled
from bulletin_lint.readers.pdf.seals import with_seals_set_apart
from bulletin_lint.readers.pdf.sheets import halves_of, set_apart
from bulletin_lint.readers.pdf.spaced import are_spaced, without_spaces
from bulletin_lint.readers.pdf.stretches import Stretch, steps_of, stretches_of
from bulletin_lint.readers.pdf.text_layer import has_holes_only, is_garbage
from bulletin_lint.readers.pdf.typed import as_typed

SIZE = 10.0


def run(text: str, left: float = 0.0, baseline: float = 100.0, size: float = SIZE, **look: Any) -> Run:
    """Chinese characters are one em wide, others half."""
    lefts, right = [], left
    for character in text:
        lefts.append(right)
        right += size / 2 if character < "\u0300" else size
    return Run(text, lefts, right, baseline, Face("SimSun", size)._replace(**look))


def page(*runs: Run, number: int = 1, **fields: Any) -> Page:
    return Page(number, 600.0, 800.0, runs)._replace(**fields)


def lines(text: str, count: int, left: float, top: float = 100.0, step: float = 15.0) -> list[Run]:
    """So many lines of one text, one below the other."""
    return [run(text, left, top + index * step) for index in range(count)]


def texts(runs: Sequence[Run]) -> list[str]:
    return [each.text for each in runs]


# --- runs and rows -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("甲乙", (50, 60, 50, 70, 70)),
        (" 甲乙", (50, 65, 55, 75, 75)),
        ("甲乙 ", (50, 70, 50, 70, 75)),
        ("  甲  ", (50, 75, 60, 70, 80)),
        ("  ", (50, 55, 50, 50, 60)),
        ("甲", (50, 50, 50, 60, 60)),
    ],
)
def test_a_run_begins_and_stops_where_its_ink_does(text: str, ends: tuple[float, ...]) -> None:
    found = run(text, 50.0)

    assert (found.left, found.last, found.start, found.stop, found.right) == ends


def test_a_run_is_cut_and_changed_into_others() -> None:
    whole = run("甲乙a", 50.0)
    heavy = whole.face._replace(heavy=True)

    assert [(part.text, list(part.lefts), part.right) for part in (whole.part(0, 1), whole.part(1, 3))] == [
        ("甲", [50.0], 60.0),
        ("乙a", [60.0, 70.0], 75.0),
    ]
    assert texts(whole.singles()) == ["甲", "乙", "a"]
    alone = run("甲")
    assert alone.singles()[0] is alone
    assert (whole.with_face(heavy).face, whole.with_face(heavy).stop) == (heavy, 75.0)
    reached = whole.reaching(90.0)
    assert (reached.right, reached.stop, reached.last, reached.start) == (90.0, 90.0, 70.0, 50.0)
    shorter = run("甲乙 ").until(22.0)
    assert (shorter.right, shorter.stop) == (22.0, 20.0)


def test_left_ends_may_be_told_when_they_are_asked_for() -> None:
    asked = []

    def lefts() -> list[float]:
        asked.append(1)
        return [1.0, 2.0]

    late = Run("甲乙", lefts, 3.0, 0.0, Face("F", SIZE), (1.0, 2.0, 1.0, 3.0))
    assert (late.left, late.last, late.start, late.stop, asked) == (1.0, 2.0, 1.0, 3.0, [])
    assert (late.lefts, late.lefts, asked) == ([1.0, 2.0], [1.0, 2.0], [1])


@pytest.mark.parametrize(
    ("look", "size", "odd"),
    [
        ({}, 10.0, False),
        ({"turned": True}, 10.0, True),
        ({"shade": 0.6}, 18.1, True),
        ({"shade": 0.6}, 18.0, False),
        ({"shade": 0.59}, 40.0, False),
        ({"shade": 1.0}, 10.0, False),
    ],
)
def test_type_is_odd_that_is_turned_or_large_and_pale(
    look: dict[str, Any], size: float, *, odd: bool
) -> None:
    assert is_odd(Face("F", size)._replace(**look), 10.0) is odd


@pytest.mark.parametrize(
    ("laid", "box"),
    [
        (0, (1, 2, 3, 4)),
        (1, (2, 597, 4, 599)),
        (2, (597, 796, 599, 798)),
        (3, (796, 1, 798, 3)),
    ],
)
def test_a_box_of_a_page_that_was_turned_is_turned_back(laid: int, box: Box) -> None:
    assert as_shown(page(laid=laid), (1, 2, 3, 4)) == box


class Stored:
    """A page as a file has it: where its visible part lies, and how it is turned."""

    box = (10.0, 20.0, 110.0, 220.0)

    def __init__(self, turns: int) -> None:
        self.quarter_turns = turns


@pytest.mark.parametrize(
    ("turns", "size", "point", "box"),
    [
        (0, (100, 200), (5, 190), (5, 160, 25, 190)),
        (1, (200, 100), (10, 5), (10, 5, 40, 25)),
        (2, (100, 200), (95, 10), (75, 10, 95, 40)),
        (3, (200, 100), (190, 95), (160, 75, 190, 95)),
    ],
)
def test_a_page_is_framed_as_it_is_turned(
    turns: int, size: tuple[float, float], point: tuple[float, float], box: Box
) -> None:
    # Thirty high and twenty wide, ten above the lower left corner.
    bounds = (15.0, 30.0, 35.0, 60.0)
    for stored, asked in ((Stored(turns), None), (Stored((turns + 1) % 4), turns)):
        frame = frame_of(stored, asked)  # type: ignore[arg-type]
        assert ((frame.width, frame.height), frame.quarter_turns) == (size, turns)
        assert frame.place(15.0, 30.0) == point
        assert frame.box(bounds) == box


def test_the_middle_of_an_even_number_is_the_upper_one() -> None:
    assert [middle(values) for values in ([3.0], [1.0, 3.0], [5.0, 1.0, 3.0], [4.0, 1.0, 3.0, 2.0])] == [
        3,
        3,
        3,
        3,
    ]


@pytest.mark.parametrize(
    ("runs", "size"),
    [
        ([], 0.0),
        ([run("甲", size=10.04)], 10.0),
        ([run("甲乙", size=10.0), run("丙", size=12.0)], 10.0),
        ([run("甲", size=10.0), run("丙", size=12.0)], 12.0),
        # Figures and letters count only where there is nothing else.
        ([run("甲", size=10.0), run("2020", size=12.0)], 10.0),
        ([run("a", size=10.0), run("2020", size=12.0)], 12.0),
    ],
)
def test_a_line_has_the_size_of_most_of_its_characters(runs: list[Run], size: float) -> None:
    assert prevailing_size(runs) == size


def test_a_row_of_text_reaches_from_ink_to_ink_on_the_middle_baseline() -> None:
    row = text_row(3, [run(" ", 0), run("甲", 10), run("乙 ", 20, 101.0), run("丙", 35, 101.0), run(" ", 45)])

    assert (row.page, row.kind, row.x0, row.x1, row.baseline) == (3, "text", 10.0, 45.0, 101.0)
    assert (row.content, row.text, row.size, row.order) == (" 甲乙 丙 ", "甲乙 丙", 10.0, (101.0, 0, 101.0))
    single = text_row(1, [run(" 甲 ", 0)])
    assert (single.x0, single.x1, single.baseline) == (5.0, 15.0, 100.0)


# --- places --------------------------------------------------------------------------------------------


def boxes(places: PdfPlaces, start: int, end: int) -> list[tuple[int, Box]]:
    found: Location = places.locate(start, end)
    assert found[:4] == (1, 1, 1, 1)
    return [(each.page, each.box) for each in found.boxes]


def test_a_span_has_a_box_on_each_row_that_it_touches() -> None:
    places = PdfPlaces()
    assert places.add_row(1, [run("甲乙", 0.0), run("丙", 30.0, size=20.0)], 3) == 0
    places.add_undrawn()
    assert places.add_row(2, [run("丁戊", 50.0, 200.0)], 2) == 4
    places.add_undrawn()

    assert len(places) == 7
    assert boxes(places, 0, 1) == [(1, (0.0, 91.2, 10.0, 101.2))]
    assert boxes(places, 1, 3) == [(1, (10.0, 82.4, 50.0, 102.4))]
    assert boxes(places, 2, 5) == [(1, (30.0, 82.4, 50.0, 102.4)), (2, (50.0, 191.2, 60.0, 201.2))]
    assert boxes(places, 5, 6) == [(2, (60.0, 191.2, 70.0, 201.2))]
    # An empty span, or one of what is not drawn, is placed on what is before it, else behind it.
    assert boxes(places, 1, 1) == boxes(places, 0, 1)
    assert boxes(places, 3, 4) == boxes(places, 2, 3)
    assert boxes(places, 4, 4) == boxes(places, 2, 3)
    assert boxes(places, 0, 0) == boxes(places, 0, 1)
    assert boxes(places, 6, 7) == boxes(places, 5, 6)
    assert places.line_text(1) == ""


def test_a_mark_set_closer_than_it_is_wide_ends_where_the_next_begins() -> None:
    places = PdfPlaces()
    places.add_row(1, [run("甲。", 0.0), run("乙", 15.0)], 3)

    assert boxes(places, 1, 2) == [(1, (10.0, 91.2, 15.0, 101.2))]


def test_boxes_of_a_page_that_was_turned_are_those_of_the_page_as_shown() -> None:
    places = PdfPlaces({2: lambda box: (box[1], box[0], box[3], box[2])})
    places.add_row(1, [run("甲")], 1)
    places.add_row(2, [run("甲")], 1)

    assert places.locate(0, 2).boxes == (
        PageBox(1, (0.0, 91.2, 10.0, 101.2)),
        PageBox(2, (91.2, 0.0, 101.2, 10.0)),
    )
    assert (places.shown(1, (1, 2, 3, 4)), places.shown(2, (1, 2, 3, 4))) == ((1, 2, 3, 4), (2, 1, 4, 3))


@pytest.mark.parametrize(
    ("lefts", "right", "expected"),
    [
        ([0.0, 10.0], 20.0, [0.0, 10.0]),
        ([0.0, 0.0, 10.0], 20.0, [0.0, 5.0, 10.0]),
        ([0.0, 10.0, 10.0, 10.0, 10.0], 20.0, [0.0, 10.0, 12.5, 15.0, 17.5]),
        ([], 5.0, []),
    ],
)
def test_characters_of_one_place_share_its_width(
    lefts: list[float], right: float, expected: list[float]
) -> None:
    assert list(spread(array("d", lefts), right)) == expected


def test_an_object_turns_that_is_another_face_height_or_goes_back() -> None:
    one, other = object(), object()

    assert turns_of([one], [(0, 0)]) == turns_of([], []) == []
    assert turns_of([one, one, other, other], [(0, 0), (5, 0), (9, 0), (12, 0)]) == [2]
    assert turns_of([one] * 4, [(0, 0), (5, 1), (4, 1), (4, 1)]) == [1, 2, 3]


@pytest.mark.parametrize(
    ("before", "after", "height", "found"),
    [
        (0.0, 9.0, 7.5, 4.0),
        (4.0, 9.0, 7.0, 8.0),
        (4.0, 8.0, 6.2, 8.0),
        (4.0, 7.98, 7.0, None),
        (8.0, 9.0, 7.0, None),
        (0.0, 9.0, 8.9, 4.0),
        (0.0, 9.0, 9.0, None),
        (0.0, 9.0, 5.9, None),
    ],
)
def test_a_place_between_two_characters_is_about_as_high(
    before: float, after: float, height: float, found: float | None
) -> None:
    assert between({7: [4.0, 8.0]}, before, after, height) == found


# --- what is typed, drawn twice, spaced, recognised ----------------------------------------------------


@pytest.mark.parametrize(
    ("drawn", "typed", "lefts"),
    [
        ("甲乙", "甲乙", [0, 10]),
        ("甲\xa0乙", "甲 乙", [0, 10, 15]),
        ("a\u2011b", "a-b", [0, 5, 15]),
        ("\ufb01x", "fix", [0, 5, 10]),
        ("\ufb03", "ffi", [0, 10 / 3, 20 / 3]),
        ("\u2e3a", "——", [0, 5]),
        (
            "\x01\ufffd\uf030\uf039\uf03a",
            f"{UNMAPPED}{UNMAPPED}{UNMAPPED}{UNMAPPED}\uf03a",
            [0, 5, 15, 25, 35],
        ),
        ("\x7f\x9f\x85\u2028", f"{UNMAPPED}{UNMAPPED}  ", [0, 5, 10, 15]),
    ],
)
def test_characters_are_as_they_were_typed(drawn: str, typed: str, lefts: list[float]) -> None:
    found = as_typed(run(drawn))

    assert found.text == typed
    assert list(found.lefts) == pytest.approx(lefts)
    assert found.right == run(drawn).right


def test_characters_drawn_twice_are_heavy_and_no_others() -> None:
    whole = run("甲乙丙丁", 0.0)
    found = marked_heavy([whole, run("戊", 0.0, 200.0)], [(10.5, 91.0, 29.5, 101.0)])

    assert [(each.text, each.face.heavy) for each in found] == [
        ("甲", False), ("乙丙", True), ("丁", False), ("戊", False),
    ]  # fmt: skip
    # A little ink in the next square, or a box that only touches, is no copy.
    assert [each.face.heavy for each in marked_heavy([whole], [(9.5, 91.0, 10.5, 101.0)])] == [False]
    for box in (
        (0.0, 101.2, 40.0, 120.0),
        (0.0, 80.0, 40.0, 91.2),
        (40.0, 91.0, 50.0, 101.0),
        (-9.0, 91.0, 0.0, 101.0),
    ):
        assert marked_heavy([whole], [box]) == [whole]


@pytest.mark.parametrize(
    ("text", "spaced"),
    [
        ("甲 " * 41, True),
        ("甲 " * 40 + "甲", True),
        ("甲 " * 39 + "甲", False),
        ("甲 " * 80 + "乙丙" * 20, True),
        # Beside one another in most places: somebody typed the spaces.
        ("甲 乙丙丁 " * 40, False),
        ("甲" * 200 + " 乙", False),
        ("", False),
    ],
)
def test_a_layer_is_spaced_where_most_ideographs_stand_apart(text: str, *, spaced: bool) -> None:
    assert are_spaced([page(*([run(text)] if text else []))]) is spaced


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("甲 乙", "甲乙"),
        ("甲 a b 乙", "甲a b乙"),
        ("2 0 2 0 年 a b", "2020年ab"),
        ("20 20 年 a b", "20 20年a b"),
        (" 甲 ", "甲"),
        ("a b", "a b"),
    ],
)
def test_spaces_beside_ideographs_go(text: str, kept: str) -> None:
    assert "".join(texts(without_spaces([run(text)]))) == kept
    assert "".join(texts(without_spaces(run(text).singles()))) == kept


def test_characters_reach_as_far_as_the_space_that_went() -> None:
    (found,) = without_spaces([run("甲 乙 ", 0.0)])

    assert (list(found.lefts), found.right) == ([0.0, 15.0], 30.0)
    # A line of nothing but spaces stays.
    assert texts(without_spaces([run(" ")])) == [" "]


def test_recognised_type_of_about_the_usual_size_has_it() -> None:
    sizes = (7.4, 7.5, 10.0, 12.5, 12.6)
    runs = [run("甲" * (9 if size == 10.0 else 1), size=size, width=3.0) for size in sizes]
    found, other = levelled([page(*runs, is_recognised=True), page(*runs)])

    assert [(each.face.size, each.face.width) for each in found.runs] == [
        (7.4, 7.4), (10.0, 10.0), (10.0, 10.0), (10.0, 10.0), (12.6, 12.6),
    ]  # fmt: skip
    assert [each.face.size for each in other.runs] == list(sizes)
    pages = [page(*runs)]
    assert levelled(pages) is pages
    assert levelled([page(is_recognised=True)])[0].runs == ()


# --- seals, layers, line numbers -----------------------------------------------------------------------


def ring(count: int, shade: float = 0.3) -> list[Run]:
    return [
        run("章", 100.0 + 20 * index, 100.0 + 10 * (index % 2), shade=shade, turned=True)
        for index in range(count)
    ]


@pytest.mark.parametrize(
    ("within", "is_apart"),
    [
        # Of its colour, or nearly; black type is what it was put on.
        (run("公章", 130.0, 105.0, shade=0.3), True),
        (run("公章", 130.0, 105.0, shade=0.319), True),
        (run("公章", 130.0, 105.0, shade=0.33), False),
        (run("公章", 130.0, 105.0), False),
        # A letter with nothing beside it is the one at the top.
        (run("公", 130.0, 82.0), True),
        # Outside of the ring with the room about it.
        (run("公", 130.0, 79.0), False),
        (run("公", 89.0, 105.0), False),
        (run("公", 90.0, 105.0), True),
        (run("公章", 165.0, 105.0, shade=0.3), False),
    ],
)
def test_what_is_of_a_seal_is_set_apart(within: Run, *, is_apart: bool) -> None:
    found = with_seals_set_apart([*ring(4), within])

    assert found[-1].face.turned is is_apart
    assert all(each.face.turned for each in found[:-1])
    # Three letters are no ring.
    assert not with_seals_set_apart([*ring(3), within])[-1].face.turned


def test_a_letter_beside_others_is_none_of_a_seal() -> None:
    for beside in (run("文", 120.0, 105.0), run("文", 140.0, 106.9), run("文", 149.0, 105.0)):
        assert not with_seals_set_apart([*ring(4), beside, run("公", 130.0, 105.0)])[-1].face.turned
    for away in (run("文", 140.0, 107.1), run("文", 150.0, 105.0), run("文", 140.0, 105.0, turned=True)):
        assert with_seals_set_apart([*ring(4), away, run("公", 130.0, 105.0)])[-1].face.turned


@pytest.mark.parametrize(
    ("star", "is_apart"),
    [
        (run("★", 103.0), True),
        (run("☆", 103.0), True),
        (run("★", 110.0), False),
        (run("★", 107.9), True),
        (run("★", 108.1), False),
        (run("★", 103.0, 108.1), False),
        (run("★", 103.0, 92.1), True),
        (run("★", 103.0, 91.9), False),
    ],
)
def test_a_star_over_text_is_of_a_seal_and_one_beside_it_is_not(star: Run, *, is_apart: bool) -> None:
    assert with_seals_set_apart([run("甲", 100.0), star])[1].face.turned is is_apart
    runs = [run("甲"), run("乙")]
    assert with_seals_set_apart(runs) is runs


def packed(content: bytes, head: bytes = b"/ObjStm") -> bytes:
    return head + b" >>\nstream\n" + zlib.compress(content) + b"\nendstream"


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"%PDF", False),
        (b"/OCProperties", True),
        (b"/OC#50roperties", True),
        (b"/OCProps", False),
        (packed(b"/Pages"), False),
        (packed(b"/OCProperties"), True),
        (packed(b"/Pages") + packed(b"/OCProperties"), True),
        (packed(b"/Pages") + b"/Encrypt", True),
        (b"/Encrypt", False),
        (packed(b"/Pages", b"/ObjStm /DecodeParms"), True),
        (b"/ObjStm >>\nstream\nnot packed\nendstream", True),
        (packed(b"x" * (16 * 1024 * 1024)), True),
        (packed(b"x" * (16 * 1024 * 1024 - 1)), False),
    ],
)
def test_layers_are_told_by_the_key_of_the_catalogue(data: bytes, *, expected: bool) -> None:
    assert may_have_layers(data) is expected


def numbered(numbers: Sequence[int], left: float = 20.0, size: float = SIZE) -> list[Run]:
    return [run(str(number), left, 100.0 + 15 * index, size) for index, number in enumerate(numbers)]


BESIDE = lines("甲乙丙丁戊", 5, 60.0)


@pytest.mark.parametrize(
    ("figures", "count"),
    [
        (numbered([1, 2, 3]), 3),
        (numbered([5, 10, 15], 15.0), 3),
        (numbered([1, 3, 5]), 3),
        (numbered([1, 4, 7]), 0),
        (numbered([1, 2, 4]), 0),
        (numbered([3, 2, 1]), 0),
        (numbered([1, 2]), 0),
        (numbered([5]), 0),
        (numbered([1, 2, 3], 50.0), 3),
        # Not clear of the text.
        (numbered([1, 2, 3], 53.0), 0),
        # At the right of it.
        (numbered([1, 2, 3], 120.0), 3),
        (numbered([1, 2, 3], 80.0), 0),
        # Few count by fives or tens, in small type.
        ([run("5", 20.0, 100.0, 8.0), run("10", 16.0, 115.0, 8.0)], 2),
        ([run("5", 20.0, 100.0, 8.1), run("10", 16.0, 115.0, 8.1)], 0),
        ([run("10", 20.0, 100.0, 8.0), run("20", 20.0, 115.0, 8.0)], 2),
        ([run("2", 20.0, 100.0, 8.0), run("4", 20.0, 115.0, 8.0)], 0),
        ([run("5", 20.0, 100.0, 8.0), run("15", 16.0, 115.0, 8.0)], 0),
    ],
)
def test_line_numbers_count_up_beside_the_text(figures: list[Run], count: int) -> None:
    kept, found = without_line_numbers([*BESIDE, *figures])

    assert len(found) == count
    assert len(kept) == len(BESIDE) + len(figures) - count
    assert all(each.text.isdecimal() for each in found)


def test_right_ends_or_left_ends_of_line_numbers_agree() -> None:
    right = [
        run(text, left, 100.0 + 15 * at)
        for at, (text, left) in enumerate((("9", 25.0), ("10", 20.0), ("11", 20.9)))
    ]
    left = [run(text, 20.0, 100.0 + 15 * at) for at, text in enumerate(("8", "9", "10"))]

    assert texts(without_line_numbers([*BESIDE, *right])[1]) == ["9", "10", "11"]
    assert texts(without_line_numbers([*BESIDE, *left])[1]) == ["8", "9", "10"]
    # Without text beside them figures are a list.
    assert without_line_numbers(left)[1] == []


def test_with_a_number_of_another_page_one_set_like_it_is_enough() -> None:
    known = run("7", 20.0, 300.0)
    for figure, count in (
        (run("1", 20.5), 1),
        (run("1", 22.0), 0),
        (run("1", 20.0, size=10.2), 0),
        (run("12", 15.0), 1),
    ):
        kept, found = without_line_numbers([*BESIDE, figure], known)
        assert (len(found), len(kept)) == (count, 6 - count)


# --- stretches, columns, sheets ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("runs", "stretches"),
    [
        ([], []),
        ([run("甲", 0), run("乙", 10)], [(100, 0, 20)]),
        ([run("乙", 10), run("甲", 0)], [(100, 0, 20)]),
        ([run("甲", 0), run("乙", 15)], [(100, 0, 25)]),
        ([run("甲", 0), run("乙", 15.1)], [(100, 0, 10), (100, 15.1, 25.1)]),
        ([run("甲", 0), run("乙", 10, 101.9)], [(100, 0, 20)]),
        ([run("甲", 0), run("乙", 10, 102.1)], [(100, 0, 10), (102.1, 10, 20)]),
        ([run("甲乙丙", 0), run("丁", 5)], [(100, 0, 30)]),
    ],
)
def test_type_without_a_gap_is_one_stretch(
    runs: list[Run], stretches: list[tuple[float, float, float]]
) -> None:
    assert [(each.baseline, each.start, each.stop) for each in stretches_of(runs)] == stretches


def test_a_stretch_is_as_high_as_its_largest_type() -> None:
    (found,) = stretches_of([run("甲", 0), run("乙", 10, size=20.0)])

    assert found == Stretch(100.0, 0.0, 30.0, 20.0)
    assert (found.top, found.bottom) == pytest.approx((82.4, 102.4))
    assert steps_of([run("甲", baseline=at) for at in (30.0, 10.0, 10.04, 25.0)]) == [15.0, 5.0]


WIDE = "甲乙丙丁戊己庚辛壬癸"


def columned(left: Sequence[str], right: Sequence[str], gutter: float = 20.0) -> list[str]:
    rows = []
    for at, (one, other) in enumerate(zip(left, right, strict=True)):
        runs = [run(one, 0.0, 100.0 + 15 * at)] if one else []
        runs += [run(other, 100.0 + gutter, 100.0 + 15 * at)] if other else []
        rows.append(text_row(1, runs))
    return [row.text for row in by_column(rows)]


@pytest.mark.parametrize(
    ("left", "right", "gutter", "expected"),
    [
        ([WIDE, WIDE], [f"右{WIDE}", f"右{WIDE}"], 20.0, [WIDE, WIDE, f"右{WIDE}", f"右{WIDE}"]),
        # A gap as wide as this may be a gutter, wider ones part fields.
        ([WIDE, WIDE], [WIDE, WIDE], 8.1, [WIDE] * 4),
        ([WIDE, WIDE], [WIDE, WIDE], 8.0, [WIDE * 2] * 2),
        ([WIDE, WIDE], [WIDE, WIDE], 40.0, [WIDE] * 4),
        ([WIDE, WIDE], [WIDE, WIDE], 40.1, [WIDE * 2] * 2),
        # One line, or narrow ones, are no columns.
        ([WIDE], [WIDE], 20.0, [WIDE * 2]),
        ([WIDE, WIDE], [WIDE[:8], WIDE[:8]], 20.0, [WIDE, WIDE, WIDE[:8], WIDE[:8]]),
        ([WIDE, WIDE], [WIDE[:7], WIDE[:7]], 20.0, [WIDE + WIDE[:7]] * 2),
        # The first of a few lines is full.
        ([WIDE[:9], WIDE], [WIDE, WIDE], 20.0, [WIDE[:9], WIDE, WIDE, WIDE]),
        ([WIDE[:8], WIDE], [WIDE, WIDE], 20.0, [WIDE[:8] + WIDE, WIDE * 2]),
        # The left one may end sooner; what follows below at the edge is none of it.
        ([WIDE, WIDE, ""], [WIDE, WIDE, WIDE[:3]], 20.0, [WIDE, WIDE, WIDE, WIDE, WIDE[:3]]),
        ([WIDE, WIDE, WIDE[:3]], [WIDE, WIDE, ""], 20.0, [WIDE, WIDE, WIDE[:3], WIDE, WIDE]),
    ],
)
def test_full_lines_side_by_side_are_columns(
    left: list[str], right: list[str], gutter: float, expected: list[str]
) -> None:
    assert columned(left, right, gutter) == expected


def test_rows_of_columns_know_their_edges_and_their_order() -> None:
    rows = [text_row(2, [run(WIDE, 0.0, at), run(WIDE, 120.0, at)]) for at in (100.0, 115.0)]
    found = by_column(rows)

    assert [row.column for row in found] == [(0.0, 100.0)] * 2 + [(120.0, 220.0)] * 2
    assert [row.order for row in found] == [(100, 0, 100), (100, 0, 115), (100, 1, 100), (100, 1, 115)]
    assert {row.page for row in found} == {2}


def test_lines_far_apart_or_of_another_size_are_no_columns() -> None:
    for step, size in ((24.1, 10.0), (15.0, 10.6)):
        rows = [
            text_row(1, [run(WIDE, 0.0, 100.0), run(WIDE, 120.0, 100.0)]),
            text_row(1, [run(WIDE, 0.0, 100.0 + step, size), run(WIDE, 120.0, 100.0 + step, size)]),
        ]
        assert by_column(rows) == rows


LEFT, RIGHT = lines(WIDE * 2, 8, 50.0, 200.0), lines(WIDE * 2, 8, 300.0, 207.0)


def test_prose_on_both_sides_of_a_gutter_is_a_band() -> None:
    (band,) = bands_of(page(*LEFT, *RIGHT), SIZE)

    assert band.gutter == 300.0
    assert (band.top, band.bottom) == pytest.approx((191.1, 313.3))
    assert bands_of(page(*LEFT), SIZE) == []
    assert bands_of(page(*LEFT, RIGHT[0]), SIZE) == []


def test_what_crosses_the_gutter_parts_bands() -> None:
    title = run(WIDE * 3, 100.0, 150.0)
    middle_ = run(WIDE * 3, 100.0, 345.0)
    below = lines(WIDE * 2, 8, 50.0, 380.0), lines(WIDE * 2, 8, 300.0, 387.0)
    whole = page(title, *LEFT, *RIGHT, middle_, *below[0], *below[1])
    found = bands_of(whole, SIZE)
    rest, parts = parts_of(whole, found)

    assert [band.gutter for band in found] == [300.0, 300.0]
    assert [each.baseline for each in rest.runs] == [150.0, 345.0]
    assert [(len(left.runs), len(right.runs)) for _, left, right in parts] == [(8, 8), (8, 8)]
    assert all(run_.left == 50.0 for _, left, _ in parts for run_ in left.runs)


def test_rules_and_grids_go_with_the_side_they_stand_on() -> None:
    band = Band(100.0, 200.0, 300.0)
    left, right, outside = Ruling(50, 200, 150), Ruling(310, 500, 150), Ruling(50, 200, 250)
    cell = Grid((310.0, 140.0, 400.0, 160.0), ())
    below = Grid((310.0, 240.0, 400.0, 260.0), ())
    rest, ((_, one, other),) = parts_of(page(rulings=(left, right, outside), grids=(cell, below)), [band])

    assert (one.rulings, other.rulings, rest.rulings) == ([left], [right], [outside])
    assert (one.grids, other.grids, rest.grids) == ([], [cell], [below])
    assert (one.width, rest.width) == (0.0, 600.0)


def sheet(*runs: Run, **fields: Any) -> Page:
    return page(*runs, width=1000.0, height=700.0)._replace(**fields)


def test_a_wide_sheet_with_a_gutter_in_its_middle_holds_two_pages() -> None:
    left, right = lines(WIDE * 3, 5, 50.0), lines(WIDE * 3, 5, 560.0)
    halves = halves_of(sheet(*left, *right), SIZE)

    assert halves is not None
    assert (list(halves[0].runs), list(halves[1].runs)) == (left, right)
    assert halves_of(sheet(*left, *right, height=833.0), SIZE) is not None
    assert halves_of(sheet(*left, *right, height=834.0), SIZE) is None
    assert halves_of(sheet(*left, *right, run(WIDE, 450.0, 300.0)), SIZE) is None
    assert halves_of(sheet(*left, *right, grids=(Grid((400.0, 0.0, 600.0, 9.0), ()),)), SIZE) is None
    assert halves_of(sheet(*left), SIZE) is None
    assert halves_of(sheet(*right), SIZE) is None
    # Little on one side.
    assert halves_of(sheet(*left, *right[:3]), SIZE) is not None
    assert halves_of(sheet(*left, *right[:2]), SIZE) is None
    # No prose on either, or too little between.
    short = [run("甲乙", 560.0, 100.0), run(WIDE * 2, 560.0, 115.0), run("甲乙", 560.0, 130.0)]
    assert halves_of(sheet(*short, *(run(each.text, 50.0, each.baseline) for each in short)), SIZE) is None
    near = lines(WIDE * 3, 5, 185.0), lines(WIDE * 3, 5, 514.0)
    assert halves_of(sheet(*near[0], *near[1]), SIZE) is None
    wider = lines(WIDE * 3, 5, 185.0), lines(WIDE * 3, 5, 515.0)
    assert halves_of(sheet(*wider[0], *wider[1]), SIZE) is not None


def test_rows_of_half_a_sheet_have_the_edges_of_its_text() -> None:
    rows = [
        text_row(1, [run("甲乙", 50.0)]),
        text_row(1, [run("题", 10.0, size=20.0)]),
        text_row(1, [run("甲", 60.0)]),
    ]
    rows[2].column = (1.0, 2.0)
    set_apart(rows, 2, SIZE)

    assert [row.half for row in rows] == [2, 2, 2]
    assert [row.column for row in rows] == [(50.0, 70.0), (50.0, 70.0), (1.0, 2.0)]


# --- the text layer ------------------------------------------------------------------------------------

COMMON = "松湖区召开现场会部署春耕备耕工作安排农资储备和农机检修" * 4


@pytest.mark.parametrize(
    ("text", "garbage"),
    [
        (COMMON, False),
        (COMMON + UNMAPPED, False),
        (COMMON + UNMAPPED * 2, True),
        (COMMON * 7 + UNMAPPED * 2, False),
        ("½ñÄê" * 10, True),
        ("½ñÄê" * 9, False),
        ("é" * 40 + "a" * 200, False),
        # Rare ideographs: few different ones are names.
        ("".join(map(chr, range(0x3400, 0x3414))) * 3, False),
        ("".join(map(chr, range(0x3400, 0x3415))) * 3, True),
        (COMMON + "".join(map(chr, range(0x3400, 0x3415))), False),
    ],
)
def test_a_layer_is_garbage_by_what_its_characters_mean(text: str, *, garbage: bool) -> None:
    assert is_garbage([page(run(text))]) is garbage


@pytest.mark.parametrize(
    ("text", "holes"),
    [
        (COMMON[:60] + UNMAPPED * 40, True),
        (COMMON[:60] + UNMAPPED * 41, False),
        (COMMON[:60] + "a" * 59, True),
        (COMMON[:60] + "a" * 60, False),
        (COMMON[:60] + "㐀" * 23, True),
        (COMMON[:60] + "㐀" * 24, False),
    ],
)
def test_a_layer_has_but_holes_where_the_rest_reads_well(text: str, *, holes: bool) -> None:
    assert has_holes_only([page(run(text))]) is holes


# --- grids of characters -------------------------------------------------------------------------------


def gridded(gap: float, count: int = 4) -> list[Run]:
    """Lines each with a figure that stands `gap` ems from the ideographs beside it, each elsewhere."""
    runs = []
    for at in range(count):
        left, baseline = 50.0 + 33.0 * at, 100.0 + 15.0 * at
        runs += [run("甲", left, baseline), run("8", left + 10 + 10 * gap, baseline)]
    return runs


@pytest.mark.parametrize(
    ("gap", "count", "closed"),
    [(0.6, 4, 4), (0.6, 3, 0), (0.5, 4, 0), (2.5, 4, 4), (2.7, 4, 0)],
)
def test_gaps_of_a_grid_are_none(gap: float, count: int, closed: int) -> None:
    (found,) = without_grid([page(*gridded(gap, count))])

    assert (
        sum(one.right == other.left for one, other in zip(found.runs[::2], found.runs[1::2], strict=True))
        == closed
    )


def test_gaps_that_stand_below_one_another_are_those_of_a_list() -> None:
    runs = []
    for at in range(4):
        runs += [run("甲", 50.0, 100.0 + 15 * at), run("8", 70.0, 100.0 + 15 * at)]
    pages = [page(*runs)]

    assert without_grid(pages) is pages


# --- page furniture and footnotes ----------------------------------------------------------------------


def row(text: str, baseline: float, number: int = 1, left: float = 100.0, size: float = SIZE) -> Row:
    return text_row(number, [run(text, left, baseline, size)])


def body(number: int, first: float = 200.0) -> list[Row]:
    return [row(f"正文{WIDE}", first + 15 * at, number) for at in range(6)]


def furnished(rows: list[Row], pages: int = 2) -> list[tuple[str, Furniture]]:
    kept = mark_page_furniture([page(number=number) for number in range(1, pages + 1)], rows, SIZE)
    return [(each.text, each.furniture) for each in kept if each.furniture]


def test_a_page_number_stands_in_the_margin() -> None:
    assert furnished([*body(1), row("— 1 —", 780.0)], 1) == [("— 1 —", "page-number")]
    assert furnished([row("— 1 —", 100.9), *body(1)], 1) == [("— 1 —", "page-number")]
    assert furnished([row("— 1 —", 101.0), *body(1)], 1) == []
    assert furnished([*body(1), row("— 1 —", 709.0)], 1) == []
    assert furnished([*body(1), row("— 1 —", 709.1)], 1) == [("— 1 —", "page-number")]
    # Only the two outermost lines at either end are looked at.
    ends = [row("— 1 —", 740.0), row("末", 755.0), row("尾", 770.0)]
    assert furnished([*body(1), *ends], 1) == []


@pytest.mark.parametrize(
    ("text", "baseline", "size", "is_number"),
    [
        ("12", 780.0, 10.0, True),
        ("123", 780.0, 10.0, True),
        ("1234", 780.0, 10.0, False),
        ("12", 755.0, 10.0, False),
        ("12", 760.1, 10.0, True),
        ("12", 755.0, 9.4, True),
        ("1 / 1", 780.0, 10.0, True),
        ("1 / 2", 780.0, 10.0, True),
        ("2 / 1", 780.0, 10.0, False),
    ],
)
def test_a_bare_figure_in_the_margin_is_a_page_number_if_it_stands_apart(
    text: str, baseline: float, size: float, *, is_number: bool
) -> None:
    found = furnished([*body(1), row("末行", 740.0), row(text, baseline, size=size)], 1)

    assert found == ([(text, "page-number")] if is_number else [])


def test_a_head_returns_with_the_same_words_at_the_same_height() -> None:
    def both(first: Row, second: Row) -> list[str]:
        return [kind for _, kind in furnished([first, *body(1), second, *body(2)])]

    head = row("松湖简报 第1页", 50.0)
    assert both(head, row("松湖简报 第2页", 53.9, 2)) == ["running-head"] * 2
    assert both(row("松湖简报", 50.0), row("松湖简报", 54.0, 2)) == []
    assert both(row("松湖简报", 50.0), row("松湖快报", 50.0, 2)) == []
    assert both(row("松湖简报", 50.0, size=12.0), row("松湖简报", 50.0, 2, size=12.0)) == []
    assert both(row("字" * 61, 50.0, left=0.0), row("字" * 61, 50.0, 2, left=0.0)) == []
    # The second page's head says the title of the first again, in smaller type.
    assert both(row("松湖简报", 90.0, size=22.0), row("松湖简报", 50.0, 2, size=11.0)) == ["running-head"]


def test_rules_in_the_margins_that_return_go() -> None:
    def rule(number: int, baseline: float) -> Row:
        return Row(number, "rule", [], baseline=baseline, extent=(50.0, 500.0))

    def kept(first: float, second: float) -> int:
        rows = [rule(1, first), *body(1), rule(2, second), *body(2)]
        found = mark_page_furniture([page(number=1), page(number=2)], rows, SIZE)
        return sum(each.kind == "rule" for each in found)

    assert [kept(*each) for each in ((60, 60), (60, 63.9), (60, 64), (300, 300), (96, 96), (750, 750))] == [
        0, 0, 2, 2, 0, 0,
    ]  # fmt: skip


def noted(mark: str, size: float = 9.0, gap: float = 20.0, ruled: float | None = 50.0) -> list[str]:
    """The furniture of a page with a note at its foot, below a rule of some length or none."""
    rows = [*body(1), row(f"正文{WIDE}", 500.0)]
    if ruled is not None:
        rows.append(Row(1, "rule", [], baseline=500.0 + gap / 2, extent=(100.0, 100.0 + ruled)))
    rows.append(row(f"{mark}见来函。", 500.0 + gap, size=size))
    mark_footnotes([page()], rows, SIZE)
    return [each.furniture for each in rows[-1:]]


@pytest.mark.parametrize(
    ("arguments", "is_note"),
    [
        (("①",), True),
        (("［1］",), True),
        (("1 ",), True),
        (("＊",), True),
        (("12月",), False),
        (("注：",), False),
        (("①", 9.1), False),
        (("①", 9.0, 20.0, 60.0), True),
        (("①", 9.0, 20.0, 60.1), False),
        (("①", 9.0, 20.0, None), False),
    ],
)
def test_a_footnote_is_small_marked_and_below_a_short_rule(
    arguments: tuple[Any, ...], *, is_note: bool
) -> None:
    assert noted(*arguments) == (["note"] if is_note else [""])


def test_without_a_rule_a_footnote_is_called_in_the_text() -> None:
    def found(called: str, gap: float) -> str:
        text = text_row(1, [run(f"正文{WIDE}", 100.0, 500.0), run(called, 230.0, 496.0, 7.5)])
        rows = [*body(1), text, row("①见来函。", 500.0 + gap, size=9.0)]
        mark_footnotes([page()], rows, SIZE)
        return rows[-1].furniture

    assert [found(*each) for each in (("①", 25.0), ("①", 24.9), ("②", 25.0))] == ["note", "", ""]
