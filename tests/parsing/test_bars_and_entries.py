"""What parts the cells of a row, what surrounds an entry of the contents, and the words of a masthead's line."""

from __future__ import annotations

import re

import pytest

from bulletin_lint.parsing.cell_bars import CellBars
from bulletin_lint.parsing.entry_forms import EntryForms
from bulletin_lint.parsing.masthead_numbers import first_match, group, scan_numbers
from bulletin_lint.parsing.masthead_words import bare, chunks, is_ornament
from laid_out import grammar

BARS, NONE = CellBars({"drawn_bars": "│┃", "typed_bars": "|／"}), CellBars({})


@pytest.mark.parametrize(
    ("text", "drawn", "typed"),
    [
        ("甲│乙", True, False),
        ("甲┃乙", True, False),
        ("甲 | 乙", False, True),
        ("甲 ／ 乙", False, True),
        ("甲|乙", False, False),
        ("甲 |乙", False, False),
        ("甲| 乙", False, False),
        ("甲乙", False, False),
        ("", False, False),
    ],
)
def test_bars_are_drawn_or_typed_between_spaces(text: str, *, drawn: bool, typed: bool) -> None:
    assert (BARS.are_drawn(text), BARS.are_typed(text)) == (drawn, typed)
    assert (NONE.are_drawn(text), NONE.are_typed(text)) == (False, False)


@pytest.mark.parametrize(
    ("text", "drawn", "typed"),
    [
        ("│甲 │\u3000乙│", ["甲", "乙"], ["│甲 │\u3000乙│"]),
        ("甲┃┃乙", ["甲", "", "乙"], ["甲┃┃乙"]),
        ("| 甲 | 乙\t|", ["| 甲 | 乙\t|"], ["甲", "乙"]),
        ("甲|乙／丙", ["甲|乙／丙"], ["甲", "乙", "丙"]),
        ("甲", ["甲"], ["甲"]),
    ],
)
def test_cells_stand_between_bars_without_space_around_them(
    text: str, drawn: list[str], typed: list[str]
) -> None:
    assert (BARS.drawn_cells(text), BARS.typed_cells(text)) == (drawn, typed)
    assert NONE.drawn_cells(text) == NONE.typed_cells(text) == [text.strip()]


@pytest.mark.parametrize(
    ("text", "pieces", "without_forms"),
    [
        ("甲", 1, 1),
        ("甲 乙", 1, 1),
        ("甲\u3000乙", 1, 1),
        ("甲  乙", 2, 2),
        ("甲\u3000\u3000乙", 2, 2),
        ("甲 \u3000乙", 2, 2),
        ("甲\t乙", 2, 2),
        ("甲\t\t\t乙", 2, 2),
        ("甲  乙\t丙", 3, 3),
        ("甲 | 乙", 2, 1),
        ("甲 ／ 乙  丙", 3, 2),
        ("甲|乙", 1, 1),
    ],
)
def test_wide_space_and_typed_bars_part_a_line(text: str, pieces: int, without_forms: int) -> None:
    assert (BARS.pieces(text), NONE.pieces(text)) == (pieces, without_forms)


ENTRIES = EntryForms(
    {
        "marks": "●]",
        "entry_number": "[0-9]+[.、]",
        "before_entry": "第[0-9]+页",
        "behind_entry": "[ .…]*[0-9]+",
    },
    trusted=True,
)


@pytest.mark.parametrize(
    ("words", "end"), [("1.甲", 2), ("12、甲", 3), ("甲1.", 0), ("甲", 0), ("1甲", 0), ("", 0)]
)
def test_an_entry_may_have_a_number_that_its_title_has_not(words: str, end: int) -> None:
    assert ENTRIES.number_end(words) == end
    assert EntryForms({}, trusted=True).number_end(words) == 0


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("●甲事", "甲事"),
        ("● 甲事", "甲事"),
        ("●\u3000甲事", "甲事"),
        ("]甲事", "甲事"),
        ("第3页 甲事", "甲事"),
        ("甲事……12", "甲事"),
        ("甲事 12", "甲事"),
        ("●甲事……12", "甲事"),
        ("甲●事", "甲●事"),
        ("甲事12日", "甲事12日"),
        ("甲事", "甲事"),
    ],
)
def test_an_entry_is_bare_without_its_mark_and_its_page(line: str, words: str) -> None:
    assert ENTRIES.bare(line) == words
    assert EntryForms({}, trusted=True).bare(line) == line


def test_each_form_of_entries_may_stand_by_itself() -> None:
    assert EntryForms({"marks": "●"}, trusted=True).bare("●甲事……12") == "甲事……12"
    assert EntryForms({"before_entry": "第3页"}, trusted=True).bare("第3页●甲事") == "●甲事"
    assert EntryForms({"behind_entry": "…+[0-9]+"}, trusted=True).bare("●甲事……12") == "●甲事"


