"""libpdfium through ctypes: the few functions that reading a page needs. Nothing here knows a bulletin.

A page of 800 characters takes thousands of calls. Whole columns of values are fetched with `map`, so that
no Python is run between two calls.

PDFium counts from the bottom left of the page as it is stored; so do all coordinates here. It is not
safe in threads, and a hostile file may crash it: callers run it in a process that can be ended.
"""

from __future__ import annotations

from array import array
from collections import deque
from collections.abc import Callable, Sequence, Set
from ctypes import PyDLL, byref, c_size_t, c_ulong, c_void_p
from itertools import chain, compress, islice, pairwise, repeat
from operator import ne
from struct import unpack

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.readers.pdf.layers import may_have_layers
from bulletin_lint.readers.pdf.pdfium_buffers import (
    Matrix,
    at_rectangle,
    at_sides,
    at_x,
    at_y,
    characters_of,
    composed,
    framed,
    look_table,
    point_columns,
    rectangle,
    sides,
    x_value,
    y_value,
)
from bulletin_lint.readers.pdf.pdfium_fonts import Fonts, Style
from bulletin_lint.readers.pdf.pdfium_library import loaded, pointer
from bulletin_lint.readers.pdf.pdfium_notes import loaded_page
from bulletin_lint.readers.pdf.pdfium_paths import Paths

MOST_CHARACTERS = 200_000
"""On one page; a page of text has some thousands."""
MOST_OBJECTS = 50_000
"""Drawn objects on one page that are looked at."""
DEEPEST_FORM = 8
"""Forms within forms."""
SAMPLE = 24
"""Objects that are looked at where one would do."""

TEXT, PATH, IMAGE, SHADING, FORM = 1, 2, 3, 4, 5
"""Kinds of page object, as PDFium numbers them."""
_UNMOVED = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
"""The frame of what no form moves."""
INVISIBLE = 3
"""The text render mode of an OCR layer."""
UNSEEN_MODES = (INVISIBLE, 7)
"""The render modes that paint nothing: the second only adds the letters to a clip."""
FILLED_AND_STROKED = (2, 6)
"""The render modes that fill letters and draw their outlines, which fakes bold."""

LINE_END_HYPHENS = frozenset("\x02\ufffe")
"""What PDFium may put for a hyphen at a line's end; a font may say the same of one without a character."""

_PASSWORD_ERROR, _SECURITY_ERROR = 4, 5


class PdfiumError(Exception):
    """A file or page that PDFium cannot open; `reason` is password, encryption, size or format."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Columns(NamedTuple):
    """The characters of a page in PDFium's reading order, column by column."""

    text: str
    """With a space or a line break where PDFium believes one to be; U+FFFF where a glyph has no
    character."""
    objects: Sequence[int | None]
    """The text object that draws each, None for what PDFium put in."""
    starts: Sequence[int] = ()
    """Where another object's characters begin; what PDFium put in goes with the object before."""
    drawn: Sequence[int] = ()
    """The object that begins at each of these."""


class DrawnShape(NamedTuple):
    """A drawn object: its kind, handle, and bounds as left, bottom, right, top."""

    kind: int
    handle: Any
    """An argument ready for the library."""
    bounds: tuple[float, float, float, float]
    rank: int = 0
    """How many objects are drawn before it."""


