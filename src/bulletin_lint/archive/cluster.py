"""Parts done by the workers of a Dask cluster: each is a task that gives back a few numbers.

All that is found lies on storage that the workers reach, so a worker that is lost costs time and nothing
else. Whatever has a worker killed again and again is cut in halves until it is one file.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from queue import Empty, SimpleQueue

from bulletin_lint import __version__
from bulletin_lint._typing import Any
from bulletin_lint.archive.parts import ArchivePart, halves
from bulletin_lint.archive.storage import Storage
from bulletin_lint.archive.work import PARTS, DonePart, LostPart, Outcomes, PartWork
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.wording import Wording

MOST_IN_FLIGHT = 1000
"""Parts that the scheduler is given at the same time: ten million tasks would be its memory."""
_A_THREAD = 4
"""Parts for each thread of a worker, so that none waits for the next."""
_FEWEST = 16
_CONNECT = 30.0
"""Seconds in which the scheduler has to answer."""
_FIRST_WORKER = 120.0
"""Seconds in which there has to be a worker."""
_LOOK = 15.0
"""Seconds after which it is seen to that there still are workers."""
_MOST_CUTS = 200
"""Parts that are cut up in one run; a cluster that loses everything it is given is not asked for ever."""
_PROBE = "probe"
"""A file that tells whether workers write where this program reads."""


class Cluster:
    """The workers of a scheduler. `warn` tells a person what is to be known while they work."""

    def __init__(self, address: str, warn: Callable[[Wording], None]) -> None:
        """Raises UsageError where there is no Dask here, or no scheduler there."""
        try:
            import distributed
        except ImportError:
            raise UsageError(
                Wording(
                    "要用 Dask 集群请运行 pip install 'bulletin-lint[archive]'",
                    "for a Dask cluster run pip install 'bulletin-lint[archive]'",
                )
            ) from None
        self._address = address
        self._warn = warn
        try:
            connect: Any = distributed.Client
            self._client = connect(address, timeout=_CONNECT, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:
            raise UsageError(
                Wording(
                    f"--on：连不上调度器 {address}（{error}）；请检查地址，以及调度器是否在运行",
                    f"--on: no scheduler answers at {address} ({error}); is the address right, and does it "
                    "run?",
                )
            ) from None

    def do(
        self, work: PartWork, parts: Iterable[ArchivePart], digest: str, there: Collection[str]
    ) -> Outcomes:
        """Each part as they are done, or its pieces where it had to be cut.

        Raises:
            UsageError: the workers have no program, another one, or do not see the folder for the answers.
            BulletinLintError: the scheduler is gone.
        """
        self._see_to_workers(work.out)
        # A task of its own, and not `scatter`: what was scattered to workers that are lost is lost.
        given = self._client.submit(_given, work, key=f"bulletin-lint-work-{os.urandom(8).hex()}", pure=False)
        yield from _Flight(self._client, given, self._in_flight(), self._warn).run(iter(parts), digest, there)

    def close(self) -> None:
        """Lets go of the scheduler; what its workers are at is given up."""
        with suppress(Exception):
            self._client.close(timeout=10)

    def _in_flight(self) -> int:
        threads: int = sum(self._client.nthreads().values())
        return min(MOST_IN_FLIGHT, max(_FEWEST, _A_THREAD * threads))

    def _see_to_workers(self, out: Storage) -> None:
        """Makes sure that there are workers, have this program, and write where it reads."""
        try:
            self._client.wait_for_workers(1, timeout=_FIRST_WORKER)
        except (OSError, TimeoutError):
            raise UsageError(
                Wording(
                    f"调度器 {self._address} 没有工作进程；请先启动（dask worker {self._address}）",
                    f"the scheduler {self._address} has no workers; start some (dask worker {self._address})",
                )
            ) from None
        name = f"{_PROBE}-{os.urandom(8).hex()}"
        out.write(f"{PARTS}/{name}", b"")
        try:
            answers = self._client.run(_probed, out, name, on_error="return")
        finally:
            out.remove_file(f"{PARTS}/{name}")
        for worker, answer in answers.items():
            wrong = _wrong(answer)
            if wrong is not None:
                raise UsageError(Wording(f"{worker}：{wrong.zh}", f"{worker}: {wrong.en}"))


def _given(work: PartWork) -> PartWork:
    return work


def _done(work: PartWork, part: ArchivePart) -> DonePart:
    return work(part)


def _probed(out: Storage, name: str) -> tuple[str, bool]:
    """On a worker: the version of its program, and whether it sees what the client wrote."""
    return __version__, name in out.names(PARTS)


def _wrong(answer: Any) -> Wording | None:
    """What is wrong with a worker, by what it answers."""
    if isinstance(answer, BaseException):
        return Wording(
            f"工作进程上不能运行 bulletin-lint（{type(answer).__name__}: {answer}）；"
            "请在每台机器上安装同一版本",
            f"bulletin-lint cannot run there ({type(answer).__name__}: {answer}); install the same version "
            "on every machine",
        )
    version, sees = answer
    if version != __version__:
        return Wording(
            f"那里是 bulletin-lint {version}，这里是 {__version__}；请装同一版本",
            f"there is bulletin-lint {version}, here {__version__}; install the same version",
        )
    if not sees:
        return Wording(
            "那里看不到 --out 写的文件夹；请用各台机器都挂载在同一路径的共享文件夹，或 s3:// 一类的网址",
            "the folder that --out names is not the same there; name a share that all machines have mounted "
            "at the same path, or a URL such as s3://",
        )
    return None


_GONE = Wording(
    "与调度器的连接断了；已完成的部分都在，再运行同一条命令就会接着做",
    "the scheduler is gone; what was done is kept, and the same command goes on",
)


class _Flight:
    """Parts on their way: some at a time, refilled as they come back.

    When a worker is lost, the scheduler holds it against all that the worker had been given. So whatever is
    said to have cost workers is tried again alone, when all else is done, and cut only if it costs one then.
    """

    def __init__(self, client: Any, work: Any, most: int, warn: Callable[[Wording], None]) -> None:
        self._client = client
        self._work = work
        self._most = most
        self._warn = warn
        self._running: dict[str, tuple[ArchivePart, Any]] = {}
        self._back: SimpleQueue[str] = SimpleQueue()
        self._suspects: deque[ArchivePart] = deque()
        self._cuts = 0

    def run(self, parts: Iterator[ArchivePart], digest: str, there: Collection[str]) -> Outcomes:
        """What becomes of each part."""
        try:
            yield from self._together(parts)
            while self._suspects:
                yield from self._alone(self._suspects.popleft(), digest, there)
        finally:
            for _, future in self._running.values():
                with suppress(Exception):
                    future.cancel()

    def _together(self, parts: Iterator[ArchivePart]) -> Outcomes:
        while True:
            while len(self._running) < self._most and (part := next(parts, None)) is not None:
                self._submit(part)
            if not self._running:
                return
            part, future = self._running.pop(self._next())
            if future.status == "finished":
                yield part, future.result()
            elif _is_killed(future):
                self._suspects.append(part)
            else:
                yield part, LostPart(part.name, part.entries, _failed(future))

    def _alone(self, part: ArchivePart, digest: str, there: Collection[str]) -> Outcomes:
        self._submit(part)
        _, future = self._running.pop(self._next())
        if future.status == "finished":
            yield part, future.result()
        elif not _is_killed(future):
            yield part, LostPart(part.name, part.entries, _failed(future))
        elif len(part.entries) == 1 or self._cuts >= _MOST_CUTS:
            yield part, LostPart(part.name, part.entries, _KILLED)
        else:
            self._cuts += 1
            for piece in reversed(halves(part, digest)):
                if piece.name in there:
                    yield piece, DonePart(piece.name, len(piece.entries), 0, 0.0)
                else:
                    self._suspects.appendleft(piece)

    def _submit(self, part: ArchivePart) -> None:
        # What another run asked for, or this one before, is not waited for.
        key = f"bulletin-lint-part-{part.name}-{os.urandom(4).hex()}"
        future = self._client.submit(_done, self._work, part, key=key, pure=False)
        self._running[key] = part, future
        future.add_done_callback(lambda done: self._back.put(str(done.key)))

    def _next(self) -> str:
        """The next that is back; while none is, whether there still are workers is told, once."""
        is_told = False
        while True:
            try:
                return self._back.get(timeout=_LOOK)
            except Empty:
                if self._client.status not in ("running", "connecting"):
                    raise UsageError(_GONE) from None
                if not is_told and not self._client.scheduler_info().get("workers"):
                    is_told = True
                    self._warn(
                        Wording(
                            "集群里已没有工作进程，等它们回来；按 Ctrl-C 停止，已完成的部分都在。",
                            "no workers are left, waiting for some; Ctrl-C stops, what is done is kept.",
                        )
                    )


_KILLED = Wording(
    "做它的工作进程一再被终止；请单独检查这份文件，或给工作进程更多内存。",
    "the workers that it was given to were killed again and again; check it by itself, or give the workers "
    "more memory.",
)


def _is_killed(future: Any) -> bool:
    from distributed.scheduler import KilledWorker

    return future.status == "error" and isinstance(future.exception(), KilledWorker)


def _failed(future: Any) -> Wording:
    if future.status != "error":
        return Wording("集群把它取消了；请再运行一次。", "the cluster cancelled it; run again.")
    error = future.exception()
    what = f"{type(error).__name__}: {error}"
    return Wording(
        f"工作进程没有做成这个部分（{what}）；请再运行一次。",
        f"a worker could not do this part ({what}); run again.",
    )
