"""Bulletins as Word files in the ways people make them, and LibreOffice and pandoc, which print them."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from typesetting.bulletin import Element, as_markdown


class WordLook(NamedTuple):
    """How a Word file is made."""

    song: str = "Noto Serif CJK SC"
    kai: str = "AR PL KaitiM GB"
    size: float = 16
    leading: float = 28
    masthead: str = "tab"
    """Office and date by a right-hand `tab`, in a borderless `table`, a text `frame`, or by `spaces`."""
    indent: str = "chars"
    """First lines in by `chars`, or by typed ideographic `spaces`."""
    fields: str = "tab"
    columns: int = 1
    line_numbers: bool = False
    running_head: str = ""
    page_number: str = "- {page} -"
    watermark: str = ""
    multiple: float = 0
    """Lines so many times as far apart as their face has it, where not `leading` says how far."""
    head: tuple[str, str] = ("", "")
    """What stands at both sides of the head of every page, a line below."""
    boxed: bool = False
    """A frame round the editor's note."""
    tracking: float = 0
    """Points between the letters of the masthead's title."""


def write_word(elements: list[Element], look: WordLook, target: Path) -> None:
    """The bulletin as a .docx."""
    import docx
    from docx.enum.section import WD_SECTION
    from docx.shared import Mm

    made: Any = docx.Document()
    sheet = made.sections[0]
    sheet.page_width, sheet.page_height = Mm(210), Mm(297)
    sheet.top_margin, sheet.bottom_margin, sheet.left_margin, sheet.right_margin = map(Mm, (34, 30, 28, 26))
    if look.line_numbers:
        sheet._sectPr.append(_new("w:lnNumType", countBy=5, restart="newPage"))
    writer = _Writer(made, look)
    if look.head[0]:
        writer.head(sheet.header.paragraphs[0])
    if look.running_head:
        sheet.different_first_page_header_footer = True
        writer.line(look.running_head, 9, "center", paragraph=sheet.header.paragraphs[0])
        writer.number(sheet.first_page_footer.paragraphs[0])
    writer.number(sheet.footer.paragraphs[0])
    begun = False
    for index, element in enumerate(elements):
        if look.columns > 1 and element.kind == "article" and not begun:
            begun = True
            section = made.add_section(WD_SECTION.CONTINUOUS)
            section._sectPr.append(_new("w:cols", num=look.columns, space=480))
        if look.columns > 1 and element.kind == "rule" and begun:
            begun = False
            section = made.add_section(WD_SECTION.CONTINUOUS)
            for columns in section._sectPr.xpath("./w:cols"):
                section._sectPr.remove(columns)
            section._sectPr.append(_new("w:cols", num=1))
        writer.element(element, elements[index + 1 : index + 2])
    made.save(str(target))


def _new(name: str, **attributes: object) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made: Any = OxmlElement(name)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), str(value))
    return made


