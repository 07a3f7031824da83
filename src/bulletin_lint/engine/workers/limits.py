"""What one task of a worker may use."""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple
from bulletin_lint.model.source import SourceFile, size_of
from bulletin_lint.readers import reader_info

_ORDINARY = 256 * 1024
"""Bytes of a file of ordinary size: a bulletin has a tenth of it as text, and up to that as PDF."""
_MORE_EACH_MIB = 4.0
"""Times the time limit that each MiB beyond that adds: a book of 300 pages has about one."""
_ORDINARY_PAGES = 50
"""Pages of a file of ordinary length; each as many more add the time limit once more."""
_MOST_TIMES = 15.0
"""Times the time limit that a file may take, however large or long it is."""
_IDLE_SECONDS = 2.0
"""Seconds that a file may take beyond its processor time, for the disk or for nothing at all."""
_MEMORY = 768 * 1024 * 1024
"""Bytes that one file may take: with the program itself less than 1 GB."""


class Limits(NamedTuple):
    """What one task may use."""

    cpu: float
    """Seconds of processor time."""
    wall: float
    """Seconds on the clock, those spent waiting for a processor not counted."""
    memory: int
    """Bytes of address space beyond what the worker has when it begins."""

    def for_pages(self, pages: int) -> Limits:
        """What a file of so many pages may use, where these are the limits of one of ordinary length."""
        times = 1 + max(0, pages - _ORDINARY_PAGES) / _ORDINARY_PAGES
        seconds = round(self.cpu * min(times, _MOST_TIMES), 1) if times > 1 else self.cpu
        return self._replace(cpu=seconds, wall=seconds + self.wall - self.cpu)


def limits_of(time_limit: float, size: int = 0) -> Limits:
    """What a file may use of so many bytes, where one of ordinary size may take so many seconds of processor
    time.
    """
    times = 1 + _MORE_EACH_MIB * max(0, size - _ORDINARY) / (1024 * 1024)
    # As it is told to people, and never none at all.
    seconds = time_limit * min(times, _MOST_TIMES)
    seconds = round(seconds, 1 if times > 1 and seconds > 1 else 3)
    return Limits(seconds, seconds + _IDLE_SECONDS, _MEMORY)


def limits_for(source: SourceFile, time_limit: float) -> Limits:
    """What a file may use: by its size, or, of a kind whose reader counts pages, until that has said them."""
    return limits_of(time_limit, 0 if reader_info(source.kind).counts_pages else size_of(source))
