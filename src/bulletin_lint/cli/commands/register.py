"""`bulletin-lint register`: every known issue of the series, and the table that an office keeps of them."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence

from bulletin_lint._typing import Any, NamedTuple, TextIO
from bulletin_lint.cli.options import SETTINGS, Option, declare
from bulletin_lint.cli.parser import print_error, print_note
from bulletin_lint.config.settings import (
    Settings,
    load_settings,
    register_path,
    selected_rules,
    settings_rulebook,
)
from bulletin_lint.engine import series_scope
from bulletin_lint.engine.discovery import discover
from bulletin_lint.engine.linter import Linter, facts_cache_of, facts_reader, judge_series
from bulletin_lint.engine.series_scope import Surveyed
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.violation import Violation
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.reporters.terminal import display_width, pad, printable
from bulletin_lint.reporters.timeline import Hole, holes, number_wording
from bulletin_lint.series.issue import IssueRecord, conflicts
from bulletin_lint.series.ordering import Series, date_order, missing_wording, series_by_title
from bulletin_lint.series.register import empty_register, updated, write_register

FORMATS = ("table", "json", "html", "svg")
_FILE_NAME = "register.csv"
_DONE, _DIFFERS, _FAILED = 0, 1, 2
_HEADINGS = Wording("期号 总期号 日期 文件 登记 问题", "no. cum. date file register rules")


_OPTIONS = (
    Option(
        "paths",
        "arguments",
        Wording(
            "文件或文件夹；默认为配置中 bulletins 所指的全部",
            "files or folders; by default all that the settings' bulletins mean",
        ),
        metavar="PATH",
    ),
    *SETTINGS,
    Option("--no-cache", "flag", Wording("不用缓存", "do not use the cache")),
)
_SHOW_OPTIONS = (
    Option(
        "--format",
        "value",
        Wording(
            "table（默认）、json、html（时间图和明细）、svg（时间图）",
            "table (default), json, html (timeline and details), svg (timeline)",
        ),
        metavar="FORMAT",
        choices=FORMATS,
        default="table",
    ),
    Option("-o --output", "value", Wording("写入文件，不写到屏幕", "write to a file"), metavar="FILE"),
)


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """The actions of ``register`` and their options; the help is in `language`."""
    actions = parser.add_subparsers(dest="action", metavar="show|update")
    show = Wording(
        "显示已知的各期：表格、时间图（html、svg）或 json",
        "show every known issue: a table, a timeline (html, svg) or json",
    )
    update = Wording(
        "把文件里的各期补进登记表，人工填写的内容不动",
        "add to the register the issues that files hold; what people wrote stays",
    )
    options = (*_OPTIONS, *_SHOW_OPTIONS)
    declare(actions.add_parser("show", help=show.in_language(language)), options, language)
    declare(actions.add_parser("update", help=update.in_language(language)), _OPTIONS, language)


class Survey(NamedTuple):
    """All that is known of the series."""

    series: Surveyed
    series_by_title: tuple[Series, ...]
    violations: Mapping[str, Sequence[Violation]]
    """An issue's name to what the series rules say of it."""


def run(args: argparse.Namespace, language: Language, out: TextIO) -> int:
    """Runs the command and gives its exit code.

    Raises:
        BulletinLintError: the command line, the settings or the register are wrong.
    """
    action = args.action or "show"
    paths: list[str] = getattr(args, "paths", [])
    settings = load_settings(
        getattr(args, "config", None),
        paths[0] if len(paths) == 1 and os.path.isdir(paths[0]) else ".",
        isolated=getattr(args, "isolated", False),
    )
    if settings.path is None and os.path.isfile(os.path.join(settings.folder, _FILE_NAME)):
        # Without settings too, an update goes on from the one before.
        settings = settings._replace(series={"register": _FILE_NAME})
    language = args.lang or settings.language or language
    survey = _survey(settings, paths, cache=not getattr(args, "no_cache", False))
    if survey.series.unread:
        print_note(series_scope.unread_wording(survey.series.unread), language)
    if not survey.series.issues:
        print_error(
            Wording(
                "没有找到一期简报；请在配置里用 bulletins 说明哪些文件是简报，或写出文件夹。",
                "no bulletin was found; say with `bulletins` in the settings which files are, or "
                "name a folder.",
            ).in_language(language),
            language,
        )
        return _FAILED
    if action == "update":
        return _update(settings, survey, language)
    kind = getattr(args, "format", "table")
    shown = {"table": _table, "json": _json, "html": _html, "svg": _svg}[kind](survey, language)
    output = getattr(args, "output", None)
    if output is None:
        out.write(shown)
    else:
        _write(output, shown)
    return _DONE


