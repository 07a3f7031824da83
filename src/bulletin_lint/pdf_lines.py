"""From the pages of a PDF to lines of text: pure geometry, no engine.

A line's place on the page says what begins a paragraph and what goes on from the line before.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from bulletin_lint.document import Line
from bulletin_lint.location import Box, Location, PageBox
from bulletin_lint.pdf_furniture import mark_page_furniture
from bulletin_lint.pdf_page import Glyph, Page, Row
from bulletin_lint.pdf_rows import page_rows

_CANNOT_BEGIN = frozenset("，。、；：？！”’）》〉】」』〕％,.;:?!)]}%…—")
_CANNOT_END = frozenset("“‘（《〈【「『〔([{")
_SENTENCE_ENDS = frozenset("。！？；")
_DOUBLE_RULE = 6.0
"""Points: two rules this close are one (a thick one over a thin one)."""


_BOLD = re.compile("bold|black|heavy|demi", re.I)
_BLACK_TYPE = re.compile("hei|黑", re.I)
_BOLD_OR_BLACK = re.compile(f"{_BOLD.pattern}|{_BLACK_TYPE.pattern}", re.I)


class PdfPlaces:
    """Turns spans of a PDF's text into boxes on its pages."""

    __slots__ = ("_boxes", "_pages", "_starts")

    def __init__(self) -> None:
        self._boxes = array("f")
        self._starts: list[int] = []
        self._pages: list[int] = []

    def __len__(self) -> int:
        return len(self._boxes) // 4

    def begin_row(self, page: int) -> None:
        """What is added next stands in a row of its own on that page."""
        self._starts.append(len(self))
        self._pages.append(page)

    def add(self, box: Box) -> None:
        """The place of the next character of the text; an empty box for one that is not drawn."""
        self._boxes.extend(box)

    def locate(self, start: int, end: int) -> Location:
        """One box for every row that the span touches; an empty span is placed on its neighbour."""
        boxes = self._row_boxes(start, end)
        if not boxes:
            boxes = self._row_boxes(*self._neighbour(start))
        return Location(1, 1, 1, 1, tuple(boxes))

    def line_text(self, line: int) -> str:
        """Empty: the lines of a PDF are those of the document's text."""
        return ""

    def _row_boxes(self, start: int, end: int) -> list[PageBox]:
        boxes: list[PageBox] = []
        row = max(0, bisect_right(self._starts, start) - 1)
        while row < len(self._starts) and self._starts[row] < end:
            stop = self._starts[row + 1] if row + 1 < len(self._starts) else len(self)
            drawn = [
                self._boxes[4 * index : 4 * index + 4]
                for index in range(max(start, self._starts[row]), min(end, stop))
                if self._is_drawn(index)
            ]
            if drawn:
                boxes.append(
                    PageBox(
                        self._pages[row],
                        (
                            round(min(box[0] for box in drawn), 2),
                            round(min(box[1] for box in drawn), 2),
                            round(max(box[2] for box in drawn), 2),
                            round(max(box[3] for box in drawn), 2),
                        ),
                    )
                )
            row += 1
        return boxes

    def _is_drawn(self, index: int) -> bool:
        return self._boxes[4 * index + 2] > self._boxes[4 * index]

    def _neighbour(self, offset: int) -> tuple[int, int]:
        """The nearest drawn character: the one before the offset, else one after it."""
        for index in [*range(min(offset, len(self)) - 1, -1, -1), *range(offset, len(self))]:
            if self._is_drawn(index):
                return index, index + 1
        return 0, 0


