"""Linters that end badly, for pools: what each does with a file is said by the file's path."""

from __future__ import annotations

import fcntl
import os
import time
from typing import Any

from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.model.errors import BulletinLintError
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.wording import same


class Maker:
    """Makes a folder where it is unpickled by whoever calls what a pickle names."""

    def __init__(self, folder: str) -> None:
        self._folder = folder

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (self._folder,)


class Strange:
    """Lints nothing; `trap` is a folder that nobody may make."""

    def __init__(self, trap: str = "") -> None:
        self._trap = trap

    def lint(self, source: SourceFile) -> LintResult:
        """A result that holds the path and the process, or an end."""
        word = source.path.partition(".")[0]
        if word == "abort":
            os.abort()
        elif word == "exit":
            os._exit(0)
        elif word == "raise":
            raise ZeroDivisionError("odd")
        elif word == "refuse":
            raise BulletinLintError(same("no"))
        elif word == "spin":
            while True:
                pass
        elif word == "sleep":
            time.sleep(3600)
        elif word == "doze":
            time.sleep(0.3)
        elif word == "trap":
            return LintResult(FileResult(source.path, Maker(self._trap)), None)  # type: ignore[arg-type]
        elif word == "endless":
            # Half a message, or the head of one that is larger than any.
            for pipe in _pipes():
                os.write(pipe, (1000).to_bytes(8, "big") + b"d")
            time.sleep(3600)
        elif word == "huge":
            for pipe in _pipes():
                os.write(pipe, (2**60).to_bytes(8, "big") + b"d")
            time.sleep(3600)
        elif word == "rubbish":
            for pipe in _pipes():
                os.write(pipe, (9).to_bytes(8, "big") + b"dnonsense")
            time.sleep(3600)
        return LintResult(FileResult(source.path, source.kind, encoding=str(os.getpid())), None)


def _pipes() -> list[int]:
    """The pipes that this process can write to, but standard streams."""
    found = []
    for name in os.listdir("/proc/self/fd"):
        try:
            is_pipe = os.readlink(f"/proc/self/fd/{name}").startswith("pipe:")
            if (
                is_pipe
                and int(name) > 2
                and fcntl.fcntl(int(name), fcntl.F_GETFL) & os.O_ACCMODE == os.O_WRONLY
            ):
                found.append(int(name))
        except OSError:
            # It was the folder itself.
            continue
    return found


def size_of(linter: Strange, source: SourceFile) -> tuple[str, int]:
    """Something else to make of a file."""
    linter.lint(source)
    return source.path, len(source.data or b"")
