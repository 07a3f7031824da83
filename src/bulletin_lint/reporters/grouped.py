"""For people with many files: the violations of each file below its name, a line each, and a summary."""

from __future__ import annotations

from itertools import groupby

from bulletin_lint.model.report import Report
from bulletin_lint.model.violation import Violation
from bulletin_lint.model.visible import visible
from bulletin_lint.model.wording import Language
from bulletin_lint.reporters.full import summary_line
from bulletin_lint.reporters.terminal import Detail, paint

_COLOURS = {"error": "red", "warning": "yellow", "info": "blue"}


def render(report: Report, *, language: Language, color: bool, width: int, detail: Detail = "normal") -> str:
    """A paragraph for each file that has violations, in reading order."""
    paragraphs = [
        "".join(
            [f"{paint(visible(path), 'bold', color=color)}:\n", *_lines(list(group), language, color=color)]
        )
        for path, group in groupby(report.violations, key=lambda each: each.path)
    ]
    if detail != "quiet":
        paragraphs.append(summary_line(report, language, color=color))
    return "\n".join(part for part in paragraphs if part)


def _lines(violations: list[Violation], language: Language, *, color: bool) -> list[str]:
    places = [f"{each.location.line}:{each.location.column}" for each in violations]
    widest = max(map(len, places))
    codes = max(len(each.code) for each in violations)
    return [
        f"  {place:>{widest}}  {paint(each.code.ljust(codes), _COLOURS[each.severity], color=color)}  "
        f"{visible(each.message.in_language(language))}\n"
        for place, each in zip(places, violations, strict=True)
    ]
