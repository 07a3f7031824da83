"""Which text of a page is in doubt, what is drawn to find out, and where two drawings of a page differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bulletin_lint.model.location import Box
from bulletin_lint.readers.pdf import pdfium_drawing, seen
from bulletin_lint.readers.pdf.drawings import Drawings
from bulletin_lint.readers.pdf.page import Face, Run
from bulletin_lint.readers.pdf.page_frame import PageFrame, frame_of
from bulletin_lint.readers.pdf.pdfium import FORM, TEXT, PdfiumDocument, PdfiumPage
from bulletin_lint.readers.pdf.pdfium_drawing import ranks, traces
from bulletin_lint.readers.pdf.seen import Drawn, seen_on, seen_runs
from made_pdfs import pdf_of

SHEET = "/MediaBox [0 0 40 20]"
RIGHT, LEFT = b"30 5 4 4 re f ", b"0 5 4 4 re f "
"""Areas from 11 to 15 points below the upper edge of that sheet."""


def drawn_on(content: bytes, boxes: Sequence[Box], *numbers: int) -> list[bool]:
    """Which boxes change when the objects of these numbers are taken out of a small page."""
    with PdfiumDocument(pdf_of(content, more=[SHEET])) as document, document.page(0) as page:
        handles = list(ranks(page.handle))
        return traces(page, frame_of(page), [handles[number] for number in numbers], boxes)


# --- two drawings --------------------------------------------------------------------------------------


def test_pictures_differ_in_the_boxes_that_reach_what_was_taken_out() -> None:
    boxes: dict[Box, bool] = {
        (30, 11, 34, 15): True,
        # Beside it at the left and at the right, and as far as its first and its last pixel.
        (0, 11, 29.9, 15): False,
        (0, 11, 30, 15): True,
        (34, 11, 40, 15): False,
        (33.9, 11, 40, 15): True,
        # Above it and below it.
        (30, 0, 34, 10.9): False,
        (30, 0, 34, 11): True,
        (30, 15, 34, 20): False,
        (30, 14.9, 34, 20): True,
        # What lies partly beyond the page, and what lies there as a whole.
        (33, 11, 90, 90): True,
        (-9, -9, 31, 12): True,
        (-20, 11, -1, 15): False,
        (30, -30, 34, -1): False,
        (30, 21, 34, 90): False,
    }

    assert dict(zip(boxes, drawn_on(RIGHT, list(boxes), 0), strict=True)) == boxes


def test_a_box_at_the_right_edge_does_not_go_on_at_the_left() -> None:
    boxes = [(5.0, 11.0, 29.0, 15.0), (35.0, 11.0, 60.0, 15.0), (0.0, 11.0, 1.0, 15.0)]

    assert drawn_on(LEFT + RIGHT, boxes, 0, 1) == [False, False, True]


@pytest.mark.parametrize(
    ("shade", "expected"),
    [(b"0.8745 g ", True), (b"0.8784 g ", False), (b"1 1 0 rg ", True), (b"1 g ", False)],
)
def test_a_difference_is_one_that_a_reader_sees(shade: bytes, *, expected: bool) -> None:
    # 223, 224, a change of one colour only, and white on white.
    assert drawn_on(shade + RIGHT, [(30, 11, 34, 15)], 0) == [expected]


def test_only_what_is_given_is_taken_out_and_it_is_put_back() -> None:
    boxes = [(30.0, 11.0, 34.0, 15.0), (0.0, 11.0, 4.0, 15.0)]
    with PdfiumDocument(pdf_of(RIGHT + LEFT, more=[SHEET])) as document, document.page(0) as page:
        found = ranks(page.handle)
        assert list(found.values()) == [0, 1]
        for handle, expected in zip((*found, *found), [[True, False], [False, True]] * 2, strict=True):
            assert traces(page, frame_of(page), [handle], boxes) == expected
        assert traces(page, frame_of(page), [], boxes) == [False, False]


@pytest.mark.parametrize("turns", range(4))
def test_boxes_are_as_the_sheet_is_turned_and_not_as_the_page_is_shown(turns: int) -> None:
    data = pdf_of(RIGHT, more=[f"{SHEET} /Rotate {90 * turns}"])
    with PdfiumDocument(data) as document, document.page(0) as page:
        (handle,) = ranks(page.handle)
        for asked in range(4):
            sheet = frame_of(page, asked)
            # Where it is, and where it would be were the page turned upside down.
            boxes = [sheet.box((30, 5, 34, 9)), sheet.box((6, 11, 10, 15))]
            assert traces(page, sheet, [handle], boxes) == [True, False]


class Library:
    """As much of the library as drawing a page asks for; it has no room, or rows of another length."""

    def __init__(self, bitmap: int = 0, stride: int = 0) -> None:
        self._bitmap = bitmap
        self._stride = stride
        self.sizes: list[tuple[int, int]] = []
        self.let_go = 0

    def __getattr__(self, name: str) -> Any:
        return lambda *_: 0

    def FPDFBitmap_Create(self, across: int, down: int, _: int) -> int:  # noqa: N802
        self.sizes.append((across, down))
        return self._bitmap

    def FPDFBitmap_GetStride(self, _: Any) -> int:  # noqa: N802
        return self._stride

    def FPDFBitmap_Destroy(self, _: Any) -> None:  # noqa: N802
        self.let_go += 1


def sheet_of(width: float, height: float) -> PageFrame:
    return PageFrame(width, height, lambda x, y: (x, y), 0)


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    made = Library()
    monkeypatch.setattr(pdfium_drawing, "loaded", lambda: made)
    return made


PAGE = cast(PdfiumPage, SimpleNamespace(handle=None, quarter_turns=0))


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [
        (600.0, 800.0, (1200, 1600)),
        (1000.0, 1000.0, (2000, 2000)),
        # A larger page is drawn coarser, and one that is next to nothing has a pixel.
        (4000.0, 4000.0, (2000, 2000)),
        (8000.0, 2000.0, (4000, 1000)),
        (0.2, 30.0, (1, 60)),
        (30.0, 0.2, (60, 1)),
    ],
)
def test_a_page_has_two_pixels_a_point_and_no_more_than_there_is_room_for(
    library: Library, width: float, height: float, size: tuple[int, int]
) -> None:
    assert traces(PAGE, sheet_of(width, height), [], [(0, 0, 1, 1)] * 3) == [True] * 3
    assert library.sizes == [size, size]


def test_what_cannot_be_drawn_is_taken_to_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    boxes = [(0.0, 0.0, 1.0, 1.0)] * 2
    wrong = Library(bitmap=1, stride=79)
    monkeypatch.setattr(pdfium_drawing, "loaded", lambda: wrong)
    assert traces(PAGE, sheet_of(10, 10), [], boxes) == [True, True]
    assert wrong.let_go == len(wrong.sizes) == 2
    # So long and narrow that its pixels would be too many.
    wrong.sizes.clear()
    assert traces(PAGE, sheet_of(0.1, 1e9), [], boxes) == [True, True]
    assert wrong.sizes == []
    # A library of before that was possible.
    monkeypatch.setattr(pdfium_drawing, "loaded", object)
    assert traces(PAGE, sheet_of(10, 10), [], boxes) == [True, True]


# --- the order of drawing ------------------------------------------------------------------------------


class Objects:
    """A library that knows a page of objects, some of which are forms that hold others."""

    def __init__(self, page: Sequence[int], forms: dict[int, Sequence[int]]) -> None:
        self._page = page
        self._forms = forms

    def FPDFPage_CountObjects(self, _: Any) -> int:  # noqa: N802
        return len(self._page)

    def FPDFPage_GetObject(self, _: Any, index: int) -> int:  # noqa: N802
        return self._page[index]

    def FPDFPageObj_GetType(self, handle: int) -> int:  # noqa: N802
        return FORM if handle in self._forms else TEXT

    def FPDFFormObj_CountObjects(self, handle: int) -> int:  # noqa: N802
        return len(self._forms[handle])

    def FPDFFormObj_GetObject(self, handle: int, index: Any) -> int:  # noqa: N802
        found: int = self._forms[handle][index.value]
        return found


def ranked(monkeypatch: pytest.MonkeyPatch, page: Sequence[int], **forms: Sequence[int]) -> list[int]:
    """The handles of a page in the order of their ranks; `f5` are those in the form 5."""
    objects = Objects(page, {int(name[1:]): held for name, held in forms.items()})
    monkeypatch.setattr(pdfium_drawing, "loaded", lambda: objects)
    monkeypatch.setattr(pdfium_drawing, "pointer", lambda handle: handle)
    found = ranks(None)
    assert sorted(found.values()) == list(range(len(found)))
    return sorted(found, key=lambda handle: found[handle])


def test_objects_rank_as_they_are_listed_and_those_of_forms_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ranked(monkeypatch, []) == []
    assert ranked(monkeypatch, [7, 3, 5]) == [7, 3, 5]
    assert ranked(monkeypatch, [7, 5, 3], f5=[11, 12], f12=[20], f3=[4]) == [7, 5, 3, 11, 12, 20, 4]
    # Of a form some objects may not be had.
    assert ranked(monkeypatch, [5], f5=[11, 0, 12]) == [5, 11, 12]


def test_forms_in_forms_are_looked_into_only_so_deep(monkeypatch: pytest.MonkeyPatch) -> None:
    chain: dict[str, Sequence[int]] = {f"f{number}": [number + 1] for number in range(1, 20)}

    assert ranked(monkeypatch, [1], **chain) == [1, 2, 3, 4, 5, 6, 7, 8, 9]


def test_no_more_objects_are_looked_at_than_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdfium_drawing, "MOST_OBJECTS", 3)

    assert ranked(monkeypatch, [1, 2, 5, 4, 6], f5=[11, 12, 13, 14]) == [1, 2, 5, 11, 12, 13]


# --- what is in doubt ----------------------------------------------------------------------------------


def run(text: str, left: float, baseline: float = 100.0, size: float = 10.0, shade: float = 0.0) -> Run:
    lefts = [left + size * at for at in range(len(text))]
    return Run(text, lefts, left + size * len(text), baseline, Face("SimSun", size, shade))


class Drawing:
    """Stands for the drawing of a page: tells which objects leave no traces, and what was asked."""

    def __init__(self, unseen: str) -> None:
        self._unseen = {ord(character) for character in unseen}
        self.asked: list[str] = []

    def traces(self, _: Any, __: Any, handles: Any, boxes: Sequence[Box]) -> list[bool]:
        """Of boxes given in the order of the handles; what is asked is written as characters."""
        self.asked.append("".join(map(chr, sorted(handles))))
        return [handle not in self._unseen for handle in sorted(handles)][: len(boxes)]


def handles_of(text: str) -> frozenset[int]:
    return frozenset(map(ord, text))


OVER: Box = (0.0, 90.0, 200.0, 110.0)


def read(
    monkeypatch: pytest.MonkeyPatch,
    runs: Sequence[Run],
    *,
    unseen: str = "",
    is_veiled: bool = False,
    heights: dict[str, float] | None = None,
    **drawings: Any,
) -> tuple[str, list[str]]:
    """The runs that are seen, of one character each, and which were drawn to find out, drawing by drawing.

    A run's character is the handle of its object, and the handles come in the order of the characters.
    """
    drawing = Drawing(unseen)
    monkeypatch.setattr(seen, "traces", drawing.traces)
    monkeypatch.setattr(seen, "ranks", lambda _: {ord("a"): 3, ord("b"): 5, ord("c"): 7})
    monkeypatch.setattr(seen, "pointer", lambda handle: handle)
    page = SimpleNamespace(
        is_veiled=is_veiled,
        handle=None,
        bounds=lambda handle: (0.0, 50.0, 9.0, 50.0 + (heights or {}).get(chr(handle), 1.0)),
    )
    of_run = [Drawn(each, partial(handles_of, each.text)) for each in runs]
    found = seen_runs(
        of_run,
        sheet_of(600, 800),
        Drawings([], [], [], [], [], [])._replace(**drawings),
        cast(PdfiumPage, page),
    )
    return "".join(each.text for each in found), drawing.asked


def apart(text: str, **look: Any) -> list[Run]:
    """Runs of a character each that stand well apart on one line."""
    return [run(character, 20.0 * at, **look) for at, character in enumerate(text)]


def test_nothing_is_drawn_where_nothing_is_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, apart("abc"), unseen="abc") == ("abc", [])
    assert read(monkeypatch, []) == ("", [])
    elsewhere: Box = (0.0, 300.0, 200.0, 400.0)
    for kind in ("pictures", "dark"):
        given: dict[str, Any] = {kind: [elsewhere]}
        assert read(monkeypatch, apart("abc"), unseen="abc", **given) == ("abc", [])


def test_all_of_several_runs_over_a_picture_are_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = [run("a", 0), run("b", 300), run("c", 40), run("d", 60)]

    # Those that leave something stay where they were.
    assert read(monkeypatch, runs, unseen="ad", pictures=[(300, 300, 400, 400), OVER]) == ("bc", ["acd"])
    assert read(monkeypatch, runs, unseen="", pictures=[OVER]) == ("abcd", ["acd"])


def test_where_a_page_is_veiled_all_of_it_is_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, apart("abc"), unseen="b", is_veiled=True) == ("ac", ["abc"])


@pytest.mark.parametrize(
    ("box", "asked"),
    [
        # The middle of the character is 5 across and 96.2 down.
        ((5.0, 90.0, 9.0, 110.0), ["a"]),
        ((5.1, 90.0, 9.0, 110.0), []),
        ((0.0, 90.0, 5.0, 110.0), ["a"]),
        ((0.0, 90.0, 4.9, 110.0), []),
        ((0.0, 96.1, 9.0, 110.0), ["a"]),
        ((0.0, 96.3, 9.0, 110.0), []),
        ((0.0, 90.0, 9.0, 96.3), ["a"]),
        ((0.0, 90.0, 9.0, 96.1), []),
    ],
)
@pytest.mark.parametrize("kind", ["pictures", "dark", "covers"])
def test_a_run_is_where_its_middle_is(
    monkeypatch: pytest.MonkeyPatch, kind: str, box: Box, asked: list[str]
) -> None:
    given: dict[str, Any] = {kind: [(box, 9)] if kind == "covers" else [box]}

    assert read(monkeypatch, [run("a", 0)], **given) == ("a", asked)


@pytest.mark.parametrize(("shade", "asked"), [(0.0, ["a"]), (0.4, ["a"]), (0.41, [])])
def test_only_dark_letters_are_in_doubt_on_a_dark_ground(
    monkeypatch: pytest.MonkeyPatch, shade: float, asked: list[str]
) -> None:
    assert read(monkeypatch, [run("a", 0, shade=shade)], dark=[OVER]) == ("a", asked)


@pytest.mark.parametrize(
    ("rank", "asked"), [(3, ["d"]), (4, ["ad"]), (5, ["ad"]), (6, ["abd"]), (8, ["abcd"]), (0, [])]
)
def test_an_area_hides_only_what_was_drawn_before_it(
    monkeypatch: pytest.MonkeyPatch, rank: int, asked: list[str]
) -> None:
    # The objects rank 3, 5 and 7, and the last is drawn by one of which that is not known.
    runs = apart("abcd")

    assert read(monkeypatch, runs, covers=[(OVER, rank)]) == ("abcd", asked)
    # Of several areas the one that is drawn last counts.
    assert read(monkeypatch, runs, covers=[(OVER, rank), (OVER, 0)]) == ("abcd", asked)


def test_a_run_that_an_area_may_hide_in_part_is_in_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read(monkeypatch, [run("ac", 0)], covers=[(OVER, 4)]) == ("ac", ["ac"])


@pytest.mark.parametrize(
    ("size", "height", "text", "asked"),
    [
        (2.9, 2.9, "", ["a"]),
        (2.9, 3.0, "a", ["a"]),
        (2.9, 9.0, "a", ["a"]),
        (3.0, 2.9, "a", []),
        (10.0, 1.0, "a", []),
    ],
)
def test_type_that_is_a_speck_by_its_size_and_as_drawn_is_not_read(
    monkeypatch: pytest.MonkeyPatch, size: float, height: float, text: str, asked: list[str]
) -> None:
    runs = [run("a", 0, size=size)]

    assert read(monkeypatch, runs, heights={"a": height}) == (text, asked)
    # Also where an area stands on the page, somewhere else.
    elsewhere = [((300.0, 300.0, 400.0, 400.0), 9)]
    assert read(monkeypatch, runs, heights={"a": height}, covers=elsewhere) == (text, asked)


@pytest.mark.parametrize(
    ("place", "asked"),
    [
        # Two lines of ten points reach into each other by 2.1, and by 1.9.
        ((0.0, 107.9), ["ab", "a", "b"]),
        ((0.0, 108.1), ["ab"]),
        # Side by side, they touch, or one begins within the other.
        ((10.0, 100.0), ["ab"]),
        ((9.9, 100.0), ["ab", "a", "b"]),
        ((-10.0, 100.0), ["ab"]),
        ((-9.9, 100.0), ["ab", "a", "b"]),
    ],
)
def test_runs_over_one_another_are_taken_out_one_by_one(
    monkeypatch: pytest.MonkeyPatch, place: tuple[float, float], asked: list[str]
) -> None:
    runs = [run("a", 0), run("b", *place)]

    assert read(monkeypatch, runs, is_veiled=True) == ("ab", asked)


def test_those_of_different_places_are_taken_out_together(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = [run("a", 0), run("b", 2), run("c", 50), run("d", 52), run("e", 100)]

    assert read(monkeypatch, runs, is_veiled=True) == ("abcde", ["abcde", "ac", "bd"])
    # What leaves nothing is out of the question already.
    assert read(monkeypatch, runs, unseen="b", is_veiled=True) == ("acde", ["abcde", "c", "d"])


def test_runs_over_one_another_are_found_wherever_they_stand(monkeypatch: pytest.MonkeyPatch) -> None:
    # Far to the right and far down, with a line between them that was drawn meanwhile.
    for left, baseline in ((0.0, 100.0), (400.0, 100.0), (0.0, 700.0), (400.0, 700.0)):
        runs = [run("a", left, baseline), run("b", left, 400.0), run("c", left + 2, baseline)]
        assert read(monkeypatch, runs, is_veiled=True) == ("abc", ["abc", "a", "c"])


def test_of_many_over_one_another_only_so_many_are_taken_out(monkeypatch: pytest.MonkeyPatch) -> None:
    runs = [run(character, float(at)) for at, character in enumerate("abcdef")]

    assert read(monkeypatch, runs, is_veiled=True) == ("abcdef", ["abcdef", "a", "b", "c", "d"])


def test_what_one_leaves_in_the_place_of_another_does_not_save_it(monkeypatch: pytest.MonkeyPatch) -> None:
    answers: Iterator[list[bool]] = iter([[True, True], [True], [False]])
    monkeypatch.setattr(Drawing, "traces", lambda *_: next(answers))

    assert read(monkeypatch, [run("a", 0), run("b", 2)], is_veiled=True)[0] == "a"


# --- light letters -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shade", "ground", "expected"),
    [
        (0.5, None, [0.5]),
        (0.969, None, [0.969]),
        (0.97, None, []),
        (1.0, None, []),
        # On a dark ground that holds its middle: 5 across, 96.2 down.
        (1.0, (0, 90, 10, 110), [0.0]),
        (1.0, (5, 90, 5, 110), [0.0]),
        (1.0, (5.1, 90, 10, 110), []),
        (1.0, (0, 90, 4.9, 110), []),
        (1.0, (0, 96.3, 10, 110), []),
        (1.0, (0, 90, 10, 96.1), []),
        (1.0, (0, 96.1, 10, 96.3), [0.0]),
        # A dark letter there is left as it is.
        (0.5, (0, 90, 10, 110), [0.5]),
    ],
)
def test_light_letters_show_on_a_dark_ground(shade: float, ground: Box | None, expected: list[float]) -> None:
    found = seen_on([run("a", 0, shade=shade)], [ground] if ground else [], frozenset())

    assert [each.face.shade for each in found] == expected


def test_letters_of_a_face_that_shows_anyway_are_kept_and_those_behind_them_looked_at() -> None:
    hidden, white = Face("OCR", 10.0, 1.0), Face("SimSun", 10.0, 1.0)
    runs = [run(each, 20.0 * at, shade=1.0) for at, each in enumerate("abcd")]
    runs[0], runs[2] = runs[0].with_face(hidden), runs[2].with_face(white)
    found = list(seen_on([*runs, run("e", 99)], [(60, 90, 70, 110)], {hidden}))

    assert [(each.text, each.face.shade) for each in found] == [("a", 0.0), ("d", 0.0), ("e", 0.0)]
