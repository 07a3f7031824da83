"""A pool that stays: files linted one by one as they come, each in a process of its own, texts too.

For servers, editors and workers of a cluster. The program that holds it may have threads, may itself be a
daemonic process of `multiprocessing`, and needs no guarded main module. It only starts one process, the
launcher (`launcher`), which starts all others and ends with this one, however this one ends.
"""

from __future__ import annotations

import os
import pickle
from collections import deque
from collections.abc import Callable, Sequence

from bulletin_lint._typing import Any
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.workers.launcher import LOSS, RESULT, STARTED, setup_of
from bulletin_lint.engine.workers.limits import limits_for
from bulletin_lint.engine.workers.lint_work import Lints, LintWork, Task, keep_compiled
from bulletin_lint.engine.workers.losses import Loss, wording_of
from bulletin_lint.engine.workers.messages import data_of, read, write
from bulletin_lint.engine.workers.process import Method
from bulletin_lint.engine.workers.started import reap, start_python
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.source import SourceFile
from bulletin_lint.readers import TIME_LIMIT
from bulletin_lint.readers.specimens import own_files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from concurrent.futures import Future
    from subprocess import Popen

_MOST_STARTS = 3
"""Launchers that may end before they are ready, one after the other."""
_MOST_TRIES = 2
"""Launchers that a file may be given to; each that ended was ended from outside, but twice is enough."""
_AHEAD = 2
"""Files a worker that a launcher is given before it has answered."""
_ROUNDS = 4
"""How often own files are linted beforehand: from the seventh text on the prefilter searches otherwise, and
what it needs for that is better loaded once than in every worker."""
_TIME_TO_END = 10.0
"""Seconds that a launcher may take to end its workers and itself."""


class _Ticket:
    """A file that was submitted."""

    __slots__ = ("future", "order", "resolve", "tries")

    def __init__(self, future: Future[Any], order: bytes, resolve: Callable[[Any], None]) -> None:
        self.future = future
        self.order = order
        self.resolve = resolve
        """Answers with a result or a `Loss`."""
        self.tries = 0


