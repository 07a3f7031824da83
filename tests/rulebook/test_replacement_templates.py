"""A replacement that cannot be filled in is refused where the pack is read, not while a bulletin is mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import Command

PACK = """\
title: {{zh: 自定, en: house}}
extends: jianbao
rules:
  HB-01:
    name: house-year
    check: forbidden
    on: raw
    pattern: '(?P<year>[0-9]*)年?'
    replacement: '{replacement}'
    message: {{zh: "“{{found}}”", en: "'{{found}}'"}}
"""
PLACE = "pack.yaml:9:18"
"""Where the replacement stands in it."""


def explained(command: Command, folder: Path, replacement: str, language: str) -> tuple[int, str]:
    """The exit code and what is complained of when the rules of such a pack are asked for."""
    (folder / "pack.yaml").write_text(PACK.format(replacement=replacement), encoding="utf-8")
    (folder / "bulletin-lint.yaml").write_text("extends: ./pack.yaml\n", encoding="utf-8")
    outcome = command("explain", "HB-01", "--lang", language)
    return outcome.code, outcome.err


@pytest.mark.parametrize(
    "replacement",
    [r"\q", "年\\", r"\g<year", r"\2"],
    ids=["no such escape", "a backslash at the end", "an open group", "no such number"],
)
def test_a_replacement_that_is_no_template_is_told_at_its_place(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replacement: str
) -> None:
    monkeypatch.chdir(tmp_path)

    assert explained(command, tmp_path, replacement, "zh") == (
        2,
        rf"{PLACE}: 替换文字有误：组写成 \g<名称>，反斜杠写成 \\" + "\n",
    )
    assert explained(command, tmp_path, replacement, "en") == (
        2,
        rf"{PLACE}: bad replacement: a group is written \g<name>, a backslash \\" + "\n",
    )


@pytest.mark.parametrize("replacement", [r"\g<year>年", r"\1年", r"\\", "年", ""])
def test_a_replacement_that_is_one_is_taken(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, replacement: str
) -> None:
    monkeypatch.chdir(tmp_path)

    assert explained(command, tmp_path, replacement, "zh") == (0, "")


def test_a_group_that_is_not_there_is_told_once(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no template either; the name is what is wrong."""
    monkeypatch.chdir(tmp_path)

    assert explained(command, tmp_path, r"\g<yaer>", "en") == (
        2,
        f"{PLACE}: the pattern has no group 'yaer'; did you mean 'year'?\n",
    )
