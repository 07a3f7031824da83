"""libpdfium through ctypes: the few functions that reading a page needs. Nothing here knows a bulletin.

The library comes with pypdfium2, on which pdfplumber depends. It is called directly, because importing
pypdfium2's generated module costs 50 ms and each call through it twice as much as here; a page of
800 characters takes thousands of calls. Whole columns of values are fetched with `map`, so that no
Python is run between two calls.

PDFium counts from the bottom left of the page as it is stored; so do all coordinates here. It is not
safe in threads, and a hostile file may crash it: callers run it in a process that can be ended.
"""

from __future__ import annotations

import os
import sys
from array import array
from collections import deque
from collections.abc import Callable, Iterator, Sequence, Set
from ctypes import (
    PyDLL,
    Structure,
    addressof,
    byref,
    c_double,
    c_float,
    c_int,
    c_size_t,
    c_uint,
    c_ulong,
    c_void_p,
    create_string_buffer,
)
from itertools import compress, islice, repeat
from operator import ne
from struct import iter_unpack, unpack

from bulletin_lint._typing import Any, NamedTuple

MOST_CHARACTERS = 200_000
"""On one page; a page of text has some thousands."""
MOST_OBJECTS = 50_000
"""Drawn objects on one page that are looked at."""
DEEPEST_FORM = 8
"""Forms within forms."""

TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5
"""Kinds of page object, as PDFium numbers them."""
INVISIBLE = 3
"""The text render mode of an OCR layer."""
FILLED_AND_STROKED = (2, 6)
"""The render modes that fill letters and draw their outlines, which fakes bold."""

_pointer: Callable[[int | None], Any] = c_void_p.from_param
"""An address as an argument, made once: ctypes would make one of a `c_void_p` at every call."""

_PASSWORD_ERROR, _SECURITY_ERROR = 4, 5
_library: PyDLL | None = None


class PdfiumError(Exception):
    """A file or page that PDFium cannot open; `reason` is password, encryption or format."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Style(NamedTuple):
    """How a character is set."""

    font: str
    """The font's name, with the prefix of a subset; empty where it has none (Type 3)."""
    size: float
    """Points, as they appear on the page: the height of the em."""
    width: float
    """The width of the em, which differs where type is set narrow or wide."""
    across: float
    slope: float
    """The direction of the baseline, as stored: along x and along y."""
    red: int
    green: int
    blue: int
    opacity: int
    """Of the fill, 0 to 255."""
    mode: int
    """The text render mode, -1 where unknown."""


class Columns(NamedTuple):
    """The characters of a page in PDFium's reading order, column by column."""

    text: str
    """With a space or a line break where PDFium believes one to be; U+FFFF where a glyph has no
    character."""
    objects: Sequence[int | None]
    """The text object that draws each, None for what PDFium put in."""
    starts: Sequence[int] = ()
    """Where another object's characters begin; what PDFium put in goes with the object before."""
    drawn: Sequence[int] = ()
    """The object that begins at each of these."""


class DrawnShape(NamedTuple):
    """A drawn object: its kind, handle, and bounds as left, bottom, right, top."""

    kind: int
    handle: Any
    """An argument ready for the library."""
    bounds: tuple[float, float, float, float]


class _Rectangle(Structure):
    # FS_RECTF: the top before the right.
    _fields_ = (("left", c_float), ("top", c_float), ("right", c_float), ("bottom", c_float))


class _Matrix(Structure):
    _fields_ = tuple((name, c_float) for name in "abcdef")


