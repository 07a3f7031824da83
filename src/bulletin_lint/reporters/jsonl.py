"""JSON lines: each violation an object on a line of its own, as the report in JSON has it; for ``jq`` and for
logs that are read as they grow.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from bulletin_lint.model.fingerprint import fingerprinted
from bulletin_lint.model.report import Report
from bulletin_lint.model.wording import Language
from bulletin_lint.reporters.json_report import violation_content
from bulletin_lint.reporters.terminal import Detail


def render(report: Report, *, language: Language, color: bool, width: int, detail: Detail = "normal") -> str:
    """A line for each violation, the waived ones too; then one for each document that could not be checked,
    with ``error`` in `language` in place of a code.
    """
    return "".join(pieces(report, language=language))


def pieces(report: Report, *, language: Language) -> Iterator[str]:
    """The lines of `render`, one by one."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    for violation, fingerprint in fingerprinted(report):
        yield f"{encode(violation_content(violation, fingerprint))}\n"
    for document in report.documents:
        for complaint in document.complaints:
            failed = {"path": document.path, "code": None, "error": complaint.in_language(language)}
            yield f"{encode(failed)}\n"
