"""What is known of one text that was sifted: where patterns can start, what it lacks, and of which view that holds."""

from __future__ import annotations

import pytest

from bulletin_lint.matching.prefilter import Prefilter, Prefiltered, Query
from bulletin_lint.model.solid_text import solid_text

EXACT, WINDOW, LINE, LINES, RARE = (
    "鑫公分",
    "[甲乙][^。]{2,5}鑫淼",
    "^[，的].*",
    "^[^〇].*",
    "[\ue000-\uf8ff]+",
)
BOTH, FREE, BLANK = "甲鑫[^。]{2,9}乙淼", "[^甲]{2}", "鑫 公"
PATTERNS = {EXACT: False, WINDOW: False, LINE: False, LINES: False, RARE: True, BOTH: False, FREE: False}


def ready(queries: dict[str, Query]) -> Prefilter:
    """A prefilter that has seen enough texts to look where patterns match."""
    made = Prefilter({}, lambda: queries)
    for _ in range(6):
        made.apply("")
    return made


def seen(text: str) -> Prefiltered:
    return ready({"rule": Query(None, {**PATTERNS, BLANK: False}, is_all=False)}).apply(
        text, solid_text(text)
    )


@pytest.mark.parametrize(
    ("text", "pattern", "starts"),
    [
        ("鑫公分，鑫公分", EXACT, [0, 4]),
        ("公分", EXACT, []),
        ("甲，，，鑫淼", WINDOW, [0]),
        ("甲乙，，，鑫淼", WINDOW, [0, 1]),
        ("，，，鑫淼", WINDOW, []),
        ("，甲", WINDOW, []),
        ("，甲\n甲\n的", LINE, [0, 5]),
        ("甲\n甲", LINE, []),
        ("甲\n乙\n", LINES, [0, 2, 4]),
        ("", LINES, [0]),
        ("甲", RARE, []),
        ("\ue001", RARE, None),
        ("甲", FREE, None),
        ("甲", "never asked for", None),
        # Of two things that a match must have one alone is not enough.
        ("甲鑫，，，乙淼", BOTH, [0]),
        ("甲鑫，，，", BOTH, []),
        ("，，，乙淼", BOTH, []),
    ],
)
def test_where_a_pattern_can_start(text: str, pattern: str, starts: list[int] | None) -> None:
    found = seen(text)
    for _ in range(2):
        told = found.starts(pattern)
        assert (None if told is None else list(told)) == starts


@pytest.mark.parametrize(
    ("text", "pattern", "lacks", "has"),
    [
        ("鑫公分", EXACT, False, True),
        ("公分", EXACT, True, False),
        ("甲", RARE, True, False),
        ("\ue001", RARE, False, True),
        ("甲", LINES, False, True),
        ("甲", FREE, False, True),
        ("甲", "never asked for", False, True),
        ("甲鑫，，，乙淼", BOTH, False, True),
        ("甲鑫，，，", BOTH, True, None),
        ("，，，乙淼", BOTH, True, None),
    ],
)
def test_what_a_text_has_of_a_pattern(text: str, pattern: str, *, has: bool | None, lacks: bool) -> None:
    found = seen(text)
    assert found.lacks(pattern) is lacks
    if has is not None:
        assert found.has(pattern) is has


@pytest.mark.parametrize(
    ("start", "end", "has"),
    [(0, None, True), (0, 2, False), (0, 3, True), (2, 3, True), (3, 9, False), (2, 2, False), (0, 9, True)],
)
def test_a_stretch_has_what_stands_in_it(start: int, end: int | None, *, has: bool) -> None:
    assert seen("，，鑫公分，，").has(EXACT, start, end) is has


def test_places_are_those_of_each_view() -> None:
    # Two blanks are left out in the view, one before each place.
    text = "走了3 鑫公分，4 鑫公分"
    view = solid_text(text)
    assert view is not None
    found = ready({"rule": Query(None, {EXACT: False}, is_all=False)}).apply(text, view)

    assert found.starts(EXACT) == [4, 10]
    assert found.solid.starts(EXACT) == [3, 8]
    assert [text[at : at + 3] for at in found.starts(EXACT) or ()] == ["鑫公分"] * 2
    assert [view.text[at : at + 3] for at in found.solid.starts(EXACT) or ()] == ["鑫公分"] * 2
    assert found.has(EXACT, 4, 5)
    assert not found.has(EXACT, 3, 4)
    assert found.solid.has(EXACT, 3, 4)
    plain = seen("鑫公分")
    assert plain.solid is plain


