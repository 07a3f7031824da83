"""Work shared out among processes: a task that crashes, hangs or eats memory costs its own result and
nobody else's.

Time on the clock is limited here, by the parent, and time in which a worker waited for a processor that
others had is not counted; processor time and memory by the worker itself (`worker_process`).
"""

from __future__ import annotations

import pickle
import signal
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator

from bulletin_lint._typing import Any, Literal, NamedTuple
from bulletin_lint.engine.workers.process import (
    DONE,
    FAILED,
    NO_MEMORY,
    PATIENCE,
    READY,
    WORN_OUT,
    End,
    Limits,
    Process,
    start,
    start_method,
    wait,
)

FULL_SHARE = 0.5
"""A worker that crashed with so much of the memory it may have in use has run out of it: a native library
that gets none gives up."""
START_LIMIT = 60.0
"""Seconds in which a new process has to be ready."""
MOST_FAILED_STARTS = 3


class Batch(NamedTuple):
    """Tasks that go to a worker in one message; with limits only one, so that they are its own."""

    tasks: tuple[Any, ...]
    limits: Limits | None = None


class Loss(NamedTuple):
    """Why there is no result for a task."""

    reason: Literal["crash", "time", "memory", "exception"]
    detail: str = ""
    """How the process ended: a signal's name or an exit code; or the exception that was raised."""


def work_off(
    work: Callable[[Any], Any], batches: Iterable[Batch], count: int, *, method: str | None = None
) -> Generator[tuple[Any, Any], None, None]:
    """Does the tasks in up to `count` processes and gives each with its result, as they are done.

    A result is what `work(task)` returns, or a `Loss`. `batches` is read as workers become free. A batch
    of several tasks whose worker is lost is done again one by one, to find the one that is at fault.
    `method` is fork, or how `multiprocessing` starts processes; by default what suits the platform.

    Raises:
        OSError: no process can be started.
    """
    crew = _Pool(work, count, method or start_method())
    try:
        yield from crew.work_off(batches)
    finally:
        crew.dismiss()


class _Worker:
    """A process and what it is busy with."""

    __slots__ = ("batch", "deadline", "is_ready", "last_moment", "process", "waited")

    def __init__(self, process: Process) -> None:
        self.process = process
        self.batch: Batch | None = None
        self.is_ready = False
        self.waited = 0.0
        self.deadline: float | None = time.monotonic() + START_LIMIT
        self.last_moment = self.deadline

    def take(self, batch: Batch) -> None:
        """Gives it something to do; raises OSError where the process is gone."""
        self.batch = batch
        self.deadline = None
        if batch.limits is not None:
            self.waited = _waited(self.process.pid)
            self.deadline = time.monotonic() + batch.limits.wall
            self.last_moment = self.deadline + (PATIENCE - 1) * batch.limits.wall
        self.process.send(pickle.dumps(batch, pickle.HIGHEST_PROTOCOL))

    def is_overdue(self, now: float) -> bool:
        """Whether it should have been done by now, or by when it should if it had to wait."""
        if self.deadline is None or now < self.deadline:
            return False
        if self.batch is not None and now < self.last_moment:
            waited = _waited(self.process.pid)
            if waited - self.waited > 0.05:
                self.deadline = min(self.last_moment, now + waited - self.waited)
                self.waited = waited
                return False
        return True


