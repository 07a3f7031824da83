"""A run says what it did not look at, and does not pass for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from harness import FIXTURES, Command

CLEAN = (FIXTURES / "bulletins" / "clean" / "chinese-issue-number.md").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, the current one."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("option", ["--quiet", "--no-cache", "--show-files"])
def test_a_word_file_beside_a_bulletin_is_named(folder: Path, command: Command, option: str) -> None:
    (folder / "1.md").write_text(CLEAN, encoding="utf-8")
    (folder / "第8期.doc").write_bytes(b"PK")

    outcome = command("check", "--isolated", option, ".")

    assert outcome.code == 0
    assert "另有 1 份 Word 文档没有检查：第8期.doc" in outcome.err


def test_programs_are_told_too_what_was_not_read(folder: Path, command: Command) -> None:
    (folder / "1.md").write_text(CLEAN, encoding="utf-8")
    for name in ("第9期.ofd", "第8期.rtf"):
        (folder / name).write_bytes(b"PK")

    report = json.loads(command("check", "--isolated", ".", "--format", "json").out)

    assert ["第8期.rtf", "第9期.ofd"] == report["unread"]
    assert ["1.md"] == [document["path"] for document in report["documents"]]
    # Where nothing was passed over there is nothing to say.
    assert "unread" not in json.loads(command("check", "--isolated", "1.md", "--format", "json").out)


def test_a_folder_of_word_files_is_no_pass(folder: Path, command: Command) -> None:
    (folder / "第8期.doc").write_bytes(b"PK")

    outcome = command("check", "--isolated", ".")

    assert outcome.code == 2
    assert "1 份 Word 文档没有检查：第8期.doc" in outcome.err


def test_a_misnamed_settings_file_is_named_by_a_check(folder: Path, command: Command) -> None:
    (folder / "1.md").write_text(CLEAN, encoding="utf-8")
    (folder / "bulletin-lint.yml").write_text("select: [SEC]\n", encoding="utf-8")

    assert "没有读取 bulletin-lint.yml" in command("check", "1.md").err
    assert "bulletin-lint.yml" not in command("check", "--isolated", "1.md").err


@pytest.mark.parametrize("options", [(), ("--quiet",), ("--select", "SEC"), ("--exit-zero",)])
def test_where_no_rule_is_left_for_any_file_nothing_was_checked(
    folder: Path, command: Command, options: tuple[str, ...]
) -> None:
    (folder / "1.md").write_text(CLEAN, encoding="utf-8")
    (folder / "bulletin-lint.yaml").write_text("per-file-ignores: {'**': [ALL]}\n", encoding="utf-8")

    outcome = command("check", *options, "1.md")

    assert outcome.code == 2
    assert "1 份文件没有检查：per-file-ignores 对它们忽略了全部规则：1.md。" in outcome.err
    assert "检查了 1 份" not in outcome.out


def test_a_file_without_rules_among_others_is_named_and_not_counted(folder: Path, command: Command) -> None:
    for name in ("1.md", "old.md"):
        (folder / name).write_text(CLEAN, encoding="utf-8")
    (folder / "bulletin-lint.yaml").write_text("per-file-ignores: {old.md: [ALL]}\n", encoding="utf-8")

    outcome = command("check", "1.md", "old.md")

    assert outcome.code == 0
    assert "忽略了全部规则：old.md。" in outcome.err
    assert "检查了 1 份文件，1 份没有规则可用" in outcome.out
    listed = command("check", "--verbose", "1.md", "old.md").out
    assert "old.md: 没有检查，全部规则都被忽略" in listed
    assert 'message="全部规则都被忽略，没有检查"' in command("check", "--format", "junit", ".").out
