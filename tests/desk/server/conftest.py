"""One page for all tests of a file."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from served import Served, served


# Not longer: beside its threads no worker of later tests would be forked.
@pytest.fixture(scope="module")
def page() -> Iterator[Served]:
    """The page for this machine alone."""
    with served() as running:
        yield running


@pytest.fixture(scope="module")
def shared_page() -> Iterator[Served]:
    """The page for the office."""
    with served(is_shared=True) as running:
        yield running
