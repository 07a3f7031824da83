"""The processes that a test has started."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

PATIENCE = 60.0
"""Seconds that are waited for what takes none on a quiet machine."""


def session(leader: int) -> list[int]:
    """The processes of a session that are running."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            words = (entry / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        except (OSError, ValueError):
            continue
        if entry.name.isdecimal() and words[0] != "Z" and int(words[3]) == leader:
            found.append(int(entry.name))
    return found


def wait_until_gone(leader: int, seconds: float = PATIENCE) -> list[int]:
    """Those of a session that are still running after some time."""
    deadline = time.monotonic() + seconds
    while session(leader) and time.monotonic() < deadline:
        time.sleep(0.02)
    return session(leader)


def children(parent: int) -> list[int]:
    """The processes that a process has started and that are running."""
    found = []
    for entry in Path("/proc").iterdir():
        try:
            words = (entry / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        except (OSError, ValueError):
            continue
        if entry.name.isdecimal() and words[0] != "Z" and int(words[1]) == parent:
            found.append(int(entry.name))
    return found


def wait_until(holds: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Waits until something holds, and no longer than some time; whether it did, be it for a moment."""
    deadline = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
