"""How a run counts up by one, what is blamed where it does not, and which holes a list of the series shows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from bulletin_lint.series.counting import Counting, CountingFault, longest_rise, other_number, run_of
from bulletin_lint.series.holes import holes, rows
from bulletin_lint.series.issue import IssueRecord
from bulletin_lint.series.ordering import Series


def issue(
    number: int | None,
    cumulative: int | None,
    day: int | None,
    *,
    year: int = 2024,
    path: str = "",
    **more: Any,
) -> IssueRecord:
    date = f"{year}-01-{day:02}" if day is not None else None
    return IssueRecord(
        path or f"{number}-{cumulative}-{day}-{year}.md", "甲报", year, number, cumulative, date, **more
    )


def run(numbers: Sequence[int], cumulative: int | None = None) -> Counting:
    """A run of issues a day apart; their cumulative numbers go on from one, where there are such."""
    issues = [
        issue(number, None if cumulative is None else cumulative + index, index + 1)
        for index, number in enumerate(numbers)
    ]
    found = run_of(issues, "issue")
    assert found.is_by_number or [each.date for each in found.issues] == [each.date for each in issues]
    return found


def gap(at: int, expected: int, near: int, *missing: range, is_slip: bool = False) -> CountingFault:
    return CountingFault("gap", at, expected, near, missing, is_slip)


def repeat(at: int, expected: int, near: int) -> CountingFault:
    return CountingFault("repeat", at, expected, near)


@pytest.mark.parametrize("cumulative", [None, 50])
@pytest.mark.parametrize("first", [1, 7])
def test_a_run_that_counts_up_by_one_has_no_fault(first: int, cumulative: int | None) -> None:
    found = run(range(first, first + 5), cumulative)

    assert (found.faults, found.cost, found.first) == ([], 0, first)
    assert found.numbers == list(range(first, first + 5))
    # Where the other number says the order too, it is that of the dates.
    assert found.is_by_number is (cumulative is None)


@pytest.mark.parametrize(
    ("numbers", "faults"),
    [
        ([1, 2, 4, 5], [gap(2, 3, 1, range(3, 4))]),
        ([1, 2, 5, 6], [gap(2, 3, 1, range(3, 5))]),
        ([1, 3, 5], [gap(1, 2, 0, range(2, 3)), gap(2, 4, 1, range(4, 5))]),
        # The last one that is too high stands behind a hole.
        ([1, 2, 3, 9], [gap(3, 4, 2, range(4, 9))]),
    ],
)
def test_where_nothing_else_orders_them_a_jump_is_a_hole(
    numbers: list[int], faults: list[CountingFault]
) -> None:
    assert run(numbers).faults == faults


@pytest.mark.parametrize(
    ("numbers", "faults", "first"),
    [
        # A number in the middle that is none of its neighbours' is mistyped: nothing is missing.
        ([1, 2, 9, 4, 5], [gap(2, 3, 1)], 1),
        ([9, 2, 3, 4], [gap(0, 1, 1)], 1),
        ([20, 10, 3, 4, 5, 6], [gap(0, 1, 2), gap(1, 2, 0)], 1),
        # Two that count up are no slips: counting begins anew behind them.
        ([8, 9, 3, 4, 5, 6], [gap(2, 10, 1)], 8),
        # One that another has already repeats it.
        ([1, 2, 2, 4, 5], [repeat(2, 3, 1)], 1),
        ([1, 2, 5, 4, 5, 6], [repeat(2, 3, 4)], 1),
        ([1, 2, 3, 1], [repeat(3, 4, 0)], 1),
        # Two in a row that are mistyped are blamed each.
        ([1, 2, 3, 31, 41, 6, 7, 8], [gap(3, 4, 2), gap(4, 5, 3)], 1),
        # Counting that goes on from a number repeated, or begins anew, is blamed once.
        ([1, 2, 3, 3, 4, 5], [repeat(3, 4, 2)], 1),
        ([1, 2, 3, 1, 2, 3], [repeat(3, 4, 0)], 1),
        # A mistyped one beside a hole.
        ([1, 2, 40, 7, 8, 9], [gap(2, 3, 1), gap(3, 4, 1, range(3, 7))], 1),
    ],
)
def test_where_the_other_number_says_the_order_each_mistyped_number_is_blamed(
    numbers: list[int], faults: list[CountingFault], first: int
) -> None:
    found = run(numbers, 50)
    without_slips = [fault._replace(is_slip=False) for fault in found.faults]

    assert without_slips == faults
    assert not found.is_by_number
    assert found.first == first


@pytest.mark.parametrize(("cumulative", "is_slip"), [(13, True), (12, False), (14, False), (None, False)])
def test_a_hole_is_a_slip_where_the_cumulative_number_goes_on(
    cumulative: int | None, *, is_slip: bool
) -> None:
    issues = [issue(1, 11, 1), issue(2, 12, 2), issue(5, cumulative, 3)]

    assert run_of(issues, "issue").faults == [gap(2, 3, 1, range(3, 5), is_slip=is_slip)]


def test_a_hole_of_cumulative_numbers_is_never_a_slip() -> None:
    issues = [issue(1, 11, 1), issue(2, 12, 2), issue(3, 15, 3)]

    assert run_of(issues, "cumulative").faults == [gap(2, 13, 1, range(13, 15))]


def test_an_issue_without_a_date_leaves_the_order_to_the_numbers() -> None:
    issues = [issue(2, 12, 1), issue(1, 11, 2), issue(4, 14, None)]
    found = run_of(issues, "issue")

    assert found.is_by_number
    assert found.numbers == [1, 2, 4]
    assert found.faults == [gap(2, 3, 1, range(3, 4))]


def test_of_all_numbers_right_a_wrong_date_breaks_nothing() -> None:
    issues = [issue(number, number + 10, day) for number, day in ((1, 4), (2, 5), (3, 1), (4, 6))]
    found = run_of(issues, "issue")

    assert (found.faults, found.numbers, found.is_by_number) == ([], [1, 2, 3, 4], True)


def test_cumulative_numbers_over_new_year_stand_where_most_facts_put_them() -> None:
    """13 is mistyped; issue numbers begin anew, so that alone they say no order."""
    numbers = [11, 12, 99, 14, 15, 16]
    issues = [
        issue(index % 3 + 1, number, index % 3 + 1, year=2023 + index // 3)
        for index, number in enumerate(numbers)
    ]
    found = run_of(issues[::-1], "cumulative")

    assert found.numbers == numbers
    assert found.faults == [gap(2, 13, 1)]
    assert not found.is_by_number


def test_the_numbers_of_a_double_issue_are_there() -> None:
    issues = [issue(1, None, 1), issue(2, None, 2, last_issue=4), issue(5, None, 3)]
    assert run_of(issues, "issue").faults == []

    issues[2] = issue(7, None, 3)
    assert run_of(issues, "issue").faults == [gap(2, 5, 1, range(5, 7))]

    issues[2] = issue(4, None, 3)
    assert run_of(issues, "issue").faults == [repeat(2, 5, 1)]


@pytest.mark.parametrize(
    ("values", "kept", "kept_later"),
    [
        ("", [], []),
        ("a", [0], [0]),
        ("abc", [0, 1, 2], [0, 1, 2]),
        ("cba", [0], [2]),
        ("aab", [0, 1, 2], [0, 1, 2]),
        ("acb", [0, 1], [0, 2]),
        ("bac", [0, 2], [1, 2]),
        ("zabcd", [1, 2, 3, 4], [1, 2, 3, 4]),
        ("abcda", [0, 1, 2, 3], [0, 1, 2, 3]),
    ],
)
def test_a_longest_rise_never_falls_and_keeps_the_earlier_or_the_later(
    values: str, kept: list[int], kept_later: list[int]
) -> None:
    assert sorted(longest_rise(values)) == kept
    assert sorted(longest_rise(values, keeps_later=True)) == kept_later


def test_an_issue_has_two_numbers() -> None:
    assert (other_number("issue"), other_number("cumulative")) == ("cumulative", "issue")


# --- Holes ---------------------------------------------------------------------------------------------


def test_a_hole_names_what_is_missing_and_its_neighbours() -> None:
    first, second = issue(1, None, 1), issue(4, None, 9)
    bare = issue(None, None, 5, path="bare.md")
    (hole,) = holes(Series("甲报", [first, bare, second], {}))

    assert (hole.missing, hole.number, hole.before, hole.after) == ((range(2, 4),), "issue", first, second)
    assert hole.maybe == ("bare.md",)
    assert hole.wording == ("第2—3期", "Nos. 2–3")


def test_what_the_settings_explain_is_no_hole_and_the_rest_of_it_is_one() -> None:
    issues = [issue(1, None, 1), issue(5, None, 9)]

    assert holes(Series("甲报", issues, {"known-gaps": ["2024: 2-4"]})) == []
    (hole,) = holes(Series("甲报", issues, {"known-gaps": ["2024: 3"]}))
    assert (hole.missing, hole.maybe) == ((range(2, 3), range(4, 5)), ())


def test_cumulative_numbers_show_holes_where_there_are_no_others() -> None:
    numbered = [issue(1, 1, 1), issue(2, 5, 2)]
    assert holes(Series("甲报", numbered, {})) == []

    (hole,) = holes(Series("甲报", [each._replace(issue=None) for each in numbered], {}))
    assert (hole.number, hole.missing) == ("cumulative", (range(2, 5),))


def test_a_slip_is_no_hole() -> None:
    assert holes(Series("甲报", [issue(1, 11, 1), issue(2, 12, 2), issue(5, 13, 3)], {})) == []


def test_a_series_is_listed_by_its_dates_with_supplements_among_them_and_holes_before_what_follows() -> None:
    first, third = issue(1, None, 1), issue(3, None, 9)
    extra = issue(1, None, 5, path="extra.md", supplement=True)
    found = rows(Series("甲报", [third, extra, first], {}))

    assert [row.issue for row in found] == [first, extra, third]
    assert [row.hole.missing if row.hole is not None else None for row in found] == [
        None,
        None,
        (range(2, 3),),
    ]
    assert rows(Series("甲报", [], {})) == []


def test_issues_out_of_step_with_dates_in_order_are_mistyped() -> None:
    right = [issue(number, number + 10, number) for number in (1, 2, 3, 4, 5)]
    wrong = [*right[:2], issue(3, 99, 3, path="wrong.md"), *right[3:]]

    assert Series("甲报", right, {}).mistyped() == set()
    assert Series("甲报", wrong, {}).mistyped() == {"wrong.md"}
    # What the numbers themselves order tells nothing.
    assert Series("甲报", [issue(1, None, 1), issue(4, None, 2)], {}).mistyped() == set()


def test_a_run_is_of_a_year_or_of_all_and_one_issue_makes_none() -> None:
    issues = [issue(1, 1, 1, year=2023), issue(2, 2, 2, year=2023), issue(1, 3, 1)]
    series = Series("甲报", issues, {"restarts": "yearly"})

    assert [found.numbers for found in series.runs("issue")] == [[1, 2]]
    assert [found.numbers for found in series.runs("cumulative")] == [[1, 2, 3]]
    assert Series("甲报", [], {}).runs("issue") == Series("甲报", [], {}).runs("cumulative") == []