class _Writer:
    def __init__(self, made: Any, look: WordLook) -> None:
        self._made, self._look = made, look
        self._rows: list[Sequence[str]] = []

    def line(
        self,
        text: str,
        size: float,
        align: str = "left",
        *,
        paragraph: Any = None,
        bold: bool = False,
        kai: bool = False,
        colour: str = "000000",
        indent: bool = False,
        lead: str = "",
    ) -> Any:
        paragraph = paragraph if paragraph is not None else self._made.add_paragraph()
        properties = paragraph._p.get_or_add_pPr()
        leading = max(self._look.leading, size * 1.5)
        if size < self._look.size - 2:
            leading = size * 1.5
        line, rule = round(leading * 20), "exact"
        if self._look.multiple:
            line, rule = round(self._look.multiple * 240), "auto"
        properties.append(_new("w:spacing", before=0, after=0, line=line, lineRule=rule))
        if indent and self._look.indent == "chars":
            properties.append(_new("w:ind", firstLineChars=200, firstLine=round(size * 40)))
        elif indent:
            lead, text = ("　　" + lead, text) if lead else (lead, "　　" + text)
        # A mark that hangs over the end of a justified line LibreOffice sometimes does not draw.
        properties.append(_new("w:overflowPunct", val=0))
        properties.append(_new("w:jc", val="both" if align == "justify" else align))
        for words, is_bold in ((lead, True), (text, bold)):
            if words:
                self._run(paragraph, words, size, bold=is_bold, kai=kai, colour=colour)
        return paragraph

    def _run(self, paragraph: Any, text: str, size: float, *, bold: bool, kai: bool, colour: str) -> Any:
        run = paragraph.add_run(text)
        properties = run._r.get_or_add_rPr()
        family = self._look.kai if kai else self._look.song
        properties.append(_new("w:rFonts", ascii=family, hAnsi=family, eastAsia=family, cs=family))
        if bold:
            properties.append(_new("w:b"))
        properties.append(_new("w:color", val=colour))
        properties.append(_new("w:sz", val=round(size * 2)))
        properties.append(_new("w:lang", val="en-US", eastAsia="zh-CN"))
        return run

    def number(self, paragraph: Any) -> None:
        self.line("", 10.5, "center", paragraph=paragraph)
        for words in re.split(r"(\{pages?\})", self._look.page_number):
            if words in _COUNTS:
                self._counted(paragraph, _COUNTS[words])
            elif words:
                self._run(paragraph, words, 10.5, bold=False, kai=False, colour="000000")

    def _counted(self, paragraph: Any, instruction: str) -> None:
        for kind in ("begin", instruction, "end"):
            run = self._run(paragraph, "", 10.5, bold=False, kai=False, colour="000000")
            if kind == instruction:
                written = _new("w:instrText")
                written.text = kind
                run._r.append(written)
            else:
                run._r.append(_new("w:fldChar", fldCharType=kind))

    def head(self, paragraph: Any) -> None:
        """The head of every page: words at both sides above a thin line."""
        self.line("\t".join(self._look.head), 9, paragraph=paragraph)
        self._stops(paragraph, [("right", round(156 / 25.4 * 1440))])
        self._border(paragraph, "000000", 4)

    def _stops(self, paragraph: Any, places: Sequence[tuple[str, int]]) -> None:
        tabs = _new("w:tabs")
        for kind, place in places:
            tabs.append(_new("w:tab", val=kind, pos=place))
        paragraph._p.get_or_add_pPr().insert(0, tabs)

    def _border(self, paragraph: Any, colour: str, thickness: int) -> None:
        border = _new("w:pBdr")
        border.append(_new("w:bottom", val="single", sz=thickness, space=1, color=colour))
        paragraph._p.get_or_add_pPr().insert(0, border)

    def _frame(self, paragraph: Any) -> None:
        border = _new("w:pBdr")
        for side in ("top", "left", "bottom", "right"):
            border.append(_new(f"w:{side}", val="single", sz=6, space=4, color="000000"))
        paragraph._p.get_or_add_pPr().insert(0, border)

    def _table(self, rows: Sequence[Sequence[str]], size: float, *, ruled: bool) -> None:
        table = self._made.add_table(len(rows), len(rows[0]))
        if ruled:
            table.style = "Table Grid"
        for row, cells in zip(table.rows, rows, strict=True):
            for number, (cell, text) in enumerate(zip(row.cells, cells, strict=True)):
                cell.width = round(156 / self._look.columns / len(cells) * 36000)
                align = "right" if not ruled and number and number + 1 == len(cells) else "left"
                self.line(text, size, align, paragraph=cell.paragraphs[0])

    def element(self, element: Element, following: Sequence[Element]) -> None:
        look, kind, text = self._look, element.kind, element.text
        after = following[0] if following else None
        if kind == "table":
            self._rows.append(element.parts)
            if after is None or after.kind != "table":
                self._table(self._rows, look.size - 3.5, ruled=True)
                self._rows = []
        elif kind == "title":
            paragraph = self.line(text, 36, "center", bold=True, colour="C00000")
            if look.tracking:
                for properties in paragraph._p.xpath(".//w:rPr"):
                    properties.append(_new("w:spacing", val=round(look.tracking * 20)))
            if look.masthead == "frame":
                frame = _new(
                    "w:framePr",
                    w=8800,
                    hSpace=0,
                    wrap="notBeside",
                    vAnchor="text",
                    hAnchor="margin",
                    xAlign="center",
                    y=1,
                )
                paragraph._p.get_or_add_pPr().insert(0, frame)
        elif kind in ("number", "contents"):
            self.line(text, look.size, "center")
        elif kind == "office" and after is not None:
            self._office(text, after.text)
        elif kind == "article":
            self.line("", 8)
            for part in element.parts:
                self.line(part, look.size + 6, "center", bold=True)
        elif kind in ("section", "subsection", "column"):
            self.line(text, look.size, bold=True, kai=kind == "subsection", indent=kind != "column")
        elif kind == "lead":
            self.line(element.parts[1], look.size, "justify", indent=True, lead=element.parts[0])
        elif kind in ("paragraph", "item", "note", "signed"):
            paragraph = self.line(text, look.size, "justify", indent=True, kai=kind == "note")
            if kind == "note" and look.boxed:
                self._frame(paragraph)
        elif kind in ("attribution", "copies"):
            self.line(text, look.size, "right", kai=True)
        elif kind in ("fields", "pair"):
            self._fields(re.split(r"[ 　]+", text) if kind == "fields" else element.parts)
        elif kind == "rule":
            self._border(self.line("", 4), "000000", 6)
        elif kind != "date":
            self.line(text, look.size - 2)

    def _office(self, office: str, date: str) -> None:
        look = self._look
        if look.masthead == "table":
            self._table([(office, date)], look.size, ruled=False)
            self._border(self.line("", 4), "C00000", 12)
            return
        if look.masthead == "spaces":
            width = 156 / 25.4 * 72 / look.size
            used = sum(0.5 if character.isascii() else 1 for character in office + date)
            paragraph = self.line(office + " " * int((width - used) * 2 - 2) + date, look.size)
        else:
            paragraph = self.line(f"{office}\t{date}", look.size)
            self._stops(paragraph, [("right", round(156 / 25.4 * 1440))])
        self._border(paragraph, "C00000", 12)

    def _fields(self, parts: Sequence[str]) -> None:
        if self._look.fields == "tab":
            paragraph = self.line("\t".join(parts), self._look.size - 2)
            self._stops(
                paragraph,
                [("left", round(156 / 25.4 * 1440 * number / len(parts))) for number in range(1, len(parts))],
            )
        else:
            self.line("    ".join(parts), self._look.size - 2)


