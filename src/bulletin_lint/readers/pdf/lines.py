"""From the pages of a PDF to lines of text: pure geometry, no engine.

A line's place on the page says what begins a paragraph and what goes on from the line before.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from bulletin_lint.model.location import Box
from bulletin_lint.model.reading import Line
from bulletin_lint.readers.pdf.body_layout import BodyLayout, has_words
from bulletin_lint.readers.pdf.footnotes import mark_footnotes
from bulletin_lint.readers.pdf.furniture import mark_page_furniture
from bulletin_lint.readers.pdf.page import ASCENT, DESCENT, UNMAPPED, Face, Page, Row, Run, as_shown
from bulletin_lint.readers.pdf.places import PdfPlaces
from bulletin_lint.readers.pdf.rows import page_rows
from bulletin_lint.readers.pdf.spaced import are_spaced

_CANNOT_BEGIN = frozenset("，。、；：？！”’）》〉】」』〕％,.;:?!)]}%…—")
_CANNOT_END = frozenset("“‘（《〈【「『〔([{")
_SENTENCE_ENDS = frozenset("。！？；")
_PAUSES = frozenset("，、,")
_HANGING = _PAUSES | frozenset("：:-")
_CLOSED = _SENTENCE_ENDS | frozenset("：”’）》…:)")
_RAGGED, _RAGGED_PAUSE = 0.3, 0.6
"""The parts of a line's width that a line may leave empty and its paragraph go on."""
TITLE, CLOSE = 1.2, 1.8
"""Type so many times as large as the body's is a title's; its lines stand so many times its size apart."""
PARTED = 4.0
"""In ems: a wider gap in a line is none that justifying makes."""
_LEAST_REPEATED = 8
"""Characters of a line from which it is not by chance that the next page begins with it again."""
SCAN = "\ufffc"
"""Stands for the picture that a page is: U+FFFC OBJECT REPLACEMENT CHARACTER."""
_DOUBLE_RULE = 6.0
"""Points: two rules this close are one (a thick one over a thin one)."""


def arrange(pages: Sequence[Page]) -> tuple[str, tuple[Line, ...], PdfPlaces]:
    """The text of the pages with a line feed after each line, the lines, and where each character stands."""
    size = _body_size(pages)
    known = are_spaces_known(pages)
    is_spaced = are_spaced(pages)
    of_page = partial(page_rows, body_size=size, spaces_known=known, is_spaced=is_spaced)
    found = [of_page(page) for page in pages]
    number = next((_line_number(rows) for rows in found if _line_number(rows) is not None), None)
    if number is not None:
        # The last page may have too few for a column.
        found = [
            rows if _line_number(rows) else of_page(page, line_number=number)
            for page, rows in zip(pages, found, strict=True)
        ]
    rows = [row for each in found for row in each]
    rows = mark_page_furniture(pages, rows, size)
    mark_footnotes(pages, rows, size)
    if any(page.picture for page in pages):
        rows += [_scan_row(page.number, page.picture) for page in pages if page.picture is not None]
        rows.sort(key=lambda row: row.page)
    laid = {page.number: partial(as_shown, page) for page in pages if page.laid}
    writer = _Writer(BodyLayout(pages, rows, size), PdfPlaces(laid))
    for row in rows:
        writer.write(row)
    text = "".join(writer.parts).replace(UNMAPPED, "\ufffd")
    return text, tuple(writer.lines), writer.places


def _line_number(rows: Sequence[Row]) -> Run | None:
    """A line number of a page that has them."""
    return next((row.runs[0] for row in rows if row.furniture == "line-number"), None)


def _scan_row(page: int, picture: Box) -> Row:
    """A page that is a picture all over, as furniture: nothing on it can be read, and that is to be said."""
    x0, top, x1, bottom = picture
    height = bottom - top
    run = Run(SCAN, (x0,), x1, top + ASCENT * height, Face("", height))
    return Row(page, "furniture", [run], baseline=run.baseline, furniture="scan")


