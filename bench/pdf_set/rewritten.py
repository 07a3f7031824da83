"""PDFs made of other PDFs: rewritten, laid two on a sheet, turned, scanned, read by OCR, or robbed of their text."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def _run(*command: str | Path) -> None:
    subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=600)


def by_ghostscript(source: Path, target: Path) -> None:
    """Distilled anew by Ghostscript."""
    _run("gs", "-q", "-dNOPAUSE", "-dBATCH", "-sDEVICE=pdfwrite", f"-sOutputFile={target}", source)


def as_outlines(source: Path, target: Path) -> None:
    """The same with every letter an outline."""
    _run(
        "gs",
        "-q",
        "-dNOPAUSE",
        "-dBATCH",
        "-sDEVICE=pdfwrite",
        "-dNoOutputFonts",
        f"-sOutputFile={target}",
        source,
    )


def by_qpdf(source: Path, target: Path) -> None:
    """Linearized, with streams of objects, by qpdf."""
    _run("qpdf", "--linearize", "--object-streams=generate", source, target)


def by_pikepdf(source: Path, target: Path) -> None:
    """Its content streams parsed and written again by pikepdf."""
    import pikepdf

    with pikepdf.open(source) as made:
        for page in made.pages:
            content = pikepdf.unparse_content_stream(pikepdf.parse_content_stream(page))
            page.Contents = made.make_stream(content)
        made.save(target, encryption=pikepdf.Encryption(owner="yunxi", user=""))


def by_pdftocairo(source: Path, target: Path) -> None:
    """Drawn again by poppler on cairo."""
    _run("pdftocairo", "-pdf", source, target)


def on_a3(source: Path, target: Path) -> None:
    """Two pages side by side on each A3 sheet."""
    import pikepdf

    with pikepdf.open(source) as pages, pikepdf.new() as made:
        for first in range(0, len(pages.pages), 2):
            sheet = made.add_blank_page(page_size=(1190.55, 841.89))
            for half, page in enumerate(pages.pages[first : first + 2]):
                sheet.add_overlay(page, pikepdf.Rectangle(595.28 * half, 0, 595.28 * (half + 1), 841.89))
        made.save(target)


def turned(source: Path, target: Path, degrees: int, only: int | None = None) -> None:
    """The pages (or one of them) shown turned clockwise by so many degrees, as a scanner that lay wrong does."""
    import pikepdf

    with pikepdf.open(source) as made:
        for number, page in enumerate(made.pages, 1):
            if only in (None, number):
                page.rotate(degrees, relative=True)
        made.save(target)


def without_map(source: Path, target: Path) -> None:
    """Without the tables that say which character a glyph is."""
    import pikepdf

    with pikepdf.open(source) as made:
        for item in made.objects:
            if isinstance(item, pikepdf.Dictionary) and "/ToUnicode" in item:
                del item["/ToUnicode"]
        made.save(target)


def pictures(source: Path, folder: Path, dots: int = 200) -> list[Path]:
    """Its pages as PNG pictures."""
    _run("pdftoppm", "-r", str(dots), "-gray", "-png", source, folder / "page")
    return sorted(folder.glob("page*.png"))


def scanned(source: Path, target: Path) -> None:
    """Pictures of its pages."""
    from PIL import Image

    with tempfile.TemporaryDirectory() as folder:
        images = [Image.open(io.BytesIO(path.read_bytes())) for path in pictures(source, Path(folder), 72)]
        images[0].save(target, save_all=True, append_images=images[1:], resolution=72)


def by_tesseract(source: Path, target: Path) -> None:
    """Pictures of its pages with what Tesseract reads on them, unseen, over them."""
    with tempfile.TemporaryDirectory() as folder:
        paths = pictures(source, Path(folder))
        listed = Path(folder, "pages.txt")
        listed.write_text("\n".join(map(str, paths)), "utf-8")
        _run("tesseract", listed, target.with_suffix(""), "-l", "chi_sim", "--dpi", "200", "pdf")


def by_ocrmypdf(source: Path, target: Path) -> None:
    """The same by OCRmyPDF, out of a scan."""
    with tempfile.TemporaryDirectory() as folder:
        scan = Path(folder, "scan.pdf")
        from PIL import Image

        images = [Image.open(path) for path in pictures(source, Path(folder))]
        images[0].save(scan, save_all=True, append_images=images[1:], resolution=200)
        _run("ocrmypdf", "-l", "chi_sim", "--output-type", "pdf", "--jobs", "1", scan, target)


_PAINTED = frozenset(["S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "n"])


def by_glyph(source: Path, target: Path) -> None:
    """Every glyph an object with a matrix of its own, and a lone space behind every line and in every corner
    of a table, as Word 2007 writes; fonts of one byte a character only, which is what LibreOffice makes.
    """
    import pikepdf

    with pikepdf.open(source) as made:
        blank = made.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.TrueType,
                BaseFont=pikepdf.Name("/TimesNewRoman"),
                Encoding=pikepdf.Name.WinAnsiEncoding,
            )
        )
        for page in made.pages:
            page.Resources.Font["/FW"] = blank
            content = pikepdf.unparse_content_stream(list(_apart(page)))
            page.Contents = made.make_stream(content)
        made.save(target, force_version="1.5", object_stream_mode=pikepdf.ObjectStreamMode.generate)


def _apart(page: Any) -> Iterator[Any]:
    """The instructions of a page with a text object for each glyph."""
    import pikepdf

    def instruction(operator: str, *operands: Any) -> Any:
        return pikepdf.ContentStreamInstruction(list(operands), pikepdf.Operator(operator))

    matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    font, size, spacing, narrow = None, 1.0, 0.0, 1.0
    corners: list[tuple[float, float]] = []
    ended: tuple[float, ...] | None = None

    def shown(name: Any, at: float, text: bytes) -> Iterator[Any]:
        a, b, c, d, e, f = matrix
        yield instruction("BT")
        yield instruction("Tf", name, size)
        yield instruction("Tm", a * narrow, b * narrow, c, d, round(e + at * a, 3), round(f + at * b, 3))
        yield instruction("Tj", pikepdf.String(text))
        yield instruction("ET")

    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "BT":
            matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        elif name == "Tm":
            matrix = tuple(map(float, operands))  # type: ignore[assignment]
        elif name == "Td":
            a, b, c, d, e, f = matrix
            x, y = map(float, operands)
            matrix = (a, b, c, d, e + x * a + y * c, f + x * b + y * d)
        elif name == "Tf":
            font, size = operands[0], float(operands[1])
        elif name == "Tc":
            spacing = float(operands[0])
        elif name == "Tz":
            narrow = float(operands[0]) / 100
        elif name in ("Tj", "TJ"):
            if ended is not None and abs(ended[5] - matrix[5]) > 1:
                # Word ends each line with a space by itself.
                matrix, before = ended, matrix
                yield from shown(pikepdf.Name("/FW"), 0.0, b" ")
                matrix = before
            at = 0.0
            face = page.Resources.Font[font]
            first, widths = int(face.FirstChar), [float(width) for width in face.Widths]
            for piece in operands if name == "Tj" else operands[0]:
                if not isinstance(piece, pikepdf.String):
                    at -= float(piece) / 1000 * size * narrow
                    continue
                for code in bytes(piece):
                    yield from shown(font, at, bytes([code]))
                    at += (widths[code - first] / 1000 * size + spacing) * narrow
            ended = (*matrix[:4], matrix[4] + at * matrix[0], matrix[5])
        elif name != "ET":
            yield instruction(name, *operands)
            if name in ("re", "m"):
                corners.append((float(operands[0]), float(operands[1])))
            elif name in _PAINTED:
                # Word ends each cell so, also the empty ones.
                for x, y in corners if font is not None else ():
                    matrix = (1.0, 0.0, 0.0, 1.0, x + 2, y - 12)
                    yield from shown(pikepdf.Name("/FW"), 0.0, b" ")
                corners.clear()
