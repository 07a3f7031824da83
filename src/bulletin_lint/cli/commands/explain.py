"""`bulletin-lint explain CODE`: one rule, what it says, why, by which norm, and what to do."""

from __future__ import annotations

import argparse

from bulletin_lint._typing import TextIO
from bulletin_lint.cli.options import SETTINGS, Option, declare
from bulletin_lint.config.diagnostics import did_you_mean
from bulletin_lint.config.settings import load_settings
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.reporters.inert import say
from bulletin_lint.rulebook.load import load_catalogue
from bulletin_lint.rulebook.pages import explain
from bulletin_lint.rulebook.rulebook import misread

_OPTIONS = (Option("code", "argument", Wording("规则编号或名称", "code or name of a rule"), metavar="CODE"),)


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declares the command's options; the help is in `language`."""
    declare(parser, (*_OPTIONS, *SETTINGS), language)


def run(args: argparse.Namespace, language: Language, out: TextIO) -> int:
    """Prints all there is to say of a rule.

    Raises:
        UsageError: there is no such rule.
        BulletinLintError: the settings or a pack are wrong.
    """
    settings = load_settings(args.config, isolated=args.isolated, store=CompiledStore())
    catalogue = load_catalogue(settings)
    code = catalogue.rulebook.code(args.code) or catalogue.rulebook.code(args.code.upper())
    if code is None:
        names = [rule.name for rule in catalogue.rulebook.rules.values()]
        alike = misread(args.code, catalogue.rulebook.rules)
        zh, en = did_you_mean(alike or args.code, [*catalogue.rulebook.rules, *names])
        raise UsageError(Wording(f"没有规则“{args.code}”{zh}", f"there is no rule '{args.code}'{en}"))
    say(out, explain(catalogue, code, language))
    return 0
