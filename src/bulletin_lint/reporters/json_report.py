"""The report as JSON, schema version 1. Key order and content are the same for the same input."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import islice

from bulletin_lint import __version__
from bulletin_lint._typing import Any
from bulletin_lint.model.fingerprint import fingerprinted
from bulletin_lint.model.location import Box
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.violation import OUTCOMES, SEVERITIES, Fix, RelatedPlace, Violation, Waived
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.reporters.standing import for_programs
from bulletin_lint.reporters.terminal import Detail

SCHEMA_VERSION = 1


def render(report: Report, *, language: Language, color: bool, width: int, detail: Detail = "normal") -> str:
    """The whole report. Lines and columns are 1-based code points, the end exclusive.

    Messages stand in both languages; the error of a document is in `language`. Waived violations are
    there too, and counted as waived only. `unread` are the files found in folders whose form is not read.
    """
    return "".join(pieces(report, language=language))


def pieces(report: Report, *, language: Language) -> Iterator[str]:
    """The text of `render` in pieces. A violation or document has a line of its own: easy to compare, and
    ten times as quick as indented.
    """
    encode = json.JSONEncoder(ensure_ascii=False).encode
    tool = {"name": "bulletin-lint", "version": __version__}
    yield f'{{\n  "schema_version": {SCHEMA_VERSION},\n  "tool": {encode(tool)},\n  "violations": ['
    yield from _rows(encode(violation_content(*each)) for each in fingerprinted(report))
    yield '],\n  "documents": ['
    yield from _rows(encode(_document(document, language)) for document in report.documents)
    if report.unread:
        yield f'],\n  "unread": [{", ".join(map(encode, report.unread))}'
    yield f'],\n  "summary": {encode(_summary(report))}\n}}\n'


_ROWS_AT_ONCE = 100


def _rows(rows: Iterator[str]) -> Iterator[str]:
    """The elements of a list, each on a line of its own."""
    lead = "\n    "
    while some := list(islice(rows, _ROWS_AT_ONCE)):
        yield lead + ",\n    ".join(some)
        lead = ",\n    "
    if lead.startswith(","):
        yield "\n  "


def violation_content(violation: Violation, fingerprint: str) -> dict[str, Any]:
    """A violation as the report has it, with its fingerprint."""
    where = violation.location
    content: dict[str, Any] = {
        "path": violation.path,
        "code": violation.code,
        "name": violation.name,
        "severity": violation.severity,
        "message": _both(violation.message),
        "line": where.line,
        "column": where.column,
        "end_line": where.end_line,
        "end_column": where.end_column,
        "page": where.page,
        "bbox": _box(where.boxes[0].box) if where.boxes else None,
    }
    if where.story is not None:
        content["location"] = for_programs(where.story)
    if len(where.boxes) > 1:
        content["bboxes"] = [_box(box.box) for box in where.boxes]
        content["bbox_pages"] = [box.page for box in where.boxes]
    content["part"] = violation.part
    content["excerpt"] = violation.excerpt
    content["fix"] = _fix(violation.fix) if violation.fix is not None else None
    if violation.related:
        content["related"] = [_related(place) for place in violation.related]
    content["fingerprint"] = fingerprint
    content["waived"] = _waived(violation.waived) if violation.waived is not None else None
    return content


def _waived(waived: Waived) -> dict[str, Any]:
    return {
        "kind": waived.kind,
        "reason": waived.reason,
        "by": waived.by,
        "until": waived.until,
        "path": waived.path,
        "line": waived.line,
    }


def _fix(fix: Fix) -> dict[str, Any]:
    return {
        "applicability": fix.applicability,
        "edits": [
            {
                "line": edit.line,
                "column": edit.column,
                "end_line": edit.end_line,
                "end_column": edit.end_column,
                "text": edit.text,
            }
            for edit in fix.edits
        ],
    }


def _related(place: RelatedPlace) -> dict[str, Any]:
    return {
        "path": place.path,
        "line": place.line,
        "column": place.column,
        "page": place.page,
        "message": _both(place.note),
        **({"code": place.code} if place.code else {}),
    }


def _document(document: FileResult, language: Language) -> dict[str, Any]:
    content: dict[str, Any] = {
        "path": document.path,
        "kind": document.kind,
        "pages": document.pages,
        "error": document.error.in_language(language) if document.error is not None else None,
        "skipped": document.skipped,
        "outcomes": dict(sorted(document.outcomes.items())),
        "reasons": {code: _both(why) for code, why in sorted(document.reasons.items())},
    }
    if document.failures:
        content["failures"] = [failure.in_language(language) for failure in document.failures]
    return content


def _summary(report: Report) -> dict[str, Any]:
    """Counts, in one pass: the documents of a large report may be read anew for each."""
    severities: dict[str, int] = dict.fromkeys(SEVERITIES, 0)
    outcomes = dict.fromkeys(OUTCOMES, 0)
    documents = waived = failed = skipped = 0
    for document in report.documents:
        documents += document.is_bulletin and not document.skipped and not document.beside
        waived += len(document.waived)
        failed += bool(document.complaints)
        skipped += document.skipped
        for violation in document.violations:
            severities[violation.severity] += 1
        values = list(document.outcomes.values())
        for outcome in OUTCOMES:
            outcomes[outcome] += values.count(outcome)
    return {
        "documents": documents,
        **severities,
        "waived": waived,
        "failed_documents": failed,
        "skipped_documents": skipped,
        "outcomes": outcomes,
    }


def _both(wording: Wording) -> dict[str, str]:
    return {"zh": wording.zh, "en": wording.en}


def _box(box: Box) -> list[float]:
    return [round(number, 2) for number in box]
