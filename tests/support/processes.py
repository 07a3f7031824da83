"""The processes that a test has started."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 60.0
"""Seconds that are waited for what takes none on a quiet machine."""


def session(leader: int) -> list[int]:
    """The processes of a session that are running."""
    return [pid for pid in _processes() if _session_of(pid) == leader and _words(pid)[0] not in ("Z", "")]


def _processes() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdecimal()]


def _session_of(pid: int) -> int | None:
    try:
        return os.getsid(pid)
    except OSError:
        return None


def _words(pid: int) -> list[str]:
    """What the system says of a process, from its state on: its parent comes next. Of none that is no more."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
    except OSError:
        return ["", "0"]


def wait_until_gone(leader: int, seconds: float = PATIENCE) -> list[int]:
    """Those of a session that are still running after some time."""
    deadline = time.monotonic() + seconds
    while session(leader) and time.monotonic() < deadline:
        time.sleep(0.02)
    return session(leader)


def children(parent: int) -> list[int]:
    """The processes that a process has started and that are running."""
    told = ((pid, _words(pid)) for pid in _processes())
    return [pid for pid, words in told if words[0] not in ("Z", "") and int(words[1]) == parent]


def wait_until(holds: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Waits until something holds, and no longer than some time; whether it did, be it for a moment."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
