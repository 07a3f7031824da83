"""Strings made from a pattern that give it as much to do as they can: what it repeats, pumped; what it begins
with, begun again and again; what matches it but for the end.
"""

from __future__ import annotations

import random
import re
import zlib
from collections.abc import Iterator, Sequence
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

COMMON = '0a一 \n(（“"'
"""What every pattern is tried with, whether it speaks of it or not: a figure, a letter, a Han character, a space,
a line feed, brackets, quotes.
"""
_ALPHABET = 18
_MEMBERS = 6
_PAIRS = 40
_SAMPLES = 4
_LONG = 12
"""A repeat that may go on for so long is pumped."""
_NOWHERE = "\x01"
"""A character that no pattern asks for."""

_CATEGORIES = {
    op.CATEGORY_DIGIT: r"\d",
    op.CATEGORY_NOT_DIGIT: r"\D",
    op.CATEGORY_SPACE: r"\s",
    op.CATEGORY_NOT_SPACE: r"\S",
    op.CATEGORY_WORD: r"\w",
    op.CATEGORY_NOT_WORD: r"\W",
}
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


class Recipe(NamedTuple):
    """An adversarial string of any length: `head`, then `pump` as often as there is room, then `tail`."""

    head: str
    pump: str
    tail: str

    def text(self, length: int) -> str:
        """The string, as near to a length as whole pumps come."""
        times = max(1, (length - len(self.head) - len(self.tail)) // len(self.pump))
        return self.head + self.pump * times + self.tail

    def __str__(self) -> str:
        return f"{self.head!r} + {self.pump!r} * n + {self.tail!r}"


class _Repeat(NamedTuple):
    """A repeat of the pattern, as it came out in a sample."""

    start: int
    end: int
    body: Sequence[Any]


def recipes(source: str, flags: int = 0, examples: Sequence[str] = ()) -> list[Recipe]:
    """What to try a pattern with. `examples` are texts that it should match; the same for the same arguments."""
    tree = _parser.parse(source, flags)
    alphabet = _alphabet(tree)
    seed = zlib.crc32(source.encode("utf-8", "surrogatepass"))
    found: dict[Recipe, None] = {}
    for recipe in (*_bare(alphabet), *_pumped(tree, alphabet, random.Random(seed))):
        found.setdefault(recipe)
    for example in examples:
        for recipe in _of_example(re.compile(source, flags), example):
            found.setdefault(recipe)
    return [recipe for recipe in found if recipe.pump]


def _bare(alphabet: Sequence[str]) -> Iterator[Recipe]:
    """Runs of each character, and pairs in turn."""
    characters = dict.fromkeys((*alphabet, *COMMON))
    for character in characters:
        yield Recipe("", character, "")
        yield Recipe("", character, _NOWHERE + "\n" + _NOWHERE)
    pairs = [a + b for a in alphabet for b in alphabet if a != b]
    for pair in pairs[:: max(1, len(pairs) // _PAIRS)]:
        yield Recipe("", pair, "")


def _pumped(tree: Any, alphabet: Sequence[str], chance: random.Random) -> Iterator[Recipe]:
    """Samples of the pattern with each of its repeats pumped, and their beginnings over and over."""
    for number in range(_SAMPLES):
        sample = _Sample(chance, shortest=number == 0)
        sample.add(tree)
        text = sample.text
        for start, end, body in sample.repeats:
            bodies = [text[start:end]] if end > start else []
            bodies += _members(body, alphabet)[:_MEMBERS] if len(body) == 1 else []
            for pump in dict.fromkeys(bodies):
                yield Recipe(text[:start], pump, "")
                yield Recipe(text[:start], pump, _NOWHERE)
                yield Recipe(text[:start], pump, text[end:])
                yield Recipe(text[:start], pump, text[end:-1] + _NOWHERE)
                yield Recipe("", pump, text[end:])
                # One long beginning for many starts.
                yield Recipe("", text[:start] + pump, "")
        for cut in sorted({1, 2, len(text) // 2, len(text) - 1, len(text)}):
            yield Recipe("", text[:cut], "")
            yield Recipe("", text[:cut], _NOWHERE)


def _of_example(pattern: re.Pattern[str], example: str) -> Iterator[Recipe]:
    """What a pattern matches of an example, over and over, whole and cut before its end."""
    match = pattern.search(example)
    if match is None or not match[0]:
        return
    text = match[0]
    for cut in sorted({1, (len(text) + 1) // 2, len(text) - 1, len(text)}):
        yield Recipe("", text[:cut], "")
    for at in sorted({0, len(text) // 2, len(text) - 1}):
        yield Recipe(text[:at], text[at], text[at + 1 : -1])


class _Sample:
    """A string that the pattern matches, or nearly, with the places of its long repeats."""

    def __init__(self, chance: random.Random, *, shortest: bool) -> None:
        self.text = ""
        self.repeats: list[_Repeat] = []
        self._chance = chance
        self._shortest = shortest
        self._groups: dict[int, str] = {}

    def add(self, items: Any) -> None:
        """Goes on with what a sequence of the pattern asks for."""
        for code, value in items:
            if code in _REPEATS:
                self._add_repeat(*value)
            elif code is op.SUBPATTERN:
                start = len(self.text)
                self.add(value[-1])
                self._groups[value[0]] = self.text[start:]
            elif code is op.ATOMIC_GROUP:
                self.add(value)
            elif code is op.BRANCH:
                branches = value[1]
                self.add(branches[0] if self._shortest else self._chance.choice(branches))
            elif code is op.GROUPREF:
                self.text += self._groups.get(value, "")
            elif code is op.ASSERT:
                self._add_assertion(*value)
            elif code in (op.IN, op.LITERAL, op.NOT_LITERAL, op.ANY):
                members = _members([(code, value)], COMMON)
                self.text += members[0] if self._shortest else self._chance.choice(members)

    def _add_repeat(self, least: int, most: int, body: Any) -> None:
        start = len(self.text)
        times = least if self._shortest else min(int(most), least + self._chance.randrange(3))
        for _ in range(times):
            self.add(body)
        if most >= _LONG:
            self.repeats.append(_Repeat(start, len(self.text), list(body)))

    def _add_assertion(self, direction: int, items: Any) -> None:
        """What must stand before takes the place of what does; what must follow is put there half the time."""
        inner = _Sample(self._chance, shortest=self._shortest)
        inner.add(items)
        if direction < 0:
            self.text = self.text[: max(0, len(self.text) - len(inner.text))] + inner.text
        elif self._chance.random() < 0.5:
            self.text += inner.text


def _alphabet(tree: Any) -> list[str]:
    """Characters that the pattern names, those of its first items first."""
    found: dict[str, None] = {}
    for items in _sequences(tree):
        for code, value in items:
            if code in (op.LITERAL, op.NOT_LITERAL):
                found.setdefault(chr(value))
            elif code is op.IN:
                for inner, what in value:
                    if inner is op.LITERAL:
                        found.setdefault(chr(what))
                    elif inner is op.RANGE:
                        found.setdefault(chr(what[0]))
                    elif inner is op.CATEGORY:
                        found.setdefault("0" if what is op.CATEGORY_DIGIT else " ")
    characters = list(found)
    # Of very many the first and a few of the rest.
    few = _ALPHABET // 2
    rest = characters[few:]
    return characters[:few] + rest[:: max(1, len(rest) // few)]


def _sequences(items: Any) -> Iterator[Any]:
    yield items
    for code, value in items:
        if code in _REPEATS:
            yield from _sequences(value[2])
        elif code is op.SUBPATTERN:
            yield from _sequences(value[-1])
        elif code is op.ATOMIC_GROUP:
            yield from _sequences(value)
        elif code in (op.ASSERT, op.ASSERT_NOT):
            yield from _sequences(value[1])
        elif code is op.BRANCH:
            for branch in value[1]:
                yield from _sequences(branch)


def _members(body: Sequence[Any], others: Sequence[str]) -> list[str]:
    """Characters that a repeat of one item takes: of its own, then of others; empty where it is no such repeat."""
    code, value = body[0]
    if code is op.SUBPATTERN and len(value[-1]) == 1:
        return _members(list(value[-1]), others)
    if code is op.LITERAL:
        return [chr(value)]
    if code is op.IN:
        own = [
            chr(what if inner is op.LITERAL else what[0])
            for inner, what in value
            if inner in (op.LITERAL, op.RANGE)
        ]
        tried = dict.fromkeys((*others, *own[:3], *own[-2:], *COMMON))
        return [each for each in tried if _is_in(value, each)] or ["x"]
    if code in (op.NOT_LITERAL, op.ANY):
        unwanted = chr(value) if code is op.NOT_LITERAL else "\n"
        return [each for each in dict.fromkeys((*others, *COMMON)) if each != unwanted]
    return []


def _is_in(items: Any, character: str) -> bool:
    """Whether a set of the pattern has a character."""
    negated, has = False, False
    for code, value in items:
        if code is op.NEGATE:
            negated = True
        elif code is op.LITERAL:
            has = has or chr(value) == character
        elif code is op.RANGE:
            has = has or value[0] <= ord(character) <= value[1]
        elif code is op.CATEGORY:
            has = has or re.match(_CATEGORIES[value], character) is not None
    return has != negated
