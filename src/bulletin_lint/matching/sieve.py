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
    from collections.abc import Callable, Mapping, Sequence

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
    also: int | None
    """The group of which a text must have literals too."""
    source: str
    is_solid: bool
    """Whether it is tried on the text without its blanks."""
    is_exact: bool
    """Whether it matches where one of its literals stands, and nowhere else."""
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
        self._sources: dict[int | None, list[tuple[str, str, bool, bool, int | None]]] = {}
        self._trials: dict[int | None, list[_Trial]] = {}

    def add(
        self, group: int | None, rule: str, source: str, *, is_exact: bool, leads: bool, also: int | None
    ) -> None:
        """Takes up a pattern of a rule: whether it matches where its literals stand, whether it begins with
        one character, of which other group a text must have literals too. A pattern of no group is tried on
        every text.
        """
        self.rules.add(rule)
        self._sources.setdefault(group, []).append((rule, source, is_exact, leads, also))

    def matching(self, places: Mapping[int, Sequence[int]], written: Seen) -> set[str]:
        """The rules one of whose patterns matches a text; `places` are those of the literals of each group of
        which it has any, or its view without blanks, if it has one.
        """
        found: set[str] = set()
        solid = written.solid
        is_one = solid is written
        written_text, solid_text = written.text, solid.text
        for group in (None, *places):
            trials = self._trials.get(group)
            if trials is None:
                trials = self._trials[group] = self._ready(group)
            for rule, also, source, is_solid, is_exact, match, search in trials:
                if rule in found or (also is not None and also not in places):
                    continue
                text = solid_text if is_solid else written_text
                if search is not None:
                    if search(text) is not None:
                        found.add(rule)
                    continue
                if is_exact and group is not None and (is_solid or is_one):
                    starts: Sequence[int] | None = places[group]
                else:
                    starts = (solid if is_solid else written).starts(source)
                if starts is None or any(map(match, repeat(text), starts)):
                    found.add(rule)
        return found

    def _ready(self, group: int | None) -> list[_Trial]:
        """The patterns of a group, compiled when a text has first what they ask for."""
        trials = []
        for rule, source, is_exact, leads, also in self._sources.get(group, ()):
            pattern = Pattern(source, trusted=True)
            compiled = pattern.compiled
            search = compiled.search if leads else None
            is_solid = pattern.is_solid and not self._is_raw
            trials.append(_Trial(rule, also, source, is_solid, is_exact, compiled.match, search))
        return trials
