"""The issues of a series as its numbers and dates order them, what is missing between two, and what is known to be."""

from __future__ import annotations

import pytest

from bulletin_lint.series.issue import IssueRecord
from bulletin_lint.series.ordering import Series, missing_wording, series_by_title


def issue(
    number: int | None,
    cumulative: int | None = None,
    date: str | None = "2024-01-01",
    *,
    path: str = "",
    title: str | None = "云岭简报",
    year: int | None = None,
    line: int | None = None,
    last_issue: int | None = None,
    last_cumulative: int | None = None,
    supplement: bool = False,
) -> IssueRecord:
    year = int(date[:4]) if date and year is None else year
    path = path or f"{date}-{number}-{cumulative}.md"
    return IssueRecord(
        path,
        title,
        year,
        number,
        cumulative,
        date,
        supplement,
        line=line,
        last_issue=last_issue,
        last_cumulative=last_cumulative,
    )


def year_of(year: int, numbers: range, *, offset: int | None = None) -> list[IssueRecord]:
    """An issue a day; the cumulative numbers are as much larger as `offset`."""
    return [
        issue(number, None if offset is None else number + offset, f"{year}-01-{day:02}")
        for day, number in enumerate(numbers, 1)
    ]


# --- Known gaps ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gaps", "number", "left"),
    [
        ([], "issue", [range(3, 9)]),
        (["2024: 3-8"], "issue", []),
        (["2024: 1-20"], "issue", []),
        (["2024: 5"], "issue", [range(3, 5), range(6, 9)]),
        (["2024: 3"], "issue", [range(4, 9)]),
        (["2024: 8"], "issue", [range(3, 8)]),
        (["2024: 2", "2024: 9"], "issue", [range(3, 9)]),
        (["2024: 4，6"], "issue", [range(3, 4), range(5, 6), range(7, 9)]),
        ([" 2024 : 4 - 5 , 7"], "issue", [range(3, 4), range(6, 7), range(8, 9)]),
        (["2023: 3-8"], "issue", [range(3, 9)]),
        (["3-8"], "issue", []),
        (["cumulative: 3-8"], "issue", [range(3, 9)]),
        (["cumulative: 3-8"], "cumulative", []),
        (["总: 3-8"], "cumulative", []),
        (["2024: 3-8"], "cumulative", [range(3, 9)]),
        (["3-8"], "cumulative", [range(3, 9)]),
        (["2024: 3-"], "issue", [range(4, 9)]),
        (["2024: 八"], "issue", [range(3, 9)]),
    ],
)
def test_a_known_gap_explains_the_numbers_that_it_names_and_no_others(
    gaps: list[str], number: str, left: list[range]
) -> None:
    series = Series("云岭简报", [issue(9)], {"known-gaps": gaps})

    assert series.unknown(number, issue(9), [range(3, 9)]) == left


def test_nothing_is_missing_in_an_empty_range() -> None:
    assert Series("", [], {}).unknown("issue", issue(9), [range(3, 3), range(4, 5)]) == [range(4, 5)]


@pytest.mark.parametrize(
    ("number", "own", "count"),
    [
        # Of the issue numbers 2 and 3 are known gaps, 6 is the second of a double issue.
        ("issue", 2, 0),
        ("issue", 3, 1),
        ("issue", 4, 2),
        ("issue", 5, 2),
        ("issue", 6, 3),
        ("issue", 7, 3),
        # Of the cumulative ones 50, and the second and third of the double issue.
        ("cumulative", 50, 0),
        ("cumulative", 51, 1),
        ("cumulative", 61, 3),
    ],
)
def test_numbers_below_an_issue_that_have_no_issue_of_their_own_are_counted(
    number: str, own: int, count: int
) -> None:
    double = issue(5, 60, last_issue=6, last_cumulative=62)
    last_year = issue(1, 1, "2023-12-01", last_issue=2)
    settings = {"known-gaps": ["2024: 2-3", "cumulative: 50"], "restarts": "yearly"}
    series = Series("云岭简报", [last_year, double, issue(7, 63)], settings)

    assert series.left_out(number, issue(own, own)) == count


def test_numbers_that_never_begin_anew_count_the_double_issues_of_all_years() -> None:
    last_year = issue(1, None, "2023-12-01", last_issue=2)
    series = Series("云岭简报", [last_year, issue(3)], {"restarts": "never"})

    assert series.left_out("issue", issue(3)) == 1


@pytest.mark.parametrize(
    ("missing", "zh", "en"),
    [
        ([], "", ""),
        ([range(3, 4)], "第3期", "No. 3"),
        ([range(3, 5)], "第3—4期", "Nos. 3–4"),
        ([range(3, 6), range(7, 8)], "第3—5期、第7期", "Nos. 3–5, No. 7"),
    ],
)
def test_missing_numbers_are_told_as_ranges(missing: list[range], zh: str, en: str) -> None:
    assert missing_wording(missing) == (zh, en)


