"""Compiled rulebooks and settings on disk, so that a warm start reads no YAML.

One file holds one compiled thing. It is believed only if it lies where `folder` trusts it and the program's
version, the key and the content of every input file are the same: sizes and times can be set back. Only the
rules that came with the program are told as its modules are, by their state: 17 files less to read. Anything
else, damage and foreign content included, is a miss. Nothing here ever fails: a cache that cannot be written
is no cache.
"""

from __future__ import annotations

import marshal
import os
import stat
import time
from collections.abc import Iterable, Sequence
from zlib import crc32

from bulletin_lint import __version__, _digest
from bulletin_lint._typing import Any
from bulletin_lint.engine.cache.folder import CacheFolder
from bulletin_lint.rulebook.compiled import packed, unpacked

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.config.store import Input

_FORMAT = 4
_PROGRAM = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
_COMPILERS = ("checks", "config", "matching", "model", "rulebook")
"""The packages that a compiled rulebook depends on."""
_SETTLED = 2 * 10**9
"""Nanoseconds after which a second change of a file is sure to have another time."""
_TOUCHED_SECONDS = 7 * 86_400
"""What was used in a file's last days is told by its time, set no more often."""


class CompiledStore:
    """A `config.store.Store` of files in the cache folder."""

    __slots__ = ()

    def load(self, key: str) -> Any:
        """What was stored under a key; None where there is nothing that still holds."""
        name = _name(key)
        with CacheFolder() as folder:
            status = folder.status(name)
            data = folder.read(name) if status is not None else None
            if status is None or data is None:
                return None
            if status.st_mtime < time.time() - _TOUCHED_SECONDS:
                folder.touch(name)
        try:
            head, _, body = data.partition(b"\n")
            if not head.startswith(b"bulletin-lint cache "):
                return None
            if int(head[20:]) != crc32(body):
                return None
            stored = unpacked(body)
            if stored["key"] != _full_key(key) or stored["program"] != _program_inputs():
                return None
            return stored["value"] if all(_is_unchanged(each) for each in stored["inputs"]) else None
        except (OSError, ValueError, EOFError, KeyError, TypeError, IndexError, RecursionError):
            return None

    def store(self, key: str, value: Any, inputs: Iterable[Input]) -> None:
        """Keeps a value that can be made `plain` together with the inputs that it was made of."""
        try:
            stored = {
                "key": _full_key(key),
                "program": _program_inputs(),
                "inputs": _told(inputs),
                "value": value,
            }
            body = packed(stored)
        except (OSError, ValueError, TypeError, RecursionError):
            return
        with CacheFolder(create=True) as folder:
            if folder.write(_name(key), b"bulletin-lint cache %d\n%b" % (crc32(body), body)):
                from bulletin_lint.engine.cache.pruning import prune

                prune(folder)


def _full_key(key: str) -> list[Any]:
    # The folder tells two installations apart whose versions are the same.
    return [_FORMAT, marshal.version, __version__, _PROGRAM, key]


def _name(key: str) -> str:
    # Two keys may share a file name; the key inside decides, and they then take turns.
    name = "".join(f"{crc32(repr(_full_key(key)).encode('utf-8', 'replace'), seed):08x}" for seed in (0, 1))
    return f"rulebook-{name}.data"


def _told(inputs: Iterable[Input]) -> list[list[Any]]:
    """How each input is told: a file by its content, one of the program's own by its state, if that is known
    to belong to the content.
    """
    from bulletin_lint.rulebook.packs import builtin_folder

    own = os.path.join(os.path.realpath(builtin_folder()), "")
    told = []
    for each in inputs:
        stored: list[Any] = list(each)
        # The time of a change of state cannot be set by a user; elsewhere than on POSIX it is another time.
        if os.name == "posix" and each.names is None and each.path.startswith(own):
            state = _state(os.stat(each.path))
            # Told before the content is compared: what is written later has another state.
            if state[2] < time.time_ns() - _SETTLED and _is_unchanged(stored):
                stored = [each.path, state]
        told.append(stored)
    return told


def _state(status: os.stat_result) -> list[int]:
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]


def _is_unchanged(stored: Sequence[Any]) -> bool:
    if len(stored) == 2:
        path, state = stored
        return bool(_state(os.stat(path)) == state)
    path, size, digest, names = stored
    if names is not None:
        endings = (".yaml", ".yml")
        return bool(sorted(name for name in os.listdir(path) if name.endswith(endings)) == names)
    # A pipe in a file's place must not be waited for, nor much more than the file be read.
    file = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with open(file, "rb", buffering=0) as stream:
        status = os.fstat(file)
        if not stat.S_ISREG(status.st_mode) or status.st_size != size:
            return False
        return bool(_digest.digest(stream.read(size + 1) or b"", size=20) == digest)


def _program_inputs() -> list[list[Any]]:
    """The modules that a compiled rulebook depends on: whoever changes one has a new program.

    Told by size and time, as the interpreter itself tells whether a compiled module still holds.
    """
    if not _seen:
        _seen.extend(map(list, program_modules(_COMPILERS)))
    return _seen


_seen: list[list[Any]] = []
"""The program of this process."""


def program_modules(packages: Iterable[str]) -> list[tuple[str, int, int]]:
    """Path, size in bytes and time of change in nanoseconds of every module and its data in some of the
    program's packages, their sub-packages included.
    """
    found = []
    pending = [os.path.join(_PROGRAM, package) for package in sorted(packages, reverse=True)]
    while pending:
        folder = pending.pop()
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda each: each.name):
                if entry.name.endswith((".py", ".txt")):
                    status = entry.stat()
                    found.append((entry.path, status.st_size, status.st_mtime_ns))
                elif entry.is_dir() and entry.name != "__pycache__":
                    pending.append(entry.path)
    return found
