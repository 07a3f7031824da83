"""What is drawn on a page of a PDF, whichever engine read it, and the rows it falls into.

Coordinates are points from the top left corner of the visible page. Nothing here knows an engine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from functools import lru_cache

from bulletin_lint._typing import Literal, NamedTuple
from bulletin_lint.model.location import Box
from bulletin_lint.model.reading import LineKind

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


PALE = 0.6
"""From this lightness on large text is a watermark."""


def is_odd(face: Face, body_size: float) -> bool:
    """Whether type is none of the lines of a page: it is turned, or large and pale, as watermarks are."""
    return face.turned or (face.shade >= PALE and face.size > 1.8 * body_size)


class Run:
    """Characters side by side on one baseline, in one face, from left to right.

    `left` and `right` are its ends, `last` is the left end of its last character; `start` and `stop`
    are the ends of what is not white space. A space is in `text` where the file has one, never as a
    guess.
    """

    __slots__ = ("_lefts", "baseline", "face", "last", "left", "right", "start", "stop", "text")

    def __init__(
        self,
        text: str,
        lefts: Sequence[float] | Callable[[], Sequence[float]],
        right: float,
        baseline: float,
        face: Face,
        ends: tuple[float, float, float, float] | None = None,
    ) -> None:
        """`lefts` may be a function, called when first needed; then `ends` are left, last, start, stop."""
        self.text = text
        self._lefts = lefts
        self.right = right
        self.baseline = baseline
        self.face = face
        if ends is not None:
            self.left, self.last, self.start, self.stop = ends
            return
        places = self.lefts
        self.left, self.last = places[0], places[-1]
        self.start = (
            places[len(text) - len(text.lstrip())] if text[0].isspace() and text.strip() else places[0]
        )
        self.stop = places[len(text.rstrip())] if text[-1].isspace() else right

    @property
    def lefts(self) -> Sequence[float]:
        """The left end of each character; the right end of one is the left end of the next."""
        if callable(self._lefts):
            self._lefts = self._lefts()
        return self._lefts

    def part(self, start: int, end: int) -> Run:
        """The characters from one index to another, at least one."""
        lefts = self.lefts
        right = lefts[end] if end < len(lefts) else self.right
        return Run(self.text[start:end], lefts[start:end], right, self.baseline, self.face)

    def singles(self) -> list[Run]:
        """Each character as a run of its own."""
        return [self] if len(self.text) == 1 else [self.part(at, at + 1) for at in range(len(self.text))]

    def with_face(self, face: Face) -> Run:
        """The same characters in another face."""
        ends = (self.left, self.last, self.start, self.stop)
        return Run(self.text, self._lefts, self.right, self.baseline, face, ends)

    def reaching(self, right: float) -> Run:
        """The same characters, not all of them white space, that take up the room as far as a place."""
        ends = (self.left, self.last, self.start, right)
        return Run(self.text, self._lefts, right, self.baseline, self.face, ends)

    def until(self, right: float) -> Run:
        """The same characters, the last of which ends at a place."""
        return Run(self.text, self.lefts, right, self.baseline, self.face)

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
    instead: Literal["", "picture", "drawing"] = ""
    """What a page without text shows, that may hold text to a person's eye."""
    spaces: int = 0
    """Space glyphs that the page has."""
    gaps: int = 0
    """Places where letters or figures stand apart with no space glyph between them."""
    uncommon: Set[str] | None = None
    """Characters other than common ideographs, where they were told already; some may not be seen."""
    lacks_glyphs: bool = False
    """Characters may be missing: the file leaves a font to the machine, which has none for them."""
    is_recognised: bool = False
    """Its text lies unseen over a picture of the page: a program recognised it there (OCR)."""
    notes: Literal["", "read", "lost"] = ""
    """What became of words that stand over the page, as a note or as a field's value."""
    laid: int = 0
    """Quarter turns clockwise by which the page was turned to read it, beyond those that it is shown with."""


def as_shown(page: Page, box: Box) -> Box:
    """A box on a page that was turned to be read, as one on the page as it is shown."""
    x0, top, x1, bottom = box
    if page.laid == 1:
        return top, page.width - x1, bottom, page.width - x0
    if page.laid == 2:
        return page.width - x1, page.height - bottom, page.width - x0, page.height - top
    if page.laid == 3:
        return page.height - bottom, x0, page.height - top, x1
    return box


Furniture = Literal[
    "", "page-number", "running-head", "watermark", "stamp", "line-number", "scan", "unordered", "note"
]


class Row:
    """What stands at one height of a page: a line of text, a rule, or a row of a table.

    `runs` go from left to right; a rule has none, a table row has its own in `cells`, each a list of
    lines. `extent` is the left and right end without white space, from then on `x0` and `x1`.
    """

    bold = False
    """Every character is in bold type."""
    has_bold = False
    """Some characters are."""
    indent = 0.0
    """How far it stands in from the left edge, in characters of the body."""
    centred = False
    cells: Sequence[Sequence[Sequence[Run]]] = ()
    half = 0
    """Of a sheet with two pages, 1 for the left one and 2 for the right one."""
    column: tuple[float, float] | None = None
    """The left and right edge of the column, where lines stand in columns side by side."""

    def __init__(
        self,
        page: int,
        kind: LineKind,
        runs: Sequence[Run],
        *,
        baseline: float,
        extent: tuple[float, float] = (0.0, 0.0),
        furniture: Furniture = "",
    ) -> None:
        self.page = page
        self.kind: LineKind = kind
        self.runs = runs
        self.baseline = baseline
        self.x0, self.x1 = extent
        """The left end of the first character that is not white space, the right end of the last one."""
        self.furniture: Furniture = furniture
        self.content = runs[0].text if len(runs) == 1 else "".join([run.text for run in runs])
        """The characters."""
        self.text = self.content.strip()
        """The characters, without white space at the ends."""
        self.size = _tenths(runs[0].face.size) if len(runs) == 1 else prevailing_size(runs)
        self.order: tuple[float, int, float] = (baseline, 0, baseline)
        """Where it comes on its page: by height, those of a left column before those of a right one."""


def text_row(page: int, runs: Sequence[Run]) -> Row:
    """A line of text; the runs go from left to right and hold more than white space."""
    if len(runs) == 1:
        run = runs[0]
        return Row(page, "text", runs, baseline=run.baseline, extent=(run.start, run.stop))
    drawn = [run for run in runs if not run.text.isspace()]
    baseline = drawn[0].baseline
    if [run.baseline for run in drawn].count(baseline) != len(drawn):
        baseline = middle([run.baseline for run in drawn for _ in range(len(run.text))])
    return Row(page, "text", runs, baseline=baseline, extent=(drawn[0].start, drawn[-1].stop))


def middle(values: Iterable[float]) -> float:
    """The median, of an even number the upper one of the middle two."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def prevailing_size(runs: Sequence[Run]) -> float:
    """The size that most of the characters have, to a tenth of a point; 0 where there are none. Figures and
    Latin letters count only where nothing else stands: Word may set them in a size of their own.
    """
    if len({run.face.size for run in runs}) == 1:
        return _tenths(runs[0].face.size)
    sizes: dict[float, int] = {}
    for run in [run for run in runs if not run.text.isascii()] or runs:
        size = _tenths(run.face.size)
        sizes[size] = sizes.get(size, 0) + len(run.text)
    return max(sizes, key=lambda size: (sizes[size], size)) if sizes else 0.0


@lru_cache(256)
def _tenths(size: float) -> float:
    """A size to a tenth of a point; remembered, for a document has few and Python rounds in decimal."""
    return round(size, 1)
