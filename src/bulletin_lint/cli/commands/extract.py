"""`bulletin-lint extract FILE`: the parsed bulletin, so that a person sees what the linter saw."""

from __future__ import annotations

import argparse

from bulletin_lint._typing import NamedTuple, TextIO
from bulletin_lint.cli.options import SETTINGS, Option, declare, time_limit
from bulletin_lint.cli.parser import print_error
from bulletin_lint.config.settings import load_settings, start_for
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.discovery import discover
from bulletin_lint.engine.glob_arguments import only_one
from bulletin_lint.engine.linter import Linter
from bulletin_lint.engine.scheduler import apart
from bulletin_lint.model.document import Document
from bulletin_lint.model.errors import BulletinLintError, SourceError
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.readers import TIME_LIMIT, reader_info
from bulletin_lint.reporters.inert import escaped, shielded
from bulletin_lint.reporters.utf8 import in_utf8
from bulletin_lint.rulebook.load import load_rulebook
from bulletin_lint.rulebook.rulebook import Rulebook

_OPTIONS = (
    Option("file", "argument", Wording("简报文件", "a bulletin"), metavar="FILE"),
    Option(
        "--format",
        "value",
        Wording("输出格式", "the output format"),
        metavar="text|json",
        choices=("text", "json"),
        default="text",
    ),
    Option(
        "--password",
        "value",
        Wording("加密 PDF 的打开密码", "password of an encrypted PDF"),
        metavar="WORD",
    ),
    Option(
        "--why",
        "value",
        Wording("说明这一行为什么读成这样", "say why this line was read as it was"),
        metavar="LINE",
    ),
    time_limit(TIME_LIMIT),
    *SETTINGS,
)


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declares the command's options; the help is in `language`."""
    declare(parser, _OPTIONS, language)


def run(args: argparse.Namespace, language: Language, out: TextIO) -> int:
    """Prints the parts of one bulletin; what of it was not read is said on standard error, and ends in 2.

    Raises:
        SourceError: the file cannot be read.
        BulletinLintError: the settings or a pack are wrong.
    """
    store = CompiledStore()
    file = only_one(args.file)
    settings = load_settings(args.config, start_for([file]), isolated=args.isolated, store=store)
    rulebook = load_rulebook(settings, store)
    found = discover([file])
    if found.failures:
        raise found.failures[0]
    if len(found.files) != 1:
        raise SourceError(args.file, Wording("extract 一次只读一个文件", "extract reads one file at a time"))
    damage_rules = [rule for rule in rulebook.select() if rule.kind == "absent-damage"]
    linter = Linter(rulebook, damage_rules, password=args.password)
    source = found.files[0]._replace(explicit=True)
    extraction = _Extraction(linter, rulebook, args.format, language, _line(args.why))
    shown: _Shown = apart(extraction, source, time_limit=args.time_limit, settings=settings)
    if shown.error is not None:
        raise SourceError(args.file, shown.error)
    (in_utf8(out) if args.format == "json" else out).write(shielded(shown.text))
    for failure in shown.failures:
        print_error(f"{source.path}: {failure.in_language(language)}", language)
    return 2 if shown.failures else 0


def _line(given: str | None) -> int | None:
    """The number of a line; None where none is asked about.

    Raises:
        BulletinLintError: it is no number.
    """
    if given is None:
        return None
    if not (given.isascii() and given.isdigit()):
        raise BulletinLintError(
            Wording(f"--why 后应是行号，不是“{given}”", f"--why takes the number of a line, not '{given}'")
        )
    return int(given)


class _Shown(NamedTuple):
    """What there is to print, or why there is nothing."""

    text: str = ""
    failures: tuple[Wording, ...] = ()
    """What is missing in it: pages that were not read, damage that no rule could look for."""
    error: Wording | None = None


class _Extraction:
    """Shows a file as it was read, and does it where that was read: only there are places to be had."""

    def __init__(
        self, linter: Linter, rulebook: Rulebook, form: str, language: Language, line: int | None
    ) -> None:
        self._line = line
        self._linter = linter
        self._rulebook = rulebook
        self._form = form
        self._language: Language = language

    def __call__(self, source: SourceFile) -> _Shown:
        """The parts of the file for a person or a program."""
        linted = self._linter.lint(source)
        if linted.document is None:
            return _Shown(error=linted.result.error or Wording("无法读取", "cannot be read"))
        if self._line is not None:
            return self._why(linted.document, self._line)
        failures, violations = linted.result.failures, linted.result.violations
        if self._form == "json":
            from bulletin_lint.reporters.parts_json import render

            return _Shown(escaped(render(linted.document, violations), "json"), failures)
        from bulletin_lint.reporters.parts_tree import PartsTree

        return _Shown(
            PartsTree(
                linted.document,
                reader_info(linted.document.kind).name,
                self._rulebook.field_name,
                self._language,
            ).render(violations),
            failures,
        )

    def _why(self, document: Document, line: int) -> _Shown:
        """What speaks for the labels of a line."""
        from bulletin_lint.parsing.explanation import sums
        from bulletin_lint.reporters.structure_text import render

        for block in range(document.furniture_start):
            place = document.locate(document.blocks[block].span)
            if place.line <= line <= place.end_line:
                grammar = self._linter.grammar
                found = sums(document, block, grammar)
                return _Shown(render(document, block, found, grammar.label_name, self._language))
        return _Shown(
            error=Wording(f"第 {line} 行没有正文", f"there is no text on line {line}"),
        )
