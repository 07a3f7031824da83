"""Lines of one kind that begin with numbers, through the issue: titles, columns, entries of the contents."""

from __future__ import annotations

from bulletin_lint._typing import Any, ClassVar, NamedTuple
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check
from bulletin_lint.checks.structure.numbering import faults
from bulletin_lint.model.location import Span
from bulletin_lint.model.numerals import item_number, like
from bulletin_lint.model.violation import Edit, Match, Outcome, Related
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulletin_lint.checks.context import CheckContext, Resources
    from bulletin_lint.model.document import Document, Node


_BEFORE_WORDS = " \n\t\u3000"
"""What stands before a number that begins words."""


class NumberedLine(NamedTuple):
    """A line that begins with a number."""

    node: Node
    marker: str
    """The number with its mark, as written."""
    figures: str
    """The number alone."""
    number: int
    span: Span
    """The marker's own characters."""

    @property
    def style(self) -> str:
        """What markers of one count have in common: the mark, and the kind of figure."""
        return f"{self.marker.replace(self.figures, '', 1).strip()}{self.kind}"

    @property
    def kind(self) -> str:
        """The kind of figure, by how it writes one: 1 (of either width), 一, ①, A."""
        return "1" if self.figures.isdecimal() else like(self.figures, 1)

    def figures_of(self, number: int) -> str:
        """Another number, in figures like these."""
        written = like(self.figures, number)
        return written.rjust(len(self.figures), self.figures[0]) if self.figures[0] in "0０" else written


class CountedLines(Check):
    """Lines of one kind that begin with numbers count 1, 2, 3 through the issue without hole or repetition.

    Each part that `on` names is counted by itself, and each manner of its numbers; a one begins anew. Where
    the number that is left out stands before words between the two lines, nothing is said.
    """

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "number": Parameter("pattern", "The number at the beginning of a line, group `n`.", required=True),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._selectors = resources.selectors(parameters["on"])
        self._number = resources.pattern(parameters["number"])

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found, previous (the markers as written), expected."""
        return frozenset({"found", "expected", "previous"})

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        parts = [context.select((selector,)) for selector in self._selectors]
        if not any(parts):
            return "cannot-assess"
        runs = [run for nodes in parts for run in self._runs(nodes)]
        if not runs:
            return "not-applicable"
        matches = [match for run in runs for match in self._faulty(context.document, run)]
        return sorted(matches, key=lambda match: match.span)

    def _runs(self, nodes: Sequence[Node]) -> list[list[NumberedLine]]:
        """The counts of some lines: each begins with one and has a second number."""
        current: dict[str, list[NumberedLine]] = {}
        runs: list[list[NumberedLine]] = []
        for node in nodes:
            line = self._read(node)
            if line is None:
                continue
            if line.number == 1:
                current[line.style] = [line]
                runs.append(current[line.style])
            elif line.style in current:
                current[line.style].append(line)
        return [run for run in runs if len(run) > 1]

    def _read(self, node: Node) -> NumberedLine | None:
        found = self._number.match(node.text)
        return self._line(node, found, node.span.start) if found is not None else None

    def _line(self, node: Node, found: Any, shift: int = 0) -> NumberedLine | None:
        number = item_number(found["n"])
        span = Span(shift + found.start(), shift + found.end())
        return NumberedLine(node, found.group(), found["n"], number, span) if number is not None else None

    def _faulty(self, document: Document, run: Sequence[NumberedLine]) -> list[Match]:
        matches: list[Match] = []
        numbers = [line.number for line in run]
        for fault in faults(numbers):
            line, previous = run[fault.at], run[fault.at - 1]
            if self._stands_between(document, previous, line, fault.expected):
                continue
            expected = line.marker.replace(line.figures, line.figures_of(fault.expected), 1)
            matches.append(
                Match(
                    line.span,
                    {
                        "found": line.marker.strip(),
                        "expected": expected.strip(),
                        "previous": previous.marker.strip(),
                    },
                    # Where that one stands elsewhere, lines changed places: a new number would hide it.
                    () if fault.expected in numbers else (Edit(line.span, expected),),
                    (Related(previous.span, Wording("前一项", "the item before")),),
                    line.node.path,
                )
            )
        return matches

    def _stands_between(
        self, document: Document, above: NumberedLine, below: NumberedLine, number: int
    ) -> bool:
        """Whether a number stands before words between two lines, with any mark, and no one with that mark:
        it begins a count of its own, the sections of an article.
        """
        text = document.text
        numbers: dict[str, set[int]] = {}
        for found in self._number.finditer(text, above.span.end, below.span.start):
            line = self._line(below.node, found) if text[found.start() - 1] in _BEFORE_WORDS else None
            if line is not None and line.kind == below.kind:
                numbers.setdefault(line.style, set()).add(line.number)
        return any(number in each and 1 not in each for each in numbers.values())
