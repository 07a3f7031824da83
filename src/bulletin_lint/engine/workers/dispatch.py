"""Work shared out among processes: a task that crashes, hangs or eats memory costs its own result and
nobody else's.

Time on the clock is limited here, by the parent, and time in which a worker waited for a processor that
others had is not counted; processor time and memory by the worker itself (`process`).
"""

from __future__ import annotations

import pickle
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.engine.workers.limits import Limits
from bulletin_lint.engine.workers.losses import Loss, loss_of
from bulletin_lint.engine.workers.messages import data_of
from bulletin_lint.engine.workers.process import (
    DONE,
    FAILED,
    NO_MEMORY,
    PAGES,
    PATIENCE,
    READY,
    WORN_OUT,
    End,
    Forking,
    Method,
    Process,
    Processes,
    start_method,
)

START_LIMIT = 60.0
"""Seconds in which a new process has to be ready."""
MOST_FAILED_STARTS = 3


class Batch(NamedTuple):
    """Tasks that go to a worker in one message; with limits only one, so that they are its own."""

    tasks: tuple[Any, ...]
    limits: Limits | None = None


def work_off(
    work: Callable[[Any], Any], batches: Iterable[Batch], count: int, *, method: Method | None = None
) -> Generator[tuple[Any, Any], None, None]:
    """Does the tasks in up to `count` processes and gives each with its result, as they are done.

    A result is what `work(task)` returns, or a `Loss`; it is made of plain values and tuples of this program
    (`messages.data_of`). `batches` is read as workers become free. A batch of several tasks whose worker is
    lost is done again one by one, to find the one that is at fault.
    By default `method` is what suits the platform and this process; workers that are started, not forked,
    get `work` as a pickle.

    Raises:
        OSError: no process can be started.
    """
    dispatcher = Dispatcher(work, count, _processes_of(method or start_method()))
    queue = iter(batches)
    done: list[tuple[Any, Any]] = []
    try:
        while True:
            is_waiting = dispatcher.hand_out(lambda: next(queue, None))
            # Only now, so that no worker has to wait for what becomes of results.
            yield from done
            if is_waiting:
                dispatcher.start_workers()
            elif not dispatcher.is_busy:
                return
            done = dispatcher.attend()
    finally:
        dispatcher.dismiss()


def _processes_of(method: Method) -> Processes:
    """What starts workers in this way."""
    if method == "fork":
        return Forking()
    from bulletin_lint.engine.workers.started import Starting

    return Starting()


class _Worker:
    """A process and what it is busy with."""

    __slots__ = ("batch", "deadline", "has_told", "is_ready", "last_moment", "process", "waited")

    def __init__(self, process: Process) -> None:
        self.process = process
        self.batch: Batch | None = None
        self.is_ready = False
        self.has_told = False
        self.waited = 0.0
        self.deadline: float | None = time.monotonic() + START_LIMIT
        self.last_moment = self.deadline

    def take(self, batch: Batch) -> None:
        """Gives it something to do; raises OSError where the process is gone."""
        self.batch = batch
        self.has_told = False
        self.deadline = None
        if batch.limits is not None:
            self.waited = _waited(self.process.pid)
            self.deadline = time.monotonic() + batch.limits.wall
            self.last_moment = self.deadline + (PATIENCE - 1) * batch.limits.wall
        self.process.send(pickle.dumps(batch, pickle.HIGHEST_PROTOCOL), is_limited=batch.limits is not None)

    def has_pages(self, pages: int) -> None:
        """Gives it the time of a file of so many pages; once, for it says so of itself."""
        batch = self.batch
        if batch is None or batch.limits is None or self.has_told:
            raise ValueError("pages of no file")
        self.has_told = True
        limits = batch.limits.for_pages(pages)
        assert self.deadline is not None
        self.deadline += limits.wall - batch.limits.wall
        self.last_moment += PATIENCE * (limits.wall - batch.limits.wall)
        self.batch = batch._replace(limits=limits)

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


