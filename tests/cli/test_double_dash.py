"""A name is never an option: what follows ``--`` are names, in every command."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from harness import FIXTURES, ROOT, Command

WRONG = FIXTURES / "commands" / "wrong.md"
RULES = ("--isolated", "--no-cache", "--select", "SEC001")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory of the test's own."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def paths(out: str) -> list[str]:
    """The files of a JSON report."""
    return [document["path"] for document in json.loads(out)["documents"]]


@pytest.mark.parametrize(
    "name",
    ["--exit-zero", "--format=json", "-q", "-h", "--help", "--ignore=ALL", "-报告.md", "--", "--lang=en"],
)
@pytest.mark.parametrize("before", [(), ("a.md",), ("a.md", "--no-cache")])
def test_a_file_named_like_an_option_is_checked(
    command: Command, folder: Path, name: str, before: tuple[str, ...]
) -> None:
    for each in (name, "a.md"):
        shutil.copy(WRONG, folder / each)

    result = command("check", *RULES, "--format", "json", *before, "--", name)

    assert result.code == 1
    assert result.err == ""
    assert sorted(paths(result.out)) == sorted({name, *before} - {"--no-cache"})


def test_a_name_writes_no_report(command: Command, folder: Path) -> None:
    name = "--format=json=docs/11.md"
    (folder / "docs").mkdir()
    shutil.copy(WRONG, folder / "docs" / "11.md")
    (folder / "--format=json=docs").mkdir()
    shutil.copy(WRONG, folder / name)

    assert command("check", *RULES, "--", name).code == 1
    assert (folder / "docs" / "11.md").read_bytes() == WRONG.read_bytes()


def test_the_second_double_dash_is_a_name(command: Command, folder: Path) -> None:
    shutil.copy(WRONG, folder / "a.md")
    shutil.copy(WRONG, folder / "--")

    result = command("check", *RULES, "--format", "json", "--", "a.md", "--", "a.md")

    assert (result.code, paths(result.out)) == (1, ["--", "a.md"])


def test_a_dash_after_it_is_still_standard_input(command: Command, folder: Path) -> None:
    result = command("check", *RULES, "--", "-", stdin=WRONG.read_bytes())

    assert result.code == 1
    assert "SEC001" in result.out


def test_what_follows_is_no_value_of_an_option(command: Command, folder: Path) -> None:
    shutil.copy(WRONG, folder / "a.md")

    for arguments in (("check", "--config", "--", "a.md"), ("register", "show", "-o", "--", "a.md")):
        result = command(*arguments)
        assert result.code == 2
        assert "缺少值" in result.err
    assert (folder / "a.md").read_bytes() == WRONG.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("explain", "--", "--verbose"), "没有名为“--verbose”的文件"),
        (("explain", "--", "-x"), "没有规则“-x”"),
        (("extract", "--isolated", "--", "--none.md"), "--none.md: 没有这个文件"),
        (("test", "--", "-pack.yaml"), "-pack.yaml"),
        (("register", "show", "--", "-none"), "-none"),
        (("register", "--", "-none"), "“-none”"),
        (("config", "schema", "--", "--pack"), "没有“--pack”这个值"),
        (("rules", "--", "--x"), "没有规则或前缀“--x”"),
        (("completion", "--", "--x"), "没有“--x”这个值"),
        (("init", "--dry-run", "--", "-none"), "-none"),
    ],
)
def test_it_holds_in_every_command(
    command: Command, folder: Path, arguments: tuple[str, ...], said: str
) -> None:
    result = command(*arguments)

    assert result.code == 2
    assert said in result.err
    assert "没有选项" not in result.err
    assert "\0" not in result.err
    assert "x00" not in result.err


def test_before_the_command_it_ends_the_options_of_both(command: Command, folder: Path) -> None:
    shutil.copy(WRONG, folder / "--exit-zero")

    assert command("--lang=en", "--", "check", "--exit-zero").code == 1
    help_ = command("--", "--help")
    assert (help_.code, help_.out) == (2, "")
    assert "没有命令“--help”" in help_.err


def test_a_name_without_it_gets_a_hint(command: Command, folder: Path) -> None:
    shutil.copy(WRONG, folder / "-第11期.md")

    for arguments in (("check", "-第11期.md"), ("-第11期.md",), ("check", "a.md", "-第11期.md")):
        result = command(*arguments)
        assert result.code == 2
        assert "“-第11期.md”是文件名吗？请在前面加 --" in result.err
        english = command("--lang", "en", *arguments)
        assert "is '-第11期.md' the name of a file? write -- before it" in english.err
    assert "这是文件名吗？请在前面加 --" in command("check", "-none.md").err


def test_an_option_after_it_that_is_no_file_is_told_where_it_belongs(command: Command, folder: Path) -> None:
    shutil.copy(WRONG, folder / "a.md")

    result = command("check", "--force-exclude", "--", "--fail-level", "warning", "a.md")

    assert result.code == 2
    assert "没有名为“--fail-level”的文件；-- 之后都是文件名，选项要写在 -- 之前" in result.err
    assert "entry" in result.err


def test_the_entry_of_every_hook_ends_the_options() -> None:
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))

    assert [hook["id"] for hook in hooks if not hook["entry"].endswith(" --")] == []
