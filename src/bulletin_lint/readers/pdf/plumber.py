"""The characters of a page as pdfplumber reads them: slower than PDFium tenfold, and an opinion of its own.

It finds characters in fonts without a Unicode map by looking into the font itself, which PDFium does
not; and it is what the tests compare the reader with. Of its interfaces only `.chars` is used: those
that return text put spaces where the file has none.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from bulletin_lint._typing import Any
from bulletin_lint.readers.pdf.page import UNMAPPED, Face, Page, Run
from bulletin_lint.readers.pdf.typed import as_typed
from bulletin_lint.readers.pdf.unread import has_something


def plumbed_pages(
    data: bytes, password: str | None = None, only: Collection[int] | None = None
) -> Iterator[Page]:
    """Each page, or each of those whose numbers are given, with its characters as runs of one, without rules
    and tables.

    Raises whatever pdfplumber does where the file cannot be read.
    """
    import io
    import logging
    import warnings

    import pdfplumber

    # It reports every oddity of a font, hundreds of times, to whoever runs the program.
    for name in ("pdfminer", "pdfplumber"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with pdfplumber.open(io.BytesIO(data), password=password, raise_unicode_errors=False) as document:
            for page in document.pages:
                if only is not None and page.page_number not in only:
                    continue
                try:
                    yield _page(page)
                finally:
                    page.close()


def pages_with_lost_contents(data: bytes, password: str | None, indices: Collection[int]) -> set[int]:
    """Of pages that PDFium shows empty, counted from 0, those on which something was drawn: it can no longer
    be unpacked, or is garbage. One that pdfminer does not find is among them: nobody knows that it is empty.
    """
    import io

    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser

    left = set(indices)
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)), password or "")
        for number, page in enumerate(PDFPage.create_pages(document)):
            if number in left and not _has_lost_contents(page):
                left.remove(number)
    except Exception:  # noqa: BLE001 - a second opinion that is not to be had
        return left
    return left


def is_portfolio(data: bytes, password: str | None) -> bool:
    """Whether a PDF with files in it is a collection of them (ISO 32000-1, 12.3.5): its pages are a cover,
    and a viewer shows the files. Other files are attached to a document that is read without them.
    """
    import io

    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfparser import PDFParser

    try:
        return "Collection" in PDFDocument(PDFParser(io.BytesIO(data)), password or "").catalog
    except Exception:  # noqa: BLE001 - a second opinion that is not to be had
        return True


def _has_lost_contents(page: Any) -> bool:
    from pdfminer.pdftypes import resolve1

    try:
        streams = [resolve1(reference) for reference in page.contents]
        # An empty stream packs into eight bytes.
        if any(len(stream.rawdata or b"") > 8 and not stream.get_data() for stream in streams):
            return True
        return has_something(b"\n".join(stream.get_data() for stream in streams))
    except Exception:  # noqa: BLE001 - a broken file can make pdfminer fail in any way whatever
        return True


def _page(page: Any) -> Page:
    # pdfplumber counts from the media box, a viewer shows the crop box.
    left, top, right, bottom = (
        max(page.mediabox[0], page.cropbox[0]),
        max(page.mediabox[1], page.cropbox[1]),
        min(page.mediabox[2], page.cropbox[2]),
        min(page.mediabox[3], page.cropbox[3]),
    )
    if right <= left or bottom <= top:
        left, top, right, bottom = page.mediabox
    base = page.height + page.mediabox[1] - top
    runs = [_run(char, left, base) for char in page.chars if char["text"]]
    width, height = float(right - left), float(bottom - top)
    spaces = sum(run.text == " " for run in runs)
    return Page(page.page_number, width, height, runs, spaces=spaces)


def _run(char: Mapping[str, Any], left: float, base: float) -> Run:
    across, slope, _, _, _, up = char["matrix"]
    # What pdfminer puts for a glyph that its font maps to no character.
    text = UNMAPPED if char["text"].startswith("(cid:") else char["text"]
    face = Face(
        char["fontname"].rpartition("+")[2],
        char["size"],
        turned=across <= 0 or abs(slope) > 0.02 * across,
    )
    width = (char["x1"] - char["x0"]) / len(text)
    lefts = [char["x0"] - left + index * width for index in range(len(text))]
    return as_typed(Run(text, lefts, char["x1"] - left, base - up, face))
