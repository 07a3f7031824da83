"""What is drawn beside the text: which shapes are lines, tables, dark grounds, covers, and which pictures are a scan."""

from __future__ import annotations

from typing import Any, NamedTuple, cast

import pytest

from bulletin_lint.model.location import Box
from bulletin_lint.readers.pdf.drawings import (
    Drawings,
    read_drawings,
    scan_of,
    shown_instead,
)
from bulletin_lint.readers.pdf.page import Ruling
from bulletin_lint.readers.pdf.page_frame import PageFrame
from bulletin_lint.readers.pdf.pdfium import IMAGE, PATH, DrawnShape, PdfiumPage

BLACK, GREY, PALE, WHITE = (0, 0, 0, 255), (190, 190, 190, 255), (240, 240, 240, 255), (255, 255, 255, 255)


class Sheet(NamedTuple):
    """A page of 100 by 200 points whose corner is that of the drawing."""

    width: float = 100.0
    height: float = 200.0

    def box(self, bounds: Box) -> Box:
        return bounds

    def place(self, x: float, y: float) -> tuple[float, float]:
        return x, y


class Drawn(NamedTuple):
    """A shape as a page tells of it."""

    bounds: Box
    kind: int = PATH
    filled: bool = True
    stroked: bool = False
    colour: tuple[int, int, int, int] = BLACK
    corners: tuple[tuple[int, float, float], ...] = ()
    clip: Box | None = None


class Paper:
    """A page that tells of shapes by their handles."""

    def __init__(self, shapes: tuple[Drawn, ...]) -> None:
        self._shapes = shapes

    def painting(self, handle: int) -> tuple[bool, bool]:
        return self._shapes[handle].filled, self._shapes[handle].stroked

    def colour(self, handle: int, *, stroke: bool) -> tuple[int, int, int, int]:
        return self._shapes[handle].colour

    def corners(self, handle: int) -> tuple[tuple[int, float, float], ...]:
        return self._shapes[handle].corners

    def clip(self, handle: int) -> Box | None:
        return self._shapes[handle].clip


SHEET = cast(PageFrame, Sheet())


def shapes_of(*drawn: Drawn) -> list[DrawnShape]:
    made: Any = DrawnShape
    fields = DrawnShape._fields
    given = [
        {"kind": each.kind, "bounds": each.bounds, "handle": number, "rank": number + 7}
        for number, each in enumerate(drawn)
    ]
    return [made(**{name: each.get(name) for name in fields}) for each in given]


def read(*drawn: Drawn) -> Drawings:
    return read_drawings(cast(PdfiumPage, Paper(drawn)), SHEET, shapes_of(*drawn))


@pytest.mark.parametrize(
    ("box", "ruling"),
    [
        # Thin, and longer than thick.
        ((10.0, 50.0, 90.0, 51.0), True),
        ((10.0, 50.0, 90.0, 54.0), True),
        ((10.0, 50.0, 90.0, 54.1), False),
        ((10.0, 50.0, 15.0, 50.5), True),
        ((10.0, 50.0, 14.9, 50.5), False),
        # A rule is ten times as long as it is thick.
        ((10.0, 50.0, 30.0, 52.0), True),
        ((10.0, 50.0, 29.9, 52.0), False),
        ((50.0, 10.0, 51.0, 90.0), False),
    ],
)
def test_a_thin_level_shape_is_a_rule(box: Box, *, ruling: bool) -> None:
    found = read(Drawn(box)).rulings

    assert found == ([Ruling(box[0], box[2], (box[1] + box[3]) / 2)] if ruling else [])


def test_a_rule_that_is_drawn_twice_is_told_once_and_two_are_two() -> None:
    first, again = Drawn((10.0, 50.0, 90.0, 51.0)), Drawn((10.2, 49.9, 90.2, 50.9))

    assert len(read(first, again).rulings) == 1
    for other in ((10.0, 53.0, 90.0, 54.0), (13.0, 50.0, 90.0, 51.0), (10.0, 50.0, 80.0, 51.0)):
        assert len(read(first, Drawn(other)).rulings) == 2


@pytest.mark.parametrize(
    ("look", "seen"),
    [
        ({}, True),
        ({"filled": False, "stroked": True}, True),
        ({"filled": False}, False),
        ({"colour": WHITE}, False),
        ({"colour": (247, 247, 247, 255)}, True),
        ({"colour": (248, 248, 248, 255)}, False),
        # Black that is hardly opaque.
        ({"colour": (0, 0, 0, 0)}, False),
        ({"colour": (0, 0, 0, 7)}, False),
        ({"colour": (0, 0, 0, 8)}, True),
        # White with an outline of its own.
        ({"colour": WHITE, "stroked": True}, True),
    ],
)
def test_a_line_is_seen_if_it_is_painted_and_not_white(look: dict[str, Any], *, seen: bool) -> None:
    line = Drawn((10.0, 50.0, 90.0, 51.0))._replace(**look)

    assert bool(read(line).rulings) is seen


AREA: Box = (10.0, 50.0, 90.0, 90.0)