def test_of_a_literal_with_a_blank_the_view_says_nothing() -> None:
    text = "走了3 公分，鑫 公"
    assert solid_text(text) is not None
    found = seen(text)
    assert found.starts(BLANK) is None
    assert not found.lacks(BLANK)
    assert found.has(BLANK, 0, 1)
    # A text that is its own view is searched as any other.
    assert list(seen("鑫 公").starts(BLANK) or ()) == [0]
    assert seen("鑫公").lacks(BLANK)


@pytest.mark.parametrize("before", [0, 6])
@pytest.mark.parametrize(
    ("text", "shut"),
    [
        # In the view a blank may be left out: what has one in it may still stand in the text.
        ("走了3 公里", {"two", "other"}),
        ("走了3 公分", {"two", "other"}),
        ("走了3公里", {"blank", "two", "other"}),
        ("走了3 公里，甲乙", {"other"}),
        ("走了3 公里，丙", {"two"}),
    ],
)
def test_rules_are_shut_by_what_the_view_lacks(before: int, text: str, shut: set[str]) -> None:
    gates = {"blank": ("3 公",), "two": ("甲乙",), "other": ("丙", "丁戊")}
    queries = {name: Query(literals, {}, is_all=False) for name, literals in gates.items()}
    prefilter = Prefilter(gates, lambda: queries)
    for _ in range(before):
        prefilter.apply("")
    assert prefilter.apply(text, solid_text(text)).shut == shut


@pytest.mark.parametrize("before", [0, 6])
def test_literals_that_begin_alike_or_are_shared_open_each_its_rules(before: int) -> None:
    gates = {"one": ("甲乙丙", "丁"), "two": ("甲乙丁",), "three": ("甲乙丙", "丁"), "four": ("丁", "甲乙")}
    queries = {name: Query(literals, {}, is_all=False) for name, literals in gates.items()}
    prefilter = Prefilter(gates, lambda: queries)
    for _ in range(before):
        prefilter.apply("")
    for text, shut in (
        ("甲乙丙", {"two"}),
        ("甲乙丁", set()),
        ("甲乙", {"one", "two", "three"}),
        ("丁", {"two"}),
        ("乙丙", {"one", "two", "three", "four"}),
        ("甲\n乙丙", {"one", "two", "three", "four"}),
    ):
        assert prefilter.apply(text).shut == shut


def test_a_rule_that_cannot_be_closed_does_not_keep_others_open() -> None:
    queries = {
        "free": Query(None, {FREE: False}, is_all=True),
        "none": Query(None, {}, is_all=False),
        "rare": Query(None, {RARE: True, "[\ue000-\ue0ff]": True}, is_all=True),
        "gate": Query(("丙丁",), {EXACT: False}, is_all=False),
        "line": Query(None, {"^丙.*丁$": False}, is_all=True),
        "raw": Query(None, {"鑫公分": False}, is_all=True, is_raw=True),
    }
    prefilter = ready(queries)
    for text, is_raw, shut in (
        ("甲", False, {"rare", "gate", "line", "raw"}),
        ("\ue001", False, {"gate", "line", "raw"}),
        ("丙丁", False, {"rare", "raw"}),
        ("丙甲丁", False, {"rare", "gate", "raw"}),
        ("鑫公分", False, {"rare", "gate", "line"}),
        # Of a source text only those are opened that look at it.
        ("丙甲丁，鑫公分", True, {"rare", "gate", "line"}),
    ):
        assert prefilter.apply(text, is_raw=is_raw).shut == shut, text


@pytest.mark.parametrize("count", [5, 6, 7, 8])
def test_patterns_are_asked_for_once_and_late(count: int) -> None:
    asked: list[int] = []

    def queries() -> dict[str, Query]:
        asked.append(1)
        return {}

    prefilter = Prefilter({"rule": ("甲",)}, queries)
    for _ in range(count):
        prefilter.apply("")
    assert len(asked) == (count > 6)
