"""libpdfium found, loaded and told what its functions return: once in a process.

The library comes with pypdfium2, on which pdfplumber depends. It is called directly, because importing
pypdfium2's generated module costs 50 ms and each call through it twice as much as here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from ctypes import PyDLL, c_double, c_int, c_size_t, c_ulong, c_void_p

from bulletin_lint._typing import Any

pointer: Callable[[int | None], Any] = c_void_p.from_param
"""An address as an argument, made once: ctypes would make one of a `c_void_p` at every call."""

_library: PyDLL | None = None

_POINTERS = (
    "FPDF_LoadMemDocument64",
    "FPDF_LoadPage",
    "FPDFText_LoadPage",
    "FPDFText_GetTextObject",
    "FPDFTextObj_GetFont",
    "FPDFPage_GetObject",
    "FPDFPage_GetAnnot",
    "FPDFAnnot_GetObject",
    "FPDFBitmap_Create",
    "FPDFBitmap_GetBuffer",
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


def loaded() -> PyDLL:
    """The library, loaded and set up once in a process."""
    global _library
    if _library is None:
        # The lock of the interpreter is kept during a call: releasing it would double a call's cost.
        library = PyDLL(_path())
        for name in _POINTERS:
            getattr(library, name).restype = c_void_p
        for name in _UNANSWERED:
            getattr(library, name).restype = None
        for name in _NUMBERS:
            getattr(library, name).restype = c_int
        library.FPDFText_GetFontSize.restype = c_double
        library.FPDF_GetLastError.restype = c_ulong
        library.FPDFFont_GetBaseFontName.restype = c_size_t
        library.FPDFAnnot_GetStringValue.restype = c_ulong
        library.FPDF_InitLibrary()
        _library = library
    return _library


def _path() -> str:
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
