"""The facts of files on disk, so that a series of ten thousand costs one parse for one changed file.

An SQLite database in the cache folder, shared by all runs of a user. Two tables: what a file's status
said when its content was hashed, and the facts that a content gave. Facts belong to the content, the
kind of file, and the reader that made them: the program's modules, the labels and forms of the packs.
Each row of facts carries a checksum; what is damaged, foreign or older is a miss, and nothing that is
stored is ever run. Nothing here fails: a cache that cannot be used is no cache.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

from bulletin_lint import __version__
from bulletin_lint.facts import IssueFacts, from_plain, to_plain
from bulletin_lint.pack_cache import cache_folder
from bulletin_lint.source import SourceFile
from bulletin_lint.typed import Any, NamedTuple
from bulletin_lint.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3

_FORMAT = 1
_FILE_NAME = f"facts-{_FORMAT}.sqlite3"
_APPLICATION = 0x62756C66
"""Tells this database from others; `PRAGMA application_id`."""
_RACY_NS = 2_000_000_000
"""A file whose time is that near to the moment it was read may have been changed again within the same
tick of its file system's clock (two seconds on FAT): its status says nothing yet."""
_BUSY_SECONDS = 10.0
_KEPT_DAYS = 120
_TOUCHED_DAYS = 7
_DAY = 86_400
_LONGEST_BODY = 100_000
_AT_ONCE = 500
"""Values in one statement; SQLite's least limit is 999."""
_PACKAGE = os.path.dirname(os.path.abspath(__file__))

_SCHEMA = (
    "CREATE TABLE IF NOT EXISTS files (path BLOB PRIMARY KEY, stamp TEXT NOT NULL, read_ns INTEGER NOT NULL,"
    " digest TEXT NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS facts (digest TEXT NOT NULL, reader TEXT NOT NULL, body BLOB NOT NULL,"
    " checksum INTEGER NOT NULL, used INTEGER NOT NULL, PRIMARY KEY (digest, reader)) WITHOUT ROWID",
)


class Known(NamedTuple):
    """What reading a file for its facts came to."""

    facts: IssueFacts | None
    """None where it is no bulletin, or could not be read."""
    error: Wording | None = None
    """Why it could not be read."""
    pages: int | None = None
    encoding: str | None = None


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


def digest(kind: str, data: bytes) -> str:
    """What tells one content from another."""
    from hashlib import blake2b

    return blake2b(data, digest_size=20, person=kind.encode()[:16]).hexdigest()


