"""Full-width letters and figures that are drawn half as wide: their font gives both the same name.

LuaTeX looks up in the font which character a glyph is, and takes the last one that has it: 2026 becomes
２０２６, which nobody sees on the page and nobody typed.
"""

from __future__ import annotations

from collections.abc import Callable, Set

from bulletin_lint.readers.pdf.page import Face
from bulletin_lint.readers.pdf.pdfium import PdfiumPage

NARROW = 0.75
"""Of an em: what advances less is no full-width form."""
_SHIFT = 0xFEE0
"""How far full-width forms are from ASCII."""
FULL_WIDTH = frozenset(
    chr(code + _SHIFT) for first, last in ("09", "AZ", "az") for code in range(ord(first), ord(last) + 1)
)


def narrow_forms(
    page: PdfiumPage, text: str, uncommon: Set[str], face_of: Callable[[int], Face]
) -> dict[int, str]:
    """What stands for the full-width letters and figures of a page's text that are drawn narrow, by index.

    `uncommon` are the characters of the text among which such may be; `face_of` gives a character's face.
    """
    asked = FULL_WIDTH.intersection(uncommon)
    found: dict[int, str] = {}
    for index in [index for index, character in enumerate(text) if character in asked] if asked else ():
        left, bottom, right, top = page.advance_box(index)
        advance = top - bottom if page.quarter_turns % 2 else right - left
        if 0 < advance < NARROW * face_of(index).width:
            found[index] = chr(ord(text[index]) - _SHIFT)
    return found
