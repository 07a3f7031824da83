"""SARIF 2.1.0, for code scanning and its viewers.

Columns are Unicode code points, the end exclusive, as everywhere here (`columnKind`). A PDF is a binary
file, and of one SARIF allows no region of text: page and box stand in the message, in the logical
location and in the location's properties. Of a Word document the line of a region is a paragraph, and its
snippet the words. What is waived stays, as a suppressed result.
Source: OASIS, SARIF Version 2.1.0, 3.27 (result), 3.29 (physicalLocation), 3.30 (region), 3.35 (suppression).
"""

from __future__ import annotations

import json
import os
from collections.abc import Set
from urllib.parse import quote

from bulletin_lint import __version__
from bulletin_lint._typing import Any
from bulletin_lint.model.fingerprint import fingerprinted
from bulletin_lint.model.location import Location
from bulletin_lint.model.report import FileResult, Report, RuleNote
from bulletin_lint.model.source import KindNote
from bulletin_lint.model.violation import OUTCOMES, Fix, RelatedPlace, Violation, Waived
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.reporters import machine
from bulletin_lint.reporters.standing import standing
from bulletin_lint.reporters.terminal import Detail

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = {"error": "error", "warning": "warning", "info": "note"}
_LANGUAGES = {"zh": "zh-CN", "en": "en-US"}
_FINGERPRINT = "contentFingerprint/v1"
_GITHUB_FINGERPRINT = "primaryLocationLineHash"
"""The one that GitHub compares; without it the line would be hashed on upload, which no PDF has."""


def render(report: Report, *, language: Language, color: bool, width: int, detail: Detail = "normal") -> str:
    """One log with one run; the same for the same report."""
    rules = _rules(report, language)
    index = {rule["id"]: number for number, rule in enumerate(rules)}
    without_lines = {item.path for item in report.documents if not report.kind_of(item).has_lines}
    run = {
        "tool": {
            "driver": {
                "name": "bulletin-lint",
                "version": __version__,
                "semanticVersion": __version__,
                "language": _LANGUAGES[language],
                "rules": rules,
            }
        },
        "language": _LANGUAGES[language],
        "columnKind": "unicodeCodePoints",
        "invocations": [_invocation(report, language)],
        "artifacts": [_artifact(document, report.kind_of(document)) for document in report.documents],
        "results": [
            _result(violation, mark, index[violation.code], language, without_lines)
            for violation, mark in fingerprinted(report)
        ],
        "properties": {"outcomes": _outcomes(report)},
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rules(report: Report, language: Language) -> list[dict[str, Any]]:
    """The rules that ran; of a report that does not say, those that were broken."""
    notes = {note.code: note for note in report.rules}
    for violation in (*report.violations, *report.waived):
        if violation.code not in notes:
            notes[violation.code] = RuleNote(
                violation.code, violation.name, violation.severity, Wording(violation.name, violation.name)
            )
    return [_rule(notes[code], language) for code in sorted(notes)]


def _rule(note: RuleNote, language: Language) -> dict[str, Any]:
    summary = note.summary.in_language(language)
    described = note.why.in_language(language) if note.why is not None else summary
    help_ = [part.in_language(language) for part in (note.why, note.remedy) if part is not None]
    if note.references:
        help_.append(Wording("依据：", "Norms: ").in_language(language) + "; ".join(note.references))
    return {
        "id": note.code,
        "name": note.name,
        "shortDescription": {"text": summary},
        "fullDescription": {"text": described},
        "help": {"text": "\n\n".join(help_) or summary},
        "defaultConfiguration": {"level": _LEVELS[note.severity]},
    }


def _invocation(report: Report, language: Language) -> dict[str, Any]:
    notifications = [
        {
            "level": "error",
            "message": {"text": wording.in_language(language)},
            "locations": [{"physicalLocation": {"artifactLocation": _place(document.path)}}],
        }
        for document in report.documents
        for wording in document.complaints
    ]
    invocation: dict[str, Any] = {"executionSuccessful": not report.failed}
    if notifications:
        invocation["toolExecutionNotifications"] = notifications
    return invocation


def _artifact(document: FileResult, kind: KindNote) -> dict[str, Any]:
    artifact: dict[str, Any] = {
        "location": _place(document.path),
        "mimeType": kind.media_type(document.path),
        "roles": ["analysisTarget"],
    }
    if document.encoding is not None:
        artifact["encoding"] = document.encoding
    return artifact


def _outcomes(report: Report) -> dict[str, int]:
    found = [outcome for document in report.documents for outcome in document.outcomes.values()]
    return {outcome: found.count(outcome) for outcome in OUTCOMES}


def _result(
    violation: Violation, mark: str, rule: int, language: Language, without_lines: Set[str]
) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": violation.code,
        "ruleIndex": rule,
        "level": _LEVELS[violation.severity],
        "message": {"text": machine.message(violation, language)},
        "locations": [_location(violation, language, has_lines=violation.path not in without_lines)],
        "partialFingerprints": {_FINGERPRINT: mark, _GITHUB_FINGERPRINT: mark},
    }
    if violation.related:
        result["relatedLocations"] = [
            {
                "id": number,
                "physicalLocation": _physical(
                    place.path,
                    {"startLine": place.line, "startColumn": place.column}
                    if place.page is None and place.path not in without_lines
                    else None,
                ),
                "message": {"text": _related_note(place, language)},
            }
            for number, place in enumerate(violation.related, 1)
        ]
    if violation.fix is not None and violation.fix.source_edits and not violation.fix.is_tracked:
        result["fixes"] = [_fix(violation.path, violation.fix, language)]
    if violation.waived is not None:
        result["suppressions"] = [_suppression(violation.waived, language)]
    return result