# --- Which issues --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "kept"),
    [
        (None, [9, 10, 11]),
        ("2024-10", [10, 11]),
        ("2024-11", [11]),
        ("2024-12", []),
        ("2023-99", [9, 10, 11]),
        ("2025-1", []),
        ("110", [10, 11]),
        (111, [11]),
        (112, []),
    ],
)
def test_a_series_begins_with_the_issue_that_the_settings_name(start: object, kept: list[int]) -> None:
    issues = [issue(number, number + 100) for number in (9, 10, 11)]
    found = series_by_title(issues, {"start": start})

    assert [each.issue for series in found for each in series.issues] == kept


@pytest.mark.parametrize(
    ("start", "unknown"),
    [("110", issue(1, None)), ("2024-10", issue(None, 1)), ("2024-10", issue(1, 1, None))],
)
def test_an_issue_that_does_not_say_whether_it_is_before_the_first_is_looked_at(
    start: str, unknown: IssueRecord
) -> None:
    assert [series.issues for series in series_by_title([unknown], {"start": start})] == [[unknown]]


def test_an_issue_in_two_forms_is_one() -> None:
    """They differ in nothing but the ending; lines of the register are an issue each."""
    text, page = issue(1, 1, path="a/1.md"), issue(1, 1, path="a/1.pdf")
    other, elsewhere = issue(2, 2, path="a/1.docx"), issue(1, 1, path="b/1.md")
    rows = [issue(3, 3, path="register.csv", line=line) for line in (2, 10)]
    (series,) = series_by_title([page, *rows, elsewhere, other, text], {})

    assert sorted(each.name for each in series.issues) == [
        "a/1.docx",
        "a/1.md",
        "b/1.md",
        "register.csv:10",
        "register.csv:2",
    ]


@pytest.mark.parametrize(
    ("paths", "titles"),
    [
        # The only series there is, wherever the issue lies.
        ({"a/1.md": "甲报", "b/2.md": ""}, {"甲报": ["a/1.md", "b/2.md"]}),
        # The only one of its folder.
        (
            {"a/1.md": "甲报", "b/1.md": "乙报", "b/2.md": ""},
            {"乙报": ["b/1.md", "b/2.md"], "甲报": ["a/1.md"]},
        ),
        # Of several none.
        (
            {"a/1.md": "甲报", "a/2.md": "乙报", "a/3.md": ""},
            {"": ["a/3.md"], "乙报": ["a/2.md"], "甲报": ["a/1.md"]},
        ),
        ({"a/1.md": ""}, {"": ["a/1.md"]}),
    ],
)
def test_an_issue_without_a_title_joins_the_only_series_there_is_or_the_only_one_of_its_folder(
    paths: dict[str, str], titles: dict[str, list[str]]
) -> None:
    issues = [issue(None, None, path=path, title=title) for path, title in paths.items()]
    found = series_by_title(issues, {})

    assert {series.title: sorted(each.path for each in series.issues) for series in found} == titles
    assert [series.title for series in found] == sorted(titles)


def test_what_is_given_in_any_order_is_taken_by_path_and_line() -> None:
    """Of an issue in two forms the first by name stays; the supplements of a register keep the order of its lines."""
    extras = [
        issue(number, path=path, line=line, supplement=True)
        for number, path, line in ((3, "b.csv", 10), (2, "b.csv", 2), (1, "c.md", None), (4, "a.md", None))
    ]
    forms = [issue(5, path=path) for path in ("a/1.pdf", "a/1.docx", "a/1.md")]
    (series,) = series_by_title([*extras, *forms], {})

    assert [each.name for each in series.supplements] == ["a.md", "b.csv:2", "b.csv:10", "c.md"]
    assert [each.path for each in series.issues] == ["a/1.docx"]


def test_supplements_are_apart_and_the_others_in_the_order_of_their_dates() -> None:
    late, early = issue(1, 1, "2024-02-01"), issue(2, 2, "2024-01-01")
    extra = issue(1, None, "2024-01-15", supplement=True)
    series = Series("云岭简报", [late, extra, early], {})

    assert (series.issues, series.supplements) == ([early, late], [extra])


@pytest.mark.parametrize(
    ("numbers", "restarts", "years"),
    [
        (("issue",), "yearly", {2023: 1, 2024: 2}),
        (("issue", "cumulative"), "yearly", {2024: 1}),
        (("issue",), "never", {0: 3}),
    ],
)
def test_numbers_count_within_a_year_where_they_begin_anew(
    numbers: tuple[str, ...], restarts: str, years: dict[int, int]
) -> None:
    issues = [issue(1, 1), issue(2), issue(None, 3), issue(9, None, "2023-12-01")]
    found = Series("", issues, {"restarts": restarts}).by_year(*numbers)

    assert {year: len(group) for year, group in found.items()} == years
    assert list(found) == sorted(years)


