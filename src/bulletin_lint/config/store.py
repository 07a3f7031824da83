"""Where compiled settings and rules may be kept from one run to the next."""

from __future__ import annotations

from collections.abc import Iterable

from bulletin_lint._digest import digest
from bulletin_lint._typing import Any, NamedTuple, Protocol


class Input(NamedTuple):
    """A file or folder that a load depended on, told by its content: size and time can be as they were."""

    path: str
    """Absolute."""
    size: int
    """Bytes of what was read."""
    digest: str
    """Of what was read."""
    names: tuple[str, ...] | None = None
    """Of a pack folder: its pack files."""


def file_input(path: str, data: bytes) -> Input:
    """A file of which this was read."""
    return Input(path, len(data), digest(data, size=20))


def folder_input(path: str, names: Iterable[str]) -> Input:
    """A pack folder in which these files were found."""
    return Input(path, 0, "", tuple(names))


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
