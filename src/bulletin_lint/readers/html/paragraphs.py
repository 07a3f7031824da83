"""Paragraphs of a web page as they are put together: characters with how they look, white space as shown."""

from __future__ import annotations

from unicodedata import east_asian_width

from bulletin_lint._typing import Literal
from bulletin_lint.matching.patterns import compiled
from bulletin_lint.readers.html.styles import Look

_WORD = r"[^ \t\n\r\f]+"
_SPACE = " \t\n\r\f"
_WIDE = frozenset("WFHA")
"""Classes of UAX #11 whose characters stand as high as wide; quotation marks are among the ambiguous ones."""
_INDENTS = {"\u3000": 2, "\u2003": 2, "\t": 4}
_BLANK = " \xa0\u3000\u2002\u2003\u2009\u200b\ufeff\t"
"""What stands at the ends of a paragraph and is none of its words."""


class PageRegion:
    """A part of a page that may be furniture: a navigation, a head or a foot of the site, or what floats over
    the text as stamps do; or the part that holds what was written.
    """

    __slots__ = ("above", "kind", "linked", "total")

    def __init__(
        self, above: PageRegion | None, kind: Literal["navigation", "search", "site", "float", "body"]
    ) -> None:
        self.above = above
        self.kind = kind
        self.total = self.linked = 0
        """Characters, and those of them that lead elsewhere."""


class PageParagraph:
    """One paragraph, or one row of a table."""

    __slots__ = (
        "bold",
        "cells",
        "heading",
        "indent",
        "is_after_break",
        "is_below_gap",
        "is_link",
        "is_rule",
        "joins",
        "look",
        "path",
        "region",
        "row",
        "size",
        "table",
        "text",
    )

    def __init__(self, look: Look, heading: int, region: PageRegion | None) -> None:
        self.look = look
        self.heading = heading
        self.region = region
        self.text = ""
        self.bold: list[tuple[int, int]] = []
        """Stretches of the text."""
        self.cells: list[tuple[int, int]] = []
        """Of a row: the stretch of each cell."""
        self.indent = 0
        """Columns."""
        self.size = look.size
        self.is_after_break = False
        """It begins after a ``br`` in the block in which the paragraph before stands."""
        self.is_below_gap = False
        self.is_link = False
        """All its words lead elsewhere."""
        self.is_rule = False
        self.joins = False
        self.path = ""
        """The way to its element, as the page has it."""
        self.table = self.row = 0
        """Which table of data it is a row of, and which row; from 1, 0 for none."""


class ParagraphWriter:
    """The paragraph that is being written."""

    __slots__ = ("_breaks_at_spaces", "_ends_in_space", "_has_break", "_parts", "linked", "total")

    def __init__(self, *, breaks_at_spaces: bool = False) -> None:
        self._breaks_at_spaces = breaks_at_spaces
        self._parts: list[tuple[str, Look]] = []
        self._ends_in_space = self._has_break = False
        self.total = self.linked = 0
        """Letters, and those of them that lead elsewhere."""

    def __bool__(self) -> bool:
        return bool(self._parts)

    def add(self, data: str, look: Look, *, is_link: bool) -> None:
        """Adds characters; runs of white space become one space, or none between ideographs that a line
        break of the source parts (CSS Text 3, 4.1.3).
        """
        position = 0
        for found in compiled(_WORD).finditer(data):
            if found.start() > position:
                self._space(data[position : found.start()])
            position = found.end()
            word = found[0]
            if self._ends_in_space and self._parts and not self._is_seam(word[0]):
                word = " " + word
            self._ends_in_space = self._has_break = False
            self._put(word, look, is_link=is_link)
        if position < len(data):
            self._space(data[position:])

    def add_as_is(self, text: str, look: Look, *, is_link: bool = False) -> None:
        """Adds characters in which white space is what it is."""
        if text:
            self._ends_in_space = False
            self._put(text, look, is_link=is_link)

    def last(self) -> str:
        """The last character, empty where there is none."""
        return self._parts[-1][0][-1] if self._parts else ""

    def _put(self, text: str, look: Look, *, is_link: bool) -> None:
        self._parts.append((text, look))
        letters = sum(map(str.isalnum, text))
        self.total += letters
        if is_link:
            self.linked += letters

    def _space(self, space: str) -> None:
        self._ends_in_space = True
        if not self._breaks_at_spaces and ("\n" in space or "\r" in space):
            self._has_break = True

    def _is_seam(self, following: str) -> bool:
        return self._has_break and _is_wide(self.last()) and _is_wide(following)

    def fill(self, paragraph: PageParagraph) -> None:
        """Gives a paragraph what was written, without the blank at its ends, which becomes its indent."""
        whole = "".join([text for text, _ in self._parts])
        text = whole.lstrip(_BLANK)
        cut = len(whole) - len(text)
        text = text.rstrip(_BLANK)
        # In HTML it is what a typed space is written as.
        paragraph.text = text.replace("\xa0", " ").replace("\n", " ").replace("\r", " ")
        look = paragraph.look
        paragraph.indent = sum(_INDENTS.get(character, 1) for character in whole[:cut] if character > "\t")
        if look.text_indent > 0 and paragraph.size > 0:
            paragraph.indent += min(40, round(2 * look.text_indent / paragraph.size))
        if look.align == "right":
            paragraph.indent = max(paragraph.indent, 20)
        position = -cut
        for part, part_look in self._parts:
            start, end = max(0, position), min(len(text), position + len(part))
            position += len(part)
            if start < end:
                paragraph.size = max(paragraph.size if start else 0.0, part_look.size)
                if part_look.is_bold:
                    if paragraph.bold and paragraph.bold[-1][1] == start:
                        start = paragraph.bold.pop()[0]
                    paragraph.bold.append((start, end))
        paragraph.is_link = 0 < self.total == self.linked


def _is_wide(character: str) -> bool:
    return character > "~" and east_asian_width(character) in _WIDE
