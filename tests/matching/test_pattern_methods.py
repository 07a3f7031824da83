"""A pattern says the same whoever runs it, and a house's is asked each time whether it still has time."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import count
from typing import Any

import pytest

from bulletin_lint.matching.frequency import frequency
from bulletin_lint.matching.patterns import HOUSE_TIME, Pattern
from bulletin_lint.matching.regex_store import RegexStore
from bulletin_lint.model.errors import RuleFailure

METHODS: dict[str, Callable[[Pattern, str], Any]] = {
    "finditer": lambda pattern, text: list(pattern.finditer(text)),
    "cut_from": Pattern.cut_from,
    "fullmatch": Pattern.fullmatch,
    "match": Pattern.match,
    "search": Pattern.search,
}


@pytest.fixture(params=[True, False], ids=["trusted", "house"])
def trusted(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("甲1乙22丙", "甲乙丙"),
        ("1甲", "甲"),
        ("甲1", "甲"),
        ("甲乙", "甲乙"),
        ("12", ""),
        ("", ""),
    ],
)
def test_what_matches_is_cut_out(text: str, left: str, *, trusted: bool) -> None:
    assert Pattern("[0-9]+", trusted=trusted).cut_from(text) == left


@pytest.mark.parametrize(
    ("text", "whole", "beginning", "anywhere"),
    [
        ("甲1", True, True, (0, 2)),
        ("甲1乙", False, True, (0, 2)),
        ("乙甲1", False, False, (1, 3)),
        ("甲", False, False, None),
    ],
)
def test_a_match_of_all_of_the_beginning_and_of_any_place(
    text: str, anywhere: tuple[int, int] | None, *, whole: bool, beginning: bool, trusted: bool
) -> None:
    pattern = Pattern("甲[0-9]", trusted=trusted)
    found = pattern.search(text)

    assert (pattern.fullmatch(text) is not None, pattern.match(text) is not None) == (whole, beginning)
    assert (None if found is None else found.span()) == anywhere


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [(0, None, (0, 1)), (1, None, (3, 4)), (3, None, (3, 4)), (4, None, None), (1, 3, None), (1, 4, (3, 4))],
)
def test_a_search_keeps_to_its_bounds(
    start: int, end: int | None, expected: tuple[int, int] | None, *, trusted: bool
) -> None:
    found = Pattern("甲", trusted=trusted).search("甲乙丙甲丁", start, end)
    assert (None if found is None else found.span()) == expected


def test_of_several_lines_each_has_its_own_ends(*, trusted: bool) -> None:
    pattern = Pattern("^乙$", trusted=trusted)
    assert pattern.search("甲\n乙\n丙").span() == (2, 3)
    assert pattern.compiled is pattern.compiled


@pytest.mark.parametrize("blank", [" ", "\u00a0", r"\u00a0", r"\xa0", r"\s", r"\S", r"\b"])
def test_whatever_asks_for_a_blank_is_tried_on_the_text_as_written(blank: str) -> None:
    assert not Pattern(f"甲{blank}乙", trusted=True).is_solid


@pytest.mark.parametrize("method", METHODS)
def test_without_time_nothing_is_looked_for(method: str) -> None:
    HOUSE_TIME.spend(3.0)
    with pytest.raises(RuleFailure, match="have taken 3 s for this file"):
        METHODS[method](Pattern("甲", trusted=False), "乙")
    METHODS[method](Pattern("甲", trusted=True), "乙")


@pytest.mark.parametrize("method", ["fullmatch", "match", "search"])
def test_a_search_spends_what_it_takes(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = count(step=1.5)
    monkeypatch.setattr(time, "thread_time", lambda: next(clock))
    METHODS[method](Pattern("甲", trusted=False), "甲")
    assert HOUSE_TIME.left("x") == pytest.approx(1.5)


def test_between_two_matches_it_is_asked_whether_there_is_time(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = count()
    monkeypatch.setattr(time, "thread_time", lambda: next(clock))
    found = Pattern("甲", trusted=False).finditer("甲甲甲甲甲")
    # One second for each: after the third there is none left.
    assert [next(found).start() for _ in range(3)] == [0, 1, 2]
    with pytest.raises(RuleFailure, match="for this file"):
        next(found)


@pytest.mark.parametrize("method", METHODS)
def test_a_search_that_takes_too_long_is_ended(method: str) -> None:
    HOUSE_TIME.spend(2.99)
    # Hundredths of a second are left to a pattern that would need years.
    with pytest.raises(RuleFailure, match="have taken 3 s for this file"):
        METHODS[method](Pattern("(?:(?:甲|甲甲)+)+乙", trusted=False), "甲" * 40)
    with pytest.raises(RuleFailure):
        HOUSE_TIME.left("x")


def test_a_document_that_cost_nothing_changes_nothing() -> None:
    HOUSE_TIME.begin_document()
    assert HOUSE_TIME.left("x") == 2.0


@pytest.mark.parametrize(
    ("literal", "often"),
    [
        *dict.fromkeys([("，", 60.0), ("、", 25.0), ("。", 25.0), ("\n", 25.0), (" ", 15.0), ("的", 15.0)]),
        *[(each, 4.0) for each in "：“”"],
        *[(each, 8.0) for each in "0189"],
        *[(each, 6.0) for each in "一年道"],
        *[(each, 3.0) for each in "二十#*"],
        # Any other Chinese character, letter, and whatever else there is.
        *[(each, 2.0) for each in "丁鑫龥\u9fff"],
        *[(each, 0.3) for each in "!aZ~"],
        *[(each, 0.02) for each in "\x1f\x7f\u4dff\ua000é"],
    ],
)
def test_how_often_a_character_stands_in_a_thousand(literal: str, often: float) -> None:
    assert frequency(literal) == often


@pytest.mark.parametrize(
    ("literal", "often"),
    [
        ("鑫淼", 2.0 * 0.01),
        ("淼鑫淼", 2.0 * 0.01 * 0.01),
        ("鑫，", 2.0 * 0.12),
        ("鑫5", 2.0 * 0.12),
        ("5鑫", 8.0 * 0.01),
        ("鑫的", 2.0 * 0.03),
        ("鑫、", 2.0 * 0.05),
        ("鑫一", 2.0 * 0.012),
        ("鑫一5", 2.0 * 0.012 * 0.12),
    ],
)
def test_a_longer_string_is_rarer(literal: str, often: float) -> None:
    assert frequency(literal) == pytest.approx(often)


def test_a_kept_pattern_knows_the_names_of_its_groups() -> None:
    store = RegexStore()
    store.keep(lambda: None)
    store.compiled("(?P<one>甲)|(乙)|(?P<two>丙)")
    rows = store.rows()
    kept = RegexStore()
    kept.keep(lambda: rows)
    for each in (store, kept):
        found = each.compiled("(?P<one>甲)|(乙)|(?P<two>丙)").finditer("甲乙丙")
        assert [match.lastgroup for match in found] == ["one", None, "two"]
