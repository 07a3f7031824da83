"""Compiled rulebooks and settings on disk, so that a warm start reads no YAML.

One file holds one compiled thing. It is believed only if the program's version, the key and every
input file are the same; anything else, damage and foreign content included, is a miss. Nothing here
ever fails: a cache that cannot be written is no cache.
"""

from __future__ import annotations

import marshal
import os
from collections.abc import Iterable, Sequence
from zlib import crc32

from bulletin_lint import __version__
from bulletin_lint._plain import IS_PLAIN
from bulletin_lint._typing import Any
from bulletin_lint.rulebook.compiled import packed, unpacked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.config.store import Input

_FORMAT = 2
_PROGRAM = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
_COMPILERS = ("checks", "config", "matching", "model", "rulebook")
"""The packages that a compiled rulebook depends on."""


def cache_folder() -> str | None:
    """Where compiled things are kept, None where there is no place for them, and in plain mode."""
    if IS_PLAIN:
        return None
    own = os.environ.get("BULLETIN_LINT_CACHE_DIR")
    if own:
        return own
    shared = os.environ.get("XDG_CACHE_HOME")
    if shared and os.path.isabs(shared):
        return os.path.join(shared, "bulletin-lint")
    home = os.path.expanduser("~")
    return os.path.join(home, ".cache", "bulletin-lint") if os.path.isabs(home) else None


class CompiledStore:
    """A `config.store.Store` of files in the cache folder."""

    __slots__ = ()

    def load(self, key: str) -> Any:
        """What was stored under a key; None where there is nothing that still holds."""
        path = _path(key)
        if path is None:
            return None
        try:
            with open(path, "rb") as stream:
                data = stream.read()
            head, _, body = data.partition(b"\n")
            if not head.startswith(b"bulletin-lint cache "):
                return None
            if int(head[20:]) != crc32(body):
                return None
            stored = unpacked(body)
            if stored["key"] != _full_key(key) or not all(_is_unchanged(each) for each in stored["inputs"]):
                return None
            return stored["value"]
        except (OSError, ValueError, EOFError, KeyError, TypeError, IndexError, RecursionError):
            return None

    def store(self, key: str, value: Any, inputs: Iterable[Input]) -> None:
        """Keeps a value that can be made `plain` together with the inputs that it was made of."""
        path = _path(key)
        if path is None:
            return
        temporary = f"{path}.{os.getpid()}.tmp"
        try:
            stored = {
                "key": _full_key(key),
                "inputs": [*map(list, inputs), *_program_inputs()],
                "value": value,
            }
            body = packed(stored)
            os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
            handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                with open(handle, "wb") as stream:
                    stream.write(b"bulletin-lint cache %d\n%b" % (crc32(body), body))
                os.replace(temporary, path)
            except BaseException:
                os.unlink(temporary)
                raise
        except (OSError, ValueError, TypeError, RecursionError):
            return


def _full_key(key: str) -> list[Any]:
    # The folder tells two installations apart whose versions are the same.
    return [_FORMAT, marshal.version, __version__, _PROGRAM, key]


def _path(key: str) -> str | None:
    folder = cache_folder()
    if folder is None:
        return None
    # Two keys may share a file name; the key inside decides, and they then take turns.
    name = "".join(f"{crc32(repr(_full_key(key)).encode('utf-8', 'replace'), seed):08x}" for seed in (0, 1))
    return os.path.join(folder, f"rulebook-{name}.data")


def _is_unchanged(stored: Sequence[Any]) -> bool:
    path, size, mtime_ns, names = stored
    if names is not None:
        endings = (".yaml", ".yml")
        return bool(sorted(name for name in os.listdir(path) if name.endswith(endings)) == names)
    status = os.stat(path)
    return bool(status.st_size == size and status.st_mtime_ns == mtime_ns)


def _program_inputs() -> list[list[Any]]:
    """The modules that a compiled rulebook depends on: whoever changes one has a new program."""
    return [[path, size, mtime_ns, None] for path, size, mtime_ns in program_modules(_COMPILERS)]


def program_modules(packages: Iterable[str]) -> list[tuple[str, int, int]]:
    """Path, size in bytes and time of change in nanoseconds of every module in some of the program's
    packages, their sub-packages included.
    """
    found = []
    pending = [os.path.join(_PROGRAM, package) for package in sorted(packages, reverse=True)]
    while pending:
        folder = pending.pop()
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda each: each.name):
                if entry.name.endswith(".py"):
                    status = entry.stat()
                    found.append((entry.path, status.st_size, status.st_mtime_ns))
                elif entry.is_dir() and entry.name != "__pycache__":
                    pending.append(entry.path)
    return found
