"""How reports are laid out: JSON as text, columns of rows, how many of each are listed, and what they say of holes."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bulletin_lint.model.archive_summary import GroupCount, SeverityCounts, UncheckedGroup, WorstFile
from bulletin_lint.model.comparison import Comparison, Difference, Side
from bulletin_lint.model.document import Document
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.location import Location
from bulletin_lint.model.parts import MASTHEAD
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.violation import Waived
from bulletin_lint.model.wording import Language, Wording, same
from bulletin_lint.parsing.decoder import Doubt
from bulletin_lint.reporters import (
    comparison,
    gitlab,
    json_report,
    parts_json,
    rdjson,
    register_table,
    sarif,
    statistics,
    step_summary,
)
from bulletin_lint.reporters.archive_text import headline, render_archive
from bulletin_lint.reporters.output import OutputStyle, outputs_of, write
from bulletin_lint.reporters.parts_tree import PartsTree
from bulletin_lint.reporters.register_table import RegisterView, SeriesView, as_json, hole_wording, table
from bulletin_lint.series.holes import Hole, holes, rows
from bulletin_lint.series.issue import IssueRecord
from bulletin_lint.series.ordering import Series
from made_parts import node, with_parts
from summaries import SUMMARY
from told_in_formats import report, violation

WRONG = violation("甲.md", "甲乙", 1, 2, message=Wording("错", "wrong"))
SIDE = Side("甲", "前", "后", Location(1, 1, 1, 2))


document = partial(with_parts, "甲.md")


def view(*issues: IssueRecord) -> RegisterView:
    series = Series("简报", issues, {"restarts": "yearly"})
    return RegisterView([SeriesView(series, rows(series), holes(series))], {}, None)


def issue(number: int | None, day: str | None, path: str = "", **fields: Any) -> IssueRecord:
    made = IssueRecord(path or f"{number}.md", "简报", int(day[:4]) if day else None, number, None, day)
    return made._replace(**fields)


# --- JSON as text --------------------------------------------------------------------------------------


def in_format(name: str) -> str:
    if name == "comparison":
        one = Difference(1, "changed", "warning", SIDE, SIDE)
        told = Comparison("甲.md", "乙.md", 1.0, is_one_text=True, differences=(one,), noise={})
        return comparison.render(told, "json", "zh")
    if name == "register":
        return as_json(view(issue(1, "2021-01-04", "甲.md")))
    if name == "parts":
        return parts_json.render(document({"note": node("按语")}))
    module: Any = {"sarif": sarif, "gitlab": gitlab, "rdjson": rdjson}[name]
    text: str = module.render(report(WRONG), language="zh", color=False, width=80)
    return text


@pytest.mark.parametrize(
    ("name", "indent"),
    [("sarif", 2), ("gitlab", 2), ("rdjson", 2), ("comparison", 2), ("register", 2), ("parts", 1)],
)
def test_json_is_indented_and_shows_chinese_as_it_is(name: str, indent: int) -> None:
    text = in_format(name)

    assert not text.isascii()
    assert text == json.dumps(json.loads(text), ensure_ascii=False, indent=indent) + "\n"


@pytest.mark.parametrize("count", [0, 1, 2, 99, 100, 101, 200, 201])
def test_each_violation_of_json_has_a_line_of_its_own_however_many_there_are(count: int) -> None:
    found = FileResult("甲.md", "text", violations=tuple([WRONG] * count))
    text = json_report.render(Report((found,)), language="zh", color=False, width=80)
    told = json.loads(text)

    assert len(told["violations"]) == count
    lines = text.splitlines()
    assert lines[:2] == ["{", '  "schema_version": 1,']
    assert sum(line.startswith('    {"path": "甲.md", "code": ') for line in lines) == count
    assert sum(line.startswith('    {"path": "甲.md", "kind": ') for line in lines) == 1
    assert (lines[-1], text[-1]) == ("}", "\n")


def test_json_names_files_that_are_of_no_form_where_there_are_some() -> None:
    def told(*unread: str) -> Any:
        return json.loads(json_report.render(Report((), unread=unread), language="zh", color=False, width=80))

    assert told("a.wps", "乙.et")["unread"] == ["a.wps", "乙.et"]
    assert "unread" not in told()


# --- parts for people ----------------------------------------------------------------------------------


def tree(made: Document, language: Language = "en", damage: Sequence[Any] = ()) -> list[str]:
    found = PartsTree(made, Wording("文本", "text"), lambda name: Wording(f"域{name}", name), language)
    return found.render(damage).splitlines()


def test_parts_of_a_masthead_are_told_from_top_to_bottom() -> None:
    first = ["classification", "copy_number", "title", "issue_year", "issue_number", "cumulative_number"]
    names = [*first, *(name for name in MASTHEAD if name not in first)]
    masthead = node("", children={name: node(f"的{name}") for name in reversed(names)})
    lines = tree(document({"masthead": masthead}))

    assert lines[1] == "masthead"
    assert [line.split()[-1] for line in lines[2 : 2 + len(names)]] == [f"的{name}" for name in names]
    for name, line in zip(names, lines[2:], strict=False):
        assert line[9:].startswith(f"{MASTHEAD[name].name.en} ")


def test_lines_are_in_front_and_words_begin_at_one_column() -> None:
    article = node(
        "",
        children={
            "column": node("【动态】"),
            "title": node("题目", 2),
            "blocks": [node("甲乙", 3, kind="paragraph")],
            "attributions": [node("某处", 3)],
        },
    )
    children = {
        "remarks": [node("请阅")],
        "note": node("按", 2),
        "contents": [node("目")],
        "articles": [article],
        "imprint": node("", children={"editor": [node("甲", 3, value="甲")]}),
        "copies": node("50", 3),
        "other": [node("零")],
        "furniture": [node("2", page=2)],
    }
    lines = [line for line in tree(document(children)) if line[:5].strip().isdecimal()]
    shown = {line[26:] for line in lines}

    assert shown == {"请阅", "按", "目", "【动态】", "题目", "甲乙", "某处", "甲", "50", "零", "2"}
    assert {line[:7] for line in lines} == {"    1  ", "    3  ", "    5  "}
    assert {line[7:9] == "  " for line in lines if "column" not in line and "remarks" not in line} == {True}
    assert [line[7:26].rstrip() for line in lines if line[7] != " "] == ["remarks", "column"]


def test_doubts_and_damage_stand_in_the_same_columns() -> None:
    made = document({}, Doubt(1, "P", "T", 0.5, ("T",)))
    lines = tree(made, damage=[violation("甲.md", "甲", 1, 2, 12, message=same("broken"))])

    assert lines[-4:] == [
        "doubtful lines (extract --why LINE)",
        "    3    P | T            乙",
        "damage by extraction (repaired)",
        "   12    DAT002 broken",
    ]


def test_the_heading_says_pages_where_there_are_some_else_the_encoding() -> None:
    made = document({})
    made.reading = made.reading._replace(pages=3)
    assert (tree(made)[0], tree(made, "zh")[0]) == ("甲.md  text, 3 pages", "甲.md  文本，3 页")

    made.reading = made.reading._replace(pages=None, encoding="gb18030")
    assert tree(made)[0] == "甲.md  text, gb18030"

    made.reading = made.reading._replace(encoding=None)
    assert tree(made)[0] == "甲.md  text"


# --- archives ------------------------------------------------------------------------------------------


def groups(count: int) -> tuple[GroupCount, ...]:
    return tuple(GroupCount(f"刊{number:02}", 2, 1, SeverityCounts(1, 2, 3)) for number in range(count))


def section(text: str, head: str) -> list[str]:
    """The lines below a heading, up to the next gap."""
    lines = text.splitlines()
    at = next(index for index, line in enumerate(lines) if line.startswith(head))
    after = [*lines[at + 1 :], ""]
    return [lines[at], *after[: after.index("")]]


@pytest.mark.parametrize(("count", "more"), [(1, ""), (15, ""), (16, " (15 of 16)")])
def test_of_years_the_last_are_listed_and_of_the_others_the_first(count: int, more: str) -> None:
    text = render_archive(
        SUMMARY._replace(
            years=groups(count),
            series=groups(count),
            series_in_all=count,
            worst=tuple(
                WorstFile(f"甲{number:02}.md", SeverityCounts(1, 0, 2), ("A001", "B002"))
                for number in range(count)
            ),
            failures=tuple(UncheckedGroup(same(f"why{number:02}"), 1, ("a",)) for number in range(count)),
        ),
        "en",
    )
    shown = min(count, 15)
    years, series = section(text, "By year"), section(text, "By series")
    worst, failures = section(text, "Files with most problems"), section(text, "Not checked")

    assert [each[0] for each in (years, series, worst, failures)] == [
        f"By year{more}",
        f"By series{more}",
        f"Files with most problems{more}",
        f"Not checked{more}",
    ]
    said = "2 files, 1 without errors or warnings  error 1, warning 2, advice 3"
    assert years[1:] == [f"  刊{number:02}  {said}" for number in range(count - shown, count)]
    assert series[1:] == [f"  刊{number:02}  {said}" for number in range(shown)]
    assert worst[1:] == [
        f"  甲{number:02}.md  error 1, warning 0, advice 2  A001 B002" for number in range(shown)
    ]
    assert failures[1:] == [line for number in range(shown) for line in (f"  1  why{number:02}", "      a")]


def test_files_without_a_year_or_a_title_are_told_too() -> None:
    nameless = (GroupCount("", 1_000, 999, SeverityCounts()),)
    text = render_archive(SUMMARY._replace(years=nameless, series=nameless, series_in_all=1), "zh")
    (year,), (series,) = section(text, "按年")[1:], section(text, "按刊名")[1:]

    for line in (year, series):
        assert line.endswith("  1,000 份，其中 999 份无错误和警告  错误 0，警告 0，建议 0")
        assert len(line.split("  ")[1]) > 1
    assert year != series


def test_counts_of_rules_end_below_each_other() -> None:
    first, second = SUMMARY.rules[:2]
    rules = (first._replace(violations=1_200, files=1), second._replace(violations=7, severity="info"))
    text = render_archive(SUMMARY._replace(rules=rules), "en")

    assert section(text, "By rule")[1:] == [
        "  1,200  AAA000  [error] rule 0  1 file",
        "      7  AAA001  [advice] rule 1  20 files",
    ]


def test_the_head_of_an_archive_counts_what_there_is() -> None:
    assert headline(SUMMARY).zh == (
        "12,345 份文件，检查了 12,000 份，300 份看不出是简报，45 份没有查成或没有查完"
    )
    lines = render_archive(SUMMARY, "en").splitlines()
    assert lines[1:4] == [
        "error 7, warning 80, advice 900, waived 6",
        "1 part could not be done anywhere: see below, and run again.",
        "",
    ]


# --- counts and summaries ------------------------------------------------------------------------------


def test_statistics_have_the_most_frequent_first_and_of_two_alike_the_lower_code() -> None:
    codes = ["DAT002"] * 2 + ["HB-01"] * 2 + ["AAA001"] * 10
    told = report(*(violation("a.md", "甲乙", 1, 2, code=code, name=code.lower()) for code in codes))

    assert statistics.render(told, language="zh", color=False, width=80) == (
        "10  AAA001  [ ] aaa001\n 2  DAT002  [ ] dat002\n 2  HB-01   [ ] hb-01\n"
    )


@pytest.mark.parametrize(("count", "listed"), [(99, 99), (100, 100), (101, 100)])
def test_a_hundred_waivers_are_listed_on_the_page_of_a_run(count: int, listed: int) -> None:
    each = violation("a.md", "甲", 1, 2, waived=Waived("inline", "照录", "a.md", 1))
    told = Report((FileResult("a.md", "text", waived=tuple([each] * count)),))
    text = step_summary.render(told, language="zh", color=False, width=80)

    assert text.count("\n- ") == listed
    assert f"已豁免 {count}，" in text


# --- registers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("maybe", "zh", "en"),
    [
        ((), "", ""),
        (("a",), "（a 看不出期号，可能就是）", " (perhaps a: no number can be read there)"),
        (
            ("a", "b", "c"),
            "（a、b、c 看不出期号，可能就是）",
            " (perhaps a, b, c: no number can be read there)",
        ),
        (
            ("a", "b", "c", "d"),
            "（a、b、c 等 看不出期号，可能就是）",
            " (perhaps a, b, c, …: no number can be read there)",
        ),
    ],
)
@pytest.mark.parametrize(
    ("number", "kind"), [("issue", ("", "")), ("cumulative", ("总期号 ", "cumulative "))]
)
def test_a_hole_names_three_files_that_may_fill_it(
    maybe: tuple[str, ...], zh: str, en: str, number: str, kind: tuple[str, str]
) -> None:
    hole = Hole((range(2, 5), range(7, 8)), number, issue(1, None), issue(8, None), maybe)

    assert hole_wording(hole) == (
        f"缺 {kind[0]}第2—4期、第7期{zh}",
        f"missing: {kind[1]}Nos. 2–4, No. 7{en}",
    )


def test_columns_of_a_table_are_as_wide_as_their_widest_cell() -> None:
    told = view(issue(1, "2021-01-04", "一.md"), issue(12, "2021-01-11", "register.csv", line=3))
    lines = table(told, "zh").splitlines()

    assert register_table.HEADINGS.zh.split() == lines[1].split()
    assert lines[1:] == [
        "期号  总期号  日期        文件   登记  问题",
        "1             2021-01-04  一.md",
        "  缺 第2—11期",
        "12            2021-01-11  —      3",
    ]


# --- where reports go ----------------------------------------------------------------------------------


def test_what_cannot_be_written_is_told_with_its_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").mkdir()
    monkeypatch.chdir(tmp_path)
    outputs = outputs_of(["json=taken"], has_statistics=False)
    with pytest.raises(UsageError) as raised:
        write(report(WRONG), outputs, sys.stdout, OutputStyle("zh"))
    assert raised.value.wording.zh.startswith("报告无法写入 taken（")
    assert raised.value.wording.en.startswith("the report cannot be written to taken (")
    assert capsys.readouterr().out == ""

    monkeypatch.setenv("GITHUB_ACTIONS", "true")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "taken")
    with pytest.raises(UsageError) as raised:
        write(report(WRONG), outputs_of(["concise"], has_statistics=False), sys.stdout, OutputStyle("zh"))
    assert "taken" in raised.value.wording.en
    assert capsys.readouterr().out == "甲.md:1:1: DAT002 错\n"
