"""Blame: in any series one break is blamed on the one issue that breaks it, and on no other."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bulletin_lint.checks.context import Resources
from bulletin_lint.checks.protocols import Finding
from bulletin_lint.checks.series import AcrossIssues
from bulletin_lint.model.location import Location
from bulletin_lint.series.issue import FieldPlace, IssueRecord
from bulletin_lint.series.ordering import series_by_title
from series_generator import TITLES, Issue, changed, series

TOOLS = Resources(trusted=True, tables={}, masks={}, aliases={})
RULES = {
    "ISS003": ("missing", "cumulative"),
    "ISS005": ("gap", "issue"),
    "ISS006": ("repeat", "issue"),
    "ISS007": ("gap", "cumulative"),
    "ISS008": ("repeat", "cumulative"),
    "ISS009": ("offset", "cumulative"),
    "ISS010": ("date-order", "issue"),
    "ISS011": ("year-start", "issue"),
}


def record_of(issue: Issue) -> IssueRecord:
    place = FieldPlace("", Location(1, 1, 1, 2), "", "")
    names = ("title", "issue", "date", *(("cumulative",) if issue.cumulative is not None else ()))
    return IssueRecord(
        issue.path,
        issue.title,
        issue.year,
        issue.issue,
        issue.cumulative,
        issue.date.isoformat(),
        issue.supplement,
        dict.fromkeys(names, place),
    )


def told(issues: Sequence[Issue], **settings: object) -> list[tuple[str, str]]:
    """Path and code of all that is said, each as often as it is said."""
    facts = [record_of(issue) for issue in issues]
    found = []
    for code, (fault, number) in RULES.items():
        verdict = AcrossIssues({"fault": fault, "number": number}, TOOLS).judge(
            series_by_title(facts, settings)
        )
        found += [(finding.issue.path, code) for finding in verdict.findings]
    return sorted(found)


YEARS = st.integers(1, 4).flatmap(
    lambda count: st.lists(st.integers(4, 30), min_size=count, max_size=count).map(
        lambda counts: [(2016 + index, each) for index, each in enumerate(counts)]
    )
)
SERIES = st.builds(
    series,
    st.just(TITLES[0]),
    YEARS,
    folder=st.just("a"),
    first=st.integers(1, 400),
    before=st.integers(0, 3000),
    restarts=st.booleans(),
    has_cumulative=st.booleans(),
    days_between=st.sampled_from([0, 1, 4, 11]),
)


@given(SERIES, st.randoms(use_true_random=False))
def test_series_without_a_fault_are_silent(issues: list[Issue], random: object) -> None:
    shuffled = list(issues)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert [] == told(shuffled)


def inner(data: st.DataObject, issues: Sequence[Issue], *, by: int = 2) -> int:
    """The index of an issue with some issues of its year on both sides."""
    places = [
        index
        for index in range(by, len(issues) - by)
        if issues[index - by].year == issues[index].year == issues[index + by].year
    ]
    assume(places)
    return data.draw(st.sampled_from(places))


@given(SERIES, st.data())
def test_a_missing_issue_is_said_at_the_next(issues: list[Issue], data: st.DataObject) -> None:
    at = inner(data, issues)
    following = issues[at + 1].path
    codes = {code for _, code in told(issues[:at] + issues[at + 1 :])}

    assert {following} == {path for path, _ in told(issues[:at] + issues[at + 1 :])}
    assert codes == ({"ISS005", "ISS007"} if issues[0].cumulative is not None else {"ISS005"})


@given(SERIES, st.data(), st.sampled_from([-30, -7, -2, 2, 3, 10, 90, 300]))
def test_a_mistyped_issue_number_is_blamed_alone(issues: list[Issue], data: st.DataObject, by: int) -> None:
    # On one day only the order of numbers is known, and one that is wrong has no place to be missed at.
    assume(issues[0].date != issues[1].date)
    at = inner(data, issues)
    assume(issues[at].issue + by > 0)
    found = told(changed(issues, at, issue=issues[at].issue + by))

    assert {issues[at].path} == {path for path, _ in found}
    assert len(found) == len(set(found))
    assert issues[0].cumulative is None or "ISS009" in {code for _, code in found}


@given(SERIES, st.data(), st.sampled_from([-30, -7, -2, 2, 3, 10, 90, 1000]))
def test_a_mistyped_cumulative_number_is_blamed_alone(
    issues: list[Issue], data: st.DataObject, by: int
) -> None:
    assume(issues[0].cumulative is not None and issues[0].date != issues[1].date)
    at = inner(data, issues)
    cumulative = (issues[at].cumulative or 0) + by
    assume(cumulative > 0)
    found = told(changed(issues, at, cumulative=cumulative))

    assert {issues[at].path} == {path for path, _ in found}
    assert {"ISS009"} < {code for _, code in found}
    assert len(found) == len(set(found))


@given(SERIES, st.data())
def test_a_number_left_from_the_last_issue_is_repeated(issues: list[Issue], data: st.DataObject) -> None:
    assume(issues[0].date != issues[1].date)
    at = inner(data, issues)
    found = told(changed(issues, at, issue=issues[at - 1].issue))

    assert (issues[at].path, "ISS006") in found
    assert {issues[at].path} == {path for path, _ in found}


@given(SERIES, st.data())
def test_a_date_from_another_month_is_blamed_alone(issues: list[Issue], data: st.DataObject) -> None:
    at = inner(data, issues)
    assume(issues[at - 2].date < issues[at].date)
    date = issues[at - 2].date - datetime.timedelta(days=1)
    assume(date.year == issues[at].year)

    assert [(issues[at].path, "ISS010")] == told(changed(issues, at, date=date))


@given(SERIES, st.data())
def test_an_issue_without_a_cumulative_number_is_missed(issues: list[Issue], data: st.DataObject) -> None:
    assume(issues[0].cumulative is not None)
    at = inner(data, issues)

    assert [(issues[at].path, "ISS003")] == told(changed(issues, at, cumulative=None))


@given(SERIES, st.data())
def test_known_gaps_silence_what_they_name(issues: list[Issue], data: st.DataObject) -> None:
    at = inner(data, issues)
    left = issues[:at] + issues[at + 1 :]
    gone = issues[at]
    known = {"known-gaps": [f"{gone.year}: {gone.issue}", f"cumulative: {gone.cumulative}"]}

    assert [] == told(left, **known)


@pytest.mark.parametrize("restarts", [True, False])
def test_one_mistyped_number_does_not_decide_whether_numbers_begin_anew(restarts: bool) -> None:  # noqa: FBT001
    issues = series(
        TITLES[0], [(2018, 5), (2019, 5), (2020, 1)], folder="a", first=301, before=500, restarts=restarts
    )
    for at in range(len(issues)):
        found = told(changed(issues, at, cumulative=(issues[at].cumulative or 0) + 40))
        assert {issues[at].path} == {path for path, _ in found}, at


def test_a_first_number_that_is_mistyped_is_not_a_late_start_of_the_second() -> None:
    issues = series(TITLES[0], [(2018, 5), (2019, 5)], folder="a", before=500)
    found = told(changed(issues, 5, issue=21))

    assert {issues[5].path} == {path for path, _ in found}


def finding_of(issues: Sequence[Issue], code: str, **settings: object) -> Finding:
    fault, number = RULES[code]
    verdict = AcrossIssues({"fault": fault, "number": number}, TOOLS).judge(
        series_by_title([record_of(issue) for issue in issues], settings)
    )
    (finding,) = verdict.findings
    return finding


def values_of(issues: Sequence[Issue], code: str, **settings: object) -> dict[str, object]:
    return dict(finding_of(issues, code, **settings).values)


def test_of_missing_issues_only_those_that_nothing_explains_are_named() -> None:
    whole = series(TITLES[0], [(2020, 12)], folder="a", has_cumulative=False)
    left = [issue for issue in whole if issue.issue not in range(3, 9)]
    values = values_of(left, "ISS005", **{"known-gaps": ["2020: 4-5, 8"]})

    assert ("第3期、第6—7期", "No. 3, Nos. 6–7") == values["missing"]
    assert "3" == values["expected"]


def test_numbers_that_were_never_used_move_the_offset_and_are_known() -> None:
    # Number 5 was left out by mistake, the cumulative numbers went on.
    whole = series(TITLES[0], [(2020, 12)], folder="a", before=100)
    issues = [issue._replace(issue=issue.issue + (issue.issue >= 5)) for issue in whole]

    assert [] == told(issues, **{"known-gaps": ["2020: 5"]})
    assert ("a/2020/005.md", "ISS005") in told(issues)


def test_the_last_number_is_mistyped_where_the_cumulative_one_goes_on() -> None:
    issues = series(TITLES[0], [(2020, 9)], folder="a", before=100)
    values = values_of(changed(issues, 8, issue=19), "ISS005")

    assert ("无，疑为号码写错", "none, the number seems mistyped") == values["missing"]
    assert "9" == values["expected"]


@pytest.mark.parametrize(
    ("fact", "by", "culprit", "right"),
    [
        ("issue", 30, "期号可能有误，按总期号应为第5期", "5"),
        ("cumulative", 30, "总期号可能有误，按期号应为总第105期", "105"),
    ],
)
def test_which_of_the_two_numbers_is_probably_wrong(fact: str, by: int, culprit: str, right: str) -> None:
    issues = series(TITLES[0], [(2020, 9)], folder="a", before=100)
    broken = changed(issues, 4, **{fact: getattr(issues[4], fact) + by})
    values = values_of(broken, "ISS009")

    assert culprit == values["culprit"][0]  # type: ignore[index]
    assert right == values["expected"]
    # It stands on the number that is wrong.
    assert fact == finding_of(broken, "ISS009").fact


def test_a_title_that_changed_is_the_same_series_with_an_alias() -> None:
    old = series("临江市政务简报", [(2019, 6)], folder="a", before=100)
    new = series(TITLES[0], [(2020, 6)], folder="a", before=106)
    broken = [*old, *new[1:]]
    aliases = {"aliases": {TITLES[0]: ["临江市 政务简报"]}}

    assert [] == told([*old, *new], **aliases)
    assert [] == told(broken)
    assert [("a/2020/002.md", "ISS007")] == told(broken, **aliases)


def test_an_issue_without_a_title_belongs_to_the_series_of_its_folder() -> None:
    first = series(TITLES[0], [(2020, 6)], folder="a")
    second = series(TITLES[1], [(2020, 6)], folder="b")
    nameless = changed([*first, *second], 3, title="")

    assert [] == told(nameless)
    assert [("a/2020/004.md", "ISS003")] == told(changed(nameless, 3, cumulative=None))


def test_the_register_s_lines_are_issues_like_any_other() -> None:
    issues = series(TITLES[0], [(2020, 6)], folder="a")
    facts = [record_of(issue) for issue in issues]
    rows = [
        each._replace(path="register.csv", line=number, places={"anchor": each.places["issue"]})
        for number, each in enumerate(facts[:3], 2)
    ]
    verdict = AcrossIssues({"fault": "gap", "number": "issue"}, TOOLS).judge(
        series_by_title([*rows, *facts[4:]], {})
    )

    (finding,) = verdict.findings
    assert ("a/2020/005.md", "register.csv:4") == (finding.issue.name, finding.values["neighbour"])
    assert "fail" == verdict.outcomes["a/2020/005.md"]


def test_an_entry_of_the_register_that_says_otherwise_is_a_conflict() -> None:
    issues = series(TITLES[0], [(2020, 4)], folder="a", before=10)
    facts = [record_of(issue) for issue in issues]
    entry = facts[2]._replace(path="register.csv", line=4, cumulative=31, date=None)
    facts[2] = facts[2]._replace(registered=entry)
    facts[3] = facts[3]._replace(registered=facts[3]._replace(path="register.csv", line=5))
    verdict = AcrossIssues({"fault": "register", "number": "issue"}, TOOLS).judge(series_by_title(facts, {}))

    (finding,) = verdict.findings
    assert ("a/2020/003.md", "cumulative", "13", "31") == (
        finding.issue.name,
        finding.fact,
        finding.values["found"],
        finding.values["expected"],
    )
    assert {"a/2020/003.md": "fail", "a/2020/004.md": "pass"} == verdict.outcomes


def double(issue: int, cumulative: int, day: int, **lasts: Any) -> IssueRecord:
    """An issue of one year that may have several numbers."""
    place = FieldPlace("", Location(1, 1, 1, 2), "", "")
    names = ("title", "issue", "cumulative", "date")
    record = IssueRecord(
        f"{issue}-{day}.md",
        "水情快讯",
        2024,
        issue,
        cumulative,
        f"2024-05-{day:02}",
        places=dict.fromkeys(names, place),
    )
    return record._replace(**lasts)


def said_of(issues: Sequence[IssueRecord]) -> list[tuple[str, str]]:
    found = []
    for code, (fault, number) in RULES.items():
        verdict = AcrossIssues({"fault": fault, "number": number}, TOOLS).judge(series_by_title(issues, {}))
        found += [(finding.issue.path, code) for finding in verdict.findings]
    return sorted(found)


def test_both_numbers_of_a_double_issue_count() -> None:
    before, after = double(7, 97, 7), [double(10, 100, 10), double(11, 101, 11)]

    assert [] == said_of([before, double(8, 98, 8, last_issue=9, last_cumulative=99), *after])
    assert {"ISS005", "ISS007"} == {code for _, code in said_of([before, double(8, 98, 8), *after])}


def test_a_double_issue_may_be_one_issue_of_all() -> None:
    issues = [double(7, 97, 7), double(8, 98, 8, last_issue=9), double(10, 99, 10), double(11, 100, 11)]

    assert [] == said_of(issues)


def test_the_second_number_is_taken() -> None:
    issues = [double(7, 97, 7), double(8, 98, 8, last_issue=9, last_cumulative=99), double(9, 99, 9)]

    assert [("9-9.md", "ISS006"), ("9-9.md", "ISS008")] == said_of(issues)


def test_an_issue_whose_number_cannot_be_read_hides_no_others() -> None:
    """Numbers that go on over New Year begin no year, whatever the first file of all lacks."""
    issues = series(TITLES[0], [(2021, 6), (2022, 6)], folder="a", restarts=False, has_cumulative=False)
    facts = [record_of(issue) for issue in issues]
    facts[0] = facts[0]._replace(issue=None)

    verdict = AcrossIssues({"fault": "year-start", "number": "issue"}, TOOLS).judge(
        series_by_title(facts, {})
    )

    assert [] == list(verdict.findings)


@pytest.mark.parametrize("first", [2, 7, 300])
def test_a_number_just_below_those_that_are_known_is_mistyped_too(first: int) -> None:
    """第1期 between 第3期 and 第5期 of a run that begins at 2: no issue is missing behind it."""
    issues = series(TITLES[0], [(2021, 8)], folder="a", first=first, has_cumulative=False)

    found = told(changed(issues, 3, issue=first - 1))

    assert {issues[3].path} == {path for path, _ in found}
