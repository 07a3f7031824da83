"""How much is taken in at a time: files in the queue, bytes of them, and the share of one client."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator

from bulletin_lint.model.errors import BulletinLintError
from bulletin_lint.model.wording import Wording

LARGEST = 32 * 1024 * 1024
"""Bytes of a file."""
BODY_SECONDS = 30.0
"""That a file may take to come in."""
MOST_FILES = 32
"""In the queue, coming in ones counted."""
MOST_BYTES = 256 * 1024 * 1024
"""Of all of them together."""
SHARE = 16
"""Files of the queue that one client may have where others may come."""


class NotTaken(BulletinLintError):
    """A file that is not taken in, with the status that says why."""

    def __init__(self, status: int, wording: Wording) -> None:
        super().__init__(wording)
        self.status = status


class Queue:
    """Places for files, given to whoever comes while there are any."""

    def __init__(self, share: int = MOST_FILES) -> None:
        self._share = share
        self._files: Counter[str] = Counter()
        self._bytes = 0

    def enter(self, client: str, size: int) -> None:
        """Takes a place for a file of at most so many bytes.

        Raises:
            NotTaken: there is none, and the client is to ask again.
        """
        is_full = sum(self._files.values()) >= MOST_FILES or self._bytes + size > MOST_BYTES
        if is_full or self._files[client] >= self._share:
            raise NotTaken(429, Wording("正忙，请稍候。", "busy: wait a moment."))
        self._files[client] += 1
        self._bytes += size

    def leave(self, client: str, size: int) -> None:
        """Gives a place back."""
        self._files[client] -= 1
        self._bytes -= size
        if not self._files[client]:
            del self._files[client]


def announced(length: str | None) -> int:
    """The bytes that a file will have as its sender says; as many as it may have where nothing is said.

    Raises:
        NotTaken: they are too many, or what is said is no number.
    """
    if length is None:
        return LARGEST
    if not length.isascii() or not length.isdecimal():
        raise NotTaken(400, Wording("请求有误。", "a bad request."))
    # Longer than any number of bytes that could be taken.
    if len(length) > 12 or int(length) > LARGEST:
        raise too_large()
    return int(length)


async def taken(stream: AsyncIterator[bytes], seconds: float = BODY_SECONDS) -> bytes:
    """A file as it comes in.

    Raises:
        NotTaken: it is too large, or takes too long.
    """
    pieces: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(seconds):
            async for piece in stream:
                size += len(piece)
                if size > LARGEST:
                    raise too_large()
                pieces.append(piece)
    except TimeoutError:
        raise NotTaken(408, Wording("文件传得太慢，没有收完。", "the file came in too slowly.")) from None
    return b"".join(pieces)


def too_large() -> NotTaken:
    """What to say of a file that is too large."""
    size = LARGEST // 2**20
    return NotTaken(
        413,
        Wording(
            f"文件大于 {size} MB，不像是简报。",
            f"the file is larger than {size} MB, hardly a bulletin.",
        ),
    )
