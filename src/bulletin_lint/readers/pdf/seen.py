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
