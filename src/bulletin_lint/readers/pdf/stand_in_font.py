"""A font with the same bar for every character: it stands in for the Chinese fonts that a file only names.

What is read must not hang on the fonts of a machine. Where there are none, letters have no extent: PDFium
passes over some and draws none. Where there are some, opening one takes longer than reading the page. Where
letters stand, and how far apart, the file says itself.
"""

from __future__ import annotations

import sys
from array import array
from functools import cache
from struct import pack

GLYPHS = 0x8000
"""More than any font of characters in use has, for a file may name glyphs by their numbers in one."""
_EM = 200
"""Units: small enough for a byte, with which a glyph is shortest."""
_ASCENT, _DESCENT, _WIDTH = 176, 24, 50
"""Of a glyph: as high as an em, and narrower than any letter's advance, for PDFium takes a character to be as
wide as the wider of both."""
_ON_CURVE, _SHORT_X, _SHORT_Y, _SAME_OR_UP_X, _SAME_OR_UP_Y = 1, 2, 4, 16, 32
"""Flags of a point of a glyph (ISO/IEC 14496-22, 5.3.3)."""
_MAGIC = 0x5F0F3CF5
_VERSION = 0x00010000


@cache
def stand_in_font() -> bytes:
    """The font as a file: TrueType, ISO/IEC 14496-22."""
    tables = {
        b"cmap": _characters(),
        b"glyf": _BAR * GLYPHS,
        b"head": pack(
            ">IIIIHHQQhhhhHHhhh",
            *(_VERSION, 0, 0, _MAGIC, 0, _EM, 0, 0, 0, -_DESCENT, _WIDTH, _ASCENT, 0, 8, 2, 1, 0),
        ),
        b"hhea": pack(
            ">IhhhHhhhhhhhhhhhH", _VERSION, _ASCENT, -_DESCENT, 0, _EM, 0, 0, _WIDTH, 1, *[0] * 7, 1
        ),
        # All are as wide as the first.
        b"hmtx": pack(">Hh", _EM, 0),
        b"loca": _places(),
        b"maxp": pack(">I14H", _VERSION, GLYPHS, 4, 1, 0, 0, 1, *[0] * 8),
    }
    directory = [pack(">IHHHH", _VERSION, len(tables), 64, 2, 16 * len(tables) - 64)]
    bodies: list[bytes] = []
    at = 12 + 16 * len(tables)
    for name, body in tables.items():
        padded = body + bytes(-len(body) % 4)
        directory.append(name + pack(">III", 0, at, len(body)))
        bodies.append(padded)
        at += len(padded)
    return b"".join(directory + bodies)


_BAR = (
    # One contour of four points: from the lower left to the right, up, and back.
    pack(">hhhhh", 1, 0, -_DESCENT, _WIDTH, _ASCENT)
    + pack(">HH", 3, 0)
    + bytes(
        (
            _ON_CURVE | _SAME_OR_UP_X | _SHORT_Y,
            _ON_CURVE | _SHORT_X | _SAME_OR_UP_X | _SAME_OR_UP_Y,
            _ON_CURVE | _SAME_OR_UP_X | _SHORT_Y | _SAME_OR_UP_Y,
            _ON_CURVE | _SHORT_X | _SAME_OR_UP_Y,
        )
    )
    + bytes((_WIDTH, _WIDTH, _DESCENT, _ASCENT + _DESCENT))
)


def _places() -> bytes:
    """Where each glyph begins, and where the last one ends."""
    places = array("I", range(0, len(_BAR) * (GLYPHS + 1), len(_BAR)))
    if sys.byteorder == "little":
        places.byteswap()
    return places.tobytes()


def _characters() -> bytes:
    """Which glyph a character has: any but the first, which says that there is none."""
    step = GLYPHS - 1
    starts = range(1, 0x110000, step)
    groups = b"".join(pack(">III", start, min(start + step, 0x110000) - 1, 1) for start in starts)
    mapping = pack(">HHIII", 12, 0, 16 + len(groups), 0, len(starts)) + groups
    return pack(">HHHHI", 0, 1, 3, 10, 12) + mapping
