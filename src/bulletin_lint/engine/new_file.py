"""Whether a search would find a file that is not written yet: an editor hands over the text of a new one."""

from __future__ import annotations

import os

from bulletin_lint.config.globs import Globs
from bulletin_lint.engine.discovery import SKIPPED_FOLDERS
from bulletin_lint.engine.gitignore import IGNORE_FILE, IgnoreRules
from bulletin_lint.engine.glob_arguments import OWNER_MARK

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def would_be_found(place: str, globs: Sequence[str], exclude: Sequence[str], root: str) -> bool:
    """Whether `discover` would find a file of this absolute path in `root`, were it there."""
    root = os.path.realpath(root)
    # The file is not there; the folder above it may be reached by a link.
    place = os.path.join(os.path.realpath(os.path.dirname(place)), os.path.basename(place))
    prefix = root.rstrip(os.sep) + os.sep
    if not place.startswith(prefix):
        return False
    *folders, name = place[len(prefix) :].split(os.sep)
    path = "/".join([*folders, name])
    if not Globs(globs).matches(path) or Globs(exclude).covers(path):
        return False
    if name.startswith(OWNER_MARK) or any(part.startswith(".") for part in (*folders, name)):
        return False
    if not SKIPPED_FOLDERS.isdisjoint(folders):
        return False
    ignored, here = IgnoreRules.above(root), root
    for folder in folders:
        ignored = ignored.extended(here, IGNORE_FILE)
        here = os.path.join(here, folder)
        if ignored.ignores(here, is_folder=True):
            return False
    return not ignored.extended(here, IGNORE_FILE).ignores(place, is_folder=False)
