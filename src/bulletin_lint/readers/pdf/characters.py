"""From PDFium's characters to runs: which spaces are glyphs, what is seen, what is drawn twice.

PDFium puts a space wherever characters stand apart, and leaves out space glyphs that it finds
superfluous. What an author typed is told by whether a space glyph was drawn, never by how wide a gap
is: justification, the quarter em that programs set between Chinese and Latin, and kerning all make
gaps. A space stands for a glyph where PDFium did not put it in; where an object that draws nothing
stands in the gap; and where part of a kern is left over that only a glyph's advance explains.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence, Set
from functools import cache, lru_cache, partial
from itertools import islice
from operator import lt

from bulletin_lint._typing import NamedTuple
from bulletin_lint.matching.patterns import compiled
from bulletin_lint.readers.pdf.drawings import Drawings
from bulletin_lint.readers.pdf.heavy_copies import marked_heavy
from bulletin_lint.readers.pdf.narrow_forms import narrow_forms
from bulletin_lint.readers.pdf.origins import Origins, between, shifts_of, turns_of
from bulletin_lint.readers.pdf.page import ASCENT, DESCENT, UNMAPPED, Face, Run
from bulletin_lint.readers.pdf.page_frame import PageFrame
from bulletin_lint.readers.pdf.pdfium import (
    FILLED_AND_STROKED,
    INVISIBLE,
    LINE_END_HYPHENS,
    UNSEEN_MODES,
    Columns,
    DrawnShape,
    PdfiumPage,
)
from bulletin_lint.readers.pdf.pdfium_fonts import Style
from bulletin_lint.readers.pdf.pdfium_library import pointer
from bulletin_lint.readers.pdf.seen import WHITE, Drawn, seen_on, seen_runs
from bulletin_lint.readers.pdf.typed import UNTYPED, as_typed

OUTER = 0.15
"""The part of a page's height, above and below, where a program may draw a line that the next page
shows, clipped away."""
LEAST_SEEN = 0.35
"""The part of a line's height that must show through its clip."""
IDEOGRAPHIC = 0.06
"""Ems by which the advance of a lone space glyph may differ from one em to be an ideographic space."""

_BLANK = compiled(" |[\r\n]+")


@cache
def common_ideographs() -> frozenset[str]:
    """The 3,755 ideographs of level 1 of GB 2312: nearly all that a bulletin is written in."""
    # Decoded at once: one by one they take as long as reading a page.
    rows, cells = bytes(range(0xB0, 0xD8)), bytes(range(0xA1, 0xFF))
    codes = bytearray(2 * len(rows) * len(cells))
    codes[0::2] = b"".join(bytes((row,)) * len(cells) for row in rows)
    codes[1::2] = cells * len(rows)
    # The last row ends five cells early.
    return frozenset(codes[:-10].decode("gb2312"))


class PageText(NamedTuple):
    """The visible text of a page."""

    runs: list[Run]
    spaces: int
    """Space glyphs."""
    gaps: int
    """Boundaries of a letter or figure that stand apart without a space glyph."""
    uncommon: Set[str]
    """The characters that are no common ideographs, and maybe some that are not seen."""
    is_recognised: bool = False
    """What is drawn invisibly over a picture of the page was taken."""


def read_characters(
    page: PdfiumPage,
    sheet: PageFrame,
    columns: Columns,
    unseen: Sequence[DrawnShape],
    drawings: Drawings,
    origins: Origins,
    *,
    is_scan: bool = False,
) -> PageText:
    """The text of a page as runs.

    `unseen` are the text objects that draw none of the characters. On a scan, text that is drawn invisibly is
    what OCR read there, and is taken.
    """
    builder = _Builder(page, sheet, columns, unseen, origins, has_codes=is_scan)
    builder.build()
    middle = (ASCENT - DESCENT) / 2
    shown = builder.runs
    if not is_scan:
        # Of a scan nobody knows whether what lies under the picture is what it shows.
        shown = seen_runs(builder.drawn, sheet, drawings, page)
    runs = [
        run
        for run in shown
        if 0 <= run.baseline - middle * run.face.size <= sheet.height
        and 0 <= run.left + run.right <= 2 * sheet.width
    ]
    copies = [sheet.box(shape.bounds) for shape in unseen if _has_extent(shape)]
    if copies:
        runs = marked_heavy(runs, copies)
    if any(face.shade >= WHITE for face in builder.looks):
        runs = list(seen_on(runs, drawings.grounds, builder.hidden if is_scan else frozenset()))
    is_recognised = is_scan and bool(builder.hidden)
    return PageText(runs, builder.spaces, builder.gaps, builder.uncommon, is_recognised)


