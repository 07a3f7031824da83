"""The kinds of check: a closed list, each named for what it asserts.

Modules are imported when a rule of their kind is built, so that a run pays for what it uses.
"""

from __future__ import annotations

from importlib import import_module

from bulletin_lint._typing import Any

_KINDS = {
    "absent-damage": "bulletin_lint.checks.text.damage:AbsentDamage",
    "alike": "bulletin_lint.checks.structure.siblings:Alike",
    "arithmetic": "bulletin_lint.checks.text.arithmetic:Arithmetic",
    "at-most": "bulletin_lint.checks.structure.presence:AtMost",
    "balanced": "bulletin_lint.checks.text.pairs:Balanced",
    "calendar": "bulletin_lint.checks.text.dates:Calendar",
    "centred": "bulletin_lint.checks.layout.type_style:Centred",
    "consecutive": "bulletin_lint.checks.structure.relations:Consecutive",
    "consistent": "bulletin_lint.checks.text.consistency:Consistent",
    "distinct": "bulletin_lint.checks.structure.relations:Distinct",
    "equal": "bulletin_lint.checks.structure.presence:Equal",
    "first-line-indent": "bulletin_lint.checks.layout.type_style:FirstLineIndent",
    "forbidden": "bulletin_lint.checks.text.forbidden:Forbidden",
    "format": "bulletin_lint.checks.text.format:Format",
    "full-width": "bulletin_lint.checks.text.width:FullWidth",
    "lexicon": "bulletin_lint.checks.text.lexicon:Lexicon",
    "line-break": "bulletin_lint.checks.layout.breaks:LineBreak",
    "listed": "bulletin_lint.checks.structure.relations:Listed",
    "not-later": "bulletin_lint.checks.text.dates:NotLater",
    "on-page": "bulletin_lint.checks.layout.breaks:OnPage",
    "ordered": "bulletin_lint.checks.structure.relations:Ordered",
    "page-break": "bulletin_lint.checks.layout.breaks:PageBreak",
    "page-grid": "bulletin_lint.checks.layout.type_area:PageGrid",
    "page-number": "bulletin_lint.checks.layout.page_numbers:PageNumber",
    "page-size": "bulletin_lint.checks.layout.type_area:PageSize",
    "promised-count": "bulletin_lint.checks.structure.promises:PromisedCount",
    "referenced": "bulletin_lint.checks.structure.relations:Referenced",
    "required": "bulletin_lint.checks.structure.presence:Required",
    "sequence": "bulletin_lint.checks.structure.numbering:Sequence",
    "series": "bulletin_lint.checks.series:AcrossIssues",
    "set-apart": "bulletin_lint.checks.structure.presence:SetApart",
    "spacing": "bulletin_lint.checks.text.spacing:Spacing",
    "type-area": "bulletin_lint.checks.layout.type_area:TypeArea",
    "type-size": "bulletin_lint.checks.layout.type_style:TypeSize",
    "typeface": "bulletin_lint.checks.layout.type_style:Typeface",
    "waiver": "bulletin_lint.checks.waivers:SoundWaiver",
    "within-type-area": "bulletin_lint.checks.layout.type_area:WithinTypeArea",
}

KIND_NAMES = tuple(sorted(_KINDS))
SERIES_KINDS = frozenset({"series"})
"""Those that judge the issues of a series (`judge_series`), from what is known of each; none of them need
be loaded to tell."""


def kind(name: str) -> Any:
    """The class of a kind of check.

    Raises:
        KeyError: there is no such kind.
    """
    module, _, attribute = _KINDS[name].partition(":")
    return getattr(import_module(module), attribute)
