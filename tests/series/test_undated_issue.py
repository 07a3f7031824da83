"""A series in which one issue has no date: its numbers say the order, and dates are held against them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import NamedTuple

import pytest

from harness import Command
from series_generator import TITLES, Issue, content_of, series

SETTINGS = 'bulletins: ["**/*.md"]\nselect: [ISS]\n'
ISSUES = series(TITLES[0], [(2020, 6)], folder="zw", has_cumulative=False)
"""Numbers 1 to 6, four days apart from 3 January on."""
UNDATED = ISSUES[5].path


class Said(NamedTuple):
    """One violation as a report has it."""

    path: str
    place: tuple[int, int, int]
    code: str
    message: str


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bulletin-lint.yaml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "zw" / "2020").mkdir(parents=True)
    return tmp_path


def said(command: Command, folder: Path, issues: list[Issue]) -> list[Said]:
    """What is said of some issues, of which the last one shows no date."""
    for issue in issues:
        text = content_of(issue).decode()
        if issue.path == UNDATED:
            date = f"　　{issue.date.year}年{issue.date.month}月{issue.date.day}日"
            assert date in text
            text = text.replace(date, "")
        (folder / issue.path).write_text(text, encoding="utf-8")
    outcome = command("check", "--format", "json")
    assert "" == outcome.err
    return [
        Said(
            each["path"],
            (each["line"], each["column"], each["end_column"]),
            each["code"],
            each["message"]["zh"],
        )
        for each in json.loads(outcome.out)["violations"]
    ]


def gap(path: str, number: int, before: Issue, missing: str) -> Said:
    """What is said of a number behind a hole; it stands on line 3 behind 2020年."""
    expected = before.issue + 1
    return Said(
        path,
        (3, 6, 9),
        "ISS005",
        f"期号第{number}期与相邻的第{before.issue}期（{before.path}）不连续，应为第{expected}期；缺：{missing}",
    )


def test_an_undated_issue_alone_breaks_nothing(office: Path, command: Command) -> None:
    assert [] == said(command, office, ISSUES)


def test_a_hole_beside_an_undated_issue_is_told_at_the_number_behind_it(
    office: Path, command: Command
) -> None:
    left = [issue for issue in ISSUES if issue.issue != 3]

    assert [gap(ISSUES[3].path, 4, ISSUES[1], "第3期")] == said(command, office, left)


def test_behind_a_hole_a_date_that_goes_back_is_told_too(office: Path, command: Command) -> None:
    """Ordered by their numbers, none of these is known to be mistyped: the date is wrong as well."""
    left = [issue for issue in ISSUES if issue.issue != 3]
    fourth = ISSUES[3]._replace(date=ISSUES[1].date.replace(day=5))
    left[2] = fourth

    # On line 5: the office (临江市简报编辑部), wide space, the date.
    begins = 1 + len(f"{TITLES[0][:3]}简报编辑部　　")
    date = Said(
        fourth.path,
        (5, begins, begins + len("2020年1月5日")),
        "ISS010",
        f"编发日期 2020-01-05 与期号顺序不符：相邻的第2期（{ISSUES[1].path}）是 2020-01-07",
    )
    assert [gap(fourth.path, 4, ISSUES[1], "第3期"), date] == said(command, office, left)


def test_the_undated_issue_may_stand_behind_the_hole_itself(office: Path, command: Command) -> None:
    left = [issue for issue in ISSUES if issue.issue not in (4, 5)]

    assert [gap(UNDATED, 6, ISSUES[2], "第4—5期")] == said(command, office, left)
