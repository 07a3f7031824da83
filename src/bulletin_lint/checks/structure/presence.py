"""Checks of what parts there are: required, at most so many, set apart, equal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from bulletin_lint._typing import Any, ClassVar
from bulletin_lint.checks.context import NO_SPACES, CheckContext, Resources
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check
from bulletin_lint.matching.patterns import Pattern
from bulletin_lint.model.document import Node
from bulletin_lint.model.location import Span
from bulletin_lint.model.violation import CannotAssess, Match, Outcome, Related
from bulletin_lint.model.wording import Wording, same

_ITEMS = Wording("没有标题的几条，不一定各有这一部分", "items without a title need not each have this part")


class Required(Check):
    """A part that must be there.

    The violation stands where the part should be: a masthead part on the title's line, a field on the
    imprint's first line (the body's last where there is no imprint), a part of an article on the
    article's last line.
    """

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "mode": Parameter(
            "choice",
            "Whether every selected part must be there, or any one of them.",
            default="all",
            choices=("all", "any"),
        ),
        "field": Parameter(
            "string",
            "The name by which the configuration's `required` list asks for the part; the rule applies "
            "only where it is listed. Left out: the rule always applies.",
        ),
        "in_company": Parameter(
            "boolean",
            "Whether the part is missed only where another part of the same parent is there: where there is "
            "no masthead at all, its date is not what is missing.",
            default=False,
        ),
        "when": Parameter("selector", "The rule applies only where this part is there."),
        "unless": Parameter("selector", "The rule does not apply where this part is there."),
        "when_text": Parameter(
            "pattern", "The rule applies only where that part's text has a match of this."
        ),
        "items": Parameter(
            "pattern",
            "How items begin. Of an article without title that holds several of them alone it is not "
            "known whether the part is missed.",
        ),
        "instead": Parameter(
            "pattern",
            "What stands in the text for the part, which is not missed then: a misspelt label, of which "
            "another rule speaks, or a number without a label.",
        ),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._selectors = resources.selectors(parameters["on"])
        self._when = resources.selectors([parameters["when"]]) if parameters.get("when") else ()
        self._unless = resources.selectors([parameters["unless"]]) if parameters.get("unless") else ()
        self._when_text = resources.pattern(parameters["when_text"]) if parameters.get("when_text") else None
        self._in_company = bool(parameters.get("in_company"))
        self._items = resources.pattern(parameters["items"]) if parameters.get("items") else None
        self._instead = resources.pattern(parameters["instead"]) if parameters.get("instead") else None
        self._steps = tuple(map(_last_step, self._selectors))
        self._any = parameters.get("mode") == "any"
        self._field: str | None = parameters.get("field")
        self._names = resources.field_names

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        return frozenset({"missing"})

    def run(self, context: CheckContext) -> list[Match] | CannotAssess | Outcome:
        if (self._when and not self._applies(context)) or (self._unless and context.select(self._unless)):
            return "not-applicable"
        found = self._look(context)
        if isinstance(found, list) and found and self._instead is not None:
            found = [] if self._instead.search(context.document.text) else found
        # What is missed may stand on a page that was not read, or in characters that a font does not name.
        is_unsure = context.document.has_holes or bool(context.document.reading.unread_pages)
        return "cannot-assess" if isinstance(found, list) and found and is_unsure else found

    def _look(self, context: CheckContext) -> list[Match] | CannotAssess | Outcome:
        demanded = [name for name in self._steps if name in context.required]
        if self._field is None or self._field in context.required:
            if self._any:
                if not demanded:
                    return self._any_of(context)
                # phone, fax or e-mail asked for by name: each of those must be there.
                selectors = [name for name in self._selectors if _last_step(name) in demanded]
            else:
                selectors = list(self._selectors)
        elif self._any and demanded:
            selectors = [name for name in self._selectors if _last_step(name) in demanded]
        else:
            return "not-applicable"
        matches: list[Match] = []
        looked = has_items = False
        for selector in selectors:
            for parent, step in parents_of(context, selector):
                if self._in_company and not any(parent.children.values()):
                    continue
                looked = True
                if parent.list(step):
                    continue
                if self._holds_items(parent):
                    has_items = True
                else:
                    matches.append(self._missing(context, parent, step, (step,)))
        if has_items and not matches:
            return CannotAssess(_ITEMS)
        return matches if looked else "cannot-assess"

    def _holds_items(self, parent: Node) -> bool:
        blocks = parent.list("blocks")
        return (
            self._items is not None
            and len(blocks) > 1
            and not parent.list("title")
            and all(self._items.search(block.text) is not None for block in blocks)
        )

    def _applies(self, context: CheckContext) -> bool:
        texts = [node.text for node in context.select(self._when)]
        return any(self._when_text is None or self._when_text.search(text) for text in texts)

    def _any_of(self, context: CheckContext) -> list[Match] | Outcome:
        if context.has(self._selectors):
            return []
        for selector in self._selectors:
            for parent, step in parents_of(context, selector):
                return [self._missing(context, parent, step, self._steps)]
        return "cannot-assess"

    def _missing(self, context: CheckContext, parent: Node, step: str, names: tuple[str, ...]) -> Match:
        words = [self._names.get(name, same(name)) for name in names]
        missing = Wording("、".join(word.zh for word in words), ", ".join(word.en for word in words))
        path = f"{parent.path}.{step}" if parent.path else step
        return Match(place_in(context, parent), {"missing": missing}, part=path)


class AtMost(Check):
    """No more than so many parts of one kind in the same parent; the surplus ones are the violations."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "most": Parameter("integer", "How many there may be.", default=1),
        "label": Parameter(
            "pattern",
            "The label at the beginning of a part. Parts right below one another count as one where each "
            "has another label: 供稿单位：某局, and below it 撰稿人：某人.",
        ),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._selectors = resources.selectors(parameters["on"])
        self._most = int(parameters["most"])
        self._label = resources.pattern(parameters["label"]) if parameters.get("label") else None

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        return frozenset({"found", "first", "count"})

    @staticmethod
    def mistakes(parameters: Mapping[str, Any]) -> Sequence[tuple[str, Wording]]:
        """No fewer than none can be there."""
        if int(parameters["most"]) >= 0:
            return ()
        return [("most", Wording("不能小于 0", "must not be below 0"))]

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        matches: list[Match] = []
        looked = False
        for selector in self._selectors:
            for parent, step in parents_of(context, selector):
                nodes = parent.list(step)
                looked = looked or bool(nodes)
                if self._label is not None:
                    nodes = _joined(context, nodes, self._label)
                for node in nodes[self._most :]:
                    first = nodes[0]
                    matches.append(
                        Match(
                            node.span,
                            {"found": node.text, "first": first.text, "count": len(nodes)},
                            related=(Related(first.span, Wording("第一处", "the first one")),),
                            part=node.path,
                        )
                    )
        return matches if looked else "cannot-assess"


