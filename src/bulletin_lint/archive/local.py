"""Parts done on this machine, one after the other, the files of each in several processes."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from bulletin_lint.archive.parts import ArchivePart
from bulletin_lint.archive.work import Outcomes, PartWork


class LocalMachine:
    """Does parts here."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs

    def do(
        self, work: PartWork, parts: Iterable[ArchivePart], digest: str, there: Collection[str]
    ) -> Outcomes:
        """Each part once it is done. A file that brings its process down costs itself, so none is lost.

        Raises:
            BulletinLintError: no process can be started.
            OSError: a part cannot be written.
        """
        from bulletin_lint.engine.workers.process import start_method

        del digest, there
        is_warm = start_method() != "fork"
        for part in parts:
            if not is_warm:
                work.warm()
                is_warm = True
            yield part, work(part, self._jobs)

    def close(self) -> None:
        """Nothing is left open."""