# --- Words of a masthead -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("", []),
        ("  ", []),
        ("甲办", ["甲办"]),
        ("　甲办 ", ["甲办"]),
        ("甲办　　2026年", ["甲办", "2026年"]),
        ("甲办\u30002026年", ["甲办", "2026年"]),
        ("甲办  2026年", ["甲办", "2026年"]),
        ("甲办\t2026年", ["甲办", "2026年"]),
        ("甲办 2026年", ["甲办 2026年"]),
        # One word set wide.
        ("简　报", ["简　报"]),
        ("简　　报", ["简", "报"]),
        ("简　报　社", ["简　报", "社"]),
        ("简\t报", ["简\t报"]),
    ],
)
def test_words_are_parted_where_wide_space_parts_them(text: str, parts: list[str]) -> None:
    assert [text[start:end] for start, end in chunks(text, 0, len(text))] == parts


@pytest.mark.parametrize(
    ("start", "end", "parts"), [(2, 7, ["丙", "丁戊"]), (0, 2, ["甲乙"]), (3, 3, []), (5, 6, ["丁"])]
)
def test_a_stretch_of_a_line_is_parted_by_itself(start: int, end: int, parts: list[str]) -> None:
    text = "甲乙丙\u3000\u3000丁戊己"

    assert [text[low:high] for low, high in chunks(text, start, end)] == parts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("（甲办）", "甲办"),
        ("甲办", "甲办"),
        ("【甲·办】", "甲·办"),
        ("—甲办／", "甲办"),
        ("：甲办　", "甲办"),
        ("（）", ""),
    ],
)
def test_brackets_and_marks_around_words_are_none_of_them(text: str, words: str) -> None:
    start, end = bare(f"乙{text}丙", 1, 1 + len(text))

    assert f"乙{text}丙"[start:end] == words
    assert not words or start == 1 + text.index(words)


@pytest.mark.parametrize(
    ("words", "ornament"),
    [("", True), ("（）", True), ("·—-－", True), ("／|｜/", True), ("《》〔〕[]【】", True), ("，,、•", True), (" \u3000\t", True),
     ("（甲）", False), ("一", False), ("★", False)],
)  # fmt: skip
def test_an_ornament_is_nothing_but_marks(words: str, *, ornament: bool) -> None:
    assert is_ornament(words) is ornament


def test_a_match_outside_of_what_is_taken_is_found_and_taken() -> None:
    figures, letters = re.compile("[0-9]+"), re.compile("[a-z]+")

    taken = [(0, 2)]
    assert first_match((figures,), "12 34", taken)[0] == "34"
    assert taken == [(0, 2), (3, 5)]
    # It may begin where the other ends, and end where it begins.
    assert first_match((letters,), "12ab34", [(0, 2), (4, 6)])[0] == "ab"
    assert first_match((figures,), "12", [(0, 2)]) is None
    assert first_match((figures,), "", []) is None
    # The first pattern that has one counts.
    assert first_match((letters, figures), "12 ab", [])[0] == "ab"
    assert first_match((letters, figures), "12 ab", [(3, 5)])[0] == "12"
    assert first_match((), "12", []) is None


def test_a_group_that_is_not_there_is_none() -> None:
    match = re.match("(?P<year>[0-9]+)(?P<month>[a-z])?", "2024")

    assert (group(match, "year"), group(match, "month"), group(match, "day")) == ("2024", None, None)


@pytest.mark.parametrize(
    ("text", "issue", "cumulative", "date", "rest"),
    [
        ("2026年第11期（总第123期）", "11", "123", False, []),
        ("第11期", "11", None, False, []),
        ("总第123期", None, "123", False, []),
        ("青石街道党政办　　2026年3月6日", None, None, True, ["青石街道党政办"]),
        ("第11期　2026年3月6日", "11", None, True, []),
        ("青石街道　第11期　党政办", "11", None, False, ["青石街道", "党政办"]),
        ("青石街道工作简报", None, None, False, ["青石街道工作简报"]),
        # What an issue covers is not when it came out.
        ("第12期（3月18日—3月24日）", "12", None, False, None),
        ("", None, None, False, []),
    ],
)
def test_a_line_says_its_numbers_and_its_date_and_has_other_words(
    text: str, issue: str | None, cumulative: str | None, rest: list[str] | None, *, date: bool
) -> None:
    found = scan_numbers(grammar(), text)

    assert (found.issue and group(found.issue, "number")) == issue
    assert (found.cumulative and group(found.cumulative, "number")) == cumulative
    assert (found.date is not None) is date
    assert found.blank is None
    if rest is not None:
        assert [text[start:end] for start, end in found.rest] == rest


def test_a_number_left_blank_is_one_that_is_missing() -> None:
    found = scan_numbers(grammar(), "2026年第　　期")

    assert found.blank is not None
    assert found.issue is None
