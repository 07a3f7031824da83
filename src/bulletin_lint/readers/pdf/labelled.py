"""Tables without lines whose labels stand at half the height of what is beside them.

The lines of such a cell stand above and below its label; read from top to bottom, the label would come in
the middle of the sentence. What tells a table from columns: each label stands at the middle of the lines
beside it, and no line beside them is left over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bulletin_lint._typing import NamedTuple
from bulletin_lint.readers.pdf.page import Page, Run, is_odd, middle
from bulletin_lint.readers.pdf.stretches import MOST_STRETCHES, Stretch, steps_of, stretches_of

FEWEST = 2
"""Rows that make a table."""
STEP = 0.2, 1.6
"""In ems: how far above or below the nearest line of its cell a label stands."""
SAME = 0.2
"""In ems: the label may miss the middle by so much."""
EVEN = 1.08
"""The lines of one cell are no further apart than so many times the least distance."""
NARROWEST = 0.2
"""In ems: the room between a label and the lines beside it."""
APART = 1.6
"""So many times the distance of lines in a cell is between a table and what follows it."""
SPAN = 0.55
"""The same, of what stands between two rows: it belongs to both."""
MOST_ABOVE, HIGHEST = 8, 8
"""So many lines may stand above the first label; so many times as high as what sets apart is no row."""
HALF = 0.75
"""What is nearer than so many times the distance of lines in a cell is none of the next row."""
FARTHEST = 3.0
"""In ems: lines of one cell are no further apart."""


class LabelledRow(NamedTuple):
    """A row of a table: the runs of each cell, from left to right."""

    top: float
    """The baseline of its first line."""
    cells: tuple[tuple[Run, ...], ...]


class _Block(NamedTuple):
    """Lines one below the other that belong together: their first and last baseline."""

    first: float
    last: float

    @property
    def middle(self) -> float:
        return (self.first + self.last) / 2


def labelled_rows(page: Page, body_size: float, steps: Sequence[float]) -> list[LabelledRow]:
    """The rows of the first table of a page whose labels stand at half the height of their rows. `steps` are
    those between its baselines.
    """
    level = page.runs
    if page.grids:
        level = [run for run in level if not any(_is_inside(grid.box, run) for grid in page.grids)]
        steps = steps_of(level)
    if not _may_have_labels(steps, body_size):
        return []
    level = [run for run in level if not run.text.isspace() and not is_odd(run.face, body_size)]
    pieces = stretches_of(level)
    if len(pieces) > MOST_STRETCHES:
        return []
    for gutter in _gutters(pieces):
        for zone in _zones(page, pieces, gutter):
            rows, leading = _rows(zone, gutter, body_size)
            if rows:
                return _filled(rows, zone, level, gutter, leading)
    return []


def _may_have_labels(steps: Sequence[float], body_size: float) -> bool:
    """Whether lines are closer than lines of prose are: on most pages none."""
    low, high = STEP[0] * body_size, 0.95 * STEP[1] * body_size
    return sum([low <= step <= high for step in steps]) >= FEWEST


def _is_inside(box: Sequence[float], run: Run) -> bool:
    return box[0] <= run.start <= box[2] and box[1] <= run.baseline <= box[3] + run.face.size


def _gutters(pieces: Sequence[Stretch]) -> list[float]:
    """Where the cells beside the labels may begin: several lines do. The likeliest first."""
    groups: dict[int, list[float]] = {}
    for piece in pieces:
        groups.setdefault(round(piece.start / 2), []).append(piece.start)
    likely = sorted((group for group in groups.values() if len(group) > FEWEST), key=len, reverse=True)
    return [min(group) for group in likely[:4]]


def _zones(page: Page, pieces: Sequence[Stretch], gutter: float) -> Iterator[list[Stretch]]:
    """Pieces from top to bottom between those that cross a gutter."""
    zone: list[Stretch] = []
    rules = sorted(rule.y for rule in page.rulings if rule.x0 < gutter - 1 and rule.x1 > gutter + 1)
    for piece in sorted(pieces, key=lambda piece: piece.baseline):
        crosses = piece.start < gutter - 1 and piece.stop > gutter - NARROWEST * piece.size
        is_after = zone and any(zone[-1].baseline < rule < piece.baseline for rule in rules)
        if crosses or is_after:
            if zone:
                yield zone
            zone = []
        if not crosses:
            zone.append(piece)
    if zone:
        yield zone


def _rows(zone: Sequence[Stretch], gutter: float, body_size: float) -> tuple[list[_Block], float]:
    """The lines beside each label, where every label of the column next to a gutter has its own, and how far
    apart the lines of a cell are.
    """
    right = [piece for piece in zone if piece.start >= gutter - 1]
    left = _nearest([piece for piece in zone if piece.start < gutter - 1])
    if len(right) < FEWEST or not left:
        return [], 0.0
    lines = sorted({round(piece.baseline, 1) for piece in right})
    steps = [below - above for above, below in pairwise(lines)]
    steps = [step for step in steps if body_size < step <= FARTHEST * body_size]
    if not steps:
        return [], 0.0
    leading = middle(steps)
    heights = sorted({round(piece.baseline, 1) for piece in left})
    # A label may have several lines itself.
    for labels in (_blocks(heights, leading), [_Block(height, height) for height in heights]):
        pairs = _paired(labels, lines, SAME * body_size, leading)
        if any(label.first != block.first for label, block in pairs):
            return [
                _Block(min(label.first, block.first), max(label.last, block.last)) for label, block in pairs
            ], leading
    return [], 0.0


def _paired(
    labels: Sequence[_Block], lines: Sequence[float], near: float, leading: float
) -> list[tuple[_Block, _Block]]:
    """Labels with the lines at whose middle each stands, none left over but above the first label and well
    below the last.
    """
    for first in range(min(len(labels), MOST_ABOVE)):
        for start in range(len(lines)):
            above = lines[start] - lines[start - 1] if start else 0.0
            if labels[first].middle - lines[start] > HIGHEST * leading or _is_near(above, leading):
                continue
            if lines[start] > labels[first].middle + near:
                break
            pairs = _chain(labels, first, lines, start, near)
            if len(pairs) < FEWEST:
                continue
            label, block = pairs[-1]
            rest = [line for line in lines if line > block.last]
            others = [label.first for label in labels[first + len(pairs) :]]
            if not others and len(pairs) > FEWEST and _is_even([block.first, *rest]):
                # The end of the page cuts the last row.
                return [*pairs[:-1], (label, _Block(block.first, lines[-1]))]
            if min([*rest, *others], default=float("inf")) - max(label.last, block.last) >= APART * leading:
                return pairs
    return []


def _chain(
    labels: Sequence[_Block], number: int, lines: Sequence[float], at: int, near: float
) -> list[tuple[_Block, _Block]]:
    """The labels from one on with the lines from one on, as far as they go together."""
    pairs: list[tuple[_Block, _Block]] = []
    while number < len(labels) and at < len(lines):
        height, end = labels[number].middle, at
        while end + 1 < len(lines) and (lines[at] + lines[end]) / 2 < height - near:
            end += 1
        if abs((lines[at] + lines[end]) / 2 - height) > near or not _is_even(lines[at : end + 1]):
            break
        pairs.append((labels[number], _Block(lines[at], lines[end])))
        number, at = number + 1, end + 1
    return pairs


def _is_near(step: float, leading: float) -> bool:
    return leading / EVEN <= step <= EVEN * leading


def _is_even(lines: Sequence[float]) -> bool:
    steps = [below - above for above, below in pairwise(lines)]
    return not steps or max(steps) <= EVEN * min(steps)


def _nearest(left: Sequence[Stretch]) -> list[Stretch]:
    """Of what stands left of a gutter the pieces of the column next to it."""
    column: list[Stretch] = []
    for piece in sorted(left, key=lambda piece: piece.stop, reverse=True):
        if column and piece.stop < min(other.start for other in column):
            break
        column.append(piece)
    return column


def _blocks(heights: Sequence[float], leading: float) -> list[_Block]:
    """Lines one below the other, parted where they are further apart than within a cell."""
    blocks: list[_Block] = []
    for height in heights:
        step = height - blocks[-1].last if blocks else float("inf")
        # Labels of two columns may stand half a line apart; the next row is never so near.
        if step < HALF * leading or _is_near(step, leading):
            blocks[-1] = _Block(blocks[-1].first, height)
        else:
            blocks.append(_Block(height, height))
    return blocks


def _filled(
    rows: Sequence[_Block], zone: Sequence[Stretch], level: Sequence[Run], gutter: float, leading: float
) -> list[LabelledRow]:
    """The rows with what stands in each of their cells."""
    span = SPAN * leading
    top, bottom = rows[0].first - span, rows[-1].last + span
    columns = _columns([piece for piece in zone if top <= piece.baseline <= bottom], gutter)
    cells: list[list[list[Run]]] = [[[] for _ in columns] for _ in rows]
    for run in level:
        if top <= run.baseline <= bottom:
            column = sum(run.start >= start - 1 for start in columns[1:])
            cells[_row_of(run.baseline, rows, span)][column].append(run)
    return [
        LabelledRow(row.first, tuple(tuple(cell) for cell in found if cell))
        for row, found in zip(rows, cells, strict=True)
    ]


def _row_of(baseline: float, rows: Sequence[_Block], span: float) -> int:
    """The index of the row to which a line belongs; of several the first."""
    distances = [max(0.0, row.first - baseline, baseline - row.last) for row in rows]
    nearest = min(distances)
    index = distances.index(nearest)
    return index - 1 if index and nearest > span and baseline < rows[index].first else index


def _columns(pieces: Sequence[Stretch], gutter: float) -> list[float]:
    """Where the columns begin: what stands one above the other is in one, and all right of a gutter is."""
    starts: list[float] = []
    stop = float("-inf")
    for piece in sorted(pieces, key=lambda piece: piece.start):
        if piece.start >= gutter - 1:
            break
        if piece.start > stop:
            starts.append(piece.start)
        stop = max(stop, piece.stop)
    return [*starts, gutter]
