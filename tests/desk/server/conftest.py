"""One page for all tests of a process."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from served import Served, served


@pytest.fixture(scope="session")
def page() -> Iterator[Served]:
    """The page for this machine alone."""
    with served() as running:
        yield running


@pytest.fixture(scope="session")
def shared_page() -> Iterator[Served]:
    """The page for the office."""
    with served(is_shared=True) as running:
        yield running
