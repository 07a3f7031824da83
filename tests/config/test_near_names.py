"""Files and tables that are nearly called as the settings are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bulletin_lint.config.near_names import SPOTTED, NearName, near_names, near_note

STEMS = ("bulletin-lint", "bulletin_lint", "bulletinlint", "Bulletin-Lint", "BULLETIN-LINT")
ENDS = (".yaml", ".yml", ".toml", ".ini", ".cfg", ".yaml.txt", ".yml.txt", ".yaml.yaml", ".YAML", ".YML")
NEAR = [f"{dot}{stem}{end}" for dot in ("", ".") for stem in STEMS for end in ENDS][1:]


@pytest.fixture(autouse=True)
def _in_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def found(folder: str = ".") -> list[str]:
    return [each.path + (f" [{each.table}]" if each.table else "") for each in near_names(folder)]


@pytest.mark.parametrize("name", NEAR)
def test_each_name_that_is_near_is_found_by_itself(name: str) -> None:
    Path(name).touch()
    assert found() == [f"./{name}"]
    assert name in SPOTTED


@pytest.mark.parametrize(
    "name",
    ["bulletin-lint.yaml", "bulletin-lint.json", "bulletin-lint", "lint.yaml", "bulletin-lint.yaml.bak"],
)
def test_the_right_name_and_others_are_not_near(name: str) -> None:
    Path(name).touch()
    assert found() == []


def test_a_folder_is_spotted_by_the_right_names_too() -> None:
    assert {"bulletin-lint.yaml", "pyproject.toml"} < SPOTTED
    assert len(SPOTTED) == len(NEAR) + 2
    assert "bulletin-lint.json" not in SPOTTED


def test_what_is_near_is_told_beside_the_right_one() -> None:
    for name in ("bulletin-lint.yaml", "bulletin-lint.yml", ".bulletin-lint.yaml"):
        Path(name).touch()
    assert found() == ["./bulletin-lint.yml", "./.bulletin-lint.yaml"]


def test_another_name_of_the_very_file_is_not_near() -> None:
    """As where capitals do not count."""
    Path("bulletin-lint.yaml").touch()
    os.link("bulletin-lint.yaml", "Bulletin-Lint.yaml")
    Path("bulletin-lint.yml").touch()
    assert found() == ["./bulletin-lint.yml"]


def test_a_folder_that_is_not_there_has_none() -> None:
    assert found("none") == []
    assert found("none/deeper") == []


@pytest.mark.parametrize(
    ("text", "table"),
    [
        ("[bulletin-lint]\n", "bulletin-lint"),
        ("[tool.bulletin_lint]\n", "tool.bulletin_lint"),
        ("[tool.bulletinlint]\n", "tool.bulletinlint"),
        ("[TOOL.Bulletin-Lint]\n", "TOOL.Bulletin-Lint"),
        ("  [ tool . 'bulletin_lint' ]\n", "tool . 'bulletin_lint'"),
        ("[bulletin-lint.series]\n", "bulletin-lint"),
        ("[[bulletin_lint]]\n", ""),
        ("[tool.bulletin-lint]\n", ""),
        ("[tool.'bulletin-lint'.series]\n", ""),
        ('[ tool . "bulletin-lint" ]\n', ""),
        ("[tool.bulletin-lints]\n", ""),
        ("[my.bulletin-lint]\n", ""),
        ("x = '[bulletin-lint]'\n", ""),
        ("[tool.bulletin-lint]\n[bulletin-lint]\n", "bulletin-lint"),
        ("[bulletinlint]\n[bulletin_lint]\n", "bulletinlint"),
    ],
)
def test_a_table_that_is_near_is_found_and_the_right_one_is_not(text: str, table: str) -> None:
    Path("pyproject.toml").write_text(text, "utf-8")
    assert found() == ([f"./pyproject.toml [{table}]"] if table else [])


def test_a_project_that_is_too_large_or_no_file_has_no_table() -> None:
    Path("bulletin-lint.yml").touch()
    Path("pyproject.toml").write_text("[bulletin-lint]\n", "utf-8")
    os.truncate("pyproject.toml", 8 * 1024 * 1024 + 1)
    assert found() == ["./bulletin-lint.yml"]
    Path("pyproject.toml").unlink()
    Path("pyproject.toml").mkdir()
    assert found() == ["./bulletin-lint.yml"]


def test_what_is_said_of_files_and_of_tables(tmp_path: Path) -> None:
    one, two = NearName(str(tmp_path / "a" / "bulletin-lint.yml")), NearName(str(tmp_path / "b.ini"))
    table = NearName(str(tmp_path / "pyproject.toml"), "bulletin-lint")
    files, tables, both = near_note([one, two]), near_note([table]), near_note([table, one])
    assert files is not None
    assert tables is not None
    assert both is not None
    assert files.en == (
        "not read: a/bulletin-lint.yml, b.ini; settings are read from bulletin-lint.yaml only: rename it if "
        "it holds them."
    )
    assert files.zh.startswith("没有读取 a/bulletin-lint.yml、b.ini：")
    assert tables.en == (
        "not read: pyproject.toml [bulletin-lint]; settings are read from [tool.bulletin-lint] only: rename "
        "it if it holds them."
    )
    assert "pyproject.toml [bulletin-lint]" in tables.zh
    # Files first, each told in a sentence of its own.
    assert both.en.index("a/bulletin-lint.yml") < both.en.index("[bulletin-lint]")
    assert both.en.count("not read") == both.zh.count("没有读取") == 2
    assert near_note([]) is None
