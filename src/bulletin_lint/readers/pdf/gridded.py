"""Text set on a grid of characters, as official Chinese documents are: 28 characters a line.

On such a grid programs set figures and Latin letters in cells of their own, an em and more from the
ideographs beside them, or every character by itself. Those gaps are the grid's: no field ends there, no
column, and no space was typed.
"""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_lint._typing import NamedTuple
from bulletin_lint.readers.pdf.page import Page, Run, middle

LEAST, MOST = 0.55, 2.6
"""In ems: the gaps in question. Those that any program sets between Chinese and Latin are narrower: TeX's
are half an em."""
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
    """A gap that may be a grid's."""

    before: Run
    after: Run
    width: float
    """In ems."""
    is_mixed: bool
    """One side is Chinese and the other is not."""

    def places(self) -> tuple[float, float, float]:
        """Both of its ends, and the middle of the figure or word beside it."""
        number = self.before if self.before.text.rstrip()[-1] < _WIDE else self.after
        return self.before.right, self.after.left, (number.left + number.right) / 2


def without_grid(pages: Sequence[Page]) -> Sequence[Page]:
    """The pages, with characters that reach to the next one where the gap between is that of a grid."""
    found = [_gaps_on(page.runs) for page in pages]
    mixed, alike = _widest(pages, found)
    if mixed <= 0:
        return pages
    return [
        page._replace(runs=_reaching(page.runs, gaps, mixed, alike)) if gaps else page
        for page, gaps in zip(pages, found, strict=True)
    ]


def _gaps_on(runs: Sequence[Run]) -> list[_Gap]:
    """The gaps of a page that may be a grid's. Spaces that were typed are no ends of a gap."""
    found: list[_Gap] = []
    before: Run | None = None
    for run in runs:
        if run.text == " ":
            continue
        if before is not None:
            size = before.face.size
            gap = run.left - before.right
            if LEAST_ALIKE * size <= gap <= MOST * size and abs(before.baseline - run.baseline) <= 0.2 * size:
                one, other = before.text.rstrip()[-1:], run.text.lstrip()[:1]
                is_mixed = _is_mixed(one, other)
                if is_mixed or (one >= _WIDE and other >= _WIDE):
                    found.append(_Gap(before, run, gap / size, is_mixed))
        before = run
    return found


def _widest(pages: Sequence[Page], found: Sequence[Sequence[_Gap]]) -> tuple[float, float]:
    """In ems, up to which width gaps are the grid's: where Chinese meets other characters, and between
    Chinese ones; 0 where there is no grid.
    """
    mixed: list[float] = []
    alike: list[float] = []
    aligned = 0
    for page, gaps in zip(pages, found, strict=True):
        alike += [gap.width for gap in gaps if not gap.is_mixed]
        wide = [gap for gap in gaps if gap.is_mixed and gap.width >= LEAST]
        mixed += [gap.width for gap in wide]
        aligned += _aligned(wide, LEADING * page.runs[0].face.size) if wide else 0
    count = sum(len(run.text) for page in pages for run in page.runs) if alike else 0
    spread = LOOSE * middle(alike) if alike and len(alike) > SPREAD * count else 0.0
    if len(mixed) < FEWEST or aligned > MOST_ALIGNED * len(mixed):
        return spread, spread
    # One that is wider than nearly all others may be a field's.
    return max(spread, WIDER * sorted(mixed)[USUAL * (len(mixed) - 1) // 10]), spread


def _aligned(gaps: Sequence[_Gap], leading: float) -> int:
    """How many gaps stand where one is in the line above and in the one below, as far as these are near."""
    lines: dict[float, list[tuple[float, float, float]]] = {}
    for gap in gaps:
        lines.setdefault(gap.before.baseline, []).append(gap.places())
    heights = sorted(lines)
    count = 0
    for index, height in enumerate(heights):
        beside = [
            lines[near]
            for near in (*heights[max(0, index - 1) : index], *heights[index + 1 : index + 2])
            if abs(near - height) <= leading
        ]
        for places in lines[height]:
            count += bool(beside) and all(any(_agree(places, other) for other in line) for line in beside)
    return count


def _agree(places: Sequence[float], others: Sequence[float]) -> bool:
    """Whether one of the places is nearly that of the other gap."""
    return any(abs(place - other) <= NEAR for place, other in zip(places, others, strict=True))


def _reaching(runs: Sequence[Run], gaps: Sequence[_Gap], mixed: float, alike: float) -> list[Run]:
    closed = {
        id(gap.before): gap.after.left for gap in gaps if gap.width <= (mixed if gap.is_mixed else alike)
    }
    return [run.reaching(closed[id(run)]) if id(run) in closed else run for run in runs]


def _is_mixed(before: str, after: str) -> bool:
    """Whether one character is Chinese and the other a figure, a letter or a mark beside such."""
    if before >= _WIDE:
        return "!" <= after <= "~"
    return "!" <= before <= "~" and after >= _WIDE
