"""The calendar, as far as bulletins need it: no import worth its start-up time."""

from __future__ import annotations

_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def is_leap(year: int) -> bool:
    """Whether a year has 366 days."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def days_in_month(year: int, month: int) -> int:
    """The days of a month (1–12)."""
    return 29 if month == 2 and is_leap(year) else _MONTHS[month - 1]


def is_date(year: int, month: int, day: int) -> bool:
    """Whether the calendar has such a day.

    >>> is_date(2024, 2, 29), is_date(2026, 2, 29), is_date(2026, 13, 1)
    (True, False, False)
    """
    return year >= 1 and 1 <= month <= 12 and 1 <= day <= days_in_month(year, month)


def weekday(year: int, month: int, day: int) -> int:
    """The day of the week, 0 for Monday to 6 for Sunday (Sakamoto's method).

    >>> weekday(2020, 3, 6), weekday(2026, 3, 5)
    (4, 3)
    """
    offsets = (0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4)
    if month < 3:
        year -= 1
    return (year + year // 4 - year // 100 + year // 400 + offsets[month - 1] + day + 6) % 7


def iso(year: int, month: int, day: int) -> str:
    """YYYY-MM-DD."""
    return f"{year:04d}-{month:02d}-{day:02d}"


def is_iso_date(text: str) -> bool:
    """Whether a text is a day of the calendar, written YYYY-MM-DD.

    >>> is_iso_date("2024-02-29"), is_iso_date("2026-2-1"), is_iso_date("2026-02-29")
    (True, False, False)
    """
    parts = text.split("-")
    if [len(part) for part in parts] != [4, 2, 2] or not all(
        part.isascii() and part.isdecimal() for part in parts
    ):
        return False
    year, month, day = map(int, parts)
    return is_date(year, month, day)
