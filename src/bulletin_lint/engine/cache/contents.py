"""What was made of files, on disk, so that a run does again only what has changed.

An SQLite database in the cache folder, shared by all runs of a user. What a file's status said when its
content was hashed is in one table; in others is what was made of a content: the facts of an issue, the
results of the rules. It belongs to the content, the kind of file, and its maker: the program's modules
and all the data that they made it with. Each row carries a checksum; what is damaged, foreign or older
is a miss, and nothing that is stored is ever run. It is opened only where `folder` trusts it, and its own
marks are there. Nothing here fails: a cache that cannot be used is no cache.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

from bulletin_lint import __version__, _digest
from bulletin_lint._typing import Any, Literal, NamedTuple
from bulletin_lint.engine.cache.compiled import program_modules
from bulletin_lint.engine.cache.database import FORMAT, NAME, Database
from bulletin_lint.engine.cache.folder import cache_folder
from bulletin_lint.model.source import SourceFile
from bulletin_lint.rulebook.compiled import plain

Table = Literal["facts", "results"]

_RACY_NS = 2_000_000_000
"""A file whose time is that near to the moment it was read may have been changed again within the same
tick of its file system's clock (two seconds on FAT): its status says nothing yet."""
_COARSE_NS = 10_000_000
"""What file systems without a time of change of their own (FAT, exFAT) tell time in, or its multiples."""
_KEPT_DAYS = {"files": 120, "facts": 120, "results": 30}
"""Results are larger, and new rules or settings make all of them anew."""
_TOUCHED_DAYS = 7
_DAY = 86_400
_LARGEST = 512 << 20
"""Bytes of the database."""
_LONGEST_BODY = 100_000


class Stamp(NamedTuple):
    """What tells cheaply that a file is the same: its status, and when that was asked for."""

    text: str
    mtime_ns: int
    asked_ns: int
    tells_changes: bool = True
    """Whether it cannot be as it was after a change: not where a program can set all its times back."""


def stamp(path: str) -> Stamp | None:
    """The stamp of a file, None where it has no status."""
    asked = time.time_ns()
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    # ctime sees what sets a file's time back; inode and device see another file moved to its place. On
    # Windows it is the time the file was made; some file systems have none and give that of the last writing.
    is_coarse = status.st_ctime_ns == status.st_mtime_ns and status.st_mtime_ns % _COARSE_NS == 0
    text = f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino} {status.st_dev}"
    newest = max(status.st_mtime_ns, status.st_ctime_ns)
    return Stamp(text, newest, asked, os.name != "nt" and not is_coarse)


def stamps_of(sources: Sequence[SourceFile]) -> dict[str, Stamp]:
    """The stamps of files on disk, by path; taken before they are read."""
    found = {source.path: stamp(source.path) for source in sources if source.data is None}
    return {path: each for path, each in found.items() if each is not None}


def digest(source: SourceFile, data: bytes) -> str:
    """What tells one content of a kind of source from another. The suffix counts: of the same characters more
    is read in a text that is printed as it stands than in Markdown.
    """
    from bulletin_lint.readers import READERS

    suffix = os.path.splitext(source.path)[1].lower()
    known = suffix if suffix in READERS[source.kind].suffixes else ""
    return _digest.digest(data, size=20, purpose=source.kind + known)


class NewEntry(NamedTuple):
    """What was made of one file."""

    source: SourceFile
    before: Stamp | None
    """The file's stamp from before it was read."""
    digest: str
    """Of what was read."""
    body: bytes


class CachedEntry(NamedTuple):
    """What was made, in an earlier run, of the content that a file has now."""

    digest: str
    body: bytes


