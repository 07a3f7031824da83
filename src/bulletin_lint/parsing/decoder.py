"""The structure of a document decided at once: of all readings of its blocks the one with the most points.

Viterbi over the labels of the blocks; a forward and a backward pass give how far ahead the best reading is
of the best one in which a block is something else.
"""

from __future__ import annotations

from bulletin_lint._typing import NamedTuple
from bulletin_lint.parsing.structure import (
    CAPTION,
    CAPTION_BEHIND,
    LABELS,
    PARAGRAPH,
    START_STATE,
    label_of,
    state_of,
)

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from bulletin_lint.parsing.structure import House, Structure

_FAR_BEHIND = 6.0
"""Points behind a block's best label from which a label is left out."""
_HOPELESS = 12.0
"""Points behind a block's best state from which a state is left out."""
_NOT_ALLOWED = -10.0
"""Points of going on where no move is allowed."""
_MOST_DOUBTS = 12
"""Doubts of which the other reading is kept; a document with more is not read right whatever is done."""
LARGEST_ISSUE = 3_000
"""Blocks that the longest issue has; what has more is no bulletin, and is read under one house only."""
DOUBT = 2.0
"""Points of margin below which a reading is doubtful."""
_ORDER = {label: number for number, label in enumerate(LABELS)}

Scores = "dict[str, float]"


class Doubt(NamedTuple):
    """A block that may be something else."""

    block: int
    label: str
    other: str
    margin: float
    """Points that the best reading is ahead of the best one with the other label."""
    labels: tuple[str, ...]
    """The other reading; empty where there are too many."""


class Decision(NamedTuple):
    """The best reading."""

    labels: tuple[str, ...]
    house: str
    totals: Mapping[str, float]
    """The points of the best reading under each house."""
    doubts: tuple[Doubt, ...]
    """Those with a small margin, the smallest first."""


class _Pass(NamedTuple):
    """What the way forward through the blocks found under one house."""

    house: House
    total: float
    columns: list[dict[int, float]]
    """By block and state: the most points up to there."""
    before: list[dict[int, int]]
    """By block and state: the state of the block before."""
    last: int


def scored(facts: Mapping[str, float], labels: Iterable[str], structure: Structure) -> dict[str, float]:
    """The points of each label that a block may have."""
    biases = structure.biases
    points = {label: biases[label] for label in labels}
    add(points, facts, structure)
    return points


def add(points: dict[str, float], facts: Mapping[str, float], structure: Structure) -> None:
    """Adds what features say to the points of labels."""
    weights = structure.weights
    for name, value in facts.items():
        for label, weight in weights[name]:
            if label in points:
                points[label] += weight * value


def likely(scores: dict[str, float]) -> dict[str, float]:
    """The labels that are not far behind the best."""
    if len(scores) > 1:
        least = max(scores.values()) - _FAR_BEHIND
        scores = {
            label: scores[label] for label in sorted(scores, key=_ORDER.__getitem__) if scores[label] >= least
        }
    if CAPTION in scores:
        scores[CAPTION_BEHIND] = scores[CAPTION]
    return scores


def decode(scores: Sequence[dict[str, float]], structure: Structure, *, single: bool) -> Decision:
    """The best reading of blocks with these points for their labels."""
    houses = structure.houses(single=single)
    if not houses:
        # Packs that say nothing of bulletins: all is text.
        return Decision((PARAGRAPH,) * len(scores), "", {}, ())
    if len(scores) > LARGEST_ISSUE:
        houses = houses[:1]
    passes = [_forward(scores, house) for house in houses]
    best = max(passes, key=lambda found: found.total)
    labels = _path(best, len(scores) - 1, best.last)
    rivals = [found for found in passes if found.total > best.total - DOUBT]
    doubts = _doubts(scores, rivals, best, labels) if len(scores) <= LARGEST_ISSUE else ()
    return Decision(labels, best.house.name, {found.house.name: found.total for found in passes}, doubts)


