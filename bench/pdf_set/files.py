"""Which files the second set has, and how each is made."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from typesetting.bulletin import Element, read_source

from pdf_set import drawn, houses, office, placed, rewritten, web
from pdf_set.placed import Look

SOURCES = Path(__file__).with_name("source")
REFUSED = "refused"


class Made(NamedTuple):
    """One file of the set."""

    name: str
    source: str
    group: str
    """`ordinary`, `columns` (and sheets), `odd` (to be read or refused), `ocr`, or `refused`."""
    make: Callable[[Path], None]
    """Writes it to a path; what other files it needs stand in the same folder."""
    lost: tuple[str, str] = ("", "")
    """Words of the source, and what of them the producer drew: a mark over the end of a justified line is
    sometimes not drawn by LibreOffice."""
    bullet: str = ""
    """What the producer draws before an entry of a list."""


_PLAIN = Look()
_AIRY = Look(
    size=14,
    leading=24,
    indent=0,
    gap=9,
    justified=False,
    masthead="centred",
    page_number="{page}/{pages}",
    fields="stacked",
)
_DENSE = Look(
    size=12,
    leading=19,
    masthead="one",
    running_head="工作简报",
    page_number="第{page}页",
    stamp="内部资料注意保存",
)
_NUMBERED = Look(size=15, leading=27, line_numbers=True, aside="仅供参阅")
_PALE = Look(size=14, leading=25, watermark="内部", justified=False)
_COLUMNED = Look(size=11, leading=18, columns=2, margin=56)
_DRAWN: dict[str, list[tuple[str, Look]]] = {
    "fpdf2": [("orchard", _PLAIN), ("weekly", _AIRY), ("clinic", _DENSE), ("roads", _NUMBERED)],
    "pdfkit": [("orchard", _DENSE), ("school", _PLAIN), ("weekly", _NUMBERED)],
    "jspdf": [("clinic", _PLAIN), ("slips", _AIRY), ("roads", _DENSE)],
    "pdf-lib": [("weekly", _PLAIN), ("orchard", _AIRY), ("school", _NUMBERED)],
    "pymupdf": [
        ("school", _DENSE._replace(justified=False)),
        ("clinic", _AIRY),
        ("roads", _PLAIN._replace(single=True)),
    ],
    "matplotlib": [("school", _AIRY), ("orchard", _PLAIN._replace(justified=False))],
}


def elements(source: str) -> list[Element]:
    """The elements of a bulletin of the set."""
    return read_source(SOURCES / f"{source}.txt")


def _draw(library: str, source: str, look: Look, target: Path) -> None:
    pages = placed.lay_out(elements(source), look)
    by = {"fpdf2": drawn.by_fpdf2, "pymupdf": drawn.by_pymupdf, "matplotlib": drawn.by_matplotlib}.get(
        library
    )
    if by is None:
        drawn.by_node(pages, target, library)
    else:
        by(pages, target)


def _print(by: Callable[[str, Path], None], source: str, look: str, target: Path) -> None:
    by(web.page(elements(source), web.LOOKS[look]), target)


def _office(source: str, look: str, target: Path, through: str = "docx") -> None:
    """A Word file, in a form of LibreOffice's own if `through` names one, and printed."""
    written = target.with_suffix(f".{'docx' if through != 'html' else 'html'}")
    if through == "html":
        written.write_text(web.page(elements(source), web.LOOKS[look]), "utf-8")
    else:
        office.write_word(elements(source), office.WORD_LOOKS[look], written)
    if through in ("doc", "odt", "rtf"):
        office.by_libreoffice([written], target.parent, through)
        written.unlink()
        written = target.with_suffix(f".{through}")
    office.by_libreoffice([written], target.parent, "pdf:writer_pdf_Export")
    written.unlink()


def _pandoc(source: str, form: str, target: Path) -> None:
    if form in ("docx", "odt"):
        written = target.with_suffix(f".{form}")
        office.by_pandoc(elements(source), written, form)
        office.by_libreoffice([written], target.parent)
        written.unlink()
    else:
        office.by_pandoc(elements(source), target, form)


def _again(by: Callable[..., None], origin: str, target: Path, *more: object) -> None:
    by(target.with_name(f"{origin}.pdf"), target, *more)


_LOST = {"libreoffice-docx-word-orchard": ("第一道关口，组织", "第一道关口组织")}


def files() -> Iterator[Made]:
    """All files, those that others are made of first."""
    for each in _files():
        lost = next((words for name, words in _LOST.items() if each.name.endswith(name)), each.lost)
        yield each._replace(lost=lost, bullet="•" if "pandoc" in each.name else "")


