"""Issues in the order in which one of their numbers must count up by one, and where it does not."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import chain, pairwise

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.series.issue import IssueRecord, date_order


class CountingFault(NamedTuple):
    """One departure of a run from counting up by one."""

    kind: str
    """gap, also where a number only goes back or is mistyped; repeat."""
    at: int
    """The index of the issue that is blamed."""
    expected: int
    """The number it should have."""
    near: int
    """The index of the issue before it, or of the one that it repeats."""
    missing: tuple[range, ...] = ()
    """The numbers that no issue has; none where a number is only mistyped."""
    is_slip: bool = False
    """The cumulative number goes on by one: no issue is missing, its number is wrong."""


class Counting(NamedTuple):
    """Issues in the order in which a number of theirs must count up by one."""

    issues: list[IssueRecord]
    numbers: list[int]
    faults: list[CountingFault]
    cost: int
    """How much speaks against this order; 0 for a run without a fault."""
    is_by_number: bool
    """The order is that of the numbers themselves; else that of the dates."""

    @property
    def first(self) -> int:
        """The number that the first issue has, or should have."""
        return next((fault.expected for fault in self.faults if fault.at == 0), self.numbers[0])


def run_of(issues: list[IssueRecord], number: str) -> Counting:
    """The run of some issues, in the order that most of their dates and numbers speak for.

    Ordered by the number itself a mistyped number stands in the wrong place; ordered by date a
    mistyped date does. Where all issues have a date and both numbers, each stands where two of the
    three put it. Else it is the order with the least against it; of one day's issues the other number
    says which came first, else the number itself, else the names of the files.
    """
    other = other_number(number)

    def own(issue: IssueRecord) -> int:
        return int(getattr(issue, number))

    by_number = sorted(issues, key=lambda issue: (own(issue), *date_order(issue)))
    if any(issue.date is None for issue in issues):
        return _counted(by_number, number, is_by_number=True)
    by_date = sorted(issues, key=date_order)
    others = [getattr(issue, other) for issue in by_date]
    is_one_count = other == "cumulative" or len({issue.year for issue in by_date}) == 1
    if None not in others and is_one_count and all(low < high for low, high in pairwise(others)):
        return _counted(by_date, number, is_by_number=False)
    best = _counted(by_number, number, is_by_number=True)
    if not best.cost:
        return best
    orders = (
        lambda issue: (issue.date, getattr(issue, other) or 0, own(issue), issue.name),
        lambda issue: (issue.date, own(issue), issue.name),
        lambda issue: (issue.date, issue.name),
    )
    if all(None not in (issue.year, issue.issue, issue.cumulative) for issue in issues):
        candidates = [_by_majority(issues, number)]
    else:
        candidates = [sorted(issues, key=key) for key in orders]
    # In this order a number that is no other's, if it is a wrong one, fills no hole; but its date goes back.
    least = best.cost + _MISDATED * (len(issues) - len(longest_rise([issue.date for issue in best.issues])))
    for order in candidates:
        run = _counted(order, number, is_by_number=False)
        if run.cost < least:
            best, least = run, run.cost
    return best


def _by_majority(issues: Sequence[IssueRecord], number: str) -> list[IssueRecord]:
    """The issues in the order on which two of date, issue number and cumulative number agree.

    That is the order of dates, of one day's issues that of a number; an issue whose date both numbers
    contradict stands behind the one that its other number follows.
    """

    def regular(issue: IssueRecord) -> tuple[int, int]:
        return issue.year or 0, issue.issue or 0

    def cumulative(issue: IssueRecord) -> tuple[int, int]:
        return 0, issue.cumulative or 0

    other, own = (cumulative, regular) if number == "issue" else (regular, cumulative)
    by_other = sorted(issues, key=lambda issue: (issue.date, other(issue), issue.name))
    by_own = sorted(issues, key=lambda issue: (issue.date, own(issue), issue.name))
    fits_other = {
        by_other[index].name for index in longest_rise([other(issue) for issue in by_other], keeps_later=True)
    }
    fits_own = {
        by_own[index].name for index in longest_rise([own(issue) for issue in by_own], keeps_later=True)
    }
    unfit_days = {issue.date for issue in issues if issue.name not in fits_other}
    order = [
        issue
        for issue in sorted(
            issues,
            key=lambda issue: (issue.date, own(issue) if issue.date in unfit_days else other(issue)),
        )
        if issue.name in fits_other or issue.name in fits_own
    ]
    settled = {issue.name: place for place, issue in enumerate(order)}
    keys = {name: (place, (0, 0)) for name, place in settled.items()}
    behind = -1
    for issue in sorted(issues, key=other):
        if issue.name in fits_other:
            behind = settled[issue.name]
        elif issue.name not in settled:
            keys[issue.name] = (behind, other(issue))
    return sorted(issues, key=lambda issue: keys[issue.name])


def longest_rise(values: Sequence[Any], *, keeps_later: bool = False) -> set[int]:
    """The indexes of a longest subsequence that never falls; of several as long, the one that keeps what
    comes earlier, or later.

    >>> sorted(longest_rise(["b", "a"])), sorted(longest_rise(["b", "a"], keeps_later=True))
    ([0], [1])
    """
    ranks = {value: rank for rank, value in enumerate(sorted(set(values)))}
    # The search keeps, of two that exclude each other, the one that it meets last.
    indexes = range(len(values)) if keeps_later else range(len(values) - 1, -1, -1)
    sign = 1 if keeps_later else -1
    tails: list[int] = []
    ends: list[int] = []
    before: dict[int, int] = {}
    for index in indexes:
        rank = sign * ranks[values[index]]
        at = bisect_right(tails, rank)
        before[index] = ends[at - 1] if at else -1
        tails[at : at + 1] = [rank]
        ends[at : at + 1] = [index]
    found: set[int] = set()
    position = ends[-1] if ends else -1
    while position >= 0:
        found.add(position)
        position = before[position]
    return found


_WENT_BACK, _DROPPED, _MISDATED, _REPEATED, _LEFT_OUT = 105, 100, 100, 95, 90
"""What speaks against an order: counting that begins anew at a lower number, a mistyped number, a date before
that of the number below, counting that goes on from a number repeated, a hole."""
_LOOK_BACK = 60
"""Stretches within which the one is looked for that another goes on from; keeps long series linear."""


def _counted(issues: list[IssueRecord], number: str, *, is_by_number: bool) -> Counting:
    """The faults of issues in one order: as few as explain the numbers.

    The numbers are cut into stretches that count up by one. Of these are kept, in their order, those
    at the least cost; the others are mistyped, each of their issues is blamed. A stretch that goes on
    above a hole, or from a lower number, is blamed once, at its first issue.
    """
    numbers = [int(getattr(issue, number)) for issue in issues]
    lasts = [issue.last(number) for issue in issues]
    starts = [0, *(index for index in range(1, len(numbers)) if numbers[index] != lasts[index - 1] + 1)]
    if len(starts) == 1:
        return Counting(issues, numbers, [], 0, is_by_number)
    absent = _Absent(numbers, lasts)
    kept, cost = _kept(numbers, lasts, starts, absent)
    faults = _faults(issues, number, starts, kept, absent)
    return Counting(issues, numbers, faults, cost, is_by_number)


class _Absent:
    """Which numbers no issue of a run has."""

    def __init__(self, numbers: Sequence[int], lasts: Sequence[int]) -> None:
        doubles = (range(low + 1, high + 1) for low, high in zip(numbers, lasts, strict=True) if low != high)
        self._present = sorted({*numbers, *chain.from_iterable(doubles)})

    def count(self, after: int, before: int) -> int:
        """How many numbers between two others are absent."""
        between = bisect_left(self._present, before) - bisect_right(self._present, after)
        return max(0, before - after - 1 - between)

    def ranges(self, after: int, before: int) -> list[range]:
        """The numbers between two others that are absent."""
        first, last = bisect_right(self._present, after), bisect_left(self._present, before)
        edges = [after, *self._present[first:last], before]
        return [range(low + 1, high) for low, high in pairwise(edges) if high > low + 1]


def _kept(
    numbers: Sequence[int], lasts: Sequence[int], starts: Sequence[int], absent: _Absent
) -> tuple[list[int], int]:
    """The stretches that are right, by index, and what the others and the joints between cost."""
    ends = [*starts[1:], len(numbers)]
    best: list[tuple[int, int]] = []
    for this, start in enumerate(starts):
        found = (start * _DROPPED, -1)
        for before in range(this - 1, max(-1, this - 1 - _LOOK_BACK), -1):
            dropped = start - ends[before]
            last, first = lasts[ends[before] - 1], numbers[start]
            joint = _WENT_BACK if first < last else _REPEATED if first == last else 0
            if first > last + 1 and absent.count(last, first) > dropped:
                joint = _LEFT_OUT
            cost = best[before][0] + dropped * _DROPPED + joint
            # Of two ways that are as good, the one that keeps what came first.
            if cost <= found[0]:
                found = (cost, before)
        best.append(found)
    costs = [cost + (len(numbers) - end) * _DROPPED for (cost, _), end in zip(best, ends, strict=True)]
    position = min(range(len(costs)), key=lambda index: (costs[index], index))
    cost = costs[position]
    kept: list[int] = []
    while position >= 0:
        kept.append(position)
        position = best[position][1]
    return kept[::-1], cost


def _faults(
    issues: Sequence[IssueRecord],
    number: str,
    starts: Sequence[int],
    kept: Sequence[int],
    absent: _Absent,
) -> list[CountingFault]:
    numbers = [int(getattr(issue, number)) for issue in issues]
    lasts = [issue.last(number) for issue in issues]
    ends = [*starts[1:], len(numbers)]
    right = [index for stretch in kept for index in range(starts[stretch], ends[stretch])]
    holders: dict[int, int] = {}
    for index in (*right, *range(len(numbers))):
        for value in range(numbers[index], lasts[index] + 1):
            holders.setdefault(value, index)
    found: list[CountingFault] = []

    def blame(at: int, expected: int, near: int) -> None:
        holder = holders[numbers[at]]
        kind = "repeat" if holder != at else "gap"
        found.append(CountingFault(kind, at, expected, holder if holder != at else near))

    for at in range(right[0]):
        blame(at, numbers[right[0]] - right[0] + at, at - 1 if at else right[0])
    for before, after in pairwise([*right, len(numbers)]):
        for at in range(before + 1, after):
            blame(at, lasts[before] + at - before, at - 1)
        if after == len(numbers):
            break
        expected = lasts[before] + after - before
        if numbers[after] <= lasts[before]:
            blame(after, lasts[before] + 1, before)
        elif absent.count(lasts[before], numbers[after]) > after - before - 1:
            missing = tuple(absent.ranges(lasts[before], numbers[after]))
            is_slip = number == "issue" and _goes_on(issues[before], issues[after])
            found.append(CountingFault("gap", after, expected, before, missing, is_slip))
    return sorted(found, key=lambda fault: fault.at)


def _goes_on(before: IssueRecord, after: IssueRecord) -> bool:
    """Whether the cumulative numbers say that no issue is missing between two."""
    return before.cumulative is not None and after.cumulative == before.last("cumulative") + 1


def other_number(number: str) -> str:
    """The one of an issue's two numbers that this is not."""
    return "cumulative" if number == "issue" else "issue"