class ContentCache:
    """What one maker made of contents, in one of the database's tables."""

    def __init__(self, table: Table, producer: str) -> None:
        folder = cache_folder()
        self._path = os.path.join(folder, NAME) if folder is not None else None
        self._table = table
        self._producer = producer

    def recall(
        self, sources: Sequence[SourceFile], stamps: Mapping[str, Stamp], *, only_recorded: bool = False
    ) -> dict[str, CachedEntry]:
        """What is known of files, by path; those of which nothing is known are left out.

        A file whose stamp tells changes, is the one on record, and older than that record, is not read; of
        others the content is hashed; with `only_recorded` not of those of which there is no record. `stamps`
        are by path, those of files that are not there left out.
        """
        if self._path is None or not os.path.exists(self._path):
            return {}
        keys = {source.path: _key(source.path) for source in sources if source.path in stamps}
        with Database() as database:
            recorded = {
                path: (text, read_ns, content)
                for path, text, read_ns, content in database.select(
                    "SELECT path, stamp, read_ns, digest FROM files WHERE path IN ({})", list(keys.values())
                )
            }
        digests: dict[str, str] = {}
        learned: list[tuple[bytes, Stamp, str]] = []
        for source in sources:
            now = stamps.get(source.path)
            if now is None:
                continue
            text, read_ns, content = recorded.get(keys[source.path], ("", 0, ""))
            if only_recorded and text != now.text:
                continue
            is_older = type(read_ns) is int and now.mtime_ns + _RACY_NS < read_ns
            if now.tells_changes and text == now.text and is_older:
                digests[source.path] = content
                continue
            hashed = digest_of(source)
            if hashed is not None:
                digests[source.path] = hashed
                learned.append((keys[source.path], now, hashed))
        with Database() as database:
            bodies, old = self._bodies(database, set(digests.values()))
            database.write(
                "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)",
                [
                    (path, now.text, now.asked_ns, content, _today())
                    for path, now, content in learned
                    # What has to be made first is stored with its file's stamp then.
                    if content in bodies
                ],
            )
            database.write(
                f"UPDATE {self._table} SET used = ? WHERE digest = ? AND maker = ?",
                [(_today(), content, self._producer) for content in old],
            )
            database.write(
                "UPDATE files SET used = ? WHERE path = ?",
                [(_today(), keys[path]) for path, content in digests.items() if content in old],
            )
        return {
            path: CachedEntry(content, bodies[content])
            for path, content in digests.items()
            if content in bodies
        }

    def _bodies(self, database: Database, digests: set[str]) -> tuple[dict[str, bytes], set[str]]:
        """What is stored by digest, and the digests whose row was not used for some days."""
        bodies: dict[str, bytes] = {}
        old: set[str] = set()
        rows = database.select(
            f"SELECT digest, body, checksum, used FROM {self._table} WHERE maker = ? AND digest IN ({{}})",
            sorted(digests),
            [self._producer],
        )
        for content, body, checksum, used in rows:
            if not isinstance(body, bytes) or _checksum(content, self._producer, body) != checksum:
                continue
            bodies[content] = body
            if not isinstance(used, int) or used < _today() - _TOUCHED_DAYS:
                old.add(content)
        return bodies, old

    def store(self, made: Iterable[NewEntry]) -> None:
        """Keeps what was made of files."""
        if self._path is None:
            return
        files: list[Sequence[Any]] = []
        rows: list[Sequence[Any]] = []
        for source, before, content, body in made:
            if len(body) > _LONGEST_BODY:
                continue
            rows.append((content, self._producer, body, _checksum(content, self._producer, body), _today()))
            now = stamp(source.path)
            if before is not None and now is not None and now.text == before.text:
                files.append((_key(source.path), now.text, before.asked_ns, content, _today()))
        if not rows:
            return
        with Database(create=True) as database:
            database.write(f"INSERT OR REPLACE INTO {self._table} VALUES (?, ?, ?, ?, ?)", rows)
            database.write("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", files)
            if database.is_to_be_tidied():
                _forget_old(database)


def _forget_old(database: Database) -> None:
    """Removes what was not used for long, and of what is too much what was not used for longest."""
    for table, days in _KEPT_DAYS.items():
        database.write(f"DELETE FROM {table} WHERE used < ?", [(_today() - days,)])
    # Results first: they are larger, and facts of a whole series take longer to be had again.
    for table, key in (("results", "digest, maker"), ("facts", "digest, maker"), ("files", "path")):
        while database.size() > _LARGEST and (count := database.count(table)):
            database.write(
                f"DELETE FROM {table} WHERE ({key}) IN (SELECT {key} FROM {table} ORDER BY used LIMIT ?)",
                [((count + 1) // 2,)],
            )
    database.shrink()


def producer(packages: Sequence[str], *made_with: Any) -> str:
    """The name of a maker: a digest of the modules in some packages of the program, and of plain data that it
    makes things with.
    """
    parts = [FORMAT, __version__, program_modules(packages), made_with]
    return _digest.digest(repr(plain(parts)).encode("utf-8", "surrogatepass"), size=16)


def _key(path: str) -> bytes:
    # Bytes, for a path need not be text.
    return os.path.abspath(path).encode("utf-8", "surrogateescape")


def digest_of(source: SourceFile) -> str | None:
    """The digest of a file's content, None where it cannot be read or nothing is kept of its kind."""
    from bulletin_lint.model.errors import SourceError
    from bulletin_lint.readers import READERS, content_of

    if source.kind not in READERS:
        # Nothing tells when a reader that came with another package changes.
        return None
    try:
        return digest(source, content_of(source))
    except SourceError:
        return None


def _checksum(content: str, producer: str, body: bytes) -> int:
    return crc32(body, crc32(f"{content} {producer}".encode()))


def _today() -> int:
    return int(time.time()) // _DAY
