"""Tables of a web page: data, of which each row is a line, or a layout, of which each cell holds text."""

from __future__ import annotations

from bulletin_lint.matching.patterns import compiled
from bulletin_lint.readers.html.paragraphs import PageParagraph

LONGEST_CELL = 200
"""Characters; what is longer is text that a layout puts into a cell."""
_MOST_PARAGRAPHS = 4
"""Paragraphs of a cell of data."""
_LABELLED = r"[^:：]{1,12}[:：].*"

CellParagraphs = list[PageParagraph]


class WebTable:
    """The cells of a table that is being read."""

    __slots__ = ("first", "has_inner", "rows")

    def __init__(self, first: int) -> None:
        self.first = first
        """How many paragraphs stood before it."""
        self.has_inner = False
        self.rows: list[list[CellParagraphs]] = []

    def begin_row(self) -> None:
        """Begins a row, unless the one before has no cell yet."""
        if not self.rows or self.rows[-1]:
            self.rows.append([])

    def begin_cell(self) -> None:
        """Begins a cell."""
        if not self.rows:
            self.rows.append([])
        self.rows[-1].append([])

    def add(self, paragraph: PageParagraph) -> None:
        """Adds a paragraph to the cell that was begun last; one outside of cells is in none."""
        if self.rows and self.rows[-1]:
            self.rows[-1][-1].append(paragraph)

    def lines(self, paragraphs: list[PageParagraph]) -> list[PageParagraph]:
        """The lines of the table; `paragraphs` are all that stand in it, in order."""
        if not self._is_data():
            return _with_values(paragraphs, self.rows)
        in_cells = {id(paragraph) for row in self.rows for cell in row for paragraph in cell}
        captions = [paragraph for paragraph in paragraphs if id(paragraph) not in in_cells]
        rows = [_row(row) for row in self.rows if any(row)]
        for number, row in enumerate(rows, 1):
            row.row = number
        return [*captions, *rows]

    def _is_data(self) -> bool:
        if self.has_inner:
            return False
        filled = [row for row in self.rows if any(row)]
        if len(filled) < 2 or max(map(len, filled)) < 2:
            return False
        cells = [cell for row in filled for cell in row if cell]
        if any(
            len(cell) > _MOST_PARAGRAPHS or sum(len(each.text) for each in cell) > LONGEST_CELL
            for cell in cells
        ):
            return False
        if all(len([cell for cell in row if cell]) < 2 for row in filled):
            return False
        return not _is_of_labels(filled)


def _is_of_labels(rows: list[list[CellParagraphs]]) -> bool:
    """Whether every cell is a label with its value, or the value of the label before it."""
    is_labelled = compiled(_LABELLED).fullmatch
    for row in rows:
        before = ""
        for cell in row:
            if not cell:
                continue
            text = cell[0].text
            if not (is_labelled(text) or before.endswith((":", "："))):
                return False
            before = cell[-1].text
    return True


def _with_values(paragraphs: list[PageParagraph], rows: list[list[CellParagraphs]]) -> list[PageParagraph]:
    """The paragraphs of a layout; a cell that ends in a colon is one with the next."""
    dropped: set[int] = set()
    for row in rows:
        before: PageParagraph | None = None
        for cell in row:
            if not cell:
                continue
            if before is not None and before.text.endswith((":", "：")) and len(cell) == 1:
                _append(before, cell[0], "")
                dropped.add(id(cell[0]))
                before = None
            else:
                before = cell[-1] if len(cell) == 1 else None
    return [paragraph for paragraph in paragraphs if id(paragraph) not in dropped]


def _row(cells: list[CellParagraphs]) -> PageParagraph:
    first = next(cell[0] for cell in cells if cell)
    row = PageParagraph(first.look, 0, first.region)
    row.size = first.size
    row.path = first.path
    row.is_below_gap = first.is_below_gap
    for number, cell in enumerate(cells):
        if number:
            row.text += "\t"
        start = len(row.text)
        for paragraph in cell:
            between = ""
            if len(row.text) > start:
                # A break between two lines of a cell is no part of its words.
                between = " \n" if row.text[-1].isascii() and paragraph.text[0].isascii() else "\n"
            _append(row, paragraph, between)
        row.cells.append((start, len(row.text)))
    return row


def _append(to: PageParagraph, paragraph: PageParagraph, between: str) -> None:
    offset = len(to.text) + len(between)
    to.text += between + paragraph.text
    to.bold += [(start + offset, end + offset) for start, end in paragraph.bold]
