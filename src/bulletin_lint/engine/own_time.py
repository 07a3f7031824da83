"""Processor time that a file may take where it is read in this very process."""

from __future__ import annotations

import signal
from collections.abc import Callable

from bulletin_lint._typing import Any

_AGAIN = 0.05
"""Seconds after which it is said again that time is up: what is raised in a finaliser goes nowhere."""


class TimeUp(BaseException):
    """A file has taken all the time that it may take; no handler on the way is meant to catch it."""


def within(seconds: float, work: Callable[[], Any]) -> Any:
    """What `work` returns, if it takes no more than so many seconds of processor time.

    Only the main thread of a process can be held to it, on a POSIX system, and only if nothing else uses the
    timer (`signal.ITIMER_VIRTUAL`); elsewhere the work goes on.

    Raises:
        TimeUp: it takes longer.
    """
    if not hasattr(signal, "setitimer") or signal.getitimer(signal.ITIMER_VIRTUAL)[0]:
        return work()
    is_at_work = True

    def stop(*_: object) -> None:
        if is_at_work:
            raise TimeUp

    try:
        before = signal.signal(signal.SIGVTALRM, stop)
    except ValueError:
        # Not the main thread.
        return work()
    try:
        # Processor time of the program itself, also in the engines of patterns, which look for signals.
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
        result = work()
        is_at_work = False
        return result
    finally:
        is_at_work = False
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
