"""Lines in two columns side by side, read one column after the other.

A distribution list may be set so, and so may a whole page. Two fields on one line, or an office and its
date, are no columns: what tells is that the lines are full, as wrapped ones are, up to a gutter that all of
them keep clear.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bulletin_lint._typing import NamedTuple
from bulletin_lint.readers.pdf.page import Row, Run, text_row

APART = 0.8
"""In ems: a wider gap may be a gutter."""
NARROW = 0.2
"""In ems: what is left of a gutter where a line hangs into it."""
WIDEST_GUTTER = 4.0
"""In ems, measured from the longest line on the left."""
FULL = 1.5
"""In ems: what a full line may lack."""
RAGGED = 2.2
"""The same, of one among many: a program may set an indented line as many characters long as the others."""
NARROWEST = 8.0
"""In ems: columns of prose are wider."""
LEADING = 2.4
"""In ems: lines of one column stand no further apart."""
MANY = 4
"""Lines side by side among which not each need be full: half of them will do."""


class _Halves(NamedTuple):
    """What of a line stands left and right of a gutter; one of them may be empty."""

    left: list[Run]
    right: list[Run]


def by_column(rows: Sequence[Row]) -> list[Row]:
    """The lines of text from top to bottom; where two columns stand side by side, each line is split."""
    result: list[Row] = []
    at = 0
    while at < len(rows):
        best: list[_Halves] = []
        for gutter in _gutters(rows, at):
            group = _group(rows, at, gutter)
            if len(group) > len(best) and _are_columns(group):
                best = group
        if best:
            result += _split(rows[at], best)
            at += len(best)
        else:
            result.append(rows[at])
            at += 1
    return result


def _drawn(row: Row) -> list[Run]:
    return [run for run in row.runs if not run.text.isspace()]


def _gaps(row: Row, least: float) -> list[tuple[float, float]]:
    """The gaps of a line that are wider than so many ems."""
    return [
        (before.right, after.left)
        for before, after in pairwise(_drawn(row))
        if after.left - before.right > least * row.size
    ]


def _gutters(rows: Sequence[Row], at: int) -> list[tuple[float, float]]:
    """Where a gutter may be that begins beside a line: its own gaps, or those of the next one, which a line
    that fills its column may leave narrow.
    """
    own = _gaps(rows[at], APART) if len(rows[at].runs) > 1 else []
    if own or at + 1 == len(rows) or len(rows[at + 1].runs) == 1:
        return own
    return _gaps(rows[at + 1], APART)


def _group(rows: Sequence[Row], at: int, gutter: tuple[float, float]) -> list[_Halves]:
    """The lines from one on that keep clear of a gutter, which they may narrow."""
    group: list[_Halves] = []
    size = rows[at].size
    for index in range(at, len(rows)):
        row = rows[index]
        if index > at:
            step = row.baseline - rows[index - 1].baseline
            if abs(row.size - size) > 0.5 or step > LEADING * size:
                break
        halves = _halves(row, gutter, size)
        if halves is None:
            break
        begin = max(gutter[0], halves.left[-1].right) if halves.left else gutter[0]
        end = min(gutter[1], halves.right[0].left) if halves.right else gutter[1]
        gutter = begin, end
        group.append(halves)
    while group and not (group[-1].left and group[-1].right) and _is_after(group):
        group.pop()
    return group


def _is_after(group: Sequence[_Halves]) -> bool:
    """Whether the last line of a group, on one side only, is short and may be what follows the columns."""
    last = group[-1].left or group[-1].right
    same = [half for halves in group[:-1] if (half := halves.left if group[-1].left else halves.right)]
    return not same or last[0].left < min(half[0].left for half in same) - 0.3 * last[0].face.size


def _halves(row: Row, gutter: tuple[float, float], size: float) -> _Halves | None:
    """The parts of a line on either side of a gutter; None where something stands across it."""
    runs = _drawn(row)
    left = [run for run in runs if run.left < (gutter[0] + gutter[1]) / 2]
    right = runs[len(left) :]
    begin = max(gutter[0], left[-1].right) if left else gutter[0]
    end = min(gutter[1], right[0].left) if right else gutter[1]
    return _Halves(left, right) if end - begin > NARROW * size else None


def _are_columns(group: Sequence[_Halves]) -> bool:
    """Whether lines side by side are wrapped text: they are full, and the gutter is narrow."""
    size = (group[0].left or group[0].right)[0].face.size
    lefts = [halves.left for halves in group if halves.left]
    rights = [halves.right for halves in group if halves.right]
    both = sum(bool(halves.left and halves.right) for halves in group)
    if both < 2:
        return False
    left_end, right_end = (max(half[-1].right for half in side) for side in (lefts, rights))
    left, right = (min(half[0].left for half in side) for side in (lefts, rights))
    return (
        right - left_end <= WIDEST_GUTTER * size
        and left_end - left >= NARROWEST * size
        and right_end - right >= NARROWEST * size
        and _are_full(lefts, left_end, size)
        and _are_full(rights, right_end, size)
    )


def _are_full(halves: Sequence[list[Run]], end: float, size: float) -> bool:
    """Whether lines of one column reach its right edge: the first of a few, half of many."""
    lacks = [(end - half[-1].right) / size for half in halves]
    if len(lacks) < MANY:
        return lacks[0] <= FULL
    return 2 * sum(lack <= RAGGED for lack in lacks) >= len(lacks)


def _split(first: Row, group: Sequence[_Halves]) -> list[Row]:
    """The lines of the left column, then those of the right."""
    rows: list[Row] = []
    for side in (0, 1):
        halves = [halves[side] for halves in group if halves[side]]
        edges = min(half[0].left for half in halves), max(half[-1].right for half in halves)
        for half in halves:
            row = text_row(first.page, half)
            row.column = edges
            row.order = (first.baseline, side, row.baseline)
            rows.append(row)
    return rows
