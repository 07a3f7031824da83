"""What a check found, with the rule's code and message, and the place as whoever reads the source sees it.

Violations are built here, and made again by the cache of results, nowhere else.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence

from bulletin_lint._typing import Any
from bulletin_lint.model.document import EXCERPT, Document, Placed
from bulletin_lint.model.location import Location, Span
from bulletin_lint.model.violation import (
    Applicability,
    Edit,
    Fix,
    Match,
    Occurrence,
    PlacedEdit,
    Related,
    RelatedPlace,
    Severity,
    Telling,
    Violation,
    filled,
)
from bulletin_lint.model.waiver import Waiver
from bulletin_lint.model.wording import Wording
from bulletin_lint.readers import reader_info
from bulletin_lint.rulebook.rulebook import Rule
from bulletin_lint.series.issue import FieldPlace

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.checks.protocols import Finding


_FURTHEST = 1 << 62
"""Behind every offset."""


def series_violation(rule: Rule, path: str, place: FieldPlace, finding: Finding) -> Violation:
    """What a rule says of an issue in its series."""
    neighbour = finding.neighbour
    theirs = neighbour.places.get(finding.fact) or neighbour.places.get("issue")
    theirs = theirs or neighbour.places.get("cumulative") or neighbour.places.get("anchor")
    related: tuple[RelatedPlace, ...] = ()
    if theirs is not None:
        related = (
            RelatedPlace(
                neighbour.path,
                theirs.location.line,
                theirs.location.column,
                theirs.location.page,
                Wording(f"相邻的一期：{theirs.text}", f"the neighbouring issue: {theirs.text}"),
            ),
        )
    return Violation(
        path,
        place.location,
        rule.code,
        rule.name,
        _severity(rule),
        filled(rule.message, finding.values),
        place.part,
        place.text[:EXCERPT],
        None,
        related,
        place.line_text,
    )


def waiver_violation(rule: Rule, waiver: Waiver, values: Mapping[str, Any]) -> Violation:
    """What a rule says of a waiver."""
    return Violation(
        waiver.path,
        waiver.location,
        rule.code,
        rule.name,
        _severity(rule),
        filled(rule.message, values),
        "",
        waiver.text[:EXCERPT],
        line_text=waiver.line_text,
    )


def further_lines(violations: Sequence[Violation], document: Document) -> dict[int, str]:
    """The lines that violations and edits touch besides those that the violations start on."""
    if document.reading.lines_are != "source":
        return {}
    lines = {
        line
        for violation in violations
        for line in (
            violation.location.end_line,
            *(
                line
                for edit in (violation.fix.edits if violation.fix else ())
                for line in (edit.line, edit.end_line)
            ),
        )
        if line != violation.location.line
    }
    return {line: document.line_text(line) for line in sorted(lines)}


MOST_TOLD = 1000
"""How many violations of one rule in one document are told one by one: more than anybody reads, few enough
that 100,000 stray brackets do not make a report of 30 MB."""


def violations_of(rule: Rule, matches: Sequence[Match], document: Document) -> list[Violation]:
    """What a rule says of its matches in a document, in reading order from the first that is too many.

    Nothing is said of what is to be left letter by letter. What goes beyond `MOST_TOLD` is told as one
    violation (of each severity); each of its places counts.
    """
    if document.verbatim:
        matches = [match for match in matches if _judged(match, document)]
    if len(matches) <= MOST_TOLD:
        found = [violation_of(rule, match, document) for match in matches]
        if not document.verbatim:
            return found
        return [
            violation.at([violation.places[number] for number in _judged(match, document)])
            for violation, match in zip(found, matches, strict=True)
        ]
    matches = sorted(matches, key=lambda match: match.span)
    found = [violation_of(rule, match, document) for match in matches[:MOST_TOLD]]
    rest: dict[Severity, list[Match]] = {}
    for match in matches[MOST_TOLD:]:
        rest.setdefault(match.severity or _severity(rule), []).extend(match.places or (match,))
    for severity, places in rest.items():
        telling = _telling(rule, places, document)._replace(is_rest=True)
        first = violation_of(rule, places[0]._replace(severity=severity, related=()), document)
        if len(places) > 1:
            first = first._replace(message=telling.wording(telling.places), fix=None, telling=telling)
        found.append(first)
    return found


def _judged(match: Match, document: Document) -> list[int]:
    """Which of a match's places do not stand in what is to be left letter by letter."""
    return [
        number
        for number, place in enumerate(match.places or (match,))
        if place.span.start == place.span.end or not lies_in(document.verbatim, place.span)
    ]


