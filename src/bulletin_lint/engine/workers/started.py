"""Workers that are new processes, for programs that must not be forked.

They are started without `multiprocessing`: its processes may not be started by one that is itself daemonic,
and import the program's main module anew, which then has to be guarded.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
from collections.abc import Callable, Sequence

from bulletin_lint._typing import Any, Literal
from bulletin_lint.engine.workers.messages import Listener, Mailbox, write
from bulletin_lint.engine.workers.process import End, Process, in_bytes, largest_message, reaped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from subprocess import Popen

_BOOT = (
    "import sys; role = sys.argv[1]; sys.path[:] = sys.argv[2:]; "
    "from bulletin_lint.engine.workers.launcher import main; main(role)"
)
"""A new process finds its modules where this one finds them, and not in the folder where it is started."""


def start_python(role: Literal["worker", "launcher"]) -> Popen[bytes]:
    """A new process that takes orders on its standard input and answers on its standard output.

    Raises:
        OSError: it cannot be started.
    """
    from subprocess import PIPE, Popen

    if not sys.executable:
        raise FileNotFoundError("no Python to start: sys.executable is empty")
    flags = ["-I" if sys.flags.isolated else "-P"]
    if sys.flags.utf8_mode:
        flags += ["-X", "utf8"]
    before: Any = None
    if hasattr(signal, "pthread_sigmask"):
        # Until it has settled, an interrupt from the terminal would make it talk.
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        return Popen(
            [sys.executable, *flags, "-c", _BOOT, role, *sys.path], stdin=PIPE, stdout=PIPE, bufsize=0
        )
    finally:
        if before is not None:
            signal.pthread_sigmask(signal.SIG_SETMASK, before)


def reap(process: Popen[bytes]) -> End:
    """Waits for the end of a process that is ending, and ends it if it does not."""
    if process.returncode is not None:
        return End(process.returncode)
    if hasattr(os, "wait4"):
        end = reaped(process.pid)
        if end.memory <= _peak():
            # What is counted begins with what the process had in memory that started it.
            end = End(end.code)
        # So that nobody waits for it again.
        process.returncode = 0 if end.code is None else end.code
        return end
    from subprocess import TimeoutExpired

    try:
        process.wait(1)
    except TimeoutExpired:
        process.kill()
        process.wait()
    return End(process.returncode)


def _peak() -> int:
    """The most bytes that this process has had in memory (POSIX)."""
    import resource

    return in_bytes(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)


class Starting:
    """Workers that are new processes, each with a thread here that listens to it."""

    def __init__(self) -> None:
        self.mailbox = Mailbox()
        self._setup: tuple[Any, bytes] = (None, b"")

    def start(self, work: Callable[[Any], Any], others: Sequence[Process]) -> Process:
        """A new worker; `others` are those that run already."""
        if self._setup[0] is not work:
            self._setup = (work, pickle.dumps(work, pickle.HIGHEST_PROTOCOL))
        return _Started(self._setup[1], self.mailbox)

    def wait(self, sources: Sequence[Any], timeout: float | None) -> list[Any]:
        """Of processes and inlets those that have said something or are gone."""
        return self.mailbox.wait(timeout)


class _Started:
    """A new process."""

    def __init__(self, setup: bytes, mailbox: Mailbox) -> None:
        self._process = start_python("worker")
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self.pid = self._process.pid
        self._orders = self._process.stdin.fileno()
        # The thread closes what it listens to, whenever it comes to the end of it.
        answers = os.dup(self._process.stdout.fileno())
        self._process.stdout.close()
        self._listener = Listener(answers, mailbox, self, (self._orders, setup))

    def send(self, message: bytes, *, is_limited: bool) -> None:
        """Sends a message; the answer to a limited task may not be of any size."""
        self._listener.largest = largest_message(is_limited=is_limited)
        write(self._orders, message)

    def receive(self) -> bytes | None:
        """The next message."""
        return self._listener.receive()

    def kill(self) -> None:
        """Ends it whatever it does."""
        self._process.kill()

    def ended(self) -> End:
        """Waits for the end of a process that is ending."""
        assert self._process.stdin is not None
        end = reap(self._process)
        self._process.stdin.close()
        return end
