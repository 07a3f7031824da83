"""What the words of a block say by themselves: how long it is, how it ends, whose form it has."""

from __future__ import annotations

import pytest

from bulletin_lint.parsing.words import Words, with_runs, words_of
from laid_out import grammar


def words(text: str) -> Words:
    return Words(text, grammar())


@pytest.mark.parametrize(
    ("text", "prose"),
    [
        ("镇里开展植树", False),
        ("镇里开展植树。", True),
        ("镇里开展植树；", True),
        ("镇里开展植树：", True),
        ("镇里开展植树:", True),
        ("镇里开展植树.", True),
        ("镇里开展植树，", False),
        # A stop inside, or behind it a closing mark.
        ("镇里植树。栽下香樟", True),
        ("镇里说“都种上了。”", True),
        ("镇里（植树）", False),
        # A heading may be an exclamation, a sentence is longer.
        ("山" * 29 + "！", False),
        ("山" * 30 + "！", True),
        ("山" * 29 + "?", False),
        ("山" * 30 + "?", True),
        ("山" * 80, False),
        ("山" * 81, True),
        ("山" * 81 + "”", True),
        ("山" * 80 + "”", False),
    ],
)
def test_prose_ends_a_sentence_or_is_too_long_for_a_heading(text: str, *, prose: bool) -> None:
    assert words(text).is_prose is prose


@pytest.mark.parametrize(
    ("length", "name"),
    [
        (3, "len1"),
        (4, "len2"),
        (6, "len2"),
        (7, "len3"),
        (9, "len3"),
        (10, "len4"),
        (40, "len4"),
        (41, "len5"),
        (60, "len5"),
        (61, "len6"),
    ],
)
def test_a_line_has_one_length_of_six(length: int, name: str) -> None:
    facts = words("山" * length).line.facts

    assert [fact for fact in facts if fact.startswith("len")] == [name]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("植树造林如下：", {"colon"}),
        ("植树造林如下:", {"colon"}),
        ("植树造林，", {"comma_end", "has_comma"}),
        ("植树造林、", {"comma_end"}),
        ("植树造林,", {"comma_end", "has_comma"}),
        ("植树，造林", {"has_comma"}),
        ("植树,造林", {"has_comma"}),
        ("谁来植树？", {"open_end"}),
        ("都来植树！", {"open_end"}),
        ("都来植树……", {"open_end"}),
        ("都来植树——", {"open_end"}),
        ("——植树见闻", {"dash"}),
        ("植树造林", set()),
    ],
)
def test_how_a_line_begins_and_ends(text: str, facts: set[str]) -> None:
    shape = {"colon", "comma_end", "has_comma", "open_end", "dash"}
    assert words(text).line.facts.keys() & shape == facts


@pytest.mark.parametrize(
    ("text", "bracketed", "wide", "figures"),
    [
        ("（植树）", True, False, False),
        ("(植树)", True, False, False),
        ("【植树】", True, False, False),
        ("（植树", False, False, False),
        ("植树）", False, False, False),
        ("香樟 桂花", False, False, False),
        ("香樟 桂花 松", False, True, False),
        ("（香樟 桂花 松）", True, False, False),
        ("12.5%", False, False, True),
        ("１２，３", False, False, False),
        ("１２.３％", False, False, True),
        ("-12,300", False, False, True),
        ("12株", False, False, False),
    ],
)
def test_brackets_width_and_figures(text: str, *, bracketed: bool, wide: bool, figures: bool) -> None:
    facts = words(text).line.facts

    assert ("bracketed" in facts, "wide" in facts, "figures" in facts) == (bracketed, wide, figures)
    assert words(text).is_bracketed is bracketed
    # What stands in brackets may be a source.
    assert ("A" in words(text).line.labels) is (bracketed and not words(text).is_column)


