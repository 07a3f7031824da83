"""Text set on a grid of characters, as official Chinese documents are: 28 characters a line.

On such a grid programs set figures and Latin letters in cells of their own, an em and more from the
ideographs beside them, or every character by itself. Those gaps are the grid's: no field ends there, no
column, and no space was typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from bulletin_lint._typing import NamedTuple
from bulletin_lint.readers.pdf.page import Page, Run, middle

LEAST, MOST = 0.3, 2.6
"""In ems: the gaps in question. Those that any program sets between Chinese and Latin are narrower."""
LEAST_ALIKE = 0.08
"""The same between two ideographs, where programs set none."""
FEWEST = 4
"""So many of them between ideographs and figures or letters show a grid."""
MOST_ALIGNED = 0.5
"""The part of them that may be where one is in the line above or below: those of a list in columns are."""
NEAR, LEADING = 2.0, 4.0
"""Points that are one place; ems from one line to the next."""
USUAL, WIDER = 9, 1.6
"""So many of ten gaps are no wider than the usual one, and none is so many times as wide."""
SPREAD = 0.5
"""The part of a document's characters with such a gap behind them where every ideograph stands by itself."""
LOOSE = 1.6
"""So many times the usual gap is still the grid's."""


_WIDE = "\u2010"
"""Chinese characters and marks; dashes and quotation marks among them."""


class _Gap(NamedTuple):
    """Where a gap is between an ideograph and a figure or letter."""

    start: float
    end: float
    middle: float
    """Of the figure."""

    def is_above(self, other: _Gap) -> bool:
        """Whether one of its edges, or the middle of the figure, stands at the place of the other's."""
        return any(abs(place - there) <= NEAR for place, there in zip(self, other, strict=True))


class _Gaps(NamedTuple):
    """In ems, up to which width gaps are the grid's."""

    mixed: float
    """Between an ideograph and a figure or letter."""
    alike: float
    """Between two ideographs."""


def without_grid(pages: Sequence[Page]) -> Sequence[Page]:
    """The pages, with characters that reach to the next one where the gap between is that of a grid."""
    gaps = _gaps_of(pages)
    if gaps.mixed <= 0:
        return pages
    return [page._replace(runs=_reaching(page.runs, gaps)) for page in pages]


def _gaps_of(pages: Sequence[Page]) -> _Gaps:
    mixed: list[float] = []
    alike: list[float] = []
    count = aligned = 0
    for page in pages:
        count += sum([len(run.text) for run in page.runs])
        lines: dict[float, list[_Gap]] = {}
        for run, after, gap, is_mixed in _all_gaps(page.runs):
            if not is_mixed:
                alike.append(gap)
            elif gap >= LEAST:
                mixed.append(gap)
                number = run if run.text.rstrip()[-1:].isascii() else after
                place = _Gap(run.right, after.left, (number.left + number.right) / 2)
                lines.setdefault(run.baseline, []).append(place)
        if lines:
            aligned += _aligned(lines, LEADING * page.runs[0].face.size)
    spread = LOOSE * middle(alike) if len(alike) > SPREAD * count else 0.0
    is_grid = len(mixed) >= FEWEST and aligned <= MOST_ALIGNED * len(mixed)
    # One that is wider than nearly all others may be a field's.
    usual = sorted(mixed)[USUAL * (len(mixed) - 1) // 10] if is_grid else 0.0
    return _Gaps(max(spread, WIDER * usual), spread)


def _aligned(lines: Mapping[float, Sequence[_Gap]], leading: float) -> int:
    """How many gaps stand where one is in the line above and in the one below, as far as these are near."""
    heights = sorted(lines)
    count = 0
    for index, height in enumerate(heights):
        beside = [
            lines[near]
            for near in (*heights[max(0, index - 1) : index], *heights[index + 1 : index + 2])
            if abs(near - height) <= leading
        ]
        for gap in lines[height]:
            count += bool(beside) and all(any(gap.is_above(other) for other in line) for line in beside)
    return count


def _all_gaps(runs: Sequence[Run]) -> Iterator[tuple[Run, Run, float, bool]]:
    """The gaps of a page that may be a grid's: the runs beside, the width in ems, and whether one side is
    Chinese and the other is not. Spaces that were typed are no ends of a gap.
    """
    for run, after in pairwise(run for run in runs if not run.text.isspace()):
        size = run.face.size
        gap = after.left - run.right
        if abs(run.baseline - after.baseline) > 0.2 * size or not LEAST_ALIKE * size <= gap <= MOST * size:
            continue
        before, following = run.text.rstrip()[-1], after.text.lstrip()[0]
        is_mixed = _is_mixed(before, following)
        if is_mixed or (before >= _WIDE and following >= _WIDE):
            yield run, after, gap / size, is_mixed


def _reaching(runs: Sequence[Run], gaps: _Gaps) -> list[Run]:
    closed = {
        id(run): after.left
        for run, after, gap, is_mixed in _all_gaps(runs)
        if gap <= (gaps.mixed if is_mixed else gaps.alike)
    }
    return [run.reaching(closed[id(run)]) if id(run) in closed else run for run in runs]


def _is_mixed(before: str, after: str) -> bool:
    """Whether one character is Chinese and the other a figure, a letter or a mark beside such."""
    if before >= _WIDE:
        return "!" <= after <= "~"
    return "!" <= before <= "~" and after >= _WIDE
