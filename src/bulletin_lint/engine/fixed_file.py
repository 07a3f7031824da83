"""A mended bulletin put into its file, whatever other names and links lead there.

Links: a file that somebody named is mended where it is, also through a link to another file of the link's
folder or the current one; a link that leads elsewhere is not followed, lest a checkout from a stranger says
which file of this machine is written. In a folder that was searched, what lies outside it is left alone, and
a note says so.

Hard links: the new content gets the name that was checked; the other names keep the old file. Writing in
place would mend all names at once, but a crash or a full disk then leaves half a bulletin under each of them,
and what shares a file with a bulletin is mostly a snapshot of it (``cp -al``, ``rsync --link-dest``, archives
freed of duplicates), which exists to keep the old. ``sed -i`` and ``git checkout`` do the same. Because a
person may have meant the names to stay one file, a note says that they no longer are.
"""

from __future__ import annotations

import os
from collections.abc import Sequence

from bulletin_lint.model.atomic_write import ChangedMeanwhile, LeadsElsewhere, is_within, reason, replace_file
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.wording import Wording, plural


def write_mended(path: str, data: bytes, *, expected: bytes, searched: Sequence[str] = ()) -> None:
    """Puts the mended content into the file of a bulletin; `expected` is what it must still hold.

    A link may lead to another file of its folder, of the current one, and of those that were `searched`
    (real paths).

    Raises:
        SourceError: the file changed in the meantime, is a link that leads elsewhere, or cannot be written.
    """
    try:
        # How the folder was reached is not asked: it was named, or searched.
        target = os.path.realpath(path)
        folders = (os.path.realpath(os.path.dirname(path)), os.path.realpath(os.curdir), *searched)
        if not any(is_within(target, folder) for folder in folders):
            raise LeadsElsewhere(path, target)
        replace_file(target, data, expected=expected)
    except ChangedMeanwhile:
        raise SourceError(
            path,
            Wording(
                "检查期间文件被改动，未写入修复；请重新运行。",
                "the file changed while it was checked: fixes not written; run again.",
            ),
        ) from None
    except LeadsElsewhere as error:
        why = reason(error)
        raise SourceError(path, Wording(f"{why.zh}，未写入修复。", f"{why.en}: fixes not written.")) from None
    except OSError as error:
        raise SourceError(
            path,
            Wording(
                f"修复无法写入（错误 {error.errno}）；请检查文件及其文件夹的写入权限。",
                f"fixes cannot be written ({error.strerror}); check that file and folder are writable.",
            ),
        ) from None


def leads_out(path: str, folders: Sequence[str]) -> Wording | None:
    """What to say of a file found in a folder that lies in none of `folders`, which are real paths."""
    target = os.path.realpath(path)
    if any(is_within(target, folder) for folder in folders):
        return None
    return Wording(
        f"经符号链接指向所查文件夹之外的 {target}，未修复；要修复请直接写出那个文件。",
        f"a link leads out of the folder that was searched, to {target}: not fixed; to do so, name it.",
    )


def other_names(path: str) -> Wording | None:
    """What to say of a file that has more names than the one under which it is mended."""
    try:
        names = os.stat(path).st_nlink
    except OSError:
        return None
    if names < 2:
        return None
    return Wording(
        f"与另外 {names - 1} 个文件名（硬链接）共用内容；只修复了这一个，其余保持原样，从此各自独立。",
        f"shared its content with {plural(names - 1, 'other name')} (hard links); only this one is fixed, "
        "from now on it is a file of its own.",
    )
