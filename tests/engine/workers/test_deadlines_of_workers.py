"""Tasks with different deadlines: each is given up at its own, not at the latest."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from started import new_environment

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="forks workers")

PROGRAM = """\
import json, os, signal, sys
from bulletin_lint.engine.workers.limits import Limits
from bulletin_lint.engine.workers.dispatch import Batch, work_off
from bulletin_lint.engine.workers.losses import Loss

PIPE = sys.argv[1]

def work(task):
    # A worker that nobody gives up ends itself some times later; here only the parent is to end it.
    signal.signal(signal.SIGALRM, signal.SIG_IGN)
    while task == "hang":
        signal.pause()
    # What the parent says once it has given up the other task.
    os.read(os.open(PIPE, os.O_RDONLY), 1)
    return task.upper()

os.mkfifo(PIPE)
# Open at both ends, so that neither side waits for the other to come.
voice = os.open(PIPE, os.O_RDWR)
LIMITS = {"hang": Limits(60, 0.2, 2**30), "wait": Limits(60, 20, 2**30)}
batches = [Batch((task,), LIMITS[task]) for task in sys.argv[2:]]
for task, result in work_off(work, batches, 2, method="fork"):
    os.write(voice, b"!")
    print(json.dumps([task, {"lost": result.reason} if isinstance(result, Loss) else result]), flush=True)
"""


@pytest.mark.parametrize("order", [("hang", "wait"), ("wait", "hang")])
def test_the_nearest_deadline_is_the_one_waited_for(tmp_path: Path, order: tuple[str, str]) -> None:
    """Were it the latest, both would be given up at that moment: neither ends before the other is lost."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, tmp_path / "pipe", *order],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env=new_environment(),
        timeout=300,
        check=False,
    )

    assert (0, b"") == (done.returncode, done.stderr)
    found = [json.loads(line) for line in done.stdout.decode().splitlines()]
    assert [["hang", {"lost": "time"}], ["wait", "WAIT"]] == found