def _related_note(place: RelatedPlace, language: Language) -> str:
    note = place.note.in_language(language)
    return f"{place.code}: {note}" if place.code else note


def _location(violation: Violation, language: Language, *, has_lines: bool) -> dict[str, Any]:
    where = violation.location
    location: dict[str, Any] = {
        "physicalLocation": _physical(
            violation.path, _region(where) if has_lines and not where.boxes else None
        )
    }
    part: dict[str, str] = {}
    if violation.part:
        part = {"fullyQualifiedName": violation.part, "kind": "element"}
    if where.boxes:
        page = Wording(f"第{where.page}页", f"page {where.page}").in_language(language)
        part["name"] = page
        location["properties"] = {
            "page": where.page,
            "bbox": _box(where.boxes[0].box),
            "bboxes": [_box(each.box) for each in where.boxes],
            "bboxPages": [each.page for each in where.boxes],
            "extractedText": _region(where),
        }
    elif not has_lines:
        location["properties"] = {"extractedText": _region(where)}
    place = standing(where)
    if where.story is not None and place is not None:
        location["physicalLocation"]["region"] = {
            "startLine": where.line,
            "snippet": {"text": violation.excerpt},
        }
        name = place.in_language(language)
        location["logicalLocations"] = [
            {"fullyQualifiedName": where.story.path, "kind": "element", "name": name},
            *([part] if part else []),
        ]
    elif part:
        location["logicalLocations"] = [part]
    return location


def _physical(path: str, region: dict[str, int] | None) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _place(path)}
    if region is not None:
        physical["region"] = region
    return physical


def _place(path: str) -> dict[str, str]:
    shown = machine.path_in_repository(path)
    uri = quote(os.fsencode(shown), safe="/~()!'*")
    if shown.startswith("/"):
        return {"uri": f"file://{uri}"}
    # A first part with a colon would look like a scheme; quote has made it %3A.
    return {"uri": uri, "uriBaseId": "%SRCROOT%"}


def _region(where: Location) -> dict[str, int]:
    return {
        "startLine": where.line,
        "startColumn": where.column,
        "endLine": where.end_line,
        "endColumn": where.end_column,
    }


def _fix(path: str, fix: Fix, language: Language) -> dict[str, Any]:
    said = {
        "safe": Wording("可以放心改", "safe to apply"),
        "unsafe": Wording("改后请核对原意", "check that the sense stays"),
        "manual": Wording("仅供参考", "a suggestion"),
    }
    return {
        "description": {"text": said[fix.applicability].in_language(language)},
        "artifactChanges": [
            {
                "artifactLocation": _place(path),
                "replacements": [
                    {
                        "deletedRegion": {
                            "startLine": edit.line,
                            "startColumn": edit.column,
                            "endLine": edit.end_line,
                            "endColumn": edit.end_column,
                        },
                        "insertedContent": {"text": edit.text},
                    }
                    for edit in fix.edits
                ],
            }
        ],
    }


def _suppression(waived: Waived, language: Language) -> dict[str, Any]:
    suppression: dict[str, Any] = {
        "kind": "inSource" if waived.kind == "inline" else "external",
        "status": "accepted",
        "justification": waived.reason or Wording("在基线内", "in the baseline").in_language(language),
        "location": {"physicalLocation": _physical(waived.path, {"startLine": waived.line})},
        "properties": {"kind": waived.kind, "by": waived.by, "until": waived.until},
    }
    return suppression


def _box(box: tuple[float, float, float, float]) -> list[float]:
    return [round(number, 2) for number in box]
