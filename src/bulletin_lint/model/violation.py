"""What a check finds and what a report holds: data only."""

from __future__ import annotations

from collections.abc import Mapping

from bulletin_lint._typing import Literal, NamedTuple
from bulletin_lint.model.location import Location, Span
from bulletin_lint.model.wording import Wording

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")

Outcome = Literal["pass", "fail", "cannot-assess", "not-applicable"]
OUTCOMES: tuple[Outcome, ...] = ("pass", "fail", "cannot-assess", "not-applicable")

WaivedBy = Literal["inline", "file", "baseline"]
"""A comment in the bulletin, an entry of waivers.yaml, or a baseline."""

Applicability = Literal["safe", "unsafe", "manual"]

Value = str | int | Wording
"""What a message placeholder may stand for; a Wording is shown in the message's language."""


class CannotAssess(NamedTuple):
    """What a check answers for the outcome ``cannot-assess`` where it knows better than the engine why."""

    reason: Wording
    """A clause for people without a full stop: 文件没有记下空格，所以不知道."""


class Edit(NamedTuple):
    """Replace a span of the document's text."""

    span: Span
    text: str


class Related(NamedTuple):
    """Another place that a match speaks of: the first of two repeated numbers, the issue before."""

    span: Span
    note: Wording
    path: str | None = None
    """The file, where it is another one; its span is then None-like (0, 0)."""
    location: Location | None = None


class Match(NamedTuple):
    """All that a check may say: where, with which values, and how it could be mended."""

    span: Span
    values: Mapping[str, Value] = {}
    edits: tuple[Edit, ...] = ()
    related: tuple[Related, ...] = ()
    part: str = ""
    """The path of the part it stands in, e.g. ``articles[1].sections[0]``."""
    severity: Severity | None = None
    """Set only where the rule's data gives a variant a severity of its own."""


class PlacedEdit(NamedTuple):
    """An edit as a user sees it: a place in the source and the text to put there."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


class Fix(NamedTuple):
    """The edits that mend one violation, applied together or not at all."""

    applicability: Applicability
    edits: tuple[PlacedEdit, ...]
    source_edits: tuple[Edit, ...] = ()
    """The same edits as offsets into the source text, for the fixer."""


class RelatedPlace(NamedTuple):
    """A related place, ready for a report."""

    path: str
    line: int
    column: int
    page: int | None
    note: Wording


class Waived(NamedTuple):
    """Why a violation does not count: who accepted it, where that is written, and until when."""

    kind: WaivedBy
    reason: str
    """Empty for a baseline, which gives none."""
    path: str
    """The file that holds the waiver or the baseline."""
    line: int
    by: str | None = None
    until: str | None = None
    """The last day, YYYY-MM-DD; None where there is none."""


class Violation(NamedTuple):
    """One departure of one document from one rule. Built by `engine.violations` only."""

    path: str
    location: Location
    code: str
    name: str
    severity: Severity
    message: Wording
    part: str
    excerpt: str
    fix: Fix | None = None
    related: tuple[RelatedPlace, ...] = ()
    line_text: str = ""
    """The source line the violation starts on, for the caret of the full format."""
    waived: Waived | None = None
    """None where it counts."""

    def sort_key(self) -> tuple[object, ...]:
        """Reading order: path, place, code."""
        where = self.location
        return (self.path, where.line, where.column, where.end_line, where.end_column, self.code)
