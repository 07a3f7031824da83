"""What is asked of a cluster and what its answers mean, without one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint import __version__
from bulletin_lint.archive import cluster as module
from bulletin_lint.archive.cluster import Cluster
from bulletin_lint.archive.listing import ListedFile
from bulletin_lint.archive.parts import ArchivePart, halves, part_of
from bulletin_lint.archive.storage import LocalFolder
from bulletin_lint.archive.work import DonePart, LostPart
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.wording import Wording

distributed = pytest.importorskip("distributed")


class Future:
    """A task that is done when it is asked for."""

    def __init__(self, key: str, status: str, answer: Any) -> None:
        self.key, self.status, self._answer = key, status, answer
        self.cancelled = False

    def result(self) -> Any:
        return self._answer

    def exception(self) -> Any:
        return self._answer

    def add_done_callback(self, call: Callable[[Any], None]) -> None:
        call(self)

    def cancel(self) -> None:
        self.cancelled = True


class Client:
    """A client whose workers answer by what `answers` says of the first file of a part."""

    def __init__(self, **answers: Any) -> None:
        self.answers = answers
        self.threads: dict[str, int] = {"a": 2}
        self.status = "running"
        self.workers: dict[str, Any] = {"a": {}}
        self.probed: dict[str, Any] = {"tcp://w:1": (__version__, True)}
        self.submitted: list[tuple[str, Any]] = []
        self.waited: list[Any] = []
        self.closed = False

    def submit(self, function: Any, *given: Any, key: str, pure: bool) -> Future:
        self.submitted.append((key, given))
        assert not pure
        if len(given) == 1:
            return Future(key, "finished", given[0])
        part: ArchivePart = given[1]
        status, answer = self.answers.get(part.entries[0].path, ("finished", None))
        return Future(key, status, answer or DonePart(part.name, len(part.entries), 0, 1.0))

    def nthreads(self) -> dict[str, int]:
        return self.threads

    def wait_for_workers(self, count: int, timeout: float) -> None:
        self.waited.append((count, timeout))

    def run(self, *_: Any, **__: Any) -> dict[str, Any]:
        return self.probed

    def scheduler_info(self) -> dict[str, Any]:
        return {"workers": self.workers}

    def close(self, timeout: float) -> None:
        self.closed = True
        raise RuntimeError("it is gone already")


class Work:
    """What is done with parts, and where they are written."""

    def __init__(self, folder: Path) -> None:
        self.out = LocalFolder(str(folder))


@pytest.fixture
def connected(monkeypatch: pytest.MonkeyPatch) -> Callable[[Client], tuple[Cluster, list[Wording]]]:
    def connect(client: Client) -> tuple[Cluster, list[Wording]]:
        asked: list[Any] = []

        def made(address: str, **words: Any) -> Client:
            asked.append((address, words["set_as_default"]))
            return client

        monkeypatch.setattr(distributed, "Client", made)
        told: list[Wording] = []
        found = Cluster("tcp://s:1", told.append)
        assert asked == [("tcp://s:1", False)]
        return found, told

    return connect


def parts(*paths: str) -> list[ArchivePart]:
    return [part_of([ListedFile(each, "text", 1, "") for each in path.split()], "rules") for path in paths]


Connect = Callable[[Client], tuple[Cluster, list[Wording]]]


def test_each_part_is_done_with_the_work_that_was_given_once(connected: Connect, tmp_path: Path) -> None:
    client = Client()
    found, told = connected(client)
    work: Any = Work(tmp_path)
    given = parts("1", "2 3")
    done = list(found.do(work, given, "rules", ()))
    assert [(part, type(each)) for part, each in done] == [(part, DonePart) for part in given]
    (key, held), *tasks = client.submitted
    assert held == (work,)
    assert key.startswith("bulletin-lint-work-")
    assert [each[1].name for _, each in tasks] == [part.name for part in given]
    assert all(key.startswith(f"bulletin-lint-part-{each[1].name}-") for key, each in tasks)
    assert client.waited == [(1, 120.0)]
    assert told == []
    found.close()
    assert client.closed


@pytest.mark.parametrize(
    ("threads", "expected"), [({}, 16), ({"a": 3}, 16), ({"a": 4}, 16), ({"a": 4, "b": 1}, 20), ({"a": 250}, 1000),
                              ({"a": 251}, 1000)],
)  # fmt: skip
def test_so_many_parts_are_on_their_way(connected: Connect, threads: dict[str, int], expected: int) -> None:
    client = Client()
    client.threads = threads
    assert connected(client)[0]._in_flight() == expected


def test_workers_that_write_where_this_program_reads_are_taken(connected: Connect, tmp_path: Path) -> None:
    client = Client()
    client.probed = {}
    found, _ = connected(client)
    found._see_to_workers(LocalFolder(str(tmp_path)))
    client.probed = {"tcp://a:1": (__version__, True), "tcp://b:1": (__version__, False)}
    with pytest.raises(UsageError, match=r"^tcp://b:1: the folder that --out names is not the same there"):
        found._see_to_workers(LocalFolder(str(tmp_path)))
    assert LocalFolder(str(tmp_path)).names("parts") == []


def test_a_worker_says_its_version_and_whether_it_sees_the_probe(tmp_path: Path) -> None:
    out = LocalFolder(str(tmp_path))
    assert module._probed(out, "probe-1") == (__version__, False)
    out.write("parts/probe-1", b"")
    assert module._probed(out, "probe-1") == (__version__, True)
    assert module._probed(out, "probe-2") == (__version__, False)


@pytest.mark.parametrize("error", [OSError("refused"), TimeoutError("late"), ValueError("no address")])
def test_where_no_scheduler_answers_it_is_said(error: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise error

    monkeypatch.setattr(distributed, "Client", refuses)
    with pytest.raises(UsageError) as caught:
        Cluster("tcp://s:1", print)
    assert caught.value.describe("en").startswith(f"--on: no scheduler answers at tcp://s:1 ({error})")
    assert "tcp://s:1" in caught.value.describe("zh")


def test_where_no_worker_comes_it_is_said(connected: Connect, tmp_path: Path) -> None:
    client = Client()

    def late(count: int, timeout: float) -> None:
        raise TimeoutError("late")

    client.wait_for_workers = late  # type: ignore[method-assign]
    work: Any = Work(tmp_path)
    with pytest.raises(UsageError, match=r"the scheduler tcp://s:1 has no workers; start some"):
        list(connected(client)[0].do(work, parts("1"), "rules", ()))
    assert not (tmp_path / "parts").exists()


def killed() -> tuple[str, Exception]:
    from distributed.scheduler import KilledWorker

    return "error", KilledWorker("key", "worker", 3)


def test_what_fails_is_lost_with_its_reason_and_the_rest_is_done(connected: Connect, tmp_path: Path) -> None:
    client = Client(a=("error", ValueError("no")), b=("cancelled", None))
    work: Any = Work(tmp_path)
    done = dict(connected(client)[0].do(work, parts("a", "b", "c"), "rules", ()))
    by_path = {part.entries[0].path: each for part, each in done.items()}
    assert isinstance(by_path["c"], DonePart)
    first, second = by_path["a"], by_path["b"]
    assert isinstance(first, LostPart)
    assert isinstance(second, LostPart)
    assert first.why.en == "a worker could not do this part (ValueError: no); run again."
    assert second.why.en == "the cluster cancelled it; run again."
    assert [entry.path for entry in first.entries] == ["a"]


def test_what_costs_workers_is_tried_alone_then_cut_and_at_last_lost(
    connected: Connect, tmp_path: Path
) -> None:
    client = Client(a=killed())
    work: Any = Work(tmp_path)
    (whole, other) = parts("a b c", "d")
    found = list(connected(client)[0].do(work, [whole, other], "rules", ()))
    tried = [[entry.path for entry in each[1].entries] for _, each in client.submitted[1:]]
    assert tried == [["a", "b", "c"], ["d"], ["a", "b", "c"], ["a"], ["b", "c"]]
    paths = [([entry.path for entry in part.entries], type(each)) for part, each in found]
    assert paths == [(["d"], DonePart), (["a"], LostPart), (["b", "c"], DonePart)]
    lost = found[1][1]
    assert isinstance(lost, LostPart)
    assert "killed again and again" in lost.why.en
    assert [(part.whole, part.start) for part, _ in found[1:]] == [(whole.name, 0), (whole.name, 1)]


def test_a_piece_that_is_there_already_is_not_done_again(connected: Connect, tmp_path: Path) -> None:
    client = Client(a=killed())
    (whole,) = parts("a b")
    second = halves(whole, "rules")[1]
    work: Any = Work(tmp_path)
    found = list(connected(client)[0].do(work, [whole], "rules", {second.name}))
    there = [each for _, each in found if isinstance(each, DonePart)]
    assert there == [DonePart(second.name, 1, 0, 0.0)]
    assert not any(each[1].name == second.name for _, each in client.submitted[1:])


def test_while_no_part_comes_back_it_is_told_once_that_no_worker_is_left(
    connected: Connect, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_LOOK", 0.01)
    client = Client()
    later: list[Future] = []
    whole = Future.add_done_callback

    def waits(self: Future, call: Callable[[Any], None]) -> None:
        later.append(self)
        threading.Timer(0.1, whole, (self, call)).start()

    monkeypatch.setattr(Future, "add_done_callback", waits)
    client.workers = {}
    found, told = connected(client)
    work: Any = Work(tmp_path)
    assert len(list(found.do(work, parts("a"), "rules", ()))) == 1
    assert [each.en for each in told] == [
        "no workers are left, waiting for some; Ctrl-C stops, what is done is kept."
    ]
    client.workers = {"a": {}}
    assert len(list(found.do(work, parts("a"), "rules", ()))) == 1
    assert len(told) == 1
    # Where the scheduler itself is gone, nothing is waited for.
    client.status = "closed"
    with pytest.raises(UsageError, match="the scheduler is gone"):
        list(found.do(work, parts("a"), "rules", ()))
    assert later[-1].cancelled
