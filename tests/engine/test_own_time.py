"""No file takes more processor time than it may, wherever it is read."""

from __future__ import annotations

import signal
import threading
from pathlib import Path

import pytest

from bulletin_lint.engine import fix
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.own_time import TimeUp, within
from bulletin_lint.engine.scheduler import lint_files
from bulletin_lint.engine.workers.limits import limits_for, limits_of
from bulletin_lint.matching import patterns
from bulletin_lint.matching.patterns import Pattern
from bulletin_lint.model.errors import RuleFailure
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.source import SourceFile
from bulletin_lint.readers import TIME_LIMIT
from harness import Command

BULLETIN = "# 工作简报\n\n第 9 期\n\n某市办公室　2020年3月6日\n\n我们做好了工作。\n"
MIB = 1024 * 1024

# The end of the time may fall into what hypothesis does when garbage is collected, where it is lost until it comes again.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


def busy() -> None:
    """Work without an end, that lets no ordinary error through."""
    while True:
        try:
            sum(range(1_000))
        except Exception:  # noqa: BLE001 - as a check that breaks is passed over
            continue


def lint(source: SourceFile) -> LintResult:
    if source.path == "slow.md":
        busy()
    return LintResult(FileResult(source.path, source.kind), None)


def test_work_that_takes_too_long_is_given_up() -> None:
    before = signal.getsignal(signal.SIGVTALRM)
    with pytest.raises(TimeUp):
        within(0.05, busy)
    assert "done" == within(5, lambda: "done")
    assert before == signal.getsignal(signal.SIGVTALRM)
    assert 0 == signal.getitimer(signal.ITIMER_VIRTUAL)[0]


def test_another_thread_does_its_work() -> None:
    results: list[object] = []
    thread = threading.Thread(target=lambda: results.append(within(5, lambda: "done")))
    thread.start()
    thread.join()
    assert ["done"] == results


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_text_has_a_time_limit_and_the_others_are_done(jobs: int) -> None:
    sources = [SourceFile(name, "text", explicit=True, data=b"x") for name in ("slow.md", "quick.md")]
    slow, quick = (each.result for each in lint_files(lint, sources, jobs, time_limit=0.1))
    assert quick.error is None
    assert slow.error is not None
    assert "not checked within 0.1 s" in slow.error.en
    assert "--time-limit" in slow.error.zh


@pytest.mark.parametrize("words", [["check", "--isolated"], ["extract"]])
def test_the_command_ends_in_2(command: Command, tmp_path: Path, words: list[str]) -> None:
    path = tmp_path / "a.md"
    # A tenth of a MB: no machine reads it in a thousandth of a second.
    path.write_text(BULLETIN + "我们做好了工作。\n\n" * 4_000, encoding="utf-8")
    outcome = command(*words, str(path), "--time-limit", "0.001", "--lang", "en")
    assert 2 == outcome.code
    assert "a.md: the file was not checked within 0.001 s" in outcome.err


def test_a_file_that_takes_too_long_to_mend_is_left_as_it_is(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.md"
    text = BULLETIN + "会议于2020年03月06日召开。\n"
    path.write_text(text, encoding="utf-8")
    monkeypatch.setattr(fix, "fix_file", lambda *_, **__: busy())
    monkeypatch.setattr(fix, "_LINTS", 0.01)

    outcome = command("check", "--isolated", "--fix", "--unsafe-fixes", path, "--lang", "en")

    assert 2 == outcome.code
    assert f"{path}: the file was not mended within 0.04 s and is left as it is" in outcome.err
    assert text == path.read_text("utf-8")


def test_a_large_file_may_take_longer() -> None:
    # However short the limit, it is one: a timer set to no time at all would never go off.
    assert 0 < limits_of(0.001, MIB).cpu
    assert TIME_LIMIT == limits_of(TIME_LIMIT, 200_000).cpu
    # Three quarters of a MiB beyond the ordinary, four times the limit for each.
    assert 4 * TIME_LIMIT == limits_of(TIME_LIMIT, MIB).cpu
    assert limits_of(TIME_LIMIT, MIB).wall > 4 * TIME_LIMIT
    assert 15 * TIME_LIMIT == limits_of(TIME_LIMIT, 256 * MIB).cpu


def test_the_time_of_a_pdf_grows_with_its_pages_and_not_its_bytes() -> None:
    large = SourceFile("a.pdf", "pdf", explicit=True, data=b"x" * (8 * MIB))
    limits = limits_for(large, 4.0)
    assert 4.0 == limits.cpu == limits.for_pages(1).cpu == limits.for_pages(50).cpu
    assert 8.0 == limits.for_pages(100).cpu
    # 323 pages are fifty and 273 more.
    assert 4.0 * (1 + 273 / 50) == pytest.approx(limits.for_pages(323).cpu, abs=0.05)
    assert 60.0 == limits.for_pages(5_000).cpu
    assert limits.wall - limits.cpu == pytest.approx(limits.for_pages(323).wall - limits.for_pages(323).cpu)


@pytest.fixture
def house_time(monkeypatch: pytest.MonkeyPatch) -> patterns._HouseTime:
    """Nothing spent yet, and not much to spend."""
    fresh = patterns._HouseTime()
    monkeypatch.setattr(patterns, "HOUSE_TIME", fresh)
    monkeypatch.setattr(patterns, "HOUSE_TIME_LIMIT", 0.04)
    monkeypatch.setattr(patterns, "_HOUSE_DOCUMENT_LIMIT", 0.1)
    monkeypatch.setattr(patterns, "_ORDINARY", 0.05)
    monkeypatch.setattr(patterns, "_HOUSE_RUN_LIMIT", 0.15)
    return fresh


def _failures(count: int) -> list[str]:
    failures = []
    for number in range(count):
        pattern = Pattern(f"(?:澜|澜澜)+{number}", trusted=False)
        with pytest.raises(RuleFailure) as raised:
            list(pattern.finditer("澜" * 60))
        failures.append(raised.value.wording.en)
    return failures


def test_house_patterns_share_the_time_of_a_document(house_time: patterns._HouseTime) -> None:
    first, second, *others = _failures(6)
    assert "did not finish within 0.04 s" in first
    assert "did not finish within 0.04 s" in second
    assert all("house patterns have taken 0.1 s for this file" in each for each in others)
    house_time.begin_document()
    assert "did not finish within 0.04 s" in _failures(1)[0]


def test_house_patterns_share_the_time_of_a_run(house_time: patterns._HouseTime) -> None:
    said = []
    for _ in range(8):
        house_time.begin_document()
        said += _failures(4)
    assert "(?:澜|澜澜)+0 was not looked for" in said[-4]
    assert "taken 0.15 s too long in this run" in said[-4]
    # What is quick is not looked for either: a rule that did not look has not passed.
    with pytest.raises(RuleFailure):
        Pattern("甲", trusted=False).search("甲")


def test_quick_house_patterns_spend_next_to_nothing(house_time: patterns._HouseTime) -> None:
    pattern = Pattern("甲", trusted=False)
    for _ in range(20):
        house_time.begin_document()
        assert 1_000 == sum(1 for _ in pattern.finditer("甲乙" * 1_000))
