"""`bulletin-lint test`: the rules' own examples, run as tests."""

from __future__ import annotations

import argparse
import os

from bulletin_lint._typing import TextIO
from bulletin_lint.cli.options import SETTINGS, Option, declare
from bulletin_lint.config.settings import Settings, load_settings
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.rule_tests import Case, run_examples
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.visible import visible
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.reporters.inert import say
from bulletin_lint.rulebook.load import load_catalogue

_RESULTS = {
    "validated": Wording("正例未报", "good, silent"),
    "reported": Wording("反例已报", "bad, reported"),
    "missing": Wording("漏报", "missing"),
    "noisy": Wording("误报", "noisy"),
    "wrong": Wording("报错了地方或内容", "wrong"),
}


_OPTIONS = (
    Option(
        "packs",
        "arguments",
        Wording(
            "只检验这些规则包：内置包的名称，或包的路径；默认检验设置所用的全部包",
            "the packs to test, names or paths; by default all that the settings use",
        ),
        metavar="PACK",
    ),
)


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declares the command's options; the help is in `language`."""
    declare(parser, (*_OPTIONS, *SETTINGS), language)


def run(args: argparse.Namespace, language: Language, out: TextIO) -> int:
    """Runs every example and lists those that came out otherwise than they should.

    Raises:
        UsageError: a pack has no rules.
        BulletinLintError: the settings or a pack are wrong.
    """
    settings = load_settings(args.config, isolated=args.isolated, store=CompiledStore())
    if args.packs:
        # A house's pack need not say what it builds on: its settings do, and mostly that is the default.
        named = [*Settings().extends, *args.packs]
        settings = settings._replace(extends=tuple(dict.fromkeys(named)), folder=".", path=None, rules={})
    catalogue = load_catalogue(settings)
    # What a house requires of its bulletins is no matter of the examples.
    packs = [os.path.normpath(pack).replace(os.sep, "/") for pack in args.packs]
    cases = run_examples(catalogue, (*Settings().required, *settings.required), packs)
    if not cases:
        raise UsageError(Wording("这些规则包里没有规则", "there is no rule in these packs"))
    for case in cases:
        if not case.is_good:
            say(out, _line(case, language))
    out.write(_summary(cases, language))
    return 0 if all(case.is_good for case in cases) else 1


def _line(case: Case, language: Language) -> str:
    result = _RESULTS[case.result].in_language(language)
    return (
        visible(f"{case.path}:{case.line}: {case.code} {result}: {case.detail.in_language(language)}") + "\n"
    )


def _summary(cases: list[Case], language: Language) -> str:
    rules = len({case.code for case in cases})
    good = sum(case.is_good for case in cases)
    bad = len(cases) - good
    return Wording(
        f"{rules} 条规则，{len(cases)} 个示例：{good} 个通过，{bad} 个不通过。\n",
        f"{rules} rules, {len(cases)} examples: {good} passed, {bad} failed.\n",
    ).in_language(language)
