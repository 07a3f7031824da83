"""A file among its series: the same verdict from one changed file, from batches, and from everything."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import NamedTuple

import pytest

from bulletin_lint.engine.cache import contents
from harness import Command
from series_generator import KINDS, TITLES, Issue, changed, content_of, series, write

SETTINGS = """\
bulletins: ["**/*.{md,txt,pdf}"]
exclude: [drafts]
select: [ISS]
"""

CAPITAL = series(TITLES[0], [(2018, 7), (2019, 9), (2020, 6)], folder="zw", first=41, before=900, kinds=KINDS)
ENDLESS = series(
    TITLES[1],
    [(2019, 6), (2020, 7)],
    folder="sl",
    first=307,
    restarts=False,
    has_cumulative=False,
    kinds=("txt",),
)
CROWDED = series(TITLES[2], [(2020, 14)], folder="sq", before=60, days_between=0)
EXTRA = [
    item._replace(supplement=True, cumulative=None, issue=number, path=f"sq/2020/zk{number}.md")
    for number, item in ((1, CROWDED[3]), (2, CROWDED[9]))
]
CLEAN = [*CAPITAL, *ENDLESS, *CROWDED, *EXTRA]
"""Three series in one tree, in three kinds of file: 22 issues that begin in the middle of a year, 13 that
never begin anew and have no cumulative numbers, 14 of which several appear on one day, 2 supplements."""


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty office with its settings, the working directory."""
    folder = tmp_path / "office"
    folder.mkdir()
    (folder / "bulletin-lint.yaml").write_text(SETTINGS, encoding="utf-8")
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.chdir(folder)
    return folder


class Said(NamedTuple):
    """One violation as a report has it."""

    path: str
    code: str
    message: str


def said(command: Command, *arguments: object) -> list[Said]:
    """What a check says; each time it is said."""
    outcome = command("check", *arguments, "--format", "json")
    assert "" == outcome.err
    report = json.loads(outcome.out)
    found = [Said(item["path"], item["code"], item["message"]["zh"]) for item in report["violations"]]
    assert outcome.code == (1 if found else 0)
    return found


def test_clean_series_are_silent(tree: Path, command: Command) -> None:
    write(tree, CLEAN)

    assert [] == said(command)
    assert [] == said(command, "zw/2019/005.pdf")


class Break(NamedTuple):
    """A tree with one break."""

    issues: list[Issue]
    blamed: str
    codes: tuple[str, ...]
    neighbour: str
    """The file, or the start of its name, that every message names."""


def broken(at: int, codes: Sequence[str], neighbour: str, **values: object) -> Break:
    return Break(changed(CLEAN, at, **values), CLEAN[at].path, tuple(codes), neighbour)


def without(at: int, blamed: int, codes: Sequence[str], neighbour: str) -> Break:
    return Break(CLEAN[:at] + CLEAN[at + 1 :], CLEAN[blamed].path, tuple(codes), neighbour)


