"""What a check finds and what a report holds: data only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulletin_lint._typing import Literal, NamedTuple
from bulletin_lint.model.location import Location, Span
from bulletin_lint.model.wording import Language, Wording, page_list

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
    places: tuple[Match, ...] = ()
    """Of what is told once for many places: each of them, the first too, as a match of its own that says
    what it would if it were the only one. Empty where there is one place."""


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
    is_tracked: bool = False
    """They are made as tracked changes in an annotated copy, and not in the file itself."""


class RelatedPlace(NamedTuple):
    """A related place, ready for a report."""

    path: str
    line: int
    column: int
    page: int | None
    note: Wording
    code: str = ""
    """The rule that spoke of it, where its violation was folded into another one; `note` is its message."""


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


class Occurrence(NamedTuple):
    """One place of a violation that is told once for many."""

    location: Location
    part: str
    excerpt: str
    line_text: str
    """The source line that it starts on."""
    values: Mapping[str, Value] = {}
    """What the message says of it; where several are told together, their `count` is added up, and `pages`
    are those of all."""
    fix: Fix | None = None


class Telling(NamedTuple):
    """What is told once, for people, of places that each count by themselves."""

    message: Wording
    """The rule's message, its placeholders not filled in."""
    places: tuple[Occurrence, ...]
    """In reading order, two or more."""
    is_rest: bool = False
    """Whether they have nothing to do with one another but that they are too many to be told one by one."""

    def wording(self, places: Sequence[Occurrence]) -> Wording:
        """What is said of some of the places, one at least."""
        values = places[0].values
        if not self.is_rest:
            counts = [place.values.get("count", 1) for place in places]
            told = {"count": sum(count if isinstance(count, int) else 1 for count in counts)}
            pages = [place.location.page for place in places if place.location.page is not None]
            return filled(self.message, {**values, **told, **({"pages": page_list(pages)} if pages else {})})
        one = filled(self.message, values)
        if len(places) == 1:
            return one
        return Wording(
            f"{one.zh}（同类问题太多，从这里起的 {len(places)} 处合为一条）",
            f"{one.en} (too many of a kind: the {len(places)} from here on are told as one)",
        )


def filled(message: Wording, values: Mapping[str, Value]) -> Wording:
    """A message with its placeholders filled in; `in_all` says how many places there are, where several."""
    if "count" in values:
        count = values["count"]
        several = Wording(f"（全文共 {count} 处）", f" ({count} in the document)")
        values = {**values, "in_all": several if count != 1 else Wording("", "")}

    def in_language(language: Language) -> str:
        return message.in_language(language).format_map(
            {
                name: value.in_language(language) if isinstance(value, Wording) else str(value)
                for name, value in values.items()
            }
        )

    return Wording(in_language("zh"), in_language("en"))


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
    telling: Telling | None = None
    """Its places, where it is told once for many; it stands on the first of them."""

    @property
    def places(self) -> tuple[Occurrence, ...]:
        """The places at which it is accepted or mended, each by itself."""
        if self.telling is not None:
            return self.telling.places
        return (Occurrence(self.location, self.part, self.excerpt, self.line_text, {}, self.fix),)

    def at(self, places: Sequence[Occurrence]) -> Violation:
        """The violation told of some of its places, one at least."""
        if self.telling is None or len(places) == len(self.telling.places):
            return self
        first = places[0]
        fixes = [place.fix for place in places if place.fix is not None]
        fix = None
        if len(fixes) == len(places) and not (self.telling.is_rest and len(places) > 1):
            fix = Fix(
                fixes[0].applicability,
                tuple(edit for each in fixes for edit in each.edits),
                tuple(edit for each in fixes for edit in each.source_edits),
                fixes[0].is_tracked,
            )
        others = {place.location[:2] for place in places[1:]}
        related = [place for place in self.related if (place.line, place.column) in others]
        return self._replace(
            location=first.location,
            message=self.telling.wording(places),
            part=first.part,
            excerpt=first.excerpt,
            line_text=first.line_text,
            fix=fix,
            related=tuple(related),
            telling=self.telling._replace(places=tuple(places)) if len(places) > 1 else None,
        )

    def separate(self) -> Sequence[Violation]:
        """As many violations as it would be, were they not too many: itself, where it is one of its own."""
        if self.telling is None or not self.telling.is_rest:
            return (self,)
        return [self.at((place,)) for place in self.telling.places]

    def sort_key(self) -> tuple[object, ...]:
        """Reading order: path, place, code."""
        where = self.location
        return (self.path, where.line, where.column, where.end_line, where.end_column, self.code)
