"""What is put on the desktop starts the page."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from bulletin_lint.desk.server.shortcut import write_shortcut
from bulletin_lint.model.errors import UsageError


def command_of(entry: str) -> list[str]:
    """The words of an entry's command, by the rules of the Desktop Entry Specification."""
    line = next(line for line in entry.splitlines() if line.startswith("Exec="))
    # As a string of the file, then as quoted arguments.
    string = line.removeprefix("Exec=").replace("\\\\", "\\")
    words = re.findall(r'"((?:[^"\\]|\\.)*)"', string)
    return [re.sub(r"\\(.)", r"\1", word).replace("%%", "%") for word in words]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="as Linux desktops have it")
@pytest.mark.parametrize("name", ["桌面", "Desktop", "Schreibtisch"])
def test_an_entry_is_written_where_the_desktop_is(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    if name == "Schreibtisch":
        (tmp_path / ".config").mkdir()
        (tmp_path / ".config" / "user-dirs.dirs").write_text(
            f'# a comment\nXDG_DESKTOP_DIR="$HOME/{name}"\n', encoding="utf-8"
        )
    folder = tmp_path / 'a "b" $c % d'
    path = Path(write_shortcut(str(folder), str(tmp_path)))

    assert path.parent == tmp_path / name
    assert os.stat(path).st_mode & stat.S_IXUSR
    words = command_of(path.read_text("utf-8"))
    assert words == [sys.executable, "-m", "bulletin_lint", "serve", "--", str(folder)]
    # Again, over itself.
    assert command_of(Path(write_shortcut(None, str(tmp_path))).read_text("utf-8"))[-1] == "serve"


def test_for_windows_a_batch_file_is_written(tmp_path: Path) -> None:
    """By its contents: nobody double-clicked it."""
    (tmp_path / "Desktop").mkdir()
    (tmp_path / "OneDrive" / "桌面").mkdir(parents=True)

    path = Path(write_shortcut("100% 简报 & 附件", str(tmp_path), "win32"))

    assert path == tmp_path / "OneDrive" / "桌面" / "简报检查.bat"
    lines = path.read_bytes().decode("utf-8").split("\r\n")
    folder = os.path.abspath("100% 简报 & 附件").replace("%", "%%")
    assert lines == [
        "@echo off",
        "chcp 65001 >nul",
        f'"{sys.executable}" "-m" "bulletin_lint" "serve" "--" "{folder}"',
        "if errorlevel 1 pause",
        "",
    ]
    # A mark of the order of bytes would be taken for a part of the first command.
    assert not path.read_bytes().startswith(b"\xef\xbb\xbf")


@pytest.mark.skipif(os.name != "posix", reason="as a shell of Unix reads it")
def test_for_macos_a_script_is_written_that_a_shell_understands(tmp_path: Path) -> None:
    """By its contents and by what a shell makes of it: nobody double-clicked it."""
    (tmp_path / "Desktop").mkdir()
    folder = 'it\'s "$HOME" `x` 简报'

    path = Path(write_shortcut(folder, str(tmp_path), "darwin"))

    assert path == tmp_path / "Desktop" / "简报检查.command"
    assert os.stat(path).st_mode & stat.S_IXUSR
    script = path.read_text("utf-8")
    assert script.startswith("#!/bin/sh\nexec ")
    # Its words one a line, instead of doing what they say.
    said = subprocess.run(
        ["sh", "-c", script.replace("exec ", "printf '%s\\n' ")], capture_output=True, text=True, check=True
    )
    words = [sys.executable, "-m", "bulletin_lint", "serve", "--", os.path.abspath(folder)]
    assert said.stdout.splitlines() == words


def test_without_a_desktop_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no desktop"):
        write_shortcut(None, str(tmp_path))
    (tmp_path / "Desktop").mkdir()
    with pytest.raises(UsageError, match="line break"):
        write_shortcut("a\nExec=evil", str(tmp_path))
