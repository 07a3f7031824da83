"""Checks across the issues of a series: numbers without gap or repetition, dates in order.

Judged from `IssueFacts` alone, so that an issue whose file was not parsed in this run (it is in a
cache or in a register) counts like any other. Each fault is reported on the issue that breaks the
series, and names its neighbour.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

from bulletin_lint.checks.numbering import Fault, faults
from bulletin_lint.checks.subject import Subject, Tools
from bulletin_lint.facts import IssueFacts
from bulletin_lint.parameters import Parameter
from bulletin_lint.typed import Any, ClassVar, NamedTuple
from bulletin_lint.violation import Match, Outcome, Value
from bulletin_lint.wording import Wording


class Finding(NamedTuple):
    """A fault of a series: the issue that breaks it, the fact it stands on, and the neighbour."""

    issue: IssueFacts
    fact: str
    """issue, cumulative or date; anchor for a number that is missing."""
    neighbour: IssueFacts
    values: Mapping[str, Value]


class Verdict(NamedTuple):
    """What one rule says of all issues of a run."""

    findings: list[Finding]
    outcomes: dict[str, Outcome]
    """By path; a path that is not there could not be assessed."""


class Series:
    """One property of the numbering of a series."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "fault": Parameter(
            "choice",
            "Which fault of a series is the violation.",
            required=True,
            choices=("gap", "repeat", "offset", "date-order", "year-start", "missing"),
        ),
        "number": Parameter(
            "choice",
            "The number that the fault is one of.",
            default="issue",
            choices=("issue", "cumulative"),
        ),
    }

    def __init__(self, parameters: Mapping[str, Any], tools: Tools) -> None:
        self._fault = str(parameters["fault"])
        self._number = str(parameters["number"])

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        return frozenset({"found", "expected", "neighbour", "neighbour_number", "missing", "culprit"})

    def run(self, subject: Subject) -> list[Match] | Outcome:
        """A single document says nothing of its series, but a number that is configured as required."""
        part = f"{self._number}_number"
        if self._fault != "missing" or part not in subject.required:
            return "cannot-assess"
        masthead = subject.bulletin.child("masthead")
        if masthead is None or masthead.child(part) is not None:
            return []
        values = dict.fromkeys(self.placeholders({}), "")
        source = Wording("配置（required）", "the configuration (required)")
        return [Match(masthead.fields["anchor"], {**values, "neighbour": source}, part=f"masthead.{part}")]

    def judge(self, issues: Sequence[IssueFacts], settings: Mapping[str, Any]) -> Verdict:
        """The faults among the issues of a run, series by series.

        `settings` is the configuration's `series`: start, restarts (yearly, never, auto), known-gaps.
        """
        judges: dict[str, Callable[[_Ordered], tuple[list[Finding], set[str]]]] = {
            "gap": self._gaps,
            "repeat": self._repeats,
            "offset": _offsets,
            "date-order": _dates,
            "year-start": _year_starts,
            "missing": self._missing,
        }
        findings: list[Finding] = []
        outcomes: dict[str, Outcome] = {}
        for group in _by_title([issue for issue in issues if _is_from(issue, settings.get("start"))]):
            regular = [issue for issue in group if not issue.supplement]
            for issue in group:
                if issue.supplement:
                    outcomes[issue.path] = "not-applicable"
            if len(regular) < 2:
                continue
            found, assessed = judges[self._fault](_Ordered(regular, settings))
            findings.extend(found)
            for path in assessed:
                outcomes[path] = "pass"
        for finding in findings:
            outcomes[finding.issue.path] = "fail"
        return Verdict(findings, outcomes)

    def _gaps(self, series: _Ordered) -> tuple[list[Finding], set[str]]:
        return self._faulty(series, ("gap", "start"))

    def _repeats(self, series: _Ordered) -> tuple[list[Finding], set[str]]:
        return self._faulty(series, ("repeat",))

    def _faulty(self, series: _Ordered, kinds: tuple[str, ...]) -> tuple[list[Finding], set[str]]:
        """The issues whose number does not follow; one mistyped number is blamed once, at its own issue."""
        findings: list[Finding] = []
        assessed: set[str] = set()
        for run in series.runs(self._number):
            assessed.update(issue.path for issue in run.issues)
            for fault in run.faults:
                if fault.kind not in kinds:
                    continue
                issue = run.issues[fault.at]
                near = (
                    fault.previous if fault.previous is not None else min(fault.at + 1, len(run.issues) - 1)
                )
                expected, missing = run.number(fault.expected), run.missing(fault)
                if missing and series.is_known_gap(self._number, issue, missing):
                    continue
                if missing and series.unnumbered_between(self._number, run.issues[near], issue) == len(
                    missing
                ):
                    # The issues are there; that they lack the number is said at each of them.
                    continue
                shown = _missing_range(missing.start, missing.stop - 1) if missing else _NOTHING_MISSING
                findings.append(self._finding(issue, run.issues[near], expected, shown))
        return findings, assessed

    def _finding(self, issue: IssueFacts, neighbour: IssueFacts, expected: int, missing: Wording) -> Finding:
        return Finding(
            issue,
            self._number,
            neighbour,
            {
                **_common(issue, neighbour, self._number),
                "expected": str(expected),
                "missing": missing,
                "culprit": "",
            },
        )

    def _missing(self, series: _Ordered) -> tuple[list[Finding], set[str]]:
        having = [issue for issue in series.issues if getattr(issue, self._number) is not None]
        if not having:
            return [], set()
        findings = []
        for issue in series.issues:
            if issue not in having and f"{self._number}" not in issue.places:
                neighbour = having[0]
                findings.append(
                    Finding(
                        issue,
                        "anchor",
                        neighbour,
                        {
                            **_common(issue, neighbour, self._number),
                            "expected": "",
                            "missing": "",
                            "culprit": "",
                        },
                    )
                )
        return findings, {issue.path for issue in series.issues}


