"""What is drawn on a page of a PDF, whichever engine read it, and the rows it falls into.

Coordinates are points from the top left corner of the visible page. Nothing here knows an engine.
"""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_lint.document import LineKind
from bulletin_lint.location import Box
from bulletin_lint.typed import Literal, NamedTuple

UNMAPPED = "\uffff"
"""The text of a glyph whose character is unknown."""


class Glyph(NamedTuple):
    """One drawn character; `text` has several for a ligature, and is never a guess at a space."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    baseline: float
    size: float
    font: str
    """The font's name without the prefix of a subset."""
    shade: float = 0.0
    """Lightness as it is seen: 0 black, 1 white (invisible)."""
    turned: bool = False
    """The baseline does not run from left to right."""
    doubled: bool = False
    """Drawn twice on nearly the same spot, which is how programs fake bold."""


class Ruling(NamedTuple):
    """A horizontal line drawn on the page."""

    x0: float
    x1: float
    y: float


class Grid(NamedTuple):
    """A ruled table: the boxes of its cells row by row; None where a cell is merged into another."""

    box: Box
    rows: tuple[tuple[Box | None, ...], ...]


class Page(NamedTuple):
    """Everything that a page shows; `number` counts from 1."""

    number: int
    width: float
    height: float
    glyphs: Sequence[Glyph]
    rulings: Sequence[Ruling] = ()
    grids: Sequence[Grid] = ()


Furniture = Literal["", "page-number", "running-head", "watermark", "stamp"]


class Row:
    """What stands at one height of a page: a line of text, a rule, or a row of a table.

    `glyphs` run from left to right; a rule has none, a table row has its own in `cells`, each a
    list of lines. `extent` is the left and right end.
    """

    __slots__ = ("baseline", "bold", "cells", "extent", "furniture", "glyphs", "kind", "page", "size")

    def __init__(
        self,
        page: int,
        kind: LineKind,
        glyphs: Sequence[Glyph],
        *,
        baseline: float,
        extent: tuple[float, float] = (0.0, 0.0),
        cells: Sequence[Sequence[Sequence[Glyph]]] = (),
        furniture: Furniture = "",
    ) -> None:
        self.page = page
        self.kind: LineKind = kind
        self.glyphs = glyphs
        self.baseline = baseline
        self.extent = extent
        self.cells = cells
        self.furniture: Furniture = furniture
        self.size = prevailing_size(glyphs)
        self.bold = False
        """Every character is in bold type."""

    @property
    def x0(self) -> float:
        """The left end of the first character that is not white space."""
        return self.extent[0]

    @property
    def x1(self) -> float:
        """The right end of the last character that is not white space."""
        return self.extent[1]

    @property
    def drawn(self) -> list[Glyph]:
        """The glyphs that are not white space."""
        return [glyph for glyph in self.glyphs if not glyph.text.isspace()]

    @property
    def text(self) -> str:
        """The characters, without white space at the ends."""
        return "".join(glyph.text for glyph in self.glyphs).strip()


def prevailing_size(glyphs: Sequence[Glyph]) -> float:
    """The size that most of the characters have, to a tenth of a point; 0 where there are none."""
    sizes: dict[float, int] = {}
    for glyph in glyphs:
        size = round(glyph.size, 1)
        sizes[size] = sizes.get(size, 0) + 1
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0
