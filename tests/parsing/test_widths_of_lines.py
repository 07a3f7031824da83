"""At which width the lines of a text are broken, whether that is how it is wrapped, and which lines are full."""

from __future__ import annotations

from typing import Any

import pytest

from bulletin_lint.model.reading import Line, Reading
from bulletin_lint.parsing.line_widths import LineWidths, columns_of
from hand_made import NoPlaces


def reading(*lines: str, gaps: bool = False, kind: str = "text", **more: Any) -> Reading:
    """Each line one of the source; with `gaps` a blank line stands above each but the first."""
    text = "\n".join(lines)
    made: list[Line] = []
    start = 0
    for number, line in enumerate(lines):
        bare = line.lstrip("\u3000")
        indent = len(line) - len(bare)
        piece = (start + indent, start + len(line))
        made.append(Line((piece,), kind, indent=2 * indent, gap=gaps and number > 0))  # type: ignore[arg-type]
        start += len(line) + 1
    return Reading("text", text, tuple(made), NoPlaces(), **more)


def widths(*lines: str, gaps: bool = False) -> LineWidths:
    return LineWidths(reading(*lines, gaps=gaps))


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("", 0),
        ("ab1 ", 4),
        ("甲乙", 4),
        ("甲a", 3),
        ("，。", 4),
        ("“”‘’", 8),
        ("…—·", 6),
        ("\u3000", 2),
        ("é", 1),
        ("𠮷", 2),
    ],
)
def test_a_chinese_character_or_mark_takes_two_columns(text: str, columns: int) -> None:
    assert columns_of(text) == columns
    assert columns_of(f"甲{text}a", 1, 1 + len(text)) == columns
    assert columns_of(f"甲{text}", 1) == columns


@pytest.mark.parametrize(
    ("length", "wrapped"), [(19, False), (20, True), (30, True), (60, True), (61, False), (80, False)]
)
def test_text_is_wrapped_between_forty_and_a_hundred_and_twenty_columns(
    length: int, *, wrapped: bool
) -> None:
    found = widths(*["山" * length] * 10)

    assert found.wrapped is wrapped
    assert found.widest == ((2 * length, length) if wrapped else (0, 0))


@pytest.mark.parametrize(("count", "wrapped"), [(3, False), (4, True), (5, True)])
def test_three_lines_that_break_at_one_width_show_a_wrapped_text(count: int, *, wrapped: bool) -> None:
    """The last line breaks into none."""
    assert widths(*["山" * 30] * count).wrapped is wrapped


def test_lines_that_end_their_sentences_or_stand_apart_are_not_wrapped() -> None:
    assert not widths(*["山" * 29 + "。"] * 10).wrapped
    assert not widths(*["山" * 30] * 10, gaps=True).wrapped
    # Short ones among them break nothing: they are less than half as wide.
    assert not widths("山" * 30, *["山" * 14] * 9).wrapped


@pytest.mark.parametrize(("ragged", "wrapped"), [(4, True), (5, True), (6, True), (7, False)])
def test_two_fifths_of_the_broken_lines_must_be_full(ragged: int, *, wrapped: bool) -> None:
    """Of ten lines that break off in a sentence some are much shorter than the widest one."""
    lines = ["山" * 20] * ragged + ["山" * 30] * (10 - ragged)

    assert widths(*lines, "山").wrapped is wrapped


def test_a_few_lines_wider_than_wrapped_ones_are_left_out() -> None:
    assert widths("山" * 61, *["山" * 30] * 10).wrapped
    # More than an eighth are too many.
    assert not widths(*["山" * 61] * 2, *["山" * 30] * 10).wrapped
    assert widths("山" * 61, *["山" * 30] * 7).wrapped
    assert not widths("山" * 61, *["山" * 30] * 6).wrapped


