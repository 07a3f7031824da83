"""Harm done by extraction: reported once, so that an author can mend the file and not the text."""

from __future__ import annotations

from bulletin_lint.checks.context import BLOT, MASK, CheckContext, Resources
from bulletin_lint.checks.parameters import Parameter
from bulletin_lint.checks.protocols import Check
from bulletin_lint.checks.spans import masked_text, part_at, reported
from bulletin_lint.checks.text.width import judge
from bulletin_lint.model.document import Damage
from bulletin_lint.model.location import Span
from bulletin_lint.model.violation import Match, Outcome, Value

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from bulletin_lint._typing import Any, ClassVar


_BY_EXTRACTION = frozenset({"cut", "repeat", "width"})
"""What happens to text only when it is taken from pages."""


class AbsentDamage(Check):
    """The document must not show a kind of harm that extraction does."""

    parameters: ClassVar[Mapping[str, Parameter]] = {
        "kind": Parameter(
            "choice",
            "`cut`: a paragraph cut in two; `repeat`: a character repeated at the cut; `width`: marks whose "
            "width changes by page or block; `lost`: characters lost or confused; `unread`: a page that is a "
            "picture without text; `embedded`: an object in a document that cannot be read; `folded`: "
            "radicals that the maker of a PDF put for characters, noted once; `recognised`: text that a "
            "program recognised on pictures of the pages (OCR), noted once.",
            required=True,
            choices=("cut", "repeat", "width", "lost", "unread", "embedded", "folded", "recognised"),
        ),
        "patterns": Parameter(
            "patterns",
            "Text that shows the harm, beside what was noted while reading; `at` is reported.",
            default=(),
        ),
        "mask": MASK,
    }

    def __init__(self, parameters: Mapping[str, Any], resources: Resources) -> None:
        self._on = resources.selectors(parameters["on"])
        self._kind: str = parameters["kind"]
        self._patterns = [resources.pattern(source) for source in parameters.get("patterns") or ()]
        self._mask_names, self._masks = resources.masks(parameters)

    @staticmethod
    def placeholders(parameters: Mapping[str, Any]) -> frozenset[str]:
        """found, count (of such harms in the document), page (empty for a text source)."""
        return frozenset({"found", "count", "page"})

    @staticmethod
    def sought(parameters: Mapping[str, Any], tables: Mapping[str, Mapping[str, str]]) -> Mapping[str, bool]:
        """The patterns that it seeks."""
        return dict.fromkeys(parameters.get("patterns") or (), False)

    def run(self, context: CheckContext) -> list[Match] | Outcome:
        document = context.document
        if document.reading.joins_final and self._kind in _BY_EXTRACTION:
            return "not-applicable"
        damage = [noted for noted in document.damage if noted.kind == self._kind]
        if self._kind == "width":
            damage += self._width(context)
        for pattern in self._patterns:
            for match in context.matches(pattern, document.text):
                span = reported(match)
                known = any(span.start < noted.span.end and noted.span.start < span.end for noted in damage)
                masked = masked_text(context, self._masks, self._mask_names)
                if not known and BLOT not in masked[span.start : span.end]:
                    damage.append(Damage(self._kind, span, document.text[span.start : span.end]))
        damage.sort(key=lambda noted: noted.span)
        return [self._match(context, noted, len(damage)) for noted in damage]

    def _width(self, context: CheckContext) -> list[Damage]:
        if any(noted.kind == "width" for noted in context.document.damage):
            return []
        at = judge(context, self._on, self._masks, self._mask_names).switch
        if at is None:
            return []
        return [Damage("width", Span(at, at + 1), context.document.text[at])]

    def _match(self, context: CheckContext, noted: Damage, count: int) -> Match:
        values: dict[str, Value] = {
            "found": noted.found,
            "count": count,
            "page": "" if noted.page is None else noted.page,
        }
        return Match(noted.span, values, part=part_at(context, self._on, noted.span))
