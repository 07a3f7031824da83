"""What every test has: a known language, no caches or settings of the machine, and the command in-process."""

from __future__ import annotations

import io
import os
import sys
import threading
from typing import Any

import pytest
from hypothesis import settings

import warm
from bulletin_lint.engine.workers import dispatch
from bulletin_lint.engine.workers.process import Method, start_method
from bulletin_lint.matching.patterns import HOUSE_TIME
from harness import Command, Outcome, Stream

# One and the same examples in every run; time limits would fail on a busy machine.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

warm.remember()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With ``-n`` tests of a file stay together, so that what a module's fixtures make is made once, and whoever is done
    takes over some of what others still have to do.
    """
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log) if config.getvalue("dist") == "load" else None


@pytest.fixture(autouse=True)
def quiet_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Nothing of the machine's own shows: locale, colours, CI, home, cache."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "GITHUB_ACTIONS", "BULLETIN_LINT_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    # What patterns of houses have wasted is counted for a process, which is one run elsewhere.
    HOUSE_TIME._spent = HOUSE_TIME._wasted = 0.0
    # One cache for all tests of a process: compiling the rules anew for each would be slow.
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))


@pytest.fixture(autouse=True)
def forked_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers are forked where they would be in the program itself: beside pytest's own thread they would all be started
    anew, which users see only where a program with threads calls the API.
    """

    def forked_if_alone() -> Method:
        if threading.active_count() > 1:
            return start_method()
        warm.load()
        return "fork"

    if sys.platform.startswith("linux") and not os.environ.get("BULLETIN_LINT_TESTS_COLD"):
        monkeypatch.setattr(dispatch, "start_method", forked_if_alone)


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs ``bulletin-lint`` with arguments, in this process."""

    def run(*arguments: object, stdin: bytes = b"", is_terminal: bool = False) -> Outcome:
        from bulletin_lint.cli.main import main

        out, err = io.BytesIO(), io.BytesIO()
        # Held on to: a wrapper that is thrown away closes what it wraps.
        shown = Stream(out, encoding="utf-8", newline="")
        said = Stream(err, encoding="utf-8", newline="")
        shown.is_terminal = is_terminal
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
            patch.setattr(sys, "stdout", shown)
            patch.setattr(sys, "stderr", said)
            code = main([str(argument) for argument in arguments])
        shown.flush()
        said.flush()
        raw = out.getvalue()
        return Outcome(code, raw.decode("utf-8", "replace"), err.getvalue().decode("utf-8"), raw)

    return run