def _files() -> Iterator[Made]:
    for library, looks in _DRAWN.items():
        for source, look in looks:
            yield Made(f"{library}-{source}", source, "ordinary", partial(_draw, library, source, look))
    for look, sources in {
        "grid": ("orchard", "clinic", "school"),
        "sans": ("weekly", "slips", "roads"),
    }.items():
        for source in sources:
            yield Made(
                f"chromium-{look}-{source}",
                source,
                "ordinary",
                partial(_print, web.by_chromium, source, look),
            )
    for look, source in (("grid", "orchard"), ("grid", "clinic"), ("sans", "weekly"), ("sans", "school")):
        yield Made(
            f"wkhtmltopdf-{look}-{source}",
            source,
            "ordinary",
            partial(_print, web.by_wkhtmltopdf, source, look),
        )
    for look, source in (("grid", "roads"), ("sans", "clinic")):
        yield Made(
            f"weasyprint-{look}-{source}",
            source,
            "ordinary",
            partial(_print, web.by_weasyprint, source, look),
        )
    for look, source, through in (
        *(("word", each, "docx") for each in ("orchard", "clinic", "roads")),
        *(("wps", each, "docx") for each in ("weekly", "school", "slips")),
        *(("wps", "clinic", "doc"), ("word", "weekly", "odt"), ("table", "roads", "rtf")),
        *(("frame", "orchard", "docx"), ("frame", "school", "docx")),
        *(("table", "clinic", "docx"), ("table", "weekly", "docx")),
    ):
        name = f"libreoffice-{through}-{look}-{source}"
        yield Made(name, source, "ordinary", partial(_office, source, look, through=through))
    for form, sources in {
        "docx": ("orchard", "school"),
        "odt": ("weekly", "roads"),
        "weasyprint": ("weekly", "slips"),
    }.items():
        for source in sources:
            yield Made(f"pandoc-{form}-{source}", source, "ordinary", partial(_pandoc, source, form))
    for name, source, make in houses.by_luatex(elements):
        yield Made(name, source, "ordinary", make)
    yield from _small()
    yield from _rewritten()
    yield from _in_columns()
    yield from _odd()
    for name, source, group, make, lost in houses.houses(elements):
        yield Made(name, source, group, make, lost or ("", ""))


def _small() -> Iterator[Made]:
    """The same short bulletin by as many, small enough to be kept: `fixtures/world/`."""
    looks = {
        "fpdf2": _NUMBERED,
        "pdfkit": _AIRY,
        "jspdf": _PLAIN,
        "pdf-lib": _DENSE,
        "pymupdf": _PLAIN._replace(justified=False, single=True),
        "fpdf2-large": _PLAIN._replace(size=22, leading=48),
    }
    for name, look in looks.items():
        draw = partial(_draw, name.removesuffix("-large"), "brief", look)
        yield Made(f"small-{name}", "brief", "ordinary", draw)
    yield Made(
        "small-columns", "brief", "columns", partial(_draw, "pdfkit", "brief", _COLUMNED._replace(foot=500))
    )
    yield Made("small-wkhtmltopdf", "brief", "ordinary", partial(_print, web.by_wkhtmltopdf, "brief", "sans"))
    yield Made("small-libreoffice", "brief", "ordinary", partial(_office, "brief", "word"))
    yield Made("small-pandoc", "brief", "ordinary", partial(_pandoc, "brief", "odt"))
    for by, name, origin, group in (
        (rewritten.by_ghostscript, "ghostscript", "small-libreoffice", "ordinary"),
        (rewritten.by_qpdf, "qpdf", "small-wkhtmltopdf", "ordinary"),
        (rewritten.on_a3, "a3", "small-fpdf2-large", "columns"),
    ):
        yield Made(f"small-{name}", "brief", group, partial(_again, by, origin))
    yield Made(
        "small-turned",
        "brief",
        "odd",
        partial(_again, partial(rewritten.turned, degrees=270), "small-pdfkit"),
    )


def _rewritten() -> Iterator[Made]:
    for by, name, origin, source in (
        (rewritten.by_ghostscript, "ghostscript", "libreoffice-docx-word-orchard", "orchard"),
        (rewritten.by_ghostscript, "ghostscript", "fpdf2-clinic", "clinic"),
        (rewritten.by_ghostscript, "ghostscript", "pandoc-odt-weekly", "weekly"),
        (rewritten.by_qpdf, "qpdf", "libreoffice-docx-wps-weekly", "weekly"),
        (rewritten.by_qpdf, "qpdf", "pdfkit-orchard", "orchard"),
        (rewritten.by_glyph, "by-glyph", "libreoffice-docx-word-orchard", "orchard"),
        (rewritten.by_glyph, "by-glyph", "libreoffice-docx-table-clinic", "clinic"),
        (rewritten.by_pikepdf, "pikepdf", "chromium-grid-clinic", "clinic"),
        (rewritten.by_pdftocairo, "pdftocairo", "jspdf-roads", "roads"),
        (rewritten.by_pdftocairo, "pdftocairo", "libreoffice-docx-frame-school", "school"),
    ):
        yield Made(f"{name}-{origin}", source, "ordinary", partial(_again, by, origin))


