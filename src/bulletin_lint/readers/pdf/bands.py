"""Pages set in columns: the bands of a page that a gutter parts from top to bottom.

In a band the lines of both columns go their own way: their baselines need not agree, and titles, signatures
and tables stand among them. What tells columns from things side by side is prose on both sides of a gutter
that nothing crosses. `columns` finds those of a few lines, which share their baselines.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bulletin_lint._typing import NamedTuple
from bulletin_lint.readers.pdf.page import ASCENT, DESCENT, Page, Run, is_odd
from bulletin_lint.readers.pdf.stretches import MOST_STRETCHES, SHARED, Stretch, stretches_of

MIDDLE = 0.3, 0.7
"""The part of a page's width in which a gutter between two columns may be."""
FEWEST_STARTS = 2
"""So many lines begin at one place beside a gutter."""
HANGING = 2.0
"""In ems: a line that begins nearer to the right column than this is none of the left one's."""
NARROWEST_GUTTER = 0.25
"""In ems: what a mark that hangs over the end of a line may leave of it."""
FEWEST_LINES = 3
"""So many lines of prose on each side make columns."""
APART_LINES = 2
"""Where so many lines beside one another share no baseline, as parts of a line do, one on each side does."""
PROSE = 0.75
"""The part of its column that a line of prose fills."""
APART = 1.2
"""In ems of the body, clear of type on both sides: what stands above is set apart from what stands below."""


class Band(NamedTuple):
    """A stretch of a page in two columns."""

    top: float
    bottom: float
    gutter: float
    """Where the right column begins."""


class _Line(NamedTuple):
    """Type on one baseline on one side of a gutter."""

    baseline: float
    start: float
    stop: float
    size: float


def bands_of(page: Page, body_size: float) -> list[Band]:
    """The bands of a page in columns, from top to bottom; none of most pages."""
    low, high = MIDDLE[0] * page.width, MIDDLE[1] * page.width
    if not _gutters([run.start for run in page.runs if low < run.start < high]):
        return []
    pieces = stretches_of([run for run in page.runs if run.text.strip() and not is_odd(run.face, body_size)])
    if len(pieces) > MOST_STRETCHES:
        return []
    for gutter in _gutters([piece.start for piece in pieces if low < piece.start < high]):
        found = _bands(page, pieces, gutter, body_size)
        if found:
            return found
    return []


def parts_of(page: Page, bands: Sequence[Band]) -> tuple[Page, list[tuple[Band, Page, Page]]]:
    """What of a page stands in no band, and for each band what stands left and right of its gutter."""

    def within(band: Band, *, is_left: bool) -> Page:
        def inside(top: float, bottom: float, left: float) -> bool:
            return band.top <= (top + bottom) / 2 <= band.bottom and (left < band.gutter - 1.0) == is_left

        return page._replace(
            width=0.0,
            runs=[run for run in page.runs if inside(*_extent(run), run.left)],
            # Borders and frames reach into the gutter.
            rulings=[each for each in page.rulings if inside(each.y, each.y, (each.x0 + each.x1) / 2)],
            grids=[
                grid
                for grid in page.grids
                if inside(grid.box[1], grid.box[3], (grid.box[0] + grid.box[2]) / 2)
            ],
        )

    parted = [(band, within(band, is_left=True), within(band, is_left=False)) for band in bands]
    taken = {
        id(thing)
        for _, *sides in parted
        for side in sides
        for thing in (*side.runs, *side.grids, *side.rulings)
    }
    rest = page._replace(
        runs=[run for run in page.runs if id(run) not in taken],
        rulings=[each for each in page.rulings if id(each) not in taken],
        grids=[grid for grid in page.grids if id(grid) not in taken],
    )
    return rest, parted


def _extent(run: Run) -> tuple[float, float]:
    return run.baseline - ASCENT * run.face.size, run.baseline + DESCENT * run.face.size


def _gutters(starts: Sequence[float]) -> list[float]:
    """Where a right column may begin: several lines start there. The likeliest first."""
    groups: dict[int, list[float]] = {}
    for start in starts:
        groups.setdefault(round(start / 2), []).append(start)
    found = [places for places in groups.values() if len(places) >= FEWEST_STARTS]
    return [min(places) for places in sorted(found, key=len, reverse=True)[:3]]


def _bands(page: Page, pieces: Sequence[Stretch], gutter: float, body_size: float) -> list[Band]:
    """The bands beside one gutter: between what stands across it."""
    cuts = [(0.0, 0.0), (page.height, page.height)]
    for piece in pieces:
        size = piece.size
        if piece.start < gutter - HANGING * size and piece.stop > gutter - NARROWEST_GUTTER * size:
            cuts.append((piece.top, piece.bottom))
    cuts += [
        (rule.y, rule.y) for rule in page.rulings if rule.x0 < gutter - 1 and rule.x1 > gutter + body_size
    ]
    cuts += [
        (grid.box[1], grid.box[3])
        for grid in page.grids
        if grid.box[0] < gutter - body_size and grid.box[2] > gutter + body_size
    ]
    cuts.sort()
    bands: list[Band] = []
    bottom = 0.0
    for top, end in cuts:
        if top > bottom:
            within = [piece for piece in pieces if bottom <= (piece.top + piece.bottom) / 2 <= top]
            band = _trimmed(within, gutter, body_size)
            if band is not None:
                bands.append(band)
        bottom = max(bottom, end)
    return bands


