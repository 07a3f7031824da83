"""The blocks of a document with their words: what the parsers of the parts read."""

from __future__ import annotations

from bulletin_lint.anatomy.forms import LONGEST_COLUMN, MARKER_STARTS, Anatomy, Marker
from bulletin_lint.document import Block, Document, Node
from bulletin_lint.location import Span
from bulletin_lint.patterns import compiled
from bulletin_lint.typed import Any

_PROSE_ENDS = frozenset("。；;.：:")
_CLOSERS = "”’」』）)"
_LONGEST_HEADING = 80
_DIVIDING = compiled('[ \\u3000\\t：:—\\-·.…。,，“”"0-9]+')


class Sheet:
    """A document's blocks, furniture left out, and the answers to what every parser asks of them."""

    __slots__ = (
        "anatomy",
        "blocks",
        "document",
        "is_column",
        "is_heading_like",
        "is_prose",
        "markers",
        "texts",
    )

    def __init__(self, document: Document, anatomy: Anatomy) -> None:
        self.document = document
        self.anatomy = anatomy
        self.texts = document.text.split("\n") if document.blocks else []
        self.blocks: tuple[Block, ...] = document.blocks[: document.furniture_start]
        self.is_prose: list[bool] = []
        """Whether a block is running text: it ends a sentence, or is too long for a heading."""
        self.is_column: list[bool] = []
        """Whether a block is a heading over several articles."""
        self.is_heading_like: list[bool] = []
        """Whether a block could be a title: short, no sentence, no label, no marker."""
        self.markers: list[Marker | None] = []
        """The section marker that a block begins with."""
        # Several parsers ask the same of a block, and of every block something is asked.
        for text, block in zip(self.texts, self.blocks, strict=False):
            last = text[-1:]
            bare = text.rstrip(_CLOSERS) if last in _CLOSERS else text
            prose = bare[-1:] in _PROSE_ENDS or len(bare) > _LONGEST_HEADING or "。" in bare
            marker = anatomy.marker(text) if text[:1] in MARKER_STARTS else None
            column = len(text) <= LONGEST_COLUMN and anatomy.is_column(text)
            self.is_prose.append(prose)
            self.markers.append(marker)
            self.is_column.append(column)
            self.is_heading_like.append(
                not prose
                and marker is None
                and not column
                and not block.table
                and 2 <= len(text) <= _LONGEST_HEADING
                and last not in "，、,"
            )

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


def normalised(text: str) -> str:
    """Words without spaces, marks of division and end marks, to compare a title with its entry."""
    return _DIVIDING.sub("", text)