def _in_columns() -> Iterator[Made]:
    for library, source in (("fpdf2", "roads"), ("pdfkit", "clinic"), ("pymupdf", "orchard")):
        look = _COLUMNED if library != "pymupdf" else _COLUMNED._replace(justified=False)
        yield Made(f"columns-{library}-{source}", source, "columns", partial(_draw, library, source, look))
    pale = _COLUMNED._replace(justified=False, gap=4, masthead="centred", watermark="草稿")
    yield Made("columns-pale-orchard", "orchard", "columns", partial(_draw, "fpdf2", "orchard", pale))
    for name, by in (("chromium", web.by_chromium), ("weasyprint", web.by_weasyprint)):
        for source in ("orchard", "roads"):
            yield Made(f"columns-{name}-{source}", source, "columns", partial(_print, by, source, "columns"))
    for source in ("orchard", "roads"):
        yield Made(
            f"columns-libreoffice-{source}", source, "columns", partial(_office, source, "two-columns")
        )
    for origin in (
        "fpdf2-orchard",
        "chromium-grid-clinic",
        "libreoffice-docx-word-roads",
        "libreoffice-docx-wps-weekly",
    ):
        source = origin.rpartition("-")[2]
        yield Made(f"a3-{origin}", source, "columns", partial(_again, rewritten.on_a3, origin))


def _odd() -> Iterator[Made]:
    def turned(degrees: int, only: int | None, origin: str, target: Path) -> None:
        _again(rewritten.turned, origin, target, degrees, only)

    for degrees, only, origin in (
        (90, None, "libreoffice-docx-word-orchard"),
        (180, None, "chromium-sans-weekly"),
        (270, None, "fpdf2-clinic"),
        (90, 2, "wkhtmltopdf-grid-clinic"),
        (270, 2, "chromium-grid-orchard"),
        (180, 1, "jspdf-clinic"),
    ):
        name = f"turned-{degrees}-{only or 'all'}-{origin}"
        yield Made(name, origin.rpartition("-")[2], "odd", partial(turned, degrees, only, origin))
    yield Made("watermark-fpdf2-orchard", "orchard", "odd", partial(_draw, "fpdf2", "orchard", _PALE))
    paler = _PALE._replace(tint="#f4d8d8", watermark="样张")
    yield Made("watermark-pdfkit-weekly", "weekly", "odd", partial(_draw, "pdfkit", "weekly", paler))
    yield Made(
        "ocr-tesseract-school",
        "school",
        "ocr",
        partial(_again, rewritten.by_tesseract, "pdfkit-school"),
    )
    yield Made(
        "ocr-tesseract-orchard",
        "orchard",
        "ocr",
        partial(_again, rewritten.by_tesseract, "libreoffice-docx-word-orchard"),
    )
    yield Made(
        "ocr-ocrmypdf-school",
        "school",
        "ocr",
        partial(_again, rewritten.by_ocrmypdf, "libreoffice-docx-wps-school"),
    )
    yield Made("scan-school", "school", REFUSED, partial(_again, rewritten.scanned, "pdfkit-school"))
    yield Made("outlines-school", "school", REFUSED, partial(_again, rewritten.as_outlines, "pdfkit-school"))
    for by, name, origin in (
        (rewritten.by_ghostscript, "ghostscript", "wkhtmltopdf-sans-weekly"),
        (rewritten.without_map, "no-map", "fpdf2-orchard"),
        (rewritten.without_map, "no-map", "libreoffice-docx-word-roads"),
    ):
        yield Made(f"{name}-{origin}", origin.rpartition("-")[2], REFUSED, partial(_again, by, origin))


def make(each: Made, folder: Path) -> str:
    """Makes a file unless it is there; why it could not be made, or nothing."""
    target = folder / f"{each.name}.pdf"
    if target.exists():
        return ""
    try:
        each.make(target)
    except Exception as error:  # noqa: BLE001 - a producer that is not there is named, and the rest made
        said = getattr(error, "stderr", "") or str(error)
        return (
            f"{type(error).__name__}: {said if isinstance(said, str) else said.decode('utf-8', 'replace')}"[
                :400
            ]
        )
    return "" if target.exists() else "the producer wrote nothing"


def main(folder: Path, names: list[str]) -> None:
    """Makes what is not there yet, and says what it could not make."""
    folder.mkdir(parents=True, exist_ok=True)
    for each in files():
        if names and not any(name in each.name for name in names):
            continue
        failed = make(each, folder)
        if failed:
            sys.stdout.write(f"{each.name}: not made: {failed}\n")
            sys.stdout.flush()
