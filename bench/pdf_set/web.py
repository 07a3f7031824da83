"""Bulletins as web pages in looks of their own, and the programs that print them."""

from __future__ import annotations

import html
import re
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from typesetting.bulletin import Element


class WebLook(NamedTuple):
    """A page's style sheet, and how the parts that are laid out are marked up."""

    css: str
    masthead: str = "table"
    """Office and date in a `table` of two cells, in a ruled `grid` with the number, or `float` at the sides."""
    fields: str = "table"
    """Fields in a `table`, or as `spans` with gaps between."""
    columns: bool = False


_BODY = "body { font-family: 'Noto Serif CJK SC'; margin: 0 } p { margin: 0; orphans: 1; widows: 1 }"
_INDENTED = _BODY + " .p { text-indent: 2em; text-align: justify; font-size: 16pt; line-height: 28pt }"
_PLAIN = _BODY + " h1, h2 { text-align: center } .p { text-indent: 2em; font-size: 14pt } hr { color: #000 }"
LOOKS = {
    "plain": WebLook(_PLAIN),
    "grid": WebLook(
        _INDENTED
        + " @page { size: A4; margin: 32mm 26mm 30mm; @bottom-center { content: '— ' counter(page) ' —' } }"
        " h1 { text-align: center; color: #c00; font-size: 34pt; margin: 0 0 6pt; letter-spacing: 4pt }"
        " h2 { text-align: center; font-size: 20pt; margin: 14pt 0 8pt } h3 { font-size: 16pt; margin: 6pt 0 2pt }"
        " table { width: 100%; border-collapse: collapse; font-size: 13pt } .grid td, .data td { border: 1px solid }"
        " td { padding: 3pt 5pt } .right { text-align: right }",
        masthead="grid",
    ),
    "sans": WebLook(
        _BODY.replace("Serif", "Sans")
        + " @page { size: A4; margin: 25mm 22mm; @bottom-right { content: counter(page) ' / ' counter(pages) } }"
        " .p { font-size: 13pt; line-height: 23pt; margin-bottom: 9pt; text-align: left }"
        " h1 { font-size: 30pt; color: #c00; margin: 0 0 8pt; text-align: center }"
        " h2 { font-size: 17pt; margin: 18pt 0 8pt; text-align: center } h3 { font-size: 13pt; margin: 8pt 0 }"
        " table { width: 100%; border-collapse: collapse; font-size: 12pt } .data td { border: 1px solid #333 }"
        " .right { text-align: right } hr { border: 0; border-top: 1pt solid }",
        masthead="float",
        fields="spans",
    ),
    "columns": WebLook(
        _INDENTED.replace("16pt; line-height: 28pt", "11pt; line-height: 19pt")
        + " @page { size: A4; margin: 24mm 20mm; @bottom-center { content: counter(page) } }"
        " h1 { font-size: 32pt; color: #c00; text-align: center; margin: 0 0 6pt }"
        " h2 { font-size: 15pt; text-align: center; margin: 10pt 0 6pt } h3 { font-size: 11pt; margin: 4pt 0 }"
        " .body { column-count: 2; column-gap: 22pt } table { width: 100%; border-collapse: collapse; font-size: 10pt }"
        " .data td { border: 1px solid } .right { text-align: right } hr { border: 0; border-top: 1pt solid }",
        masthead="float",
        columns=True,
    ),
}
_SECTIONS = ("section", "subsection")


def page(elements: list[Element], look: WebLook) -> str:
    """The bulletin as HTML."""
    made: list[str] = []
    rows: list[str] = []
    for index, element in enumerate(elements):
        after = elements[index + 1] if index + 1 < len(elements) else None
        if element.kind == "table":
            rows.append("<tr>" + "".join(f"<td>{html.escape(cell)}</td>" for cell in element.parts) + "</tr>")
            if after is None or after.kind != "table":
                made.append(f'<table class="data">{"".join(rows)}</table>')
                rows = []
            continue
        made.append(_element(element, elements, index, look))
    body = "\n".join(made)
    if look.columns:
        head, first, rest = body.partition("<h2")
        text, rule, foot = (first + rest).partition("<hr")
        body = f'{head}<div class="body">{text}</div>{rule}{foot}'
    return f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><style>{look.css}</style></head><body>{body}</body></html>'


