"""The kinds of check: a closed list, each named for what it asserts.

Modules are imported when a rule of their kind is built, so that a run pays for what it uses.
"""

from __future__ import annotations

from importlib import import_module

from bulletin_lint.typed import Any

_KINDS = {
    "absent-damage": "bulletin_lint.checks.damage:AbsentDamage",
    "alike": "bulletin_lint.checks.siblings:Alike",
    "arithmetic": "bulletin_lint.checks.arithmetic:Arithmetic",
    "at-most": "bulletin_lint.checks.structure:AtMost",
    "balanced": "bulletin_lint.checks.pairs:Balanced",
    "calendar": "bulletin_lint.checks.dates:Calendar",
    "centred": "bulletin_lint.checks.type_style:Centred",
    "consecutive": "bulletin_lint.checks.relations:Consecutive",
    "consistent": "bulletin_lint.checks.consistency:Consistent",
    "distinct": "bulletin_lint.checks.relations:Distinct",
    "equal": "bulletin_lint.checks.structure:Equal",
    "first-line-indent": "bulletin_lint.checks.type_style:FirstLineIndent",
    "forbidden": "bulletin_lint.checks.pattern:Forbidden",
    "format": "bulletin_lint.checks.pattern:Format",
    "full-width": "bulletin_lint.checks.width:FullWidth",
    "lexicon": "bulletin_lint.checks.lexicon:Lexicon",
    "line-break": "bulletin_lint.checks.breaks:LineBreak",
    "listed": "bulletin_lint.checks.relations:Listed",
    "not-later": "bulletin_lint.checks.dates:NotLater",
    "on-page": "bulletin_lint.checks.breaks:OnPage",
    "ordered": "bulletin_lint.checks.relations:Ordered",
    "page-break": "bulletin_lint.checks.breaks:PageBreak",
    "page-grid": "bulletin_lint.checks.type_area:PageGrid",
    "page-number": "bulletin_lint.checks.page_numbers:PageNumber",
    "page-size": "bulletin_lint.checks.type_area:PageSize",
    "promised-count": "bulletin_lint.checks.promises:PromisedCount",
    "referenced": "bulletin_lint.checks.relations:Referenced",
    "required": "bulletin_lint.checks.structure:Required",
    "sequence": "bulletin_lint.checks.numbering:Sequence",
    "series": "bulletin_lint.checks.series:Series",
    "set-apart": "bulletin_lint.checks.structure:SetApart",
    "spacing": "bulletin_lint.checks.spacing:Spacing",
    "type-area": "bulletin_lint.checks.type_area:TypeArea",
    "type-size": "bulletin_lint.checks.type_style:TypeSize",
    "typeface": "bulletin_lint.checks.type_style:Typeface",
    "waiver": "bulletin_lint.checks.waivers:SoundWaiver",
    "within-type-area": "bulletin_lint.checks.type_area:WithinTypeArea",
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
