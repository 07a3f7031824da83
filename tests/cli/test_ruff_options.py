"""Options of `check` that people know from other linters."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from harness import FIXTURES, Command

WRONG = FIXTURES / "commands" / "wrong.md"
"""DAT002 on line 9 (safe fix), SEC001 on line 21 (unsafe fix), PUN002 on line 23 (safe fix)."""
RULES = ("--no-cache", "--select", "dat002,SEC001,PUN002")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("第9期.md", "第10期.md"):
        shutil.copy(WRONG, tmp_path / name)
    return tmp_path


def test_a_report_goes_to_a_file(command: Command, folder: Path) -> None:
    shown = command("check", *RULES, "第9期.md", "--format", "concise")
    written = command("check", *RULES, "第9期.md", "--format", "concise", "--output-file", "报告.txt")
    assert (written.code, written.out) == (1, "")
    assert (folder / "报告.txt").read_text("utf-8") == shown.out
    # And never over a bulletin.
    refused = command("check", *RULES, "第9期.md", "--output-file", "第9期.md")
    assert refused.code == 2
    assert (folder / "第9期.md").read_bytes() == WRONG.read_bytes()


def test_json_lines_hold_what_the_json_report_holds(command: Command, folder: Path) -> None:
    (folder / "空.md").write_bytes(b"")
    whole = json.loads(command("check", *RULES, ".", "空.md", "--format", "json").out)
    lines = command("check", *RULES, ".", "空.md", "--format", "jsonl").out.splitlines()
    *violations, failed = map(json.loads, lines)
    assert violations == whole["violations"]
    # 第9期 before 第10期.
    assert [each["path"] for each in violations] == ["第9期.md"] * 3 + ["第10期.md"] * 3
    assert (failed["path"], failed["code"]) == ("空.md", None)
    assert failed["error"]


def test_grouped_names_each_file_once(command: Command) -> None:
    outcome = command("check", *RULES, ".", "--format", "grouped")
    first, second, summary = outcome.out.split("\n\n")
    assert first.splitlines()[0] == "第9期.md:"
    assert second.splitlines()[0] == "第10期.md:"
    assert [line.split()[:2] for line in first.splitlines()[1:]] == [
        ["9:6", "DAT002"],
        ["21:5", "SEC001"],
        ["23:13", "PUN002"],
    ]
    assert "检查了 2 份文件" in summary
    assert "检查了" not in command("check", *RULES, ".", "--format", "grouped", "--quiet").out


def test_fix_only_mends_and_says_nothing_of_the_rest(command: Command, folder: Path) -> None:
    outcome = command("check", *RULES, "第9期.md", "--fix-only", "--show-fixes", "--lang", "en")
    assert (outcome.code, outcome.out) == (0, "")
    assert "第9期.md:9: DAT002 " in outcome.err
    assert "第9期.md:23: PUN002 " in outcome.err
    # It is not safe to mend.
    assert "SEC001" not in outcome.err
    assert "2020年3月6日" in (folder / "第9期.md").read_text("utf-8")
    assert command("check", *RULES, "nothing.md", "--fix-only").code == 2


def test_of_a_fix_that_is_shown_first_each_is_named_too(command: Command, folder: Path) -> None:
    outcome = command("check", *RULES, "第9期.md", "--diff", "--show-fixes")
    assert "第9期.md:9：DAT002 " in outcome.err
    assert (folder / "第9期.md").read_bytes() == WRONG.read_bytes()


def test_more_can_be_left_out_than_the_settings_leave_out(command: Command, folder: Path) -> None:
    (folder / "bulletin-lint.yaml").write_text("exclude: [第9期.md]\n", encoding="utf-8")
    shutil.copy(WRONG, folder / "第11期.md")
    listed = command("check", "--show-files", "--extend-exclude", "第10期.md").out
    assert listed.split() == ["第11期.md"]


@pytest.mark.parametrize(
    "before",
    [
        None,
        "# 已接受的\n- {rule: SEC009, path: 第1期.md, reason: 原文如此}",
        "waivers:\n  - rule: SEC009\n    path: 第1期.md\n    reason: 原文如此\n",
        "\ufeff- {rule: SEC009, path: 第1期.md, reason: 原文如此}\r\n",
    ],
)
def test_what_is_found_is_accepted_with_a_reason(command: Command, folder: Path, before: str | None) -> None:
    file = folder / "waivers.yaml"
    if before is not None:
        file.write_text(before, encoding="utf-8", newline="")
    shutil.copy(WRONG, folder / "[旧]第8期.md")

    outcome = command("check", *RULES, ".", "--add-waivers", "原文“如此”: 已核")

    assert (outcome.code, outcome.out) == (0, "")
    assert "waivers.yaml：新增 9 条豁免" in outcome.err
    text = file.read_bytes().decode("utf-8")
    assert text.startswith(before or "# ")
    entries = yaml.safe_load(text.removeprefix("\ufeff"))
    entries = entries["waivers"] if isinstance(entries, dict) else entries
    assert {each["reason"] for each in entries[-9:]} == {"原文“如此”: 已核"}
    again = command("check", *RULES, ".", "--fail-level", "info")
    assert again.code == 0, again.out
    assert "9 处已豁免" in again.out
    # Accepted once, not twice.
    assert "新增 0 条" in command("check", *RULES, ".", "--add-waivers", "x").err


def test_a_file_of_waivers_that_cannot_be_added_to_is_left_alone(command: Command, folder: Path) -> None:
    for content in ("[{rule: SEC009, path: a.md, reason: x}]\n", "waivers: []\n"):
        (folder / "waivers.yaml").write_text(content, encoding="utf-8")
        assert command("check", *RULES, ".", "--add-waivers", "x").code == 2
        assert (folder / "waivers.yaml").read_text("utf-8") == content
    (folder / "waivers.yaml").unlink()
    assert command("check", *RULES, ".", "--add-waivers", " ").code == 2
    assert not (folder / "waivers.yaml").exists()


def test_a_waiver_that_would_be_printed_leads_to_the_file_of_waivers(command: Command, folder: Path) -> None:
    text = WRONG.read_text("utf-8") + "\n<!-- bulletin-lint: ignore-file[SEC001] 原文如此 -->\n"
    for name in ("第11期.txt", "第12期.md"):
        (folder / name).write_text(text, encoding="utf-8")
    outcome = command("check", *RULES, "第11期.txt", "第12期.md")
    (line,) = [line for line in outcome.err.splitlines() if "waivers.yaml" in line]
    assert line.startswith("第11期.txt：")
