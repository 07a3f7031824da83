"""`bulletin-lint signoff FILE -o sheet.html`: what is read before signing; of a folder one for each."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from urllib.parse import quote

from bulletin_lint._typing import NamedTuple, TextIO
from bulletin_lint.cli.options import SETTINGS, Option, declare, time_limit
from bulletin_lint.cli.output_targets import (
    INPUT,
    Kept,
    Target,
    kept_of,
    refuse_bulletins,
    refuse_to_overwrite,
)
from bulletin_lint.cli.parser import print_error, print_note, print_settings_note
from bulletin_lint.cli.sheet_file import write_sheet
from bulletin_lint.config.settings import load_settings, start_for
from bulletin_lint.desk.looking import Desk, Judged, Looked
from bulletin_lint.desk.sheets import SheetMaker, result_in
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.glob_arguments import only_one
from bulletin_lint.engine.settings_groups import find
from bulletin_lint.engine.suppression import Waivers, waivers_of
from bulletin_lint.engine.unread_files import unread_wording
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.natural_order import in_natural_order
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.visible import visible
from bulletin_lint.model.wording import Language, Wording, plural
from bulletin_lint.readers import TIME_LIMIT
from bulletin_lint.reporters.sheet.sheet import IndexRow, render_index, verdict

CLEAN, FOUND, FAILED = 0, 1, 2
_INDEX = "index.html"

_OPTIONS = (
    Option(
        "path",
        "argument",
        Wording(
            "一期简报；或文件夹，其中每期一张签发单，另有目录",
            "a bulletin; or a folder: one sheet for each bulletin in it, and an index",
        ),
        metavar="PATH",
    ),
    Option(
        "-o --output",
        "value",
        Wording(
            "签发单写入这个文件；对文件夹，写入这个文件夹",
            "write the sheet to this file; of a folder, the sheets to this folder",
        ),
        metavar="FILE",
    ),
    Option(
        "--force",
        "flag",
        Wording("覆盖内容不同的已有文件", "write over a file that is there and holds something else"),
    ),
    Option(
        "--password", "value", Wording("加密文件的打开密码", "password of an encrypted file"), metavar="WORD"
    ),
    Option("--ignore-waivers", "flag", Wording("不看豁免", "take no waiver into account")),
    Option("--no-cache", "flag", Wording("不用缓存", "do not use the cache")),
    time_limit(TIME_LIMIT),
    *SETTINGS,
)

EPILOG = Wording(
    "退出码：0 可以签发；1 有达到失败级别的问题（签发单照写）；2 未能检查，不写签发单。",
    "Exit codes: 0 can be signed; 1 violations at the fail level (the sheet is written all the same); "
    "2 not checked, no sheet.",
)


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declares the command's options; the help is in `language`."""
    declare(parser, _OPTIONS, language)


def run(args: argparse.Namespace, language: Language, out: TextIO) -> int:
    """Writes the sheet of a bulletin, or those of a folder.

    Raises:
        BulletinLintError: the command line, the settings or a pack are wrong, or nothing can be written.
    """
    del out
    args.path = only_one(args.path)
    store = None if args.no_cache else CompiledStore()
    start = start_for([args.path])
    settings = load_settings(args.config, start, isolated=args.isolated, store=store)
    language = args.lang or settings.language or language
    found, shares, misnamed = find(
        [args.path], settings, start, lambda folder: load_settings(start=folder, store=store)
    )
    print_settings_note(settings._replace(misnamed=misnamed), language)
    is_folder = os.path.isdir(args.path)
    if not is_folder and found.failures:
        raise found.failures[0]
    if not found.files:
        raise SourceError(args.path, Wording("里面没有可检查的文件。", "there is nothing to check in it."))
    if found.unread:
        print_note(unread_wording(found.unread, besides=True), language)
    parts = []
    for each in shares:
        waivers = Waivers(is_on=False)
        if not args.ignore_waivers:
            waivers = waivers_of(each.settings.folder, upward=each.settings.path is None, store=store)
        desk = Desk(each.settings, waivers, store=store, password=args.password, time_limit=args.time_limit)
        parts.append(_Part(desk, SheetMaker(desk, language, store), each.files))
    job = _Signing(args, parts, language)
    for failure in found.failures:
        print_error(failure.describe(language), language)
    code = job.folder() if is_folder else job.one(found.files[0])
    return FAILED if found.failures else code


