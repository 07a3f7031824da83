"""Lines in two columns side by side, read one column after the other.

A distribution list may be set so. Two fields on one line, or an office and its date, are no columns:
what tells is that the lines are full, as wrapped ones are, up to a gutter that all of them keep to.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bulletin_lint.readers.pdf.page import Row, Run, text_row

APART = 0.8
"""In ems: a wider gap may be a gutter."""
NARROW = 0.2
"""In ems: a gutter next to a line that fills its column."""
WIDEST_GUTTER = 4.0
"""In ems, measured from the longest line on the left."""
FULL = 1.5
"""In ems: what a full line may lack."""
NARROWEST = 8.0
"""In ems: columns of prose are wider."""
LEADING = 2.4
"""In ems: lines of one column stand no further apart."""


def by_column(rows: Sequence[Row]) -> list[Row]:
    """The lines of text from top to bottom; where two columns stand side by side, each line is split."""
    result: list[Row] = []
    parts = list(map(_halves, rows))
    at = 0
    while at < len(rows):
        halves = parts[at]
        end = at + 1
        if halves is None and end < len(rows) and (below := parts[end]) is not None:
            halves = _parted(rows[at], below[1][0].left)
        if halves is not None:
            group = [halves]
            while end < len(rows) and (below := _continued(rows[end - 1], rows[end], group)) is not None:
                group.append(below)
                end += 1
            if len(group) > 1 and _are_columns(group):
                result += _split(rows[at], group)
                at = end
                continue
        result += rows[at : at + 1]
        at += 1
    return result


def _halves(row: Row) -> tuple[list[Run], list[Run]] | None:
    """The parts of a line left and right of its one wide gap; None where it has none or several."""
    if len(row.runs) == 1:
        return None
    runs = [run for run in row.runs if not run.text.isspace()]
    gaps = [
        index
        for index, (before, after) in enumerate(pairwise(runs), 1)
        if after.left - before.right > APART * row.size
    ]
    return (runs[: gaps[0]], runs[gaps[0] :]) if len(gaps) == 1 else None


def _parted(row: Row, at: float) -> tuple[list[Run], list[Run]] | None:
    """The parts of a line on either side of a gutter that another line shows: here it may be narrow."""
    runs = [run for run in row.runs if not run.text.isspace()]
    for index, (before, after) in enumerate(pairwise(runs), 1):
        if abs(after.left - at) < 0.3 * row.size and after.left - before.right > NARROW * row.size:
            return runs[:index], runs[index:]
    return None


def _continued(
    above: Row, row: Row, group: Sequence[tuple[list[Run], list[Run]]]
) -> tuple[list[Run], list[Run]] | None:
    """The halves of the next line where it goes on in the same columns; one half may be empty."""
    size = above.size
    if abs(row.size - size) > 0.5 or row.baseline - above.baseline > LEADING * size:
        return None
    left, right = group[0][0][0].left, group[0][1][0].left
    halves = _halves(row) or _parted(row, right)
    if halves is None:
        runs = [run for run in row.runs if not run.text.isspace()]
        if abs(row.x0 - right) < 0.3 * size:
            return [], runs
        if abs(row.x0 - left) < 0.3 * size and row.x1 < right - APART * size:
            return runs, []
        return None
    is_aligned = abs(halves[0][0].left - left) < 0.3 * size and abs(halves[1][0].left - right) < 0.3 * size
    return halves if is_aligned else None


def _are_columns(group: Sequence[tuple[list[Run], list[Run]]]) -> bool:
    """Whether lines side by side are wrapped text: the first ones are full, and the gutter is narrow."""
    (left, right), size = group[0], group[0][0][0].face.size
    left_end = max(half[-1].right for half, _ in group if half)
    right_end = max(half[-1].right for _, half in group if half)
    both = sum(bool(first and second) for first, second in group)
    return (
        both > 1
        and right[0].left - left_end <= WIDEST_GUTTER * size
        and left_end - left[-1].right <= FULL * size
        and right_end - right[-1].right <= FULL * size
        and left_end - left[0].left >= NARROWEST * size
        and right_end - right[0].left >= NARROWEST * size
    )


def _split(first: Row, group: Sequence[tuple[list[Run], list[Run]]]) -> list[Row]:
    """The lines of the left column, then those of the right."""
    rows: list[Row] = []
    for side in (0, 1):
        halves = [halves[side] for halves in group if halves[side]]
        edges = halves[0][0].left, max(half[-1].right for half in halves)
        for half in halves:
            row = text_row(first.page, half)
            row.column = edges
            row.order = (first.baseline, side, row.baseline)
            rows.append(row)
    return rows
