"""Text that a program recognised on a picture of a page (OCR): its sizes are measured from the ink."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_lint.readers.pdf.page import Face, Page, middle

NEAR = 0.25
"""The part of the usual size by which a line of the same type may come out larger or smaller."""


def levelled(pages: Sequence[Page]) -> Sequence[Page]:
    """The pages; on those that were recognised, type of about the usual size has it."""
    if not any(page.is_recognised for page in pages):
        return pages
    sizes = [
        run.face.size
        for page in pages
        if page.is_recognised
        for run in page.runs
        for _ in range(len(run.text))
    ]
    return [_levelled(page, middle(sizes)) if page.is_recognised and sizes else page for page in pages]


def _levelled(page: Page, usual: float) -> Page:
    faces: dict[Face, Face] = {}
    for run in page.runs:
        near = abs(run.face.size - usual) <= NEAR * usual
        size = usual if near else run.face.size
        # Words are stretched to the width of their ink.
        faces[run.face] = run.face._replace(size=size, width=size)
    return page._replace(runs=[run.with_face(faces[run.face]) for run in page.runs])
