"""Old files of the cache folder, removed at most once a day by a run that puts something there.

Several runs may do so at once: whatever is removed is only made again.
"""

from __future__ import annotations

import re
import time

from bulletin_lint.engine.cache.database import NAME
from bulletin_lint.engine.cache.folder import CacheFolder

_DAY = 86_400
_KEPT_DAYS = 90
_LEFT_DAYS = 1
"""Of a temporary: no run takes longer."""
_COMPILED_BYTES = 64 << 20
_OURS = re.compile(
    r"(?P<compiled>rulebook-[0-9a-f]{16}\.data)"
    r"|(?P<database>cache-[0-9]+\.sqlite3)"
    r"|(?:rulebook|cache|pruned|tidied)\b.*\.tmp(?:-[a-z]+)?"
)
"""What this program puts there; nothing else is touched."""


def prune(folder: CacheFolder) -> None:
    """Removes compiled files that nobody used for 90 days, and the oldest of those beyond 64 MB together;
    databases of other versions that nobody used for 90 days; and what killed runs left behind.
    """
    if not folder.is_due("pruned"):
        return
    now = time.time()
    compiled: list[tuple[float, int, str]] = []
    for name in folder.names():
        ours = _OURS.fullmatch(name)
        status = folder.status(name) if ours is not None and name != NAME else None
        if ours is None or status is None:
            continue
        days = (now - status.st_mtime) / _DAY
        if days > (_KEPT_DAYS if ours.lastgroup is not None else _LEFT_DAYS):
            for ending in ("-wal", "-shm", "-journal", "") if ours["database"] else ("",):
                folder.remove(name + ending)
        elif ours["compiled"]:
            compiled.append((status.st_mtime, status.st_size, name))
    total = 0
    for _, size, name in sorted(compiled, reverse=True):
        total += size
        if total > _COMPILED_BYTES:
            folder.remove(name)
