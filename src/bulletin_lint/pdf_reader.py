"""Reads a PDF: hands what an engine finds on the pages to `pdf_lines`, and refuses what cannot be read.

The engine is pdfplumber, and this module is the only one that knows it. Of its interfaces only
`.chars` is used: those that return text put spaces where the file has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bulletin_lint.document import Reading
from bulletin_lint.errors import SourceError
from bulletin_lint.pdf_lines import arrange
from bulletin_lint.pdf_page import UNMAPPED, Glyph, Grid, Page, Ruling
from bulletin_lint.typed import Any
from bulletin_lint.wording import Wording

HEADER_WITHIN = 1024
"""Bytes at the start of a file in which a PDF says that it is one (PDF Reference 1.7, H.3, note 13)."""
END_WITHIN = 1024
"""Bytes at the end in which it says that it is whole (the same, note 18)."""
GARBAGE_SHARE = 0.003
"""More characters without meaning than this, and the text layer is no text. Good files have none."""
COMMON_HAN_SHARE = 0.6
"""Fewer common characters (GB 2312, level 1) among the Chinese ones, and the code map is wrong.
Good files have 0.997 and more, wrongly mapped ones a third."""
MOST_EDGES = 4000
"""Drawn lines on a page beyond which it is a drawing, and no table is looked for."""

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
_NO_TEXT = Wording(
    "PDF 中没有文字，只有图像（可能是扫描件）。请先做文字识别（OCR），或改用原稿导出的 PDF。",
    "the PDF holds no text, only images (a scan, it seems). Run OCR on it first, or use a PDF exported "
    "from the manuscript.",
)
_NO_CODE_MAP = Wording(
    "PDF 的文字无法读取：字体缺少正确的 Unicode 编码表，取出的是乱码。"
    "请从原稿重新导出并嵌入字体，或做文字识别（OCR）。",
    "the text of the PDF cannot be read: its fonts lack a right Unicode map, what comes out is garbage. "
    "Export it again from the manuscript with fonts embedded, or run OCR on it.",
)


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
        pages = list(_pages(path, data, password))
        _refuse_unreadable(path, pages)
        text, lines, places = arrange(pages)
    except SourceError:
        raise
    except Exception as error:
        # A hostile or broken file can make the engine fail in any way whatever.
        raise SourceError(path, _DAMAGED) from error
    if not any(line.kind in ("text", "table") for line in lines):
        raise SourceError(path, _NO_TEXT)
    return Reading("pdf", text, lines, places, pages=len(pages))


def _pages(path: str, data: bytes, password: str | None) -> Iterator[Page]:
    """What pdfplumber finds on each page, read out and let go of page by page."""
    import io
    import logging
    import warnings

    import pdfplumber
    from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect

    # It reports every oddity of a font, hundreds of times, to whoever runs the program.
    for name in ("pdfminer", "pdfplumber"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            document = pdfplumber.open(io.BytesIO(data), password=password, raise_unicode_errors=False)
        except Exception as error:
            # pdfplumber wraps what pdfminer raises.
            causes = (error, *error.args)
            if any(isinstance(cause, PDFPasswordIncorrect) for cause in causes):
                raise SourceError(path, _WRONG_PASSWORD if password else _NEEDS_PASSWORD) from error
            if any(isinstance(cause, PDFEncryptionError) for cause in causes):
                raise SourceError(path, _UNKNOWN_ENCRYPTION) from error
            raise
        if not document.pages:
            raise SourceError(path, _NO_PAGES)
        for page in document.pages:
            try:
                yield _read_page(page)
            finally:
                page.close()


def _read_page(page: Any) -> Page:
    _refuse_lost_contents(page)
    # pdfplumber counts from the media box, a viewer shows the crop box.
    left, top, right, bottom = (
        max(page.mediabox[0], page.cropbox[0]),
        max(page.mediabox[1], page.cropbox[1]),
        min(page.mediabox[2], page.cropbox[2]),
        min(page.mediabox[3], page.cropbox[3]),
    )
    if right <= left or bottom <= top:
        left, top, right, bottom = page.mediabox
    tables = _tables(page)
    base = page.height + page.mediabox[1] - top
    grounds = [
        (shape["x0"], shape["top"], shape["x1"], shape["bottom"])
        for shape in page.rects
        if shape["fill"] and _shade(shape.get("non_stroking_color"), "") < 0.8
    ]
    return Page(
        page.page_number,
        float(right - left),
        float(bottom - top),
        [_glyph(char, left, top, base, grounds) for char in page.chars if char["text"]],
        tuple(_rulings(page, tables, left, top)),
        tuple(_grids(tables, left, top)),
    )


def _refuse_lost_contents(page: Any) -> None:
    """Raises `ValueError` where what is drawn on a page cannot be unpacked.

    pdfminer takes it for an empty page then, and the page would pass unread.
    """
    from pdfminer.pdftypes import resolve1

    for reference in page.page_obj.contents:
        stream = resolve1(reference)
        # An empty stream packs into eight bytes.
        packed = len(getattr(stream, "rawdata", None) or b"")
        if packed > 8 and not stream.get_data():
            raise ValueError(f"contents of page {page.page_number} are lost")


def _glyph(
    char: Mapping[str, Any], left: float, top: float, base: float, grounds: Sequence[tuple[float, ...]]
) -> Glyph:
    across, slope, _, _, _, up = char["matrix"]
    shade = _shade(char.get("non_stroking_color"), char.get("ncs") or "")
    if shade > 0.8:
        # Light letters on a dark ground are as plain to see as dark ones on white.
        middle, height = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        if any(box[0] <= middle <= box[2] and box[1] <= height <= box[3] for box in grounds):
            shade = 0.0
    return Glyph(
        # What pdfminer puts for a glyph that its font maps to no character.
        UNMAPPED if char["text"].startswith("(cid:") else char["text"],
        char["x0"] - left,
        char["top"] - top,
        char["x1"] - left,
        char["bottom"] - top,
        base - up,
        char["size"],
        char["fontname"].rpartition("+")[2],
        shade,
        across <= 0 or abs(slope) > 0.02 * across,
    )


_OTHER_SPACES = ("Separation", "DeviceN", "Indexed", "Lab", "Pattern")
"""Colour spaces whose numbers are no lightness."""


def _shade(colour: Any, space: str) -> float:
    """The lightness of a fill, 0 to 1; what cannot be told is taken for black."""
    if not isinstance(colour, (tuple, list)) or space in _OTHER_SPACES:
        return 0.0
    parts = [part for part in colour if isinstance(part, (int, float))]
    if len(parts) != len(colour):
        return 0.0
    if len(parts) == 1:
        return float(parts[0])
    if len(parts) == 3:
        return float(0.299 * parts[0] + 0.587 * parts[1] + 0.114 * parts[2])
    if len(parts) == 4:
        cyan, magenta, yellow, black = parts
        return float((1 - black) * (1 - 0.299 * cyan - 0.587 * magenta - 0.114 * yellow))
    return 0.0


def _rulings(page: Any, tables: Sequence[Any], left: float, top: float) -> Iterator[Ruling]:
    """Horizontal lines, drawn as such or as thin filled rectangles."""
    boxes = [table.bbox for table in tables]
    for shape in (*page.lines, *page.rects):
        filled = shape["fill"] and not shape["stroke"]
        colour = shape.get("non_stroking_color" if filled else "stroking_color")
        height = shape["bottom"] - shape["top"]
        if height > 4 or shape["x1"] - shape["x0"] < 10 * height or _shade(colour, "") >= 0.97:
            continue
        y = (shape["top"] + shape["bottom"]) / 2
        if not any(box[1] - 1 <= y <= box[3] + 1 and box[0] - 1 <= shape["x0"] <= box[2] for box in boxes):
            yield Ruling(shape["x0"] - left, shape["x1"] - left, y - top)


def _grids(tables: Sequence[Any], left: float, top: float) -> Iterator[Grid]:
    for table in tables:
        rows = tuple(
            tuple(
                None if cell is None else (cell[0] - left, cell[1] - top, cell[2] - left, cell[3] - top)
                for cell in row.cells
            )
            for row in table.rows
        )
        x0, y0, x1, y1 = table.bbox
        yield Grid((x0 - left, y0 - top, x1 - left, y1 - top), rows)


def _tables(page: Any) -> list[Any]:
    """The ruled tables of a page with rows and columns; a frame round a paragraph is none."""
    edges = page.edges
    if len(edges) > MOST_EDGES or sum(edge["orientation"] == "v" for edge in edges) < 3:
        return []
    return [
        table
        for table in page.find_tables()
        if len(table.rows) > 1 and any(len(row.cells) - row.cells.count(None) > 1 for row in table.rows)
    ]


def _refuse_unreadable(path: str, pages: Sequence[Page]) -> None:
    """Raises `SourceError` for a document without text or with a text layer that is none."""
    text = "".join(glyph.text for page in pages for glyph in page.glyphs if not glyph.text.isspace())
    if not text:
        raise SourceError(path, _NO_TEXT)
    if sum(map(_is_meaningless, text)) > max(1, GARBAGE_SHARE * len(text)):
        raise SourceError(path, _NO_CODE_MAP)
    han = [character for character in text if "\u3400" <= character <= "\u9fff"]
    if len(han) >= 50 and sum(map(_is_common, han)) < COMMON_HAN_SHARE * len(han):
        raise SourceError(path, _NO_CODE_MAP)


def _is_meaningless(character: str) -> bool:
    """Whether a character is a control, unassigned, or for private use; bullets of symbol fonts are not."""
    import unicodedata

    if "\uf020" <= character <= "\uf0ff":
        return False
    return unicodedata.category(character) in ("Cc", "Co", "Cn", "Cs")


def _is_common(character: str) -> bool:
    """Whether a character is one of the 3755 of level 1 of GB 2312."""
    try:
        return 0xB0 <= character.encode("gb2312")[0] <= 0xD7
    except UnicodeEncodeError:
        return False
