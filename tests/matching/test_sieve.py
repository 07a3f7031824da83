"""A rule is run where one of its patterns matches, and not where a text has only the literals for it."""

from __future__ import annotations

import random
import re

import pytest

from bulletin_lint.matching.prefilter import Prefilter, Query
from bulletin_lint.model.solid_text import solid_text

PATTERNS = {
    "exact": "公分(?<=[0-9]公分)",
    "window": "[甲乙].{1,3}公分",
    "leading": "甲.{0,4}公分",
    "number": "[0-9](?<![0-9.].)[0-9.]*公分",
    "line": "^[ 　]*[0-9]{1,2}[、.]公分",
    "line of some": "^[0-9]{2}，",
    "two": "甲公分(?=.{0,9}丙丁)",
    "one wrong": "公(?:(?!分)[甲乙丙]甲乙丙|分(?:(?!甲)[乙丙]乙丙|甲[甲丙]丙))",
    "ahead": "(?<![甲乙])(?=[0-9公分]{0,4}丙)[0-9公]",
}


def ready(queries: dict[str, Query]) -> Prefilter:
    """A prefilter that has seen enough texts to look where patterns match."""
    made = Prefilter({}, lambda: queries)
    for _ in range(6):
        made.apply("")
    return made


def of_patterns() -> dict[str, Query]:
    return {name: Query(None, {source: False}, is_all=True) for name, source in PATTERNS.items()}


def texts() -> list[str]:
    """Texts of the characters that the patterns ask for, thrown together."""
    rng = random.Random("sieve")
    pieces = ["公分", "\n1", "丙丁", "甲乙丙", *"甲乙丙公分123.、， 　\n"]
    return ["".join(rng.choices(pieces, k=rng.randrange(60))) for _ in range(1000)]


@pytest.mark.parametrize("is_spaced", [False, True])
def test_a_rule_is_shut_exactly_where_its_pattern_does_not_match(*, is_spaced: bool) -> None:
    prefilter = ready(of_patterns())
    hits = dict.fromkeys(PATTERNS, 0)
    for text in texts():
        view = solid_text(text) if is_spaced else None
        shut = prefilter.apply(text, view).shut
        for name, source in PATTERNS.items():
            # A pattern that asks for a blank itself is tried on the text as written.
            scanned = text if view is None or " " in source else view.text
            is_match = re.search(source, scanned, re.MULTILINE) is not None
            hits[name] += is_match
            assert (name in shut) != is_match, (name, text)
    assert min(hits.values()) > 5


def test_rules_of_the_source_text_look_at_what_is_written_there() -> None:
    # Without its blank the text has 3公分, which nobody wrote.
    blank, none = "走了3 公分", "走了3公分，又走4 公分"
    source = {"rule": Query(None, {"[0-9]公分": False}, is_all=True, is_raw=True)}
    prefilter = ready(source)
    for text, shut in ((blank, {"rule"}), (none, set())):
        assert prefilter.apply(text, solid_text(text)).shut == shut
        assert prefilter.apply(text, is_raw=True).shut == shut
    assert (
        ready({"rule": source["rule"]._replace(is_raw=False)}).apply(blank, solid_text(blank)).shut == set()
    )


def test_of_several_patterns_one_is_enough() -> None:
    rule = {"rule": Query(None, {"甲公分": False, "乙公分": False}, is_all=True)}
    prefilter = ready(rule)
    assert prefilter.apply("丙公分").shut == {"rule"}
    assert prefilter.apply("乙公分").shut == set()
    assert prefilter.apply("甲公分").shut == set()


def test_rules_that_find_more_than_their_patterns_are_not_tried() -> None:
    rule = {"rule": Query(("公分",), {"甲公分": False}, is_all=False)}
    assert ready(rule).apply("丙公分").shut == set()
