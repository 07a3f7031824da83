"""Parts that answer to one another: no item twice, classes in order, references that lead somewhere."""

from __future__ import annotations

from bulletin_lint.checks.context import BLOT, MASK, CheckContext, Resources
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check, Gate
from bulletin_lint.checks.spans import is_inside, masked_text, part_at, reported
from bulletin_lint.model.location import Span
from bulletin_lint.model.numerals import parse_number
from bulletin_lint.model.violation import Match, Outcome, Related, Value
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bulletin_lint._typing import Any, ClassVar
    from bulletin_lint.model.document import Node


_FIRST = Wording("第一处", "the first one")
_SOLE = Wording("不编号的一个", "one without a number")


class Distinct(Check):
    """What must not be there twice: a recipient, a whole paragraph."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "separator": Parameter(
            "pattern", "What separates the items of a part; left out: the part is one item."
        ),
        "field": Parameter("string", "The value of the part that holds the items.", default="text"),
        "shortest": Parameter("integer", "Items of fewer characters are let be.", default=2),
        "unless": Parameter("patterns", "Items in which one of these is found are let be.", default=()),
        "apart": Parameter(
            "integer",
            "How many characters lie between the two at least; nearer, one heads the other.",
            default=0,
        ),
        "shared_end": Parameter(
            "pattern",
            "What the last item of a list ends in and the ones before it share: 县委、县政府领导. They are "
            "the same as others only where these share it as well.",
        ),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        separator = parameters.get("separator")
        self._separator = resources.pattern(separator) if separator else None
        self._field: str = parameters.get("field") or "text"
        self._shortest = int(parameters.get("shortest") or 1)
        self._unless = [resources.pattern(source) for source in parameters.get("unless") or ()]
        self._apart = int(parameters.get("apart") or 0)
        shared_end = parameters.get("shared_end")
        self._shared_end = resources.pattern(rf"(?:{shared_end})\Z") if shared_end else None

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found (its beginning, if it is long)."""
        return frozenset({"found"})

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        nodes = context.select(self._on)
        if not nodes:
            return "cannot-assess"
        seen: dict[tuple[str, str], Span] = {}
        matches = []
        for node in nodes:
            for span, item, end in self._items(context, node):
                if len(item) < self._shortest:
                    continue
                first = seen.setdefault((item, end), span)
                if first == span or (self._apart and span.start - first.end < self._apart):
                    continue
                if not any(pattern.search(item) for pattern in self._unless):
                    shown = item if len(item) <= 20 else f"{item[:19]}…"
                    related = (Related(first, _FIRST),)
                    matches.append(Match(span, {"found": shown}, related=related, part=node.path))
        return matches

    def _items(self, context: CheckContext, node: Node) -> Iterator[tuple[Span, str, str]]:
        """The items of a part, each with the end of a later one that it shares."""
        span = node.span if self._field == "text" else node.field_span(self._field)
        text = context.document.text
        pieces: list[Span] = []
        marks: list[str] = []
        start = span.start
        for match in self._separator.finditer(text, *span) if self._separator is not None else ():
            pieces.append(Span(start, match.start()))
            marks.append(match.group()[:1])
            start = match.end()
        pieces.append(Span(start, span.end))
        items = [text[piece.start : piece.end].strip() for piece in pieces]
        for piece, item, end in zip(pieces, items, self._shared_ends(items, marks), strict=True):
            if piece.start < piece.end:
                yield piece, item, end

    def _shared_ends(self, items: list[str], marks: list[str]) -> list[str]:
        """What each item has of the end of a later one, to which the same marks lead."""
        shared = [""] * len(items)
        if self._shared_end is None:
            return shared
        own = [found.group() if (found := self._shared_end.search(item)) else "" for item in items]
        for at in reversed(range(len(items) - 1)):
            goes_on = at + 1 < len(marks) and marks[at] == marks[at + 1]
            shared[at] = own[at + 1] or (shared[at + 1] if goes_on else "")
        return ["" if ends else end for ends, end in zip(own, shared, strict=True)]


class Ordered(Check):
    """Parts that stand in a fixed order."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "field": Parameter("string", "The value that says what a part is.", required=True),
        "order": Parameter("strings", "Its values in their order; others are let be.", required=True),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        self._field: str = parameters["field"]
        self._order: list[str] = list(parameters["order"])

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found, previous (the labels)."""
        return frozenset({"found", "previous"})

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        nodes = [node for node in context.select(self._on) if node.fields.get(self._field) in self._order]
        if not nodes:
            return "cannot-assess"
        matches = []
        before = nodes[0]
        for node in nodes[1:]:
            if self._rank(node) < self._rank(before):
                values = {"found": _label(node), "previous": _label(before)}
                span = node.field_span("label")
                related = (Related(before.field_span("label"), Wording("在它之前", "before it")),)
                matches.append(Match(span, values, related=related, part=node.path))
            else:
                before = node
        return matches

    def _rank(self, node: Node) -> int:
        return self._order.index(str(node.fields.get(self._field)))


