"""Settings that lie nearer to some files of a run than those that it goes by: it has one settings file."""

from __future__ import annotations

import os

from bulletin_lint.config.settings import Settings, settings_in
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_NAMED = 3
"""So many files are named; the others are counted."""


def nearer_settings(paths: Iterable[str], start: str) -> list[str]:
    """The settings files between some files and the folder `start`, from which those of the run were looked
    for: of each file the nearest. Absolute, sorted.
    """
    start = os.path.abspath(start)
    # The folder to what counts in it: nothing, in the one that settings were looked for from.
    known: dict[str, str | None] = {start: None}
    below = start.rstrip(os.sep) + os.sep

    def nearest(folder: str) -> str | None:
        if folder not in known:
            known[folder] = (
                None if not folder.startswith(below) else _own(folder) or nearest(os.path.dirname(folder))
            )
        return known[folder]

    folders = {os.path.dirname(path) for path in paths}
    return sorted({found for folder in folders if (found := nearest(os.path.abspath(folder))) is not None})


def _own(folder: str) -> str | None:
    try:
        return settings_in(folder)
    except UsageError:
        # What cannot be read there is no matter of a run that does not go by it.
        return None


def nearer_note(nearer: Sequence[str], settings: Settings) -> Wording | None:
    """What to say of settings that are nearer to some files and do not count; None where there are none."""
    if not nearer:
        return None
    from bulletin_lint.config.diagnostics import shown

    names, more = [shown(path) for path in nearer[:_NAMED]], len(nearer) > _NAMED
    used = Wording("默认设置", "the defaults")
    if settings.path is not None:
        used = Wording(shown(settings.path), shown(settings.path))
    return Wording(
        f"没有按 {'、'.join(names)}{' 等' * more} 检查它旁边的文件：一次检查只用一份配置，这次是{used.zh}；"
        "请按文件夹分开检查，或用 --config 指定。",
        f"{', '.join(names)}{', …' * more} did not count for the files beside it: one run goes by one "
        f"settings file, this one by {used.en}; check the folders one by one, or name a file with --config.",
    )
