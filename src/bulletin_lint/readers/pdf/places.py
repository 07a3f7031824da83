"""Where each character of a PDF's text stands: spans of the text to boxes on the pages."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence

from bulletin_lint.model.location import Box, Location, PageBox
from bulletin_lint.readers.pdf.page import ASCENT, DESCENT, Run


class PdfPlaces:
    """Turns spans of a PDF's text into boxes on its pages."""

    __slots__ = ("_laid", "_length", "_rows", "_starts")

    def __init__(self, laid: Mapping[int, Callable[[Box], Box]] | None = None) -> None:
        """`laid` are the pages that were turned to be read, by number, each with the way from a box on the
        page as it was read to one on the page as it is shown.
        """
        self._laid = laid or {}
        self._starts: list[int] = []
        self._rows: list[tuple[int, Sequence[Run]]] = []
        """Of each row the page and the runs."""
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def add_row(self, page: int, runs: Sequence[Run], length: int) -> int:
        """What follows in the text are these runs with so many characters, a row of their own; returns
        where they begin.
        """
        start = self._length
        self._starts.append(start)
        self._rows.append((page, runs))
        self._length = start + length
        return start

    def add_undrawn(self) -> None:
        """The next character of the text is not drawn."""
        self._length += 1

    def locate(self, start: int, end: int) -> Location:
        """One box for every row that the span touches; an empty span is placed on its neighbour.

        A box is as high as the em box of an ideograph: what fonts say of their height differs by
        several points for letters that look the same.
        """
        boxes = self._row_boxes(start, end)
        if not boxes:
            boxes = self._row_boxes(*self._neighbour(start))
        return Location(1, 1, 1, 1, tuple(boxes))

    def shown(self, page: int, box: Box) -> Box:
        """A box on a page as it was read, on the page as it is shown."""
        turned_back = self._laid.get(page)
        return box if turned_back is None else turned_back(box)

    def line_text(self, line: int) -> str:
        """Empty: the lines of a PDF are those of the document's text."""
        return ""

    def _row_boxes(self, start: int, end: int) -> list[PageBox]:
        boxes: list[PageBox] = []
        index = max(0, bisect_right(self._starts, start) - 1)
        while index < len(self._starts) and self._starts[index] < end:
            page, runs = self._rows[index]
            begin = self._starts[index]
            found = list(_run_boxes(runs, start - begin, end - begin))
            if found:
                x0, top, x1, bottom = zip(*found, strict=True)
                boxes.append(PageBox(page, self.shown(page, (min(x0), min(top), max(x1), max(bottom)))))
            index += 1
        return boxes

    def _neighbour(self, offset: int) -> tuple[int, int]:
        """The nearest drawn character: the one before the offset, else one after it."""
        at = max(0, bisect_right(self._starts, max(0, offset - 1)) - 1)
        for index in [*range(at, -1, -1), *range(at + 1, len(self._starts))]:
            begin, (_, runs) = self._starts[index], self._rows[index]
            length = sum(len(run.text) for run in runs)
            before = range(min(offset - begin, length) - 1, -1, -1)
            after = range(max(0, offset - begin), length)
            for place in [*before, *after]:
                if any(_run_boxes(runs, place, place + 1)):
                    return begin + place, begin + place + 1
        return 0, 0


def _run_boxes(runs: Sequence[Run], start: int, end: int) -> Iterator[Box]:
    """The boxes of those characters of a row that lie in a span of it, one for each run."""
    begin = 0
    for index, run in enumerate(runs):
        first, stop = max(0, start - begin), min(len(run.text), end - begin)
        begin += len(run.text)
        if first >= stop:
            continue
        left = run.lefts[first] if first else run.left
        if stop < len(run.text):
            right = run.lefts[stop]
        elif index + 1 < len(runs):
            # Where marks are set closer than they are wide, the next one's left end comes first.
            right = max(run.last, min(run.right, runs[index + 1].left))
        else:
            right = run.right
        if right > left:
            size = run.face.size
            yield (
                round(left, 2),
                round(run.baseline - ASCENT * size, 2),
                round(right, 2),
                round(run.baseline + DESCENT * size, 2),
            )
