"""The program as people start it: a process of its own, two streams, an exit code; without its start.

`started` makes the process a copy of this one (unless ``BULLETIN_LINT_TESTS_COLD`` is set, see `warm`), which has loaded the program before: what is to be seen is the same
(`tests/acceptance/test_end_to_end.py` compares them), and a start costs six times what a small run does. Whoever asks
for what a new interpreter does (its imports, the encoding of its streams) takes `started_anew`.
"""

from __future__ import annotations

import gc
import os
import resource
import select
import signal
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

import bulletin_lint
import warm
from bulletin_lint.matching.patterns import HOUSE_TIME
from bulletin_lint.matching.regex_store import REGEXES

TIME_LIMIT = 120
"""Seconds after which a run counts as hanging, on a machine with other things to do."""

CAN_COPY = hasattr(os, "pidfd_open") and not os.environ.get("BULLETIN_LINT_TESTS_COLD")


class Finished(NamedTuple):
    """A process that has ended."""

    code: int
    out: str
    err: str
    raw: bytes
    """Standard output as bytes."""


def started(
    *arguments: object,
    folder: Path,
    stdin: bytes = b"",
    environment: Mapping[str, str] | None = None,
    limit: float = TIME_LIMIT,
    processor_limit: int | None = None,
) -> Finished:
    """Runs ``bulletin-lint`` with arguments in a folder.

    After `processor_limit` seconds of its own work the system ends it with SIGXCPU, however busy the machine is.

    Raises:
        TimeoutExpired: it did not end within so many seconds.
    """
    if not CAN_COPY:
        return started_anew(*arguments, folder=folder, stdin=stdin, environment=environment, limit=limit)
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        given.write(stdin)
        given.seek(0)
        streams = (given.fileno(), out.fileno(), err.fileno())
        pid = copied(
            *arguments, folder=folder, streams=streams, environment=environment, limit=processor_limit
        )
        code = waited_for(pid, limit)
        out.seek(0)
        err.seek(0)
        return _finished(code, out.read(), err.read())


def copied(
    *arguments: object,
    folder: Path,
    streams: tuple[int, int, int],
    environment: Mapping[str, str] | None = None,
    limit: int | None = None,
) -> int:
    """Starts the program as a copy of this process, in a session of its own, and gives its number.

    It has these three standard streams; after `limit` seconds of its own work the system ends it.
    """
    warm.load()
    words = [str(argument) for argument in arguments]
    sys.stdout.flush()
    sys.stderr.flush()
    with warnings.catch_warnings():
        # Whatever other threads hold is theirs; this copy begins anew.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid == 0:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_CPU, (limit, limit + 1))
        _become(words, folder, streams, environment or {})
    return pid


def started_anew(
    *arguments: object,
    folder: Path,
    stdin: bytes = b"",
    environment: Mapping[str, str] | None = None,
    limit: float = TIME_LIMIT,
) -> Finished:
    """Runs ``python -m bulletin_lint`` with arguments in a folder.

    Raises:
        TimeoutExpired: it did not end within so many seconds.
    """
    process = subprocess.run(
        [sys.executable, "-m", "bulletin_lint", *map(str, arguments)],
        cwd=folder,
        input=stdin,
        capture_output=True,
        timeout=limit,
        env=new_environment(environment or {}),
        check=False,
    )
    return _finished(process.returncode, process.stdout, process.stderr)


def new_environment(changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a process that takes the program from the checkout."""
    return {**os.environ, "PYTHONPATH": str(Path(bulletin_lint.__file__).parents[1]), **(changes or {})}


def _finished(code: int, out: bytes, err: bytes) -> Finished:
    return Finished(code, out.decode("utf-8"), err.decode("utf-8"), out)


def _become(
    arguments: list[str], folder: Path, streams: tuple[int, int, int], environment: Mapping[str, str]
) -> NoReturn:
    """Makes the copy the program: nothing of the tests shows in it."""
    code: Any = 99
    try:
        gc.freeze()
        os.setsid()
        os.chdir(folder)
        os.environ.update(new_environment(environment))
        for number, stream in enumerate(streams):
            os.dup2(stream, number)
        os.closerange(3, 1024)
        _open_streams()
        _forget_the_tests()
        sys.argv = ["bulletin-lint", *arguments]
        from bulletin_lint.cli.main import program

        try:
            program()
        except SystemExit as end:
            code = end.code
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:  # noqa: BLE001 - whatever it is, this process must end here
        import traceback

        os.write(2, traceback.format_exc().encode("utf-8", "backslashreplace"))
    finally:
        os._exit(code if isinstance(code, int) else 1)


def _open_streams() -> None:
    """Standard streams as an interpreter opens them where the locale is that of C."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        stream = open(  # noqa: SIM115
            number,
            "r" if number == 0 else "w",
            encoding="utf-8",
            errors="backslashreplace" if number == 2 else "surrogateescape",
            closefd=False,
        )
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _forget_the_tests() -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    tempfile.tempdir = None
    # What this run is to keep for the next is what it compiles itself.
    REGEXES._new.clear()
    REGEXES._taken = 0
    HOUSE_TIME._spent = HOUSE_TIME._wasted = 0.0
    warnings.resetwarnings()
    for kind in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
        warnings.simplefilter("ignore", kind)


def waited_for(pid: int, limit: float = TIME_LIMIT) -> int:
    """Waits for a process of ours and gives its exit code, as `subprocess` does.

    Raises:
        TimeoutExpired: it did not end within so many seconds, and was ended with those that it had started.
    """
    handle = os.pidfd_open(pid)
    is_over: list[int] = []
    try:
        is_over, _, _ = select.select([handle], [], [], limit)
    finally:
        os.close(handle)
        if not is_over:
            kill(pid)
        _, status = os.waitpid(pid, 0)
    if not is_over:
        raise subprocess.TimeoutExpired("bulletin-lint", limit)
    return os.waitstatus_to_exitcode(status)


def kill(pid: int) -> None:
    """Kills a copy and all that it has started."""
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        # It has not come as far as to have a session of its own.
        os.kill(pid, signal.SIGKILL)