def _survey(settings: Settings, paths: Sequence[str], *, cache: bool) -> Survey:
    rulebook = settings_rulebook(settings, cache=cache)
    others = None
    if paths or not settings.bulletins:
        found = discover(
            paths or [os.path.relpath(settings.folder)],
            globs=settings.bulletins,
            exclude=settings.exclude,
            root=settings.folder,
        )
        wrong = [failure for failure in found.failures if failure.path in paths]
        if wrong:
            raise wrong[0]
        others = found.files
    membership = series_scope.SeriesScope(settings, (), others)
    kept = facts_cache_of(rulebook, None) if cache else None
    linter = Linter(rulebook, (), takes_digests=cache)
    known = series_scope.facts_of_others(membership.others, kept, facts_reader(linter, None))
    series = series_scope.gather(settings, {}, membership, known)
    series = series._replace(given=frozenset(issue.name for issue in series.issues), is_whole=True)
    rules = selected_rules(settings, rulebook)
    judged = judge_series(rulebook, rules, series.issues, settings.series, {}, series)
    violations: dict[str, list[Violation]] = {}
    register = series.register.path if series.register is not None else None
    for path, result in judged.items():
        for violation in result.violations:
            name = f"{path}:{violation.location.line}" if path == register else path
            violations.setdefault(name, []).append(violation)
    return Survey(series, tuple(series_by_title(series.issues, settings.series)), violations)


def _update(settings: Settings, survey: Survey, language: Language) -> int:
    """Brings the register's file up to date; an entry that a file contradicts is left and named."""
    place = register_path(settings) or os.path.join(settings.folder, _FILE_NAME)
    path = series_scope.shown_path(place)
    register = survey.series.register or empty_register(path, language)
    files = survey.series.files or series_scope.paths_from(survey.series.issues, settings.folder)
    result = updated(register, survey.series.issues, files)
    if result.content != register.content:
        write_register(path, result.content, expected=register.content)
    print_note(
        Wording(
            f"{path}：新增 {result.added} 期，补全 {result.completed} 行，原有 {len(register.rows)} 行。",
            f"{path}: {result.added} issues added, {result.completed} rows completed, "
            f"{len(register.rows)} were there.",
        ),
        language,
    )
    contradicted = [issue for issue in survey.series.issues if conflicts(issue)]
    for issue in contradicted:
        entry = issue.registered
        assert entry is not None
        ours, theirs = number_wording(issue), number_wording(entry)
        print_note(
            Wording(
                f"{entry.name}：登记的是{theirs.zh} {entry.date or ''}，{issue.path} 是{ours.zh} "
                f"{issue.date or ''}；未改动，请核对。",
                f"{entry.name}: has {theirs.en} {entry.date or ''}, {issue.path} is {ours.en} "
                f"{issue.date or ''}; left as it is, find out which is right.",
            ),
            language,
        )
    return _DIFFERS if contradicted else _DONE


def _rows(survey: Survey, series: Series) -> list[IssueRecord | Hole]:
    """The issues of a series in their order, with the holes between."""
    after = {hole.after.name: hole for hole in holes(series)}
    issues = sorted((*series.issues, *series.supplements), key=date_order)
    rows: list[IssueRecord | Hole] = []
    for issue in issues:
        if issue.name in after:
            rows.append(after[issue.name])
        rows.append(issue)
    return rows


def _cells(survey: Survey, issue: IssueRecord) -> tuple[str, ...]:
    number = str(issue.issue) if issue.issue is not None else ""
    if issue.supplement:
        number = f"增刊 {number}".strip()
    entry = issue.registered
    line = issue.line if issue.line is not None else entry.line if entry is not None else None
    codes = sorted({violation.code for violation in survey.violations.get(issue.name, ())})
    return (
        number,
        str(issue.cumulative) if issue.cumulative is not None else "",
        issue.date or "",
        issue.path if issue.line is None else "—",
        str(line) if line is not None else "",
        " ".join(codes),
    )


def _table(survey: Survey, language: Language) -> str:
    headings = tuple(_HEADINGS.in_language(language).split())
    lines: list[str] = []
    for series in survey.series_by_title:
        rows = _rows(survey, series)
        cells = [_cells(survey, row) for row in rows if isinstance(row, IssueRecord)]
        widths = [max(map(display_width, column)) for column in zip(headings, *cells, strict=True)]
        lines += [_heading(series, language), _line(headings, widths)]
        for row in rows:
            if isinstance(row, Hole):
                lines.append(f"  {_missing(row).in_language(language)}")
            else:
                lines.append(_line(_cells(survey, row), widths))
        said = [
            f"  {printable(name)} {violation.code} {printable(violation.message.in_language(language))}"
            for row in rows
            if isinstance(row, IssueRecord)
            for name in [row.name]
            for violation in survey.violations.get(name, ())
        ]
        lines += ["", *said] if said else []
        lines.append("")
    return "\n".join(lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(pad(printable(cell), width) for cell, width in zip(cells, widths, strict=True)).rstrip()


def _heading(series: Series, language: Language) -> str:
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


def _missing(hole: Hole) -> Wording:
    missing = missing_wording(hole.missing)
    kind = Wording("总期号 ", "cumulative ") if hole.number == "cumulative" else Wording("", "")
    return Wording(f"缺 {kind.zh}{missing.zh}", f"missing: {kind.en}{missing.en}")


def _json(survey: Survey, language: Language) -> str:
    import json

    content = {
        "schema_version": 1,
        "register": survey.series.register.path if survey.series.register is not None else None,
        "series": [
            {
                "title": series.title or None,
                "restarts": "yearly" if series.restarts else "never",
                "issues": [
                    _issue(survey, row) for row in _rows(survey, series) if isinstance(row, IssueRecord)
                ],
                "missing": [
                    {"number": hole.number, "first": each[0], "last": each[-1], "before": hole.after.name}
                    for hole in holes(series)
                    for each in hole.missing
                ],
            }
            for series in survey.series_by_title
        ],
    }
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def _issue(survey: Survey, issue: IssueRecord) -> dict[str, Any]:
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
            for violation in survey.violations.get(issue.name, ())
        ],
    }


