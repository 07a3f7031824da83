"""Marks on text: the lines of a file in pieces that are marked alike, in sections that fit beside a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from bulletin_lint._typing import NamedTuple
from bulletin_lint.model.page_view import NumberedMark
from bulletin_lint.model.violation import SEVERITIES, Severity

_ROWS = 32
"""Rows of text in a section."""
_ROW = 34
"""Characters in a row, about."""
_MANY_LINES = 2500
"""A file of more is shown only about its marks."""
_AROUND = 6
"""So many lines on either side, then."""
_LONG_LINE = 3000
_KEPT = 200
"""Of a longer line, characters that are kept on either side of a mark."""


class MarkedPiece(NamedTuple):
    """A stretch of a line that is marked alike."""

    text: str
    severity: Severity | None = None
    """The gravest of its marks; None where there is none."""
    begins: tuple[NumberedMark, ...] = ()
    """The marks whose first place begins here."""
    goes_on: tuple[NumberedMark, ...] = ()
    """Those of which a further place begins here."""
    left_out: int = 0
    """Characters that are not shown before it."""


class TextLine(NamedTuple):
    """A line with its number."""

    number: int
    pieces: tuple[MarkedPiece, ...]
    is_after_gap: bool = False
    """Lines before it are not shown."""


class TextSection(NamedTuple):
    """Some lines, and the marks that begin in them."""

    lines: tuple[TextLine, ...]
    marks: tuple[NumberedMark, ...]


class _Stretch(NamedTuple):
    start: int
    end: int
    mark: NumberedMark
    begins: bool
    is_first: bool


def sections(lines: Sequence[str], marks: Sequence[NumberedMark]) -> list[TextSection]:
    """The lines of a file with its marks; of one with very many lines those about the marks."""
    stretches = _stretches(lines, marks)
    numbers = range(1, len(lines) + 1)
    shown: Sequence[int] = numbers
    if len(lines) > _MANY_LINES:
        near = {
            number
            for marked in stretches
            for number in range(marked - _AROUND, marked + _AROUND + 1)
            if number in numbers
        }
        # The head of a file says which it is.
        shown = sorted(near | set(numbers[: 2 * _AROUND]))
    made: list[TextSection] = []
    current: list[TextLine] = []
    begun: list[NumberedMark] = []
    rows = 0
    before = 0
    for number in shown:
        line = TextLine(
            number, tuple(_pieces(lines[number - 1], stretches.get(number, ()))), number != before + 1
        )
        before = number
        height = 1 + sum(len(piece.text) for piece in line.pieces) // _ROW
        if current and rows + height > _ROWS:
            made.append(TextSection(tuple(current), tuple(begun)))
            current, begun, rows = [], [], 0
        current.append(line)
        begun += [mark for piece in line.pieces for mark in piece.begins]
        rows += height
    if current:
        made.append(TextSection(tuple(current), tuple(begun)))
    return made


def _stretches(lines: Sequence[str], marks: Sequence[NumberedMark]) -> dict[int, list[_Stretch]]:
    found: dict[int, list[_Stretch]] = defaultdict(list)
    count = len(lines)
    for mark in marks:
        for index, place in enumerate(mark.places):
            first = min(max(place.line, 1), count)
            last = min(max(place.end_line, first), count)
            for number in range(first, last + 1):
                length = len(lines[number - 1])
                start = min(place.column - 1, length) if number == place.line else 0
                end = min(place.end_column - 1, length) if number == place.end_line else length
                found[number].append(_Stretch(start, max(start, end), mark, number == first, index == 0))
    return found


def _pieces(text: str, stretches: Sequence[_Stretch]) -> Iterator[MarkedPiece]:
    cuts = sorted({0, len(text), *(cut for each in stretches for cut in (each.start, each.end))})
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        here = [each for each in stretches if each.begins and each.start == start]
        begins = tuple(each.mark for each in here if each.is_first)
        goes_on = tuple(each.mark for each in here if not each.is_first)
        over = [each.mark.violation.severity for each in stretches if each.start <= start < each.end]
        if start == end and not here:
            continue
        severity = min(over, key=SEVERITIES.index) if over else None
        piece = MarkedPiece(text[start:end], severity, begins, goes_on)
        if severity is None and len(text) > _LONG_LINE:
            yield from _shortened(piece, is_first=start == 0, is_last=end == len(text))
        else:
            yield piece


def _shortened(piece: MarkedPiece, *, is_first: bool, is_last: bool) -> Iterator[MarkedPiece]:
    """A stretch without marks of a very long line: what stands near its ends."""
    text = piece.text
    head, tail = (0 if is_first else _KEPT), (0 if is_last else _KEPT)
    left_out = len(text) - head - tail
    if is_first and is_last:
        head, left_out = _LONG_LINE, len(text) - _LONG_LINE
    if left_out <= _KEPT:
        yield piece
        return
    yield piece._replace(text=text[:head])
    yield MarkedPiece(text[len(text) - tail :] if tail else "", left_out=left_out)