def violation_of(rule: Rule, match: Match, document: Document) -> Violation:
    """What a rule says of a match in a document."""
    placed = document.place(match.span, match.part)
    message = filled(rule.message, match.values)
    severity = match.severity or _severity(rule)
    automatic = document.reading.automatic
    if automatic and any(touches(automatic, span) for span in placed.sources):
        message = Wording(f"{message.zh}（自动编号）", f"{message.en} (an automatic number)")
        if document.reading.is_converted and all(lies_in(automatic, span) for span in placed.sources):
            # Another program counted it anew, and may have begun a list again that goes on in the document.
            severity = "info"
            message = Wording(
                f"{message.zh}；文档经过转换，编号可能与原件不同，请对照原件",
                f"{message.en}; the document was converted, its numbers may be others: compare",
            )
    return Violation(
        document.path,
        placed.location,
        rule.code,
        rule.name,
        severity,
        message,
        placed.part,
        placed.excerpt,
        _fix(rule.fix, match, placed, document),
        tuple([_related(item, document) for item in match.related]),
        placed.line_text,
        telling=_telling(rule, match.places, document) if len(match.places) > 1 else None,
    )


def _telling(rule: Rule, places: Sequence[Match], document: Document) -> Telling:
    found: list[Occurrence] = []
    for match in places:
        placed = document.place(match.span, match.part)
        fix = _fix(rule.fix, match, placed, document)
        line = placed.line_text
        if found and found[-1].location.line == placed.location.line:
            # One text for all: a book may stand in one line.
            line = found[-1].line_text
        found.append(Occurrence(placed.location, placed.part, placed.excerpt, line, match.values, fix))
    return Telling(rule.message, tuple(found))


def _severity(rule: Rule) -> Severity:
    assert rule.severity != "off"
    return rule.severity  # type: ignore[return-value]


def _related(item: Related, document: Document) -> RelatedPlace:
    location: Location = item.location or document.locate(item.span)
    return RelatedPlace(item.path or document.path, location.line, location.column, location.page, item.note)


def _fix(applicability: Applicability, match: Match, at: Placed, document: Document) -> Fix | None:
    """The edits as places in the source; none where one of them spans what extraction joined."""
    if not match.edits:
        return None
    info = reader_info(document.kind)
    is_editable = info.is_editable or bool(info.copier)
    automatic = document.reading.automatic
    placed: list[PlacedEdit] = []
    source: list[Edit] = []
    for edit in match.edits:
        # Most edits replace just what the violation stands on.
        location, spans = (at.location, at.sources) if edit.span == match.span else document.trace(edit.span)
        if len(spans) != 1 and is_editable:
            return None
        if automatic and any(touches(automatic, span) for span in spans):
            # Its author must continue the list, or begin it anew: nobody typed the number.
            return None
        placed.append(
            PlacedEdit(location.line, location.column, location.end_line, location.end_column, edit.text)
        )
        source.append(Edit(Span(spans[0].start, spans[0].end), edit.text))
    if not is_editable:
        # What the words should be is shown.
        return Fix("manual", tuple(placed))
    return Fix(applicability, tuple(placed), tuple(source), is_tracked=not info.is_editable)


def touches(spans: Sequence[tuple[int, int]], span: Span) -> bool:
    """Whether a span has a character of one of some spans, which are in order."""
    index = bisect_right(spans, (span.start, _FURTHEST)) - 1
    if index >= 0 and spans[index][1] > span.start:
        return True
    return index + 1 < len(spans) and spans[index + 1][0] < span.end


def lies_in(spans: Sequence[tuple[int, int]], span: Span) -> bool:
    """Whether a span is the whole or a part of one of some spans, which are in order."""
    index = bisect_right(spans, (span.start, _FURTHEST)) - 1
    return index >= 0 and spans[index][1] >= span.end
