"""How far a run has come, on standard error and only for a person who is waiting there."""

from __future__ import annotations

import sys
import time

from bulletin_lint._typing import Any

MANY_FILES = 20
"""From so many files on a bar is shown at once."""
PATIENCE = 1.0
"""Seconds of work on fewer files, slow ones among them, after which it is shown too."""


class Progress:
    """A bar that appears when there is reason to; call it after each file, close it at the end."""

    def __init__(self, total: int, *, is_slow: bool) -> None:
        self._total = total
        self._done = 0
        self._bar: Any = None
        self._patience = 0.0 if total >= MANY_FILES else PATIENCE if is_slow else None
        self._began = time.monotonic()

    def __call__(self) -> None:
        """Counts one more file."""
        self._done += 1
        if self._bar is not None:
            self._bar.update(1)
        elif self._patience is not None and time.monotonic() - self._began >= self._patience:
            from tqdm import tqdm

            # Its monitor is a thread, and a process with threads cannot be forked.
            tqdm.monitor_interval = 0
            self._bar = tqdm(total=self._total, initial=self._done, leave=False, file=sys.stderr)

    def close(self) -> None:
        """Takes the bar away."""
        if self._bar is not None:
            self._bar.close()


def progress_for(total: int, *, is_slow: bool) -> Progress | None:
    """A bar where standard error is a terminal, else none."""
    return Progress(total, is_slow=is_slow) if sys.stderr.isatty() else None
