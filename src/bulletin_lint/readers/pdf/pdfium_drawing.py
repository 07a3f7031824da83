"""What letters leave on a page: it is drawn with them and without, and the two pictures are compared.

That is the only sure way to tell whether something is seen. A layer that is off, a white area laid over
words, letters of their ground's colour: each has a hundred forms in a file, and one in a picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from ctypes import c_int, c_ulong, string_at
from itertools import repeat

from bulletin_lint._typing import Any
from bulletin_lint.model.location import Box
from bulletin_lint.readers.pdf.page_frame import PageFrame
from bulletin_lint.readers.pdf.pdfium import DEEPEST_FORM, FORM, MOST_OBJECTS, PdfiumPage
from bulletin_lint.readers.pdf.pdfium_library import loaded, pointer

MOST_PIXELS = 4_000_000
"""Of a page that is drawn; a larger one is drawn coarser."""
PIXELS_A_POINT = 2.0
LEAST_DIFFERENCE = 32
"""Of 255: what changes less is no letter to a reader."""
_WITH_NOTES = 1
"""FPDF_ANNOT: marks and stamps are seen too."""
_BYTES = 4
"""Of a pixel: blue, green, red, and one that means nothing."""


def ranks(page: Any) -> dict[int, int]:
    """How many objects of a page are drawn before each, by its handle; those inside forms too."""
    library = loaded()
    found: dict[int, int] = {}

    def go(handles: Sequence[int], depth: int) -> None:
        first = len(found)
        found.update(zip(handles, range(first, first + len(handles)), strict=True))
        for handle in handles:
            drawn = pointer(handle)
            if library.FPDFPageObj_GetType(drawn) == FORM and depth < DEEPEST_FORM:
                count = min(library.FPDFFormObj_CountObjects(drawn), MOST_OBJECTS)
                inner = map(library.FPDFFormObj_GetObject, repeat(drawn), map(c_ulong, range(count)))
                go([each for each in inner if each], depth + 1)

    count = min(library.FPDFPage_CountObjects(page), MOST_OBJECTS)
    go(list(map(library.FPDFPage_GetObject, repeat(page), range(count))), 0)
    return found


def traces(page: PdfiumPage, sheet: PageFrame, handles: Iterable[int], boxes: Sequence[Box]) -> list[bool]:
    """For each box of a page whether some text objects, given by their handles, leave anything in it. Where
    that cannot be found out they are taken to do.

    Boxes are as the sheet has them, which may be turned otherwise than the page is shown.
    """
    library = loaded()
    width, height = sheet.width, sheet.height
    scale = min(PIXELS_A_POINT, (MOST_PIXELS / max(1.0, width * height)) ** 0.5)
    across, down = max(1, round(width * scale)), max(1, round(height * scale))
    if not hasattr(library, "FPDFPageObj_SetIsActive") or across * down > 2 * MOST_PIXELS:
        return [True] * len(boxes)
    letters = list(map(pointer, handles))
    turns = (sheet.quarter_turns - page.quarter_turns) % 4
    before = _drawn(page.handle, across, down, turns)
    for letter in letters:
        library.FPDFPageObj_SetIsActive(letter, 0)
    after = _drawn(page.handle, across, down, turns)
    for letter in letters:
        library.FPDFPageObj_SetIsActive(letter, 1)
    if before is None or after is None:
        return [True] * len(boxes)
    return [_differs(before, after, box, scale, across, down) for box in boxes]


def _drawn(page: Any, across: int, down: int, turns: int) -> bytes | None:
    """A page as pixels, row by row, turned clockwise so often; None where there is no room for them."""
    library = loaded()
    handle = library.FPDFBitmap_Create(across, down, 0)
    if not handle:
        return None
    bitmap = pointer(handle)
    try:
        library.FPDFBitmap_FillRect(bitmap, 0, 0, across, down, c_ulong(0xFFFFFFFF))
        library.FPDF_RenderPageBitmap(bitmap, page, 0, 0, across, down, c_int(turns), _WITH_NOTES)
        if library.FPDFBitmap_GetStride(bitmap) != _BYTES * across:
            return None
        return string_at(library.FPDFBitmap_GetBuffer(bitmap), _BYTES * across * down)
    finally:
        library.FPDFBitmap_Destroy(bitmap)


def _differs(before: bytes, after: bytes, box: Box, scale: float, across: int, down: int) -> bool:
    """Whether two pictures of a page differ in a box by as much as a reader sees."""
    left, right = max(0, int(box[0] * scale)), min(across, int(box[2] * scale) + 1)
    for row in range(max(0, int(box[1] * scale)), min(down, int(box[3] * scale) + 1)):
        start, end = _BYTES * (row * across + left), _BYTES * (row * across + right)
        own, other = before[start:end], after[start:end]
        if own != other and any(
            abs(one - two) >= LEAST_DIFFERENCE for one, two in zip(own, other, strict=True)
        ):
            return True
    return False
