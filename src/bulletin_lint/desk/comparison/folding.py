"""Texts as they are compared: what a typesetter or a PDF changes without changing what is said is folded."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

from bulletin_lint._typing import NamedTuple
from bulletin_lint.model.document import Document
from bulletin_lint.model.location import Span

_ALIKE = {
    '"': "“”„‟〝〞",
    "'": "‘’‚‛`´",
    "-": "‐‑‒–—―−─━﹣",
    "·": "‧•・∙⋅●",
    "〇": "○◯",
    "~": "〜∼",
}
"""What is folded into one character besides compatibility forms (Unicode Standard Annex 15, NFKC)."""
_FOLD = str.maketrans({other: one for one, others in _ALIKE.items() for other in others})
_INVISIBLE = frozenset({"Cf", "Cc", "Zs", "Zl", "Zp", "Mn"})
_DASH = "-"


class Folded(NamedTuple):
    """A document's text as it is compared."""

    text: str
    starts: tuple[int, ...]
    """For each of its characters, where that stands in the document's text."""
    document: Document
    breaks: frozenset[int] = frozenset()
    """Where in it a block or the cell of a table begins: what stands on either side is not one word."""

    def span(self, start: int, end: int) -> Span:
        """The stretch of the document's text that a stretch of this one comes from."""
        if start >= end:
            if not self.starts:
                return Span(0, 0)
            # After the character before it: there something is missing.
            at = self.starts[start - 1] + 1 if start else self.starts[0]
            return Span(at, at)
        return Span(self.starts[start], self.starts[end - 1] + 1)


def folded(document: Document) -> Folded:
    """The text of a document without page furniture, white space, and differences of form."""
    text: list[str] = []
    starts: list[int] = []
    breaks: set[int] = set()
    for span in _spans(document):
        breaks.add(len(text))
        for offset in range(span.start, span.end):
            for character in _fold(document.text[offset]):
                if character == _DASH and len(text) not in breaks and text[-1] == _DASH:
                    # A dash is two characters wide in one font and one in another.
                    continue
                text.append(character)
                starts.append(offset)
    return Folded("".join(text), tuple(starts), document, frozenset(breaks))


def _spans(document: Document) -> Iterator[Span]:
    """The stretches of a document's text that are read one after the other."""
    for block in document.blocks[: document.furniture_start]:
        yield from block.cells or (block.span,)


@cache
def _fold(character: str) -> str:
    """What a character is compared as, "" for nothing."""
    plain = unicodedata.normalize("NFKC", character.translate(_FOLD)).translate(_FOLD)
    return "".join(each for each in plain if unicodedata.category(each) not in _INVISIBLE)
