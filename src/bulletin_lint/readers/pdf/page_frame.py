"""How a page is shown: where the coordinates go that a PDF stores."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bulletin_lint._typing import NamedTuple
from bulletin_lint.model.location import Box

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.readers.pdf.pdfium import Columns, PdfiumPage
    from bulletin_lint.readers.pdf.pdfium_fonts import Style


class PageFrame(NamedTuple):
    """The visible part of a page as it is shown: where stored coordinates go."""

    width: float
    height: float
    place: Callable[[float, float], tuple[float, float]]
    """A stored point as one counted from the top left corner."""
    quarter_turns: int

    def box(self, bounds: Sequence[float]) -> Box:
        """Stored bounds (left, bottom, right, top) as a box."""
        left, bottom, right, top = bounds
        x, y = self.place(left, bottom)
        u, v = self.place(right, top)
        return (x if x < u else u, y if y < v else v, u if x < u else x, v if y < v else y)


def frame_of(page: PdfiumPage, quarter_turns: int | None = None) -> PageFrame:
    """How a page is shown: cropped and turned; or turned so often clockwise, as one would to read it."""
    left, bottom, right, top = page.box
    turns = page.quarter_turns if quarter_turns is None else quarter_turns
    width, height = right - left, top - bottom
    if turns == 1:
        return PageFrame(height, width, lambda x, y: (y - bottom, x - left), 1)
    if turns == 2:
        return PageFrame(width, height, lambda x, y: (right - x, y - bottom), 2)
    if turns == 3:
        return PageFrame(height, width, lambda x, y: (top - y, right - x), 3)
    return PageFrame(width, height, lambda x, y: (x - left, top - y), 0)


def reading_direction(page: PdfiumPage, columns: Columns) -> int:
    """The quarter turns clockwise of the stored page that make most of its text level."""
    turns, _ = page.styled(columns.starts, columns.drawn, _turns_to_level)
    ends = [*columns.starts[1:], len(columns.text)]
    lengths: dict[int, int] = {}
    for quarters, start, end in zip(turns, columns.starts, ends, strict=True):
        lengths[quarters] = lengths.get(quarters, 0) + end - start
    return max(lengths, key=lambda quarters: lengths[quarters], default=page.quarter_turns)


def _turns_to_level(style: Style) -> int:
    if abs(style.across) >= abs(style.slope):
        return 0 if style.across >= 0 else 2
    return 1 if style.slope > 0 else 3
