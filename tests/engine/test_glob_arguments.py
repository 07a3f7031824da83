"""Patterns that no shell expanded, as cmd.exe hands them on."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin_lint.engine.discovery import discover
from bulletin_lint.engine.glob_arguments import expanded, only_one
from bulletin_lint.model.errors import UsageError


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("第9期.txt", "第10期.txt", "2020/第1期.txt", ".藏.txt", "~$第9期.txt", "[草稿].txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("第 9 期\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (["第*.txt"], ["第9期.txt", "第10期.txt"]),
        (["第?期.txt"], ["第9期.txt"]),
        (["*/第*.txt"], ["2020/第1期.txt"]),
        (["**/第1*.txt"], ["2020/第1期.txt", "第10期.txt"]),
        (["第[12]*.txt", "第9期.txt"], ["第10期.txt", "第9期.txt"]),
        # A file of that very name is what was meant.
        (["[草稿].txt"], ["[草稿].txt"]),
        (["没有*.txt"], ["没有*.txt"]),
        (["-"], ["-"]),
    ],
)
def test_a_pattern_is_what_it_fits(given: list[str], meant: list[str]) -> None:
    assert expanded(given) == meant


def test_where_one_file_is_wanted_a_pattern_fits_one() -> None:
    assert only_one("第1*.txt") == "第10期.txt"
    with pytest.raises(UsageError, match="fits 2 files"):
        only_one("第*.txt")


def test_a_file_named_as_standard_input_is_a_file(folder: Path) -> None:
    (folder / "-").write_text("", encoding="utf-8")
    assert expanded(["[-]"]) == ["./-"]


def test_of_a_pattern_that_fits_nothing_it_is_said() -> None:
    (error,) = discover(expanded(["没有*.txt"])).failures
    assert error.path == "没有*.txt"
    assert "模式" in error.wording.zh
    assert "pattern" in error.wording.en
