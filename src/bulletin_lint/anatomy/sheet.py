"""The blocks of a document with their words: what the parsers of the parts read."""

from __future__ import annotations

from bulletin_lint.anatomy.forms import Anatomy
from bulletin_lint.document import Block, Document, Node
from bulletin_lint.location import Span
from bulletin_lint.patterns import compiled
from bulletin_lint.typed import Any

_SENTENCE_ENDS = frozenset("。；;.")
_LONGEST_HEADING = 80
_DIVIDING = compiled('[ \\u3000\\t：:—\\-·.…。,，“”"0-9]+')


class Sheet:
    """A document's blocks, furniture left out, and the questions that every parser asks of them."""

    def __init__(self, document: Document, anatomy: Anatomy) -> None:
        self.document = document
        self.anatomy = anatomy
        self.texts = document.text.split("\n") if document.blocks else []
        self.blocks: tuple[Block, ...] = document.blocks[: document.furniture_start]
        # Several parsers ask the same of a block.
        self._prose: dict[int, bool] = {}
        self._heading_like: dict[int, bool] = {}

    def __len__(self) -> int:
        return len(self.blocks)

    def node(self, path: str, index: int, start: int = 0, end: int | None = None, **fields: Any) -> Node:
        """A part that is a stretch of one block, given by offsets in that block."""
        base = self.blocks[index].span.start
        text = self.texts[index]
        stop = len(text) if end is None else end
        return Node(path, Span(base + start, base + stop), text[start:stop], fields)

    def span(self, index: int, start: int, end: int) -> Span:
        """Offsets in a block as a span of the document."""
        base = self.blocks[index].span.start
        return Span(base + start, base + end)

    def spaced(self, index: int, start: int, end: int) -> str:
        """Words of a block with a space where a line ended: one that stood there may have been lost."""
        base = self.blocks[index].span.start
        seams = self.document.seams
        return "".join(
            f" {character}" if at in seams else character
            for at, character in enumerate(self.texts[index][start:end], base + start)
        )

    def is_prose(self, index: int) -> bool:
        """Whether a block is running text: it ends a sentence, or is too long for a heading."""
        known = self._prose.get(index)
        if known is None:
            known = self._prose[index] = self._is_prose(index)
        return known

    def _is_prose(self, index: int) -> bool:
        text = self.texts[index].rstrip("”’」』）)")
        if not text:
            return False
        if text[-1] in _SENTENCE_ENDS or text[-1] in "：:":
            return True
        return len(text) > _LONGEST_HEADING or "。" in text

    def is_heading_like(self, index: int) -> bool:
        """Whether a block could be a title: short, no sentence, no label, no marker."""
        known = self._heading_like.get(index)
        if known is None:
            known = self._heading_like[index] = self._is_heading_like(index)
        return known

    def _is_heading_like(self, index: int) -> bool:
        text = self.texts[index]
        return (
            not self.blocks[index].table
            and 2 <= len(text) <= _LONGEST_HEADING
            and not self.is_prose(index)
            and text[-1] not in "，、,"
            and self.anatomy.marker(text) is None
            and not self.anatomy.is_column(text)
        )


def normalised(text: str) -> str:
    """Words without spaces, marks of division and end marks, to compare a title with its entry."""
    return _DIVIDING.sub("", text)
