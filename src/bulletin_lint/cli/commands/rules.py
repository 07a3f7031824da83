"""`bulletin-lint rules`: a table of the rules."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Sequence

from bulletin_lint._typing import TextIO
from bulletin_lint.cli import check_options
from bulletin_lint.cli.options import SETTINGS, Option, declare
from bulletin_lint.config.settings import load_settings
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.model.errors import UsageError
from bulletin_lint.model.visible import visible
from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.reporters.inert import escaped, say
from bulletin_lint.reporters.terminal import clip, display_width, pad, terminal_width
from bulletin_lint.reporters.utf8 import in_utf8
from bulletin_lint.rulebook.load import load_rulebook, selected_rules
from bulletin_lint.rulebook.notes import summary
from bulletin_lint.rulebook.rulebook import Rule, Rulebook, unknown_word

_NARROWEST_MESSAGE = 12
_HEADINGS = Wording("编号 级别 修复 种类 名称 说明", "code severity fix kind name says")
_SEVERITIES = {
    "error": Wording("错误", "error"),
    "warning": Wording("警告", "warning"),
    "info": Wording("建议", "info"),
    "off": Wording("关闭", "off"),
}
_FIXES = {
    "safe": Wording("可修复", "safe"),
    "unsafe": Wording("须确认", "unsafe"),
    "manual": Wording("—", "-"),
}


_OPTIONS = (
    Option(
        "words",
        "arguments",
        Wording(
            "只列这些规则：编号或编号前缀；默认全部",
            "list these rules only: codes or prefixes; by default all",
        ),
        metavar="CODES",
    ),
    *SETTINGS,
    Option(
        "--format",
        "value",
        Wording("输出形式", "form of the output"),
        choices=("text", "json"),
        default="text",
    ),
)


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declares the command's options; the help is in `language`."""
    declare(parser, _OPTIONS, language)


def run(args: argparse.Namespace, language: Language, out: TextIO) -> int:
    """Prints the rules of the packs that the settings extend.

    Raises:
        BulletinLintError: the settings or a pack are wrong, or there is no such rule.
    """
    store = CompiledStore()
    settings = load_settings(args.config, isolated=args.isolated, store=store)
    rulebook = load_rulebook(settings, store)
    enabled = {rule.code for rule in selected_rules(settings, rulebook)}
    rules = _listed(rulebook, check_options.words(args.words) or ())
    if args.format == "json":
        listed = [_as_json(rule, selected=rule.code in enabled) for rule in rules]
        content = json.dumps({"schema_version": 1, "rules": listed}, ensure_ascii=False, indent=2)
        in_utf8(out).write(escaped(f"{content}\n", "json"))
    else:
        say(out, _table(rules, enabled, language, terminal_width(out)))
    return 0


def _listed(rulebook: Rulebook, words: Sequence[str]) -> list[Rule]:
    """The rules that codes and prefixes mean, all where there are none.

    Raises:
        UsageError: a word fits no rule.
    """
    for word in words:
        if not rulebook.has_word(word):
            raise UsageError(unknown_word(word, rulebook))
    wanted = rulebook.covered(words) if words else rulebook.rules.keys()
    return [rule for rule in rulebook.rules.values() if rule.code in wanted]


def family(code: str) -> str:
    """The letters that a code begins with."""
    found = re.match("[A-Z]+", code)
    return found[0] if found else code


def _as_json(rule: Rule, *, selected: bool) -> dict[str, object]:
    return {
        "code": rule.code,
        "name": rule.name,
        "severity": rule.severity,
        "selected": selected,
        "fix": rule.fix,
        "check": rule.kind,
        "pack": rule.pack,
        "aliases": list(rule.aliases),
        "message": {"zh": rule.message.zh, "en": rule.message.en},
    }


def _table(rules: Sequence[Rule], enabled: set[str], language: Language, width: int | None) -> str:
    """The table; on a terminal of `width` columns each rule has one line."""
    rows = []
    for rule in rules:
        severity = rule.severity if rule.code in enabled else "off"
        rows.append(
            (
                rule.code,
                _SEVERITIES[severity].in_language(language),
                _FIXES[rule.fix].in_language(language),
                rule.kind,
                visible(rule.name),
                visible(summary(rule, language)),
            )
        )
    headings = tuple(_HEADINGS.in_language(language).split())
    widths = [max(map(display_width, column)) for column in zip(headings, *rows, strict=True)]
    if width is not None:
        left = sum(widths[:-1]) + 2 * (len(widths) - 1)
        widths[-1] = max(_NARROWEST_MESSAGE, min(widths[-1], width - left))
        rows = [(*row[:-1], clip(row[-1], widths[-1])) for row in rows]
    lines = [_line(headings, widths)]
    last = None
    for row in rows:
        if last is not None and family(row[0]) != last:
            lines.append("")
        last = family(row[0])
        lines.append(_line(row, widths))
    running = sum(rule.code in enabled for rule in rules)
    total = Wording(f"共 {len(rows)} 条规则，启用 {running} 条。", f"{len(rows)} rules, {running} selected.")
    return "\n".join([*lines, "", total.in_language(language), ""])


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    return "  ".join(pad(cell, width) for cell, width in zip(cells, widths, strict=True)).rstrip()
