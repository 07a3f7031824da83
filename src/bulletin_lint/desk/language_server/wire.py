"""What comes from an editor's side of the conversation, bounded; and what goes wrong with it, said in a line.

Source: Language Server Protocol 3.17, Base Protocol.
"""

from __future__ import annotations

import logging
import re

from bulletin_lint._typing import Any

LARGEST = 64 * 2**20
"""Bytes of a message that are read; texts that are judged have at most two million."""
_LONGEST_HEADER = 64 * 2**10
_AT_ONCE = 2**20
_LENGTH = re.compile(rb"Content-Length: 0*([0-9]{12})[0-9]+\r\n")
_LONGEST_LINE = 200


class BoundedStream:
    """An end of the conversation that is read from, whatever lengths the other side names."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def readline(self) -> bytes:
        """The next line of a header; a number too long for a length is given as a shorter one that is too
        large as well.
        """
        line: bytes = self._stream.readline(_LONGEST_HEADER)
        return _LENGTH.sub(rb"Content-Length: \1\r\n", line)

    def read(self, count: int) -> bytes:
        """A message; one that is too large is passed over and is none."""
        if count <= LARGEST:
            message: bytes = self._stream.read(count)
            return message
        left = count
        while left > 0:
            passed = len(self._stream.read(min(left, _AT_ONCE)))
            if not passed:
                return b""
            left -= passed
        return b"a message of too many bytes"


def say_in_lines() -> None:
    """Has all that libraries log go to standard error a line each, without the program's inner workings."""
    handler = logging.StreamHandler()
    handler.setLevel(logging.WARNING)
    handler.setFormatter(_OneLine())
    logging.getLogger().addHandler(handler)


class _OneLine(logging.Formatter):
    """A record as one line: what was said first, and the name of what was raised."""

    def format(self, record: logging.LogRecord) -> str:
        lines = record.getMessage().splitlines() or [""]
        # A traceback within the message ends with what was raised.
        raised = lines[-1].partition(":")[0] if len(lines) > 1 else ""
        if record.exc_info and record.exc_info[0] is not None:
            raised = record.exc_info[0].__name__
        first = lines[0][:_LONGEST_LINE]
        return f"bulletin-lint: {first} ({raised[:_LONGEST_LINE]})" if raised else f"bulletin-lint: {first}"
