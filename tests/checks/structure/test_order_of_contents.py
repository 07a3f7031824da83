"""Entries of the contents stand in the order of the articles; as few as can be are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness import Command

WORDS = {
    "甲": "江边公路开通公交",
    "乙": "敬老院添了护理床",
    "丙": "渡口搭起凉棚",
    "丁": "茶厂评出巧手",
    "戊": "校门口的路不堵了",
}


def bulletin(entries: str, articles: str) -> str:
    """Entries on lines 9, 11, 13 …, and articles below."""
    listed = "".join(f"{number}．{WORDS.get(each, each)}\n\n" for number, each in enumerate(entries, 1))
    told = "".join(f"## {WORDS[each]}\n\n各村看了现场，当天办好。\n\n（区办公室）\n\n" for each in articles)
    head = "# 澜江区情况简报\n\n第3期\n\n澜江区政府办公室　　2024年5月10日\n\n本期要目\n\n"
    return f"{head}{listed}{told}责编：温澜　　核稿：骆江　　电话：010-55556789\n"


@pytest.mark.parametrize(
    ("entries", "articles", "found"),
    [
        ("甲乙丙", "甲乙丙", {}),
        ("甲丙乙", "甲乙丙", {13: "“1．江边公路开通公交”之后"}),
        ("乙丙甲", "甲乙丙", {13: "最前"}),
        ("丙甲乙", "甲乙丙", {9: "“3．敬老院添了护理床”之后"}),
        ("甲戊乙丙丁", "甲乙丙丁戊", {11: "“5．茶厂评出巧手”之后"}),
        ("乙甲丁丙", "甲乙丙丁", {11: "最前", 15: "“1．敬老院添了护理床”之后"}),
        # Some articles have no entry, or an entry has no article: the others count.
        ("甲丙", "甲乙丙", {}),
        ("丙甲", "甲乙丙", {11: "最前"}),
        ("甲", "甲乙", {}),
    ],
)
def test_what_stands_out_of_order_is_told(
    entries: str, articles: str, found: dict[int, str], command: Command, tmp_path: Path
) -> None:
    (tmp_path / "3.md").write_text(bulletin(entries, articles), encoding="utf-8")
    report = command("check", "--isolated", "--select", "HDR024", "--format", "json", tmp_path / "3.md")
    told = {
        each["line"]: each["message"]["zh"].partition("它排在")[2]
        for each in json.loads(report.out)["violations"]
    }

    assert found == told
