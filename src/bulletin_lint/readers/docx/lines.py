"""Paragraphs and tables to the lines that the parser reads: one line a paragraph, in the order of reading."""

from __future__ import annotations

import re
from contextlib import contextmanager

from bulletin_lint._typing import NamedTuple
from bulletin_lint.model.reading import Line
from bulletin_lint.readers.docx.numbering import ListCounter, ListLabel
from bulletin_lint.readers.docx.places import Standing, Story
from bulletin_lint.readers.docx.story import BREAK, TableCell, TableRow, TextPiece, WordParagraph, WordTable
from bulletin_lint.readers.docx.styles import DEFAULT_SIZE, StyleSheet
from bulletin_lint.readers.furniture import is_page_number

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bulletin_lint.readers.docx.story import Item

UNREAD = "\ufffc"
"""Stands for what is in the document and cannot be read here."""
_RIGHT = ("right", "end")
_RIGHT_INDENT = 20
"""Columns of a line that is set to the right, as attributions are."""
_SPACE = " \t\u00a0\u2002\u2003\u2009\u3000"
_ENDS = frozenset("。！？…：；!?:;")
_CLOSERS = "”’」』）)】》〉\"'"
_LABEL = re.compile(r"[^\W\d_][^：:。，,]{0,11}[：:]")
"""How words begin that say what they are: 责任编辑：."""
_MOSTLY = 3
"""So many labelled cells to one that is none make a table of labels."""
_NORMAL = 9
"""The outline level of text."""

_Stretch = tuple[str, TextPiece | None]
"""Text of a line; a number that Word counts is of no piece."""


class _Written(NamedTuple):
    """A line as it was written."""

    begin: int
    start: int
    """Where its words start."""
    end: int
    words: str
    indent: int
    """Columns of white space before them."""