# In CLEAN 0–6 are 2018 (41–47), 7–15 are 2019 (1–9), 16–21 are 2020; 22 on the endless ones; 35 on the crowded.
BREAKS = {
    "an issue is missing": without(10, 11, ("ISS005", "ISS007"), "zw/2019/003.md"),
    "an issue is missing of a series without end": without(25, 26, ("ISS005",), "sl/2019/309.txt"),
    "an issue is missing where several appear on one day": without(
        40, 41, ("ISS005", "ISS007"), "sq/2020/005.md"
    ),
    "an issue number is mistyped": broken(10, ("ISS005", "ISS009"), "zw/2019/", issue=44),
    "an issue number is mistyped in a PDF": broken(11, ("ISS005", "ISS009"), "zw/2019/", issue=15),
    "a number without end is mistyped": broken(26, ("ISS005",), "sl/2019/310.txt", issue=131),
    "an issue number is repeated": broken(13, ("ISS006", "ISS009"), "zw/2019/", issue=6),
    "a cumulative number is mistyped": broken(12, ("ISS007", "ISS009"), "zw/2019/", cumulative=935),
    "a cumulative number is repeated": broken(18, ("ISS008", "ISS009"), "zw/2020/", cumulative=958),
    "a date is last month's": broken(20, ("ISS010",), "zw/2020/00", date=CLEAN[17].date),
    "a year begins at two": without(16, 17, ("ISS007",), "zw/2019/009"),
    "a cumulative number is missing": broken(14, ("ISS003",), "zw/2018/041", cumulative=None),
}


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache for several tests, whose trees have all files but one in common."""
    return tmp_path_factory.mktemp("kept")


@pytest.mark.parametrize("name", BREAKS)
def test_a_break_is_said_at_its_file_from_everything_and_from_that_file_alone(
    tree: Path, kept: Path, command: Command, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BULLETIN_LINT_CACHE_DIR", str(kept))
    case = BREAKS[name]
    write(tree, case.issues)
    whole = said(command)

    assert [(case.blamed, code) for code in case.codes] == sorted((item.path, item.code) for item in whole)
    assert all(case.neighbour in item.message for item in whole)
    assert whole == said(command, case.blamed)


def test_what_an_unchanged_neighbour_takes_part_in_is_said_where_it_stands(
    tree: Path, command: Command
) -> None:
    write(tree, without(10, 11, (), "").issues)
    before, after, far = (CLEAN[at].path for at in (9, 11, 13))

    assert said(command, after) == said(command, before)
    assert [] == said(command, far)
    report = json.loads(command("check", before, "--format", "json").out)
    assert 1 == report["summary"]["documents"]
    outcomes = {document["path"]: document["outcomes"] for document in report["documents"]}
    assert {"ISS005": "fail", "ISS007": "fail"} == outcomes[after]
    assert "pass" == outcomes[before]["ISS005"]


def test_what_a_file_causes_is_said_although_it_is_not_named(tree: Path, command: Command) -> None:
    # Of two issues of a year the later one is blamed for the offset; the earlier one was changed.
    pair = series(TITLES[3], [(2020, 2)], folder="xc", before=30)
    write(tree, changed(pair, 0, cumulative=33))

    assert {("xc/2020/002.md", "ISS009")} <= {(item.path, item.code) for item in said(command, pair[0].path)}


def batches(paths: Sequence[str], count: int) -> list[list[str]]:
    return [list(paths[start::count]) for start in range(count)]


@pytest.mark.slow
def test_ten_batches_at_once_say_what_one_check_says(tree: Path, command: Command) -> None:
    years = [(2015 + index, 34) for index in range(6)]
    whole = series(TITLES[0], years, folder="zw", before=10)[:-1]
    issues = changed(changed(changed(whole, 30, issue=77), 101, cumulative=9), 150, date=whole[100].date)
    del issues[70]
    write(tree, issues)
    paths = [issue.path for issue in issues]
    assert 200 <= len(paths)

    # The rules are compiled, as on any machine that has seen the program; of the issues nothing is known.
    assert command("rules").code == 0
    words = [sys.executable, "-m", "bulletin_lint", "check", "--format", "json", "--force-exclude"]
    running = [
        subprocess.Popen([*words, *batch], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for batch in batches(paths, 10)
    ]
    found: set[Said] = set()
    for process in running:
        out, err = process.communicate()
        assert b"" == err
        for item in json.loads(out)["violations"]:
            found.add(Said(item["path"], item["code"], item["message"]["zh"]))

    assert set(said(command)) == found
    # Three planted breaks and one missing issue, each at its file.
    assert {issues[30].path, issues[70].path, issues[100].path, issues[149].path} == {
        item.path for item in found
    }


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that were parsed."""
    from bulletin_lint.engine.linter import Linter

    paths: list[str] = []
    whole = Linter.read

    def spy(self: Linter, source: object, data: bytes | None = None) -> object:
        paths.append(source.path)  # type: ignore[attr-defined]
        return whole(self, source, data)  # type: ignore[arg-type]

    monkeypatch.setattr(Linter, "read", spy)
    return paths


