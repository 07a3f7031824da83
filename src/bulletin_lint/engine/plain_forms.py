"""Results in plain data: lists, texts and numbers, for a cache, a queue or a file.

The only builder of a `Violation` besides `violations`.
"""

from __future__ import annotations

from collections.abc import Sequence

from bulletin_lint._typing import Any
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.model.location import Location, PageBox, Span, StoryPlace
from bulletin_lint.model.report import FileResult
from bulletin_lint.model.violation import (
    Edit,
    Fix,
    Occurrence,
    PlacedEdit,
    RelatedPlace,
    Telling,
    Violation,
)
from bulletin_lint.model.waiver import Waiver
from bulletin_lint.model.wording import Wording
from bulletin_lint.rulebook.compiled import plain
from bulletin_lint.series.issue import IssueRecord, from_plain, to_plain


def result_to_plain(linted: LintResult) -> list[Any]:
    """A result without its document in lists, texts, numbers and truth values, for `result_from_plain`; it
    can be written as JSON.
    """
    result, texts = linted.result, Texts()
    rows = [
        result.path,
        result.kind,
        result.pages,
        result.encoding,
        None if result.error is None else [*result.error],
        result.skipped,
        dict(result.outcomes),
        [plain_violation(violation, texts) for violation in result.violations],
        result.beside,
        [[*failure] for failure in result.failures],
        [[*waiver._replace(line_text=str(texts.number(waiver.line_text)))] for waiver in result.waivers],
        list(result.lines.items()),
        {code: [*reason] for code, reason in result.reasons.items()},
        texts.known,
        linted.shows_bulletin,
        None if linted.facts is None else to_plain(linted.facts),
    ]
    kept: list[Any] = plain(rows)
    return kept


def result_from_plain(stored: Sequence[Any]) -> LintResult:
    """The result that `result_to_plain` wrote.

    Raises:
        ValueError, TypeError, KeyError, IndexError, AttributeError: it is something else.
    """
    (
        path, kind, pages, encoding, error, skipped, outcomes, violations,
        beside, failures, waivers, lines, reasons, texts, shows, facts,
    ) = stored  # fmt: skip
    result = FileResult(
        path,
        kind,
        pages,
        encoding,
        None if error is None else Wording(*error),
        skipped,
        outcomes,
        tuple(violation_of(each, path, texts) for each in violations),
        beside,
        tuple(Wording(*failure) for failure in failures),
        tuple(waiver_of([*each[:3], int(each[3]), *each[4:]], path, texts) for each in waivers),
        lines=dict(lines),
        reasons={code: Wording(*reason) for code, reason in reasons.items()},
    )
    record = None if facts is None else from_plain(facts, path)
    return LintResult(result, record, shows_bulletin=shows)


def record_to_plain(record: IssueRecord) -> list[Any]:
    """What is known of an issue in lists, texts and numbers, for `record_from_plain`."""
    kept: list[Any] = plain([record.path, *to_plain(record)])
    return kept


def record_from_plain(stored: Sequence[Any]) -> IssueRecord:
    """What `record_to_plain` wrote.

    Raises:
        ValueError, TypeError, AttributeError: it is something else.
    """
    path, *rest = stored
    return from_plain(rest, path)


class Texts:
    """The lines that violations and waivers stand on, each kept once: a book may stand in one."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}

    @property
    def known(self) -> list[str]:
        """Every line, by its number."""
        return list(self._numbers)

    def number(self, text: str) -> int:
        """The number that stands for a line."""
        return self._numbers.setdefault(text, len(self._numbers))


def plain_violation(violation: Violation, texts: Texts) -> list[Any]:
    """A violation without its path; its line is a number among `texts`."""
    return [
        violation.location,
        violation.code,
        violation.name,
        violation.severity,
        violation.message,
        violation.part,
        violation.excerpt,
        violation.fix,
        [[None if place.path == violation.path else place.path, *place[1:]] for place in violation.related],
        texts.number(violation.line_text),
        None
        if violation.telling is None
        else [
            violation.telling.message,
            [
                place._replace(line_text=texts.number(place.line_text))  # type: ignore[arg-type]
                for place in violation.telling.places
            ],
            violation.telling.is_rest,
        ],
    ]


def violation_of(plain: Sequence[Any], path: str, texts: Sequence[str]) -> Violation:
    """The violation that `plain_violation` wrote, as one of a file."""
    where, code, name, severity, message, part, excerpt, fix, related, line, telling = plain
    return Violation(
        path,
        _location(where),
        code,
        name,
        severity,
        Wording(*message),
        part,
        excerpt,
        None if fix is None else _fix(fix),
        tuple(
            RelatedPlace(path if other is None else other, row, column, page, Wording(*note), code)
            for other, row, column, page, note, code in related
        ),
        texts[line],
        telling=None if telling is None else _telling(telling, texts),
    )


def _telling(plain: Sequence[Any], texts: Sequence[str]) -> Telling:
    message, places, is_rest = plain
    return Telling(
        Wording(*message),
        tuple(
            Occurrence(
                _location(where),
                part,
                excerpt,
                texts[line],
                {
                    name: Wording(*value) if isinstance(value, list) else value
                    for name, value in values.items()
                },
                None if fix is None else _fix(fix),
            )
            for where, part, excerpt, line, values, fix in places
        ),
        is_rest,
    )


def _location(plain: Sequence[Any]) -> Location:
    line, column, end_line, end_column, boxes, story = plain
    return Location(
        line,
        column,
        end_line,
        end_column,
        tuple(PageBox(page, (x0, top, x1, bottom)) for page, (x0, top, x1, bottom) in boxes),
        None if story is None else StoryPlace(*story),
    )


def _fix(plain: Sequence[Any]) -> Fix:
    applicability, edits, source_edits, is_tracked = plain
    return Fix(
        applicability,
        tuple(PlacedEdit(*edit) for edit in edits),
        tuple(Edit(Span(*span), text) for span, text in source_edits),
        is_tracked,
    )


def waiver_of(plain: Sequence[Any], path: str, texts: Sequence[str]) -> Waiver:
    """A waiver of a file from its fields, its line a number among `texts`."""
    _, where, text, line, codes, reason, by, until, flaw, lines, *rest = plain
    return Waiver(
        path,
        _location(where),
        text,
        texts[line],
        tuple(codes),
        reason,
        by,
        until,
        flaw,
        None if lines is None else (lines[0], lines[1]),
        *rest,
    )