@pytest.mark.parametrize(("alone", "spaced"), [(True, True), (False, False)])
def test_paragraphs_are_set_apart_by_empty_lines_where_half_of_the_lines_are(
    *, alone: bool, spaced: bool
) -> None:
    assert widths("甲", "乙", "丙", gaps=alone).spaced is spaced


@pytest.mark.parametrize(("apart", "spaced"), [(1, False), (2, True), (3, True)])
def test_half_of_the_lines_are_enough(apart: int, *, spaced: bool) -> None:
    given = reading("甲", "乙", "丙", "丁")
    lines = tuple(line._replace(gap=number < apart) for number, line in enumerate(given.lines))

    assert LineWidths(given._replace(lines=lines)).spaced is spaced


def test_where_the_pages_say_which_lines_join_nothing_is_measured() -> None:
    found = LineWidths(reading(*["山" * 30] * 10, joins_known=True))

    assert (found.wrapped, found.spaced, found.widest) == (False, False, (0, 0))
    assert not found.is_full(0, "")


def test_rows_of_tables_are_not_measured() -> None:
    found = LineWidths(reading(*["山" * 30] * 10, kind="table"))

    assert (found.wrapped, found.widest) == (False, (0, 0))


@pytest.mark.parametrize(
    ("line", "width"), [("山水", (4, 2)), ("山a", (3, 2)), ("\u3000\u3000山", (6, 3)), ("\u3000山", (4, 2))]
)
def test_the_width_of_a_line_is_that_of_its_indent_and_its_words(line: str, width: tuple[int, int]) -> None:
    found = widths(line)

    assert found.width(0) == width
    assert found.width(0) == width


@pytest.mark.parametrize(
    ("line", "following", "full"),
    [
        ("山" * 30, "", True),
        # Six columns, or three characters, may be lacking.
        ("山" * 27, "", True),
        ("山" * 26, "", False),
        ("山" * 26 + "a", "", True),
        ("山" * 20 + "a" * 7, "", True),
        ("山" * 20 + "a" * 6, "", False),
        # Or as many as the next word has.
        ("山" * 26, "abc", False),
        ("山" * 26, "abcd", True),
        ("山" * 26, "abcd，efgh", True),
        ("山" * 26, "abc，defgh", False),
        ("山" * 26, "水abcdefgh", False),
        # What is set right goes on nowhere.
        ("\u3000" * 16 + "山" * 14, "", False),
        ("\u3000" * 15 + "山" * 15, "", True),
    ],
)
def test_a_line_is_full_where_the_next_word_did_not_fit(line: str, following: str, *, full: bool) -> None:
    found = widths(line, *["山" * 30] * 10)

    assert found.is_full(0, following) is full


@pytest.mark.parametrize(
    ("lines", "breaks"),
    [
        (["山" * 30, "水" * 30, "末"], True),
        (["山" * 30, "水" * 28, "末"], True),
        (["山" * 30, "水" * 32, "末"], True),
        (["山" * 30, "水" * 27, "末"], False),
        (["山" * 30, "水" * 33, "末"], False),
        # Another one, below which something stands.
        (["山" * 30, "水"], False),
        (["山" * 30, "水" * 30], False),
        (["山" * 19, "水" * 19, "末"], False),
        (["山" * 20, "水" * 20, "末"], True),
    ],
)
def test_a_line_breaks_as_another_below_which_the_text_goes_on(lines: list[str], *, breaks: bool) -> None:
    assert widths(*lines).breaks_as_another(0) is breaks


def test_a_line_above_a_gap_or_a_row_shows_no_break() -> None:
    given = reading("山" * 30, "水" * 30, "末")
    first, second, last = given.lines

    def breaks(*lines: Line) -> bool:
        return LineWidths(given._replace(lines=lines)).breaks_as_another(0)

    assert breaks(first, second, last)
    assert not breaks(first, second, last._replace(gap=True))
    assert not breaks(first, second._replace(kind="table"), last)
    assert not breaks(first, second, last._replace(kind="table"))
