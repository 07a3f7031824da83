"""What the lines of a PDF say of its layout: edges, leading, which line stands where.

Everything is measured from drawn characters: a margin is the white that a reader sees, not a setting
of the program that made the file. Lengths are points unless a name says millimetres.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from bulletin_lint._typing import Literal, NamedTuple
from bulletin_lint.model.document import Document, Node
from bulletin_lint.model.location import Box, Span
from bulletin_lint.model.reading import Line, PageLayout
from bulletin_lint.model.violation import Match, Related, Value
from bulletin_lint.model.wording import Wording, page_list

MILLIMETRE = 72 / 25.4
MOST_RELATED = 10
"""Other places that one report names at most; the message says how many there are."""

OPENING = frozenset("“‘（《〈〔【［「『(")
CLOSING = frozenset("。，、；：？！”’）》〉〕】］」』%％),.;:")
WIDE_MARKS = frozenset("“”‘’…—")
_SAME_PLACE = 0.8
"""Points within which two edges or steps are the same."""
_FEWEST_STRAIGHT = 3
"""Lines that must agree on an edge to show it by themselves."""
_SHORTEST_DOUBLE = 4
"""Characters from which on a line that is the same as the one before the page's end is that line again."""
_FEWEST_PAIRS = 3
"""Lines beside another from which on a page is set in columns."""
_JUSTIFIED_SHARE = 0.8
"""Of the full lines, so many end at one edge where the text is justified."""


class SetLine(NamedTuple):
    """A line as it stands on its page."""

    line: Line
    box: Box
    page: int
    block: int
    """Index of the document's block that it belongs to."""
    number: int
    """Which line of its block it is, from 0."""
    is_last: bool
    """Whether it is the last one of its block."""
    span: Span
    """Its characters in the document's text."""
    text: str


