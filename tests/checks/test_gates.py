"""A rule that is not run because of what a text lacks says what it would have said, had it been run."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.discovery import discover
from bulletin_lint.engine.linter import Linter
from bulletin_lint.matching import prefilter
from bulletin_lint.matching.prefilter import Query
from bulletin_lint.model.errors import SourceError
from bulletin_lint.model.reading import Reading
from bulletin_lint.model.violation import Outcome
from bulletin_lint.readers.text.reader import read_text
from bulletin_lint.rulebook.example_layout import typeset
from bulletin_lint.rulebook.load import load_catalogue
from bulletin_lint.rulebook.packs import builtin_packs
from bulletin_lint.rulebook.rulebook import Catalogue, Rule
from harness import FIXTURES

BEFORE_AN_AUTOMATON = 6
"""Texts that a prefilter searches in its quick way before it prepares the thorough one."""

BULLETIN = """\
# 青石街道工作简报

第11期

## 志愿者上门服务

{text}

（街道团工委）

责编：甲文
"""


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(Settings(extends=builtin_packs()))


def all_rules(catalogue: Catalogue) -> list[Rule]:
    """Also those that are off, with the severity that they have where they are selected."""
    return [rule._replace(severity=rule.selected_severity) for rule in catalogue.rulebook.rules.values()]


def linter(catalogue: Catalogue, texts_before: int = 0) -> Linter:
    """All rules behind a prefilter that has seen some texts."""
    made = Linter(catalogue.rulebook, all_rules(catalogue))
    for _ in range(texts_before):
        made.lint_reading("before.md", reading_of("先前的一期。"))
    return made


def without_prefilter(catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch) -> Linter:
    """All rules, each of which looks at everything."""
    nothing = {"masks": Query(None, {}, is_all=False)}
    monkeypatch.setattr(catalogue.rulebook, "queries", lambda rules: nothing)
    return Linter(catalogue.rulebook, [rule._replace(gate=None) for rule in all_rules(catalogue)])


def reading_of(text: str) -> Reading:
    return read_text("11.md", text.encode())


def outcome_of(linter: Linter, code: str, text: str) -> Outcome:
    return linter.lint_reading("11.md", reading_of(BULLETIN.format(text=text))).result.outcomes[code]


@pytest.mark.parametrize("texts_before", [0, BEFORE_AN_AUTOMATON])
@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        # Nothing stands there that could be referred to: nobody looked for what is referred to.
        ("REF010", "志愿者上门测量血压。", "not-applicable"),
        ("REF010", "名单见附件2，请各社区核对。", "not-applicable"),
        ("REF010", "名单见附件1，请各社区核对。\n\n附件1：志愿者名单", "pass"),
        ("REF010", "请各社区核对。\n\n附件1：志愿者名单", "pass"),
        ("REF010", "名单见附件2，请各社区核对。\n\n附件1：志愿者名单", "fail"),
        ("REF012", "志愿者上门测量血压。", "not-applicable"),
        ("REF012", "受理情况见表3，请各社区核对。", "not-applicable"),
        ("REF012", "受理情况见表1，请各社区核对。\n\n表1 受理数量", "pass"),
        ("REF012", "受理情况见表3，请各社区核对。\n\n表1 受理数量", "fail"),
    ],
)
def test_where_nothing_can_be_referred_to_references_are_not_judged(
    catalogue: Catalogue, code: str, text: str, expected: Outcome, texts_before: int
) -> None:
    assert expected == outcome_of(linter(catalogue, texts_before), code, text)


def example_readings(catalogue: Catalogue) -> Iterator[tuple[str, Reading]]:
    for code, source in catalogue.sources.items():
        for number, example in enumerate((*source.bad, *source.good)):
            place = f"{code}, example {number}"
            yield place, reading_of(example.text) if example.layout is None else typeset(example.layout)


def fixture_readings() -> Iterator[tuple[str, Reading]]:
    from bulletin_lint.readers.pdf.reader import read_pdf

    for source in discover([str(FIXTURES)]).files:
        content = Path(source.path).read_bytes()
        try:
            read = read_pdf if source.kind == "pdf" else read_text
            yield source.path, read(source.path, content)
        except SourceError:
            # There are files among them that cannot be read at all.
            continue


def differences(
    catalogue: Catalogue, readings: Iterator[tuple[str, Reading]], monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    """Where a rule says one thing behind a prefilter and another without."""
    many = linter(catalogue, BEFORE_AN_AUTOMATON)
    found: list[str] = []
    pairs = [(place, reading, many.lint_reading(place, reading).result) for place, reading in readings]
    # It is never ready for more than a few: a linter for every few texts would make all checks for each anew.
    monkeypatch.setattr(prefilter, "_PATIENCE", -1)
    few = linter(catalogue)
    quick = [few.lint_reading(place, reading).result for place, reading, _ in pairs]
    open_to_all = without_prefilter(catalogue, monkeypatch)
    for (place, reading, thorough), sooner in zip(pairs, quick, strict=True):
        alone = open_to_all.lint_reading(place, reading).result
        assert not alone.failures
        for way, result in (("many texts", thorough), ("few texts", sooner)):
            found += [
                f"{place}: {code} is {result.outcomes[code]} with a prefilter for {way}, else {outcome}"
                for code, outcome in alone.outcomes.items()
                if outcome != result.outcomes[code]
            ]
            found += [f"{place}: other violations, {way}"] * (alone.violations != result.violations)
    assert pairs
    return found


def test_in_some_examples_each_rule_says_the_same_without_the_prefilter(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [] == differences(catalogue, islice(example_readings(catalogue), 0, None, 40), monkeypatch)


@pytest.mark.slow
def test_in_every_example_each_rule_says_the_same_without_the_prefilter(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [] == differences(catalogue, example_readings(catalogue), monkeypatch)


@pytest.mark.slow
def test_in_every_fixture_each_rule_says_the_same_without_the_prefilter(
    catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert [] == differences(catalogue, fixture_readings(), monkeypatch)