@pytest.mark.parametrize(
    ("look", "ground", "cover", "dark"),
    [
        ({}, True, True, True),
        ({"colour": GREY}, True, True, False),
        ({"colour": (102, 102, 102, 255)}, True, True, True),
        ({"colour": (103, 103, 103, 255)}, True, True, False),
        ({"colour": (204, 204, 204, 255)}, True, True, False),
        ({"colour": (205, 205, 205, 255)}, False, True, False),
        ({"colour": PALE}, False, True, False),
        ({"colour": WHITE}, False, True, False),
        ({"colour": (0, 0, 0, 160)}, True, True, True),
        ({"colour": (0, 0, 0, 159)}, True, False, False),
        ({"filled": False, "stroked": True}, False, False, False),
        # Green is lighter than blue.
        ({"colour": (0, 255, 0, 255)}, True, True, False),
        ({"colour": (0, 0, 255, 255)}, True, True, True),
        ({"colour": (255, 0, 0, 255)}, True, True, True),
    ],
)
def test_an_area_is_a_ground_a_cover_and_dark_by_its_colour(
    look: dict[str, Any], *, ground: bool, cover: bool, dark: bool
) -> None:
    found = read(Drawn(AREA)._replace(**look))

    assert (found.grounds, found.covers, found.dark) == (
        [AREA] if ground else [],
        [(AREA, 7)] if cover else [],
        [AREA] if dark else [],
    )
    assert found.rulings == []


def test_a_picture_is_a_ground_and_a_cover_as_far_as_it_lies_on_the_page() -> None:
    found = read(Drawn((-5.0, -6.0, 50.0, 60.0), IMAGE), Drawn((50.0, 60.0, 105.0, 206.0), IMAGE))
    boxes = [(0.0, 0.0, 50.0, 60.0), (50.0, 60.0, 100.0, 200.0)]

    assert found.pictures == found.grounds == boxes
    assert found.covers == [(boxes[0], 7), (boxes[1], 8)]
    assert found.dark == []


def test_an_area_seen_through_a_narrow_clip_is_a_line() -> None:
    narrow = Drawn(AREA, clip=(0.0, 60.0, 100.0, 61.0))

    assert read(narrow).rulings == [Ruling(10.0, 90.0, 60.5)]
    # A clip beside it shows nothing of it, which is no reason to take it for one.
    assert read(Drawn(AREA, clip=(0.0, 160.0, 100.0, 161.0))).rulings == []


def outline(*corners: tuple[float, float], closed: bool = True) -> tuple[tuple[int, float, float], ...]:
    (x, y), *others = corners
    return ((2, x, y), *((0, *each) for each in others), *([(0, x, y)] if closed else []))


FRAME = (
    *outline((10, 50), (90, 50), (90, 90), (10, 90)),
    *outline((10, 70), (90, 70), closed=False),
    *outline((50, 50), (50, 90), closed=False),
)
"""Of a table with two rows and two columns."""


def test_the_sides_of_an_outline_are_lines_and_make_a_table() -> None:
    found = read(Drawn(AREA, filled=False, stroked=True, corners=FRAME))

    assert [grid.box for grid in found.grids] == [AREA]
    assert found.rulings == []
    beside = read(
        Drawn(AREA, filled=False, stroked=True, corners=FRAME),
        Drawn((10.0, 120.0, 90.0, 121.0)),
        Drawn((10.0, 70.0, 90.0, 70.5)),
    )
    assert [ruling.y for ruling in beside.rulings] == [120.5], "a line within a table is its own"
    # Slanting lines are none.
    assert read(Drawn(AREA, filled=False, stroked=True, corners=outline((10, 50), (90, 90)))).grids == []


def test_all_borders_of_a_table_may_be_one_filled_path() -> None:
    sides = [
        (10, 50, 90, 51),
        (10, 89, 90, 90),
        (10, 50, 11, 90),
        (89, 50, 90, 90),
        (10, 69.5, 90, 70.5),
        (49.5, 50, 50.5, 90),
    ]
    corners = tuple(
        corner for x0, y0, x1, y1 in sides for corner in outline((x0, y0), (x1, y0), (x1, y1), (x0, y1))
    )
    (grid,) = read(Drawn(AREA, corners=corners)).grids

    assert grid.box == pytest.approx((10.5, 50.5, 89.5, 89.5))


@pytest.mark.parametrize(
    ("pictures", "box"),
    [
        ([], None),
        ([(0.0, 0.0, 100.0, 200.0)], (0.0, 0.0, 100.0, 200.0)),
        ([(0.0, 0.0, 80.0, 200.0)], (0.0, 0.0, 80.0, 200.0)),
        ([(0.0, 0.0, 79.0, 200.0)], None),
        # A sheet that was cut into strips.
        ([(5.0, 10.0, 100.0, 100.0), (4.0, 100.0, 99.0, 190.0)], (4.0, 10.0, 100.0, 190.0)),
        ([(0.0, 0.0, 100.0, 70.0), (0.0, 100.0, 100.0, 180.0)], None),
    ],
)
def test_pictures_that_cover_a_page_are_a_scan(pictures: list[Box], box: Box | None) -> None:
    assert scan_of(SHEET, pictures) == box


@pytest.mark.parametrize(
    ("pictures", "paths", "shown"),
    [
        ([], 0, ""),
        ([], 49, ""),
        ([], 50, "drawing"),
        ([(0.0, 0.0, 50.0, 100.0)], 0, "picture"),
        ([(0.0, 0.0, 50.0, 99.0)], 0, ""),
        ([(0.0, 0.0, 50.0, 50.0), (50.0, 0.0, 100.0, 50.0)], 0, "picture"),
        ([(0.0, 0.0, 50.0, 99.0)], 50, "drawing"),
    ],
)
def test_what_a_page_without_text_shows(pictures: list[Box], paths: int, shown: str) -> None:
    drawn = [Drawn(box, IMAGE) for box in pictures] + [Drawn((1.0, 1.0, 2.0, 2.0))] * paths

    assert shown_instead(SHEET, read(*drawn), shapes_of(*drawn)) == shown
