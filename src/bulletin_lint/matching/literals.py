"""The literals of a pattern: strings of which every match contains at least one.

A text that has none of them cannot match, which a plain search for a string says a hundred times
faster than the pattern itself. Found once, when the packs are merged.
"""

from __future__ import annotations

from collections.abc import Iterable

from bulletin_lint._typing import Any
from bulletin_lint.matching.regex_store import parsed

_MOST = 60
"""More literals than these are no quicker to look for than the pattern."""
_EVERYWHERE = frozenset("，。、的一是在和有了 \n0123456789年月日：（）第个人件名各")
"""Characters that nearly every bulletin has: to look for them says little."""
_WIDEST_SET = 24
_NOTHING = frozenset(("",))


def required_literals(source: str) -> tuple[str, ...] | None:
    """The literals one of which every match contains; None where the pattern tells of none.

    Of several such sets the one that is rarest in Chinese prose is taken. The pattern must be one
    of `re`.
    """
    pattern = parsed(source)
    try:
        found = _best(pattern.items) if pattern is not None else None
    except RecursionError:
        return None
    return tuple(sorted(found)) if found is not None else None


def united(groups: Iterable[tuple[str, ...] | None]) -> tuple[str, ...] | None:
    """The literals of several patterns of which any may match; None where one of them has none."""
    every: set[str] = set()
    for group in groups:
        if group is None:
            return None
        every.update(group)
    return tuple(sorted(every)) if every and len(every) <= _MOST else None


def _best(items: Any) -> frozenset[str] | None:
    """The best set of literals that a sequence of parsed items requires."""
    candidates: list[frozenset[str]] = []
    _collect(items, _NOTHING, candidates)
    candidates = [each for each in candidates if _worth(each)[0] > 0]
    return max(candidates, key=_worth) if candidates else None


def _collect(items: Any, run: frozenset[str], candidates: list[frozenset[str]]) -> frozenset[str]:
    """Adds the sets of literals that items require, and returns the strings that may stand right before
    what follows them. `run` is that of the items before: neighbours make longer literals.
    """
    for operator, argument in items:
        name = str(operator)
        own = exactly(name, argument, _MOST, _WIDEST_SET)
        if own is not None:
            run = _joined(run, own, candidates)
            continue
        if name == "SUBPATTERN" and not (argument[1] or argument[2]):
            run = _collect(argument[3], run, candidates)
            continue
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and argument[0] > 0:
            # What is repeated stands there once at the least: first after what came before, last before
            # what comes after.
            own = sequence(argument[2], _MOST, _WIDEST_SET)
            if own is not None:
                candidates.append(_joined(run, own, candidates))
                run = own
                continue
        if name == "AT" or name.startswith("ASSERT"):
            # Of no width: the neighbours stay neighbours.
            found = _of(name, argument)
            if found is not None:
                candidates.append(found)
            continue
        candidates.append(run)
        run = _NOTHING
        found = _of(name, argument)
        if found is not None:
            candidates.append(found)
    candidates.append(run)
    return run


def _joined(run: frozenset[str], own: frozenset[str], candidates: list[frozenset[str]]) -> frozenset[str]:
    if len(run) * len(own) <= _MOST:
        return frozenset(before + after for before in run for after in own)
    candidates.append(run)
    return own


def exactly(name: str, argument: Any, most: int, widest: int) -> frozenset[str] | None:
    """All the strings that a parsed item stands for, None where they are more than `most`, have a class of
    more than `widest` characters in them, or are not known.
    """
    if name == "LITERAL":
        return frozenset((chr(argument),))
    if name == "IN":
        return characters(argument, widest)
    if name == "SUBPATTERN" and not (argument[1] or argument[2]):
        return sequence(argument[3], most, widest)
    if name == "BRANCH":
        found: set[str] = set()
        for branch in argument[1]:
            own = sequence(branch, most, widest)
            if own is None:
                return None
            found |= own
        return frozenset(found) if len(found) <= most else None
    return None


def sequence(items: Any, most: int, widest: int) -> frozenset[str] | None:
    """All the strings that parsed items stand for one after the other, as `exactly` has it."""
    strings = _NOTHING
    for operator, argument in items:
        name = str(operator)
        if name in ("AT", "ASSERT", "ASSERT_NOT"):
            continue
        own = exactly(name, argument, most, widest)
        if own is None or len(strings) * len(own) > most:
            return None
        strings = frozenset(before + after for before in strings for after in own)
    return strings


def characters(items: Any, widest: int) -> frozenset[str] | None:
    """The characters of a parsed class, None where they are more than `widest`, or not known."""
    found: set[str] = set()
    for operator, argument in items:
        name = str(operator)
        if name == "LITERAL":
            found.add(chr(argument))
        elif name == "RANGE" and argument[1] - argument[0] < widest:
            found.update(map(chr, range(argument[0], argument[1] + 1)))
        else:
            return None
        if len(found) > widest:
            return None
    return frozenset(found)


def _of(name: str, argument: Any) -> frozenset[str] | None:
    if name == "SUBPATTERN":
        return None if argument[1] or argument[2] else _best(argument[3])
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        return _best(argument[2]) if argument[0] > 0 else None
    if name == "ATOMIC_GROUP":
        return _best(argument)
    if name == "ASSERT":
        return _best(argument[1])
    if name == "BRANCH":
        found: set[str] = set()
        for branch in argument[1]:
            own = _best(branch)
            if own is None:
                return None
            found |= own
        return frozenset(found) if len(found) <= _MOST else None
    return None


def _worth(literals: frozenset[str]) -> tuple[int, int]:
    """How much a set says: 0 for nothing; longer literals more, and fewer of them."""
    least = min(
        (
            2 * len(each) if len(each) > 1 else int(each not in _EVERYWHERE and each != "")
            for each in literals
        ),
        default=0,
    )
    return (min(least, 6), -len(literals))
