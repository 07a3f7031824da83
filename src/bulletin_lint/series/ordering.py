"""The issues of one series in the orders that its numbers and dates speak for.

Built once for all rules of a run; what takes the issues of a series in one order or another, which
numbers are missing between two of them, and whether they begin anew each year, is settled here.
"""

from __future__ import annotations

import os
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from bulletin_lint._typing import Any
from bulletin_lint.model.wording import Wording
from bulletin_lint.series.issue import IssueRecord, date_order, series_title

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.series.counting import Counting


class Series:
    """One series: its regular issues by date, and its supplements, which are numbered apart.

    `restarts` says whether issue numbers begin anew each year: as configured, else as the data show.
    """

    def __init__(self, title: str, issues: Sequence[IssueRecord], settings: Mapping[str, Any]) -> None:
        self.title = title
        self.issues = sorted((issue for issue in issues if not issue.supplement), key=date_order)
        self._doubles = [
            issue
            for issue in self.issues
            if issue.last_issue is not None or issue.last_cumulative is not None
        ]
        self.supplements = [issue for issue in issues if issue.supplement]
        self._gaps = _KnownGaps(settings.get("known-gaps") or ())
        self._runs: dict[str, list[Counting]] = {}
        self._unnumbered: dict[str, _Unnumbered] = {}
        configured = settings.get("restarts", "auto")
        self.restarts = (
            configured == "yearly" if configured in ("yearly", "never") else _restarts(self.issues)
        )

    def by_year(self, *numbers: str) -> dict[int, list[IssueRecord]]:
        """The issues that have some numbers, by the year in which these count; 0 where no year does."""
        groups: dict[int, list[IssueRecord]] = defaultdict(list)
        for issue in self.issues:
            if any(getattr(issue, number) is None for number in numbers):
                continue
            year = issue.year if self.restarts else 0
            if year is not None:
                groups[year].append(issue)
        return {year: groups[year] for year in sorted(groups)}

    def runs(self, number: str) -> list[Counting]:
        """Stretches in which a number must count up by one: a year's issues, or all."""
        if number not in self._runs:
            # An issue by itself, as most runs have it, counts nothing.
            from bulletin_lint.series.counting import run_of

            groups = (
                self.by_year("issue")
                if number == "issue"
                else {0: [issue for issue in self.issues if issue.cumulative is not None]}
            )
            self._runs[number] = [run_of(group, number) for group in groups.values() if len(group) > 1]
        return self._runs[number]

    def unnumbered_between(self, number: str, before: IssueRecord, after: IssueRecord) -> int:
        """How many issues between two others have no such number."""
        if number not in self._unnumbered:
            from bulletin_lint.series.counting import other_number

            without = [issue for issue in self.issues if getattr(issue, number) is None]
            self._unnumbered[number] = _Unnumbered(without, other_number(number))
        return self._unnumbered[number].between(before, after)

    def may_be_missing(self, before: IssueRecord, after: IssueRecord) -> tuple[str, ...]:
        """Files that show no number, and whose date does not speak against a place between two issues."""
        return tuple(
            issue.path
            for issue in self.issues
            if issue.line is None
            and issue.issue is None
            and issue.cumulative is None
            and not (issue.date and before.date and issue.date < before.date)
            and not (issue.date and after.date and issue.date > after.date)
        )

    def mistyped(self) -> set[str]:
        """The names of the issues one of whose numbers is out of step with dates that are in order."""
        return {
            run.issues[fault.at].name
            for number in ("issue", "cumulative")
            for run in self.runs(number)
            if not run.is_by_number
            for fault in run.faults
        }

    def unknown(self, number: str, issue: IssueRecord, missing: Iterable[range]) -> list[range]:
        """Of the numbers missing before an issue those that the settings' known-gaps do not explain."""
        return self._gaps.without(number, issue.year, missing)

    def left_out(self, number: str, issue: IssueRecord) -> int:
        """How many numbers below an issue's have no issue of their own: the settings' known-gaps name
        them, or they are the second of a double issue.
        """
        own = int(getattr(issue, number))
        second: int = sum(
            double.last(number) - getattr(double, number)
            for double in self._doubles
            if getattr(double, number) is not None
            and getattr(double, number) < own
            and (number == "cumulative" or not self.restarts or double.year == issue.year)
        )
        return self._gaps.before(number, issue.year, own) + second


