"""The cache folder, and whether what lies there may be believed.

What is kept there decides what a gate says, and some of it a regex engine runs: whoever can write it can have
any bulletin pass. So the folder is used only if its path is absolute, it is the user's own, nobody else can
write to it, it is no link, and it does not lie in a git work tree, where others' commits put files. The same
holds for each file, which must be a regular one. It is opened once and its files are reached by that
descriptor, so that what was looked at is what is read. Where systems have neither owners nor descriptors of
folders (Windows), what they have is looked at.

Nothing here fails. Where the folder is not used though it is there, `refusal` says why, once.
"""

from __future__ import annotations

import os
import stat
import time

from bulletin_lint._plain import IS_PLAIN
from bulletin_lint.model.wording import Wording

_HAS_OWNERS = hasattr(os, "geteuid")
_HAS_DESCRIPTORS = hasattr(os, "O_DIRECTORY") and {os.open, os.stat, os.unlink} <= os.supports_dir_fd
_REPARSE_POINT = 0x400
"""`FILE_ATTRIBUTE_REPARSE_POINT`: a link or junction of Windows."""
_OTHERS_MAY_WRITE = stat.S_IWGRP | stat.S_IWOTH
_DAY = 86_400
_LARGEST = 64 << 20
"""Bytes of a file that is read whole."""

_refusals: list[Wording] = []


def cache_folder() -> str | None:
    """The path of the cache folder, which need not be there; None where there is no place for one, where it
    must not be used, and in plain mode.
    """
    if IS_PLAIN:
        return None
    default = os.path.join(os.path.expanduser("~"), ".cache", "bulletin-lint")
    own = os.environ.get("BULLETIN_LINT_CACHE_DIR")
    shared = os.environ.get("XDG_CACHE_HOME")
    if own:
        path = own
        if not os.path.isabs(path):
            _refuse(path, Wording("不是绝对路径", "its path is not absolute"))
            return None
    elif shared and os.path.isabs(shared):
        path = os.path.join(shared, "bulletin-lint")
    else:
        return default if os.path.isabs(default) else None
    if path != default and _is_in_work_tree(path):
        _refuse(
            path,
            Wording(
                "在 git 工作区里，别人提交的文件会被当作缓存",
                "it lies in a git work tree, where commits put files",
            ),
        )
        return None
    return path


def refusal() -> Wording | None:
    """Why a cache folder or file that is there was not used, and what to do; None if none was refused."""
    return _refusals[0] if _refusals else None


def forget_refusal() -> None:
    """Begins a new run in the same process."""
    _refusals.clear()


