"""Checks of the page: its size, the type area (版心) on it, lines and characters that fit in."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from bulletin_lint._typing import Any, ClassVar
from bulletin_lint.checks.context import CheckContext, Resources
from bulletin_lint.checks.layout.geometry import (
    CLOSING,
    MILLIMETRE,
    OPENING,
    Geometry,
    SetLine,
    is_wide,
    millimetres,
    number,
    told,
    usual_value,
)
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check
from bulletin_lint.model.document import walk
from bulletin_lint.model.location import Span
from bulletin_lint.model.violation import Match, Outcome, Value
from bulletin_lint.model.wording import Wording, page_list

_FEWEST_LINES = 3
"""Lines that must agree before they say how many characters a line holds."""
_NATURAL = (0.985, 1.04)
"""Of the size, how far apart characters stand where a line is neither crammed nor stretched; 28 characters
of 16 points in 156 millimetres are 0.987."""
_WHOLE_LINE = 0.15
"""Of a line, by which measured leading may fall short."""
_MOST_ROOM = 2
"""Lines that a program leaves free at the end of a page so that no line stands alone."""


class PageSize(Check):
    """Every page must have a size, upright or turned on its side."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "width": Parameter("number", "The width in millimetres.", required=True),
        "height": Parameter("number", "The height in millimetres.", required=True),
        "tolerance": Parameter(
            "number", "Millimetres by which a side may differ, for trimming.", required=True
        ),
        "called": Parameter("string", "What the size is called, for the message.", default=""),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        width, height = float(parameters["width"]), float(parameters["height"])
        self._sides = sorted((width * MILLIMETRE, height * MILLIMETRE))
        self._expected = f"{number(width)}×{number(height)}"
        self._called = str(parameters.get("called") or "")
        self._tolerance = parameters["tolerance"] * MILLIMETRE

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found (the first wrong page's size), expected, called, pages, count (of wrong pages)."""
        return frozenset({"found", "expected", "called", "pages", "count"})

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        geometry = context.geometry
        if geometry is None:
            return "not-applicable"
        wrong = [page for page in geometry.layouts.values() if not self._fits((page.width, page.height))]
        if not wrong:
            return []
        numbers = [page.number for page in wrong]
        sizes: list[dict[str, Value]] = [
            {
                "found": f"{millimetres(page.width)}×{millimetres(page.height)}",
                "expected": self._expected,
                "called": self._called,
            }
            for page in wrong
        ]
        first = [_first_line(geometry, page) for page in numbers]
        lines = [(line, values) for line, values in zip(first, sizes, strict=True) if line is not None]
        if not lines:
            return [Match(Span(0, 0), {**sizes[0], "pages": page_list(numbers), "count": len(wrong)})]
        match = told(lines, pages=numbers)
        return [match._replace(values={**match.values, "found": sizes[0]["found"]})]

    def _fits(self, size: tuple[float, float]) -> bool:
        return all(
            abs(side - wanted) <= self._tolerance
            for side, wanted in zip(sorted(size), self._sides, strict=True)
        )


def _first_line(geometry: Geometry, page: int) -> SetLine | None:
    lines = geometry.by_page.get(page) or [line for line in geometry.furniture if line.page == page]
    return lines[0] if lines else None


class TypeArea(Check):
    """A measure of the type area, from the drawn characters of the body."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "measure": Parameter(
            "choice",
            "`top`: from the page's top to the first line of pages that begin with body text; `left`: from "
            "its left side to the lines of paragraphs; `width`: of full lines; `height`: from the first line "
            "to the last one of full pages.",
            required=True,
            choices=("top", "left", "width", "height"),
        ),
        "expected": Parameter("number", "What it must be, in millimetres.", required=True),
        "below": Parameter("number", "By how many millimetres it may be less.", required=True),
        "above": Parameter("number", "By how many millimetres it may be more.", required=True),
        "opposite": Parameter(
            "number",
            "For `left`: what it may be instead on even pages, whose binding is on the right when both sides "
            "are printed.",
        ),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._measure: str = parameters["measure"]
        self._expected = float(parameters["expected"])
        self._below = float(parameters["below"])
        self._above = float(parameters["above"])
        self._opposite: float | None = parameters.get("opposite")

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found and expected (in millimetres), pages, count (of measured edges)."""
        return frozenset({"found", "expected", "pages", "count"})

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        geometry = context.geometry
        if geometry is None:
            return "not-applicable"
        measured = {
            "top": _tops,
            "left": _lefts,
            "width": _widths,
            "height": _heights,
        }[self._measure](geometry)
        if not measured:
            return "cannot-assess"
        # Edges that are the same on both sides of a sheet are not mirrored, whatever they are.
        front = usual_value(value for line, value in measured if line.page % 2)
        wrong = [each for each in measured if not self._fits(*each, front)]
        if not wrong:
            return []
        expected = number(self._expected)
        return [told([(line, {"found": millimetres(value), "expected": expected}) for line, value in wrong])]

    def _fits(self, line: SetLine, value: float, front: float | None) -> bool:
        wanted = [self._expected]
        is_mirrored = line.page % 2 == 0 and (front is None or abs(value - front) > MILLIMETRE / 2)
        if self._opposite is not None and is_mirrored:
            wanted.append(self._opposite)
        found = value / MILLIMETRE
        return any(each - self._below <= found <= each + self._above for each in wanted)


def _tops(geometry: Geometry) -> list[tuple[SetLine, float]]:
    """The pages whose first line is one of the body, all at the height that most of them have."""
    first = [lines[0] for page, lines in geometry.by_page.items() if geometry.begins_with_body(page)]
    usual = usual_value(line.box[1] for line in first)
    return [(line, usual) for line in first] if usual is not None else []


def _lefts(geometry: Geometry) -> list[tuple[SetLine, float]]:
    found: dict[int, tuple[SetLine, float]] = {}
    for line in geometry.body:
        edge = geometry.left(line.page)
        if line.number and edge is not None and line.page not in found:
            found[line.page] = (line, edge)
    return list(found.values())


def _widths(geometry: Geometry) -> list[tuple[SetLine, float]]:
    if len(geometry.full) < _FEWEST_LINES or geometry.width is None:
        return []
    return [(geometry.full[0], geometry.width)]


def _heights(geometry: Geometry) -> list[tuple[SetLine, float]]:
    """The tallest of the pages that are surely full, from where pages begin to its last line's foot."""
    tops = _tops(geometry)
    full = [lines[-1] for page, lines in geometry.by_page.items() if geometry.goes_on(page)]
    if not tops or not full:
        return []
    tallest = max(full, key=lambda line: line.box[3])
    return [(tallest, tallest.box[3] - tops[0][1])]


class WithinTypeArea(Check):
    """No line may stand out of the type area that the body itself keeps to.

    A mark that hangs at either end of a line is let be, as are page numbers and the masthead.
    """

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "tolerance": Parameter("number", "Millimetres that a line may stand out.", required=True),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._tolerance = parameters["tolerance"] * MILLIMETRE

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found (by how many millimetres the first line stands out), side, pages, count (of lines)."""
        return frozenset({"found", "side", "pages", "count"})

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        geometry = context.geometry
        if geometry is None:
            return "not-applicable"
        if len(geometry.full) < _FEWEST_LINES or geometry.width is None:
            return "cannot-assess"
        masthead = context.bulletin.child("masthead")
        parts = [node for node in walk(masthead) if node is not masthead] if masthead is not None else []
        spared = {line.span for line in geometry.of(parts)}
        wrong: list[tuple[SetLine, float, Wording]] = []
        for line in geometry.lines:
            left = geometry.left(line.page)
            if left is None or line.span in spared or line.page in geometry.columned:
                continue
            size = line.line.size or geometry.size
            slack = 0.0 if geometry.is_justified else size
            beyond_left = left - line.box[0] - (size / 2 if line.text[0] in OPENING else 0.0)
            beyond_right = line.box[2] - left - geometry.width - slack
            beyond_right -= size if line.text[-1] in CLOSING else 0.0
            if beyond_right > self._tolerance:
                wrong.append((line, line.box[2] - left - geometry.width, Wording("右", "right")))
            elif beyond_left > self._tolerance:
                wrong.append((line, left - line.box[0], Wording("左", "left")))
        if not wrong:
            return []
        return [told([(line, {"found": millimetres(by), "side": side}) for line, by, side in wrong])]


class PageGrid(Check):
    """How many lines a full page holds, or how many Chinese characters a full line."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "count": Parameter(
            "choice",
            "What is counted: the lines of a page, or the characters of a line.",
            required=True,
            choices=("lines", "characters"),
        ),
        "expected": Parameter("integer", "How many there must be.", required=True),
        "below": Parameter("integer", "How many fewer there may be.", default=0),
        "above": Parameter("integer", "How many more there may be.", default=0),
        "height": Parameter(
            "number",
            "For lines: the type area's height in millimetres, from which they are reckoned by the leading "
            "where no page is full of body text.",
            default=225,
        ),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._count: str = parameters["count"]
        self._expected = int(parameters["expected"])
        self._least = self._expected - int(parameters["below"])
        self._most = self._expected + int(parameters["above"])
        self._height = float(parameters["height"]) * MILLIMETRE

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found, expected, step (the leading, or from character to character, in points)."""
        return frozenset({"found", "expected", "step"})

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        geometry = context.geometry
        if geometry is None:
            return "not-applicable"
        found = self._lines(geometry) if self._count == "lines" else _characters(geometry)
        if found is None:
            return "cannot-assess"
        line, count, step = found
        if self._least <= count <= self._most:
            return []
        return [Match(line.span, {"found": count, "expected": self._expected, "step": number(step)})]

    def _lines(self, geometry: Geometry) -> tuple[SetLine, int, float] | None:
        leading = geometry.leading
        if leading is None or leading <= 0:
            return None
        heights = _heights(geometry)
        if not heights:
            return geometry.body[0], int((self._height - geometry.size + 1) // leading) + 1, leading
        line, height = heights[0]
        # A line or two fewer, and the paragraph's end would not stand alone on the next page.
        room = int((self._height - height + 1) // leading)
        # Titles and tables are no whole number of lines high.
        count = int((height - geometry.size) / leading + _WHOLE_LINE) + 1
        return line, count + max(0, min(room, _MOST_ROOM)), leading


def _characters(geometry: Geometry) -> tuple[SetLine, int, float] | None:
    """The number of characters that most full lines of nothing but wide characters hold."""
    counts: dict[int, list[SetLine]] = {}
    for line in geometry.full:
        text = line.text
        marks = [character in OPENING or character in CLOSING for character in text]
        is_even = not marks[0] and not marks[-1] and not any(map(all, pairwise(marks)))
        if len(text) < 2 or not is_even or not all(map(is_wide, text)):
            # Marks at the ends and marks in a row may be set half as wide.
            continue
        pitch = (line.box[2] - line.box[0]) / len(text)
        if not _NATURAL[0] * line.line.size <= pitch <= _NATURAL[1] * line.line.size:
            # Marks inside were narrowed, or spaces between characters widened, to fill the line.
            continue
        indent = round((line.box[0] - (geometry.left(line.page) or 0.0)) / pitch)
        counts.setdefault(len(text) + max(0, indent), []).append(line)
    usual = max(counts, key=lambda count: (len(counts[count]), count), default=None)
    if usual is None or len(counts[usual]) < _FEWEST_LINES:
        return None
    first = counts[usual][0]
    return first, usual, (first.box[2] - first.box[0]) / len(first.text)
