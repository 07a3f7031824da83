"""What the workers of a pool do with a file: they lint it, or do whatever else the pool was asked for."""

from __future__ import annotations

import os
from collections.abc import Callable

from bulletin_lint._typing import Any, NamedTuple, Protocol
from bulletin_lint.engine.cache.regexes import keep_regexes, use_kept_regexes
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.matching.regex_store import REGEXES
from bulletin_lint.model.source import SourceFile


class Lints(Protocol):
    """A `Linter`, or what can be pickled and lints like one."""

    def lint(self, source: SourceFile) -> LintResult:
        """Reads and judges one file."""


class Task(NamedTuple):
    """What a worker is to do with a file."""

    source: SourceFile
    folder: str | None
    """Where its path begins."""
    work: Callable[[Any, SourceFile], Any] | None
    """Instead of linting it."""


class LintWork:
    """What workers do."""

    def __init__(self, linter: Lints) -> None:
        self._linter = linter
        self._uses_kept = REGEXES.is_kept

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        if self._uses_kept:
            use_kept_regexes()

    def __call__(self, task: Task) -> Any:
        """A file's result, without its document."""
        if task.folder is not None:
            os.chdir(task.folder)
        if task.work is not None:
            return task.work(self._linter, task.source)
        return self._linter.lint(task.source)._replace(document=None)


def keep_compiled(linter: Lints, source: SourceFile) -> None:
    """The last of what is done beforehand."""
    del linter, source
    keep_regexes()
