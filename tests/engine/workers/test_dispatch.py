"""Workers: what becomes of a task that ends badly, and of a worker whose parent is gone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import Any

import pytest

from bulletin_lint.engine.workers.limits import Limits
from bulletin_lint.engine.workers.losses import loss_of
from bulletin_lint.engine.workers.process import PATIENCE, End
from harness import SUPPORT
from processes import session, wait_until, wait_until_gone
from started import new_environment
from worker_tasks import BAD

HERE = SUPPORT

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks /proc what is running")


def program(*words: object) -> subprocess.Popen[bytes]:
    """Python in a session of its own, so that all it started can be found."""
    return subprocess.Popen(
        [sys.executable, *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=new_environment(),
        start_new_session=True,
    )


@pytest.mark.parametrize("method", ["fork", pytest.param("start", marks=pytest.mark.slow)])
def test_a_task_that_ends_badly_costs_its_own_result_only(method: str) -> None:
    process = program(HERE / "worker_tasks.py", method)
    out, err = process.communicate(timeout=120)

    rows: list[tuple[str, Any, float]] = [json.loads(line) for line in out.decode().splitlines()]
    results = [(task, result) for task, result, _ in rows]
    lost = {task: result["lost"] for task, result in results if isinstance(result, dict)}
    assert (0, b"") == (process.returncode, err)
    crash = {"read nothing", "abort", "exit"}
    time_up = {"be stopped", "sleep in C", "spin", "spin on many pages"}
    # Only of a process that we forked the system tells how much memory it had.
    reasons = {"crash", "memory"} if method != "fork" else {"memory"}
    assert lost.pop("eat memory in C") in reasons
    assert lost == {
        "raise": "exception",
        **dict.fromkeys(crash, "crash"),
        **dict.fromkeys(time_up, "time"),
        **dict.fromkeys(("be killed", "eat memory", "say too much"), "memory"),
    }
    good = [
        *(f"after {bad}" for bad in BAD),
        "read many pages",
        "talk",
        "one",
        "two",
        "three",
        "four",
        "five",
    ]
    assert sorted(task for task, _ in results) == sorted([*BAD, "abort", *good])
    assert all(result == task.upper() for task, result in results if task in good)
    assert [] == wait_until_gone(process.pid)


def test_a_process_with_threads_is_not_forked() -> None:
    process = program(
        "-c",
        "import threading\n"
        "from bulletin_lint.engine.workers.process import start_method\n"
        "print(start_method())\n"
        "threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
        "print(start_method())\n",
    )
    out, _ = process.communicate(timeout=60)
    assert out.decode().split() == ["fork", "start"]


@pytest.mark.parametrize("method", ["fork", "start"])
@pytest.mark.parametrize("task", ["sleep in C", "spin"])
def test_workers_end_when_their_parent_is_killed(method: str, task: str) -> None:
    # The first worker waits for nothing, the second is deep in a library.
    process = program(
        "-c",
        f"import sys; sys.path.insert(0, {str(HERE)!r})\n"
        "from worker_tasks import *\n"
        f"work_it = work_off(work, [Batch(('x',), LIMITS), Batch(({task!r},), Limits(0.3, 0.3, 2**28))], 2, method={method!r})\n"
        "print(next(work_it), flush=True); next(work_it)\n",
    )
    assert process.stdout is not None
    assert process.stdout.readline()
    assert wait_until(lambda: len(session(process.pid)) >= 3)
    os.kill(process.pid, signal.SIGKILL)
    process.wait(60)

    try:
        # The processor's time is up after a fraction of a second, that of the clock some times later.
        assert [] == wait_until_gone(process.pid, (PATIENCE + 1) * 0.3 + 60)
    finally:
        process.communicate()


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        (End(-signal.SIGSEGV, 100), "crash"),
        (End(-signal.SIGABRT, 60), "crash"),
        (End(-signal.SIGABRT, 900), "memory"),
        (End(-signal.SIGKILL, 0), "memory"),
        (End(-signal.SIGPROF, 900), "time"),
        (End(0, 900), "crash"),
        (End(None, 0), "crash"),
    ],
)
def test_how_a_worker_ended_says_what_was_wrong(end: End, expected: str) -> None:
    assert loss_of(end, Limits(1, 1, 1000)).reason == expected


def test_no_process_at_all_is_an_error_and_no_endless_loop() -> None:
    process = program(
        "-c",
        "from bulletin_lint.engine.workers.dispatch import *\n"
        "import bulletin_lint.engine.workers.process as p\n"
        "p.settle = lambda: 1 / 0\n"
        "try: list(work_off(str, [Batch((1,))], 2, method='fork'))\n"
        "except OSError as error: print(error)\n",
    )
    out, _ = process.communicate(timeout=60)
    assert out.decode().strip() == "a new process ends before it is ready"
