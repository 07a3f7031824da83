"""The issues of an archive while its series are judged: numbers and dates in memory, places on disk."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from sys import intern

from bulletin_lint._typing import Any
from bulletin_lint.series.issue import FieldPlace, IssueRecord, from_plain, to_plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import IO


class RecordStore:
    """Issues whose places wait in a file until somebody asks for one, as few rules do of few issues."""

    def __init__(self) -> None:
        from tempfile import TemporaryFile

        self._file: IO[bytes] = TemporaryFile(prefix="bulletin-lint-")  # noqa: SIM115 - until `close`
        self._at = 0
        self._names: dict[tuple[str, ...], tuple[str, ...]] = {}

    def keep(self, record: IssueRecord) -> IssueRecord:
        """The same issue, its places on disk."""
        names = tuple(record.places)
        data = json.dumps(to_plain(record)).encode("ascii")
        start, self._at = self._at, self._at + len(data)
        self._file.write(data)
        places = _PlacesOnDisk(self, start, len(data), self._names.setdefault(names, names))
        title = None if record.title is None else intern(record.title)
        date = None if record.date is None else intern(record.date)
        return record._replace(title=title, date=date, places=places)

    def places(self, start: int, size: int) -> Mapping[str, FieldPlace]:
        """The places of an issue that was kept."""
        self._file.seek(start)
        data = self._file.read(size)
        self._file.seek(0, 2)
        return from_plain(json.loads(data), "").places

    def close(self) -> None:
        """Takes the file away."""
        self._file.close()

    def __enter__(self) -> RecordStore:
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()


class _PlacesOnDisk(Mapping[str, FieldPlace]):
    __slots__ = ("_names", "_size", "_start", "_store")

    def __init__(self, store: RecordStore, start: int, size: int, names: tuple[str, ...]) -> None:
        self._store = store
        self._start = start
        self._size = size
        self._names = names

    def __getitem__(self, name: str) -> FieldPlace:
        if name not in self._names:
            raise KeyError(name)
        return self._store.places(self._start, self._size)[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)

    def __contains__(self, name: object) -> bool:
        return name in self._names