class Geometry:
    """The lines of a document by block and page, and what they have in common."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self.layouts: dict[int, PageLayout] = {page.number: page for page in document.reading.layouts}
        self._doubled = _doubled(document)
        self._blocks: list[list[SetLine]] = [self._set(index) for index in range(len(document.blocks))]
        own, after = self._blocks[: document.furniture_start], self._blocks[document.furniture_start :]
        self.lines: list[SetLine] = [line for block in own for line in block]
        """Everything but furniture, in reading order."""
        self.furniture: list[SetLine] = [line for block in after for line in block]
        self.by_page: dict[int, list[SetLine]] = {}
        for line in self.lines:
            self.by_page.setdefault(line.page, []).append(line)
        self._ends = {
            line.page: line.pieces[-1][1]
            for line in document.reading.lines
            if line.page is not None and line.pieces and line.kind in ("text", "table")
        }
        articles = document.bulletin.list("articles")
        self.paragraphs = [node for article in articles for node in article.list("paragraphs")]
        self.columned = {page for page, lines in self.by_page.items() if _side_by_side(lines)}
        """Pages with lines side by side: they show no edge, and no full page."""
        self.body = [
            line
            for line in self.of(self.paragraphs)
            if line.line.kind == "text" and line.page not in self.columned
        ]
        """The lines of the articles' paragraphs."""
        self.size = _weighted(self.body)
        """The type size that most of the body has; 0 where there is no body."""
        self.body = [line for line in self.body if abs(line.line.size - self.size) < 0.6]
        self._body_spans = {line.span for line in self.body}
        self._alike: list[float | None] = []
        self._lefts = self._find_lefts()
        self.full = [line for line in self.body if not line.is_last and self.left(line.page) is not None]
        """Lines of the body after which their paragraph goes on: as long as lines get."""
        # Marks may hang out of the line's end, or be set half as wide there.
        plain = [line for line in self.full if line.text[-1] not in CLOSING]
        straight = plain if len(plain) >= _FEWEST_STRAIGHT else self.full
        ends = [line.box[2] - (self.left(line.page) or 0.0) for line in straight]
        usual = usual_value(ends)
        shared = [
            line for line, end in zip(straight, ends, strict=True) if abs(end - (usual or 0.0)) <= _SAME_PLACE
        ]
        # Lines that are equally long by nature end at one edge without anybody's doing.
        lengths = {round(2 * _natural_length(line, self.left(line.page) or 0.0)) for line in shared}
        self.is_justified = len(lengths) > 1 and len(shared) >= _JUSTIFIED_SHARE * len(ends)
        self.width = usual if self.is_justified else max(ends, default=None)
        """From the left edge to the right one; of ragged text to the end of its longest line."""
        steps = [
            after.line.baseline - before.line.baseline
            for before, after in pairwise(self.body)
            if before.block == after.block and before.page == after.page
        ]
        self.leading = usual_value(steps)
        """From baseline to baseline inside paragraphs."""

    def of(self, nodes: Iterable[Node]) -> list[SetLine]:
        """The lines of the blocks that parts are made of, each once, in reading order."""
        blocks: dict[int, None] = {}
        for node in nodes:
            if node.span.start < node.span.end:
                first = self._document.block_at(node.span.start)
                last = self._document.block_at(node.span.end - 1)
                blocks.update(dict.fromkeys(range(first, last + 1)))
        return [line for block in sorted(blocks) for line in self._blocks[block]]

    def is_whole(self, node: Node) -> bool:
        """Whether a part has its lines to itself: no heading that runs on into a paragraph."""
        blocks = self._document.blocks
        first = blocks[self._document.block_at(node.span.start)].span
        last = blocks[self._document.block_at(max(node.span.start, node.span.end - 1))].span
        return node.span.start == first.start and node.span.end == last.end

    def left(self, page: int) -> float | None:
        """The body's left edge on a page; facing pages may have edges of their own."""
        found = self._lefts.get(page)
        return self._alike[page % 2] if found is None else found

    def _find_lefts(self) -> dict[int, float]:
        """By page: where lines begin that go on with a paragraph.

        A page on which few of them agree (a list that hangs, an article's end) has the edge of those
        like it, if that is better known.
        """
        by_page: dict[int, list[float]] = {}
        for line in self.body:
            if line.number:
                by_page.setdefault(line.page, []).append(line.box[0])
        everywhere = _edge([edge for edges in by_page.values() for edge in edges])
        alike = [
            _edge([edge for page, edges in by_page.items() if page % 2 == parity for edge in edges])
            for parity in (0, 1)
        ]
        found: dict[int, float] = {}
        for page, edges in by_page.items():
            known = [_edge(edges), alike[page % 2], everywhere]
            best = next((each for each in known if each[1] >= _FEWEST_STRAIGHT), known[0])
            if best[0] is not None:
                found[page] = best[0]
        self._alike = [everywhere[0] if edge is None else edge for edge, _ in alike]
        return found

    def is_body(self, line: SetLine) -> bool:
        """Whether a line is one of the body, in its type size."""
        return line.span in self._body_spans

    def ends_page(self, line: SetLine) -> bool:
        """Whether nothing but furniture stands below a line on its page."""
        return self._ends.get(line.page) == line.line.pieces[-1][1]

    def begins_with_body(self, page: int) -> bool:
        """Whether the first line of a page is one of the body, and shows where the type area begins."""
        lines = self.by_page.get(page, [])
        return bool(lines) and self.is_body(lines[0])

    def goes_on(self, page: int) -> bool:
        """Whether the last paragraph of a page goes on on the next one, so that the page is full."""
        lines = self.by_page.get(page, [])
        return bool(lines) and self.is_body(lines[-1]) and not lines[-1].is_last

    def _set(self, index: int) -> list[SetLine]:
        """The lines of a block that have a place, with their spans in the document's text."""
        document = self._document
        block = document.blocks[index]
        pieces: list[tuple[int, int, int]] = []
        offset = block.span.start
        for source in document.source_spans(block.span):
            pieces.append((source.start, source.end, offset))
            offset += source.end - source.start
        lines: list[tuple[Line, Span]] = []
        is_furniture = index >= document.furniture_start
        for number in range(block.lines[0], block.lines[1] + 1):
            line = document.reading.lines[number]
            if line.box is None or line.page is None or not line.pieces or number in self._doubled:
                continue
            if line.kind == "rule" or (line.kind == "furniture") != is_furniture:
                # A page number stands between two lines of a paragraph that the page's end parts.
                continue
            span = _mapped(line.pieces[0][0], line.pieces[-1][1], pieces)
            if span is not None:
                lines.append((line, span))
        last = len(lines) - 1
        return [
            SetLine(
                line,
                line.box or (0.0, 0.0, 0.0, 0.0),
                line.page or 1,
                index,
                number,
                number == last,
                span,
                document.text[span.start : span.end],
            )
            for number, (line, span) in enumerate(lines)
        ]


def _mapped(start: int, end: int, pieces: Sequence[tuple[int, int, int]]) -> Span | None:
    """A stretch of the reading's text as a span of the document's, where it is part of it."""
    found = [
        (offset + max(start, low) - low, offset + min(end, high) - low)
        for low, high, offset in pieces
        if low < end and start < high
    ]
    return Span(found[0][0], found[-1][1]) if found else None


