"""Paths of a command line as they were typed, and glob patterns, which the shells of Windows hand on."""

from __future__ import annotations

import os
from collections.abc import Sequence

from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.natural_order import in_natural_order
from bulletin_lint.model.wording import Wording

STDIN = "-"
OWNER_MARK = "~$"
"""Begins the name of the file that Word lays beside a document while it is open: no document."""
_MAGIC = frozenset("*?[")


def as_typed(path: str) -> str:
    """A path as it was typed, without what says nothing."""
    # Not normpath: with symbolic links, a/../b need not be b.
    given = path.replace(os.sep, "/")
    parts = [part for part in given.split("/") if part not in ("", ".")]
    return ("/" if given.startswith("/") else "") + "/".join(parts) or "."


def is_glob(path: str) -> bool:
    """Whether a path has characters that stand for others."""
    return not _MAGIC.isdisjoint(path)


def expanded(paths: Sequence[str]) -> list[str]:
    """The paths, each pattern replaced by what it fits, in natural order.

    A path that is there is no pattern, whatever its characters. A pattern that fits nothing stays as it is.
    ``**`` stands for any folders; hidden files and the marks of open documents are not meant.
    """
    found: list[str] = []
    for path in paths:
        fitting = _fitting(path) if is_glob(path) and not os.path.lexists(path) else []
        found += fitting or [path]
    return found


def only_one(path: str) -> str:
    """The path that a command takes which takes but one.

    Raises:
        UsageError: it is a pattern that fits several.
    """
    fitting = expanded([path])
    if len(fitting) > 1:
        raise UsageError(
            Wording(
                f"{path} 与 {len(fitting)} 个文件相符（{fitting[0]}、{fitting[1]} 等），这里只要一个",
                f"{path} fits {len(fitting)} files ({fitting[0]}, {fitting[1]}, …); only one is wanted here",
            )
        )
    return fitting[0]


def _fitting(pattern: str) -> list[str]:
    # Only those whose shell expands nothing need it.
    from glob import glob

    names = [name for name in glob(pattern, recursive=True) if not _is_owner_mark(name)]
    # A file of the name - is no standard input.
    return in_natural_order((os.path.join(".", name) if name == STDIN else name for name in names), str)


def _is_owner_mark(path: str) -> bool:
    return os.path.basename(path).startswith(OWNER_MARK)
