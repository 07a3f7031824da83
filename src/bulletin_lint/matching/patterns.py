"""Patterns that compile when first needed, and on this machine once.

The patterns of the built-in packs are run by `re`, which is faster at them; those of a house
rule by `regex`, which can be given a time limit, so that a slow pattern ends as a message and
not as a program that hangs.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterator

from bulletin_lint._typing import Any
from bulletin_lint.matching.regex_store import REGEXES
from bulletin_lint.model.errors import RuleFailure
from bulletin_lint.model.wording import Wording

_MULTILINE = int(re.MULTILINE)
_BLANKS = (" ", "\u00a0", r"\u00a0", r"\xa0", r"\s", r"\S", r"\b")
"""How a pattern asks for a blank, or for none."""
HOUSE_TIME_LIMIT = 2.0
"""Seconds that one house pattern may spend on one document."""
_HOUSE_DOCUMENT_LIMIT = 3.0
"""Seconds that all house patterns together may spend on one document."""
_ORDINARY = 1.0
"""Seconds that all house patterns together may spend on a document without being called slow."""
_HOUSE_RUN_LIMIT = 60.0
"""Seconds beyond the ordinary that house patterns may spend on all documents of a run."""


class _HouseTime:
    """Processor time that house patterns have spent, in this process."""

    __slots__ = ("_spent", "_wasted")

    def __init__(self) -> None:
        self._spent = self._wasted = 0.0

    def begin_document(self) -> None:
        """What comes is another document."""
        if self._spent:
            self._wasted += max(0.0, self._spent - _ORDINARY)
            self._spent = 0.0

    def left(self, source: str) -> float:
        """Seconds that a pattern may spend now.

        Raises:
            RuleFailure: house patterns have spent all that they may.
        """
        left = min(
            HOUSE_TIME_LIMIT,
            _HOUSE_DOCUMENT_LIMIT - self._spent,
            _HOUSE_RUN_LIMIT - self._wasted - max(0.0, self._spent - _ORDINARY),
        )
        if left <= 0:
            raise self.too_slow(source)
        return left

    def spend(self, seconds: float) -> None:
        """A pattern has taken so long."""
        self._spent += seconds

    def too_slow(self, source: str, allowed: float = 0.0) -> RuleFailure:
        """What to say of a pattern that had no time, or not enough in the seconds that it was allowed."""
        if 0 < allowed < HOUSE_TIME_LIMIT:
            # All that there was, whatever the clock of the engine says.
            self._spent = max(self._spent, _HOUSE_DOCUMENT_LIMIT)
        shown = _cut(source)
        if self._wasted + max(0.0, self._spent - _ORDINARY) >= _HOUSE_RUN_LIMIT:
            return RuleFailure(
                Wording(
                    f"规则的正则 {shown} 没有查找：自定规则的正则在本次运行中已超时 {_HOUSE_RUN_LIMIT:g} 秒；"
                    "请先改写超时的规则。",
                    f"the rule's pattern {shown} was not looked for: house patterns have taken "
                    f"{_HOUSE_RUN_LIMIT:g} s too long in this run; first rewrite the rules that are slow.",
                )
            )
        if self._spent >= _HOUSE_DOCUMENT_LIMIT:
            return RuleFailure(
                Wording(
                    f"规则的正则 {shown} 没有查完：自定规则的正则在这份文件上"
                    f"已用去 {_HOUSE_DOCUMENT_LIMIT:g} 秒；请改写其中过慢的。",
                    f"the rule's pattern {shown} was not looked for to the end: house patterns have taken "
                    f"{_HOUSE_DOCUMENT_LIMIT:g} s for this file; rewrite those that are slow.",
                )
            )
        return RuleFailure(
            Wording(
                f"规则的正则 {shown} 超过 {HOUSE_TIME_LIMIT:g} 秒未完成；请改写，避免嵌套的重复。",
                f"the rule's pattern {shown} did not finish within {HOUSE_TIME_LIMIT:g} s; "
                "rewrite it without nested repetition.",
            )
        )


def _too_large(source: str) -> RuleFailure:
    """What to say of a pattern that took all memory, as one that calls itself does."""
    return RuleFailure(
        Wording(
            f"规则的正则 {_cut(source)} 用尽了内存；请改写，避免自身调用和嵌套的重复。",
            f"the rule's pattern {_cut(source)} took all the memory there is; rewrite it without recursion "
            "and nested repetition.",
        )
    )


def _cut(source: str) -> str:
    return source if len(source) <= 60 else source[:57] + "…"


HOUSE_TIME = _HouseTime()
"""That of this process."""

compiled = REGEXES.compiled
"""The pattern of `re` for a source and flags, made once."""


class Pattern:
    """A regular expression with the flags the rule language promises: ``^`` and ``$`` at the ends of
    every block, Unicode classes.
    """

    __slots__ = ("_compiled", "is_solid", "source", "trusted")

    def __init__(self, source: str, *, trusted: bool) -> None:
        self.source = source
        self.trusted = trusted
        self.is_solid = trusted and not any(blank in source for blank in _BLANKS)
        """Whether it is tried on a text without the blanks between figures and Chinese: one of a built-in
        pack that asks for no blank itself. A house's may be there to find them missing.
        """
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
            RuleFailure: a house pattern took longer than `HOUSE_TIME_LIMIT`, or more memory than there is.
        """
        stop = len(text) if end is None else end
        if self.trusted:
            found: Iterator[Any] = (self._compiled or self.compiled).finditer(text, start, stop)
            return found
        return self._timed(text, start, stop)

    def _timed(self, text: str, start: int, stop: int) -> Iterator[Any]:
        allowed = HOUSE_TIME.left(self.source)
        found = self.compiled.finditer(text, start, stop, timeout=allowed)
        while True:
            began = time.thread_time()
            try:
                match = next(found, None)
            except TimeoutError:
                raise HOUSE_TIME.too_slow(self.source, allowed) from None
            except MemoryError:
                raise _too_large(self.source) from None
            finally:
                HOUSE_TIME.spend(time.thread_time() - began)
            if match is None:
                return
            yield match
            HOUSE_TIME.left(self.source)

    def cut_from(self, text: str) -> str:
        """A text without what matches.

        Raises:
            RuleFailure: a house pattern took longer than `HOUSE_TIME_LIMIT`, or more memory than there is.
        """
        pieces: list[str] = []
        position = 0
        for match in self.finditer(text):
            start, end = match.span()
            pieces.append(text[position:start])
            position = end
        return "".join([*pieces, text[position:]]) if position else text

    def fullmatch(self, text: str) -> Any:
        """The match of the whole text, or None.

        Raises:
            RuleFailure: a house pattern took longer than `HOUSE_TIME_LIMIT`, or more memory than there is.
        """
        if self.trusted:
            return (self._compiled or self.compiled).fullmatch(text)
        return self._timed_match(self.compiled.fullmatch, text)

    def match(self, text: str) -> Any:
        """The match at the start of the text, or None.

        Raises:
            RuleFailure: a house pattern took longer than `HOUSE_TIME_LIMIT`, or more memory than there is.
        """
        if self.trusted:
            return (self._compiled or self.compiled).match(text)
        return self._timed_match(self.compiled.match, text)

    def _timed_match(self, method: Callable[..., Any], text: str) -> Any:
        allowed = HOUSE_TIME.left(self.source)
        began = time.thread_time()
        try:
            return method(text, timeout=allowed)
        except TimeoutError:
            raise HOUSE_TIME.too_slow(self.source, allowed) from None
        except MemoryError:
            raise _too_large(self.source) from None
        finally:
            HOUSE_TIME.spend(time.thread_time() - began)

    def search(self, text: str, start: int = 0, end: int | None = None) -> Any:
        """The first match, or None.

        Raises:
            RuleFailure: a house pattern took longer than `HOUSE_TIME_LIMIT`, or more memory than there is.
        """
        if self.trusted:
            return (self._compiled or self.compiled).search(text, start, len(text) if end is None else end)
        return next(self.finditer(text, start, end), None)
