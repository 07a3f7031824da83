"""Numbering inside an article: sections and enumerations count 1, 2, 3."""

from __future__ import annotations

from bulletin_lint._typing import Any, ClassVar, NamedTuple
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check
from bulletin_lint.checks.structure.item_lists import item_sequences
from bulletin_lint.checks.structure.sequences import (
    ITEMS,
    TOP,
    NumberedRun,
    Step,
    begun_before,
    rewritten,
    section_sequences,
    stand_in,
    strays_of,
    untold,
)
from bulletin_lint.model.violation import Edit, Match, Outcome, Related
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from bulletin_lint.checks.context import CheckContext, Resources
    from bulletin_lint.model.document import Node


_PARAGRAPHS_ABOVE = 3
"""Paragraphs above an enumeration in which its first items may stand."""
_MOST_IN_LINES = 60
"""Items that may stand in the lines between two."""


class Fault(NamedTuple):
    """One departure of a sequence from one, two, three."""

    kind: str
    """gap, repeat or start."""
    at: int
    """The index of the number that is wrong."""
    expected: int
    previous: int | None
    """The index of the item before, or of the one that is repeated."""


def faults(numbers: list[int]) -> list[Fault]:
    """What is wrong with a sequence that should run 1, 2, 3: each mistake once, at the number that is wrong.

    A number that its successor contradicts is mistyped (1, 2, 5, 4: the 5); one that its successor
    goes on from is a gap or a repetition, and counting goes on from it (1, 2, 4, 5: the 4).

    >>> [(fault.kind, fault.at) for fault in faults([1, 2, 5, 4])]
    [('gap', 2)]
    >>> [(fault.kind, fault.at) for fault in faults([1, 2, 2, 3])]
    [('repeat', 2)]
    >>> [(fault.kind, fault.at) for fault in faults([1, 3, 2, 4])]
    [('gap', 1)]
    """
    found: list[Fault] = []
    expected = 1
    skip = False
    seen: dict[int, int] = {}
    for index, number in enumerate(numbers):
        following = numbers[index + 1] if index + 1 < len(numbers) else None
        if skip:
            skip = False
        elif number == expected:
            expected += 1
        elif index == 0:
            found.append(Fault("start", index, 1, None))
            if following == 1:
                skip = True
                expected = 3 if number == 2 else 2
            else:
                expected = 2 if following == 2 else number + 1
        else:
            kind = "repeat" if number in seen else "gap"
            found.append(Fault(kind, index, expected, seen.get(number, index - 1)))
            if following == expected + 1 and following != number + 1:
                expected += 1
            elif following == expected and number > expected:
                # Two numbers changed places, or one was put in too early: said once, at the first.
                skip = True
                expected += 2 if number == expected + 1 else 1
            else:
                expected = number + 1
        seen.setdefault(number, index)
    return found