class CacheFolder:
    """The cache folder while it is open. Without one, nothing is found and nothing kept."""

    __slots__ = ("_descriptor", "path")

    def __init__(self, *, create: bool = False) -> None:
        self._descriptor: int | None = None
        self.path = self._open(create=create)
        """None where it cannot be used."""

    def __enter__(self) -> CacheFolder:
        return self

    def __exit__(self, *_: object) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        self.path = None

    def _open(self, *, create: bool) -> str | None:
        path = cache_folder()
        if path is None:
            return None
        try:
            if create:
                os.makedirs(path, mode=0o700, exist_ok=True)
            # Before it is opened: opening a pipe waits, and why a link is not opened no system says alike.
            status = os.lstat(path)
            if _flaw(status, is_folder=True) is None and _HAS_DESCRIPTORS:
                self._descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
                status = os.fstat(self._descriptor)
        except (OSError, ValueError):
            return None
        flaw = _flaw(status, is_folder=True)
        if flaw is not None:
            self.__exit__()
            _refuse(path, flaw)
            return None
        return path

    def is_still_there(self) -> bool:
        """Whether its path leads to the folder that was opened."""
        if self.path is None:
            return False
        if self._descriptor is None:
            return True
        try:
            return os.path.samestat(os.fstat(self._descriptor), os.lstat(self.path))
        except OSError:
            return False

    def status(self, name: str) -> os.stat_result | None:
        """The status of a file that may be believed, None where there is none."""
        status = self._look(name)
        return status if status is not None and self._is_trusted(status, name) else None

    def has(self, name: str) -> bool:
        """Whether anything has a name, be it believed or not."""
        return self._look(name) is not None

    def refuses(self, name: str) -> bool:
        """Whether a file is there that may not be believed; in one look, for others make and remove files."""
        status = self._look(name)
        return status is not None and not self._is_trusted(status, name)

    def _look(self, name: str) -> os.stat_result | None:
        if self.path is None:
            return None
        try:
            return os.stat(self._at(name), dir_fd=self._descriptor, follow_symlinks=False)
        except (OSError, ValueError):
            return None

    def read(self, name: str) -> bytes | None:
        """The content of a file that may be believed, None where there is none."""
        if self.path is None:
            return None
        flags = os.O_RDONLY
        for flag in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY"):
            flags |= getattr(os, flag, 0)
        if not _HAS_DESCRIPTORS and self.status(name) is None:
            return None
        try:
            file = os.open(self._at(name), flags, dir_fd=self._descriptor)
        except (OSError, ValueError):
            if self.has(name):
                # A link: that it is not opened is how systems say so.
                self.status(name)
            return None
        with open(file, "rb", buffering=0) as stream:
            try:
                status = os.fstat(file)
                if not self._is_trusted(status, name) or status.st_size > _LARGEST:
                    return None
                return stream.read(status.st_size + 1)
            except OSError:
                return None

    def write(self, name: str, data: bytes) -> bool:
        """Puts a file in place, whole or not at all; whether it did."""
        if self.path is None:
            return False
        try:
            temporary = self.new_file(name)
        except (OSError, ValueError):
            return False
        try:
            flags = os.O_WRONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
            with open(os.open(self._at(temporary), flags, dir_fd=self._descriptor), "wb") as stream:
                stream.write(data)
            os.replace(
                self._at(temporary),
                self._at(name),
                src_dir_fd=self._descriptor,
                dst_dir_fd=self._descriptor,
            )
        except BaseException as error:
            self.remove(temporary)
            if not isinstance(error, OSError):
                raise
            return False
        return True

    def new_file(self, name: str) -> str:
        """Makes an empty file that only the user may read, its name beginning with another and ending as
        nobody can guess.

        Raises:
            OSError: there is no place for one.
        """
        temporary = f"{name}.{os.urandom(8).hex()}.tmp"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        os.close(os.open(self._at(temporary), flags, 0o600, dir_fd=self._descriptor))
        return temporary

    def remove(self, name: str) -> None:
        """Removes a file, or the link that has its name, if there is one."""
        if self.path is None:
            return
        try:
            os.unlink(self._at(name), dir_fd=self._descriptor)
        except (OSError, ValueError):
            return

    def touch(self, name: str) -> None:
        """Sets the time of a file to now."""
        try:
            if os.utime in os.supports_dir_fd and os.utime in os.supports_follow_symlinks:
                os.utime(self._at(name), dir_fd=self._descriptor, follow_symlinks=False)
            elif self._descriptor is None:
                os.utime(self._at(name))
        except (OSError, ValueError):
            return

    def is_due(self, purpose: str) -> bool:
        """Whether a day has passed since it last said so, for some purpose."""
        status = self.status(purpose)
        if status is not None and 0 <= time.time() - status.st_mtime < _DAY:
            return False
        # Before the work: who comes next need not do it too.
        return self.write(purpose, b"")

    def names(self) -> list[str]:
        """The names of what lies in it."""
        if self.path is None:
            return []
        try:
            return os.listdir(self.path if self._descriptor is None else self._descriptor)
        except (OSError, TypeError):
            return []

    def _at(self, name: str) -> str:
        return name if self._descriptor is not None else os.path.join(self.path or "", name)

    def _is_trusted(self, status: os.stat_result, name: str) -> bool:
        flaw = _flaw(status, is_folder=False)
        if flaw is not None:
            _refuse(os.path.join(self.path or "", name), flaw)
        return flaw is None


def _flaw(status: os.stat_result, *, is_folder: bool) -> Wording | None:
    """Why something in the file system is not to be believed, None if nothing speaks against it."""
    if stat.S_ISLNK(status.st_mode) or getattr(status, "st_file_attributes", 0) & _REPARSE_POINT:
        return Wording("是链接", "it is a link")
    if is_folder and not stat.S_ISDIR(status.st_mode):
        return Wording("不是文件夹", "it is no folder")
    if not is_folder and not stat.S_ISREG(status.st_mode):
        return Wording("不是普通文件", "it is no regular file")
    if not _HAS_OWNERS:
        return None
    if status.st_uid != os.geteuid():
        return Wording("不属于当前用户", "it belongs to another user")
    if status.st_mode & _OTHERS_MAY_WRITE:
        return Wording("其他用户可以写入", "other users may write to it")
    return None


def _is_in_work_tree(path: str) -> bool:
    path = os.path.normpath(path)
    while True:
        if os.path.lexists(os.path.join(path, ".git")):
            return True
        above = os.path.dirname(path)
        if above == path:
            return False
        path = above


def _refuse(path: str, flaw: Wording) -> None:
    if _refusals:
        # Only the first is said, and a process may go on for long.
        return
    named = path.encode("unicode_escape").decode("ascii") if not path.isprintable() else path
    _refusals.append(
        Wording(
            f"缓存 {named} 不可信，未使用：{flaw.zh}。结果不受影响，只是较慢；请把 BULLETIN_LINT_CACHE_DIR "
            "设为只有您能写入的文件夹（绝对路径），或删除它再运行，或用 --no-cache",
            f"the cache {named} is not used: {flaw.en}. Results are the same, only slower; set "
            "BULLETIN_LINT_CACHE_DIR to the absolute path of a folder that only you can write to, or delete "
            "this one, or run with --no-cache",
        )
    )