def test_one_changed_file_costs_one_parse(tree: Path, command: Command, parsed: list[str]) -> None:
    write(tree, ENDLESS)
    one = ENDLESS[4].path
    said(command, "--jobs", "1")
    assert len(ENDLESS) == len(parsed)

    parsed.clear()
    (tree / one).write_bytes(content_of(ENDLESS[4]) + "\n附：无。\n".encode())
    said(command, one)
    assert [one] == parsed

    parsed.clear()
    said(command, one, "--no-cache")
    assert len(ENDLESS) == len(parsed)


def test_an_unchanged_file_is_not_even_read(
    tree: Path, command: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tree, ENDLESS)
    said(command)
    later = contents.time.time_ns() + 3600 * 10**9  # type: ignore[attr-defined]
    monkeypatch.setattr("time.time_ns", lambda: later)
    said(command, ENDLESS[0].path)

    monkeypatch.setattr(contents, "digest_of", lambda source: pytest.fail(f"{source.path} was read"))
    assert [] == said(command, ENDLESS[0].path)


def test_ignored_excluded_and_unmatched_files_are_no_part_of_the_series(tree: Path, command: Command) -> None:
    write(tree, ENDLESS)
    copy = content_of(ENDLESS[3])
    for name in ("drafts/copy.txt", "old/copy.txt", ".hidden/copy.txt", "sl/2019/copy.text"):
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_bytes(copy)
    subprocess.run(["git", "init", "-q"], check=True)
    (tree / ".gitignore").write_text("/old/\n")

    assert [] == said(command)
    assert [] == said(command, ENDLESS[3].path)
    # Named, it is checked; that it repeats a number of the series is not its business, nor the series'.
    assert [] == said(command, "drafts/copy.txt")
    assert [] == said(command, "old/copy.txt")
    (tree / "sl" / "2019" / "copy.txt").write_bytes(copy)
    assert {"ISS006"} == {item.code for item in said(command)}


def test_per_file_ignores_hold_for_files_that_were_not_given(tree: Path, command: Command) -> None:
    write(tree, without(10, 11, (), "").issues)
    with (tree / "bulletin-lint.yaml").open("a") as stream:
        stream.write(f'per-file-ignores: {{"{CLEAN[11].path}": [ISS005, ISS007]}}\n')

    assert [] == said(command, CLEAN[9].path)
    assert [] == said(command)


def test_what_an_editor_types_is_judged_among_the_series(tree: Path, command: Command) -> None:
    write(tree, ENDLESS)
    mistyped = content_of(ENDLESS[4]._replace(issue=31))
    arguments = ["check", "-", "--stdin-filename", ENDLESS[4].path, "--format", "concise"]

    outcome = command(*arguments, stdin=mistyped)

    assert 1 == outcome.code
    assert outcome.out.startswith(f"{ENDLESS[4].path}:3:6: ISS005 ")
    assert 0 == command(*arguments, stdin=content_of(ENDLESS[4])).code


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("sl/2020/new.txt", ["ISS005"]),
        ("sl/2021/new.txt", ["ISS005"]),
        ("sl/2020/new.text", []),
        ("sl/2020/.new.txt", []),
        ("sl/venv/new.txt", []),
        ("drafts/new.txt", []),
        ("old/2020/new.txt", []),
        ("sl/2020/tmp-new.txt", []),
        ("../elsewhere/new.txt", []),
    ],
)
def test_what_an_editor_has_not_saved_yet_is_judged_where_it_will_be_found(
    tree: Path, command: Command, path: str, expected: list[str]
) -> None:
    write(tree, ENDLESS)
    subprocess.run(["git", "init", "-q"], check=True)
    (tree / ".gitignore").write_text("/old/\n")
    (tree / "sl" / ".gitignore").write_text("tmp-*\n")
    last = ENDLESS[-1]
    skipping = content_of(last._replace(issue=(last.issue or 0) + 2, date=last.date + timedelta(days=9)))

    outcome = command("check", "-", "--stdin-filename", path, "--format", "concise", stdin=skipping)

    codes = [line.split()[1] for line in outcome.out.splitlines()]
    assert expected == codes


