"""A machine without fonts, for this process: PDFium is told to look for them in a folder that is empty.

``python tests/support/without_fonts.py SCRIPT_OR_MODULE [ARGUMENT …]`` runs it so, as on a server where nobody
installed Chinese ones: what a file only names is read by the program's own font alone. With
``pytest -p without_fonts`` so are all processes of a run.
"""

from __future__ import annotations

import ctypes
import runpy
import sys
import tempfile
from pathlib import Path

from bulletin_lint.readers.own_process import OWN_PROCESS
from bulletin_lint.readers.pdf.pdfium_library import loaded
from bulletin_lint.readers.pdf.pdfium_stand_in import use_stand_in


class _Config(ctypes.Structure):
    """FPDF_LIBRARY_CONFIG of version 2, fpdfview.h."""

    _fields_ = (
        ("version", ctypes.c_int),
        ("font_paths", ctypes.POINTER(ctypes.c_char_p)),
        ("isolate", ctypes.c_void_p),
        ("embedder_slot", ctypes.c_uint),
    )


def remove_fonts() -> None:
    """Starts the library anew with one empty folder in place of the machine's."""
    OWN_PROCESS.claim()
    library = loaded()
    library.FPDF_DestroyLibrary()
    folder = tempfile.mkdtemp()
    paths = (ctypes.c_char_p * 2)(folder.encode(), None)
    config = _Config(2, paths, None, 0)
    library.FPDF_InitLibraryWithConfig(ctypes.byref(config))
    use_stand_in(library)
    _kept.append((paths, config))


_kept: list[object] = []
"""What the library points to must live as long as it does."""


def pytest_configure() -> None:
    """Called in the process of a run, and in each of those that share its tests."""
    remove_fonts()


if __name__ == "__main__":
    remove_fonts()
    sys.argv = sys.argv[1:]
    if sys.argv[0].endswith(".py"):
        sys.path.insert(0, str(Path(sys.argv[0]).parent))
        runpy.run_path(sys.argv[0], run_name="__main__")
    else:
        runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
