"""`compare`: formats, exit codes, the sheet."""

from __future__ import annotations

import json
import re
from pathlib import Path

from harness import FIXTURES, Command

SOURCE = FIXTURES / "producers" / "dense.md"
FINAL = FIXTURES / "producers" / "dense-typst.pdf"


def planted(tmp_path: Path) -> Path:
    path = tmp_path / "a.md"
    path.write_text(SOURCE.read_text("utf-8").replace("3.4倍", "3.5倍"), encoding="utf-8")
    return path


def test_exit_codes(command: Command, tmp_path: Path) -> None:
    assert command("compare", SOURCE, FINAL, "--isolated").code == 0
    different = command("compare", planted(tmp_path), FINAL, "--isolated")
    assert different.code == 1
    assert "“3.5”成了“3.4”" in different.out
    other = command("compare", FIXTURES / "producers" / "classic.md", FINAL, "--isolated")
    assert other.code == 1
    assert "不是同一份文稿" in other.out
    assert command("compare", SOURCE, tmp_path / "none.pdf", "--isolated").code == 2
    assert "缺少参数：FINAL" in command("compare", SOURCE, "--lang", "zh").err
    assert command("compare", tmp_path, FINAL, "--isolated").code == 2


def test_formats_for_programs(command: Command, tmp_path: Path) -> None:
    path = planted(tmp_path)
    (each,) = json.loads(command("compare", path, FINAL, "--isolated", "--format", "json").out)["differences"]
    assert (each["left"]["text"], each["right"]["text"]) == ("3.5", "3.4")
    assert each["right"]["page"] == each["right"]["bbox_pages"][0]
    assert len(each["right"]["bboxes"]) == 1
    line = command("compare", path, FINAL, "--isolated", "--format", "concise", "--lang", "en").out
    assert re.fullmatch(r".*dense-typst\.pdf:\d+:\d+: error '3\.5' became '3\.4'\n", line)


def test_the_sheet_has_both_sides(command: Command, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.html"
    assert command("compare", planted(tmp_path), FINAL, "--isolated", "-o", sheet).code == 1
    html = sheet.read_text("utf-8")

    assert "有 1 处不同" in html
    assert '<mark class="error">3.5</mark>' in html
    assert '<mark class="error">3.4</mark>' in html
    assert html.count('id="m1"') == html.count('id="v1"') == 1
    assert html.count("<image ") == 1
    assert "<script" not in html
    # Not over something else.
    sheet.write_text("mine", encoding="utf-8")
    assert command("compare", SOURCE, FINAL, "--isolated", "-o", sheet).code == 2
    assert sheet.read_text("utf-8") == "mine"
    assert command("compare", SOURCE, FINAL, "--isolated", "-o", SOURCE, "--force").code == 2