@pytest.mark.parametrize("where", ["sl", "."], ids=["below", "above"])
def test_paths_are_shown_from_where_one_stands(
    tree: Path, command: Command, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    write(tree, [*ENDLESS[:3], *ENDLESS[4:]])
    monkeypatch.chdir(tree / where)
    prefix = "" if where == "sl" else "sl/"
    (found,) = said(command, f"{prefix}2019/311.txt")

    assert f"（{prefix if prefix else '../sl/'}2019/309.txt）" in found.message


def test_a_neighbour_that_cannot_be_read_is_said_once_and_stops_nothing(tree: Path, command: Command) -> None:
    write(tree, ENDLESS)
    (tree / "sl" / "broken.pdf").write_bytes(b"%PDF-1.4\nnothing\n")
    for _ in range(2):
        outcome = command("check", ENDLESS[4].path, "--format", "concise")
        assert (0, "") == (outcome.code, outcome.out)
        assert outcome.err.startswith("同刊有 1 份文件无法读取，判断连续性时未计入：sl/broken.pdf：")
    assert "" == command("check", ENDLESS[4].path, "--quiet").err


def test_register_lines_stand_for_issues_whose_files_are_elsewhere(tree: Path, command: Command) -> None:
    write(tree, ENDLESS[3:])
    rows = [f"{item.title},{item.issue},{item.date}" for item in ENDLESS[:3]]
    (tree / "register.csv").write_text("\n".join(["刊名,期号,编发日期", *rows]), encoding="utf-8-sig")
    assert [] == said(command)

    rows[1] = f"{TITLES[1]},409,{ENDLESS[1].date}"
    (tree / "register.csv").write_text("\n".join(["刊名,期号,编发日期", *rows]), encoding="utf-8-sig")
    (found,) = said(command)
    assert ("register.csv", "ISS005") == found[:2]
    # The line in the register is no business of a file that it does not touch.
    assert [] == said(command, ENDLESS[8].path)


def test_a_register_that_cannot_be_understood_stops_the_check(tree: Path, command: Command) -> None:
    write(tree, ENDLESS)
    (tree / "register.csv").write_text("刊名,期号,编发日期\n甲,十,2020-13-01\n", encoding="utf-8")

    outcome = command("check", ENDLESS[0].path)

    assert 2 == outcome.code
    assert outcome.err.splitlines() == [
        "register.csv:2:2: 期号应是大于 0 的整数，写的是“十”",
        "register.csv:2:3: 编发日期应是日期，如 2020-03-06，写的是“2020-13-01”",
    ]


def test_the_report_is_the_same_for_any_number_of_jobs(tree: Path, command: Command) -> None:
    write(tree, BREAKS["an issue number is mistyped"].issues)
    reports = {command("check", "--format", "json", "--jobs", jobs).out for jobs in (1, 2, 3)}
    assert 1 == len(reports)


def test_isolated_checks_know_no_neighbours(tree: Path, command: Command) -> None:
    write(tree, without(10, 11, (), "").issues)
    assert 0 == command("check", "--isolated", "--select", "ISS", CLEAN[11].path).code
    (database,) = Path(os.environ["BULLETIN_LINT_CACHE_DIR"]).glob("cache-*.sqlite3")
    connection = sqlite3.connect(database)
    assert connection.execute("SELECT count(*) FROM facts").fetchall() == [(0,)]
    connection.close()
