"""From a page's glyphs to rows: what is seen, which glyphs share a line, what is a table or a stamp.

No space is ever guessed between glyphs, except one for a gap so wide that it is layout: an office
at the left margin, its date at the right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from bulletin_lint.pdf_page import UNMAPPED, Glyph, Grid, Page, Row

WIDE_GAP = 2.0
"""In ems: a wider gap without a space glyph is layout and becomes one space."""
WHITE = 0.97
"""From this lightness on a character is not seen on paper."""
PALE = 0.6
"""From this lightness on large text is a watermark."""

# Characters that differ from what the author typed only by how a producer draws them. Radicals are
# not among them: the document model folds those, because a check of characters wants to see them.
_TYPED = str.maketrans(
    {
        **dict.fromkeys(map(chr, (*range(32), *range(127, 160))), "\ufffd"),
        **dict.fromkeys("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u2028\u2029\u00a0", " "),
        UNMAPPED: "\ufffd",
        "\u2011": "-",
        "\u2e3a": "——",
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
    }
)


def page_rows(page: Page, body_size: float) -> list[Row]:
    """A page's lines of text, rules and table rows from top to bottom; stamps and watermarks set aside.

    `body_size` is the size of the document's running text, in points.
    """
    level: list[Glyph] = []
    odd: list[Glyph] = []
    for glyph in _seen_once(page):
        watermark = glyph.turned or (glyph.shade >= PALE and glyph.size > 1.8 * body_size)
        (odd if watermark else level).append(glyph)
    rows: list[Row] = []
    for grid in page.grids:
        level = _take_table(page.number, grid, level, rows)
    lines, stamps = _without_stamps(_by_baseline(level))
    rows += [_text_row(page.number, _separated(line)) for line in lines]
    rows += [
        Row(page.number, "furniture", stamp, baseline=stamp[0].baseline, furniture="stamp")
        for stamp in stamps
    ]
    rows += [
        Row(
            page.number,
            "furniture",
            drawn,
            baseline=drawn[0].baseline,
            furniture="watermark" if drawn[0].shade > 0.3 or drawn[0].size > 1.8 * body_size else "stamp",
        )
        for drawn in _by_size(odd)
    ]
    rows += [
        Row(page.number, "rule", (), baseline=ruling.y, extent=(ruling.x0, ruling.x1))
        for ruling in page.rulings
    ]
    return sorted(rows, key=lambda row: row.baseline)


def _text_row(page: int, glyphs: list[Glyph]) -> Row:
    drawn = [glyph for glyph in glyphs if not glyph.text.isspace()]
    return Row(
        page,
        "text",
        glyphs,
        baseline=_middle(glyph.baseline for glyph in drawn),
        extent=(drawn[0].x0, max(glyph.x1 for glyph in drawn)),
    )


def _middle(values: Iterable[float]) -> float:
    """The median, of an even number the upper one of the middle two."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def _seen_once(page: Page) -> list[Glyph]:
    """The glyphs a reader sees: not white, not off the page, each once, characters folded."""
    kept: list[Glyph] = []
    places: dict[tuple[str, int, int], list[int]] = {}
    for glyph in page.glyphs:
        middle, height = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        if glyph.shade >= WHITE or not (0 <= middle <= page.width and 0 <= height <= page.height):
            continue
        text = glyph.text.translate(_TYPED)
        if text != glyph.text:
            glyph = glyph._replace(text=text)
        original = _original(glyph, kept, places)
        if original is not None:
            kept[original] = kept[original]._replace(doubled=True)
            continue
        places.setdefault((text, int(glyph.x0) // 4, int(glyph.baseline) // 4), []).append(len(kept))
        kept.append(glyph)
    return kept


def _original(glyph: Glyph, kept: list[Glyph], places: dict[tuple[str, int, int], list[int]]) -> int | None:
    """The index of an earlier glyph that this one was drawn over."""
    across = min(0.2 * glyph.size, 0.5 * (glyph.x1 - glyph.x0))
    column, row = int(glyph.x0) // 4, int(glyph.baseline) // 4
    for near_column in (column, column - 1, column + 1):
        for near_row in (row, row - 1, row + 1):
            for index in places.get((glyph.text, near_column, near_row), ()):
                other = kept[index]
                if (
                    abs(other.x0 - glyph.x0) <= across
                    and abs(other.baseline - glyph.baseline) <= 0.12 * glyph.size
                    and abs(other.size - glyph.size) < 0.5
                ):
                    return index
    return None


def _by_baseline(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Glyphs grouped into lines, each from left to right.

    Two glyphs share a line where their em boxes overlap by more than half of the smaller: a raised
    figure stays with its line, a small line below a large title stays apart.
    """
    lines: list[list[Glyph]] = []
    baseline = size = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.baseline):
        if lines:
            overlap = min(baseline + 0.12 * size, glyph.baseline + 0.12 * glyph.size) - max(
                baseline - 0.88 * size, glyph.baseline - 0.88 * glyph.size
            )
            if overlap > 0.5 * min(size, glyph.size):
                lines[-1].append(glyph)
                if glyph.size > size:
                    baseline, size = glyph.baseline, glyph.size
                continue
        lines.append([glyph])
        baseline, size = glyph.baseline, glyph.size
    return [
        sorted(line, key=lambda glyph: glyph.x0)
        for line in lines
        if not all(glyph.text.isspace() for glyph in line)
    ]


def _separated(line: list[Glyph]) -> list[Glyph]:
    """The line with one space in each gap that is wide and holds no space glyph."""
    gaps = [after.x0 - before.x1 for before, after in pairwise(line)]
    # Words that are letter-spaced throughout have no gap that means more than the others.
    usual = _middle(gaps) if len(gaps) > 2 else 0.0
    wide = max(WIDE_GAP * _middle(glyph.size for glyph in line), 3 * usual)
    if not gaps or max(gaps) <= wide:
        return line
    separated = [line[0]]
    for glyph, gap in zip(line[1:], gaps, strict=True):
        before = separated[-1]
        if gap > wide and not before.text.isspace() and not glyph.text.isspace():
            separated.append(before._replace(text=" ", x0=before.x1, x1=glyph.x0))
        separated.append(glyph)
    return separated


def _by_size(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Text that is not part of the lines, in the order it was drawn, parted where its look changes."""
    groups: list[list[Glyph]] = []
    for glyph in glyphs:
        last = groups[-1][-1] if groups else None
        if last is not None and last.turned == glyph.turned and abs(last.size - glyph.size) < 0.5:
            groups[-1].append(glyph)
        elif not glyph.text.isspace():
            groups.append([glyph])
    return groups


def _without_stamps(lines: list[list[Glyph]]) -> tuple[list[list[Glyph]], list[list[Glyph]]]:
    """The lines without vertical stamps, and the stamps, each from top to bottom.

    A stamp is four or more Chinese characters of one size stacked tighter than lines are, with
    nothing beside them.
    """
    lone = sorted(
        (glyph for line in lines for glyph in _lone(line) if "\u3400" <= glyph.text <= "\u9fff"),
        key=lambda glyph: (round(glyph.x0), glyph.baseline),
    )
    columns: list[list[Glyph]] = []
    for glyph in lone:
        above = columns[-1][-1] if columns else None
        if (
            above is not None
            and abs(above.x0 - glyph.x0) < 0.15 * glyph.size
            and abs(above.size - glyph.size) < 0.5
            and 0.8 * glyph.size < glyph.baseline - above.baseline < 1.35 * glyph.size
        ):
            columns[-1].append(glyph)
        else:
            columns.append([glyph])
    stamps = [column for column in columns if len(column) >= 4]
    stamped = {glyph for stamp in stamps for glyph in stamp}
    if not stamped:
        return lines, []
    left = [[glyph for glyph in line if glyph not in stamped] for line in lines]
    return [line for line in left if not all(glyph.text.isspace() for glyph in line)], stamps


def _lone(line: list[Glyph]) -> Iterator[Glyph]:
    """The glyphs of a line with nothing near on either side."""
    for index, glyph in enumerate(line):
        clear = 0.6 * glyph.size
        if (index == 0 or glyph.x0 - line[index - 1].x1 > clear) and (
            index + 1 == len(line) or line[index + 1].x0 - glyph.x1 > clear
        ):
            yield glyph


def _take_table(page: int, grid: Grid, glyphs: list[Glyph], rows: list[Row]) -> list[Glyph]:
    """Adds a table's rows; returns the glyphs that are not in it."""
    boxes = [
        (row, column, box) for row, cells in enumerate(grid.rows) for column, box in enumerate(cells) if box
    ]
    contents: dict[tuple[int, int], list[Glyph]] = {(row, column): [] for row, column, _ in boxes}
    outside: list[Glyph] = []
    for glyph in glyphs:
        middle, height = (glyph.x0 + glyph.x1) / 2, (glyph.top + glyph.bottom) / 2
        inside = grid.box[0] <= middle <= grid.box[2] and grid.box[1] <= height <= grid.box[3]
        for row, column, box in boxes if inside else ():
            if box[0] <= middle <= box[2] and box[1] <= height <= box[3]:
                contents[row, column].append(glyph)
                break
        else:
            outside.append(glyph)
    for number, cells in enumerate(grid.rows):
        found = [
            [_separated(line) for line in _by_baseline(contents[number, column])]
            for column, box in enumerate(cells)
            if box
        ]
        if any(found):
            top = min(box[1] for box in cells if box)
            rows.append(Row(page, "table", (), baseline=top, extent=(grid.box[0], grid.box[2]), cells=found))
    return outside
