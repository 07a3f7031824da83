"""Which of many rules a text can concern at all: one search for the literals of all of them.

A rule that asks for literals none of which the text has cannot find anything, and is not run. So two
hundred rules cost little more than the dozen of them that have something to look at.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import add

from bulletin_lint.typed import Any

_PATIENCE = 6
"""Texts searched pair by pair before an automaton is built: for a few texts it would not pay."""


class Sieve:
    """Says which gates a text opens; a gate is a set of literals one of which the text must have."""

    def __init__(self, gates: Mapping[str, Sequence[str]]) -> None:
        self._characters: dict[str, list[str]] = {}
        self._words: dict[str, list[str]] = {}
        characters, words = self._characters, self._words
        for name, literals in gates.items():
            own = [name]
            for literal in literals:
                kind = characters if len(literal) == 1 else words
                # Most literals are those of one rule, which shares one list among them.
                kind[literal] = own if literal not in kind else [*kind[literal], name]
        self._listed = list(self._words.values())
        self._by_pair: dict[str, list[str]] | None = None
        self._seen = 0
        self._automaton: Any = None

    def opened(self, text: str) -> set[str]:
        """The names of the gates that the text opens."""
        names: set[str] = set()
        for character, opens in self._characters.items():
            if character in text:
                names.update(opens)
        if self._automaton is None and self._seen >= _PATIENCE:
            self._automaton = _automaton(list(self._words))
        self._seen += 1
        if self._automaton:
            listed = self._listed
            found = self._automaton.find_matches_as_indexes(text, overlapping=True)
            for index in {match[0] for match in found}:
                names.update(listed[index])
            return names
        for word in self._likely(text):
            if word in text:
                names.update(self._words[word])
        return names

    def _likely(self, text: str) -> list[str]:
        """The words of which at least the first two characters occur."""
        if self._by_pair is None:
            self._by_pair = {}
            for word in self._words:
                self._by_pair.setdefault(word[:2], []).append(word)
        pairs = set(map(add, text, text[1:]))
        return [word for pair in pairs & self._by_pair.keys() for word in self._by_pair[pair]]

    def __reduce__(self) -> tuple[Any, ...]:
        gates: dict[str, list[str]] = {}
        for literals in (self._characters, self._words):
            for literal, names in literals.items():
                for name in names:
                    gates.setdefault(name, []).append(literal)
        return Sieve, (gates,)


def _automaton(words: list[str]) -> Any:
    try:
        from ahocorasick_rs import AhoCorasick
    except ImportError:
        # Without the library the words are looked for one by one.
        return False
    return AhoCorasick(words) if words else False
