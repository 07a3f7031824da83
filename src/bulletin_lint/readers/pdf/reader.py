"""Reads a PDF: hands what PDFium finds on the pages to `lines`, and refuses what cannot be read."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import compress, pairwise

from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.reading import PageLayout, Reading, UnreadPart
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers.page_count import PAGE_COUNT
from bulletin_lint.readers.pdf.characters import read_characters
from bulletin_lint.readers.pdf.drawings import read_drawings, scan_of, shown_instead
from bulletin_lint.readers.pdf.gridded import without_grid
from bulletin_lint.readers.pdf.lines import are_spaces_known, arrange
from bulletin_lint.readers.pdf.origins import Origins
from bulletin_lint.readers.pdf.page import Grid, Page, Run
from bulletin_lint.readers.pdf.page_frame import PageFrame, frame_of, reading_direction
from bulletin_lint.readers.pdf.pdfium import (
    IMAGE,
    PATH,
    TEXT,
    Columns,
    DrawnShape,
    PdfiumDocument,
    PdfiumError,
    PdfiumPage,
)
from bulletin_lint.readers.pdf.pdfium_library import in_turn
from bulletin_lint.readers.pdf.recognised import levelled
from bulletin_lint.readers.pdf.spaced import are_spaced
from bulletin_lint.readers.pdf.text_layer import has_holes_only, is_garbage
from bulletin_lint.readers.pdf.unread import DAMAGED, TOO_FULL, is_mostly_turned, unread_pages
from bulletin_lint.readers.reader_info import ReadOptions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from contextlib import AbstractContextManager

MOST_PAGES = 5000
HEADER_WITHIN = 1024
"""Bytes at the start of a file in which a PDF says that it is one (PDF Reference 1.7, H.3, note 13)."""
END_WITHIN = 1024
"""Bytes at the end in which it says that it is whole (the same, note 18)."""
_EMPTY = Wording(
    "文件是空的（0 字节）。请重新导出或下载 PDF 后再检查。",
    "the file is empty (0 bytes). Export or download the PDF again.",
)
_NOT_PDF = Wording(
    "不是 PDF 文件：开头没有 %PDF 标记。请确认文件没有放错，扩展名与内容相符。",
    "this is not a PDF: no %PDF mark at its start. Check that the file is the right one, and its extension.",
)
_DAMAGED = Wording(
    "PDF 已损坏或不完整，无法读取。请重新导出或下载；也可用 PDF 阅读器打开后另存一份。",
    "the PDF is damaged or incomplete. Export or download it again, or save a copy of it from a PDF viewer.",
)
_NEEDS_PASSWORD = Wording(
    "PDF 已加密，须有密码才能打开。请用 --password 给出密码，或先去除密码。",
    "the PDF is encrypted and needs a password. Give it with --password, or remove the encryption first.",
)
_WRONG_PASSWORD = Wording(
    "PDF 的密码不正确。请核对后用 --password 重新给出。",
    "the password does not open the PDF. Check it and give it again with --password.",
)
_UNKNOWN_ENCRYPTION = Wording(
    "PDF 采用了不支持的加密方式。请用 PDF 阅读器打开，去除加密后另存一份。",
    "the PDF is encrypted in a way that is not supported. Save an unencrypted copy of it from a PDF viewer.",
)
_NO_PAGES = Wording(
    "PDF 中没有页面。请重新导出。",
    "the PDF has no pages. Export it again.",
)
_TOO_MANY_PAGES = Wording(
    f"PDF 超过 {MOST_PAGES} 页，不像是简报。请拆分后再检查。",
    f"the PDF has more than {MOST_PAGES} pages, hardly a bulletin. Split it.",
)
_NO_TEXT = Wording(
    "PDF 中没有文字，只有图像（可能是扫描件）。请先做文字识别（OCR），或改用原稿导出的 PDF。",
    "the PDF holds no text, only images (a scan, it seems). Run OCR on it first, or use a PDF exported "
    "from the manuscript.",
)
_ONLY_DRAWN = Wording(
    "PDF 中没有文字，只有图形（文字转成了曲线？）。请从原稿重新导出，不要转曲，或做文字识别（OCR）。",
    "the PDF holds no text, only drawings (letters made into outlines, it seems). Export it again from the "
    "manuscript with its fonts kept, or run OCR on it.",
)
_BLANK = Wording(
    "PDF 的页面是空白的，没有文字，也没有可能含文字的图像（导出或转换时丢了文字？）。"
    "请打开看一看，再从原稿重新导出。",
    "the pages of the PDF are blank: no text, and no image that might hold any (an export or a conversion "
    "lost it, it seems). Look at the file, and export it again from the manuscript.",
)
_PORTFOLIO = Wording(
    "这份 PDF 是文件包（Portfolio），只读了封面，包里的文件没有读。请把要检查的文件从包里另存出来，分别检查",
    "the PDF is a portfolio: its cover was read, the files in it were not. Save those that are to be checked "
    "and check them one by one",
)
_NO_CODE_MAP = Wording(
    "PDF 的文字无法读取：字体缺少正确的 Unicode 编码表，取出的是乱码。"
    "请从原稿重新导出并嵌入字体，或做文字识别（OCR）。",
    "the text of the PDF cannot be read: its fonts lack a right Unicode map, what comes out is garbage. "
    "Export it again from the manuscript with fonts embedded, or run OCR on it.",
)


def read(path: str, data: bytes, options: ReadOptions) -> Reading:
    """The characters and lines of a PDF, as `read_pdf` gives them."""
    return read_pdf(path, data, options.password)


def read_pdf(path: str, data: bytes, password: str | None = None) -> Reading:
    """The characters and lines of a PDF, with a box on its page for each.

    `path` is for messages only. Boxes are points from the top left corner of the visible page.
    Raises `SourceError` for whatever cannot be read as text; no other exception leaves this
    function, however broken the file is.
    """
    if not data:
        raise SourceError(path, _EMPTY)
    if b"%PDF-" not in data[:HEADER_WITHIN]:
        raise SourceError(path, _NOT_PDF)
    # An engine that rebuilds a cut file shows the pages it found, and the rest would go unread.
    if b"%%EOF" not in data.rstrip(b"\0\t\n\f\r ")[-END_WITHIN:]:
        raise SourceError(path, _DAMAGED)
    try:
        with in_turn(), _NoCollections():
            pages, lost, is_portfolio = _pages(path, data, password)
            if (lost or is_portfolio) and not any(page.runs for page in pages):
                raise SourceError(path, UnreadPart(_PORTFOLIO).wording() if is_portfolio else _DAMAGED)
            pages = _readable(path, pages, data, password)
            reading = reading_of(pages)
            reading = reading._replace(
                unread_pages=unread_pages(pages, lost, reading.lines),
                unread_parts=(UnreadPart(_PORTFOLIO),) if is_portfolio else (),
            )
    except SourceError:
        raise
    except Exception as error:
        # A hostile or broken file can make the engine fail in any way whatever.
        raise SourceError(path, _DAMAGED) from error
    if not any(line.kind in ("text", "table") for line in reading.lines):
        said = [part.wording() for part in reading.unread_parts]
        said += [page.wording() for page in reading.unread_pages]
        raise SourceError(path, said[0] if said else _NO_TEXT)
    return reading


def _without_text(pages: Sequence[Page]) -> Wording:
    """What is to be said of a document that has no text."""
    shown = {page.instead for page in pages}
    if "picture" in shown or any(page.picture for page in pages):
        return _NO_TEXT
    return _ONLY_DRAWN if "drawing" in shown else _BLANK


class _NoCollections:
    """While a ``with`` lasts, no search for rings of objects: reading makes many objects and no ring, and
    the searches would take a twentieth of the time.
    """

    def __enter__(self) -> None:
        self._was_on = gc.isenabled()
        gc.disable()

    def __exit__(self, *_: object) -> None:
        if self._was_on:
            gc.enable()


def reading_of(pages: Sequence[Page]) -> Reading:
    """The pages as text and lines, with places for every character."""
    pages = without_grid(levelled(pages))
    text, lines, places = arrange(pages)
    is_spaced = are_spaced(pages)
    recognised = [page.number for page in pages if page.is_recognised or is_spaced]
    layouts = tuple(
        PageLayout(page.number, *((page.height, page.width) if page.laid % 2 else (page.width, page.height)))
        for page in pages
    )
    return Reading(
        "pdf",
        text,
        lines,
        places,
        pages=len(pages),
        layouts=layouts,
        spaces_known=are_spaces_known(pages) and not recognised,
        recognised=recognised[0] if recognised else None,
        lines_are="document",
        joins_known=True,
    )


def _pages(path: str, data: bytes, password: str | None) -> tuple[list[Page], dict[int, Wording], bool]:
    """What PDFium finds on each page, read out and let go of page by page; the numbers of those that it could
    not read, with the reason; and whether they are the cover of a collection of files.
    """
    try:
        document = PdfiumDocument(data, password)
    except PdfiumError as error:
        wordings = {
            "password": _WRONG_PASSWORD if password else _NEEDS_PASSWORD,
            "encryption": _UNKNOWN_ENCRYPTION,
        }
        raise SourceError(path, wordings.get(error.reason, _DAMAGED)) from error
    with document:
        if document.page_count < 1:
            raise SourceError(path, _NO_PAGES)
        if document.page_count > MOST_PAGES:
            raise SourceError(path, _TOO_MANY_PAGES)
        PAGE_COUNT.tell(document.page_count)
        holds_files = document.holds_files
        pages: list[Page] = []
        lost: dict[int, Wording] = {}
        empty: list[int] = []
        for index in range(document.page_count):
            try:
                with document.page(index) as page:
                    pages.append(_read_page(page, index + 1, partial(_reopened, data, password, index)))
                    if page.is_empty:
                        empty.append(index)
            except PdfiumError as error:
                # The other pages are read; this one must not pass for an empty one.
                lost[index + 1] = TOO_FULL if error.reason == "size" else DAMAGED
                pages.append(Page(index + 1, *_A4, ()))
    if empty:
        from bulletin_lint.readers.pdf.plumber import pages_with_lost_contents

        found = pages_with_lost_contents(data, password, empty)
        lost.update((index + 1, DAMAGED) for index in found)
    if holds_files:
        from bulletin_lint.readers.pdf.plumber import is_portfolio

        return pages, lost, is_portfolio(data, password)
    return pages, lost, False


@contextmanager
def _reopened(data: bytes, password: str | None, index: int) -> Iterator[PdfiumPage]:
    """A page of a file that was read, opened once more while a ``with`` lasts."""
    with in_turn(), PdfiumDocument(data, password) as document, document.page(index) as page:
        yield page


_A4 = (595.28, 841.89)
"""Points: the size of a page of which nothing is known."""
_MASTHEAD = 120
"""Characters of a first page, from its top, among which title, numbers and date stand: their places are facts
of the series, asked for in every bulletin."""
_MOST_SPACES = 20
"""So many text objects of a page may draw nothing, whatever else is on it: they are spaces."""
_DRAWN = frozenset({TEXT, PATH, IMAGE})


def _read_page(
    page: PdfiumPage, number: int, reopen: Callable[[], AbstractContextManager[PdfiumPage]]
) -> Page:
    sheet = frame_of(page)
    columns = page.columns()
    shapes = page.shapes(kinds=_DRAWN, seen=frozenset(columns.drawn))
    upright = _read_as(page, number, sheet, columns, shapes, reopen)
    if not is_mostly_turned(upright):
        return upright
    # A page laid sideways is read as a person would: turned until its text is level.
    quarters = reading_direction(page, columns)
    if quarters == page.quarter_turns:
        return upright
    turned = _read_as(page, number, frame_of(page, quarters), columns, shapes, reopen)
    return turned._replace(laid=(quarters - page.quarter_turns) % 4)


def _read_as(
    page: PdfiumPage,
    number: int,
    sheet: PageFrame,
    columns: Columns,
    shapes: Sequence[DrawnShape],
    reopen: Callable[[], AbstractContextManager[PdfiumPage]],
) -> Page:
    """What a page shows, turned as its frame says."""
    drawings = read_drawings(page, sheet, shapes)
    unseen = [shape for shape in shapes if shape.kind == TEXT]
    scan = scan_of(sheet, drawings.pictures)
    origins = Origins(page, sheet, reopen)
    found = read_characters(page, sheet, columns, unseen, drawings, origins, is_scan=scan is not None)
    for run in _asked_for(found.runs, drawings.grids):
        # While the page is open; opening it again takes as long as reading it.
        _ = run.lefts
    origins.close(len(columns.text), first=_MASTHEAD if number == 1 else 0)
    return Page(
        number,
        sheet.width,
        sheet.height,
        found.runs,
        drawings.rulings,
        drawings.grids,
        scan if not found.runs else None,
        shown_instead(sheet, drawings, shapes) if not found.runs else "",
        found.spaces,
        found.gaps,
        found.uncommon,
        _lacks_glyphs(page, sheet, columns, unseen, found.runs),
        found.is_recognised,
        page.notes,
    )


def _lacks_glyphs(
    page: PdfiumPage, sheet: PageFrame, columns: Columns, unseen: Sequence[DrawnShape], runs: Sequence[Run]
) -> bool:
    """Whether characters of the text may have been lost for want of a font.

    PDFium passes over a text object without any width, and so wide is one character for which the machine
    has no glyph. One that only has spaces is no wider, but then the others have glyphs. What stands beside
    the text, as the letters of a stamp do, is no loss to it.
    """
    empty = [shape for shape in unseen if shape.bounds[2] - shape.bounds[0] <= 0.01]
    if any(shape.bounds[3] - shape.bounds[1] > 0.01 for shape in empty):
        # It goes up or down the page, a line without height.
        return True
    if len(empty) > _MOST_SPACES:
        # Some programs end every line and every cell, also an empty one, with a space by itself.
        empty = list(compress(empty, page.may_lack_glyphs([shape.handle for shape in empty])))
    if len(empty) > max(_MOST_SPACES, len(columns.text) // 2):
        return True
    if not empty or not runs:
        return False
    left, right = min([run.left for run in runs]), max([run.right for run in runs])
    inside = any(left <= sheet.place(shape.bounds[0], shape.bounds[1])[0] <= right for shape in empty)
    if not inside:
        return False
    # A stretch of spaces has no height in any font.
    text = columns.text
    return page.is_flat(
        [
            drawn
            for start, drawn in zip(columns.starts, columns.drawn, strict=True)
            if not text[start].isspace()
        ]
    )


def _asked_for(runs: Sequence[Run], grids: Sequence[Grid]) -> Iterator[Run]:
    """The runs of which the place of every character will be asked for: those beside a table, for a cell's
    box is made of its characters, and those of lines whose runs lie over one another.
    """
    heights = [
        after.baseline
        for before, after in pairwise(runs)
        if before.left < after.left <= before.last and abs(before.baseline - after.baseline) < after.face.size
    ]
    if not heights and not grids:
        return
    for run in runs:
        size = run.face.size
        beside = any(grid.box[1] <= run.baseline <= grid.box[3] + size for grid in grids)
        if beside or any(abs(run.baseline - height) < size for height in heights):
            yield run


def _readable(path: str, pages: list[Page], data: bytes, password: str | None) -> list[Page]:
    """The pages, if what is on them can be read; where it is garbage, what pdfplumber makes of the document;
    where some of a page is missing, what it makes of that page.

    Raises `SourceError` for a document without text or with a text layer that is none.
    """
    has_text = any(page.runs for page in pages)
    is_good = has_text and not is_garbage(pages)
    # The other engine may know what a font does not say; if not, what is lost is told, and the rest read.
    is_holed = has_text and not is_good and has_holes_only(pages)
    is_whole = not any(page.lacks_glyphs for page in pages)
    if is_whole and is_good:
        return pages
    if is_whole and not has_text:
        raise SourceError(path, _without_text(pages))
    from bulletin_lint.readers.pdf.plumber import plumbed_pages

    # The other engine takes ten times as long: where the text is good, only the pages that lack some of it.
    only = {page.number for page in pages if page.lacks_glyphs} if is_good else None
    try:
        plumbed = list(plumbed_pages(data, password, only))
    except Exception:  # noqa: BLE001 - the first engine's answer stands
        plumbed = []
    if not any(page.runs for page in plumbed) or is_garbage(plumbed):
        if is_good or is_holed:
            return pages
        raise SourceError(path, _NO_CODE_MAP if has_text else _without_text(pages))
    others = {page.number: page for page in plumbed}
    return [
        page
        if (other := others.get(page.number)) is None
        else other._replace(
            rulings=page.rulings,
            grids=page.grids,
            picture=None if other.runs else page.picture,
            instead="" if other.runs else page.instead,
            is_recognised=page.is_recognised,
            # The other engine passes over them.
            notes=page.notes and "lost",
        )
        for page in pages
    ]
