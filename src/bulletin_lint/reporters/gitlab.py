"""GitLab's Code Quality report, shown in merge requests.

Source: GitLab's documentation, Code Quality, "Code Quality report format". Fingerprints must differ
within a report, and GitLab takes a violation as new if its fingerprint is.
"""

from __future__ import annotations

import json

from bulletin_lint._typing import Any
from bulletin_lint.model.fingerprint import fingerprinted
from bulletin_lint.model.report import Report
from bulletin_lint.model.violation import Violation
from bulletin_lint.model.wording import Language
from bulletin_lint.reporters import machine
from bulletin_lint.reporters.terminal import Detail

_SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def render(report: Report, *, language: Language, color: bool, width: int, detail: Detail = "normal") -> str:
    """A list of issues. What is waived is among them, as info and with the reason: a reviewer should
    see a new waiver. A file that could not be checked is a blocker.
    """
    seen: dict[str, int] = {}
    issues = [_issue(violation, mark, language, seen) for violation, mark in fingerprinted(report)]
    for document in report.documents:
        for number, wording in enumerate(document.complaints):
            path = machine.path_in_repository(document.path)
            issues.append(
                {
                    "description": wording.in_language(language),
                    "check_name": "bulletin-lint",
                    "fingerprint": _unique(f"not-checked-{path}-{number}", seen),
                    "severity": "blocker",
                    "location": {"path": path, "lines": {"begin": 1}},
                }
            )
    return json.dumps(issues, ensure_ascii=False, indent=2) + "\n"


def _issue(violation: Violation, mark: str, language: Language, seen: dict[str, int]) -> dict[str, Any]:
    where = violation.location
    waiver = machine.waiver(violation, language)
    message = machine.message(violation, language)
    location: dict[str, Any] = {"path": machine.path_in_repository(violation.path)}
    if where.story is not None:
        # A paragraph; columns are those of no file.
        location["lines"] = {"begin": where.line}
    elif where.boxes:
        # A PDF has no lines to open; the page is in the description.
        location["lines"] = {"begin": 1}
    else:
        location["positions"] = {
            "begin": {"line": where.line, "column": where.column},
            "end": {"line": where.end_line, "column": where.end_column},
        }
    return {
        "description": f"[{waiver}] {message}" if waiver else message,
        "check_name": violation.code,
        "fingerprint": _unique(f"{violation.code}-{mark}", seen),
        "severity": "info" if waiver else _SEVERITIES[violation.severity],
        "location": location,
    }


def _unique(fingerprint: str, seen: dict[str, int]) -> str:
    """The fingerprint; where another file has the same words, with a number behind it.

    Which file has which number does not matter: renaming one leaves the set of fingerprints as it is.
    """
    count = seen[fingerprint] = seen.get(fingerprint, 0) + 1
    return fingerprint if count == 1 else f"{fingerprint}-{count}"
