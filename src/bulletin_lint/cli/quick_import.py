"""Finds and loads the program's own modules with few calls; without it a start is the same, only later.

The interpreter asks for each module in general ways: it looks for the endings of native modules, lists
folders and asks for the state of a file three times. The program knows where its modules lie. Of what the
interpreter checks before it believes a compiled module nothing is left out: its magic number, the time of
change and the size of the source; in all other cases the interpreter's own loader does it.
"""

from __future__ import annotations

import marshal
import os
import sys
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import MAGIC_NUMBER, cache_from_source

from bulletin_lint._plain import IS_PLAIN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from types import CodeType, ModuleType

_PACKAGE = "bulletin_lint"
_TIMED = MAGIC_NUMBER + bytes(4)
"""How a compiled module begins that is told by its source's time and size."""
_HEAD = 16
"""Bytes before the code of a compiled module: magic number, flags, time of change, size of the source."""
_LARGEST = 64 * 1024
"""Bytes of a compiled module that are read at once; one that is larger is left to the interpreter."""


class QuickFinder:
    """A finder for `sys.meta_path`; it knows the modules below one folder."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._compiled: dict[str, tuple[str, str]] = {}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Where a module of the program lies; None for any other, and for one that is not there."""
        if not fullname.startswith(_PACKAGE + "."):
            return None
        place = self._folder + fullname[len(_PACKAGE) :].replace(".", os.sep)
        is_package = False
        try:
            file = place + ".py"
            status = os.stat(file)
        except OSError:
            try:
                file = f"{place}{os.sep}__init__.py"
                status = os.stat(file)
            except OSError:
                return None
            is_package = True
        cached = self._cached(file)
        spec = ModuleSpec(
            fullname, _QuickLoader(fullname, file, cached, status), origin=file, is_package=is_package
        )
        spec.has_location = True
        spec.cached = cached
        if is_package:
            spec.submodule_search_locations = [place]
        return spec

    def _cached(self, file: str) -> str:
        """Where the interpreter keeps a module compiled; asked once for each folder."""
        folder, _, name = file.rpartition(os.sep)
        if folder not in self._compiled:
            before, _, after = cache_from_source(os.path.join(folder, "NAME.py")).rpartition("NAME")
            self._compiled[folder] = before, after
        before, after = self._compiled[folder]
        return before + name[:-3] + after


class _QuickLoader(SourceFileLoader):
    """The interpreter's loader, but for a compiled module that still holds."""

    def __init__(self, fullname: str, path: str, cached: str, status: os.stat_result) -> None:
        super().__init__(fullname, path)
        self._cached = cached
        self._status = status

    def get_code(self, fullname: str) -> CodeType | None:
        """The module's code, as `importlib.abc.InspectLoader` has it."""
        try:
            file = os.open(self._cached, os.O_RDONLY | getattr(os, "O_BINARY", 0))
        except OSError:
            return super().get_code(fullname)
        try:
            data = os.read(file, _LARGEST)
        finally:
            os.close(file)
        told = (int(self._status.st_mtime) & 0xFFFFFFFF).to_bytes(4, "little")
        told += (self._status.st_size & 0xFFFFFFFF).to_bytes(4, "little")
        if len(data) < _LARGEST and data.startswith(_TIMED + told):
            try:
                code: CodeType = marshal.loads(memoryview(data)[_HEAD:])
                # The same folder by another name: the interpreter then mends what tracebacks show.
                if code.co_filename == self.path:
                    return code
            except (EOFError, ValueError, TypeError, AttributeError):
                pass
        return super().get_code(fullname)


def install() -> None:
    """Has the program's modules found this way from now on, where they are files and kept compiled."""
    if IS_PLAIN or not isinstance(getattr(__spec__, "loader", None), SourceFileLoader):
        return
    if not sys.implementation.cache_tag or any(isinstance(each, QuickFinder) for each in sys.meta_path):
        return
    sys.meta_path.insert(0, QuickFinder(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))
