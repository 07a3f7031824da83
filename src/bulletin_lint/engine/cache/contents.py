"""What was made of files, on disk, so that a run does again only what has changed.

An SQLite database in the cache folder, shared by all runs of a user. What a file's status said when its
content was hashed is in one table; in others is what was made of a content: the facts of an issue, the
results of the rules. It belongs to the content, the kind of file, and its maker: the program's modules
and all the data that they made it with. Each row carries a checksum; what is damaged, foreign or older
is a miss, and nothing that is stored is ever run. Nothing here fails: a cache that cannot be used is no
cache.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

from bulletin_lint import __version__, _digest
from bulletin_lint._typing import Any, Literal, NamedTuple
from bulletin_lint.engine.cache.compiled import cache_folder, program_modules
from bulletin_lint.model.source import SourceFile
from bulletin_lint.rulebook.compiled import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3

Table = Literal["facts", "results"]

_FORMAT = 2
_FILE_NAME = f"cache-{_FORMAT}.sqlite3"
_APPLICATION = 0x62756C66
"""Tells this database from others; `PRAGMA application_id`."""
_RACY_NS = 2_000_000_000
"""A file whose time is that near to the moment it was read may have been changed again within the same
tick of its file system's clock (two seconds on FAT): its status says nothing yet."""
_BUSY_SECONDS = 10.0
_KEPT_DAYS = {"files": 120, "facts": 120, "results": 30}
"""Results are larger, and new rules or settings make all of them anew."""
_TOUCHED_DAYS = 7
_DAY = 86_400
_LONGEST_BODY = 100_000
_AT_ONCE = 500
"""Values in one statement; SQLite's least limit is 999."""

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS files (path BLOB PRIMARY KEY, stamp TEXT NOT NULL, read_ns INTEGER NOT NULL,"
    " digest TEXT NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID",
    *(
        f"CREATE TABLE IF NOT EXISTS {table} (digest TEXT NOT NULL, maker TEXT NOT NULL, body BLOB NOT NULL,"
        " checksum INTEGER NOT NULL, used INTEGER NOT NULL, PRIMARY KEY (digest, maker)) WITHOUT ROWID"
        for table in ("facts", "results")
    ),
)


class Stamp(NamedTuple):
    """What tells cheaply that a file is the same: its status, and when that was asked for."""

    text: str
    mtime_ns: int
    asked_ns: int


def stamp(path: str) -> Stamp | None:
    """The stamp of a file, None where it has no status."""
    asked = time.time_ns()
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    # ctime sees what sets a file's time back; inode and device see another file moved to its place.
    text = f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino} {status.st_dev}"
    return Stamp(text, max(status.st_mtime_ns, status.st_ctime_ns), asked)


def stamps_of(sources: Sequence[SourceFile]) -> dict[str, Stamp]:
    """The stamps of files on disk, by path; taken before they are read."""
    found = {source.path: stamp(source.path) for source in sources if source.data is None}
    return {path: each for path, each in found.items() if each is not None}


def digest(kind: str, data: bytes) -> str:
    """What tells one content of a kind of source from another."""
    return _digest.digest(data, size=20, purpose=kind)


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
        self._path = os.path.join(folder, _FILE_NAME) if folder is not None else None
        self._table = table
        self._producer = producer

    def recall(
        self, sources: Sequence[SourceFile], stamps: Mapping[str, Stamp], *, only_recorded: bool = False
    ) -> dict[str, CachedEntry]:
        """What is known of files, by path; those of which nothing is known are left out.

        A file whose stamp is the one on record, and older than that record, is not read; of others the
        content is hashed; with `only_recorded` not of those of which there is no record. `stamps` are by
        path, those of files that are not there left out.
        """
        if self._path is None or not os.path.exists(self._path):
            return {}
        keys = {source.path: _key(source.path) for source in sources if source.path in stamps}
        with _Opened(self._path) as database:
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
            if text == now.text and type(read_ns) is int and now.mtime_ns + _RACY_NS < read_ns:
                digests[source.path] = content
                continue
            hashed = digest_of(source)
            if hashed is not None:
                digests[source.path] = hashed
                learned.append((keys[source.path], now, hashed))
        with _Opened(self._path) as database:
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

    def _bodies(self, database: _Opened, digests: set[str]) -> tuple[dict[str, bytes], set[str]]:
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
        try:
            os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)
        except OSError:
            return
        with _Opened(self._path, create=True) as database:
            database.write(f"INSERT OR REPLACE INTO {self._table} VALUES (?, ?, ?, ?, ?)", rows)
            database.write("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", files)
            if crc32(rows[0][0].encode()) % 16 == 0:
                # Now and then is enough.
                for table, days in _KEPT_DAYS.items():
                    database.write(f"DELETE FROM {table} WHERE used < ?", [(_today() - days,)])


