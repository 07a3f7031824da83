"""The issues of a register as a table and as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bulletin_lint._typing import Any, NamedTuple
from bulletin_lint.model.violation import Violation
from bulletin_lint.model.visible import visible
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.reporters.terminal import display_width, pad

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.series.holes import Hole, SeriesRow
    from bulletin_lint.series.issue import IssueRecord
    from bulletin_lint.series.ordering import Series

_SCHEMA_VERSION = 1
_NAMED = 3
"""So many files without a number are named beside a hole."""
HEADINGS = Wording("期号 总期号 日期 文件 登记 问题", "no. cum. date file register rules")


class SeriesView(NamedTuple):
    """A series to be shown."""

    series: Series
    rows: Sequence[SeriesRow]
    """Its issues in order, each with what is missing before it."""
    holes: Sequence[Hole]


class RegisterView(NamedTuple):
    """All that is to be shown of a register."""

    series: Sequence[SeriesView]
    violations: Mapping[str, Sequence[Violation]]
    """An issue's name to what the series rules say of it."""
    register: str | None
    """The path of the register's file, None where there is none."""
    links: Mapping[str, str] = {}
    """An issue's name to the address of its file from where the page will lie; for what is no page, none."""


def table(view: RegisterView, language: Language) -> str:
    """A table for each series, with its holes, and what is wrong below."""
    headings = tuple(HEADINGS.in_language(language).split())
    lines: list[str] = []
    for series, rows, _ in view.series:
        shown = [tuple(map(visible, cells(view, row.issue))) for row in rows]
        widths = [max(map(display_width, column)) for column in zip(headings, *shown, strict=True)]
        lines += [visible(heading(series, language)), _line(headings, widths)]
        for row, columns in zip(rows, shown, strict=True):
            if row.hole is not None:
                lines.append(f"  {hole_wording(row.hole).in_language(language)}")
            lines.append(_line(columns, widths))
        said = [
            f"  {visible(issue.name)} {violation.code} {visible(violation.message.in_language(language))}"
            for _, issue in rows
            for violation in view.violations.get(issue.name, ())
        ]
        lines += ["", *said] if said else []
        lines.append("")
    return "\n".join(lines)


def _line(columns: Sequence[str], widths: Sequence[int]) -> str:
    shown = (pad(cell, width) for cell, width in zip(columns, widths, strict=True))
    return "  ".join(shown).rstrip()


def cells(view: RegisterView, issue: IssueRecord) -> tuple[str, ...]:
    """An issue in the columns of `HEADINGS`."""
    number = str(issue.issue) if issue.issue is not None else ""
    if issue.supplement:
        number = f"增刊 {number}".strip()
    entry = issue.registered
    line = issue.line if issue.line is not None else entry.line if entry is not None else None
    codes = sorted({violation.code for violation in view.violations.get(issue.name, ())})
    return (
        number,
        str(issue.cumulative) if issue.cumulative is not None else "",
        issue.date or "",
        issue.path if issue.line is None else "—",
        str(line) if line is not None else "",
        " ".join(codes),
    )


def heading(series: Series, language: Language) -> str:
    """A series in one line: title, how many issues, how they are numbered."""
    count = len(series.issues) + len(series.supplements)
    title = series.title or Wording("（没有刊名）", "(no title)").in_language(language)
    restarts = (
        Wording("期号逐年从 1 编起", "numbers begin anew each year")
        if series.restarts
        else Wording("期号不逐年重编", "numbers go on over the years")
    )
    return Wording(
        f"{title}：{count} 期，{restarts.zh}", f"{title}: {count} issues, {restarts.en}"
    ).in_language(language)


def hole_wording(hole: Hole) -> Wording:
    """What to say of issues that are missing."""
    missing = hole.wording
    kind = Wording("总期号 ", "cumulative ") if hole.number == "cumulative" else Wording("", "")
    zh, en = f"缺 {kind.zh}{missing.zh}", f"missing: {kind.en}{missing.en}"
    if hole.maybe:
        shown = hole.maybe[:_NAMED]
        more = len(hole.maybe) > _NAMED
        zh += f"（{'、'.join(shown)}{' 等' * more} 看不出期号，可能就是）"
        en += f" (perhaps {', '.join(shown)}{', …' * more}: no number can be read there)"
    return Wording(zh, en)


def as_json(view: RegisterView) -> str:
    """The register as JSON text, in both languages."""
    import json

    content = {
        "schema_version": _SCHEMA_VERSION,
        "register": view.register,
        "series": [
            {
                "title": series.title or None,
                "restarts": "yearly" if series.restarts else "never",
                "issues": [_issue(view, row.issue) for row in rows],
                "missing": [
                    {"number": hole.number, "first": each[0], "last": each[-1], "before": hole.after.name}
                    for hole in holes
                    for each in hole.missing
                ],
            }
            for series, rows, holes in view.series
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _issue(view: RegisterView, issue: IssueRecord) -> dict[str, Any]:
    entry = issue.registered
    return {
        "path": issue.path if issue.line is None else None,
        "year": issue.year,
        "issue": issue.issue,
        "cumulative": issue.cumulative,
        "date": issue.date,
        "supplement": issue.supplement,
        "register_line": issue.line if issue.line is not None else entry.line if entry is not None else None,
        "violations": [
            {"code": violation.code, "message": dict(zip(("zh", "en"), violation.message, strict=True))}
            for violation in view.violations.get(issue.name, ())
        ],
    }