@pytest.mark.parametrize(
    ("text", "row", "cells"),
    [
        ("东山 12 30 45", True, 0),
        ("东山 12 30", False, 0),
        ("东山 12 3,000.5% 45", True, 0),
        ("东山 12 30 45。", False, 0),
        ("东山│香樟│桂花", True, 0),
        ("│东山│", False, 0),
        ("东山　　香樟　　桂花", False, 3),
        ("东山  香樟", False, 2),
        ("东山\t香樟", False, 2),
        ("东山 | 香樟 | 桂花", False, 3),
        ("东山 ｜ 香樟", False, 2),
        ("东山 香樟", False, 0),
        ("电话：1　　传真：2", False, 0),
        ("电话:1　　传真:2", False, 0),
        ("东山　　香樟。", False, 0),
    ],
)
def test_rows_and_cells_of_a_table_that_lost_its_lines(text: str, *, row: bool, cells: int) -> None:
    assert (words(text).is_row, words(text).cells) == (row, cells)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("东山 | 香樟 | 桂花", ["东山", "香樟", "桂花"]),
        ("| 东山 | 香樟 |", ["东山", "香樟"]),
        ("东山 ｜ 香樟", ["东山", "香樟"]),
        ("│东山│ 香樟 │桂花│", ["东山", "香樟", "桂花"]),
        ("┃东山┃香樟┃", ["东山", "香樟"]),
        ("║东山║香樟║", ["东山", "香樟"]),
        ("东山 12 30 45", ["东山", "12", "30", "45"]),
    ],
)
def test_the_cells_of_a_row(text: str, cells: list[str]) -> None:
    assert words(text).row == cells


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("（镇林业站 甲文）", "（x x）"),
        ("（镇林业站）", ""),
        ("镇林业站", "x"),
        ("——镇林业站", "——x"),
        ("镇林业站/甲文", "x/x"),
        ("镇林业站，甲文", ""),
        ("第3期 甲文", ""),
        ("图为植树现场 甲文", ""),
        ("（甲 " + "山" * 57 + "）", ""),
        ("（甲 " + "山" * 56 + "）", "（x x）"),
    ],
)
def test_a_frame_is_a_line_without_its_words(text: str, frame: str) -> None:
    assert words(text).frame == frame


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("山" * 47, True),
        ("山" * 48, False),
        ("植树，造林", False),
        ("植树；造林", False),
        ("植树、造林", True),
    ],
)
def test_a_phrase_is_short_and_of_one_clause(text: str, *, phrase: bool) -> None:
    assert words(text).is_phrase is phrase


@pytest.mark.parametrize(
    ("text", "like"),
    [
        ("山", False),
        ("植树", True),
        ("山" * 80, True),
        ("植树，", False),
        ("植树、", False),
        ("植树,", False),
        ("一、植树造林", False),
        ("【工作动态】", False),
        ("东山 12 30 45", False),
        ("附件：植树名单", False),
        ("植树。", False),
    ],
)
def test_what_could_be_a_title(text: str, *, like: bool) -> None:
    assert words(text).is_heading_like is like


@pytest.mark.parametrize(
    ("text", "annex", "names"),
    [
        ("附件：植树名单", True, True),
        ("附件：", True, False),
        ("附件1", True, False),
        ("附近植树", False, False),
    ],
)
def test_what_is_attached_is_listed_with_or_without_names(text: str, *, annex: bool, names: bool) -> None:
    assert (words(text).is_annex, words(text).names_annex) == (annex, names)


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        # Figures that run on are markers, those by themselves are not.
        (["1、12株香樟", "2、30株桂花"], [1, 2]),
        (["1、12株香樟", "植树。", "造林。", "2、30株桂花"], [1, 2]),
        (["1、12株香樟", "植树。", "造林。", "浇水。", "2、30株桂花"], [None, None]),
        (["1、12株香樟", "3、30株桂花"], [None, None]),
        (["2、12株香樟", "3、30株桂花"], [None, None]),
        (["1、12株香樟"], [None]),
        (["1、镇里植树", "2、30株桂花", "3、40株松"], [1, 2, 3]),
    ],
)
def test_figures_that_run_on_from_block_to_block_are_markers(
    texts: list[str], numbers: list[int | None]
) -> None:
    found = with_runs([words(text) for text in texts])
    kept = [each.marker and each.marker.number for each in found if each.text[0].isdecimal()]

    assert kept == numbers


def test_the_words_of_a_short_block_are_remembered_and_of_a_long_one_not() -> None:
    for length, is_kept in ((90, True), (91, False)):
        text = "山" * length
        assert (words_of(text, grammar()) is words_of(text, grammar())) is is_kept
