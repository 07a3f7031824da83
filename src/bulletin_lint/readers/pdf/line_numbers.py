"""Numbers that a program sets beside the lines, outside the text: they are none of it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bulletin_lint.readers.pdf.page import Run

FEWEST, FEW = 3, 2
"""So many numbers one below the other make a column; and where they count from the first step: 5, 10."""
SMALL = 0.8
"""The size of so few, of the type beside them."""
ALIGNED = 1.0
"""Points by which their right or left ends may differ."""
CLEAR = 0.3
"""In ems of the number: how far it stands from the text."""


def without_line_numbers(runs: Sequence[Run], known: Run | None = None) -> tuple[list[Run], list[Run]]:
    """A page's runs without line numbers, and these: figures that count up by one step from each to the
    next, aligned one below the other, left or right of everything else. Where a number of another page is
    `known`, a short page may have fewer, set like it at the same distance from the edge.
    """
    figures = [run for run in runs if len(run.text.strip()) <= 4 and run.text.strip().isdecimal()]
    if known is not None:
        figures = [run for run in figures if _is_like(run, known)]
        if figures and _is_outside(sorted(figures, key=lambda run: run.baseline), runs):
            own = {id(run) for run in figures}
            return [run for run in runs if id(run) not in own], figures
        return list(runs), []
    if len(figures) < FEW:
        return list(runs), []
    columns = [
        column
        for side in ("stop", "start")
        for column in _aligned(figures, side)
        if _counts_up(column)
        and _is_outside(column, runs)
        and (len(column) >= FEWEST or _is_small(column, runs))
    ]
    longest = max(columns, key=len, default=[])
    own = {id(run) for run in longest}
    return [run for run in runs if id(run) not in own], longest


def _is_like(run: Run, known: Run) -> bool:
    """Whether a figure is set as a line number of another page is."""
    if abs(run.face.size - known.face.size) > 0.1:
        return False
    return abs(run.stop - known.stop) <= ALIGNED or abs(run.start - known.start) <= ALIGNED


def _aligned(figures: Sequence[Run], side: str) -> list[list[Run]]:
    """Figures with the same right or left end, each group from top to bottom."""
    groups: list[list[Run]] = []
    for run in sorted(figures, key=lambda run: float(getattr(run, side))):
        if groups and getattr(run, side) - getattr(groups[-1][-1], side) <= ALIGNED:
            groups[-1].append(run)
        else:
            groups.append([run])
    return [sorted(group, key=lambda run: run.baseline) for group in groups if len(group) >= FEW]


def _is_small(column: Sequence[Run], runs: Sequence[Run]) -> bool:
    """Whether a column of few counts by fives or tens from the first step, in type smaller than beside it."""
    first, second = (int(run.text) for run in column[:2])
    if second != 2 * first or first not in (5, 10):
        return False
    known = {id(run) for run in column}
    top, bottom = column[0].baseline, column[-1].baseline
    beside = [run for run in runs if id(run) not in known and top - 1 <= run.baseline <= bottom + 1]
    return all(column[0].face.size <= SMALL * run.face.size for run in beside if run.text.strip())


def _counts_up(column: Sequence[Run]) -> bool:
    numbers = [int(run.text) for run in column]
    steps = {after - before for before, after in pairwise(numbers)}
    return len(steps) == 1 and steps.pop() in (1, 2, 5, 10)


def _is_outside(column: Sequence[Run], runs: Sequence[Run]) -> bool:
    """Whether all that stands at the height of the numbers is on one side of them, clear of them; and nothing
    above or below is where they are, but perhaps the first and the last line of the page. The first column
    of a table that is not ruled begins where the text does.
    """
    known = {id(run) for run in column}
    size = column[0].face.size
    top, bottom = column[0].baseline - size, column[-1].baseline + size
    others = [
        run for run in runs if id(run) not in known and top < run.baseline < bottom and run.text.strip()
    ]
    left, right = min(run.start for run in column), max(run.stop for run in column)
    clear = CLEAR * size
    ends = {extreme(run.baseline for run in runs) for extreme in (min, max)}
    elsewhere = (
        run
        for run in runs
        if not top < run.baseline < bottom and run.baseline not in ends and run.text.strip()
    )
    return (
        bool(others)
        and (
            all(run.start > right + clear for run in others) or all(run.stop < left - clear for run in others)
        )
        and not any(run.start < right and run.stop > left for run in elsewhere)
    )
