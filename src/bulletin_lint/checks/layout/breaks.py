"""Checks of where lines and pages break."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from bulletin_lint._typing import Any, ClassVar
from bulletin_lint.checks.context import CheckContext, Resources
from bulletin_lint.checks.layout.geometry import CLOSING, Geometry, SetLine, told
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check
from bulletin_lint.model.location import Span
from bulletin_lint.model.violation import Match, Outcome, Value
from bulletin_lint.model.wording import Wording

_SENTENCE_ENDS = frozenset("。！？；")


class OnPage(Check):
    """One of the selected parts at least must begin on a page."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "page": Parameter("integer", "The page, 1 the first.", required=True),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        self._page = int(parameters["page"])

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """page (the first that has one)."""
        return frozenset({"page"})

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        geometry = context.geometry
        if geometry is None:
            return "not-applicable"
        lines = geometry.of(context.select(self._on))
        if not lines:
            return "cannot-assess"
        if any(line.page == self._page for line in lines):
            return []
        return [Match(lines[0].span, {"page": lines[0].page})]


class PageBreak(Check):
    """What a page or a paragraph must not end or begin with."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "stranded": Parameter(
            "choice",
            "`heading`: the selected heading is the last line of its page; `last-line`: the last line of a "
            "paragraph stands alone at the top of the next page; `character`: the last line of a paragraph "
            "is a single character.",
            required=True,
            choices=("heading", "last-line", "character"),
        ),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        self._stranded: str = parameters["stranded"]

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found (the first one's words), pages, count."""
        return frozenset({"found", "pages", "count"})

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        geometry = context.geometry
        if geometry is None:
            return "not-applicable"
        if not geometry.of(context.select(self._on)):
            return "cannot-assess"
        if self._stranded == "heading":
            wrong = list(self._headings(context, geometry))
        elif self._stranded == "last-line":
            wrong = list(self._last_lines(context, geometry))
        else:
            wrong = list(self._characters(context, geometry))
        if not wrong:
            return []
        return [told([(line, {"found": line.text}) for line in wrong], each="line")]

    def _headings(self, context: CheckContext, geometry: Geometry) -> Iterator[SetLine]:
        """Headings with nothing below them on their page, each whole, while the text goes on on another."""
        last_page = max(geometry.by_page, default=0)
        for node in context.select(self._on):
            if not geometry.is_whole(node) or node.text[-1:] in _SENTENCE_ENDS:
                continue
            lines = geometry.of([node])
            if lines and lines[-1].page < last_page and geometry.ends_page(lines[-1]):
                yield lines[-1]._replace(span=node.span, text=node.text)

    def _last_lines(self, context: CheckContext, geometry: Geometry) -> Iterator[SetLine]:
        for line in geometry.of(context.select(self._on)):
            if line.is_last and line.number and line is geometry.by_page[line.page][0]:
                yield line

    def _characters(self, context: CheckContext, geometry: Geometry) -> Iterator[SetLine]:
        for line in geometry.of(context.select(self._on)):
            if line.is_last and line.number and len(line.text.rstrip("".join(CLOSING))) == 1:
                yield line


class LineBreak(Check):
    """What a line inside a paragraph or a title must not begin or end with, and what no line may part."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "start": Parameter("pattern", "What a line must not begin with; the first line of a block may."),
        "end": Parameter("pattern", "What a line must not end with; the last line of a block may."),
        "parted": Parameter(
            "strings", "Characters of which two in a row must not stand on two lines.", default=()
        ),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        start, end = parameters.get("start"), parameters.get("end")
        self._start = resources.pattern(start) if start is not None else None
        self._end = resources.pattern(rf"(?:{end})\Z") if end is not None else None
        self._parted = frozenset(parameters.get("parted") or ())

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found (the first such characters), pages, count."""
        return frozenset({"found", "pages", "count"})

    @staticmethod
    def mistakes(parameters: Mapping[str, Any]) -> Sequence[tuple[str, Wording]]:
        if parameters.get("start") or parameters.get("end") or parameters.get("parted"):
            return ()
        wording = Wording(
            "须写 start、end、parted 之一", "one of 'start', 'end' and 'parted' must be written"
        )
        return (("check", wording),)

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        geometry = context.geometry
        if geometry is None:
            return "not-applicable"
        lines = [line for line in geometry.of(context.select(self._on)) if line.line.kind == "text"]
        if not lines:
            return "cannot-assess"
        wrong: list[tuple[SetLine, Span]] = []
        for before, after in pairwise(lines):
            if before.block != after.block:
                continue
            found = self._wrong(before, after)
            if found is not None:
                wrong.append(found)
        if not wrong:
            return []
        text = context.document.text
        each: list[tuple[SetLine, dict[str, Value]]] = [
            (line._replace(span=at), {"found": text[at.start : at.end]}) for line, at in wrong
        ]
        return [told(each, each="line")]

    def _wrong(self, before: SetLine, after: SetLine) -> tuple[SetLine, Span] | None:
        """The characters at the break between two lines that must not stand there."""
        if before.text[-1] in self._parted and before.text[-1] == after.text[0]:
            return before, Span(before.span.end - 1, before.span.end)
        if self._start is not None:
            start = self._start.match(after.text)
            if start is not None and start.end():
                return after, Span(after.span.start, after.span.start + start.end())
        if self._end is not None:
            end = self._end.search(before.text)
            if end is not None:
                return before, Span(before.span.start + end.start(), before.span.end)
        return None
