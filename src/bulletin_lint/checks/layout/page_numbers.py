"""Checks of page numbers: there, of the right form, in sequence, in their place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from bulletin_lint._typing import Any, ClassVar
from bulletin_lint.checks.context import CheckContext, Resources
from bulletin_lint.checks.layout.geometry import (
    MILLIMETRE,
    Geometry,
    SetLine,
    millimetres,
    told,
)
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check
from bulletin_lint.matching.patterns import compiled
from bulletin_lint.model.numerals import parse_number
from bulletin_lint.model.violation import Match, Outcome, Related, Value
from bulletin_lint.model.wording import Wording

_DASH_HEIGHT = 0.36
"""Of the size, how far a dash stands above the baseline."""
_FIGURES = "[0-9０-９]+|[〇一二三四五六七八九十百]+"
_SIDES = {
    "left": Wording("居左", "on the left"),
    "middle": Wording("居中", "in the middle"),
    "right": Wording("居右", "on the right"),
}


class PageNumber(Check):
    """One property of the page numbers, each departure reported once for the document."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "assert": Parameter(
            "choice",
            "`present`: a document of several pages has some; `form`: they have an allowed form; `sequence`: "
            "they count the pages; `side`: right on odd pages, left on even ones; `height`: they stand at a "
            "distance from the page's top.",
            required=True,
            choices=("present", "form", "sequence", "side", "height"),
        ),
        "allow": Parameter("patterns", "For `form`: forms that are right.", default=()),
        "number": Parameter(
            "pattern",
            "For `sequence` and `side`: where the page's number stands, group `n`; left out, it is the first "
            "figures (not of 共4页 第2页).",
        ),
        "expected": Parameter(
            "number", "For `height`: from the page's top to the middle of the figures, in millimetres."
        ),
        "tolerance": Parameter("number", "For `height`: millimetres that it may be more or less.", default=0),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._assert: str = parameters["assert"]
        self._allow = [resources.pattern(source) for source in parameters.get("allow") or ()]
        number = parameters.get("number")
        self._number = resources.pattern(number) if number else None
        self._expected = float(parameters.get("expected") or 0.0) * MILLIMETRE
        self._tolerance = float(parameters.get("tolerance") or 0.0) * MILLIMETRE

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found (the first wrong one, its side or height), pages, count (of wrong ones, or of all pages)."""
        asserted = str(parameters["assert"])
        if asserted == "present":
            return frozenset({"count"})
        if asserted == "sequence":
            return frozenset({"found", "expected", "page"})
        return frozenset(
            {"found", "pages", "count"} | ({"expected"} if asserted in ("side", "height") else set())
        )

    @staticmethod
    def mistakes(parameters: Mapping[str, Any]) -> Sequence[tuple[str, Wording]]:
        needed = {"form": "allow", "height": "expected"}.get(str(parameters["assert"]))
        if needed is None or parameters.get(needed):
            return ()
        wanted = parameters["assert"]
        return (("assert", Wording(f"{wanted} 须写 {needed}", f"'{wanted}' needs '{needed}'")),)

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        geometry = context.geometry
        if geometry is None:
            return "not-applicable"
        found = [line for line in geometry.furniture if line.line.furniture == "page-number"]
        numbers = sorted(found, key=lambda line: line.page)
        if self._assert == "present":
            return self._present(geometry, numbers)
        if not numbers:
            return "cannot-assess"
        if self._assert == "form":
            return self._form(numbers)
        if self._assert == "sequence":
            return self._sequence(geometry, numbers)
        if self._assert == "side":
            return self._side(geometry, numbers)
        return self._height(numbers)

    def _present(self, geometry: Geometry, numbers: list[SetLine]) -> list[Match] | Outcome:
        if len(geometry.layouts) < 2:
            return "not-applicable"
        if numbers or not geometry.lines:
            return []
        last = geometry.by_page[max(geometry.by_page)][-1]
        return [Match(last.span, {"count": len(geometry.layouts)})]

    def _form(self, numbers: list[SetLine]) -> list[Match]:
        wrong = [line for line in numbers if not any(form.fullmatch(line.text) for form in self._allow)]
        if not wrong:
            return []
        return [told([(line, {"found": line.text}) for line in wrong])]

    def _sequence(self, geometry: Geometry, numbers: list[SetLine]) -> list[Match] | Outcome:
        counted = [(line, value) for line in numbers if (value := self._value(line.text)) is not None]
        if len(counted) < 2:
            return "cannot-assess"
        for (before, old), (line, new) in pairwise(counted):
            between = range(before.page + 1, line.page)
            # An empty page goes without a number, and is not counted.
            empty = sum(page not in geometry.by_page for page in between)
            steps = line.page - before.page
            if steps - empty <= new - old <= steps:
                continue
            related = (Related(before.span, Wording("前一个页码", "the page number before")),)
            values: dict[str, Value] = {
                "found": line.text,
                "expected": old + steps,
                "page": line.page,
            }
            return [Match(line.span, values, related=related)]
        return []

    def _value(self, text: str) -> int | None:
        """The number that a page number shows; of 第2页 共4页 that of the page."""
        if self._number is None:
            found = compiled(_FIGURES).search(text)
            return None if found is None else parse_number(found[0])
        found = self._number.search(text)
        return None if found is None else parse_number(found["n"])

    def _outer(self, line: SetLine) -> str:
        """The side that a page's number belongs to, by the number that it shows."""
        value = self._value(line.text)
        return "right" if (line.page if value is None else value) % 2 else "left"

    def _side(self, geometry: Geometry, numbers: list[SetLine]) -> list[Match]:
        wrong = [
            (line, side)
            for line in numbers
            if (side := _side_of(geometry, line)) is not None and side != self._outer(line)
        ]
        if not wrong:
            return []
        told_of = [
            (line, {"found": _SIDES[side], "expected": _SIDES[self._outer(line)]}) for line, side in wrong
        ]
        return [told(told_of)]

    def _height(self, numbers: list[SetLine]) -> list[Match]:
        heights = [(line, line.line.baseline - _DASH_HEIGHT * line.line.size) for line in numbers]
        wrong = [each for each in heights if abs(each[1] - self._expected) > self._tolerance]
        if not wrong:
            return []
        expected = millimetres(self._expected)
        return [
            told([(line, {"found": millimetres(height), "expected": expected}) for line, height in wrong])
        ]


def _side_of(geometry: Geometry, line: SetLine) -> str | None:
    page = geometry.layouts.get(line.page)
    if page is None:
        return None
    middle = (line.box[0] + line.box[2]) / 2 / page.width
    if abs(middle - 0.5) < 0.1:
        return "middle"
    return "left" if middle < 0.5 else "right"