class _Opened:
    """The database for a few statements. Whatever goes wrong, there is nothing in it.

    Not kept open: a connection must not be carried into a worker process.
    """

    def __init__(self, path: str, *, create: bool = False) -> None:
        self._path = path
        self._create = create
        self._connection: sqlite3.Connection | None = None

    def __enter__(self) -> _Opened:
        try:
            import sqlite3
        except ImportError:  # Python can be built without it
            return self
        try:
            self._connection = self._connect()
        except sqlite3.OperationalError:
            # Locked, read-only, no place: another time.
            pass
        except sqlite3.DatabaseError:
            self._set_aside()
        return self

    def _connect(self) -> sqlite3.Connection | None:
        import sqlite3

        if not os.path.exists(self._path):
            if not self._create:
                return None
            self._found()
        connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)
        try:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if (application, version) != (_APPLICATION, _FORMAT):
                raise sqlite3.DatabaseError("another program's, or another version's")
            # A program that is killed loses nothing; after a power failure checksums tell what is whole.
            connection.execute("PRAGMA synchronous = OFF")
        except BaseException:
            connection.close()
            raise
        return connection

    def _found(self) -> None:
        """Makes an empty database under another name and gives it its own if nobody was sooner: of several
        processes that do, none sees half of one.
        """
        import sqlite3

        made = f"{self._path}.{os.getpid()}.tmp"
        try:
            connection = sqlite3.connect(made, isolation_level=None)
            try:
                # Nothing is waited for: what a crash leaves has no name yet, or is no database.
                connection.execute("PRAGMA synchronous = OFF")
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("BEGIN")
                for statement in _SCHEMA:
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                connection.execute(f"PRAGMA user_version = {_FORMAT}")
                connection.execute("COMMIT")
            finally:
                connection.close()
            try:
                os.link(made, self._path)
            except FileExistsError:
                return
            except OSError:
                # A file system without links; on Windows this, too, leaves one that is there.
                os.rename(made, self._path)
        except OSError as error:
            raise sqlite3.OperationalError(str(error)) from error
        finally:
            _remove(made)

    def _set_aside(self) -> None:
        """Removes what is no database of ours, the log first: it must not be taken for a new one's."""
        _remove(self._path)

    def __exit__(self, *_: object) -> None:
        if self._connection is not None:
            import sqlite3

            try:
                self._connection.close()
            except sqlite3.Error:
                pass
            self._connection = None

    def select(self, statement: str, values: Sequence[Any], before: Sequence[Any] = ()) -> list[Any]:
        """The rows of a statement whose ``{}`` stands for `values`, asked for in portions."""
        found: list[Any] = []
        for start in range(0, len(values), _AT_ONCE):
            portion = values[start : start + _AT_ONCE]
            marks = ",".join("?" * len(portion))
            found.extend(self._run(statement.format(marks), [*before, *portion]))
        return found

    def _run(self, statement: str, values: Sequence[Any]) -> list[Any]:
        if self._connection is None:
            return []
        import sqlite3

        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.DatabaseError as error:
            self._fail(error)
            return []

    def write(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        """Runs a statement for every row, all or none."""
        if self._connection is None or not rows:
            return
        import sqlite3

        try:
            self._connection.execute("BEGIN IMMEDIATE")
            self._connection.executemany(statement, rows)
            self._connection.execute("COMMIT")
        except sqlite3.DatabaseError as error:
            self._fail(error)

    def _fail(self, error: sqlite3.DatabaseError) -> None:
        """Gives up for this time; for good where it is not the moment that is wrong, but the file."""
        import sqlite3

        self.__exit__()
        if not isinstance(error, sqlite3.OperationalError) or "no such" in str(error):
            self._set_aside()


def _remove(path: str) -> None:
    for ending in ("-wal", "-shm", "-journal", ""):
        try:
            os.unlink(path + ending)
        except OSError:
            continue


def producer(packages: Sequence[str], *made_with: Any) -> str:
    """The name of a maker: a digest of the modules in some packages of the program, and of plain data that it
    makes things with.
    """
    parts = [_FORMAT, __version__, program_modules(packages), made_with]
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
        return digest(source.kind, content_of(source))
    except SourceError:
        return None


def _checksum(content: str, producer: str, body: bytes) -> int:
    return crc32(body, crc32(f"{content} {producer}".encode()))


def _today() -> int:
    return int(time.time()) // _DAY
