"""What rules may not say of a document that lost characters: those that a PDF's fonts do not name."""

from __future__ import annotations

from bulletin_lint.model.document import LOST
from bulletin_lint.model.violation import CannotAssess
from bulletin_lint.model.wording import Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from bulletin_lint.model.document import Document
    from bulletin_lint.model.violation import Match

_ENDS = "。！？；\n"


def but_for_holes(found: Sequence[Match], document: Document) -> list[Match] | CannotAssess:
    """Matches without those in clauses that lost a character: what stands there is not what was written."""
    sure = [match for match in found if LOST not in _clause(document.text, match.span.start, match.span.end)]
    if sure:
        return sure
    return CannotAssess(
        Wording(
            "字体没有给出某些字的编码，读不出原文",
            "a font does not name some characters, and what was written cannot be read",
        )
    )


def _clause(text: str, start: int, end: int) -> str:
    """What stands between the ends of clauses around a stretch of the text."""
    first = max(text.rfind(mark, 0, start) for mark in _ENDS) + 1
    lasts = [at for mark in _ENDS if (at := text.find(mark, end)) != -1]
    return text[first : min(lasts, default=len(text))]
