"""What is known of an issue: kept and read back as it was, compared with its register, sorted, and called by one name."""

from __future__ import annotations

import json

import pytest

from bulletin_lint import parse
from bulletin_lint.model.location import Location, PageBox, StoryPlace
from bulletin_lint.series.issue import (
    FieldPlace,
    IssueRecord,
    conflicts,
    date_order,
    from_plain,
    record_of,
    series_title,
    to_plain,
)

PLACE = FieldPlace("第3期", Location(2, 1, 2, 4), "第3期", "masthead.issue_number")
ON_PAGES = FieldPlace(
    "总第30期",
    Location(5, 2, 6, 3, (PageBox(1, (1.0, 2.0, 3.0, 4.5)), PageBox(2, (5.0, 6.0, 7.0, 8.0)))),
    "（总第30期）",
    "masthead.cumulative_number",
)
IN_WORD = FieldPlace(
    "2024年3月5日",
    Location(3, 4, 3, 13, (), StoryPlace("body", "1/7", "水渠清淤完工", 2, 3, is_imprint=False)),
    "2024年3月5日",
    "d",
)
ISSUE = IssueRecord("3.md", "云岭简报", 2024, 3, 30, "2024-03-05")


@pytest.mark.parametrize(
    "issue",
    [
        ISSUE,
        IssueRecord("3.md", None, None, None, None, None),
        ISSUE._replace(supplement=True, last_issue=4, last_cumulative=31),
        ISSUE._replace(places={"issue": PLACE, "cumulative": ON_PAGES, "date": IN_WORD}),
    ],
    ids=["numbers", "nothing", "double", "places"],
)
def test_an_issue_that_was_kept_as_json_is_what_it_was(issue: IssueRecord) -> None:
    again = from_plain(json.loads(json.dumps(to_plain(issue))), "3.md")

    assert again._replace(places={}) == issue._replace(places={})
    assert dict(again.places) == dict(issue.places)
    assert [name in again.places for name in ("issue", "elsewhere")] == ["issue" in issue.places, False]
    assert type(again.supplement) is bool


@pytest.mark.parametrize(
    ("index", "wrong"),
    [(0, 3), (1, "2024"), (2, 3.0), (3, True), (4, 20240305), (7, "4"), (8, [31])],
    ids=["title", "year", "issue", "cumulative", "date", "last issue", "last cumulative"],
)
def test_what_is_no_issue_is_not_read_as_one(index: int, wrong: object) -> None:
    stored = to_plain(ISSUE)
    stored[index] = wrong

    with pytest.raises(TypeError):
        from_plain(stored, "3.md")


ENTRY = ISSUE._replace(path="register.csv", line=4)


@pytest.mark.parametrize(
    ("entry", "facts"),
    [
        (None, []),
        (ENTRY, []),
        (ENTRY._replace(issue=4), ["issue"]),
        (ENTRY._replace(cumulative=31), ["cumulative"]),
        (ENTRY._replace(date="2024-03-06"), ["date"]),
        (ENTRY._replace(issue=4, cumulative=31, date="2024-03-06"), ["issue", "cumulative", "date"]),
        (ENTRY._replace(issue=None, cumulative=None, date=None), []),
    ],
)
def test_a_conflict_is_what_both_say_and_not_alike(entry: IssueRecord | None, facts: list[str]) -> None:
    assert conflicts(ISSUE._replace(registered=entry)) == facts


def test_what_the_issue_itself_leaves_open_is_no_conflict() -> None:
    bare = ISSUE._replace(issue=None, cumulative=None, date=None)

    assert conflicts(bare._replace(registered=ENTRY)) == []


@pytest.mark.parametrize(
    ("title", "name"),
    [
        (None, ""),
        ("", ""),
        ("云岭 简报", "云岭简报"),
        ("云岭\u3000信息", "云岭简报"),
        ("云岭信息", "云岭简报"),
        ("石桥动态", "石桥动态"),
        ("石桥信息", "石桥动态"),
    ],
)
def test_a_series_has_one_name_however_it_is_spaced_or_was_called(title: str | None, name: str) -> None:
    aliases = {"云岭 简报": ("云岭通讯", "云岭 信息"), "石桥动态": ("石桥信息",)}

    assert series_title(title, aliases) == name


def test_issues_are_sorted_by_date_then_by_numbers_then_by_where_they_stand() -> None:
    """One whose day is not known stands at the beginning of its year, one without a year at the end."""
    in_order = [
        IssueRecord("z.md", None, 2024, None, None, None),
        IssueRecord("y.md", None, 2024, 1, None, "2024-01-02"),
        IssueRecord("x.md", None, 2024, 2, None, "2024-01-02"),
        IssueRecord("w.md", None, 2024, 1, 1, "2024-01-02"),
        IssueRecord("v.md", None, 2024, 1, 2, "2024-01-02"),
        IssueRecord("a.csv", None, 2024, 1, 3, "2024-01-02", line=2),
        IssueRecord("a.csv", None, 2024, 1, 3, "2024-01-02", line=10),
        IssueRecord("b.csv", None, 2024, 1, 3, "2024-01-02"),
        IssueRecord("u.md", None, 2024, 9, 9, "2024-02-01"),
        IssueRecord("a.md", None, None, 1, 1, None),
    ]
    backwards = in_order[::-1]

    assert sorted(backwards, key=date_order) == in_order


@pytest.mark.parametrize(
    ("issue", "last_issue", "last_cumulative", "name"),
    [
        (ISSUE, 3, 30, "3.md"),
        (ISSUE._replace(last_issue=4), 4, 30, "3.md"),
        (ISSUE._replace(last_cumulative=31), 3, 31, "3.md"),
        (ENTRY, 3, 30, "register.csv:4"),
    ],
)
def test_the_last_numbers_and_the_name_of_an_issue(
    issue: IssueRecord, last_issue: int, last_cumulative: int, name: str
) -> None:
    assert (issue.last("issue"), issue.last("cumulative"), issue.name) == (last_issue, last_cumulative, name)


HEAD = "云岭镇工作简报\n第4、5期（总第40、41期）\n云岭镇党政办公室　　2025年3月6日\n\n"


def test_the_record_of_a_bulletin_says_what_its_masthead_says_and_where() -> None:
    document = parse(HEAD.encode(), "4.txt")
    record = record_of(document)

    assert record is not None
    assert record._replace(places={}) == IssueRecord(
        "4.txt", "云岭镇工作简报", 2025, 4, 40, "2025-03-06", last_issue=5, last_cumulative=41
    )
    lines = HEAD.split("\n")
    assert {name: (place.location.line, place.part) for name, place in record.places.items()} == {
        "title": (1, "masthead.title"),
        "issue": (2, "masthead.issue_number"),
        "cumulative": (2, "masthead.cumulative_number"),
        "date": (3, "masthead.date"),
        "anchor": (1, "masthead"),
    }
    for place in record.places.values():
        where = place.location
        assert place.line_text == lines[where.line - 1]
        assert place.text == place.line_text[where.column - 1 : where.end_column - 1]


def test_a_text_without_number_date_and_title_has_no_record() -> None:
    assert record_of(parse("今天清淤，明天修渠，后天验收，请各村知悉。\n".encode(), "4.txt")) is None
