"""Checks of how lines are set: their size and face, centred or indented."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bulletin_lint._typing import Any, ClassVar
from bulletin_lint.checks.context import CheckContext, Resources
from bulletin_lint.checks.layout.geometry import (
    CLOSING,
    MILLIMETRE,
    OPENING,
    Geometry,
    SetLine,
    is_chinese,
    millimetres,
    number,
    told,
)
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check
from bulletin_lint.model.document import Node
from bulletin_lint.model.violation import Match, Outcome, Value
from bulletin_lint.model.wording import Wording

_LOOKED_AT: Mapping[str, Parameter] = {
    "called": Parameter("wording", "What the size or face is called, for the message."),
    "level": Parameter("integer", "Only sections of this level."),
    "kind": Parameter("string", "Only parts of this kind: `page-number` of the furniture, say."),
    "share": Parameter(
        "integer",
        "Of the lines, in per cent, that must look alike to be reported: in prose a few may stand out on "
        "purpose.",
        default=0,
    ),
}


class _Style(Check):
    """Judges how the lines of the selected parts look: wrong ones are reported once, on the first."""

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        self._level: int | None = parameters.get("level")
        self._kind: str | None = parameters.get("kind")
        self._share = int(parameters.get("share") or 0)
        called = parameters.get("called")
        self._expected: dict[str, Value] = {"called": Wording(called["zh"], called["en"]) if called else ""}

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found (the commonest wrong look), called, pages, count (of lines that look so)."""
        return frozenset({"found", "called", "pages", "count"})

    def _nodes(self, context: CheckContext) -> list[Node]:
        return [
            node
            for node in context.select(self._on)
            if (self._level is None or node.fields.get("level") == self._level)
            and (self._kind is None or node.fields.get("kind") == self._kind)
        ]

    def _lines(self, context: CheckContext, geometry: Geometry) -> list[SetLine]:
        """The lines that parts have to themselves and whose look is that of Chinese type."""
        nodes = [node for node in self._nodes(context) if geometry.is_whole(node)]
        is_furniture = any(node.path.startswith("furniture") for node in nodes)
        return [
            line
            for line in geometry.of(nodes)
            if line.line.kind != "table" and (is_furniture or is_chinese(line.text))
        ]

    def _judge(
        self,
        lines: Sequence[SetLine],
        look: Callable[[SetLine], str],
        fits: Callable[[SetLine], bool],
    ) -> list[Match]:
        wrong: dict[str, list[SetLine]] = {}
        for line in lines:
            if not fits(line):
                wrong.setdefault(look(line), []).append(line)
        enough = {key: alike for key, alike in wrong.items() if 100 * len(alike) >= self._share * len(lines)}
        if not enough:
            return []
        commonest = max(enough, key=lambda key: len(enough[key]))
        values: dict[str, Value] = {**self._expected, "found": commonest}
        return [told([(line, values) for line in enough[commonest]])]


class TypeSize(_Style):
    """The selected parts' lines must be of a type size."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "expected": Parameter("number", "The size in points.", required=True),
        "below": Parameter("number", "By how many points it may be less.", default=0),
        "above": Parameter("number", "By how many points it may be more.", default=0),
        **_LOOKED_AT,
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        super().__init__(parameters, resources)
        size = float(parameters["expected"])
        self._least = size - float(parameters["below"])
        self._most = size + float(parameters["above"])
        self._expected["expected"] = number(size)

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found (the commonest wrong size), expected, called, pages, count (of lines of that size)."""
        return frozenset({"found", "expected", "called", "pages", "count"})

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        geometry = context.geometry
        if geometry is None:
            return "not-applicable"
        lines = [line for line in self._lines(context, geometry) if line.line.size]
        if not lines:
            return "cannot-assess"
        return self._judge(
            lines,
            lambda line: number(line.line.size),
            lambda line: self._least <= line.line.size <= self._most,
        )


