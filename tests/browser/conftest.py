"""One browser for all tests of a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from browsers import launched


# Not longer: while it runs, Playwright keeps an event loop running, and `asyncio.run` in the tests of the
# server refuses to.
@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """The system's Chromium."""
    with launched() as running:
        yield running
