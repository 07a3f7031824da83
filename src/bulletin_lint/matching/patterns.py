"""Patterns that compile when first needed, and on this machine once.

The patterns of the built-in packs are run by `re`, which is faster at them; those of a house
rule by `regex`, which can be given a time limit, so that a slow pattern ends as a message and
not as a program that hangs.

Compiling is what a cold start would spend most of its time on: 170 patterns take 50 ms, half of it
for character classes of Chinese. What `re` compiles a pattern to is a list of numbers; `learned`
hands those out for a cache and `recall` takes them back, for the same interpreter only.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping

from bulletin_lint._typing import Any
from bulletin_lint.model.errors import RuleFailure
from bulletin_lint.model.wording import Wording

_MULTILINE = int(re.MULTILINE)
HOUSE_TIME_LIMIT = 2.0
"""Seconds that one house pattern may spend on one document."""


Learned = Mapping[str, Any]
"""Compiled patterns as plain data: ``flags:source`` to flags, code, groups and their names."""

_made: dict[tuple[str, int], Any] = {}
_recalled: Learned | None = None
_recall: Callable[[], Learned | None] | None = None
_new: dict[str, Any] = {}
_told = 0


def interpreter() -> str:
    """What compiled patterns are good for: this very interpreter, and no other."""
    try:
        from _sre import MAGIC  # type: ignore[import-not-found]
    except ImportError:
        return ""
    return f"{sys.implementation.name} {sys.hexversion:x} {MAGIC}"


def recall(source: Callable[[], Learned | None] | None) -> None:
    """Says where compiled patterns of earlier runs come from; asked when the first is needed."""
    global _recall, _recalled
    _recall, _recalled = source, None


def learned() -> Learned | None:
    """Every compiled pattern known, None where this run has added none."""
    return {**(_recalled or {}), **_new} if _new else None


def news() -> Learned | None:
    """What was compiled since the last call, for `learn` in another process; None where nothing was."""
    global _told
    if len(_new) == _told:
        return None
    rows = dict(list(_new.items())[_told:])
    _told = len(_new)
    return rows


def learn(rows: Learned | None) -> None:
    """Takes what another process compiled, so that `learned` has it too."""
    _new.update(rows or {})


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern of `re`, made once for each source and flags.

    Raises:
        re.error: the source is no pattern.
    """
    pattern = _made.get((source, flags))
    if pattern is None:
        key = f"{int(flags)}:{source}"
        pattern = _made[source, flags] = _from_memory(key, source) or _compile(key, source, int(flags))
    return pattern


def _from_memory(key: str, source: str) -> Any:
    global _recalled
    if _recall is None:
        return None
    if _recalled is None:
        _recalled = _recall() or {}
    row = _recalled.get(key)
    if row is None:
        return None
    try:
        import _sre

        flags, code, groups, names = row
        index: list[str | None] = [None] * (groups + 1)
        for name, number in names.items():
            index[number] = name
        numbers = memoryview(code).cast("I").tolist()
        return _sre.compile(source, flags, numbers, groups, names, tuple(index))
    except (ImportError, ValueError, TypeError, RuntimeError, IndexError, OverflowError, AttributeError):
        return None


def _compile(key: str, source: str, flags: int) -> re.Pattern[str]:
    if _recall is None:
        return re.compile(source, flags)
    try:
        import _sre
        from re import _compiler, _parser  # type: ignore[attr-defined]

        parsed = _parser.parse(source, flags)
        code = _compiler._code(parsed, flags)
        row = [
            flags | parsed.state.flags,
            b"".join(number.to_bytes(4, sys.byteorder) for number in code),
            parsed.state.groups - 1,
            dict(parsed.state.groupdict),
        ]
        index: list[str | None] = [None] * parsed.state.groups
        for name, number in parsed.state.groupdict.items():
            index[number] = name
        pattern = _sre.compile(source, row[0], code, row[2], row[3], tuple(index))
    except (ImportError, AttributeError, TypeError):
        # An interpreter built otherwise: the pattern is as good, only not remembered.
        return re.compile(source, flags)
    _new[key] = row
    return pattern  # type: ignore[no-any-return]


class Pattern:
    """A regular expression with the flags the rule language promises: ``^`` and ``$`` at the ends of
    every block, Unicode classes.
    """

    __slots__ = ("_compiled", "source", "trusted")

    def __init__(self, source: str, *, trusted: bool) -> None:
        self.source = source
        self.trusted = trusted
        self._compiled: Any = None

    @property
    def compiled(self) -> Any:
        """The compiled pattern of `re` or `regex`."""
        if self._compiled is None:
            if self.trusted:
                self._compiled = compiled(self.source, _MULTILINE)
            else:
                import regex

                self._compiled = regex.compile(self.source, regex.MULTILINE)
        return self._compiled

    def finditer(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Any]:
        """All matches from left to right.

        Raises:
            RuleFailure: a house pattern took longer than `HOUSE_TIME_LIMIT`.
        """
        stop = len(text) if end is None else end
        if self.trusted:
            found: Iterator[Any] = (self._compiled or self.compiled).finditer(text, start, stop)
            return found
        return self._timed(text, start, stop)

    def _timed(self, text: str, start: int, stop: int) -> Iterator[Any]:
        try:
            yield from self.compiled.finditer(text, start, stop, timeout=HOUSE_TIME_LIMIT)
        except TimeoutError:
            raise _too_slow(self.source) from None

    def fullmatch(self, text: str) -> Any:
        """The match of the whole text, or None.

        Raises:
            RuleFailure: a house pattern took longer than `HOUSE_TIME_LIMIT`.
        """
        if self.trusted:
            return (self._compiled or self.compiled).fullmatch(text)
        return self._timed_match(self.compiled.fullmatch, text)

    def match(self, text: str) -> Any:
        """The match at the start of the text, or None.

        Raises:
            RuleFailure: a house pattern took longer than `HOUSE_TIME_LIMIT`.
        """
        if self.trusted:
            return (self._compiled or self.compiled).match(text)
        return self._timed_match(self.compiled.match, text)

    def _timed_match(self, method: Callable[..., Any], text: str) -> Any:
        try:
            return method(text, timeout=HOUSE_TIME_LIMIT)
        except TimeoutError:
            raise _too_slow(self.source) from None

    def search(self, text: str, start: int = 0, end: int | None = None) -> Any:
        """The first match, or None.

        Raises:
            RuleFailure: a house pattern took longer than `HOUSE_TIME_LIMIT`.
        """
        if self.trusted:
            return (self._compiled or self.compiled).search(text, start, len(text) if end is None else end)
        return next(self.finditer(text, start, end), None)


def _too_slow(source: str) -> RuleFailure:
    shown = source if len(source) <= 60 else source[:57] + "…"
    return RuleFailure(
        Wording(
            f"规则的正则 {shown} 超过 {HOUSE_TIME_LIMIT:g} 秒未完成；请改写，避免嵌套的重复。",
            f"the rule's pattern {shown} did not finish within {HOUSE_TIME_LIMIT:g} s; "
            "rewrite it without nested repetition.",
        )
    )