# --- Whether numbers begin anew ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("issues", "restarts"),
    [
        # A year alone says nothing: most series begin anew.
        (year_of(2024, range(1, 4)), True),
        ([], True),
        # Both numbers go on in step over New Year, or do not.
        (year_of(2023, range(1, 4), offset=10) + year_of(2024, range(4, 7), offset=10), False),
        (year_of(2023, range(1, 4), offset=10) + year_of(2024, range(1, 4), offset=13), True),
        # Without cumulative numbers the first of a year goes on from the last, or does not.
        (year_of(2023, range(1, 5)) + year_of(2024, range(5, 9)), False),
        (year_of(2023, range(1, 5)) + year_of(2024, range(1, 5)), True),
        # Of one issue a year it is seen too; where the next year is not the following one it is not.
        (year_of(2023, range(8, 9)) + year_of(2024, range(9, 10)), False),
        (year_of(2022, range(1, 5)) + year_of(2024, range(5, 9)), True),
        # An issue without a number says nothing, wherever it stands.
        (
            [issue(None, None, "2023-01-01"), *year_of(2023, range(1, 5)), *year_of(2024, range(5, 9))],
            False,
        ),
        # A year with one issue whose number is mistyped does not decide between two that are sure.
        (
            [
                *year_of(2022, range(1, 4), offset=10),
                issue(4, 54, "2023-01-01"),
                *year_of(2024, range(5, 8), offset=10),
            ],
            False,
        ),
        # Where one year goes on and another begins anew, numbers begin anew.
        ([*year_of(2022, range(1, 5)), *year_of(2023, range(1, 5)), *year_of(2024, range(5, 9))], True),
        # A year that begins with 1 begins anew, though the last one ended with 0 wrongly.
        (year_of(2023, range(1)) + year_of(2024, range(1, 4)), True),
    ],
)
def test_whether_numbers_begin_anew_is_seen_over_new_year(
    issues: list[IssueRecord], *, restarts: bool
) -> None:
    assert Series("", issues, {}).restarts is restarts
    assert Series("", issues, {"restarts": "auto"}).restarts is restarts
    for word in ("yearly", "never"):
        assert Series("", issues, {"restarts": word}).restarts is (word == "yearly")


@pytest.mark.parametrize("at", range(8))
def test_a_mistyped_number_beside_new_year_does_not_decide(at: int) -> None:
    """Whichever of them it is, and whether the numbers begin anew or go on."""
    for second, restarts in ((range(1, 5), True), (range(5, 9), False)):
        issues = year_of(2023, range(1, 5)) + year_of(2024, second)
        issues[at] = issues[at]._replace(issue=70)
        assert Series("", issues, {}).restarts is restarts


# --- Between two issues --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("date", "is_told"),
    [
        (None, True),
        ("2024-01-09", False),
        ("2024-01-10", True),
        ("2024-01-15", True),
        ("2024-01-20", True),
        ("2024-01-21", False),
    ],
)
def test_a_file_without_numbers_may_be_missing_between_two_if_its_date_does_not_speak_against_it(
    date: str | None, *, is_told: bool
) -> None:
    before, after = issue(1, 1, "2024-01-10"), issue(3, 3, "2024-01-20")
    bare = issue(None, None, date, path="bare.md")
    others = [bare._replace(issue=2), bare._replace(cumulative=2), bare._replace(line=4)]

    assert Series("", [before, bare, after], {}).may_be_missing(before, after) == (
        ("bare.md",) if is_told else ()
    )
    for other in others:
        assert Series("", [before, other, after], {}).may_be_missing(before, after) == ()


@pytest.mark.parametrize(
    ("low", "high", "count"),
    [(10, 20, 3), (11, 20, 2), (10, 19, 2), (11, 19, 1), (13, 14, 0), (20, 10, 0)],
)
def test_issues_that_lack_a_number_are_counted_between_two_by_the_other_one(
    low: int, high: int, count: int
) -> None:
    """10, 12 and 20 have no cumulative number; those at the edges count."""
    lacking = [issue(number, None, "2024-01-10") for number in (10, 12, 20)]
    series = Series("", lacking, {})
    before, after = issue(low, 1, "2024-01-01"), issue(high, 2, "2024-01-31")

    assert series.unnumbered_between("cumulative", before, after) == count


def test_issues_that_lack_both_numbers_are_counted_by_their_dates() -> None:
    lacking = [issue(None, None, f"2024-01-{day:02}") for day in (9, 10, 15, 20, 21)]
    before, after = issue(1, 1, "2024-01-10"), issue(2, 2, "2024-01-20")

    assert Series("", lacking, {}).unnumbered_between("issue", before, after) == 3
