"""The structure of a document decided at once: of all readings of its blocks the one with the most points.

Viterbi over the labels of the blocks; a forward and a backward pass give how far ahead the best reading is
of the best one in which a block is something else.
"""

from __future__ import annotations

from operator import itemgetter

from bulletin_lint._typing import NamedTuple
from bulletin_lint.parsing.structure import PARAGRAPH, START_STATE, label_of, state_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulletin_lint.parsing.structure import House, Structure

_HOPELESS = 12.0
"""Points behind a block's best state from which a state is left out."""
_NOT_ALLOWED = -10.0
"""Points of going on where no move is allowed."""
_EQUAL = 1e-9
"""Points of difference that come of adding in another order."""
_MOST_DOUBTS = 12
"""Doubts of which the other reading is kept; a document with more is not read right whatever is done."""
LARGEST_ISSUE = 3_000
"""Blocks that the longest issue has; what has more is no bulletin, and is read under one house only."""
DOUBT = 2.0
"""Points of margin below which a reading is doubtful."""


class Doubt(NamedTuple):
    """A block that may be something else."""

    block: int
    label: str
    other: str
    margin: float
    """Points that the best reading is ahead of the best one with the other label."""
    labels: tuple[str, ...]
    """The other reading; empty where there are too many."""


class _Pass(NamedTuple):
    """What the way forward through the blocks found under one house."""

    house: House
    total: float
    columns: list[dict[int, float]]
    """By block and state: the most points up to there."""
    before: list[dict[int, int]]
    """By block and state: the state of the block before."""
    last: int


class Decision:
    """The best reading."""

    __slots__ = ("_doubts", "_found", "house", "labels", "totals")

    def __init__(
        self, labels: tuple[str, ...], passes: Sequence[_Pass], scores: Sequence[Mapping[str, float]]
    ) -> None:
        best = max(passes, key=lambda found: found.total, default=None)
        self.labels = labels if best is None else _path(best, len(scores) - 1, best.last)
        self.house = "" if best is None else best.house.name
        self.totals = {found.house.name: found.total for found in passes}
        """The points of the best reading under each house."""
        self._found = (
            (scores, passes, best) if best is not None and 0 < len(scores) <= LARGEST_ISSUE else None
        )
        self._doubts: tuple[Doubt, ...] = ()

    @property
    def doubts(self) -> tuple[Doubt, ...]:
        """Those with a small margin, the smallest first. They are looked for when first asked for."""
        if self._found is not None:
            self._doubts = _doubts(*self._found, self.labels)
            self._found = None
        return self._doubts


def decode(scores: Sequence[Mapping[str, float]], structure: Structure, *, single: bool) -> Decision:
    """The best reading of blocks with these points for their labels."""
    houses = structure.houses(single=single)
    if not houses:
        # Packs that say nothing of bulletins: all is text.
        return Decision((PARAGRAPH,) * len(scores), (), scores)
    if len(scores) > LARGEST_ISSUE:
        houses = houses[:1]
    blocks = [(tuple(own), tuple(own.values())) for own in scores]
    return Decision((), [_forward(blocks, house) for house in houses], scores)


def _forward(blocks: Sequence[tuple[tuple[str, ...], tuple[float, ...]]], house: House) -> _Pass:
    ends = house.ends
    columns: list[dict[int, float]] = []
    before: list[dict[int, int]] = []
    above: dict[int, float] = {START_STATE: house.prior}
    for labels, scores in blocks:
        ways = house.ways(labels)
        here: dict[int, float] = {}
        came: dict[int, int] = {}
        for state, points in above.items():
            for index, to, cost in ways[state]:
                total = points + cost + scores[index]
                if to not in here or total > here[to]:
                    here[to] = total
                    came[to] = state
        if not here:
            state = max(above, key=above.__getitem__)
            score, label = max(zip(scores, labels, strict=True), key=itemgetter(0))
            here[state_of(label)] = above[state] + _NOT_ALLOWED + score
            came[state_of(label)] = state
        if len(here) > 3:
            least = max(here.values()) - _HOPELESS
            if min(here.values()) < least:
                here = {state: points for state, points in here.items() if points >= least}
        columns.append(here)
        before.append(came)
        above = here
    last = max(above, key=lambda state: above[state] + ends[state])
    return _Pass(house, above[last] + ends[last], columns, before, last)


