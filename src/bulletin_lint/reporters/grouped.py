"""For people with many files: the violations of each file below its name, a line each, and a summary."""

from __future__ import annotations

from itertools import groupby

from bulletin_lint.model.report import Report
from bulletin_lint.model.violation import Violation
from bulletin_lint.model.visible import visible
from bulletin_lint.model.wording import Language
from bulletin_lint.reporters.full import summary_line
from bulletin_lint.reporters.standing import on_page
from bulletin_lint.reporters.terminal import Detail, display_width, pad, paint

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
    places = [_place(each, language) for each in violations]
    widest = max(map(display_width, places))
    # Lines and columns are figures, which end below one another; words begin so.
    in_line = [
        pad(place, widest) if each.location.page is not None else place.rjust(widest)
        for place, each in zip(places, violations, strict=True)
    ]
    codes = max(len(each.code) for each in violations)
    return [
        f"  {place}  {paint(each.code.ljust(codes), _COLOURS[each.severity], color=color)}  "
        f"{visible(each.message.in_language(language))}\n"
        for place, each in zip(in_line, violations, strict=True)
    ]


def _place(violation: Violation, language: Language) -> str:
    """Line and column; of a PDF the page and the words."""
    paged = on_page(violation)
    if paged is not None:
        return visible(paged.in_language(language))
    return f"{violation.location.line}:{violation.location.column}"