class PdfiumDocument:
    """An open PDF. `data` is kept, for the library reads from it; `close` lets go of both."""

    def __init__(self, data: bytes, password: str | None = None) -> None:
        """Raises `PdfiumError` where the file cannot be opened."""
        self._library = library = loaded()
        self._data = data
        self._fonts = Fonts(library)
        self._has_layers = may_have_layers(data)
        secret = password.encode() if password else None
        handle = library.FPDF_LoadMemDocument64(data, c_size_t(len(data)), secret)
        if not handle:
            error = library.FPDF_GetLastError()
            reasons = {_PASSWORD_ERROR: "password", _SECURITY_ERROR: "encryption"}
            raise PdfiumError(reasons.get(error, "format"))
        self._handle = c_void_p(handle)
        self.page_count: int = library.FPDF_GetPageCount(self._handle)
        self.holds_files = library.FPDFDoc_GetAttachmentCount(self._handle) > 0

    def page(self, index: int) -> PdfiumPage:
        """The page at an index from 0; raises `PdfiumError` where it cannot be loaded."""
        return PdfiumPage(self._library, self._handle, index, self._fonts, has_layers=self._has_layers)

    def __enter__(self) -> PdfiumDocument:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the document."""
        self._library.FPDF_CloseDocument(self._handle)


class PdfiumPage(Paths):
    """An open page with its text."""

    def __init__(
        self, library: PyDLL, document: c_void_p, index: int, fonts: Fonts, *, has_layers: bool
    ) -> None:
        self.is_veiled = has_layers
        """Parts of it may be switched off, or drawn so that nothing shows."""
        self._library = library
        self._fonts = fonts
        handle, self.notes = loaded_page(library, document, index)
        """With what became of words that stand over it."""
        if not handle:
            raise PdfiumError("format")
        self.handle = self._page = pointer(handle)
        """An argument for the library."""
        library.FPDF_GetPageBoundingBox(self._page, at_rectangle)
        box = rectangle
        self.box: tuple[float, float, float, float] = (box.left, box.bottom, box.right, box.top)
        """The visible part: left, bottom, right, top, before the page is turned."""
        self.quarter_turns: int = library.FPDFPage_GetRotation(self._page) % 4
        """How often the page is turned clockwise by 90° when shown."""
        self.is_empty: bool = library.FPDFPage_CountObjects(self._page) == 0
        """Nothing is drawn on it."""
        self.frames: set[tuple[float, float, float, float, float, float]] = set()
        """How the forms are moved that `shapes` met, whose contents are drawn somewhere else on the page."""
        self.shifts: dict[int, tuple[float, float]] = {}
        """By how much the origins of characters are wrong: see `origins.shifts_of`."""
        self.numbers: Sequence[int] | None = None
        """By index of a character its number in the library, which counts some as two: known once `columns`
        was asked; None where both are the same.
        """
        text = library.FPDFText_LoadPage(self._page)
        self._has_text = bool(text)
        self._text = pointer(text)

    def close(self) -> None:
        """Lets go of the page."""
        if self._has_text:
            self._library.FPDFText_ClosePage(self._text)
        self._library.FPDF_ClosePage(self._page)

    def __enter__(self) -> PdfiumPage:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def columns(self) -> Columns:
        """The characters. Raises `PdfiumError` for a page with more than `MOST_CHARACTERS`."""
        library, page = self._library, self._text
        count: int = library.FPDFText_CountChars(page) if self._has_text else 0
        if count <= 0:
            return Columns("", ())
        if count > MOST_CHARACTERS:
            raise PdfiumError("size")
        # No array of ctypes: each length would be a type of its own, made anew for every page.
        units = array("H", bytes(2 * (count + 1)))
        written = library.FPDFText_GetText(page, 0, count, pointer(units.buffer_info()[0]))
        text = units.tobytes()[: 2 * max(0, written - 1)].decode("utf-16-le", "replace")
        if len(text) != count or "\0" in text:
            # GetText leaves out what has no character, and pairs of surrogates are two of its units.
            codes = list(map(library.FPDFText_GetUnicode, repeat(page), range(count)))
            text, self.numbers = characters_of(codes)
            count = len(text)
        asked = self._numbered(range(count))
        objects: list[int | None] = list(map(library.FPDFText_GetTextObject, repeat(page), asked))
        # Found without a loop, for there is one object a letter in what some programs write.
        changes = compress(range(1, count), map(ne, islice(objects, 1, None), objects))
        starts = [start for start in (0, *changes) if objects[start]]
        return Columns(text, objects, starts, list(map(objects.__getitem__, starts)))  # type: ignore[arg-type]

    def _numbered(self, indices: Sequence[int]) -> Sequence[int]:
        """The numbers that characters have in the library."""
        numbers = self.numbers
        return indices if numbers is None else list(map(numbers.__getitem__, indices))

    def origin(self, index: int) -> tuple[float, float]:
        """Where a character's glyph begins on its baseline."""
        number = index if self.numbers is None else self.numbers[index]
        self._library.FPDFText_GetCharOrigin(self._text, number, at_x, at_y)
        across, up = self.shifts.get(index, (0.0, 0.0))
        return x_value.value + across, y_value.value + up

    def origins(self, indices: Sequence[int]) -> tuple[list[float], list[float]]:
        """The origins of characters, as a column of x and one of y."""
        count = len(indices)
        if not count:
            return [], []
        point_columns.reserve(count)
        call = self._library.FPDFText_GetCharOrigin
        asked = self._numbered(indices)
        deque(map(call, repeat(self._text), asked, point_columns.xs, point_columns.ys), 0)
        xs, ys = point_columns.columns(count)
        for place, index in enumerate(indices if self.shifts else ()):
            across, up = self.shifts.get(index, (0.0, 0.0))
            xs[place] += across
            ys[place] += up
        return xs, ys

    def generated(self, indices: Sequence[int]) -> list[bool]:
        """Of each character, whether PDFium put it in and no glyph stands for it."""
        answers = map(self._library.FPDFText_IsGenerated, repeat(self._text), self._numbered(indices))
        return [answer == 1 for answer in answers]

    def advance_box(self, index: int) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of a character's advance: as wide as the space it takes up."""
        number = index if self.numbers is None else self.numbers[index]
        if not self._library.FPDFText_GetLooseCharBox(self._text, number, at_rectangle):
            return 0.0, 0.0, 0.0, 0.0
        box = rectangle
        across, up = self.shifts.get(index, (0.0, 0.0))
        return box.left + across, box.bottom + up, box.right + across, box.top + up

    def unmapped(self, text: str, doubtful: Set[str]) -> list[int]:
        """The indices of characters of which the font does not say which they are.

        `text` is the page's. Asked first of one of each kind only, and only of those that are
        `doubtful`: a font without a map yields such, for it gives codes that are no characters.
        """
        asked = self._numbered(list(map(text.rindex, doubtful)))
        if 1 not in map(self._library.FPDFText_HasUnicodeMapError, repeat(self._text), asked):
            return []
        asked = self._numbered(range(len(text)))
        errors = map(self._library.FPDFText_HasUnicodeMapError, repeat(self._text), asked)
        return [index for index, error in enumerate(errors) if error == 1]

    def hyphens(self, text: str) -> list[int]:
        """The indices of hyphens at a line's end, for which PDFium put another character; `text` is the
        page's.
        """
        asked = [index for index, character in enumerate(text) if character in LINE_END_HYPHENS]
        answers = map(self._library.FPDFText_IsHyphen, repeat(self._text), self._numbered(asked))
        return [index for index, answer in zip(asked, answers, strict=True) if answer == 1]

    def styled(
        self,
        indices: Sequence[int],
        objects: Sequence[int],
        make: Callable[[Style], Any],
    ) -> tuple[list[Any], list[tuple[float, float]]]:
        """What `make` makes of the style of characters, each given with the text object that draws it,
        and where each object begins. Characters set alike share what is made.
        """
        library, page, count = self._library, self._text, len(indices)
        if not count:
            return [], []
        look_table.reserve(count)
        indices = self._numbered(indices)
        handles = list(map(pointer, objects))
        deque(map(library.FPDFText_GetFillColor, repeat(page), indices, *look_table.colours), 0)
        deque(map(library.FPDFText_GetMatrix, repeat(page), indices, look_table.matrices), 0)
        keys = list(
            zip(
                map(library.FPDFTextObj_GetFont, handles),
                map(library.FPDFTextObj_GetTextRenderMode, handles),
                map(library.FPDFText_GetFontSize, repeat(page), indices),
                look_table.looks(count),
                strict=True,
            )
        )
        # What is set alike comes one after the other, and telling that it is costs less than looking it up.
        changes = [0, *compress(range(1, count), map(ne, islice(keys, 1, None), keys)), count]
        made = {key: make(self._style(*key)) for key in {keys[start] for start in changes[:-1]}}
        styles = [repeat(made[keys[start]], end - start) for start, end in pairwise(changes)]
        return list(chain.from_iterable(styles)), look_table.places(count)

    def _style(self, font: int | None, mode: int, size: float, look: tuple[bytes]) -> Style:
        red, green, blue, opacity, a, b, c, d = unpack("=4I4f", look[0])
        across, up = (a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5
        return Style(self._fonts.name(font), size * up, size * across, a, b, red, green, blue, opacity, mode)

    def is_flat(self, objects: Sequence[int]) -> bool:
        """Whether one of some text objects that draw characters takes up no height: there are no glyphs for
        them. Of such a one that has a single character PDFium keeps nothing. Of many some are looked at.
        """
        some = objects[:: len(objects) // SAMPLE + 1]
        bounds = map(self.bounds, map(pointer, some))
        return any(right - left > 0.01 > top - bottom for left, bottom, right, top in bounds)

    def may_lack_glyphs(self, handles: Sequence[Any]) -> list[bool]:
        """Of each of some text objects, whether the machine may have no glyph for what it draws, if only a
        space.
        """
        fonts = map(self._library.FPDFTextObj_GetFont, handles)
        return [not self._fonts.is_sure(font) for font in fonts]

    def shapes(self, *, kinds: frozenset[int], seen: frozenset[int] = frozenset()) -> list[DrawnShape]:
        """`MOST_OBJECTS` drawn objects at most, of some kinds, those inside forms too, without the `seen`."""
        library = self._library
        found: list[DrawnShape] = []
        count = min(library.FPDFPage_CountObjects(self._page), MOST_OBJECTS)
        handles = list(map(library.FPDFPage_GetObject, repeat(self._page), range(count)))
        self._rank = 0
        self.is_veiled = self.is_veiled or library.FPDFPage_HasTransparency(self._page) == 1
        self._collect(handles, kinds, seen, found, _UNMOVED, 0)
        return found

    def _collect(
        self,
        handles: list[int],
        kinds: frozenset[int],
        seen: frozenset[int],
        found: list[DrawnShape],
        frame: tuple[float, float, float, float, float, float],
        depth: int,
    ) -> None:
        library = self._library
        # Most objects are the text that was seen; the rest are few enough to look into one by one.
        some = [(rank, handle) for rank, handle in enumerate(handles, self._rank) if handle not in seen]
        self._rank += len(handles)
        pointers = [pointer(handle) for _, handle in some]
        kinds_of = map(library.FPDFPageObj_GetType, pointers)
        for (rank, _), drawn, kind in zip(some, pointers, kinds_of, strict=True):
            if kind == FORM:
                if depth < DEEPEST_FORM:
                    self._open_form(drawn, kinds, seen, found, frame, depth)
            elif kind in kinds:
                if len(found) >= MOST_OBJECTS:
                    return
                found.append(DrawnShape(kind, drawn, framed(self.bounds(drawn), frame), rank))

    def _open_form(
        self,
        form: Any,
        kinds: frozenset[int],
        seen: frozenset[int],
        found: list[DrawnShape],
        frame: tuple[float, float, float, float, float, float],
        depth: int,
    ) -> None:
        library = self._library
        self.is_veiled = self.is_veiled or library.FPDFPageObj_HasTransparency(form) == 1
        count = min(library.FPDFFormObj_CountObjects(form), MOST_OBJECTS)
        inner = list(map(library.FPDFFormObj_GetObject, repeat(form), map(c_ulong, range(count))))
        matrix = Matrix()
        library.FPDFPageObj_GetMatrix(form, byref(matrix))
        own = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
        moved = composed(own, frame)
        if moved != _UNMOVED:
            self.frames.add(moved)
        self._collect(inner, kinds, seen, found, moved, depth + 1)

    def bounds(self, handle: Any) -> tuple[float, float, float, float]:
        """Left, bottom, right, top of a drawn object, in the frame of the form that it is in."""
        self._library.FPDFPageObj_GetBounds(handle, *at_sides)
        left, bottom, right, top = sides
        return left.value, bottom.value, right.value, top.value

    def beginnings(self, handles: Sequence[Any]) -> tuple[list[float], list[float]]:
        """Where text objects begin, as a column of x and one of y."""
        count = len(handles)
        if not count:
            return [], []
        look_table.reserve(count)
        deque(map(self._library.FPDFPageObj_GetMatrix, handles, look_table.matrices), 0)
        xs, ys = zip(*look_table.places(count), strict=True)
        return list(xs), list(ys)