def _path(found: _Pass, block: int, state: int) -> tuple[str, ...]:
    """The labels up to a block, on the best way to a state of it."""
    labels: list[str] = []
    for number in range(block, -1, -1):
        labels.append(label_of(state))
        state = found.before[number][state]
    labels.reverse()
    return tuple(labels)


def _close(
    scores: Sequence[Mapping[str, float]], found: _Pass, limit: float
) -> list[dict[int, tuple[float, int]]]:
    """By block: the states that a reading leads through that is less than `limit` points worse than the best,
    how much worse at least, and the next block's state in that one.
    """
    moves, ends, farthest = found.house.moves, found.house.ends, limit + found.house.most
    worse = {state: found.total - points - ends[state] for state, points in found.columns[-1].items()}
    here = {state: (lost, state) for state, lost in worse.items() if lost < limit}
    close = [here]
    for number in range(len(scores) - 1, 0, -1):
        own, column, above = scores[number], found.columns[number], found.columns[number - 1]
        below, here = here, {}
        for to, (lost, _) in below.items():
            label = label_of(to)
            most = lost + column[to] - own[label]
            # No move brings so many points that a state with fewer is close.
            least = most - farthest
            for state, points in above.items():
                if points < least:
                    continue
                way = moves[state].get(label)
                if way is not None and way[0] == to:
                    behind = most - points - way[1]
                    if behind < limit and (state not in here or behind < here[state][0] - _EQUAL):
                        here[state] = behind, to
        if not here:
            # No move was allowed.
            here = {found.before[number][to]: (lost, to) for to, (lost, _) in below.items()}
        close.append(here)
    close.reverse()
    return close


def _doubts(
    scores: Sequence[Mapping[str, float]], passes: Sequence[_Pass], best: _Pass, labels: Sequence[str]
) -> tuple[Doubt, ...]:
    """The blocks that are something of another kind in a reading that is hardly worse."""
    kinds = [_KINDS.get(label) for label in labels]
    found: dict[int, tuple[float, int, _Pass, list[dict[int, tuple[float, int]]]]] = {}
    for rival in passes:
        if rival.total <= best.total - DOUBT:
            continue
        close = _close(scores, rival, DOUBT - best.total + rival.total - _EQUAL)
        for number, (states, kind) in enumerate(zip(close, kinds, strict=True)):
            for state, (lost, _) in states.items():
                if _KIND_OF[state] != kind and (
                    number not in found or rival.total - lost > found[number][0] + _EQUAL
                ):
                    found[number] = rival.total - lost, state, rival, close
    doubts: list[Doubt] = []
    for number, (total, state, rival, close) in sorted(
        found.items(), key=lambda item: (-round(item[1][0], 6), item[0])
    ):
        way: list[str] = []
        if len(doubts) < _MOST_DOUBTS:
            way += _path(rival, number, state)
            at = state
            for following in range(number, len(scores) - 1):
                at = close[following][at][1]
                way.append(label_of(at))
        doubts.append(Doubt(number, labels[number], label_of(state), best.total - total, tuple(way)))
    return tuple(doubts)


_KINDS = dict.fromkeys(("A", "PA", "SG"), "source") | dict.fromkeys(("CH", "CE"), "contents")
_KINDS |= dict.fromkeys(("I", "D"), "end") | {"T": "title", "K": "column", "M": "masthead"}
"""What labels are alike to rules that look at articles; those not named are an article's text."""
_KIND_OF = [_KINDS.get(label_of(state)) for state in range(START_STATE)]