_COUNTS = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
WORD_LOOKS = {
    "word": WordLook(running_head="内部简报", line_numbers=True),
    "wps": WordLook(
        masthead="spaces", indent="spaces", fields="spaces", page_number="第{page}页", song="AR PL SungtiL GB"
    ),
    "frame": WordLook(masthead="frame", size=14, leading=25),
    "table": WordLook(masthead="table", song="Noto Sans CJK SC", size=15, leading=26, page_number="—{page}—"),
    "two-columns": WordLook(size=12, leading=20, columns=2),
}


def by_libreoffice(sources: Sequence[Path], folder: Path, form: str = "pdf") -> None:
    """Files that LibreOffice reads, as PDFs (or in another form) in a folder, by one start of the program."""
    with tempfile.TemporaryDirectory() as profile:
        command = ["soffice", f"-env:UserInstallation=file://{profile}/p", "--headless", "--convert-to", form]
        command += ["--outdir", str(folder), *map(str, sources)]
        subprocess.run(command, check=True, capture_output=True, timeout=600)


def by_pandoc(elements: list[Element], target: Path, form: str) -> None:
    """The bulletin's text by pandoc, as a .docx or .odt in its own look, or as a PDF by another engine."""
    options = (
        ["--pdf-engine=weasyprint", "-M", "lang=zh-CN", "-M", "pagetitle=简报"]
        if form == "weasyprint"
        else []
    )
    # It makes one space of two, which are what parts fields.
    text = as_markdown(elements).replace("  ", "　")
    command = ["pandoc", "-f", "markdown-auto_identifiers", "-o", str(target), *options, "-"]
    subprocess.run(command, input=text, text=True, check=True, capture_output=True, timeout=300)
