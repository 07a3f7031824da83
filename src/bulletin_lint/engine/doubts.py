"""Rules that hang on where articles begin and end: what they say must hold in every likely reading.

Where another reading of a document's structure is about as good, the rule is asked about that one too. What
it finds in one and not in the other is not reported: it cannot be assessed, and both readings are named.
"""

from __future__ import annotations

from bulletin_lint.checks.context import CheckContext
from bulletin_lint.model.violation import CannotAssess
from bulletin_lint.model.wording import Wording
from bulletin_lint.parsing import other_reading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from bulletin_lint.checks.protocols import Check
    from bulletin_lint.model.document import Document
    from bulletin_lint.model.violation import Match, Outcome
    from bulletin_lint.parsing import Grammar
    from bulletin_lint.parsing.decoder import Doubt

_UNSURE = 0.3
"""Points of margin below which a finding is not reported; that there is none is told less easily.

Of 467 articles without source in labelled bulletins 458 are found at 0.3, 452 at 0.6, 448 at 1, 440 at 2, and
no false finding is one fewer.
"""


class OtherReadings:
    """The likely readings of a document besides the one that was taken, each made once."""

    def __init__(
        self, document: Document, grammar: Grammar, wrap: Callable[[Document], CheckContext]
    ) -> None:
        self._document = document
        self._grammar = grammar
        self._wrap = wrap
        self._contexts: list[tuple[Doubt, CheckContext]] | None = None

    def weighed(
        self, check: Check, found: list[Match] | Outcome | CannotAssess
    ) -> list[Match] | Outcome | CannotAssess:
        """What a check found in the reading that was taken, as far as the other readings agree."""
        if isinstance(found, CannotAssess) or found in ("cannot-assess", "not-applicable"):
            return found
        matches = found if isinstance(found, list) else []
        sure = matches
        doubtful: Doubt | None = None
        for doubt, context in self._others():
            other = check.run(context)
            spans = {match.span for match in other} if isinstance(other, list) else set()
            kept = [match for match in matches if match.span in spans]
            if len(kept) < len(matches) and doubt.margin < _UNSURE:
                sure = [match for match in sure if match.span in spans]
                doubtful = doubtful or doubt
            elif not matches and spans:
                doubtful = doubtful or doubt
        if sure or doubtful is None:
            return sure if matches else found
        return CannotAssess(self._reason(doubtful))

    def _others(self) -> list[tuple[Doubt, CheckContext]]:
        if self._contexts is None:
            document = self._document
            self._contexts = [
                (doubt, self._wrap(other_reading(document, doubt, self._grammar)))
                for doubt in document.structure.doubts
                if doubt.labels
            ]
        return self._contexts

    def _reason(self, doubt: Doubt) -> Wording:
        span = self._document.blocks[doubt.block].span
        line = self._document.locate(span).line
        words = self._document.excerpt(span)
        one, other = (self._grammar.label_name(label) for label in (doubt.label, doubt.other))
        return Wording(
            f"第{line}行可能是{one.zh}（“{words}”），也可能是{other.zh}，所以不知道",
            f"line {line} may be {one.en} (“{words}”) or {other.en}, so this is not known",
        )
