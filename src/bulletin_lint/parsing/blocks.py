"""The blocks of a document with their words: what the parsers of the parts read."""

from __future__ import annotations

from bulletin_lint._typing import Unpack
from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.document import Block, Document, Node
from bulletin_lint.model.location import Span
from bulletin_lint.parsing.grammar import Grammar
from bulletin_lint.parsing.words import with_runs, words_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.model.parts import Fields

_DIVIDING = compiled('[ \\u3000\\t：:—\\-·.…。,，“”"0-9]+')


class Blocks:
    """A document's blocks, furniture left out, and what their words and their layout say together."""

    __slots__ = ("blocks", "document", "grammar", "is_heading_like", "is_prose", "is_row", "texts", "words")

    def __init__(self, document: Document, grammar: Grammar) -> None:
        self.document = document
        self.grammar = grammar
        self.blocks: tuple[Block, ...] = document.blocks[: document.furniture_start]
        texts = document.text.split("\n") if document.blocks else []
        self.texts = texts[: len(self.blocks)]
        self.words = [words_of(text, grammar) for text in self.texts]
        self.is_prose = [words.is_prose for words in self.words]
        if any(words.run_marker for words in self.words):
            self.words = with_runs(self.words)
        cells = [0, *(words.cells for words in self.words), 0]
        self.is_row = [
            words.is_row or (words.cells > 2 and words.cells in (cells[index], cells[index + 2]))
            for index, words in enumerate(self.words)
        ]
        self.is_heading_like = [
            words.is_heading_like and not block.table and not is_row
            for words, block, is_row in zip(self.words, self.blocks, self.is_row, strict=True)
        ]

    def __len__(self) -> int:
        return len(self.blocks)

    def is_bold_start(self, index: int) -> bool:
        """Whether a block begins bold and goes on in another weight: a lead-in."""
        block = self.blocks[index]
        return (
            bool(block.bold)
            and block.bold[0].start == block.span.start
            and 2 <= block.bold[0].end - block.span.start < block.span.end - block.span.start
            and block.bold[0].end - block.span.start <= 60
        )

    def node(
        self, path: str, index: int, start: int = 0, end: int | None = None, **fields: Unpack[Fields]
    ) -> Node:
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


def normalised(text: str) -> str:
    """Words without spaces, marks of division and end marks, to compare a title with its entry."""
    return _DIVIDING.sub("", text)