class Run(NamedTuple):
    """Issues in the order in which a number of theirs must count up by one."""

    issues: list[IssueFacts]
    numbers: list[int]
    first: int
    """The number that the first issue should have."""
    faults: list[Fault]
    is_by_number: bool
    """The order is that of the numbers themselves; else that of the dates."""

    def number(self, counted: int) -> int:
        """A position that counts from one as the number of an issue."""
        return self.first + counted - 1

    def missing(self, fault: Fault) -> range:
        """The numbers that a gap leaves out; empty where a number is only mistyped."""
        expected, found = self.number(fault.expected), self.numbers[fault.at]
        following = self.numbers[fault.at + 1] if fault.at + 1 < len(self.numbers) else None
        is_slip = following == expected + 1 and following != found + 1
        return range(expected, found) if found > expected and not is_slip else range(0)


def _run(issues: list[IssueFacts], number: str) -> Run:
    """The run of some issues, in the order that their dates and their other number speak for.

    Ordered by the number itself a mistyped number stands in the wrong place; ordered by date a
    mistyped date does. What the other number and the date agree on is the order; where they do not
    say, the order with fewer faults.
    """
    other = "cumulative" if number == "issue" else "issue"
    by_number = sorted(issues, key=lambda issue: (getattr(issue, number), *_date_order(issue)))
    orders = [by_number]
    if all(issue.date is not None for issue in issues):
        by_date = sorted(issues, key=_date_order)
        orders.append(by_date)
        others = [getattr(issue, other) for issue in by_date]
        years = [issue.year for issue in by_date]
        is_one_count = other == "cumulative" or len(set(years)) == 1
        if None not in others and is_one_count and all(low < high for low, high in pairwise(others)):
            orders = [by_date]
    runs = [_judged(order, number, is_by_number=order is by_number) for order in orders]
    return min(runs, key=lambda run: len(run.faults))


