"""Which entry of the register belongs to which file, which belong to none, and what an update adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from bulletin_lint.series.issue import IssueRecord
from bulletin_lint.series.reconciliation import is_known, joined, updated
from bulletin_lint.series.register import Register, read_register


def issue(
    path: str,
    number: int | None = 3,
    cumulative: int | None = 30,
    date: str | None = "2024-03-05",
    *,
    title: str | None = "甲报",
    supplement: bool = False,
) -> IssueRecord:
    return IssueRecord(path, title, int(date[:4]) if date else None, number, cumulative, date, supplement)


def register(folder: Path, *rows: str, header: str = "刊名,期号,总期号,日期,增刊,文件") -> Register:
    path = folder / "register.csv"
    path.write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return read_register(str(path))


def lines_of(
    issues: Sequence[IssueRecord],
    kept: Register,
    aliases: Mapping[str, Sequence[str]] | None = None,
) -> tuple[dict[str, int | None], list[int | None]]:
    """Of each file the line of its entry, None where it has none; and the lines that belong to no file."""
    known = joined(issues, kept, aliases or {}, {each.path: each.path for each in issues})
    files = {
        each.path: each.registered.line if each.registered is not None else None
        for each in known
        if each.line is None
    }
    return files, [each.line for each in known if each.line is not None]


@pytest.mark.parametrize(
    ("row", "is_its"),
    [
        # The file that is named, whatever the numbers are.
        ("甲报,9,90,2020-01-01,,a.md", True),
        # A file that is not there, or none: the number says it.
        ("甲报,3,30,2024-03-05,,gone.md", True),
        ("甲报,3,30,2024-03-05,,", True),
        ("甲报,3,99,2024-03-05,,", True),
        ("甲报,3,,2024-03-09,,", True),
        ("甲报,3,,2023-03-05,,", False),
        ("甲报,4,,2024-03-05,,", False),
        # By its cumulative number alone only if the day is the same.
        ("甲报,,30,2024-03-05,,", True),
        ("甲报,9,30,2024-03-05,,", True),
        ("甲报,9,30,2024-03-06,,", False),
        ("甲报,,30,,,", False),
        ("甲报,,31,2024-03-05,,", False),
        # An entry without a title is one of the only series.
        (",3,30,2024-03-05,,", True),
        ("乙报,3,30,2024-03-05,,", False),
        # A supplement is numbered apart.
        ("甲报,3,30,2024-03-05,是,", False),
        ("甲报,3,,,,", False),
    ],
)
def test_an_entry_belongs_to_the_file_that_it_names_or_to_the_one_with_its_number(
    tmp_path: Path, row: str, *, is_its: bool
) -> None:
    files, left = lines_of([issue("a.md")], register(tmp_path, row))

    assert files == {"a.md": 2 if is_its else None}
    assert left == ([] if is_its else [2])


def test_an_entry_of_another_file_that_is_there_is_not_taken_by_number(tmp_path: Path) -> None:
    kept = register(tmp_path, "甲报,3,30,2024-03-05,,b.md")

    assert lines_of([issue("a.md"), issue("b.md", 4, 31)], kept) == ({"a.md": None, "b.md": 2}, [])


def test_an_entry_is_given_away_once_to_the_earlier_issue(tmp_path: Path) -> None:
    kept = register(tmp_path, "甲报,3,30,2024-03-05,,")

    assert lines_of([issue("a.md", date="2024-03-09"), issue("b.md")], kept) == (
        {"a.md": None, "b.md": 2},
        [],
    )
    # Of one day the one whose name is first.
    assert lines_of([issue("b.md"), issue("a.md")], kept) == ({"b.md": None, "a.md": 2}, [])


def test_of_two_entries_alike_each_issue_has_one_and_a_file_that_is_named_twice_the_first(
    tmp_path: Path,
) -> None:
    twice = register(tmp_path, "甲报,3,30,2024-03-05,,", "甲报,3,30,2024-03-05,,")
    assert lines_of([issue("a.md"), issue("b.md")], twice) == ({"a.md": 2, "b.md": 3}, [])

    named = register(tmp_path, "甲报,8,80,2024-03-05,,a.md", "甲报,9,90,2024-03-05,,a.md")
    assert lines_of([issue("a.md")], named) == ({"a.md": 2}, [3])


def test_an_entry_without_a_title_is_of_no_series_where_there_are_several(tmp_path: Path) -> None:
    kept = register(tmp_path, ",3,30,2024-03-05,,")
    issues = [issue("a.md"), issue("b.md", 4, 31, title="乙报")]

    assert lines_of(issues, kept) == ({"a.md": None, "b.md": None}, [2])


def test_an_issue_without_a_title_is_of_the_only_series(tmp_path: Path) -> None:
    kept = register(tmp_path, "甲报,3,30,2024-03-05,,")

    assert lines_of([issue("a.md", title=None), issue("b.md", 4, 31)], kept)[0] == {"a.md": 2, "b.md": None}


def test_a_former_title_is_that_of_now(tmp_path: Path) -> None:
    kept = register(tmp_path, "甲 旧报,3,30,2024-03-05,,")

    assert lines_of([issue("a.md")], kept) == ({"a.md": None}, [2])
    assert lines_of([issue("a.md")], kept, {"甲报": ["甲旧报"]}) == ({"a.md": 2}, [])


def test_a_supplement_has_the_entry_of_one(tmp_path: Path) -> None:
    kept = register(tmp_path, "甲报,3,30,2024-03-05,,", "甲报,3,,2024-03-05,是,")

    assert lines_of([issue("s.md", 3, None, supplement=True), issue("a.md")], kept)[0] == {
        "s.md": 3,
        "a.md": 2,
    }


def test_issues_stay_in_their_order_and_what_only_the_register_has_follows_in_its_own(tmp_path: Path) -> None:
    kept = register(tmp_path, "甲报,9,90,2024-09-01,,", "甲报,3,30,2024-03-05,,", "甲报,1,10,2024-01-01,,")
    issues = [issue("z.md", 5, 50), issue("a.md")]
    known = joined(issues, kept, {}, {})

    assert [each.name for each in known] == ["z.md", "a.md", f"{kept.path}:2", f"{kept.path}:4"]
    assert known[1].registered == kept.rows[1].facts
    assert known[0] == issues[0]


@pytest.mark.parametrize(
    ("number", "cumulative", "known"), [(3, 30, True), (3, None, True), (None, 30, True), (None, None, False)]
)
def test_an_issue_is_entered_by_either_number(
    number: int | None, cumulative: int | None, *, known: bool
) -> None:
    assert is_known(issue("a.md", number, cumulative)) is known


# --- Bringing it up to date ----------------------------------------------------------------------------


def table(kept: Register, *issues: IssueRecord) -> tuple[list[str], int, int]:
    """The lines of a register brought up to date without the header, and what was added and completed."""
    files = {each.path: each.path for each in issues}
    made = updated(kept, joined(issues, kept, {}, files), files)
    lines = made.content.decode("utf-8-sig").split("\r\n")
    assert lines[0] == ",".join(kept.header)
    assert lines[-1] == ""
    return lines[1:-1], made.added, made.completed


def test_empty_cells_are_filled_in_and_others_are_left(tmp_path: Path) -> None:
    kept = register(tmp_path, ",第3期, ,2024/3/5,,")

    assert table(kept, issue("a.md")) == (["甲报,第3期,30,2024/3/5,,a.md"], 0, 1)


def test_a_contradicted_cell_is_left_and_nothing_is_completed(tmp_path: Path) -> None:
    kept = register(tmp_path, "甲报,3,99,2024-03-05,,a.md")

    assert table(kept, issue("a.md")) == (["甲报,3,99,2024-03-05,,a.md"], 0, 0)


def test_years_and_supplements_that_are_left_open_stay_so(tmp_path: Path) -> None:
    kept = register(tmp_path, ",3,2024-03-05,,a.md,", header="年份,期号,日期,增刊,文件,归档盒")
    found = table(kept, issue("a.md", supplement=True))

    assert found == ([",3,2024-03-05,,a.md,"], 0, 0)


def test_new_issues_are_added_with_all_that_is_known(tmp_path: Path) -> None:
    kept = register(tmp_path, header="刊名,年份,期号,总期号,编发日期,增刊,文件,备注,归档盒")
    extra = issue("s.md", 1, None, "2024-03-06", supplement=True)
    unknown = issue("u.md", None, None)

    assert table(kept, issue("a.md"), extra, unknown) == (
        ["甲报,2024,3,30,2024-03-05,,a.md,,", "甲报,2024,1,,2024-03-06,是,s.md,,"],
        2,
        0,
    )


def test_rows_are_sorted_by_title_date_and_numbers(tmp_path: Path) -> None:
    rows = [
        "甲报,9,,,,",
        "甲报,4,31,2024-03-05,,",
        "甲报,3,31,2024-03-05,,",
        "甲报,5,30,2024-03-05,,",
        "甲报,1,1,2023-12-31,,",
        "乙报,7,7,2025-01-01,,",
    ]

    found, added, completed = table(register(tmp_path, *rows), issue("a.md", 2, 29, "2024-03-06"))

    # 乙 stands before 甲; a row without a date is the last of its series.
    assert found == [rows[5], rows[4], rows[3], rows[2], rows[1], "甲报,2,29,2024-03-06,,a.md", rows[0]]
    assert (added, completed) == (1, 0)


def test_a_row_with_nothing_but_its_year_stands_before_the_days_of_that_year(tmp_path: Path) -> None:
    header = "刊名,年份,期号,日期"
    rows = ["甲报,,2,2024-01-01", "甲报,2024,1,", "甲报,,9,2023-12-31", "甲报,,,2024-01-01"]
    kept = register(tmp_path, *rows, header=header)

    assert table(kept)[0] == [rows[2], rows[1], rows[3], rows[0]]


def test_what_would_run_as_a_formula_is_text(tmp_path: Path) -> None:
    kept = register(tmp_path)

    assert table(kept, issue("a.md", title="=1+1"))[0] == ["'=1+1,3,30,2024-03-05,,a.md"]
