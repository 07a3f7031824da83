"""What is done with a part, wherever that is: its files are linted and what was found is written down."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from time import monotonic

from bulletin_lint._typing import NamedTuple
from bulletin_lint.archive.listing import ListedFile
from bulletin_lint.archive.parts import ArchivePart
from bulletin_lint.archive.rows import packed
from bulletin_lint.archive.storage import Storage
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.linter import Linter
from bulletin_lint.engine.scheduler import LocalProcesses, lint_files
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers import reader_info
from bulletin_lint.readers.specimens import own_files

PARTS = "parts"
"""The folder with what was found in each part."""
_SUFFIX = ".jsonl.gz"
_WARMING = 8
"""From the seventh text on rules are searched for otherwise."""
_AT_ONCE = 32 * 1024 * 1024
"""Bytes of files that come over the network, which are held together."""


class DonePart(NamedTuple):
    """A part that was done: small, for it goes to whoever asked for it."""

    name: str
    files: int
    unchecked: int
    """Files that could not be checked, or not by every rule."""
    seconds: float
    """On the clock."""


class LostPart(NamedTuple):
    """Files that could not be done wherever they were tried."""

    name: str
    entries: tuple[ListedFile, ...]
    why: Wording

    def results(self) -> list[LintResult]:
        """What the report has in their place."""
        return [
            LintResult(FileResult(entry.path, entry.kind, error=self.why), None) for entry in self.entries
        ]


Outcomes = Iterator[tuple[ArchivePart, DonePart | LostPart]]
"""Parts, or pieces of parts, and what became of each."""


def file_name(part: str) -> str:
    """The name of the file of a part."""
    return f"part-{part}{_SUFFIX}"


def parts_in(names: Sequence[str]) -> set[str]:
    """The parts whose files are among some names."""
    return {name[len("part-") : -len(_SUFFIX)] for name in names if name.startswith("part-")}


class PartWork:
    """Does parts; it can be pickled and done anywhere where the files can be read.

    `remote` is where files are read that no path of a machine leads to; `folder` is what relative paths start
    at, the same on all machines.
    """

    def __init__(
        self,
        linter: Linter,
        settings: Settings,
        out: Storage,
        *,
        remote: Storage | None,
        folder: str,
        time_limit: float,
    ) -> None:
        self._linter = linter
        self._settings = settings
        self._out = out
        self._remote = remote
        self._folder = folder
        self._time_limit = time_limit

    @property
    def out(self) -> Storage:
        """Where parts are written."""
        return self._out

    def warm(self) -> None:
        """Loads what linting needs, so that processes forked from this one have it."""
        own = [source for source in own_files() if not reader_info(source.kind).is_isolated]
        # As many texts as a run must have for all to be loaded.
        for source in own * _WARMING:
            self._linter.lint(source)

    def __call__(self, part: ArchivePart, jobs: int = 1) -> DonePart:
        """Lints the files of a part, each in a process other than this one, and writes what was found.

        Raises:
            BulletinLintError: no process can be started.
            OSError: it cannot be written.
        """
        begun = monotonic()
        results: list[LintResult] = []
        for entries in self._portions(part.entries):
            results += self._linted(entries, jobs)
        self._out.write(f"{PARTS}/{file_name(part.name)}", packed(results))
        unchecked = sum(bool(each.result.complaints) for each in results)
        return DonePart(part.name, len(results), unchecked, monotonic() - begun)

    def _portions(self, entries: Sequence[ListedFile]) -> Iterator[Sequence[ListedFile]]:
        if self._remote is None:
            yield entries
            return
        start, held = 0, 0
        for index, entry in enumerate(entries):
            if held and held + entry.size > _AT_ONCE:
                yield entries[start:index]
                start, held = index, 0
            held += entry.size
        yield entries[start:]

    def _linted(self, entries: Sequence[ListedFile], jobs: int) -> list[LintResult]:
        """Results with the paths that reports show."""
        failed: dict[int, LintResult] = {}
        sources: list[SourceFile] = []
        for index, entry in enumerate(entries):
            # What settings ignore in single files goes by the path from their folder.
            path = os.path.join(self._folder, entry.path)
            source = SourceFile(path, entry.kind, entry.explicit)
            if self._remote is not None:
                try:
                    source = source._replace(data=self._read(entry))
                except OSError as error:
                    result = FileResult(entry.path, entry.kind, error=_unreadable(error))
                    failed[index] = LintResult(result, None)
                    continue
            sources.append(source)
        # Texts too: one that brings its process down is to cost itself, and neither its part nor its worker.
        done = iter(
            lint_files(
                self._linter.lint,
                sources,
                jobs,
                time_limit=self._time_limit,
                scheduler=LocalProcesses(min(jobs, len(sources))),
                settings=self._settings,
            )
            if sources
            else ()
        )
        return [
            failed[index] if index in failed else _shown(next(done), entry.path)
            for index, entry in enumerate(entries)
        ]

    def _read(self, entry: ListedFile) -> bytes:
        assert self._remote is not None
        if entry.size > reader_info(entry.kind).size_limit:
            # Its reader says so of as many bytes, without the network being asked for all.
            return bytes(reader_info(entry.kind).size_limit + 1)
        return self._remote.read(entry.path)


def _shown(linted: LintResult, path: str) -> LintResult:
    """A result under the path that reports show; those of its violations and waivers are not kept."""
    old = linted.result
    own = [
        violation._replace(
            path=path,
            related=tuple(
                place._replace(path=path) if place.path == old.path else place for place in violation.related
            ),
        )
        for violation in old.violations
    ]
    waivers = tuple(waiver._replace(path=path) for waiver in old.waivers)
    result = old._replace(path=path, violations=tuple(own), waivers=waivers)
    facts = linted.facts
    return linted._replace(result=result, facts=facts if facts is None else facts._replace(path=path))


def _unreadable(error: OSError) -> Wording:
    if isinstance(error, FileNotFoundError):
        return Wording("列出之后这个文件不见了。", "the file has gone since it was listed.")
    why = error.strerror or str(error)
    return Wording(f"无法读取（{why}）。", f"cannot be read ({why}).")
