"""What is drawn on a page of a PDF, whichever engine read it, and the rows it falls into.

Coordinates are points from the top left corner of the visible page. Nothing here knows an engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bulletin_lint.document import LineKind
from bulletin_lint.location import Box
from bulletin_lint.typed import Literal, NamedTuple

UNMAPPED = "\uffff"
"""Stands for a glyph whose character is unknown, until the text is put together."""
ASCENT, DESCENT = 0.88, 0.12
"""How far the em box of an ideograph reaches above and below the baseline, in ems."""


class Face(NamedTuple):
    """How a stretch of text is set."""

    font: str
    """The font's name without the prefix of a subset."""
    size: float
    """Points."""
    shade: float = 0.0
    """Lightness as it is seen: 0 black, 1 white (invisible)."""
    turned: bool = False
    """The baseline does not run from left to right."""
    heavy: bool = False
    """Drawn twice on nearly the same spot or with an outline, which is how programs fake bold."""
    width: float = 0.0
    """Of the em, in points; differs from `size` where type is set narrow or wide."""


class Run:
    """Characters side by side on one baseline, in one face, from left to right.

    `lefts` has the left end of each character; the right end of one is the left end of the next, that
    of the last is `right`. A space is in `text` where the file has one, never as a guess.
    """

    __slots__ = ("baseline", "face", "lefts", "right", "text")

    def __init__(self, text: str, lefts: Sequence[float], right: float, baseline: float, face: Face) -> None:
        self.text = text
        self.lefts = lefts
        self.right = right
        self.baseline = baseline
        self.face = face

    @property
    def left(self) -> float:
        """The left end."""
        return self.lefts[0]

    def part(self, start: int, end: int) -> Run:
        """The characters from one index to another, at least one."""
        right = self.lefts[end] if end < len(self.lefts) else self.right
        return Run(self.text[start:end], self.lefts[start:end], right, self.baseline, self.face)

    def singles(self) -> list[Run]:
        """Each character as a run of its own."""
        return [self.part(index, index + 1) for index in range(len(self.text))]

    def with_face(self, face: Face) -> Run:
        """The same characters in another face."""
        return Run(self.text, self.lefts, self.right, self.baseline, face)

    def __repr__(self) -> str:
        return f"Run({self.text!r}, {self.left:.1f}–{self.right:.1f}, {self.baseline:.1f}, {self.face})"


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
    runs: Sequence[Run]
    rulings: Sequence[Ruling] = ()
    grids: Sequence[Grid] = ()
    picture: Box | None = None
    """Where a page without text is a picture all over: a scan."""
    spaces: int = 0
    """Space glyphs that the page has."""
    gaps: int = 0
    """Places where letters or figures stand apart with no space glyph between them."""


Furniture = Literal["", "page-number", "running-head", "watermark", "stamp", "scan"]


class Row:
    """What stands at one height of a page: a line of text, a rule, or a row of a table.

    `runs` go from left to right; a rule has none, a table row has its own in `cells`, each a list of
    lines. `extent` is the left and right end without white space.
    """

    __slots__ = (
        "baseline",
        "bold",
        "cells",
        "centred",
        "column",
        "extent",
        "furniture",
        "has_bold",
        "indent",
        "kind",
        "order",
        "page",
        "runs",
        "size",
        "text",
    )

    def __init__(
        self,
        page: int,
        kind: LineKind,
        runs: Sequence[Run],
        *,
        baseline: float,
        extent: tuple[float, float] = (0.0, 0.0),
        cells: Sequence[Sequence[Sequence[Run]]] = (),
        furniture: Furniture = "",
    ) -> None:
        self.page = page
        self.kind: LineKind = kind
        self.runs = runs
        self.baseline = baseline
        self.extent = extent
        self.cells = cells
        self.furniture: Furniture = furniture
        self.text = "".join([run.text for run in runs]).strip()
        """The characters, without white space at the ends."""
        self.size = prevailing_size(runs)
        self.bold = self.has_bold = False
        """Every character is in bold type; some are."""
        self.indent = 0.0
        """How far it stands in from the left edge, in characters of the body."""
        self.centred = False
        self.column: tuple[float, float] | None = None
        """The left and right edge of the column, where lines stand in columns side by side."""
        self.order: tuple[float, int, float] = (baseline, 0, baseline)
        """Where it comes on its page: by height, those of a left column before those of a right one."""

    @property
    def x0(self) -> float:
        """The left end of the first character that is not white space."""
        return self.extent[0]

    @property
    def x1(self) -> float:
        """The right end of the last character that is not white space."""
        return self.extent[1]

    def right_end(self, index: int) -> float:
        """Where a character of `text` ends."""
        first = self.runs[0].text
        index += len(first) - len(first.lstrip())
        for run in self.runs:
            if index < len(run.text):
                return run.lefts[index + 1] if index + 1 < len(run.text) else run.right
            index -= len(run.text)
        return self.x1


def text_row(page: int, runs: Sequence[Run]) -> Row:
    """A line of text; the runs go from left to right and hold more than white space."""
    drawn = runs if len(runs) == 1 else [run for run in runs if not run.text.isspace()]
    first, last = drawn[0], drawn[-1]
    left, right = first.lefts[0], last.right
    if first.text[0].isspace():
        left = first.lefts[len(first.text) - len(first.text.lstrip())]
    if last.text[-1].isspace():
        right = last.lefts[len(last.text.rstrip())]
    baseline = first.baseline
    if len(drawn) > 1:
        baseline = middle([run.baseline for run in drawn for _ in range(len(run.text))])
    return Row(page, "text", runs, baseline=baseline, extent=(left, right))


def middle(values: Iterable[float]) -> float:
    """The median, of an even number the upper one of the middle two."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def prevailing_size(runs: Sequence[Run]) -> float:
    """The size that most of the characters have, to a tenth of a point; 0 where there are none."""
    if len(runs) == 1:
        return round(runs[0].face.size, 1)
    sizes: dict[float, int] = {}
    for run in runs:
        size = round(run.face.size, 1)
        sizes[size] = sizes.get(size, 0) + len(run.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0
