"""PDFs whose pages are stored turned and larger than they are shown."""

from __future__ import annotations

import io
from pathlib import Path

from pypdf import PdfReader, PdfWriter
from pypdf.generic import RectangleObject

CROP = (50.0, 40.0, 50.0, 50.0)
"""Points cut off a shown page: left, top, right, bottom."""


def turned(path: Path, turn: int, *, is_cropped: bool = False) -> bytes:
    """A PDF that is shown as the one at `path`, but whose pages are stored turned by so many degrees; with
    `is_cropped` their margins are not shown.
    """
    writer = PdfWriter(clone_from=PdfReader(path))
    for page in writer.pages:
        if turn:
            page.rotate(-turn)
            page.transfer_rotation_to_content()
            page.rotate(turn)
        if is_cropped:
            left, top, right, bottom = CROP
            # As stored: what is shown on the left is at the foot of a page that is to be turned by 90.
            sides = {0: (left, bottom, right, top), 90: (top, left, bottom, right)}
            sides |= {180: (right, top, left, bottom), 270: (bottom, right, top, left)}
            west, south, east, north = sides[turn]
            x0, y0, x1, y1 = (float(side) for side in page.mediabox)
            page.cropbox = RectangleObject((x0 + west, y0 + south, x1 - east, y1 - north))
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
