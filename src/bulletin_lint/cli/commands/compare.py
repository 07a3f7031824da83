"""`bulletin-lint compare SOURCE FINAL`: is what was signed what was written?"""

from __future__ import annotations

import argparse

from bulletin_lint._typing import TextIO
from bulletin_lint.cli.options import SETTINGS, Option, declare, time_limit
from bulletin_lint.cli.output_targets import (
    INPUT,
    Kept,
    Target,
    kept_of,
    refuse_bulletins,
    refuse_to_overwrite,
)
from bulletin_lint.cli.parser import print_note, print_settings_note
from bulletin_lint.cli.sheet_file import write_sheet
from bulletin_lint.config.settings import load_settings, start_for
from bulletin_lint.desk.comparison.compare import ComparedFiles, compare
from bulletin_lint.desk.looking import Desk, content_view
from bulletin_lint.desk.sheets import time_now
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.discovery import discover
from bulletin_lint.engine.suppression import Waivers
from bulletin_lint.model.comparison import Comparison
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.visible import visible
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.readers import TIME_LIMIT, content_of
from bulletin_lint.reporters.comparison import FORMATS, render
from bulletin_lint.reporters.inert import escaped, shielded
from bulletin_lint.reporters.sheet.comparison_sheet import ComparisonSheet, render_comparison
from bulletin_lint.reporters.utf8 import in_utf8

SAME, DIFFERENT = 0, 1

_OPTIONS = (
    Option("source", "argument", Wording("原稿", "the manuscript"), metavar="SOURCE"),
    Option(
        "final",
        "argument",
        Wording(
            "成稿，一般是 PDF；两份都可以是能读的任何一种文件",
            "the final form, a PDF as a rule; both may be of any kind that is read",
        ),
        metavar="FINAL",
    ),
    Option(
        "--format",
        "value",
        Wording("输出格式；默认 full", "the output format; by default full"),
        metavar="|".join(FORMATS),
        choices=FORMATS,
        default="full",
    ),
    Option(
        "-o --output",
        "value",
        Wording("另写一张对照单（HTML）", "write a sheet as well (HTML)"),
        metavar="FILE",
    ),
    Option(
        "--strict",
        "flag",
        Wording(
            "全角半角、引号、破折号和空格的差异也算",
            "let differences of width, quotes, dashes and spaces count too",
        ),
    ),
    Option(
        "--force",
        "flag",
        Wording("覆盖内容不同的已有文件", "write over a file that is there and holds something else"),
    ),
    Option(
        "--password", "value", Wording("加密文件的打开密码", "password of an encrypted file"), metavar="WORD"
    ),
    time_limit(TIME_LIMIT),
    *SETTINGS,
)
EPILOG = Wording(
    "退出码：0 一致；1 不同；2 有文件不能读。",
    "Exit codes: 0 the same; 1 different; 2 a file cannot be read.",
)


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declares the command's options; the help is in `language`."""
    declare(parser, _OPTIONS, language)


def run(args: argparse.Namespace, language: Language, out: TextIO) -> int:
    """Says in what two files differ.

    Raises:
        BulletinLintError: a file cannot be read, or the settings or a pack are wrong.
    """
    store = CompiledStore()
    settings = load_settings(
        args.config, start_for([args.source, args.final]), isolated=args.isolated, store=store
    )
    language = args.lang or settings.language or language
    print_settings_note(settings, language)
    left, right = _file(args.source), _file(args.final)
    if args.output is not None:
        kept = [Kept(left.path, INPUT), Kept(right.path, INPUT), *kept_of(settings)]
        refuse_to_overwrite([Target("--output", args.output)], kept)
        refuse_bulletins([Target("--output", args.output)], settings, pages=False)
    desk = Desk(settings, Waivers(), store=store, password=args.password, time_limit=args.time_limit)
    found = compare(
        desk.linter,
        left,
        right,
        is_strict=args.strict,
        time_limit=args.time_limit,
        settings=settings,
    )
    comparison = found.comparison
    assert comparison is not None
    if args.output is not None:
        _write_sheet(args, desk, (left, right), found, comparison, language)
    text = render(comparison, args.format, language)
    if args.format == "json":
        in_utf8(out).write(escaped(text, "json"))
    else:
        out.write(shielded(text))
    return SAME if comparison.is_one_text and not comparison.differences else DIFFERENT


def _file(path: str) -> SourceFile:
    """One of the two, with its content: what is compared is what is hashed and drawn."""
    found = discover([path])
    if found.failures:
        raise found.failures[0]
    if len(found.files) != 1 or found.files[0].path != path:
        raise SourceError(path, Wording("要写出一份文件", "one file is to be named"))
    source = found.files[0]
    return source._replace(explicit=True, data=content_of(source))


def _write_sheet(
    args: argparse.Namespace,
    desk: Desk,
    files: tuple[SourceFile, SourceFile],
    found: ComparedFiles,
    comparison: Comparison,
    language: Language,
) -> None:
    left, right = (content_view(source) for source in files)
    marked = sorted({box.page for each in comparison.differences for box in each.boxes})
    right = desk.drawn(files[1], right, marked, found.pages or 0)
    sheet = ComparisonSheet(comparison, left, right, time_now())
    write_sheet(args.output, render_comparison(sheet, language), force=args.force)
    name = visible(args.output)
    print_note(Wording(f"已写对照单：{name}", f"sheet written: {name}"), language)
