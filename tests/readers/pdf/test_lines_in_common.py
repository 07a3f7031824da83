"""What lines of a PDF have in common, lines beside one another, labels beside their cells, and pages that are not read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from bulletin_lint.model.reading import Line
from bulletin_lint.model.wording import same
from bulletin_lint.readers.pdf.body_layout import BodyLayout, has_words
from bulletin_lint.readers.pdf.labelled import labelled_rows
from bulletin_lint.readers.pdf.page import Face, Page, Row, Run, text_row
from bulletin_lint.readers.pdf.side_by_side import zones_of
from bulletin_lint.readers.pdf.stretches import steps_of
from bulletin_lint.readers.pdf.unread import has_something, is_mostly_turned, unread_pages

SIZE = 10.0
WIDE = "甲乙丙丁戊己庚辛壬癸"


def run(text: str, left: float = 0.0, baseline: float = 100.0, size: float = SIZE, **look: Any) -> Run:
    """Chinese characters are one em wide, others half."""
    lefts, right = [], left
    for character in text:
        lefts.append(right)
        right += size / 2 if character < "\u0300" else size
    return Run(text, lefts, right, baseline, Face("SimSun", size, width=size)._replace(**look))


def page(*runs: Run, **fields: Any) -> Page:
    return Page(1, 600.0, 800.0, runs)._replace(**fields)


def row(text: str, left: float, baseline: float, number: int = 1, **look: Any) -> Row:
    return text_row(number, [run(text, left, baseline, **look)])


# --- the body ------------------------------------------------------------------------------------------


def laid(*rows: Row, pages: int = 1) -> BodyLayout:
    return BodyLayout([Page(number, 600.0, 800.0, ()) for number in range(1, pages + 1)], rows, SIZE)


def prose(
    left: float = 100.0, count: int = 4, top: float = 100.0, step: float = 15.0, number: int = 1
) -> list[Row]:
    return [row(WIDE * 2, left, top + at * step, number) for at in range(count)]


def test_the_edges_are_those_that_most_lines_keep_to() -> None:
    rows = [*prose(), row("甲", 95.0, 300.0), row("甲", 120.0, 315.0)]
    layout = laid(*rows)

    assert (layout.left, layout.right) == ({1: 100.0}, {1: 300.0})
    assert [each.indent for each in rows] == [0.0] * 4 + [-0.5, 2.0]
    assert layout.edges(rows[0]) == (100.0, 300.0)
    rows[0].column = (1.0, 2.0)
    assert layout.edges(rows[0]) == (1.0, 2.0)


def test_lines_in_by_two_characters_count_for_the_edge() -> None:
    rows = [
        row("甲", 120.0, 100.0),
        row("甲", 120.0, 115.0),
        row("甲", 100.0, 130.0),
        row("甲", 200.0, 145.0),
        row("甲", 200.0, 160.0),
    ]

    assert laid(*rows).left == {1: 100.0}


def test_facing_pages_have_edges_of_their_own_and_short_ones_that_of_the_others() -> None:
    layout = laid(
        *prose(), *prose(130.0, number=2), row("甲乙", 150.0, 100.0, 3), row("甲乙", 150.0, 115.0, 3), pages=3
    )

    assert layout.left == {1: 100.0, 2: 130.0, 3: 100.0}
    assert layout.right == {1: 300.0, 2: 330.0, 3: 300.0}


def test_a_mark_that_hangs_over_the_edge_makes_no_edge() -> None:
    hanging = row(WIDE * 2 + "，", 100.0, 200.0)

    assert laid(*prose(), hanging).right == {1: 300.0}
    # Where lines do not reach as far, all count.
    assert laid(*prose(count=2), hanging).right == {1: 310.0}


@pytest.mark.parametrize(
    ("indents", "count", "expected"),
    [
        ([20.0, 20.0], 24, True),
        ([20.0], 10, False),
        ([20.0, 20.0], 25, False),
        ([15.0, 26.0], 10, True),
        ([14.0, 27.0], 10, False),
    ],
)
def test_paragraphs_begin_with_an_indent_where_enough_do(
    indents: list[float], count: int, *, expected: bool
) -> None:
    rows = [row(WIDE, 100.0 + indent, 100.0 + 15 * at) for at, indent in enumerate(indents)]
    rows += [row(WIDE, 100.0, 200.0 + 15 * at) for at in range(count - len(indents))]

    assert laid(*rows).indents is expected


@pytest.mark.parametrize(
    ("steps", "leading", "apart"),
    [
        ([15.0] * 8, 15.0, 21.0),
        ([15.0] * 6 + [18.0] * 2, 15.0, 16.8),
        ([15.0] * 6 + [17.0] * 2, 15.0, 21.0),
        ([15.0] * 6 + [24.0] * 2, 15.0, 21.0),
        ([], 15.0, 21.0),
        ([31.0] * 3, 15.0, 21.0),
    ],
)
def test_how_far_lines_stand_apart(steps: list[float], leading: float, apart: float) -> None:
    baselines = [100.0]
    for step in steps:
        baselines.append(baselines[-1] + step)
    layout = laid(*(row(WIDE, 100.0, baseline) for baseline in baselines))

    assert layout.leading == leading
    assert layout.apart == pytest.approx(apart)


def test_paragraphs_are_set_apart_by_distance_where_enough_are() -> None:
    for wide, spaced in ((1, True), (0, False)):
        baselines = [100.0 + 15 * at for at in range(10)]
        rows = [row(WIDE, 100.0, baseline) for baseline in baselines] + [row(WIDE, 100.0, 260.0)] * wide
        assert laid(*rows).spaced is spaced


@pytest.mark.parametrize(
    ("text", "left", "size", "centred"),
    [
        ("甲乙", 190.0, 10.0, True),
        ("甲乙", 197.4, 10.0, True),
        ("甲乙", 198.0, 10.0, False),
        (WIDE + "甲乙丙丁戊己庚辛", 110.0, 10.0, True),
        (WIDE + "甲乙丙丁戊己庚辛壬", 105.0, 10.0, False),
        (WIDE * 2, 100.0, 10.0, False),
        (WIDE, 100.0, 20.0, True),
        # In the middle of the page.
        ("甲乙", 290.0, 10.0, False),
        (WIDE, 120.0, 10.0, False),
    ],
)
def test_a_line_is_centred_clear_of_both_edges(text: str, left: float, size: float, *, centred: bool) -> None:
    each = row(text, left, 300.0, size=size)
    laid(*prose(), each)

    assert each.centred is centred


@pytest.mark.parametrize(
    ("font", "body", "is_bold"),
    [
        ("SimHei", "SimSun", True),
        ("黑体", "SimSun", True),
        ("Arial-Bold", "SimSun", True),
        ("SourceHanSans-Heavy", "SimSun", True),
        ("X-Black", "SimSun", True),
        ("X-DemiBold", "SimSun", True),
        ("FangSong", "SimSun", False),
        # Beside black type, black type is nothing special.
        ("SimHei", "Microsoft YaHei", False),
        ("Arial-Bold", "Microsoft YaHei", True),
        ("SimSun", "SimHei", False),
    ],
)
def test_words_stand_out_in_bold_or_black_type(font: str, body: str, *, is_bold: bool) -> None:
    rows = [text_row(1, [run(WIDE * 2, 100.0, 100.0 + 15 * at, font=body)]) for at in range(3)]
    whole = text_row(1, [run("甲乙", 100.0, 200.0, font=font)])
    part = text_row(
        1,
        [
            run("甲乙", 100.0, 215.0, font=font),
            run("。", 120.0, 215.0, font=body),
            run("丙", 130.0, 215.0, font=body),
        ],
    )
    layout = laid(*rows, whole, part)

    assert layout.is_bold(Face(font, SIZE)) is is_bold
    assert layout.is_bold(Face(body, SIZE, heavy=True))
    assert (whole.bold, whole.has_bold, part.bold, part.has_bold) == (is_bold, is_bold, False, is_bold)


@pytest.mark.parametrize(
    ("text", "expected"), [("甲", True), ("。a", True), ("。", False), ("——", False), ("1", True)]
)
def test_words_have_a_letter_or_a_figure(text: str, *, expected: bool) -> None:
    assert has_words(text) is expected


# --- beside one another --------------------------------------------------------------------------------


def shifted(
    left: Sequence[float], right: Sequence[float], start: float = 300.0, text: str = WIDE
) -> list[Run]:
    return [*(run(text, 50.0, at) for at in left), *(run(text, start, at) for at in right)]


def zones(*runs: Run) -> list[tuple[float, float, float | None]]:
    made = page(*runs)
    return [
        (round(zone.top, 1), round(zone.bottom, 1), zone.gutter)
        for zone in zones_of(made, SIZE, steps_of(runs))
    ]


EVEN = [100.0, 115.0, 130.0, 145.0]


def test_even_lines_at_other_heights_are_columns() -> None:
    assert zones(*shifted(EVEN, [at + 7 for at in EVEN])) == [(91.1, 153.3, 300.0)]
    # Lines that share their baselines, or that are too few.
    assert zones(*shifted(EVEN, EVEN)) == []
    assert zones(*shifted(EVEN, [at + 1.9 for at in EVEN])) == []
    assert zones(*shifted(EVEN[:2], [at + 7 for at in EVEN[:2]])) == []
    # No room between, or nothing but figures.
    assert zones(*shifted(EVEN, [at + 7 for at in EVEN], 154.0)) == []
    assert zones(*shifted(EVEN, [at + 7 for at in EVEN], text="甲")) == []


def test_lines_that_do_not_follow_evenly_are_in_no_order() -> None:
    ((_, _, gutter),) = zones(*shifted(EVEN, [107.0, 113.0, 137.0, 141.0]))

    assert gutter is None


def test_what_crosses_the_gutter_leaves_no_columns() -> None:
    ((_, _, gutter),) = zones(*shifted(EVEN, [at + 7 for at in EVEN]), run(WIDE * 3, 100.0, 123.0))

    assert gutter is None


def test_lines_of_one_column_go_on_above_and_below() -> None:
    more = [run(WIDE, 300.0, at) for at in (92.0, 167.0, 182.0)]

    assert zones(*shifted(EVEN, [at + 7 for at in EVEN]), *more) == [(83.1, 183.3, 300.0)]


# --- labels beside cells -------------------------------------------------------------------------------


def labelled(*runs: Run) -> list[list[str]]:
    found = labelled_rows(page(*runs), SIZE, steps_of(runs))
    return [["".join(each.text for each in cell) for cell in row_.cells] for row_ in found]


def test_a_label_at_the_middle_of_its_lines_makes_a_row() -> None:
    cells = [run(WIDE, 200.0, at) for at in (100.0, 115.0, 130.0, 145.0)]
    labels = [run("甲", 50.0, 107.5), run("乙", 50.0, 137.5)]

    assert labelled(*labels, *cells) == [["甲", WIDE * 2], ["乙", WIDE * 2]]
    # Labels that stand beside a line are those of a table that is read as it stands.
    assert labelled(*(run("甲", 50.0, each.baseline) for each in cells), *cells) == []
    assert labelled(*cells) == []
    assert labelled(run("甲", 50.0, 107.5), *cells) == []


def test_a_label_that_misses_the_middle_makes_none() -> None:
    cells = [run(WIDE, 200.0, at) for at in (100.0, 115.0, 130.0, 145.0)]

    assert labelled(run("甲", 50.0, 105.6), run("乙", 50.0, 135.6), *cells) != []
    assert labelled(run("甲", 50.0, 104.5), run("乙", 50.0, 134.5), *cells) == []


# --- pages that are not read ---------------------------------------------------------------------------


def why(*runs: Run, **fields: Any) -> str | None:
    found = unread_pages([page(*runs, **fields)], {})
    return found[0].why.en if found else None


@pytest.mark.parametrize(
    ("turned", "level", "said"),
    [
        (9, 0, None),
        (10, 0, "its text runs in another direction"),
        (10, 10, None),
        (11, 10, "its text runs in another direction"),
        (59, 100, None),
        (60, 100, "a part of its text runs in another direction"),
    ],
)
def test_turned_text_is_told_where_it_is_much(turned: int, level: int, said: str | None) -> None:
    runs = [run("甲" * turned, turned=True), *([run("乙" * level)] if level else [])]
    found = why(*runs)

    assert (found is None) is (said is None)
    assert found is None or found.startswith(str(said))
    assert is_mostly_turned(page(*runs)) is (turned >= 10 and turned > level)


@pytest.mark.parametrize("look", [{"shade": 0.6}, {"size": 19.0}])
def test_watermarks_are_no_turned_text(look: dict[str, Any]) -> None:
    runs = [run("甲" * 20, turned=True, **look), *(run("乙", 0.0, 200.0 + at) for at in range(5))]

    assert why(*runs) is None


@pytest.mark.parametrize(
    ("count", "level", "is_told"),
    [(11, 0, True), (10, 0, False), (12, 22, False), (61, 300, True), (60, 300, False)],
)
def test_characters_one_below_the_other_are_vertical(count: int, level: int, *, is_told: bool) -> None:
    stacked = [run("甲", 500.0, 100.0 + 12 * at) for at in range(count)]
    found = why(*stacked, *([run("乙" * level, 0.0, 50.0)] if level else []))

    assert (found is not None and "from above to below" in found) is is_told


@pytest.mark.parametrize("step", [7.9, 17.1])
def test_characters_too_near_or_far_are_not_vertical(step: float) -> None:
    assert why(*(run("甲", 500.0, 100.0 + step * at) for at in range(30))) is None


def test_why_a_page_was_not_read_is_said_in_the_order_of_weight() -> None:
    whole = page(run("甲"), notes="lost")
    lines = [Line(((0, 1),), kind="furniture", furniture="unordered", page=1)]

    assert [each.why.en for each in unread_pages([whole], {1: same("x")}, lines)] == ["x"]
    assert unread_pages([whole], {2: same("x")}, lines)[0].why.en.startswith("lines stand beside one another")
    assert unread_pages([whole], {})[0].why.en.startswith("words that were put over it")
    assert unread_pages([page(run("甲"), notes="read")], {}) == ()
    assert unread_pages([page(instead="picture")], {})[0].why.en.startswith("it is a picture without text")
    assert unread_pages([page(instead="drawing")], {})[0].why.en.startswith("it is a drawing without text")
    assert unread_pages([page(run("甲"))], {}) == ()


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", False),
        (b"q 1 0 0 1 0 0 cm Q", False),
        (b"BT /F 12 Tf ET", False),
        (b"BT (x) Tj ET", True),
        (b"BT ( ) Tj <> Tj [ ] TJ ET", False),
        (b"0 0 10 10 re f", True),
        (b"0 0 10 10 re n", False),
        (b"/Im Do", True),
        (b"% Do\nq Q", False),
        (b"garbage", True),
        (b"-1.5 +.5 3. w", False),
        (b"(a (Do) \\) b) n", False),
        (b"/Do gs", False),
    ],
)
def test_a_page_that_shows_nothing_may_hold_something(content: bytes, *, expected: bool) -> None:
    assert has_something(content) is expected