class Sequence(Check):
    """Numbered sections and enumerations count 1, 2, 3 without hole or repetition.

    Counting restarts in each article, under each heading of a higher level, and where a new list is
    introduced.
    """

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "fault": Parameter(
            "choice",
            "Which departure is the violation: a number that jumps or goes back, one that occurs twice, "
            "a sequence that does not begin at one, a level under a lower one, an item without siblings.",
            required=True,
            choices=("gap", "repeat", "start", "level", "lone"),
        ),
        "begun_by": Parameter(
            "pattern",
            "For `start` and `gap`: words that stand for the first items of an enumeration "
            "(首先，其次，第三). Where they are too few, that is a gap, if the first of them is the group "
            "`first`.",
        ),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._selectors = resources.selectors(parameters["on"])
        self._fault = str(parameters["fault"])
        begun_by = parameters.get("begun_by")
        self._begun_by = resources.pattern(begun_by) if begun_by else None

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        return {
            "level": frozenset({"found", "previous"}),
            "lone": frozenset({"found"}),
        }.get(str(parameters.get("fault")), frozenset({"found", "expected", "previous"}))

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        articles = context.select(self._selectors)
        if not articles:
            return "cannot-assess"
        if not any(article.list("sections") or article.list("items") for article in articles):
            return "not-applicable"
        matches: list[Match] = []
        if self._fault == "level":
            for article in articles:
                matches.extend(_misplaced(context, article))
        else:
            counted = context.shared(("counted", self._selectors), lambda: _counted(context, articles))
            for sequence, wrong, blocks in counted:
                if self._fault == "lone":
                    matches.extend(_lone(sequence, blocks))
                elif wrong:
                    matches.extend(self._faulty(context, sequence, wrong))
        return sorted(matches, key=lambda match: match.span)

    def _begun(self, context: CheckContext, step: Step) -> list[Any]:
        """The words above, as matches, that stand for the items before the first that has a number."""
        if self._begun_by is None or step.node.fields.get("marker") is not None:
            return []
        return list(self._begun_by.finditer(_words_above(context, step)))

    def _is_begun(self, context: CheckContext, step: Step) -> bool:
        """Whether words in the paragraphs above stand for the items before the first that has a number,
        or the last two of these are there: 3．… 4．… in one line, then a heading, and 5．…
        """
        if step.node.fields.get("marker") is not None:
            words = _words_above(context, step)
            return step.number > 2 and stand_in(words, step, range(step.number - 2, step.number))
        return len(self._begun(context, step)) == step.number - 1

    def _faulty(self, context: CheckContext, sequence: NumberedRun, wrong: list[Fault]) -> Iterator[Match]:
        steps = sequence.steps
        for fault in wrong:
            step = steps[fault.at]
            begun = self._begun(context, step) if fault.kind == "start" else []
            if 0 < len(begun) < step.number - 1 and begun[0].groupdict().get("first"):
                fault = fault._replace(kind="gap", expected=len(begun) + 1)
            if fault.kind != self._fault:
                continue
            if fault.kind == "start" and self._is_begun(context, step):
                continue
            previous = steps[fault.previous] if fault.previous is not None else None
            figures = str(step.node.fields.get("figures") or "")
            marker = step.node.fields.get("marker", step.node.text)
            edits: tuple[Edit, ...] = ()
            expected = rewritten(marker, step.number, fault.expected)
            if expected is not None and fault.kind != "start" and not begun:
                # A sequence that begins late has lost its beginning: a new number would hide that.
                edits = (Edit(step.span, expected),)
            related = (
                (Related(previous.span, Wording("前一项", "the item before")),)
                if previous is not None
                else ()
            )
            yield Match(
                step.span,
                {
                    "found": marker.strip() or figures,
                    "expected": (expected or str(fault.expected)).strip(),
                    "previous": (
                        previous.node.fields.get("marker", previous.node.text).strip()
                        if previous is not None
                        else Wording("无", "none")
                        if fault.kind == "start"
                        else begun[-1].group()
                        if begun
                        # Item one stands in the words before.
                        else (rewritten(marker, step.number, 1) or "1").strip()
                    ),
                },
                edits,
                related,
                step.node.path,
            )


def _words_above(context: CheckContext, step: Step) -> str:
    """The words of the paragraphs above a step, and of its own before it."""
    document = context.document
    block = document.block_at(step.span.start)
    return document.text[document.blocks[max(0, block - _PARAGRAPHS_ABOVE)].span.start : step.span.start]


def _counted(
    context: CheckContext, articles: list[Node]
) -> list[tuple[NumberedRun, list[Fault], list[Node]]]:
    """The numbered sequences of some articles, of each its sections first, with what is wrong with them."""
    through = _numbered_through(articles)
    found: list[tuple[NumberedRun, list[Fault], list[Node]]] = []
    for article in articles:
        blocks = article.list("blocks")
        sections = section_sequences(context, article)
        taken = {id(step.node) for run in sections for step in strays_of(run)}
        for sequence in (*sections, *item_sequences(article)):
            first = sequence.steps[0].node
            if first.path not in through and not (sequence.level == ITEMS and id(first) in taken):
                found.append((sequence, _faults_of(sequence, blocks), blocks))
    return found


