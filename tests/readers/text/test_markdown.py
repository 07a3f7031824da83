"""Lines of Markdown: headings, rules, items, quotes, tables, and what is no text of the bulletin."""

from __future__ import annotations

import pytest

from text_readings import contents, only_line, read


@pytest.mark.parametrize(
    ("text", "level", "shown"),
    [
        ("# 甲", 1, "甲"),
        ("###### 甲", 6, "甲"),
        ("#　甲", 1, "甲"),
        ("  ## 甲 ##", 2, "甲"),
        ("## 一、**甲**", 2, "一、甲"),
        ("## 甲##", 2, "甲##"),
        ("## #学雷锋#", 2, "#学雷锋#"),
        ("#1 号楼", 0, "#1 号楼"),
        ("#学雷锋#", 0, "#学雷锋#"),
        ("####### 甲", 0, "####### 甲"),
        ("> # 甲", 1, "甲"),
        ("<h2 align=center>甲</h2>", 2, "甲"),
    ],
)
def test_headings(text: str, level: int, shown: str) -> None:
    line = only_line(text)
    assert (level, shown) == (line.heading, contents(text)[0])
    assert line.joins is (False if level else None)


def test_a_heading_without_words_is_a_blank_line() -> None:
    assert [False, True] == [line.gap for line in read("甲\n##\n乙").lines]


@pytest.mark.parametrize(
    "rule",
    [
        "---", "***", "___", "- - -", "===", "~~~", "━━━", "───", "—————", "－－－－－", "＿＿＿＿＿",
        "━━━★━━━", "  -----  ", "<hr>", "<hr/>", "-=-=-=", "★★★", "－－－", "＊　＊　＊",
    ],
)  # fmt: skip
def test_rules(rule: str) -> None:
    text = f"甲\n{rule}\n乙"
    assert ["text", "rule", "text"] == [line.kind for line in read(text).lines]
    assert ["甲", "", "乙"] == contents(text)
    assert read(text).lines[2].gap


@pytest.mark.parametrize("text", ["--", "——", "★", "★★", "- -", "－－", "…………", "一一一一一"])
def test_what_is_too_short_for_a_rule(text: str) -> None:
    assert only_line(text).kind == "text"


@pytest.mark.parametrize(
    ("text", "shown", "joins"),
    [
        ("- 甲", "甲", False),
        ("* 甲", "甲", False),
        ("+ 甲", "甲", False),
        ("-甲", "-甲", None),
        ("*甲", "*甲", None),
        ("+86 10 5556 9506", "+86 10 5556 9506", None),
        ("> 甲", "甲", False),
        (">甲", "甲", False),
        ("> > 甲", "甲", False),
        (">50% 为优", ">50% 为优", None),
        (">=3 人", ">=3 人", None),
        ("1. 甲", "1. 甲", None),
        ("· 工作动态", "· 工作动态", None),
        ("★ 甲", "★ 甲", None),
        ("◆甲", "◆甲", None),
    ],
)
def test_bullets_and_quotes(text: str, shown: str, joins: bool | None) -> None:  # noqa: FBT001
    assert ([shown], joins) == (contents(text), only_line(text).joins)


def test_only_the_first_line_of_a_quote_begins_something() -> None:
    assert [None, False, None, None, False] == [line.joins for line in read("甲\n> 乙\n> 丙\n丁\n> 戊").lines]
    assert [False, True] == [line.gap for line in read("> 乙\n>\n> 丙").lines]


@pytest.mark.parametrize(
    ("source", "joins"),
    [
        ("甲\n> 乙", [None, False]),
        ("甲\n\n> 乙", [None, False]),
        ("> 甲\n> 乙", [False, None]),
        ("> 甲\n>\n> 乙", [False, None]),
        ("> 甲\n乙", [False, None]),
        ("> 甲\n\n乙", [False, False]),
        ("> 甲\n\n乙\n\n丙", [False, False, None]),
    ],
)
def test_a_paragraph_begins_where_a_quotation_begins_and_below_the_gap_behind_one(
    source: str, joins: list[bool | None]
) -> None:
    assert joins == [line.joins for line in read(source).lines]


def test_fenced_code_is_left_out() -> None:
    text = "甲\n```yaml\n第l1期 <!-- 不是注释\n```\n乙 -->"
    assert ["甲", "乙 -->"] == contents(text)
    assert read(text).lines[1].gap


def test_an_unclosed_fence_hides_nothing_but_itself() -> None:
    # Four backticks are not closed by three; the three below them are a pair of their own.
    assert ["甲", "乙", "丁"] == contents("甲\n````\n乙\n```\n丙\n```\n丁")


def test_front_matter_is_left_out() -> None:
    assert ["甲"] == contents("---\ntitle: 简报\ntags:\n  - 甲\n# 注\n---\n甲")
    assert ["甲"] == contents("---\r\ntitle: 简报\r\n---\r\n甲")
    assert ["甲"] == contents('{\n  "title": "简报",\n  "tags": [\n    "乙"\n  ]\n}\n\n甲')
    assert ["{", "甲", "}", "乙"] == contents("{\n甲\n}\n乙")


@pytest.mark.parametrize(
    "text",
    [
        "---\n云溪市精神文明工作简报\n---\n甲",
        "---\n---\n甲",
        "---\n责编：甲\n---\n乙",
        "---\ntitle: 简报\n甲",
        "---\ntitle: 简报",
        "----\ntitle: 简报\n---",
    ],
)
def test_a_rule_at_the_top_is_no_front_matter(text: str) -> None:
    assert "rule" == read(text).lines[0].kind


def cells(text: str) -> list[list[str]]:
    reading = read(text)
    return [
        [reading.text[start:end] for start, end in line.cells]
        for line in reading.lines
        if line.kind == "table"
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| 甲 | 乙 |\n|---|:-:|\n| 1 |  |", [["甲", "乙"], ["1", ""]]),
        ("甲 | 乙\n--- | ---\n1 | 2\n\n丙 | 丁", [["甲", "乙"], ["1", "2"]]),
        ("<table><tr><td>**甲**</td><td>乙</td></tr></table>", [["甲", "乙"]]),
        (r"| a\|b | `c` |", [[r"a\|b", "c"]]),
        ("| 甲 | 乙", [["甲", "乙"]]),
        (
            "<table><tr><th>甲</th><th></th></tr><tr><td>*1</td><td>2*</td></tr></table>",
            [["甲", ""], ["*1", "2*"]],
        ),
        ("|甲", []),
        ("甲 | 乙", []),
        ("甲 | 乙\n\n--- | ---", []),
        ("甲\n--- | ---", []),
    ],
)
def test_tables(text: str, expected: list[list[str]]) -> None:
    assert expected == cells(text)


def test_a_table_ends_where_there_is_no_bar() -> None:
    kinds = [line.kind for line in read("| 甲 | 乙 |\n|---|---|\n丙\n丁 | 戊").lines]
    assert ["table", "text", "text"] == kinds


def test_the_pieces_of_a_row_lie_in_its_cells() -> None:
    reading = read("| **甲**乙 | 丙 |")
    assert ["甲", "乙", "丙"] == [reading.text[start:end] for start, end in reading.lines[0].pieces]
    assert (False, ["甲**乙", "丙"]) == (reading.lines[0].joins, cells("| **甲**乙 | 丙 |")[0])
