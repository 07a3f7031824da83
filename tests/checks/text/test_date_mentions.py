from __future__ import annotations

import pytest

from bulletin_lint.checks.text.date_mentions import mentions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026年3月5日", [(2026, 3, 5)]),
        ("2026 年 3 月 5 日", [(2026, 3, 5)]),
        ("3月5号", [(None, 3, 5)]),
        ("2026年3月召开", [(2026, 3, None)]),
        ("二〇二六年三月二十五日", [(2026, 3, 25)]),
        ("二○二六年十月一日", [(2026, 10, 1)]),
        ("2026-03-05", [(2026, 3, 5)]),
        ("2月27日至28日", [(None, 2, 27), (None, 2, 28)]),
        ("3月1日、2日和5日", [(None, 3, 1), (None, 3, 2), (None, 3, 5)]),
        ("3月5日（星期四）—7日", [(None, 3, 5), (None, 3, 7)]),
        ("20131年5月", [(20131, 5, None)]),
        # No dates: months alone, lengths of time, codes.
        ("3月以来", []),
        ("历时6个月5日", []),
        ("010-55569506", []),
        ("一二月份", []),
    ],
)
def test_mentions(text: str, expected: list[tuple[int | None, int, int | None]]) -> None:
    assert expected == [(one.year, one.month, one.day) for one in mentions(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3月5日（周四）上午", [("周四", 3, True)]),
        ("3月5日星期四，", [("星期四", 3, True)]),
        ("3月5日周日下午", [("周日", 6, True)]),
        # What follows tells whether it is one.
        ("3月5日周一诺", [("周一", 0, False)]),
        ("3月5日星期四召开", [("星期四", 3, False)]),
        ("3月5日周边", []),
        # In front of the date, and of the next day.
        ("周四（3月5日", [("周四", 3, True)]),
        ("3月5日（周四）至6日（周五）", [("周四", 3, True), ("周五", 4, True)]),
        ("3月7日至8日（周六、周日）", [("周六", 5, True), ("周日", 6, True)]),
    ],
)
def test_weekdays_beside_a_date(text: str, expected: list[tuple[str, int, bool]]) -> None:
    found = [one.weekday for one in mentions(text) if one.weekday is not None]
    assert expected == [(text[slice(*each.span)], each.number, each.is_set_off) for each in found]
