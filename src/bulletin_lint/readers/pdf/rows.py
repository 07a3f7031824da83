"""From a page's runs to rows: which share a line, what is a column, a table or a stamp.

No space is ever guessed between characters, except one for a gap so wide that it is layout: an office
at the left margin, its date at the right.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from bulletin_lint._typing import Any
from bulletin_lint.readers.pdf.bands import Band, bands_of, parts_of
from bulletin_lint.readers.pdf.columns import by_column
from bulletin_lint.readers.pdf.labelled import LabelledRow, labelled_rows
from bulletin_lint.readers.pdf.line_numbers import without_line_numbers
from bulletin_lint.readers.pdf.page import ASCENT, DESCENT, Grid, Page, Row, Run, is_odd, middle, text_row
from bulletin_lint.readers.pdf.seals import with_seals_set_apart
from bulletin_lint.readers.pdf.sheets import halves_of, set_apart
from bulletin_lint.readers.pdf.side_by_side import zones_of
from bulletin_lint.readers.pdf.spaced import without_spaces
from bulletin_lint.readers.pdf.stretches import steps_of

WIDE_GAP = 2.0
"""In ems: a wider gap without a space glyph is layout and becomes one space."""
STANDING_OUT, NO_GAP, MOST_TIGHT = 0.8, 0.1, 4
"""The same in a line whose other characters, four for each gap, have none (the second): fields beside one
another."""
WORD_GAP = 0.15
"""In ems: a wider gap is a space in a document that draws none, between characters of one kind."""
SMALL = 0.6
"""Type smaller than this part of a line's is none of the line where it stands clear of it."""
RAISED, MOST_FIGURES = 0.7, 2
"""Of its line's size and in characters: a figure that calls a footnote is no larger, and no longer."""
TIGHT, LOOSE = 1.35, 2.6
"""In ems: the distance of a stamp's characters among lines, and beside the text."""


def page_rows(
    page: Page,
    body_size: float,
    *,
    spaces_known: bool = True,
    is_spaced: bool = False,
    line_number: Run | None = None,
) -> list[Row]:
    """A page's lines of text, rules and table rows from top to bottom; stamps and watermarks set aside.

    `body_size` is the size of the document's running text, in points. Where the document draws no
    spaces at all (`spaces_known` is False) a gap between two letters or two ideographs is taken for one.
    Where it has one after every character (`is_spaced`) they are left out. `line_number` is one of another
    page.
    """
    page = page._replace(runs=with_seals_set_apart(page.runs))
    halves = halves_of(page, body_size)
    if halves is not None:
        found: list[Row] = []
        for number, half in enumerate(halves, 1):
            own = page_rows(
                half._replace(width=0.0), body_size, spaces_known=spaces_known, is_spaced=is_spaced
            )
            set_apart(own, number, body_size)
            found += own
        return found
    options: dict[str, Any] = {
        "spaces_known": spaces_known,
        "is_spaced": is_spaced,
        "line_number": line_number,
    }
    steps = [] if page.is_recognised else steps_of(page.runs)
    labelled = labelled_rows(page, body_size, steps) if page.width and not page.is_recognised else []
    if labelled:
        taken = {id(run) for row in labelled for cell in row.cells for run in cell}
        rest = page._replace(runs=[run for run in page.runs if id(run) not in taken])
        tables = [_table_row(page.number, row) for row in labelled]
        return sorted(page_rows(rest, body_size, **options) + tables, key=attrgetter("order"))
    bands = bands_of(page, body_size) if page.width and not page.is_recognised else []
    zones = zones_of(page, body_size, steps) if not bands and not page.is_recognised else []
    bands += [Band(zone.top, zone.bottom, zone.gutter) for zone in zones if zone.gutter is not None]
    if bands:
        return _rows_in_columns(page, bands, body_size, options)
    level: list[Run] = []
    odd: list[Run] = []
    for run in page.runs:
        (odd if is_odd(run.face, body_size) else level).append(run)
    rows: list[Row] = []
    for grid in page.grids:
        level = _take_table(page.number, grid, level, rows)
    # After the tables, whose first column may count the rows.
    level, numbers = without_line_numbers(level, line_number)
    lines, stamps = _without_stamps(by_baseline(level))
    if is_spaced or page.is_recognised:
        lines = [without_spaces(line) for line in lines]
    text = [
        text_row(
            page.number,
            line
            if len(line) == 1
            else separated(line, spaces_known=spaces_known, is_tight=not page.is_recognised),
        )
        for line in lines
    ]
    # Columns need lines of several runs; between words that were recognised there are gaps anywhere.
    rows += text if page.is_recognised or all(len(line) == 1 for line in lines) else by_column(text)
    for row in rows if zones else ():
        # What would be read across is not read at all.
        if row.kind == "text" and any(zone.top < row.baseline < zone.bottom for zone in zones):
            row.kind, row.furniture = "furniture", "unordered"
    rows += _beside(page.number, stamps, odd, numbers, body_size)
    rows += [
        Row(page.number, "rule", (), baseline=ruling.y, extent=(ruling.x0, ruling.x1))
        for ruling in page.rulings
    ]
    return sorted(rows, key=attrgetter("order"))


