"""Which parts a span lies in, answered without walking the tree of parts."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Mapping

from bulletin_lint._typing import Any, NamedTuple, Protocol
from bulletin_lint.model.location import Span


class Part(Protocol):
    """What the index asks of a `Node`."""

    @property
    def path(self) -> str:
        """Empty for a part that is never the answer: the root."""

    @property
    def span(self) -> Span:
        """Where it stands in the document's text."""

    @property
    def children(self) -> Mapping[str, Any]:
        """Its own parts by name: one, a list of them, or None."""


class Visit(NamedTuple):
    """A part as a walk of the tree comes to it; one that two lists hold is come to twice."""

    start: int
    end: int
    """The part's span."""
    order: int
    """How many visits were before it."""
    node: Part
    last: int
    """The order of the last visit below it, its own where nothing is."""


_FEW_QUESTIONS = 8
"""So many are answered by looking at all parts."""


class PartIndex:
    """The parts of a tree by the offset that they start at.

    Parts need not lie in their parents, and may overlap. Building takes one walk; the first few questions
    look at all parts, further ones at those that lie round the span.
    """

    __slots__ = ("_asked", "_innermost", "_lasts", "_nodes", "_outer", "_same", "_starts", "_visits")

    def __init__(self, root: Part) -> None:
        self._nodes: list[Part] = []
        """By the order of the visits."""
        self._lasts: list[int] = []
        self._visits: list[tuple[int, int, int]] = []
        """Of each visit start, negative end and order."""
        self._starts: list[int] = []
        self._outer: list[int] = []
        self._asked = 0
        self._same: tuple[int, int, int, list[Visit]] = (-1, 0, 0, [])
        """The last answer, for all spans that start behind the same part's start and end after the first and
        not after the second number: a line of 100,000 stray brackets asks so many times."""
        self._innermost: tuple[list[Visit] | None, Mapping[Any, int] | None, str] = (None, None, "")
        self._visit(root, root.children)

    def around(self, span: Span) -> list[Visit]:
        """The parts that a span lies in, its ends included; in no order."""
        start, end = span
        nodes, lasts = self._nodes, self._lasts
        if self._asked < _FEW_QUESTIONS:
            # Most documents have no more violations: to put the parts in order would not pay.
            self._asked += 1
            return [
                Visit(first, -minus_last, order, nodes[order], lasts[order])
                for first, minus_last, order in self._visits
                if first <= start and end <= -minus_last
            ]
        if not self._starts:
            self._put_in_order()
        below = index = bisect_right(self._starts, start) - 1
        same, after, until, known = self._same
        if below == same and after < end <= until:
            return known
        found: list[Visit] = []
        after, until = -1, sys.maxsize
        while index >= 0:
            first, minus_last, order = self._visits[index]
            if -minus_last >= end:
                found.append(Visit(first, -minus_last, order, nodes[order], lasts[order]))
                until = min(until, -minus_last)
            else:
                after = max(after, -minus_last)
            index = self._outer[index]
        self._same = below, after, until, found
        return found

    def _put_in_order(self) -> None:
        visits = self._visits
        # Where two start together the longer is the outer one: it comes first, for its end is negative.
        visits.sort()
        self._starts = [start for start, _, _ in visits]
        outer: list[int] = []
        open_: list[int] = []
        for index, (start, _, _) in enumerate(visits):
            while open_ and -visits[open_[-1]][1] < start:
                del open_[-1]
            outer.append(open_[-1] if open_ else -1)
            open_.append(index)
        self._outer = outer
        """Of each visit the one before it that was still open where it starts, -1 for none: the chain from
        there holds all that are."""

    def _visit(self, node: Part, children: Mapping[str, Any]) -> None:
        """Notes a part and those below it."""
        nodes, lasts, visits = self._nodes, self._lasts, self._visits
        order = len(nodes)
        start, end = node.span
        nodes.append(node)
        lasts.append(order)
        visits.append((start, -end, order))
        for child in children.values():
            if child is None:
                continue
            for below in child if isinstance(child, list) else (child,):
                further = below.children
                if further:
                    self._visit(below, further)
                    continue
                # Most parts have none below them.
                number = len(nodes)
                start, end = below.span
                nodes.append(below)
                lasts.append(number)
                visits.append((start, -end, number))
        lasts[order] = len(nodes) - 1

    def innermost(self, span: Span) -> str:
        """The path of the smallest part that a span lies in, of two alike the later; "" for none."""
        around = [visit for visit in self.around(span) if visit.node.path]
        if not around:
            return ""
        return min(around, key=lambda visit: (visit.end - visit.start, -visit.order)).node.path

    def innermost_of(self, span: Span, ranks: Mapping[Any, int]) -> str:
        """The same among some parts and what is below those; of two alike that whose rank is less."""
        around = self.around(span)
        last, of, path = self._innermost
        if around is last and ranks is of:
            return path
        chosen = [(ranks[visit.node], visit) for visit in around if visit.node in ranks]
        best: tuple[int, int, int] | None = None
        path = ""
        for visit in around:
            if not visit.node.path:
                continue
            above = [rank for rank, each in chosen if each.order <= visit.order <= each.last]
            if above:
                key = (visit.end - visit.start, min(above), visit.order)
                if best is None or key < best:
                    best, path = key, visit.node.path
        self._innermost = around, ranks, path
        return path
