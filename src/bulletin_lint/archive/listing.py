"""The files of an archive, in the natural order of their paths, each with what tells that it has changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.archive.stamps import stamp_of_content, stamp_of_path
from bulletin_lint.archive.storage import RemoteFile, RemoteFolder, is_url
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.discovery import discover
from bulletin_lint.engine.glob_arguments import OWNER_MARK
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.natural_order import natural_key
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers import FALLBACK, kind_by_name, reader_info, searched_suffixes

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO

_RUN = 100_000
"""Files that are put in order in memory; more go to disk, a run at a time."""


class ListedFile(NamedTuple):
    """A file of an archive."""

    path: str
    """As reports show it: as given on this machine, from the folder's own where it is reached by a URL."""
    kind: str
    size: int
    """Bytes."""
    stamp: str
    """Changes when the file does."""
    explicit: bool = False
    """Named by itself, not found in a folder."""


class Listing(NamedTuple):
    """What an archive holds."""

    entries: Iterable[ListedFile]
    """In natural order; they can be gone through once."""
    files: int
    refused: tuple[SourceError, ...] = ()
    """What was found and cannot be read."""
    unread: tuple[str, ...] = ()
    """Files that may be bulletins in a form that is not looked for in folders."""
    is_single: bool = False
    """A file was named, and no folder."""
    nearer: tuple[str, ...] = ()
    """Settings files that lie nearer to some of the files than those of the run, and do not count."""


def listing_of(source: str, settings: Settings) -> Listing:
    """The files below a folder or URL that `check` would look at; those of a URL without .gitignore files.

    Raises:
        SourceError: a URL leads to nothing, or what it leads to cannot be listed.
        UsageError: what reaches it is not installed.
    """
    if is_url(source):
        return _remote(source, settings)
    found = discover([source], globs=settings.bulletins, exclude=settings.exclude, root=settings.folder)
    entries = (
        ListedFile(file.path, file.kind, *stamp_of_path(file.path, _most(file.kind)), explicit=file.explicit)
        for file in found.files
    )
    nearer: Sequence[str] = ()
    if settings.is_nearest and os.path.isdir(source):
        from bulletin_lint.config.nearer import nearer_settings

        nearer = nearer_settings((file.path for file in found.files), source)
    return Listing(entries, len(found.files), found.failures, found.unread, nearer=tuple(nearer))


def _most(kind: str) -> int:
    return reader_info(kind).size_limit


def _remote(source: str, settings: Settings) -> Listing:
    folder = RemoteFolder(source)
    try:
        single = folder.size_of_file()
        if single is not None:
            return Listing((_entry(single, folder, is_single=True),), 1, is_single=True)
        wanted = _wanted(settings)
        entries, count = in_natural_order(
            _entry(each, folder) for each in folder.files() if wanted(each.path)
        )
    except OSError as error:
        raise SourceError(source, _unlistable(error)) from None
    if not count:
        suffixes = settings.bulletins or tuple(f"*{each}" for each in sorted(searched_suffixes()))
        return Listing((), 0, (SourceError(source, _nothing(suffixes)),))
    return Listing(entries, count)


def _entry(found: RemoteFile, folder: RemoteFolder, *, is_single: bool = False) -> ListedFile:
    kind = kind_by_name(found.path) or FALLBACK
    name = "" if is_single else found.path
    size, stamp = found.size, found.stamp
    here = folder.local_path
    if here is not None:
        size, stamp = stamp_of_path(os.path.join(here, name) if name else here, _most(kind))
    elif not stamp and size <= _most(kind):
        # Larger ones nobody reads: that they are is all that is said of them.
        stamp = stamp_of_content(lambda: folder.read(name))
    return ListedFile(found.path, kind, size, stamp, is_single)


def _wanted(settings: Settings) -> Callable[[str], bool]:
    """Whether a file, by its path from the folder, is one to check."""
    from bulletin_lint.config.globs import Globs

    suffixes = searched_suffixes()
    globs = Globs(settings.bulletins) if settings.bulletins else None
    exclude = Globs(settings.exclude) if settings.exclude else None

    def wanted(path: str) -> bool:
        parts = path.split("/")
        if any(part.startswith(".") for part in parts) or parts[-1].startswith(OWNER_MARK):
            return False
        if exclude is not None and exclude.covers(path):
            return False
        return path.lower().endswith(suffixes) if globs is None else globs.matches(path)

    return wanted


def in_natural_order(entries: Iterable[ListedFile]) -> tuple[Iterator[ListedFile], int]:
    """Entries by the natural order of their paths, and how many there are; all but some wait on disk."""
    from heapq import merge

    runs: list[IO[bytes]] = []
    last: list[ListedFile] = []
    count = 0
    for entry in entries:
        count += 1
        last.append(entry)
        if len(last) == _RUN:
            runs.append(_kept(_sorted(last)))
            last = []
    rest = _sorted(last)
    if not runs:
        return iter(rest), count
    return merge(rest, *map(_recalled, runs), key=_order), count


def _order(entry: ListedFile) -> tuple[object, ...]:
    return natural_key(entry.path)


def _sorted(entries: Sequence[ListedFile]) -> list[ListedFile]:
    return sorted(entries, key=_order)


def _kept(entries: Iterable[ListedFile]) -> IO[bytes]:
    import json
    from tempfile import TemporaryFile

    file = TemporaryFile(prefix="bulletin-lint-")  # noqa: SIM115 - whoever reads it closes it
    file.writelines(json.dumps(each).encode() + b"\n" for each in entries)
    file.seek(0)
    return file


def _recalled(file: IO[bytes]) -> Iterator[ListedFile]:
    import json

    with file:
        for line in file:
            row: Any = json.loads(line)
            yield ListedFile(*row)


def _unlistable(error: OSError) -> Wording:
    if isinstance(error, FileNotFoundError):
        return Wording("没有这个文件或文件夹。", "no such file or folder.")
    why = error.strerror or str(error)
    return Wording(
        f"无法列出其中的文件（{why}）；请检查地址、凭据和网络。",
        f"its files cannot be listed ({why}); are address, credentials and network right?",
    )


def _nothing(looked_for: Sequence[str]) -> Wording:
    return Wording(
        f"文件夹里没有可检查的文件：找过 {'、'.join(looked_for)}；隐藏文件夹和 exclude 排除的文件不在其内。",
        f"nothing to check in this folder: looked for {', '.join(looked_for)}, leaving out hidden folders "
        "and what exclude names.",
    )
