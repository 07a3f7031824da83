"""Where an archive lies and where its answers go: a folder of this machine, or what fsspec reaches."""

from __future__ import annotations

import os
from collections.abc import Iterator
from urllib.parse import urlsplit

from bulletin_lint._typing import Any, NamedTuple, Protocol
from bulletin_lint.archive.stamps import stamp_of_information
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.wording import Wording

_ONE_PUT = frozenset({"abfs", "abfss", "az", "gcs", "gs", "memory", "oss", "s3", "s3a"})
"""Where an object is there whole or not at all; elsewhere it is written under another name first."""


class RemoteFile(NamedTuple):
    """A file as its file system lists it."""

    path: str
    """From the folder that was listed, with ``/`` between its parts."""
    size: int
    stamp: str
    """Changes when the file does; empty where its file system has nothing that surely does."""


class Storage(Protocol):
    """A folder that holds files by name, on this machine or elsewhere; it can be pickled."""

    def read(self, name: str) -> bytes:
        """The content of a file.

        Raises:
            OSError: it is not there, or cannot be read.
        """

    def write(self, name: str, data: bytes) -> None:
        """Puts a file there, whole or not at all; one that is there is replaced.

        Raises:
            OSError: it cannot be written.
        """

    def names(self, folder: str) -> list[str]:
        """The names of the files in a folder of it; none where there is no such folder.

        Raises:
            OSError: it cannot be listed.
        """

    def folders(self) -> list[str]:
        """The names of the folders in it.

        Raises:
            OSError: it cannot be listed.
        """

    def remove(self, folder: str) -> None:
        """Removes a folder of it with all that is in it, as far as that is possible."""

    def remove_file(self, name: str) -> None:
        """Removes a file, as far as that is possible."""


def is_url(place: str) -> bool:
    """Whether a place is named as fsspec names them, ``s3://bucket/folder``, and not by a path."""
    return "://" in place


def real_place(place: str) -> str:
    """A folder or file at a path or URL by the one name that it has, whatever the working directory is.

    Raises:
        UsageError: what reaches it is not installed.
    """
    local = RemoteFolder(place).local_path if is_url(place) else os.path.realpath(place)
    return place.rstrip("/") if local is None else local


def is_inside(place: str, source: str) -> bool:
    """Whether a place is another or lies in it; each is a path or a URL, be it one of this machine.

    Raises:
        UsageError: what reaches one of them is not installed.
    """
    if is_url(place) and is_url(source) and RemoteFolder(source).holds(RemoteFolder(place)):
        return True
    inner, outer = real_place(place), real_place(source)
    if is_url(inner) or is_url(outer):
        return False
    return os.path.join(inner, "").startswith(os.path.join(outer, ""))


def storage_of(place: str) -> Storage:
    """The folder at a path or URL, which need not be there.

    Raises:
        UsageError: what reaches it is not installed.
    """
    return RemoteFolder(place) if is_url(place) else LocalFolder(os.path.abspath(place))


