"""What tells that a file of an archive is still the one whose answer is kept: never its name, size and time
of writing alone, all of which another file may have and any program can set.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping

from bulletin_lint import _digest
from bulletin_lint._typing import Any

_SURE = (
    "etag",
    "ETag",
    "version_id",
    "VersionId",
    "generation",
    "md5",
    "md5Hash",
    "content_md5",
    "checksum",
    "crc32c",
)
"""What file systems call that which no other content and no other version has, the surest first."""
_COARSE_NS = 10_000_000
"""File systems that have no time of change (FAT, exFAT), or tell it in whole seconds, tell all times in this
or its multiples: a change within that time is not seen."""


def stamp_of_path(path: str, most: int) -> tuple[int, str]:
    """The size of a file of this machine and its stamp; of a file of more bytes than `most`, which nobody
    reads, what its status says is enough.
    """
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        # Whoever reads it says what is wrong.
        return 0, never_again()
    size = status.st_size
    # The time of change is none that a program can set, and another file that is moved to this place has
    # another inode. The device is left out: a share that is mounted again has another number.
    stamp = f"{status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"
    # On Windows the time of change is the one at which the file was made.
    tells_changes = os.name != "nt" and status.st_ctime_ns % _COARSE_NS != 0
    if tells_changes or size > most:
        return size, stamp

    def read() -> bytes:
        with open(path, "rb") as file:
            return file.read(most + 1)

    return size, stamp_of_content(read)


def stamp_of_content(read: Callable[[], bytes]) -> str:
    """The stamp of a file of which only its content tells; `read` gives that."""
    try:
        return _digest.digest(read(), size=20, purpose="archive file")
    except OSError:
        return never_again()


def stamp_of_information(information: Mapping[str, Any]) -> str:
    """The stamp of a file by what its file system says of it, empty where that does not tell enough."""
    name = next((name for name in _SURE if information.get(name)), None)
    return "" if name is None else f"{name} {information[name]}"


def never_again() -> str:
    """The stamp of what cannot be told: nothing that is kept has it, so it is done in every run."""
    return f"unknown {os.urandom(16).hex()}"
