"""``check --watch``: checks again as soon as a file changes, until it is interrupted.

Files are looked at several times a second; a change is another size or another time of writing. That works on
every system and on network drives, which tell nobody of changes.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator

from bulletin_lint._typing import NoReturn, TextIO
from bulletin_lint.cli.parser import print_error, print_note
from bulletin_lint.model.errors import BulletinLintError, DefinitionError
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.readers import READERS
from bulletin_lint.reporters.inert import say

Snapshot = dict[str, tuple[int, int]]
"""A file's path to its size and its time of writing in nanoseconds."""

_INTERVAL = 0.3
"""Seconds between two looks."""
_LONGEST_SAVE = 5.0
"""Seconds for which a program that saves is waited for: a file that grows without end must not keep all
others from being checked."""
_SHARE = 10
"""Looking at many files takes at most one part of so many of the time."""
_SETTINGS = (".yaml", ".yml", ".toml", ".csv")
"""Settings, packs, waivers and registers."""
_NOT_THE_USERS = (".", "~$")
"""What names of hidden files begin with, and those of the files by which Word says that it has one open."""
_CLEAR = "\x1b[2J\x1b[H"


def watch(
    check: Callable[[], int],
    places: Callable[[], Iterable[str]],
    language: Language,
    out: TextIO,
    *,
    color: bool,
) -> NoReturn:
    """Checks, and checks again whenever something in some files and folders has changed.

    `places` is asked anew before each round, for settings may have come or gone. What goes wrong in a round
    is said, and the next is waited for. On a terminal (`color`) each round begins on a clear screen.

    Raises:
        KeyboardInterrupt: the user has had enough.
    """
    while True:
        seen = snapshot(places())
        if color:
            out.write(_CLEAR)
        try:
            check()
        except BulletinLintError as error:
            _say(error, language)
        out.flush()
        clock = time.strftime("%H:%M:%S")
        print_note(
            Wording(
                f"{clock} 查完；有文件改动就再查一遍，按 Ctrl-C 结束。",
                f"{clock} done; files that change are checked again, Ctrl-C ends it.",
            ),
            language,
        )
        # Somebody waits for it, perhaps in a file.
        sys.stderr.flush()
        _wait_for_change(places, seen)


def _say(error: BulletinLintError, language: Language) -> None:
    if isinstance(error, DefinitionError):
        # It begins with its place, of which editors and terminals make a link.
        say(sys.stderr, f"{error.describe(language)}\n")
    else:
        print_error(error.describe(language), language)


def _wait_for_change(places: Callable[[], Iterable[str]], seen: Snapshot) -> None:
    """Returns once something has changed, and then has stayed as it is for a moment, or never does."""
    now = seen
    while now == seen:
        now = _next(places)
    until = time.monotonic() + _LONGEST_SAVE
    while (then := _next(places)) != now and time.monotonic() < until:
        # A program that saves writes in several steps.
        now = then


def _next(places: Callable[[], Iterable[str]]) -> Snapshot:
    """How things are in a moment."""
    time.sleep(_INTERVAL)
    began = time.monotonic()
    found = snapshot(places())
    time.sleep(min((time.monotonic() - began) * (_SHARE - 1), 60))
    return found


def snapshot(places: Iterable[str]) -> Snapshot:
    """The files at some places, and in the folders among them all that a check may read."""
    found: Snapshot = {}
    for place in places:
        for path in _files(place):
            try:
                status = os.stat(path)
            except (OSError, ValueError):
                # Not there, or gone meanwhile: that it comes back is a change.
                continue
            found[path] = (status.st_size, status.st_mtime_ns)
    return found


def _files(place: str) -> Iterator[str]:
    if not os.path.isdir(place):
        yield place
        return
    suffixes = (*(suffix for info in READERS.values() for suffix in info.suffixes), *_SETTINGS)
    for folder, below, names in os.walk(place):
        below[:] = [name for name in below if not name.startswith(_NOT_THE_USERS)]
        for name in names:
            if name.lower().endswith(suffixes) and not name.startswith(_NOT_THE_USERS):
                yield os.path.join(folder, name)
