"""Characters drawn twice on nearly the same spot, which is how programs fake bold."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from bulletin_lint.model.location import Box
from bulletin_lint.readers.pdf.page import ASCENT, DESCENT, Run


def marked_heavy(runs: Sequence[Run], copies: Sequence[Box]) -> list[Run]:
    """The runs, with the characters that were drawn twice in runs of their own; `copies` are where."""
    marked: list[Run] = []
    for run in runs:
        size = run.face.size
        top, bottom = run.baseline - ASCENT * size, run.baseline + DESCENT * size
        over = [
            box
            for box in copies
            if box[1] < bottom and box[3] > top and box[0] < run.right and box[2] > run.left
        ]
        if not over:
            marked.append(run)
            continue
        # Boxes are as wide as the ink: that of a quotation mark fills a part of its square only, and
        # that of an ideograph may reach a little into the next.
        slack = 0.06 * size
        flags = [
            any(box[0] < right - slack and box[2] > left + slack for box in over)
            for left, right in zip(run.lefts, [*run.lefts[1:], run.right], strict=True)
        ]
        at = 0
        for is_copied, group in groupby(flags):
            end = at + len(list(group))
            part = run.part(at, end)
            marked.append(part.with_face(run.face._replace(heavy=True)) if is_copied else part)
            at = end
    return marked
