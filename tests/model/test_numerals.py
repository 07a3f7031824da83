"""Numbers and the calendar, each against the rules of arithmetic and of the almanac."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_lint.model.dates import days_in_month, is_date, iso, weekday
from bulletin_lint.model.numerals import chinese_number, in_arabic, item_number, like, parse_number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("11", 11),
        ("１１", 11),
        ("十", 10),
        ("十一", 11),
        ("二十", 20),
        ("一百零五", 105),
        ("一百一十", 110),
        ("两千", 2000),
        ("二〇二六", 2026),
        ("①", 1),
        ("⑳", 20),
        ("叁", 3),
        (" 2 1 ", 21),
    ],
)
def test_numbers_as_bulletins_write_them(text: str, number: int) -> None:
    assert number == parse_number(text)


@pytest.mark.parametrize("text", ["", "l1", "1S", "甲", "第一", "-1", "1.5"])
def test_what_is_no_number_is_none(text: str) -> None:
    assert parse_number(text) is None


@given(st.integers(1, 9999))
def test_chinese_numbers_read_back(number: int) -> None:
    assert number == parse_number(chinese_number(number))


@given(st.integers(1, 20), st.sampled_from(["①", "三", "4", "５"]))
def test_a_number_in_the_manner_of_another_reads_back(number: int, sample: str) -> None:
    written = like(sample, number)

    assert number == parse_number(written)
    assert (sample == "4") == written.isascii()


@given(st.dates(datetime.date(1583, 1, 1), datetime.date(2999, 12, 31)))
def test_the_calendar_agrees_with_the_library(day: datetime.date) -> None:
    assert is_date(day.year, day.month, day.day)
    assert day.weekday() == weekday(day.year, day.month, day.day)
    assert day.isoformat() == iso(day.year, day.month, day.day)


@pytest.mark.parametrize(
    "date", [(2026, 2, 29), (1900, 2, 29), (2026, 4, 31), (2026, 13, 1), (2026, 0, 1), (2026, 1, 0)]
)
def test_days_that_are_not_are_no_dates(date: tuple[int, int, int]) -> None:
    assert not is_date(*date)


def test_february_has_a_day_more_in_leap_years() -> None:
    assert [29, 28, 29, 28] == [days_in_month(year, 2) for year in (2000, 1900, 2024, 2026)]


@pytest.mark.parametrize(
    ("text", "number"),
    [("A", 1), ("z", 26), ("Ｃ", 3), ("ｂ", 2), ("甲", 1), ("癸", 10), ("三", 3), ("⑫", 12)],
)
def test_items_are_counted_by_letters_and_stems_too(text: str, number: int) -> None:
    assert item_number(text) == number
    # The one before it, in the same manner.
    if number > 1:
        assert item_number(like(text, number - 1)) == number - 1


@pytest.mark.parametrize("text", ["", " ", "AB", "甲乙", "é", "ß", "子", "."])
def test_what_counts_nothing(text: str) -> None:
    assert item_number(text) is None


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"),
        (10, "十"),
        (11, "十一"),
        (19, "十九"),
        (20, "二十"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (115, "一百一十五"),
        (1000, "一千"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1100, "一千一百"),
        (2305, "二千三百零五"),
        (9999, "九千九百九十九"),
    ],
)
def test_a_number_in_words_has_one_zero_for_the_places_that_are_left_out(number: int, written: str) -> None:
    assert chinese_number(number) == written


@pytest.mark.parametrize(
    ("text", "arabic"),
    [
        ("", ""),
        ("总第九十八期", "总第98期"),
        ("二〇二六年第十二期", "2026年第12期"),
        ("二○二六年", "2026年"),
        ("第３期", "第３期"),
        ("期期", "期期"),
        ("三、五", "3、5"),
        # Hundreds are left: the figures before and behind are numbers by themselves.
        ("一百", "1百"),
    ],
)
def test_numbers_of_a_text_in_arabic_figures(text: str, arabic: str) -> None:
    assert in_arabic(text) == arabic


@pytest.mark.parametrize(
    ("first", "last", "count"), [("①", "⑳", 20), ("⑴", "⒇", 20), ("⒈", "⒛", 20), ("㈠", "㈩", 10)]
)
def test_a_row_of_whole_numbers_has_a_beginning_and_an_end(first: str, last: str, count: int) -> None:
    assert (parse_number(first), parse_number(last)) == (1, count)
    assert (like(last, 1), like(first, count)) == (first, last)
    # Beyond the row a number is written with figures.
    assert like(first, count + 1) == str(count + 1)
    # What stands behind ㈩ is 月 in brackets.
    assert parse_number(chr(ord(last) + 1)) in (None, 1)


@pytest.mark.parametrize(
    ("sample", "number", "written"),
    [
        ("A", 1, "A"),
        ("a", 26, "z"),
        ("A", 27, "27"),
        ("ｂ", 26, "ｚ"),
        ("甲", 1, "甲"),
        ("乙", 10, "癸"),
        ("甲", 11, "11"),
        ("９", 10, "１０"),
        ("9", 10, "10"),
        ("", 7, "7"),
        (" 三", 12, "十二"),
        ("百", 3, "三"),
    ],
)
def test_a_number_in_the_manner_of_another(sample: str, number: int, written: str) -> None:
    assert like(sample, number) == written


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("廿", 20),
        ("廿三", 23),
        ("卅", 30),
        ("一百", 100),
        ("百二十", 120),
        ("三千零八", 3008),
        ("〇", 0),
        ("拾壹", 11),
    ],
)
def test_tens_hundreds_and_thousands_in_words(text: str, number: int) -> None:
    assert parse_number(text) == number
