"""A bulletin that was read from a text as a Word document: the same paragraphs, as Word writes them."""

from __future__ import annotations

from xml.sax.saxutils import escape

from bulletin_lint.model.document import Block, Document
from docx_made import docx, p, r, table


def twin(document: Document) -> bytes:
    """The Word document with a document's blocks: bold, headings, cells, alignment and indents."""
    parts: list[str] = []
    rows: list[list[str]] = []
    for block in document.blocks[: document.furniture_start]:
        if block.table:
            rows.append([escape(document.text[start:end]) for start, end in block.cells])
            continue
        parts += [table(*rows)] if rows else []
        rows = []
        parts.append(_paragraph(document, block))
    parts += [table(*rows)] if rows else []
    return docx("".join(parts))


def _paragraph(document: Document, block: Block) -> str:
    start, end = block.span
    properties = ""
    if block.gap:
        properties += '<w:spacing w:before="120"/>'
    if block.indent:
        properties += f'<w:ind w:firstLineChars="{block.indent * 50}"/>'
    if block.centred:
        properties += '<w:jc w:val="center"/>'
    if block.heading:
        properties += f'<w:outlineLvl w:val="{block.heading - 1}"/>'
    runs: list[str] = []
    position = start
    for bold in block.bold:
        runs += [
            _run(document.text[position : bold.start]),
            _run(document.text[bold.start : bold.end], "<w:b/>"),
        ]
        position = bold.end
    runs.append(_run(document.text[position:end]))
    return p(*(each for each in runs if each), properties=properties)


def _run(text: str, properties: str = "") -> str:
    if not text:
        return ""
    first, *rest = text.split("\t")
    inside = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    tabs = "".join(f'<w:tab/><w:t xml:space="preserve">{escape(each)}</w:t>' for each in rest)
    return (
        f'<w:r>{inside}<w:t xml:space="preserve">{escape(first)}</w:t>{tabs}</w:r>'
        if tabs
        else r(escape(first), properties)
    )
