"""Parts whose text must have one of the allowed forms."""

from __future__ import annotations

from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check
from bulletin_lint.model.violation import Edit, Match, Outcome, Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulletin_lint._typing import Any, ClassVar
    from bulletin_lint.checks.context import CheckContext, Resources
    from bulletin_lint.model.document import Node


class Format(Check):
    """Parts whose text must have one of the allowed forms."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "field": Parameter(
            "string",
            "Which text of the part is judged: its `text`, or a field of it (value, marker, label, form).",
            default="text",
        ),
        "allow": Parameter("patterns", "Forms that are right; one must match the whole text.", default=()),
        "reject": Parameter(
            "patterns", "Forms that are wrong even where an allowed one matches.", default=()
        ),
        "skip": Parameter("patterns", "Forms that are not judged.", default=()),
        "replacements": Parameter(
            "replacements", "Known mistakes with what to put in their place, tried in order.", default=()
        ),
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        self._field: str = parameters.get("field") or "text"
        self._allow = [resources.pattern(source) for source in parameters.get("allow") or ()]
        self._reject = [resources.pattern(source) for source in parameters.get("reject") or ()]
        self._skip = [resources.pattern(source) for source in parameters.get("skip") or ()]
        self._replacements = [
            (resources.pattern(variant["pattern"]), variant["replacement"])
            for variant in parameters.get("replacements") or ()
        ]

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found (the text judged), label, value, replacement."""
        return frozenset({"found", "label", "value", "replacement"})

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        nodes = context.select(self._on)
        if not nodes:
            return "cannot-assess"
        matches = []
        for node in nodes:
            text = node.text if self._field == "text" else _field_text(node, self._field)
            if text is not None and not self._is_right(text):
                matches.append(self._match(node, text))
        return matches

    def _is_right(self, text: str) -> bool:
        for pattern in self._skip:
            if pattern.fullmatch(text):
                return True
        for pattern in self._reject:
            if pattern.fullmatch(text):
                return False
        for pattern in self._allow:
            if pattern.fullmatch(text):
                return True
        return not self._allow

    def _match(self, node: Node, text: str) -> Match:
        span = node.span if self._field == "text" else node.field_span(self._field)
        if span.start == span.end:
            # An empty value has no characters of its own: its label stands for it.
            span = node.span
        edits: tuple[Edit, ...] = ()
        replacement = ""
        for pattern, template in self._replacements:
            known = pattern.fullmatch(text)
            if known is not None:
                replacement = known.expand(template)
                edits = (Edit(span, replacement),)
                break
        values: dict[str, Value] = {
            "found": text,
            "label": str(node.fields.get("label", "")),
            "value": str(node.fields.get("value", "")),
            "replacement": replacement,
        }
        return Match(span, values, edits, part=node.path)


def _field_text(node: Node, field: str) -> str | None:
    value = node.fields.get(field)
    return None if value is None else str(value)
