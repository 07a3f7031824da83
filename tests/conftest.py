"""What every test has: a known language, no caches or settings of the machine, and the command in-process."""

from __future__ import annotations

import gc
import io
import os
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

import warm
from bulletin_lint.engine.workers import dispatch
from bulletin_lint.engine.workers.process import Method, start_method
from bulletin_lint.matching.patterns import HOUSE_TIME
from bulletin_lint.readers.own_process import OWN_PROCESS
from harness import Command, Outcome, Stream

# One and the same examples in every run; time limits would fail on a busy machine.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")

warm.remember()
# PDFs are read as workers read them.
OWN_PROCESS.claim()
# Half the time of collecting all tests goes into rewriting their assertions: what was rewritten is kept, also where
# Python is told to keep nothing (`compiled_once` says the same to the processes that tests start).
if not os.environ.get("BULLETIN_LINT_TESTS_COLD"):
    sys.dont_write_bytecode = False

_LEFT_BEHIND: set[threading.Thread] = set()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """With ``-n`` tests of a file stay together, so that what a module's fixtures make is made once, and whoever is done
    takes over some of what others still have to do.
    """
    from xdist.scheduler import WorkStealingScheduling

    return WorkStealingScheduling(config, log) if config.getvalue("dist") == "load" else None


def pytest_collection_finish() -> None:
    """What has been collected stays: looking through it for garbage again and again takes a twentieth of the time."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def quiet_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of the machine's own shows: locale, colours, CI."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "NO_COLOR", "GITHUB_ACTIONS"):
        monkeypatch.delenv(name, raising=False)
    # What patterns of houses have wasted is counted for a process, which is one run elsewhere.
    HOUSE_TIME._spent = HOUSE_TIME._wasted = 0.0


@pytest.fixture(scope="session", autouse=True)
def forked_workers() -> Iterator[None]:
    """Workers are forked where they would be in the program itself: beside pytest's own thread they would all be started
    anew, which users see only where a program with threads calls the API.

    For the whole session, so that what a module's fixtures run is forked too.
    """

    def forked_if_alone() -> Method:
        if set(threading.enumerate()) - _LEFT_BEHIND:
            return start_method()
        warm.load()
        return "fork"

    with pytest.MonkeyPatch.context() as patch:
        if sys.platform.startswith("linux") and not os.environ.get("BULLETIN_LINT_TESTS_COLD"):
            patch.setattr(dispatch, "start_method", forked_if_alone)
        yield


@pytest.fixture(scope="module", autouse=True)
def threads_of_others() -> None:
    """Threads that run when a module's tests begin are none of theirs: a library keeps them for good, and they wait."""
    _LEFT_BEHIND.clear()
    _LEFT_BEHIND.update(threading.enumerate(), (threading.current_thread(),))


@pytest.fixture(scope="session", autouse=True)
def one_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """One cache for all tests of a process, and what a module's fixtures run has it too: compiling the rules anew for
    each would be slow.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path_factory.getbasetemp() / "cache"))
        yield


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> Iterator[None]:
    """Processes of their own keep compiled modules, beside the modules, also where Python is told to keep none: compiling
    the program for each takes three times as long as a small check.
    """
    with pytest.MonkeyPatch.context() as patch:
        if not os.environ.get("BULLETIN_LINT_TESTS_COLD"):
            patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        yield


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
