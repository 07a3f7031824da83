"""What PDFium says of a document's fonts, asked once of each, and of how characters are set in them."""

from __future__ import annotations

from ctypes import PyDLL, c_size_t

from bulletin_lint._typing import NamedTuple
from bulletin_lint.readers.pdf.pdfium_buffers import LONGEST_NAME, name_buffer
from bulletin_lint.readers.pdf.pdfium_library import pointer

_STANDARD = ("Times", "Arial", "Helvetica", "Courier", "Calibri", "Cambria", "Symbol", "Wingdings")
"""How the names of Latin fonts begin for which PDFium has glyphs of its own, or any machine."""


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


class Fonts:
    """The fonts of a document, by their handles."""

    def __init__(self, library: PyDLL) -> None:
        self._library = library
        self._names: dict[int, str] = {}
        self._sure: dict[int, bool] = {}

    def name(self, font: int | None) -> str:
        """The name of a font, with the prefix of a subset; empty where it has none (Type 3)."""
        if not font:
            return ""
        name = self._names.get(font)
        if name is None:
            size = self._library.FPDFFont_GetBaseFontName(pointer(font), name_buffer, c_size_t(LONGEST_NAME))
            # Of a longer one nothing is written.
            name = name_buffer.value.decode("utf-8", "replace") if 0 < size <= LONGEST_NAME else ""
            self._names[font] = name
        return name

    def is_sure(self, font: int | None) -> bool:
        """Whether a font's glyphs do not depend on the machine: it is in the file, or a Latin one."""
        if not font:
            return False
        sure = self._sure.get(font)
        if sure is None:
            name = self.name(font).rpartition("+")[2]
            sure = self._library.FPDFFont_GetIsEmbedded(pointer(font)) == 1 or (
                name.startswith(_STANDARD) and "Unicode" not in name
            )
            self._sure[font] = sure
        return sure
