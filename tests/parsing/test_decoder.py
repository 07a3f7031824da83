"""Of all readings of a document's blocks the one with the most points is taken, and how sure it is is known."""

from __future__ import annotations

from typing import Any

import pytest

from bulletin_lint.parsing.decoder import DOUBT, decode
from bulletin_lint.parsing.structure import Structure

# A house whose articles are a title, a paragraph and a source; one that leaves its source out costs two points.
DEFINITION: dict[str, Any] = {
    "emit": {},
    "move": {
        "start": {"T": 0},
        "T": {"P": 0},
        "P": {"P": 0, "H": 0, "A": 0, "T": "lost", "end": "lost_end"},
        "H": {"P": 0},
        "A": {"T": 0, "end": 0},
    },
    "house": {
        "signs": {"prior": 0, "lost": -2, "lost_end": -2, "sign": 0},
        "never": {"prior": -1, "lost": 0, "lost_end": 0, "sign": -3},
    },
    "heads": {"one": -1, "more": 0},
    "single": {"lost": -4, "again": -1},
}
MOVES_BEHIND_SOURCES = {**DEFINITION["move"], "A": {"T": 0, "H": 2, "end": 0}}
TEXT = {"P": 0.0}


def decided(*scores: dict[str, float], house: str | None = None, single: bool = False) -> tuple[str, ...]:
    return decode(list(scores), Structure(DEFINITION, house), single=single).labels


def test_an_article_without_its_source_does_not_hide_the_next_title() -> None:
    line = {"T": 3.0, "H": 0.0}

    assert ("T", "P", "T", "P", "A") == decided({"T": 0.0}, TEXT, line, TEXT, {"A": 0.0})


def test_a_line_is_a_sub_heading_where_an_article_without_source_costs_more() -> None:
    # As a title it is half a point better, and costs two for the source that is missing above it; one
    # sub-heading alone costs one.
    line = {"T": 0.5, "H": 0.0}

    assert ("T", "P", "H", "P", "A") == decided({"T": 0.0}, TEXT, line, TEXT, {"A": 0.0})


def test_a_house_that_never_signs_is_found_from_the_issue() -> None:
    line = {"T": 0.5, "H": 0.0}
    found = decode([{"T": 0.0}, TEXT, line, TEXT, line, TEXT], Structure(DEFINITION), single=False)

    # Three articles: -1 + 0.5 + 0.5; a house that signs loses 2 at the end of each or of one long article.
    assert "never" == found.house
    assert ("T", "P", "T", "P", "T", "P") == found.labels
    assert pytest.approx(0.0) == found.totals["never"]


def test_a_pack_may_say_which_house_it_is() -> None:
    line = {"T": 0.5, "H": 0.0}
    blocks = [{"T": 0.0}, TEXT, line, TEXT, line, TEXT]
    found = decode(blocks, Structure(DEFINITION, "signs"), single=False)

    assert "signs" == found.house
    assert ("T", "P", "H", "P", "H", "P") == found.labels


def test_several_sub_headings_cost_nothing_and_one_costs_a_point() -> None:
    one = decode([{"T": 0.0}, TEXT, {"H": 0.0}, TEXT, {"A": 0.0}], Structure(DEFINITION), single=False)
    two = decode(
        [{"T": 0.0}, TEXT, {"H": 0.0}, TEXT, {"H": 0.0}, TEXT, {"A": 0.0}],
        Structure(DEFINITION),
        single=False,
    )

    assert pytest.approx(-1.0) == one.totals["signs"]
    assert pytest.approx(0.0) == two.totals["signs"]


def test_a_document_without_number_is_rather_one_article() -> None:
    line = {"T": 3.0, "H": 0.0}
    blocks = ({"T": 0.0}, TEXT, line, TEXT, {"A": 0.0})

    # The source that is missing above the line costs 2 in an issue, 6 in a single item.
    assert ("T", "P", "T", "P", "A") == decided(*blocks, house="signs")
    assert ("T", "P", "H", "P", "A") == decided(*blocks, house="signs", single=True)


def test_the_margin_is_the_distance_to_the_best_reading_with_another_label() -> None:
    # Title: 2 - 2 for the source above. Sub-heading: -1 for being alone.
    blocks = [{"T": 0.0}, TEXT, {"T": 2.0, "H": 0.0}, TEXT, {"A": 0.0}]
    found = decode(blocks, Structure(DEFINITION, "signs"), single=False)

    (doubt,) = found.doubts
    assert (2, "T", "H") == (doubt.block, doubt.label, doubt.other)
    assert pytest.approx(1.0) == doubt.margin
    assert ("T", "P", "H", "P", "A") == doubt.labels


def test_what_is_certain_is_no_doubt() -> None:
    blocks = [{"T": 0.0}, TEXT, {"T": 1.0 + DOUBT, "H": 0.0}, TEXT, {"A": 0.0}]

    assert () == decode(blocks, Structure(DEFINITION, "signs"), single=False).doubts


def test_where_no_move_is_allowed_the_best_label_is_taken() -> None:
    assert ("T", "A") == decided({"T": 0.0}, {"A": 1.0}, house="signs")


def test_of_equal_readings_that_of_the_first_label_is_taken() -> None:
    # T stands before H: as a title the line costs what it costs as the only sub-heading.
    line = {"T": 1.0, "H": 0.0}

    assert ("T", "P", "T", "P", "A") == decided({"T": 0.0}, TEXT, line, TEXT, {"A": 0.0}, house="signs")


def test_labels_far_behind_the_best_are_left_out() -> None:
    emit = {"H": {"bias": -3.0}, "P": {"bias": -3.1}, "T": {"bias": 1.0, "lead": 2.0}}

    assert {"T": 3.0, "H": -3.0} == Structure({"emit": emit}).likely({"lead": 1.0}, {"H", "P", "T"})


def test_nothing_to_read_has_no_labels() -> None:
    assert () == decided()


def test_of_equal_doubts_the_one_further_up_comes_first() -> None:
    # Each of the two lines may be a sub-heading for one point less.
    line = {"T": 2.0, "H": 0.0}
    blocks = [{"T": 0.0}, TEXT, line, TEXT, {"A": 0.0}, line, TEXT, {"A": 0.0}]
    found = decode(blocks, Structure({**DEFINITION, "move": MOVES_BEHIND_SOURCES}, "signs"), single=False)

    assert [2, 5] == [doubt.block for doubt in found.doubts]
    assert [1.0, 1.0] == pytest.approx([doubt.margin for doubt in found.doubts])
