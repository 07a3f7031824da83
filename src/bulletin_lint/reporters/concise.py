"""One line for each violation: ``path:line:col: CODE message``; of a PDF with page and words behind it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.model.report import Report
    from bulletin_lint.model.violation import Violation
    from bulletin_lint.model.wording import Language
    from bulletin_lint.reporters.terminal import Detail

_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}


def render(report: Report, *, language: Language, color: bool, width: int, detail: Detail = "normal") -> str:
    """The violations in reading order; nothing at all where there are none."""
    violations = report.violations
    if not violations:
        return ""
    from bulletin_lint.model.visible import visible
    from bulletin_lint.model.wording import Wording
    from bulletin_lint.reporters.standing import on_page
    from bulletin_lint.reporters.terminal import paint

    def found(violation: Violation) -> str:
        message, paged = violation.message, on_page(violation)
        if paged is not None:
            message = Wording(f"{message.zh}（{paged.zh}）", f"{message.en} ({paged.en})")
        return visible(message.in_language(language))

    return "".join(
        f"{paint(visible(violation.path), 'bold', color=color)}:{violation.location.line}:"
        f"{violation.location.column}: {paint(violation.code, _COLOURS[violation.severity], color=color)} "
        f"{found(violation)}\n"
        for violation in violations
    )
