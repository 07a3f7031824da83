"""The pages of a PDF as pictures, for people who look at what was found on them.

Pictures have 16 colours, chosen for each page: text stays sharp, a red masthead stays red, and a page takes a
quarter of what it takes in full colour. A page with a photograph would be spoilt by that and becomes JPEG.
"""

from __future__ import annotations

from collections.abc import Collection
from io import BytesIO

from bulletin_lint._typing import Any
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.page_view import PagePicture
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers.pdf.pdfium_library import machine_fonts
from bulletin_lint.readers.reader_info import ReadOptions

_SCALE = 2.0
"""Pixels a point: 144 to the inch, at which the dots of 冫 and 氵 can be told apart."""
_MOST_PIXELS = 9_000_000
"""Of one page: A3 at that scale has half as many. A larger page is drawn coarser."""
_COLOURS = 16
_MOST_ERROR = 3.0
"""Mean difference of a pixel's channel, of 255, between a page and its picture in 16 colours, up to which
that is taken. Pages of text come to 1 or less, photographs over the whole page to 10 and more."""
_SAMPLED = 4
"""Every so manyth pixel each way is compared."""
_JPEG_QUALITY = 75

_UNDRAWN = Wording(
    "页面无法绘制成图片：文件可能已损坏。请用 PDF 阅读器打开核对。",
    "its pages cannot be drawn: the file may be damaged. Look at it in a PDF viewer.",
)


def draw(path: str, data: bytes, options: ReadOptions, numbers: Collection[int]) -> tuple[PagePicture, ...]:
    """The pages of a PDF, in order; those of `numbers` (1-based) with a picture.

    `path` is for messages only. A page that cannot be drawn has none.

    Raises:
        SourceError: the file cannot be opened for drawing.
    """
    import pypdfium2

    with machine_fonts():
        try:
            document = pypdfium2.PdfDocument(data, password=options.password)
        except pypdfium2.PdfiumError as error:
            raise SourceError(path, _UNDRAWN) from error
        try:
            return tuple(_page(document, number, is_drawn=number in numbers) for number in _numbers(document))
        finally:
            document.close()


def _numbers(document: Any) -> range:
    return range(1, len(document) + 1)


def _page(document: Any, number: int, *, is_drawn: bool) -> PagePicture:
    import pypdfium2

    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return PagePicture(number, 0.0, 0.0)
    try:
        width, height = page.get_size()
        if not is_drawn or width <= 0 or height <= 0:
            return PagePicture(number, width, height)
        scale = min(_SCALE, (_MOST_PIXELS / (width * height)) ** 0.5)
        image = page.render(scale=scale).to_pil().convert("RGB")
        return PagePicture(number, width, height, *_encoded(image))
    except pypdfium2.PdfiumError:
        return PagePicture(number, 0.0, 0.0)
    finally:
        page.close()


def _encoded(image: Any) -> tuple[str, bytes]:
    """A picture's media type and bytes."""
    from PIL import Image, ImageChops, ImageStat

    out = BytesIO()
    few = image.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    size = (max(1, image.width // _SAMPLED), max(1, image.height // _SAMPLED))
    nearest = Image.Resampling.NEAREST
    difference = ImageChops.difference(image.resize(size, nearest), few.convert("RGB").resize(size, nearest))
    if max(ImageStat.Stat(difference).mean) > _MOST_ERROR:
        image.save(out, "JPEG", quality=_JPEG_QUALITY)
        return "image/jpeg", out.getvalue()
    few.save(out, "PNG")
    return "image/png", out.getvalue()
