"""Rules, tables, dark grounds and pictures among the drawn objects of a page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulletin_lint._typing import Literal, NamedTuple
from bulletin_lint.model.location import Box
from bulletin_lint.readers.pdf.page import Grid, Ruling
from bulletin_lint.readers.pdf.page_frame import PageFrame
from bulletin_lint.readers.pdf.pdfium import IMAGE, PATH, DrawnShape, PdfiumPage
from bulletin_lint.readers.pdf.tables import TOLERANCE, Edge, find_grids

MOST_EDGES = 1000
"""Drawn lines on a page beyond which it is a drawing, and no table is looked for."""
THIN = 4.0
"""Points: what is thinner is a line."""
PAPER = 0.97
"""From this lightness on a line is not seen."""
DARK = 0.8
"""Up to this lightness a filled area is a ground on which white letters are seen."""
VERY_DARK = 0.4
"""Up to this lightness an area leaves dark letters over it in doubt."""
OPAQUE = 160
"""Of 255: from this opacity on an area may hide what is under it."""
WHOLE = 0.8
"""The part of a page that pictures cover where the page is a scan."""
LARGE = 0.25
"""The part of a page without text from which on pictures may hold what it says."""
MANY_SHAPES = 50
"""So many shapes on a page without text may be letters; a letterhead or a frame has fewer."""


class Drawings(NamedTuple):
    """What is drawn beside the text."""

    rulings: list[Ruling]
    grids: list[Grid]
    grounds: list[Box]
    """Dark areas and pictures."""
    pictures: list[Box]
    dark: list[Box]
    """Areas so dark that dark letters are not seen on them."""
    covers: list[tuple[Box, int]]
    """Filled areas and pictures that may hide what was drawn before them, each with its rank."""


def read_drawings(page: PdfiumPage, sheet: PageFrame, shapes: Sequence[DrawnShape]) -> Drawings:
    """Sorts drawn objects into rules, tables, grounds and pictures."""
    edges: list[Box] = []
    grounds: list[Box] = []
    pictures: list[Box] = []
    dark: list[Box] = []
    covers: list[tuple[Box, int]] = []
    for shape in shapes:
        if shape.kind == IMAGE:
            pictures.append(_within(sheet.box(shape.bounds), sheet))
            covers.append((pictures[-1], shape.rank))
        elif shape.kind == PATH:
            _sort_path(page, sheet, shape, edges, grounds)
            _sort_area(page, sheet, shape, dark, covers)
    grids = list(find_grids([_as_edge(box) for box in edges])) if len(edges) <= MOST_EDGES else []
    return Drawings(list(_rulings(edges, grids)), grids, grounds + pictures, pictures, dark, covers)


def shown_instead(
    sheet: PageFrame, drawings: Drawings, shapes: Sequence[DrawnShape]
) -> Literal["", "picture", "drawing"]:
    """What a page without text shows: a picture, or so many shapes that they may be letters."""
    covered = sum((box[2] - box[0]) * (box[3] - box[1]) for box in drawings.pictures)
    if covered >= LARGE * sheet.width * sheet.height and drawings.pictures:
        return "picture"
    return "drawing" if sum(shape.kind == PATH for shape in shapes) >= MANY_SHAPES else ""


def scan_of(sheet: PageFrame, pictures: Sequence[Box]) -> Box | None:
    """The picture that covers a page, as that of a scanned sheet does; None where none does."""
    whole = sheet.width * sheet.height
    # Some scanners cut a sheet into strips.
    covered = sum((box[2] - box[0]) * (box[3] - box[1]) for box in pictures)
    if not pictures or covered < WHOLE * whole:
        return None
    return (
        min(box[0] for box in pictures),
        min(box[1] for box in pictures),
        max(box[2] for box in pictures),
        max(box[3] for box in pictures),
    )


def _within(box: Box, sheet: PageFrame) -> Box:
    x0, top, x1, bottom = box
    return max(0.0, x0), max(0.0, top), min(sheet.width, x1), min(sheet.height, bottom)


def _sort_path(
    page: PdfiumPage, sheet: PageFrame, shape: DrawnShape, edges: list[Box], grounds: list[Box]
) -> None:
    filled, stroked = page.painting(shape.handle)
    if not filled and not stroked:
        return
    red, green, blue, opacity = page.colour(shape.handle, stroke=not filled)
    lightness = (0.299 * red + 0.587 * green + 0.114 * blue) / 255
    lightness += (1 - lightness) * (1 - opacity / 255)
    if lightness >= PAPER and not (filled and stroked):
        return
    box = sheet.box(shape.bounds)
    if filled and not _is_line(box):
        # A border may be drawn as a large area seen through a narrow clip.
        clip = page.clip(shape.handle)
        if clip is not None:
            box = _common(box, sheet.box(clip)) or box
    if _is_line(box):
        edges.append(box)
        return
    if filled and lightness <= DARK:
        grounds.append(box)
    if len(edges) > MOST_EDGES:
        return
    if stroked:
        edges.extend(_stroked_lines(page, sheet, shape))
    else:
        edges.extend(_filled_lines(page, sheet, shape))


def _sort_area(
    page: PdfiumPage, sheet: PageFrame, shape: DrawnShape, dark: list[Box], covers: list[tuple[Box, int]]
) -> None:
    """Sorts an area by what it may do to letters over it and under it."""
    box = sheet.box(shape.bounds)
    if _is_line(box) or not page.painting(shape.handle)[0]:
        return
    red, green, blue, opacity = page.colour(shape.handle, stroke=False)
    if opacity < OPAQUE:
        return
    covers.append((box, shape.rank))
    if (0.299 * red + 0.587 * green + 0.114 * blue) / 255 <= VERY_DARK:
        dark.append(box)


def _stroked_lines(page: PdfiumPage, sheet: PageFrame, shape: DrawnShape) -> Iterator[Box]:
    """The level and upright lines of an outline, with the line that closes it."""
    at = start = (0.0, 0.0)
    segments = page.corners(shape.handle)
    for index, (kind, x, y) in enumerate(segments):
        point = sheet.place(x, y)
        if kind == 2:
            start = point
        else:
            if kind == 0:
                yield from _line(at, point)
            if index + 1 == len(segments) or segments[index + 1][0] == 2:
                yield from _line(point, start)
        at = point


def _line(start: tuple[float, float], end: tuple[float, float]) -> Iterator[Box]:
    box = min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1])
    if _is_line(box):
        yield box


def _filled_lines(page: PdfiumPage, sheet: PageFrame, shape: DrawnShape) -> Iterator[Box]:
    """The thin parts of a filled path: a program may draw all borders of a table as one."""
    segments = page.corners(shape.handle)
    if len(segments) <= 5:
        return
    part: list[tuple[float, float]] = []
    for kind, x, y in (*segments, (2, 0.0, 0.0)):
        if kind == 2 and part:
            xs, ys = [place[0] for place in part], [place[1] for place in part]
            box = min(xs), min(ys), max(xs), max(ys)
            if _is_line(box):
                yield box
            part = []
        part.append(sheet.place(x, y))


def _is_line(box: Box) -> bool:
    width, height = box[2] - box[0], box[3] - box[1]
    return min(width, height) <= THIN and max(width, height) >= max(5.0, 3 * min(width, height))


def _as_edge(box: Box) -> Edge:
    x0, top, x1, bottom = box
    if bottom - top > x1 - x0:
        return Edge((x0 + x1) / 2, top, bottom, upright=True)
    return Edge((top + bottom) / 2, x0, x1)


def _common(first: Box, second: Box) -> Box | None:
    box = (
        max(first[0], second[0]),
        max(first[1], second[1]),
        min(first[2], second[2]),
        min(first[3], second[3]),
    )
    return box if box[0] < box[2] and box[1] < box[3] else None


def _rulings(edges: Sequence[Box], grids: Sequence[Grid]) -> Iterator[Ruling]:
    """The level lines that belong to no table, each once."""
    told: set[tuple[int, int, int]] = set()
    for x0, top, x1, bottom in edges:
        if x1 - x0 < 10 * (bottom - top):
            continue
        y = (top + bottom) / 2
        key = round(x0), round(x1), round(y)
        inside = any(
            grid.box[1] - TOLERANCE <= y <= grid.box[3] + TOLERANCE
            and grid.box[0] - TOLERANCE <= x0 <= grid.box[2]
            for grid in grids
        )
        if key not in told and not inside:
            told.add(key)
            yield Ruling(x0, x1, y)