class LocalFolder:
    """A folder of this machine, or of a share that is mounted here."""

    def __init__(self, root: str) -> None:
        self._root = root

    def read(self, name: str) -> bytes:
        """The content of a file."""
        with open(os.path.join(self._root, name), "rb") as file:
            return file.read()

    def write(self, name: str, data: bytes) -> None:
        """Writes a file under another name first."""
        from bulletin_lint.model.atomic_write import replace_file

        path = os.path.join(self._root, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        replace_file(path, data)

    def names(self, folder: str) -> list[str]:
        """The names of the files in a folder."""
        return self._entries(folder, is_folder=False)

    def folders(self) -> list[str]:
        """The names of the folders."""
        return self._entries("", is_folder=True)

    def _entries(self, folder: str, *, is_folder: bool) -> list[str]:
        try:
            with os.scandir(os.path.join(self._root, folder)) as scan:
                return sorted(entry.name for entry in scan if entry.is_dir() == is_folder)
        except FileNotFoundError:
            return []

    def remove(self, folder: str) -> None:
        """Removes a folder."""
        from shutil import rmtree

        rmtree(os.path.join(self._root, folder), ignore_errors=True)

    def remove_file(self, name: str) -> None:
        """Removes a file."""
        try:
            os.unlink(os.path.join(self._root, name))
        except OSError:
            pass


class RemoteFolder:
    """A folder that fsspec reaches. Whatever goes wrong there is an OSError."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._system: Any = None
        self._root = ""
        self._open()

    def __reduce__(self) -> tuple[Any, ...]:
        # Connections are of one process.
        return RemoteFolder, (self._url,)

    def _open(self) -> None:
        protocol = self._url.partition("://")[0]
        try:
            from fsspec.core import url_to_fs
        except ImportError:
            raise UsageError(
                Wording(
                    f"要读写 {protocol}:// 请运行 pip install 'bulletin-lint[archive]'",
                    f"for {protocol}:// run pip install 'bulletin-lint[archive]'",
                )
            ) from None
        try:
            self._system, self._root = url_to_fs(self._url)
        except (ImportError, ValueError) as error:
            # fsspec says which package knows the protocol, or that none does.
            raise UsageError(
                Wording(f"不能读写 {protocol}://：{error}", f"cannot reach {protocol}://: {error}")
            ) from None
        except Exception as error:  # noqa: BLE001 - each system has errors of its own
            raise UsageError(Wording(f"{self._url}：{error}", f"{self._url}: {error}")) from None
        self._is_one_put = protocol in _ONE_PUT

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}" if name else self._root

    def read(self, name: str) -> bytes:
        """The content of a file."""
        return bytes(self._ask("cat_file", self._path(name)))

    def write(self, name: str, data: bytes) -> None:
        """Puts a file there at once, or under another name first where that would show half of it."""
        path = self._path(name)
        if self._is_one_put:
            self._ask("pipe_file", path, data)
            return
        folder = path.rpartition("/")[0]
        temporary = f"{folder}/.{os.urandom(8).hex()}.tmp"
        self._ask("makedirs", folder, exist_ok=True)
        self._ask("pipe_file", temporary, data)
        if self._ask("exists", path):
            self._ask("rm_file", path)
        self._ask("mv", temporary, path)

    def names(self, folder: str) -> list[str]:
        """The names of the files in a folder."""
        return self._entries(folder, "file")

    def folders(self) -> list[str]:
        """The names of the folders."""
        return self._entries("", "directory")

    def _entries(self, folder: str, kind: str) -> list[str]:
        # What another client wrote is to be seen.
        self._ask("invalidate_cache")
        try:
            entries = self._ask("ls", self._path(folder), detail=True)
        except FileNotFoundError:
            return []
        return sorted(each["name"].rstrip("/").rpartition("/")[2] for each in entries if each["type"] == kind)

    def remove(self, folder: str) -> None:
        """Removes a folder."""
        try:
            self._ask("rm", self._path(folder), recursive=True)
        except OSError:
            pass

    def remove_file(self, name: str) -> None:
        """Removes a file."""
        try:
            self._ask("rm_file", self._path(name))
        except OSError:
            pass

    def size_of_file(self) -> RemoteFile | None:
        """The place itself where it is a file, None where it is a folder.

        Raises:
            OSError: there is neither.
        """
        information = self._ask("info", self._root)
        if information["type"] != "file":
            return None
        return _found(self._root.rpartition("/")[2], information)

    def files(self) -> Iterator[RemoteFile]:
        """Every file below, folder by folder, in no order.

        Raises:
            OSError: a folder cannot be listed.
        """
        waiting = [self._root]
        seen: set[str] = set()
        while waiting:
            folder = waiting.pop()
            for each in self._ask("ls", folder, detail=True):
                name = each["name"].rstrip("/")
                if name == folder:
                    continue
                inside = name[len(self._root) :].strip("/")
                if each["type"] == "directory":
                    if name not in seen:
                        seen.add(name)
                        waiting.append(name)
                elif inside:
                    yield _found(inside, each)

    @property
    def local_path(self) -> str | None:
        """Where it lies on this machine; None where it lies elsewhere."""
        from fsspec.implementations.local import LocalFileSystem

        system, root = self._system, self._root
        # simplecache::file://… and dir::file://… lie on another system.
        while (below := getattr(system, "fs", None)) is not None:
            top = getattr(system, "path", None)
            root = (
                f"{top}/{root}" if isinstance(top, str) and type(system).__name__ == "DirFileSystem" else root
            )
            system = below
        return os.path.realpath(root) if isinstance(system, LocalFileSystem) else None

    def holds(self, other: RemoteFolder) -> bool:
        """Whether another folder is this one or lies in it, however both are written."""
        if not f"{other._root}/".startswith(f"{self._root.rstrip('/')}/"):
            return False
        # A port that is written out and one that is meant are one host.
        hosts = {urlsplit(each._url).hostname for each in (self, other)}
        return self._system == other._system or (
            type(self._system) is type(other._system) and len(hosts) == 1
        )

    def _ask(self, method: str, *given: Any, **named: Any) -> Any:
        try:
            return getattr(self._system, method)(*given, **named)
        except OSError:
            raise
        except Exception as error:
            raise OSError(f"{type(error).__name__}: {error}") from error


def _found(path: str, information: dict[str, Any]) -> RemoteFile:
    return RemoteFile(path, int(information.get("size") or 0), stamp_of_information(information))
