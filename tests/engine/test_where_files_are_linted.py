"""Here or in other processes, in which order, and within which time: decided for files that nobody reads."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest

from bulletin_lint.engine import conversion
from bulletin_lint.engine import scheduler as scheduler_module
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.own_time import TimeUp
from bulletin_lint.engine.scheduler import InProcess, LocalProcesses, apart, lint_files
from bulletin_lint.engine.workers import dispatch
from bulletin_lint.engine.workers.dispatch import Batch
from bulletin_lint.engine.workers.limits import Limits, limits_for, limits_of
from bulletin_lint.engine.workers.losses import Loss
from bulletin_lint.model.errors import BulletinLintError, SourceError
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.source import Conversion, SourceFile
from bulletin_lint.model.wording import same

MIB = 1024 * 1024


def text(name: str, size: int = 1) -> SourceFile:
    return SourceFile(name, "text", explicit=True, data=b"x" * size)


def pdf(name: str, size: int = 1) -> SourceFile:
    return SourceFile(name, "pdf", explicit=True, data=b"x" * size)


def lint(source: SourceFile) -> LintResult:
    """Says of a file how large it is."""
    return LintResult(FileResult(source.path, source.kind, pages=len(source.data or b"")), None)


class Elsewhere:
    """Stands in place of other processes, and notes how many and what they are asked to do."""

    def __init__(self, loss: Loss | None = None) -> None:
        self.counts: list[int] = []
        self.paths: list[str] = []
        self.limits: list[Limits | None] = []
        self.loss = loss

    def __call__(self, count: int) -> Elsewhere:
        self.counts.append(count)
        return self

    def map(self, work: Any, tasks: Any, limits: Any) -> Any:
        for task in tasks:
            self.paths.append((task if isinstance(task, SourceFile) else task[1]).path)
            self.limits.append(limits(task))
        for task, result in InProcess().map(work, tasks, limits):
            yield task, self.loss or result


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> Elsewhere:
    made = Elsewhere()
    monkeypatch.setattr(scheduler_module, "LocalProcesses", made)
    monkeypatch.setattr(os, "cpu_count", lambda: 3)
    return made


# --- How many processes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "jobs", "counts"),
    [
        ([text("a")] * 24, None, []),
        ([text("a")] * 25, None, [3]),
        ([pdf("a")] * 3, None, [1]),
        ([*[pdf("a")] * 3, text("b")], None, [3]),
        # Not more than there are files.
        ([pdf("a")] * 2 + [text("b")] * 8, None, [1]),
        ([text("a")] * 4, 2, [2]),
        ([text("a")] * 2, 8, [2]),
        ([text("a")], 8, []),
        ([text("a")] * 30, 1, []),
        ([text("a")] * 30, 0, []),
        ([pdf("a")], 1, [1]),
        ([pdf("a")], 8, [1]),
        ([], None, []),
        ([], 4, []),
    ],
)
def test_as_many_processes_as_the_work_deserves(
    elsewhere: Elsewhere, files: list[SourceFile], jobs: int | None, counts: list[int]
) -> None:
    found = lint_files(lint, files, jobs)
    assert elsewhere.counts == counts
    assert [each.result.path for each in found] == [each.path for each in files]


@pytest.mark.parametrize(("processors", "count"), [(None, []), (1, []), (2, [2]), (64, [25])])
def test_not_more_processes_than_processors_or_files(
    elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch, processors: int | None, count: list[int]
) -> None:
    monkeypatch.setattr(os, "cpu_count", lambda: processors)
    lint_files(lint, [text("a")] * 25)
    assert elsewhere.counts == count


# --- In which order --------------------------------------------------------------------------------------

FILES = (text("a", 5), pdf("b", 2), text("c", 9), pdf("d", 7), pdf("e", 2))


@pytest.mark.parametrize(
    ("jobs", "here", "there"), [(1, ["a", "c"], ["b", "d", "e"]), (2, [], ["d", "b", "e", "a", "c"])]
)
def test_what_takes_long_comes_first_and_results_come_as_they_were_asked_for(
    elsewhere: Elsewhere, jobs: int, here: list[str], there: list[str]
) -> None:
    done: list[LintResult] = []
    found = lint_files(lint, FILES, jobs, done=done.append)
    assert elsewhere.paths == there
    assert [each.result.path for each in done] == here + there
    assert [(each.result.path, each.result.pages) for each in found] == [
        (each.path, len(each.data or b"")) for each in FILES
    ]


def test_only_what_may_be_made_to_do_harm_is_held_to_limits_by_the_system(elsewhere: Elsewhere) -> None:
    lint_files(lint, FILES, 2, time_limit=3)
    assert elsewhere.limits == [limits_of(3)] * 3 + [None] * 2


def test_with_a_scheduler_nothing_is_done_here(elsewhere: Elsewhere) -> None:
    far = Elsewhere()
    lint_files(lint, FILES[:1], scheduler=far)
    lint_files(lint, FILES, 1, scheduler=far)
    assert (far.paths, elsewhere.counts) == (["a", *"abcde"], [])


def test_what_was_lost_is_said_of_its_file(elsewhere: Elsewhere) -> None:
    elsewhere.loss = Loss("time", seconds=7.0)
    done: list[LintResult] = []
    lost, here = lint_files(lint, [pdf("a"), text("b")], done=done.append)
    assert lost.result.error is not None
    assert "7 s" in lost.result.error.en
    assert (lost.result.path, lost.result.kind, lost.facts) == ("a", "pdf", None)
    assert (here.result.error, done) == (None, [here, lost])


def test_outcomes_and_reasons_cross_with_their_codes(elsewhere: Elsewhere) -> None:
    first, second = same("no date"), same("no pages")
    outcomes: Any = {"A1": "pass", "B1": "cannot-assess", "C1": "fail", "D1": "cannot-assess"}
    reasons = {"B1": first, "D1": second}
    given = {
        "a": (outcomes, reasons),
        "b": (outcomes, {"B1": second, "D1": second}),
        "c": ({}, {}),
        "d": (outcomes, reasons),
    }

    def judged(source: SourceFile) -> LintResult:
        which, why = given[source.path]
        return LintResult(FileResult(source.path, source.kind, outcomes=which, reasons=why), None)

    for jobs in (1, 2):
        found = lint_files(judged, [text(name) for name in given], jobs)
        assert {each.result.path: (each.result.outcomes, each.result.reasons) for each in found} == given
        assert list(found[0].result.outcomes) == ["A1", "B1", "C1", "D1"]


# --- What has to be converted first ----------------------------------------------------------------------


def old(name: str, path: str | None = None) -> SourceFile:
    made = None if path is None else Conversion(path)
    return SourceFile(name, "office", explicit=True, data=b"x", conversion=made)


@pytest.fixture
def converted(monkeypatch: pytest.MonkeyPatch) -> list[tuple[list[str], Any]]:
    """Which files were converted together, by which settings."""
    seen: list[tuple[list[str], Any]] = []

    class Converted:
        def __init__(self, files: Any, settings: Any = None) -> None:
            self._files = files
            seen.append(([each.path for each in files], settings))

        def __enter__(self) -> list[SourceFile]:
            return [old(each.path, "copy") if each.kind == "office" else each for each in self._files]

        def __exit__(self, *_: object) -> None:
            seen.append(([], None))

    monkeypatch.setattr(conversion, "Converted", Converted)
    return seen


def copied(source: SourceFile) -> LintResult:
    """Says of a file which copy of it was read."""
    error = None if source.conversion is None else same(str(source.conversion.path))
    return LintResult(FileResult(source.path, source.kind, error=error), None)


def test_files_that_need_it_are_converted_together_and_once(
    elsewhere: Elsewhere, converted: list[tuple[list[str], Any]]
) -> None:
    settings: Any = object()
    found = lint_files(copied, [text("a"), old("b"), old("c")], settings=settings)
    assert converted == [(["a", "b", "c"], settings), ([], None)]
    assert [each.result.error for each in found] == [None, same("copy"), same("copy")]
    converted.clear()
    found = lint_files(copied, [text("a"), old("b", "there")], settings=settings)
    assert (converted, [each.result.error for each in found]) == ([], [None, same("there")])


def test_one_file_apart_is_converted_once_too(
    elsewhere: Elsewhere, converted: list[tuple[list[str], Any]]
) -> None:
    settings: Any = object()
    assert apart(copied, old("b"), settings=settings, time_limit=3).result.error == same("copy")
    assert converted == [(["b"], settings), ([], None)]
    assert elsewhere.limits == [limits_of(3, 1)]
    converted.clear()
    assert apart(copied, old("b", "there")).result.error == same("there")
    assert apart(copied, text("a")).result.error is None
    assert converted == []


# --- Within which time -----------------------------------------------------------------------------------


def too_long(source: SourceFile) -> Any:
    raise TimeUp


@pytest.mark.parametrize(("size", "limit"), [(16 * 1024 + 1, 1.0), (1, 0.9)])
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_text_that_takes_too_long_is_told(elsewhere: Elsewhere, size: int, limit: float, jobs: int) -> None:
    found = lint_files(too_long, [text("a", size)] * 2, jobs, time_limit=limit)
    for each in found:
        assert each.result.error is not None
        assert f"within {limit:g} s" in each.result.error.en
        assert (each.result.path, each.result.kind) == ("a", "text")


def test_a_small_text_is_not_held_to_any_time() -> None:
    with pytest.raises(TimeUp):
        lint_files(too_long, [text("a", 16 * 1024)], time_limit=1)


def test_one_file_apart_is_held_to_its_time_too(elsewhere: Elsewhere) -> None:
    with pytest.raises(SourceError, match="3 s") as raised:
        apart(too_long, text("a"), time_limit=3)
    assert raised.value.path == "a"
    assert apart(lint, text("a", 2)) == lint(text("a", 2))
    assert elsewhere.counts == []
    assert apart(lint, pdf("b", 2), time_limit=3) == lint(pdf("b", 2))
    assert (elsewhere.counts, elsewhere.limits) == ([1], [limits_of(3)])
    elsewhere.loss = Loss("memory")
    with pytest.raises(SourceError, match="768 MiB"):
        apart(lint, pdf("b"))


@pytest.mark.parametrize(
    ("size", "times"),
    [(0, 1), (256 * 1024, 1), (256 * 1024 + MIB // 8, 1.5), (256 * 1024 + MIB, 5), (256 * 1024 + 7 * MIB // 2, 15), (256 * 1024 + 4 * MIB, 15)],
)  # fmt: skip
def test_a_large_text_may_take_longer_in_proportion(size: int, times: float) -> None:
    assert limits_of(2.0, size) == Limits(2.0 * times, 2.0 * times + 2.0, 768 * MIB)
    assert limits_for(text("a", size), 2.0) == limits_of(2.0, size)
    assert limits_for(pdf("a", size), 2.0) == limits_of(2.0)


def test_seconds_are_as_they_are_told() -> None:
    # Four times each MiB beyond a quarter: 1.4 and a little.
    assert limits_of(2.0, 256 * 1024 + 107_000).cpu == 2.8
    assert limits_of(0.125).cpu == 0.125
    assert limits_of(1.25).cpu == 1.25
    assert limits_of(0.01, 256 * 1024 + MIB).cpu == 0.05


@pytest.mark.parametrize(
    ("pages", "cpu"),
    [(0, 4.0), (50, 4.0), (51, 4.1), (75, 6.0), (100, 8.0), (700, 56.0), (750, 60.0), (751, 60.0), (9999, 60.0)],
)  # fmt: skip
def test_a_long_file_may_take_longer_in_proportion(pages: int, cpu: float) -> None:
    assert Limits(4.0, 6.0, 9).for_pages(pages) == pytest.approx(Limits(cpu, cpu + 2, 9))


# --- In which batches ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("count", "processes", "sizes"),
    [
        (0, 2, []),
        (1, 2, [1]),
        (15, 2, [1] * 15),
        (16, 2, [2] * 8),
        (33, 2, [4] * 8 + [1]),
        (128, 2, [16] * 8),
        (200, 2, [16] * 12 + [8]),
        (24, 1, [6] * 4),
        (24, 3, [2] * 12),
    ],
)
def test_trusted_tasks_go_to_a_worker_some_at_a_time(
    monkeypatch: pytest.MonkeyPatch, count: int, processes: int, sizes: list[int]
) -> None:
    seen: list[Batch] = []

    def work_off(work: Callable[[Any], Any], batches: Any, number: int) -> Any:
        assert number == processes
        seen.extend(batches)
        yield from ()

    monkeypatch.setattr(dispatch, "work_off", work_off)
    assert list(LocalProcesses(processes).map(str, range(count), lambda task: None)) == []
    assert [len(each.tasks) for each in seen] == sizes
    assert [task for each in seen for task in each.tasks] == list(range(count))
    assert all(each.limits is None for each in seen)


def test_a_task_with_limits_goes_alone_and_first(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Batch] = []

    def work_off(work: Any, batches: Any, count: int) -> Any:
        seen.extend(batches)
        yield from ()

    monkeypatch.setattr(dispatch, "work_off", work_off)
    some = Limits(1, 2, 3)
    list(LocalProcesses(1).map(str, [*range(7), "a", "b"], lambda task: some if task in ("a", 3) else None))
    assert seen[:2] == [Batch((3,), some), Batch(("a",), some)]
    assert seen[2:] == [Batch((0, 1)), Batch((2, 4)), Batch((5, 6)), Batch(("b",))]


@pytest.mark.parametrize(
    ("error", "why"), [(OSError(12, "no memory left"), "no memory left"), (OSError("x"), "x")]
)
def test_where_no_process_can_be_started_that_is_said(
    monkeypatch: pytest.MonkeyPatch, error: OSError, why: str
) -> None:
    def work_off(*given: Any) -> Any:
        raise error

    monkeypatch.setattr(dispatch, "work_off", work_off)
    with pytest.raises(BulletinLintError, match=rf"\({why}\)"):
        list(LocalProcesses(1).map(str, [1], lambda task: None))
