"""How long the patterns of a house may take, for one search, for a file and for a run, and what is said when they do."""

from __future__ import annotations

import pytest

from bulletin_lint.matching.patterns import HOUSE_TIME, Pattern
from bulletin_lint.model.errors import RuleFailure

Time = type(HOUSE_TIME)


def test_a_search_has_two_seconds_and_a_file_three() -> None:
    time = Time()
    for spent, left in ((0.0, 2.0), (1.0, 2.0), (0.5, 1.5), (1.25, 0.25)):
        time.spend(spent)
        assert time.left("x") == pytest.approx(left)
    time.spend(0.25)
    with pytest.raises(RuleFailure, match="have taken 3 s for this file"):
        time.left("x")
    # The next file begins anew, but for what was more than the ordinary second.
    time.begin_document()
    assert time.left("x") == 2.0


def test_a_run_has_sixty_seconds_beyond_one_of_each_file() -> None:
    time = Time()
    for _ in range(100):
        time.spend(1.0)
        time.begin_document()
    assert time.left("x") == 2.0
    for _ in range(29):
        time.spend(3.0)
        time.begin_document()
    # 58 of 60 seconds are gone, and the next file has its own second.
    assert time.left("x") == 2.0
    time.spend(1.0)
    assert time.left("x") == 2.0
    time.spend(1.5)
    assert time.left("x") == pytest.approx(0.5)
    time.begin_document()
    assert time.left("x") == pytest.approx(0.5)
    time.spend(1.5)
    with pytest.raises(RuleFailure, match="have taken 60 s too long in this run"):
        time.left("x")


def test_a_search_that_was_cut_short_has_taken_all_that_there_was() -> None:
    time = Time()
    assert "did not finish within 2 s" in time.too_slow("x", 2.0).wording.en
    assert time.left("x") == 2.0
    assert "for this file" in time.too_slow("x", 1.9).wording.en
    with pytest.raises(RuleFailure):
        time.left("x")


@pytest.mark.parametrize("length", [1, 60, 61, 100])
def test_a_long_pattern_is_shown_by_its_beginning(length: int) -> None:
    source = ("abcdefghij" * 10)[:length]
    shown = source if length <= 60 else f"{source[:57]}…"

    assert f"pattern {shown} did" in Time().too_slow(source, 2.0).wording.en
    assert f"正则 {shown} 超过" in Time().too_slow(source, 2.0).wording.zh


@pytest.mark.parametrize("trusted", [True, False])
def test_a_pattern_is_looked_for_line_by_line_within_its_bounds(*, trusted: bool) -> None:
    pattern = Pattern("^[甲乙]+$", trusted=trusted)
    text = "甲乙\n丙\n乙"

    assert [match.span() for match in pattern.finditer(text)] == [(0, 2), (5, 6)]
    assert [match.span() for match in pattern.finditer(text, 1)] == [(5, 6)]
    assert [match.span() for match in pattern.finditer(text, 0, 4)] == [(0, 2)]


@pytest.mark.parametrize(
    ("source", "trusted", "solid"),
    [
        ("[0-9]+年", True, True),
        ("[0-9]+年", False, False),
        ("[0-9]+ 年", True, False),
        ("年\\s", True, False),
    ],
)
def test_only_a_trusted_pattern_without_blanks_is_tried_on_a_text_without_them(
    source: str, *, trusted: bool, solid: bool
) -> None:
    assert Pattern(source, trusted=trusted).is_solid is solid
