"""What is said where the paths of a command line lead to no file that can be checked."""

from __future__ import annotations

import os
from collections.abc import Sequence

from bulletin_lint.engine.glob_arguments import as_typed, is_glob
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers import kind_by_name, unread_form

_NAMED = 5
"""So many files are named of those that may have been meant."""


def nothing_found(looked_for: Sequence[str]) -> Wording:
    """What is said of a folder that holds nothing of what was looked for."""
    return Wording(
        f"文件夹里没有可检查的文件：找过 {'、'.join(looked_for)}；隐藏文件夹以及 .gitignore "
        "和 exclude 排除的文件不在其内。",
        f"nothing to check in this folder: looked for {', '.join(looked_for)}, leaving out hidden "
        "folders and what .gitignore or exclude names.",
    )


EMPTIED = Wording(
    "文件夹里除了配置的 exclude 排除的，没有可检查的文件。",
    "nothing to check in this folder but what exclude in its settings leaves out.",
)
"""What is said of a folder that a user named and its settings leave out."""


def emptied_wording(folders: Sequence[str]) -> Wording:
    """What is said of folders on the way that their own settings leave out: there are others."""
    some, more = folders[:_NAMED], len(folders) > _NAMED
    return Wording(
        f"没有检查 {'、'.join(some)}{' 等' * more}：除了那里自己的配置用 exclude 排除的，没有可检查的文件。",
        f"not checked: {', '.join(some)}{', …' * more}: nothing there but what exclude in its own settings "
        "leaves out.",
    )


def with_hint(missing: SourceError, path: str) -> SourceError:
    """What is said of a file that is not there, with those whose names go on where its name ends: a system
    that hides extensions shows them so. An extension that was written may be another's.
    """
    if is_glob(path):
        return SourceError(
            missing.path,
            Wording(
                "没有与这个模式相符的文件；* 代表任意字符，? 代表一个字符。",
                "no file fits this pattern; * stands for any characters, ? for one.",
            ),
        )
    folder, base = os.path.split(path)
    try:
        names = sorted(os.listdir(folder or "."))
    except (OSError, ValueError):
        return missing
    stem, end = os.path.splitext(base)
    if end != "." and kind_by_name(base) is None and unread_form(base) is None:
        stem = base
    others = [name for name in names if stem and name.startswith(f"{stem}.") and name != base]
    near = [as_typed(os.path.join(folder, name)) for name in others]
    near = [name for name in near if kind_by_name(name) is not None or unread_form(name) is not None]
    if not near:
        return missing
    zh, en = missing.wording
    named = near[:_NAMED]
    return SourceError(
        missing.path,
        Wording(
            f"{zh}是不是 {'、'.join(named)}？请连同扩展名写出。",
            f"{en} Did you mean {' or '.join(named)}? Write the name with its extension.",
        ),
    )
