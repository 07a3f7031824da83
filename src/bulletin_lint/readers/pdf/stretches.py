"""Type without a gap: what a page is made of where it is asked what stands beside what."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bulletin_lint._typing import NamedTuple
from bulletin_lint.readers.pdf.page import ASCENT, DESCENT, Run

SHARED = 0.2
"""In ems: baselines that differ by less are one."""
CLEAR = 0.5
"""In ems: what stands no further apart is one stretch."""
MOST_STRETCHES = 600
"""A page with more of them is a drawing or an attack: each is weighed against the others."""


class Stretch(NamedTuple):
    """Type on one baseline without a gap that could be a gutter; in points."""

    baseline: float
    start: float
    stop: float
    size: float

    @property
    def top(self) -> float:
        """Where its characters end above."""
        return self.baseline - ASCENT * self.size

    @property
    def bottom(self) -> float:
        """Where its characters end below."""
        return self.baseline + DESCENT * self.size


def steps_of(runs: Sequence[Run]) -> list[float]:
    """How far the baselines of runs, to a tenth of a point, stand below one another, downwards."""
    heights = sorted({round(run.baseline, 1) for run in runs})
    return [below - above for above, below in pairwise(heights)]


def stretches_of(runs: Sequence[Run]) -> list[Stretch]:
    """Runs as stretches, downwards and from left to right: some programs draw every character by itself."""
    found: list[Stretch] = []
    baseline = start = stop = size = 0.0
    ordered = sorted([(round(run.baseline, 1), run.left, number) for number, run in enumerate(runs)])
    for number, (_, _, at) in enumerate(ordered):
        run = runs[at]
        own, begin = run.face.size, run.start
        if number and abs(baseline - run.baseline) < SHARED * own and start <= begin <= stop + CLEAR * own:
            stop, size = max(stop, run.stop), max(size, own)
            continue
        if number:
            found.append(Stretch(baseline, start, stop, size))
        baseline, start, stop, size = run.baseline, begin, run.stop, own
    if ordered:
        found.append(Stretch(baseline, start, stop, size))
    return found
