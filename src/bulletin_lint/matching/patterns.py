"""Patterns that compile when first needed, and on this machine once.

The patterns of the built-in packs are run by `re`, which is faster at them; those of a house
rule by `regex`, which can be given a time limit, so that a slow pattern ends as a message and
not as a program that hangs.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bulletin_lint._typing import Any
from bulletin_lint.matching.regex_store import REGEXES
from bulletin_lint.model.errors import RuleFailure
from bulletin_lint.model.wording import Wording

_MULTILINE = int(re.MULTILINE)
HOUSE_TIME_LIMIT = 2.0
"""Seconds that one house pattern may spend on one document."""

compiled = REGEXES.compiled
"""The pattern of `re` for a source and flags, made once."""


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
