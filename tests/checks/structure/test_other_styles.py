"""A number in another style is one fault; the counting goes on over it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness import Command

BULLETIN = """\
# 澜江区情况简报

第3期（总第41期）

澜江区政府办公室　　2024年5月10日

## 江边公路开通公交

{body}

（区交通局）

责编：温澜　　核稿：骆江　　电话：010-55556789

报：市政府办公室。
"""
NUMBERING = ("SEC001", "SEC002", "SEC003", "SEC008")


def numbering(command: Command, folder: Path, body: str) -> list[tuple[str, int]]:
    path = folder / "3.md"
    path.write_text(BULLETIN.format(body=body.replace("\n", "\n\n")), encoding="utf-8")
    report = json.loads(command("check", "--isolated", "--format", "json", path).out)
    return [(each["code"], each["line"]) for each in report["violations"] if each["code"] in NUMBERING]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("一、修路\n各村修路。\n（二）架桥\n各村架桥。\n三、通车\n各村通车。", [("SEC008", 13)]),
        ("一、修路\n各村修路。\n第二，架桥\n各村架桥。\n三、通车\n各村通车。", [("SEC008", 13)]),
        ("1.修路\n各村修路。\n2）架桥\n各村架桥。\n3.通车\n各村通车。", [("SEC008", 13)]),
        ("1.修路\n1）路基\n2）路面\n2.架桥\n1）桥墩\n2）桥面", []),
        ("一、修路\n（一）路基\n（二）路面\n二、架桥\n（一）桥墩\n（二）桥面", []),
        ("一、修路\n各村修路。\n四、通车\n各村通车。", [("SEC001", 13)]),
        ("1.修路。\n2.2026年架桥。\n3.通车。", []),
        # What figures count is told from a decimal cut in two.
        ("1. 修路。\n2. 3个村架桥。\n3. 12名工匠收工。", []),
        ("1.修路。\n2.架桥。\n2. 5个百分点来自新路。\n3. 5万人往来。\n3.通车。", []),
        ("⒈修路。\n⒉架桥。\n3.通车。", []),
        ("首先，修路。其次，架桥。第三，通车。", []),
        ("其次，架桥。第四，通车。第五，收费。", [("SEC003", 9)]),
    ],
)
def test_faults_of_numbering(
    body: str, found: list[tuple[str, int]], command: Command, tmp_path: Path
) -> None:
    assert found == numbering(command, tmp_path, body)


def test_no_fix_renumbers_what_stands_right(command: Command, tmp_path: Path) -> None:
    path = tmp_path / "3.md"
    path.write_text(BULLETIN.format(body="一、修路\n\n（二）架桥\n\n三、通车"), encoding="utf-8")
    command("check", "--isolated", "--fix", "--unsafe-fixes", path)
    assert "\n三、通车\n" in path.read_text(encoding="utf-8")
