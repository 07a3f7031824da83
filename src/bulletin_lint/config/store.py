"""Where compiled settings and rules may be kept from one run to the next."""

from __future__ import annotations

from collections.abc import Iterable

from bulletin_lint._typing import Any, NamedTuple, Protocol


class Input(NamedTuple):
    """A file or folder that a load depended on, as it was just before it was read."""

    path: str
    """Absolute."""
    size: int
    """Bytes."""
    mtime_ns: int
    names: tuple[str, ...] | None = None
    """Of a pack folder: its pack files."""


class Store(Protocol):
    """Keeps plain data under keys. Nothing here fails: what cannot be kept or found is made again.

    A store that goes along to worker processes can be pickled.
    """

    def load(self, key: str) -> Any:
        """What was stored under a key; a sequence comes back as a list. None where there is nothing, or an
        input has changed since.
        """
        ...

    def store(self, key: str, value: Any, inputs: Iterable[Input]) -> None:
        """Keeps a value together with the inputs that it was made of."""
        ...
