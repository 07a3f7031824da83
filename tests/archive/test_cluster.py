"""`archive --on` with a real Dask cluster, its workers daemonic as they are by default."""

from __future__ import annotations

import os
import shutil
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from bulletin_lint.archive.cluster import _Flight
from bulletin_lint.archive.listing import ListedFile
from bulletin_lint.archive.parts import cut, halves
from bulletin_lint.archive.work import DonePart, LostPart
from harness import Command

distributed = pytest.importorskip("distributed")

pytestmark = pytest.mark.filterwarnings("default")

PARTS = ("--part", "0.04")


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two workers, each a process with a nanny that starts it anew."""
    with distributed.LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as made:
        yield made


def report(command: Command, out: str = "out") -> bytes:
    return command("archive", "report", out, "--format", "json").raw


@pytest.mark.slow
def test_a_worker_is_killed_and_nothing_is_lost(
    archive_with_pdfs: Path, command: Command, cluster: Any
) -> None:
    """While parts are being done, by SIGKILL; each file is in the report once, and all is as `check` says."""
    for path in archive_with_pdfs.rglob("第[2356]期.*"):
        path.unlink()
    killed: list[int] = []

    def kill() -> None:
        folder = Path("out", "parts")
        while len(list(folder.glob("part-*"))) < 1:
            time.sleep(0.01)
        with distributed.Client(cluster, set_as_default=False) as client:
            pids = client.run(os.getpid)
        killed.append(next(iter(pids.values())))
        os.kill(killed[0], signal.SIGKILL)

    thread = Thread(target=kill)
    thread.start()
    done = command("archive", "issues", "--out", "out", *PARTS, "--on", cluster.scheduler_address)
    thread.join()
    checked = command("check", "issues", "--format", "json")

    assert killed
    assert done.code == checked.code == 2
    assert report(command) == checked.raw


@pytest.mark.slow
def test_a_file_that_kills_every_worker_costs_itself(
    archive: Path, command: Command, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its part is cut until only it is left; what else was in the part is checked, and it is named."""
    from bulletin_lint.archive import cluster as module
    from poison import Poisoned

    monkeypatch.setattr(module, "_given", Poisoned("第3期"))
    folder = archive / "few"
    folder.mkdir()
    for path in sorted((archive / "issues" / "甲").rglob("第*期.md"))[1:3]:
        shutil.copy(path, folder)
    poison = folder / "第3期.md"
    with distributed.Client(cluster, set_as_default=False) as client:
        client.run_on_scheduler(_never_again)

    done = command(
        "archive", folder, "--out", "out", "--part", "5", "--on", cluster.scheduler_address, "--lang", "en"
    )

    assert done.code == 2
    lost = done.out.partition("Not checked")[2]
    assert "killed again and again" in lost
    assert str(poison) in lost
    assert "1 part could not be done anywhere" in done.out
    assert "2 files, 1 checked" in done.out


def _never_again(dask_scheduler: Any) -> None:
    """A task that lost one worker is not tried again: the rest of the test takes no minutes."""
    dask_scheduler.allowed_failures = 0


