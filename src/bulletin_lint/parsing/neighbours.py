"""What stands around a document's lines: the same words elsewhere, cells of a table, numbers."""

from __future__ import annotations

from itertools import pairwise

from bulletin_lint.matching.patterns import compiled
from bulletin_lint.parsing.blocks import normalised
from bulletin_lint.parsing.words import LONGEST_ENTRY, LONGEST_LINE

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence, Set

    from bulletin_lint.parsing.blocks import Blocks

NEAR_HEAD = 40
"""Blocks behind the masthead among which entries of the contents stand."""
_LONGEST_CELL = 18
_AUTHOR = compiled("(?<![ \u3000])[ \u3000]{2,}[^ \u3000，。：；…]{2,14}$")
"""Who wrote it, wide apart behind an entry, and not behind the title."""
_NO_NUMBERS: Mapping[tuple[int, str], int] = {}
_SHORTEST_LEAD = 12
_LONGEST_SHARED = 12
"""Characters of a sub-heading that articles have in common; so long a line is a title that was used twice."""
_FAR_IN = 8
"""Columns of indent that no cell of a table which lost its lines has."""
_LEAST_WORDS = 4
"""Characters of a line from which it is no accident that they stand elsewhere too."""


class Repetitions:
    """Where the words of lines, and of two lines together, stand in the body."""

    def __init__(self, sheet: Blocks, is_short: Sequence[bool], head: int, tail: int) -> None:
        texts = sheet.texts[: len(sheet)]
        lines = "\n".join([text if len(text) <= LONGEST_ENTRY else "" for text in texts])
        self._entries = sheet.grammar.entries
        self.words = normalised(self._entries.bare(lines)).split("\n")
        """By block: a line's words as an entry of the contents has them, none of a paragraph."""
        self._is_line = [len(text) <= LONGEST_ENTRY for text in texts]
        self._last_first = head + NEAR_HEAD
        self._unsigned: dict[int, str] = {}
        """By block of a line with wide space in it: its words without what may be who wrote it."""
        self._first: dict[str, int] = {}
        """By words: the first line that may be an entry of the contents."""
        self._last: dict[str, int] = {}
        self._headings: dict[str, int] = {}
        """By words: how many lines have them that stand over a paragraph."""
        for index in range(min(tail, len(sheet)) - 1, head - 1, -1):
            length = len(texts[index])
            if length <= LONGEST_LINE or (length <= LONGEST_ENTRY and not sheet.is_prose[index]):
                words, is_heading = self.words[index], self._is_heading(sheet, index)
                number = self._entries.number_end(words)
                if is_heading:
                    self._headings[words] = self._headings.get(words, 0) + 1
                    if number:
                        # 一、题 over its text, and 题 in the contents.
                        self._last.setdefault(words[number:], index)
                else:
                    self._first[words] = index
                    if number:
                        self._first[words[number:]] = index
                    if index < self._last_first and (author := _AUTHOR.search(texts[index])) is not None:
                        entry = normalised(self._entries.bare(texts[index][: author.start()]))
                        self._unsigned[index] = entry
                        self._first.setdefault(entry, index)
                if is_short[index] and index > head and is_short[index - 1]:
                    both = self.words[index - 1] + words
                    self._last.setdefault(both, index)
                    if not is_heading:
                        self._first[both] = index
                self._last.setdefault(words, index)

    def _is_heading(self, sheet: Blocks, index: int) -> bool:
        """Whether a line stands over a paragraph: it is a heading, no entry of the contents, though other
        articles have the same one. A note stands below the contents, and words without a stop that are said
        again are an entry.
        """
        below = index + 1
        if below >= len(sheet) or not sheet.is_prose[below]:
            return False
        text, words = sheet.texts[below], self.words[below]
        is_entry = words and "。" not in text and self._last.get(words, below) > below
        return not is_entry and sheet.grammar.note_start(text) is None

    def above(self, words: str, index: int) -> bool:
        """Whether words stand above a block, where the contents may."""
        return self._first.get(words, index) < min(index, self._last_first)

    def below(self, index: int) -> bool:
        """Whether a line's words stand again below it."""
        words = self.words[index]
        entry = self._unsigned.get(index, "")
        if len(entry) >= _LEAST_WORDS and self._last.get(entry, index) > index:
            return True
        number = self._entries.number_end(words)
        if number and self._last.get(words[number:], index) > index:
            return len(words) - number >= _LEAST_WORDS
        return len(words) >= _LEAST_WORDS and self._last.get(words, index) > index

    def is_said_elsewhere(self, index: int) -> bool:
        """Whether the same line stands over other paragraphs too: 主要做法 in one article after another."""
        words = self.words[index]
        return len(words) <= _LONGEST_SHARED and self._headings.get(words, 0) > 1

    def is_listed(self, index: int) -> bool:
        """Whether the contents list a line."""
        words = self.words[index]
        if len(words) < _LEAST_WORDS:
            return False
        number = self._entries.number_end(words)
        return self.above(words, index) or (
            0 < number <= len(words) - _LEAST_WORDS and self.above(words[number:], index)
        )

    def is_listed_with_next(self, index: int) -> bool:
        """Whether the contents list a line and the one below it as one."""
        words = self.words[index]
        return (
            len(words) >= _LEAST_WORDS - 1
            and index + 1 < len(self.words)
            and self.above(words + self.words[index + 1], index)
        )

    def is_listed_with_last(self, index: int) -> bool:
        """Whether the contents list a line and the one above it as one."""
        words = self.words[index]
        return bool(words) and self._is_line[index - 1] and self.above(self.words[index - 1] + words, index)