class Typeface(_Style):
    """The font of the selected parts' lines must be one of a face, by its name."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "allow": Parameter("patterns", "Names of fonts of the face, or parts of such names.", required=True),
        "unnamed": Parameter(
            "patterns",
            "Names that say nothing of the face; where most lines have such a one, nothing can be said.",
            default=(),
        ),
        **_LOOKED_AT,
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        super().__init__(parameters, resources)
        self._allow = [resources.pattern(source) for source in parameters["allow"]]
        self._unnamed = [resources.pattern(source) for source in parameters.get("unnamed") or ()]

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        geometry = context.geometry
        if geometry is None:
            return "not-applicable"
        lines = self._lines(context, geometry)
        named = [line for line in lines if self._is_named(line.line.font)]
        if 2 * len(named) <= len(lines):
            return "cannot-assess"
        return self._judge(
            named,
            lambda line: line.line.font,
            lambda line: any(pattern.search(line.line.font) for pattern in self._allow),
        )

    def _is_named(self, font: str) -> bool:
        return bool(font) and not any(pattern.fullmatch(font) for pattern in self._unnamed)


class Centred(Check):
    """The lines of the selected parts must stand in the middle of the type area or of the page."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "tolerance": Parameter(
            "number", "Millimetres that a line's middle may lie off the middle.", required=True
        ),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        self._tolerance = parameters["tolerance"] * MILLIMETRE

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found (by how many millimetres the first line is off), side, pages, count (of lines)."""
        return frozenset({"found", "side", "pages", "count"})

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        geometry = context.geometry
        if geometry is None:
            return "not-applicable"
        nodes = [node for node in context.select(self._on) if geometry.is_whole(node)]
        lines = [line for line in geometry.of(nodes) if line.line.kind == "text"]
        if not lines:
            return "cannot-assess"
        wrong = [(line, off) for line in lines if abs(off := _off_centre(geometry, line)) > self._tolerance]
        if not wrong:
            return []
        left, right = Wording("左", "left"), Wording("右", "right")
        found: list[tuple[SetLine, dict[str, Value]]] = [
            (line, {"found": millimetres(abs(off)), "side": left if off < 0 else right})
            for line, off in wrong
        ]
        return [told(found, each="line")]


def _off_centre(geometry: Geometry, line: SetLine) -> float:
    """How far a line's middle lies right of the middle, the nearer one of page and type area."""
    # A mark at either end may count as half as wide as it is drawn.
    narrowed = line.line.size / 4
    middles = [(line.box[0] + line.box[2]) / 2]
    if line.text[-1] in CLOSING:
        middles.append(middles[0] - narrowed)
    if line.text[0] in OPENING:
        middles.append(middles[0] + narrowed)
    centres = [geometry.layouts[line.page].width / 2] if line.page in geometry.layouts else []
    left = geometry.left(line.page)
    if left is not None and geometry.width is not None:
        centres.append(left + geometry.width / 2)
    return min((middle - centre for middle in middles for centre in centres), key=abs, default=0.0)


class FirstLineIndent(Check):
    """Paragraphs must begin so many characters in from the lines that follow.

    Only paragraphs of more than one line show it.
    """

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "characters": Parameter("number", "How many characters.", required=True),
        "tolerance": Parameter("number", "Characters that it may be more or less.", required=True),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        self._characters = float(parameters["characters"])
        self._tolerance = float(parameters["tolerance"])

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found (the first wrong paragraph's indent), expected, pages, count and total (of paragraphs)."""
        return frozenset({"found", "expected", "pages", "count", "total"})

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        geometry = context.geometry
        if geometry is None:
            return "not-applicable"
        judged: list[tuple[SetLine, float]] = []
        for node in context.select(self._on):
            lines = geometry.of([node])
            if len(lines) < 2 or any(line.line.kind != "text" for line in lines):
                continue
            first, second = lines[0], lines[1]
            edge = geometry.left(second.page)
            if first.page != second.page or edge is None or first.page in geometry.columned:
                continue
            judged.append((first, (first.box[0] - edge) / (first.line.size or geometry.size)))
        if not judged:
            return "cannot-assess"
        wrong = [(line, indent) for line, indent in judged if not self._fits(line, indent)]
        if not wrong:
            return []
        shared: dict[str, Value] = {"expected": number(self._characters), "total": len(judged)}
        found: list[tuple[SetLine, dict[str, Value]]] = [
            (line, {"found": number(max(0.0, indent)), **shared}) for line, indent in wrong
        ]
        return [told(found, each="line")]

    def _fits(self, line: SetLine, indent: float) -> bool:
        # An opening mark set half as wide begins half a character earlier.
        starts = (indent, indent + 0.5) if line.text[0] in OPENING else (indent,)
        return any(abs(start - self._characters) <= self._tolerance for start in starts)
