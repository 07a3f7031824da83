"""What a line has in common with the words above and below it: a title's are said again below, not above."""

from __future__ import annotations

from itertools import pairwise

from bulletin_lint.matching.patterns import compiled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_lint.parsing.blocks import Blocks

Pairs = "set[tuple[str, str]]"

_NOT_HAN = compiled("[^\u4e00-\u9fff]+")
_LEAD = 200
"""Characters of the paragraph below in which a title is said again."""
_ABOVE, _BELOW = 500, 250
"""Characters above and below that are compared."""
_MOST_ABOVE, _MOST_BELOW = 20, 10
"""Blocks that they may come from."""
_ENOUGH_LEAD, _ENOUGH_BELOW, _ENOUGH_ABOVE = 80, 100, 150
"""Pairs of characters from which a share says all that it can; of fewer it says less."""
_MOST_TITLES = 6
"""Certain titles by which it is told how far titles of this document are said again in their text."""
_NO_ECHO, _FULL_ECHO = 0.15, 0.4
"""Share up to which the texts have nothing to do with their titles, and from which they plainly do."""
_USUAL_REPEAT = 0.11
"""Share of a text's pairs that stand above anyway."""


class Echoes:
    """The words of a document's blocks as pairs of neighbouring characters, compared where it matters."""

    def __init__(self, sheet: Blocks, head: int, titles: Sequence[int]) -> None:
        self._sheet = sheet
        self._head = head
        self._titles = titles
        self._known: dict[tuple[int, int], set[tuple[str, str]]] = {}
        self._own_words: set[tuple[str, str]] | None = None
        self._usual = self._weight = 0.0

    def facts(self, index: int) -> dict[str, float]:
        """The features of a line that may be a title or a sub-heading: echo, rel_echo, joined_echo, shift."""
        below = self._prose_below(index)
        if below is None:
            return {}
        if self._own_words is None:
            self._measure()
        assert self._own_words is not None
        own = self._pairs(index) - self._own_words
        lead = self._pairs(below, _LEAD)
        above, after = self._around(index)
        found: dict[str, float] = {}
        if own:
            told = len(own & lead) / len(own)
            ahead = told - len(own & above) / len(own)
            few = min(1.0, len(lead) / _ENOUGH_LEAD)
            found["echo"] = max(-0.3, min(0.6, ahead)) * (few if ahead < 0 else 1.0) * self._weight
            if self._usual >= 0.35:
                more = ahead - 0.5 * self._usual
                found["rel_echo"] = max(-0.3, min(0.3, more)) * (few if more < 0 else 1.0)
        after = after - self._own_words
        if above and after:
            share = max(-0.06, min(0.12, len(after & above) / len(after) - _USUAL_REPEAT))
            enough = min(1.0, len(after) / _ENOUGH_BELOW) * min(1.0, len(above) / _ENOUGH_ABOVE)
            found["shift"] = share * enough * self._weight
        return found

    def joined(self, index: int) -> float:
        """How far a line and the one above it, together, are said again in the text below."""
        below = self._prose_below(index)
        if below is None or self._own_words is None:
            return 0.0
        both = _pairs_of(self._sheet.texts[index - 1] + self._sheet.texts[index])
        told = len(both & self._pairs(below, _LEAD)) / len(both) if both else 0.0
        return max(0.0, told - 0.3) * self._weight

    def _measure(self) -> None:
        """How far the certain titles are said again in their own text: in some texts it means nothing."""
        self._own_words = set()
        for index in range(self._head):
            self._own_words |= self._pairs(index)
        told: list[float] = []
        for index in self._titles[:_MOST_TITLES]:
            own, below = self._pairs(index), self._prose_below(index)
            if own and below is not None:
                told.append(len(own & self._pairs(below, _LEAD)) / len(own))
        if told:
            self._usual = sorted(told)[len(told) // 2]
            self._weight = max(0.0, min(1.0, (self._usual - _NO_ECHO) / (_FULL_ECHO - _NO_ECHO)))
        else:
            self._weight = 0.5

    def _prose_below(self, index: int) -> int | None:
        sheet = self._sheet
        for below in (index + 1, index + 2):
            if below < len(sheet) and sheet.is_prose[below] and len(sheet.texts[below]) > 12:
                return below
        return None

    def _pairs(self, index: int, limit: int = _ABOVE) -> set[tuple[str, str]]:
        known = self._known.get((index, limit))
        if known is None:
            known = self._known[index, limit] = _pairs_of(self._sheet.texts[index][:limit])
        return known

    def _around(self, index: int) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
        """The pairs of the text above a line, and of the text below it."""
        sheet = self._sheet
        above: set[tuple[str, str]] = set()
        left = _ABOVE
        for other in range(index - 1, max(self._head, index - _MOST_ABOVE) - 1, -1):
            text = sheet.texts[other]
            if sheet.is_prose[other] or sheet.markers[other] is not None or len(text) > 30:
                above |= self._pairs(other) if len(text) <= left else _pairs_of(text[-left:])
                left -= len(text)
                if left <= 0:
                    break
        after: set[tuple[str, str]] = set()
        left = _BELOW
        for other in range(index + 1, min(len(sheet), index + _MOST_BELOW)):
            text = sheet.texts[other]
            if sheet.is_prose[other] or sheet.markers[other] is not None:
                after |= self._pairs(other) if len(text) <= left else _pairs_of(text[:left])
                left -= len(text)
                if left <= 0:
                    break
            elif other > index + 1:
                break
        return above, after


def _pairs_of(text: str) -> set[tuple[str, str]]:
    return set(pairwise(_NOT_HAN.sub("", text)))
