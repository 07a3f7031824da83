"""What stands on a page beside its contents: text typed over it, stamps, the values of form fields.

People who hold a finished PDF correct it with a typewriter's note, and a form's values are nowhere else.
Viewers and printers show both as they show the page, so both are made part of it, in memory, before it is
read. Marks, links, notes that open on a click and signatures are left alone.
"""

from __future__ import annotations

from ctypes import PyDLL, c_ulong

from bulletin_lint._typing import Any, Literal
from bulletin_lint.readers.pdf.pdfium_library import pointer

MOST_NOTES = 2_000
"""On one page that are looked at; a page with more says that it was not read whole."""

_FREE_TEXT, _STAMP, _WIDGET = 3, 13, 20
"""Kinds of annotation that show words, as PDFium numbers them."""
_UNSEEN = 2 | 32
"""Flags of ISO 32000-1, table 165: hidden, no view."""
_TEXT, _FORM = 1, 5
_DEEPEST = 4
_DISPLAYED = 0
"""FLAT_NORMALDISPLAY: what is seen on the screen."""


Words = Literal["", "read", "lost"]
"""Whether notes of a page show words, and whether all of them can be read."""


def loaded_page(library: PyDLL, document: Any, index: int) -> tuple[int | None, Words]:
    """The page at an index with notes that show words in its contents, None where it cannot be loaded; and
    what became of such notes.
    """
    handle = library.FPDF_LoadPage(document, index)
    if not handle:
        return None, ""
    words, is_changed = _merged(library, pointer(handle))
    if is_changed:
        library.FPDF_ClosePage(pointer(handle))
        handle = library.FPDF_LoadPage(document, index)
    return handle, words


def _merged(library: PyDLL, page: Any) -> tuple[Words, bool]:
    """Makes notes that show words part of a loaded page; whether it is to be loaded again for that."""
    count: int = library.FPDFPage_GetAnnotCount(page)
    if count <= 0:
        return "", False
    are_lost = count > MOST_NOTES
    others: list[int] = []
    shown = 0
    for index in range(min(count, MOST_NOTES)):
        holds, is_drawn = _look(library, page, index)
        if holds and is_drawn:
            shown += 1
            continue
        are_lost = are_lost or holds
        others.append(index)
    if not shown:
        return ("lost" if are_lost else ""), False
    others += range(MOST_NOTES, count)
    for index in reversed(others):
        # A mark of ours, or a reviewer's highlight, is no text of the page.
        library.FPDFPage_RemoveAnnot(page, index)
    is_done = library.FPDFPage_Flatten(page, _DISPLAYED) == 1
    return ("read" if is_done and not are_lost else "lost"), is_done


def _look(library: PyDLL, page: Any, index: int) -> tuple[bool, bool]:
    """Of a note whether it shows words, and whether it says how they are drawn."""
    handle = library.FPDFPage_GetAnnot(page, index)
    if not handle:
        return False, False
    note = pointer(handle)
    try:
        kind: int = library.FPDFAnnot_GetSubtype(note)
        if kind not in (_FREE_TEXT, _STAMP, _WIDGET) or library.FPDFAnnot_GetFlags(note) & _UNSEEN:
            return False, False
        is_drawn = bool(library.FPDFAnnot_HasKey(note, b"AP"))
        if is_drawn:
            # Seals are pictures, and a tick in a box is drawn.
            return not _is_signature(library, note) and _draws_text(library, note), True
        if kind == _FREE_TEXT:
            return _has(library, note, b"Contents"), False
        return kind == _WIDGET and not _is_signature(library, note) and _has(library, note, b"V"), False
    finally:
        library.FPDFPage_CloseAnnot(note)


def _is_signature(library: PyDLL, note: Any) -> bool:
    from ctypes import create_string_buffer

    buffer = create_string_buffer(16)
    size = library.FPDFAnnot_GetStringValue(note, b"FT", buffer, c_ulong(len(buffer)))
    return 0 < size <= len(buffer) and buffer.raw[: size - 2].decode("utf-16-le", "replace") == "Sig"


def _has(library: PyDLL, note: Any, key: bytes) -> bool:
    """Whether a note has words under a key; the end of a text is two bytes."""
    return bool(library.FPDFAnnot_GetStringValue(note, key, None, c_ulong(0)) > 2)


def _draws_text(library: PyDLL, note: Any) -> bool:
    count = min(library.FPDFAnnot_GetObjectCount(note), MOST_NOTES)
    handles = [library.FPDFAnnot_GetObject(note, index) for index in range(count)]
    return any(_is_text(library, pointer(handle), 0) for handle in handles if handle)


def _is_text(library: PyDLL, drawn: Any, depth: int) -> bool:
    kind: int = library.FPDFPageObj_GetType(drawn)
    if kind != _FORM or depth >= _DEEPEST:
        return kind == _TEXT
    count = min(library.FPDFFormObj_CountObjects(drawn), MOST_NOTES)
    inner = [library.FPDFFormObj_GetObject(drawn, c_ulong(index)) for index in range(count)]
    return any(_is_text(library, pointer(handle), depth + 1) for handle in inner if handle)