@pytest.mark.slow
def test_what_keeps_a_cluster_from_working_is_said(
    archive: Path, command: Command, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bulletin_lint.archive import cluster as module

    def said(*words: str) -> str:
        outcome = command("archive", "issues", "--out", "out", *words, "--lang", "en")
        assert outcome.code == 2
        assert "Traceback" not in outcome.err
        return outcome.err

    monkeypatch.setattr(module, "_CONNECT", 0.5)
    monkeypatch.setattr(module, "_FIRST_WORKER", 0.5)
    assert "no scheduler answers at tcp://127.0.0.1:9" in said("--on", "tcp://127.0.0.1:9")
    assert "--on is local, or the address of a scheduler" in said("--on", "127.0.0.1")
    monkeypatch.setattr(module, "__version__", "0.0.1")
    assert "install the same version" in said("--on", cluster.scheduler_address)
    with distributed.LocalCluster(n_workers=0, dashboard_address=None) as empty:
        assert "has no workers; start some" in said("--on", empty.scheduler_address)


class Future:
    """What a cluster that is not there gives back at once."""

    def __init__(self, key: str, result: Any, error: Exception | None) -> None:
        self.key = key
        self.status = "finished" if error is None else "error"
        self._result = result
        self._error = error

    def add_done_callback(self, told: Any) -> None:
        """It is done already."""
        told(self)

    def result(self) -> Any:
        """What the task came to."""
        return self._result

    def exception(self) -> Exception | None:
        """What went wrong."""
        return self._error


class Killing:
    """A client whose workers are killed by files with certain names, and by whatever is done beside them."""

    status = "running"

    def __init__(self, *words: str) -> None:
        self._words = words
        self.done: list[tuple[str, ...]] = []

    def submit(self, function: Any, work: Any, part: Any, *, key: str, pure: bool) -> Future:
        """Does a part."""
        from distributed.scheduler import KilledWorker

        paths = tuple(entry.path for entry in part.entries)
        self.done.append(paths)
        if any(word in path for word in self._words for path in paths):
            return Future(key, None, KilledWorker(key, "worker", 3))
        if "broken" in paths:
            return Future(key, None, OSError("no space"))
        return Future(key, DonePart(part.name, len(paths), 0, 0.0), None)


def test_what_kills_is_cut_down_to_the_file_that_does() -> None:
    """Whatever else was in its part is done; what is there already is not done again."""
    entries = [ListedFile(str(number), "text", 1, "") for number in range(100, 116)]
    (whole,) = cut(entries, "rules", 1000)
    there = {halves(whole, "rules")[1].name}
    client = Killing("104")

    flight = _Flight(client, None, 4, print)
    found = [(part, done) for part, done in flight.run(iter([whole]), "rules", there)]

    lost = [done for _, done in found if isinstance(done, LostPart)]
    assert [[entry.path for entry in each.entries] for each in lost] == [["104"]]
    pieces = sorted(found, key=lambda each: each[0].start)
    assert [entry for part, _ in pieces for entry in part.entries] == entries
    assert {part.whole for part, _ in found} == {whole.name}
    # The second half was there.
    assert not any("115" in paths for paths in client.done[2:])


def test_a_cluster_that_kills_everything_is_not_asked_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    from bulletin_lint.archive import cluster as module

    monkeypatch.setattr(module, "_MOST_CUTS", 3)
    entries = [ListedFile(str(number), "text", 1, "") for number in range(64)]
    (whole,) = cut(entries, "rules", 1000)
    client = Killing("")

    found = list(_Flight(client, None, 4, print).run(iter([whole]), "rules", ()))

    assert len(client.done) < 10
    assert sum(len(part.entries) for part, done in found if isinstance(done, LostPart)) == 64


def test_what_a_worker_cannot_write_is_lost_with_its_reason() -> None:
    (whole,) = cut([ListedFile("broken", "text", 1, "")], "rules", 1000)
    ((_, lost),) = _Flight(Killing("none"), None, 4, print).run(iter([whole]), "rules", ())
    assert isinstance(lost, LostPart)
    assert "OSError: no space" in lost.why.en
    assert [each.result.error for each in lost.results()] == [lost.why]


def test_few_parts_are_on_their_way_at_a_time() -> None:
    """A hundred thousand parts are not all asked for: what is held is what is on its way."""
    taken = 0

    def parts() -> Iterator[Any]:
        nonlocal taken
        for number in range(100_000 // 50):
            taken += 1
            yield from cut([ListedFile(str(number), "text", 1, "")], "rules", 1000)

    most = 0
    for count, _ in enumerate(_Flight(Killing("none"), None, 7, print).run(parts(), "rules", ())):
        most = max(most, taken - count)
    assert most <= 7


class Answers:
    """A client of a cluster that is not there."""

    def __init__(self, answer: Any) -> None:
        self._answer = answer

    def wait_for_workers(self, count: int, timeout: float) -> None:
        """There always are some."""

    def run(self, *_: object, **__: object) -> dict[str, Any]:
        """What each worker says."""
        return {"tcp://worker:1": self._answer}


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (("0.0.0", True), "install the same version"),
        (ModuleNotFoundError("No module named 'bulletin_lint'"), "cannot run there (ModuleNotFoundError"),
    ],
)
def test_workers_with_another_program_are_refused(answer: Any, said: str, tmp_path: Path) -> None:
    from bulletin_lint.archive.cluster import Cluster
    from bulletin_lint.archive.storage import LocalFolder
    from bulletin_lint.model.errors import UsageError

    refused = Cluster.__new__(Cluster)
    refused._client = Answers(answer)
    with pytest.raises(UsageError) as error:
        refused._see_to_workers(LocalFolder(str(tmp_path)))
    assert said in error.value.wording.en
    assert error.value.wording.en.startswith("tcp://worker:1: ")
    # The probe is taken away again.
    assert list((tmp_path / "parts").iterdir()) == []


def test_workers_that_write_elsewhere_are_refused(tmp_path: Path) -> None:
    from bulletin_lint import __version__
    from bulletin_lint.archive.cluster import Cluster
    from bulletin_lint.archive.storage import LocalFolder
    from bulletin_lint.model.errors import UsageError

    refused = Cluster.__new__(Cluster)
    refused._client = Answers((__version__, False))
    with pytest.raises(UsageError) as error:
        refused._see_to_workers(LocalFolder(str(tmp_path)))
    assert "all machines have mounted" in error.value.wording.en
