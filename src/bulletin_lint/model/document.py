"""The document model: what a reader delivers, the repaired text made of it, and its parts.

Three layers, each carrying offsets into the one below:

* `Reading`: the source's characters and its physical lines, as a reader delivers them.
* `Document`: the text that checks read. One block (paragraph, heading, label line) is one line
  of it; marks of Markdown are gone, cut paragraphs are joined, radicals are folded. Every offset
  maps back to the source.
* `Node`: a part of the bulletin (a title, a section, a field), a span of the document's text.

Nothing here reads files, and nothing here knows which office wrote the bulletin.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from bulletin_lint._typing import Any, Literal, NamedTuple, Protocol
from bulletin_lint.model.location import Box, Location, Span

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.model.parts import Fields

SourceKind = Literal["text", "pdf"]
LineKind = Literal["text", "table", "rule", "furniture"]


class Line(NamedTuple):
    """One physical line of the source, its marks removed.

    `pieces` are the spans of the reading's text that make up the line's content, in order: a
    Markdown line ``## 一、**甲**`` has two pieces. Everything else describes how it stood there.
    """

    pieces: tuple[tuple[int, int], ...]
    kind: LineKind = "text"
    heading: int = 0
    """Markdown heading level, 0 for none. A hint only: levels are noise in real bulletins."""
    bold: tuple[tuple[int, int], ...] = ()
    """Bold stretches, as spans of the reading's text."""
    indent: int = 0
    """Leading white space in columns; an ideographic space counts two."""
    gap: bool = False
    """A blank line, a rule or furniture lies between this line and the one before."""
    joins: bool | None = None
    """Layout says that the line goes on from the one before (True), begins a new paragraph
    (False), or says nothing (None)."""
    page: int | None = None
    size: float = 0.0
    """Font size in points, 0 where unknown."""
    centred: bool = False
    furniture: str = ""
    """For kind ``furniture``: page-number, running-head, stamp, watermark, scan."""
    cells: tuple[tuple[int, int], ...] = ()
    """For kind ``table``: the span of each cell's content."""
    box: Box | None = None
    """Where the characters stand on the page, as high as an ideograph's em box; None for text."""
    baseline: float = 0.0
    """Points from the top of the page; 0 for text."""
    font: str = ""
    """The name of the font that most characters have, without the prefix of a subset."""


class PageLayout(NamedTuple):
    """A page of a PDF as it is shown."""

    number: int
    """1-based."""
    width: float
    height: float
    """Points."""


class Places(Protocol):
    """Turns spans of a reading's text into places that a person can find."""

    def locate(self, start: int, end: int) -> Location:
        """The place of a non-empty or empty span of the reading's text."""

    def line_text(self, line: int) -> str:
        """The source line (1-based), without its line break."""


class Reading(NamedTuple):
    """What a reader delivers of one source."""

    kind: SourceKind
    text: str
    """Every character of the source: of a text file the decoded content without BOM, of a PDF
    the glyphs in reading order with a line feed after each line."""
    lines: tuple[Line, ...]
    places: Places
    encoding: str | None = None
    """Codec of a text source, as Python names it."""
    bom: bool = False
    pages: int | None = None
    layouts: tuple[PageLayout, ...] = ()
    """Of a PDF, one for each page."""
    spaces_known: bool = True
    """Whether the source says where its author typed spaces; a PDF set by TeX does not."""


class Damage(NamedTuple):
    """A harm done by extraction and repaired in the model.

    `kind` is cut, repeat, width, lost or unread; `span` lies in the document's text.
    """

    kind: str
    span: Span
    found: str
    page: int | None = None


class Node:
    """A part of a bulletin.

    `path` names it as selectors and reports do (``articles[1].title``), `span` is where it
    stands in the document's text, `fields` are its values by name (``value``, ``number``,
    ``marker``, ``label``, ``year`` …) and `children` its own parts by name: a node, a list of
    nodes, or None for a part that could be there and is not.
    """

    __slots__ = ("children", "fields", "path", "span", "text")

    def __init__(
        self,
        path: str,
        span: Span,
        text: str,
        fields: Fields | None = None,
        children: dict[str, Node | list[Node] | None] | None = None,
    ) -> None:
        self.path = path
        self.span = span
        self.text = text
        self.fields: Fields = fields if fields is not None else {}
        self.children = children if children is not None else {}

    def child(self, name: str) -> Node | None:
        """The single part of that name, None where it is absent."""
        found = self.children.get(name)
        return found if isinstance(found, Node) else None

    def list(self, name: str) -> list[Node]:
        """The parts of that name, empty where there are none."""
        found = self.children.get(name)
        if isinstance(found, list):
            return found
        return [found] if found is not None else []

    def field_span(self, name: str) -> Span:
        """The span of a field's own characters (``marker``, ``label``, ``value``), else the node's."""
        found: Any = self.fields.get(f"{name}_span")
        return found if found is not None else self.span

    def __repr__(self) -> str:
        return f"Node({self.path!r}, {tuple(self.span)}, {self.text!r})"


