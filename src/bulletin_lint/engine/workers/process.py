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

from bulletin_lint._typing import Any, NamedTuple, Protocol

MIB = 1024 * 1024
LARGEST_RESULT = 64 * MIB
"""Bytes, pickled, that a limited task may answer with: more than the longest bulletin comes to."""
WORN = 128 * MIB
"""Bytes by which a worker's address space may have grown before another one takes its place, so that what
one file leaves behind does not count against the next."""
PATIENCE = 8
"""How many times its limit a task may take on the clock where it waited for a processor."""

READY, DONE, WORN_OUT, NO_MEMORY, FAILED = b"rdwmf"


class Limits(NamedTuple):
    """What one task may use."""

    cpu: float
    """Seconds of processor time."""
    wall: float
    """Seconds on the clock, those spent waiting for a processor not counted."""
    memory: int
    """Bytes of address space beyond what the worker has when it begins."""


class End(NamedTuple):
    """How a process ended."""

    code: int | None
    """Exit code, negative for a signal; None where nobody knows."""
    memory: int = 0
    """The most bytes it had in memory, 0 where nobody knows."""


class Process(Protocol):
    """A running worker, however it was started."""

    pid: int

    def send(self, message: bytes) -> None:
        """Sends a message; raises OSError where the process is gone."""

    def receive(self) -> bytes:
        """The next message; raises EOFError or OSError where the process is gone."""

    def kill(self) -> None:
        """Ends it whatever it does."""

    def ended(self) -> End:
        """Waits for the end of a process that is ending."""


def start_method() -> str:
    """How processes are started here: by fork where that is safe, else anew."""
    if not sys.platform.startswith("linux"):
        return "spawn"
    try:
        # A fork copies one thread only, and the locks that others hold for ever.
        return "fork" if len(os.listdir("/proc/self/task")) == 1 else "forkserver"
    except OSError:
        return "spawn"


# --- In the worker --------------------------------------------------------------------------------------


def _serve(receive: Callable[[], bytes], send: Callable[[bytes], None], work: Callable[[Any], Any]) -> None:
    """Does what comes until nothing more comes."""
    _settle()
    begun_with = _address_space()
    send(bytes([READY]))
    while True:
        try:
            tasks, limits = pickle.loads(receive())
        except (EOFError, OSError):
            return
        answer = _answer(work, tasks, limits, begun_with)
        try:
            send(answer)
        except OSError:
            return
        if answer[0] != DONE:
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


def _settle() -> None:
    """Makes a process a worker: quiet, and ended by whatever goes wrong."""
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


def _unlimit(before: tuple[int, int] | None) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
    if before is not None:
        import resource

        resource.setrlimit(resource.RLIMIT_AS, before)


def _address_space() -> int:
    """Bytes of this process's address space; where the system does not say, more than it is likely to be."""
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, AttributeError):
        return 512 * MIB


# --- Processes ------------------------------------------------------------------------------------------


def start(work: Callable[[Any], Any], method: str, others: Sequence[Process]) -> Process:
    """A new worker; `others` are those that run already."""
    if method == "fork":
        return _Forked(work, [one for one in others if isinstance(one, _Forked)])
    return _Spawned(work, method)


def wait(processes: Sequence[Any], timeout: float | None) -> list[Process]:
    """The processes that have said something or are gone."""
    if isinstance(processes[0], _Forked):
        import select

        poll = select.poll()
        by_pipe = {process.answers: process for process in processes}
        for pipe in by_pipe:
            poll.register(pipe, select.POLLIN)
        # Rounded up, lest it come back too early again and again.
        return [by_pipe[pipe] for pipe, _ in poll.poll(None if timeout is None else int(timeout * 1000) + 1)]
    from multiprocessing.connection import wait

    by_connection = {process.connection: process for process in processes}
    return [by_connection[connection] for connection in wait(list(by_connection), timeout)]


class _Forked:
    """A copy of this process, without `multiprocessing`: importing that takes longer than reading a PDF."""

    def __init__(self, work: Callable[[Any], Any], others: Sequence[_Forked]) -> None:
        theirs, self.orders = os.pipe()
        self.answers, answering = os.pipe()
        before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self.pid = os.fork()
            if self.pid == 0:
                code = 1
                try:
                    # A pipe ends when nobody holds its other end.
                    for pipe in (self.orders, self.answers):
                        os.close(pipe)
                    for other in others:
                        os.close(other.orders)
                        os.close(other.answers)
                    _serve(lambda: _read(theirs), lambda message: _write(answering, message), work)
                    code = 0
                finally:
                    os._exit(code)
        except OSError:
            os.close(self.orders)
            os.close(self.answers)
            raise
        finally:
            os.close(theirs)
            os.close(answering)
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def send(self, message: bytes) -> None:
        """Sends a message."""
        _write(self.orders, message)

    def receive(self) -> bytes:
        """The next message."""
        return _read(self.answers)

    def kill(self) -> None:
        """Ends it whatever it does."""
        try:
            os.kill(self.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass

    def ended(self) -> End:
        """Waits for the end of a process that is ending."""
        os.close(self.orders)
        os.close(self.answers)
        deadline = time.monotonic() + 1
        try:
            while True:
                pid, status, usage = os.wait4(self.pid, os.WNOHANG)
                if pid:
                    unit = 1 if sys.platform == "darwin" else 1024
                    return End(os.waitstatus_to_exitcode(status), usage.ru_maxrss * unit)
                if time.monotonic() > deadline:
                    self.kill()
                # A process that was killed is gone in less than a millisecond, mostly.
                time.sleep(0.0002)
        except ChildProcessError:
            # This process was started with SIGCHLD ignored.
            return End(None)


def _write(pipe: int, message: bytes) -> None:
    data = memoryview(len(message).to_bytes(8, "big") + message)
    while data:
        data = data[os.write(pipe, data) :]


def _read(pipe: int) -> bytes:
    size = int.from_bytes(_read_exactly(pipe, 8), "big")
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


class _Spawned:
    """A process that `multiprocessing` starts."""

    def __init__(self, work: Callable[[Any], Any], method: str) -> None:
        from multiprocessing import get_context

        context: Any = get_context(method)
        self.connection, theirs = context.Pipe()
        before: Any = None
        if hasattr(signal, "pthread_sigmask"):
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            self._process = context.Process(target=_serve_spawned, args=(theirs, work), daemon=True)
            self._process.start()
        except OSError:
            self.connection.close()
            raise
        finally:
            theirs.close()
            if before is not None:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
        self.pid: int = self._process.pid

    def send(self, message: bytes) -> None:
        """Sends a message."""
        self.connection.send_bytes(message)

    def receive(self) -> bytes:
        """The next message."""
        received: bytes = self.connection.recv_bytes()
        return received

    def kill(self) -> None:
        """Ends it whatever it does."""
        self._process.kill()

    def ended(self) -> End:
        """Waits for the end of a process that is ending."""
        self.connection.close()
        self._process.join(1)
        if self._process.exitcode is None:
            self._process.kill()
            self._process.join()
        code: int | None = self._process.exitcode
        self._process.close()
        return End(code)


def _serve_spawned(connection: Any, work: Callable[[Any], Any]) -> None:
    _serve(connection.recv_bytes, connection.send_bytes, work)