def _beside(
    page: int, stamps: list[list[Run]], odd: list[Run], numbers: list[Run], body_size: float
) -> list[Row]:
    """What stands beside the text, as furniture: stamps, watermarks and type that is turned, line numbers."""
    rows: list[Row] = []
    rows += [Row(page, "furniture", stamp, baseline=stamp[0].baseline, furniture="stamp") for stamp in stamps]
    rows += [
        Row(
            page,
            "furniture",
            drawn,
            baseline=drawn[0].baseline,
            furniture=(
                "watermark" if drawn[0].face.shade > 0.3 or drawn[0].face.size > 1.8 * body_size else "stamp"
            ),
        )
        for drawn in _by_look(odd)
    ]
    rows += [
        Row(
            page,
            "furniture",
            [run],
            baseline=run.baseline,
            extent=(run.start, run.stop),
            furniture="line-number",
        )
        for run in numbers
    ]
    return rows


def _rows_in_columns(page: Page, bands: Sequence[Band], body_size: float, options: Any) -> list[Row]:
    """The rows of a page with bands in columns: of each band those of the left column, then of the right."""
    rest, parted = parts_of(page, bands)
    rows = page_rows(rest._replace(width=0.0), body_size, **options)
    for band, *sides in parted:
        for number, side in enumerate(sides):
            own = page_rows(side, body_size, **options)
            set_apart(own, 0, body_size)
            for row in own:
                row.order = (band.top, number, row.baseline)
            rows += own
    return sorted(rows, key=attrgetter("order"))


def by_baseline(runs: Sequence[Run]) -> list[list[Run]]:
    """Runs grouped into lines, each from left to right, characters drawn twice taken once.

    Two runs share a line where their em boxes overlap by more than half of the smaller: a raised
    figure stays with its line, a small line below a large title stays apart, and so does one beside it.
    """
    lines: list[list[Run]] = []
    baseline = size = 0.0
    for run in sorted(runs, key=attrgetter("baseline")):
        own = run.face.size
        # Most lines lie clear of the one above, and no more need be asked.
        if lines and run.baseline - ASCENT * own < baseline + DESCENT * size:
            overlap = min(baseline + DESCENT * size, run.baseline + DESCENT * own) - max(
                baseline - ASCENT * size, run.baseline - ASCENT * own
            )
            if overlap > 0.5 * min(size, own):
                lines[-1].append(run)
                if own > size:
                    baseline, size = run.baseline, own
                continue
        lines.append([run])
        baseline, size = run.baseline, own
    if any(map(_sizes_differ, [line for line in lines if len(line) > 1])):
        lines = [part for line in lines for part in _by_size(line)]
    if any(map(str.isdecimal, [line[0].text.strip() for line in lines if len(line) == 1])):
        lines = _with_raised_figures(lines)
    return [
        line if len(line) == 1 else _in_order(line)
        for line in lines
        if not (line[0].text.isspace() and all(run.text.isspace() for run in line))
    ]


def _with_raised_figures(lines: list[list[Run]]) -> list[list[Run]]:
    """The lines, with small figures that stand by themselves above a gap of a line put into it: they call
    footnotes, and some fonts raise them too far.
    """
    kept: list[list[Run]] = []
    for index, line in enumerate(lines):
        figure = line[0]
        home = None
        if len(line) == 1 and figure.text.strip().isdecimal() and len(figure.text) <= MOST_FIGURES:
            near = (other for other in lines[max(0, index - 1) : index + 2] if other is not line)
            home = next((other for other in near if _has_gap_for(other, figure)), None)
        if home is None:
            kept.append(line)
        else:
            home.append(figure)
    return kept


def _has_gap_for(line: Sequence[Run], figure: Run) -> bool:
    """Whether a line in larger type, not far from a figure, is open where the figure stands."""
    size = max(run.face.size for run in line)
    if figure.face.size > RAISED * size or abs(line[0].baseline - figure.baseline) > size:
        return False
    near = 0.15 * size
    before = max((run.right for run in line if run.left < figure.left), default=0.0)
    after = min((run.left for run in line if run.left >= figure.left), default=0.0)
    return bool(before and after) and -near <= figure.left - before <= near and after - figure.right >= -near