class Dispatcher:
    """Hands batches to workers and hears what they came to."""

    def __init__(self, work: Callable[[Any], Any], count: int, processes: Processes) -> None:
        self._work = work
        self._count = count
        self._processes = processes
        self._workers: list[_Worker] = []
        self._failed_starts = 0
        self._held: Batch | None = None
        self._again: deque[Batch] = deque()

    @property
    def is_busy(self) -> bool:
        """Whether a worker has something to do."""
        return any(worker.batch for worker in self._workers)

    def hand_out(self, next_batch: Callable[[], Batch | None]) -> bool:
        """Gives a batch to each worker that is free; whether there is one that has to wait.

        `next_batch` gives None where there is nothing to do.
        """
        while True:
            if self._held is None:
                self._held = self._again.popleft() if self._again else next_batch()
            if self._held is None:
                return False
            idle = next((one for one in self._workers if one.is_ready and one.batch is None), None)
            if idle is None:
                return True
            if self._hand_over(idle, self._held):
                self._held = None

    def attend(self, inlet: Any = None, longest: float | None = None) -> list[tuple[Any, Any]]:
        """Waits until a worker says something or is overdue; the tasks that are done, with their results.

        It also comes back when something comes by `inlet`, and after `longest` seconds.
        """
        done: list[tuple[Any, Any]] = []
        for worker in self._ready(inlet, longest):
            done += self._hear(worker)
        now = time.monotonic()
        for worker in [one for one in self._workers if one.is_overdue(now)]:
            done += self._lose(worker, is_overdue=True)
        return done

    def dismiss(self) -> None:
        """Ends every worker."""
        for worker in self._workers:
            worker.process.kill()
        for worker in self._workers:
            worker.process.ended()
        self._workers.clear()

    def start_workers(self) -> None:
        """Starts as many workers as there may be.

        Raises:
            OSError: there is none, and none can be started.
        """
        while len(self._workers) < self._count:
            try:
                if self._failed_starts >= MOST_FAILED_STARTS:
                    raise ChildProcessError("a new process ends before it is ready")
                processes = [worker.process for worker in self._workers]
                self._workers.append(_Worker(self._processes.start(self._work, processes)))
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

    def _ready(self, inlet: Any, longest: float | None) -> list[_Worker]:
        """The workers that have said something or are gone, waited for until the next deadline."""
        deadlines = [worker.deadline for worker in self._workers if worker.deadline is not None]
        timeout = max(0.0, min(deadlines) - time.monotonic()) if deadlines else None
        if longest is not None:
            timeout = longest if timeout is None else min(timeout, longest)
        sources: list[Any] = [worker.process for worker in self._workers]
        if inlet is not None:
            sources.append(inlet)
        heard = self._processes.wait(sources, timeout)
        return [worker for worker in self._workers if worker.process in heard]

    def _hear(self, worker: _Worker) -> Iterator[tuple[Any, Any]]:
        try:
            message = worker.process.receive()
            if message is None:
                return
            kind = message[0]
            content: Any = data_of(memoryview(message)[1:]) if len(message) > 1 else None
            if kind in (DONE, WORN_OUT) and (worker.batch is None or len(content) != len(worker.batch.tasks)):
                raise ValueError("not an answer")
            if kind == PAGES:
                worker.has_pages(content)
                return
        except (EOFError, OSError):
            yield from self._lose(worker)
            return
        except Exception:  # noqa: BLE001 - a process that is going down may write anything
            yield from self._lose(worker, is_talking_nonsense=True)
            return
        batch, worker.batch, worker.deadline = worker.batch, None, None
        if kind == READY:
            worker.is_ready = True
            self._failed_starts = 0
            return
        assert batch is not None
        if kind != DONE:
            # It has said all that it had to say.
            worker.process.kill()
            self._remove(worker)
        if kind == NO_MEMORY:
            yield from self._without(batch, Loss("memory"))
        elif kind == FAILED:
            yield from self._without(batch, Loss("exception", str(content)))
        else:
            yield from zip(batch.tasks, content, strict=True)

    def _lose(
        self, worker: _Worker, *, is_overdue: bool = False, is_talking_nonsense: bool = False
    ) -> Iterator[tuple[Any, Any]]:
        if is_overdue or is_talking_nonsense:
            worker.process.kill()
        end = self._remove(worker)
        batch = worker.batch
        if batch is None:
            self._failed_starts += 1
        elif is_overdue:
            yield from self._without(batch, Loss("time", seconds=batch.limits.cpu if batch.limits else 0.0))
        elif is_talking_nonsense:
            yield from self._without(batch, Loss("crash", "not an answer"))
        else:
            yield from self._without(batch, loss_of(end, batch.limits))

    def _without(self, batch: Batch, loss: Loss) -> Iterator[tuple[Any, Any]]:
        if len(batch.tasks) == 1:
            yield batch.tasks[0], loss
        else:
            self._again.extend(Batch((task,), batch.limits) for task in batch.tasks)

    def _remove(self, worker: _Worker) -> End:
        self._workers.remove(worker)
        return worker.process.ended()


def _waited(pid: int) -> float:
    """Seconds in which a process was able to run and another one did; 0 where the system does not say."""
    try:
        with open(f"/proc/{pid}/schedstat", "rb") as file:
            return int(file.read().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0