def _doubled(document: Document) -> frozenset[int]:
    """Lines, by index, that the page before ends with as well.

    Some programs (Qt) draw a line on both sides of a page's end, the second outside of what they show.
    """
    text = document.reading.text
    lines = [
        (number, line.page, text[line.pieces[0][0] : line.pieces[-1][1]])
        for number, line in enumerate(document.reading.lines)
        if line.kind == "text" and line.pieces
    ]
    return frozenset(
        number
        for (_, page, above), (number, after, below) in pairwise(lines)
        if page != after and above == below and len(above) >= _SHORTEST_DOUBLE
    )


def _side_by_side(lines: Sequence[SetLine]) -> bool:
    """Whether lines of text stand beside one another, as they do in columns."""
    baselines = sorted(line.line.baseline for line in lines if line.line.kind == "text")
    pairs = sum(below - above < 1 for above, below in pairwise(baselines))
    return pairs >= _FEWEST_PAIRS


def _weighted(lines: Sequence[SetLine]) -> float:
    sizes: dict[float, int] = {}
    for line in lines:
        sizes[line.line.size] = sizes.get(line.line.size, 0) + len(line.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def _edge(edges: Sequence[float]) -> tuple[float | None, int]:
    """Where most lines begin, and how many of them do."""
    usual = usual_value(edges)
    return usual, sum(abs(edge - usual) <= _SAME_PLACE for edge in edges) if usual is not None else 0


def _natural_length(line: SetLine, left: float) -> float:
    """The length in characters, from the left edge, that a line has before it is stretched or squeezed."""
    own = sum(1.0 if is_wide(character) else 0.5 for character in line.text)
    return own + (line.box[0] - left) / (line.line.size or 1.0)


def usual_value(values: Iterable[float]) -> float | None:
    """The value that most of the others are close to: the middle of the densest stretch."""
    ordered = sorted(values)
    best: tuple[int, int] = (0, 0)
    start = 0
    for end, value in enumerate(ordered):
        while value - ordered[start] > _SAME_PLACE:
            start += 1
        if end + 1 - start > best[1] - best[0]:
            best = (start, end + 1)
    dense = ordered[best[0] : best[1]]
    return dense[len(dense) // 2] if dense else None


def is_wide(character: str) -> bool:
    """Whether a character is one em wide."""
    return character >= "\u2e80" or character in WIDE_MARKS


def is_chinese(text: str) -> bool:
    """Whether Chinese characters make up most of a line, so that its size and font are theirs."""
    return 2 * sum("\u3400" <= character <= "\u9fff" for character in text) >= len(text) > 0


def millimetres(points: float) -> str:
    """A length for a message, to a tenth."""
    return number(points / MILLIMETRE)


def number(value: float) -> str:
    """A number for a message, to a tenth, without a needless zero."""
    return f"{value:.1f}".removesuffix(".0")


def told(
    wrong: Sequence[tuple[SetLine, Mapping[str, Value]]],
    *,
    each: Literal["page", "line"] = "page",
    pages: Sequence[int] = (),
) -> Match:
    """What is wrong with lines, told once on the first of them; the others are related places.

    Beside a line stand the message's values for it; `pages` and `count` come to them. Every page, or every
    line, is a place of its own, which is accepted by itself. With `pages` they are counted, not the lines.
    """
    groups: dict[int, list[tuple[SetLine, Mapping[str, Value]]]] = {}
    for index, found in enumerate(wrong):
        groups.setdefault(found[0].page if each == "page" else index, []).append(found)
    lines = [line for line, _ in wrong]
    whole = _place(wrong, page_list(pages or [line.page for line in lines]), len(pages or lines))
    places = [
        _place(group, page_list([group[0][0].page]), 1 if pages else len(group)) for group in groups.values()
    ]
    return whole._replace(
        related=elsewhere(lines, each=each), places=tuple(places) if len(places) > 1 else ()
    )


def _place(found: Sequence[tuple[SetLine, Mapping[str, Value]]], pages: Wording, count: int) -> Match:
    line, values = found[0]
    return Match(Span(line.span.start, line.span.end), {**values, "pages": pages, "count": count})


def elsewhere(lines: Sequence[SetLine], *, each: str = "page") -> tuple[Related, ...]:
    """The other places of a fact that is reported on the first of `lines`: one a page, or each line."""
    seen = {lines[0].page}
    related: list[Related] = []
    for line in lines[1:]:
        if each == "page" and line.page in seen:
            continue
        seen.add(line.page)
        note = Wording(f"第{line.page}页也是", f"page {line.page}, too")
        related.append(Related(Span(line.span.start, line.span.end), note))
    return tuple(related[:MOST_RELATED])