def are_spaces_known(pages: Sequence[Page]) -> bool:
    """Whether the file says where its author typed spaces.

    TeX draws none: it moves on, and sets Chinese and Latin apart in the same way whether a space was
    typed or not. A document with gaps and not one space glyph may be such a one.
    """
    return any(page.spaces for page in pages) or not any(page.gaps for page in pages)


def _body_size(pages: Sequence[Page]) -> float:
    """The font size of most of the text, to half a point; 1 where there is none. What stands in tables is
    left out, where there is anything else: a long one in small type is not what the others are set in.
    """
    return _prevailing([run for page in pages for run in _beside_tables(page)]) or (
        _prevailing([run for page in pages for run in page.runs]) or 1.0
    )


def _beside_tables(page: Page) -> Sequence[Run]:
    """The runs of a page that stand in none of its tables."""
    if not page.grids:
        return page.runs
    return [
        run
        for run in page.runs
        if not any(
            box[0] <= run.left <= box[2] and box[1] <= run.baseline <= box[3] + run.face.size
            for box in (grid.box for grid in page.grids)
        )
    ]


def _prevailing(runs: Sequence[Run]) -> float:
    """The size of most characters, to half a point; 0 where there are none."""
    lengths: dict[float, int] = {}
    for run in runs:
        size = run.face.size
        lengths[size] = lengths.get(size, 0) + len(run.text)
    sizes: dict[float, int] = {}
    for size, length in lengths.items():
        half = round(2 * size) / 2
        sizes[half] = sizes.get(half, 0) + length
    return max(sizes, key=lambda size: sizes[size], default=0.0)


