"""What lines of ignore files say of paths, those with many stars among them, and which files hold in a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from bulletin_lint.engine.gitignore import IgnoreRules
from bulletin_lint.model.errors import UsageError


def rules(folder: Path, text: str) -> IgnoreRules:
    (folder / ".gitignore").write_text(text, encoding="utf-8")
    return IgnoreRules().extended(str(folder), ".gitignore")


def ignored(folder: Path, text: str, path: str, *, is_folder: bool = False) -> bool:
    return rules(folder, text).ignores(f"{folder}/{path}", is_folder=is_folder)


@pytest.mark.parametrize(
    ("text", "path", "is_folder", "expected"),
    [
        ("*.tmp\n", "a.tmp", False, True),
        ("*.tmp\n", "a.md", False, False),
        ("old/\n", "old", True, True),
        ("old/\n", "old", False, False),
        # The last line that speaks of a path decides.
        ("*.md\n!a.md\n", "a.md", False, False),
        ("!a.md\n*.md\n", "a.md", False, True),
        # So it does among lines with many stars, before them and behind them.
        ("*a*b*c*\n", "xaxbxcx", False, True),
        ("*a*b*c*\n", "xaxcxbx", False, False),
        ("*a*b*c*\n!xaxbxcx\n", "xaxbxcx", False, False),
        ("!xaxbxcx\n*a*b*c*\n", "xaxbxcx", False, True),
        ("*.md\n!*a*b*c*\n", "abc.md", False, False),
        ("!*a*b*c*\n*.md\n", "abc.md", False, True),
        ("*.md\n!*a*b*c*\n*.tmp\n", "abc.md", False, False),
        # One that is for folders only says nothing of a file.
        ("*a*b*c*/\n", "abc", True, True),
        ("*a*b*c*/\n", "abc", False, False),
        ("*a*b*c*  \n", "abc", False, True),
        # A backslash is not understood there.
        ("\\*a*b*c*\n", "abc", False, False),
        ("#*a*b*c*\n", "abc", False, False),
        ("**/a/**/b/**/c\n", "x/a/y/b/z/c", False, True),
        ("**/a/**/b/**/c\n", "x/a/y/z/c", False, False),
        ("*a*b/*c*d\n", "xaxb/xcxd", False, True),
    ],
)
def test_lines_say_which_paths_are_ignored(
    tmp_path: Path, text: str, path: str, *, is_folder: bool, expected: bool
) -> None:
    assert ignored(tmp_path, text, path, is_folder=is_folder) is expected


@pytest.mark.parametrize(("length", "expected"), [(1000, True), (1001, False)])
def test_a_line_longer_than_any_path_says_nothing(tmp_path: Path, length: int, *, expected: bool) -> None:
    name = "a" * 40
    assert ignored(tmp_path, name + " " * (length - 40) + "\n", name) is expected


def test_a_line_that_git_does_not_understand_leaves_the_others(tmp_path: Path) -> None:
    text = "a.md\n!\nb.md\n"

    assert [ignored(tmp_path, text, name) for name in ("a.md", "b.md", "c.md")] == [True, True, False]


def test_the_innermost_file_that_speaks_of_a_path_decides(tmp_path: Path) -> None:
    inner = tmp_path / "in"
    inner.mkdir()
    outer = rules(tmp_path, "*.md\n*.tmp\n")
    (inner / ".gitignore").write_text("!a.md\n", encoding="utf-8")
    both = outer.extended(str(inner), ".gitignore")

    assert not both.ignores(f"{inner}/a.md", is_folder=False)
    assert both.ignores(f"{inner}/b.md", is_folder=False)
    assert both.ignores(f"{inner}/a.tmp", is_folder=False)
    # The rules that they were made of stay as they were.
    assert outer.ignores(f"{inner}/a.md", is_folder=False)


def test_a_folder_inherits_from_the_top_of_its_repository_down_to_the_one_above(tmp_path: Path) -> None:
    inner = tmp_path / "repo" / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "repo" / ".git" / "info").mkdir(parents=True)
    names = {
        tmp_path / ".gitignore": "outside.md",
        tmp_path / "repo" / ".git" / "info" / "exclude": "excluded.md\nback.md",
        tmp_path / "repo" / ".gitignore": "top.md\n!back.md",
        tmp_path / "repo" / "a" / ".gitignore": "middle.md",
        inner / ".gitignore": "own.md",
    }
    for path, line in names.items():
        path.write_text(f"{line}\n", encoding="utf-8")
    above = IgnoreRules.above(str(inner))

    found = {
        name: above.ignores(f"{inner}/{name}.md", is_folder=False)
        for name in ("outside", "excluded", "back", "top", "middle", "own")
    }
    assert found == {
        "outside": False, "excluded": True, "back": False, "top": True, "middle": True, "own": False,
    }  # fmt: skip


def test_outside_of_a_repository_nothing_is_inherited(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("a.md\n", encoding="utf-8")
    (tmp_path / "in").mkdir()

    assert not IgnoreRules.above(str(tmp_path / "in")).ignores(f"{tmp_path}/in/a.md", is_folder=False)


def test_the_top_of_a_repository_has_but_its_exclude_file_above_it(tmp_path: Path) -> None:
    (tmp_path / ".git" / "info").mkdir(parents=True)
    (tmp_path / ".git" / "info" / "exclude").write_text("a.md\n", encoding="utf-8")
    (tmp_path / ".gitignore").write_text("b.md\n", encoding="utf-8")
    above = IgnoreRules.above(str(tmp_path))

    assert above.ignores(f"{tmp_path}/a.md", is_folder=False)
    assert not above.ignores(f"{tmp_path}/b.md", is_folder=False)


def test_no_file_and_a_folder_of_the_name_say_nothing(tmp_path: Path) -> None:
    none = IgnoreRules().extended(str(tmp_path), ".gitignore")
    (tmp_path / ".gitignore").mkdir()
    folder = IgnoreRules().extended(str(tmp_path), ".gitignore")

    assert not none.ignores(f"{tmp_path}/a.md", is_folder=False)
    assert not folder.ignores(f"{tmp_path}/a.md", is_folder=False)


def test_what_is_no_ignore_file_is_refused_with_its_path(tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_bytes(b"a" * (1024 * 1024 + 1))

    with pytest.raises(UsageError) as raised:
        IgnoreRules().extended(str(tmp_path), ".gitignore")
    assert raised.value.wording.en.startswith(f"{tmp_path}/.gitignore: no ignore file to read: ")
    assert raised.value.wording.zh.startswith(f"{tmp_path}/.gitignore：")


def test_a_largest_ignore_file_is_read(tmp_path: Path) -> None:
    lines = b"a.md\n" + b"#" * 900 + b"\n"
    (tmp_path / ".gitignore").write_bytes(lines.ljust(1024 * 1024, b"\n"))

    assert IgnoreRules().extended(str(tmp_path), ".gitignore").ignores(f"{tmp_path}/a.md", is_folder=False)
