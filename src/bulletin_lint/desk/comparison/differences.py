"""The differences of two folded texts: found by character, widened to what is read as one, and weighed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from bulletin_lint._typing import NamedTuple
from bulletin_lint.desk.comparison.folding import Folded
from bulletin_lint.model.comparison import DifferenceKind
from bulletin_lint.model.violation import Severity

_TIME = 8.0
"""Seconds after which a difference is told as it was found so far, in larger pieces."""
_SHINGLE = 4
"""Characters of the stretches by whose number in common two texts are known as forms of one."""
SAME_TEXT = 0.3
"""The share of such stretches in common from which on they are. Two issues of one series come to a tenth, one
text and its PDF to 0.9 and more."""
_LONG_RUN = 20
"""Characters from which on what is missing here and stands there has moved."""
_LIKE = 0.9
"""The share of a run that must be found again, for its edges are uncertain."""
_NUMERALS = frozenset("0123456789〇零一二三四五六七八九十百千万亿两")
_PART_OF_NUMBER = frozenset(".,%‰:/")
_COMMAS = frozenset(",、")


class Change(NamedTuple):
    """A stretch of one text in place of a stretch of the other."""

    kind: DifferenceKind
    severity: Severity
    left: tuple[int, int]
    right: tuple[int, int]


class SameRun(NamedTuple):
    """Stretches that are the same."""

    left: int
    right: int
    length: int


def similarity(left: str, right: str) -> float:
    """How many of the short stretches of two texts both have, from 0 to 1."""
    first, second = _shingles(left), _shingles(right)
    if not first and not second:
        return 1.0
    return len(first & second) / len(first | second)


def _shingles(text: str) -> set[str]:
    return {text[start : start + _SHINGLE] for start in range(max(1, len(text) - _SHINGLE + 1)) if text}


def compared(left: Folded, right: Folded) -> tuple[list[Change], list[SameRun]]:
    """The changes from one text to the other, in the order of the first; and what is the same."""
    steps, equals = _steps(left.text, right.text)
    raw = _merged(_widened(steps, left, right))
    moved, rest = _moves(raw, left.text, right.text)
    changes = [_weighed(change, left.text, right.text) for change in rest]
    return sorted([*changes, *moved], key=lambda change: (change.left, change.right)), equals


_Step = tuple[int, int, int, int]
"""Start and end in one text and in the other."""


def _steps(left: str, right: str) -> tuple[list[_Step], list[SameRun]]:
    from diff_match_patch import diff_match_patch

    tool = diff_match_patch()
    tool.Diff_Timeout = _TIME
    found = tool.diff_main(left, right)
    tool.diff_cleanupSemanticLossless(found)
    steps: list[_Step] = []
    equals: list[SameRun] = []
    at = to = 0
    start: tuple[int, int] | None = None
    for what, text in found:
        if what == 0:
            if start is not None:
                steps.append((start[0], at, start[1], to))
                start = None
            equals.append(SameRun(at, to, len(text)))
            at, to = at + len(text), to + len(text)
            continue
        start = start or (at, to)
        if what < 0:
            at += len(text)
        else:
            to += len(text)
    if start is not None:
        steps.append((start[0], at, start[1], to))
    return steps, equals


def _widened(steps: Sequence[_Step], left: Folded, right: Folded) -> Iterator[_Step]:
    """Changes within a number as changes of the number: 12.6 for 126, not a point more."""
    for a, b, c, d in steps:
        in_number = _touches_number(left, a, b) and _touches_number(right, c, d)
        if _is_long(b - a, d - c) or not in_number:
            yield a, b, c, d
            continue
        before = after = 0
        while (
            _goes_on(left, a - before)
            and _goes_on(right, c - before)
            and _is_in_number(left.text, a - before - 1)
        ):
            before += 1
        while (
            _goes_on(left, b + after) and _goes_on(right, d + after) and _is_in_number(left.text, b + after)
        ):
            after += 1
        yield a - before, b + after, c - before, d + after


def _goes_on(text: Folded, at: int) -> bool:
    """Whether what stands before a place and what stands at it are of one block and cell."""
    return 0 < at < len(text.text) and at not in text.breaks


def _is_long(*lengths: int) -> bool:
    return max(lengths) >= _LONG_RUN


def _touches_number(text: Folded, start: int, end: int) -> bool:
    """Whether a change lies in a number or beside it, and is itself but digits and what numbers hold."""
    before = text.text[start - 1 : start] if _goes_on(text, start) else ""
    after = text.text[end : end + 1] if _goes_on(text, end) else ""
    inside = text.text[start:end]
    return any(character.isdecimal() for character in before + inside + after) and all(
        character.isdecimal() or character in _PART_OF_NUMBER for character in inside
    )


def _is_in_number(text: str, at: int) -> bool:
    """Whether a character is a digit, or a point between two."""
    if text[at].isdecimal():
        return True
    between = 0 < at < len(text) - 1 and text[at - 1].isdecimal() and text[at + 1].isdecimal()
    return text[at] in ".," and between


def _merged(steps: Iterator[_Step]) -> list[_Step]:
    """Changes that touch, or have but one character between them, as one."""
    merged: list[_Step] = []
    for a, b, c, d in steps:
        if merged and a - merged[-1][1] <= 1 and c - merged[-1][3] <= 1:
            first = merged.pop()
            merged.append((first[0], max(b, first[1]), first[2], max(d, first[3])))
        else:
            merged.append((a, b, c, d))
    return merged


def _moves(steps: Sequence[_Step], left: str, right: str) -> tuple[list[Change], list[_Step]]:
    """What is missing here and added there; and the changes that are left."""
    missing = [step for step in steps if step[1] - step[0] >= _LONG_RUN and step[2] == step[3]]
    added = [step for step in steps if step[3] - step[2] >= _LONG_RUN and step[0] == step[1]]
    moved: list[Change] = []
    gone: set[_Step] = set()
    for one in missing:
        for other in added:
            if other not in gone and _is_like(left[one[0] : one[1]], right[other[2] : other[3]]):
                moved.append(Change("moved", "error", (one[0], one[1]), (other[2], other[3])))
                gone |= {one, other}
                break
    return moved, [step for step in steps if step not in gone]


def _is_like(one: str, other: str) -> bool:
    if min(len(one), len(other)) < _LIKE * max(len(one), len(other)):
        return False
    # An edge may lie a little before or after: the same run turned about.
    return one in other + other or similarity(one + one, other + other) >= _LIKE


def _weighed(step: _Step, left: str, right: str) -> Change:
    a, b, c, d = step
    old, new = left[a:b], right[c:d]
    kind: DifferenceKind = "changed" if old and new else "missing" if old else "added"
    return Change(kind, _severity(old, new, left[max(0, a - 1) : a], left[b : b + 1]), (a, b), (c, d))


def _severity(old: str, new: str, before: str, after: str) -> Severity:
    both = old + new
    if not all(unicodedata.category(character)[0] in "PSZ" for character in both):
        return "error"
    if any(character in "%‰°+<>=$¥€" for character in both):
        # A unit or a sign says how much.
        return "error"
    is_at_number = before.isdecimal() or after.isdecimal()
    if is_at_number and set(both) & set(".-~:/"):
        return "error"
    if set(old) <= _COMMAS and set(new) <= _COMMAS and old and new:
        return "info"
    return "warning"
