"""Tables that only put the lines of an imprint in their places: labels and their values, a cell for each."""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple
from bulletin_lint.matching.patterns import compiled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bulletin_lint.model.reading import Line
    from bulletin_lint.parsing.grammar import Grammar

_MOST_ROWS = 30
_LONGEST_VALUE = 160
_LONGEST_PRINTED = 60
_LONGEST_PROSE = 40
"""Characters; a longer line that ends as a sentence does is text."""
_COLONS = "：:"
_SPACE = " \u3000\t"
_BREAK = compiled("\n|<[Bb][Rr]")
_DATE = compiled(r"[（(]?(?:19|20)[0-9]{2}[ \u3000]?年[^，。]{0,12}")

Piece = tuple[int, int]


class LabelLine(NamedTuple):
    """A line that a row, or a part of one, stands for."""

    pieces: tuple[Piece, ...]
    joints: tuple[str, ...]
    """What stands behind each piece: a colon behind a label, wide space between two fields."""


def label_tables(lines: Sequence[Line], text: str, grammar: Grammar) -> dict[int, list[LabelLine]]:
    """By the index of a row: the lines that it stands for, where a table holds labels and their values and
    nothing of an article follows. A table of data has a row that begins with another word.
    """
    found: dict[int, list[LabelLine]] = {}
    for rows in _tables(lines):
        if len(rows) > _MOST_ROWS:
            continue
        read: dict[int, list[LabelLine]] = {}
        for index in rows:
            row = _row(lines[index], text, grammar)
            if row is None:
                break
            read[index] = row
        else:
            if not _is_prose_below(lines, rows[-1] + 1, text, grammar):
                found |= read
    return found


def _tables(lines: Sequence[Line]) -> Iterator[list[int]]:
    """The rows of each table; a rule may stand between two."""
    rows: list[int] = []
    is_below_rule = False
    for index, line in enumerate(lines):
        if line.kind == "table":
            if rows and line.gap and not is_below_rule:
                yield rows
                rows = []
            rows.append(index)
        elif line.kind != "rule" and rows:
            yield rows
            rows = []
        is_below_rule = line.kind == "rule"
    if rows:
        yield rows


def _words(pieces: Sequence[Piece], text: str) -> str:
    return "".join([text[start:end] for start, end in pieces])


def _row(line: Line, text: str, grammar: Grammar) -> list[LabelLine] | None:
    """The lines of a row; None where it holds what is neither a label nor a value."""
    found: list[LabelLine] = []
    pieces: list[Piece] = []
    joints: list[str] = []
    is_open = False
    for cell in line.cells:
        is_first = True
        for part in _parts(line, cell, text):
            words = _words(part, text).rstrip(_SPACE)
            is_label = grammar.is_end_label(words.rstrip(_COLONS + _SPACE))
            is_field = is_label or _begins_with_label(words, grammar)
            is_printed = not is_field and not is_open and _is_print_line(words, grammar)
            goes_on = not is_first and bool(pieces)
            if not (is_field or is_open or is_printed or goes_on) or len(words) > _LONGEST_VALUE:
                return None
            if is_printed and pieces:
                found.append(LabelLine(tuple(pieces), tuple(joints)))
                pieces, joints = [], []
            elif pieces and is_field:
                joints[-1] += "\u3000"
            pieces += part
            joints += [""] * (len(part) - 1) + ["：" if is_label and words[-1] not in _COLONS else ""]
            is_open, is_first = is_label, False
    if pieces:
        found.append(LabelLine(tuple(pieces), tuple(joints)))
    return found


def _parts(line: Line, cell: Piece, text: str) -> Iterator[list[Piece]]:
    """The lines of a cell, each as its pieces."""
    part: list[Piece] = []
    for piece in line.pieces:
        if cell[0] <= piece[0] < piece[1] <= cell[1]:
            if part and _BREAK.search(text, part[-1][1], piece[0]) is not None:
                yield part
                part = []
            # Before a break a space may stand that parts two words of a cell.
            end = piece[0] + len(text[piece[0] : piece[1]].rstrip(_SPACE))
            if piece[0] < end:
                part.append((piece[0], end))
    if part:
        yield part


def _begins_with_label(words: str, grammar: Grammar) -> bool:
    if "：" not in words and ":" not in words:
        return False
    receivers = grammar.labels.get("distribution")
    return grammar.tail_labels.at_start(words) is not None or (
        receivers is not None and receivers.at_start(words) is not None
    )


def _is_print_line(words: str, grammar: Grammar) -> bool:
    """Whether words say when, by whom and how often the issue was printed."""
    if not words or len(words) > _LONGEST_PRINTED:
        return False
    return (
        grammar.is_printed("".join(words.split()))
        or _DATE.fullmatch(words) is not None
        or (grammar.copies is not None and grammar.copies.search(words) is not None)
    )


def _is_prose_below(lines: Sequence[Line], start: int, text: str, grammar: Grammar) -> bool:
    """Whether a paragraph of an article stands below a table."""
    return any(
        line.kind == "text"
        and len(words := _words(line.pieces, text).rstrip()) > _LONGEST_PROSE
        and words.endswith("。")
        and not _begins_with_label(words, grammar)
        for line in lines[start:]
    )
