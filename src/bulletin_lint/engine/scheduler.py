"""Files linted in processes of their own, where one that brings its process down costs nobody but itself.

A kind that the readers' table calls isolated, as PDF is, is read by what may crash or stall on a file that is
made for it; it is never read in the process that reports. Texts go to other processes only for speed.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence

from bulletin_lint._typing import Any
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.matching.regex_store import REGEXES
from bulletin_lint.model.errors import BulletinLintError, SourceError
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import Outcome
from bulletin_lint.model.wording import Wording, set_off
from bulletin_lint.readers import reader_info

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.engine.workers.pool import Batch, Loss
    from bulletin_lint.engine.workers.process import Limits

TIME_LIMIT = 4.0
"""Seconds of processor time that one isolated file may take: a PDF of 300 pages takes two or three."""
_FEW_FILES = 24
"""Up to so many files one process is quicker than starting workers."""
_MOST_AT_ONCE = 16
"""Texts that go to a worker together: one takes less time than sending it."""
_IDLE_SECONDS = 2.0
"""Seconds that such a file may take beyond its processor time, for the disk or for nothing at all."""
_MEMORY_LIMIT = 768 * 1024 * 1024
"""Bytes that one such file may take: with the program itself less than 1 GB."""

Lint = Callable[[SourceFile], LintResult]
"""Reads and judges a file; can be pickled."""


def apart(work: Callable[[SourceFile], Any], source: SourceFile, *, time_limit: float = TIME_LIMIT) -> Any:
    """What `work` makes of one file; of an isolated kind in another process, from which no document can come.

    Raises:
        SourceError: the file brought its process down.
        BulletinLintError: no process can be started.
    """
    if not reader_info(source.kind).is_isolated:
        return work(source)
    from bulletin_lint.engine.workers.pool import Batch, Loss

    limits = _limits(time_limit)
    ((_, result),) = _work_off(work, [Batch((source,), limits)], 1)
    if isinstance(result, Loss):
        raise SourceError(source.path, _lost(source, result, limits))
    return result


def lint_files(
    lint: Lint,
    files: Sequence[SourceFile],
    jobs: int | None = None,
    *,
    done: Callable[[LintResult], None] | None = None,
    time_limit: float = TIME_LIMIT,
) -> list[LintResult]:
    """Every file, without its document, in the order given.

    `jobs` is the number of processes, None for as many as the work deserves. With one, files are linted
    in this process, those of isolated kinds never. `done` is called with each file, in the order in which
    they are done.

    Raises:
        BulletinLintError: no process can be started.
    """
    workers = _workers(files, jobs)
    found: dict[int, LintResult] = {}
    shared: _Shared = {}
    apart: list[tuple[int, SourceFile]] = []
    for index, source in enumerate(files):
        if workers > 1 or reader_info(source.kind).is_isolated:
            apart.append((index, source))
            continue
        linted = lint(source)._replace(document=None)
        found[index] = _with_outcomes(linted, _told(linted.result.outcomes), shared)
        if done is not None:
            done(found[index])
    if apart:
        found.update(_lint_apart(_Work(lint), apart, workers, time_limit, done, shared))
    return [found[index] for index in range(len(files))]


def _workers(files: Sequence[SourceFile], jobs: int | None) -> int:
    if jobs is not None:
        return max(1, min(jobs, len(files)))
    weight = sum(reader_info(source.kind).weight for source in files)
    if weight <= _FEW_FILES:
        return 1
    import os

    return max(1, min(os.cpu_count() or 1, len(files)))


_Task = tuple[int, SourceFile]
"""A file and its place in the order of all."""


class _Work:
    """What a worker process does with a file."""

    def __init__(self, lint: Lint) -> None:
        self._lint = lint

    def __call__(self, task: _Task) -> tuple[LintResult, _Told, Any]:
        """The file linted, its outcomes by themselves, and the patterns that were compiled for it."""
        linted = self._lint(task[1])
        result = linted.result
        bare = linted._replace(result=result._replace(outcomes={}), document=None)
        return bare, _told(result.outcomes), REGEXES.take_new()


def _limits(time_limit: float) -> Limits:
    from bulletin_lint.engine.workers.process import Limits

    return Limits(time_limit, time_limit + _IDLE_SECONDS, _MEMORY_LIMIT)


def _lint_apart(
    work: _Work,
    tasks: Sequence[_Task],
    workers: int,
    time_limit: float,
    done: Callable[[LintResult], None] | None,
    shared: _Shared,
) -> dict[int, LintResult]:
    """Lints files in processes of their own."""
    from bulletin_lint.engine.workers.pool import Loss

    limits = _limits(time_limit)
    found: dict[int, LintResult] = {}
    results = _work_off(work, _batches(tasks, workers, limits), workers)
    try:
        for (index, source), result in results:
            if isinstance(result, Loss):
                wording = _lost(source, result, limits)
                found[index] = LintResult(FileResult(source.path, source.kind, error=wording), None)
            else:
                linted, told, news = result
                REGEXES.add(news)
                found[index] = _with_outcomes(linted, told, shared)
            if done is not None:
                done(found[index])
    finally:
        # At once, also when a person interrupts.
        results.close()
    return found


def _work_off(
    work: Callable[[Any], Any], batches: Iterable[Batch], workers: int
) -> Generator[tuple[Any, Any], None, None]:
    from bulletin_lint.engine.workers.pool import work_off

    try:
        yield from work_off(work, batches, workers)
    except OSError as error:
        reason = error.strerror or str(error)
        raise BulletinLintError(
            Wording(
                f"无法启动读取文件的进程（{reason}）；请关闭一些程序，或加上 --jobs 1 再试。",
                f"cannot start a process that reads files ({reason}); close some programs, or try again "
                "with --jobs 1.",
            )
        ) from error


def _batches(tasks: Sequence[_Task], workers: int, limits: Limits) -> Iterator[Batch]:
    """Each file of an isolated kind alone and within limits, the others some at a time.

    What takes long comes first, so that at the end no worker has much to do when the others are done.
    """
    from bulletin_lint.engine.workers.pool import Batch

    alone: list[_Task] = []
    together: list[_Task] = []
    for task in tasks:
        (alone if reader_info(task[1].kind).is_isolated else together).append(task)
    if workers > 1:
        alone.sort(key=lambda task: _size(task[1]), reverse=True)
    for task in alone:
        yield Batch((task,), limits)
    most = max(1, min(_MOST_AT_ONCE, len(tasks) // (workers * 4)))
    for start in range(0, len(together), most):
        yield Batch(tuple(together[start : start + most]))


def _size(source: SourceFile) -> int:
    """Bytes of a file, 0 where nobody knows."""
    if source.data is not None:
        return len(source.data)
    import os

    try:
        return os.stat(source.path).st_size
    except (OSError, ValueError):
        return 0


_Told = tuple[str, str]
"""Outcomes as two strings, which cross a pipe in no time: codes, and what each came to."""
_Shared = dict[_Told, Mapping[str, Outcome]]
"""Outcomes that documents had."""


def _told(outcomes: Mapping[str, Outcome]) -> _Told:
    return " ".join(outcomes), " ".join(outcomes.values())


def _with_outcomes(linted: LintResult, told: _Told, shared: _Shared) -> LintResult:
    """The same with outcomes, those of an earlier document if they are alike: a document of its own has
    two hundred of them.
    """
    outcomes = shared.get(told)
    if outcomes is None:
        from sys import intern

        codes, values = (map(intern, each.split()) for each in told)
        outcomes = shared[told] = dict(zip(codes, values, strict=True))  # type: ignore[arg-type]
    return linted._replace(result=linted.result._replace(outcomes=outcomes))


def _lost(source: SourceFile, loss: Loss, limits: Limits) -> Wording:
    """What to say of a file whose worker did not come to an end of it."""
    if loss.reason == "exception":
        return Wording(
            f"内部错误（{loss.detail}）；请连同文件报告此问题。",
            f"internal error ({loss.detail}); please report this with the file.",
        )
    detail = Wording(f"（{loss.detail}）", f" ({loss.detail})") if loss.detail else Wording("", "")
    info = reader_info(source.kind)
    if not info.is_isolated:
        return Wording(
            f"检查这份文件的进程意外结束{detail.zh}。请加上 --jobs 1 再试一次。",
            f"the process that checked this file ended unexpectedly{detail.en}. Try again with --jobs 1.",
        )
    kind, program = set_off(info.name.zh), set_off(info.program.zh)
    advice = Wording(f"请用{program}打开后另存一份", f"Save a copy of it from {info.program.en}")
    if loss.reason == "time":
        return Wording(
            f"{limits.cpu:g} 秒内没有读完这份{kind}，已中止：文件异常庞大、复杂或有意损坏。"
            f"{advice.zh}，或拆分；如果只是机器慢，请用 --time-limit 放宽。",
            f"the {info.name.en} was not read within {limits.cpu:g} s and was given up: it is unusually "
            f"large, intricate or broken on purpose. {advice.en}, or split it; if the machine is slow, allow "
            "more with --time-limit.",
        )
    if loss.reason == "memory":
        size = limits.memory // 2**20
        return Wording(
            f"读取这份{kind}需要的内存超过 {size} MiB，已中止：文件异常庞大、复杂或有意损坏。"
            f"{advice.zh}，或拆分。",
            f"reading the {info.name.en} takes more than {size} MiB of memory and was given up: it is "
            f"unusually large, intricate or broken on purpose. {advice.en}, or split it.",
        )
    return Wording(
        f"这份{kind}使读取它的程序崩溃{detail.zh}：文件已损坏，或有意如此。{advice.zh}，或从原稿重新导出。",
        f"the {info.name.en} made the program that reads it crash{detail.en}: it is damaged, or meant to do "
        f"so. {advice.en}, or export it again from the manuscript.",
    )
