"""Settings nearer to some files of a run than those that were found for all: a file goes by the nearest."""

from __future__ import annotations

import os

from bulletin_lint.config.near_names import near_names
from bulletin_lint.config.settings import Settings, settings_in
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bulletin_lint.config.near_names import NearName

_NAMED = 3
"""So many files are named; the others are counted."""


class SettingsTree:
    """Which settings hold in which folder: the nearest ones upward, each read once. Nothing is merged."""

    def __init__(self, settings: Settings, start: str, load: Callable[[str], Settings]) -> None:
        """`settings` are those of the run, found from the folder `start`; `load` gives those of a folder."""
        self._outermost = settings
        self._load = load
        self._known: dict[str, Settings] = {os.path.abspath(start): settings}
        self._by_path: dict[str | None, Settings] = {settings.path: settings}
        self.misnamed: list[NearName] = list(settings.misnamed)
        """What has nearly the right name on the ways to all settings that were met."""

    def met(self, folder: str) -> Settings:
        """The settings that hold in a folder, absolute; what is nearly called so on the way to them is noted.

        Raises:
            UsageError: as `load_settings`.
            DefinitionError: they are wrong.
        """
        return self._found(folder, notes=True)

    def of(self, path: str, *, is_named: bool) -> Settings:
        """The settings that a file goes by. `is_named` says that it was not found in a folder, where what is
        nearly called so was met.

        Raises:
            BulletinLintError: as `met`.
        """
        return self._found(os.path.abspath(os.path.dirname(path)), notes=is_named)

    def _found(self, folder: str, *, notes: bool) -> Settings:
        passed: list[str] = []
        found = self._known.get(folder)
        while found is None:
            passed.append(folder)
            path = settings_in(folder)
            if notes:
                self.misnamed += near_names(folder)
            above = os.path.dirname(folder)
            if path is not None:
                found = self._by_path.get(path) or self._own(folder)
                self._by_path[path] = found
            elif above == folder:
                # On another drive of Windows.
                found = self._outermost
            else:
                folder = above
                found = self._known.get(folder)
        self._known.update(dict.fromkeys(passed, found))
        return found

    def _own(self, folder: str) -> Settings:
        # A program is no matter of single folders: what may be started is judged by the folder of the run.
        return self._load(folder)._replace(convert=self._outermost.convert)


def own_settings(settings: Settings, folder: str) -> Settings | None:
    """The settings, where they hold in a folder, absolute, below theirs; None where that has its own."""
    return settings if _own(folder) in (None, settings.path) else None


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
    """What a command that goes by one settings file says of those that are nearer to some of its files; None
    where there are none.
    """
    if not nearer:
        return None
    from bulletin_lint.config.diagnostics import shown

    names, more = [shown(path) for path in nearer[:_NAMED]], len(nearer) > _NAMED
    used = Wording("默认设置", "the defaults")
    if settings.path is not None:
        used = Wording(shown(settings.path), shown(settings.path))
    return Wording(
        f"没有按 {'、'.join(names)}{' 等' * more} 看它旁边的文件：这个命令一次只用一份配置，这次是{used.zh}；"
        "请按文件夹分开运行，或用 --config 指定。",
        f"{', '.join(names)}{', …' * more} did not count for the files beside it: this command goes by one "
        f"settings file at a time, now by {used.en}; run it on the folders one by one, or name a file with "
        "--config.",
    )