class LineWriter:
    """Writes lines one after the other, and remembers where each stands."""

    def __init__(self, styles: StyleSheet, numbering: ListCounter, *, keeps_pieces: bool = False) -> None:
        self.parts: list[str] = []
        self.lines: list[Line] = []
        self.standings: list[Standing] = []
        self.pieces: list[tuple[int, TextPiece]] = []
        """Pieces with their offsets, if they are kept."""
        self.automatic: list[tuple[int, int]] = []
        """Numbers that nobody typed."""
        self.unsure: list[tuple[int, int]] = []
        """Those among them that may look otherwise."""
        self._unread: list[tuple[WordParagraph, Story]] = []
        self._styles = styles
        self._numbering = numbering
        self._keeps_pieces = keeps_pieces
        self._length = 0
        self._gap = False
        self._tables = 0
        self._anchor: WordParagraph | None = None

    @contextmanager
    def hanging_on(self, paragraph: WordParagraph | None) -> Iterator[None]:
        """What is written meanwhile hangs on a paragraph of the body: a text box, a note."""
        before = self._anchor
        if before is None:
            self._anchor = paragraph
        try:
            yield
        finally:
            self._anchor = before

    def write(self, items: Iterable[Item], story: Story = "body") -> None:
        """Writes paragraphs and tables."""
        for item in items:
            if isinstance(item, WordTable):
                self._write_table(item, story)
            else:
                self._write_paragraph(item, story)

    def write_furniture(self, items: Iterable[Item], story: Story, furniture: str = "") -> None:
        """Writes what stands on every page or beside the text, as lines of its own kind."""
        first, part, before = len(self.lines), len(self.parts), self._length
        self.write(items, story)
        text = "".join(self.parts[part:])
        for index in range(first, len(self.lines)):
            pieces, cells = self.lines[index].pieces, self.lines[index].cells
            words = text[pieces[0][0] - before : pieces[-1][1] - before]
            kind = furniture or ("page-number" if _is_number_of_page(words) else "running-head")
            self.lines[index] = Line(pieces, kind="furniture", joins=False, furniture=kind, cells=cells)

    def write_words(self, words: str, paragraph: WordParagraph, story: Story, furniture: str) -> None:
        """Writes a line of furniture that stands in no run."""
        begin = self._begin(paragraph, story)
        self._add(words)
        self._add("\n")
        self.lines.append(
            Line(((begin, begin + len(words)),), kind="furniture", joins=False, furniture=furniture)
        )

    def write_unread(self) -> None:
        """Writes a line for each thing that was met and cannot be read: nobody must take it for checked."""
        for paragraph, story in self._unread:
            self.write_words(UNREAD, paragraph, story, "unread")
        self._unread.clear()

    # Paragraphs

    def _write_paragraph(self, paragraph: WordParagraph, story: Story) -> None:
        self._write_boxes(paragraph, story)
        if paragraph.is_hidden and not paragraph.pieces:
            return
        own, style, value = paragraph.properties, paragraph.style, self._styles.paragraph_value
        label = self._numbering.label(own, style)
        aligned = value(own, style, "aligned")
        outline = value(own, style, "outline")
        heading = int(outline) + 1 if outline is not None and 0 <= int(outline) < _NORMAL else 0
        indent = self._indent(paragraph, aligned)
        self._gap = self._gap or bool(value(own, style, "before"))
        joins = False
        for stretches in _split(paragraph, label):
            written = self._write_line(stretches, label, paragraph, story)
            if written is None:
                self._gap = True
                continue
            self.lines.append(
                Line(
                    ((written.start, written.end),),
                    heading=heading,
                    bold=_bold(stretches, written),
                    indent=indent + written.indent,
                    gap=self._gap,
                    joins=joins,
                    size=_size(stretches),
                    centred=aligned == "center",
                )
            )
            self._gap = False
            indent = _RIGHT_INDENT if aligned in _RIGHT else 0
            joins = aligned == "center" or not _has_ended(written.words)

    def _write_boxes(self, paragraph: WordParagraph, story: Story) -> None:
        """What stands in boxes comes before the paragraph that they hang on."""
        if paragraph.unread:
            self._unread += [(paragraph, story)] * len(paragraph.unread)
        boxes = paragraph.boxes
        if len(boxes) > 1 and all(box.top is not None for box in boxes):
            boxes = sorted(boxes, key=lambda box: box.top or (0.0, 0.0))
        for box in boxes:
            with self.hanging_on(paragraph if story == "body" else None):
                self.write(box.items, "box" if story == "body" else story)

    def _indent(self, paragraph: WordParagraph, aligned: object) -> int:
        """Columns before the first line."""
        if aligned in _RIGHT:
            return _RIGHT_INDENT
        own, style, value = paragraph.properties, paragraph.style, self._styles.paragraph_value
        chars = value(own, style, "first_chars")
        if chars:
            return max(0, round(int(chars) / 50))
        twips = value(own, style, "first_twips")
        if not twips:
            return 0
        size = max([piece.look.size for piece in paragraph.pieces], default=DEFAULT_SIZE)
        # A column is half as wide as a character is high.
        return max(0, round(int(twips) / 20 / max(size / 2, 1) * 2))

    def _write_line(
        self, stretches: Sequence[_Stretch], label: ListLabel | None, paragraph: WordParagraph, story: Story
    ) -> _Written | None:
        """Writes a line; None where it has no words, and then nothing is written."""
        text = "".join([stretch[0] for stretch in stretches])
        words = text.strip(_SPACE)
        if not words:
            return None
        begin = self._begin(paragraph, story)
        self._add_stretches(stretches, label)
        self._add("\n")
        lead = len(text) - len(text.lstrip(_SPACE))
        indent = sum([2 if character == "\u3000" else 1 for character in text[:lead]]) if lead else 0
        return _Written(begin, begin + lead, begin + lead + len(words), words, indent)

    def _add_stretches(self, stretches: Sequence[_Stretch], label: ListLabel | None) -> None:
        for text, piece in stretches:
            if piece is None:
                self.automatic.append((self._length, self._length + len(text)))
                if label is not None and not label.is_known:
                    self.unsure.append(self.automatic[-1])
            elif self._keeps_pieces:
                self.pieces.append((self._length, piece))
            self._add(text)

    def _begin(self, paragraph: WordParagraph, story: Story, table: int = 0, row: int = 0) -> int:
        self.standings.append(Standing(self._length, paragraph, story, table, row, self._anchor))
        return self._length

    def _add(self, text: str) -> None:
        self.parts.append(text)
        self._length += len(text)

    # Tables

    def _write_table(self, table: WordTable, story: Story) -> None:
        rows = [row for row in table.rows if not row.is_gone]
        if _is_for_layout(rows):
            for row in rows:
                for cell in row.cells:
                    if not cell.is_gone and not cell.goes_on:
                        self.write(cell.items, story)
        else:
            self._tables += 1
            table_number = self._tables
            for number, row in enumerate(rows, 1):
                self._write_row(row, story, table_number, number)
        self._gap = True

    def _write_row(self, row: TableRow, story: Story, table: int, number: int) -> None:
        """One line, a tab between its cells."""
        seen = [cell for cell in row.cells if not cell.is_gone]
        for cell in seen:
            for paragraph in _paragraphs(cell.items):
                self._write_boxes(paragraph, story)
        cells: list[tuple[int, int]] = []
        pieces: list[tuple[int, int]] = []
        for cell in seen:
            if cells:
                self._add("\t")
            begin, part = self._length, len(self.parts)
            breaks = [] if cell.goes_on else self._write_cell(cell, story, table, number)
            text = "".join(self.parts[part:])
            words = text.strip(_SPACE)
            lead = len(text) - len(text.lstrip(_SPACE)) if words else 0
            start, end = begin + lead, begin + lead + len(words)
            cells.append((start, end))
            for at in breaks:
                if start < at and at + 1 < end:
                    pieces.append((start, at))
                    start = at + 1
            if start < end:
                pieces.append((start, end))
        if cells:
            self._add("\n")
        if pieces:
            self.lines.append(
                Line(tuple(pieces), kind="table", gap=self._gap, joins=False, cells=tuple(cells))
            )
            self._gap = False

    def _write_cell(self, cell: TableCell, story: Story, table: int, row: int) -> list[int]:
        """Writes a cell; where the breaks between its lines stand, which are no part of its words."""
        breaks: list[int] = []
        last = ""
        for paragraph in _paragraphs(cell.items):
            label = self._numbering.label(paragraph.properties, paragraph.style)
            for stretches in _split(paragraph, label):
                text = "".join([stretch[0] for stretch in stretches])
                if not text:
                    continue
                if last.isascii() and last.isalnum() and text[0].isascii() and text[0].isalnum():
                    # Two words, and no one of them.
                    self._add(" ")
                if last:
                    breaks.append(self._length)
                    self._add("\n")
                self._begin(paragraph, story, table, row)
                self._add_stretches(stretches, label)
                last = text[-1]
        return breaks


