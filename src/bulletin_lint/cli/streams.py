"""Standard streams that bear whatever stands at their other end: no reader, a full disk, nothing at all."""

from __future__ import annotations

import errno
import os
import sys

from bulletin_lint._typing import TextIO

_LOST = frozenset((errno.EPIPE, errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EBADF))
"""What goes wrong with a stream that has been opened."""
_ASKED_FOR = frozenset(("ignore", "namereplace", "replace", "xmlcharrefreplace"))
"""Ways to write what an encoding does not have that no stream begins with: a user named them."""


def make_safe() -> None:
    """Lets reports follow the console: what its encoding does not have is shown escaped, not an error.

    The encoding is the one that Python found (that of the locale, of ``PYTHONIOENCODING``, of the console of
    Windows). One without Chinese characters (ASCII, Latin-1, as some CIs set) would turn all into escapes:
    then UTF-8 is written. Where a stream was closed the null device is opened: the next file to be opened
    would be taken for it.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - as long as the run
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding=_encoding(stream), errors=_errors(stream))


def _encoding(stream: TextIO) -> str:
    name = stream.encoding or ""
    try:
        "简报".encode(name)
    except (LookupError, UnicodeError):
        return "utf-8"
    return name


def _errors(stream: TextIO) -> str:
    """What becomes of a character that the encoding does not have."""
    return stream.errors if stream.errors in _ASKED_FOR else "backslashreplace"


def is_lost(error: Exception) -> bool:
    """Whether an error is one of writing to a stream, not one of a file, which would have a name."""
    return isinstance(error, OSError) and error.filename is None and error.errno in _LOST


def flush() -> None:
    """Writes what is still buffered.

    Raises:
        OSError: a stream cannot be written to.
    """
    sys.stdout.flush()
    sys.stderr.flush()


def let_go() -> None:
    """Gives up the streams that cannot be written to: what is still buffered must not fail again at exit."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except OSError:
            _send_nowhere(stream)


def _send_nowhere(stream: TextIO) -> None:
    try:
        handle = stream.fileno()
    except OSError:  # it is no file, but something that a program put there
        return
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, handle)
    os.close(null)
