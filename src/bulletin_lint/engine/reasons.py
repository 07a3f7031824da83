"""Why a rule could not be assessed, in words: which part was not there, or what else was wanting."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from bulletin_lint.checks.context import CheckContext
from bulletin_lint.checks.protocols import NO_OTHER_ISSUE as NO_OTHER_ISSUE
from bulletin_lint.checks.protocols import NOTHING_TO_COMPARE as NOTHING_TO_COMPARE
from bulletin_lint.checks.protocols import Check
from bulletin_lint.model.wording import Wording, same
from bulletin_lint.rulebook.rulebook import Rule, Rulebook

_MOST_NAMES = 3
"""Of more parts that are not there the names are not listed."""
_NAMES: Mapping[str, Wording] = {
    "masthead": Wording("报头", "masthead"),
    "masthead.title": Wording("刊名", "series title"),
    "masthead.issue_number": Wording("期号", "issue number"),
    "masthead.cumulative_number": Wording("总期号", "cumulative number"),
    "masthead.issue_year": Wording("期号旁的年份", "year beside the issue number"),
    "masthead.office": Wording("编发单位", "issuing office"),
    "masthead.date": Wording("编发日期", "issue date"),
    "masthead.classification": Wording("密级", "classification"),
    "masthead.copy_number": Wording("份号", "copy number"),
    "contents": Wording("目录", "table of contents"),
    "note": Wording("按语", "editor's note"),
    "articles": Wording("正文", "article"),
    "articles.column": Wording("栏目", "column heading"),
    "articles.title": Wording("文章标题", "article title"),
    "articles.blocks": Wording("正文", "body text"),
    "articles.paragraphs": Wording("段落", "paragraph"),
    "articles.sections": Wording("小节", "section"),
    "articles.lead_ins": Wording("领句", "lead-in"),
    "articles.headings": Wording("小标题", "heading"),
    "articles.tables": Wording("表格", "table"),
    "articles.attribution": Wording("供稿单位", "attribution"),
    "articles.attributions": Wording("供稿单位", "attribution"),
    "imprint": Wording("版记", "imprint"),
    "distribution": Wording("报送范围", "distribution list"),
    "copies": Wording("印数", "print run"),
    "printed": Wording("印发说明", "printing line"),
    "other": Wording("不属于任何部分的行", "line in no part"),
    "furniture": Wording("页码、页眉等页面附件", "page furniture"),
}
"""What people call the parts that selectors name; the fields of the imprint are named by the packs."""


def reason(rule: Rule, check: Check, context: CheckContext, rulebook: Rulebook) -> Wording:
    """Why a check that gave no reason of its own could not be assessed in a document."""
    if check.judges == "series":
        return NO_OTHER_ISSUE
    selected = rulebook.selectors(rule.on)
    if not context.has(selected):
        return _absent(selected, context, rulebook)
    for name, parameter in check.parameters.items():
        given = rule.parameters.get(name)
        if parameter.type not in ("selector", "selectors") or not given:
            continue
        others = rulebook.selectors([given] if isinstance(given, str) else given)
        if not context.has(others):
            return _absent(others, context, rulebook)
    names = _listed(_name(selector, rulebook) for selector in selected if context.named(selector))
    return Wording(
        f"{names.zh or '文件'}里没有足以判断的内容，所以不知道",
        f"the {names.en or 'file'} does not hold enough to judge by, so this is not known",
    )


def absent_parts(selectors: Sequence[str], context: CheckContext, rulebook: Rulebook) -> Wording:
    """What to call parts none of which is there, in one phrase; empty where they are too many."""
    return _listed(_name(_outermost_absent(selector, context), rulebook) for selector in selectors)


def _absent(selectors: tuple[str, ...], context: CheckContext, rulebook: Rulebook) -> Wording:
    """Said once for all rules that look at the same parts."""
    said: Wording = context.shared(("absent", selectors), lambda: _none_of(selectors, context, rulebook))
    return said


def _none_of(selectors: Sequence[str], context: CheckContext, rulebook: Rulebook) -> Wording:
    names = absent_parts(selectors, context, rulebook)
    return Wording(
        f"没有{names.zh or '要看的部分'}，所以不知道",
        f"there is no {names.en or 'part of those that it looks at'}, so this is not known",
    )


def _outermost_absent(selector: str, context: CheckContext) -> str:
    """What to call absent: of a field of an imprint in which no field stands, the imprint."""
    steps = selector.replace("[*]", "").split(".")
    for count in range(1, len(steps)):
        above = ".".join(steps[:count])
        if not any(any(node.children.values()) for node in context.named(above)):
            return above
    return ".".join(steps[:-1] if steps[-1] == "*" else steps)


def _name(selector: str, rulebook: Rulebook) -> Wording:
    path = selector.replace("[*]", "").removesuffix(".*")
    known = _NAMES.get(path)
    if known is not None:
        return known
    field = rulebook.field_name(path.rpartition(".")[2])
    if path.startswith("imprint."):
        return Wording(f"{field.zh}栏", f"{field.en} field")
    return field


def _listed(names: Iterable[Wording]) -> Wording:
    """The names in one phrase, empty where there is none or they are too many."""
    found = list(dict.fromkeys(names))
    if not 0 < len(found) <= _MOST_NAMES:
        return same("")
    zh, en = [name.zh for name in found], [name.en for name in found]
    return Wording(
        "、".join(zh[:-1]) + ("或" if len(zh) > 1 else "") + zh[-1],
        ", ".join(en[:-1]) + (" or " if len(en) > 1 else "") + en[-1],
    )