def _judged(issues: list[IssueFacts], number: str, *, is_by_number: bool) -> Run:
    numbers = [int(getattr(issue, number)) for issue in issues]
    first = numbers[0]
    if len(numbers) > 2 and numbers[1] != first + 1 and numbers[2] == numbers[1] + 1 and not is_by_number:
        # The first of the known issues is itself the one that is mistyped.
        first = numbers[1] - 1
    found = faults([value - first + 1 for value in numbers])
    return Run(issues, numbers, first, found, is_by_number)


class _Ordered:
    """The issues of one series, in the orders that the judges need."""

    def __init__(self, issues: Sequence[IssueFacts], settings: Mapping[str, Any]) -> None:
        self.issues = sorted(issues, key=_date_order)
        self.settings = settings
        self._runs: dict[str, list[Run]] = {}
        self.restarts = self._restarts()

    def _restarts(self) -> bool:
        """Whether issue numbers begin anew each year: as configured, else as the data show."""
        configured = self.settings.get("restarts", "auto")
        if configured in ("yearly", "never"):
            return bool(configured == "yearly")
        offsets: dict[int, set[int]] = defaultdict(set)
        for issue in self.issues:
            if issue.year is not None and issue.issue is not None and issue.cumulative is not None:
                offsets[issue.year].add(issue.cumulative - issue.issue)
        if len(offsets) >= 2:
            # Where both numbers always run in step over New Year, neither begins anew.
            return len(set().union(*offsets.values())) != 1
        by_year: dict[int, list[int]] = defaultdict(list)
        for issue in self.issues:
            if issue.year is not None and issue.issue is not None:
                by_year[issue.year].append(issue.issue)
        years = sorted(by_year)
        return not any(
            following == year + 1 and min(by_year[following]) == max(by_year[year]) + 1
            for year, following in itertools.pairwise(years)
            if min(by_year[following]) > 1
        )

    def runs(self, number: str) -> list[Run]:
        """Stretches in which a number must count up by one: a year's issues, or all."""
        if number not in self._runs:
            groups: dict[int, list[IssueFacts]] = defaultdict(list)
            for issue in self.issues:
                if getattr(issue, number) is None:
                    continue
                if number == "issue" and self.restarts:
                    if issue.year is not None:
                        groups[issue.year].append(issue)
                else:
                    groups[0].append(issue)
            self._runs[number] = [
                _run(groups[year], number) for year in sorted(groups) if len(groups[year]) > 1
            ]
        return self._runs[number]

    def unnumbered_between(self, number: str, before: IssueFacts, after: IssueFacts) -> int:
        """How many issues between two others have no such number."""
        first, last = self.issues.index(before), self.issues.index(after)
        return sum(getattr(issue, number) is None for issue in self.issues[first + 1 : last])

    def mistyped(self) -> set[str]:
        """The issues one of whose numbers is out of step with dates that are in order."""
        return {
            run.issues[fault.at].path
            for number in ("issue", "cumulative")
            for run in self.runs(number)
            if not run.is_by_number
            for fault in run.faults
        }

    def is_known_gap(self, number: str, issue: IssueFacts, missing: range) -> bool:
        """Whether the configuration's `known-gaps` hold every missing number (``2020: 3-5``, ``总: 118``)."""
        known = self.settings.get("known-gaps") or ()
        allowed: set[int] = set()
        for entry in known:
            text = str(entry)
            scope, colon, numbers = text.rpartition(":")
            scope = scope.strip()
            if number == "issue":
                if colon and scope not in ("", str(issue.year)):
                    continue
            elif scope not in ("cumulative", "总"):
                continue
            for part in numbers.replace("，", ",").split(","):
                low, _, high = part.strip().partition("-")
                if low.strip().isdigit():
                    last = int(high) if high.strip().isdigit() else int(low)
                    allowed.update(range(int(low), last + 1))
        return bool(allowed) and all(value in allowed for value in missing)


_NOTHING_MISSING = Wording("无", "none")