class _Unnumbered:
    """Issues that lack one of the two numbers, placed by the `other`, or by date where it does not tell."""

    def __init__(self, issues: Sequence[IssueRecord], other: str) -> None:
        self._other = other
        self._dates = sorted(issue.date or "" for issue in issues)
        years: dict[int | None, list[tuple[int, str]]] = defaultdict(list)
        for issue in issues:
            if getattr(issue, other) is not None:
                years[issue.year].append((getattr(issue, other), issue.date or ""))
        self._years = {
            year: (sorted(number for number, _ in rows), sorted(date for _, date in rows))
            for year, rows in years.items()
        }

    def between(self, before: IssueRecord, after: IssueRecord) -> int:
        """How many of them appeared between two issues that have the number."""
        first, last = before.date or "", after.date or ""
        count = _within(self._dates, first, last)
        low, high = getattr(before, self._other), getattr(after, self._other)
        if before.year == after.year and before.year in self._years and None not in (low, high):
            numbers, dates = self._years[before.year]
            count += _within(numbers, low, high) - _within(dates, first, last)
        return count


def _within(values: Sequence[Any], low: Any, high: Any) -> int:
    """How many of some sorted values lie between two, or are one of them."""
    return max(0, bisect_right(values, high) - bisect_left(values, low))


class _KnownGaps:
    """The numbers that the settings say never appeared (``2020: 3-5, 7``, ``cumulative: 118``)."""

    def __init__(self, entries: Iterable[object]) -> None:
        self._scopes: dict[str, list[range]] = defaultdict(list)
        for entry in entries:
            scope, _, numbers = str(entry).rpartition(":")
            scope = scope.strip()
            for part in numbers.replace("，", ",").split(","):
                low, _, high = part.strip().partition("-")
                if low.strip().isdigit():
                    last = int(high) if high.strip().isdigit() else int(low)
                    self._scopes["cumulative" if scope == "总" else scope].append(range(int(low), last + 1))

    def _of(self, number: str, year: int | None) -> list[range]:
        if number == "cumulative":
            return self._scopes.get("cumulative", [])
        return [*self._scopes.get("", ()), *self._scopes.get(str(year), ())]

    def without(self, number: str, year: int | None, missing: Iterable[range]) -> list[range]:
        left = [each for each in missing if each]
        for gap in self._of(number, year):
            left = [
                piece
                for each in left
                for piece in (
                    range(each.start, min(each.stop, gap.start)),
                    range(max(each.start, gap.stop), each.stop),
                )
                if piece
            ]
        return left

    def before(self, number: str, year: int | None, value: int) -> int:
        return sum(max(0, min(value, gap.stop) - gap.start) for gap in self._of(number, year))


def series_by_title(issues: Sequence[IssueRecord], settings: Mapping[str, Any]) -> list[Series]:
    """The series among some issues, in the order of their titles.

    `settings` is the configuration's `series`. Series are told apart by title, a former title of
    `aliases` being that of now; an issue without one joins the only series there is, or the only one
    in its folder.
    """
    groups: dict[str, list[IssueRecord]] = defaultdict(list)
    aliases = settings.get("aliases") or {}
    for issue in _once(issue for issue in issues if _is_from(issue, settings.get("start"))):
        groups[series_title(issue.title, aliases)].append(issue)
    titled = [title for title in groups if title]
    if "" in groups and titled:
        folders: dict[str, set[str]] = defaultdict(set)
        for title in titled:
            for issue in groups[title]:
                folders[os.path.dirname(issue.path)].add(title)
        for issue in groups.pop(""):
            near = titled if len(titled) == 1 else sorted(folders[os.path.dirname(issue.path)])
            groups[near[0] if len(near) == 1 else ""].append(issue)
    return [Series(title, groups[title], settings) for title in sorted(groups)]


