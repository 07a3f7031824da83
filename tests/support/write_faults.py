"""A command run again and again, each time with one call to the system that fails, or that ends the program.

Run as a program, with JSON on standard input: the ``folder`` to run in, the ``words`` of the command line,
the ``target`` that is written and its ``old`` content (null where there is none). It answers with a list of
`Fault`. Each run is a copy (fork) of one process that has run the command before, so that all of them take
no longer than a few runs from the start.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

CALLS = ("open", "write", "fchmod", "fsync", "replace")
"""Of `os`; of ``open`` those that make a file."""
ERRORS = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO}
SIGNALS = ("SIGKILL", "SIGTERM", "SIGHUP", "SIGINT")


class Fault(NamedTuple):
    """What a run left behind in which one call went wrong."""

    call: str
    number: int
    """Which of the calls, from one."""
    how: str
    """The error's or the signal's name; ``after SIGKILL`` comes when the call has been made."""
    code: int
    """The exit code, negative for the signal that ended the run."""
    content: str
    """Of the target: old, new or other."""
    left: list[str]
    """Files that were not there before."""
    err: str
    """Standard error."""


os_open, os_write, os_close = os.open, os.write, os.close


class Folder:
    """Tells the calls for the files of the current folder from others: the cache, too, is written."""

    def __init__(self) -> None:
        self._here = os.getcwd()
        self._handles: set[int] = set()

    def open(self, path: Any, flags: int, *rest: Any, **options: Any) -> int:
        """`os.open`, which keeps in mind what is open here."""
        handle = os_open(path, flags, *rest, **options)
        if options.get("dir_fd") is None and (str(path) == self._here or self._is_here(path)):
            self._handles.add(handle)
        return handle

    def close(self, handle: int) -> None:
        """`os.close`."""
        self._handles.discard(handle)
        os_close(handle)

    def _is_here(self, path: Any) -> bool:
        folder: str = os.path.dirname(os.path.abspath(path))
        return folder == self._here

    def concerns(self, call: str, subject: Any, flags: Any) -> bool:
        """Whether a call with these arguments makes, fills or names a file of the folder."""
        if call in ("write", "fchmod", "fsync"):
            return subject in self._handles
        return self._is_here(subject) and (call != "open" or bool(flags & os.O_CREAT))


def faulty(
    folder: Folder, name: str, call: Callable[..., Any], number: int, how: str, reached: Callable[[], object]
) -> Callable[..., Any]:
    """The call, which goes wrong when it is made for the n-th time in a folder."""
    count = 0

    def run(*args: Any, **options: Any) -> Any:
        nonlocal count
        # What is named by a folder's descriptor is the cache's.
        is_elsewhere = any(
            option.endswith("dir_fd") and given is not None for option, given in options.items()
        )
        if is_elsewhere or not folder.concerns(name, args[0], args[1] if len(args) > 1 else 0):
            return call(*args, **options)
        count += 1
        if count != number:
            return call(*args, **options)
        reached()
        if how in ERRORS:
            raise OSError(ERRORS[how], os.strerror(ERRORS[how]))
        if how.startswith("after "):
            call(*args, **options)
        os.kill(os.getpid(), getattr(signal, how.removeprefix("after ")))
        return call(*args, **options)

    return run


def run_once(
    words: list[str], target: Path, old: bytes | None, new: bytes | None, call: str, number: int, how: str
) -> Fault | None:
    """One run; None where the call was not made so often."""
    from bulletin_lint.cli.main import main

    if old is None:
        target.unlink(missing_ok=True)
    else:
        target.write_bytes(old)
    before = set(os.listdir())
    told, telling = os.pipe()
    saying = os_open("stderr", os.O_CREAT | os.O_TRUNC | os.O_WRONLY)
    process = os.fork()
    if process == 0:
        code = 99
        try:
            os.dup2(saying, 2)
            os.dup2(os_open(os.devnull, os.O_WRONLY), 1)
            folder = Folder()
            os.open, os.close = folder.open, folder.close  # type: ignore[assignment]
            setattr(
                os,
                call,
                faulty(folder, call, getattr(os, call), number, how, lambda: os_write(telling, b"!")),
            )
            code = main(words)
            sys.stdout.flush()
            sys.stderr.flush()
        finally:
            os._exit(code)
    os.close(telling)
    os.close(saying)
    _, status = os.waitpid(process, 0)
    is_reached = os.read(told, 1) == b"!"
    os.close(told)
    err = Path("stderr").read_text("utf-8")
    Path("stderr").unlink()
    if not is_reached:
        return None
    now = target.read_bytes() if target.exists() else None
    content = "old" if now == old else "new" if now == new else "other"
    left = sorted(set(os.listdir()) - before - {target.name, "stderr"})
    for name in left:
        Path(name).unlink()
    return Fault(call, number, how, os.waitstatus_to_exitcode(status), content, left, err)


def faults(words: list[str], target: Path, old: bytes | None) -> list[Fault]:
    """Every call, every time it is made, in every way it can go wrong."""
    from bulletin_lint.cli.main import main

    main(words)
    new = target.read_bytes()
    assert new != old
    found = []
    for call in CALLS:
        for number in range(1, 100):
            ways = (*ERRORS, *SIGNALS, "after SIGKILL")
            made = [run_once(words, target, old, new, call, number, how) for how in ways]
            if None in made:
                break
            found += [each for each in made if each is not None]
    return found


if __name__ == "__main__":
    asked = json.load(sys.stdin)
    os.chdir(asked["folder"])
    shown, sys.stdout = sys.stdout, sys.stderr
    held = None if asked["old"] is None else asked["old"].encode()
    result = faults(asked["words"], Path(asked["target"]), held)
    json.dump([fault._asdict() for fault in result], shown)
