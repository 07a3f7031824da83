"""Where text of a Word document stands: in which paragraph of which part, for people and for programs."""

from __future__ import annotations

from bisect import bisect_right

from bulletin_lint._typing import Literal, NamedTuple
from bulletin_lint.model.location import Location, StoryPlace
from bulletin_lint.readers.docx.story import TextPiece, WordParagraph

Story = Literal["body", "box", "header", "footer", "footnotes", "endnotes"]


class Standing(NamedTuple):
    """Where a stretch of the reading's text stands."""

    start: int
    """Offset in the reading's text."""
    paragraph: WordParagraph
    story: Story
    table: int = 0
    """The number of the data table that it stands in, 0 for none."""
    row: int = 0
    anchor: WordParagraph | None = None
    """Of what stands in no paragraph of the body the one that it hangs on."""


class DocxPlaces:
    """Turns spans of a Word document's text into places in it."""

    __slots__ = ("_first", "_standings", "_starts", "pieces")

    def __init__(
        self,
        standings: list[Standing],
        pieces: list[tuple[int, TextPiece]],
        first: WordParagraph | None = None,
    ) -> None:
        self._standings = standings
        self._first = first
        self._starts = [standing.start for standing in standings]
        self.pieces = pieces
        """Each piece of text with its offset in the reading's text; only while marks are to be written."""

    @property
    def first_paragraph(self) -> WordParagraph | None:
        """The first paragraph of the body that is a line; where none is, the first of all."""
        return next((each.paragraph for each in self._standings if each.story == "body"), self._first)

    def offset_of(self, paragraph: WordParagraph) -> int | None:
        """Where the text of a paragraph begins, None where it has none."""
        return next((each.start for each in self._standings if each.paragraph is paragraph), None)

    def standing(self, offset: int) -> Standing | None:
        """Where the character at an offset stands."""
        index = bisect_right(self._starts, offset) - 1
        return self._standings[index] if index >= 0 else None

    def locate(self, start: int, end: int) -> Location:
        """The place of a span; its line is that of the document's text, which the caller knows."""
        standing = self.standing(start)
        if standing is None:
            return Location(1, 1, 1, 1)
        path = standing.paragraph.path()
        return Location(
            1, 1, 1, 1, story=StoryPlace(standing.story, path, table=standing.table, row=standing.row)
        )

    def line_text(self, line: int) -> str:
        """Empty: the lines of a Word document are those of the document's text."""
        return ""
