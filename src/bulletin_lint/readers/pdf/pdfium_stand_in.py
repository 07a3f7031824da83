"""PDFium is told to ask here for fonts that a file only names, and not the machine.

Chinese ones are all the same stand-in. Of others there are none: PDFium brings Latin ones with it. The calls
take the interpreter's lock, for the library may be called by whoever has let go of it.
"""

from __future__ import annotations

from ctypes import (
    CFUNCTYPE,
    PyDLL,
    Structure,
    byref,
    c_char_p,
    c_int,
    c_uint,
    c_ulong,
    c_void_p,
    cast,
    memmove,
)

from bulletin_lint._typing import Any
from bulletin_lint.readers.pdf.stand_in_font import stand_in_font

_IDEOGRAPHIC = frozenset({128, 129, 134, 136})
"""Sets of characters with ideographs, fpdf_sysfontinfo.h: Japanese, Korean, GB 2312, Big5."""


class _FontSource(Structure):
    """FPDF_SYSFONTINFO of version 1, fpdf_sysfontinfo.h."""

    _fields_ = (
        ("version", c_int),
        *(
            (name, c_void_p)
            for name in (
                "Release",
                "EnumFonts",
                "MapFont",
                "GetFont",
                "GetFontData",
                "GetFaceName",
                "GetFontCharset",
                "DeleteFont",
            )
        ),
    )


def _map_font(
    source: int, weight: int, is_italic: int, charset: int, pitch: int, name: bytes, is_exact: int
) -> int | None:
    """A font for a name and a set of characters: the number of the set stands for it."""
    return charset if charset in _IDEOGRAPHIC else None


def _get_font(source: int, name: bytes) -> None:
    """A font of that very name: there is none."""


def _get_data(source: int, font: int, table: int, room: int | None, size: int) -> int:
    """How long a font is, written where there is room; its tables are not to be had one by one."""
    if table:
        return 0
    data = stand_in_font()
    if room and size >= len(data):
        memmove(room, data, len(data))
    return len(data)


def _get_name(source: int, font: int, room: int | None, size: int) -> int:
    """How long the font's name is: it has none."""
    return 0


def _get_charset(source: int, font: int) -> int:
    """The set of characters that a font has."""
    return font


def _delete_font(source: int, font: int) -> None:
    """Nothing is kept for a font."""


_CALLS: dict[str, Any] = {
    "MapFont": CFUNCTYPE(c_void_p, c_void_p, c_int, c_int, c_int, c_int, c_char_p, c_void_p)(_map_font),
    "GetFont": CFUNCTYPE(c_void_p, c_void_p, c_char_p)(_get_font),
    "GetFontData": CFUNCTYPE(c_ulong, c_void_p, c_void_p, c_uint, c_void_p, c_ulong)(_get_data),
    "GetFaceName": CFUNCTYPE(c_ulong, c_void_p, c_void_p, c_void_p, c_ulong)(_get_name),
    "GetFontCharset": CFUNCTYPE(c_int, c_void_p, c_void_p)(_get_charset),
    "DeleteFont": CFUNCTYPE(None, c_void_p, c_void_p)(_delete_font),
}
"""What the library calls must live as long as it does, and so must the table that it finds them in."""
_SOURCE = _FontSource(1, **{name: cast(call, c_void_p).value for name, call in _CALLS.items()})


def use_stand_in(library: PyDLL) -> None:
    """Makes the library, just begun, ask here for fonts, until it is ended."""
    library.FPDF_SetSystemFontInfo(byref(_SOURCE))