def _offsets(series: _Ordered) -> tuple[list[Finding], set[str]]:
    """Cumulative minus issue number is the same for all issues of a year."""
    by_year: dict[int, list[IssueFacts]] = defaultdict(list)
    for issue in series.issues:
        if issue.issue is not None and issue.cumulative is not None:
            year = issue.year if series.restarts else 0
            if year is not None:
                by_year[year].append(issue)
    findings: list[Finding] = []
    assessed: set[str] = set()
    for issues in by_year.values():
        if len(issues) < 2:
            continue
        assessed.update(issue.path for issue in issues)
        counts: dict[int, int] = defaultdict(int)
        for issue in issues:
            counts[_offset(issue)] += 1
        # The year's offset is the commonest; of two that are as common, the earlier issue's.
        usual = max(counts, key=lambda offset: (counts[offset], -_first_with(issues, offset)))
        for issue in issues:
            if _offset(issue) != usual:
                neighbour = _nearest(issue, [other for other in issues if _offset(other) == usual])
                findings.append(
                    Finding(
                        issue,
                        "cumulative",
                        neighbour,
                        {
                            **_common(issue, neighbour, "cumulative"),
                            "expected": str((issue.issue or 0) + usual),
                            "missing": "",
                            "culprit": _culprit(issue, issues),
                        },
                    )
                )
    return findings, assessed


def _offset(issue: IssueFacts) -> int:
    return (issue.cumulative or 0) - (issue.issue or 0)


def _first_with(issues: list[IssueFacts], offset: int) -> int:
    return next(index for index, issue in enumerate(issues) if _offset(issue) == offset)


def _culprit(issue: IssueFacts, issues: list[IssueFacts]) -> Wording:
    """Which of an issue's two numbers is probably wrong: the one its neighbours do not go on from."""
    at = issues.index(issue)
    neighbours = [other for other in (at - 1, at + 1) if 0 <= other < len(issues)]
    fits_issue = any(abs((issues[other].issue or 0) - (issue.issue or 0)) == 1 for other in neighbours)
    fits_cumulative = any(
        abs((issues[other].cumulative or 0) - (issue.cumulative or 0)) == 1 for other in neighbours
    )
    if fits_issue and not fits_cumulative:
        return Wording("总期号可能有误", "the cumulative number is probably wrong")
    if fits_cumulative and not fits_issue:
        return Wording("期号可能有误", "the issue number is probably wrong")
    return Wording("两个号码至少有一个有误", "at least one of the two numbers is wrong")


def _dates(series: _Ordered) -> tuple[list[Finding], set[str]]:
    """In the order of the numbers dates never go back; the fewest issues are blamed."""
    numbered = [
        issue
        for issue in series.issues
        if issue.date is not None and (issue.cumulative is not None or issue.issue is not None)
    ]
    by_cumulative = all(issue.cumulative is not None for issue in numbered)
    if not by_cumulative:
        numbered = [issue for issue in numbered if issue.issue is not None and issue.year is not None]
    # A number known to be wrong says nothing of the order of dates.
    mistyped = series.mistyped()
    numbered = [issue for issue in numbered if issue.path not in mistyped]
    if len(numbered) < 2:
        return [], set()
    numbered.sort(key=lambda issue: issue.cumulative if by_cumulative else (issue.year, issue.issue))  # type: ignore[arg-type,return-value]
    kept = _longest_rise([str(issue.date) for issue in numbered])
    findings: list[Finding] = []
    for index, issue in enumerate(numbered):
        if index in kept:
            continue
        earlier = [at for at in kept if at < index and str(numbered[at].date) > str(issue.date)]
        later = [at for at in kept if at > index and str(numbered[at].date) < str(issue.date)]
        neighbour = numbered[max(earlier)] if earlier else numbered[min(later)]
        number = "issue" if issue.issue is not None else "cumulative"
        findings.append(
            Finding(
                issue,
                "date",
                neighbour,
                {
                    **_common(issue, neighbour, number),
                    "found": str(issue.date),
                    "expected": str(neighbour.date),
                    "missing": "",
                    "culprit": "",
                },
            )
        )
    return findings, {issue.path for issue in numbered}


