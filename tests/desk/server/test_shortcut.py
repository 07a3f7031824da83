"""What is put on the desktop starts the page."""

from __future__ import annotations

import os
import re
import stat
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


def test_without_a_desktop_that_is_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no desktop"):
        write_shortcut(None, str(tmp_path))
    (tmp_path / "Desktop").mkdir()
    with pytest.raises(UsageError, match="line break"):
        write_shortcut("a\nExec=evil", str(tmp_path))
