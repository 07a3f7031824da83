"""Which of the rules that look for patterns find anything in a text at all.

A rule whose literals a text has is run by its check, which costs far more than to try the patterns themselves
where they can match. So they are tried here first, all in one loop, and a rule none of whose patterns
matches is not run. What a check would find is not asked: a pattern may match where the rule does not look.
"""

from __future__ import annotations

from itertools import repeat

from bulletin_lint._typing import NamedTuple, Protocol
from bulletin_lint.matching.patterns import Pattern

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from bulletin_lint._typing import Any


class Seen(Protocol):
    """A text of which it is known where patterns can match."""

    @property
    def text(self) -> str:
        """The text."""

    @property
    def solid(self) -> Seen:
        """The same of the text without its blanks between figures and Chinese."""

    def starts(self, pattern: str) -> Sequence[int] | None:
        """The offsets at which a pattern can match; None where all of them must be tried."""


class _Trial(NamedTuple):
    """A pattern of a rule, ready to be tried."""

    rule: str
    source: str
    is_solid: bool
    """Whether it is tried on the text without its blanks."""
    match: Callable[[str, int], Any]
    search: Callable[[str], Any] | None
    """Where a search of all of a text is quicker than to try one place after the other."""


class Sieve:
    """The patterns of some rules, by the group of literals that tells where they can match.

    With `is_raw` they are those of rules that look at the source text, blanks and all.
    """

    def __init__(self, *, is_raw: bool) -> None:
        self.rules: set[str] = set()
        """Those whose patterns are tried."""
        self._is_raw = is_raw
        self._sources: dict[int | None, list[tuple[str, str, bool]]] = {}
        self._trials: dict[int | None, list[_Trial]] = {}

    def add(self, group: int | None, rule: str, source: str, *, leads: bool) -> None:
        """Takes up a pattern of a rule; `leads` tells that it begins with one character. A pattern of no
        group is tried on every text.
        """
        self.rules.add(rule)
        self._sources.setdefault(group, []).append((rule, source, leads))

    def matching(self, groups: Iterable[int], written: Seen) -> set[str]:
        """The rules one of whose patterns matches a text; `groups` are those of whose literals it has any."""
        found: set[str] = set()
        solid = written.solid
        for group in (None, *groups):
            trials = self._trials.get(group)
            if trials is None:
                trials = self._trials[group] = self._ready(group)
            for rule, source, is_solid, match, search in trials:
                if rule in found:
                    continue
                seen = solid if is_solid else written
                if search is not None:
                    if search(seen.text) is not None:
                        found.add(rule)
                    continue
                starts = seen.starts(source)
                if starts is None or (starts and any(map(match, repeat(seen.text), starts))):
                    found.add(rule)
        return found

    def _ready(self, group: int | None) -> list[_Trial]:
        """The patterns of a group, compiled when a text has first what they ask for."""
        trials = []
        for rule, source, leads in self._sources.get(group, ()):
            pattern = Pattern(source, trusted=True)
            compiled = pattern.compiled
            search = compiled.search if leads else None
            is_solid = pattern.is_solid and not self._is_raw
            trials.append(_Trial(rule, source, is_solid, compiled.match, search))
        return trials
