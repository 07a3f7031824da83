"""Files that a command is to write, held against those that it reads: a report never lies over a bulletin.

Two paths are one file where the system says so (device and inode), so that neither a symbolic link nor a hard
link hides it; where a file is yet to be made, by their real paths.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Sequence

from bulletin_lint._typing import NamedTuple
from bulletin_lint.config.settings import Settings, register_path
from bulletin_lint.engine.suppression.waivers_file import find_waivers
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.wording import Wording

_Key = tuple[int, int] | str
"""What makes a file one and the same."""

INPUT = Wording("要检查的文件", "a file to check")
BASELINE = Wording("基线", "the baseline")
REGISTER = Wording("登记表", "the register")
_SETTINGS = Wording("配置文件", "the settings file")
_WAIVERS = Wording("豁免文件", "the waivers file")
_PACK = Wording("规则包", "a rule pack")


class Target(NamedTuple):
    """A file to be written, and the option that asks for it."""

    option: str
    path: str


class Kept(NamedTuple):
    """A file that is read, and what it is."""

    path: str
    what: Wording


def kept_of(settings: Settings) -> list[Kept]:
    """The files that settings consist of and name, those that are there."""
    waivers = find_waivers(settings.folder, upward=settings.path is None)
    found = [
        (settings.path, _SETTINGS),
        (waivers, _WAIVERS),
        (register_path(settings), REGISTER),
        *((os.path.join(settings.folder, pack), _PACK) for pack in settings.extends),
    ]
    return [Kept(path, what) for path, what in found if path is not None and os.path.isfile(path)]


def refuse_to_overwrite(targets: Sequence[Target], kept: Iterable[Kept]) -> None:
    """Makes sure that no target is a file that the command reads.

    Raises:
        UsageError: one is.
    """
    keys = {key: target for target in targets if (key := _key(target.path)) is not None}
    if not keys:
        return
    for path, what in kept:
        key = _key(path)
        target = keys.get(key) if key is not None else None
        if target is not None:
            raise UsageError(
                Wording(
                    f"{target.option}：{target.path} 就是{what.zh} {path}，"
                    "不覆盖，什么也没有写；请换一个文件名",
                    f"{target.option}: {target.path} is {what.en}, {path}: it is not overwritten, "
                    "and nothing was written; give another name",
                )
            )


def _key(path: str) -> _Key | None:
    """What tells a file from others; None for a device or a pipe, which holds nothing."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        try:
            return os.path.realpath(path)
        except (OSError, ValueError):
            return None
    return (status.st_dev, status.st_ino) if stat.S_ISREG(status.st_mode) else None
