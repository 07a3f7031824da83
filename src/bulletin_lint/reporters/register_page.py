"""The issues of a register as pictures: one SVG, or a page that stands alone."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from html import escape

from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.reporters.register_table import (
    HEADINGS,
    RegisterView,
    SeriesView,
    cells,
    heading,
    hole_wording,
)
from bulletin_lint.reporters.timeline import draw

TYPE_CHECKING = False
if TYPE_CHECKING:
    from bulletin_lint.series.issue import IssueRecord


def svg(view: RegisterView, language: Language) -> str:
    """One picture; of several series below each other."""
    problems = _problems(view, language)
    pictures = [draw(each.series, each.holes, problems, language, view.links) for each in view.series]
    if len(pictures) == 1:
        return pictures[0]
    sizes = [re.search(r'width="(\d+)" height="(\d+)"', picture) for picture in pictures]
    width = max(int(size[1]) for size in sizes if size)
    parts, top = [], 0
    for picture, size in zip(pictures, sizes, strict=True):
        parts.append(picture.replace("<svg ", f'<svg y="{top}" ', 1))
        top += int(size[2]) + 12 if size else 0
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{top}" viewBox="0 0 {width} {top}">'
    )
    return "\n".join([head, *parts, "</svg>", ""])


def page(view: RegisterView, language: Language) -> str:
    """A page of HTML: for each series its picture, what is wrong, and the table."""
    name = Wording("期号登记", "Register of issues").in_language(language)
    problems = _problems(view, language)
    count = sum(len(each.series.issues) + len(each.series.supplements) for each in view.series)
    wrong = sum(map(len, problems.values()))
    summary = Wording(
        f"{len(view.series)} 种刊物，{count} 期，{wrong} 处问题",
        f"{len(view.series)} series, {count} issues, {wrong} violations",
    ).in_language(language)
    parts = [
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if language == "zh" else "en"}">\n<head>',
        # By which the program knows its own pages among bulletins that are saved as pages.
        '<meta charset="utf-8">\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="generator" content="bulletin-lint">',
        f"<title>{name}</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
        f"<header><h1>{name}</h1><p>{summary}</p></header>",
    ]
    for each in view.series:
        name = Wording("时间图", "timeline").in_language(language)
        parts += [
            f'<section>\n<div class="wide" role="region" tabindex="0" aria-label="{name}">',
            draw(each.series, each.holes, problems, language, view.links),
            "</div>",
        ]
        said = [
            f"<li><code>{_linked(issue.name, view.links.get(issue.name))}</code> {escape(text)}</li>"
            for _, issue in each.rows
            for text in problems.get(issue.name, ())
        ]
        if said:
            parts += ['<ul class="wrong">', *said, "</ul>"]
        parts += _details(view, each, language)
        parts.append("</section>")
    return "\n".join([*parts, "</body>\n</html>", ""])


def _details(view: RegisterView, shown: SeriesView, language: Language) -> list[str]:
    """The table of a series, folded under its heading."""
    headings = HEADINGS.in_language(language).split()
    parts = [
        f"<details><summary>{escape(heading(shown.series, language))}</summary>",
        '<div class="wide"><table><thead><tr>'
        + "".join(f"<th>{escape(each)}</th>" for each in headings)
        + "</tr></thead>",
        "<tbody>",
    ]
    for hole, issue in shown.rows:
        if hole is not None:
            text = escape(hole_wording(hole).in_language(language))
            parts.append(f'<tr class="hole"><td colspan="{len(headings)}">{text}</td></tr>')
        link = view.links.get(issue.name)
        columns = "".join(
            f"<td>{_linked(cell, link if cell == issue.path else None)}</td>" for cell in cells(view, issue)
        )
        marked = ' class="wrong"' if issue.name in view.violations else ""
        parts.append(f"<tr{marked}>{columns}</tr>")
    return [*parts, "</tbody></table></div></details>"]


def addresses(issues: Iterable[IssueRecord], folder: str) -> dict[str, str]:
    """The addresses of the issues' files for a page in a folder, by the issues' names; of what the register
    alone knows there is none.
    """
    from urllib.parse import quote

    found = {}
    for issue in issues:
        if issue.line is None:
            try:
                path = os.path.relpath(issue.path, folder)
            except ValueError:  # another drive of Windows
                continue
            # A colon that is quoted begins no address of its own.
            found[issue.name] = quote(os.fsencode(path.replace(os.sep, "/")))
    return found


def _linked(text: str, address: str | None) -> str:
    return escape(text) if address is None else f'<a href="{escape(address)}">{escape(text)}</a>'


def _problems(view: RegisterView, language: Language) -> dict[str, list[str]]:
    return {
        name: [f"{violation.code} {violation.message.in_language(language)}" for violation in violations]
        for name, violations in view.violations.items()
    }


_STYLE = """
body { margin: 2rem auto; max-width: 1120px; padding: 0 1rem; color: #1f2933; background: #eef1f4;
  font: 14px/1.6 'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif; }
h1 { margin: 0; font-size: 1.6rem; } header p { margin: .2rem 0 1.2rem; color: #52606d; }
section { background: #fff; border: 1px solid #d9dee3; border-radius: 8px; padding: 1rem;
  margin-bottom: 1.2rem; }
svg { width: 100%; min-width: 760px; height: auto; display: block; }
.wide { overflow-x: auto; } a { color: #2b6cb0; }
@media (max-width: 700px) { body { margin: .6rem auto; padding: 0 .4rem; } section { padding: .5rem; } }
ul.wrong { margin: .4rem 0; padding-left: 1.2rem; color: #9b2c2c; } code { color: #52606d; font-size: .92em; }
summary { cursor: pointer; color: #52606d; }
table { border-collapse: collapse; width: 100%; margin-top: .6rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .15rem .6rem; border-bottom: 1px solid #e4e7eb; }
tr.wrong td { background: #fdf2f2; } tr.hole td { color: #d64545; font-weight: 600; }
@media print { body { background: #fff; margin: 0; max-width: none; } section { break-inside: avoid-page;
  border: 0; } }
"""