def _trimmed(pieces: Sequence[Stretch], gutter: float, body_size: float) -> Band | None:
    """The pieces clear of a gutter that are set in columns: without what stands apart above or below,
    as an office and its date, or the names of the makers, do.
    """
    beside = sum([piece.start >= gutter - 1.0 for piece in pieces])
    if len(pieces) < 2 * APART_LINES or not 0 < beside < len(pieces):
        return None
    sections = _sections(pieces, body_size)
    sides = [_sides(section, gutter) for section in sections]
    whole = _sides(pieces, gutter)
    widths = _widths(whole, body_size)
    proses = [[_prose(side, width) for side, width in zip(each, widths, strict=True)] for each in sides]
    fewest = 1 if _apart(*whole) >= APART_LINES else FEWEST_LINES
    if any(sum(each[side] for each in proses) < fewest for side in (0, 1)):
        return None
    kept = [index for index, counts in enumerate(proses) if sum(counts) > 0]
    within = [piece for section in sections[kept[0] : kept[-1] + 1] for piece in section]
    within = _without_pairs_above(within, gutter, widths)
    # A title above its column's prose is as much of it.
    first = kept[0]
    while first and _is_title(sides[first - 1]):
        first -= 1
        within += sections[first]
    return Band(min(piece.top for piece in within) - 0.1, max(piece.bottom for piece in within) + 0.1, gutter)


def _apart(left: Sequence[_Line], right: Sequence[_Line]) -> int:
    """How many lines on the right stand beside one on the left and have no baseline in common with any."""
    count = 0
    for line in right:
        distances = [abs(line.baseline - other.baseline) for other in left]
        near = min(distances, default=float("inf"))
        count += SHARED * line.size < near < line.size
    return count


def _is_title(sides: tuple[list[_Line], list[_Line]]) -> bool:
    """Whether what stands apart above a column may be its title: on one side only."""
    return bool(sides[0]) != bool(sides[1])


def _sections(pieces: Sequence[Stretch], body_size: float) -> list[list[Stretch]]:
    """Pieces from top to bottom, parted where neither side has any type for a while."""
    ordered = sorted(pieces, key=lambda piece: piece.top)
    sections = [[ordered[0]]]
    bottom = ordered[0].bottom
    for piece in ordered[1:]:
        if piece.top - bottom > APART * body_size:
            sections.append([])
        sections[-1].append(piece)
        bottom = max(bottom, piece.bottom)
    return sections


def _sides(pieces: Sequence[Stretch], gutter: float) -> tuple[list[_Line], list[_Line]]:
    """The lines on either side of a gutter, from top to bottom."""
    left = [piece for piece in pieces if piece.start < gutter - 1.0]
    return _lines(left), _lines([piece for piece in pieces if piece.start >= gutter - 1.0])


def _lines(pieces: Sequence[Stretch]) -> list[_Line]:
    lines: list[_Line] = []
    for piece in sorted(pieces, key=lambda piece: piece.baseline):
        last = lines[-1] if lines else None
        if last is not None and piece.baseline - last.baseline < 0.5 * piece.size:
            ends = min(last.start, piece.start), max(last.stop, piece.stop)
            lines[-1] = _Line(last.baseline, *ends, max(last.size, piece.size))
        else:
            lines.append(_Line(piece.baseline, piece.start, piece.stop, piece.size))
    return lines


def _widths(sides: tuple[list[_Line], list[_Line]], body_size: float) -> tuple[float, float]:
    """How wide both columns are."""
    left, right = (
        max((line.stop for line in side), default=0.0) - min((line.start for line in side), default=0.0)
        for side in sides
    )
    return max(left, 8 * body_size), max(right, 8 * body_size)


def _prose(lines: Sequence[_Line], width: float) -> int:
    """How many of the lines are prose: nearly as wide as their column, a line's distance from another."""
    full = [line for line in lines if line.stop - line.start >= PROSE * width]
    steps = sorted(after.baseline - before.baseline for before, after in pairwise(lines))
    if not steps:
        return 0
    leading = steps[len(steps) // 4]
    return sum(
        any(0 < abs(other.baseline - line.baseline) <= 1.5 * leading for other in lines) for line in full
    )


def _without_pairs_above(
    pieces: Sequence[Stretch], gutter: float, widths: tuple[float, float]
) -> list[Stretch]:
    """Pieces without the first lines that stand at both edges on one baseline: an office and its date."""
    left, right = _sides(pieces, gutter)
    right_edge = max((line.stop for line in right), default=0.0)
    below = 0.0
    for one, other in zip(left, right, strict=False):
        is_pair = (
            abs(one.baseline - other.baseline) < 1.0
            and one.stop - one.start < PROSE * widths[0]
            and other.start > gutter + 0.2 * widths[1]
            and right_edge - other.stop < 2.0
        )
        if not is_pair:
            break
        below = one.baseline
    return [piece for piece in pieces if piece.baseline > below]
