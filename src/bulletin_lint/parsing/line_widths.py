"""At which width the lines of a source are broken, and whether that is how its text is wrapped."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.reading import Reading
from bulletin_lint.parsing.sentence_ends import ends_paragraph

_NARROWEST, _WIDEST = 40, 120
"""Columns between which text is wrapped by hand or by an extractor."""
_RAGGED = 4
"""Columns that lines broken at the same width may differ by: a character did not fit."""
_WRAP_SLACK = 6
"""Columns that a full line may lack: a number or a word that did not fit went to the next."""
_ENOUGH_LINES = 8
_WIDE_MARKS = frozenset("“”‘’…—·")
_NARROW = compiled(f"[^\\u2e80-\U0010ffff{''.join(sorted(_WIDE_MARKS))}]")
_FIRST_WORD = compiled(r"[!-~]+")


def columns_of(text: str, start: int = 0, end: int | None = None) -> int:
    """How many columns a stretch of a text takes up, two for each Chinese character or mark."""
    stop = len(text) if end is None else end
    return 2 * (stop - start) - len(_NARROW.findall(text, start, stop))


class LineWidths:
    """How the lines of a text source are broken; of a PDF the reader has said it of each line."""

    __slots__ = ("_lines", "_text", "_widths", "spaced", "widest", "wrapped")

    def __init__(self, reading: Reading) -> None:
        self._lines = reading.lines
        self._text = reading.text
        self._widths: dict[int, tuple[int, int]] = {}
        self.spaced = False
        """Paragraphs are set apart by empty lines."""
        self.widest = (0, 0)
        """Columns and characters of the widest line where all are as narrow as wrapped lines are, else 0."""
        self.wrapped = False
        """Enough lines break at that width to say that the text is hard-wrapped."""
        if not reading.joins_known:
            self._measure()

    def _measure(self) -> None:
        indices: list[int] = []
        may_be_wide: list[int] = []
        for index, line in enumerate(self._lines):
            if line.kind == "text" and (pieces := line.pieces):
                indices.append(index)
                if 2 * (pieces[-1][1] - pieces[0][0]) + line.indent > _WIDEST:
                    may_be_wide.append(index)
        lines = [self._lines[index] for index in indices]
        self.spaced = sum([line.gap for line in lines]) * 2 >= len(lines)
        wide: set[int] = set()
        for index in may_be_wide:
            if self.width(index)[0] > _WIDEST:
                wide.add(index)
                if len(wide) * 8 > len(lines):
                    # A line of labels may be wider than the text; paragraphs that are make it unwrapped.
                    return
        narrow = [self.width(index) for index in indices if index not in wide]
        widest = max((columns for columns, _ in narrow), default=0)
        if widest < _NARROWEST:
            return
        # Hard-wrapped text breaks its lines at one width, in the middle of sentences; a list of labels or
        # of short paragraphs does not.
        broken = [
            index
            for index, (line, following) in zip(indices, pairwise(lines), strict=False)
            if not following.gap
            and not line.heading
            and not following.heading
            and self.width(index)[0] * 2 >= widest
            and not ends_paragraph(self._text[line.pieces[0][0] : line.pieces[-1][1]])
        ]
        self.widest = (widest, max(length for _, length in narrow))
        if len(broken) >= _ENOUGH_LINES:
            # An address that could not be broken stands out; an eighth of the lines may.
            widths = [self.width(index) for index in broken]
            self.widest = (_usual(width[0] for width in widths), _usual(width[1] for width in widths))
        full = sum(self.is_full(index, "") for index in broken)
        self.wrapped = full >= 3 and full * 10 >= len(broken) * 4

    def width(self, index: int) -> tuple[int, int]:
        """The width of a line with its indent, in columns of a half-width character and in characters."""
        known = self._widths.get(index)
        if known is not None:
            return known
        line = self._lines[index]
        columns, characters = line.indent, line.indent // 2
        for start, end in line.pieces:
            characters += end - start
            columns += columns_of(self._text, start, end)
        width = self._widths[index] = (columns, characters)
        return width

    def breaks_as_another(self, index: int) -> bool:
        """Whether another line below which the text goes on at once ends at the same column."""
        own, lines = self.width(index)[0], self._lines
        return own >= _NARROWEST and any(
            other != index
            and lines[other].kind == below.kind == "text"
            and not below.gap
            and abs(self.width(other)[0] - own) <= _RAGGED
            for other, below in enumerate(lines[1:])
        )

    def is_full(self, index: int, following: str) -> bool:
        """Whether a line is as wide as a wrapped one, so that the next line's first word did not fit.

        Some programs count columns, some characters.
        """
        if not self.widest[0]:
            return False
        columns, characters = self.width(index)
        if 2 * self._lines[index].indent > columns:
            # Set right: full though it seems, it goes on nowhere.
            return False
        word = _FIRST_WORD.match(following)
        length = len(word[0]) if word is not None else 0
        return self.widest[0] - columns <= max(_WRAP_SLACK, length) or self.widest[1] - characters <= max(
            _WRAP_SLACK // 2, length
        )


def _usual(widths: Iterable[int]) -> int:
    """The width that no more than an eighth of the lines exceed; the largest of a few."""
    ordered = sorted(widths, reverse=True)
    return ordered[len(ordered) // 8] if len(ordered) >= _ENOUGH_LINES else ordered[0]
