"""A picture of a series: a row for each year, a dot for each issue on its day, holes and faults in red.

SVG that stands alone or inside a page; nothing in it is loaded from elsewhere.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from html import escape

from bulletin_lint.model.dates import days_in_month
from bulletin_lint.model.wording import Language, Wording

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.series.holes import Hole
    from bulletin_lint.series.issue import IssueRecord
    from bulletin_lint.series.ordering import Series

_LEFT, _RIGHT, _TOP, _PLOT = 64, 236, 62, 780
_WIDTH = _LEFT + _PLOT + _RIGHT
_ROW = 52
_LEGEND = 34
_RADIUS = 4.5
_STACK = 4
"""So many issues of one day are drawn above each other; more lie upon the last."""
_SMALL = 10
"""The size of labels at dots and holes."""
_LINES = 2
"""Lines of labels that a row has room for, above its dots and below."""
_BETWEEN = 2.0
_SHADE = "#f4f6f8"
_INK, _FAINT, _LINE = "#1f2933", "#7b8794", "#d9dee3"
_GOOD, _BAD, _ELSEWHERE, _APART = "#2b6cb0", "#d64545", "#9aa5b1", "#b7791f"
_FONT = "'Noto Sans CJK SC','Source Han Sans SC','PingFang SC','Microsoft YaHei',sans-serif"


class _Labels:
    """Keeps the labels of a row apart: one that would touch another goes a line further, or is left out."""

    def __init__(self) -> None:
        self._taken: list[list[tuple[float, float]]] = [[] for _ in range(_LINES)]

    def line(self, x: float, width: float) -> int | None:
        """The line in which a label with its middle at `x` has room, None where there is none."""
        start, end = x - width / 2 - _BETWEEN, x + width / 2 + _BETWEEN
        for line, taken in enumerate(self._taken):
            if all(end <= other_start or start >= other_end for other_start, other_end in taken):
                taken.append((start, end))
                return line
        return None


def draw(
    series: Series,
    holes: Iterable[Hole],
    problems: Mapping[str, Sequence[str]],
    language: Language,
    links: Mapping[str, str] = {},
) -> str:
    """The picture of one series as SVG; `problems` is an issue's name to what is wrong with it.

    `links` is to the address of its file.
    """
    years: dict[int, list[IssueRecord]] = defaultdict(list)
    undated = 0
    for issue in (*series.issues, *series.supplements):
        if issue.date is None:
            undated += 1
        else:
            years[int(issue.date[:4])].append(issue)
    by_row = {year: row for row, year in enumerate(range(min(years), max(years) + 1))} if years else {}
    height = _TOP + _ROW * len(by_row) + _LEGEND
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" width="{_WIDTH}" '
        f'height="{height}" font-family="{_FONT}" font-size="12" fill="{_INK}" '
        f'role="{"group" if links else "img"}" aria-label="{escape(_title(series, language))}">',
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>',
        f'<text x="{_LEFT}" y="22" font-size="16" font-weight="600">'
        f"{escape(_title(series, language))}</text>",
        *_months(len(by_row)),
    ]
    for year, row in by_row.items():
        parts += _year(year, row, years.get(year, []), problems, language, links)
    below: dict[float, _Labels] = defaultdict(_Labels)
    for hole in holes:
        parts += _hole(hole, by_row, language, below)
    parts += _legend(height, undated, language)
    return "\n".join([*parts, "</svg>", ""])


def _title(series: Series, language: Language) -> str:
    count = len(series.issues) + len(series.supplements)
    title = series.title or Wording("（没有刊名）", "(no title)").in_language(language)
    return Wording(f"{title}　{count} 期", f"{title}  {count} issues").in_language(language)


def _months(rows: int) -> list[str]:
    bottom = _TOP + rows * _ROW
    parts = []
    for month in range(1, 13):
        start, end = _day(2020, month, 1), _day(2020, month, days_in_month(2020, month)) + _PLOT / 366
        if month % 2:
            parts.append(
                f'<rect x="{start:.1f}" y="{_TOP - 22}" width="{end - start:.1f}" '
                f'height="{bottom - _TOP + 22}" fill="{_SHADE}"/>'
            )
        middle = (start + end) / 2
        parts.append(
            f'<text x="{middle:.1f}" y="{_TOP - 8}" text-anchor="middle" fill="{_FAINT}" font-size="11">'
            f"{month}</text>"
        )
    return parts


def _day(year: int, month: int, day: int) -> float:
    before = sum(days_in_month(2020, each) for each in range(1, month))
    return _LEFT + (before + day - 1) * _PLOT / 366


def _place(issue: IssueRecord, by_row: Mapping[int, int]) -> tuple[float, float] | None:
    if issue.date is None:
        return None
    year, month, day = map(int, issue.date.split("-"))
    return _day(year, month, day), _TOP + by_row[year] * _ROW + _ROW * 0.62


def _year(
    year: int,
    row: int,
    issues: Sequence[IssueRecord],
    problems: Mapping[str, Sequence[str]],
    language: Language,
    links: Mapping[str, str],
) -> list[str]:
    base = _TOP + row * _ROW + _ROW * 0.62
    parts = [
        f'<text x="{_LEFT - 12}" y="{base + 4:.1f}" text-anchor="end" font-weight="600">{year}</text>',
        f'<line x1="{_LEFT}" x2="{_LEFT + _PLOT}" y1="{base:.1f}" y2="{base:.1f}" stroke="{_LINE}"/>',
        f'<text x="{_LEFT + _PLOT + 14}" y="{base + 4:.1f}" fill="{_FAINT}">'
        f"{escape(_range(issues, language))}</text>",
    ]
    regular = [issue for issue in issues if not issue.supplement]
    ends = {issue.name for issue in (regular[:1] + regular[-1:])}
    above_dots = _Labels()
    numbered: list[tuple[bool, float, int, int]] = []
    on_day: dict[str, int] = defaultdict(int)
    for issue in sorted(issues, key=lambda each: (each.date or "", each.issue or 0)):
        place = _place(issue, {year: row})
        if place is None:
            continue
        x, y = place
        above = min(on_day[issue.date or ""], _STACK - 1)
        on_day[issue.date or ""] += 1
        y -= above * (_RADIUS * 1.7)
        wrong = problems.get(issue.name, ())
        parts.append(_linked(_dot(issue, x, y, wrong, language), links.get(issue.name)))
        number = issue.issue if issue.issue is not None else issue.cumulative
        if number is not None and (wrong or issue.name in ends):
            numbered.append((not wrong, x, above, number))
    # What is wrong is numbered first, whatever room is left for the others.
    for is_good, x, above, number in sorted(numbered):
        line = above_dots.line(x, _width(str(number)))
        if line is None:
            continue
        colour, weight = (_FAINT, "") if is_good else (_BAD, ' font-weight="600"')
        parts.append(
            f'<text x="{x:.1f}" y="{base - 12 - max(above * 8, line * _SMALL):.1f}" text-anchor="middle" '
            f'font-size="{_SMALL}" fill="{colour}"{weight}>{number}</text>'
        )
    return parts


def _width(text: str) -> float:
    """About what a small label takes, rather more than less: a figure is six tenths of a Han character."""
    return sum(_SMALL * (0.6 if char.isascii() else 1) for char in text)


def _linked(shape: str, address: str | None) -> str:
    return shape if address is None else f'<a href="{escape(address)}">{shape}</a>'


def _dot(issue: IssueRecord, x: float, y: float, wrong: Sequence[str], language: Language) -> str:
    colour = _BAD if wrong else _APART if issue.supplement else _GOOD
    title = escape("\n".join([_said(issue, language), *wrong]))
    if issue.line is not None:
        shape = (
            f'<rect x="{x - 4:.1f}" y="{y - 4:.1f}" width="8" height="8" rx="1.5" '
            f'fill="{_BAD if wrong else _ELSEWHERE}">'
        )
        return f"{shape}<title>{title}</title></rect>"
    fill = "#ffffff" if issue.supplement else colour
    radius = _RADIUS + (1.5 if wrong else 0)
    return (
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{fill}" stroke="{colour}" stroke-width="1.6">'
        f"<title>{title}</title></circle>"
    )


def _said(issue: IssueRecord, language: Language) -> str:
    """An issue in one line: numbers, date, where it is."""
    numbers = number_wording(issue).in_language(language)
    return "  ".join(part for part in (numbers, issue.date or "", issue.name) if part)


def number_wording(issue: IssueRecord) -> Wording:
    """An issue by its numbers."""
    zh = f"第{issue.issue}期" if issue.issue is not None else ""
    en = f"No. {issue.issue}" if issue.issue is not None else ""
    if issue.cumulative is not None:
        zh += f"（总第{issue.cumulative}期）" if zh else f"总第{issue.cumulative}期"
        en += f" ({issue.cumulative})" if en else f"cumulative {issue.cumulative}"
    if issue.supplement:
        zh, en = f"增刊{zh}", f"supplement {en}".strip()
    return Wording(zh, en)


def _range(issues: Sequence[IssueRecord], language: Language) -> str:
    regular = [issue for issue in issues if not issue.supplement]
    numbers = sorted(issue.issue for issue in regular if issue.issue is not None)
    cumulative = sorted(issue.cumulative for issue in regular if issue.cumulative is not None)
    said = [
        f"{prefix}{values[0]}–{values[-1]}" if len(values) > 1 else f"{prefix}{values[0]}"
        for prefix, values in (
            (Wording("期号 ", "No. ").in_language(language), numbers),
            (Wording("总 ", "cum. ").in_language(language), cumulative),
        )
        if values
    ]
    return " · ".join([*said, Wording(f"{len(issues)} 期", f"{len(issues)}").in_language(language)])


def _hole(
    hole: Hole, by_row: Mapping[int, int], language: Language, below: Mapping[float, _Labels]
) -> list[str]:
    start, end = _place(hole.before, by_row), _place(hole.after, by_row)
    if end is None:
        return []
    x, y = end
    if start is None or start[1] != y or start[0] > x:
        start = (max(_LEFT, x - 40), y)
    middle, left, right = (start[0] + x) / 2, start[0] + _RADIUS + 2, x - _RADIUS - 3
    words = Wording("缺 ", "missing ").in_language(language)
    words += hole.wording.in_language(language)
    parts = []
    if right > left:
        parts.append(
            f'<line x1="{left:.1f}" x2="{right:.1f}" y1="{y:.1f}" y2="{y:.1f}" stroke="{_BAD}" '
            f'stroke-width="2" stroke-dasharray="3 3"><title>{escape(words)}</title></line>'
        )
    width = _width(words)
    # Within the plot: beside it stand the years and what they hold.
    middle = max(_LEFT + width / 2, min(middle, _LEFT + _PLOT - width / 2))
    line_below = below[y].line(middle, width)
    if line_below is not None:
        parts.append(
            f'<text x="{middle:.1f}" y="{y + 15 + line_below * (_SMALL + 1):.1f}" text-anchor="middle" '
            f'font-size="{_SMALL}" fill="{_BAD}">{escape(words)}</text>'
        )
    return parts


def _legend(height: int, undated: int, language: Language) -> list[str]:
    y = height - 14
    entries = (
        (f'<circle cx="0" cy="-4" r="4.5" fill="{_GOOD}"/>', Wording("文件", "file")),
        (
            f'<rect x="-4" y="-8" width="8" height="8" rx="1.5" fill="{_ELSEWHERE}"/>',
            Wording("只在登记表", "register only"),
        ),
        (
            f'<circle cx="0" cy="-4" r="4.5" fill="#ffffff" stroke="{_APART}" stroke-width="1.6"/>',
            Wording("增刊", "supplement"),
        ),
        (f'<circle cx="0" cy="-4" r="5.5" fill="{_BAD}"/>', Wording("有问题", "at fault")),
        (
            f'<line x1="-8" x2="8" y1="-4" y2="-4" stroke="{_BAD}" stroke-width="2" stroke-dasharray="3 3"/>',
            Wording("缺期", "missing"),
        ),
    )
    parts = []
    for index, (shape, name) in enumerate(entries):
        x = _LEFT + 8 + index * 108
        parts.append(
            f'<g transform="translate({x},{y})">{shape}'
            f'<text x="14" y="0" fill="{_FAINT}" font-size="11">{name.in_language(language)}</text></g>'
        )
    if undated:
        words = Wording(f"另有 {undated} 期没有日期", f"{undated} without a date").in_language(language)
        parts.append(
            f'<text x="{_LEFT + _PLOT}" y="{y}" text-anchor="end" fill="{_FAINT}" font-size="11">'
            f"{words}</text>"
        )
    return parts
