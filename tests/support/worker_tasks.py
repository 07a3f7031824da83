"""Tasks that end badly, done by workers of one kind: ``python worker_tasks.py METHOD`` tells what came of each.

A program of its own, for a process with threads (such as that of the tests) is not forked.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
import time
from typing import Any

from bulletin_lint.engine.workers.dispatch import Batch, work_off
from bulletin_lint.engine.workers.limits import Limits
from bulletin_lint.engine.workers.losses import Loss
from bulletin_lint.engine.workers.process import LARGEST_RESULT, Method
from bulletin_lint.readers.page_count import PAGE_COUNT

LIMITS = Limits(cpu=0.8, wall=1.6, memory=256 * 2**20)
"""So much time that even a busy machine gives out the memory in it."""
PAGES = 100
"""So many that they may take about twice as long."""


def work(task: str) -> Any:
    """Does what the task's name says; gives it back in capitals where that can be survived."""
    libc = ctypes.CDLL(None)
    if task == "read nothing":
        ctypes.string_at(0)
    elif task == "abort":
        os.abort()
    elif task == "exit":
        os._exit(0)
    elif task == "raise":
        raise ValueError(task)
    elif task == "be killed":
        os.kill(os.getpid(), signal.SIGKILL)
    elif task == "be stopped":
        os.kill(os.getpid(), signal.SIGSTOP)
    elif task == "sleep in C":
        libc.sleep(3600)
    elif task == "spin":
        while True:
            pass
    elif task in ("read many pages", "spin on many pages"):
        PAGE_COUNT.tell(PAGES)
        while task == "spin on many pages" or time.process_time() < LIMITS.cpu * 1.5:
            pass
    elif task == "eat memory":
        eaten = []
        while True:
            eaten.append(bytearray(2**20))
    elif task == "eat memory in C":
        libc.malloc.restype = ctypes.c_void_p
        while True:
            piece = libc.malloc(ctypes.c_size_t(2**20))
            if piece is None:
                # What PDFium does.
                os.abort()
            ctypes.memset(piece, 1, 2**20)
    elif task == "say too much":
        return "x" * (LARGEST_RESULT + 1)
    elif task == "talk":
        os.write(1, b"noise on standard output\n")
        os.write(2, b"noise on standard error\n")
    return task.upper()


BAD = [
    "read nothing",
    "abort",
    "exit",
    "raise",
    "be killed",
    "be stopped",
    "sleep in C",
    "spin",
    "spin on many pages",
    "eat memory",
    "eat memory in C",
    "say too much",
]


def batches() -> list[Batch]:
    """Each bad task alone, good ones between them, and a batch with a bad one in its midst."""
    alone = [Batch((task,), LIMITS) for bad in BAD for task in (bad, f"after {bad}")]
    return [
        *alone,
        Batch(("read many pages",), LIMITS),
        Batch(("talk",)),
        Batch(("one", "two", "abort", "three")),
        Batch(("four", "five")),
    ]


def main(method: Method) -> None:
    """Prints each task with its result."""
    began = time.monotonic()
    for task, result in work_off(work, batches(), 2, method=method):
        shown = {"lost": result.reason} if isinstance(result, Loss) else result
        print(json.dumps([task, shown, time.monotonic() - began]), flush=True)  # noqa: T201


if __name__ == "__main__":
    # By its name, under which a new process finds it too.
    import worker_tasks

    worker_tasks.main("fork" if sys.argv[1] == "fork" else "start")
