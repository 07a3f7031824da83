"""Places: spans inside, lines and columns and boxes outside."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate

from bulletin_lint._typing import NamedTuple

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom in points from the page's top left corner (pdfplumber's convention)."""


class Span(NamedTuple):
    """A half-open range of code-point offsets."""

    start: int
    end: int


class PageBox(NamedTuple):
    """A rectangle on a page; pages count from 1."""

    page: int
    box: Box


class StoryPlace(NamedTuple):
    """Where a span stands in a document that has neither lines nor pages of its own."""

    story: str
    """``body``, ``box`` (a text box), ``header``, ``footer``, ``footnotes`` or ``endnotes``."""
    path: str
    """The way to the paragraph from the root of its part, elements counted as the file has them, from 1."""
    heading: str = ""
    """The title of its article, or the section heading above it; empty where there is none."""
    table: int = 0
    """Which table of data it stands in, from 1; 0 for none."""
    row: int = 0
    is_imprint: bool = False
    """Whether it stands below the articles, among who gets the bulletin and who made it."""


class Location(NamedTuple):
    """Where a reader finds a span. Lines and columns are 1-based code points, the end exclusive.

    A text source has no boxes. For a PDF, line and column speak of the text that
    `bulletin-lint extract` prints, and there is a box for every line of every page touched. For a Word
    document they speak of that text too, where a line is a paragraph, and `story` says where it stands.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    boxes: tuple[PageBox, ...] = ()
    story: StoryPlace | None = None

    @property
    def page(self) -> int | None:
        """The page of the first box, or None for a text source."""
        return self.boxes[0].page if self.boxes else None

    @property
    def has_lines(self) -> bool:
        """Whether the file itself has the line, so that an editor can open it there."""
        return not self.boxes and self.story is None


class LineIndex:
    """Offset to line and column, for text whose lines end in LF, CRLF or CR."""

    __slots__ = ("_starts",)

    def __init__(self, text: str) -> None:
        # str.splitlines also breaks at form feeds and Unicode separators; editors do not.
        if "\r" in text:
            text = text.replace("\r\n", " \n").replace("\r", "\n")
        # The last line has no break after it, so no line begins there.
        self._starts = list(accumulate([len(line) + 1 for line in text.split("\n")][:-1], initial=0))

    def position(self, offset: int) -> tuple[int, int]:
        """The 1-based line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def line_start(self, line: int) -> int:
        """The offset at which a 1-based line begins."""
        return self._starts[line - 1]

    def __len__(self) -> int:
        return len(self._starts)
