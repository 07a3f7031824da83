"""The calendar: each month's days, leap years by all their rules, days of the week, and days as they are written."""

from __future__ import annotations

import datetime

import pytest

from bulletin_lint.model.dates import days_in_month, is_date, is_iso_date, is_leap, iso, weekday


@pytest.mark.parametrize(
    ("month", "days"),
    [
        (1, 31),
        (2, 28),
        (3, 31),
        (4, 30),
        (5, 31),
        (6, 30),
        (7, 31),
        (8, 31),
        (9, 30),
        (10, 31),
        (11, 30),
        (12, 31),
    ],
)
def test_each_month_has_its_days_and_not_one_more(month: int, days: int) -> None:
    assert days_in_month(2023, month) == days
    assert is_date(2023, month, 1)
    assert is_date(2023, month, days)
    assert not is_date(2023, month, days + 1)
    assert not is_date(2023, month, 0)
    # A leap year lengthens February and no other month.
    assert days_in_month(2024, month) == days + (month == 2)


@pytest.mark.parametrize(
    ("year", "leap"),
    [
        (2023, False),
        (2024, True),
        (2025, False),
        (2026, False),
        (1900, False),
        (2000, True),
        (2100, False),
        (2200, False),
        (2300, False),
        (2400, True),
        (2096, True),
        (2104, True),
        (4, True),
        (1, False),
    ],
)
def test_leap_years_are_those_of_the_almanac(year: int, *, leap: bool) -> None:
    assert is_leap(year) is leap
    assert is_date(year, 2, 29) is leap


@pytest.mark.parametrize(
    ("year", "month", "day"),
    [
        (0, 1, 1),
        (-1, 1, 1),
        (2024, 0, 1),
        (2024, 13, 1),
        (2024, -1, 1),
        (2024, 1, 0),
        (2024, 1, 32),
        (2024, 12, 32),
    ],
)
def test_a_number_beyond_its_range_makes_no_date(year: int, month: int, day: int) -> None:
    assert not is_date(year, month, day)


@pytest.mark.parametrize(("year", "month", "day"), [(1, 1, 1), (9999, 12, 31), (2024, 12, 1), (2024, 1, 31)])
def test_the_first_and_the_last_of_each_range_make_one(year: int, month: int, day: int) -> None:
    assert is_date(year, month, day)


@pytest.mark.parametrize("year", [1900, 1999, 2000, 2023, 2024, 2100])
@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_begins_on_its_day_of_the_week(year: int, month: int) -> None:
    assert weekday(year, month, 1) == datetime.date(year, month, 1).weekday()


def test_a_week_counts_from_monday() -> None:
    # 4 March 2024 was a Monday.
    assert [weekday(2024, 3, day) for day in range(4, 12)] == [0, 1, 2, 3, 4, 5, 6, 0]


@pytest.mark.parametrize(
    ("date", "written"),
    [((2024, 3, 5), "2024-03-05"), ((2024, 12, 31), "2024-12-31"), ((7, 1, 2), "0007-01-02")],
)
def test_a_day_is_written_with_all_its_zeros(date: tuple[int, int, int], written: str) -> None:
    assert iso(*date) == written
    assert is_iso_date(written)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2024",
        "2024-02",
        "2024-02-29-01",
        "2024-2-29",
        "2024-02-9",
        "024-02-29",
        "02024-02-29",
        "2024-002-29",
        "2024-02-029",
        "2024/02/29",
        "20240229",
        "2026-02-29",
        "2024-13-01",
        "2024-00-01",
        "2024-04-31",
        "0000-01-01",
        # Figures that are not those of ASCII, and what int would take all the same.
        "２０２４-02-01",
        "2024-０2-01",
        "2024-02-0１",
        "2024-+2-01",
        "2024- 2-01",
        "abcd-02-01",
        "2024-ab-01",
        "2024-02-cd",
        " 2024-02-01",
        "2024-02-01 ",
    ],
)
def test_what_is_no_day_or_otherwise_written_is_refused(text: str) -> None:
    assert not is_iso_date(text)
