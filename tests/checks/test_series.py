"""Series: who is blamed when numbers and dates of several issues do not go together."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_lint.checks.context import Resources
from bulletin_lint.checks.series import AcrossIssues
from bulletin_lint.series.counting import longest_rise
from bulletin_lint.series.issue import IssueRecord
from bulletin_lint.series.ordering import series_by_title

TOOLS = Resources(trusted=True, tables={}, masks={}, aliases={})
FAULTS = [
    ("gap", "issue"),
    ("gap", "cumulative"),
    ("repeat", "issue"),
    ("repeat", "cumulative"),
    ("offset", "cumulative"),
    ("date-order", "issue"),
    ("year-start", "issue"),
    ("missing", "cumulative"),
]


def issue(
    path: str, year: int, number: int | None, cumulative: int | None, date: str, **more: Any
) -> IssueRecord:
    return IssueRecord(path, more.pop("title", "工作简报"), year, number, cumulative, date, **more)


def judged(issues: list[IssueRecord], **settings: Any) -> dict[str, list[str]]:
    """Fault and number to the paths blamed; faults that blame none are left out."""
    found: dict[str, list[str]] = {}
    for fault, number in FAULTS:
        verdict = AcrossIssues({"fault": fault, "number": number}, TOOLS).judge(
            series_by_title(issues, settings)
        )
        if verdict.findings:
            found[f"{fault} {number}"] = [finding.issue.path for finding in verdict.findings]
    return found


def year(first: int, count: int, offset: int, *, calendar_year: int = 2020) -> list[IssueRecord]:
    return [
        issue(
            f"{calendar_year}-{n:02d}",
            calendar_year,
            n,
            n + offset,
            f"{calendar_year}-{1 + n // 4:02d}-{3 + n % 4 * 7:02d}",
        )
        for n in range(first, first + count)
    ]


def test_a_whole_year_and_the_next_are_silent() -> None:
    assert {} == judged([*year(1, 30, 100), *year(1, 12, 130, calendar_year=2021)])


def test_the_first_known_year_may_begin_anywhere() -> None:
    assert {} == judged(year(17, 5, 100))


def test_a_gap_is_blamed_on_the_issue_that_jumps() -> None:
    issues = year(1, 9, 100)
    del issues[4]

    assert {"gap issue": ["2020-06"], "gap cumulative": ["2020-06"]} == judged(issues)


def test_a_gap_that_is_known_is_silent() -> None:
    issues = year(1, 9, 100)
    del issues[4:6]

    assert {} == judged(issues, **{"known-gaps": ["2020: 5-6", "cumulative: 105-106"]})


def test_a_missing_range_is_named() -> None:
    issues = [*year(1, 2, 100), *year(6, 2, 100)]
    verdict = AcrossIssues({"fault": "gap", "number": "issue"}, TOOLS).judge(series_by_title(issues, {}))

    assert ["第3—5期"] == [finding.values["missing"].zh for finding in verdict.findings]  # type: ignore[union-attr]
    assert ["2020-02"] == [finding.neighbour.path for finding in verdict.findings]


def test_a_repeated_number_is_blamed_on_the_later_issue() -> None:
    first = issue("a", 2020, 11, None, "2020-03-06")
    second = issue("b", 2020, 11, None, "2020-03-10")

    assert {"repeat issue": ["b"]} == judged([second, first])


def test_a_cumulative_number_left_from_the_last_issue_is_repeated_and_off() -> None:
    issues = [issue("a", 2020, 11, 120, "2020-03-06"), issue("b", 2020, 12, 120, "2020-03-10")]

    assert {"repeat cumulative": ["b"], "offset cumulative": ["b"]} == judged(issues)


def test_an_offset_is_blamed_on_the_one_that_differs_from_the_rest() -> None:
    issues = year(1, 6, 100)
    issues[3] = issues[3]._replace(cumulative=204)

    blamed = judged(issues)

    assert ["2020-04"] == blamed["offset cumulative"]
    verdict = AcrossIssues({"fault": "offset", "number": "cumulative"}, TOOLS).judge(
        series_by_title(issues, {})
    )
    assert "总期号可能有误，按期号应为总第104期" == verdict.findings[0].values["culprit"].zh  # type: ignore[union-attr]
    assert "104" == verdict.findings[0].values["expected"]


def test_a_date_from_an_old_template_is_blamed_alone() -> None:
    issues = year(1, 6, 100)
    issues[4] = issues[4]._replace(date="2020-01-02")

    assert {"date-order issue": ["2020-05"]} == judged(issues)


def test_of_two_issues_the_later_number_has_the_wrong_date() -> None:
    issues = [issue("a", 2020, 11, 120, "2020-03-06"), issue("b", 2020, 12, 121, "2020-03-01")]

    assert {"date-order issue": ["b"]} == judged(issues)


def test_a_number_that_goes_back_is_blamed_where_the_dates_are_right() -> None:
    issues = [issue("a", 2020, 11, 120, "2020-03-06"), issue("b", 2020, 10, 121, "2020-03-10")]

    blamed = judged(issues)

    assert ["b"] == blamed["gap issue"]
    assert "date-order issue" not in blamed


def test_a_year_that_does_not_begin_at_one() -> None:
    issues = [*year(1, 5, 100), issue("x", 2021, 2, 106, "2021-01-04")]

    assert {"year-start issue": ["x"]} == judged([*issues])


def test_issues_that_are_only_not_here_are_no_late_start() -> None:
    # Cumulative 100 + 5 and 111: the six issues in between are somewhere else.
    issues = [*year(1, 5, 100), issue("x", 2021, 6, 111, "2021-02-04")]

    assert {"gap cumulative": ["x"]} == judged(issues)


def test_a_series_that_never_begins_anew_is_found_from_the_data() -> None:
    issues = [
        issue("a", 2020, 307, None, "2020-12-28"),
        issue("b", 2020, 308, None, "2020-12-30"),
        issue("c", 2021, 309, None, "2021-01-04"),
        issue("d", 2021, 311, None, "2021-01-09"),
    ]

    assert {"gap issue": ["d"]} == judged(issues)
    assert ["c"] == judged(issues, restarts="yearly")["year-start issue"]


def test_titles_tell_series_apart_and_supplements_stand_aside() -> None:
    issues = [
        issue("a", 2020, 11, 120, "2020-03-06"),
        issue("b", 2020, 40, 300, "2020-03-07", title="动态"),
        issue("c", 2020, 1, None, "2020-03-08", supplement=True),
        issue("d", 2020, 12, 121, "2020-03-09"),
    ]

    assert {} == judged(issues)


def test_one_issue_in_two_forms_is_one_issue() -> None:
    text = issue("11.md", 2020, 11, 120, "2020-03-06")

    assert {} == judged([text, text._replace(path="11.pdf")])
    assert "repeat issue" in judged([text, text._replace(path="copy.md")])


def test_a_number_that_the_others_have_is_missed() -> None:
    issues = [*year(1, 3, 100), issue("x", 2020, 4, None, "2020-02-20")]

    assert {"missing cumulative": ["x"]} == judged(issues)


def test_alone_an_issue_says_nothing_of_its_series() -> None:
    verdict = AcrossIssues({"fault": "gap", "number": "issue"}, TOOLS).judge(
        series_by_title(year(7, 1, 100), {})
    )

    assert ([], {}) == (verdict.findings, verdict.outcomes)


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        ("abc", {0, 1, 2}),
        ("ba", {0}),
        ("abxcd", {0, 1, 3, 4}),
        ("aab", {0, 1, 2}),
        ("zab", {1, 2}),
        ("", set()),
    ],
)
def test_the_fewest_dates_are_blamed(values: str, kept: set[int]) -> None:
    assert kept == longest_rise(list(values))


@given(st.permutations(year(1, 8, 40)))
def test_the_order_of_files_does_not_matter(issues: list[IssueRecord]) -> None:
    broken = [item for item in issues if item.issue != 4]

    assert {"gap issue": ["2020-05"], "gap cumulative": ["2020-05"]} == judged(broken)