class PdfiumDocument:
    """An open PDF. `data` is kept, for the library reads from it; `close` lets go of both."""

    def __init__(self, data: bytes, password: str | None = None) -> None:
        """Raises `PdfiumError` where the file cannot be opened."""
        self._library = library = _loaded()
        self._data = data
        self._fonts: dict[int, str] = {}
        secret = password.encode() if password else None
        handle = library.FPDF_LoadMemDocument64(data, c_size_t(len(data)), secret)
        if not handle:
            error = library.FPDF_GetLastError()
            reasons = {_PASSWORD_ERROR: "password", _SECURITY_ERROR: "encryption"}
            raise PdfiumError(reasons.get(error, "format"))
        self._handle = c_void_p(handle)
        self.page_count: int = library.FPDF_GetPageCount(self._handle)

    def page(self, index: int) -> PdfiumPage:
        """The page at an index from 0; raises `PdfiumError` where it cannot be loaded."""
        return PdfiumPage(self._library, self._handle, index, self._fonts)

    def close(self) -> None:
        """Lets go of the document."""
        self._library.FPDF_CloseDocument(self._handle)

    def __enter__(self) -> PdfiumDocument:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class PdfiumPage:
    """An open page with its text."""

    def __init__(self, library: PyDLL, document: c_void_p, index: int, fonts: dict[int, str]) -> None:
        self._library = library
        self._fonts = fonts
        handle = library.FPDF_LoadPage(document, index)
        if not handle:
            raise PdfiumError("format")
        self._page = _pointer(handle)
        library.FPDF_GetPageBoundingBox(self._page, _at_rectangle)
        box = _rectangle
        self.box: tuple[float, float, float, float] = (box.left, box.bottom, box.right, box.top)
        """The visible part: left, bottom, right, top, before the page is turned."""
        self.quarter_turns: int = library.FPDFPage_GetRotation(self._page) % 4
        """How often the page is turned clockwise by 90° when shown."""
        self.is_empty: bool = library.FPDFPage_CountObjects(self._page) == 0
        """Nothing is drawn on it."""
        text = library.FPDFText_LoadPage(self._page)
        self._has_text = bool(text)
        self._text = _pointer(text)

    def close(self) -> None:
        """Lets go of the page."""
        if self._has_text:
            self._library.FPDFText_ClosePage(self._text)
        self._library.FPDF_ClosePage(self._page)

    def __enter__(self) -> PdfiumPage:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def columns(self) -> Columns:
        """The characters. Raises `PdfiumError` for a page with more than `MOST_CHARACTERS`."""
        library, page = self._library, self._text
        count: int = library.FPDFText_CountChars(page) if self._has_text else 0
        if count <= 0:
            return Columns("", ())
        if count > MOST_CHARACTERS:
            raise PdfiumError("format")
        # No array of ctypes: each length would be a type of its own, made anew for every page.
        units = array("H", bytes(2 * (count + 1)))
        written = library.FPDFText_GetText(page, 0, count, _pointer(units.buffer_info()[0]))
        text = units.tobytes()[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
        if len(text) != count or "\0" in text:
            # GetText leaves out what has no character, and pairs of surrogates are two of its units.
            codes = map(library.FPDFText_GetUnicode, repeat(page), range(count))
            text = "".join(map(_as_character, codes))
        objects: list[int | None] = list(map(library.FPDFText_GetTextObject, repeat(page), range(count)))
        # Found without a loop, for there is one object a letter in what some programs write.
        changes = compress(range(1, count), map(ne, islice(objects, 1, None), objects))
        starts = [start for start in (0, *changes) if objects[start]]
        return Columns(text, objects, starts, list(map(objects.__getitem__, starts)))  # type: ignore[arg-type]

    def origin(self, index: int) -> tuple[float, float]:
        """Where a character's glyph begins on its baseline."""
        self._library.FPDFText_GetCharOrigin(self._text, index, _at_x, _at_y)
        return _x.value, _y.value

    def origins(self, indices: Sequence[int]) -> tuple[list[float], list[float]]:
        """The origins of characters, as a column of x and one of y."""
        count = len(indices)
        if not count:
            return [], []
        _pointers.reserve(count)
        call = self._library.FPDFText_GetCharOrigin
        deque(map(call, repeat(self._text), indices, _pointers.xs, _pointers.ys), 0)
        return _pointers.columns(count)

    def generated(self, indices: Sequence[int]) -> list[bool]:
        """Of each character, whether PDFium put it in and no glyph stands for it."""
        answers = map(self._library.FPDFText_IsGenerated, repeat(self._text), indices)
        return [answer == 1 for answer in answers]

    def advance_box(self, index: int) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of a character's advance: as wide as the space it takes up."""
        if not self._library.FPDFText_GetLooseCharBox(self._text, index, _at_rectangle):
            return 0.0, 0.0, 0.0, 0.0
        box = _rectangle
        return box.left, box.bottom, box.right, box.top

    def unmapped(self, text: str, doubtful: Set[str]) -> list[int]:
        """The indices of characters of which the font does not say which they are.

        `text` is the page's. Asked first of one of each kind only, and only of those that are
        `doubtful`: a font without a map yields such, for it gives codes that are no characters.
        """
        asked = map(text.rindex, doubtful)
        if 1 not in map(self._library.FPDFText_HasUnicodeMapError, repeat(self._text), asked):
            return []
        errors = map(self._library.FPDFText_HasUnicodeMapError, repeat(self._text), range(len(text)))
        return [index for index, error in enumerate(errors) if error == 1]

    def styled(
        self,
        indices: Sequence[int],
        objects: Sequence[int],
        make: Callable[[Style], Any],
    ) -> tuple[list[Any], list[tuple[float, float]]]:
        """What `make` makes of the style of characters, each given with the text object that draws it,
        and where each object begins. Characters set alike share what is made.
        """
        library, page, count = self._library, self._text, len(indices)
        if not count:
            return [], []
        _looks.reserve(count)
        handles = list(map(_pointer, objects))
        deque(map(library.FPDFText_GetFillColor, repeat(page), indices, *_looks.colours), 0)
        deque(map(library.FPDFText_GetMatrix, repeat(page), indices, _looks.matrices), 0)
        keys = list(
            zip(
                map(library.FPDFTextObj_GetFont, handles),
                map(library.FPDFTextObj_GetTextRenderMode, handles),
                map(library.FPDFText_GetFontSize, repeat(page), indices),
                _looks.looks(count),
                strict=True,
            )
        )
        made = {key: make(self._style(*key)) for key in set(keys)}
        return list(map(made.__getitem__, keys)), _looks.places(count)

    def _style(self, font: int | None, mode: int, size: float, look: tuple[bytes]) -> Style:
        red, green, blue, opacity, a, b, c, d = unpack("=4I4f", look[0])
        across, up = (a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5
        return Style(self._font_name(font), size * up, size * across, a, b, red, green, blue, opacity, mode)

    def _font_name(self, font: int | None) -> str:
        if not font:
            return ""
        name = self._fonts.get(font)
        if name is None:
            size = self._library.FPDFFont_GetBaseFontName(_pointer(font), _name, c_size_t(LONGEST_NAME))
            # Of a longer one nothing is written.
            name = _name.value.decode("utf-8", "replace") if 0 < size <= LONGEST_NAME else ""
            self._fonts[font] = name
        return name

    def is_flat(self, objects: Sequence[int]) -> bool:
        """Whether one of some text objects that draw characters takes up no height: there are no glyphs for
        them. Of such a one that has a single character PDFium keeps nothing. Of many some are looked at.
        """
        some = objects[:: len(objects) // SAMPLE + 1]
        bounds = map(self._bounds, map(_pointer, some))
        return any(right - left > 0.01 > top - bottom for left, bottom, right, top in bounds)

    def shapes(self, *, kinds: frozenset[int], seen: frozenset[int] = frozenset()) -> list[DrawnShape]:
        """The drawn objects of some kinds, those inside forms too, without the handles in `seen`.

        At most `MOST_OBJECTS`.
        """
        library = self._library
        found: list[DrawnShape] = []
        count = min(library.FPDFPage_CountObjects(self._page), MOST_OBJECTS)
        handles = list(map(library.FPDFPage_GetObject, repeat(self._page), range(count)))
        self._collect(handles, kinds, seen, found, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0)
        return found

    def _collect(
        self,
        handles: list[int],
        kinds: frozenset[int],
        seen: frozenset[int],
        found: list[DrawnShape],
        frame: tuple[float, float, float, float, float, float],
        depth: int,
    ) -> None:
        library = self._library
        # Most objects are the text that was seen; the rest are few enough to look into one by one.
        handles = [handle for handle in handles if handle not in seen]
        pointers = list(map(_pointer, handles))
        for pointer, kind in zip(pointers, map(library.FPDFPageObj_GetType, pointers), strict=True):
            if kind == FORM:
                if depth < DEEPEST_FORM:
                    self._open_form(pointer, kinds, seen, found, frame, depth)
            elif kind in kinds:
                if len(found) >= MOST_OBJECTS:
                    return
                found.append(DrawnShape(kind, pointer, _framed(self._bounds(pointer), frame)))

    def _open_form(
        self,
        form: Any,
        kinds: frozenset[int],
        seen: frozenset[int],
        found: list[DrawnShape],
        frame: tuple[float, float, float, float, float, float],
        depth: int,
    ) -> None:
        library = self._library
        count = min(library.FPDFFormObj_CountObjects(form), MOST_OBJECTS)
        inner = list(map(library.FPDFFormObj_GetObject, repeat(form), map(c_ulong, range(count))))
        matrix = _Matrix()
        library.FPDFPageObj_GetMatrix(form, byref(matrix))
        own = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
        self._collect(inner, kinds, seen, found, _composed(own, frame), depth + 1)

    def _bounds(self, handle: Any) -> tuple[float, float, float, float]:
        self._library.FPDFPageObj_GetBounds(handle, *_at_sides)
        left, bottom, right, top = _sides
        return left.value, bottom.value, right.value, top.value

    def beginning(self, handle: Any) -> tuple[float, float]:
        """Where a text object begins."""
        matrix = _Matrix()
        self._library.FPDFPageObj_GetMatrix(handle, byref(matrix))
        return matrix.e, matrix.f

    def painting(self, handle: Any) -> tuple[bool, bool]:
        """Whether a path is filled, and whether it is stroked."""
        if not self._library.FPDFPath_GetDrawMode(handle, *_at_numbers[:2]):
            return False, False
        fill, stroke, _, _ = _numbers
        return bool(fill.value), bool(stroke.value)

    def colour(self, handle: Any, *, stroke: bool) -> tuple[int, int, int, int]:
        """Red, green, blue and opacity of a path's fill or stroke, 0 to 255; black where unknown."""
        call = self._library.FPDFPageObj_GetStrokeColor if stroke else self._library.FPDFPageObj_GetFillColor
        if not call(handle, *_at_numbers):
            return 0, 0, 0, 255
        red, green, blue, opacity = _numbers
        return red.value, green.value, blue.value, opacity.value

    def clip(self, handle: Any) -> tuple[float, float, float, float] | None:
        """The bounds of the path to which an object is clipped, None for none; of several, the first."""
        library = self._library
        clip = library.FPDFPageObj_GetClipPath(handle)
        if not clip:
            return None
        path = _pointer(clip)
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
        matrix = _Matrix()
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
                        library.FPDFPathSegment_GetType(_pointer(segment)),
                        matrix.a * x + matrix.c * y + matrix.e,
                        matrix.b * x + matrix.d * y + matrix.f,
                    )
                )
        return found

    def _point(self, segment: int | None) -> tuple[float, float] | None:
        if not segment:
            return None
        if not self._library.FPDFPathSegment_GetPoint(_pointer(segment), *_at_sides[:2]):
            return None
        x, y, _, _ = _sides
        return x.value, y.value


class _Pointers:
    """Two columns of doubles that the library writes into, with a pointer to each cell.

    Pointers are made once and used for every page: making one costs as much as a call.
    """

    def __init__(self) -> None:
        self._size = 0
        self.xs: list[Any] = []
        self.ys: list[Any] = []

    def reserve(self, count: int) -> None:
        if count <= self._size:
            return
        self._size = max(1024, 2 * count)
        self._values = (c_double * (2 * self._size))()
        self._view: Any = memoryview(self._values).cast("B").cast("d")
        start = addressof(self._values)
        half = 8 * self._size
        self.xs = [_pointer(start + 8 * index) for index in range(self._size)]
        self.ys = [_pointer(start + half + 8 * index) for index in range(self._size)]

    def columns(self, count: int) -> tuple[list[float], list[float]]:
        """A copy of the first values of both columns."""
        view = self._view
        return view[:count].tolist(), view[self._size : self._size + count].tolist()


SAMPLE = 24
"""Objects that are looked at where one would do."""
LOOK = 40
"""Bytes: four colours, then the six numbers of a matrix, of which the last two are its place."""


class _Looks:
    """A table of colours and matrices that the library writes into, with pointers to each."""

    def __init__(self) -> None:
        self._size = 0
        self.colours: tuple[list[Any], ...] = ()
        self.matrices: list[Any] = []

    def reserve(self, count: int) -> None:
        if count <= self._size:
            return
        self._size = max(128, 2 * count)
        self._buffer = create_string_buffer(LOOK * self._size)
        start = addressof(self._buffer)
        rows = range(start, start + LOOK * self._size, LOOK)
        self.colours = tuple([_pointer(row + 4 * part) for row in rows] for part in range(4))
        self.matrices = [_pointer(row + 16) for row in rows]

    def looks(self, count: int) -> Iterator[tuple[bytes]]:
        """Of each of the first rows what tells one style from another."""
        return iter_unpack("=32s8x", memoryview(self._buffer)[: LOOK * count])

    def places(self, count: int) -> list[tuple[float, float]]:
        """Of each of the first rows the place."""
        return list(iter_unpack("=32x2f", memoryview(self._buffer)[: LOOK * count]))


LONGEST_NAME = 1024
"""Bytes of a font's name; names are a few dozen."""
_name = create_string_buffer(LONGEST_NAME)
# Where the library writes a few values at a time, made once for all pages.
_rectangle = _Rectangle()
_at_rectangle = byref(_rectangle)
_sides = c_float(), c_float(), c_float(), c_float()
_at_sides = tuple(map(byref, _sides))
_x, _y = c_double(), c_double()
_at_x, _at_y = byref(_x), byref(_y)
_numbers = c_uint(), c_uint(), c_uint(), c_uint()
_at_numbers = tuple(map(byref, _numbers))
_pointers = _Pointers()
_looks = _Looks()


def _as_character(code: int) -> str:
    if not 0 < code < 0x110000 or 0xD800 <= code < 0xE000:
        return "\uffff"
    return chr(code)


def _composed(
    inner: tuple[float, float, float, float, float, float],
    outer: tuple[float, float, float, float, float, float],
) -> tuple[float, float, float, float, float, float]:
    """The matrix that applies `inner`, then `outer`."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )


def _framed(
    bounds: tuple[float, float, float, float], frame: tuple[float, float, float, float, float, float]
) -> tuple[float, float, float, float]:
    """Bounds inside a form as bounds on the page."""
    if frame == (1.0, 0.0, 0.0, 1.0, 0.0, 0.0):
        return bounds
    a, b, c, d, e, f = frame
    left, bottom, right, top = bounds
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (left, right) for y in (bottom, top)]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)


_POINTERS = (
    "FPDF_LoadMemDocument64",
    "FPDF_LoadPage",
    "FPDFText_LoadPage",
    "FPDFText_GetTextObject",
    "FPDFTextObj_GetFont",
    "FPDFPage_GetObject",
    "FPDFFormObj_GetObject",
    "FPDFPageObj_GetClipPath",
    "FPDFClipPath_GetPathSegment",
    "FPDFPath_GetPathSegment",
)
"""Functions that return a pointer."""
_UNANSWERED = (
    "FPDFText_GetCharOrigin",
    "FPDFText_GetFillColor",
    "FPDFText_GetMatrix",
    "FPDFPageObj_GetBounds",
    "FPDFPageObj_GetMatrix",
    "FPDFText_ClosePage",
    "FPDF_ClosePage",
)
"""Functions that write what they find; whether they did is not asked."""
_NUMBERS = (
    "FPDFText_CountChars",
    "FPDFText_IsGenerated",
    "FPDFText_HasUnicodeMapError",
    "FPDFText_GetLooseCharBox",
    "FPDFTextObj_GetTextRenderMode",
    "FPDFPageObj_GetType",
)
"""Functions called often that return a whole number: ctypes finds out at each call what is not declared."""


def _loaded() -> PyDLL:
    """The library, loaded and set up once in a process."""
    global _library
    if _library is None:
        # The lock of the interpreter is kept during a call: releasing it would double a call's cost.
        library = PyDLL(_library_path())
        for name in _POINTERS:
            getattr(library, name).restype = c_void_p
        for name in _UNANSWERED:
            getattr(library, name).restype = None
        for name in _NUMBERS:
            getattr(library, name).restype = c_int
        library.FPDFText_GetFontSize.restype = c_double
        library.FPDF_GetLastError.restype = c_ulong
        library.FPDFFont_GetBaseFontName.restype = c_size_t
        library.FPDF_InitLibrary()
        _library = library
    return _library


def _library_path() -> str:
    """Where pypdfium2 keeps libpdfium."""
    from importlib.util import find_spec

    name = {"darwin": "libpdfium.dylib", "win32": "pdfium.dll"}.get(sys.platform, "libpdfium.so")
    spec = find_spec("pypdfium2_raw")
    for folder in (spec.submodule_search_locations or ()) if spec is not None else ():
        path = os.path.join(folder, name)
        if os.path.exists(path):
            return path
    # A build of pypdfium2 that uses the system's library knows itself where that is.
    import pypdfium2_raw.bindings

    return str(pypdfium2_raw.bindings._libs["pdfium"]._name)
