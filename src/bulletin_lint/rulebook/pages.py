"""What there is to say of a rule, from its data: for `explain` and for the pages of the documentation."""

from __future__ import annotations

import re

from bulletin_lint.model.wording import Language, Wording
from bulletin_lint.rulebook.example_layout import shown as layout_lines
from bulletin_lint.rulebook.rule_reader import Example, RuleSource
from bulletin_lint.rulebook.rulebook import Catalogue, Rule

LANGUAGES: tuple[Language, ...] = ("zh", "en")
_FIXES = {
    "safe": Wording("`bulletin-lint check --fix` 自动修复。", "`bulletin-lint check --fix` mends it."),
    "unsafe": Wording(
        "`bulletin-lint check --fix --unsafe-fixes` 可修复，改后请逐处核对。",
        "`bulletin-lint check --fix --unsafe-fixes` mends it; read each change.",
    ),
    "manual": Wording("由人修改。", "It is mended by hand."),
}


_SEVERITIES = {
    "error": Wording("错误", "error"),
    "warning": Wording("警告", "warning"),
    "info": Wording("建议", "info"),
    "off": Wording("关闭", "off"),
}
_VALUE = re.compile(r"\{[^{}]*\}")


def explain(catalogue: Catalogue, code: str, language: Language) -> str:
    """All there is to say of a rule, as a person reads it on a terminal."""
    lines = [line for section in _sections(catalogue, code, language, with_place=True) for line in section]
    return "\n".join([*lines, ""])


def page(catalogue: Catalogue, code: str) -> str:
    """The rule's page of the documentation: the same in both languages, as Markdown."""
    rule = catalogue.rulebook.rules[code]
    lines = [f"# {code} {rule.name}", ""]
    for language in LANGUAGES:
        first, *rest = _sections(catalogue, code, language, with_place=False)
        lines += [f"## {first[2]}", "", *(f"- {fact}" for fact in first[4:]), ""]
        for _, title, *content in rest:
            shown = [line.removeprefix("  ") for line in content]
            as_it_stands = any(line.startswith(("| ", "<!--", "rules:")) for line in shown)
            lines += [f"### {title}", "", *(["```text", *shown, "```"] if as_it_stands else shown), ""]
    return "\n".join(lines)


def index(catalogue: Catalogue) -> str:
    """The list of all rules, pack by pack."""
    lines = ["# 规则 · Rules", ""]
    for pack, title in catalogue.titles.items():
        rules = [rule for rule in catalogue.rulebook.rules.values() if rule.pack == pack]
        if not rules:
            continue
        lines += [f"## {pack}: {title.zh} · {title.en}", "", "| | | | |", "|---|---|---|---|"]
        for rule in rules:
            says = _VALUE.sub("…", rule.message.zh).replace("|", "\\|")
            lines.append(f"| [{rule.code}]({rule.code}.md) | {rule.severity} | {rule.fix} | {says} |")
        lines.append("")
    return "\n".join(lines)


def _sections(catalogue: Catalogue, code: str, language: Language, *, with_place: bool) -> list[list[str]]:
    """The head of an explanation and its sections, each a list of lines; a section's second is its title."""
    rule, source = catalogue.rulebook.rules[code], catalogue.sources[code]

    def say(zh: str, en: str) -> str:
        return Wording(zh, en).in_language(language)

    lines = [f"{rule.code}  {rule.name}", "", _said(rule, source, language), ""]
    facts = [
        (say("级别", "severity"), _SEVERITIES[rule.severity].in_language(language)),
        (say("查什么", "check"), rule.kind),
        (say("规则包", "pack"), rule.pack + (f" ({source.path}:{source.line})" if with_place else "")),
    ]
    if rule.aliases:
        facts.append((say("旧编号", "formerly"), ", ".join(rule.aliases)))
    colon = say("：", ": ")
    sections = [[*lines, *(f"{name}{colon}{value}" for name, value in facts)]]
    if source.why is not None:
        sections.append(_section(say("为什么", "Why"), [source.why.in_language(language)]))
    if source.references:
        norms = [_reference(source, number) for number in range(len(source.references))]
        sections.append(_section(say("依据", "Norms"), norms))
    remedy = [source.remedy.in_language(language)] if source.remedy is not None else []
    mending = [*remedy, _FIXES[rule.fix].in_language(language)]
    sections.append(_section(say("怎样改", "How to mend it"), mending))
    for title, examples in ((say("反例", "Bad"), source.bad), (say("正例", "Good"), source.good)):
        shown = [line for example in examples for line in _example(example, language)]
        if shown:
            sections.append(_section(title, shown[:-1]))
    how = say("怎样配置（bulletin-lint.yaml）", "How to configure it (bulletin-lint.yaml)")
    sections.append(_section(how, _snippet(rule, language)))
    sections.append(_section(say("怎样豁免", "How to waive it"), _waiver(rule, language)))
    return sections


def _said(rule: Rule, source: RuleSource, language: Language) -> str:
    """The message with the words of an example, or a gap for each value where no example gives it."""
    told = [message.in_language(language) for example in source.bad for message in example.messages]
    return next(filter(None, told), _VALUE.sub("…", rule.message.in_language(language)))


def _section(title: str, lines: list[str]) -> list[str]:
    return ["", title, *(f"  {line}" if line else "" for line in lines)]


def _reference(source: RuleSource, index: int) -> str:
    norm, clause, note = source.references[index]
    # Who maintains the rule is to look that up; to others it says nothing.
    note = "，".join(part for part in (note or "").split("，") if not part.endswith("待核"))
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
