"""Where text of a web page stands: in which of its elements, for people and for programs."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from bulletin_lint.model.location import Location, StoryPlace
from bulletin_lint.readers.html.paragraphs import PageParagraph


class WebPlaces:
    """Turns spans of a page's text into places in it."""

    __slots__ = ("_paragraphs", "_starts")

    def __init__(self, paragraphs: Sequence[PageParagraph]) -> None:
        """`paragraphs` are those whose texts, each with a line feed after it, make up the reading's text."""
        self._paragraphs = paragraphs
        lengths = [len(paragraph.text) + 1 for paragraph in paragraphs]
        self._starts = [0, *accumulate(lengths)][: len(lengths)]

    def locate(self, start: int, end: int) -> Location:
        """The place of a span; its line is that of the document's text, which the caller knows."""
        index = bisect_right(self._starts, start) - 1
        if index < 0:
            return Location(1, 1, 1, 1)
        paragraph = self._paragraphs[index]
        story = StoryPlace("body", paragraph.path, table=paragraph.table, row=paragraph.row)
        return Location(1, 1, 1, 1, story=story)

    def line_text(self, line: int) -> str:
        """Empty: the lines of a page are those of the document's text."""
        return ""
