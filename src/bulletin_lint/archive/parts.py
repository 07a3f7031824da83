"""An archive cut into parts: each is done at one place and known by all that it depends on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bulletin_lint import _digest
from bulletin_lint._typing import NamedTuple
from bulletin_lint.archive.listing import ListedFile
from bulletin_lint.readers import reader_info

PART_SECONDS = 20.0
"""Processor time of a part, about: some thousand texts, or a hundred PDFs."""
_SECONDS = 0.006
"""What a file of weight 1 takes, a text; what others take goes by the readers' weights, and by size."""
_ORDINARY = 256 * 1024
"""Bytes up to which a file takes no more time for its size."""
_MOST_TIMES = 3
"""No part is expected to take more than so many times as long as asked for."""
_DIGEST_SIZE = 16


class ArchivePart(NamedTuple):
    """Files that are done together."""

    name: str
    """A digest of its files with their sizes and stamps, of the rules, and of the program."""
    entries: tuple[ListedFile, ...]
    whole: str = ""
    """The name of the part that this is a piece of; its own where it is none."""
    start: int = 0
    """Files of that part before this piece."""


def cut(entries: Iterable[ListedFile], digest: str, seconds: float = PART_SECONDS) -> Iterator[ArchivePart]:
    """The parts of an archive; `digest` stands for what judges it.

    Where a part ends, the paths in it say: a file that is added or goes changes the part that it is in, and
    hardly ever another.
    """
    waiting: list[ListedFile] = []
    expected = 0.0
    for entry in entries:
        waiting.append(entry)
        own = _expected(entry)
        expected += own
        if expected >= _MOST_TIMES * seconds or _chance(entry.path) < own / seconds:
            yield part_of(waiting, digest)
            waiting, expected = [], 0.0
    if waiting:
        yield part_of(waiting, digest)


def halves(part: ArchivePart, digest: str) -> tuple[ArchivePart, ArchivePart]:
    """The two halves of a part of two files or more."""
    middle = len(part.entries) // 2
    first, second = part_of(part.entries[:middle], digest), part_of(part.entries[middle:], digest)
    return (
        first._replace(whole=part.whole, start=part.start),
        second._replace(whole=part.whole, start=part.start + middle),
    )


def part_of(entries: Iterable[ListedFile], digest: str) -> ArchivePart:
    """The part that some files make."""
    held = tuple(entries)
    lines = "\n".join(repr(tuple(entry)) for entry in held)
    content = f"{digest}\n{lines}".encode("utf-8", "surrogatepass")
    name = _digest.digest(content, size=_DIGEST_SIZE, purpose="archive part")
    return ArchivePart(name, held, name)


def _expected(entry: ListedFile) -> float:
    return _SECONDS * reader_info(entry.kind).weight * max(1.0, entry.size / _ORDINARY)


def _chance(path: str) -> float:
    """A number from 0 to 1 that a path always has."""
    digest = _digest.digest(path.encode("utf-8", "surrogatepass"), size=8, purpose="archive cut")
    return int(digest, 16) / 2**64
