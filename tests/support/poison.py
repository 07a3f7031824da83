"""Work on parts of an archive that brings the worker down which is given a certain file."""

from __future__ import annotations

import os
import signal
from typing import Any


class Poisoned:
    """Wraps the work of a run; `word` is in the name of the file that kills."""

    def __init__(self, word: str) -> None:
        self._word = word

    def __call__(self, work: Any) -> Any:
        """The work, poisoned."""
        return _PoisonedWork(work, self._word)


class _PoisonedWork:
    def __init__(self, work: Any, word: str) -> None:
        self._work = work
        self._word = word

    def __call__(self, part: Any) -> Any:
        if any(self._word in entry.path for entry in part.entries):
            os.kill(os.getpid(), signal.SIGKILL)
        return self._work(part)
