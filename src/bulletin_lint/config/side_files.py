"""Files beside the bulletins: settings, packs, waivers, the baseline, the register, ignore files.

A branch of a stranger may bring them: a pipe has no end and a device may have none, and to open one may
already wait for ever.
"""

from __future__ import annotations

import errno
import os
import stat

from bulletin_lint.model.wording import Wording

MIB = 1024 * 1024
LARGEST = 8 * MIB
"""Bytes of a file of settings, rules, words or waivers; the largest pack of ours has a quarter of one MiB."""


class RefusedFile(OSError):
    """A file that is not read: no regular one, or too large."""

    def __init__(self, path: str, wording: Wording) -> None:
        super().__init__(errno.EINVAL, wording.en, path)
        self.wording = wording


_unsaved: dict[str, bytes] = {}


class Unsaved:
    """While a `with` lasts, what an editor holds stands in place of a file that is not saved. In one thread
    only: whoever reads files elsewhere meanwhile reads it too.
    """

    def __init__(self, path: str, data: bytes) -> None:
        self._path = os.path.realpath(path)
        self._data = data

    def __enter__(self) -> Unsaved:
        _unsaved[self._path] = self._data
        return self

    def __exit__(self, *_: object) -> None:
        del _unsaved[self._path]


def read_side_file(path: str, largest: int = LARGEST) -> bytes:
    """The content of a regular file of at most `largest` bytes, as it is saved, or as `Unsaved` has it.

    Raises:
        RefusedFile: it is no regular file, or larger.
        OSError: it cannot be read.
    """
    if _unsaved:
        held = _unsaved.get(os.path.realpath(path))
        if held is not None:
            return held
    # Opened before it is looked at, so that nobody can put another in its place; a pipe then does not wait.
    flags = (
        os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0)
    )
    with open(os.open(path, flags), "rb") as stream:
        mode = os.fstat(stream.fileno()).st_mode
        if not stat.S_ISREG(mode):
            raise RefusedFile(
                path,
                Wording(
                    "不是普通文件，而是文件夹、管道、设备或套接字",
                    "not a regular file but a folder, pipe, device or socket",
                ),
            )
        data = stream.read(largest + 1)
    if len(data) > largest:
        size = largest // MIB
        raise RefusedFile(path, Wording(f"文件大于 {size} MiB", f"the file is larger than {size} MiB"))
    return data


def reason_of(error: OSError | ValueError) -> Wording:
    """Why a file was not read."""
    if isinstance(error, RefusedFile):
        return error.wording
    en = (error.strerror if isinstance(error, OSError) else None) or str(error) or "unreadable"
    code = error.errno if isinstance(error, OSError) else None
    return Wording(_REASONS.get(code or 0, f"错误 {code}" if code else "路径无效"), en)


_REASONS = {
    errno.EACCES: "没有读取权限",
    errno.EISDIR: "这是文件夹",
    errno.ELOOP: "符号链接成了循环",
    errno.ENAMETOOLONG: "路径太长",
    errno.ENOENT: "没有这个文件",
    errno.ENOTDIR: "没有这个文件",
    errno.EPERM: "没有读取权限",
}
"""An error of the system in Chinese; the English is the system's own."""