class Pool:
    """Lints files in processes that are ready, for as long as it is open.

    All methods may be called from any thread, and none but `close` waits for anything. The pool is of
    no use in a copy of the process that made it (`os.fork`).
    """

    def __init__(
        self,
        linter: Lints,
        processes: int | None = None,
        *,
        method: Method | None = None,
        warm: Sequence[Callable[[Any, SourceFile], Any]] = (),
    ) -> None:
        """`processes` is how many files are read at the same time, by default as many as there are
        processors. `method` is how workers are started, by default what suits the platform. What `call` will
        be asked for may be among `warm`: it is done with files of our own beforehand, so that what it needs
        is loaded.
        """
        from threading import Condition

        self._count = processes or os.cpu_count() or 1
        self._setup = (
            LintWork(linter),
            [
                *(Task(each, None, work) for work in (*[None] * _ROUNDS, *warm) for each in own_files()),
                *(Task(each, None, keep_compiled) for each in own_files()[:1]),
            ],
            self._count,
            method,
        )
        self._process = os.getpid()
        self._changed = Condition()
        # All below is changed with `_changed` held.
        self._waiting: deque[tuple[int, _Ticket]] = deque()
        self._launcher: _Launcher | None = None
        self._feeder: Any = None
        self._next = 0
        self._failed_starts = 0
        self._reason = ""
        self._is_wanted = False
        self._is_closing = False
        self._is_closed = False

    def __enter__(self) -> Pool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Has processes started now, and not when the first file comes."""
        with self._changed:
            self._check()
            self._begin()

    @property
    def is_ready(self) -> bool:
        """Whether a file that comes now is begun at once: what linting needs is loaded."""
        with self._changed:
            return self._launcher is not None and self._launcher.is_ready

    def submit(self, source: SourceFile, *, time_limit: float = TIME_LIMIT) -> Future[LintResult]:
        """Has a file linted, in `time_limit` seconds of processor time, a large one in proportion.

        What the future gives has no document. A file that brought its process down gives a result that says
        so in `result.error`; the future raises nothing but `CancelledError`.

        Raises:
            RuntimeError: the pool was closed, or made in another process.
        """
        limits = limits_for(source, time_limit)

        def resolve(future: Future[Any], result: Any) -> None:
            if not isinstance(result, LintResult):
                loss = result if isinstance(result, Loss) else Loss("crash", "not an answer")
                error = wording_of(loss, source.kind, limits)
                result = LintResult(FileResult(source.path, source.kind, error=error), None)
            future.set_result(result)

        return self._submit(source, None, time_limit, resolve)

    def call(
        self,
        work: Callable[[Any, SourceFile], Any],
        source: SourceFile,
        *,
        time_limit: float = TIME_LIMIT,
    ) -> Future[Any]:
        """Has something else made of a file: what `work(linter, source)` returns.

        `work` can be pickled; its result is made of plain values and of this program's tuples. The future
        raises `SourceError` where the file brought its process down or `work` raised something.

        Raises:
            RuntimeError: the pool was closed, or made in another process.
        """
        limits = limits_for(source, time_limit)

        def resolve(future: Future[Any], result: Any) -> None:
            if isinstance(result, Loss):
                future.set_exception(SourceError(source.path, wording_of(result, source.kind, limits)))
            else:
                future.set_result(result)

        return self._submit(source, work, time_limit, resolve)

    def close(self, *, wait: bool = True) -> None:
        """Ends all processes, after what was submitted is done; with `wait` false at once.

        Then files that wait are cancelled, and those that are being read get a result that says so.
        """
        with self._changed:
            self._is_closing = True
            given_up: list[_Ticket] = []
            if wait:
                self._changed.wait_for(lambda: not self._waiting and not self._running())
            else:
                given_up = [*(ticket for _, ticket in self._waiting), *self._running().values()]
                self._waiting.clear()
                self._running().clear()
            self._is_closed = True
            launcher, feeder = self._launcher, self._feeder
            self._changed.notify_all()
        for ticket in given_up:
            if not ticket.future.cancel():
                ticket.resolve(Loss("no worker", "closed"))
        if feeder is not None:
            feeder.join(_TIME_TO_END)
            if feeder.is_alive() and launcher is not None:
                # Something holds the launcher up, which holds up the feeder.
                launcher.kill()
                feeder.join()
        # The feeder may have started one meanwhile.
        launcher = self._launcher or launcher
        if launcher is not None:
            launcher.end()

    # --- Submitting -------------------------------------------------------------------------------------

    def _check(self) -> None:
        if self._is_closing:
            raise RuntimeError("the pool is closed")
        if os.getpid() != self._process:
            raise RuntimeError("the pool was made in another process")

    def _begin(self) -> None:
        self._is_wanted = True
        self._changed.notify_all()
        if self._feeder is None:
            from threading import Thread

            self._feeder = Thread(target=self._feed, name="bulletin-lint pool", daemon=True)
            self._feeder.start()

    def _submit(
        self,
        source: SourceFile,
        work: Callable[[Any, SourceFile], Any] | None,
        time_limit: float,
        resolve: Callable[[Future[Any], Any], None],
    ) -> Future[Any]:
        from concurrent.futures import Future

        folder = None if source.data is not None or os.path.isabs(source.path) else os.getcwd()
        task = pickle.dumps(Task(source, folder, work), pickle.HIGHEST_PROTOCOL)
        future: Future[Any] = Future()
        with self._changed:
            self._check()
            number = self._next
            self._next += 1
            order = pickle.dumps((number, task, limits_for(source, time_limit)), pickle.HIGHEST_PROTOCOL)
            self._waiting.append((number, _Ticket(future, order, lambda result: resolve(future, result))))
            self._begin()
        return future

    # --- The thread that gives orders -------------------------------------------------------------------

    def _running(self) -> dict[int, _Ticket]:
        return self._launcher.running if self._launcher is not None else {}

    def _has_something_to_do(self) -> bool:
        if self._is_closed:
            return True
        if self._launcher is None:
            return self._is_wanted
        return bool(self._waiting) and len(self._launcher.running) < _AHEAD * self._count

    def _feed(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(self._has_something_to_do)
                if self._is_closed:
                    return
                launcher = self._launcher
                given_up = self._without_hope()
                ticket = self._next_ticket(launcher) if launcher is not None else None
            if given_up is not None:
                self._give_up(given_up)
            elif launcher is None:
                self._launch()
            elif ticket is not None:
                launcher.send(ticket.order)

    def _next_ticket(self, launcher: _Launcher) -> _Ticket | None:
        number, ticket = self._waiting.popleft()
        # It may have been cancelled; one that comes again is running already.
        if ticket.tries or ticket.future.set_running_or_notify_cancel():
            launcher.running[number] = ticket
            return ticket
        self._changed.notify_all()
        return None

    def _without_hope(self) -> list[_Ticket] | None:
        """What waits where no launcher can be started; with what comes later that is tried again."""
        if self._failed_starts < _MOST_STARTS:
            return None
        tickets = [ticket for _, ticket in self._waiting]
        self._waiting.clear()
        self._failed_starts = 0
        self._is_wanted = False
        self._changed.notify_all()
        return tickets

    def _launch(self) -> None:
        try:
            launcher = _Launcher(self._setup, self._heard, self._lost)
        except OSError as error:
            with self._changed:
                self._failed_starts += 1
                self._reason = error.strerror or str(error)
            return
        with self._changed:
            self._launcher = launcher
        launcher.listen()

    def _give_up(self, tickets: Sequence[_Ticket]) -> None:
        for ticket in tickets:
            if ticket.tries or ticket.future.set_running_or_notify_cancel():
                ticket.resolve(Loss("no worker", self._reason))

    # --- The thread that hears answers ------------------------------------------------------------------

    def _heard(self, launcher: _Launcher, message: bytes) -> None:
        kind, number = message[0], int.from_bytes(message[1:9], "big")
        with self._changed:
            if kind == STARTED:
                self._failed_starts = 0
                launcher.is_ready = True
                return
            ticket = launcher.running.pop(number, None)
            self._changed.notify_all()
        if ticket is None:
            return
        result: Any = Loss("crash", "not an answer")
        try:
            content = data_of(memoryview(message)[9:])
            if kind == RESULT:
                result = content
            elif kind == LOSS:
                result = Loss(*content)
        except Exception:  # noqa: BLE001 - whoever reads a hostile file may have been taken over
            pass
        ticket.resolve(result)

    def _lost(self, launcher: _Launcher) -> None:
        """The launcher has ended: what it was given is given to the next."""
        given_up = []
        with self._changed:
            self._launcher = None
            for number, ticket in reversed(launcher.running.items()):
                ticket.tries += 1
                if ticket.tries < _MOST_TRIES:
                    self._waiting.appendleft((number, ticket))
                else:
                    given_up.append(ticket)
            launcher.running.clear()
            self._reason = "launcher"
            if not launcher.is_ready:
                self._failed_starts += 1
            self._changed.notify_all()
        self._give_up(given_up)


class _Launcher:
    """The process that starts workers, as seen from the pool."""

    def __init__(
        self,
        setup: tuple[Any, ...],
        heard: Callable[[_Launcher, bytes], None],
        lost: Callable[[_Launcher], None],
    ) -> None:
        """`heard` is called with each message, `lost` after the last; raises OSError."""
        from threading import Lock, Thread

        first = setup_of(*setup)
        self.running: dict[int, _Ticket] = {}
        self.is_ready = False
        self._heard = heard
        self._lost = lost
        self._lock = Lock()
        self._process: Popen[bytes] = start_python("launcher")
        self._thread = Thread(target=self._listen, name="bulletin-lint answers", daemon=True)
        self.send(first)

    def listen(self) -> None:
        """Begins to hear what it says."""
        self._thread.start()

    def send(self, message: bytes) -> None:
        """Sends a message; whether it is gone is seen by whoever listens."""
        with self._lock:
            stdin = self._process.stdin
            if stdin is None or stdin.closed:
                return
            try:
                write(stdin.fileno(), message)
            except OSError:
                return

    def kill(self) -> None:
        """Ends it whatever it does."""
        self._process.kill()

    def end(self) -> None:
        """Ends it, and it its workers."""
        from threading import current_thread

        self._hang_up()
        if self._thread is current_thread():
            return
        self._thread.join(_TIME_TO_END)
        if self._thread.is_alive():
            self.kill()
            self._thread.join()

    def _hang_up(self) -> None:
        with self._lock:
            if self._process.stdin is not None:
                self._process.stdin.close()

    def _listen(self) -> None:
        stdout = self._process.stdout
        assert stdout is not None
        try:
            while True:
                self._heard(self, read(stdout.fileno()))
        except (EOFError, OSError):
            pass
        self._hang_up()
        stdout.close()
        reap(self._process)
        self._lost(self)
