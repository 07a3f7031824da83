"""Libraries that draw what `placed` laid out: fpdf2, PyMuPDF, Matplotlib, and by Node pdf-lib, jsPDF and PDFKit."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

from pdf_set.placed import A4, FONT, KAI

Pages = list[dict[str, list[Any]]]


def _colour(text: str) -> tuple[int, int, int]:
    return int(text[1:3], 16), int(text[3:5], 16), int(text[5:7], 16)


def by_fpdf2(pages: Pages, target: Path) -> None:
    """fpdf2: TrueType subsets, spacing of characters by an operator."""
    from fpdf import FPDF

    made = FPDF(unit="pt", format=A4)
    made.set_auto_page_break(False)
    made.add_font("song", "", FONT)
    made.add_font("kai", "", KAI)
    for page in pages:
        made.add_page()
        for x, y, size, words, kai, colour, spacing, _ in page["texts"]:
            made.set_font("kai" if kai else "song", size=size)
            made.set_text_color(*_colour(colour))
            made.set_char_spacing(spacing)
            made.text(x, y, words)
        for x0, y0, x1, y1, thickness, colour in page["rules"]:
            made.set_draw_color(*_colour(colour))
            made.set_line_width(thickness)
            made.line(x0, y0, x1, y1)
    made.output(str(target))


def by_pymupdf(pages: Pages, target: Path) -> None:
    """PyMuPDF: each piece of text in a stream of its own, justified by drawing characters alone."""
    import pymupdf as fitz

    made = fitz.open()
    for page in pages:
        sheet = made.new_page(width=A4[0], height=A4[1])
        sheet.insert_font(fontname="song", fontfile=FONT)
        sheet.insert_font(fontname="kai", fontfile=KAI)
        for x, y, size, words, kai, colour, _, _ in page["texts"]:
            tint = tuple(part / 255 for part in _colour(colour))
            sheet.insert_text((x, y), words, fontsize=size, fontname="kai" if kai else "song", color=tint)
        for x0, y0, x1, y1, thickness, colour in page["rules"]:
            tint = tuple(part / 255 for part in _colour(colour))
            sheet.draw_line((x0, y0), (x1, y1), width=thickness, color=tint)
    made.subset_fonts()
    made.save(str(target), garbage=3, deflate=True)


def by_matplotlib(pages: Pages, target: Path) -> None:
    """Matplotlib: Type 3 glyphs, and every piece of text placed by a matrix."""
    import matplotlib as mpl

    mpl.use("pdf")
    from matplotlib import pyplot as plt
    from matplotlib.backends.backend_pdf import PdfPages
    from matplotlib.font_manager import FontProperties
    from matplotlib.lines import Line2D

    faces = {True: FontProperties(fname=KAI), False: FontProperties(fname=FONT)}
    with PdfPages(target) as made:
        for page in pages:
            figure = plt.figure(figsize=(A4[0] / 72, A4[1] / 72))
            for x, y, size, words, kai, colour, _, _ in page["texts"]:
                at = x / A4[0], 1 - y / A4[1]
                figure.text(
                    *at,
                    words,
                    fontproperties=faces[kai],
                    size=size,
                    color=colour,
                    va="baseline",
                    parse_math=False,
                )
            for x0, y0, x1, y1, thickness, colour in page["rules"]:
                xs, ys = [x0 / A4[0], x1 / A4[0]], [1 - y0 / A4[1], 1 - y1 / A4[1]]
                figure.add_artist(Line2D(xs, ys, linewidth=thickness, color=colour))
            made.savefig(figure)
            plt.close(figure)


def by_node(pages: Pages, target: Path, library: str) -> None:
    """`pdf-lib`, `jspdf` or `pdfkit`, from the folder of packages that NODE_PATH names."""
    task = {"pages": pages, "library": library, "song": FONT, "kai": KAI, "target": str(target), "sheet": A4}
    script = Path(__file__).with_name("draw.cjs")
    subprocess.run(
        ["node", str(script)],
        input=json.dumps(task),
        text=True,
        check=True,
        capture_output=True,
        env=os.environ,
    )
