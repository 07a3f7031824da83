"""The tables that drawn lines make: pure geometry.

The definition of a cell is pdfplumber's (the smallest rectangle whose corners are crossings and whose
sides are drawn), and tests hold the two to the same answer; found here because pdfplumber's search
takes several milliseconds for a small table and its import a tenth of a second.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulletin_lint._typing import NamedTuple
from bulletin_lint.model.location import Box
from bulletin_lint.readers.pdf.page import Grid

TOLERANCE = 3.0
"""Points by which the lines of a table may miss one another (pdfplumber's default)."""
MOST_CROSSINGS = 4000
"""A drawing with more is no table."""


class Edge(NamedTuple):
    """A drawn line: level at a height from one x to another, or upright at an x."""

    at: float
    start: float
    end: float
    upright: bool = False


def find_grids(edges: Sequence[Edge]) -> Iterator[Grid]:
    """The tables with rows and columns; a frame round a paragraph is none."""
    if sum(edge.upright for edge in edges) < 3:
        return
    upright, level = _merged(edges, upright=True), _merged(edges, upright=False)
    if sum(map(len, upright.values())) < 3 or len(upright) * len(level) > MOST_CROSSINGS:
        return
    for cells in _groups(_cells(upright, level)):
        columns = sorted({cell[0] for cell in cells})
        rows: list[tuple[Box | None, ...]] = []
        for top in sorted({cell[1] for cell in cells}):
            by_left = {cell[0]: cell for cell in cells if cell[1] == top}
            rows.append(tuple(by_left.get(left) for left in columns))
        most = max(len(row) - row.count(None) for row in rows)
        # Of a table that a page's end cuts, one row may be left.
        if most > (1 if len(rows) > 1 else 2):
            box = (
                min(cell[0] for cell in cells),
                min(cell[1] for cell in cells),
                max(cell[2] for cell in cells),
                max(cell[3] for cell in cells),
            )
            yield Grid(box, tuple(rows))


def _merged(edges: Sequence[Edge], *, upright: bool) -> dict[float, list[tuple[float, float]]]:
    """Lines nearly on one another snapped to their mean, those end to end made one."""
    lines = sorted((edge for edge in edges if edge.upright == upright), key=lambda edge: edge.at)
    clusters: list[list[Edge]] = []
    for line in lines:
        if clusters and line.at - clusters[-1][-1].at <= TOLERANCE:
            clusters[-1].append(line)
        else:
            clusters.append([line])
    merged: dict[float, list[tuple[float, float]]] = {}
    for cluster in clusters:
        stretches: list[tuple[float, float]] = []
        for start, end in sorted((line.start, line.end) for line in cluster):
            if stretches and start <= stretches[-1][1] + TOLERANCE:
                stretches[-1] = stretches[-1][0], max(stretches[-1][1], end)
            else:
                stretches.append((start, end))
        merged[sum(line.at for line in cluster) / len(cluster)] = stretches
    return merged


def _covers(stretches: Sequence[tuple[float, float]], start: float, end: float) -> bool:
    """Whether one unbroken line goes from one place to another."""
    return any(low <= start + TOLERANCE and end - TOLERANCE <= high for low, high in stretches)


def _cells(
    upright: dict[float, list[tuple[float, float]]], level: dict[float, list[tuple[float, float]]]
) -> Iterator[Box]:
    xs, ys = sorted(upright), sorted(level)
    crossings = {(x, y) for x in xs for y in ys if _covers(upright[x], y, y) and _covers(level[y], x, x)}
    below = {x: [y for y in ys if (x, y) in crossings] for x in xs}
    beside = {y: [x for x in xs if (x, y) in crossings] for y in ys}
    for x, y in sorted(crossings):
        cell = next(
            (
                (x, y, right, bottom)
                for bottom in below[x]
                if bottom > y and _covers(upright[x], y, bottom)
                for right in beside[y]
                if right > x
                and (right, bottom) in crossings
                and _covers(level[y], x, right)
                and _covers(upright[right], y, bottom)
                and _covers(level[bottom], x, right)
            ),
            None,
        )
        if cell is not None:
            yield cell


def _groups(cells: Iterator[Box]) -> list[list[Box]]:
    """The cells of each table: those that share a corner."""
    groups: list[tuple[set[tuple[float, float]], list[Box]]] = []
    for cell in cells:
        x0, top, x1, bottom = cell
        corners = {(x0, top), (x0, bottom), (x1, top), (x1, bottom)}
        touching = [group for group in groups if not corners.isdisjoint(group[0])]
        apart = [group for group in groups if corners.isdisjoint(group[0])]
        joined = [other for group in touching for other in group[1]]
        groups = [*apart, (corners.union(*(group[0] for group in touching)), [*joined, cell])]
    groups.sort(key=lambda group: min((cell[1], cell[0]) for cell in group[1]))
    return [found for _, found in groups if len(found) > 1]
