"""A replacement that cannot be filled in is refused where the pack is read, not while a bulletin is mended."""

from __future__ import annotations

from pathlib import Path

import pytest

from harness import Command

PACK = """\
title: {zh: 自定, en: house}
rules:
  HB-01:
    name: house-year
    check: CHECK
    on: raw
    message: {zh: "“{found}”", en: "'{found}'"}
    FOUND
"""
CAN_BE_EMPTY = "'(?P<year>[0-9]*)年?'"
IS_NEVER_EMPTY = "'(?P<year>[0-9]{2})年'"
"""`regex` does not look at a replacement before its pattern matches something."""
PLACE = "pack.yaml:9:18"
"""Where the replacement stands in it."""


def explained(
    command: Command, folder: Path, pattern: str, replacement: str, language: str
) -> tuple[int, str]:
    """The exit code and what is complained of when the rules of such a pack are asked for."""
    found = f"pattern: {pattern}\n    replacement: '{replacement}'"
    return complaint(command, folder, PACK.replace("CHECK", "forbidden").replace("FOUND", found), language)


def complaint(command: Command, folder: Path, pack: str, language: str) -> tuple[int, str]:
    """The exit code and what is complained of when the rules of a pack are asked for."""
    (folder / "pack.yaml").write_text(pack, encoding="utf-8")
    (folder / "bulletin-lint.yaml").write_text("extends: ./pack.yaml\n", encoding="utf-8")
    outcome = command("explain", "HB-01", "--lang", language)
    return outcome.code, outcome.err


PATTERNS = pytest.mark.parametrize(
    "pattern", [CAN_BE_EMPTY, IS_NEVER_EMPTY], ids=["can be empty", "is never empty"]
)


@PATTERNS
@pytest.mark.parametrize(
    "replacement",
    [r"\q", "年\\", r"\g<year", r"\2", r"\U99999999"],
    ids=[
        "no such escape",
        "a backslash at the end",
        "an open group",
        "no such number",
        "no such character",
    ],
)
def test_a_replacement_that_is_no_template_is_told_at_its_place(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str, replacement: str
) -> None:
    monkeypatch.chdir(tmp_path)

    assert explained(command, tmp_path, pattern, replacement, "zh") == (
        2,
        rf"{PLACE}: 替换文字有误：组写成 \g<名称>，反斜杠写成 \\" + "\n",
    )
    assert explained(command, tmp_path, pattern, replacement, "en") == (
        2,
        rf"{PLACE}: bad replacement: a group is written \g<name>, a backslash \\" + "\n",
    )


@PATTERNS
@pytest.mark.parametrize("replacement", [r"\g<year>年", r"\1年", r"\\", "年", ""])
def test_a_replacement_that_is_one_is_taken(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pattern: str, replacement: str
) -> None:
    monkeypatch.chdir(tmp_path)

    assert explained(command, tmp_path, pattern, replacement, "zh") == (0, "")


def test_a_group_that_is_not_there_is_told_once(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is no template either; the name is what is wrong."""
    monkeypatch.chdir(tmp_path)

    assert explained(command, tmp_path, IS_NEVER_EMPTY, r"\g<yaer>", "en") == (
        2,
        f"{PLACE}: the pattern has no group 'yaer'; did you mean 'year'?\n",
    )


def test_groups_are_named_as_the_engine_of_houses_names_them(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`regex` takes ``(?<year>…)`` too."""
    monkeypatch.chdir(tmp_path)

    assert explained(command, tmp_path, "'(?<year>[0-9]{2})年'", r"\g<year>", "zh") == (0, "")


@pytest.mark.parametrize(
    ("check", "found", "place"),
    [
        (
            "forbidden",
            r"""words: [甲]
    replacement: '\q'""",
            "pack.yaml:9:18",
        ),
        ("forbidden", r"""variants: [{pattern: 甲, replacement: '\q'}]""", "pack.yaml:8:42"),
        (
            "forbidden",
            r"""variants: [{pattern: '(甲)', replacement: '\1'}, {pattern: 乙}]
    replacement: '\1'""",
            "pack.yaml:9:18",
        ),
        ("format", r"""replacements: [{pattern: 甲, replacement: '\q'}]""", "pack.yaml:8:46"),
    ],
    ids=["words", "a variant", "a variant that takes the common one", "of a form"],
)
def test_every_replacement_is_looked_at(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check: str, found: str, place: str
) -> None:
    monkeypatch.chdir(tmp_path)

    assert complaint(command, tmp_path, PACK.replace("CHECK", check).replace("FOUND", found), "en") == (
        2,
        rf"{place}: bad replacement: a group is written \g<name>, a backslash \\" + "\n",
    )
