"""What is to be known of an archive at a glance: counts by rule, year and series, and the worst files."""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple
from bulletin_lint.model.violation import Severity
from bulletin_lint.model.wording import Wording


class SeverityCounts(NamedTuple):
    """How many violations there are of each severity; waived ones do not count."""

    error: int = 0
    warning: int = 0
    info: int = 0


class RuleCount(NamedTuple):
    """How often a rule was broken."""

    code: str
    name: str
    severity: Severity
    """The gravest that it was reported with."""
    violations: int
    files: int
    words: Wording
    """Its message, what is filled in left open."""


class GroupCount(NamedTuple):
    """The files of a year or of a series; those that were not checked do not count."""

    name: str
    """The year in four figures, or the title; empty where the files say none."""
    files: int
    clean: int
    """Files without errors and warnings."""
    violations: SeverityCounts
    first: str | None = None
    """The earliest date, YYYY-MM-DD."""
    last: str | None = None


class WorstFile(NamedTuple):
    """A file with many violations."""

    path: str
    violations: SeverityCounts
    codes: tuple[str, ...]
    """Of its errors and warnings, each once; of what else it has where it has none."""


class UncheckedGroup(NamedTuple):
    """Files that could not be checked, or not wholly, for one reason."""

    why: Wording
    files: int
    examples: tuple[str, ...]
    """The first paths."""


class ArchiveSummary(NamedTuple):
    """An archive at a glance."""

    source: str
    tool: str
    """The version of the program."""
    made: str
    """When, as people write it."""
    files: int
    checked: int
    skipped: int
    """Found in folders, and no bulletins."""
    unchecked: int
    """Could not be checked, or not wholly."""
    violations: SeverityCounts
    waived: int
    rules: tuple[RuleCount, ...]
    """The most frequent first."""
    years: tuple[GroupCount, ...]
    """In order; first the files that say none."""
    series: tuple[GroupCount, ...]
    """The largest first."""
    series_in_all: int
    """Of which `series` are the largest."""
    worst: tuple[WorstFile, ...]
    failures: tuple[UncheckedGroup, ...]
    """The most frequent reason first."""
    parts: int = 0
    lost_parts: int = 0