def _faults_of(sequence: NumberedRun, blocks: list[Node]) -> list[Fault]:
    steps = sequence.steps
    block = steps[0].position
    if sequence.level == ITEMS and all(step.number == 1 and step.position == block for step in steps):
        # 一是嫌麻烦，一是要花钱: two sides of one thing, and no count.
        return []
    before = begun_before(steps[0], blocks)
    found = [
        fault
        for fault in faults([*range(1, before + 1), *(step.number for step in steps)])
        if not (fault.kind == "gap" and fault.at > before and _is_there(steps, fault.at - before, blocks))
    ]
    return [
        fault._replace(
            at=fault.at - before,
            previous=None if fault.previous is None or fault.previous < before else fault.previous - before,
        )
        for fault in found
    ]


def _is_there(steps: list[Step], at: int, blocks: list[Node]) -> bool:
    """Whether the items that seem to be left out before a step stand there untold: 2.2026年… between 1. and
    3., or several in one line, 1．… 2．…
    """
    step, previous = steps[at], steps[at - 1]
    # A number that was told counts in its own list: 2. under 一、, above 三、.
    between = [
        block.text
        for block in blocks[previous.position + 1 : step.position]
        if block.fields["kind"] != "section"
    ]
    missing = range(previous.number + 1, step.number)
    if not missing or len(missing) > _MOST_IN_LINES:
        return False
    if all(
        any(text.startswith((f"{number}.", f"{number}．", f"{number}、")) for text in between)
        for number in missing
    ):
        return True
    words = "\n".join(block.text for block in blocks[previous.position : step.position])
    return stand_in(words, step, missing)


def _numbered_through(articles: list[Node]) -> set[str]:
    """The headings of a count that runs through the issue: 一、 … 二、 …, each an article without
    another title and with a source of its own.
    """
    chain: list[Node] = []
    found: set[str] = set()
    for article in articles:
        first = next(iter(article.list("blocks")), None)
        is_item = (
            article.child("title") is None
            and first is not None
            and first.fields["kind"] == "section"
            and first.fields["level"] == TOP
            and first.fields["number"] == len(chain) + 1
        )
        if is_item and first is not None:
            chain.append(first)
            if len(chain) > 1:
                found.update(node.path for node in chain)
        else:
            chain = []
    return found


def _lone(sequence: NumberedRun, blocks: list[Node]) -> Iterator[Match]:
    if len(sequence.steps) == 1 and sequence.steps[0].number == 1:
        step = sequence.steps[0]
        if step.node.fields.get("marker") and untold(step, range(2, 3), blocks[step.position + 1 :]):
            return
        marker = str(step.node.fields.get("marker", step.node.text)).strip()
        yield Match(step.span, {"found": marker}, part=step.node.path)


def _misplaced(context: CheckContext, article: Node) -> Iterator[Match]:
    """Sections whose level does not fit under the one above: （一） under 1., or （1） straight under （一）.

    Each such pair of levels is reported once.
    """
    said: set[tuple[int, int]] = set()
    for run in section_sequences(context, article):
        # A heading that counts in words (二是) has no level.
        if run.above is None or "level" not in run.above.node.fields:
            continue
        upper, first = run.above.node.fields["level"], run.steps[0]
        skips = run.level > upper + 1 and upper > TOP
        if (run.level < upper or skips) and (upper, run.level) not in said:
            said.add((upper, run.level))
            yield Match(
                first.span,
                {
                    "found": str(first.node.fields["marker"]).strip(),
                    "previous": str(run.above.node.fields["marker"]).strip(),
                },
                related=(Related(run.above.span, Wording("上一层", "the level above")),),
                part=first.node.path,
            )
