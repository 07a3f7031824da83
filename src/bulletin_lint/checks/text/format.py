"""Parts whose text must have one of the allowed forms."""

from __future__ import annotations

from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check
from bulletin_lint.model.location import Span
from bulletin_lint.model.numerals import in_arabic
from bulletin_lint.model.violation import Edit, Match, Outcome, Value
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulletin_lint._typing import Any, ClassVar
    from bulletin_lint.checks.context import CheckContext, Resources
    from bulletin_lint.model.document import Node
    from bulletin_lint.model.location import Span


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
        "advice": Parameter(
            "variants",
            "What to say of mistakes that have no replacement: `pattern`, matched against the whole text, "
            "and `expected`, the words; the first that fits, so the last one may fit all. Its `severity` is "
            "the mistake's, also where there is a replacement.",
        ),
        "replacements": Parameter(
            "replacements", "Known mistakes with what to put in their place, tried in order.", default=()
        ),
        "arabic": Parameter(
            "boolean",
            "Whether the replacements are tried on the text with its Chinese figures in Arabic ones, too.",
            default=False,
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

        self._is_arabic: bool = parameters.get("arabic") or False
        self._advice = [
            (resources.pattern(variant["pattern"]), _worded(variant["expected"]), variant.get("severity"))
            for variant in parameters.get("advice") or ()
        ]

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found (the text judged), label, value, replacement; advice: what it should be, or what is wrong."""
        return frozenset({"found", "label", "value", "replacement", "advice"})

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        nodes = context.select(self._on)
        if not nodes:
            return "cannot-assess"
        matches = []
        for node in nodes:
            text = node.text if self._field == "text" else _field_text(node, self._field)
            if text is not None and not self._is_right(text):
                matches.append(self._match(context, node, text))
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

    def _advice_on(self, text: str, replacement: str) -> Value:
        if replacement:
            return Wording(f"应为“{replacement}”", f"should be '{replacement}'")
        return next((words for pattern, words, _ in self._advice if pattern.fullmatch(text)), "")

    def _mended(self, text: str) -> str:
        """What a text is with its known mistakes mended, one after the other; "" where it has none."""
        for tried in (text, in_arabic(text)) if self._is_arabic else (text,):
            mended = tried
            for _ in self._replacements:
                changed = self._replaced(mended)
                if changed is None:
                    break
                mended = changed
                if self._is_right(mended):
                    break
            if mended != text and (mended != tried or self._is_right(mended)):
                return mended
        return ""

    def _replaced(self, text: str) -> str | None:
        for pattern, template in self._replacements:
            match = pattern.fullmatch(text)
            if match is not None:
                return str(match.expand(template))
        return None

    def _match(self, context: CheckContext, node: Node, text: str) -> Match:
        span = node.span if self._field == "text" else node.field_span(self._field)
        if span.start == span.end:
            # An empty value has no characters of its own: its label stands for it.
            span = node.span
        replacement = self._mended(text)
        # What is wrong in another way too is for a person to write; an empty field is right, but no mending.
        is_mended = replacement != "" and self._is_right(replacement)
        edits = _change(context, span, text, replacement) if is_mended else ()
        values: dict[str, Value] = {
            "found": text,
            "label": str(node.fields.get("label", "")),
            "value": str(node.fields.get("value", "")),
            "replacement": replacement,
            "advice": self._advice_on(text, replacement),
        }
        severity = next((own for pattern, _, own in self._advice if pattern.fullmatch(text)), None)
        return Match(span, values, edits, part=node.path, severity=severity)


def _change(context: CheckContext, span: Span, text: str, replacement: str) -> tuple[Edit, ...]:
    """The change that puts the right form in the place of the text judged. That may begin before what is
    marked (2021年 before 第08期): what stands there is neither written again nor left out. No change where
    the text judged is not, letter by letter, what stands in the document.
    """
    marked = span.end - span.start
    start = span.end - len(text)
    if len(text) < marked or start < 0 or context.document.text[start : span.end] != text:
        return ()
    kept = 0
    while kept < min(len(text) - marked, len(replacement)) and text[kept] == replacement[kept]:
        kept += 1
    return (Edit(Span(start + kept, span.end), replacement[kept:]),)


def _worded(value: Any) -> Value:
    return str(value) if isinstance(value, str) else Wording(value["zh"], value["en"])


def _field_text(node: Node, field: str) -> str | None:
    value = node.fields.get(field)
    return None if value is None else str(value)
