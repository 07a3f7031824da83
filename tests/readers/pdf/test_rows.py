"""From runs to rows: what shares a line, which gap is a space, what stands in a cell and what is a stamp."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from bulletin_lint.readers.pdf.page import Face, Grid, Page, Row, Run, prevailing_size
from bulletin_lint.readers.pdf.rows import by_baseline, page_rows, separated

SIZE = 10.0


def run(text: str, left: float, baseline: float = 100.0, size: float = SIZE, **look: bool | float) -> Run:
    """Chinese characters are one em wide, others half."""
    lefts, right = [], left
    for character in text:
        lefts.append(right)
        right += size / 2 if character < "\u0300" else size
    face = Face("SimSun", size)._replace(**look)  # type: ignore[arg-type]
    return Run(text, lefts, right, baseline, face)


def shown(lines: Sequence[Sequence[Run]]) -> list[str]:
    return ["".join(each.text for each in line) for line in lines]


@pytest.mark.parametrize(
    ("runs", "lines"),
    [
        # On one baseline from left to right, whatever order they were drawn in.
        ([run("乙", 20), run("甲", 0)], ["甲乙"]),
        # Their em boxes overlap by more than half of the smaller, or do not.
        ([run("甲", 0), run("乙", 20, 104.9)], ["甲乙"]),
        ([run("甲", 0), run("乙", 20, 105.1)], ["甲", "乙"]),
        ([run("乙", 20, 95.1), run("甲", 0)], ["甲乙"]),
        ([run("乙", 20, 94.9), run("甲", 0)], ["乙", "甲"]),
        # A raised figure stays with its line.
        ([run("甲", 0), run("1", 10, 96.0, 7.0)], ["甲1"]),
        # Nothing but white space is no line; beside words it is kept.
        ([run(" ", 0)], []),
        ([run(" ", 0), run("\u3000", 20)], []),
        ([run("甲", 0), run(" ", 10)], ["甲 "]),
        ([], []),
    ],
)
def test_runs_share_a_line_where_their_boxes_overlap(runs: list[Run], lines: list[str]) -> None:
    assert shown(by_baseline(runs)) == lines


@pytest.mark.parametrize(
    ("small", "lines"),
    [
        # Smaller than six tenths, and more than its own width clear of the line on either side.
        (run("注", 31, size=5.9), ["甲乙注"]),
        (run("注", 36, size=5.9), ["甲乙", "注"]),
        (run("注", 26, size=6.1), ["甲乙注"]),
        (run("注", 96, size=6.1), ["甲乙注"]),
        (run("注", -12, size=5.9), ["甲乙", "注"]),
        # Within its width, but higher than half of it.
        (run("注", 12, 94.5, 5.0), ["注", "甲乙"]),
    ],
)
def test_small_type_that_stands_clear_of_a_line_is_a_line_by_itself(small: Run, lines: list[str]) -> None:
    assert sorted(shown(by_baseline([run("甲乙", 10), small]))) == sorted(lines)


@pytest.mark.parametrize(
    ("figure", "lines"),
    [
        (run("1", 10, 90.0, 6.0), ["甲1乙"]),
        (run("12", 10, 90.0, 4.0), ["甲12乙"]),
        (run("123", 10, 90.0, 3.0), ["123", "甲乙"]),
        # As large as the line, too far above it, and nowhere near a gap of it.
        (run("1", 10, 90.0, 7.5), ["1", "甲乙"]),
        (run("1", 10, 89.0, 6.0), ["1", "甲乙"]),
        (run("1", 12, 90.0, 6.0), ["1", "甲乙"]),
        (run("注", 10, 90.0, 4.0), ["注", "甲乙"]),
    ],
)
def test_a_small_figure_above_a_gap_of_a_line_calls_a_footnote(figure: Run, lines: list[str]) -> None:
    assert shown(by_baseline([run("甲", 0), run("乙", 13), figure])) == lines


@pytest.mark.parametrize(
    ("second", "text", "heavy"),
    [
        # Drawn again on the same spot it is bold.
        (run("甲", 0.3), "甲", True),
        (run("甲", 0.5), "甲", True),
        (run("甲", 0.3, 101.1), "甲", True),
        # Too far beside or below, in another size, or another character.
        (run("甲", 0.6), "甲甲", False),
        (run("甲", 0.3, 101.3), "甲甲", False),
        (run("甲", 0.3, size=10.6), "甲甲", False),
        (run("乙", 0.3), "甲乙", False),
    ],
)
def test_a_character_that_is_drawn_twice_is_there_once(second: Run, text: str, *, heavy: bool) -> None:
    (line,) = by_baseline([run("甲", 0), second])

    assert "".join(each.text for each in line) == text
    assert any(each.face.heavy for each in line) is heavy


@pytest.mark.parametrize(
    ("runs", "text"),
    [
        # A gap of more than two ems is layout.
        ([run("甲", 0), run("乙", 30)], "甲乙"),
        ([run("甲", 0), run("乙", 30.1)], "甲 乙"),
        # In a line that is tight otherwise of more than eight tenths.
        ([run("甲乙丙丁戊", 0), run("己", 58)], "甲乙丙丁戊己"),
        ([run("甲乙丙丁戊", 0), run("己", 58.1)], "甲乙丙丁戊 己"),
        ([run("甲乙丙丁", 0), run("己", 48.1)], "甲乙丙丁己"),
        # Where a space is drawn none is put.
        ([run("甲 ", 0), run("乙", 50)], "甲 乙"),
        ([run("甲", 0), run(" 乙", 50)], "甲 乙"),
        # Of letter-spaced words no gap means more than the others, but one of three times.
        ([run("甲", 0), run("乙", 35), run("丙", 70)], "甲乙丙"),
        ([run("甲", 0), run("乙", 35), run("丙", 70), run("丁", 160)], "甲乙丙 丁"),
        ([run("甲", 0)], "甲"),
    ],
)
def test_a_wide_gap_is_one_space(runs: list[Run], text: str) -> None:
    assert "".join(each.text for each in separated(runs)) == text


@pytest.mark.parametrize(
    ("before", "after", "spaced"),
    [
        ("甲", "乙", True),
        ("ab", "cd", True),
        ("甲", "b", False),
        ("a", "乙", False),
        ("1", "2", False),
        ("a", "1", False),
        ("甲", "。", False),
    ],
)
def test_where_no_spaces_are_drawn_a_small_gap_between_alike_characters_is_one(
    before: str, after: str, *, spaced: bool
) -> None:
    first = run(before, 0)
    for gap, holds in ((1.4, False), (1.6, spaced)):
        line = [first, run(after, first.right + gap)]
        assert shown([separated(line, spaces_known=False)]) == [f"{before}{' ' if holds else ''}{after}"]
        assert shown([separated(line)]) == [before + after]


def rows_of(*runs: Run, grids: Sequence[Grid] = ()) -> list[Row]:
    return page_rows(Page(1, 0.0, 842.0, runs, (), grids), SIZE)


def told(rows: Sequence[Row]) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for row in rows:
        words = "|".join(" ".join(shown(cell)) for cell in row.cells) or "".join(
            each.text for each in row.runs
        )
        found.append((row.furniture or row.kind, words))
    return found


def stamp(text: str, left: float, step: float, top: float = 200.0) -> list[Run]:
    return [run(character, left, top + step * at) for at, character in enumerate(text)]


TEXT = [run("一二三四五六七八九十", 100, 200.0 + 20 * at) for at in range(6)]


@pytest.mark.parametrize(
    ("characters", "is_stamp"),
    [
        # Four or more beside the text, at one distance of less than 2.6 ems.
        (stamp("内部参阅", 50, 20.0), True),
        (stamp("内部参", 50, 20.0), False),
        (stamp("内部参阅", 50, 25.9), True),
        (stamp("内部参阅", 50, 26.1), False),
        ([*stamp("内部参", 50, 20.0), run("阅", 50, 262.0)], False),
        ([*stamp("内部", 50, 20.0), run("参", 53, 240.0), run("阅", 50, 260.0)], False),
        # Two side by side are none.
        ([run("内部", 50, 200.0 + 20 * at) for at in range(4)], False),
    ],
)
def test_characters_one_below_the_other_beside_the_text_are_a_stamp(
    characters: list[Run], *, is_stamp: bool
) -> None:
    found = told(rows_of(*TEXT, *characters))

    assert (("stamp", "".join(each.text for each in characters)) in found) is is_stamp
    assert sum(kind == "text" for kind, _ in found) >= 6
    # Whatever it is taken for, nothing is lost.
    assert sorted("".join(words for _, words in found).replace(" ", "")) == sorted(
        "".join(each.text for each in (*TEXT, *characters))
    )


@pytest.mark.parametrize(
    ("odd", "kind"),
    [
        (run("密", 300, 500.0, turned=True), "stamp"),
        (run("密", 300, 500.0, shade=0.4, turned=True), "watermark"),
        (run("密", 300, 500.0, 19.0, turned=True), "watermark"),
        (run("密", 300, 500.0, 18.0, turned=True), "stamp"),
        (run("密", 300, 500.0, 18.1, shade=0.6), "watermark"),
        (run("密", 300, 500.0, 18.0, shade=0.6), "text"),
        (run("密", 300, 500.0, 18.1, shade=0.59), "text"),
    ],
)
def test_turned_and_pale_type_is_none_of_the_text(odd: Run, kind: str) -> None:
    assert (kind, "密") in told(rows_of(*TEXT, odd))


GRID = Grid(
    (0.0, 0.0, 100.0, 40.0),
    (
        ((0.0, 0.0, 50.0, 20.0), (50.0, 0.0, 100.0, 20.0)),
        ((0.0, 20.0, 100.0, 40.0), None),
    ),
)


def test_the_cells_of_a_table_hold_what_stands_in_them() -> None:
    found = rows_of(
        run("甲", 5, 14),
        run("乙丙", 55, 14),
        run("丁", 5, 34),
        # One run over two cells is parted, and what stands outside is text.
        run("戊", 120, 34),
        run("己", 5, 54),
        grids=[GRID],
    )

    assert [each for each in told(found) if each[0] == "table"] == [("table", "甲|乙丙"), ("table", "丁")]
    assert sorted(words for kind, words in told(found) if kind == "text") == ["己", "戊"]


def test_a_run_over_two_cells_is_parted_between_them() -> None:
    assert told(rows_of(run("甲乙丙丁", 26, 14), grids=[GRID])) == [("table", "甲乙|丙丁")]
    assert told(rows_of(run("甲乙丙丁", 37, 14), grids=[GRID])) == [("table", "甲|乙丙丁")]


def test_a_table_without_words_has_no_rows() -> None:
    assert told(rows_of(run("己", 5, 54), grids=[GRID])) == [("text", "己")]


@pytest.mark.parametrize(
    ("runs", "size"),
    [
        # Word's own sizes: 五号 for the Chinese, 11 points for figures, however many there are.
        (
            [
                run("改", 0, size=10.5),
                run("118", 10, size=11),
                run("个", 30, size=10.5),
                run("89.4%", 40, size=11),
            ],
            10.5,
        ),
        ([run("2026-05", 0, size=11), run("A4", 50, size=9)], 11.0),
        ([run("甲乙", 0, size=16), run("丙", 40, size=22)], 16.0),
        ([], 0.0),
    ],
)
def test_the_size_of_a_line_is_that_of_its_chinese_characters(runs: list[Run], size: float) -> None:
    assert prevailing_size(runs) == size
