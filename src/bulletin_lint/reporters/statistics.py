"""How often each rule was broken."""

from __future__ import annotations

from bulletin_lint.model.report import Report
from bulletin_lint.model.violation import Violation
from bulletin_lint.model.visible import visible
from bulletin_lint.model.wording import Language
from bulletin_lint.reporters.terminal import Detail, paint

_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}


def render(report: Report, *, language: Language, color: bool, width: int, detail: Detail = "normal") -> str:
    """A table of count, code and name, the most frequent first; ``[*]`` marks what ``--fix`` mends."""
    counts: dict[str, int] = {}
    fixable: set[str] = set()
    first: dict[str, Violation] = {}
    for violation in report.violations:
        counts[violation.code] = counts.get(violation.code, 0) + 1
        first.setdefault(violation.code, violation)
        fix = violation.fix
        if fix is not None and fix.applicability == "safe" and fix.source_edits and not fix.is_tracked:
            fixable.add(violation.code)
    if not counts:
        return ""
    digits = max(len(str(count)) for count in counts.values())
    widest = max(len(code) for code in counts)
    return "".join(
        f"{count:>{digits}}  {paint(code.ljust(widest), _COLOURS[first[code].severity], color=color)}  "
        f"{'[*]' if code in fixable else '[ ]'} {visible(first[code].name)}\n"
        for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    )
