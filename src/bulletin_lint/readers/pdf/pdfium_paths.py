"""What PDFium says of paths and of the clips through which things are drawn."""

from __future__ import annotations

from collections.abc import Iterable
from ctypes import PyDLL, byref
from itertools import compress, repeat

from bulletin_lint._typing import Any
from bulletin_lint.readers.pdf.pdfium_buffers import Matrix, at_numbers, at_sides, numbers, sides
from bulletin_lint.readers.pdf.pdfium_library import pointer


class Paths:
    """The part of a page that knows its paths; each is given by its handle."""

    _library: PyDLL

    def painting(self, handle: Any) -> tuple[bool, bool]:
        """Whether a path is filled, and whether it is stroked."""
        if not self._library.FPDFPath_GetDrawMode(handle, *at_numbers[:2]):
            return False, False
        fill, stroke, _, _ = numbers
        return bool(fill.value), bool(stroke.value)

    def colour(self, handle: Any, *, stroke: bool) -> tuple[int, int, int, int]:
        """Red, green, blue and opacity of a path's fill or stroke, 0 to 255; black where unknown."""
        call = self._library.FPDFPageObj_GetStrokeColor if stroke else self._library.FPDFPageObj_GetFillColor
        if not call(handle, *at_numbers):
            return 0, 0, 0, 255
        red, green, blue, opacity = numbers
        return red.value, green.value, blue.value, opacity.value

    def unclipped(self, objects: Iterable[int | None]) -> frozenset[int]:
        """Those of some text objects that are drawn through no clip."""
        asked = [handle for handle in set(objects) if handle is not None]
        clips = map(self._library.FPDFPageObj_GetClipPath, map(pointer, asked))
        paths = map(self._library.FPDFClipPath_CountPaths, map(pointer, clips))
        return frozenset(compress(asked, map((1).__gt__, paths)))

    def clip(self, handle: Any) -> tuple[float, float, float, float] | None:
        """The bounds of the path to which an object is clipped, None for none; of several, the first."""
        library = self._library
        clip = library.FPDFPageObj_GetClipPath(handle)
        if not clip:
            return None
        path = pointer(clip)
        if library.FPDFClipPath_CountPaths(path) < 1:
            return None
        count = min(library.FPDFClipPath_CountPathSegments(path, 0), 64)
        segments = map(library.FPDFClipPath_GetPathSegment, repeat(path), repeat(0), range(count))
        points = [point for point in map(self._point, segments) if point is not None]
        if not points:
            return None
        xs, ys = [x for x, _ in points], [y for _, y in points]
        return min(xs), min(ys), max(xs), max(ys)

    def corners(self, handle: Any, most: int = 400) -> list[tuple[int, float, float]]:
        """The segments of a path: kind (0 line, 1 curve, 2 move) and end point, in the path's own frame."""
        library = self._library
        matrix = Matrix()
        library.FPDFPageObj_GetMatrix(handle, byref(matrix))
        found: list[tuple[int, float, float]] = []
        count = library.FPDFPath_CountSegments(handle)
        for index in range(min(count, most)):
            segment = library.FPDFPath_GetPathSegment(handle, index)
            point = self._point(segment)
            if point is not None:
                x, y = point
                found.append(
                    (
                        library.FPDFPathSegment_GetType(pointer(segment)),
                        matrix.a * x + matrix.c * y + matrix.e,
                        matrix.b * x + matrix.d * y + matrix.f,
                    )
                )
        return found

    def _point(self, segment: int | None) -> tuple[float, float] | None:
        if not segment:
            return None
        if not self._library.FPDFPathSegment_GetPoint(pointer(segment), *at_sides[:2]):
            return None
        x, y, _, _ = sides
        return x.value, y.value
