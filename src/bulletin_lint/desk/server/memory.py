"""What the page has been given: in memory only, for an hour, and no more than fits."""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable, Iterator

from bulletin_lint._typing import Any
from bulletin_lint.desk.looking import Judged, Looked
from bulletin_lint.model.page_view import PagePicture

MOST_BYTES = 256 * 1024 * 1024
"""Of all files and pictures together; the oldest is given up for a new one."""
MOST_SECONDS = 3600.0
"""From when a file was last asked for."""
_LINES_WEIGH = 4
"""Bytes of a character of text, about."""
_PLACE_WEIGHS = 2048
"""Bytes of what is known of one place of a violation, about: a small file may have thousands."""


class Entry:
    """A file that was given."""

    def __init__(self, looked: Looked, judged: Judged) -> None:
        self.id = secrets.token_hex(16)
        self.looked = looked
        self.judged = judged
        self.pictures: dict[int, PagePicture] = {}
        self.drawing: dict[int, Any] = {}
        """By portion of pages, what is being drawn."""
        self.used = 0.0
        result = looked.linted.result
        self._places = sum(len(each.places) for each in (*result.violations, *result.waived))

    @property
    def weight(self) -> int:
        """Bytes that it takes, about."""
        return (
            self.looked.size
            + sum(len(picture.data) for picture in self.pictures.values())
            + _LINES_WEIGH * sum(map(len, self.looked.lines))
            + _PLACE_WEIGHS * self._places
        )


class Memory:
    """The files by their ids, which nobody can guess."""

    def __init__(
        self,
        most_bytes: int = MOST_BYTES,
        most_seconds: float = MOST_SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._most_bytes = most_bytes
        self._most_seconds = most_seconds
        self._clock = clock

    def __len__(self) -> int:
        return len(self._entries)

    def __iter__(self) -> Iterator[Entry]:
        return iter(list(self._entries.values()))

    def add(self, entry: Entry) -> None:
        """Keeps a file, for which others may have to go."""
        entry.used = self._clock()
        self._entries[entry.id] = entry
        self.shrink()

    def get(self, name: str) -> Entry | None:
        """The file with an id; None where there is none, or no more."""
        entry = self._entries.get(name)
        if entry is None:
            return None
        entry.used = self._clock()
        self._entries.move_to_end(name)
        return entry

    def remove(self, name: str) -> None:
        """Lets go of a file, if it is there."""
        self._entries.pop(name, None)

    def shrink(self) -> None:
        """Lets go of what was asked for too long ago, and of the oldest where all together weigh too much."""
        now = self._clock()
        for entry in self:
            if now - entry.used > self._most_seconds:
                del self._entries[entry.id]
        weight = sum(entry.weight for entry in self)
        while weight > self._most_bytes and len(self._entries) > 1:
            _, oldest = self._entries.popitem(last=False)
            weight -= oldest.weight

    def clear(self) -> None:
        """Lets go of everything."""
        self._entries.clear()