def _forward(scores: Sequence[dict[str, float]], house: House) -> _Pass:
    moves, ends = house.moves, house.ends
    columns: list[dict[int, float]] = []
    before: list[dict[int, int]] = []
    above: dict[int, float] = {START_STATE: house.prior}
    for own in scores:
        here: dict[int, float] = {}
        came: dict[int, int] = {}
        for state, points in above.items():
            row = moves[state]
            for label, score in own.items():
                if label in row:
                    to, cost = row[label]
                    total = points + cost + score
                    if to not in here or total > here[to]:
                        here[to] = total
                        came[to] = state
        if not here:
            state = max(above, key=above.__getitem__)
            label = max(own, key=own.__getitem__)
            here[state_of(label)] = above[state] + _NOT_ALLOWED + own[label]
            came[state_of(label)] = state
        if len(here) > 3:
            least = max(here.values()) - _HOPELESS
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


def _backward(
    scores: Sequence[dict[str, float]], found: _Pass
) -> tuple[list[dict[int, float]], list[dict[int, int]]]:
    """By block and state: the most points from there to the end, and the next block's state."""
    moves, ends = found.house.moves, found.house.ends
    below = {state: ends[state] for state in found.columns[-1]}
    rest = [below]
    after: list[dict[int, int]] = [{}]
    for number in range(len(scores) - 1, 0, -1):
        own, column = scores[number], found.columns[number]
        here: dict[int, float] = {}
        goes: dict[int, int] = {}
        for state in found.columns[number - 1]:
            row = moves[state]
            most: float | None = None
            for label, score in own.items():
                if label in row:
                    to, cost = row[label]
                    if to in below and (most is None or cost + score + below[to] > most):
                        most = cost + score + below[to]
                        goes[state] = to
            if most is None:
                to = max(column, key=column.__getitem__)
                most = _NOT_ALLOWED + own[label_of(to)] + below[to]
                goes[state] = to
            here[state] = most
        rest.append(here)
        after.append(goes)
        below = here
    rest.reverse()
    after.reverse()
    return rest, after


def _doubts(
    scores: Sequence[dict[str, float]], rivals: Sequence[_Pass], best: _Pass, labels: Sequence[str]
) -> tuple[Doubt, ...]:
    """The blocks that are something of another kind in a reading that is hardly worse."""
    open_blocks = [
        number for number, own in enumerate(scores) if len({_KINDS.get(label) for label in own}) > 1
    ]
    if not open_blocks:
        return ()
    found: dict[int, tuple[float, int, _Pass, list[dict[int, int]]]] = {}
    for rival in rivals:
        rest, after = _backward(scores, rival)
        for number in open_blocks:
            kind = _KINDS.get(labels[number])
            below = rest[number]
            for state, points in rival.columns[number].items():
                total = points + below[state]
                if total <= best.total - DOUBT or _KINDS.get(label_of(state)) == kind:
                    continue
                if number not in found or total > found[number][0]:
                    found[number] = total, state, rival, after
    doubts: list[Doubt] = []
    for number, (total, state, rival, after) in sorted(
        found.items(), key=lambda item: (-item[1][0], item[0])
    ):
        way: list[str] = []
        if len(doubts) < _MOST_DOUBTS:
            way += _path(rival, number, state)
            at = state
            for following in range(number, len(scores) - 1):
                at = after[following][at]
                way.append(label_of(at))
        doubts.append(Doubt(number, labels[number], label_of(state), best.total - total, tuple(way)))
    return tuple(doubts)


_KINDS = {
    "T": "title",
    "A": "source",
    "PA": "source",
    "SG": "source",
    "K": "column",
    "CH": "contents",
    "CE": "contents",
    "M": "masthead",
    "I": "end",
    "D": "end",
}
"""What labels are alike to rules that look at articles; those not named are an article's text."""