def _joined(context: CheckContext, nodes: Sequence[Node], label: Pattern) -> list[Node]:
    """The nodes without those that go on with a label of their own right below the node before."""
    kept: list[Node] = []
    labels: set[str] = set()
    at = -2
    for node in nodes:
        found = label.match(node.text)
        name = "".join(found[0].split()) if found is not None else ""
        above, at = at, context.document.block_at(node.span.start)
        if not (name and labels and name not in labels and at - above == 1):
            kept.append(node)
            labels.clear()
        if name:
            labels.add(name)
    return kept


class SetApart(Check):
    """Labelled parts that share a line have a space or a mark between them."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "lead": Parameter(
            "pattern", "Words, set apart themselves, that a label may go on with: 值守 before 电话."
        )
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        self._lead = resources.pattern(parameters["lead"]) if parameters.get("lead") else None

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found, previous (the labels)."""
        return frozenset({"found", "previous"})

    def run(self, context: CheckContext) -> list[Match] | Outcome | CannotAssess:
        nodes = context.select(self._on)
        if not nodes:
            return "cannot-assess"
        if not context.document.reading.spaces_known:
            return CannotAssess(NO_SPACES)
        matches = []
        for before, node in pairwise(nodes):
            label = node.field_span("label")
            value = str(before.fields.get("value") or "")
            if value and before.field_span("value").end == label.start and not self._is_led(value):
                values = {
                    "found": str(node.fields.get("label", "")),
                    "previous": str(before.fields.get("label", "")),
                }
                matches.append(Match(label, values, part=node.path))
        return matches

    def _is_led(self, value: str) -> bool:
        """Whether a value ends in words that are the beginning of the next label."""
        words = value.split()
        return self._lead is not None and len(words) > 1 and self._lead.fullmatch(words[-1]) is not None


