"""The blocks of a document with their words: what the parsers of the parts read."""

from __future__ import annotations

from bulletin_lint._typing import Unpack
from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.document import Block, Document, Node
from bulletin_lint.model.location import Span
from bulletin_lint.parsing.grammar import LONGEST_COLUMN, Grammar

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.model.parts import Fields
    from bulletin_lint.parsing.label_set import Label

_PROSE_ENDS = frozenset("。；;.：:")
_CLOSERS = "”’」』）)"
_LONGEST_HEADING = 80
_EXCLAMATIONS = "！？!?"
_LONGEST_EXCLAMATION = 30
"""Characters of a heading that is a question or an exclamation; a longer one is a sentence."""
_FIGURES_IN_A_ROW = compiled("[0-9][ \\u3000\\t]+[0-9][0-9.,]*[%％]?[ \\u3000\\t]+[0-9]")
"""Three figures that only space parts: a row of a table that lost its cells."""
_DIVIDING = compiled('[ \\u3000\\t：:—\\-·.…。,，“”"0-9]+')


class Blocks:
    """A document's blocks, furniture left out, and the answers to what every parser asks of them."""

    __slots__ = (
        "_end_labels",
        "blocks",
        "document",
        "grammar",
        "is_annex",
        "is_column",
        "is_heading_like",
        "is_prose",
        "is_row",
        "markers",
        "texts",
    )

    def __init__(self, document: Document, grammar: Grammar) -> None:
        self.document = document
        self.grammar = grammar
        self.texts = document.text.split("\n") if document.blocks else []
        self._end_labels: dict[int, list[Label]] = {}
        self.blocks: tuple[Block, ...] = document.blocks[: document.furniture_start]
        # Several parsers ask the same of a block, and of every block something is asked.
        texts = self.texts[: len(self.blocks)]
        self.is_prose = [
            (bare := text.rstrip(_CLOSERS) if text[-1:] in _CLOSERS else text)[-1:] in _PROSE_ENDS
            or "。" in bare
            or len(bare) > (_LONGEST_EXCLAMATION if bare[-1:] in _EXCLAMATIONS else _LONGEST_HEADING)
            for text in texts
        ]
        """Whether a block is running text: it ends a sentence, or is too long for a heading."""
        self.is_column = [len(text) <= LONGEST_COLUMN and grammar.is_column(text) for text in texts]
        """Whether a block is a heading over several articles."""
        self.markers = [grammar.marker(text) for text in texts]
        """The section marker that a block begins with."""
        self.is_row = [
            not prose and _FIGURES_IN_A_ROW.search(text) is not None
            for text, prose in zip(texts, self.is_prose, strict=True)
        ]
        """Whether a block is a row of a table that nothing but space parts into cells."""
        if True in self.is_row:
            first = self.is_row.index(True) - 1
            if first >= 0 and not self.is_prose[first] and len(texts[first].split()) > 2:
                # The row that names the columns.
                self.is_row[first] = True
        lists_annexes = list(map(grammar.is_annex_list, texts))
        self.is_annex = [
            is_list or grammar.is_annex(text) for text, is_list in zip(texts, lists_annexes, strict=True)
        ]
        """Whether a block lists what is attached to an article, or is the heading of an annex."""
        self.is_heading_like = [
            not prose
            and marker is None
            and not column
            and 2 <= len(text) <= _LONGEST_HEADING
            and text[-1] not in "，、,"
            and not block.table
            and not is_list
            and not row
            for text, block, prose, column, marker, row, is_list in zip(
                texts,
                self.blocks,
                self.is_prose,
                self.is_column,
                self.markers,
                self.is_row,
                lists_annexes,
                strict=True,
            )
        ]
        """Whether a block could be a title: short, no sentence, no label, no marker."""

    def __len__(self) -> int:
        return len(self.blocks)

    def end_labels(self, index: int) -> list[Label]:
        """The labels of imprint and print run in a block, from left to right."""
        known = self._end_labels.get(index)
        if known is None:
            known = self._end_labels[index] = self.grammar.tail_labels.all_in(self.texts[index])
        return known

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