def cells(sheet: Blocks, is_short: Sequence[bool], head: int, *, gaps: bool) -> list[int]:
    """By block: how many short lines in a row, cells of a table maybe, it stands among; with `gaps` also
    across a gap.
    """
    size = len(sheet)
    runs = [0] * size
    texts, blocks = sheet.texts, sheet.blocks
    start = head
    for index in range(head, size + 1):
        is_cell = index < size and is_short[index] and len(texts[index]) <= _LONGEST_CELL
        # Office and date of a signature are set far in.
        is_cell = is_cell and not blocks[index].table and blocks[index].indent < _FAR_IN
        if not is_cell or (blocks[index].gap and not gaps):
            if index - start > 1:
                runs[start:index] = [index - start] * (index - start)
            start = index if is_cell else index + 1
    return runs


def leads(sheet: Blocks) -> list[int | None]:
    """By block: the first paragraph among the two blocks below it."""
    found: list[int | None] = []
    one = two = None
    for index in range(len(sheet) - 1, -1, -1):
        found.append(one if one is not None else two)
        one, two = index if sheet.is_prose[index] and len(sheet.texts[index]) > _SHORTEST_LEAD else None, one
    found.reverse()
    return found


def numbers(
    sheet: Blocks, ends: Sequence[bool], breaks: Sequence[bool], titles: Set[str]
) -> tuple[list[Mapping[tuple[int, str], int]], list[Mapping[tuple[int, str], int]]]:
    """By block: the last number of each level and style above it in its article, and the first one below.

    `ends` tells the blocks that end an article in their text, `breaks` those between articles, `titles` the
    styles of numbers that titles and columns have.
    """
    size, markers = len(sheet), [words.marker for words in sheet.words]
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
            if marker is not None and marker.style in titles:
                known = _NO_NUMBERS
            elif marker is not None and marker.number is not None:
                known = {**known, (marker.level, marker.style): marker.number}
            elif breaks[index]:
                known = _NO_NUMBERS
    return above, below


def column_levels(sheet: Blocks, head: int, tail: int, ends: Sequence[bool]) -> frozenset[int]:
    """The levels of headings that stand over titles: a deeper heading follows each of them at once, and the
    deeper ones are no sub-headings, for most of them stand behind an article's end (`ends`).
    """
    blocks = sheet.blocks
    lines = [
        index
        for index in range(head, min(tail, len(sheet) - 1))
        if blocks[index].heading and not sheet.grammar.is_contents_heading(sheet.texts[index])
    ]
    levels = sorted({blocks[index].heading for index in lines})
    found: set[int] = set()
    for level, deeper in pairwise(levels):
        over = [blocks[index + 1].heading > level for index in lines if blocks[index].heading == level]
        if not all(over):
            break
        behind = [
            ends[index - 1]
            for index in lines
            if blocks[index].heading == deeper and not blocks[index - 1].heading
        ]
        signed = sum(behind)
        # One of several columns may hold an article that is not signed.
        if len(over) < 2 and not signed:
            break
        if any(ends) and len(behind) > max(2 * signed, 1):
            break
        found.add(level)
    return frozenset(found)
