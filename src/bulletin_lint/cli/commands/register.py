"""`bulletin-lint register`: every known issue of the series, and the table that an office keeps of them."""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping

from bulletin_lint._typing import TextIO
from bulletin_lint.cli.options import SETTINGS, Option, declare
from bulletin_lint.cli.output_targets import (
    INPUT,
    REGISTER,
    Kept,
    Target,
    kept_of,
    refuse_bulletins,
    refuse_to_overwrite,
)
from bulletin_lint.cli.parser import print_error, print_note, print_settings_note
from bulletin_lint.config.nearer import nearer_note, nearer_settings
from bulletin_lint.config.settings import Settings, load_settings, register_path
from bulletin_lint.engine import series_scope
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.series_scope import Surveyed
from bulletin_lint.engine.series_survey import Survey, survey
from bulletin_lint.model.atomic_write import encoded, reason, replace_file
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.visible import visible_lines
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.reporters.inert import escaped, shielded
from bulletin_lint.reporters.register_table import RegisterView, SeriesView, as_json, table
from bulletin_lint.reporters.timeline import number_wording
from bulletin_lint.reporters.utf8 import in_utf8
from bulletin_lint.series.holes import holes, rows
from bulletin_lint.series.issue import conflicts
from bulletin_lint.series.reconciliation import is_known, updated
from bulletin_lint.series.register import empty_register, write_register

ACTIONS = ("show", "update")
"""What the command can do; the first where none is said."""
FORMATS = ("table", "json", "html", "svg")
_FILE_NAME = "register.csv"
_DONE, _DIFFERS, _FAILED = 0, 1, 2
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

_UPDATE_OPTIONS = (
    Option(
        "--strict",
        "flag",
        Wording(
            "有简报因看不出期号而没有登记时，退出码为 1",
            "exit code 1 if a bulletin is left out because it shows no number",
        ),
    ),
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
    for name, wording, own in (("show", show, _SHOW_OPTIONS), ("update", update, _UPDATE_OPTIONS)):
        declare(actions.add_parser(name, help=wording.in_language(language)), (*_OPTIONS, *own), language)


def run(args: argparse.Namespace, language: Language, out: TextIO) -> int:
    """Runs the command and gives its exit code.

    Raises:
        BulletinLintError: the command line, the settings or the register are wrong.
    """
    action = args.action or "show"
    paths: list[str] = getattr(args, "paths", [])
    store = None if getattr(args, "no_cache", False) else CompiledStore()
    start = paths[0] if len(paths) == 1 and os.path.isdir(paths[0]) else "."
    settings = load_settings(
        getattr(args, "config", None),
        start,
        isolated=getattr(args, "isolated", False),
        store=store,
    )
    if settings.path is None and os.path.isfile(os.path.join(settings.folder, _FILE_NAME)):
        # Without settings too, an update goes on from the one before.
        settings = settings._replace(series={"register": _FILE_NAME})
    language = args.lang or settings.language or language
    output = getattr(args, "output", None)
    if output is not None:
        refuse_to_overwrite([Target("--output", output)], kept_of(settings))
    print_settings_note(settings, language)
    found = survey(settings, paths, store)
    if output is not None:
        bulletins = found.known.files or series_scope.paths_from(found.known.issues, settings.folder)
        refuse_to_overwrite([Target("--output", output)], _bulletins(settings, bulletins))
        refuse_bulletins([Target("--output", output)], settings)
    if settings.is_nearest:
        files = [issue.path for issue in found.known.issues if issue.line is None]
        note = nearer_note(nearer_settings(files, start), settings)
        if note is not None:
            print_note(note, language)
    if found.known.unread:
        print_note(series_scope.unread_wording(found.known.unread), language)
    if not found.known.issues:
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
        return _update(settings, found.known, language, is_strict=args.strict)
    form = getattr(args, "format", "table")
    shown = _shown(found, form, language, os.path.dirname(output or "") or ".")
    if output is None:
        # In a log the page's own text is no command either.
        (out if form == "table" else in_utf8(out)).write(shielded(shown))
    else:
        _write(output, shown)
    return _DONE


def _bulletins(settings: Settings, files: Mapping[str, str]) -> list[Kept]:
    """The files of bulletins, whose paths in `files` start at the settings' folder."""
    return [Kept(os.path.join(settings.folder, path), INPUT) for path in files.values()]


def _shown(found: Survey, form: str, language: Language, folder: str) -> str:
    """The register in one of `FORMATS`, which will lie in a folder."""
    register = found.known.register.path if found.known.register is not None else None
    series = [SeriesView(each, rows(each), holes(each)) for each in found.series_by_title]
    view = RegisterView(series, found.violations, register)
    if form == "table":
        return shielded(visible_lines(table(view, language)))
    if form == "json":
        return escaped(as_json(view), "json")
    from bulletin_lint.reporters.register_page import addresses, page, svg

    view = view._replace(links=addresses(found.known.issues, folder))
    return visible_lines(page(view, language) if form == "html" else svg(view, language))


def _update(settings: Settings, known: Surveyed, language: Language, *, is_strict: bool) -> int:
    """Brings the register's file up to date; an entry that a file contradicts is left and named."""
    place = register_path(settings) or os.path.join(settings.folder, _FILE_NAME)
    path = series_scope.shown_path(place)
    register = known.register or empty_register(path, language)
    files = known.files or series_scope.paths_from(known.issues, settings.folder)
    result = updated(register, known.issues, files)
    if result.content != register.content:
        refuse_to_overwrite(
            [Target("series.register", place)],
            [kept for kept in kept_of(settings) if kept.what is not REGISTER] + _bulletins(settings, files),
        )
        write_register(path, result.content, expected=register.content)
    print_note(
        Wording(
            f"{path}：新增 {result.added} 期，补全 {result.completed} 行，原有 {len(register.rows)} 行。",
            f"{path}: {result.added} issues added, {result.completed} rows completed, "
            f"{len(register.rows)} were there.",
        ),
        language,
    )
    contradicted = [issue for issue in known.issues if conflicts(issue)]
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
    left_out = [
        issue.path
        for issue in known.issues
        if issue.line is None and issue.registered is None and not is_known(issue)
    ]
    for path in left_out:
        print_note(
            Wording(
                f"{path}：看不出期号和总期号，没有登记。",
                f"{path}: shows neither issue nor cumulative number, and is left out.",
            ),
            language,
        )
    return _DIFFERS if contradicted or (is_strict and left_out) else _DONE


def _write(path: str, text: str) -> None:
    try:
        replace_file(path, encoded([text]))
    except OSError as error:
        why = reason(error)
        raise UsageError(
            Wording(f"无法写入 {path}（{why.zh}）", f"cannot write to {path} ({why.en})")
        ) from None
