"""What one task of a worker may use."""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple

_IDLE_SECONDS = 2.0
"""Seconds that a file may take beyond its processor time, for the disk or for nothing at all."""
_MEMORY = 768 * 1024 * 1024
"""Bytes that one file may take: with the program itself less than 1 GB."""


class Limits(NamedTuple):
    """What one task may use."""

    cpu: float
    """Seconds of processor time."""
    wall: float
    """Seconds on the clock, those spent waiting for a processor not counted."""
    memory: int
    """Bytes of address space beyond what the worker has when it begins."""


def limits_of(time_limit: float) -> Limits:
    """What a file may use that may take so many seconds of processor time."""
    return Limits(time_limit, time_limit + _IDLE_SECONDS, _MEMORY)
