"""Which text of a page is seen: an editor signs what is on the paper, and no more may be read.

Most text is above suspicion, and most pages are. The rest is in doubt: it lies under an area or a picture
that was drawn later, over a picture or a dark ground, on a layer, behind a veil, or is smaller than type can
be. Only then is the page drawn, with what is in doubt and without.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence, Set

from bulletin_lint._typing import NamedTuple
from bulletin_lint.model.location import Box
from bulletin_lint.readers.pdf.drawings import VERY_DARK, Drawings
from bulletin_lint.readers.pdf.page import ASCENT, DESCENT, Face, Run
from bulletin_lint.readers.pdf.page_frame import PageFrame
from bulletin_lint.readers.pdf.pdfium import PdfiumPage
from bulletin_lint.readers.pdf.pdfium_drawing import ranks, traces
from bulletin_lint.readers.pdf.pdfium_library import pointer

WHITE = 0.97
"""From this lightness on a character is not seen on paper."""
WELL_INTO = 0.2
"""Of a line's height: lines set close reach less into each other."""
MOST_GROUPS = 4
"""Of runs that lie over each other; each costs two drawings of the page."""
LEAST_SIZE = 3.0
"""Points: type of a millimetre and less is a speck."""


class Drawn(NamedTuple):
    """A run with the text objects that draw it."""

    run: Run
    handles: Callable[[], frozenset[int]]


def seen_runs(drawn: Sequence[Drawn], sheet: PageFrame, drawings: Drawings, page: PdfiumPage) -> list[Run]:
    """The runs that are seen, in their order; those that are white on white are for others to tell."""
    doubtful = _doubtful(drawn, drawings, page)
    if not doubtful:
        return [each.run for each in drawn]
    handles = frozenset().union(*(drawn[index].handles() for index in doubtful))
    boxes = [_box(drawn[index].run) for index in doubtful]
    leave = traces(page, sheet, handles, boxes)
    for group in _apart([box if leaves else None for box, leaves in zip(boxes, leave, strict=True)]):
        # What one leaves may lie in the box of another that leaves nothing: each is taken out by itself.
        own = frozenset().union(*(drawn[doubtful[at]].handles() for at in group))
        for at, leaves in zip(group, traces(page, sheet, own, [boxes[at] for at in group]), strict=True):
            leave[at] = leaves
    unseen = {
        index
        for index, leaves in zip(doubtful, leave, strict=True)
        if not leaves or _is_speck(drawn[index], page)
    }
    return [each.run for index, each in enumerate(drawn) if index not in unseen]


def seen_on(runs: Sequence[Run], grounds: Sequence[Box], shown: Set[Face]) -> Iterator[Run]:
    """The runs that show: light ones on a dark ground are as plain to see as dark ones on white."""
    for run in runs:
        face = run.face
        if face.shade < WHITE:
            yield run
            continue
        if face in shown:
            yield run.with_face(face._replace(shade=0.0))
            continue
        across, down = (run.left + run.right) / 2, run.baseline - (ASCENT - DESCENT) / 2 * face.size
        if any(box[0] <= across <= box[2] and box[1] <= down <= box[3] for box in grounds):
            yield run.with_face(face._replace(shade=0.0))


def _doubtful(drawn: Sequence[Drawn], drawings: Drawings, page: PdfiumPage) -> list[int]:
    """The indices of runs that may not be seen."""
    if page.is_veiled:
        return list(range(len(drawn)))
    if not (drawings.pictures or drawings.dark or drawings.covers):
        # Most pages: nothing stands over the text or under it.
        return [index for index, each in enumerate(drawn) if each.run.face.size < LEAST_SIZE]
    found = []
    order: dict[int, int] | None = None
    for index, each in enumerate(drawn):
        run = each.run
        x, y = _middle(run)
        is_dark = run.face.shade <= VERY_DARK
        if (
            run.face.size < LEAST_SIZE
            or any(_holds(box, x, y) for box in drawings.pictures)
            or (is_dark and any(_holds(box, x, y) for box in drawings.dark))
        ):
            found.append(index)
            continue
        over = max((rank for box, rank in drawings.covers if _holds(box, x, y)), default=None)
        if over is not None:
            order = ranks(page.handle) if order is None else order
            if any(order.get(handle, 0) < over for handle in each.handles()):
                found.append(index)
    return found


def _apart(boxes: Sequence[Box | None]) -> list[list[int]]:
    """Groups of boxes, by index: no two of a group lie over each other, and each lies over one of another."""
    there = [(at, box) for at, box in enumerate(boxes) if box is not None]
    over: dict[int, set[int]] = {}
    there.sort(key=lambda each: each[1][1])
    for place, (at, box) in enumerate(there):
        for other, lower in there[place + 1 :]:
            if lower[1] >= box[3]:
                break
            if _lie_over(box, lower):
                over.setdefault(at, set()).add(other)
                over.setdefault(other, set()).add(at)
    groups: list[list[int]] = []
    for at, others in sorted(over.items()):
        free = next((group for group in groups if others.isdisjoint(group)), None)
        if free is not None:
            free.append(at)
        elif len(groups) < MOST_GROUPS:
            groups.append([at])
    return groups


def _lie_over(one: Box, other: Box) -> bool:
    """Whether one of two boxes reaches well into the other, as lines set close do not."""
    height = min(one[3], other[3]) - max(one[1], other[1])
    return min(one[2], other[2]) > max(one[0], other[0]) and height > WELL_INTO * min(
        one[3] - one[1], other[3] - other[1]
    )


def _is_speck(each: Drawn, page: PdfiumPage) -> bool:
    """Whether type is too small to be read: by its size, and by what is drawn, for a font may have an em of
    its own.
    """
    if each.run.face.size >= LEAST_SIZE:
        return False
    bounds = [page.bounds(pointer(handle)) for handle in each.handles()]
    return all(top - bottom < LEAST_SIZE for _, bottom, _, top in bounds)


def _holds(box: Box, x: float, y: float) -> bool:
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _middle(run: Run) -> tuple[float, float]:
    return (run.left + run.right) / 2, run.baseline - (ASCENT - DESCENT) / 2 * run.face.size


def _box(run: Run) -> Box:
    """Where a run's ink is, about."""
    size = run.face.size
    return run.left, run.baseline - ASCENT * size, run.right, run.baseline + DESCENT * size