class FactsCache:
    """The cache, for facts that one reader makes."""

    def __init__(self, anatomy: Mapping[str, Any], fold: Mapping[str, str], password: str = "") -> None:
        folder = cache_folder()
        self._path = os.path.join(folder, _FILE_NAME) if folder is not None else None
        self._reader = _reader(anatomy, fold, password)

    def recall(
        self, sources: Sequence[SourceFile], stamps: Mapping[str, Stamp], *, only_recorded: bool = False
    ) -> dict[str, Known]:
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
                    # Facts that have to be made first are stored with their file's stamp then.
                    if content in bodies
                ],
            )
            database.write(
                "UPDATE facts SET used = ? WHERE digest = ? AND reader = ?",
                [(_today(), content, self._reader) for content in old],
            )
            database.write(
                "UPDATE files SET used = ? WHERE path = ?",
                [(_today(), keys[path]) for path, content in digests.items() if content in old],
            )
        found: dict[str, Known] = {}
        for path, content in digests.items():
            if content in bodies:
                known = _known(bodies[content], path)
                if known is not None:
                    found[path] = known
        return found

    def _bodies(self, database: _Opened, digests: set[str]) -> tuple[dict[str, Any], list[str]]:
        """The stored facts by digest, and the digests whose row was not used for some days."""
        import json

        bodies: dict[str, Any] = {}
        old: list[str] = []
        rows = database.select(
            "SELECT digest, body, checksum, used FROM facts WHERE reader = ? AND digest IN ({})",
            sorted(digests),
            [self._reader],
        )
        for content, body, checksum, used in rows:
            if not isinstance(body, bytes) or _checksum(content, self._reader, body) != checksum:
                continue
            try:
                bodies[content] = json.loads(body)
            except (ValueError, RecursionError):
                continue
            if not isinstance(used, int) or used < _today() - _TOUCHED_DAYS:
                old.append(content)
        return bodies, old

    def store(self, made: Iterable[tuple[SourceFile, Stamp | None, str, Known]]) -> None:
        """Keeps what was made of files: of each its stamp from before it was read, the digest of what
        was read, and the facts.
        """
        if self._path is None:
            return
        import json

        files: list[Sequence[Any]] = []
        facts: list[Sequence[Any]] = []
        for source, before, content, known in made:
            stored = [
                to_plain(known.facts) if known.facts is not None else None,
                list(known.error) if known.error is not None else None,
                known.pages,
                known.encoding,
            ]
            try:
                body = json.dumps(stored, ensure_ascii=False, separators=(",", ":")).encode()
            except (ValueError, TypeError):
                continue
            if len(body) > _LONGEST_BODY:
                continue
            facts.append((content, self._reader, body, _checksum(content, self._reader, body), _today()))
            now = stamp(source.path)
            if before is not None and now is not None and now.text == before.text:
                files.append((_key(source.path), now.text, before.asked_ns, content, _today()))
        if not facts:
            return
        try:
            os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)
        except OSError:
            return
        with _Opened(self._path, create=True) as database:
            database.write("INSERT OR REPLACE INTO facts VALUES (?, ?, ?, ?, ?)", facts)
            database.write("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?)", files)
            if crc32(facts[0][0].encode()) % 16 == 0:
                # Now and then is enough.
                for table in ("files", "facts"):
                    database.write(f"DELETE FROM {table} WHERE used < ?", [(_today() - _KEPT_DAYS,)])


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

        if not self._create and not os.path.exists(self._path):
            return None
        connection = sqlite3.connect(self._path, timeout=_BUSY_SECONDS, isolation_level=None)
        try:
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if (application, version) != (_APPLICATION, _FORMAT):
                (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
                if tables:
                    raise sqlite3.DatabaseError("another program's, or another version's")
                self._found(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
        except BaseException:
            connection.close()
            raise
        return connection

    @staticmethod
    def _found(connection: sqlite3.Connection) -> None:
        """Makes an empty file the database; of several processes that do, all find the same in the end."""
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("BEGIN IMMEDIATE")
        for statement in _SCHEMA:
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {_APPLICATION}")
        connection.execute(f"PRAGMA user_version = {_FORMAT}")
        connection.execute("COMMIT")

    def _set_aside(self) -> None:
        """Removes what is no database of ours, the log first: it must not be taken for a new one's."""
        for ending in ("-wal", "-shm", "-journal", ""):
            try:
                os.unlink(self._path + ending)
            except OSError:
                continue

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


def _reader(anatomy: Mapping[str, Any], fold: Mapping[str, str], password: str) -> str:
    """What tells the facts of one reader from those of another: all that they are made with."""
    import json
    from hashlib import blake2b

    modules = []
    for folder in (_PACKAGE, os.path.join(_PACKAGE, "anatomy")):
        for name in sorted(os.listdir(folder)):
            if name.endswith(".py"):
                status = os.stat(os.path.join(folder, name))
                modules.append([name, status.st_size, status.st_mtime_ns])
    parts = [_FORMAT, __version__, _PACKAGE, modules, anatomy, dict(fold), password]
    return blake2b(json.dumps(parts, ensure_ascii=False).encode(), digest_size=16).hexdigest()


def _key(path: str) -> bytes:
    # Bytes, for a path need not be text.
    return os.path.abspath(path).encode("utf-8", "surrogateescape")


def digest_of(source: SourceFile) -> str | None:
    """The digest of a file's content, None where it cannot be read."""
    from bulletin_lint.errors import SourceError
    from bulletin_lint.source import read_bytes

    try:
        return digest(source.kind, read_bytes(source))
    except SourceError:
        return None


def _known(stored: Any, path: str) -> Known | None:
    try:
        facts, error, pages, encoding = stored
        return Known(
            from_plain(facts, path) if facts is not None else None,
            Wording(*error) if error is not None else None,
            pages,
            encoding,
        )
    except (ValueError, TypeError, AttributeError):
        return None


def _checksum(content: str, reader: str, body: bytes) -> int:
    return crc32(body, crc32(f"{content} {reader}".encode()))


def _today() -> int:
    return int(time.time()) // _DAY
