"""The database of the cache folder, opened for a few statements.

It is opened only where `folder` trusts it, if it is marked as this program's own and holds its tables and
nothing else. Whatever goes wrong, there is nothing in it.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from bulletin_lint._typing import Any
from bulletin_lint.engine.cache.folder import CacheFolder

TYPE_CHECKING = False
if TYPE_CHECKING:
    import sqlite3

FORMAT = 3
NAME = f"cache-{FORMAT}.sqlite3"
_APPLICATION = 0x62756C66
"""Tells this database from others; `PRAGMA application_id`."""
_BUSY_SECONDS = 10.0
_AT_ONCE = 500
"""Values in one statement; SQLite's least limit is 999."""
_SCHEMA = (
    "CREATE TABLE files (path BLOB PRIMARY KEY, stamp TEXT NOT NULL, read_ns INTEGER NOT NULL,"
    " digest TEXT NOT NULL, used INTEGER NOT NULL) WITHOUT ROWID",
    *(
        f"CREATE TABLE {table} (digest TEXT NOT NULL, maker TEXT NOT NULL, body BLOB NOT NULL,"
        " checksum INTEGER NOT NULL, used INTEGER NOT NULL, PRIMARY KEY (digest, maker)) WITHOUT ROWID"
        for table in ("facts", "results")
    ),
)
_ENDINGS = ("-wal", "-shm", "-journal", "")


class Database:
    """The database for a few statements. Whatever goes wrong, there is nothing in it.

    Not kept open: a connection must not be carried into a worker process.
    """

    def __init__(self, *, create: bool = False) -> None:
        self._create = create
        self._folder: CacheFolder | None = None
        self._connection: sqlite3.Connection | None = None

    def __enter__(self) -> Database:
        try:
            import sqlite3
        except ImportError:  # Python can be built without it
            return self
        self._folder = folder = CacheFolder(create=self._create)
        if folder.path is None:
            return self
        try:
            self._connection = self._connect(folder, folder.path)
        except sqlite3.OperationalError:
            # Locked, read-only, no place: another time.
            pass
        except sqlite3.DatabaseError:
            self._set_aside()
        return self

    def _connect(self, folder: CacheFolder, path: str) -> sqlite3.Connection | None:
        import sqlite3

        if not folder.has(NAME):
            if not self._create:
                return None
            self._found(folder, path)
        # SQLite follows links and believes a log beside a database whoever wrote it.
        if any(folder.refuses(NAME + ending) for ending in _ENDINGS):
            return None
        connection = sqlite3.connect(
            _address(os.path.join(path, NAME)), timeout=_BUSY_SECONDS, isolation_level=None, uri=True
        )
        try:
            # Before anything of its schema is read: it is not asked to run functions.
            connection.execute("PRAGMA trusted_schema = OFF")
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if (application, version) != (_APPLICATION, FORMAT):
                raise sqlite3.DatabaseError("another program's, or another version's")
            statements = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL"
            if {sql for (sql,) in connection.execute(statements)} != set(_SCHEMA):
                raise sqlite3.DatabaseError("tables, views or triggers that are not ours")
            # A program that is killed loses nothing; after a power failure checksums tell what is whole.
            connection.execute("PRAGMA synchronous = OFF")
            if not folder.is_still_there():
                raise sqlite3.OperationalError("another folder took its place")
        except BaseException:
            connection.close()
            raise
        return connection

    def _found(self, folder: CacheFolder, path: str) -> None:
        """Makes an empty database under another name and gives it its own if nobody was sooner: of several
        processes that do, none sees half of one.
        """
        import sqlite3

        try:
            name = folder.new_file(NAME)
        except OSError as error:
            raise sqlite3.OperationalError(str(error)) from error
        made = os.path.join(path, name)
        try:
            connection = sqlite3.connect(_address(made), isolation_level=None, uri=True)
            try:
                # Nothing is waited for: what a crash leaves has no name yet, or is no database.
                connection.execute("PRAGMA synchronous = OFF")
                connection.execute("PRAGMA auto_vacuum = INCREMENTAL")
                connection.execute("PRAGMA journal_mode = WAL")
                connection.execute("BEGIN")
                for statement in _SCHEMA:
                    connection.execute(statement)
                connection.execute(f"PRAGMA application_id = {_APPLICATION}")
                connection.execute(f"PRAGMA user_version = {FORMAT}")
                connection.execute("COMMIT")
            finally:
                connection.close()
            try:
                os.link(made, os.path.join(path, NAME))
            except FileExistsError:
                return
            except OSError:
                # A file system without links; on Windows this, too, leaves one that is there.
                os.rename(made, os.path.join(path, NAME))
        except OSError as error:
            raise sqlite3.OperationalError(str(error)) from error
        finally:
            for ending in _ENDINGS:
                folder.remove(name + ending)

    def _set_aside(self) -> None:
        """Removes what is no database of ours, the log first: it must not be taken for a new one's."""
        if self._folder is not None:
            for ending in _ENDINGS:
                self._folder.remove(NAME + ending)

    def is_to_be_tidied(self) -> bool:
        """Whether nobody has tidied it since yesterday; whoever is told so does."""
        return self._folder is not None and self._connection is not None and self._folder.is_due("tidied")

    def count(self, table: str) -> int:
        """The number of rows of a table."""
        rows = self._run(f"SELECT count(*) FROM {table}", [])
        return rows[0][0] if rows else 0

    def size(self) -> int:
        """The bytes of what is in use in the file."""
        values = [self._run(f"PRAGMA {name}", []) for name in ("page_count", "freelist_count", "page_size")]
        if not all(values):
            return 0
        pages, free, size = (rows[0][0] for rows in values)
        return int((pages - free) * size)

    def shrink(self) -> None:
        """Gives back to the file system what is no longer in use."""
        if self._connection is None:
            return
        import sqlite3

        try:
            # As a script, for it is done only as far as it is stepped through.
            self._connection.executescript("PRAGMA incremental_vacuum")
        except sqlite3.DatabaseError as error:
            self._fail(error)

    def __exit__(self, *_: object) -> None:
        self._close()
        if self._folder is not None:
            self._folder.__exit__()

    def _close(self) -> None:
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

        self._close()
        if not isinstance(error, sqlite3.OperationalError) or "no such" in str(error):
            self._set_aside()


def _address(path: str) -> str:
    """What has SQLite open a file that is there, and share nothing with another connection."""
    named = "".join(f"%{byte:02x}" for byte in os.fsencode(path))
    return f"file:{named}?mode=rw&cache=private"