def _sizes_differ(line: Sequence[Run]) -> bool:
    sizes = [run.face.size for run in line]
    return min(sizes) < SMALL * max(sizes)


def _by_size(line: list[Run]) -> list[list[Run]]:
    """A line in large type, and by themselves the lines of small type that stand clear of it on its left, on
    its right or higher or lower than half of it: a stamp, what is written beside a title.
    """
    if not _sizes_differ(line):
        return [line]
    largest = max(run.face.size for run in line)
    small = [run for run in line if run.face.size < SMALL * largest]
    large = [run for run in line if run.face.size >= SMALL * largest]
    left, right = min(run.left for run in large), max(run.right for run in large)
    height = middle([run.baseline for run in large])
    aside: list[list[Run]] = []
    for run in small:
        size = run.face.size
        is_beside = run.left > right + size or run.right < left - size
        if not is_beside and abs(run.baseline - height) <= 0.5 * largest:
            large.append(run)
        elif aside and run.baseline - aside[-1][0].baseline < 0.5 * size:
            aside[-1].append(run)
        else:
            aside.append([run])
    return sorted([large, *aside], key=lambda part: part[0].baseline)


def _in_order(line: list[Run]) -> list[Run]:
    """The runs of one line from left to right; where they lie over one another, character by character."""
    line.sort(key=attrgetter("left"))
    if all(after.left > before.last + 0.05 * before.face.size for before, after in pairwise(line)):
        return line
    kept = _once([single for run in line for single in run.singles()])
    # “ ” and the space between them may be one object: none is as wide as the words that another sets within.
    return [
        run.until(after.left) if run.right > after.right else run for run, after in pairwise(kept)
    ] + kept[-1:]


def _once(singles: list[Run]) -> list[Run]:
    """Single characters from left to right, those drawn a second time on the same spot left out."""
    singles.sort(key=lambda run: run.left)
    kept: list[Run] = []
    for run in singles:
        index = _original(run, kept)
        if index is None:
            kept.append(run)
        else:
            kept[index] = kept[index].with_face(kept[index].face._replace(heavy=True))
    return kept


def _original(run: Run, kept: Sequence[Run]) -> int | None:
    """The index of a character, among those to its left, that this one was drawn over."""
    across = min(0.2 * run.face.size, 0.5 * (run.right - run.left))
    for index in range(len(kept) - 1, -1, -1):
        other = kept[index]
        if other.left < run.left - across:
            return None
        if (
            other.text == run.text
            and abs(other.baseline - run.baseline) <= 0.12 * run.face.size
            and abs(other.face.size - run.face.size) < 0.5
        ):
            return index
    return None


def separated(line: list[Run], *, spaces_known: bool = True, is_tight: bool = True) -> list[Run]:
    """The line with one space in each gap that is wide and holds no space glyph. Where the places of
    characters are not sure (`is_tight` is False) only a very wide one is.
    """
    if len(line) == 1:
        return line
    gaps = [after.left - before.right for before, after in pairwise(line)]
    if max(gaps) <= 0.1 * line[0].face.size:
        return line
    inner = sum(len(run.text) - 1 for run in line)
    # Words that are letter-spaced throughout have no gap that means more than the others.
    usual = middle(gaps) if len(gaps) > 1 and len(gaps) > inner else 0.0
    size = middle([run.face.size for run in line])
    tight = inner + sum(gap <= NO_GAP * size for gap in gaps)
    stands_out = is_tight and tight >= MOST_TIGHT * sum(gap > NO_GAP * size for gap in gaps)
    wide = max((STANDING_OUT if stands_out else WIDE_GAP) * size, 3 * usual)
    result = [line[0]]
    for run, gap in zip(line[1:], gaps, strict=True):
        before = result[-1]
        is_space = gap > wide or (
            not spaces_known
            and gap > max(WORD_GAP * run.face.size, 3 * usual)
            and _are_alike(before.text[-1], run.text[0])
        )
        if is_space and not before.text[-1].isspace() and not run.text[0].isspace():
            result.append(Run(" ", (before.right,), run.left, before.baseline, before.face))
        result.append(run)
    return result


def _are_alike(before: str, after: str) -> bool:
    """Whether both characters are Latin letters or both are ideographs: no program sets those apart."""
    if before.isascii() and after.isascii():
        return before.isalpha() and after.isalpha()
    return "\u3400" <= before <= "\u9fff" and "\u3400" <= after <= "\u9fff"