class _Layout:
    """What the lines of a document have in common: the size, margins, leading and font of its body."""

    def __init__(self, pages: Sequence[Page], rows: Sequence[Row], size: float) -> None:
        self.size = size
        text = [row for row in rows if row.kind == "text"]
        self.bold_fonts = _bold_fonts(text)
        for row in text:
            row.bold = all(map(self.is_bold, row.drawn))
        body = [row for row in text if abs(row.size - size) < 0.6]
        self._find_margins(pages, body)
        indents = [self.indent(row) for row in body]
        indented = sum(1.5 <= indent <= 2.6 for indent in indents)
        self.indents = indented >= 2 and indented * 12 >= len(body)
        """Paragraphs begin with an indent of two characters."""
        steps = [
            after.baseline - before.baseline
            for before, after in pairwise(body)
            if before.page == after.page and after.baseline - before.baseline < 3 * size
        ]
        # The lower quartile: where paragraphs are short and set apart, most steps are no leading.
        self.leading = sorted(steps)[len(steps) // 4] if steps else 1.5 * size
        self.spaced = sum(step > 1.4 * self.leading for step in steps) * 12 >= len(body)
        """Paragraphs are set apart by distance."""
        self.middles = {page.number: page.width / 2 for page in pages}

    def _find_margins(self, pages: Sequence[Page], body: Sequence[Row]) -> None:
        """The body's left and right edges on each page; facing pages have edges of their own.

        The right edge is as far from the left one as the body is wide on any page.
        """
        by_page: dict[int, list[Row]] = {page.number: [] for page in pages}
        for row in body:
            by_page[row.page].append(row)
        shared = {number: self._shared_edge(rows) for number, rows in by_page.items()}
        known = [edge for edge in shared.values() if edge is not None]
        everywhere = min(known) if known else min((row.x0 for row in body), default=0.0)
        left = {number: everywhere if edge is None else edge for number, edge in shared.items()}
        width = max((row.x1 - left[row.page] for row in body), default=0.0)
        for number, edge in left.items():
            # A page of short lines (an imprint, a list) need not touch the edge that others keep to.
            widest = max((row.x1 - edge for row in by_page[number]), default=0.0)
            if edge - everywhere > self.size and widest < 0.9 * width:
                left[number] = everywhere
        self.left = left
        self.right = {number: edge + width for number, edge in left.items()}

    def _shared_edge(self, rows: Sequence[Row]) -> float | None:
        """The leftmost edge that two lines of a page keep to, or one to which others are indented."""
        edges = sorted(row.x0 for row in rows)
        for index, (edge, following) in enumerate(pairwise(edges)):
            if following - edge < 0.3 * self.size:
                if index and 1.5 * self.size < edge - edges[index - 1] < 2.6 * self.size:
                    return edges[index - 1]
                return edge
        return None

    def is_bold(self, glyph: Glyph) -> bool:
        """Whether a character stands out in bold or black type."""
        return glyph.doubled or glyph.font in self.bold_fonts

    def indent(self, row: Row) -> float:
        """How far a row stands in from the left edge, in characters of the body."""
        return (row.x0 - self.left[row.page]) / self.size

    def is_centred(self, row: Row) -> bool:
        """Whether a line stands in the middle of the body or of the page, clear of both edges.

        A line in larger type than the body may reach from edge to edge: it is a title's.
        """
        left, right = self.left[row.page], self.right[row.page]
        title = row.size > 1.1 * self.size
        if not title and (row.x0 - left < row.size or right - row.x1 < row.size):
            return False
        body_like = not row.bold and abs(row.size - self.size) < 0.6
        if self.indents and body_like and abs(self.indent(row) - 2) < 0.4:
            # A paragraph of one line that happens to end two characters before the edge.
            return False
        middle = (row.x0 + row.x1) / 2
        return any(abs(middle - at) < 0.75 * self.size for at in ((left + right) / 2, self.middles[row.page]))


def arrange(pages: Sequence[Page]) -> tuple[str, tuple[Line, ...], PdfPlaces]:
    """The text of the pages with a line feed after each line, the lines, and where each character stands."""
    size = _body_size(pages)
    rows = [row for page in pages for row in page_rows(page, size)]
    rows = mark_page_furniture(pages, rows, size)
    writer = _Writer(_Layout(pages, rows, size))
    for row in rows:
        writer.write(row)
    return "".join(writer.parts), tuple(writer.lines), writer.places


def _body_size(pages: Sequence[Page]) -> float:
    """The font size of most of the text, to half a point; 1 where there is none."""
    sizes: dict[float, int] = {}
    for page in pages:
        for glyph in page.glyphs:
            size = round(2 * glyph.size) / 2
            sizes[size] = sizes.get(size, 0) + 1
    return max(sizes, key=lambda size: sizes[size], default=1.0) or 1.0


def _bold_fonts(rows: Sequence[Row]) -> frozenset[str]:
    """The fonts in which words stand out from the body: bold ones, and black type (黑体) beside another."""
    fonts: dict[str, int] = {}
    for row in rows:
        for glyph in row.glyphs:
            fonts[glyph.font] = fonts.get(glyph.font, 0) + 1
    body = max(fonts, key=lambda font: fonts[font], default="")
    # Beside a body that is itself in black type (微软雅黑), black type is nothing special.
    heavy = _BOLD if _BLACK_TYPE.search(body) else _BOLD_OR_BLACK
    return frozenset(font for font in fonts if font != body and heavy.search(font))


class _Writer:
    """Writes rows into the text, and says of each how it stands to the one before."""

    def __init__(self, layout: _Layout) -> None:
        self.parts: list[str] = []
        self.lines: list[Line] = []
        self.places = PdfPlaces()
        self._layout = layout
        self._previous: Row | None = None
        self._last = ""
        """The last character of the previous text line."""
        self._joined = False
        self._begun_at_edge = False
        """The paragraph under way begins without an indent."""
        self._gap = False
        self._rule: tuple[int, float] | None = None

    def write(self, row: Row) -> None:
        """Adds a row's characters to the text and its line to the lines."""
        if row.kind == "rule":
            self._write_rule(row)
            return
        if row.kind == "table":
            self._write_table(row)
        elif row.kind == "furniture":
            span = self._add(row.page, row.glyphs)
            self.lines.append(
                Line(
                    (span,),
                    kind="furniture",
                    furniture=row.furniture,
                    page=row.page,
                    size=row.size,
                    joins=False,
                )
            )
        else:
            self._write_text(row)
        self._add_undrawn("\n")

    def _write_rule(self, row: Row) -> None:
        left, right = self._layout.left[row.page], self._layout.right[row.page]
        if row.x1 - row.x0 < 0.5 * (right - left):
            return
        if self._rule is None or self._rule[0] != row.page or row.baseline - self._rule[1] > _DOUBLE_RULE:
            self.lines.append(Line((), kind="rule", page=row.page, joins=False))
        self._rule = (row.page, row.baseline)
        self._gap = True
        self._previous = None

    def _write_text(self, row: Row) -> None:
        layout, previous = self._layout, self._previous
        gap = self._gap or (previous is not None and self._stands_apart(previous, row))
        indent = layout.indent(row)
        joins = False if previous is None else self._joins(previous, row, gap=gap)
        if not joins:
            self._begun_at_edge = indent < 1
        span = self._add(row.page, row.glyphs)
        self.lines.append(
            Line(
                (span,),
                bold=self._bold_spans(row, span),
                indent=max(0, round(2 * indent)),
                gap=gap,
                joins=joins,
                page=row.page,
                size=row.size,
                centred=layout.is_centred(row),
            )
        )
        self._previous = row
        self._last = row.text[-1]
        self._joined = bool(joins)
        self._gap = False

    def _write_table(self, row: Row) -> None:
        cells: list[tuple[int, int]] = []
        for number, lines in enumerate(row.cells):
            if number:
                self._add_undrawn("\t")
            spans: list[tuple[int, int]] = []
            for glyphs in lines:
                if spans and self.parts[-1][-1:].isascii() and glyphs[0].text.isascii():
                    self._add_undrawn(" ")
                spans.append(self._add(row.page, glyphs))
            at = len(self.places)
            cells.append((spans[0][0], spans[-1][1]) if spans else (at, at))
        pieces = tuple(cell for cell in cells if cell[0] < cell[1])
        self.lines.append(
            Line(pieces, kind="table", page=row.page, joins=False, gap=self._gap, cells=tuple(cells))
        )
        self._previous = None
        self._gap = False

    def _add(self, page: int, glyphs: Sequence[Glyph]) -> tuple[int, int]:
        """Adds glyphs as one row on the page; returns the span without white space at its ends."""
        self.places.begin_row(page)
        start = len(self.places)
        for glyph in glyphs:
            width = (glyph.x1 - glyph.x0) / len(glyph.text)
            for index in range(len(glyph.text)):
                left = glyph.x0 + index * width
                self.places.add((left, glyph.top, left + width, glyph.bottom))
        text = "".join(glyph.text for glyph in glyphs)
        self.parts.append(text)
        return start + len(text) - len(text.lstrip()), start + len(text.rstrip())

    def _add_undrawn(self, character: str) -> None:
        self.parts.append(character)
        self.places.add((0.0, 0.0, 0.0, 0.0))

    def _bold_spans(self, row: Row, span: tuple[int, int]) -> tuple[tuple[int, int], ...]:
        """The bold stretches of a row just added, as spans of the text; a space does not interrupt one."""
        spans: list[tuple[int, int]] = []
        runs = False
        end = len(self.places)
        for glyph in reversed(row.glyphs):
            start = end - len(glyph.text)
            if not glyph.text.isspace():
                bold = self._layout.is_bold(glyph)
                if bold and runs:
                    spans[-1] = (start, spans[-1][1])
                elif bold:
                    spans.append((start, end))
                runs = bold
            end = start
        return tuple(reversed(spans))

    def _stands_apart(self, previous: Row, row: Row) -> bool:
        """Whether more than a line's distance parts two lines, or the end of a page."""
        if previous.page != row.page:
            return True
        largest = max(row.size, previous.size, self._layout.size) / self._layout.size
        return row.baseline - previous.baseline > 1.4 * self._layout.leading * largest

    def _joins(self, previous: Row, row: Row, *, gap: bool) -> bool | None:
        """Whether a line goes on from the one before; None where its place does not say."""
        layout = self._layout
        turned = previous.page != row.page
        if abs(previous.size - row.size) > 0.04 * row.size or (gap and not turned):
            return False
        room = layout.right[previous.page] - previous.x1
        # Had the first word of this line fitted there, the line before would not have ended.
        full = room < _first_word(row) + layout.size
        if layout.is_centred(row):
            width = layout.right[previous.page] - layout.left[previous.page]
            wrapped = full or (layout.is_centred(previous) and previous.x1 - previous.x0 > 0.5 * width)
            title = row.size > 1.1 * layout.size or (row.bold and previous.bold)
            return wrapped and title and not turned
        if layout.indent(row) >= 1:
            return full and self._hangs(previous, row)
        if not self._joined and layout.indent(previous) > 3.2:
            # An attribution at the right edge, a short centred line: no paragraph begins so far in.
            return False
        if full and self._begun_at_edge and self._last in _SENTENCE_ENDS and not layout.spaced:
            # Where neither indent nor distance marks paragraphs, a full line may well end one.
            return None
        # In a text with indents a line without one goes on from the line before, if that is fairly full.
        return full or (layout.indents and not self._begun_at_edge and room < 3 * layout.size)

    def _hangs(self, previous: Row, row: Row) -> bool:
        """Whether a line hangs below the words after a label that stands at the edge."""
        if previous.page != row.page or not self._begun_at_edge or previous.bold != row.bold:
            return False
        if self._joined:
            return abs(previous.x0 - row.x0) < 0.3 * row.size
        return self._last not in _SENTENCE_ENDS


def _first_word(row: Row) -> float:
    """The width of what cannot be parted at the start of a line."""
    glyphs = [glyph for glyph in row.glyphs if not glyph.text.isspace() or glyph.x0 > row.x0]
    last = len(glyphs) - 1
    index = 0
    while index < last and glyphs[index].text in _CANNOT_END:
        index += 1
    if _is_latin(glyphs[index]):
        while index < last and _is_latin(glyphs[index + 1]):
            index += 1
    while index < last and glyphs[index + 1].text in _CANNOT_BEGIN:
        index += 1
    return glyphs[index].x1 - glyphs[0].x0


def _is_latin(glyph: Glyph) -> bool:
    return glyph.text.isascii() and not glyph.text.isspace()
