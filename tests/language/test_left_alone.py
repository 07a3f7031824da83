"""What no rule rewrites: addresses, names of files, code, numbers to dial; in whatever words they stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import Command

BULLETIN = """\
# 澜江区情况简报

第3期（总第41期）

澜江区政府办公室　　2024年5月10日

## 江边公路开通公交

{text}

（区交通局）

责编：温澜　　核稿：骆江　　电话：010-55556789

报：市政府办公室。
"""

LEFT_ALONE = [
    "年报在https://a.example.cn/年报/全文(修订).html，可以下载。",
    "年报在https://a.example.cn/docs,目录/全文(修订),附表.html。",
    "网址是http://www.example.cn/年报/(2023),。",
    "页面www.example.cn/登陆/说明(1).html已更新。",
    "请看[说明](files/说明(修订),登陆.pdf)。",
    "请看[说明](<附件/说明 (修订),登陆.pdf>)。",
    "请看<https://a.example.cn/说明(修订),登陆>。",
    "请看![示意](图/线路(1),登陆.png)线路。",
    "收到“名单(终稿),登陆系统.xlsx”一份。",
    "收到名单(终稿).XLSX和说明(2).wps各一份。",
    "选项为`是,否(默认)`，运行`登陆(全部)`后生效。",
    "选项为<code>是,否(默认)</code>，重启后生效。",
    "```\n是,否(默认)\n```",
    "~~~\n是,否(默认)\n~~~",
    "~~~text\n是,否(默认)。。\n~~~",
    "服务热线(010)55556789，全天受理。",
    "服务热线(+86-10)55556789，全天受理。",
    "服务热线(0571) 5555-6789，全天受理。",
]


@pytest.mark.parametrize("text", LEFT_ALONE)
def test_no_fix_touches_it(text: str, command: Command, tmp_path: Path) -> None:
    path = tmp_path / "3.md"
    before = BULLETIN.format(text=text)
    path.write_text(before, encoding="utf-8")
    command("check", "--isolated", "--fix", "--unsafe-fixes", path)
    assert before == path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("请登录https://a.example.cn/help查询,然后提交。", "PUN002"),
        ("说明.docx已发,请查收。", "PUN002"),
        ("运行`检查`后,再提交。", "PUN002"),
        ("热线(010)55556789已开通,请拨打。", "PUN002"),
        ("~~~~~~\n线路延长两站,方便出行。\n~~~~~~", "PUN002"),
    ],
)
def test_what_stands_beside_it_is_judged(text: str, wrong: str, command: Command, tmp_path: Path) -> None:
    path = tmp_path / "3.md"
    path.write_text(BULLETIN.format(text=text), encoding="utf-8")
    outcome = command("check", "--isolated", "--select", wrong, "--format", "concise", path)
    assert wrong in outcome.out
