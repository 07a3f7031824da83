"""A fix takes away what it mends, brings nothing else, and leaves the same bulletin; all rules' own examples."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.applied_fixes import apply_fixes
from bulletin_lint.engine.fix import SAFE_AND_UNSAFE, shape_of
from bulletin_lint.engine.lint_result import LintResult
from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import Violation
from bulletin_lint.rulebook.load import load_catalogue
from bulletin_lint.rulebook.rulebook import Catalogue

FOLLOWING = {
    ("CHR006", "MIX003"),  # an odd space becomes a plain one, which is one too many
    ("PUN018", "PUN020"),  # with six dots it is seen that a full stop follows them
    ("PUN024", "UNI012"),  # with the right mark it is seen that the first figure lacks its unit
    ("SEC001", "PUN036"),  # with the right number it is seen what the list hangs on
}
"""What a fix brings to light: the rule mended, and the rule that then speaks."""

ALONE = ("FMT015", "PUN032")
"""Rules whose examples are too short to be read as a bulletin before and after."""

OTHER_HOUSES = ("EXT", "WVR", "UNI002")
"""Rules whose right examples hold what is wrong by another: damage, what a waiver silences, the blank before ℃."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(Settings())


@pytest.fixture(scope="module")
def linter(catalogue: Catalogue) -> Linter:
    return Linter(catalogue.rulebook, catalogue.rulebook.select())


def lint(linter: Linter, text: str) -> LintResult:
    return linter.lint(SourceFile("3.md", "text", explicit=True, data=text.encode()))


def counts(violations: Sequence[Violation]) -> Counter[str]:
    return Counter(
        {
            code: sum(len(each.places) for each in violations if each.code == code)
            for code in {each.code for each in violations}
        }
    )


def test_a_fix_mends_what_it_says_and_nothing_becomes_worse(catalogue: Catalogue, linter: Linter) -> None:
    harm: list[str] = []
    for code, source in catalogue.sources.items():
        if catalogue.rulebook.rules[code].fix == "manual" or catalogue.rulebook.rules[code].severity == "off":
            continue
        for example in source.bad:
            if example.layout is not None or example.register or not example.text.strip():
                continue
            before = lint(linter, example.text)
            fixes = [each for each in before.result.violations if each.code == code and each.fix is not None]
            fixable = [
                each.fix
                for each in fixes
                if each.fix is not None
                and each.fix.source_edits
                and each.fix.applicability in SAFE_AND_UNSAFE
            ]
            text, made = apply_fixes(example.text, fixable)
            if not made:
                continue
            after = lint(linter, text)
            where = f"{example.path}:{example.line} {code}"
            shapes = {
                shape_of(each.document.bulletin) for each in (before, after) if each.document is not None
            }
            if code not in ALONE and (after.document is None or len(shapes) > 1):
                harm.append(f"{where}: reads as another bulletin")
                continue
            then, now = counts(before.result.violations), counts(after.result.violations)
            if now[code] > then[code] - made and made == len(fixable):
                harm.append(f"{where}: still there after its fix")
            worse = [
                f"{other} {then[other]} → {now[other]}"
                for other in now
                if other != code and (code, other) not in FOLLOWING and now[other] > then[other]
            ]
            if worse:
                harm.append(f"{where}: {', '.join(worse)}")
    assert not harm, "\n".join(harm)


def test_no_fix_is_offered_on_a_right_text(catalogue: Catalogue, linter: Linter) -> None:
    """What one rule's author calls right no other rule rewrites unasked."""
    offered = []
    for code, source in catalogue.sources.items():
        for example in source.good if not code.startswith(OTHER_HOUSES) else ():
            if example.layout is not None or example.register or not example.text.strip():
                continue
            found = lint(linter, example.text).result.violations
            offered += [
                f"{example.path}:{example.line} {code}: {each.code} {each.message.zh}"
                for each in found
                if each.fix is not None and each.fix.applicability == "safe" and each.severity != "info"
            ]
    assert not offered, "\n".join(offered)