def _longest_rise(values: list[str]) -> set[int]:
    """The indexes of a longest non-decreasing subsequence; of several, the one that keeps earlier values."""
    # Read from the right, so that of two that exclude each other the left one is kept last and wins.
    tails: list[tuple[int, ...]] = []
    indexes: list[int] = []
    before: list[int] = [-1] * len(values)
    for index in range(len(values) - 1, -1, -1):
        key = tuple(-ord(character) for character in values[index])
        at = bisect_right(tails, key)
        before[index] = indexes[at - 1] if at else -1
        if at == len(tails):
            tails.append(key)
            indexes.append(index)
        else:
            tails[at] = key
            indexes[at] = index
    kept: set[int] = set()
    position = indexes[-1] if indexes else -1
    while position != -1:
        kept.add(position)
        position = before[position]
    return kept


def _year_starts(series: _Ordered) -> tuple[list[Finding], set[str]]:
    """The first issue of every year but the first known one is number 1."""
    if not series.restarts:
        return [], set()
    by_year: dict[int, list[IssueFacts]] = defaultdict(list)
    for issue in series.issues:
        if issue.year is not None and issue.issue is not None:
            by_year[issue.year].append(issue)
    years = sorted(by_year)
    findings: list[Finding] = []
    assessed: set[str] = set()
    for year, following in itertools.pairwise(years):
        first = min(by_year[following], key=lambda issue: issue.issue or 0)
        last = max(by_year[year], key=lambda issue: issue.issue or 0)
        assessed.update(issue.path for issue in by_year[following])
        if first.issue == 1 or following != year + 1:
            continue
        both = first.cumulative is not None and last.cumulative is not None
        if both and (first.cumulative or 0) - (last.cumulative or 0) == first.issue:
            # The issues in between exist and are only not here: that is a gap, said elsewhere.
            continue
        findings.append(
            Finding(
                first,
                "issue",
                last,
                {**_common(first, last, "issue"), "expected": "1", "missing": "", "culprit": ""},
            )
        )
    return findings, assessed


def _by_title(issues: Sequence[IssueFacts]) -> list[list[IssueFacts]]:
    """The series of a run, told apart by title; an issue without one joins the only series there is."""
    groups: dict[str, list[IssueFacts]] = defaultdict(list)
    for issue in _once(issues):
        groups[issue.title or ""].append(issue)
    titled = [title for title in groups if title]
    if "" in groups and len(titled) == 1:
        groups[titled[0]].extend(groups.pop(""))
    return [groups[title] for title in sorted(groups)]


def _is_from(issue: IssueFacts, start: object) -> bool:
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


def _once(issues: Sequence[IssueFacts]) -> list[IssueFacts]:
    """One entry for an issue that lies there in two forms (11.md and 11.pdf)."""
    seen: set[tuple[Any, ...]] = set()
    kept: list[IssueFacts] = []
    for issue in sorted(issues, key=lambda item: item.path):
        stem = issue.path.rsplit(".", 1)[0]
        key = (stem, issue.title, issue.year, issue.issue, issue.cumulative, issue.date)
        if key not in seen:
            seen.add(key)
            kept.append(issue)
    return kept


def _date_order(issue: IssueFacts) -> tuple[Any, ...]:
    return (
        issue.date or (f"{issue.year:04d}" if issue.year else "9999"),
        issue.cumulative if issue.cumulative is not None else 0,
        issue.issue if issue.issue is not None else 0,
        issue.path,
    )


def _nearest(issue: IssueFacts, others: list[IssueFacts]) -> IssueFacts:
    return min(others, key=lambda other: (abs((other.issue or 0) - (issue.issue or 0)), other.path))


def _common(issue: IssueFacts, neighbour: IssueFacts, number: str) -> dict[str, Value]:
    own, theirs = getattr(issue, number), getattr(neighbour, number)
    return {
        "found": str(own) if own is not None else "",
        "neighbour": neighbour.path,
        "neighbour_number": str(theirs) if theirs is not None else "",
    }


def _missing_range(first: int, last: int) -> Wording:
    if first == last:
        return Wording(f"第{first}期", f"No. {first}")
    return Wording(f"第{first}—{last}期", f"Nos. {first}–{last}")
