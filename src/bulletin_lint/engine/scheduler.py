"""Files linted in processes of their own, where one that brings its process down costs nobody but itself.

A kind that the readers' table calls isolated, as PDF is, is read by what may crash or stall on a file that is
made for it; it is never read in the process that reports. Texts go to other processes only for speed.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Mapping, Sequence

from bulletin_lint._typing import Any, Protocol
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.matching.regex_store import REGEXES
from bulletin_lint.model.errors import BulletinLintError, SourceError
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.source import SourceFile, size_of
from bulletin_lint.model.violation import Outcome
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers import TIME_LIMIT as TIME_LIMIT
from bulletin_lint.readers import reader_info

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.config.settings import Settings
    from bulletin_lint.engine.workers.dispatch import Batch
    from bulletin_lint.engine.workers.limits import Limits
    from bulletin_lint.engine.workers.losses import Loss

_FEW_FILES = 24
"""Up to so many files one process is quicker than starting workers."""
_MOST_AT_ONCE = 16
"""Texts that go to a worker together: one takes less time than sending it."""

_SMALL = 16 * 1024
"""Bytes of a text that cannot take a second: built-in patterns are linear, a house's have their own limit.
What holds a text to its time is not loaded for it, which is a part of starting."""

Lint = Callable[[SourceFile], LintResult]
"""Reads and judges a file; can be pickled."""


def apart(
    work: Callable[[SourceFile], Any],
    source: SourceFile,
    *,
    time_limit: float = TIME_LIMIT,
    settings: Settings | None = None,
) -> Any:
    """What `work` makes of one file; of an isolated kind in another process, from which no document can come.

    The `settings` say how a file is converted that needs it.

    Raises:
        SourceError: the file brought its process down.
        BulletinLintError: no process can be started.
    """
    if reader_info(source.kind).converter and source.conversion is None:
        from bulletin_lint.engine.conversion import Converted

        with Converted([source], settings) as (converted,):
            return apart(work, converted, time_limit=time_limit)
    from bulletin_lint.engine.own_time import TimeUp, within
    from bulletin_lint.engine.workers.limits import limits_for
    from bulletin_lint.engine.workers.losses import Loss, wording_of

    limits = limits_for(source, time_limit)
    if not reader_info(source.kind).is_isolated:
        try:
            return within(limits.cpu, lambda: work(source))
        except TimeUp:
            raise SourceError(source.path, wording_of(Loss("time"), source.kind, limits)) from None
    ((_, result),) = LocalProcesses(1).map(work, [source], lambda task: limits)
    if isinstance(result, Loss):
        raise SourceError(source.path, wording_of(result, source.kind, limits))
    return result


def lint_files(
    lint: Lint,
    files: Sequence[SourceFile],
    jobs: int | None = None,
    *,
    done: Callable[[LintResult], None] | None = None,
    time_limit: float = TIME_LIMIT,
    scheduler: Scheduler | None = None,
    settings: Settings | None = None,
) -> list[LintResult]:
    """Every file, without its document, in the order given.

    `jobs` is the number of processes, None for as many as the work deserves. With one, files are linted
    in this process, those of isolated kinds never. `done` is called with each file, in the order in which
    they are done. With a `scheduler` all are linted where that does its tasks. No file may take more than
    `time_limit` seconds of processor time, a very large one in proportion. The `settings` say how files are
    converted that need it; that has limits of its own.

    Raises:
        BulletinLintError: no process can be started.
    """
    if any(reader_info(source.kind).converter and source.conversion is None for source in files):
        from bulletin_lint.engine.conversion import Converted

        with Converted(files, settings) as converted:
            return lint_files(lint, converted, jobs, done=done, time_limit=time_limit, scheduler=scheduler)
    workers = _workers(files, jobs)
    found: dict[int, LintResult] = {}
    shared: _Shared = {}
    apart: list[tuple[int, SourceFile]] = []
    for index, source in enumerate(files):
        if workers > 1 or scheduler is not None or reader_info(source.kind).is_isolated:
            apart.append((index, source))
            continue
        linted = _lint_here(lint, source, time_limit)
        found[index] = _with_outcomes(linted, _told(linted.result), shared)
        if done is not None:
            done(found[index])
    if apart:
        if workers > 1:
            # What takes long comes first, so that no worker has much to do when the others are done.
            apart.sort(key=lambda task: -size_of(task[1]) if _is_isolated(task) else 1)
        found.update(_lint_apart(lint, apart, scheduler or LocalProcesses(workers), time_limit, done, shared))
    return [found[index] for index in range(len(files))]


def _workers(files: Sequence[SourceFile], jobs: int | None) -> int:
    if jobs is not None:
        return max(1, min(jobs, len(files)))
    weight = sum(reader_info(source.kind).weight for source in files)
    if weight <= _FEW_FILES:
        return 1
    import os

    return max(1, min(os.cpu_count() or 1, len(files)))


def _lint_here(lint: Lint, source: SourceFile, time_limit: float) -> LintResult:
    """A file of a trusted kind linted in this process, without its document; it has a time limit, too."""
    if size_of(source) <= _SMALL and time_limit >= 1:
        return lint(source)._replace(document=None)
    from bulletin_lint.engine.own_time import TimeUp, within
    from bulletin_lint.engine.workers.limits import limits_for

    limits = limits_for(source, time_limit)
    try:
        linted: LintResult = within(limits.cpu, lambda: lint(source))
    except TimeUp:
        from bulletin_lint.engine.workers.losses import Loss, wording_of

        error = wording_of(Loss("time"), source.kind, limits)
        return LintResult(FileResult(source.path, source.kind, error=error), None)
    return linted._replace(document=None)


_Task = tuple[int, SourceFile]
"""A file and its place in the order of all."""


class _Work:
    """What a worker process does with a file."""

    def __init__(self, lint: Lint, time_limit: float) -> None:
        self._lint = lint
        self._time_limit = time_limit

    def __call__(self, task: _Task) -> tuple[LintResult, _Told, Any]:
        """The file linted, its outcomes by themselves, and the patterns that were compiled for it."""
        # One of an isolated kind has limits that hold for the whole process.
        source = task[1]
        linted = (
            self._lint(source) if _is_isolated(task) else _lint_here(self._lint, source, self._time_limit)
        )
        result = linted.result
        bare = linted._replace(result=result._replace(outcomes={}, reasons={}), document=None)
        return bare, _told(result), REGEXES.take_new()


class Scheduler(Protocol):
    """Does tasks somewhere: in this process, in others of this machine, or on many machines.

    What crosses is what crosses a pipe: `work` and tasks there, results back. What concerns several files,
    the series and waivers, is judged where the results come together.
    """

    def map(
        self, work: Callable[[Any], Any], tasks: Sequence[Any], limits: Callable[[Any], Limits | None]
    ) -> Generator[tuple[Any, Any | Loss], None, None]:
        """Each task once, with what `work(task)` returns or with a `Loss`, as they are done.

        `limits` says what a task may use; None is for tasks that are trusted. To close the generator is to
        give up what is not done.

        Raises:
            BulletinLintError: nothing can be done where tasks are done.
        """


class InProcess:
    """Does tasks in this process, without limits: for files that are trusted."""

    def map(
        self,
        work: Callable[[Any], Any],
        tasks: Sequence[Any],
        limits: Callable[[Any], Limits | None],
    ) -> Generator[tuple[Any, Any | Loss], None, None]:
        """Each task with its result; what is raised becomes a loss."""
        from bulletin_lint.engine.workers.losses import Loss

        del limits
        for task in tasks:
            try:
                result = work(task)
            except MemoryError:
                result = Loss("memory")
            except Exception as error:  # noqa: BLE001 - as in another process
                result = Loss("exception", f"{type(error).__name__}: {error}")
            yield task, result


class LocalProcesses:
    """Does tasks in other processes of this machine, which end with the call."""

    def __init__(self, count: int) -> None:
        self._count = count

    def map(
        self, work: Callable[[Any], Any], tasks: Sequence[Any], limits: Callable[[Any], Limits | None]
    ) -> Generator[tuple[Any, Any | Loss], None, None]:
        """Each task with its result: first those with limits, each alone, then the others some at a time."""
        from bulletin_lint.engine.workers.dispatch import work_off

        try:
            yield from work_off(work, self._batches(tasks, limits), self._count)
        except OSError as error:
            from bulletin_lint.engine.workers.losses import no_worker

            raise BulletinLintError(no_worker(error.strerror or str(error))) from error

    def _batches(self, tasks: Sequence[Any], limits: Callable[[Any], Limits | None]) -> Iterator[Batch]:
        from bulletin_lint.engine.workers.dispatch import Batch

        trusted = []
        for task in tasks:
            allowed = limits(task)
            if allowed is None:
                trusted.append(task)
            else:
                yield Batch((task,), allowed)
        most = max(1, min(_MOST_AT_ONCE, len(tasks) // (self._count * 4)))
        for start in range(0, len(trusted), most):
            yield Batch(tuple(trusted[start : start + most]))


def _lint_apart(
    lint: Lint,
    tasks: Sequence[_Task],
    scheduler: Scheduler,
    time_limit: float,
    done: Callable[[LintResult], None] | None,
    shared: _Shared,
) -> dict[int, LintResult]:
    """Lints files where a scheduler does its tasks."""
    from bulletin_lint.engine.workers.limits import limits_for
    from bulletin_lint.engine.workers.losses import Loss, wording_of

    def limits(task: _Task) -> Limits:
        return limits_for(task[1], time_limit)

    found: dict[int, LintResult] = {}
    results = scheduler.map(
        _Work(lint, time_limit), tasks, lambda task: limits(task) if _is_isolated(task) else None
    )
    try:
        for (index, source), result in results:
            if isinstance(result, Loss):
                wording = wording_of(result, source.kind, limits((index, source)))
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


def _is_isolated(task: _Task) -> bool:
    return reader_info(task[1].kind).is_isolated


_Told = tuple[str, str, tuple[tuple[Wording, str], ...]]
"""Outcomes as strings, which cross a pipe in no time: codes, what each came to, and each reason with the
codes that could not be assessed for it."""
_Shared = dict[_Told, tuple[Mapping[str, Outcome], Mapping[str, Wording]]]
"""Outcomes that documents had, and their reasons."""


def _told(result: FileResult) -> _Told:
    codes: dict[Wording, list[str]] = {}
    for code, why in result.reasons.items():
        codes.setdefault(why, []).append(code)
    outcomes = result.outcomes
    reasons = tuple((why, " ".join(each)) for why, each in codes.items())
    return " ".join(outcomes), " ".join(outcomes.values()), reasons


def _with_outcomes(linted: LintResult, told: _Told, shared: _Shared) -> LintResult:
    """The same with outcomes, those of an earlier document if they are alike: a document of its own has
    two hundred of them.
    """
    known = shared.get(told)
    if known is None:
        from sys import intern

        codes, values = (map(intern, each.split()) for each in told[:2])
        outcomes: Any = dict(zip(codes, values, strict=True))
        reasons = {intern(code): why for why, codes in told[2] for code in codes.split()}
        known = shared[told] = outcomes, reasons
    return linted._replace(result=linted.result._replace(outcomes=known[0], reasons=known[1]))
