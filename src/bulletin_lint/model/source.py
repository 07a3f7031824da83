"""A file to check, its bytes, and what is said of its kind."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Mapping

from bulletin_lint._typing import Literal, NamedTuple
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.wording import Wording

LinesAre = Literal["source", "document"]
"""Whose lines a place counts: the file's own, which an editor opens, or those of the document made of it."""


class KindNote(NamedTuple):
    """What reports say of a kind of input."""

    name: Wording
    """What people call such a file."""
    media_types: Mapping[str, str]
    """The media type (RFC 6838) by suffix; under the empty one that of all others."""
    has_lines: bool = True
    """Lines and columns are places in the file."""

    def media_type(self, path: str) -> str:
        """The media type of a file."""
        return self.media_types.get(os.path.splitext(path)[1].lower(), self.media_types[""])


class Conversion(NamedTuple):
    """What became of a file that another program has to make readable."""

    path: str | None = None
    """Of the copy; None where there is none."""
    why: Wording | None = None
    """Why there is none, and what to do."""


class SourceFile(NamedTuple):
    """A file to check."""

    path: str
    """As the user gave it, or as found in the folder the user gave; ``/`` between its parts."""
    kind: str
    """The name of a kind of input, as the readers' table has it."""
    explicit: bool
    """Named on the command line, not found in a folder."""
    data: bytes | None = None
    """The content, where it was read already: standard input."""
    conversion: Conversion | None = None
    """Of a file whose kind needs one, while it is read."""


def size_of(source: SourceFile) -> int:
    """Bytes of a file, 0 where nobody knows."""
    if source.data is not None:
        return len(source.data)
    try:
        return os.stat(source.path).st_size
    except (OSError, ValueError):
        return 0


def read_bytes(source: SourceFile, size_limit: int) -> bytes:
    """The content of a file of at most so many bytes.

    Raises:
        SourceError: the file cannot be read, is no regular file, or is larger.
    """
    if source.data is not None:
        if len(source.data) > size_limit:
            raise _too_large(source.path, size_limit)
        return source.data
    try:
        status = os.stat(source.path)
        require_regular(source.path, status)
        if status.st_size > size_limit:
            raise _too_large(source.path, size_limit)
        with open(source.path, "rb") as file:
            data = file.read(size_limit + 1)
    except (OSError, ValueError) as error:
        raise unreadable(source.path, error) from None
    if len(data) > size_limit:
        raise _too_large(source.path, size_limit)
    return data


def require_regular(path: str, status: os.stat_result) -> None:
    """Refuses what is no regular file.

    Raises:
        SourceError: it is something else.
    """
    # A pipe or a device may have no end; to open one may already wait for ever.
    if not stat.S_ISREG(status.st_mode):
        raise SourceError(
            path,
            Wording(
                "不是普通文件（是文件夹、管道、设备或套接字），不读取。",
                "not a regular file (a folder, pipe, device or socket): not read.",
            ),
        )


def _too_large(path: str, limit: int) -> SourceError:
    size = limit // (1024 * 1024)
    return SourceError(
        path,
        Wording(
            f"文件大于 {size} MiB，不像是简报；请拆分，或用 exclude 排除。",
            f"the file is larger than {size} MiB, hardly a bulletin; split it, or exclude it.",
        ),
    )


def unreadable(path: str, error: OSError | ValueError) -> SourceError:
    """What to say of a path that the system does not let one read."""
    code = error.errno if isinstance(error, OSError) else None
    if code in (errno.ENOENT, errno.ENOTDIR):
        wording = (
            Wording("符号链接指向的文件不存在。", "the symbolic link leads to no file.")
            if os.path.islink(path)
            else Wording("没有这个文件或文件夹。", "no such file or folder.")
        )
    elif code in (errno.EACCES, errno.EPERM):
        wording = Wording("没有读取权限。", "permission denied.")
    elif code == errno.ELOOP:
        wording = Wording("符号链接指向自己，成了循环。", "the symbolic links lead in a circle.")
    elif code == errno.ENAMETOOLONG:
        wording = Wording("路径太长。", "the path is too long.")
    else:
        wording = Wording(
            f"无法读取（错误 {code}）。" if code else "路径无效。",
            f"cannot be read ({os.strerror(code)})." if code else "not a valid path.",
        )
    return SourceError(path, wording)
