"""A register beside settings that are not above the bulletins: its rows name files by way of `..`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness import Command
from series_generator import TITLES, Issue, series, write

ISSUES = series(TITLES[0], [(2019, 4)], folder="issues", before=100)
HEADER = "刊名,年份,期号,总期号,编发日期,文件"
OPTIONS = ("--config", "office/bulletin-lint.yaml")


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Four issues in `issues`, the settings in `office`; the working directory is above both."""
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(tmp_path)
    write(tmp_path, ISSUES)
    (tmp_path / "office").mkdir()
    settings = "select: [ISS]\nseries: {register: register.csv}\n"
    (tmp_path / "office" / "bulletin-lint.yaml").write_text(settings, encoding="utf-8")
    return tmp_path


def row(issue: Issue, file: str) -> str:
    return f"{issue.title},{issue.year},{issue.issue},{issue.cumulative},{issue.date},{file}"


def enter(tree: Path, rows: list[str]) -> None:
    content = "\r\n".join([HEADER, *rows, ""])
    (tree / "office" / "register.csv").write_text(content, encoding="utf-8-sig", newline="")


def said(command: Command, path: str) -> list[tuple[str, str, str]]:
    outcome = command("check", path, *OPTIONS, "--format", "json")
    assert "" == outcome.err
    return [
        (each["path"], each["code"], each["message"]["zh"]) for each in json.loads(outcome.out)["violations"]
    ]


def test_rows_find_their_files(tree: Path, command: Command) -> None:
    enter(tree, [row(each, f"../{each.path}") for each in ISSUES])

    assert [] == said(command, "issues")


def test_a_row_that_says_other_numbers_is_held_against_its_file(tree: Path, command: Command) -> None:
    """Nothing but the file's name joins the two: number and cumulative number are other ones."""
    rows = [row(each, f"../{each.path}") for each in ISSUES]
    third = ISSUES[2]
    rows[2] = row(third._replace(issue=7, cumulative=203), f"../{third.path}")
    enter(tree, rows)

    conflicts = {
        (third.path, "ISS013", f"{what} {here} 与登记表（office/register.csv:4）不符，登记的是 {there}")
        for what, here, there in (("期号", 3, 7), ("总期号", 103, 203))
    }
    assert conflicts == set(said(command, "issues"))


def test_settings_above_the_bulletins_name_them_without(tree: Path, command: Command) -> None:
    """The same numbers in a register above: the way is the shorter one."""
    settings = "select: [ISS]\nseries: {register: register.csv}\n"
    (tree / "bulletin-lint.yaml").write_text(settings, encoding="utf-8")
    rows = [row(each, each.path) for each in ISSUES]
    rows[2] = row(ISSUES[2]._replace(issue=7, cumulative=203), ISSUES[2].path)
    (tree / "register.csv").write_text("\n".join([HEADER, *rows]), encoding="utf-8-sig")

    outcome = command("check", "issues", "--format", "json")

    found = [(each["path"], each["code"]) for each in json.loads(outcome.out)["violations"]]
    assert [(ISSUES[2].path, "ISS013")] * 2 == found


def test_what_an_update_writes_leads_from_the_register_to_the_files(tree: Path, command: Command) -> None:
    enter(tree, [])

    outcome = command("register", "update", "issues", *OPTIONS)

    assert 0 == outcome.code
    lines = (tree / "office" / "register.csv").read_text("utf-8-sig").splitlines()
    column = lines[0].split(",").index("文件")
    assert [f"../{each.path}" for each in ISSUES] == [line.split(",")[column] for line in lines[1:]]
