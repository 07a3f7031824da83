"""Two pages on one sheet: an A3 sheet laid sideways that holds two A4 pages side by side."""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_lint.readers.pdf.page import Page, Row, Run

SIDEWAYS = 1.2
"""A sheet so many times as wide as it is high may hold two pages."""
GUTTER = 3.0
"""In ems of the body: the margins of two pages are wider."""
WIDE = 0.6
"""The part of its half's type that a line of prose fills."""
FEWEST = 3
"""So many lines of prose make a page, and no page beside it has fewer lines of any kind."""


def halves_of(page: Page, body_size: float) -> tuple[Page, Page] | None:
    """The two pages of a sheet, if nothing stands across its middle, there is prose on one side and more than
    a few words on the other.
    """
    if page.width < SIDEWAYS * page.height:
        return None
    centre = page.width / 2
    runs = [run for run in page.runs if run.text.strip() and not run.face.turned]
    if any(run.start < centre < run.stop for run in runs):
        return None
    if any(grid.box[0] < centre < grid.box[2] for grid in page.grids):
        return None
    left = [run for run in runs if run.stop <= centre]
    right = [run for run in runs if run.start >= centre]
    if not left or not right:
        return None
    end, begin = max(run.stop for run in left), min(run.start for run in right)
    if begin - end < GUTTER * body_size or not any(_has_prose(side, body_size) for side in (left, right)):
        return None
    # Of the last sheet one page may hold little; a few words beside a text are no page.
    if min(_heights(side, body_size) for side in (left, right)) < FEWEST:
        return None
    first, second = (
        page._replace(
            runs=[run for run in page.runs if (run.left < centre) == is_left],
            rulings=[ruling for ruling in page.rulings if ((ruling.x0 + ruling.x1) / 2 < centre) == is_left],
            grids=[grid for grid in page.grids if (grid.box[0] < centre) == is_left],
        )
        for is_left in (True, False)
    )
    return first, second


def _heights(side: Sequence[Run], body_size: float) -> int:
    """How many lines one half has."""
    return len({round(run.baseline / (0.5 * body_size)) for run in side})


def _has_prose(side: Sequence[Run], body_size: float) -> bool:
    """Whether several lines of one half are about as wide as its type."""
    spans: dict[int, list[float]] = {}
    for run in side:
        ends = spans.setdefault(round(run.baseline / (0.5 * body_size)), [run.start, run.stop])
        ends[0], ends[1] = min(ends[0], run.start), max(ends[1], run.stop)
    width = max(stop for _, stop in spans.values()) - min(start for start, _ in spans.values())
    return sum(stop - start >= WIDE * width for start, stop in spans.values()) >= FEWEST


def set_apart(rows: Sequence[Row], half: int, body_size: float) -> None:
    """Marks the rows of one half, whose edges are those of its text."""
    text = [row for row in rows if row.kind == "text"]
    body = [row for row in text if abs(row.size - body_size) < 0.6] or text
    for row in rows:
        row.half = half
        if row.kind == "text" and row.column is None and body:
            row.column = min(each.x0 for each in body), max(each.x1 for each in body)
