"""The document model: the repaired text made of what a reader delivers, and its parts.

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

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.model.location import Location, Span
from bulletin_lint.model.solid_text import SolidText, solid_text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bulletin_lint.model.part_index import PartIndex
    from bulletin_lint.model.parts import Fields
    from bulletin_lint.model.reading import Reading


_HEADING = 20
"""Characters of a heading that says where something stands, at most."""
_BELOW = ("distribution", "copies", "printed")
"""The parts of a bulletin that stand in its imprint and are parts of their own."""
EXCERPT = 40
"""Characters of an excerpt, at most."""
_BEFORE = 10
"""Characters of an excerpt that stand before the span, where its block is longer."""


LOST = "\ufffd"
"""Stands for a character that nobody names (U+FFFD REPLACEMENT CHARACTER)."""


class Damage(NamedTuple):
    """A harm done by extraction and repaired in the model.

    `kind` is cut, repeat, width, lost, unread, embedded or folded; `span` lies in the document's text.
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


class Placed(NamedTuple):
    """All that a report says of where a span stands."""

    location: Location
    sources: tuple[Span, ...]
    """The stretches of the reading's text that it covers, one for each unbroken run."""
    line_text: str
    """The line that it starts on; one string for all spans of that line."""
    part: str
    """The path of the innermost part that it lies in, "" for none."""
    excerpt: str
    """What stands about it in its block: at most `EXCERPT` characters, and marks of what is left out."""


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
        self.kind = reading.kind
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
        self.structure: Any = None
        """How its parts were told apart: what `parsing.decoder` decided."""
        self._part_index: PartIndex | None = None
        self._line_texts: dict[int, str] = {}
        self._headings: tuple[list[int], list[str | None]] | None = None
        self._verbatim: tuple[Span, ...] | None = None
        self._solid: SolidText | None = None
        self._has_solid = False

    @property
    def verbatim(self) -> tuple[Span, ...]:
        """The stretches of this text that are to be left letter by letter, in order and within blocks."""
        if self._verbatim is None:
            self._verbatim = self._verbatim_here() if self.reading.verbatim else ()
        return self._verbatim

    def _verbatim_here(self) -> tuple[Span, ...]:
        found: list[Span] = []
        kept = self.reading.verbatim
        ends = [end for _, end in kept]
        for index, offset in enumerate(self._anchor_offsets):
            source = self._anchor_sources[index]
            is_last = index + 1 == len(self._anchor_offsets)
            length = (len(self.text) if is_last else self._anchor_offsets[index + 1]) - offset
            for number in range(bisect_right(ends, source), len(kept)):
                start, end = kept[number]
                if start >= source + length:
                    break
                first, last = max(start, source) - source, min(end, source + length) - source
                span = Span(offset + first, offset + last)
                if "\n" in self.text[span.start : span.end]:
                    # Behind a block stands what its source does not have.
                    span = Span(span.start, self.text.index("\n", span.start))
                found.append(span)
        return tuple(sorted(found))

    @property
    def solid(self) -> SolidText | None:
        """The text without the blanks between figures and Chinese; None where it has none of those."""
        if not self._has_solid:
            self._solid, self._has_solid = solid_text(self.text), True
        return self._solid

    @property
    def part_index(self) -> PartIndex:
        """The parts by their places, as they are when this is first asked for."""
        if self._part_index is None:
            # Many a document is never asked, for it has no violation.
            from bulletin_lint.model.part_index import PartIndex

            self._part_index = PartIndex(self.bulletin)
        return self._part_index

    def forget_parts(self) -> None:
        """Its parts are others now."""
        self._part_index = None

    def place(self, span: Span, part: str = "") -> Placed:
        """Where a span of this text stands; `part` is the path of its part where that is known already.

        Takes as long as the span is, whatever the length of the text, of its lines and its blocks.
        """
        location, sources = self.trace(span)
        return Placed(
            location,
            sources,
            self.line_text(location.line),
            part or self.part_index.innermost(span),
            self.excerpt(span),
        )

    def excerpt(self, span: Span) -> str:
        """The block that a span starts in, or of a long one what stands about the span."""
        if not self.blocks:
            return ""
        block = self.blocks[self.block_at(span.start)].span
        if block.end - block.start <= EXCERPT:
            return self.text[block.start : block.end]
        start = max(block.start, min(span.start - _BEFORE, block.end - EXCERPT))
        end = min(block.end, start + EXCERPT)
        before = "…" if start > block.start else ""
        after = "…" if end < block.end else ""
        return f"{before}{self.text[start:end]}{after}"

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

    @property
    def has_holes(self) -> bool:
        """Whether characters were drawn on its pages that their font does not name."""
        return bool(self.reading.layouts) and LOST in self.text

    def block_at(self, offset: int) -> int:
        """The index of the block that an offset lies in."""
        return max(0, bisect_right(self._block_starts, offset) - 1)

    def locate(self, span: Span) -> Location:
        """Where a reader of the source finds a span of this text."""
        return self.trace(span)[0]

    def trace(self, span: Span) -> tuple[Location, tuple[Span, ...]]:
        """The location of a span of this text, and the stretches of the reading's text that it covers."""
        sources = tuple(self.source_spans(span))
        locations = [self.reading.places.locate(piece.start, piece.end) for piece in sources]
        boxes = tuple(box for location in locations for box in location.boxes)
        story = locations[0].story
        if story is not None and story.story == "body":
            heading = self._heading_of(span.start)
            story = story._replace(heading=heading or "", is_imprint=heading is None)
        if self.reading.lines_are == "document":
            # Those of this text, which `extract` prints.
            first = self.block_at(span.start)
            last = self.block_at(max(span.start, span.end - 1))
            location = Location(
                first + 1,
                span.start - self._block_starts[first] + 1,
                last + 1,
                span.end - self._block_starts[last] + 1,
                boxes,
                story,
            )
        else:
            location = Location(
                locations[0].line,
                locations[0].column,
                locations[-1].end_line,
                locations[-1].end_column,
                boxes,
            )
        return location, sources

    def _heading_of(self, offset: int) -> str | None:
        """The words of the title or the section heading that an offset stands below, or of the title that it
        stands in; "" where there is none, None in the imprint.
        """
        if self._headings is None:
            found: list[tuple[int, str | None]] = []
            for article in self.bulletin.list("articles"):
                title = article.child("title")
                found += [(title.span.start, title.text)] if title is not None else []
                above = [(0, title.text if title is not None else "")]
                for each in article.list("sections"):
                    level = int(each.fields.get("level", 1))
                    above = [above[0], *(known for known in above[1:] if known[0] < level)]
                    # A heading itself stands below those of higher levels, and not below the one before it.
                    found += [(each.span.start, above[-1][1]), (each.span.end, each.text)]
                    above.append((level, each.text))
            last = max([start for start, _ in found], default=0)
            ends = [start for start in self._imprint_starts() if start >= last]
            found += [(min(ends), None)] if ends else []
            # One by one in their order, the title first where a section begins at its end.
            found.sort(key=lambda each: each[0])
            self._headings = [start for start, _ in found], [words for _, words in found]
        starts, headings = self._headings
        at = bisect_right(starts, offset) - 1
        words = headings[at] if at >= 0 else ""
        return words if words is None or len(words) <= _HEADING else f"{words[: _HEADING - 1]}…"

    def _imprint_starts(self) -> Iterator[int]:
        """Where the parts begin that may stand below the articles."""
        for above in (self.bulletin, self.bulletin.child("imprint")):
            for name, part in above.children.items() if above is not None else ():
                if above is not self.bulletin or name in _BELOW:
                    yield from (
                        each.span.start for each in (part if isinstance(part, list) else [part]) if each
                    )

    def line_text(self, line: int) -> str:
        """The line that a location's line number speaks of; always the same string for the same line."""
        # A book may stand in one line, with a violation in each of its sentences.
        known = self._line_texts.get(line)
        if known is None:
            known = self._line_texts[line] = self._read_line(line)
        return known

    def _read_line(self, line: int) -> str:
        if self.reading.lines_are == "document":
            block = self.blocks[line - 1]
            return self.text[block.span.start : block.span.end]
        return self.reading.places.line_text(line)


def walk(node: Node) -> Iterator[Node]:
    """A node and everything below it, in document order of the parts' names."""
    yield node
    for child in node.children.values():
        for found in child if isinstance(child, list) else [child] if child is not None else []:
            yield from walk(found)
