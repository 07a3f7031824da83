"""Files written whole: whenever the program ends, the old content stands there or the new, never a part.

The new content goes into a file beside the target, under a name that nobody can guess, and takes the target's
name when it is on the disk. What a person set on the target is kept: mode, owner where that is allowed, and
extended attributes where Python knows them (on Linux; access lists are among them). A target that another
name (a hard link) shares becomes a file of its own. What is no regular file (a device, a pipe, a descriptor
such as ``/dev/stdout``) has no old content to lose: it is written straight.
"""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterable, Iterator

from bulletin_lint._typing import Any
from bulletin_lint.model.errors import Terminated
from bulletin_lint.model.wording import Wording

_PIECE = 256 * 1024
"""Bytes that are written together."""
_TURNS = 200
_TURN_SECONDS = 0.01
"""How often, and after how long, another writer's turn is asked to be over; then nobody is waited for."""
_DESCRIPTORS = {"/dev/stdout": 1, "/dev/stderr": 2}
_DESCRIPTOR_FOLDERS = ("/dev/fd/", "/proc/self/fd/")
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_LOST = (errno.EIO, errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
"""Errors that mean the disk did not take it; others mean that a file system syncs no folders."""


class _Anything:
    """Stands for whatever a file holds."""


ANYTHING = _Anything()


class LeadsElsewhere(OSError):
    """A symbolic link that leads out of the folder in which the file was asked for; it is not followed."""

    def __init__(self, path: str, target: str) -> None:
        super().__init__(errno.ELOOP, f"a symbolic link that leads elsewhere, to {target}", path)
        self.target = target


class ChangedMeanwhile(OSError):
    """A file does not hold what it held when it was read."""

    def __init__(self, path: str) -> None:
        super().__init__(errno.EBUSY, "changed in the meantime", path)


def reason(error: OSError) -> Wording:
    """Why a file could not be written, to stand in brackets."""
    if isinstance(error, LeadsElsewhere):
        return Wording(
            f"是符号链接，指向别处的 {error.target}，不跟随；请直接写出那个文件",
            f"a symbolic link that leads elsewhere, to {error.target}, and is not followed; name that file",
        )
    return Wording(f"错误 {error.errno}", str(error.strerror))


def encoded(pieces: Iterable[str]) -> Iterator[bytes]:
    """Text as it stands in files: UTF-8, and what is no character (in a file's name, say) escaped."""
    for piece in pieces:
        yield piece.encode("utf-8", "backslashreplace")


def replace_file(
    path: str,
    content: bytes | Iterable[bytes],
    *,
    expected: bytes | _Anything | None = ANYTHING,
    home: str | None = None,
    mode: int = 0o666,
    is_durable: bool = True,
) -> None:
    """Puts content into a file, new or not, so that at any moment the old or the new stands there, whole.

    `expected` is what the file must still hold, None where there must be none; writers that say so take
    turns. `home` is as `target_of` takes it. `mode` is that of a new file, less the umask. What may be lost
    with the power, a cache say, need not be durable: it is whole or absent after a crash of the program, and
    written without waiting for the disk.

    Raises:
        ChangedMeanwhile: the file holds something else than `expected`.
        LeadsElsewhere: it is a link that leads elsewhere.
        OSError: it cannot be written; it is as it was before.
        Terminated: a signal came; likewise.
    """
    pieces = (content,) if isinstance(content, bytes) else content
    descriptor = _descriptor(path)
    if descriptor is not None:
        # The one that is open: to open it again would begin at the start of a file that others write to.
        _write_straight(os.dup(descriptor), pieces)
        return
    target = target_of(path, home)
    status = _status(target)
    if status is not None and not stat.S_ISREG(status.st_mode):
        _write_straight(os.open(target, os.O_WRONLY | _NO_LINK), pieces)
        return
    if status is not None and not os.access(target, os.W_OK):
        # To rename takes the folder's permission only; that the file is read-only was meant.
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), path)
    folder, name = os.path.split(target)
    temporary = os.path.join(folder, f".{name[:40]}.{os.urandom(8).hex()}.tmp")
    with Terminable():
        try:
            _write_new(temporary, pieces, mode, target, status, is_durable=is_durable)
            if isinstance(expected, _Anything):
                os.replace(temporary, target)
            else:
                with _Turn(folder):
                    if _content(target) != expected:
                        raise ChangedMeanwhile(path)
                    os.replace(temporary, target)
        except FileExistsError:
            # Somebody else's file has the name that nobody can guess.
            raise
        except BaseException:
            _remove(temporary)
            raise
        if is_durable:
            _sync_folder(folder)


def target_of(path: str, home: str | None = None) -> str:
    """The file that a path means, by its real path; there need be none.

    `home` is the folder, by its real path, out of which no link may lead. Where it is not given, that is for
    a relative path without ``..`` the current folder, else the one that the path names.

    Raises:
        LeadsElsewhere: a link leads out of `home`.
        OSError: it can be no path.
    """
    try:
        if home is None:
            is_here = not os.path.isabs(path) and os.pardir not in path.replace(os.sep, "/").split("/")
            home = os.path.realpath(os.curdir if is_here else os.path.dirname(path))
        target = os.path.realpath(path)
    except ValueError:
        # It holds a NUL.
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL), path) from None
    if target != home and not is_within(target, home):
        raise LeadsElsewhere(path, target)
    return target


