"""What .gitignore says of the files in a folder."""

from __future__ import annotations

import os
import re

from bulletin_lint._typing import Protocol
from bulletin_lint.config.side_files import MIB, RefusedFile, read_side_file
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_lint.config.globs import PlainGlob

IGNORE_FILE = ".gitignore"
_LARGEST = MIB
"""Bytes of an ignore file."""
_LONGEST_LINE = 1_000
"""Characters of a line; longer ones mean no path that there can be in a repository."""
_MOST_STARS = 2
"""Stars between two slashes, and ``**`` of a line, that the library's regular expressions are quick at."""


class _Spec(Protocol):
    """Some lines of an ignore file."""

    def verdict(self, path: str) -> bool | None:
        """Whether a path, relative to the file's folder and a folder's ending in a slash, is ignored; None
        where the lines do not speak of it.
        """


class IgnoreRules:
    """The ignore files that hold in one folder, the outermost first. Folders are absolute paths."""

    __slots__ = ("_specs",)

    def __init__(self, specs: tuple[tuple[str, _Spec], ...] = ()) -> None:
        self._specs = specs

    @classmethod
    def above(cls, folder: str) -> IgnoreRules:
        """The rules that a folder inherits: of the folders above it, up to the top of the repository,
        and of the repository's own exclude file.
        """
        chain = [folder]
        while not os.path.lexists(os.path.join(chain[-1], ".git")):
            parent = os.path.dirname(chain[-1])
            if parent == chain[-1]:
                return cls()
            chain.append(parent)
        top = chain[-1]
        rules = cls().extended(top, os.path.join(".git", "info", "exclude"))
        for above in reversed(chain[1:]):
            rules = rules.extended(above, IGNORE_FILE)
        return rules

    def extended(self, folder: str, name: str) -> IgnoreRules:
        """These rules with those of a file in a folder; these alone where it cannot be read.

        Raises:
            UsageError: it is a pipe or device, or too large for an ignore file.
        """
        path = os.path.join(folder, name)
        try:
            data = read_side_file(path, _LARGEST)
        except RefusedFile as error:
            if os.path.isdir(path):
                return self
            why = error.wording
            raise UsageError(
                Wording(
                    f"{path}：不能作为忽略规则读取：{why.zh}。", f"{path}: no ignore file to read: {why.en}."
                )
            ) from None
        except OSError:
            return self
        lines = data.decode("utf-8", "surrogateescape").splitlines()
        return IgnoreRules((*self._specs, *((folder, spec) for spec in _specs(lines))))

    def ignores(self, path: str, *, is_folder: bool) -> bool:
        """Whether an absolute path is ignored; the innermost file that speaks of it decides."""
        for folder, spec in reversed(self._specs):
            relative = path[len(folder.rstrip("/")) + 1 :]
            verdict = spec.verdict(relative + "/" if is_folder else relative)
            if verdict is not None:
                return verdict
        return False


def _specs(lines: Sequence[str]) -> list[_Spec]:
    """The lines of a file, in their order; a later one that speaks of a path decides."""
    specs: list[_Spec] = []
    ordinary: list[str] = []
    for line in lines:
        if len(line) > _LONGEST_LINE:
            continue
        if _is_slow(line):
            if ordinary:
                specs.append(_Library(ordinary))
            ordinary = []
            specs.append(_ManyStars(line))
        else:
            ordinary.append(line)
    if ordinary:
        specs.append(_Library(ordinary))
    return specs


def _is_slow(line: str) -> bool:
    if line.count("*") <= _MOST_STARS or line.startswith("#"):
        return False
    if len(re.findall(r"\*\*+", line)) > _MOST_STARS:
        return True
    return any(len(re.findall(r"\*+", part)) > _MOST_STARS for part in line.split("/"))


class _Library:
    """Lines that `pathspec` reads."""

    def __init__(self, lines: list[str]) -> None:
        # Costs more than checking a bulletin does, and most folders have no such file.
        from pathspec import GitIgnoreSpec

        try:
            self._spec = GitIgnoreSpec.from_lines(lines)
        except (ValueError, re.error):
            self._spec = GitIgnoreSpec.from_lines([line for line in lines if _is_valid(line)])

    def verdict(self, path: str) -> bool | None:
        return self._spec.check_file(path).include


class _ManyStars:
    """A line with so many stars that the library would try one way after another to share out a path."""

    def __init__(self, line: str) -> None:
        from bulletin_lint.config.globs import PlainGlob

        line = line.rstrip()
        self._ignores = not line.startswith("!")
        pattern = line.removeprefix("!")
        self._is_for_folders = pattern.endswith("/")
        # A backslash only says that what follows is meant as it stands.
        self._glob: PlainGlob | None = None if "\\" in pattern else PlainGlob(pattern)

    def verdict(self, path: str) -> bool | None:
        if self._glob is None or (self._is_for_folders and not path.endswith("/")):
            return None
        return self._ignores if self._glob.matches(path.rstrip("/")) else None


def _is_valid(pattern: str) -> bool:
    # Git passes over a pattern that it does not understand.
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([pattern])
    except (ValueError, re.error):
        return False
    return True
