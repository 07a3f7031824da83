"""Where the matches of a pattern can start at all: so many characters before a literal that they contain.

To try a pattern at the few places of its rarest literal finds what a search of the whole text finds, in
a tenth of the time. Worked out once, when there are many texts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.matching.frequency import frequency
from bulletin_lint.matching.literals import characters, exactly, sequence
from bulletin_lint.matching.regex_store import ParsedPattern, parsed
from bulletin_lint.model.solid_text import BLANKS

_MOST = 120
"""More literals than these are not looked for."""
_WIDEST_SET = 100
_WIDEST_ALPHABET = 100
_WIDEST_WINDOW = 24
"""Starts tried for one place of a literal, where nothing else narrows them down."""
_NARROW = 6
"""So few starts for one place are looked at for all places at once."""
_LONG_RUN = 100
"""Characters that are looked at in one go; hardly a number or an address is longer."""
_COPIES = 8
"""Of a repetition so many are looked at one by one."""
_NOTHING = frozenset(("",))

ANYWHERE = 10_000
"""For `most`: nothing is known of the distance."""

# What one try, one place and a search of a whole text cost, in microseconds.
_TRY, _PLACE, _SEARCH, _WORD = 0.2, 1.0, 50.0, 0.05
_OFTEN_ENOUGH = 2.0
"""Places in a bulletin from which on hardly one has none."""
_THOUSANDS = 2.1
"""Of characters, in a bulletin."""


class Candidates(NamedTuple):
    """Where matches of a pattern can start."""

    literals: tuple[str, ...]
    """Every match contains one of them, or stands beside it; none: nothing is known."""
    least: int
    most: int
    """A match starts at least and at most so many characters before the literal; `ANYWHERE`."""
    over: str
    """Where `most` is large: the only characters that may stand between the start and the literal."""
    at_line: bool = False
    """A match starts where a line starts."""
    rare: str = ""
    """A class of characters one of which every match contains: too many for literals, and rare."""
    first: str = ""
    """The characters that a match can begin with; empty where they are many, or the place is known."""
    leads: bool = False
    """Whether the pattern begins with one character: to search a text for that is quicker than to try a
    window before each of its literals.
    """

    also: tuple[str, ...] = ()
    """Every match contains one of these too, or stands beside it; none: nothing more is known."""

    @property
    def is_near(self) -> bool:
        """Whether the literals tell where a match can start."""
        return self.most < ANYWHERE or bool(self.over)

    def starts(self, text: str, places: Iterable[int]) -> list[int]:
        """The offsets at which a match can start, in order, for the places of the literals in a text."""
        least, most, over, first_of = self.least, self.most, self.over, self.first
        if least == most:
            return sorted({place - most for place in places if most <= place < len(text) + most})
        if self.at_line and over and "\n" not in over:
            # The start and the literal stand in one line.
            lines = {(text.rfind("\n", 0, place) + 1, place) for place in places}
            return sorted({start for start, place in lines if least <= place - start <= most})
        if first_of and least >= 0 and most - least < _NARROW:
            return sorted(
                {
                    place - back
                    for back in range(least, most + 1)
                    for place in places
                    if place >= back and text[place - back : place - back + 1] in first_of
                }
            )
        found: list[int] = []
        reached = 0
        for place in sorted(places):
            first = max(place - most, reached)
            if over and place > first:
                first = _run_before(text, first, place, over)
            last = min(place - least + 1, len(text))
            if first_of:
                found += [at for at in range(first, last) if text[at] in first_of]
            else:
                found += range(first, last)
            reached = max(reached, last)
        return found


def _run_before(text: str, first: int, place: int, over: str) -> int:
    """Where the run of some characters begins that stands right before a place, not before `first`."""
    at = place
    while at > first:
        start = max(first, at - _LONG_RUN)
        at = start + len(text[start:at].rstrip(over))
        if at > start:
            return at
    return at


class _Place(NamedTuple):
    """How far from the start of the match something stands, and over which characters."""

    least: int
    most: int
    over: frozenset[str] | None

    def after(self, least: int, most: int, over: frozenset[str] | None) -> _Place:
        own = None if self.over is None or over is None else self.over | over
        if own is not None and len(own) > _WIDEST_ALPHABET:
            own = None
        return _Place(self.least + least, min(self.most + most, ANYWHERE), own)


class _Run(NamedTuple):
    """Strings one of which stands at a place."""

    strings: frozenset[str]
    place: _Place


def candidates_of(source: str) -> Candidates | None:
    """Where the matches of a pattern of `re` can start; None where it tells nothing."""
    pattern = parsed(source)
    if pattern is None or pattern.flags & (re.IGNORECASE | re.VERBOSE) or pattern.width()[0] == 0:
        return None
    walk = _Walk(pattern)
    place = _Place(0, 0, frozenset())
    runs: list[_Run] = []
    runs.append(walk.through(pattern.items, place, _Run(_NOTHING, place), runs)[1])
    at_line = _starts_line(pattern.items)
    rare = _rare_class(pattern.items)
    best = _best(runs)
    if best is not None and _cost(best)[0] >= _SEARCH:
        best = None
    if best is not None and _is_narrow(best.place):
        least, most, over = best.place
        letters = "".join(sorted(over)) if most - least > _WIDEST_WINDOW and over else ""
        leads = most > least and _begins_with_literal(pattern.items)
        first = "".join(sorted(_firsts(pattern.items) or ())) if most > least else ""
        strings = tuple(sorted(best.strings))
        also = _also(runs, best.strings)
        return Candidates(strings, least, most, letters, at_line, first=first, leads=leads, also=also)
    if rare:
        return Candidates((), 0, ANYWHERE, "", at_line, rare)
    first = "".join(sorted(_firsts(pattern.items) or ())) if at_line else ""
    if best is not None:
        return Candidates(tuple(sorted(best.strings)), 0, ANYWHERE, "", at_line, first=first)
    if not at_line:
        return None
    return Candidates((), 0, ANYWHERE, "", at_line=True, first=first)


def of_rare(source: str) -> Candidates:
    """That of a class of characters none of which is usual, or of a run of them."""
    return Candidates((), 0, ANYWHERE, "", rare=source.removesuffix("+"))


def rows(known: Mapping[str, Candidates | None]) -> dict[str, list[Any]]:
    """Footholds as JSON-able data; those that are not known are left out."""
    return {
        source: [_BETWEEN.join(each.literals), *each[1:-1], _BETWEEN.join(each.also)]
        for source, each in known.items()
        if each is not None
    }


def from_rows(known: Mapping[str, Sequence[Any]]) -> dict[str, Candidates]:
    """The candidates that were made `rows`."""
    return {
        source: Candidates._make((_literals(row[0]), *row[1:-1], _literals(row[-1])))
        for source, row in known.items()
    }


def _literals(joined: str) -> tuple[str, ...]:
    return tuple(joined.split(_BETWEEN)) if joined else ()


_BETWEEN = "\x00"
"""No pattern asks for this character."""


class _Walk:
    """A walk through a parsed pattern that gathers the strings it requires, with their places."""

    def __init__(self, pattern: ParsedPattern) -> None:
        self._pattern = pattern

    def through(
        self, items: Iterable[Any], place: _Place, run: _Run, runs: list[_Run]
    ) -> tuple[_Place, _Run]:
        """Adds to `runs` what some items require; the place after them, and the run that reaches it."""
        for operator, argument in items:
            place, run = self._past(str(operator), operator, argument, place, run, runs)
        return place, run

    def _past(
        self, name: str, operator: Any, argument: Any, place: _Place, run: _Run, runs: list[_Run]
    ) -> tuple[_Place, _Run]:
        if name in ("AT", "ASSERT_NOT"):
            return place, run
        if name == "ASSERT":
            self._beside(argument, place, runs)
            return place, run
        own = exactly(name, argument, _MOST, _WIDEST_SET)
        if own is not None:
            if len(own) > 1:
                # What comes before may do, and with fewer literals.
                runs.append(run)
            if len(run.strings) * len(own) <= _MOST:
                run = _Run(frozenset(a + b for a in run.strings for b in own), run.place)
            else:
                run = _Run(own, place)
            widths = [len(each) for each in own]
            return place.after(min(widths), max(widths), frozenset("".join(own))), run
        if name == "SUBPATTERN" and not (argument[1] or argument[2]):
            return self.through(argument[3], place, run, runs)
        if name == "ATOMIC_GROUP":
            return self.through(argument, place, run, runs)
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            return self._repeated(argument, place, run, runs)
        runs.append(run)
        if name == "BRANCH":
            either = self._either(argument[1], place, run)
            if either is not None:
                runs.append(either)
        place = place.after(*self._width([(operator, argument)]), _alphabet([(operator, argument)]))
        return place, _Run(_NOTHING, place)

    def _repeated(self, argument: Any, place: _Place, run: _Run, runs: list[_Run]) -> tuple[_Place, _Run]:
        least, most, items = argument
        copies = min(least, _COPIES)
        for _ in range(copies):
            place, run = self.through(items, place, run, runs)
        if most <= copies:
            return place, run
        runs.append(run)
        narrowest, widest = self._width(items)
        place = place.after(
            (least - copies) * narrowest, min((most - copies) * widest, ANYWHERE), _alphabet(items)
        )
        last = sequence(items, _MOST, _WIDEST_SET)
        if least and last is not None and narrowest == widest:
            # What is repeated stands there once at the least, right before what comes after.
            return place, _Run(last, _Place(place.least - widest, place.most - widest, place.over))
        return place, _Run(_NOTHING, place)

    def _beside(self, argument: Any, place: _Place, runs: list[_Run]) -> None:
        direction, items = argument
        if direction < 0:
            # It ends where the pattern has come to, and may begin before the match does.
            width = self._width(items)[1]
            place = _Place(place.least - width, place.most - width, None)
        own: list[_Run] = []
        own.append(self.through(items, place, _Run(_NOTHING, place), own)[1])
        runs.extend(own)

    def _either(self, branches: Iterable[Any], place: _Place, run: _Run) -> _Run | None:
        """What one of several branches requires, with the strings right before it; None where one of them
        requires nothing.
        """
        strings: frozenset[str] = frozenset()
        whole: _Place | None = None
        for branch in branches:
            own: list[_Run] = []
            own.append(self.through(branch, place, run, own)[1])
            best = _best(own)
            if best is None:
                return None
            strings |= best.strings
            theirs = best.place
            if whole is not None:
                over = None if whole.over is None or theirs.over is None else whole.over | theirs.over
                theirs = _Place(min(whole.least, theirs.least), max(whole.most, theirs.most), over)
            whole = theirs
        return _Run(strings, whole) if whole is not None and len(strings) <= _MOST else None

    def _width(self, items: Sequence[Any]) -> tuple[int, int]:
        least, most = self._pattern.width(items)
        return min(least, ANYWHERE), min(most, ANYWHERE)


def _also(runs: Iterable[_Run], strings: frozenset[str]) -> tuple[str, ...]:
    """Further strings that are required, if many a text has none of them; `strings` are looked for anyway."""
    found = [
        (sum(map(frequency, run.strings)) * _THOUSANDS, sorted(run.strings))
        for run in runs
        if run.strings
        and len(run.strings) <= _MOST
        and not any(
            each == "" or _BETWEEN in each or any(map(each.__contains__, BLANKS)) for each in run.strings
        )
        # What those hold says nothing more.
        and not all(any(each in known for each in run.strings) for known in strings)
    ]
    often, rarest = min(found, default=(_OFTEN_ENOUGH, []))
    return tuple(rarest) if often < _OFTEN_ENOUGH else ()


def _best(runs: Iterable[_Run]) -> _Run | None:
    """The run that costs the least to look for and to try."""
    candidates = [
        run
        for run in runs
        if run.strings
        and "" not in run.strings
        and len(run.strings) <= _MOST
        and not any(_BETWEEN in each for each in run.strings)
    ]
    return min(candidates, key=_cost, default=None)


def _cost(run: _Run) -> tuple[float, list[str]]:
    often = sum(map(frequency, run.strings)) * _THOUSANDS
    window = run.place.most - run.place.least + 1
    if not _is_narrow(run.place):
        cost = min(often, 1.0) * _SEARCH
    else:
        # Over an alphabet the window is as long as a number, mostly.
        cost = often * (_PLACE + _TRY * min(window, 6 if run.place.over else window))
    return cost + _WORD * len(run.strings), sorted(run.strings)


def _is_narrow(place: _Place) -> bool:
    return place.most - place.least <= _WIDEST_WINDOW or (place.over is not None and place.least >= 0)


def _starts_line(items: Any) -> bool:
    for operator, argument in items:
        name = str(operator)
        if name == "AT":
            return str(argument) == "AT_BEGINNING"
        return name == "SUBPATTERN" and not (argument[1] or argument[2]) and _starts_line(argument[3])
    return False


def _begins_with_literal(items: Any) -> bool:
    """Whether the first item of a pattern is one character, which `re` skips to."""
    for operator, argument in items:
        name = str(operator)
        if name == "SUBPATTERN" and not (argument[1] or argument[2]):
            return _begins_with_literal(argument[3])
        return name == "LITERAL"
    return False


def _rare_class(items: Any) -> str:
    """The class that a pattern begins with, if none of its characters is usual in Chinese text."""
    for operator, argument in items:
        name = str(operator)
        if name in ("MAX_REPEAT", "MIN_REPEAT") and argument[0] > 0:
            return _rare_class(argument[2])
        if name != "IN":
            return ""
        ranges = []
        for kind, value in argument:
            if str(kind) not in ("LITERAL", "RANGE"):
                return ""
            first, last = (value, value) if str(kind) == "LITERAL" else value
            if any(first <= high and low <= last for low, high in _USUAL_RANGES):
                return ""
            ranges.append(f"\\U{first:08x}-\\U{last:08x}")
        return f"[{''.join(ranges)}]"
    return ""


# The last is what masks put into a text.
_USUAL_RANGES = (
    (0x09, 0x7E),
    (0xB7, 0xB7),
    (0x2010, 0x2026),
    (0x3000, 0x9FFF),
    (0xFF00, 0xFF5E),
    (0xFFFC, 0xFFFC),
)


def _firsts(items: Any) -> frozenset[str] | None:
    """The characters that what some items consume can begin with, None where they are many."""
    for operator, argument in items:
        name = str(operator)
        if name in ("AT", "ASSERT", "ASSERT_NOT"):
            continue
        if name == "LITERAL":
            return frozenset((chr(argument),))
        if name == "IN":
            return characters(argument, _WIDEST_SET)
        if name == "SUBPATTERN" and not (argument[1] or argument[2]):
            return _firsts(argument[3])
        if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and argument[0] > 0:
            return _firsts(argument[2])
        if name == "BRANCH":
            parts = [_firsts(branch) for branch in argument[1]]
            return None if None in parts else frozenset().union(*(part for part in parts if part))
        return None
    return None


def _alphabet(items: Any) -> frozenset[str] | None:
    """All characters that some items can consume, None where they are many."""
    found: frozenset[str] = frozenset()
    for operator, argument in items:
        name = str(operator)
        own: frozenset[str] | None
        if name in ("AT", "ASSERT", "ASSERT_NOT"):
            continue
        if name == "LITERAL":
            own = frozenset((chr(argument),))
        elif name == "IN":
            own = characters(argument, _WIDEST_ALPHABET)
        elif name == "SUBPATTERN" and not (argument[1] or argument[2]):
            own = _alphabet(argument[3])
        elif name == "ATOMIC_GROUP":
            own = _alphabet(argument)
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
            own = _alphabet(argument[2])
        elif name == "BRANCH":
            parts = [_alphabet(branch) for branch in argument[1]]
            own = None if None in parts else frozenset().union(*(part for part in parts if part))
        else:
            own = None
        if own is None:
            return None
        found |= own
    return found
