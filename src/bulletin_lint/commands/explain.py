"""`bulletin-lint explain CODE`: one rule, what it says, why, by which norm, and what to do."""

from __future__ import annotations

import argparse

from bulletin_lint.assembly import Example, RuleSource
from bulletin_lint.commands.rules import add_settings_arguments
from bulletin_lint.configuration import load_settings, settings_catalogue
from bulletin_lint.errors import UsageError
from bulletin_lint.rulebook import Catalogue, Rule
from bulletin_lint.typed import TextIO
from bulletin_lint.typesetting import shown as layout_lines
from bulletin_lint.wording import Language, Wording
from bulletin_lint.yaml_nodes import did_you_mean

_FIXES = {
    "safe": Wording("`bulletin-lint check --fix` 自动修复。", "`bulletin-lint check --fix` mends it."),
    "unsafe": Wording(
        "`bulletin-lint check --fix --unsafe-fixes` 可修复，改后请逐处核对。",
        "`bulletin-lint check --fix --unsafe-fixes` mends it; read each change.",
    ),
    "manual": Wording("由人修改。", "It is mended by hand."),
}


def add_arguments(parser: argparse.ArgumentParser, language: Language) -> None:
    """Declares the command's options; the help is in `language`."""
    parser.add_argument(
        "code", metavar="CODE", help=Wording("规则编号或名称", "code or name of a rule").in_language(language)
    )
    add_settings_arguments(parser, language)


def run(args: argparse.Namespace, language: Language, out: TextIO) -> int:
    """Prints all there is to say of a rule.

    Raises:
        UsageError: there is no such rule.
        BulletinLintError: the settings or a pack are wrong.
    """
    settings = load_settings(args.config, isolated=args.isolated)
    catalogue = settings_catalogue(settings)
    code = catalogue.rulebook.code(args.code) or catalogue.rulebook.code(args.code.upper())
    if code is None:
        names = [rule.name for rule in catalogue.rulebook.rules.values()]
        zh, en = did_you_mean(args.code, [*catalogue.rulebook.rules, *names])
        raise UsageError(Wording(f"没有规则“{args.code}”{zh}", f"there is no rule '{args.code}'{en}"))
    out.write(explain(catalogue, code, language))
    return 0


def explain(catalogue: Catalogue, code: str, language: Language) -> str:
    """All there is to say of a rule, as a person reads it."""
    rule, source = catalogue.rulebook.rules[code], catalogue.sources[code]

    def say(zh: str, en: str) -> str:
        return Wording(zh, en).in_language(language)

    lines = [f"{rule.code}  {rule.name}", "", rule.message.in_language(language), ""]
    facts = [
        (say("级别", "severity"), rule.severity),
        (say("检查", "check"), rule.kind),
        (say("规则包", "pack"), f"{rule.pack} ({source.path}:{source.line})"),
    ]
    if rule.aliases:
        facts.append((say("旧编号", "formerly"), ", ".join(rule.aliases)))
    colon = say("：", ": ")
    lines += [f"{name}{colon}{value}" for name, value in facts]
    if source.why is not None:
        lines += _section(say("为什么", "Why"), [source.why.in_language(language)])
    if source.references:
        lines += _section(
            say("依据", "Norms"), [_reference(source, index) for index in range(len(source.references))]
        )
    remedy = [source.remedy.in_language(language)] if source.remedy is not None else []
    lines += _section(say("怎样改", "How to mend it"), [*remedy, _FIXES[rule.fix].in_language(language)])
    for title, examples in ((say("反例", "Bad"), source.bad), (say("正例", "Good"), source.good)):
        shown = [line for example in examples for line in _example(example, language)]
        if shown:
            lines += _section(title, shown[:-1])
    lines += _section(
        say("怎样配置（bulletin-lint.yaml）", "How to configure it (bulletin-lint.yaml)"),
        _snippet(rule, language),
    )
    lines += _section(say("怎样豁免", "How to waive it"), _waiver(rule, language))
    return "\n".join([*lines, ""])


def _section(title: str, lines: list[str]) -> list[str]:
    return ["", title, *(f"  {line}" if line else "" for line in lines)]


def _reference(source: RuleSource, index: int) -> str:
    norm, clause, note = source.references[index]
    return norm + (f" {clause}" if clause else "") + (f" ({note})" if note else "")


def _example(example: Example, language: Language) -> list[str]:
    lines = example.text.rstrip("\n").split("\n")
    if example.layout is not None:
        lines = [*layout_lines(example.layout)]
    shown = [f"| {line}".rstrip() for line in lines]
    shown += [
        "+ " + ", ".join(f"{name} {value}" for name, value in row.items() if value is not None)
        for row in example.register
    ]
    for place, message in zip(example.at, example.messages, strict=False):
        text = message.in_language(language)
        # An example may give its message in Chinese only.
        shown.append(f"{place[0]}:{place[1]}" + (f" {text}" if text else ""))
    if example.fixed is not None and example.fixed != example.text:
        shown.append("→ " + example.fixed.rstrip("\n").replace("\n", "\n  → "))
    return [*shown, ""]


def _snippet(rule: Rule, language: Language) -> list[str]:
    other = "info" if rule.severity != "info" else "warning"
    off = Wording("# 关闭", "# switch it off")
    level = Wording("# 或改级别", "# or change how grave it is")
    return [
        "rules:",
        f"  {rule.code}: off  {off.in_language(language)}",
        f"  {rule.code}: {{severity: {other}}}  {level.in_language(language)}",
    ]


def _waiver(rule: Rule, language: Language) -> list[str]:
    if not rule.waivable:
        return [Wording("此规则不可豁免。", "This rule cannot be waived.").in_language(language)]
    reason = Wording("理由", "reason").in_language(language)
    path = Wording("文件", "file").in_language(language)
    return [
        f"<!-- bulletin-lint: ignore[{rule.code}] {reason} -->",
        f"waivers.yaml: - {{rule: {rule.code}, path: {path}, reason: {reason}}}",
    ]
