"""Lines that stand beside one another at heights of their own: columns whose lines do not agree.

Read from top to bottom such lines would make sentences that nobody wrote. Where a gutter that nothing
crosses parts them, and lines follow one another evenly on both sides, they are columns; else nobody can tell
which line follows which, and none of them is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bulletin_lint._typing import NamedTuple
from bulletin_lint.readers.pdf.page import Page, Run, is_odd
from bulletin_lint.readers.pdf.stretches import CLEAR, MOST_STRETCHES, SHARED, Stretch, stretches_of

SHIFT = SHARED, 0.95
"""In ems: how far apart the baselines are of lines that stand beside one another and share none."""
ALIKE = 0.7
"""Type smaller than this part of the other is a note beside it, or a raised figure."""
NARROWEST = 2.0
"""In ems: what is narrower is a mark or a figure."""
FEWEST = 3
"""Lines on each side that stand beside one of the other; an office and a date, or two fields, are fewer."""
NEAR = 3.0
"""In ems: pairs of lines further apart have nothing to do with each other."""
EVEN = 0.15, 0.6
"""Steps from line to line that differ by less than the first part are the same; in a column the second part
of them are."""


class Zone(NamedTuple):
    """A stretch of a page where lines stand beside one another without agreeing."""

    top: float
    bottom: float
    gutter: float | None
    """Where the right column begins; None where the lines are in no columns."""


def zones_of(page: Page, body_size: float, steps: Sequence[float]) -> list[Zone]:
    """The stretches of a page in which lines stand beside one another at heights of their own, from top to
    bottom; none of most pages. `steps` are those between its baselines.
    """
    if not _may_be_shifted(steps, body_size):
        return []
    level = [run for run in page.runs if run.text.strip() and not is_odd(run.face, body_size)]
    pieces = stretches_of([run for run in level if not _is_in_table(page, run)])
    if len(pieces) > MOST_STRETCHES:
        return []
    zones: list[Zone] = []
    for pairs in _clusters(_pairs(pieces)):
        lefts, rights = ({pair[side] for pair in pairs} for side in (0, 1))
        if min(len(lefts), len(rights)) >= FEWEST:
            zones.append(_zone(pieces, lefts, rights))
    return zones


def _may_be_shifted(steps: Sequence[float], body_size: float) -> bool:
    """Whether baselines lie so close together that lines may stand beside one another: of most pages none."""
    low, high = SHIFT[0] * body_size, SHIFT[1] * body_size
    return sum([low <= step <= high for step in steps]) >= FEWEST


def _is_in_table(page: Page, run: Run) -> bool:
    return any(
        grid.box[0] <= run.start <= grid.box[2] and grid.box[1] <= run.baseline <= grid.box[3] + run.face.size
        for grid in page.grids
    )


def _pairs(pieces: Sequence[Stretch]) -> list[tuple[Stretch, Stretch]]:
    """Pieces that stand beside one another on baselines of their own, the left one first."""
    wide = [piece for piece in pieces if piece.stop - piece.start >= NARROWEST * piece.size]
    found = []
    for index, piece in enumerate(wide):
        for other in wide[index + 1 :]:
            step = other.baseline - piece.baseline
            smaller, larger = sorted((piece.size, other.size))
            if step > SHIFT[1] * larger:
                break
            if step < SHIFT[0] * smaller or smaller < ALIKE * larger:
                continue
            left, right = (piece, other) if piece.start < other.start else (other, piece)
            if right.start - left.stop >= CLEAR * smaller:
                found.append((left, right))
    return found


def _clusters(pairs: Sequence[tuple[Stretch, Stretch]]) -> list[list[tuple[Stretch, Stretch]]]:
    """Pairs that follow one another closely down the page."""
    clusters: list[list[tuple[Stretch, Stretch]]] = []
    bottom = float("-inf")
    for pair in sorted(pairs, key=lambda pair: min(piece.baseline for piece in pair)):
        first = min(piece.baseline for piece in pair)
        if first - bottom > NEAR * pair[0].size:
            clusters.append([])
        clusters[-1].append(pair)
        bottom = max(bottom, *(piece.baseline for piece in pair))
    return clusters


def _zone(pieces: Sequence[Stretch], lefts: set[Stretch], rights: set[Stretch]) -> Zone:
    """The stretch in which such pieces stand, with what goes on above and below in their columns."""
    both = lefts | rights
    top, bottom = min(piece.top for piece in both), max(piece.bottom for piece in both)
    gutter = min(piece.start for piece in rights)
    within = [piece for piece in pieces if top - 1 <= piece.baseline <= bottom + 1]
    is_clear = (
        not any(piece.start < gutter - 1 < piece.stop for piece in within)
        and max(piece.stop for piece in lefts) < gutter
    )
    if not is_clear:
        return Zone(top - 0.1, bottom + 0.1, None)
    within = _grown(pieces, within, gutter)
    sides = (
        [piece for piece in within if (piece.start < gutter - 1) == is_left] for is_left in (True, False)
    )
    is_even = all(map(_is_even, sides))
    top, bottom = min(piece.top for piece in within), max(piece.bottom for piece in within)
    return Zone(top - 0.1, bottom + 0.1, gutter if is_even else None)


def _grown(pieces: Sequence[Stretch], within: Sequence[Stretch], gutter: float) -> list[Stretch]:
    """What stands clear of a gutter, with the lines above and below that go on on one side of it alone."""
    grown = list(within)
    for down in (True, False):
        ordered = sorted(pieces, key=lambda piece: piece.baseline, reverse=not down)
        edge = (max if down else min)(piece.baseline for piece in grown)
        for piece in ordered:
            step = piece.baseline - edge if down else edge - piece.baseline
            if step <= 0 or piece in grown:
                continue
            beside = [
                other for other in pieces if abs(other.baseline - piece.baseline) < SHIFT[0] * piece.size
            ]
            crosses = piece.start < gutter - 1 < piece.stop
            if step > 2 * piece.size or crosses or len(beside) > 1:
                break
            grown.append(piece)
            edge = piece.baseline
    return grown


def _is_even(side: Sequence[Stretch]) -> bool:
    """Whether the lines of a side follow one another at one distance, as those of a paragraph do."""
    heights = sorted({piece.baseline for piece in side})
    steps = [below - above for above, below in pairwise(heights)]
    if len(steps) < FEWEST - 1:
        return False
    usual = sorted(steps)[len(steps) // 2]
    return sum(abs(step - usual) <= EVEN[0] * usual for step in steps) >= EVEN[1] * len(steps)
