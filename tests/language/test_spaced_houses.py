"""What is found in “30户” is found in “30 户” too: every bad example, in the other spacing."""

from __future__ import annotations

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.applied_fixes import apply_fixes
from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.solid_text import set_like, solid_text
from bulletin_lint.model.source import SourceFile
from bulletin_lint.rulebook.load import load_catalogue
from bulletin_lint.rulebook.rule_reader import Example
from bulletin_lint.rulebook.rulebook import Catalogue, Rule

OF_SPACES = {"SPC001", "MIX002", "MIX003", "CHR006"}
"""Rules that say where a blank stands or lacks: with another spacing the text is another to them."""
WITH_A_SEPARATOR = {"FLD010"}
"""Rules in whose examples a blank between figures and Chinese stands between two fields."""
BY_SELECTION = {"REF002"}
"""A document number stays without blanks in every house."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(Settings())


def in_the_other_spacing(text: str) -> str:
    spaced = "\n".join(map(set_like, text.split("\n")))
    if spaced != text:
        return spaced
    view = solid_text(text)
    return text if view is None else view.text


def found(linter: Linter, code: str, text: str) -> int:
    source = SourceFile("example.md", "text", explicit=True, data=None)
    return sum(1 for each in linter.lint(source, text.encode()).result.violations if each.code == code)


def differing(catalogue: Catalogue, rule: Rule, examples: tuple[Example, ...]) -> list[str]:
    active = rule if rule.severity != "off" else rule._replace(severity=rule.selected_severity)
    linter = Linter(catalogue.rulebook, [active], required=Settings().required)
    texts = [example.text for example in examples if example.text and not example.register]
    return [
        f"{rule.code}: {other}"
        for text in texts
        if (other := in_the_other_spacing(text)) != text
        and found(linter, rule.code, text) != found(linter, rule.code, other)
    ]


def test_examples_come_out_the_same_in_the_other_spacing(catalogue: Catalogue) -> None:
    exempt = OF_SPACES | WITH_A_SEPARATOR | BY_SELECTION
    rules = [
        rule
        for rule in catalogue.rulebook.rules.values()
        if rule.kind != "waiver" and rule.code not in exempt
    ]

    differ = [
        text
        for rule in rules
        for text in differing(
            catalogue, rule, (*catalogue.sources[rule.code].bad, *catalogue.sources[rule.code].good)
        )
    ]

    assert [] == differ


def test_the_fix_keeps_the_spacing_of_the_house(catalogue: Catalogue) -> None:
    """￥100 万元 loses its sign and no blank; 星期 5 开展 leaves none between two characters of Chinese."""
    rules = [catalogue.rulebook.rules[code] for code in ("UNI011", "NUM006")]
    linter = Linter(catalogue.rulebook, rules, required=())
    text = "护栏高 1 米 20，每逢星期 5 开展清扫。\n"
    source = SourceFile("example.md", "text", explicit=True, data=None)

    violations = linter.lint(source, text.encode()).result.violations
    fixed, _ = apply_fixes(text, [each.fix for each in violations if each.fix is not None])

    assert fixed == "护栏高 1.20 米，每逢星期五开展清扫。\n"