def is_within(path: str, folder: str) -> bool:
    """Whether a file lies in a folder or below it; both are real paths."""
    return path.startswith(os.path.join(folder, ""))


class Terminable:
    """While it lasts, SIGTERM and SIGHUP raise `Terminated` in the main thread, so that temporaries go.

    Where a signal has another handler, or is ignored (as under nohup), that stays.
    """

    def __init__(self) -> None:
        self._handled: list[int] = []

    def __enter__(self) -> None:
        # It takes `enum`: loaded only by runs that write.
        import signal

        for name in ("SIGTERM", "SIGHUP"):
            number = getattr(signal, name, None)
            if number is None or signal.getsignal(number) is not signal.SIG_DFL:
                continue
            try:
                signal.signal(number, self._terminate)
            except ValueError:
                # Not the main thread, which alone may ask for signals.
                return
            self._handled.append(number)

    def _terminate(self, number: int, _: object) -> None:
        import signal

        # A second one must not keep the first from removing what is to be removed.
        for each in self._handled:
            signal.signal(each, signal.SIG_IGN)
        raise Terminated(number)

    def __exit__(self, *_: object) -> None:
        if self._handled:
            import signal

            for number in self._handled:
                signal.signal(number, signal.SIG_DFL)


class _Turn:
    """Holds a folder locked, so that nobody who asks for a turn writes between a look at a file and its
    replacement. Where folders cannot be locked, or a lock is not given up, nothing is held.
    """

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._handle: int | None = None

    def __enter__(self) -> None:
        try:
            from fcntl import LOCK_EX, LOCK_NB, flock
        except ImportError:
            return
        from time import sleep

        try:
            self._handle = os.open(self._folder, _FOLDER)
            for _ in range(_TURNS):
                try:
                    flock(self._handle, LOCK_EX | LOCK_NB)
                except BlockingIOError:
                    sleep(_TURN_SECONDS)
                else:
                    return
        except OSError:
            return

    def __exit__(self, *_: object) -> None:
        if self._handle is not None:
            os.close(self._handle)


def _descriptor(path: str) -> int | None:
    """The open file that a name such as ``/dev/stdout`` stands for."""
    if path in _DESCRIPTORS:
        return _DESCRIPTORS[path]
    folder = next((each for each in _DESCRIPTOR_FOLDERS if path.startswith(each)), "")
    number = path[len(folder) :] if folder else ""
    return int(number) if number.isascii() and number.isdigit() and os.name != "nt" else None


def _status(path: str) -> os.stat_result | None:
    try:
        return os.stat(path)
    except FileNotFoundError:
        return None


def _content(path: str) -> bytes | None:
    try:
        with open(path, "rb") as stream:
            return stream.read()
    except FileNotFoundError:
        return None


def _write_straight(handle: int, pieces: Iterable[bytes]) -> None:
    try:
        _write(handle, pieces)
    finally:
        os.close(handle)


def _write_new(
    path: str,
    pieces: Iterable[bytes],
    mode: int,
    target: str,
    status: os.stat_result | None,
    *,
    is_durable: bool,
) -> None:
    """Writes a file that is not there yet, with what was set on the one that it is to replace, if any."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | _NO_LINK
    handle = os.open(path, flags, mode if status is None else 0o600)
    try:
        _write(handle, pieces)
        if status is not None:
            _take_over(handle, path, target, status)
        if is_durable:
            os.fsync(handle)
    finally:
        os.close(handle)


def _write(handle: int, pieces: Iterable[bytes]) -> None:
    waiting = bytearray()
    for piece in pieces:
        waiting += piece
        if len(waiting) >= _PIECE:
            _write_all(handle, waiting)
            waiting = bytearray()
    _write_all(handle, waiting)


def _write_all(handle: int, data: bytearray) -> None:
    left = memoryview(data)
    while left:
        left = left[os.write(handle, left) :]


def _take_over(handle: int, path: str, target: str, status: os.stat_result) -> None:
    """Sets what was set on the target: the owner first, because that takes set-user-ID bits away."""
    if hasattr(os, "fchown"):
        try:
            os.fchown(handle, status.st_uid, status.st_gid)
        except PermissionError:
            pass
    _copy_attributes(handle, target)
    if sys.platform == "win32":
        os.chmod(path, stat.S_IMODE(status.st_mode))
    else:
        os.fchmod(handle, stat.S_IMODE(status.st_mode))


def _copy_attributes(handle: int, target: str) -> None:
    """Copies extended attributes; those of people (``user.``) must not be lost, of others what is allowed."""
    system: Any = os  # what only Linux has is not declared elsewhere
    if not hasattr(system, "listxattr"):
        return
    try:
        names = system.listxattr(target)
    except OSError:
        # The file system has none.
        return
    for name in names:
        try:
            system.setxattr(handle, name, system.getxattr(target, name))
        except OSError:
            if name.startswith("user."):
                raise


def _remove(path: str) -> None:
    try:
        os.unlink(path)
    except OSError:
        # There is none, or nothing can be done.
        pass


def _sync_folder(folder: str) -> None:
    """Makes the new name last through a power failure.

    Raises:
        OSError: the disk does not take it.
    """
    if os.name == "nt":
        return
    try:
        handle = os.open(folder, _FOLDER)
    except OSError:
        # A folder that one may write to and not read.
        return
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno in _LOST:
            raise
    finally:
        os.close(handle)
