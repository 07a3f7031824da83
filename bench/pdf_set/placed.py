"""Bulletins laid out line by line, for libraries that draw what they are told where they are told.

Lengths are points, places count from a page's top left corner. Every ASCII character is half an em wide and
all others one, as they are in the face of `FONT`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from typesetting.bulletin import Element

FONT = "/usr/share/fonts/truetype/arphic-gbsn00lp/gbsn00lp.ttf"
KAI = "/usr/share/fonts/truetype/arphic-gkai00mp/gkai00mp.ttf"
A4 = (595.0, 842.0)
_ATOMS = re.compile(r"[“‘（《【]*(?:[!-~]+|.)[，。、；：？！”’）》】％%]*")
_RED = "#c00000"


class Look(NamedTuple):
    """What makes one look differ from another."""

    size: float = 16
    leading: float = 28
    indent: float = 2
    """Of a paragraph's first line, in ems."""
    gap: float = 0
    """Points after a paragraph."""
    justified: bool = True
    columns: int = 1
    margin: float = 80
    masthead: str = "sides"
    """Office and date at both sides of one line, `centred` below each other, or `one`, in the middle of it."""
    fields: str = "apart"
    """Fields on one line, at stops; `stacked` one below the other."""
    page_number: str = "— {page} —"
    running_head: str = ""
    stamp: str = ""
    aside: str = ""
    """Small type beside the title."""
    line_numbers: bool = False
    watermark: str = ""
    tint: str = "#e6e6e6"
    foot: float = 84
    """What is left free at the foot of a page."""
    single: bool = False
    """Every character is drawn by itself."""


class _Sheet:
    """The pages under way, and the pen."""

    def __init__(self, look: Look) -> None:
        self.look = look
        self.pages: list[dict[str, list[Any]]] = []
        self.column = 0
        self.top = 90.0
        self.turn_page()

    @property
    def width(self) -> float:
        whole = A4[0] - 2 * self.look.margin
        return whole if self.look.columns == 1 or not self.pages_in_columns else (whole - 24) / 2

    pages_in_columns = False

    @property
    def left(self) -> float:
        return self.look.margin + self.column * (self.width + 24)

    def turn_page(self) -> None:
        if self.pages_in_columns and self.column == 0 and self.pages:
            self.column, self.y = 1, self.top
            return
        self.column = 0
        self.pages.append({"texts": [], "rules": []})
        self.y = self.top = 90.0

    def room(self, height: float) -> None:
        if self.y + height > A4[1] - self.look.foot:
            self.turn_page()
        self.y += height

    def text(
        self,
        x: float,
        words: str,
        size: float,
        *,
        spacing: float = 0.0,
        kai: bool = False,
        colour: str = "#000000",
        turn: float = 0.0,
        baseline: float | None = None,
    ) -> None:
        y = self.y if baseline is None else baseline
        if self.look.single and not turn:
            for character in words:
                if character.strip():
                    self.pages[-1]["texts"].append([x, y, size, character, kai, colour, 0.0, turn])
                x += advance(character) * size + spacing
            return
        self.pages[-1]["texts"].append([x, y, size, words, kai, colour, spacing, turn])

    def rule(self, colour: str = "#000000", thickness: float = 0.8) -> None:
        self.room(10)
        x0 = self.look.margin if not self.pages_in_columns else self.left
        self.pages[-1]["rules"].append([x0, self.y - 4, x0 + self.width, self.y - 4, thickness, colour])


def advance(words: str) -> float:
    """The width of words in ems."""
    return sum(0.5 if character.isascii() else 1.0 for character in words)


def broken(words: str, width: float, first: float) -> Iterator[str]:
    """Words as lines no wider than so many ems; the first line is narrower by `first`."""
    room, line = width - first, ""
    for atom in _ATOMS.findall(words):
        if line and advance(line + atom.rstrip("，。、；：？！”’）》】 ")) > room + 0.01:
            yield line.rstrip(" ")
            room, line = width, atom.lstrip(" ")
        else:
            line += atom
    if line:
        yield line.rstrip(" ")


def lay_out(elements: list[Element], look: Look) -> list[dict[str, list[Any]]]:
    """The pages: of each the `texts` (place, size, words, face, colour, spacing, turn) and the `rules`."""
    sheet = _Sheet(look)
    if look.stamp:
        for row, letter in enumerate(look.stamp):
            sheet.text(A4[0] - 46, letter, 12, colour=_RED, baseline=110 + 15.0 * row)
    table: list[tuple[str, ...]] = []
    for index, element in enumerate(elements):
        kinds = [each.kind for each in elements[index + 1 : index + 2]]
        if element.kind == "table":
            table.append(element.parts)
            if kinds != ["table"]:
                _table(sheet, table)
            continue
        if element.kind == "article" and look.columns > 1 and not sheet.pages_in_columns:
            sheet.pages_in_columns, sheet.top = True, sheet.y + 12
            sheet.y = sheet.top
        if element.kind == "rule" and sheet.pages_in_columns:
            # What follows the columns stands below both, on a page of its own where it must.
            sheet.pages_in_columns = False
            sheet.turn_page()
        _element(sheet, element, elements[index + 1] if kinds else None)
    for number, page in enumerate(sheet.pages, 1):
        _furnish(sheet, page, number)
    return sheet.pages


