"""Reviewdog's diagnostic format. Its columns are UTF-8 bytes, 1-based, the end exclusive.

Source: reviewdog, proto/rdf/reviewdog.proto.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from bulletin_lint._typing import Any
from bulletin_lint.model.report import Report
from bulletin_lint.model.violation import Violation
from bulletin_lint.model.wording import Language
from bulletin_lint.reporters import machine
from bulletin_lint.reporters.terminal import Detail

_SEVERITIES = {"error": "ERROR", "warning": "WARNING", "info": "INFO"}
_SOURCE = {"name": "bulletin-lint"}


def render(report: Report, *, language: Language, color: bool, width: int, detail: Detail = "normal") -> str:
    """One result with all diagnostics. What is waived is among them, as INFO and with the reason."""
    lines = {document.path: document.lines for document in report.documents}
    violations = sorted([*report.violations, *report.waived], key=Violation.sort_key)
    diagnostics = [_diagnostic(each, lines.get(each.path, {}), language) for each in violations]
    diagnostics += [
        {
            "message": wording.in_language(language),
            "location": {"path": machine.path_in_repository(document.path)},
            "severity": "ERROR",
            "source": _SOURCE,
        }
        for document in report.documents
        for wording in document.complaints
    ]
    content = {"source": _SOURCE, "diagnostics": diagnostics}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _diagnostic(violation: Violation, lines: Mapping[int, str], language: Language) -> dict[str, Any]:
    where = violation.location
    waiver = machine.waiver(violation, language)
    message = machine.message(violation, language)
    known = {**lines, where.line: violation.line_text}
    location: dict[str, Any] = {"path": machine.path_in_repository(violation.path)}
    if where.story is not None:
        # A paragraph; columns are those of no file.
        location["range"] = {"start": {"line": where.line}}
    elif not where.boxes:
        location["range"] = _range(where.line, where.column, where.end_line, where.end_column, known)
    diagnostic: dict[str, Any] = {
        "message": f"[{waiver}] {message}" if waiver else message,
        "location": location,
        "severity": "INFO" if waiver else _SEVERITIES[violation.severity],
        "code": {"value": violation.code},
        "source": _SOURCE,
    }
    fix = violation.fix
    if fix is not None and fix.source_edits and not fix.is_tracked and not waiver:
        diagnostic["suggestions"] = [
            {
                "range": _range(edit.line, edit.column, edit.end_line, edit.end_column, known),
                "text": edit.text,
            }
            for edit in fix.edits
        ]
    return diagnostic


def _range(
    line: int, column: int, end_line: int, end_column: int, lines: Mapping[int, str]
) -> dict[str, Any]:
    return {
        "start": _position(line, column, lines),
        "end": _position(end_line, end_column, lines),
    }


def _position(line: int, column: int, lines: Mapping[int, str]) -> dict[str, int]:
    text = lines.get(line)
    if text is None:
        # The column is optional; none is better than one in another unit.
        return {"line": line}
    before = text[: column - 1]
    beyond = column - 1 - len(before)  # a line break that is part of the violation
    return {"line": line, "column": len(before.encode("utf-8", "surrogatepass")) + beyond + 1}