class Block(NamedTuple):
    """One line of the document's text: a paragraph, heading, label line or table row."""

    span: Span
    lines: tuple[int, int]
    """First and last index (inclusive) of the reading's lines it was made of."""
    heading: int
    bold: tuple[Span, ...]
    """Bold stretches, in the document's text."""
    indent: int
    gap: bool
    page: int | None
    size: float
    centred: bool
    table: bool = False
    cells: tuple[Span, ...] = ()


class Document:
    """The text that checks read, its parts, and the way back to the source.

    `text` has one block per line. `source_text` is the same text before characters were folded
    (radicals), of the same length, so that a check of characters sees what the file holds.
    """

    def __init__(
        self,
        path: str,
        reading: Reading,
        text: str,
        blocks: Sequence[Block],
        anchors: Sequence[tuple[int, int]],
        seams: Sequence[int],
        damage: Sequence[Damage],
        source_text: str | None = None,
        furniture_start: int | None = None,
    ) -> None:
        self.path = path
        self.reading = reading
        self.kind: SourceKind = reading.kind
        self.text = text
        self.source_text = text if source_text is None else source_text
        self.blocks = tuple(blocks)
        self.furniture_start = len(self.blocks) if furniture_start is None else furniture_start
        """The index of the first block that is page furniture: kept last, out of the parts' way."""
        self.damage = list(damage)
        self.seams = frozenset(seams)
        """Offsets at which two source lines were joined: what stood between them (a space, a
        line break of layout) is unknown there."""
        self._anchor_offsets: Sequence[int]
        self._anchor_sources: Sequence[int]
        self._anchor_offsets, self._anchor_sources = zip(*anchors, strict=True) if anchors else ((), ())
        self._block_starts = [block.span.start for block in self.blocks]
        self.bulletin = Node("", Span(0, len(text)), text)

    def source_offset(self, offset: int) -> int:
        """The offset in the reading's text of the character at an offset of this text."""
        index = bisect_right(self._anchor_offsets, offset) - 1
        if index < 0:
            return 0
        return self._anchor_sources[index] + offset - self._anchor_offsets[index]

    def source_spans(self, span: Span) -> list[Span]:
        """The stretches of the reading's text that a span covers, one for each unbroken run."""
        if span.start >= span.end:
            # An empty span stands after the character before it, or before its own.
            at = self.source_offset(span.start)
            return [Span(at, at)]
        pieces: list[Span] = []
        position = span.start
        index = bisect_right(self._anchor_offsets, position) - 1
        while position < span.end:
            following = self._anchor_offsets[index + 1] if index + 1 < len(self._anchor_offsets) else span.end
            stop = min(span.end, following)
            start = self._anchor_sources[index] + position - self._anchor_offsets[index]
            end = start + stop - position
            if pieces and pieces[-1].end == start:
                pieces[-1] = Span(pieces[-1].start, end)
            else:
                pieces.append(Span(start, end))
            position = stop
            index += 1
        return pieces

    def block_at(self, offset: int) -> int:
        """The index of the block that an offset lies in."""
        return max(0, bisect_right(self._block_starts, offset) - 1)

    def locate(self, span: Span) -> Location:
        """Where a reader of the source finds a span of this text."""
        spans = self.source_spans(span)
        locations = [self.reading.places.locate(piece.start, piece.end) for piece in spans]
        boxes = tuple(box for location in locations for box in location.boxes)
        if self.kind == "pdf":
            # Lines and columns of a PDF are those of this text, which `extract` prints.
            first = self.block_at(span.start)
            last = self.block_at(max(span.start, span.end - 1))
            return Location(
                first + 1,
                span.start - self._block_starts[first] + 1,
                last + 1,
                span.end - self._block_starts[last] + 1,
                boxes,
            )
        return Location(
            locations[0].line,
            locations[0].column,
            locations[-1].end_line,
            locations[-1].end_column,
            boxes,
        )

    def line_text(self, line: int) -> str:
        """The line that a location's line number speaks of."""
        if self.kind == "pdf":
            block = self.blocks[line - 1]
            return self.text[block.span.start : block.span.end]
        return self.reading.places.line_text(line)


def walk(node: Node) -> Iterator[Node]:
    """A node and everything below it, in document order of the parts' names."""
    yield node
    for child in node.children.values():
        for found in child if isinstance(child, list) else [child] if child is not None else []:
            yield from walk(found)