class _Part(NamedTuple):
    """The files of a run that go by the same settings."""

    desk: Desk
    maker: SheetMaker
    files: tuple[SourceFile, ...]


class _Signing:
    """One run of the command."""

    def __init__(self, args: argparse.Namespace, parts: Sequence[_Part], language: Language) -> None:
        self._args = args
        self._parts = parts
        self._language: Language = language

    def one(self, source: SourceFile) -> int:
        """The sheet of one bulletin."""
        target = self._args.output or f"{os.path.splitext(os.path.basename(source.path))[0]}-signoff.html"
        self._refuse([target])
        (part,) = self._parts
        looked = part.desk.look(source._replace(explicit=True))
        judged = part.desk.judge([looked])
        code = self._write_sheet(part, looked, judged, target)
        if code != FAILED:
            self._say(target)
        return code

    def folder(self) -> int:
        """A sheet for each bulletin of a folder, and the index."""
        home = self._args.output or "signoff"
        targets = {
            source.path: self._target(home, source.path) for part in self._parts for source in part.files
        }
        self._refuse([*targets.values(), os.path.join(home, _INDEX)])
        rows: list[IndexRow] = []
        worst = CLEAN
        for part in self._parts:
            looked = []
            for source in part.files:
                each = part.desk.look(source)
                # All together would be too much to hold.
                looked.append(each._replace(source=source))
            judged = part.desk.judge(looked)
            for each in looked:
                result = result_in(judged, each)
                if result.skipped and not result.failures:
                    continue
                target = targets[each.source.path]
                code = self._write_sheet(part, each, judged, target)
                worst = max(worst, code)
                link = quote(os.path.relpath(target, home).replace(os.sep, "/")) if code != FAILED else ""
                level = part.desk.settings.fail_level
                rows.append(IndexRow(each.source.path, link, each.linted.facts, verdict(result, level)))
        rows = in_natural_order(rows, lambda row: row.name)
        if not rows:
            raise SourceError(
                self._args.path,
                Wording(
                    "里面没有看得出是简报的文件；请直接写出文件名。",
                    "no file in it shows a part of a bulletin; name the file.",
                ),
            )
        index = os.path.join(home, _INDEX)
        self._write(index, render_index(rows, self._args.path, self._parts[0].maker.time, self._language))
        self._say(index, len([row for row in rows if row.link]))
        return worst

    def _target(self, home: str, path: str) -> str:
        inside = os.path.relpath(path, self._args.path)
        return os.path.join(home, f"{inside}.html")

    def _refuse(self, targets: list[str]) -> None:
        written = [Target("--output", target) for target in targets]
        for part in self._parts:
            settings = part.desk.settings
            kept = [*(Kept(source.path, INPUT) for source in part.files), *kept_of(settings)]
            refuse_to_overwrite(written, kept)
            refuse_bulletins(written, settings, pages=False)

    def _write_sheet(self, part: _Part, looked: Looked, judged: Judged, target: str) -> int:
        """The sheet of one bulletin; gives what the command ends with."""
        result = result_in(judged, looked)
        for complaint in result.complaints:
            print_error(f"{looked.source.path}: {complaint.in_language(self._language)}", self._language)
        if result.error is not None:
            return FAILED
        try:
            view = part.desk.view(looked, result)
        except SourceError as error:
            print_error(error.describe(self._language), self._language)
            return FAILED
        self._write(target, part.maker.sheet(looked, judged, view))
        if result.failures:
            return FAILED
        return FOUND if judged.report.reaches_in(looked.source.path) else CLEAN

    def _write(self, path: str, text: str) -> None:
        write_sheet(path, text, force=self._args.force)

    def _say(self, path: str, count: int = 1) -> None:
        name = visible(path)
        print_note(
            Wording(f"已写 {count} 张签发单：{name}", f"{plural(count, 'sheet')} written: {name}"),
            self._language,
        )