def _is_from(issue: IssueRecord, start: object) -> bool:
    """Whether an issue is at or after the configured first one: a cumulative number (2119), or year and
    issue (2020-10). An issue that lacks those numbers is looked at.
    """
    if start is None:
        return True
    year, dash, number = str(start).partition("-")
    if not dash:
        return issue.cumulative is None or issue.cumulative >= int(year)
    if issue.year is None or issue.issue is None:
        return True
    return (issue.year, issue.issue) >= (int(year), int(number))


def _once(issues: Iterable[IssueRecord]) -> list[IssueRecord]:
    """One entry for an issue that lies there in two forms (11.md and 11.pdf)."""
    seen: set[tuple[Any, ...]] = set()
    kept: list[IssueRecord] = []
    for issue in sorted(issues, key=lambda item: (item.path, item.line or 0)):
        stem = issue.path.rpartition(".")[0] if issue.line is None else issue.name
        key = (stem, issue.title, issue.year, issue.issue, issue.cumulative, issue.date)
        if key not in seen:
            seen.add(key)
            kept.append(issue)
    return kept


def _restarts(issues: Sequence[IssueRecord]) -> bool:
    """Whether the issue numbers of a series begin anew each year, as far as its issues show it.

    Where both numbers run in step over New Year, neither begins anew; without cumulative numbers it is
    seen from the first number of a year going on from the last. A number or two that are mistyped do
    not decide it.
    """
    offsets: dict[int, Counter[int]] = defaultdict(Counter)
    numbers: dict[int, list[int]] = defaultdict(list)
    for issue in issues:
        if issue.year is None or issue.issue is None:
            continue
        numbers[issue.year].append(issue.issue)
        if issue.cumulative is not None:
            offsets[issue.year][issue.cumulative - issue.issue] += 1
    # Not `most_common`: for one value it loads `heapq`.
    usual = {year: max(counts.items(), key=lambda each: each[1]) for year, counts in sorted(offsets.items())}
    if len(usual) >= 2:
        solid = [offset for offset, count in usual.values() if count > 1]
        seen = solid if len(solid) >= 2 else [offset for offset, _ in usual.values()]
        return any(low != high for low, high in pairwise(seen))
    anew = going_on = 0
    for year, following in pairwise(sorted(numbers)):
        # By date a date that is wrong misleads, by size a number that is.
        ways = [
            (_end(before), _start(after))
            for before, after in (
                (numbers[year], numbers[following]),
                (sorted(numbers[year]), sorted(numbers[following])),
            )
        ]
        if following == year + 1 and any(first == last + 1 and first > 1 for last, first in ways):
            going_on += 1
        else:
            anew += any(first <= last for last, first in ways)
    return anew >= going_on or not going_on


def _start(numbers: Sequence[int]) -> int:
    """The number that a year begins with, by what most of its first three say."""
    if len(numbers) < 3:
        return numbers[0]
    return sorted(number - index for index, number in enumerate(numbers[:3]))[1]


def _end(numbers: Sequence[int]) -> int:
    """The number that a year ends with, by what most of its last three say."""
    if len(numbers) < 3:
        return numbers[-1]
    return sorted(number + index for index, number in enumerate(numbers[:-4:-1]))[1]


def missing_wording(missing: Sequence[range]) -> Wording:
    """Missing numbers as ranges: 第3—5期、第7期."""
    return Wording(
        "、".join(_range_zh(each) for each in missing),
        ", ".join(_range_en(each) for each in missing),
    )


def _range_zh(numbers: range) -> str:
    return f"第{numbers[0]}期" if len(numbers) == 1 else f"第{numbers[0]}—{numbers[-1]}期"


def _range_en(numbers: range) -> str:
    return f"No. {numbers[0]}" if len(numbers) == 1 else f"Nos. {numbers[0]}–{numbers[-1]}"
