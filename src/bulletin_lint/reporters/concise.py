"""One line for each violation: ``path:line:col: CODE message``."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.model.report import Report
    from bulletin_lint.model.wording import Language
    from bulletin_lint.reporters.terminal import Detail

_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}


def render(report: Report, *, language: Language, color: bool, width: int, detail: Detail = "normal") -> str:
    """The violations in reading order; nothing at all where there are none."""
    violations = report.violations
    if not violations:
        return ""
    from bulletin_lint.model.visible import visible
    from bulletin_lint.reporters.terminal import paint

    return "".join(
        f"{paint(visible(violation.path), 'bold', color=color)}:{violation.location.line}:"
        f"{violation.location.column}: {paint(violation.code, _COLOURS[violation.severity], color=color)} "
        f"{visible(violation.message.in_language(language))}\n"
        for violation in violations
    )
