"""What pages show of their edges, their leading and their size."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_lint.checks.layout.geometry import Geometry, usual_value
from bulletin_lint.model.violation import Match, Outcome
from bulletin_lint.model.wording import page_list
from laid_out import FIRST, FULL, OTHER, PARAGRAPH, POINTS, only, pages, run


def test_geometry_knows_edges_leading_and_size() -> None:
    geometry = Geometry(pages(PARAGRAPH))

    assert geometry.size == 16
    assert geometry.left(1) == pytest.approx(28 * POINTS)
    assert geometry.left(2) == pytest.approx(28 * POINTS)
    # The first line's indent is two characters of 16 pt, 0.42 more than two of 15.79.
    assert geometry.width == pytest.approx(28 * 15.79 + 0.42)
    assert geometry.leading == pytest.approx(29)
    # Lines that are equally long by nature do not show that they were made so.
    assert not geometry.is_justified
    assert [26, 28, 28, 28] == [len(line.text) for line in geometry.full]


def test_a_page_number_does_not_part_a_paragraph() -> None:
    document = pages(
        {"indent": 2.0, "baseline": 250.0, "text": f"{FIRST}\n{FULL}"},
        {"baseline": 271.0, "furniture": "page-number", "text": "— 1 —"},
        {"page": 2, "baseline": 42.0, "joins": True, "text": f"{OTHER}\n册。"},
    )
    geometry = Geometry(document)

    assert [(1, 0), (1, 1), (2, 2), (2, 3)] == [(line.page, line.number) for line in geometry.lines]
    assert ["— 1 —"] == [line.text for line in geometry.furniture]
    assert geometry.goes_on(1)
    assert not geometry.goes_on(2)


def test_facing_pages_have_edges_of_their_own() -> None:
    left = {"measure": "left", "expected": 28.0, "below": 1.0, "above": 1.0, "opposite": 26.0}

    def judged(*edges: float) -> list[Match] | Outcome:
        lines = [{**PARAGRAPH, "page": page, "x": x, "baseline": 42.0} for page, x in enumerate(edges, 1)]
        return run("type-area", pages(*lines), "articles.paragraphs", **left)

    assert [] == judged(28, 26, 28, 26)
    assert [] == judged(28, 28, 28)
    assert "第3页" == getattr(only(judged(28, 26, 26, 26, 28)).values["pages"], "zh", None)
    # The same edge on both sides is no mirrored one.
    assert "第1—3页" == getattr(only(judged(25.5, 25.5, 25.5)).values["pages"], "zh", None)


def test_a_line_drawn_on_both_sides_of_a_pages_end_shows_no_margin() -> None:
    """As Qt does, the second time above the type area, where its window does not show it."""
    document = pages(
        {"indent": 2.0, "baseline": 230.0, "text": f"{FIRST}\n{FULL}\n{OTHER}"},
        {"page": 2, "baseline": 30.0, "joins": True, "text": OTHER},
        {"baseline": 42.0, "joins": True, "text": f"{FULL}\n册。"},
    )
    top = {"measure": "top", "expected": 37.0, "below": 1.0, "above": 5.0}

    assert [] == run("type-area", document, "articles.paragraphs", **top)
    assert [2, 2] == [line.page for line in Geometry(document).lines if line.page == 2]


def test_lines_side_by_side_show_no_edge() -> None:
    """Two columns of 13 characters: the right one does not stand out of the left one's width."""
    left = {"indent": 2.0, "text": f"{FIRST[:11]}\n{FULL[:13]}\n{FULL[:13]}\n{FULL[:13]}\n册。"}
    right = {
        "x": 110.0,
        "baseline": 42.0,
        "indent": 2.0,
        "text": f"{OTHER[:11]}\n{OTHER[:13]}\n{OTHER[:13]}\n话。",
    }
    document = pages(left, right)

    assert {1} == Geometry(document).columned
    assert "cannot-assess" == run("within-type-area", document, tolerance=1.5)
    assert "cannot-assess" == run("first-line-indent", document, characters=2.0, tolerance=0.4)


def test_a_list_that_hangs_does_not_move_the_edge_of_its_page() -> None:
    """One paragraph on the last page whose second line stands two characters in."""
    hanging = {"page": 2, "baseline": 42.0, "text": f"一是{FIRST}"}
    below = {"x": 28 + 32 / POINTS, "joins": True, "text": "册发给新来的志愿者。"}
    document = pages({**PARAGRAPH, "text": PARAGRAPH["text"]}, hanging, below)

    assert Geometry(document).left(2) == pytest.approx(28 * POINTS)
    assert [] == run("within-type-area", document, tolerance=1.5)


def test_one_report_names_the_other_pages_and_no_more_than_ten() -> None:
    narrow = [{**PARAGRAPH, "page": number, "baseline": 42.0} for number in range(1, 16)]
    match = only(run("type-size", pages(*narrow), expected=18.0, below=1.0))

    assert 15 * 5 == match.values["count"]
    assert "pages 1–15" == getattr(match.values["pages"], "en", None)
    assert 10 == len(match.related)


def test_of_ragged_lines_the_longest_shows_the_edge() -> None:
    """Lines that end anywhere: an attribution at the true edge is within the type area."""
    ragged = {**PARAGRAPH, "text": f"{FIRST[:24]}\n{FULL[:25]}\n{FULL[:27]}\n{FULL[:26]}\n册。"}
    source = {"x": 28 + 156 - 8 * 16 / POINTS, "pitch": 16.0, "text": "（松湖区文明办）"}

    assert [] == run("within-type-area", pages(ragged, source), tolerance=1.5)


def test_the_usual_value_is_that_of_the_crowd() -> None:
    assert usual_value([]) is None
    assert usual_value([79.4, 79.5, 79.3, 10.0, 111.0, 111.9]) == 79.4


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=40))
def test_the_usual_value_is_one_of_the_values_in_any_order(values: list[float]) -> None:
    found = usual_value(values)

    assert found in values
    assert found == usual_value(values[::-1])


def test_pages_are_listed_as_people_do() -> None:
    assert ("第2页", "page 2") == page_list([2])
    assert ("第1—3、5、7—8页", "pages 1–3, 5, 7–8") == page_list([8, 5, 1, 2, 3, 7, 1])