class Referenced(Check):
    """Numbers that the text refers to must be there: an annex, a table, a figure."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "reference": Parameter("pattern", "A reference; group `n` is the number.", required=True),
        "target": Parameter(
            "pattern", "What is referred to, at the start of a block; group `n`.", required=True
        ),
        "sole": Parameter(
            "pattern",
            "What is referred to where there is but one without a number (附件：名单); "
            "it stands for number one.",
        ),
        "listed": Parameter(
            "pattern",
            "A list of what is referred to, its first number and the lines below that go on with it "
            "(附件：1.清单, and 2.名单 on the next line).",
        ),
        "item": Parameter("pattern", "One number in that list; group `n`.", default="(?P<n>[0-9]+)"),
        "mask": MASK,
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        self._reference = resources.pattern(parameters["reference"])
        self._target = resources.pattern(parameters["target"])
        sole = parameters.get("sole")
        self._sole = resources.pattern(sole) if sole else None
        listed = parameters.get("listed")
        self._listed = resources.pattern(listed) if listed else None
        self._item = resources.pattern(parameters["item"])
        self._mask_names, self._masks = resources.masks(parameters)

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found, there (the numbers that there are)."""
        return frozenset({"found", "there"})

    @staticmethod
    def sought(parameters: Mapping[str, Any], tables: Mapping[str, Mapping[str, str]]) -> Mapping[str, bool]:
        """The patterns that it seeks."""
        names = ("reference", "target", "sole", "listed")
        return dict.fromkeys((parameters[name] for name in names if parameters.get(name)), False)

    @staticmethod
    def gate(parameters: Mapping[str, Any], lexicons: Mapping[str, Any]) -> Gate | None:
        """The literals of what is referred to: where none can stand, no reference is judged."""
        from bulletin_lint.matching.literals import required_literals, united

        targets = [parameters[name] for name in ("target", "sole") if parameters.get(name)]
        found = united(required_literals(source) for source in targets)
        return Gate(found, "not-applicable") if found is not None else None

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        if not context.has(self._on):
            return "cannot-assess"
        text = masked_text(context, self._masks, self._mask_names)
        there = {parse_number(match["n"]) for match in context.matches(self._target, text)}
        for listed in context.matches(self._listed, text) if self._listed is not None else ():
            there.update(parse_number(match["n"]) for match in self._item.finditer(listed[0]))
        shown: Value = "、".join(str(number) for number in sorted(each for each in there if each is not None))
        if not there and self._sole is not None and len(context.matches(self._sole, text)) == 1:
            there, shown = {1}, _SOLE
        if not there:
            # The annexes may be another file.
            return "not-applicable"
        regions = context.regions(self._on)
        matches = []
        for match in context.matches(self._reference, text):
            span = reported(match)
            if BLOT in match[0] or not is_inside(span, regions) or parse_number(match["n"]) in there:
                continue
            values: dict[str, Value] = {
                "found": context.document.text[span.start : span.end],
                "there": shown,
            }
            matches.append(Match(span, values, part=part_at(context, self._on, span)))
        return matches


class Consecutive(Check):
    """Numbers at the start of blocks that count 1, 2, 3: captions of tables, of figures."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "pattern": Parameter("pattern", "The numbered words; group `n` is the number.", required=True),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        self._pattern = resources.pattern(parameters["pattern"])

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found, expected (the number), previous (the number before)."""
        return frozenset({"found", "expected", "previous"})

    only_patterns: ClassVar[bool] = True

    @staticmethod
    def sought(parameters: Mapping[str, Any], tables: Mapping[str, Mapping[str, str]]) -> Mapping[str, bool]:
        """The patterns that it seeks."""
        return dict.fromkeys((parameters["pattern"],), False)

    @staticmethod
    def gate(parameters: Mapping[str, Any], lexicons: Mapping[str, Any]) -> Gate | None:
        """The literals of the pattern."""
        from bulletin_lint.matching.literals import required_literals

        found = required_literals(parameters["pattern"])
        return Gate(found) if found is not None else None

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        if not context.has(self._on):
            return "cannot-assess"
        regions = context.regions(self._on)
        matches = []
        previous: tuple[int, Span] | None = None
        for match in context.matches(self._pattern, context.document.text):
            span, number = Span(*match.span("n")), parse_number(match["n"])
            if number is None or not is_inside(span, regions):
                continue
            if previous is not None and number != previous[0] + 1:
                values = {"found": match["n"], "expected": previous[0] + 1, "previous": previous[0]}
                related = (Related(previous[1], Wording("前一个", "the one before")),)
                matches.append(Match(span, values, related=related, part=part_at(context, self._on, span)))
            previous = (number, span)
        return matches


def _label(node: Node) -> str:
    return str(node.fields.get("label") or node.text[:4])
