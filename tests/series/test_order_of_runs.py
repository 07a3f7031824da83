"""In which order a run stands where dates and numbers contradict each other, and what an issue's record takes from where."""

from __future__ import annotations

import pytest

from bulletin_lint import parse
from bulletin_lint.series.counting import CountingFault, run_of
from bulletin_lint.series.issue import IssueRecord, record_of


def issue(number: int, cumulative: int | None, day: int) -> IssueRecord:
    return IssueRecord(
        f"{number}-{cumulative}-{day}.md", "甲报", 2024, number, cumulative, f"2024-01-{day:02}"
    )


def issues(*rows: tuple[int, int], cumulative: bool = True) -> list[IssueRecord]:
    """Of each issue number and day, in their right order; the cumulative numbers are right."""
    return [issue(number, 11 + at if cumulative else None, day) for at, (number, day) in enumerate(rows)]


@pytest.mark.parametrize("wrong_day", [20, 9])
def test_a_wrong_date_and_a_wrong_number_are_told_apart(wrong_day: int) -> None:
    """The third is dated too late, the fifth has a mistyped number: two of three facts say where each stands."""
    right = issues((1, 1), (2, 2), (3, wrong_day), (4, 4), (50, 5), (6, 6), (7, 7), (8, 8))
    found = run_of(right[::-1], "issue")

    assert found.numbers == [1, 2, 3, 4, 50, 6, 7, 8]
    assert found.faults == [CountingFault("gap", 4, 5, 3)]
    assert not found.is_by_number


def test_a_date_too_early_is_told_apart_too() -> None:
    right = issues((1, 3), (2, 4), (3, 5), (4, 1), (50, 7), (6, 8), (7, 9))
    found = run_of(right, "issue")

    assert found.numbers == [1, 2, 3, 4, 50, 6, 7]
    assert found.faults == [CountingFault("gap", 4, 5, 3)]


def test_without_cumulative_numbers_dates_show_a_mistyped_one() -> None:
    found = run_of(issues((1, 1), (2, 2), (9, 3), (4, 4), (5, 5), cumulative=False), "issue")

    assert found.faults == [CountingFault("gap", 2, 3, 1)]
    assert not found.is_by_number


def test_of_orders_that_are_as_good_the_numbers_own_counts() -> None:
    found = run_of(issues((1, 1), (2, 2), (5, 3), cumulative=False), "issue")

    assert found.is_by_number
    assert found.faults == [CountingFault("gap", 2, 3, 1, (range(3, 5),))]


def test_of_one_day_the_numbers_say_the_order() -> None:
    found = run_of(issues((3, 1), (1, 1), (2, 1), cumulative=False), "issue")

    assert (found.numbers, found.faults) == ([1, 2, 3], [])


def test_on_one_day_the_other_number_shows_which_is_mistyped() -> None:
    found = run_of(issues((1, 1), (2, 1), (9, 1), (4, 1)), "issue")

    assert found.numbers == [1, 2, 9, 4]
    assert found.faults == [CountingFault("gap", 2, 3, 1)]


@pytest.mark.parametrize(
    ("number", "date", "year", "is_supplement"),
    [
        ("第4期", "2025年3月6日", 2025, False),
        # The year beside the number counts, not the date's.
        ("2024年第4期", "2025年3月6日", 2024, False),
        ("2024年第4期", "", 2024, False),
        ("第4期", "", None, False),
        ("增刊第4期", "2025年3月6日", 2025, True),
    ],
)
def test_the_year_of_an_issue_is_the_one_its_number_counts_in(
    number: str, date: str, year: int | None, *, is_supplement: bool
) -> None:
    text = f"云岭镇工作简报\n{number}\n云岭镇党政办公室　　{date}\n\n镇里开展春季植树\n\n镇机关干部到东山植树。\n"
    record = record_of(parse(text.encode(), "4.txt", cache=False))

    assert record is not None
    assert (record.year, record.issue, record.supplement) == (year, 4, is_supplement)
    assert (record.title, record.cumulative, record.last_issue) == ("云岭镇工作简报", None, None)
    assert set(record.places) == {"title", "issue", "anchor", *(["date"] if date else [])}
