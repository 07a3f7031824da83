"""The Markdown that GitHub Actions shows on the page of a run ($GITHUB_STEP_SUMMARY)."""

from __future__ import annotations

from bulletin_lint.model.report import Report
from bulletin_lint.model.violation import SEVERITIES, Violation
from bulletin_lint.model.visible import visible
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.reporters import machine
from bulletin_lint.reporters.terminal import Detail

_MOST = 100
"""Violations listed; GitHub takes at most one MiB, and no one reads more."""

_SEVERITIES = {
    "error": Wording("错误", "error"),
    "warning": Wording("警告", "warning"),
    "info": Wording("建议", "info"),
}


def render(report: Report, *, language: Language, color: bool, width: int, detail: Detail = "normal") -> str:
    """Counts, the first violations, what was waived and what could not be checked."""

    def say(zh: str, en: str) -> str:
        return Wording(zh, en).in_language(language)

    errors, warnings, notes = (report.count(severity) for severity in SEVERITIES)
    known = sum(each.waived is not None and each.waived.kind == "baseline" for each in report.waived)
    waived = len(report.waived) - known
    lines = ["## bulletin-lint", ""]
    lines.append(
        say(
            f"检查 {len(report.checked)} 份：错误 {errors}，警告 {warnings}，建议 {notes}，"
            f"已豁免 {waived}，基线内 {known}，未能检查 {len(report.failed)}。",
            f"Documents checked: {len(report.checked)}; errors {errors}, warnings {warnings}, info {notes}, "
            f"waived {waived}, in the baseline {known}, not checked {len(report.failed)}.",
        )
    )
    violations = sorted(report.violations, key=lambda each: SEVERITIES.index(each.severity))
    if violations:
        lines += ["", say("| 级别 | 规则 | 位置 | 问题 |", "| severity | rule | place | violation |")]
        lines.append("|---|---|---|---|")
        lines += [_row(violation, language) for violation in violations[:_MOST]]
        if len(violations) > _MOST:
            rest = len(violations) - _MOST
            lines += ["", say(f"另有 {rest} 处，见日志。", f"And {rest} more, in the log.")]
    accepted = [each for each in report.waived if each.waived is not None and each.waived.kind != "baseline"]
    if accepted:
        lines += ["", say("### 已豁免", "### Waived"), ""]
        lines += [
            f"- {_place(each)} {each.code}：{_cell(machine.waiver(each, language))}"
            if language == "zh"
            else f"- {_place(each)} {each.code}: {_cell(machine.waiver(each, language))}"
            for each in accepted[:_MOST]
        ]
    for document in report.documents:
        for wording in document.complaints:
            lines += ["", f"**{_cell(document.path)}**: {_cell(wording.in_language(language))}"]
    return "\n".join(lines) + "\n\n"


def _row(violation: Violation, language: Language) -> str:
    severity = _SEVERITIES[violation.severity].in_language(language)
    message = machine.message(violation, language)
    return f"| {severity} | {violation.code} | {_place(violation)} | {_cell(message)} |"


def _place(violation: Violation) -> str:
    where = violation.location
    return _cell(f"{machine.path_in_repository(violation.path)}:{where.line}:{where.column}")


def _cell(text: str) -> str:
    """Text that neither ends a cell nor becomes a link, a picture or HTML."""
    shown = visible(" ".join(text.split()))
    # First the sign that the others are replaced with.
    for character in "#\\`*_[]<>|!@":
        shown = shown.replace(character, f"&#{ord(character)};")
    return shown
