"""What a reader delivers of one source: its characters, its physical lines, and the way to their places."""

from __future__ import annotations

from bulletin_lint._typing import Literal, NamedTuple, Protocol
from bulletin_lint.model.location import Box, Location
from bulletin_lint.model.source import LinesAre
from bulletin_lint.model.wording import Wording

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
    """For kind ``furniture``: page-number, running-head, stamp, watermark, line-number, scan, and unordered:
    lines beside one another of which nobody can tell which follows which. Of a document also note, and
    unread for what stands there and cannot be read; of a web page also navigation, and report for what this
    program wrote."""
    cells: tuple[tuple[int, int], ...] = ()
    """For kind ``table``: the span of each cell's content."""
    box: Box | None = None
    """Where the characters stand on the page, as high as an ideograph's em box; None for text."""
    baseline: float = 0.0
    """Points from the top of the page; 0 for text."""
    font: str = ""
    """The name of the font that most characters have, without the prefix of a subset."""
    closed: bool = False
    """Behind its words stands a mark that shows that they end there: that of a link."""


class PageLayout(NamedTuple):
    """A page of a PDF as it is shown."""

    number: int
    """1-based."""
    width: float
    height: float
    """Points."""


class UnreadPage(NamedTuple):
    """A page, or a part of one, that was not read."""

    number: int
    """1-based."""
    why: Wording
    """Why not, and what to do: what follows on “page N was not read:”, without the last full stop."""

    def wording(self) -> Wording:
        """The whole message."""
        return Wording(
            f"第 {self.number} 页没有读到：{self.why.zh}。",
            f"page {self.number} was not read: {self.why.en}.",
        )


class UnreadPart(NamedTuple):
    """Something of a document that was not read."""

    why: Wording
    """What, why not, and what to do, without the last full stop."""

    def wording(self) -> Wording:
        """The whole message."""
        return Wording(f"{self.why.zh}。", f"{self.why.en}.")


class Places(Protocol):
    """Turns spans of a reading's text into places that a person can find."""

    def locate(self, start: int, end: int) -> Location:
        """The place of a non-empty or empty span of the reading's text."""

    def line_text(self, line: int) -> str:
        """The source line (1-based), without its line break."""


class Reading(NamedTuple):
    """What a reader delivers of one source."""

    kind: str
    """The name of its kind of input."""
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
    unread_pages: tuple[UnreadPage, ...] = ()
    """Those whose text, or a part of it, is not in `text`; the others are whole."""
    unread_parts: tuple[UnreadPart, ...] = ()
    """What of a source without pages is not in `text`."""
    spaces_known: bool = True
    """Whether the source says where its author typed spaces; a PDF set by TeX does not."""
    recognised: int | None = None
    """The first page whose text a program recognised on a picture (OCR), None where none did."""
    lines_are: LinesAre = "source"
    """Whose lines a place counts: those of the source, which `places` knows, or the document's."""
    joins_known: bool = False
    """Whether `Line.joins` comes of how the lines stand on their pages; else line breaks are measured."""
    joins_final: bool = False
    """Whether a line that does not join begins a paragraph, whatever it looks like: no extraction cut any."""
    automatic: tuple[tuple[int, int], ...] = ()
    """Spans of `text` that the program counts which made the file: numbers that nobody typed and no edit of
    the text can change; in order."""
    is_converted: bool = False
    """Whether it is of a copy that another program made, whose automatic numbers may not be the source's."""
    unsure: tuple[tuple[int, int], ...] = ()
    """Those among them that a person may see in another form; nothing is said of them."""
    verbatim: tuple[tuple[int, int], ...] = ()
    """Stretches of `text` that are to be left letter by letter, in order: code, marked addresses."""
