"""Batches handed out to workers that are none: what is waited for, who is given up, and what is done again."""

from __future__ import annotations

import io
import pickle
import signal
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from bulletin_lint.engine.workers import dispatch
from bulletin_lint.engine.workers.dispatch import (
    MOST_FAILED_STARTS,
    START_LIMIT,
    Batch,
    Dispatcher,
    work_off,
)
from bulletin_lint.engine.workers.limits import Limits
from bulletin_lint.engine.workers.losses import Loss
from bulletin_lint.engine.workers.process import (
    DONE,
    FAILED,
    NO_MEMORY,
    PAGES,
    PATIENCE,
    READY,
    WORN_OUT,
    End,
)

BEGIN = 1000.0
LIMITS = Limits(cpu=1.0, wall=2.0, memory=1000)
LONG = Limits(cpu=9.0, wall=10.0, memory=1000)


class Clock:
    """The time, and how long each process has waited for a processor by its number."""

    def __init__(self) -> None:
        self.now = BEGIN
        self.waited: dict[int, bytes] = {}

    def open(self, path: str, mode: str) -> io.BytesIO:
        assert mode == "rb"
        _, proc, pid, name = path.split("/")
        assert (proc, name) == ("proc", "schedstat")
        if int(pid) not in self.waited:
            raise FileNotFoundError(path)
        return io.BytesIO(self.waited[int(pid)])


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    monkeypatch.setattr(dispatch, "time", SimpleNamespace(monotonic=lambda: made.now))
    monkeypatch.setattr(dispatch, "open", made.open, raising=False)
    return made


