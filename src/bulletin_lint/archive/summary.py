"""Counts of an archive, taken from its results one by one; what is held does not grow with the files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from heapq import heappush, heapreplace

from bulletin_lint import __version__
from bulletin_lint._typing import Any
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.model.archive_summary import (
    ArchiveSummary,
    GroupCount,
    RuleCount,
    SeverityCounts,
    UncheckedGroup,
    WorstFile,
)
from bulletin_lint.model.report import RuleNote
from bulletin_lint.model.violation import SEVERITIES, Severity, Violation
from bulletin_lint.model.wording import Wording, same
from bulletin_lint.series.issue import series_title

_WORST = 50
_SERIES = 200
"""Series that the summary names."""
_REASONS = 100
"""Reasons that are told apart; a damaged archive might have one for each file."""
_EXAMPLES = 5
_CODES = 8
OTHER_REASONS = Wording("其他原因", "other reasons")


class _Group:
    """Files of a year or a series."""

    __slots__ = ("clean", "files", "first", "last", "violations")

    def __init__(self) -> None:
        self.files = 0
        self.clean = 0
        self.violations: Counter[str] = Counter()
        self.first: str | None = None
        self.last: str | None = None

    def add(self, counts: Mapping[str, int], date: str | None) -> None:
        self.files += 1
        self.clean += not (counts.get("error") or counts.get("warning"))
        self.violations.update(counts)
        if date is not None:
            self.first = date if self.first is None else min(self.first, date)
            self.last = date if self.last is None else max(self.last, date)

    def count(self, name: str) -> GroupCount:
        return GroupCount(name, self.files, self.clean, _counts(self.violations), self.first, self.last)


def _counts(counts: Mapping[str, int]) -> SeverityCounts:
    return SeverityCounts(*(counts.get(severity, 0) for severity in SEVERITIES))


class Tally:
    """Counts results; `aliases` is a title of a series to those it had before."""

    def __init__(self, aliases: Mapping[str, Sequence[str]]) -> None:
        self._aliases = aliases
        self._totals: Counter[str] = Counter()
        self._severities: Counter[str] = Counter()
        self._rules: dict[str, tuple[str, Counter[Severity]]] = {}
        self._rule_files: Counter[str] = Counter()
        self._years: dict[str, _Group] = {}
        self._series: dict[str, _Group] = {}
        self._worst: list[tuple[tuple[int, int, int], int, WorstFile]] = []
        self._reasons: Counter[Wording] = Counter()
        self._examples: dict[Wording, list[str]] = {}

    @property
    def counts(self) -> SeverityCounts:
        """Violations so far."""
        return _counts(self._severities)

    @property
    def unchecked(self) -> int:
        """Files so far that could not be checked, or not wholly."""
        return self._totals["unchecked"]

    @property
    def checked(self) -> int:
        """Files so far that were checked."""
        return self._totals["checked"]

    def add(self, linted: LintResult) -> None:
        """Counts one more file."""
        result = linted.result
        counts = Counter[str](each.severity for each in result.violations)
        self._severities.update(counts)
        self._totals["waived"] += len(result.waived)
        for violation in result.violations:
            _, severities = self._rules.setdefault(violation.code, (violation.name, Counter()))
            severities[violation.severity] += 1
        self._rule_files.update({each.code for each in result.violations})
        self._rank(result.path, counts, result.violations)
        if not result.is_bulletin or result.beside:
            return
        self._totals["files"] += 1
        if result.complaints:
            self._totals["unchecked"] += 1
            self._complain(result.path, result.complaints[0])
        if result.skipped:
            self._totals["skipped"] += 1
        elif result.error is None:
            self._totals["checked"] += 1
            self._group(linted, counts)

    def _group(self, linted: LintResult, counts: Mapping[str, int]) -> None:
        record = linted.facts
        date = record.date if record is not None else None
        year = record.year if record is not None else None
        year_name = str(year) if year is not None else (date or "")[:4]
        title = series_title(record.title, self._aliases) if record is not None else ""
        self._years.setdefault(year_name, _Group()).add(counts, date)
        self._series.setdefault(title, _Group()).add(counts, date)

    def _complain(self, path: str, why: Wording) -> None:
        if why not in self._reasons and len(self._reasons) >= _REASONS:
            why = OTHER_REASONS
        self._reasons[why] += 1
        examples = self._examples.setdefault(why, [])
        if len(examples) < _EXAMPLES:
            examples.append(path)

    def _rank(self, path: str, counts: Mapping[str, int], violations: Sequence[Violation]) -> None:
        of_each = _counts(counts)
        if not any(of_each):
            return
        # Of two that are as bad the first is kept.
        key = ((of_each.error, of_each.warning, of_each.info), -self._totals["files"])
        if len(self._worst) == _WORST and key <= self._worst[0][:2]:
            return
        grave = [each.code for each in violations if each.severity != "info"]
        codes = tuple(dict.fromkeys(grave or [each.code for each in violations]))[:_CODES]
        row = (*key, WorstFile(path, of_each, codes))
        (heapreplace if len(self._worst) == _WORST else heappush)(self._worst, row)

    def summary(
        self, source: str, made: str, notes: Sequence[RuleNote], *, parts: int, lost_parts: int
    ) -> ArchiveSummary:
        """What was counted; `notes` say in words what rules are about."""
        words = {note.code: note.summary for note in notes}
        rules = [
            RuleCount(
                code,
                name,
                min(severities, key=SEVERITIES.index),
                severities.total(),
                self._rule_files[code],
                words.get(code, same(name)),
            )
            for code, (name, severities) in self._rules.items()
        ]
        series = sorted(self._series.items(), key=lambda each: (-each[1].files, each[0]))
        return ArchiveSummary(
            source,
            __version__,
            made,
            self._totals["files"],
            self._totals["checked"],
            self._totals["skipped"],
            self._totals["unchecked"],
            self.counts,
            self._totals["waived"],
            tuple(sorted(rules, key=lambda each: (-each.violations, each.code))),
            tuple(self._years[year].count(year) for year in sorted(self._years)),
            tuple(group.count(title) for title, group in series[:_SERIES]),
            len(series),
            tuple(row[2] for row in sorted(self._worst, key=lambda row: row[:2], reverse=True)),
            tuple(
                UncheckedGroup(why, count, tuple(self._examples[why]))
                for why, count in sorted(self._reasons.items(), key=lambda each: (-each[1], each[0]))
            ),
            parts,
            lost_parts,
        )


def summary_from_plain(stored: Sequence[Any]) -> ArchiveSummary:
    """The summary that was written as JSON.

    Raises:
        ValueError, TypeError, IndexError: it is something else.
    """
    summary = ArchiveSummary(*stored)
    return summary._replace(
        violations=SeverityCounts(*summary.violations),
        rules=tuple(RuleCount(*each)._replace(words=Wording(*each[-1])) for each in summary.rules),
        years=tuple(map(_group_from_plain, summary.years)),
        series=tuple(map(_group_from_plain, summary.series)),
        worst=tuple(
            WorstFile(path, SeverityCounts(*counts), tuple(codes)) for path, counts, codes in summary.worst
        ),
        failures=tuple(
            UncheckedGroup(Wording(*why), files, tuple(examples)) for why, files, examples in summary.failures
        ),
    )


def _group_from_plain(stored: Sequence[Any]) -> GroupCount:
    name, files, clean, counts, first, last = stored
    return GroupCount(name, files, clean, SeverityCounts(*counts), first, last)
