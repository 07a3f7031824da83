"""Messages between processes of this program: eight bytes of length, then the content.

What a process says that has read a file which may be hostile is taken for no more than data: its pickles
may name tuples of this program and nothing else, so that nobody who takes over a reader reaches further.
"""

from __future__ import annotations

import os
import pickle
from collections import deque

from bulletin_lint._typing import Any

MIB = 1024 * 1024


def write(pipe: int, message: bytes) -> None:
    """Writes a message; raises OSError where nobody reads any more."""
    data = memoryview(len(message).to_bytes(8, "big") + message)
    while data:
        data = data[os.write(pipe, data) :]


def read(pipe: int, largest: int | None = None) -> bytes:
    """The next message, waited for.

    Raises:
        EOFError: nobody writes any more.
        OSError: the pipe cannot be read.
        ValueError: the message has more than `largest` bytes.
    """
    size = int.from_bytes(_read_exactly(pipe, 8), "big")
    _hold_to(largest, size)
    return _read_exactly(pipe, size)


def _read_exactly(pipe: int, size: int) -> bytes:
    pieces: list[bytes] = []
    while size:
        piece = os.read(pipe, min(size, MIB))
        if not piece:
            raise EOFError
        pieces.append(piece)
        size -= len(piece)
    return b"".join(pieces)


def _hold_to(largest: int | None, size: int) -> None:
    if largest is not None and size > largest:
        raise ValueError(f"a message of {size} bytes")


class Inlet:
    """The end of a pipe from which messages are taken as they come in, without waiting for the rest of one.

    Whoever stops in the midst of a message holds nobody up.
    """

    def __init__(self, pipe: int) -> None:
        os.set_blocking(pipe, False)
        self.pipe = pipe
        self.largest: int | None = None
        """Bytes that a message may have, None for any number."""
        self._missing = 8
        self._is_head = True
        self._pieces: list[bytes] = []

    def receive(self) -> bytes | None:
        """The next message, None where not all of it is there yet; raises as `read` does."""
        while True:
            while self._missing:
                try:
                    piece = os.read(self.pipe, min(self._missing, MIB))
                except BlockingIOError:
                    return None
                if not piece:
                    raise EOFError
                self._pieces.append(piece)
                self._missing -= len(piece)
            whole = b"".join(self._pieces)
            self._pieces.clear()
            self._is_head = not self._is_head
            if self._is_head:
                self._missing = 8
                return whole
            self._missing = int.from_bytes(whole, "big")
            _hold_to(self.largest, self._missing)


class Mailbox:
    """Where threads that listen to pipes say that they heard something.

    Not every system can wait for several pipes.
    """

    def __init__(self) -> None:
        from queue import SimpleQueue

        self._heard: SimpleQueue[Any] = SimpleQueue()

    def put(self, source: Any) -> None:
        """Says that a source has a message, or has come to its end."""
        self._heard.put(source)

    def wait(self, timeout: float | None) -> list[Any]:
        """The next source that was heard of; none where nothing came in time."""
        from queue import Empty

        try:
            return [self._heard.get(timeout=timeout)]
        except Empty:
            return []


class Listener:
    """A thread that listens to a pipe and tells a mailbox, as coming from `source`."""

    def __init__(
        self, pipe: int, mailbox: Mailbox, source: Any = None, setup: tuple[int, bytes] | None = None
    ):
        """`setup` is what to write first and where: whoever starts may take a while to read it."""
        from threading import Thread

        self.largest: int | None = None
        """Bytes that a message may have, None for any number."""
        self._messages: deque[bytes | Exception] = deque()
        self._told = (mailbox, self if source is None else source)
        Thread(target=self._listen, args=(pipe, setup), name="bulletin-lint pipe", daemon=True).start()

    def receive(self) -> bytes | None:
        """The next message, None where there is none yet; raises as `read` does."""
        if not self._messages:
            return None
        message = self._messages.popleft()
        if isinstance(message, Exception):
            raise message
        return message

    def _listen(self, pipe: int, setup: tuple[int, bytes] | None) -> None:
        mailbox, source = self._told
        try:
            if setup is not None:
                write(*setup)
            while True:
                self._messages.append(read(pipe, self.largest))
                mailbox.put(source)
        except (EOFError, OSError, ValueError) as error:
            self._messages.append(error)
            mailbox.put(source)
        finally:
            os.close(pipe)


class _Data(pickle.Unpickler):
    """Makes again what is data, and refuses to call anything."""

    def find_class(self, module: str, name: str) -> Any:
        if module == "builtins" and name in ("set", "frozenset", "bytearray"):
            return super().find_class(module, name)
        if module.startswith("bulletin_lint.") and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and issubclass(found, tuple):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no data")


def data_of(message: bytes | memoryview) -> Any:
    """What a pickle holds that is made of plain values and of this program's tuples.

    Raises:
        Exception: it holds anything else, or is no pickle.
    """
    from io import BytesIO

    return _Data(BytesIO(message)).load()