class Equal(Check):
    """Two values of the document that must agree, the year beside the number and the date's, say."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "field": Parameter("string", "The value of the selected part to compare.", default="value"),
        "with": Parameter("selector", "The part to compare with.", required=True),
        "with_field": Parameter("string", "The value of that part.", default="value"),
        "unless_as": Parameter(
            "selector",
            "A part that may have the selected value as well: then it is that part which differs, "
            "and another rule says so.",
        ),
        "relation": Parameter(
            "choice",
            "Whether the selected value must be the same, or a number that is no smaller.",
            default="same",
            choices=("same", "not-less"),
        ),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._selectors = resources.selectors(parameters["on"])
        self._field = str(parameters["field"])
        self._with = resources.selectors([parameters["with"]])
        self._with_field = str(parameters["with_field"])
        unless_as = parameters.get("unless_as")
        self._unless_as = resources.selectors([unless_as]) if unless_as else ()
        self._at_least = parameters.get("relation") == "not-less"

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        return frozenset({"found", "expected"})

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        others = [
            (node, node.fields.get(self._with_field))
            for node in context.select(self._with)
            if node.fields.get(self._with_field) is not None
        ]
        nodes = [
            (node, node.fields.get(self._field))
            for node in context.select(self._selectors)
            if node.fields.get(self._field) is not None
        ]
        if not others or not nodes:
            return "cannot-assess"
        other, expected = others[0]
        said = (
            [node.fields.get("value") for node in context.select(self._unless_as)] if self._unless_as else []
        )
        return [
            Match(
                node.span,
                {"found": str(value), "expected": str(expected)},
                related=(Related(other.span, Wording("与此处不符", "differs from this")),),
                part=node.path,
            )
            for node, value in nodes
            if self._differs(value, expected) and value not in said
        ]

    def _differs(self, value: Any, expected: Any) -> bool:
        return bool(value < expected) if self._at_least else bool(value != expected)


def _last_step(selector: str) -> str:
    return selector.replace("[*]", "").rsplit(".", 1)[-1]


def parents_of(context: CheckContext, selector: str) -> Iterator[tuple[Node, str]]:
    """Every node that could have the part a selector ends in, with the part's name."""
    steps = selector.replace("[*]", "")
    above, dot, step = steps.rpartition(".")
    for parent in context.named(above) if dot else [context.bulletin]:
        yield parent, step


def place_in(context: CheckContext, parent: Node) -> Span:
    """Where a part that is not there should be in the one that could have it."""
    if "anchor" in parent.fields:
        anchor: Span = parent.fields["anchor"]
        return anchor
    if "last_line_span" in parent.fields:
        last: Span = parent.fields["last_line_span"]
        # A paragraph may begin lines above; its last character is on the article's last line.
        return Span(max(last.start, last.end - 1), last.end)
    imprint = context.bulletin.child("imprint")
    if imprint is not None and "anchor" in imprint.fields:
        missing: Span = imprint.fields["anchor"]
        return missing
    return Span(parent.span.start, parent.span.start)
