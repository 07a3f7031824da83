"""What `re` keeps to itself, behind one door: compiled patterns kept over runs, and how a pattern parses.

Compiling is what a cold start would spend most of its time on: 170 patterns take 50 ms, half of it for
character classes of Chinese. What `re` compiles a pattern to is a list of numbers; a `RegexStore` hands those
out for a cache and takes them back, for the same interpreter only.

The names used here are no interface of Python. Where an interpreter lacks one, or has it otherwise, patterns
are compiled by `re.compile` at every run and nothing is said of how they parse; in plain mode always.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Mapping

from bulletin_lint._plain import IS_PLAIN
from bulletin_lint._typing import Any

Rows = Mapping[str, Any]
"""Compiled patterns as plain data: ``flags:source`` to flags, code, groups and their names."""

_MISSING = (ImportError, AttributeError, TypeError)
"""What the use of a private name ends in, on an interpreter that has it otherwise."""
_FLAGS = re.ASCII | re.DEBUG | re.IGNORECASE | re.MULTILINE | re.DOTALL | re.VERBOSE | re.UNICODE
_NO_FLAGS = ~int(_FLAGS)
_DAMAGED = (*_MISSING, ValueError, RuntimeError, IndexError, OverflowError)


class RegexStore:
    """Patterns of `re`, each compiled once in a process, and once on a machine where they are kept."""

    def __init__(self) -> None:
        self._patterns: dict[tuple[str, int], re.Pattern[str]] = {}
        self._load: Callable[[], Rows | None] | None = None
        self._loaded: Rows | None = None
        self._new: dict[str, Any] = {}
        self._taken = 0

    @property
    def key(self) -> str:
        """What its rows hold for: this very interpreter, and no other; empty where they hold for none."""
        if IS_PLAIN:
            return ""
        try:
            from _sre import MAGIC  # type: ignore[import-not-found]
        except ImportError:
            return ""
        return f"{sys.implementation.name} {sys.hexversion:x} {MAGIC}"

    @property
    def is_kept(self) -> bool:
        """Whether there are rows of earlier runs to come from somewhere."""
        return self._load is not None

    def keep(self, load: Callable[[], Rows | None] | None) -> None:
        """Says where the rows of earlier runs come from: `load` is asked when the first pattern is needed.

        They must be of the same `key`. With None, as in the beginning, nothing is loaded and nothing new is
        noted down.
        """
        self._load = load if self.key else None
        self._loaded = None

    def rows(self) -> Rows | None:
        """Every row known, None where this run has added none or nothing is kept."""
        if self._load is None or not self._new:
            return None
        return {**(self._loaded or {}), **self._new}

    def take_new(self) -> Rows | None:
        """The rows added since the last call, to be added in another process; None where there are none."""
        if len(self._new) == self._taken:
            return None
        rows = dict(list(self._new.items())[self._taken :])
        self._taken = len(self._new)
        return rows

    def add(self, rows: Rows | None) -> None:
        """Adds what another process of the same run compiled."""
        self._new.update(rows or {})

    def compiled(self, source: str, flags: int = 0) -> re.Pattern[str]:
        """The pattern of `re`, made once for each source and flags.

        Raises:
            re.error: the source is no pattern.
        """
        pattern = self._patterns.get((source, flags))
        if pattern is None:
            pattern = self._patterns[source, flags] = self._made(source, int(flags))
        return pattern

    def _made(self, source: str, flags: int) -> re.Pattern[str]:
        if self._load is None:
            return re.compile(source, flags)
        if self._loaded is None:
            self._loaded = self._load() or {}
        key = f"{flags}:{source}"
        row = self._loaded.get(key)
        if row is not None:
            try:
                return _from_row(source, _sound(source, flags, row))
            except _DAMAGED:
                pass
        try:
            row = _row(source, flags)
            pattern = _from_row(source, row)
        except _MISSING:
            # An interpreter built otherwise: the pattern is as good, only not kept.
            return re.compile(source, flags)
        self._new[key] = row
        return pattern


def _row(source: str, flags: int) -> list[Any]:
    """A pattern as plain data."""
    from re import _compiler, _parser  # type: ignore[attr-defined]

    parsed = _parser.parse(source, flags)
    code = _compiler._code(parsed, flags)
    return [
        flags | parsed.state.flags,
        b"".join(number.to_bytes(4, sys.byteorder) for number in code),
        parsed.state.groups - 1,
        dict(parsed.state.groupdict),
    ]


def _sound(source: str, flags: int, row: Any) -> Any:
    """A row in which nothing is odd, and nothing says other than its source.

    The interpreter looks through the code, but takes the rest as it is: a wrong number of groups is written
    to beyond the end.

    Raises:
        TypeError, ValueError: something is.
    """
    all_flags, code, groups, names = row
    if type(all_flags) is not int or type(groups) is not int or type(code) is not bytes:
        raise TypeError("no row of a pattern")
    if all_flags & flags != flags or all_flags & _NO_FLAGS or not 0 <= groups <= source.count("("):
        raise ValueError("not the flags or groups of the pattern")
    if not code or len(code) % 4:
        raise ValueError("no numbers of 32 bits")
    if type(names) is not dict:
        raise TypeError("no names of groups")
    if names and not _are_of(names, groups, source):
        raise ValueError("not the names of the pattern")
    return row


def _are_of(names: dict[str, Any], groups: int, source: str) -> bool:
    return (
        all(type(number) is int for number in names.values())
        and len(set(names.values())) == len(names)
        and all(1 <= number <= groups and f"(?P<{name}>" in source for name, number in names.items())
    )


def _from_row(source: str, row: Any) -> re.Pattern[str]:
    """The pattern that a row was made of; the interpreter looks through its code before it takes it."""
    import _sre

    flags, code, groups, names = row
    index: list[str | None] = [None] * (groups + 1)
    for name, number in names.items():
        index[number] = name
    numbers = memoryview(code).cast("I").tolist()
    pattern: re.Pattern[str] = _sre.compile(source, flags, numbers, groups, names, tuple(index))
    return pattern


REGEXES = RegexStore()
"""That of this process: patterns are asked for wherever modules are imported."""


class ParsedPattern:
    """How `re` parses a pattern: its items, each an operator and an argument."""

    def __init__(self, tree: Any) -> None:
        self.items = tree
        self.flags: int = tree.state.flags

    def width(self, items: Iterable[Any] | None = None) -> tuple[int, int]:
        """The least and the most characters that the pattern, or some of its items, can match."""
        tree = self.items
        found = tree if items is None else type(tree)(tree.state, list(items))
        least, most = found.getwidth()
        return least, most


def parsed(source: str) -> ParsedPattern | None:
    """A pattern as `re` parses it, with the flags the rule language promises; None where it cannot be told,
    or the source is no pattern.
    """
    if IS_PLAIN:
        return None
    try:
        from re import _parser  # type: ignore[attr-defined]

        return ParsedPattern(_parser.parse(source, re.MULTILINE))
    except (re.error, RecursionError, OverflowError, *_MISSING):
        return None
