"""From drafts of blocks to a document: its text, its blocks, and every offset mapped to the source."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise

from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.document import Block, Damage, Document
from bulletin_lint.model.location import Span
from bulletin_lint.model.reading import Line, Reading
from bulletin_lint.parsing.grammar import Grammar

_RADICAL = compiled("[\u2e80-\u2fdf]")


class Draft:
    """A block being put together."""

    __slots__ = ("cuts", "first", "last", "line", "pieces", "seams", "text")

    def __init__(self, index: int, line: Line, source: str, joints: Sequence[str] = ()) -> None:
        self.line = line
        """The first one."""
        self.first = self.last = index
        if joints:
            self.pieces, self.text = _with_joints(line, source, joints)
        elif len(line.pieces) == 1:
            piece = line.pieces[0]
            self.pieces = [piece]
            self.text = source[piece[0] : piece[1]]
        else:
            self.pieces, self.text = _with_separators(line, source)
        self.seams: list[int] = []
        self.cuts: list[tuple[int, str, str, int | None]] = []

    def drop(self, count: int) -> None:
        """Takes the last `count` characters off the pieces."""
        self.text = self.text[: len(self.text) - count]
        while count:
            start, end = self.pieces.pop()
            if end - start > count:
                self.pieces.append((start, end - count))
                count = 0
            else:
                count -= end - start


def _with_separators(line: Line, source: str) -> tuple[list[tuple[int, int]], str]:
    """A line's pieces and text, with a tab between table cells and a space where an entity
    (``&nbsp;``) stood; each is anchored to the source character that it stands for.
    """
    pieces: list[tuple[int, int]] = []
    parts: list[str] = []
    cell_ends = sorted(end for _, end in line.cells)
    for start, end in line.pieces:
        if pieces:
            before = pieces[-1][1]
            following = bisect_left(cell_ends, before)
            parted = following < len(cell_ends) and cell_ends[following] < start
            if parted or source[before:start].startswith("&"):
                pieces.append((before, before + 1))
                parts.append("\t" if parted else " ")
        pieces.append((start, end))
        parts.append(source[start:end])
    return pieces, "".join(parts)


def _with_joints(line: Line, source: str, joints: Sequence[str]) -> tuple[list[tuple[int, int]], str]:
    """A line's pieces and text, with what stands behind each piece anchored to the character there."""
    pieces: list[tuple[int, int]] = []
    parts: list[str] = []
    for (start, end), joint in zip(line.pieces, joints, strict=True):
        pieces.append((start, end))
        parts += (source[start:end], joint)
        pieces += [(end, end + 1)] * len(joint)
    return pieces, "".join(parts)


def fold_radicals(text: str, grammar: Grammar) -> str:
    """Radicals, which extraction puts for the ideographs they look like, as those ideographs."""
    if not grammar.fold or _RADICAL.search(text) is None:
        return text
    table = {ord(key): value for key, value in grammar.fold.items() if len(value) == 1}
    return text.translate(table)


def document_of(
    path: str,
    reading: Reading,
    folded: str,
    drafts: list[Draft],
    furniture: list[Draft],
    grammar: Grammar,
) -> Document:
    """The document that drafts of blocks and of furniture make; `folded` is the text that
    they were cut from.
    """
    parts: list[str] = []
    anchors: list[tuple[int, int]] = []
    blocks: list[Block] = []
    seams: list[int] = []
    damage: list[Damage] = []
    offset = 0
    add_block, add_anchor = blocks.append, anchors.append
    for draft in [*drafts, *furniture]:
        start = offset
        first = draft.line
        end = 0
        for begin, end in draft.pieces:
            add_anchor((offset, begin))
            offset += end - begin
        # The line feed after the block stands for the source's own.
        add_anchor((offset, end))
        bold: tuple[Span, ...] = ()
        cells: tuple[Span, ...] = ()
        if draft.seams or first.bold or first.cells:
            bold, cells = _bold_and_cells(reading, draft, start)
            seams.extend(start + seam for seam in draft.seams)
            for seam, kind, found, page in draft.cuts:
                at = start + seam
                damage.append(Damage(kind, Span(max(start, at - 1), min(at + 1, offset)), found, page))
        parts.append(draft.text)
        add_block(
            Block(
                Span(start, offset),
                (draft.first, draft.last),
                first.heading,
                bold,
                first.indent,
                first.gap,
                first.page,
                first.size,
                first.centred,
                first.kind == "table",
                cells,
            )
        )
        offset += 1
    text = "\n".join(parts)
    return Document(
        path,
        reading,
        text,
        blocks,
        anchors,
        seams,
        damage,
        source_text=text if folded is reading.text else _unfolded(text, reading.text, anchors, grammar),
        furniture_start=len(drafts),
    )


def _bold_and_cells(reading: Reading, draft: Draft, start: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """The bold stretches and the cells of a block that begins at `start` of the document's text."""
    bold: list[Span] = []
    cells: list[Span] = []
    pieces = _Pieces(draft.pieces, start)
    for line in reading.lines[draft.first : draft.last + 1]:
        if line.bold:
            bold.extend(pieces.mapped(line.bold))
        for cell in line.cells:
            # An empty cell has no characters, and is a cell all the same.
            cells.extend(pieces.mapped((cell,)) or [Span(start, start)])
    return _merged(bold), tuple(cells)


def _unfolded(text: str, source: str, anchors: list[tuple[int, int]], grammar: Grammar) -> str:
    """The document's text with the characters that the source has where others were put for them."""
    parts: list[str] = []
    for (offset, at), (end, _) in pairwise([*anchors, (len(text), 0)]):
        stretch = text[offset:end]
        original = source[at : at + len(stretch)].ljust(len(stretch))
        parts.extend(
            before if grammar.fold.get(before) == after else after
            for before, after in zip(original, stretch, strict=True)
        )
    return "".join(parts)


class _Pieces:
    """The pieces of a block, in the order of the source, and where each stands in the document's text."""

    __slots__ = ("_ends", "_offsets", "_pieces")

    def __init__(self, pieces: Sequence[tuple[int, int]], start: int) -> None:
        self._pieces = pieces
        self._ends = [end for _, end in pieces]
        self._offsets = [*accumulate((end - begin for begin, end in pieces), initial=start)]

    def mapped(self, spans: Sequence[tuple[int, int]]) -> list[Span]:
        """Spans of the reading's text as spans of the document's, those that fall on pieces."""
        found: list[Span] = []
        for low, high in spans:
            # A row may have as many cells as it has characters: nobody walks to a span from the start.
            index = bisect_right(self._ends, low)
            first: int | None = None
            last = 0
            while index < len(self._pieces) and self._pieces[index][0] < high:
                begin, end = self._pieces[index]
                overlap_start, overlap_end = max(low, begin), min(high, end)
                if overlap_start < overlap_end:
                    if first is None:
                        first = self._offsets[index] + overlap_start - begin
                    last = self._offsets[index] + overlap_end - begin
                index += 1
            if first is not None:
                found.append(Span(first, last))
        return found


def _merged(spans: list[Span]) -> tuple[Span, ...]:
    """Touching spans as one: a bold title over two lines is one bold stretch."""
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
