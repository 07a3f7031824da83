"""The rules of prose on sentences of our own: what is spoiled is found where it was spoiled, and mended."""

from __future__ import annotations

import datetime
import random
import re

import pytest

from bulletin_generator import STYLES, Prose, generate, plain, render
from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.applied_fixes import apply_fixes
from bulletin_lint.engine.fix import fix_file, lint_with
from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.solid_text import set_like
from bulletin_lint.model.source import SourceFile
from bulletin_lint.model.violation import Violation
from bulletin_lint.rulebook.load import load_catalogue
from bulletin_lint.rulebook.rulebook import Catalogue, Rulebook
from slipped_phrases import PHRASES, filled

SENTENCES = 100
"""For a rule in each of two houses."""
FOUND_OF = 0.98
OF_SPACES = {"CHR006", "MIX003", "PUN042", "REF002", "SPC004", "UNI002"}
"""Rules of blanks: their sentences stay as they are in every house."""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(Settings())


def sentences(seed: str) -> list[str]:
    prose = Prose(random.Random(seed), datetime.date(2026, 10, 20))
    drawn: list[str] = []
    while len(drawn) < SENTENCES:
        sentence = plain(prose.sentence())
        if sentence.endswith("。"):
            drawn.append(sentence)
    return drawn


def plain_start(sentence: str) -> str:
    """The first words of a sentence, without marks, one of a pair among them."""
    return "".join(character for character in sentence if character.isalnum())[:8]


def violations(rulebook: Rulebook, text: str, *codes: str) -> list[Violation]:
    linter = Linter(rulebook, [rulebook.rules[code] for code in codes])
    result = linter.lint(SourceFile("a.md", "text", explicit=True, data=None), text.encode()).result
    assert () == result.failures
    return list(result.violations)


@pytest.mark.parametrize("spaced", [False, True], ids=["solid", "spaced"])
@pytest.mark.parametrize("code", sorted(PHRASES))
def test_what_is_spoiled_is_found_at_its_place_and_mended(
    catalogue: Catalogue, code: str, *, spaced: bool
) -> None:
    rng = random.Random(code)
    right_lines, wrong_lines, places = [], [], []
    for number, sentence in enumerate(sentences(code)):
        right, wrong = filled(rng, *rng.choice(PHRASES[code]))
        # Of the sentence no more than makes each line another: most of the time goes into reading it.
        lead, end = (f"{plain_start(sentence)}，其中", "。") if not right.startswith("^") else ("", "")
        before, _, rest = wrong.removeprefix("^").partition("«")
        reported, _, after = rest.partition("»")
        set_in = set_like if spaced and code not in OF_SPACES else str
        right_lines.append(set_in(f"{lead}{right.removeprefix('^')}{end}"))
        line = set_in(f"{lead}{before}{reported}{after}{end}")
        start = len(set_in(lead + before + reported[:1]))
        wrong_lines.append(line)
        places.append((2 * number + 1, start, start + max(1, len(set_in(reported)))))
    text, original = "\n\n".join(wrong_lines), "\n\n".join(right_lines)
    rule = catalogue.rulebook.rules[code]
    assert [] == violations(catalogue.rulebook, original, code)
    found = violations(catalogue.rulebook, text, code)
    located = [each.location for violation in found for each in violation.places or (violation,)]
    hit = {
        (line, start, end)
        for line, start, end in places
        if any(at.line == line and at.column < end and at.end_column > start for at in located)
    }

    assert FOUND_OF * SENTENCES <= len(hit), sorted(set(places) - hit)[:3]
    # Nothing but what was spoiled, and in a house without blanks exactly that.
    assert {at.line for at in located} <= {line for line, _, _ in places}
    if not spaced:
        exact = {(at.line, at.column, at.end_column) for at in located}
        assert FOUND_OF * SENTENCES <= len(exact & set(places)), sorted(exact - set(places))[:3]
    if rule.fix == "safe":
        fixes = [each.fix for each in found if each.fix is not None]
        mended, _ = apply_fixes(text, fixes)
        same = sum(map(str.__eq__, map(set_in, mended.split("\n\n")), right_lines))
        assert FOUND_OF * SENTENCES <= same


def test_safe_rules_with_a_pattern_have_a_corruption(catalogue: Catalogue) -> None:
    # Few safe rules have none: those of parts of the bulletin, or of characters that cannot be typed.
    without = [
        code
        for code, rule in catalogue.rulebook.rules.items()
        if rule.fix == "safe"
        and rule.kind in ("forbidden", "lexicon")
        and rule.severity in ("error", "warning")
        if code not in PHRASES
    ]

    assert len(without) <= 12, without


@pytest.mark.parametrize("number", range(len(STYLES)))
def test_a_mended_bulletin_is_the_same_bulletin_with_nothing_new(catalogue: Catalogue, number: int) -> None:
    rulebook = catalogue.rulebook
    rules = rulebook.select()
    linter = Linter(rulebook, rules, required=Settings().required)
    source = SourceFile(f"a.{STYLES[number].suffix}", "text", explicit=True, data=None)
    clean = render(generate(STYLES[number], "mended")).text
    rng = random.Random(number)
    spoiled = clean
    for code in rng.sample(sorted(code for code in PHRASES if not PHRASES[code][0][0].startswith("^")), 8):
        _, wrong = filled(rng, *rng.choice(PHRASES[code]))
        stops = [at for at, character in enumerate(spoiled) if character == "。"]
        at = rng.choice(stops) + 1
        spoiled = f"{spoiled[:at]}其中{wrong.replace('«', '').replace('»', '')}。{spoiled[at:]}"
    lint = lint_with(linter, source, lambda report: report)
    _, before, shape = lint(spoiled.encode())
    once = fix_file(spoiled.encode(), lint)
    twice = fix_file(once.after, lint)
    _, after, mended_shape = lint(once.after)
    codes = {each.code for each in before}

    assert once.changed
    assert once.after == twice.after
    assert shape == mended_shape
    assert set() == {each.code for each in after} - codes


def test_the_literals_of_a_rule_hide_no_match(catalogue: Catalogue) -> None:
    """Whatever a pattern finds in all examples together has one of the literals that its rule asks for."""
    text = "\n".join(
        example.text for source in catalogue.sources.values() for example in (*source.bad, *source.good)
    )
    hidden = []
    for code, rule in catalogue.rulebook.rules.items():
        if rule.gate is None or rule.kind != "forbidden":
            continue
        sources = [rule.parameters["pattern"]] if rule.parameters.get("pattern") else []
        sources += [variant["pattern"] for variant in rule.parameters.get("variants") or ()]
        for match in (each for source in sources for each in _matches(source, text)):
            near = text[max(0, match.start() - 60) : match.end() + 60]
            if not any(literal in near for literal in rule.gate.literals):
                hidden.append((code, match[0]))

    assert [] == hidden


def _matches(source: str, text: str) -> list[re.Match[str]]:
    return list(re.finditer(source, text, re.MULTILINE))
