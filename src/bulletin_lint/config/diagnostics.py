"""What is wrong with packs and settings, each mistake at its place."""

from __future__ import annotations

import os
from collections.abc import Iterable

from bulletin_lint._typing import Protocol
from bulletin_lint.model.errors import DefinitionError, DefinitionErrors
from bulletin_lint.model.wording import Wording

_SLIP, _LIKE = 0.8, 0.6
"""How alike two names are of which one is a slip, and at least."""
_FEW = 30
"""So many names are told where none is near."""


class HasPlace(Protocol):
    """Anything that stands somewhere in a file; `line` and `column` are 1-based code points."""

    path: str
    line: int
    column: int


class Diagnostics:
    """What is wrong with the files of one load, gathered so that an author sees all of it at once."""

    def __init__(self) -> None:
        self._errors: list[DefinitionError] = []
        self._paths: dict[str, int] = {}
        self._closed: set[tuple[str, int, int]] = set()

    def __len__(self) -> int:
        return len(self._errors)

    def meet(self, path: str) -> None:
        """Notes that a file is read now; mistakes are listed in the order of reading."""
        self._paths.setdefault(path, len(self._paths))

    def add(self, node: HasPlace, zh: str, en: str) -> None:
        """Notes a mistake at a node."""
        self.add_at(node.path, node.line, node.column, zh, en)

    def add_at(self, path: str, line: int, column: int, zh: str, en: str) -> None:
        """Notes a mistake at a place, unless the place is closed."""
        self.meet(path)
        if (path, line, column) in self._closed:
            return
        self._errors.append(DefinitionError(path, line, column, Wording(zh, en)))

    def close(self, node: HasPlace) -> None:
        """Lets no more be said of a node: what stands there is not what the author wrote."""
        self._closed.add((node.path, node.line, node.column))

    def raise_any(self) -> None:
        """Raises what was noted: one `DefinitionError`, or several as `DefinitionErrors`."""
        ordered: dict[tuple[int, int, int, Wording], DefinitionError] = {}
        for error in self._errors:
            ordered.setdefault((self._paths[error.path], error.line, error.column, error.wording), error)
        errors = [ordered[key] for key in sorted(ordered)]
        if len(errors) == 1:
            raise errors[0]
        if errors:
            raise DefinitionErrors(errors)


def nearest(name: str, known: Iterable[str]) -> str:
    """The known name that an unknown one is most like, or the only one that begins with the same word
    (fail-on, fail-level); none where it is like none.
    """
    from difflib import get_close_matches

    folded = {candidate.lower(): candidate for candidate in known}
    name = name.lower()
    word = name[: name.find("-", 2) + 1]
    alike = [candidate for candidate in folded if word and candidate.startswith(word)]
    near = get_close_matches(name, folded, n=1, cutoff=_SLIP)
    near = near or (alike if len(alike) == 1 else get_close_matches(name, folded, n=1, cutoff=_LIKE))
    return folded[near[0]] if near else ""


def did_you_mean(name: str, known: Iterable[str]) -> tuple[str, str]:
    """The end of a message about an unknown name: the nearest known one, or all of a few.

    Returns the Chinese and the English ending, both empty where there is nothing to offer.
    """
    names = sorted(set(known))
    near = nearest(name, names)
    if near:
        return f"；是不是“{near}”？", f"; did you mean '{near}'?"
    if names and len(names) <= _FEW:
        return f"；可用：{'、'.join(names)}", f"; known: {', '.join(names)}"
    return "", ""


def shown(path: str) -> str:
    """A path as the user would write it: relative when it lies below the working directory."""
    here = os.getcwd()
    if path.startswith(here + os.sep):
        path = path[len(here) + 1 :]
    return path.replace(os.sep, "/")