class _Pool:
    """The workers of one run."""

    def __init__(self, work: Callable[[Any], Any], count: int, method: str) -> None:
        self._work = work
        self._count = count
        self._method = method
        self._workers: list[_Worker] = []
        self._failed_starts = 0
        self._again: deque[Batch] = deque()

    def work_off(self, batches: Iterable[Batch]) -> Iterator[tuple[Any, Any]]:
        """Each task with its result."""
        queue = iter(batches)
        batch: Batch | None = None
        done: list[tuple[Any, Any]] = []
        while True:
            while True:
                batch = batch or (self._again.popleft() if self._again else next(queue, None))
                idle = next((one for one in self._workers if one.is_ready and one.batch is None), None)
                if batch is None or idle is None:
                    break
                if self._hand_over(idle, batch):
                    batch = None
            # Only now, so that no worker has to wait for what becomes of results.
            yield from done
            done.clear()
            if batch is not None:
                self._start_workers()
            elif not any(worker.batch for worker in self._workers):
                return
            for worker in self._ready():
                done += self._hear(worker)
            now = time.monotonic()
            for worker in [one for one in self._workers if one.is_overdue(now)]:
                done += self._lose(worker, is_overdue=True)

    def dismiss(self) -> None:
        """Ends every worker."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.ended()
        self._workers.clear()

    def _start_workers(self) -> None:
        while len(self._workers) < self._count:
            try:
                if self._failed_starts >= MOST_FAILED_STARTS:
                    raise ChildProcessError("a new process ends before it is ready")
                processes = [worker.process for worker in self._workers]
                self._workers.append(_Worker(start(self._work, self._method, processes)))
            except OSError:
                if not self._workers:
                    raise
                # Fewer do it too.
                self._count = len(self._workers)

    def _hand_over(self, worker: _Worker, batch: Batch) -> bool:
        try:
            worker.take(batch)
        except OSError:
            # It was ended while it had nothing to do, which is no fault of the batch.
            worker.batch = None
            self._remove(worker)
            self._failed_starts += 1
            return False
        return True

    def _ready(self) -> list[_Worker]:
        """The workers that have said something or are gone, waited for until the next deadline."""
        deadlines = [worker.deadline for worker in self._workers if worker.deadline is not None]
        timeout = max(0.0, min(deadlines) - time.monotonic()) if deadlines else None
        heard = wait([worker.process for worker in self._workers], timeout)
        return [worker for worker in self._workers if worker.process in heard]

    def _hear(self, worker: _Worker) -> Iterator[tuple[Any, Any]]:
        try:
            message = worker.process.receive()
            kind = message[0]
            content: Any = pickle.loads(memoryview(message)[1:]) if len(message) > 1 else None
            if kind in (DONE, WORN_OUT) and (worker.batch is None or len(content) != len(worker.batch.tasks)):
                raise ValueError("not an answer")
        except Exception:  # noqa: BLE001 - a process that is going down may write anything
            yield from self._lose(worker)
            return
        batch, worker.batch, worker.deadline = worker.batch, None, None
        if kind == READY:
            worker.is_ready = True
            self._failed_starts = 0
            return
        assert batch is not None
        if kind != DONE:
            self._remove(worker)
        if kind == NO_MEMORY:
            yield from self._without(batch, Loss("memory"))
        elif kind == FAILED:
            yield from self._without(batch, Loss("exception", str(content)))
        else:
            yield from zip(batch.tasks, content, strict=True)

    def _lose(self, worker: _Worker, *, is_overdue: bool = False) -> Iterator[tuple[Any, Any]]:
        if is_overdue:
            worker.process.kill()
        end = self._remove(worker)
        batch = worker.batch
        if batch is None:
            self._failed_starts += 1
            return
        yield from self._without(batch, Loss("time") if is_overdue else _loss(end, batch.limits))

    def _without(self, batch: Batch, loss: Loss) -> Iterator[tuple[Any, Any]]:
        if len(batch.tasks) == 1:
            yield batch.tasks[0], loss
        else:
            self._again.extend(Batch((task,), batch.limits) for task in batch.tasks)

    def _remove(self, worker: _Worker) -> End:
        self._workers.remove(worker)
        return worker.process.ended()


def _loss(end: End, limits: Limits | None) -> Loss:
    """What became of a task whose worker ended of itself."""
    if end.code is None or end.code >= 0:
        return Loss("crash", "" if end.code is None else f"exit {end.code}")
    try:
        name = signal.Signals(-end.code).name
    except ValueError:
        name = f"signal {-end.code}"
    if name in ("SIGALRM", "SIGPROF", "SIGXCPU"):
        return Loss("time", name)
    # The system kills whom it has no memory for.
    is_full = limits is not None and end.memory > FULL_SHARE * limits.memory
    return Loss("memory" if is_full or name == "SIGKILL" else "crash", name)


def _waited(pid: int) -> float:
    """Seconds in which a process was able to run and another one did; 0 where the system does not say."""
    try:
        with open(f"/proc/{pid}/schedstat", "rb") as file:
            return int(file.read().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0