class Worker:
    """What a dispatcher takes for a process."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.says: deque[bytes | Exception | None] = deque()
        self.sent: list[tuple[Batch, bool]] = []
        self.is_gone = self.was_killed = self.has_ended = False
        self.end = End(0)

    def send(self, message: bytes, *, is_limited: bool) -> None:
        if self.is_gone:
            raise BrokenPipeError
        self.sent.append((Batch(*pickle.loads(message)), is_limited))

    def receive(self) -> bytes | None:
        said = self.says.popleft()
        if isinstance(said, Exception):
            raise said
        return said

    def kill(self) -> None:
        self.was_killed = True

    def ended(self) -> End:
        self.has_ended = True
        return self.end

    def say(self, kind: int, *content: Any) -> None:
        self.says.append(bytes([kind]) + b"".join(map(pickle.dumps, content)))


class Workers:
    """Starts up to `most` of them."""

    def __init__(self, most: int = 99) -> None:
        self.most = most
        self.all: list[Worker] = []
        self.others: list[list[Any]] = []
        self.works: list[Any] = []
        self.waits: list[tuple[list[Any], float | None]] = []
        self.answers_itself = False

    def start(self, work: Callable[[Any], Any], others: Sequence[Any]) -> Any:
        if len(self.all) >= self.most:
            raise OSError("no more")
        self.works.append(work)
        self.others.append(list(others))
        self.all.append(Worker(len(self.all) + 1))
        if self.answers_itself:
            self.all[-1].say(READY)
        return self.all[-1]

    def wait(self, sources: Sequence[Any], timeout: float | None) -> list[Any]:
        self.waits.append((list(sources), timeout))
        if self.answers_itself:
            for one in self.all:
                if one.sent:
                    one.say(DONE, [task.upper() for task in one.sent.pop()[0].tasks])
        return [source for source in sources if getattr(source, "says", None)]


def dispatcher(workers: Workers, count: int = 2) -> Dispatcher:
    return Dispatcher(str, count, workers)


def begun(workers: Workers, count: int, *batches: Batch) -> Dispatcher:
    """One whose workers are ready, with a batch each."""
    made = dispatcher(workers, count)
    made.start_workers()
    for one in workers.all:
        one.say(READY)
    assert made.attend() == []
    made.hand_out(giving(batches))
    return made


def giving(batches: Iterable[Batch]) -> Callable[[], Batch | None]:
    queue = iter(batches)
    return lambda: next(queue, None)


def tasks(worker: Worker) -> list[tuple[Any, ...]]:
    return [batch.tasks for batch, _ in worker.sent]


# --- Starting --------------------------------------------------------------------------------------------


def test_as_many_are_started_as_may_be_and_each_hears_of_the_others() -> None:
    workers = Workers()
    made = dispatcher(workers, 3)
    for _ in range(2):
        made.start_workers()
        assert [len(others) for others in workers.others] == [0, 1, 2]
        assert workers.others[2] == workers.all[:2]
    assert workers.works == [str] * 3


def test_fewer_do_it_too_but_not_none() -> None:
    workers = Workers(most=1)
    made = dispatcher(workers, 3)
    made.start_workers()
    workers.most = 99
    made.start_workers()
    assert len(workers.all) == 1
    with pytest.raises(OSError, match="no more"):
        dispatcher(Workers(most=0)).start_workers()


def test_who_never_gets_ready_is_not_started_for_ever() -> None:
    workers = Workers()
    made = dispatcher(workers, 1)
    for number in range(MOST_FAILED_STARTS):
        made.start_workers()
        workers.all[number].says.append(EOFError())
        assert made.attend() == []
    assert len(workers.all) == MOST_FAILED_STARTS == 3
    with pytest.raises(OSError, match="ends before it is ready"):
        made.start_workers()
    assert len(workers.all) == 3


def test_one_that_gets_ready_makes_up_for_those_that_did_not() -> None:
    workers = Workers()
    made = dispatcher(workers, 1)
    for end in (EOFError(), EOFError(), None, EOFError(), EOFError()):
        made.start_workers()
        if end is None:
            workers.all[-1].say(READY)
            made.attend()
            end = EOFError()
        workers.all[-1].says.append(end)
        made.attend()
    # Two before it was ready, and three afterwards: itself among them.
    with pytest.raises(OSError, match="ends before it is ready"):
        made.start_workers()


@pytest.mark.parametrize(("seconds", "is_given_up"), [(START_LIMIT - 1, False), (START_LIMIT, True)])
def test_a_new_process_has_a_minute_to_get_ready(clock: Clock, seconds: float, *, is_given_up: bool) -> None:
    workers = Workers()
    made = dispatcher(workers, 1)
    made.start_workers()
    clock.waited[1] = b"0 900000000000 0"
    clock.now += seconds
    assert made.attend() == []
    assert (workers.all[0].was_killed, workers.all[0].has_ended) == (is_given_up, is_given_up)
    assert START_LIMIT == 60.0


# --- Handing out -----------------------------------------------------------------------------------------


def test_only_who_is_ready_and_free_gets_a_batch() -> None:
    workers = Workers()
    made = dispatcher(workers, 2)
    next_batch = giving([Batch(("a", "b")), Batch(("c",), LIMITS), Batch(("d",))])
    assert made.hand_out(next_batch)
    made.start_workers()
    assert made.hand_out(next_batch)
    busy = [made.is_busy]
    workers.all[1].say(READY)
    made.attend()
    assert made.hand_out(next_batch)
    busy.append(made.is_busy)
    assert busy == [False, True]
    assert (workers.all[0].sent, workers.all[1].sent) == ([], [(Batch(("a", "b")), False)])
    workers.all[0].say(READY)
    made.attend()
    assert made.hand_out(next_batch)
    assert workers.all[0].sent == [(Batch(("c",), LIMITS), True)]
    workers.all[1].say(DONE, ["A", "B"])
    assert made.attend() == [("a", "A"), ("b", "B")]
    # What was held is handed out first, and then there is nothing more.
    assert not made.hand_out(next_batch)
    assert tasks(workers.all[1]) == [("a", "b"), ("d",)]


def test_where_there_is_nothing_to_do_nobody_waits() -> None:
    workers = Workers()
    made = dispatcher(workers)
    assert not made.hand_out(lambda: None)
    assert not made.is_busy


def test_a_batch_for_a_worker_that_is_gone_goes_to_another() -> None:
    workers = Workers()
    made = begun(workers, 2)
    workers.all[0].is_gone = True
    assert not made.hand_out(giving([Batch(("a",))]))
    assert (tasks(workers.all[0]), tasks(workers.all[1])) == ([], [("a",)])
    assert (workers.all[0].has_ended, workers.all[1].has_ended) == (True, False)
    workers.all[1].say(DONE, ["A"])
    assert made.attend() == [("a", "A")]


def test_workers_that_end_while_they_have_nothing_to_do_count_as_failed_starts() -> None:
    workers = Workers()
    made = begun(workers, MOST_FAILED_STARTS)
    for one in workers.all:
        one.is_gone = True
    assert made.hand_out(giving([Batch(("a",))]))
    with pytest.raises(OSError, match="ends before it is ready"):
        made.start_workers()


# --- Hearing ---------------------------------------------------------------------------------------------


def test_part_of_a_message_is_nothing_yet() -> None:
    workers = Workers()
    made = begun(workers, 1, Batch(("a",), LIMITS))
    workers.all[0].says.append(None)
    assert made.attend() == []
    assert made.is_busy
    assert not workers.all[0].has_ended


@pytest.mark.parametrize(
    ("kind", "content", "result", "goes_on"),
    [
        (DONE, ["A"], "A", True),
        (WORN_OUT, ["A"], "A", False),
        (NO_MEMORY, None, Loss("memory"), False),
        (FAILED, "ValueError: a", Loss("exception", "ValueError: a"), False),
        # No worker says this.
        (DONE, ["A", "B"], Loss("crash", "not an answer"), False),
        (DONE, [], Loss("crash", "not an answer"), False),
        (WORN_OUT, [], Loss("crash", "not an answer"), False),
        (DONE, None, Loss("crash", "not an answer"), False),
        (DONE, Worker, Loss("crash", "not an answer"), False),
    ],
)
def test_what_a_worker_may_say_of_its_task(kind: int, content: Any, result: Any, *, goes_on: bool) -> None:
    workers = Workers()
    made = begun(workers, 1, Batch(("a",), LIMITS))
    workers.all[0].say(kind, *([content] if content is not None else []))
    assert made.attend() == [("a", result)]
    assert (workers.all[0].was_killed, workers.all[0].has_ended) == (not goes_on, not goes_on)
    assert not made.is_busy
    # Whoever goes on takes the next one.
    made.hand_out(giving([Batch(("b",))]))
    assert (("b",) in tasks(workers.all[0])) == goes_on
    made.start_workers()
    assert len(workers.all) == (1 if goes_on else 2)


@pytest.mark.parametrize("kind", [DONE, WORN_OUT])
def test_an_answer_that_nobody_asked_for_ends_a_worker(kind: int) -> None:
    workers = Workers()
    made = begun(workers, 1)
    workers.all[0].say(kind, [])
    assert made.attend() == []
    assert (workers.all[0].was_killed, workers.all[0].has_ended) == (True, True)


@pytest.mark.parametrize(
    ("end", "limits", "loss"),
    [
        (End(0), None, Loss("crash", "exit 0")),
        (End(None), None, Loss("crash")),
        (End(-signal.SIGSEGV, 999), None, Loss("crash", "SIGSEGV")),
        (End(-signal.SIGSEGV, 500), LIMITS, Loss("crash", "SIGSEGV")),
        (End(-signal.SIGSEGV, 501), LIMITS, Loss("memory", "SIGSEGV")),
        (End(-signal.SIGKILL), None, Loss("memory", "SIGKILL")),
        (End(-signal.SIGXCPU), LIMITS, Loss("time", "SIGXCPU", 1.0)),
        (End(-signal.SIGALRM), None, Loss("time", "SIGALRM", 0.0)),
        (End(-999), None, Loss("crash", "signal 999")),
    ],
)
@pytest.mark.parametrize("error", [EOFError(), OSError()])
def test_how_a_worker_ended_is_said_of_its_task(
    end: End, limits: Limits | None, loss: Loss, error: Exception
) -> None:
    workers = Workers()
    made = begun(workers, 1, Batch(("a",), limits))
    workers.all[0].end = end
    workers.all[0].says.append(error)
    assert made.attend() == [("a", loss)]
    # It has ended of itself.
    assert not workers.all[0].was_killed


def test_tasks_that_were_lost_together_are_done_again_one_by_one_before_others() -> None:
    workers = Workers()
    made = begun(workers, 1, Batch(("a", "b", "c")))
    workers.all[0].says.append(EOFError())
    assert (made.attend(), made.is_busy) == ([], False)
    next_batch = giving([Batch(("d", "e"))])
    found: list[tuple[Any, Any]] = []
    while made.hand_out(next_batch) or made.is_busy:
        made.start_workers()
        for one in workers.all[1:]:
            if one.sent:
                (batch, _) = one.sent.pop()
                one.say(DONE, [task.upper() for task in batch.tasks])
            elif not made.is_busy and not one.says:
                one.say(READY)
        found += made.attend()
    assert found == [(each, each.upper()) for each in "abcde"]


# --- Time ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("limits", "longest", "passed", "timeout"),
    [
        ([None], None, 0.0, None),
        ([None], 5.0, 0.0, 5.0),
        ([LIMITS], None, 0.0, 2.0),
        ([LIMITS], 5.0, 0.0, 2.0),
        ([LIMITS], 1.0, 0.0, 1.0),
        ([LIMITS], None, 0.5, 1.5),
        ([LIMITS], None, 9.0, 0.0),
        ([LIMITS, LONG], None, 0.0, 2.0),
        ([LONG, LIMITS], None, 0.0, 2.0),
        ([LONG, None], None, 0.0, 10.0),
        ([None, LONG], 20.0, 0.0, 10.0),
        ([LONG, LIMITS], 0.0, 0.0, 0.0),
    ],
)
def test_workers_are_waited_for_until_the_next_deadline(
    clock: Clock, limits: list[Limits | None], longest: float | None, passed: float, timeout: float | None
) -> None:
    workers = Workers()
    made = begun(workers, len(limits), *(Batch((each,), each) for each in limits))
    clock.now += passed
    made.attend(longest=longest)
    assert workers.waits[-1] == (workers.all, timeout)


def test_an_inlet_is_waited_for_too() -> None:
    workers = Workers()
    made = begun(workers, 1)
    inlet = object()
    made.attend(inlet, 3.0)
    made.attend()
    assert workers.waits[-2:] == [([workers.all[0], inlet], 3.0), ([workers.all[0]], None)]


@pytest.mark.parametrize(("passed", "is_lost"), [(1.5, False), (2.0, True), (2.5, True)])
def test_who_is_overdue_is_given_up_and_others_are_not(clock: Clock, passed: float, *, is_lost: bool) -> None:
    workers = Workers()
    made = begun(workers, 2, Batch(("a",), LIMITS), Batch(("b",), LONG))
    clock.now += passed
    assert made.attend() == ([("a", Loss("time", seconds=1.0))] if is_lost else [])
    assert [one.was_killed for one in workers.all] == [is_lost, False]
    assert [one.has_ended for one in workers.all] == [is_lost, False]
    assert made.is_busy


def test_who_is_done_in_time_is_not_overdue_while_it_has_nothing_to_do(clock: Clock) -> None:
    workers = Workers()
    made = begun(workers, 1, Batch(("a",), LIMITS))
    workers.all[0].say(DONE, ["A"])
    clock.now += 100
    assert made.attend() == [("a", "A")]
    made.hand_out(giving([Batch(("b",))]))
    clock.now += 1000
    assert made.attend() == []
    assert not workers.all[0].was_killed


def waiting(seconds: float) -> bytes:
    return b"7 %d 8\n" % round(seconds * 1e9)


@pytest.mark.parametrize(
    ("waited", "is_lost"),
    [(waiting(0.06), False), (waiting(0.05), True), (waiting(0), True), (b"", True), (b"7 x 8", True), (b"7", True)],
)  # fmt: skip
def test_time_in_which_others_had_the_processor_is_not_counted(
    clock: Clock, waited: bytes, *, is_lost: bool
) -> None:
    workers = Workers()
    made = begun(workers, 1, Batch(("a",), LIMITS))
    clock.waited[1] = waited
    clock.now += LIMITS.wall
    assert bool(made.attend()) == is_lost


def test_only_as_much_more_time_is_given_as_was_waited(clock: Clock) -> None:
    clock.waited[1] = waiting(30)
    workers = Workers()
    made = begun(workers, 1, Batch(("a",), LIMITS))
    clock.waited[1] = waiting(30.5)
    clock.now = BEGIN + 2
    assert made.attend() == []
    made.attend()
    assert workers.waits[-1][1] == 0.5
    clock.now = BEGIN + 2.25
    assert made.attend() == []
    clock.now = BEGIN + 2.5
    assert made.attend() == [("a", Loss("time", seconds=1.0))]


def test_nobody_is_waited_for_beyond_all_patience(clock: Clock) -> None:
    workers = Workers()
    made = begun(workers, 1, Batch(("a",), LIMITS))
    last = BEGIN + PATIENCE * LIMITS.wall
    for number, now in enumerate((BEGIN + 2, last - 1), 1):
        clock.now = now
        clock.waited[1] = waiting(100 * number)
        assert made.attend() == []
    made.attend()
    assert workers.waits[-1][1] == 1.0
    clock.now = last
    clock.waited[1] = waiting(1000)
    assert made.attend() == [("a", Loss("time", seconds=1.0))]


# --- Pages -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("pages", "seconds"), [(1, 2.0), (50, 2.0), (100, 3.0), (150, 4.0)])
def test_a_file_of_many_pages_gets_more_time(clock: Clock, pages: int, seconds: float) -> None:
    workers = Workers()
    made = begun(workers, 1, Batch(("a",), LIMITS))
    workers.all[0].say(PAGES, pages)
    assert made.attend() == []
    made.attend()
    assert workers.waits[-1][1] == seconds
    clock.now += seconds
    assert made.attend() == [("a", Loss("time", seconds=seconds - 1.0))]


def test_a_file_of_many_pages_gets_more_patience(clock: Clock) -> None:
    workers = Workers()
    made = begun(workers, 1, Batch(("a",), LIMITS))
    workers.all[0].say(PAGES, 100)
    made.attend()
    last = BEGIN + PATIENCE * 3.0
    clock.now, clock.waited[1] = last - 1, waiting(100)
    assert made.attend() == []
    made.attend()
    assert workers.waits[-1][1] == 1.0
    clock.now, clock.waited[1] = last, waiting(1000)
    assert made.attend() == [("a", Loss("time", seconds=2.0))]


@pytest.mark.parametrize(
    ("batch", "times"), [(Batch(("a",), LIMITS), 2), (Batch(("a",)), 1)], ids=["twice", "without limits"]
)
def test_pages_are_told_once_of_a_file_with_limits(batch: Batch, times: int) -> None:
    workers = Workers()
    made = begun(workers, 1, batch)
    found: list[tuple[Any, Any]] = []
    for _ in range(times):
        assert found == []
        workers.all[0].say(PAGES, 60)
        found = made.attend()
    assert found == [("a", Loss("crash", "not an answer"))]
    assert workers.all[0].was_killed


def test_of_the_next_file_pages_may_be_told_again() -> None:
    workers = Workers()
    made = begun(workers, 1, Batch(("a",), LIMITS))
    for name in ("a", "b"):
        workers.all[0].say(PAGES, 60)
        assert made.attend() == []
        workers.all[0].say(DONE, [name.upper()])
        assert made.attend() == [(name, name.upper())]
        made.hand_out(giving([Batch(("b",), LIMITS)]))
    assert not workers.all[0].was_killed


def test_pages_of_no_file_end_a_worker() -> None:
    workers = Workers()
    made = begun(workers, 1)
    workers.all[0].say(PAGES, 60)
    assert made.attend() == []
    assert workers.all[0].was_killed


# --- All together ----------------------------------------------------------------------------------------


def test_in_the_end_all_are_ended() -> None:
    workers = Workers()
    made = begun(workers, 2, Batch(("a",)))
    made.dismiss()
    assert [(one.was_killed, one.has_ended) for one in workers.all] == [(True, True)] * 2
    assert not made.is_busy


def test_work_is_done_by_as_many_as_may_be_and_then_they_are_dismissed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    workers = Workers()
    workers.answers_itself = True
    monkeypatch.setattr(dispatch, "Forking", lambda: workers)
    batches = [Batch(("a", "b")), Batch(("c",)), Batch(("d",))]
    found = list(work_off(str.upper, batches, 2, method="fork"))
    assert sorted(found) == [(each, each.upper()) for each in "abcd"]
    assert len(workers.all) == 2
    assert all(one.was_killed for one in workers.all)
    assert workers.works == [str.upper] * 2


def test_whoever_wants_no_more_results_leaves_no_worker_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    workers = Workers()
    workers.answers_itself = True
    monkeypatch.setattr(dispatch, "Forking", lambda: workers)
    found = work_off(str.upper, [Batch(("a",)), Batch(("b",))], 1, method="fork")
    assert next(found) == ("a", "A")
    found.close()
    assert [one.was_killed for one in workers.all] == [True]


def test_where_there_is_nothing_to_do_nobody_is_started(monkeypatch: pytest.MonkeyPatch) -> None:
    workers = Workers()
    monkeypatch.setattr(dispatch, "Forking", lambda: workers)
    assert list(work_off(str.upper, [], 2, method="fork")) == []
    assert workers.all == []
