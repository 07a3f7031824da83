"""Numbers that count lines through the issue: columns, titles, entries of the contents."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness import Command

HEAD = """\
# 澜江区情况简报

第3期（总第41期）

澜江区政府办公室　　2024年5月10日

"""
ENDS = """\
责编：温澜　　核稿：骆江　　电话：010-55556789

报：市政府办公室。
"""
WORDS = ("江边公路开通公交", "敬老院添了护理床", "渡口搭起凉棚", "茶厂评出巧手", "校门口的路不堵了")


def reported(command: Command, folder: Path, text: str) -> list[tuple[int, str]]:
    """Of each violation its line and what it says, in order."""
    path = folder / "3.md"
    path.write_text(f"{HEAD}{text}{ENDS}", encoding="utf-8")
    found = command("check", "--isolated", "--select", "SEC011", "--lang", "zh", "--format", "json", path)
    return [(each["line"], each["message"]["zh"]) for each in json.loads(found.out)["violations"]]


def titles(numbers: list[str]) -> str:
    """Articles, each with a number before its title and a source: the titles on lines 7, 13, 19 …"""
    return "".join(
        f"## {number}{words}\n\n各村看了现场，听了意见，当天就办好了。\n\n（区办公室）\n\n"
        for number, words in zip(numbers, WORDS, strict=False)
    )


def contents(entries: list[str]) -> str:
    """A list of contents, its entries on lines 9, 11, 13 …, and their articles without numbers."""
    listed = "".join(f"{number}{words}\n\n" for number, words in zip(entries, WORDS, strict=False))
    return f"本期要目\n\n{listed}{titles([''] * len(entries))}"


def says(found: str, previous: str, expected: str) -> str:
    return f"标题的序号“{found}”不连续，前一项是“{previous}”，应为“{expected}”"


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        (["一、", "二、", "三、"], []),
        (["一、", "二、", "四、"], [(19, ("四、", "二、", "三、"))]),
        (["一、", "二、", "二、"], [(19, ("二、", "二、", "三、"))]),
        (["一、", "三、", "三、", "四、"], [(13, ("三、", "一、", "二、"))]),
        (["（一）", "（二）", "（四）"], [(19, ("（四）", "（二）", "（三）"))]),
        (["1．", "2．", "4．", "5．"], [(19, ("4．", "2．", "3．"))]),
        (["1. ", "2. ", "4. "], [(19, ("4.", "2.", "3."))]),
        # Not all have a number, or the count does not begin.
        (["", "", ""], []),
        (["二、", "三、", "四、"], []),
    ],
)
def test_titles_count_up(
    numbers: list[str], found: list[tuple[int, tuple[str, str, str]]], command: Command, tmp_path: Path
) -> None:
    assert [(line, says(*words)) for line, words in found] == reported(command, tmp_path, titles(numbers))


@pytest.mark.parametrize(
    ("entries", "found"),
    [
        (["一、", "二、", "三、"], []),
        (["一、", "三、"], [(11, ("三、", "一、", "二、"))]),
        (["①", "②", "④"], [(13, ("④", "②", "③"))]),
        (["1、", "2、", "4、"], [(13, ("4、", "2、", "3、"))]),
        # Two manners are two counts.
        (["一、", "1．", "2．", "二、", "1．"], []),
        # All are one where Markdown counts.
        (["1. ", "1. ", "1. "], []),
    ],
)
def test_entries_of_the_contents_count_up(
    entries: list[str], found: list[tuple[int, tuple[str, str, str]]], command: Command, tmp_path: Path
) -> None:
    assert [(line, says(*words)) for line, words in found] == reported(command, tmp_path, contents(entries))


def test_a_number_that_stands_between_is_not_left_out(command: Command, tmp_path: Path) -> None:
    first, second, third = titles(["一、", "二、", "四、"]).split("## ")[1:]
    inner = second.replace("各村看了", "三、各村看了")
    assert [] == reported(command, tmp_path, f"## {first}## {inner}## {third}")

    # Sections of the article between are a count of their own.
    inner = second.replace("各村看了", "一、各村看了。\n\n二、各村听了。\n\n三、各村办了")
    said = reported(command, tmp_path, f"## {first}## {inner}## {third}")
    assert [says("四、", "二、", "三、")] == [each for _, each in said]


def test_both_are_told_and_mended(command: Command, tmp_path: Path) -> None:
    text = contents(["1．", "2．", "4．"]).replace("## 渡口", "## 4．渡口").replace("## 江", "## 1．江")
    text = text.replace("## 敬", "## 2．敬")

    assert [line for line, _ in reported(command, tmp_path, text)] == [13, 27]

    command("check", "--isolated", "--select", "SEC011", "--fix", "--unsafe-fixes", tmp_path / "3.md")
    mended = (tmp_path / "3.md").read_text("utf-8")
    assert (mended.count("3．渡口搭起凉棚"), mended.count("4．")) == (2, 0)