class _Writer:
    """Writes rows into the text, and says of each how it stands to the one before."""

    def __init__(self, layout: BodyLayout, places: PdfPlaces) -> None:
        self.parts: list[str] = []
        self.lines: list[Line] = []
        self.places = places
        self._layout = layout
        self._previous: Row | None = None
        self._last = ""
        """The last character of the previous text line."""
        self._joined = False
        self._begun_at_edge = False
        """The paragraph under way begins without an indent."""
        self._gap = False
        self._rule: tuple[int, float] | None = None

    def write(self, row: Row) -> None:
        """Adds a row's characters to the text and its line to the lines."""
        if row.kind == "rule":
            self._write_rule(row)
            return
        if row.kind == "table":
            self._write_table(row)
        elif row.kind == "furniture":
            span = self._add(row.page, row.runs, row.content)
            self.lines.append(
                Line(
                    (span,),
                    kind="furniture",
                    furniture=row.furniture,
                    page=row.page,
                    size=row.size,
                    joins=False,
                    box=self.places.shown(row.page, _box(row)),
                    baseline=row.baseline,
                    font=_prevailing_font(row.runs),
                )
            )
        else:
            self._write_text(row)
        self._add_undrawn("\n")

    def _write_rule(self, row: Row) -> None:
        left, right = self._layout.left[row.page], self._layout.right[row.page]
        if row.x1 - row.x0 < 0.5 * (right - left):
            return
        if self._rule is None or self._rule[0] != row.page or row.baseline - self._rule[1] > _DOUBLE_RULE:
            self.lines.append(Line((), kind="rule", page=row.page, joins=False))
        self._rule = (row.page, row.baseline)
        self._gap = True
        self._previous = None

    def _write_text(self, row: Row) -> None:
        previous = self._previous
        gap = self._gap or (previous is not None and self._stands_apart(previous, row))
        # Some programs draw the line that a page's edge cuts on both pages; what it said once stands.
        is_repeat = previous is not None and previous.page != row.page and _is_repeated(previous, row)
        joins = is_repeat or (False if previous is None else self._joins(previous, row, gap=gap))
        if not joins:
            self._begun_at_edge = row.indent < 1
        span = self._add(row.page, row.runs, row.content)
        # By position, for there is one a line and naming them costs three times as much.
        self.lines.append(
            Line(
                (span,),
                "text",
                0,
                self._bold_spans(row) if row.has_bold else (),
                max(0, round(2 * row.indent)),
                gap,
                joins,
                row.page,
                row.size,
                row.centred,
                "",
                (),
                self.places.shown(row.page, _box(row)),
                row.baseline,
                _prevailing_font(row.runs),
            )
        )
        self._last = row.text[-1]
        if not is_repeat:
            self._previous = row
        self._joined = bool(joins)
        self._gap = False

    def _write_table(self, row: Row) -> None:
        cells: list[tuple[int, int]] = []
        for number, lines in enumerate(row.cells):
            if number:
                self._add_undrawn("\t")
            spans: list[tuple[int, int]] = []
            for runs in lines:
                if spans and self.parts[-1][-1:].isascii() and runs[0].text[0].isascii():
                    self._add_undrawn(" ")
                spans.append(self._add(row.page, runs, "".join([run.text for run in runs])))
            at = len(self.places)
            cells.append((spans[0][0], spans[-1][1]) if spans else (at, at))
        pieces = tuple(cell for cell in cells if cell[0] < cell[1])
        self.lines.append(
            Line(
                pieces,
                kind="table",
                page=row.page,
                joins=False,
                gap=self._gap,
                cells=tuple(cells),
                box=self._around(pieces),
            )
        )
        self._previous = None
        self._gap = False

    def _around(self, pieces: Sequence[tuple[int, int]]) -> Box | None:
        """The box round the characters of several stretches of the text."""
        boxes = [box.box for start, end in pieces for box in self.places.locate(start, end).boxes]
        if not boxes:
            return None
        left, top, right, bottom = zip(*boxes, strict=True)
        return (min(left), min(top), max(right), max(bottom))

    def _add(self, page: int, runs: Sequence[Run], text: str) -> tuple[int, int]:
        """Adds runs, whose text is given, as one row on the page; returns the span without white space at
        its ends.
        """
        start = self.places.add_row(page, runs, len(text))
        self.parts.append(text)
        return start + len(text) - len(text.lstrip()), start + len(text.rstrip())

    def _add_undrawn(self, character: str) -> None:
        self.parts.append(character)
        self.places.add_undrawn()

    def _bold_spans(self, row: Row) -> tuple[tuple[int, int], ...]:
        """The bold stretches of a row just added, as spans of the text.

        A space does not interrupt one, nor does a mark, whose ink may be too thin to tell.
        """
        spans: list[tuple[int, int]] = []
        runs_on = False
        start = len(self.places) - sum([len(run.text) for run in row.runs])
        for run in row.runs:
            end = start + len(run.text)
            is_bold = self._layout.is_bold(run.face)
            if is_bold or has_words(run.text):
                if is_bold:
                    first = start + len(run.text) - len(run.text.lstrip())
                    last = start + len(run.text.rstrip())
                    if runs_on:
                        spans[-1] = (spans[-1][0], last)
                    else:
                        spans.append((first, last))
                runs_on = is_bold
            start = end
        return tuple(spans)

    def _stands_apart(self, previous: Row, row: Row) -> bool:
        """Whether more than a line's distance parts two lines, or the end of a page."""
        if previous.page != row.page:
            return True
        step = row.baseline - previous.baseline
        if step <= self._layout.apart:
            return False
        largest = max(row.size, previous.size, self._layout.size) / self._layout.size
        return step > self._layout.apart * largest

    def _joins(self, previous: Row, row: Row, *, gap: bool) -> bool | None:
        """Whether a line goes on from the one before; None where its place does not say."""
        layout = self._layout
        # From one column to the next as from page to page.
        turned = previous.page != row.page or (
            None not in (previous.column, row.column) and _is_next(previous, row)
        )
        if abs(previous.size - row.size) > 0.04 * row.size or (gap and not turned):
            return False
        if previous.column != row.column and not turned:
            return False
        if _is_parted(previous) and not _is_cut(self._last, row.text[0]):
            return False
        left_edge, right_edge = previous.column or (layout.left[previous.page], layout.right[previous.page])
        room = right_edge - previous.x1
        # Had the first word of this line fitted there, the line before would not have ended.
        full = room < _first_word(row) + layout.size
        if row.centred:
            width = right_edge - left_edge
            wrapped = full or (
                previous.centred
                and (previous.x1 - previous.x0 > 0.5 * width or self._is_second_line(previous, row))
            )
            title = row.size > 1.1 * layout.size or (row.bold and previous.bold)
            return wrapped and title and not turned and self._last not in _SENTENCE_ENDS
        if row.indent >= 1:
            return full and self._hangs(previous, row)
        if not self._joined and previous.indent > 3.2:
            # An attribution at the right edge, a short centred line: no paragraph begins so far in.
            return False
        if full and self._begun_at_edge and self._last in _SENTENCE_ENDS and not layout.spaced:
            # Where neither indent nor distance marks paragraphs, a full line may well end one.
            return None
        # In a text with indents a line without one goes on from the line before, if that is fairly full.
        if full or not layout.indents or self._begun_at_edge:
            return full
        return room < 3 * layout.size or room < self._ragged(right_edge - left_edge)

    def _is_second_line(self, previous: Row, row: Row) -> bool:
        """Whether two lines in one large type stand as close as lines of one title do, however short."""
        return (
            row.size >= TITLE * self._layout.size
            and _prevailing_font(previous.runs) == _prevailing_font(row.runs)
            and row.baseline - previous.baseline <= CLOSE * row.size
        )

    def _ragged(self, width: float) -> float:
        """How much of a line that broke early may be empty, where the next one stands at the edge and what
        begins a paragraph does not: much behind a comma, some where no sentence has ended, else none.
        """
        if self._last in _PAUSES:
            return _RAGGED_PAUSE * width
        return 0.0 if self._last in _CLOSED else _RAGGED * width

    def _hangs(self, previous: Row, row: Row) -> bool:
        """Whether a line hangs below the words after a label that stands at the edge."""
        if previous.page != row.page or not self._begun_at_edge or previous.bold != row.bold:
            return False
        if self._joined:
            return abs(previous.x0 - row.x0) < 0.3 * row.size
        return self._last not in _SENTENCE_ENDS


