"""How text looks on a terminal: widths, wrapping, colours."""

from __future__ import annotations

from functools import lru_cache

from bulletin_lint._typing import Literal, NamedTuple, TextIO
from bulletin_lint.model.visible import visible

Detail = Literal["quiet", "normal", "verbose"]
"""How much a report shows. quiet: violations only; verbose: also every document with its encoding, and
what was skipped."""

TAB_STOP = 4

_COLOURS = {"bold": "1", "red": "1;31", "yellow": "1;33", "blue": "1;34", "green": "32", "dim": "2"}

_NO_LINE_START = frozenset("，。、；：？！）》〉”’】〕…,.;:?!)")


def char_width(char: str) -> int:
    """The columns that one character takes: 2 for wide and full-width ones, 0 for combining ones.

    Ambiguous characters (“ ” — ① …) count one, as terminals show them unless told otherwise.
    Source: Unicode Standard Annex 11.
    """
    if char < "\u0300":
        return 1
    import unicodedata

    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def display_width(text: str) -> int:
    """The columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(char_width(char) for char in text)


def wrap(text: str, width: int) -> list[str]:
    """Break a text into lines of at most `width` columns.

    Between Han characters a line may break anywhere, elsewhere at spaces; a closing mark does not
    begin a line.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        used = 0
        for piece in _pieces(paragraph):
            taken = display_width(piece)
            if used and used + display_width(piece.rstrip()) > width and piece[0] not in _NO_LINE_START:
                lines.append(line.rstrip())
                line, used = "", 0
                piece = piece.lstrip()
                taken = display_width(piece)
            line += piece
            used += taken
        lines.append(line.rstrip())
    return lines


def _pieces(text: str) -> list[str]:
    """The stretches between which a line may break: words with the spaces after them, Han characters."""
    pieces: list[str] = []
    for char in text:
        wide = char_width(char) == 2
        if pieces and not wide and (char == " " or not _ends_a_piece(pieces[-1])):
            pieces[-1] += char
        else:
            pieces.append(char)
    return pieces


def _ends_a_piece(piece: str) -> bool:
    return piece[-1] == " " or char_width(piece[-1]) == 2


def clip(text: str, width: int) -> str:
    """The text in at most `width` columns, ending in … where something was cut off."""
    if display_width(text) <= width:
        return text
    used = 0
    for position, char in enumerate(text):
        used += char_width(char)
        if used > width - 1:
            return f"{text[:position]}…"
    return text


def terminal_width(stream: TextIO) -> int | None:
    """The columns of the terminal that a stream writes to; None where it is no terminal."""
    import os

    try:
        return os.get_terminal_size(stream.fileno()).columns or None
    except (OSError, ValueError, AttributeError):
        return None


def pad(text: str, width: int) -> str:
    """The text followed by spaces up to `width` columns."""
    return text + " " * (width - display_width(text))


def paint(text: str, colour: str, *, color: bool) -> str:
    """The text in a colour, where colours are on."""
    return f"\x1b[{_COLOURS[colour]}m{text}\x1b[0m" if color else text


class Window(NamedTuple):
    """A source line as shown, and where the carets go below it, in columns from its start."""

    text: str
    caret_start: int
    caret_width: int


def window(line: str, start: int, end: int, width: int) -> Window:
    """The stretch of a line around the characters `start` to `end` that fits into `width` columns.

    `start` and `end` are 0-based code points; an empty stretch gets one caret. What is cut off is
    shown as ``…``.
    """
    start = max(0, min(start, len(line)))
    end = max(start, min(end, len(line)))
    first = start
    last = end
    # Two columns are kept for the ellipses.
    room = max(width - 2, 8)
    shown: dict[int, str] = {}
    used = 0
    for index in range(start, min(end, start + room)):
        cell, taken = _cell(line, index)
        if used + taken > room and shown:
            break
        shown[index] = cell
        used += taken
    last = first + len(shown)
    # Grow to both sides in turn, so that the place stands in the middle of what is shown.
    left_open = right_open = True
    while left_open or right_open:
        left_open = left_open and first > 0
        if left_open:
            cell, taken = _cell(line, first - 1)
            left_open = used + taken <= room
            if left_open:
                first -= 1
                shown[first] = cell
                used += taken
        right_open = right_open and last < len(line)
        if right_open:
            cell, taken = _cell(line, last)
            right_open = used + taken <= room
            if right_open:
                shown[last] = cell
                last += 1
                used += taken
    before = "…" if first > 0 else ""
    after = "…" if last < len(line) else ""
    lead = before + "".join(shown[index] for index in range(first, start))
    marked = "".join(shown[index] for index in range(start, min(end, last)))
    text = before + "".join(shown[index] for index in range(first, last)) + after
    return Window(text, display_width(lead), max(1, display_width(marked)))


def _cell(line: str, index: int) -> tuple[str, int]:
    """One character as shown, and the columns that it takes; a tab becomes spaces up to its stop."""
    char = line[index]
    if char != "\t":
        return _shown(char)
    # Columns before a tab matter only near the line's start, where tabs are.
    column = display_width(line[:index].expandtabs(TAB_STOP)) if index < 200 else 0
    count = TAB_STOP - column % TAB_STOP
    return " " * count, count


@lru_cache(4096)
def _shown(char: str) -> tuple[str, int]:
    shown = visible(char)
    return shown, display_width(shown)
