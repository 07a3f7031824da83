"""Where characters without a width are placed, and what pdfplumber and pdfminer tell of pages made for it."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import pytest

from bulletin_lint.model.location import Box
from bulletin_lint.readers.pdf.page import Face, Run
from bulletin_lint.readers.pdf.places import PdfPlaces
from bulletin_lint.readers.pdf.plumber import is_portfolio, pages_with_lost_contents, plumbed_pages
from made_pdfs import pdf_of

# --- places --------------------------------------------------------------------------------------------


def run(lefts: Sequence[float], right: float, baseline: float = 100.0) -> Run:
    """Characters that begin at these places, in type of ten points."""
    return Run("甲乙丙丁戊"[: len(lefts)], lefts, right, baseline, Face("SimSun", 10.0))


def placed(*rows: Sequence[Run] | Run) -> PdfPlaces:
    """Rows of runs, one a page, with a line end behind each."""
    places = PdfPlaces()
    for number, row in enumerate(rows, 1):
        runs = [row] if isinstance(row, Run) else row
        places.add_row(number, runs, sum(len(each.text) for each in runs))
        places.add_undrawn()
    return places


def across(places: PdfPlaces, start: int, end: int) -> list[tuple[int, float, float]]:
    """Page, left and right of each box."""
    return [(each.page, each.box[0], each.box[2]) for each in places.locate(start, end).boxes]


@pytest.mark.parametrize(
    ("lefts", "right", "at", "box"),
    [
        # The last ones have no width: they stand where the one before does.
        ([0, 10, 10], 10, 1, (1, 0, 10)),
        ([0, 10, 10], 10, 2, (1, 0, 10)),
        ([0, 10, 20, 20], 20, 3, (1, 10, 20)),
        # The first ones have none: they stand where the one behind does.
        ([0, 0, 0], 10, 0, (1, 0, 10)),
        ([0, 0, 10], 20, 0, (1, 0, 10)),
        # One between two others: the one before it.
        ([0, 10, 10], 20, 1, (1, 0, 10)),
        ([0, 0, 0, 10], 10, 1, (1, 0, 10)),
    ],
)
def test_a_character_without_width_is_placed_on_its_neighbour(
    lefts: list[float], right: float, at: int, box: tuple[int, float, float]
) -> None:
    places = placed(run(lefts, right))

    assert across(places, at, at + 1) == [box]
    # The line's end has the last one that is drawn.
    drawn = [each for index in range(len(lefts)) for each in across(places, index, index + 1)]
    assert across(places, len(lefts), len(lefts) + 1) == [max(drawn)]


def test_a_row_without_width_is_placed_on_the_row_before_else_on_one_behind() -> None:
    nothing = run([5, 5], 5)
    between = placed(run([0, 10], 20), nothing, run([40, 50], 60))
    first = placed(nothing, nothing, run([40, 50], 60))

    # The rows begin at 0, 3 and 6.
    assert across(between, 3, 4) == across(between, 4, 5) == across(between, 5, 6) == [(1, 10, 20)]
    assert across(first, 0, 1) == across(first, 1, 2) == across(first, 4, 5) == [(3, 40, 50)]
    assert across(placed(nothing), 0, 1) == across(placed(nothing, nothing), 3, 4) == []


def test_the_end_of_a_row_is_placed_on_its_own_last_character() -> None:
    places = placed(run([0], 10), run([40], 50), run([60, 70], 80))

    # The rows begin at 0, 2 and 4.
    assert [across(places, at, at + 1) for at in (1, 3, 6)] == [[(1, 0, 10)], [(2, 40, 50)], [(3, 70, 80)]]
    assert [across(places, at, at) for at in (0, 2, 4, 5)] == [
        [(1, 0, 10)],
        [(1, 0, 10)],
        [(2, 40, 50)],
        [(3, 60, 70)],
    ]


@pytest.mark.parametrize(
    ("second", "start", "end", "found"),
    [
        # A run ends where the next begins, unless that is before its last character, or farther than it is wide.
        (15.0, 0, 2, [(1, 0, 15)]),
        (20.0, 0, 2, [(1, 0, 20)]),
        (35.0, 0, 2, [(1, 0, 20)]),
        (5.0, 0, 2, [(1, 0, 10)]),
        (15.0, 1, 2, [(1, 10, 15)]),
        (5.0, 1, 2, [(1, 0, 10)]),
        (15.0, 0, 1, [(1, 0, 10)]),
        (35.0, 1, 3, [(1, 10, 45)]),
        (35.0, 2, 3, [(1, 35, 45)]),
        (35.0, 2, 4, [(1, 35, 55)]),
    ],
)
def test_runs_of_a_row_are_placed_side_by_side(
    second: float, start: int, end: int, found: list[tuple[int, float, float]]
) -> None:
    places = placed([run([0, 10], 20), run([second, second + 10], second + 20)])

    assert across(places, start, end) == found


def test_boxes_are_told_to_a_hundredth_of_a_point() -> None:
    places = placed(run([1.2345], 11.2379, 100.0039))

    assert [each.box for each in places.locate(0, 1).boxes] == [(1.23, 91.2, 11.24, 101.2)]


# --- contents that are lost ----------------------------------------------------------------------------

FLATE = "<< /Filter /FlateDecode >>"
SHOWN = b"BT /F 12 Tf 50 400 Td (A) Tj ET"


@pytest.mark.parametrize(
    ("page", "is_lost"),
    [
        (b"", False),
        (b"q Q", False),
        (SHOWN, True),
        # Nothing, packed, takes eight bytes.
        ((FLATE, zlib.compress(b"")), False),
        ((FLATE, zlib.compress(b"q Q")), False),
        ((FLATE, zlib.compress(SHOWN)), True),
        # One more can be no packed nothing.
        ((FLATE, b"\xff" * 9), True),
        ((FLATE, b"\xff" * 40), True),
    ],
)
def test_contents_are_lost_that_cannot_be_unpacked_or_would_show_something(
    page: bytes | tuple[str, bytes], *, is_lost: bool
) -> None:
    assert len(zlib.compress(b"")) == 8
    assert pages_with_lost_contents(pdf_of(page), None, [0]) == ({0} if is_lost else set())
    # Of several pages those that are asked about, each by itself.
    several = pdf_of(SHOWN, page, b"")
    assert pages_with_lost_contents(several, None, [1]) == ({1} if is_lost else set())
    assert pages_with_lost_contents(several, None, [2, 1]) == ({1} if is_lost else set())
    assert pages_with_lost_contents(several, None, []) == set()


def test_a_page_that_is_not_found_may_have_lost_its_contents() -> None:
    assert pages_with_lost_contents(pdf_of(b"", b""), None, [0, 1, 2]) == {2}
    assert pages_with_lost_contents(b"no document", None, [0, 4]) == {0, 4}


def test_a_document_is_a_portfolio_that_says_so_and_one_that_nobody_can_read() -> None:
    assert not is_portfolio(pdf_of(SHOWN), None)
    assert is_portfolio(b"no document", None)


# --- pages ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("boxes", "size", "start"),
    [
        ("/MediaBox [0 0 600 800]", (600, 800), (50, 400)),
        ("/MediaBox [10 20 610 820]", (600, 800), (40, 420)),
        ("/MediaBox [10 20 610 820] /CropBox [30 50 580 760]", (550, 710), (20, 360)),
        # Of what is visible no more than there is.
        ("/MediaBox [0 0 600 800] /CropBox [-10 -20 900 900]", (600, 800), (50, 400)),
        ("/MediaBox [0 0 600 800] /CropBox [20 -20 900 700]", (580, 700), (30, 300)),
    ],
)
def test_a_page_is_read_as_it_is_cropped(
    boxes: str, size: tuple[float, float], start: tuple[float, float]
) -> None:
    (page,) = plumbed_pages(pdf_of(b"BT /F 12 Tf 50 400 Td (A B) Tj ET", more=[boxes]))
    first = page.runs[0]

    assert (page.number, page.width, page.height) == (1, *size)
    assert (first.text, first.face.font) == ("A", "Helvetica")
    assert (first.left, first.baseline) == pytest.approx(start)
    assert first.face.size == pytest.approx(12, abs=2)
    assert ([each.text for each in page.runs], page.spaces) == (["A", " ", "B"], 1)


@pytest.mark.parametrize(
    ("matrix", "turned"),
    [
        ("1 0 0 1", False),
        ("1 0.019 -0.019 1", False),
        ("1 0.021 -0.021 1", True),
        ("1 -0.021 0.021 1", True),
        ("-1 0 0 -1", True),
        ("0 1 -1 0", True),
    ],
)
def test_type_is_turned_that_does_not_run_to_the_right(matrix: str, *, turned: bool) -> None:
    content = f"BT /F 12 Tf {matrix} 50 400 Tm (A) Tj ET".encode()
    (page,) = plumbed_pages(pdf_of(content))

    assert [each.face.turned for each in page.runs] == [turned]


def test_only_the_pages_that_are_asked_for_are_read() -> None:
    data = pdf_of(SHOWN, SHOWN, SHOWN)

    assert [page.number for page in plumbed_pages(data)] == [1, 2, 3]
    assert [page.number for page in plumbed_pages(data, None, {3, 1})] == [1, 3]
    assert [page.number for page in plumbed_pages(data, None, ())] == []


BOX: Box = (0.0, 91.2, 10.0, 101.2)


def test_boxes_on_a_page_that_was_turned_are_turned_back_only_there() -> None:
    places = PdfPlaces({1: lambda box: (box[1], box[0], box[3], box[2])})
    for number in (1, 2):
        places.add_row(number, [run([0], 10)], 1)

    assert [each.box for each in places.locate(0, 2).boxes] == [(91.2, 0.0, 101.2, 10.0), BOX]