class _Builder:
    """Cuts a page's characters into runs: where PDFium ends a line, at gaps, and where the look changes."""

    def __init__(
        self,
        page: PdfiumPage,
        sheet: PageFrame,
        columns: Columns,
        unseen: Sequence[DrawnShape],
        origins: Origins,
        *,
        has_codes: bool,
    ) -> None:
        self._page = page
        self._sheet = sheet
        self._text = columns.text
        self._objects = columns.objects
        self._unseen = unseen
        self._origins = origins
        self._left, _, _, self._top = page.box
        self._is_upright = sheet.quarter_turns == 0
        self._inner = OUTER * sheet.height, (1 - OUTER) * sheet.height
        self._starts = columns.starts
        self._known: dict[Face, Face] = {}
        self._hidden: set[Face] = set()
        self._faces: list[Face]
        """The face of each object."""
        self._beginnings: list[tuple[float, float]]
        """Where each object begins, as stored."""
        self._faces, self._beginnings = page.styled(columns.starts, columns.drawn, self._face)
        self._turns = turns_of(self._faces, self._beginnings)
        page.shifts = shifts_of(page, columns.starts, self._beginnings, len(columns.text))
        self.uncommon = frozenset(self._text) - common_ideographs()
        """The characters that are no common ideographs, whether they are seen or not."""
        if not (has_codes and self._hidden):
            # Programs that recognise characters write a font that draws nothing, whose codes are the
            # characters', and a map of a length that PDFium does not take.
            self._unmap()
        self._is_typed = self.uncommon.isdisjoint(UNTYPED)
        self.runs: list[Run] = []
        self._stretches: list[tuple[int, int]] = []
        """Where the characters of each run are."""
        self.spaces = 0
        self.gaps = 0
        self.hidden = frozenset(self._hidden)
        self.looks = frozenset(self._known)
        """Every face of the page."""
        self._unclipped: frozenset[int] = frozenset()
        """Text objects that are known to be drawn through no clip."""

    def _face(self, style: Style) -> Face:
        """The face of a style: one for all that look alike."""
        face = _face(style, self._sheet.quarter_turns)
        face = self._known.setdefault(face, face)
        if style.mode == INVISIBLE:
            self._hidden.add(face)
        return face

    def _unmap(self) -> None:
        """Marks the characters that a font maps to none, for which PDFium gives codes or, at a line's end, a
        hyphen; of full-width forms drawn narrow makes others.
        """
        lost = narrow_forms(self._page, self._text, self.uncommon, self._face_at)
        lost.update(dict.fromkeys(self._page.unmapped(self._text, self.uncommon), UNMAPPED))
        if not self.uncommon.isdisjoint(LINE_END_HYPHENS):
            lost.update(dict.fromkeys(self._page.hyphens(self._text), "-"))
        if lost:
            marked = list(self._text)
            for index, mark in lost.items():
                marked[index] = mark
            self._text = "".join(marked)

    def build(self) -> None:
        """Fills `runs`."""
        text = self._text
        blanks = [found.span() for found in _BLANK.finditer(text)]
        spaces = [start for start, _ in blanks if text[start] == " "]
        put_in = [space for space, is_put in zip(spaces, self._page.generated(spaces), strict=True) if is_put]
        gaps = set(put_in).difference(self._glyphs(put_in)) if put_in else ()
        stretches: list[tuple[int, int]] = []
        at = 0
        for index, after in blanks:
            if text[index] == " ":
                if index not in gaps:
                    self.spaces += 1
                    continue
                self._note_gap(index)
            if index > at:
                stretches.append((at, index))
            at = after
        if at < len(text):
            stretches.append((at, len(text)))
        if not stretches:
            return
        # The ends of all at once, for a call costs as much as the work on what it gives.
        ends = [index for start, end in stretches for index in (start, end - 1)]
        places = self._placed(*self._page.origins(ends))
        self._unclipped = self._page.unclipped([self._objects[start] for start, _ in stretches])
        for (start, end), first, last in zip(stretches, places[::2], places[1::2], strict=True):
            self._add(start, end, first, last[0])

    @property
    def drawn(self) -> list[Drawn]:
        """The runs, each with what tells the text objects that draw it."""
        return [
            Drawn(run, partial(self._handles, *stretch))
            for run, stretch in zip(self.runs, self._stretches, strict=True)
        ]

    def _handles(self, start: int, end: int) -> frozenset[int]:
        return frozenset(handle for handle in self._objects[start:end] if handle)

    def _glyphs(self, spaces: list[int]) -> Iterator[int]:
        """Of spaces that PDFium put in those that stand for a glyph that was drawn."""
        text, last = self._text, len(self._text) - 1
        spaces = [index for index in spaces if 0 < index < last and text[index + 1] not in " \r\n"]
        kerned = [index for index in spaces if self._objects[index] is not None]
        # The places of all at once, for a call costs as much as the work on what it gives.
        places = self._placed(*self._page.origins([at for index in kerned for at in (index, index + 1)]))
        far: list[tuple[float, float]] = []
        for index, (left, height), (right, _) in zip(kerned, places[::2], places[1::2], strict=True):
            # A space is put after the kern, so any advance that is left is the glyph's.
            if right - left > 0.01:
                yield index
            elif self._objects[index + 1] != self._objects[index]:
                # Behind a kern at an object's end nothing but a glyph can be meant, set between the
                # characters of another: “ ” and a space by one font, the words within by another.
                far.append((left, height))
        yield from self._lone_glyphs([index for index in spaces if self._objects[index] is None], far)

    def _lone_glyphs(self, spaces: list[int], far: Sequence[tuple[float, float]]) -> Iterator[int]:
        """Of spaces put in between objects those where an object stands that draws nothing else, or a glyph
        of an object that stands elsewhere.
        """
        spaces = [index for index in spaces if self._objects[index - 1] is not None]
        lone = self._lone_spaces(far) if spaces else {}
        if not lone:
            return
        places = self._placed(*self._page.origins([at for index in spaces for at in (index - 1, index + 1)]))
        for index, (before, height), (after, _) in zip(spaces, places[::2], places[1::2], strict=True):
            place = between(lone, before, after, height)
            if place is None:
                continue
            face = self._face_at(index - 1)
            right = min(self._last(index - 1, before, face, is_alone=True)[1], after)
            self._origins.inserted[index] = right
            # PDFium gives a lone ideographic space as a plain one; its advance tells. Where it does not
            # begin at once, the room is that of something else: of the cells of a grid, say.
            slack = IDEOGRAPHIC * face.size
            if abs(after - right - face.size) <= slack and place - right <= slack:
                self._text = f"{self._text[:index]}\u3000{self._text[index + 1 :]}"
            yield index

    def _face_at(self, index: int) -> Face:
        return self._faces[bisect_right(self._starts, index) - 1]

    def _place(self, index: int) -> tuple[float, float]:
        """Where a character begins, on the sheet."""
        x, y = self._page.origin(index)
        if self._is_upright:
            return x - self._left, self._top - y
        return self._sheet.place(x, y)

    def _placed(self, xs: list[float], ys: list[float]) -> list[tuple[float, float]]:
        """Stored points as points on the sheet."""
        if self._is_upright:
            left, top = self._left, self._top
            return [(x - left, top - y) for x, y in zip(xs, ys, strict=True)]
        return list(map(self._sheet.place, xs, ys))

    def _add(self, start: int, end: int, place: tuple[float, float], last: float) -> None:
        """Adds the characters between two breaks, as one run where they all look alike.

        `place` is where the first of them begins, `last` where the last one does.
        """
        while self._objects[start] is None:
            # A space at the very start goes with nothing.
            start += 1
            if start == end:
                return
            place = self._place(start)
        first = bisect_right(self._starts, start) - 1
        number = bisect_right(self._starts, end - 1, first) - 1
        face = self._faces[first]
        if face.turned or (first != number and not self._is_one(first, number, face)):
            self._add_piecewise(start, end, first, number)
        else:
            self._emit(start, end, face, place, last)

    def _is_one(self, first: int, last: int, face: Face) -> bool:
        """Whether objects are set alike, on one baseline, each to the right of the one before."""
        if self._is_upright:
            turn = bisect_right(self._turns, first)
            if turn == len(self._turns) or self._turns[turn] > last:
                return True
        faces = self._faces[first : last + 1]
        if faces.count(face) != len(faces):
            return False
        places = self._beginnings[first : last + 1]
        if self._sheet.quarter_turns:
            places = [self._sheet.place(*place) for place in places]
        heights = [y for _, y in places]
        return max(heights) - min(heights) < 0.02 * face.size and all(
            map(lt, places, islice(places, 1, None))
        )

    def _add_piecewise(self, start: int, end: int, first: int, last: int) -> None:
        """Adds characters of several looks or heights: those that follow one another and agree together."""
        places = self._placed(*self._page.origins(range(start, end)))
        begin = start
        face = self._faces[first]
        for number in range(first, last + 1):
            low = max(start, self._starts[number])
            high = min(end, self._starts[number + 1] if number < last else end)
            own = self._faces[number]
            for index in range(low, high):
                x, y = places[index - start]
                apart = index > begin and (
                    own is not face
                    or own.turned
                    or abs(y - places[begin - start][1]) > 0.02 * own.size
                    # A ligature's characters share a place; what goes back is drawn over something.
                    or x < places[index - 1 - start][0]
                )
                if apart:
                    self._emit(begin, index, face, places[begin - start], places[index - 1 - start][0])
                if apart or index == begin:
                    begin, face = index, own
        if begin < end:
            self._emit(begin, end, face, places[begin - start], places[-1][0])

    def _lone_spaces(self, far: Sequence[tuple[float, float]]) -> dict[int, list[float]]:
        """Where text objects without width begin that draw none of the characters, and the places `far`, by
        height.
        """
        places: dict[int, list[float]] = {}
        for x, y in far:
            places.setdefault(int(y), []).append(x)
        handles = [shape.handle for shape in self._unseen if not _has_extent(shape)]
        for x, y in self._placed(*self._page.beginnings(handles)):
            places.setdefault(int(y), []).append(x)
        for xs in places.values():
            xs.sort()
        return places

    def _note_gap(self, index: int) -> None:
        if 0 < index < len(self._text) - 1:
            self.gaps += _is_latin(self._text[index - 1]) or _is_latin(self._text[index + 1])

    def _last(self, index: int, left: float, face: Face, *, is_alone: bool) -> tuple[float, float]:
        """The ends of the advance of a run's last character, which begins at `left`."""
        # An ideograph's is one em; the library's box is wider where more is drawn.
        if self._text[index] > "\u2e7f":
            return left, left + face.width
        bounds = self._page.advance_box(index)
        if self._is_upright:
            begin, end = bounds[0] - self._left, bounds[2] - self._left
        else:
            begin, _, end, _ = self._sheet.box(bounds)
        at = left if is_alone else begin
        return at, max(at, end)

    def _emit(self, start: int, end: int, face: Face, place: tuple[float, float], last: float) -> None:
        """Adds one run. `place` is where its first character begins, `last` where its last one does."""
        text = self._text[start:end]
        left, height = place
        if self._is_clipped(start, height, face):
            return
        if text[-1] > "\u2e7f":
            # Most lines end in an ideograph, whose advance is an em.
            right = last + face.width
        else:
            last, right = self._last(end - 1, last, face, is_alone=end - start == 1)
        first, stop = left, right
        if len(text.strip()) < len(text):
            if text.isspace():
                stop = left
            else:
                first = self._place(start + len(text) - len(text.lstrip()))[0]
                stop = self._place(start + len(text.rstrip()))[0] if text[-1].isspace() else right
        ends = (left, last, first, stop)
        run = Run(text, partial(self._origins, start, end, right), right, height, face, ends)
        self.runs.append(run if self._is_typed else as_typed(run))
        self._stretches.append((start, end))

    def _is_clipped(self, index: int, height: float, face: Face) -> bool:
        """Whether the line that a character stands on lies outside the clip through which it is drawn."""
        handle = self._objects[index]
        if handle is None or handle in self._unclipped or face.turned:
            return False
        clip = self._page.clip(pointer(handle))
        if clip is None:
            return False
        _, top, _, bottom = self._sheet.box(clip)
        seen = min(bottom, height + DESCENT * face.size) - max(top, height - ASCENT * face.size)
        # Elsewhere what shows at all is seen.
        least = 0.0 if self._inner[0] < height < self._inner[1] else LEAST_SEEN
        return seen <= least * face.size


@lru_cache(256)
def _face(style: Style, quarter_turns: int) -> Face:
    """The face of a style on a page that is turned so often; remembered, for the next page has the same."""
    across, rise = style.across, style.slope
    for _ in range(quarter_turns):
        # The page is turned clockwise.
        across, rise = rise, -across
    shade = (0.299 * style.red + 0.587 * style.green + 0.114 * style.blue) / 255
    shade += (1 - shade) * (1 - style.opacity / 255)
    return Face(
        style.font.rpartition("+")[2],
        style.size,
        1.0 if style.mode in UNSEEN_MODES else round(shade, 3),
        turned=across <= 0 or abs(rise) > 0.02 * across,
        heavy=style.mode in FILLED_AND_STROKED,
        width=style.width,
    )


def _has_extent(shape: DrawnShape) -> bool:
    left, bottom, right, top = shape.bounds
    return right - left > 0.01 and top - bottom > 0.01


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
