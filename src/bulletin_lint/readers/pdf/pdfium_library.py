"""libpdfium found, loaded and told what its functions return: once in a process.

The library comes with pypdfium2, on which pdfplumber depends. It is called directly, because importing
pypdfium2's generated module costs 50 ms and each call through it twice as much as here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes import PyDLL, c_double, c_int, c_size_t, c_ulong, c_void_p
from threading import RLock

from bulletin_lint._typing import Any
from bulletin_lint.readers.own_process import OWN_PROCESS
from bulletin_lint.readers.pdf.pdfium_stand_in import use_stand_in

pointer: Callable[[int | None], Any] = c_void_p.from_param
"""An address as an argument, made once: ctypes would make one of a `c_void_p` at every call."""

_library: PyDLL | None = None
_has_stand_in = False
"""Whether the library does without the machine's fonts."""
_turn = RLock()
_depth = 0
"""How many of its times the thread that has the turn is in."""

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
    """The library, loaded and set up once in a process. Unless another program draws with it there, what it
    reads is the same whatever fonts the machine has.
    """
    global _has_stand_in
    library = _begun()
    if not _has_stand_in and (OWN_PROCESS.is_claimed or "pypdfium2_raw" not in sys.modules):
        use_stand_in(library)
        _has_stand_in = True
    return library


@contextmanager
def in_turn() -> Iterator[None]:
    """A time in which no other thread reads: the library and its buffers are one for a process. Behind it the
    library is as it was, where this is the process of another program, which may draw later.

    Whatever document is opened is closed meanwhile.
    """
    global _depth, _has_stand_in
    with _turn:
        _depth += 1
        try:
            yield
        finally:
            _depth -= 1
            if not _depth and _has_stand_in and not OWN_PROCESS.is_claimed and _library is not None:
                _begin_anew(_library)
                _has_stand_in = False


@contextmanager
def machine_fonts() -> Iterator[None]:
    """A time in which the library knows the machine's fonts, to draw for people what a file only names.

    No document may be open before, and none be read meanwhile.
    """
    global _has_stand_in
    with _turn:
        library = _begun()
        if _has_stand_in:
            _begin_anew(library)
            _has_stand_in = False
        try:
            yield
        finally:
            # It does not forget the fonts that it has seen.
            _begin_anew(library)


def _begun() -> PyDLL:
    global _library
    if _library is None:
        _library = _declared()
        _library.FPDF_InitLibrary()
    return _library


def _begin_anew(library: PyDLL) -> None:
    library.FPDF_DestroyLibrary()
    library.FPDF_InitLibrary()


def _declared() -> PyDLL:
    """The library's functions, each told what it returns."""
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
    return library


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
