"""Workflow commands of GitHub Actions, which turn into annotations of the changed files.

Source: GitHub's documentation of workflow commands. A command that spans lines may have no columns.
"""

from __future__ import annotations

from bulletin_lint.model.report import Report
from bulletin_lint.model.violation import Violation
from bulletin_lint.model.visible import visible
from bulletin_lint.model.wording import Language
from bulletin_lint.reporters import machine
from bulletin_lint.reporters.inert import shielded
from bulletin_lint.reporters.terminal import Detail

_COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}


def render(report: Report, *, language: Language, color: bool, width: int, detail: Detail = "normal") -> str:
    """A command for each violation; then a notice for each waived one, and for each file not checked an
    error. What is in a baseline is said on the debug log only: there may be thousands.
    """
    lines = [_command(violation, language) for violation in (*report.violations, *report.waived)]
    for document in report.documents:
        for wording in document.complaints:
            properties = f"file={_property(machine.path_in_repository(document.path))},title=bulletin-lint"
            lines.append(f"::error {properties}::{_data(wording.in_language(language))}")
    return "".join(f"{line}\n" for line in lines)


def _command(violation: Violation, language: Language) -> str:
    where = violation.location
    message = machine.message(violation, language)
    waiver = machine.waiver(violation, language)
    command = _COMMANDS[violation.severity]
    if violation.waived is not None:
        message = f"[{waiver}] {message}"
        command = "notice"
        if violation.waived.kind == "baseline":
            path = machine.path_in_repository(violation.path)
            return f"::debug::{_data(f'{path}:{where.line}:{where.column}: {violation.code} {message}')}"
    properties = [f"file={_property(machine.path_in_repository(violation.path))}"]
    if where.has_lines:
        properties.append(f"line={where.line}")
        if where.end_line == where.line:
            properties.append(f"col={where.column}")
        properties.append(f"endLine={where.end_line}")
        if where.end_line == where.line:
            properties.append(f"endColumn={where.end_column}")
    properties.append(f"title={_property(f'{violation.code} {violation.name}')}")
    return f"::{command} {','.join(properties)}::{_data(message)}"


def _data(text: str) -> str:
    return shielded(visible(text)).replace("%", "%25")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