def _by_look(runs: Sequence[Run]) -> list[list[Run]]:
    """Text that is not part of the lines, in the order it was drawn, parted where its look changes."""
    groups: list[list[Run]] = []
    for run in runs:
        last = groups[-1][-1].face if groups else None
        if last is not None and last.turned == run.face.turned and abs(last.size - run.face.size) < 0.5:
            groups[-1].append(run)
        elif not run.text.isspace():
            groups.append([run])
    return groups


def _without_stamps(lines: list[list[Run]]) -> tuple[list[list[Run]], list[list[Run]]]:
    """The lines without vertical stamps, and the stamps, each from top to bottom.

    A stamp is four or more Chinese characters of one size one below the other with nothing beside
    them: stacked tighter than lines are, or evenly and beside the text's own width.
    """
    if 1 not in [len(run.text) for line in lines for run in line]:
        return lines, []
    lone = [run for line in lines for run in _lone(line)]
    if len(lone) < 4:
        return lines, []
    known = {id(run) for run in lone}
    text = [run for line in lines for run in line if id(run) not in known]
    left, right = min((run.left for run in text), default=0.0), max((run.right for run in text), default=0.0)
    lone.sort(key=lambda run: (round(run.left), run.baseline))
    columns: list[list[Run]] = []
    for run in lone:
        above = columns[-1][-1] if columns else None
        size = run.face.size
        beside = run.left >= right - 0.1 * size or run.right <= left + 0.1 * size
        if (
            above is not None
            and abs(above.left - run.left) < 0.15 * size
            and abs(above.face.size - size) < 0.5
            and 0.8 * size < run.baseline - above.baseline < (LOOSE if beside else TIGHT) * size
        ):
            columns[-1].append(run)
        else:
            columns.append([run])
    stamps = [column for column in columns if len(column) >= 4 and _is_even(column)]
    if not stamps:
        return lines, []
    stamped = {id(run) for stamp in stamps for run in stamp}
    left_over = [[run for run in line if id(run) not in stamped] for line in lines]
    return [line for line in left_over if not all(run.text.isspace() for run in line)], stamps


def _is_even(column: Sequence[Run]) -> bool:
    """Whether characters one below the other stand at one distance."""
    steps = [below.baseline - above.baseline for above, below in pairwise(column)]
    return max(steps) - min(steps) < 0.1 * column[0].face.size


def _lone(line: list[Run]) -> Iterator[Run]:
    """The Chinese characters of a line with nothing near on either side."""
    for index, run in enumerate(line):
        if len(run.text) == 1 and "\u3400" <= run.text <= "\u9fff":
            clear = 0.6 * run.face.size
            if (index == 0 or run.left - line[index - 1].right > clear) and (
                index + 1 == len(line) or line[index + 1].left - run.right > clear
            ):
                yield run


def _table_row(page: int, row: LabelledRow) -> Row:
    """A row of a table without lines."""
    runs = [run for cell in row.cells for run in cell]
    extent = min(run.start for run in runs), max(run.stop for run in runs)
    found = Row(page, "table", (), baseline=row.top, extent=extent)
    found.cells = [[separated(line) for line in by_baseline(cell)] for cell in row.cells]
    return found


def _take_table(page: int, grid: Grid, runs: list[Run], rows: list[Row]) -> list[Run]:
    """Adds a table's rows; returns what is not in it."""
    boxes = [
        (row, column, box) for row, cells in enumerate(grid.rows) for column, box in enumerate(cells) if box
    ]
    contents: dict[tuple[int, int], list[Run]] = {(row, column): [] for row, column, _ in boxes}
    outside: list[Run] = []
    for run in runs:
        height = run.baseline - (ASCENT - DESCENT) / 2 * run.face.size
        if run.right < grid.box[0] or run.left > grid.box[2] or not grid.box[1] <= height <= grid.box[3]:
            outside.append(run)
            continue
        level = [cell for cell in boxes if cell[2][1] <= height <= cell[2][3]]
        whole = [(row, column) for row, column, box in level if box[0] <= run.left and run.right <= box[2]]
        if whole:
            contents[whole[0]].append(run)
            continue
        # A program may draw several cells as one run.
        for single in run.singles():
            across = (single.left + single.right) / 2
            for row, column, box in level:
                if box[0] <= across <= box[2]:
                    contents[row, column].append(single)
                    break
            else:
                outside.append(single)
    for number, cells in enumerate(grid.rows):
        found = [
            [separated(line) for line in by_baseline(contents[number, column])]
            for column, box in enumerate(cells)
            if box
        ]
        if any(found):
            top = min(box[1] for box in cells if box)
            line = Row(page, "table", (), baseline=top, extent=(grid.box[0], grid.box[2]))
            line.cells = found
            rows.append(line)
    return outside
