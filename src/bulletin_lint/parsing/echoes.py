"""What a line has in common with the words above and below it: a title's are said again below, not above."""

from __future__ import annotations

from bisect import bisect_left
from operator import add

from bulletin_lint.matching.patterns import compiled

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bulletin_lint.parsing.blocks import Blocks

_NOT_HAN = compiled("[^\u4e00-\u9fff]+")
_LEAD = 200
"""Characters of the paragraph below in which a title is said again."""
_ABOVE, _BELOW = 500, 250
"""Characters above and below that are compared."""
_MOST_ABOVE, _MOST_BELOW = 20, 10
"""Blocks that they may come from."""
_ENOUGH_LEAD, _ENOUGH_BELOW, _ENOUGH_ABOVE = 80, 100, 150
"""Pairs of characters from which a share says all that it can; of fewer it says less."""
_SHORT = 30
_MOST_TITLES = 6
"""Certain titles by which it is told how far titles of this document are said again in their text."""
_NO_ECHO, _FULL_ECHO = 0.15, 0.4
"""Share up to which the texts have nothing to do with their titles, and from which they plainly do."""
_TELLING = 0.35
"""Share from which a line is compared with what the certain titles show."""
_KIN, _SAME = 0.15, 0.8
"""Share of a line's pairs up to which that they stand in the title above is an accident, and from which the
one above is an entry of the contents.
"""
_USUAL_REPEAT = 0.11
"""Share of a text's pairs that stand above anyway."""


class Echoes:
    """The words of a document's blocks as pairs of neighbouring characters, compared where it matters."""

    def __init__(self, sheet: Blocks, head: int, leads: Sequence[int | None], titles: Sequence[int]) -> None:
        self._sheet = sheet
        self._leads = leads
        self._head = head
        self._titles = titles
        self._known: dict[int, str] = {}
        self._usual: float | None = None
        self._weight = 0.0
        self._masthead: set[str] = set()

    def facts(self, index: int) -> dict[str, float]:
        """The features of a line that may be a title or a sub-heading: echo, rel_echo, shift."""
        if self._usual is None:
            self._usual = self._measured()
        if not self._weight and self._usual < _TELLING:
            return {}
        below = self._leads[index]
        if below is None:
            return {}
        lead, above = self._words(below)[:_LEAD], self._above(index)
        pairs_above = _pairs(above)
        found: dict[str, float] = {}
        own = _pairs(self._words(index)) - self._masthead
        if own:
            ahead = _share(own, lead) - len(own & pairs_above) / len(own)
            # That little text does not say a title again says little.
            few = min(1.0, len(lead) / _ENOUGH_LEAD)
            found["echo"] = max(-0.3, min(0.6, ahead)) * (few if ahead < 0 else 1.0) * self._weight
            if self._usual >= _TELLING:
                more = ahead - 0.5 * self._usual
                found["rel_echo"] = max(-0.3, min(0.3, more)) * (few if more < 0 else 1.0)
        after = _pairs(self._below(index)) - self._masthead
        if above and after:
            share = max(-0.06, min(0.12, len(after & pairs_above) / len(after) - _USUAL_REPEAT))
            enough = min(1.0, len(after) / _ENOUGH_BELOW) * min(1.0, len(above) / _ENOUGH_ABOVE)
            found["shift"] = share * enough * self._weight
        return found

    def kin(self, index: int, first: int | None) -> float:
        """How much of a line stands in the certain title above it, or in the first one: much of a
        sub-heading, little of the next title.
        """
        above = bisect_left(self._titles, index)
        title = self._titles[above - 1] if above else first
        own = _pairs(self._words(index)) - self._masthead
        if title is None or title >= index or not own:
            return 0.0
        share = _share(own, self._words(title))
        return share if _KIN < share < _SAME else 0.0

    def joined(self, index: int) -> float:
        """How far a line and the one above it, together, are said again in the text below."""
        below = self._leads[index]
        both = _pairs(self._words(index - 1) + self._words(index))
        told = _share(both, self._words(below)[:_LEAD]) if below is not None and both else 0.0
        return max(0.0, told - 0.3) * self._weight

    def _measured(self) -> float:
        """How far the certain titles are said again in their own text: in some texts it means nothing."""
        self._masthead = _pairs("".join(map(self._words, range(self._head))))
        told: list[float] = []
        for index in self._titles[:_MOST_TITLES]:
            own, below = _pairs(self._words(index)), self._leads[index]
            if own and below is not None:
                told.append(_share(own, self._words(below)[:_LEAD]))
        if not told:
            self._weight = 0.5
            return 0.0
        usual = sorted(told)[len(told) // 2]
        self._weight = max(0.0, min(1.0, (usual - _NO_ECHO) / (_FULL_ECHO - _NO_ECHO)))
        return usual

    def _words(self, index: int) -> str:
        """The ideographs of a block; of a long one those at both ends."""
        known = self._known.get(index)
        if known is None:
            text = self._sheet.texts[index]
            if len(text) > 2 * _ABOVE:
                text = text[:_ABOVE] + text[-_ABOVE:]
            known = self._known[index] = _NOT_HAN.sub("", text)
        return known

    def _above(self, index: int) -> str:
        """The last ideographs of the text above a line."""
        sheet = self._sheet
        found = ""
        for other in range(index - 1, max(self._head, index - _MOST_ABOVE) - 1, -1):
            words = sheet.words[other]
            if words.is_prose or words.marker is not None or len(words.text) > _SHORT:
                found = f"{self._words(other)}\n{found}"
                if len(found) >= _ABOVE:
                    break
        return found[-_ABOVE:]

    def _below(self, index: int) -> str:
        """The first ideographs of the text below a line."""
        sheet = self._sheet
        found = ""
        for other in range(index + 1, min(len(sheet), index + _MOST_BELOW)):
            if sheet.is_prose[other] or sheet.words[other].marker is not None:
                found += self._words(other)
                if len(found) >= _BELOW:
                    break
            elif other > index + 1:
                break
        return found[:_BELOW]


def _pairs(words: str) -> set[str]:
    """The pairs of neighbouring characters."""
    return set(map(add, words, words[1:]))


def _share(pairs: Collection[str], text: str) -> float:
    """The share of pairs that stand in a text."""
    return sum([pair in text for pair in pairs]) / len(pairs)
