"""What stands around a document's lines: the same words elsewhere, cells of a table, numbers."""

from __future__ import annotations

from bulletin_lint.matching.patterns import compiled
from bulletin_lint.parsing.blocks import normalised

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulletin_lint.parsing.blocks import Blocks

NEAR_HEAD = 40
"""Blocks behind the masthead among which entries of the contents stand."""
LONGEST_LINE, LONGEST_ENTRY = 60, 90
_LONGEST_CELL = 18
_ENTRY_MARK = compiled("^(?:[●◆■▲★·•\\-]|[0-9]{1,2}[.、．])[ \u3000]*|[（(][0-9]{1,3}[）)]$")
_MAY_BE_MARKED = frozenset("●◆■▲★·•-0123456789）)")
_NO_NUMBERS: Mapping[tuple[int, str], int] = {}


class Repetitions:
    """Where the words of lines, and of two lines together, stand in the body."""

    def __init__(self, sheet: Blocks, is_short: Sequence[bool], head: int, tail: int) -> None:
        self._texts, self._size = sheet.texts, len(sheet)
        self._words: dict[int, str] = {}
        self._last_first = head + NEAR_HEAD
        self._places: dict[str, list[int]] = {}
        prose, places = sheet.is_prose, self._places
        for index in range(head, min(tail, len(sheet))):
            length = len(self._texts[index])
            if length <= LONGEST_LINE or (length <= LONGEST_ENTRY and not prose[index]):
                places.setdefault(self.words(index), []).append(index)
                if is_short[index] and index > head and is_short[index - 1]:
                    places.setdefault(self.words(index - 1) + self.words(index), []).append(index)

    def words(self, index: int) -> str:
        """The words of a line as an entry of the contents has them."""
        known = self._words.get(index)
        if known is None:
            text = self._texts[index]
            if text[0] in _MAY_BE_MARKED or text[-1] in _MAY_BE_MARKED:
                text = _ENTRY_MARK.sub("", text)
            known = self._words[index] = normalised(text)
        return known

    def above(self, words: str, index: int) -> bool:
        """Whether words stand above a block, where the contents may."""
        places = self._places.get(words)
        return places is not None and places[0] < index and places[0] < self._last_first

    def below(self, index: int) -> bool:
        """Whether a line's words stand again below it."""
        words = self.words(index)
        places = self._places.get(words)
        return places is not None and places[-1] > index and len(words) >= 4

    def add_facts(self, index: int, facts: dict[str, float]) -> None:
        """Adds whether the contents list a line, alone or with one beside it."""
        words = self.words(index)
        is_listed = len(words) >= 4 and self.above(words, index)
        if not is_listed and len(words) >= 3 and index + 1 < self._size:
            is_listed = self.above(words + self.words(index + 1), index)
        if is_listed:
            facts["listed"] = 1.0
        if not words or not index or len(self._texts[index - 1]) > LONGEST_ENTRY:
            return
        if self.above(self.words(index - 1) + words, index):
            facts["joined_listed"] = 1.0


def cells(sheet: Blocks, is_short: Sequence[bool], head: int, *, gaps: bool) -> list[int]:
    """By block: how many short lines in a row, cells of a table maybe, it stands among; with `gaps` also
    across a gap.
    """
    size = len(sheet)
    runs = [0] * size
    texts, blocks = sheet.texts, sheet.blocks
    start = head
    for index in range(head, size + 1):
        is_cell = (
            index < size
            and is_short[index]
            and len(texts[index]) <= _LONGEST_CELL
            and not blocks[index].table
        )
        if not is_cell or (blocks[index].gap and not gaps):
            if index - start > 1:
                runs[start:index] = [index - start] * (index - start)
            start = index if is_cell else index + 1
    return runs


def numbers(
    sheet: Blocks, ends: Sequence[bool], breaks: Sequence[bool]
) -> tuple[list[Mapping[tuple[int, str], int]], list[Mapping[tuple[int, str], int]]]:
    """By block: the last number of each level and style above it in its article, and the first one below.

    `ends` tells the blocks that end an article in their text, `breaks` those between articles.
    """
    size, markers = len(sheet), sheet.markers
    above: list[Mapping[tuple[int, str], int]] = [_NO_NUMBERS] * size
    below: list[Mapping[tuple[int, str], int]] = [_NO_NUMBERS] * size
    if not any(markers):
        return above, below
    for found, order in ((above, range(size)), (below, range(size - 1, -1, -1))):
        known = _NO_NUMBERS
        for index in order:
            found[index] = known
            marker = markers[index]
            if ends[index]:
                known = _NO_NUMBERS
            if marker is not None and marker.number is not None:
                known = {**known, (marker.level, marker.style): marker.number}
            elif breaks[index]:
                known = _NO_NUMBERS
    return above, below
