"""One slip, one message: what a violation explains on the same words is folded into it.

A rule names in its data the rules that it `explains`: a letter for a figure in a date makes the date no date,
and all that other rules say of it is said already. What is folded stays in the report as a related place.
Fixes, waivers and baselines come before: they know every violation.
"""

from __future__ import annotations

from bulletin_lint.model.violation import SEVERITIES, RelatedPlace, Violation

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bulletin_lint.model.location import Location
    from bulletin_lint.model.report import FileResult, Report
    from bulletin_lint.rulebook.rulebook import Rulebook


def fold(report: Report, rulebook: Rulebook) -> Report:
    """The report with every violation that another one explains folded into that one."""
    explains = explanations(rulebook)
    if not explains:
        return report
    return report._replace(documents=tuple([folded(document, explains) for document in report.documents]))


def explanations(rulebook: Rulebook) -> dict[str, tuple[str, ...]]:
    """Code to the codes that its rule explains."""
    return {code: rule.explains for code, rule in rulebook.rules.items() if rule.explains}


def folded(document: FileResult, explains: Mapping[str, tuple[str, ...]]) -> FileResult:
    """A document with every violation that another one explains folded into that one."""
    candidates = [*document.violations, *document.waived]
    explaining = [each for each in candidates if each.code in explains]
    if not explaining or len(candidates) < 2:
        return document
    explained = {code for each in explaining for code in explains[each.code]}
    kept: list[Violation] = []
    below: dict[int, list[Violation]] = {}
    for violation in document.violations:
        rest = violation
        if violation.code in explained:
            own = [each for each in explaining if violation.code in explains[each.code]]
            left = [
                place
                for place in violation.places
                if not any(_touch(place.location, other.location) for each in own for other in each.places)
            ]
            if not left:
                first = next(each for each in own if _stand_together(violation, each))
                below.setdefault(id(first), []).append(violation)
                continue
            rest = violation.at(left)
        kept.append(rest)
    if not below and kept == list(document.violations):
        return document
    return document._replace(
        violations=tuple([_told(each, below) for each in kept]),
        waived=tuple([_told(each, below) for each in document.waived]),
    )


def _told(violation: Violation, folded: Mapping[int, Sequence[Violation]]) -> Violation:
    """A violation with what was folded into it as related places, and as grave as the gravest of them."""
    below: list[Violation] = []
    waiting = list(folded.get(id(violation), ()))
    while waiting:
        # What was folded may itself explain another.
        each = waiting.pop(0)
        if each not in below:
            below.append(each)
            waiting += folded.get(id(each), ())
    if not below:
        return violation
    severity = min((violation.severity, *(each.severity for each in below)), key=SEVERITIES.index)
    related = [
        RelatedPlace(
            each.path, each.location.line, each.location.column, each.location.page, each.message, each.code
        )
        for each in below
    ]
    return violation._replace(severity=severity, related=(*violation.related, *related))


def _stand_together(first: Violation, second: Violation) -> bool:
    return any(_touch(one.location, other.location) for one in first.places for other in second.places)


def _touch(first: Location, second: Location) -> bool:
    """Whether two places share a character, or one of them is empty and lies within or beside the other."""
    start = max((first.line, first.column), (second.line, second.column))
    end = min((first.end_line, first.end_column), (second.end_line, second.end_column))
    is_empty = any((each.line, each.column) == (each.end_line, each.end_column) for each in (first, second))
    return start < end or (is_empty and start == end)
