"""One way of writing a thing in one document: what most places have decides."""

from __future__ import annotations

from collections.abc import Mapping

from bulletin_lint._typing import Any, ClassVar, NamedTuple
from bulletin_lint.checks.context import BLOT, MASK, CheckContext, Resources
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check, Gate
from bulletin_lint.checks.spans import is_inside, masked_text, part_at, reported
from bulletin_lint.matching.patterns import Pattern
from bulletin_lint.model.location import Span
from bulletin_lint.model.violation import Edit, Match, Outcome, Related, Value
from bulletin_lint.model.wording import Wording, same

_ALSO = Wording("同样的写法", "written the same way")


class Form(NamedTuple):
    """One of the ways of writing."""

    name: Wording
    pattern: Pattern
    replacement: str | None


def forms_of(parameters: Mapping[str, Any], resources: Resources) -> list[Form]:
    """The ways of writing that a rule's `variants` are."""
    return [
        Form(_name(each.get("expected")), resources.pattern(each["pattern"]), each.get("replacement"))
        for each in parameters["variants"]
    ]


class Consistent(Check):
    """Of several ways of writing one thing a document keeps to one; the rarer is the violation, once."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "variants": Parameter(
            "variants",
            "The ways of writing: `pattern`, `expected` (its name) and, to mend others, `replacement` "
            "made of groups that all patterns have.",
            required=True,
        ),
        "least": Parameter("integer", "How often the commoner way must occur.", default=2),
        "except": Parameter(
            "patterns", "A place that overlaps a match of one of these is let be.", default=()
        ),
        "mask": MASK,
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        self._least = int(parameters.get("least") or 2)
        self._except = [resources.pattern(source) for source in parameters.get("except") or ()]
        self._mask_names, self._masks = resources.masks(parameters)
        self._forms = forms_of(parameters, resources)

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found, form (its way's name), expected (the commoner way's), count, total."""
        return frozenset({"found", "form", "expected", "count", "total"})

    @staticmethod
    def gate(parameters: Mapping[str, Any], lexicons: Mapping[str, Any]) -> Gate | None:
        """The literals of the way that has the fewest: without it there is nothing to compare."""
        from bulletin_lint.matching.literals import required_literals

        known = [required_literals(each["pattern"]) for each in parameters["variants"]]
        if len(known) > 2:
            return None
        certain = [each for each in known if each is not None]
        return Gate(max(certain, key=lambda each: min(map(len, each)))) if certain else None

    @staticmethod
    def sought(parameters: Mapping[str, Any], tables: Mapping[str, Mapping[str, str]]) -> Mapping[str, bool]:
        """The patterns that it seeks."""
        return {each["pattern"]: False for each in parameters["variants"]}

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        if not context.has(self._on):
            return "cannot-assess"
        if not self._has_two(context):
            return []
        places = self._places(context)
        used = [index for index, found in enumerate(places) if found]
        if len(used) < 2:
            return []
        most = max(used, key=lambda index: len(places[index]))
        total = sum(len(found) for found in places)
        if len(places[most]) < self._least:
            return []
        matches = []
        for index in used:
            if index == most or len(places[index]) == len(places[most]):
                continue
            own, usual = self._forms[index], self._forms[most]
            match = self._match(context, places[index], own, usual, total)
            if len(places[index]) > 1:
                each = [self._match(context, [place], own, usual, total) for place in places[index]]
                match = match._replace(places=tuple(each))
            matches.append(match)
        return matches

    def _has_two(self, context: CheckContext) -> bool:
        """Whether two of the ways are in the document at all: a quick look before the masks, which ends
        as soon as too few are left.
        """
        text = context.document.text
        used = 0
        for number, form in enumerate(self._forms, 1):
            used += bool(context.may_match(form.pattern) and context.matches(form.pattern, text))
            if used == 2:
                return True
            if used + len(self._forms) - number < 2:
                return False
        return False

    def _places(self, context: CheckContext) -> list[list[Any]]:
        text = masked_text(context, self._masks, self._mask_names)
        regions = context.regions(self._on)
        allowed = [
            Span(*match.span()) for pattern in self._except for match in context.matches(pattern, text)
        ]
        places = []
        for form in self._forms:
            own = []
            for match in context.matches(form.pattern, text):
                span = reported(match)
                if not is_inside(span, regions) or BLOT in text[span.start : span.end]:
                    continue
                if any(span.start < other.end and other.start < span.end for other in allowed):
                    continue
                own.append(match)
            places.append(own)
        return places

    def _match(self, context: CheckContext, found: list[Any], form: Form, usual: Form, total: int) -> Match:
        spans = [reported(match) for match in found]
        first = spans[0]
        values: dict[str, Value] = {
            "found": context.document.text[first.start : first.end],
            "form": form.name,
            "expected": usual.name,
            "count": len(spans),
            "total": total,
        }
        edits: tuple[Edit, ...] = ()
        if usual.replacement is not None:
            edits = tuple(
                Edit(span, match.expand(usual.replacement)) for span, match in zip(spans, found, strict=True)
            )
        related = tuple(Related(span, _ALSO) for span in spans[1:])
        return Match(first, values, edits, related, part_at(context, self._on, first))


def _name(value: Any) -> Wording:
    if isinstance(value, Mapping):
        return Wording(value["zh"], value["en"])
    return same(str(value or ""))