def _furnish(sheet: _Sheet, page: dict[str, list[Any]], number: int) -> None:
    look = sheet.look
    words = look.page_number.format(page=number, pages=len(sheet.pages))
    page["texts"].append(
        [(A4[0] - advance(words) * 10.5) / 2, A4[1] - 48, 10.5, words, False, "#000000", 0.0, 0.0]
    )
    if look.running_head and number > 1:
        x = (A4[0] - advance(look.running_head) * 10.5) / 2
        page["texts"].append([x, 54.0, 10.5, look.running_head, False, "#000000", 0.0, 0.0])
    if look.watermark:
        page["texts"].insert(0, [120.0, 460.0, 88, look.watermark, False, look.tint, 0.0, 0.0])
    if look.line_numbers:
        baselines = sorted({text[1] for text in page["texts"] if abs(text[2] - look.size) < 0.1})
        for count, y in enumerate(baselines, 1):
            if count % 5 == 0:
                page["texts"].append([look.margin - 36, y, 8, str(count), False, "#000000", 0.0, 0.0])


def _element(sheet: _Sheet, element: Element, after: Element | None) -> None:
    look, kind, text = sheet.look, element.kind, element.text
    size, leading, width = look.size, look.leading, sheet.width
    if kind == "title":
        sheet.room(50)
        x = look.margin + (width - advance(text) * 32) / 2
        sheet.text(x, text, 32, colour=_RED)
        if look.aside:
            sheet.text(x + advance(text) * 32 + 24, look.aside, 11, kai=True, baseline=sheet.y - 12)
    elif kind in ("number", "contents", "article"):
        large = size + 4 if kind == "article" else size
        sheet.y += 10 if kind == "article" else 0
        for part in element.parts:
            for line in broken(part, width / large, 0):
                sheet.room(large * 1.6)
                sheet.text(sheet.left + (width - advance(line) * large) / 2, line, large)
        sheet.y += 8
    elif kind == "office":
        date = after.text if after else ""
        if look.masthead == "centred":
            for words in (text, date):
                sheet.room(leading)
                sheet.text(look.margin + (width - advance(words) * size) / 2, words, size)
        elif look.masthead == "one":
            sheet.room(leading)
            sheet.text(look.margin + (width - advance(f"{text}　{date}") * size) / 2, f"{text}　{date}", size)
        else:
            sheet.room(leading)
            sheet.text(look.margin, text, size)
            sheet.text(look.margin + width - advance(date) * size, date, size)
        sheet.rule(_RED, 1.6)
    elif kind == "rule":
        sheet.rule()
    elif kind == "attribution":
        sheet.room(leading)
        sheet.text(sheet.left + width - advance(text) * size, text, size, kai=True)
        sheet.y += look.gap
    elif kind in ("fields", "pair"):
        parts = re.split(r"[ 　]+", text) if kind == "fields" else list(element.parts)
        small = size - 2
        if look.fields == "stacked" or kind == "pair":
            for part in parts:
                sheet.room(leading - 2)
                sheet.text(look.margin, part, small)
        else:
            sheet.room(leading)
            for number, part in enumerate(parts):
                sheet.text(look.margin + number * width / len(parts), part, small)
    elif kind == "copies":
        sheet.room(leading)
        sheet.text(look.margin + width - advance(text) * size, text, size)
    elif kind == "classification":
        sheet.room(leading)
        sheet.text(look.margin, text, size - 2)
    elif kind != "date":
        _paragraph(sheet, element)


def _paragraph(sheet: _Sheet, element: Element) -> None:
    look, kind = sheet.look, element.kind
    is_body = kind in ("paragraph", "lead", "section", "subsection", "item", "note", "signed")
    indent = look.indent if is_body else 0.0
    lines = list(broken(element.text, sheet.width / look.size, indent))
    for number, line in enumerate(lines):
        sheet.room(look.leading)
        x = sheet.left + (indent * look.size if number == 0 else 0.0)
        spacing = 0.0
        if look.justified and number + 1 < len(lines) and len(line) > 1:
            left = sheet.left + sheet.width - x - advance(line) * look.size
            spacing = max(left / (len(line) - 1), -0.06 * look.size)
        sheet.text(
            x, line, look.size, spacing=spacing, kai=kind in ("section", "note", "subsection", "column")
        )
    sheet.y += look.gap if is_body else 0


def _table(sheet: _Sheet, rows: list[tuple[str, ...]]) -> None:
    look = sheet.look
    size, width = look.size - 4, sheet.width
    columns = len(rows[0])
    edges = [sheet.left + width * number / columns for number in range(columns + 1)]
    top = sheet.y + 10
    heights = [top]
    for cells in rows:
        lines = [list(broken(cell, width / columns / size - 0.8, 0)) for cell in cells]
        height = max(len(each) for each in lines) * size * 1.4 + 6
        sheet.y = heights[-1]
        for x, each in zip(edges, lines, strict=False):
            for number, line in enumerate(each):
                sheet.text(x + 4, line, size, baseline=heights[-1] + size * 1.2 + number * size * 1.4)
        heights.append(heights[-1] + height)
    rules = sheet.pages[-1]["rules"]
    rules += [[edges[0], y, edges[-1], y, 0.5, "#000000"] for y in heights]
    rules += [[x, heights[0], x, heights[-1], 0.5, "#000000"] for x in edges]
    sheet.y = heights[-1] + 14
