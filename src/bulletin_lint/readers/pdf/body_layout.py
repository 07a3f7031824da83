"""What the lines of a PDF have in common: the size, margins, leading and fonts of its body."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from bulletin_lint.matching.patterns import compiled
from bulletin_lint.readers.pdf.page import Face, Page, Row

_BOLD = compiled("bold|black|heavy|demi", re.I)
_BLACK_TYPE = compiled("hei|黑", re.I)
_BOLD_OR_BLACK = compiled(f"{_BOLD.pattern}|{_BLACK_TYPE.pattern}", re.I)


_HANGING = frozenset("，。、")
JUSTIFIED = 3
"""So many lines that end at one place show where the text ends."""
APART = 1.4
"""So many times the leading parts paragraphs in any document."""
LEAST_APART = 1.15
"""In one without indents whose other lines all stand at the leading, so many times as much does."""
EVEN = 1.04
"""Lines stand at the leading up to so many times as far from one another."""


class BodyLayout:
    """What the lines of a document have in common: the size, margins, leading and font of its body."""

    def __init__(self, pages: Sequence[Page], rows: Sequence[Row], size: float) -> None:
        self.size = size
        text = [row for row in rows if row.kind == "text"]
        self.bold_fonts = _bold_fonts(text)
        for row in text:
            if len(row.runs) == 1 and not self.is_bold(row.runs[0].face):
                # Most lines.
                continue
            flags = [self.is_bold(run.face) for run in row.runs if has_words(run.text)]
            if True in flags:
                row.bold, row.has_bold = False not in flags, True
        body = [row for row in text if abs(row.size - size) < 0.6]
        self._find_margins(pages, [row for row in body if row.column is None])
        for row in text:
            row.indent = (row.x0 - (row.column[0] if row.column else self.left[row.page])) / size
        indents = [row.indent for row in body]
        indented = sum(1.5 <= indent <= 2.6 for indent in indents)
        self.indents = indented >= 2 and indented * 12 >= len(body)
        """Paragraphs begin with an indent of two characters."""
        steps = [
            after.baseline - before.baseline
            for before, after in pairwise(body)
            if before.page == after.page and 0 < after.baseline - before.baseline < 3 * size
        ]
        # The lower quartile: where paragraphs are short and set apart, most steps are no leading.
        self.leading = sorted(steps)[len(steps) // 4] if steps else 1.5 * size
        self.apart = APART * self.leading if self.indents else _threshold(steps, self.leading)
        """Points from one baseline to the next from which on they stand apart."""
        self.spaced = sum(step > self.apart for step in steps) * 12 >= len(body)
        """Paragraphs are set apart by distance."""
        self.middles = {page.number: page.width / 2 for page in pages}
        for row in text:
            row.centred = self._is_centred(row)

    def _find_margins(self, pages: Sequence[Page], body: Sequence[Row]) -> None:
        """The body's left and right edges on each page; facing pages have edges of their own.

        The right edge is as far from the left one as the body is wide on any page, hanging marks left aside.
        """
        by_page: dict[int, list[Row]] = {page.number: [] for page in pages}
        for row in body:
            by_page[row.page].append(row)
        shared = {number: self._shared_edge(rows) for number, rows in by_page.items()}
        known = [edge for edge in shared.values() if edge is not None]
        everywhere = min(known) if known else min((row.x0 for row in body), default=0.0)
        left = {number: everywhere if edge is None else edge for number, edge in shared.items()}
        width = self._width([row for row in body if row.text[-1] not in _HANGING], left)
        whole = max((row.x1 - left[row.page] for row in body), default=0.0)
        if whole - width < 0.6 * self.size:
            width = whole
        for number, edge in left.items():
            # A page of short lines (an imprint, a list) need not touch the edge that others keep to.
            widest = max((row.x1 - edge for row in by_page[number]), default=0.0)
            if edge - everywhere > self.size and widest < 0.9 * width:
                left[number] = everywhere
        self.left = left
        self.right = {number: edge + width for number, edge in left.items()}

    def _width(self, body: Sequence[Row], left: Mapping[int, float]) -> float:
        """How far lines reach that end in no mark which may hang over the edge; a length that none has where
        not several reach as far.
        """
        reach = sorted((row.x1 - left[row.page] for row in body), reverse=True)
        if len(reach) < JUSTIFIED or reach[0] - reach[JUSTIFIED - 1] > 0.1 * self.size:
            return float("inf")
        return reach[0]

    def _shared_edge(self, rows: Sequence[Row]) -> float | None:
        """The edge that most lines of a page keep to, those indented from it by two characters counted;
        None where there are no two. Of equals the leftmost: recipients may hang outside the text.
        """
        edges: list[tuple[float, int]] = []
        for x0 in sorted(row.x0 for row in rows):
            if edges and x0 - edges[-1][0] < 0.3 * self.size:
                edges[-1] = edges[-1][0], edges[-1][1] + 1
            else:
                edges.append((x0, 1))
        best, most = None, 1
        for at, (edge, count) in enumerate(edges):
            for indented, others in edges[at + 1 : at + 4]:
                if 1.8 * self.size < indented - edge < 2.3 * self.size:
                    count += others
            if count > most:
                best, most = edge, count
        return best

    def is_bold(self, face: Face) -> bool:
        """Whether characters in this face stand out in bold or black type."""
        return face.heavy or face.font in self.bold_fonts

    def edges(self, row: Row) -> tuple[float, float]:
        """The left and right edge of the body, or of the column, where a row stands."""
        return row.column or (self.left[row.page], self.right[row.page])

    def _is_centred(self, row: Row) -> bool:
        """Whether a line stands in the middle of the body or of the page, clear of both edges.

        A line in larger type than the body may reach from edge to edge: it is a title's.
        """
        left, right = self.edges(row)
        title = row.size > 1.1 * self.size
        if not title and (row.x0 - left < row.size or right - row.x1 < row.size):
            return False
        body_like = abs(row.size - self.size) < 0.6
        if self.indents and body_like and abs(row.indent - 2) < 0.4:
            # A paragraph or a section of one line that happens to end two characters before the edge.
            return False
        middle, near = (row.x0 + row.x1) / 2, 0.75 * self.size
        return abs(middle - (left + right) / 2) < near or (
            row.column is None and abs(middle - self.middles[row.page]) < near
        )


def _threshold(steps: Sequence[float], leading: float) -> float:
    """The distance from which lines stand apart: less than usual where the steps are of two kinds and none
    lies between them, lines of one paragraph and those that begin the next.
    """
    usual = APART * leading
    wide = [step for step in steps if step > EVEN * leading]
    if not wide or len(wide) * 12 < len(steps) or min(wide) >= usual or min(wide) < LEAST_APART * leading:
        return usual
    return (EVEN * leading + min(wide)) / 2


def _bold_fonts(rows: Sequence[Row]) -> frozenset[str]:
    """The fonts in which words stand out from the body: bold ones, and black type (黑体) beside another."""
    fonts: dict[str, int] = {}
    for row in rows:
        for run in row.runs:
            font = run.face.font
            fonts[font] = fonts.get(font, 0) + len(run.text)
    body = max(fonts, key=lambda font: fonts[font], default="")
    # Beside a body that is itself in black type (微软雅黑), black type is nothing special.
    heavy = _BOLD if _BLACK_TYPE.search(body) else _BOLD_OR_BLACK
    return frozenset(font for font in fonts if font != body and heavy.search(font))


def has_words(text: str) -> bool:
    """Whether there is a letter, an ideograph or a figure in it: most often the first character is one."""
    return text[0].isalnum() or any(map(str.isalnum, text))
