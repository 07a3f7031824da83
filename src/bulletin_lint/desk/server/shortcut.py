"""A file on the desktop that starts the page when it is double-clicked.

As Linux desktops have it, it was tried; what is written for Windows and macOS follows what is documented of
`cmd.exe` and of Terminal, and was not.
"""

from __future__ import annotations

import os
import shlex
import stat
import sys

from bulletin_lint.model.atomic_write import reason, replace_file
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.wording import Wording

_NAME = "简报检查"


def write_shortcut(folder: str | None, home: str | None = None, platform: str = sys.platform) -> str:
    """Writes the file, which serves `folder` if one is given; gives its path. `platform` is named as by
    `sys.platform`.

    Raises:
        UsageError: there is no desktop, or it cannot be written to.
    """
    desktop = _desktop(home if home is not None else os.path.expanduser("~"), platform)
    words = [sys.executable, "-m", "bulletin_lint", "serve"]
    if folder is not None:
        words += ["--", os.path.abspath(folder)]
    if any(character in word for word in words for character in "\r\n\0"):
        raise UsageError(Wording("文件夹的名字里有换行", "the folder's name holds a line break"))
    name, content = _content(words, platform)
    path = os.path.join(desktop, name)
    try:
        replace_file(path, content, mode=0o755)
        os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)
    except OSError as error:
        why = reason(error)
        raise UsageError(
            Wording(f"无法写入 {path}（{why.zh}）", f"cannot write to {path} ({why.en})")
        ) from None
    return path


def _desktop(home: str, platform: str) -> str:
    names = [*_configured(home), "桌面", "Desktop"]
    if platform == "win32":
        # Where OneDrive keeps the desktop, that one is seen.
        names = [*(os.path.join("OneDrive", name) for name in names), *names]
    places = [os.path.join(home, name) for name in names]
    found = next((place for place in places if os.path.isdir(place)), None)
    if found is None:
        raise UsageError(
            Wording(
                f"没有找到桌面文件夹（{home} 里没有“桌面”或 Desktop）",
                f"there is no desktop folder in {home}",
            )
        )
    return found


def _configured(home: str) -> list[str]:
    """What the desktop is called where the user's directories are configured (xdg-user-dirs)."""
    try:
        with open(os.path.join(home, ".config", "user-dirs.dirs"), encoding="utf-8") as file:
            lines = file.read(65536).splitlines()
    except (OSError, ValueError):
        return []
    values = [
        line.partition("=")[2].strip().strip('"') for line in lines if line.startswith("XDG_DESKTOP_DIR=")
    ]
    return [value.removeprefix("$HOME/") for value in values]


def _content(words: list[str], platform: str) -> tuple[str, bytes]:
    """The file's name and content, as the system wants it."""
    if platform == "win32":
        # The code page of UTF-8, for the names of folders; what went wrong stays to be read.
        lines = ["@echo off", "chcp 65001 >nul", _batch(words), "if errorlevel 1 pause", ""]
        return f"{_NAME}.bat", "\r\n".join(lines).encode()
    if platform == "darwin":
        return f"{_NAME}.command", f"#!/bin/sh\nexec {shlex.join(words)}\n".encode()
    entry = (
        "[Desktop Entry]\nType=Application\nVersion=1.0\n"
        f"Name={_NAME}\nComment=bulletin-lint\nTerminal=true\nCategories=Office;\n"
        f"Exec={' '.join(map(_quoted, words))}\n"
    )
    return f"{_NAME}.desktop", entry.encode()


def _batch(words: list[str]) -> str:
    """A command as a batch file has it: no name of a file on Windows holds a quotation mark."""
    # A backslash before the closing one would make it part of the word.
    ended = (word + "\\" if word.endswith("\\") else word for word in words)
    return " ".join(f'"{word}"' for word in ended).replace("%", "%%")


def _quoted(word: str) -> str:
    """A word of a command as a desktop entry has it (Desktop Entry Specification, The Exec key)."""
    escaped = word
    for character in '\\"`$':
        escaped = escaped.replace(character, f"\\{character}")
    # First as an argument, then as a string of the file, in which a backslash is escaped again.
    inner = escaped.replace("\\", "\\\\").replace("%", "%%")
    return f'"{inner}"'
