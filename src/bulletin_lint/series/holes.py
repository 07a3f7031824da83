"""Where a series has holes: issues that its numbers promise and that nobody has."""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple
from bulletin_lint.model.wording import Wording
from bulletin_lint.series.issue import IssueRecord, date_order
from bulletin_lint.series.ordering import Series, missing_wording


class Hole(NamedTuple):
    """Missing issues between two that are there."""

    missing: tuple[range, ...]
    number: str
    """Which numbers are missing: issue or cumulative."""
    before: IssueRecord
    after: IssueRecord
    maybe: tuple[str, ...] = ()
    """Files of the series that show no number and whose date does not speak against it."""

    @property
    def wording(self) -> Wording:
        """The missing numbers."""
        return missing_wording(self.missing)


class SeriesRow(NamedTuple):
    """An issue in a list of a series."""

    hole: Hole | None
    """What is missing right before it."""
    issue: IssueRecord


def holes(series: Series) -> list[Hole]:
    """The missing issues of a series that nothing explains, by issue number; else by cumulative number."""
    number = "issue" if series.runs("issue") else "cumulative"
    found = []
    for run in series.runs(number):
        for fault in run.faults:
            unknown = [] if fault.is_slip else series.unknown(number, run.issues[fault.at], fault.missing)
            if unknown:
                before, after = run.issues[fault.near], run.issues[fault.at]
                found.append(
                    Hole(tuple(unknown), number, before, after, series.may_be_missing(before, after))
                )
    return found


def rows(series: Series) -> list[SeriesRow]:
    """The issues of a series in the order of their dates, supplements among them, with the holes between."""
    before = {hole.after.name: hole for hole in holes(series)}
    issues = sorted((*series.issues, *series.supplements), key=date_order)
    return [SeriesRow(before.get(issue.name), issue) for issue in issues]