def _problems(survey: Survey, language: Language) -> dict[str, list[str]]:
    return {
        name: [f"{violation.code} {violation.message.in_language(language)}" for violation in violations]
        for name, violations in survey.violations.items()
    }


def _svg(survey: Survey, language: Language) -> str:
    """One picture; of several series below each other."""
    import re

    from bulletin_lint.reporters.timeline import draw

    pictures = [draw(each, _problems(survey, language), language) for each in survey.series_by_title]
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


def _html(survey: Survey, language: Language) -> str:
    from html import escape

    from bulletin_lint.reporters.timeline import draw

    headings = _HEADINGS.in_language(language).split()
    name = Wording("期号登记", "Register of issues").in_language(language)
    problems = _problems(survey, language)
    count = sum(len(each.issues) + len(each.supplements) for each in survey.series_by_title)
    wrong = sum(map(len, problems.values()))
    summary = Wording(
        f"{len(survey.series_by_title)} 种刊物，{count} 期，{wrong} 处问题",
        f"{len(survey.series_by_title)} series, {count} issues, {wrong} violations",
    ).in_language(language)
    parts = [
        f'<!DOCTYPE html>\n<html lang="{"zh-CN" if language == "zh" else "en"}">\n<head>',
        '<meta charset="utf-8">',
        f"<title>{name}</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
        f"<header><h1>{name}</h1><p>{summary}</p></header>",
    ]
    for series in survey.series_by_title:
        rows = _rows(survey, series)
        parts += ["<section>", draw(series, problems, language)]
        said = [
            f"<li><code>{escape(issue.name)}</code> {escape(text)}</li>"
            for issue in rows
            if isinstance(issue, IssueRecord)
            for text in problems.get(issue.name, ())
        ]
        if said:
            parts += ['<ul class="wrong">', *said, "</ul>"]
        parts += [
            f"<details><summary>{escape(_heading(series, language))}</summary>",
            "<table><thead><tr>" + "".join(f"<th>{escape(each)}</th>" for each in headings) + "</tr></thead>",
            "<tbody>",
        ]
        for row in rows:
            if isinstance(row, Hole):
                text = escape(_missing(row).in_language(language))
                parts.append(f'<tr class="hole"><td colspan="{len(headings)}">{text}</td></tr>')
                continue
            cells = "".join(f"<td>{escape(cell)}</td>" for cell in _cells(survey, row))
            marked = ' class="wrong"' if row.name in problems else ""
            parts.append(f"<tr{marked}>{cells}</tr>")
        parts += ["</tbody></table></details>", "</section>"]
    return "\n".join([*parts, "</body>\n</html>", ""])


_STYLE = """
body { margin: 2rem auto; max-width: 1120px; padding: 0 1rem; color: #1f2933; background: #eef1f4;
  font: 14px/1.6 'Noto Sans CJK SC', 'Source Han Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif; }
h1 { margin: 0; font-size: 1.6rem; } header p { margin: .2rem 0 1.2rem; color: #52606d; }
section { background: #fff; border: 1px solid #d9dee3; border-radius: 8px; padding: 1rem;
  margin-bottom: 1.2rem; }
svg { width: 100%; height: auto; display: block; }
ul.wrong { margin: .4rem 0; padding-left: 1.2rem; color: #9b2c2c; } code { color: #52606d; font-size: .92em; }
summary { cursor: pointer; color: #52606d; }
table { border-collapse: collapse; width: 100%; margin-top: .6rem; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: .15rem .6rem; border-bottom: 1px solid #e4e7eb; }
tr.wrong td { background: #fdf2f2; } tr.hole td { color: #d64545; font-weight: 600; }
@media print { body { background: #fff; margin: 0; max-width: none; } section { break-inside: avoid-page;
  border: 0; } }
"""


def _write(path: str, text: str) -> None:
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
    except OSError as error:
        raise UsageError(
            Wording(f"无法写入 {path}（错误 {error.errno}）", f"cannot write to {path} ({error.strerror})")
        ) from None