def _element(element: Element, elements: list[Element], index: int, look: WebLook) -> str:
    kind, text = element.kind, html.escape(element.text)
    if kind == "title":
        return f"<h1>{text}</h1>"
    if kind == "number":
        return "" if look.masthead == "grid" else f'<p style="text-align: center">{text}</p>'
    if kind == "office":
        date = html.escape(elements[index + 1].text)
        if look.masthead == "float":
            line = f'<div><span style="float: left">{text}</span>'
            return f'{line}<span style="float: right">{date}</span></div><div style="clear: both; border-top: 2pt solid #c00"></div>'
        if look.masthead == "table":
            return f'<table><tr><td>{text}</td><td class="right">{date}</td></tr></table><hr>'
        number = html.escape(elements[index - 1].text)
        return f'<table class="grid"><tr><td>{number}</td><td>{text}</td><td class="right">{date}</td></tr></table>'
    if kind == "date":
        return ""
    if kind == "article":
        return f"<h2>{'<br>'.join(html.escape(part) for part in element.parts)}</h2>"
    if kind in _SECTIONS:
        return f'<h3 style="text-indent: {"2em" if "text-indent" in look.css else "0"}">{text}</h3>'
    if kind == "lead":
        return f'<p class="p"><b>{html.escape(element.parts[0])}</b>{html.escape(element.parts[1])}</p>'
    if kind in ("attribution", "copies"):
        return f'<p class="right">{text}</p>'
    if kind == "rule":
        return "<hr>"
    if kind in ("fields", "pair"):
        parts = (
            re.split(r"[ 　]+", text) if kind == "fields" else [html.escape(part) for part in element.parts]
        )
        if look.fields == "table":
            return f"<table><tr>{''.join(f'<td>{part}</td>' for part in parts)}</tr></table>"
        return f"<p>{''.join(f'<span style={chr(34)}margin-right: 24pt{chr(34)}>{part}</span>' for part in parts)}</p>"
    if kind == "column":
        return f"<p><b>{text}</b></p>"
    if kind == "contents":
        return f'<p style="text-align: center"><b>{text}</b></p>'
    if kind == "note":
        return f'<p class="p note">{text}</p>'
    return f'<p class="p">{text}</p>' if kind in ("paragraph", "item", "signed") else f"<p>{text}</p>"


def by_chromium(source: str, target: Path) -> None:
    """Chromium, printing without a window."""
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder, "bulletin.html")
        written.write_text(source, "utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        options += [f"--user-data-dir={folder}/profile", "--no-pdf-header-footer", f"--print-to-pdf={target}"]
        subprocess.run(["chromium", *options, written.as_uri()], check=True, capture_output=True, timeout=180)


def by_wkhtmltopdf(source: str, target: Path, *options: str) -> None:
    """wkhtmltopdf: WebKit's layout, Qt's printing."""
    with tempfile.TemporaryDirectory() as folder:
        written = Path(folder, "bulletin.html")
        written.write_text(source, "utf-8")
        command = ["wkhtmltopdf", "-q", "-s", "A4", "-B", "25mm", "-T", "25mm", *options]
        command += [str(written), str(target)]
        subprocess.run(
            command,
            check=True,
            capture_output=True,
            timeout=180,
            env={"QT_QPA_PLATFORM": "offscreen", "PATH": "/usr/bin:/bin"},
        )


def by_weasyprint(source: str, target: Path) -> None:
    """WeasyPrint."""
    from weasyprint import HTML

    HTML(string=source).write_pdf(str(target))