def _is_parted(row: Row) -> bool:
    """Whether a gap of layout parts a line, as it does an office and its date: no line of prose."""
    return len(row.runs) > 2 and any(
        run.text == " " and run.right - run.left > PARTED * row.size for run in row.runs
    )


def _is_cut(last: str, first: str) -> bool:
    """Whether a field goes on in the next line: a number, or what stands behind its label or a pause."""
    return last in _HANGING or (last.isascii() and first.isascii())


def _is_next(previous: Row, row: Row) -> bool:
    """Whether a line stands at the top of the column right of the one where the line before stands."""
    return previous.column != row.column and row.baseline < previous.baseline


def _is_repeated(previous: Row, row: Row) -> bool:
    """Whether a page begins with the line that the one before ended with."""
    return len(row.text) >= _LEAST_REPEATED and row.text == previous.text


def _first_word(row: Row) -> float:
    """The width of what cannot be parted at the start of a line, by the usual widths of characters."""
    text = row.text
    if len(text) > 1 and text[0] > "\u2e7f" and text[1] not in _CANNOT_BEGIN and text[0] not in _CANNOT_END:
        # Most lines begin with an ideograph, which may be parted from the next.
        return row.size
    last = len(text) - 1
    index = 0
    while index < last and text[index] in _CANNOT_END:
        index += 1
    if _is_latin(text[index]):
        while index < last and _is_latin(text[index + 1]):
            index += 1
    while index < last and text[index + 1] in _CANNOT_BEGIN:
        index += 1
    narrow = sum(map(_is_latin, text[: index + 1]))
    return row.size * (index + 1 - narrow / 2)


def _is_latin(character: str) -> bool:
    return character.isascii() and not character.isspace()


def _box(row: Row) -> Box:
    size = row.size
    return (row.x0, row.baseline - ASCENT * size, row.x1, row.baseline + DESCENT * size)


def _prevailing_font(runs: Sequence[Run]) -> str:
    """The font of most characters."""
    if len(runs) == 1:
        return runs[0].face.font
    fonts: dict[str, int] = {}
    for run in runs:
        fonts[run.face.font] = fonts.get(run.face.font, 0) + len(run.text)
    return max(fonts, key=lambda font: fonts[font])
