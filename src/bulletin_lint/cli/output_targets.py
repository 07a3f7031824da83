"""Files that a command is to write, held against those that it reads: a report never lies over a bulletin.

Two paths are one file where the system says so (device and inode), so that neither a symbolic link nor a hard
link hides it; where a file is yet to be made, by their real paths.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Sequence

from bulletin_lint._typing import NamedTuple
from bulletin_lint.config.settings import Settings, register_path
from bulletin_lint.engine.suppression.waivers_file import find_waivers
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers import READERS, UNREAD_FORMS, kind_by_name

_Key = tuple[int, int] | str
"""What makes a file one and the same."""

INPUT = Wording("要检查的文件", "a file to check")
BASELINE = Wording("基线", "the baseline")
REGISTER = Wording("登记表", "the register")
_SETTINGS = Wording("配置文件", "the settings file")
_WAIVERS = Wording("豁免文件", "the waivers file")
_PACK = Wording("规则包", "a rule pack")


_OWN_PAGE = b'<meta name="generator" content="bulletin-lint'
_HEAD = 4096
"""The bytes in which it stands."""


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


def refuse_bulletins(
    targets: Iterable[Target], settings: Settings, *, is_document: bool = False, pages: bool = True
) -> None:
    """Makes sure that no target is a file that is there and may be a bulletin, though this run does not read
    it by name: one of the settings' `bulletins`, or one in a form in which bulletins are kept.

    A page or a report that this program made is none. `is_document` says that what is to be written is
    itself in such a form; only the settings then tell. `pages` are left alone where it is False: whoever
    writes them looks at what is there.

    Raises:
        UsageError: one is.
    """
    for option, path in targets:
        if not os.path.isfile(path):
            continue
        suffix = os.path.splitext(path)[1].lower()
        is_page = suffix in READERS["html"].suffixes
        is_form = (not is_document and kind_by_name(path) is not None) or suffix in UNREAD_FORMS
        if (is_page and (not pages or _is_own_page(path))) or _is_own_report(path):
            continue
        if is_form or _is_member(path, settings):
            raise UsageError(
                Wording(
                    f"{option}：{path} 已经存在，可能是一期简报，不覆盖，什么也没有写；请换一个文件名，"
                    "或先删掉它",
                    f"{option}: {path} is there already and may be a bulletin: it is not overwritten, and "
                    "nothing was written; give another name, or delete it first",
                )
            )


def _is_member(path: str, settings: Settings) -> bool:
    """Whether the settings' `bulletins` mean a file."""
    if not settings.bulletins:
        return False
    from bulletin_lint.config.globs import Globs

    inside = os.path.relpath(os.path.realpath(path), os.path.realpath(settings.folder)).replace(os.sep, "/")
    return Globs(settings.bulletins).matches(inside) and not Globs(settings.exclude).covers(inside)


def _is_own_page(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return _OWN_PAGE in file.read(_HEAD)
    except OSError:
        return False


def _is_own_report(path: str) -> bool:
    """Whether a file is text of which a line is one of a report: `check . --output-file report.txt` again."""
    from bulletin_lint.reporters.full import A_LINE

    try:
        with open(path, encoding="utf-8") as file:
            return re.search(A_LINE, file.read(_HEAD)) is not None
    except (OSError, ValueError):
        return False


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
