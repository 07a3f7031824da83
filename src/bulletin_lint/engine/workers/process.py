"""A process that does tasks and can be ended.

It is told what to do over one pipe and answers over another. It reads to the end of the first, so that it
also ends when its parent is killed. Its messages are a kind of one byte and a pickle.

Processor time and memory are limited by the kernel, in terms that no library can overrule. Where the
platform has no such limits (Windows), only the parent's clock is left.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial

from bulletin_lint._typing import Any, Literal, NamedTuple, Protocol
from bulletin_lint.engine.workers.limits import Limits
from bulletin_lint.engine.workers.messages import MIB, Inlet, read, write
from bulletin_lint.readers.own_process import OWN_PROCESS
from bulletin_lint.readers.page_count import PAGE_COUNT

Method = Literal["fork", "start"]
"""How a worker comes to be: as a copy of this process, or as a new one."""
LARGEST_RESULT = 64 * MIB
"""Bytes, pickled, that a limited task may answer with: more than the longest bulletin comes to."""
WORN = 128 * MIB
"""Bytes by which a worker's address space may have grown before another one takes its place, so that what
one file leaves behind does not count against the next."""
PATIENCE = 8
"""How many times its limit a task may take on the clock where it waited for a processor."""

READY, DONE, WORN_OUT, NO_MEMORY, FAILED, PAGES = b"rdwmfp"
"""The last says how many pages the file has that is being read."""
_TIME_TO_END = 1.0
"""Seconds that a process that is ending may take for it."""
_LARGEST_MESSAGE = LARGEST_RESULT + MIB
"""Bytes that are taken from a worker that may have read a hostile file."""


class End(NamedTuple):
    """How a process ended."""

    code: int | None
    """Exit code, negative for a signal; None where nobody knows."""
    memory: int = 0
    """The most bytes it had in memory beyond those it was born with, 0 where nobody knows."""


class Process(Protocol):
    """A running worker, however it was started."""

    pid: int

    def send(self, message: bytes, *, is_limited: bool) -> None:
        """Sends a message; the answer to a limited task may not be of any size.

        Raises:
            OSError: the process is gone.
        """

    def receive(self) -> bytes | None:
        """The next message, None where not all of it is there; raises EOFError, OSError or ValueError where
        the process is gone or says what no worker says.
        """

    def kill(self) -> None:
        """Ends it whatever it does."""

    def ended(self) -> End:
        """Waits for the end of a process that is ending."""


class Processes(Protocol):
    """Starts workers in one way, and waits for them."""

    def start(self, work: Callable[[Any], Any], others: Sequence[Process]) -> Process:
        """A new worker; `others` are those that run already."""

    def wait(self, sources: Sequence[Any], timeout: float | None) -> list[Any]:
        """Of processes and inlets those that have said something or are gone."""


def start_method() -> Method:
    """How processes are started here: by fork where that is safe, else anew."""
    if not sys.platform.startswith("linux"):
        return "start"
    try:
        # A fork copies one thread only, and the locks that others hold for ever.
        return "fork" if len(os.listdir("/proc/self/task")) == 1 else "start"
    except OSError:
        return "start"


# --- In the worker --------------------------------------------------------------------------------------


def serve(orders: int, answers: int, work: Callable[[Any], Any], *, once: bool = False) -> None:
    """Does what comes until nothing more comes; with `once` the first task is the last."""
    settle()
    begun_with = _address_space()
    try:
        write(answers, bytes([READY]))
        while True:
            tasks, limits = pickle.loads(read(orders))
            if limits is not None:
                PAGE_COUNT.heard_by(partial(_hear_pages, answers, limits))
            answer = _answer(work, tasks, limits, begun_with)
            write(answers, bytes([WORN_OUT]) + answer[1:] if once and answer[0] == DONE else answer)
            if once or answer[0] != DONE:
                return
    except (EOFError, OSError):
        return


def _answer(
    work: Callable[[Any], Any], tasks: Sequence[Any], limits: Limits | None, begun_with: int
) -> bytes:
    before = _limit(limits) if limits is not None else None
    try:
        results = pickle.dumps([work(task) for task in tasks], pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        return bytes([NO_MEMORY])
    except Exception as error:  # noqa: BLE001 - the parent says it with the file
        return bytes([FAILED]) + pickle.dumps(f"{type(error).__name__}: {error}")
    finally:
        if limits is not None:
            _unlimit(before)
    if limits is not None and len(results) > LARGEST_RESULT:
        return bytes([NO_MEMORY])
    kind = WORN_OUT if _address_space() - begun_with > WORN else DONE
    return bytes([kind]) + results


def settle() -> None:
    """Makes a process a worker: the program's own, quiet, and ended by whatever goes wrong."""
    OWN_PROCESS.claim()
    # A person's Ctrl-C is for the parent, which ends its workers; other signals end a process as usual.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for name in ("SIGTERM", "SIGALRM", "SIGPROF", "SIGXCPU"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    handler = sys.modules.get("faulthandler")
    if handler is not None:
        handler.disable()
    # What a library says as it goes down must not stand in the report.
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
    try:
        import resource
    except ImportError:
        return
    # One byte: the only size for which Linux does not hand the image to a crash reporter either.
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (min(1, hard) if hard >= 0 else 1, hard))


