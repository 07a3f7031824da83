"""Where the characters of a page begin, asked for when somebody wants to know."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from itertools import accumulate, compress, count, islice
from operator import and_, eq, is_, lt, not_

TYPE_CHECKING = False
if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from bulletin_lint.readers.pdf.page_frame import PageFrame
    from bulletin_lint.readers.pdf.pdfium import PdfiumPage


class Origins:
    """Where the characters of one page begin: fetched from the open page, later from it opened again.

    Boxes are wanted for the few characters that a violation stands on, and fetching the place of every
    one costs a tenth of reading the page.
    """

    def __init__(
        self, page: PdfiumPage, sheet: PageFrame, reopen: Callable[[], AbstractContextManager[PdfiumPage]]
    ) -> None:
        self._page: PdfiumPage | None = page
        self._sheet = sheet
        self._reopen = reopen
        self._count = 0
        self._xs: array[float] | None = None
        self._first: array[float] = array("d")
        self._shifts: dict[int, tuple[float, float]] = {}
        self._numbers: Sequence[int] | None = None
        self.inserted: dict[int, float] = {}
        """The left ends of spaces that PDFium put in for a glyph, by index."""

    def close(self, count: int, first: int = 0) -> None:
        """Lets go of the open page, which has so many characters; of the `first` the places will be asked
        for later.
        """
        first = min(first, count)
        if first and self._page is not None:
            self._first = self._across(*self._page.origins(range(first)))
        if self._page is not None:
            self._shifts, self._numbers = self._page.shifts, self._page.numbers
        self._page, self._count = None, count

    def __call__(self, start: int, end: int, right: float) -> array[float]:
        """The left ends of characters of one run that ends at `right`."""
        if self._page is not None:
            lefts = self._across(*self._page.origins(range(start, end)))
        elif end <= len(self._first):
            lefts = self._first[start:end]
        else:
            if self._xs is None:
                with self._reopen() as page:
                    page.shifts, page.numbers = self._shifts, self._numbers
                    self._xs = self._across(*page.origins(range(self._count)))
            lefts = self._xs[start:end]
        if self.inserted:
            for index in range(start, end):
                if index in self.inserted:
                    lefts[index - start] = self.inserted[index]
        if all(map(lt, lefts, islice(lefts, 1, None))):
            return lefts
        return spread(array("d", accumulate(lefts, max)), right)

    def _across(self, xs: list[float], ys: list[float]) -> array[float]:
        place = self._sheet.place
        if not self._sheet.quarter_turns:
            shift = place(0.0, 0.0)[0]
            return array("d", [x + shift for x in xs])
        return array("d", [place(x, y)[0] for x, y in zip(xs, ys, strict=True)])


def spread(lefts: Sequence[float], right: float) -> array[float]:
    """Left ends in which characters that share one, those of a ligature, share its width."""
    spread = array("d", lefts)
    at = 0
    while at < len(spread):
        end = at + 1
        while end < len(spread) and lefts[end] == lefts[at]:
            end += 1
        width = (lefts[end] if end < len(spread) else right) - lefts[at]
        for index in range(at, end):
            spread[index] = lefts[at] + width * (index - at) / (end - at)
        at = end
    return spread


def shifts_of(
    page: PdfiumPage, starts: Sequence[int], places: Sequence[tuple[float, float]], count: int
) -> dict[int, tuple[float, float]]:
    """By how much the origins are wrong that PDFium gives as if the form that draws the characters were not
    moved, as it does for those that ActualText explains; by index.

    `starts` and `places` are those of the objects that draw the characters, of which there are `count`.
    `PdfiumPage.shapes` must have met the forms.
    """
    shifts: dict[int, tuple[float, float]] = {}
    if not page.frames:
        return shifts
    for number, (x, y) in enumerate(zip(*page.origins(starts), strict=True)):
        right_x, right_y = places[number]
        if abs(right_x - x) + abs(right_y - y) < 1.0:
            continue
        for a, b, c, d, e, f in page.frames:
            if abs(a * x + c * y + e - right_x) + abs(b * x + d * y + f - right_y) < 1.0:
                end = starts[number + 1] if number + 1 < len(starts) else count
                shifts.update(dict.fromkeys(range(starts[number], end), (right_x - x, right_y - y)))
                break
    return shifts


def turns_of(faces: Sequence[object], beginnings: Sequence[tuple[float, float]]) -> list[int]:
    """The numbers of the objects that are set in another face than the one before, at another height, or do
    not begin right of it.
    """
    if len(faces) < 2:
        return []
    xs, ys = zip(*beginnings, strict=True)
    goes_on = map(
        and_,
        map(and_, map(is_, faces, islice(faces, 1, None)), map(eq, ys, islice(ys, 1, None))),
        map(lt, xs, islice(xs, 1, None)),
    )
    return list(compress(count(1), map(not_, goes_on)))


def between(lone: Mapping[int, list[float]], before: float, after: float, height: float) -> float | None:
    """The first of some places, by height, that lies between two characters which stand at a height."""
    for key in (int(height) - 1, int(height), int(height) + 1):
        places = lone.get(key)
        if places:
            index = bisect_left(places, before + 0.01)
            if index < len(places) and places[index] <= after + 0.01:
                return places[index]
    return None
