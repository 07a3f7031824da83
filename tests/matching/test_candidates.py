"""Patterns tried where they can match find what a search of the whole text finds."""

from __future__ import annotations

import random
import re

import pytest

from bulletin_lint.checks.context import matches_at
from bulletin_lint.config.settings import Settings
from bulletin_lint.matching.candidates import ANYWHERE, candidates_of
from bulletin_lint.matching.patterns import Pattern
from bulletin_lint.matching.prefilter import Prefilter, Query
from bulletin_lint.rulebook.load import load_catalogue
from bulletin_lint.rulebook.rulebook import Catalogue
from harness import FIXTURES


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue(Settings(extends=("jianbao", "gongwen")))


@pytest.fixture(scope="module")
def texts(catalogue: Catalogue) -> list[str]:
    """All examples of all rules in one, bulletins, and the same with characters changed places."""
    examples = "\n".join(
        example.text for source in catalogue.sources.values() for example in (*source.bad, *source.good)
    )
    bulletins = [
        path.read_text("utf-8", "replace")
        for folder in ("clean", "faulty")
        for path in sorted((FIXTURES / "bulletins" / folder).rglob("*.txt"))
    ]
    assert len(bulletins) > 20
    rng = random.Random(20)
    shuffled = list(examples)
    for _ in range(len(shuffled) // 10):
        at = rng.randrange(len(shuffled) - 1)
        shuffled[at : at + 2] = shuffled[at + 1], shuffled[at]
    return [examples, "".join(shuffled), *bulletins]


def queries(catalogue: Catalogue) -> dict[str, Query]:
    return catalogue.rulebook.queries(catalogue.rulebook.rules.values())


def test_tried_where_they_can_match_patterns_find_all(catalogue: Catalogue, texts: list[str]) -> None:
    known = queries(catalogue)
    patterns = {source for query in known.values() for source in query.patterns}
    prefilter = Prefilter({}, lambda: known)
    # A few texts first: from then on all of them are sifted by the automaton.
    for _ in range(6):
        prefilter.apply("")

    missed = []
    for text in texts:
        prefiltered = prefilter.apply(text)
        for source in patterns:
            starts = prefiltered.starts(source)
            if starts is None:
                continue
            compiled = Pattern(source, trusted=True).compiled
            expected = [match.span() for match in compiled.finditer(text)]
            if [match.span() for match in matches_at(compiled.match, text, starts, ())] != expected:
                missed.append(source)

    assert len(patterns) > 250
    assert [] == missed


def test_a_rule_is_shut_only_where_no_pattern_matches(catalogue: Catalogue, texts: list[str]) -> None:
    known = {name: query for name, query in queries(catalogue).items() if query.is_all}
    many = Prefilter({}, lambda: known)
    for _ in range(6):
        many.apply("")

    wrong = []
    for text in texts:
        shut = many.apply(text).shut
        wrong += [
            name
            for name in shut
            if any(re.search(source, text, re.MULTILINE) for source in known[name].patterns)
        ]

    assert [] == wrong


@pytest.mark.parametrize(
    ("pattern", "literals", "least", "most", "over"),
    [
        ("，，+", ("，，",), 0, 0, ""),
        ("[法令]规", ("令规", "法规"), 0, 0, ""),
        ("公分(?<=[0-9]公分)", ("公分",), 0, 0, ""),
        ("锟(?=斤拷)", ("斤拷",), 1, 1, ""),
        ("甲[^。]{2,5}乙鑫", ("乙鑫",), 3, 6, ""),
        ("[0-9][0-9.]*公里", ("公里",), 1, ANYWHERE, ".0123456789"),
        ("(?:甲鑫|乙乙淼)丙", ("乙乙淼丙", "甲鑫丙"), 0, 0, ""),
    ],
)
def test_foothold(pattern: str, literals: tuple[str, ...], least: int, most: int, over: str) -> None:
    found = candidates_of(pattern)

    assert found is not None
    assert (literals, least, most, over) == (found.literals, found.least, found.most, found.over)


@pytest.mark.parametrize("pattern", ["(?i)abc", "[一-龥]{2,}", "a*", "(?=甲)", ".+", "("])
def test_patterns_that_tell_of_no_place(pattern: str) -> None:
    assert candidates_of(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "also"),
    [
        # 第一 is looked for, and 其二 must follow somewhere.
        ("(?:第一|首先)，[^。]{2,200}其二", ("其二",)),
        ("(?<=甲鑫)乙淼", ("甲鑫",)),
        # Not both: one of them stands there.
        ("甲鑫[0-9]*|乙淼[0-9]*", ()),
        # Hardly a text has none.
        ("甲鑫[^。]{2,5}，", ()),
        # What is looked for says it already.
        ("乙淼[0-9]?", ()),
        # A blank may be left out in the view.
        ("鑫 甲[^。]{2,5}鑫 淼", ()),
    ],
)
def test_what_a_match_must_have_too(pattern: str, also: tuple[str, ...]) -> None:
    found = candidates_of(pattern)

    assert found is not None
    assert also == found.also


def test_a_word_with_one_character_wrong_has_a_part_that_is_right() -> None:
    found = candidates_of("锟(?:(?!斤)[一-龥]拷鑫淼|斤(?:(?!拷)[一-龥]鑫淼|拷(?!鑫)[一-龥]淼))")

    assert found is not None
    # Where the second character is right, the first two are.
    assert {"拷鑫淼", "锟斤"} == set(found.literals)
    assert (0, 2) == (found.least, found.most)


def test_rare_characters_stand_for_themselves() -> None:
    found = candidates_of("[\ue000-\uf8ff]+")

    assert found is not None
    assert "[\\U0000e000-\\U0000f8ff]" == found.rare
    assert () == found.literals


def test_lines() -> None:
    found = candidates_of("^[一-龥]+$")

    assert found is not None
    assert found.at_line
    assert () == found.literals
