"""Pages as pictures: small where a page is text, true where it is a photograph."""

from __future__ import annotations

import io

from PIL import Image, ImageChops, ImageStat

from bulletin_lint.readers.pdf.pictures import draw
from bulletin_lint.readers.reader_info import ReadOptions
from harness import FIXTURES


def gradients(size: tuple[int, int]) -> Image.Image:
    """Of each colour its own."""
    red, green = Image.linear_gradient("L"), Image.radial_gradient("L")
    blue = red.transpose(Image.Transpose.ROTATE_90)
    return Image.merge("RGB", (red, green, blue)).resize(size)


def photograph() -> bytes:
    """A page that is all soft colours, as photographs have more than any palette."""
    out = io.BytesIO()
    gradients((595, 842)).save(out, "PDF", quality=95)
    return out.getvalue()


def test_a_page_of_text_has_few_colours_and_a_photograph_has_its_own() -> None:
    text = (FIXTURES / "producers" / "faulty-typst.pdf").read_bytes()
    drawn, undrawn = draw("a.pdf", text, ReadOptions(), (1,))
    assert drawn.media_type == "image/png"
    assert len(Image.open(io.BytesIO(drawn.data)).getcolors() or ()) <= 16
    assert len(drawn.data) < 120_000
    assert (undrawn.number, undrawn.data) == (2, b"")

    data = photograph()
    (page,) = draw("b.pdf", data, ReadOptions(), (1,))
    assert page.media_type == "image/jpeg"
    shown = Image.open(io.BytesIO(page.data)).convert("RGB")
    assert max(ImageStat.Stat(ImageChops.difference(shown, gradients(shown.size))).mean) < 6
