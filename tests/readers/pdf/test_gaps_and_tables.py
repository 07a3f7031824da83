"""Edges of what makes a table, a line beside a title, a space, and where characters are said to begin."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bulletin_lint.readers.pdf import tables
from bulletin_lint.readers.pdf.narrow_forms import narrow_forms
from bulletin_lint.readers.pdf.origins import Origins, shifts_of
from bulletin_lint.readers.pdf.page import Face, Grid, Page, Row, Run
from bulletin_lint.readers.pdf.page_frame import PageFrame
from bulletin_lint.readers.pdf.pdfium import PdfiumPage
from bulletin_lint.readers.pdf.rows import by_baseline, page_rows, separated
from bulletin_lint.readers.pdf.tables import Edge, find_grids

SIZE = 10.0

# --- tables --------------------------------------------------------------------------------------------


def upright(at: float, start: float, end: float) -> Edge:
    return Edge(at, start, end, upright=True)


def ruled(xs: Sequence[float], ys: Sequence[float], start: float | None = None) -> list[Edge]:
    """Lines that cross; the level ones may begin elsewhere than at the first upright one."""
    begin = xs[0] if start is None else start
    return [Edge(y, begin, xs[-1]) for y in ys] + [upright(x, ys[0], ys[-1]) for x in xs]


def columns(edges: Sequence[Edge]) -> list[list[float]]:
    """The left ends of the cells of the first row of each table."""
    return [[cell[0] for cell in grid.rows[0] if cell is not None] for grid in find_grids(edges)]


@pytest.mark.parametrize(
    ("edges", "found"),
    [
        # Lines may miss one another by three points, at either end.
        (ruled([80, 180, 280, 380], [100, 130, 160], 83.0), [[80, 180, 280]]),
        (ruled([80, 180, 280, 380], [100, 130, 160], 83.1), [[180, 280]]),
        ([*ruled([80, 180, 280], [100, 130, 160]), upright(283.0, 100, 160)], [[80, 180]]),
        ([*ruled([80, 180, 280], [100, 130, 160]), upright(380, 100, 160)], [[80, 180]]),
        # Those nearly on one another are one, at their mean; others are two.
        ([*ruled([80, 180, 280], [100, 130, 160]), upright(183, 100, 160)], [[80, 181.5]]),
        ([*ruled([80, 180, 280], [100, 130, 160]), upright(183.5, 100, 160)], [[80, 180, 183.5]]),
        # So are those end to end.
        (
            [*ruled([80, 180, 280], [100]), *(Edge(y, 80, 180) for y in (130, 160)), *(Edge(y, 183, 280) for y in (130, 160)), *(upright(x, 100, 160) for x in (80, 180, 280))],
            [[80, 180]],
        ),
        # One row of three cells is the beginning of a table, one of two is none.
        (ruled([80, 180, 280, 380], [100, 130]), [[80, 180, 280]]),
        (ruled([80, 180, 280], [100, 130]), []),
        (ruled([80, 180], [100, 130, 160, 190]), []),
        # Two uprights, however many levels.
        (ruled([80, 280], [100, 130, 160]), []),
        # Side by side, and one below the other.
        (ruled([300, 400, 500], [100, 130, 160]) + ruled([80, 130, 180], [100, 130, 160]), [[80, 130], [300, 400]]),
        (ruled([80, 180, 280], [300, 330, 360]) + ruled([90, 190, 290], [100, 130, 160]), [[90, 190], [80, 180]]),
    ],
)  # fmt: skip
def test_lines_that_meet_make_a_table(edges: list[Edge], found: list[list[float]]) -> None:
    assert columns(edges) == found
    assert columns(edges[::-1]) == found


def test_a_cell_whose_side_is_not_drawn_is_one_with_the_next() -> None:
    outer = [Edge(y, 0, 300) for y in (0, 60)] + [upright(x, 0, 60) for x in (0, 300)]
    inner = [Edge(30, 0, 200), upright(100, 0, 60), upright(200, 0, 60)]
    (grid,) = find_grids([*outer, *inner])

    assert grid == Grid(
        (0, 0, 300, 60),
        (
            ((0, 0, 100, 30), (100, 0, 200, 30), (200, 0, 300, 60)),
            ((0, 30, 100, 60), (100, 30, 200, 60), None),
        ),
    )


@pytest.mark.parametrize(("most", "count"), [(9, 1), (8, 0)])
def test_a_drawing_of_too_many_crossings_is_no_table(
    monkeypatch: pytest.MonkeyPatch, most: int, count: int
) -> None:
    monkeypatch.setattr(tables, "MOST_CROSSINGS", most)

    assert len(columns(ruled([80, 180, 280], [100, 130, 160]))) == count


# --- lines ---------------------------------------------------------------------------------------------


def run(text: str, left: float, baseline: float = 100.0, size: float = SIZE, **look: Any) -> Run:
    """Chinese characters are one em wide, others half."""
    lefts, right = [], left
    for character in text:
        lefts.append(right)
        right += size / 2 if character < "\u0300" else size
    return Run(text, lefts, right, baseline, Face("SimSun", size)._replace(**look))


def shown(lines: Sequence[Sequence[Run]]) -> list[str]:
    return ["".join(each.text for each in line) for line in lines]


TITLE = run("甲乙", 10, size=20.0)
"""From 10 to 50, on a baseline of 100."""


@pytest.mark.parametrize(
    ("small", "lines"),
    [
        # Clear of it by more than its own size it is beside it, at one height or at two.
        ([run("注", 61, 96)], ["注", "甲乙"]),
        ([run("注", 60, 96)], ["甲乙注"]),
        ([run("注", -11, 96)], ["注", "甲乙"]),
        ([run("注", -10, 96)], ["注甲乙"]),
        ([run("注", 61, 96), run("解", 71, 100.9)], ["注解", "甲乙"]),
        ([run("注", 61, 96), run("解", 71, 101.1)], ["注", "甲乙", "解"]),
        ([run("注", 61, 96), run("解", 61, 106)], ["注", "甲乙", "解"]),
        # Within its width it is of the line, unless it is higher than half of it.
        ([run("注", 20, 90)], ["甲注乙"]),
        ([run("注", 20, 89.9)], ["注", "甲乙"]),
        # Type of six tenths is not small.
        ([run("注", 80, 96, 12.0)], ["甲乙注"]),
        ([run("注", 80, 96, 11.9)], ["注", "甲乙"]),
    ],
)
def test_small_type_beside_a_title_is_a_line_by_itself(small: list[Run], lines: list[str]) -> None:
    assert shown(by_baseline([TITLE, *small])) == lines


@pytest.mark.parametrize(
    ("gap", "is_tight", "text"),
    [
        # In a line that is tight otherwise eight tenths of an em part, where places are sure.
        (8.0, True, "甲乙丙丁戊己"),
        (8.1, True, "甲乙丙丁戊 己"),
        (8.1, False, "甲乙丙丁戊己"),
        (20.0, False, "甲乙丙丁戊己"),
        (20.1, False, "甲乙丙丁戊 己"),
    ],
)
def test_where_places_are_not_sure_only_a_very_wide_gap_is_a_space(
    gap: float, text: str, *, is_tight: bool
) -> None:
    line = [run("甲乙丙丁戊", 0), run("己", 50 + gap)]

    assert shown([separated(line, is_tight=is_tight)]) == [text]


@pytest.mark.parametrize(
    ("first", "second", "spaces"),
    [
        # Four characters without a gap for each that has one; a tenth of an em is no gap.
        ("甲乙丙丁戊", 0.0, 1),
        ("甲乙丙丁", 0.0, 1),
        ("甲乙丙", 0.0, 0),
        ("甲乙丙丁", 1.0, 1),
        ("甲乙丙丁", 1.1, 0),
        ("甲乙丙丁戊己庚辛壬", 1.1, 1),
        ("甲乙丙丁戊己庚辛", 1.1, 0),
    ],
)
def test_a_line_is_tight_that_has_few_gaps(first: str, second: float, spaces: int) -> None:
    line = [run(first, 0)]
    line.append(run("己", line[0].right + 9.0))
    line.append(run("庚", line[1].right + second))

    assert shown([separated(line)])[0].count(" ") == spaces


def test_a_space_fills_its_gap_and_looks_as_what_is_before_it() -> None:
    line = [run("甲", 0, 101.0, heavy=True), run("乙", 40)]
    found = separated(line)

    assert shown([found]) == ["甲 乙"]
    assert (found[1].left, found[1].right, found[1].baseline) == (10.0, 40.0, 101.0)
    assert found[1].face == line[0].face
    for as_it_is in ([run("甲", 0)], [run("甲", 0), run("乙", 11.0)], [run("甲", 0), run("乙", 11.1)]):
        assert separated(as_it_is) == as_it_is


def told(*runs: Run, grids: Sequence[Grid] = ()) -> list[Row]:
    return page_rows(Page(1, 0.0, 842.0, runs, (), grids), SIZE)


@pytest.mark.parametrize(("left", "is_stamp"), [(36.1, True), (36.0, False)])
def test_a_stamp_has_nothing_near_it(left: float, *, is_stamp: bool) -> None:
    text = [run("一二三", 0, 100.0 + 15 * at) for at in range(4)]
    stamp = [run(character, left, 100.0 + 15 * at) for at, character in enumerate("内部参阅")]

    assert ["".join(each.text for each in row.runs) for row in told(*text, *stamp) if row.furniture] == (
        ["内部参阅"] if is_stamp else []
    )


@pytest.mark.parametrize(("step", "is_stamp"), [(13.4, True), (13.6, False), (8.1, True), (7.9, False)])
def test_a_stamp_among_lines_is_stacked_tighter_than_they_are(step: float, *, is_stamp: bool) -> None:
    text = [run("一二三四五六七八九十", 0, 400.0), run("一二三四五六七八九十", 100, 420.0)]
    stamp = [run(character, 95.0, 100.0 + step * at) for at, character in enumerate("内部参阅")]

    assert any(row.furniture == "stamp" for row in told(*text, *stamp)) is is_stamp


def test_rows_of_a_table_stand_where_their_cells_do() -> None:
    grid = Grid(
        (10.0, 0.0, 100.0, 60.0),
        (
            ((10.0, 0.0, 50.0, 20.0), (50.0, 0.0, 100.0, 20.0)),
            ((10.0, 20.0, 50.0, 40.0), (50.0, 20.0, 100.0, 40.0)),
            ((10.0, 40.0, 50.0, 60.0), None),
        ),
    )
    found = told(run("甲", 12, 54), run("乙", 52, 14), run("丙", 0, 34), run("丁", 101, 14), grids=[grid])

    tabled = [row for row in found if row.kind == "table"]
    assert [(row.baseline, row.x0, row.x1, [shown(cell) for cell in row.cells]) for row in tabled] == [
        (0.0, 10.0, 100.0, [[], ["乙"]]),
        # It touches the table, and its middle lies in no cell.
        (40.0, 10.0, 100.0, [["甲"]]),
    ]
    assert [row.text for row in found if row.kind == "text"] == ["丁", "丙"]


# --- where characters begin ----------------------------------------------------------------------------


class Opened:
    """A page whose characters begin ten points one right of the other, or at given places."""

    def __init__(self, xs: Sequence[float] | None = None) -> None:
        self._xs = xs
        self.shifts: dict[int, tuple[float, float]] = {}
        self.numbers: Sequence[int] | None = None

    def origins(self, indices: Sequence[int]) -> tuple[list[float], list[float]]:
        xs = [10.0 * index if self._xs is None else self._xs[index] for index in indices]
        return xs, [700.0 - index for index in indices]


class Book:
    """Origins of a page, with how often it was opened again."""

    def __init__(self, xs: Sequence[float] | None = None, *, turns: int = 0) -> None:
        self.opened: list[Opened] = []
        self.page = Opened(xs)

        @contextmanager
        def again() -> Iterator[PdfiumPage]:
            self.opened.append(Opened(xs))
            yield cast(PdfiumPage, self.opened[-1])

        sheet = PageFrame(
            600, 800, (lambda x, y: (y, x)) if turns else (lambda x, y: (x - 5, 800 - y)), turns
        )
        self.origins = Origins(cast(PdfiumPage, self.page), sheet, again)


def test_places_are_those_of_the_open_page_and_later_of_the_page_opened_again() -> None:
    book = Book()
    book.page.shifts, book.page.numbers = {3: (1.0, 2.0)}, [0, 2]
    assert list(book.origins(1, 4, 99.0)) == [5.0, 15.0, 25.0]
    book.origins.close(6, 2)

    assert [list(book.origins(0, 2, 99.0)), list(book.origins(1, 2, 99.0))] == [[-5.0, 5.0], [5.0]]
    assert book.opened == []
    assert [list(book.origins(0, 3, 99.0)), list(book.origins(4, 6, 99.0))] == [
        [-5.0, 5.0, 15.0],
        [35.0, 45.0],
    ]
    # Once, and it is told what was found out about it before.
    assert [(each.shifts, each.numbers) for each in book.opened] == [({3: (1.0, 2.0)}, [0, 2])]


@pytest.mark.parametrize(("first", "again"), [(0, 1), (1, 1), (2, 0), (9, 0)])
def test_of_the_first_characters_places_are_kept(first: int, again: int) -> None:
    book = Book()
    book.origins.close(2, first)

    assert list(book.origins(0, 2, 99.0)) == [-5.0, 5.0]
    assert len(book.opened) == again


def test_places_are_put_right_where_spaces_were_put_in_and_ligatures_share_one() -> None:
    book = Book([5.0, 25.0, 15.0, 45.0, 45.0])
    assert list(book.origins(0, 2, 50.0)) == [0.0, 20.0]
    # What goes back begins no further left than the one before, and shares its room.
    assert list(book.origins(0, 4, 50.0)) == [0.0, 20.0, 30.0, 40.0]
    assert list(book.origins(3, 5, 50.0)) == [40.0, 45.0]
    book.origins.inserted = {1: 8.0, 9: 1.0}
    assert list(book.origins(0, 2, 50.0)) == [0.0, 8.0]
    assert book.origins(1, 2, 50.0) == array("d", [8.0])


def test_on_a_page_that_is_turned_characters_go_up_or_down() -> None:
    book = Book(turns=1)

    assert list(book.origins(0, 1, 99.0)) == [700.0]


@pytest.mark.parametrize(
    ("frames", "places", "expected"),
    [
        # The form moves its contents by 100 and 50: the second object is wrong, and all its characters.
        ({(1, 0, 0, 1, 100, 50)}, [(0, 700), (120, 748)], {2: (100.0, 50.0), 3: (100.0, 50.0), 4: (100.0, 50.0)}),
        ({(1, 0, 0, 1, 100, 50)}, [(100, 750), (20, 698)], {0: (100.0, 50.0), 1: (100.0, 50.0)}),
        (set(), [(0, 700), (120, 748)], {}),
        # By less than a point nothing is wrong; where no form explains it, it is left as it is.
        ({(1, 0, 0, 1, 0.5, 0.4)}, [(0, 700), (20.5, 698.4)], {}),
        ({(1, 0, 0, 1, 0.5, 0.5)}, [(0, 700), (20.5, 698.5)], {2: (0.5, 0.5), 3: (0.5, 0.5), 4: (0.5, 0.5)}),
        ({(1, 0, 0, 1, 100, 50)}, [(0, 700), (120.5, 748.5)], {}),
        ({(1, 0, 0, 1, 9, 9), (1, 0, 0, 1, 100, 50.5)}, [(0, 700), (120, 748)], {2: (100.0, 50.0), 3: (100.0, 50.0), 4: (100.0, 50.0)}),
        # Turned and made larger.
        ({(0, 2, -2, 0, 0, 0)}, [(0, 700), (-1396, 40)], {2: (-1416.0, -658.0), 3: (-1416.0, -658.0), 4: (-1416.0, -658.0)}),
    ],
)  # fmt: skip
def test_origins_are_wrong_by_what_a_form_moves(
    frames: set[tuple[float, ...]],
    places: Sequence[tuple[float, float]],
    expected: dict[int, tuple[float, float]],
) -> None:
    # The objects begin at the characters 0 and 2, at 0, 700 and at 20, 698 as the library has it.
    page = SimpleNamespace(frames=frames, origins=Opened().origins)

    assert shifts_of(cast(PdfiumPage, page), [0, 2], places, 5) == expected


# --- full-width forms ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "advance", "expected"),
    [
        ("２０年", 5.0, {0: "2", 1: "0"}),
        ("０９ＡＺａｚ", 5.0, dict(enumerate("09AZaz"))),
        ("２", 7.4, {0: "2"}),
        ("２", 7.5, {}),
        ("２", 10.0, {}),
        ("２", 0.0, {}),
        # Marks are drawn as narrow as they like, and so is what is common.
        ("，：／＠［｀｛年2", 5.0, {}),
        ("", 5.0, {}),
    ],
)
@pytest.mark.parametrize("turns", [0, 1, 2, 3])
def test_full_width_forms_that_are_drawn_narrow_are_none(
    text: str, advance: float, expected: dict[int, str], turns: int
) -> None:
    box = (100.0, 200.0, 110.0, 200.0 + advance) if turns % 2 else (100.0, 200.0, 100.0 + advance, 210.0)
    page = cast(PdfiumPage, SimpleNamespace(quarter_turns=turns, advance_box=lambda _: box))

    found = narrow_forms(page, text, frozenset(text), lambda _: Face("F", 12.0, width=10.0))

    assert found == expected
    # Only those are looked at that are among the uncommon ones.
    assert narrow_forms(page, text, frozenset("年"), lambda _: Face("F", 12.0, width=10.0)) == {}
