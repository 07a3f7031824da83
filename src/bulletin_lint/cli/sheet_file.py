"""Sheets as files: written whole, and never over something else unless that is asked for."""

from __future__ import annotations

import os
import re

from bulletin_lint.model.atomic_write import encoded, reason, replace_file
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.wording import Wording

_TIME = re.compile(rb"<time>[^<]*</time>")


def write_sheet(path: str, text: str, *, force: bool) -> None:
    """Writes a sheet; the same sheet of another time may be written over.

    Raises:
        UsageError: something else stands there and `force` is not set, or it cannot be written.
    """
    content = b"".join(encoded([text]))
    try:
        if not force and _is_another(path, content):
            raise UsageError(
                Wording(
                    f"{path} 已经存在而且内容不同，不覆盖；确要覆盖请加 --force，或用 -o 换一个名字",
                    f"{path} is there and holds something else: not overwritten; add --force to write over "
                    "it, or give another name with -o",
                )
            )
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        replace_file(path, content)
    except OSError as error:
        why = reason(error)
        raise UsageError(
            Wording(f"无法写入 {path}（{why.zh}）", f"cannot write to {path} ({why.en})")
        ) from None


def _is_another(path: str, content: bytes) -> bool:
    """Whether a file is there that is not the same sheet, be it of another time."""
    try:
        with open(path, "rb") as file:
            old = file.read(len(content) + 1024)
    except FileNotFoundError:
        return False
    return _TIME.sub(b"", old) != _TIME.sub(b"", content)
