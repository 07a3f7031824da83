"""Where libpdfium writes what it finds, made once for all pages: making room costs as much as a call.

One page is read at a time in a process, and whoever lets the library write here takes the values out at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ctypes import Structure, addressof, byref, c_double, c_float, c_uint, create_string_buffer
from struct import iter_unpack

from bulletin_lint._typing import Any
from bulletin_lint.readers.pdf.pdfium_library import pointer


class Rectangle(Structure):
    """FS_RECTF: the top before the right."""

    _fields_ = (("left", c_float), ("top", c_float), ("right", c_float), ("bottom", c_float))


class Matrix(Structure):
    """FS_MATRIX: x becomes ax + cy + e, and y becomes bx + dy + f."""

    _fields_ = tuple((name, c_float) for name in "abcdef")


class PointColumns:
    """Two columns of doubles that the library writes into, with a pointer to each cell.

    Pointers are made once and used for every page: making one costs as much as a call.
    """

    def __init__(self) -> None:
        self._size = 0
        self.xs: list[Any] = []
        self.ys: list[Any] = []

    def reserve(self, count: int) -> None:
        """Makes room for so many."""
        if count <= self._size:
            return
        self._size = max(1024, 2 * count)
        self._values = (c_double * (2 * self._size))()
        self._view: Any = memoryview(self._values).cast("B").cast("d")
        start = addressof(self._values)
        half = 8 * self._size
        self.xs = [pointer(start + 8 * index) for index in range(self._size)]
        self.ys = [pointer(start + half + 8 * index) for index in range(self._size)]

    def columns(self, count: int) -> tuple[list[float], list[float]]:
        """A copy of the first values of both columns."""
        view = self._view
        return view[:count].tolist(), view[self._size : self._size + count].tolist()


LOOK = 40
"""Bytes: four colours, then the six numbers of a matrix, of which the last two are its place."""


class LookTable:
    """A table of colours and matrices that the library writes into, with pointers to each."""

    def __init__(self) -> None:
        self._size = 0
        self.colours: tuple[list[Any], ...] = ()
        self.matrices: list[Any] = []

    def reserve(self, count: int) -> None:
        """Makes room for so many."""
        if count <= self._size:
            return
        self._size = max(128, 2 * count)
        self._buffer = create_string_buffer(LOOK * self._size)
        start = addressof(self._buffer)
        rows = range(start, start + LOOK * self._size, LOOK)
        self.colours = tuple([pointer(row + 4 * part) for row in rows] for part in range(4))
        self.matrices = [pointer(row + 16) for row in rows]

    def looks(self, count: int) -> Iterator[tuple[bytes]]:
        """Of each of the first rows what tells one style from another."""
        return iter_unpack("=32s8x", memoryview(self._buffer)[: LOOK * count])

    def places(self, count: int) -> list[tuple[float, float]]:
        """Of each of the first rows the place."""
        return list(iter_unpack("=32x2f", memoryview(self._buffer)[: LOOK * count]))


LONGEST_NAME = 1024
"""Bytes of a font's name; names are a few dozen."""
name_buffer = create_string_buffer(LONGEST_NAME)
# Where the library writes a few values at a time, made once for all pages.
rectangle = Rectangle()
at_rectangle = byref(rectangle)
sides = c_float(), c_float(), c_float(), c_float()
at_sides = tuple(map(byref, sides))
x_value, y_value = c_double(), c_double()
at_x, at_y = byref(x_value), byref(y_value)
numbers = c_uint(), c_uint(), c_uint(), c_uint()
at_numbers = tuple(map(byref, numbers))
point_columns = PointColumns()
look_table = LookTable()


def composed(
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


def framed(
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


def characters_of(codes: Sequence[int]) -> tuple[str, Sequence[int] | None]:
    """The characters of codes, U+FFFF for what is none, and by character the number of its code; None where
    each code is a character. Those beyond U+FFFF are two codes, as in UTF-16.
    """
    if not any(_HIGH <= code < _LOW for code in codes):
        return "".join(map(_character, codes)), None
    characters: list[str] = []
    numbers: list[int] = []
    behind = iter([*codes[1:], 0])
    is_second = False
    for number, (code, after) in enumerate(zip(codes, behind, strict=True)):
        if is_second:
            is_second = False
            continue
        is_second = _HIGH <= code < _LOW <= after < _END
        characters.append(
            chr(0x10000 + ((code - _HIGH) << 10) + after - _LOW) if is_second else _character(code)
        )
        numbers.append(number)
    return "".join(characters), numbers


_HIGH, _LOW, _END = 0xD800, 0xDC00, 0xE000
"""Where the first and the second codes of pairs begin, and what comes after."""


def _character(code: int) -> str:
    if not 0 < code < 0x110000 or _HIGH <= code < _END:
        return "\uffff"
    return chr(code)
