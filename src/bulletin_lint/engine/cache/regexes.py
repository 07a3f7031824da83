"""Patterns that earlier runs compiled, kept on disk: compiling them anew takes half a second."""

from __future__ import annotations

from collections.abc import Mapping

from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.matching.regex_store import REGEXES


def use_kept_regexes() -> None:
    """Has this process take what lies in the cache once a pattern is needed, and note what is not there."""
    if not REGEXES.is_kept:
        REGEXES.keep(_load)


def keep_regexes() -> None:
    """Keeps what this process compiled, if anything, for the next one."""
    rows = REGEXES.rows()
    if rows is not None:
        CompiledStore().store(_key(), rows, [])


def _load() -> Mapping[str, object] | None:
    rows = CompiledStore().load(_key())
    return rows if isinstance(rows, dict) else None


def _key() -> str:
    return f"regexes {REGEXES.key}"
