"""What .gitignore says of the files in a folder."""

from __future__ import annotations

import os

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

IGNORE_FILE = ".gitignore"


class IgnoreRules:
    """The ignore files that hold in one folder, the outermost first. Folders are absolute paths."""

    __slots__ = ("_specs",)

    def __init__(self, specs: tuple[tuple[str, GitIgnoreSpec], ...] = ()) -> None:
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
        """These rules with those of a file in a folder; these alone where it cannot be read."""
        try:
            with open(os.path.join(folder, name), encoding="utf-8", errors="surrogateescape") as file:
                spec = _spec(file.read().splitlines())
        except OSError:
            return self
        return IgnoreRules((*self._specs, (folder, spec)))

    def ignores(self, path: str, *, is_folder: bool) -> bool:
        """Whether an absolute path is ignored; the innermost file that speaks of it decides."""
        for folder, spec in reversed(self._specs):
            relative = path[len(folder.rstrip("/")) + 1 :]
            verdict = spec.check_file(relative + "/" if is_folder else relative).include
            if verdict is not None:
                return verdict
        return False


def _spec(patterns: list[str]) -> GitIgnoreSpec:
    # Costs more than checking a bulletin does, and most folders have no such file.
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(patterns)
    except ValueError:
        return GitIgnoreSpec.from_lines([pattern for pattern in patterns if _is_valid(pattern)])


def _is_valid(pattern: str) -> bool:
    # Git passes over a pattern that it does not understand.
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([pattern])
    except ValueError:
        return False
    return True
