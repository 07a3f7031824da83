from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_lint.model.wording import Wording
from hand_made import document, found, matches, run

WEEKDAYS = "一二三四五六日"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026年2月30日", ["2026年2月30日"]),
        ("2025年2月29日", ["2025年2月29日"]),
        ("2024年2月29日", []),
        ("2000年2月29日", []),
        ("1900年2月29日", ["1900年2月29日"]),
        ("2月29日", []),
        ("4月31日", ["4月31日"]),
        ("2026年0月", ["2026年0月"]),
        ("3月0日", ["3月0日"]),
        ("2026-13-05", ["2026-13-05"]),
        ("6月28日至31日", ["31日"]),
        ("“6月31日”见https://a.cn/2026-13-05", ["6月31日"]),
    ],
)
def test_impossible_dates(text: str, expected: list[str]) -> None:
    assert expected == found("calendar", text, **{"assert": "exists"})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026年3月5日（星期五）", [("星期五", "星期四")]),
        ("2026年3月5日(周五)", [("周五", "周四")]),
        ("2026年3月5日周五上午", [("周五", "周四")]),
        ("星期五（2026年3月5日）", [("星期五", "星期四")]),
        ("2026年3月5日（周四）至6日（周五）", []),
        ("2026年3月8日（星期天）", []),
        ("2026年3月5日周恩来诞辰", []),
        ("2026年3月5日周一良讲课", []),
    ],
)
def test_weekdays(text: str, expected: list[tuple[str, str]]) -> None:
    violations = matches("calendar", text, **{"assert": "weekday"})
    shown = []
    for match in violations:
        wanted = match.values["expected"]
        assert isinstance(wanted, Wording)
        shown.append((match.values["found"], wanted.zh))
    assert expected == shown


def test_a_weekday_without_a_year_is_judged_by_the_issue_and_gently() -> None:
    # 2020-03-05 was a Thursday; without the date of issue nothing can be said.
    assert ["周五"] == found(
        "calendar", document("3月5日（周五）", date="2020-03-06"), **{"assert": "weekday"}
    )
    assert [] == found("calendar", document("3月5日（周四）", date="2020-03-06"), **{"assert": "weekday"})
    assert [] == found("calendar", "3月5日（周五）", **{"assert": "weekday"})
    # 28 December: of the year before, 2019, when it was a Saturday.
    assert [] == found("calendar", document("12月28日（周六）", date="2020-01-03"), **{"assert": "weekday"})


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(9999, 12, 31)))
def test_every_real_day_exists_and_has_one_weekday(day: date) -> None:
    text = f"{day.year}年{day.month}月{day.day}日"
    assert [] == found("calendar", text, **{"assert": "exists"})
    accepted = [
        name for name in WEEKDAYS if not matches("calendar", f"{text}（星期{name}）", **{"assert": "weekday"})
    ]
    assert [WEEKDAYS[day.weekday()]] == accepted


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3月8日已办结。", ["3月8日"]),
        ("3月6日已办结。", []),
        ("2026年3月8日已办结。", ["2026年3月8日"]),
        ("2025年3月8日已办结。", []),
        ("将于3月8日开工。3月9日已开工。", ["3月9日"]),
        # Of the year before, since it lies months ahead.
        ("12月28日已办结。", []),
    ],
)
def test_not_later_than_the_issue(text: str, expected: list[str]) -> None:
    made = document(text, date="2026-03-06")
    assert expected == found("not-later", made, unless=["将于"])


def test_not_later_cannot_be_said_without_a_date_of_issue() -> None:
    assert "cannot-assess" == run("not-later", "3月8日已办结。")


@pytest.mark.parametrize(
    ("bare_month", "text", "expected"),
    [
        (None, "本年18月完工。", []),
        ("本年(?P<month>[0-9]{1,2})月(?!租)", "本年18月完工，今年19月完工。", ["18月"]),
        ("本年(?P<month>[0-9]{1,2})月(?!租)", "本年18月租金，本年12月完工。", []),
        # A year or a day beside it needs no other words.
        (None, "2026年13月完工，14月5日验收。", ["2026年13月", "14月5日"]),
    ],
)
@pytest.mark.parametrize("trusted", [True, False])
def test_a_month_by_itself_is_wrong_where_the_rule_says_so(
    bare_month: str | None, text: str, expected: list[str], *, trusted: bool
) -> None:
    assert expected == found(
        "calendar", text, trusted=trusted, **{"assert": "exists", "bare_month": bare_month}
    )


@pytest.mark.parametrize(
    ("before", "text", "expected"),
    [
        (None, "2026年3月5日周五开演，2026年3月5日星期五开演。", []),
        ("开演", "2026年3月5日周五开演，2026年3月5日周五召开。", ["周五"]),
        ("开演", "2026年3月5日周五先开演。", []),
        (None, "2026年3月5日周五，开演。", ["周五"]),
    ],
)
@pytest.mark.parametrize("trusted", [True, False])
def test_a_weekday_that_nothing_sets_off_is_one_before_the_words_of_the_rule(
    before: str | None, text: str, expected: list[str], *, trusted: bool
) -> None:
    assert expected == found(
        "calendar", text, trusted=trusted, **{"assert": "weekday", "weekday_before": before}
    )
