"""What a new process does that `started.start_python` has started: a worker's work, or a launcher's.

A launcher keeps what linting needs loaded and has workers do one file each. Where it can it forks them, so
that nothing a file does to its worker is left for the next file; it never reads a file itself, nor what
workers make of one. It ends, and its workers with it, when nobody holds the other end of its orders.
"""

from __future__ import annotations

import os
import pickle
from collections import deque
from collections.abc import Callable

from bulletin_lint._typing import Any
from bulletin_lint.engine.workers.dispatch import Batch, Dispatcher
from bulletin_lint.engine.workers.limits import Limits
from bulletin_lint.engine.workers.losses import Loss
from bulletin_lint.engine.workers.messages import Inlet, Listener, read, write
from bulletin_lint.engine.workers.process import Forking, Method, Processes, serve, settle, start_method

STARTED, RESULT, LOSS = b"srl"
_ORPHANED = 5.0
"""Seconds after which a launcher looks whether its parent is still there: a copy of the parent may hold the
pipe open."""

Order = tuple[int, bytes, Limits]
"""A number to answer under, a task as a pickle, and its limits."""


def main(role: str) -> None:
    """Does what the role says until nobody gives orders any more."""
    orders, answers = _kept(0), _kept(1)
    # What a module prints as it is imported is no answer.
    try:
        os.dup2(2, 1)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_RDWR), 1)
    try:
        setup = read(orders)
    except (EOFError, OSError):
        return
    if role == "worker":
        serve(orders, answers, pickle.loads(setup))
    else:
        _launch(orders, answers, *pickle.loads(setup))


def _kept(pipe: int) -> int:
    """The same pipe under a number that no standard stream has."""
    while pipe <= 2:
        pipe = os.dup(pipe)
    return pipe


def setup_of(work: Callable[[Any], Any], warm: Any, count: int, method: Method | None) -> bytes:
    """The first message to a launcher: its workers do `work`, and it does `warm` beforehand."""
    pickled = pickle.dumps((work, warm), pickle.HIGHEST_PROTOCOL)
    return pickle.dumps((pickled, count, method), pickle.HIGHEST_PROTOCOL)


class _Work:
    """Work on tasks that come as pickles, and whose results are passed on as pickles."""

    def __init__(self, pickled: bytes) -> None:
        self._pickled = pickled
        self._work: Callable[[Any], Any] | None = None

    def __call__(self, order: tuple[int, bytes]) -> bytes:
        """A task's result."""
        assert self._work is not None
        return pickle.dumps(self._work(pickle.loads(order[1])), pickle.HIGHEST_PROTOCOL)

    def __reduce__(self) -> tuple[Any, ...]:
        return _prepared, (self._pickled,)

    def prepare(self) -> None:
        """Loads what there is to be loaded, by doing some tasks of our own."""
        self._work, warm = pickle.loads(self._pickled)
        for task in warm:
            try:
                self._work(task)
            except Exception:  # noqa: BLE001 - it will be said with the first file
                continue


def _prepared(pickled: bytes) -> _Work:
    work = _Work(pickled)
    work.prepare()
    return work


def _launch(orders: int, answers: int, pickled: bytes, count: int, method: Method | None) -> None:
    work = _Work(pickled)
    processes: Processes
    inlet: Inlet | Listener
    if (method or start_method()) == "fork":
        import gc

        work.prepare()
        settle()
        # Lest a worker copies pages only to look at what is in them.
        gc.collect()
        gc.freeze()
        processes, inlet = Forking(once=True, closed=(orders, answers)), Inlet(orders)
    else:
        from bulletin_lint.engine.workers.started import Starting

        settle()
        processes = starting = Starting()
        inlet = Listener(orders, starting.mailbox)
    dispatcher = Dispatcher(work, count, processes)
    try:
        dispatcher.start_workers()
        write(answers, bytes([STARTED]))
        _serve(inlet, answers, dispatcher)
    except (EOFError, OSError):
        return
    finally:
        dispatcher.dismiss()


def _serve(inlet: Inlet | Listener, answers: int, dispatcher: Dispatcher) -> None:
    """Has orders done until no more can come."""
    parent = os.getppid()
    waiting: deque[Batch] = deque()
    while os.getppid() == parent:
        while (message := inlet.receive()) is not None:
            number, task, limits = pickle.loads(message)
            waiting.append(Batch(((number, task),), limits))
        dispatcher.hand_out(lambda: waiting.popleft() if waiting else None)
        # So that the next file finds one that is ready.
        dispatcher.start_workers()
        for (number, _), result in dispatcher.attend(inlet, _ORPHANED):
            write(answers, _answer(number, result))


def _answer(number: int, result: Any) -> bytes:
    if isinstance(result, bytes):
        return bytes([RESULT]) + number.to_bytes(8, "big") + result
    loss = result if isinstance(result, Loss) else Loss("crash", "not an answer")
    return bytes([LOSS]) + number.to_bytes(8, "big") + pickle.dumps(tuple(loss))
