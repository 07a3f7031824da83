"""How far a run has come: a bar for who waits at a terminal, a line a minute for a log, and nothing for the rest."""

from __future__ import annotations

import io
import sys
from types import SimpleNamespace

import pytest

from bulletin_lint.cli import archive_progress, progress
from bulletin_lint.cli.archive_progress import ArchiveProgress
from bulletin_lint.cli.progress import Progress, progress_for


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Clock:
    now = 100.0


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    made = Clock()
    for module in (archive_progress, progress):
        monkeypatch.setattr(module, "time", SimpleNamespace(monotonic=lambda: made.now))
    return made


def terminal_of(monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Stands in place of standard error from now on: pytest puts its own there before a test begins."""
    made = Terminal()
    monkeypatch.setattr(sys, "stderr", made)
    return made


# --- An archive, for a log -------------------------------------------------------------------------------


def test_a_line_a_minute_says_how_far_and_how_fast(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    said = ArchiveProgress("en")
    clock.now += 50
    # What came before the files were listed is no time of theirs.
    said.listed(6000)
    for seconds, files, unchecked, is_new in ((30, 600, 2, True), (29, 0, 0, False)):
        clock.now += seconds
        said.done(files, unchecked, is_new=is_new)
        assert capsys.readouterr() == ("", "")
    clock.now += 1
    # What an earlier run did says nothing of how fast this one is.
    said.done(600, 1, is_new=False)
    assert capsys.readouterr() == (
        "",
        "1,200/6,000 files, 3 parts, 10.0 files/s, 3 not checked, about 8 min left\n",
    )
    clock.now += 59
    said.done(600, 0, is_new=True)
    assert capsys.readouterr().err == ""
    clock.now += 1
    said.done(1200, 1000, is_new=True)
    # 2,400 new ones in two minutes; 3,000 are left.
    assert capsys.readouterr().err == (
        "3,000/6,000 files, 5 parts, 20.0 files/s, 1,003 not checked, about 2 min left\n"
    )


def test_where_nothing_is_new_nobody_knows_how_long_it_takes(
    clock: Clock, capsys: pytest.CaptureFixture[str]
) -> None:
    said = ArchiveProgress("en")
    said.listed(10)
    clock.now += 60
    said.done(5, 0, is_new=False)
    assert "5/10 files, 1 parts, 0.0 files/s, 0 not checked, about 0 min left" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("files", "is_new", "is_said"), [(1001, True, True), (1000, True, False), (1001, False, False)]
)
def test_of_many_new_files_it_is_said_that_series_are_judged(
    clock: Clock, capsys: pytest.CaptureFixture[str], files: int, *, is_new: bool, is_said: bool
) -> None:
    said = ArchiveProgress("en")
    said.listed(files)
    said.done(files, 0, is_new=is_new)
    said.judging()
    assert ("judging the series" in capsys.readouterr().err) == is_said


def test_who_interrupts_is_told_what_is_kept(clock: Clock, capsys: pytest.CaptureFixture[str]) -> None:
    said = ArchiveProgress("en")
    said.listed(10)
    for _ in range(2):
        said.done(1, 0, is_new=True)
    said.interrupted()
    assert "the 2 parts that are done are kept" in capsys.readouterr().err


# --- An archive, at a terminal ---------------------------------------------------------------------------


def test_at_a_terminal_a_bar_stands_for_the_lines(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = terminal_of(monkeypatch)
    said = ArchiveProgress("en")
    said.listed(10)
    said.done(4, 3, is_new=True)
    clock.now += 60
    said.done(2, 1, is_new=True)
    shown = terminal.getvalue()
    assert "6/10" in shown
    assert "not checked 4" in shown
    assert "\n" not in shown
    said.close()
    said.close()
    # The bar is wiped away, and what is said stands on a line of its own.
    wiped = terminal.getvalue()
    assert wiped.endswith("\r")
    said.interrupted()
    assert terminal.getvalue()[len(wiped) :].startswith("interrupted")


# --- Files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("total", "is_slow", "seconds", "is_shown"),
    [
        (20, False, 0.0, True),
        (19, False, 100.0, False),
        (19, True, 0.99, False),
        (19, True, 1.0, True),
        (20, True, 0.0, True),
    ],
)
def test_a_bar_is_shown_for_many_files_and_for_slow_ones(
    clock: Clock,
    monkeypatch: pytest.MonkeyPatch,
    total: int,
    seconds: float,
    *,
    is_slow: bool,
    is_shown: bool,
) -> None:
    terminal = terminal_of(monkeypatch)
    made = progress_for(total, is_slow=is_slow)
    assert made is not None
    clock.now += seconds
    made()
    assert (f"1/{total}" in terminal.getvalue()) == is_shown
    assert bool(terminal.getvalue()) == is_shown
    made.close()


def test_a_bar_that_comes_late_has_counted_from_the_beginning(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal = terminal_of(monkeypatch)
    made = Progress(5, is_slow=True)
    made()
    made()
    assert terminal.getvalue() == ""
    clock.now += 1.0
    made()
    assert "3/5" in terminal.getvalue()
    made()
    made.close()
    assert terminal.getvalue().endswith("\r")


def test_where_nobody_waits_there_is_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert progress_for(100, is_slow=True) is None