def _limit(limits: Limits) -> tuple[int, int] | None:
    """Holds the process to limits where the platform can; gives those it had, for `_unlimit`."""
    if hasattr(signal, "setitimer"):
        # Both end the process, also in native code. The second is for one whose parent is gone.
        signal.setitimer(signal.ITIMER_PROF, limits.cpu)
        signal.setitimer(signal.ITIMER_REAL, (PATIENCE + 1) * limits.wall)
    try:
        import resource
    except ImportError:
        return None
    before = resource.getrlimit(resource.RLIMIT_AS)
    known = [value for value in before if value != resource.RLIM_INFINITY]
    allowed = min([_address_space() + limits.memory, *known])
    resource.setrlimit(resource.RLIMIT_AS, (allowed, before[1]))
    return before


def _hear_pages(answers: int, limits: Limits, pages: int) -> None:
    """Gives a file more time that has many pages, and lets the parent do so."""
    longer = limits.for_pages(pages)
    if longer.cpu <= limits.cpu:
        return
    if hasattr(signal, "setitimer"):
        left = signal.getitimer(signal.ITIMER_PROF)[0]
        signal.setitimer(signal.ITIMER_PROF, left + longer.cpu - limits.cpu)
        left = signal.getitimer(signal.ITIMER_REAL)[0]
        signal.setitimer(signal.ITIMER_REAL, left + (PATIENCE + 1) * (longer.wall - limits.wall))
    write(answers, bytes([PAGES]) + pickle.dumps(pages))


def _unlimit(before: tuple[int, int] | None) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
    if before is not None:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, before)


def _address_space() -> int:
    """Bytes of this process's address space; where the system does not say, more than it is likely to be."""
    return _pages_of_memory(0, 512 * MIB)


def _resident() -> int:
    """Bytes that this process has in memory; 0 where the system does not say."""
    return _pages_of_memory(1, 0)


def _pages_of_memory(field: int, unknown: int) -> int:
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[field]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return unknown


# --- Processes ------------------------------------------------------------------------------------------


class Forking:
    """Workers that are copies of this process, one thread and all that it has loaded."""

    def __init__(self, *, once: bool = False, closed: Sequence[int] = ()) -> None:
        """With `once` a worker does one task; `closed` are pipes of this process that are not for workers."""
        self._once = once
        self._closed = tuple(closed)

    def start(self, work: Callable[[Any], Any], others: Sequence[Process]) -> Process:
        """A new worker; `others` are those that run already."""
        pipes = [pipe for one in others if isinstance(one, _Forked) for pipe in (one.orders, one.pipe)]
        return _Forked(work, [*self._closed, *pipes], once=self._once)

    def wait(self, sources: Sequence[Any], timeout: float | None) -> list[Any]:
        """Of processes and inlets those that have said something or are gone."""
        import select

        poll = select.poll()
        by_pipe = {source.pipe: source for source in sources}
        for pipe in by_pipe:
            poll.register(pipe, select.POLLIN)
        # Rounded up, lest it come back too early again and again.
        return [by_pipe[pipe] for pipe, _ in poll.poll(None if timeout is None else int(timeout * 1000) + 1)]


class _Forked:
    """A copy of this process, without `multiprocessing`: importing that takes longer than reading a PDF."""

    def __init__(self, work: Callable[[Any], Any], closed: Sequence[int], *, once: bool) -> None:
        theirs, self.orders = os.pipe()
        self.pipe, answering = os.pipe()
        # A copy begins with all that its parent has in memory, which is not what a file needed.
        self._inherited = _resident()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self.pid = os.fork()
            if self.pid == 0:
                code = 1
                try:
                    # A pipe ends when nobody holds its other end.
                    for pipe in (self.orders, self.pipe, *closed):
                        os.close(pipe)
                    serve(theirs, answering, work, once=once)
                    code = 0
                finally:
                    os._exit(code)
        except OSError:
            os.close(self.orders)
            os.close(self.pipe)
            raise
        finally:
            os.close(theirs)
            os.close(answering)
            signal.pthread_sigmask(signal.SIG_SETMASK, before)
        self._inlet = Inlet(self.pipe)

    def send(self, message: bytes, *, is_limited: bool) -> None:
        """Sends a message; the answer to a limited task may not be of any size."""
        self._inlet.largest = largest_message(is_limited=is_limited)
        write(self.orders, message)

    def receive(self) -> bytes | None:
        """The next message, None where not all of it is there."""
        return self._inlet.receive()

    def kill(self) -> None:
        """Ends it whatever it does."""
        kill(self.pid)

    def ended(self) -> End:
        """Waits for the end of a process that is ending."""
        os.close(self.orders)
        os.close(self.pipe)
        return reaped(self.pid, self._inherited)


def largest_message(*, is_limited: bool) -> int | None:
    """Bytes that a worker's answer may have, None for any number."""
    return _LARGEST_MESSAGE if is_limited else None


def kill(pid: int) -> None:
    """Ends a process of our own, if it has not ended yet (POSIX)."""
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def in_bytes(maxrss: int) -> int:
    """Bytes of what `resource` calls the maximum resident set size."""
    return maxrss * (1 if sys.platform == "darwin" else 1024)


def reaped(pid: int, inherited: int = 0) -> End:
    """Waits for the end of a process that is ending, and ends it if it does not (POSIX).

    `inherited` is how many bytes it had in memory from the beginning.
    """
    deadline = time.monotonic() + _TIME_TO_END
    is_ours = False
    try:
        while True:
            found, status, usage = os.wait4(pid, os.WNOHANG)
            if found:
                # How it would have ended nobody knows.
                code = None if is_ours else os.waitstatus_to_exitcode(status)
                return End(code, max(0, in_bytes(usage.ru_maxrss) - inherited))
            if time.monotonic() > deadline:
                kill(pid)
                is_ours = True
            # A process that was killed is gone in less than a millisecond, mostly.
            time.sleep(0.0002)
    except ChildProcessError:
        # This process was started with SIGCHLD ignored.
        return End(None)