def _split(paragraph: WordParagraph, label: ListLabel | None) -> list[list[_Stretch]]:
    """The lines of a paragraph that its author broke; the first begins with its number."""
    first: list[_Stretch] = [] if label is None else [(label.text, None)]
    lines = [first]
    for piece in paragraph.pieces:
        if piece.text == BREAK:
            lines.append([])
        else:
            lines[-1].append((piece.text, piece))
    return lines


def _bold(stretches: Sequence[_Stretch], written: _Written) -> tuple[tuple[int, int], ...]:
    """The bold stretches of a line; a number is bold where the words after it are."""
    found: list[tuple[int, int]] = []
    position = written.begin
    following = next((piece for _, piece in stretches if piece is not None), None)
    for text, piece in stretches:
        look = (piece or following).look if piece or following else None  # type: ignore[union-attr]
        start, end = max(position, written.start), min(position + len(text), written.end)
        position += len(text)
        if look is not None and look.bold and start < end:
            if found and found[-1][1] == start:
                found[-1] = (found[-1][0], end)
            else:
                found.append((start, end))
    return tuple(found)


def _size(stretches: Sequence[_Stretch]) -> float:
    """Points of the largest text that is seen."""
    return (
        max([piece.look.size for text, piece in stretches if piece is not None and text.strip()], default=0)
        / 2
    )


def _has_ended(words: str) -> bool:
    return words.rstrip(_CLOSERS)[-1:] in _ENDS or words[-1:] in "）)】"


def _is_number_of_page(words: str) -> bool:
    bare = words.strip()
    return bare.isdecimal() or is_page_number(bare)


def _paragraphs(items: Iterable[Item]) -> Iterator[WordParagraph]:
    """All paragraphs of a cell, those of tables in it too."""
    for item in items:
        if isinstance(item, WordTable):
            for row in item.rows:
                for cell in row.cells:
                    if not (row.is_gone or cell.is_gone or cell.goes_on):
                        yield from _paragraphs(cell.items)
        else:
            yield item


def _is_for_layout(rows: Sequence[TableRow]) -> bool:
    """Whether a table only puts words in their places: one row, one column, or hardly anything but labelled
    words. LibreOffice makes one table of two that touch, so that a line of another form may be among them.
    """
    if len(rows) <= 1 or all(len(row.cells) <= 1 for row in rows):
        return True
    found = [_is_labelled(cell) for row in rows for cell in row.cells]
    labelled, others = found.count(True), found.count(False)
    return not others or labelled >= _MOSTLY * others


def _is_labelled(cell: TableCell) -> bool | None:
    """Whether each paragraph of a cell says by its first words what it is; None for an empty cell."""
    known: bool | None = None
    for paragraph in _paragraphs(cell.items):
        text = "".join([piece.text for piece in paragraph.pieces]).strip(_SPACE + BREAK)
        if text:
            known = _LABEL.match(text) is not None
            if not known:
                return False
    return known
