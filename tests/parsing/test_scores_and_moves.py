"""The points that features give to labels, and the moves from label to label of each kind of house."""

from __future__ import annotations

from typing import Any

import pytest

from bulletin_lint.parsing.structure import LABELS, START_STATE, Structure, label_of, state_of

DEFINITION: dict[str, Any] = {
    "emit": {
        "T": {"bias": 1.0, "bold": 2.0, "centred": 0.5},
        "H": {"bold": -1.0, "wide": 0.5},
        "P": {"bias": -4.0},
        "CP": {"caption": 3.0},
    },
    "labels": {"T": {"zh": "标题", "en": "title"}},
    "heads": {"one": -2.0, "more": -1.0},
    "single": {"lost": -0.5, "again": -7.0},
    "house": {
        "signs": {"prior": 0.5, "lost": -3.0, "lost_end": -9.0, "sign": 2.0},
        "never": {"prior": -1.0, "sign": -4.0},
    },
    "move": {
        "start": {"M": 1.0, "end": 0.25},
        "P": {"P": 1.0, "PA": 0.125, "A": 0.5, "T": "lost", "H": 0.25, "K": "lost_k", "end": "lost_end"},
        "A": {"T": 1.0, "end": 2.0},
        "H": {"P": 0.0},
    },
}
STRUCTURE = Structure(DEFINITION)


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        ({}, {"T": 1.0, "H": 0.0, "P": -4.0}),
        ({"bold": 1.0}, {"T": 3.0, "H": -1.0, "P": -4.0}),
        ({"bold": 0.5}, {"T": 2.0, "H": -0.5, "P": -4.0}),
        ({"bold": 1.0, "wide": 1.0, "centred": -1.0}, {"T": 2.5, "H": -0.5, "P": -4.0}),
        # Of another label, or of none.
        ({"caption": 1.0, "tail": 1.0}, {"T": 1.0, "H": 0.0, "P": -4.0}),
    ],
)
def test_a_label_has_its_own_points_and_those_of_the_features(
    facts: dict[str, float], points: dict[str, float]
) -> None:
    assert STRUCTURE.points(facts, ("T", "H", "P")) == points


@pytest.mark.parametrize(("behind", "kept"), [(5.0, True), (6.0, True), (6.25, False), (9.0, False)])
def test_labels_more_than_six_points_behind_the_best_are_left_out(behind: float, *, kept: bool) -> None:
    structure = Structure({"emit": {"H": {"bias": behind}}})

    assert structure.likely({}, ["T", "H"]) == ({"T": 0.0, "H": behind} if kept else {"H": behind})


def test_likely_labels_stand_in_the_order_of_labels_and_a_single_one_has_no_points() -> None:
    assert list(STRUCTURE.likely({}, ["P", "H", "T"])) == ["T", "H", "P"]
    assert STRUCTURE.likely({"bold": 1.0}, ["T"]) == {"T": 0.0}
    # What may be a caption may be one behind the text too.
    assert STRUCTURE.likely({"caption": 1.0}, ["CP", "T"]) == {"T": 1.0, "CP": 3.0, "CPx": 3.0}
    assert "CPx" not in STRUCTURE.likely({}, ["P", "T"])


@pytest.mark.parametrize(
    ("title", "heading", "other", "close"),
    [
        (0.0, 0.0, -9.0, True),
        (4.0, 0.0, -9.0, True),
        (0.0, 4.0, -9.0, True),
        (4.5, 0.0, -9.0, False),
        (0.0, 4.5, -9.0, False),
        # Something else is plainly better.
        (0.0, 0.0, 3.5, True),
        (0.0, 0.0, 4.0, False),
        (0.0, 2.0, 5.5, True),
        (2.0, 0.0, 6.0, False),
    ],
)
def test_title_and_heading_are_close_within_four_points(
    title: float, heading: float, other: float, *, close: bool
) -> None:
    structure = Structure({"emit": {"T": {"bias": title}, "H": {"bias": heading}, "P": {"bias": other}}})

    points, is_close = structure.judged({}, {"T", "H", "P"})
    assert is_close is close
    assert points == structure.likely({}, ["T", "H", "P"])
    # Asked again it says the same.
    assert structure.judged({}, {"T", "H", "P"}) == (points, close)
    for labels in ({"T", "P"}, {"H", "P"}, {"T"}):
        assert not structure.judged({}, labels)[1]


def test_every_label_has_a_state_of_its_own() -> None:
    states = [state_of(label) for label in LABELS]

    assert [label_of(state) for state in states] == [label if label != "H" else "H" for label in LABELS]
    assert len(set(states)) == len(LABELS)
    assert max(states) < START_STATE
    # A sub-heading is the first one of its article.
    assert state_of("H") - 3 * LABELS.index("H") == 1


def moves(label: str, count: int = 0, *, house: int = 0, single: bool = False) -> dict[str, float]:
    state = START_STATE if label == "start" else 3 * LABELS.index(label) + count
    row = STRUCTURE.houses(single=single)[house].moves[state]
    return {to: points for to, (_, points) in row.items()}


def end(label: str, count: int = 0, *, single: bool = False) -> float:
    state = START_STATE if label == "start" else 3 * LABELS.index(label) + count
    return STRUCTURE.houses(single=single)[0].ends[state]


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, {"P": 1.0, "PA": 2.125, "A": 2.5, "T": -3.0, "H": 0.25, "K": 0.0}),
        # What leaves an article of one sub-heading, or of several, pays for that.
        (1, {"P": 1.0, "PA": 0.125, "A": 0.5, "T": -5.0, "H": 0.25, "K": -2.0}),
        (2, {"P": 1.0, "PA": 1.125, "A": 1.5, "T": -4.0, "H": 0.25, "K": -1.0}),
    ],
)
def test_moves_have_the_house_s_points_and_those_of_the_sub_headings(
    count: int, expected: dict[str, float]
) -> None:
    assert moves("P", count) == expected


def test_a_house_that_never_signs_has_moves_of_its_own() -> None:
    assert moves("P", house=1) == {"P": 1.0, "PA": -3.875, "A": -3.5, "T": 0.0, "H": 0.25, "K": 0.0}
    assert [(house.name, house.prior) for house in STRUCTURE.houses(single=False)] == [
        ("signs", 0.5),
        ("never", -1.0),
    ]


def test_a_single_article_loses_its_source_at_another_price() -> None:
    assert moves("P", single=True) == {"P": 1.0, "PA": 2.125, "A": 2.5, "T": -3.5, "H": 0.25, "K": -0.5}
    # Another title behind a source is another article.
    assert (moves("A"), moves("A", single=True)) == ({"T": 1.0}, {"T": -6.0})
    assert (end("P"), end("P", single=True)) == (-9.0, 0.0)


def test_the_end_is_where_it_is_named() -> None:
    assert [end("start"), end("A"), end("A", 2), end("M")] == [0.25, 2.0, 2.0, -6.0]
    assert [end("P", count) for count in range(3)] == [-9.0, -11.0, -10.0]
    assert [end("H", count) for count in range(3)] == [-6.0, -8.0, -7.0]
    assert moves("start") == {"M": 1.0}
    assert moves("M") == {}


def test_sub_headings_are_counted_up_to_two_and_forgotten_outside_the_text() -> None:
    (house, _) = STRUCTURE.houses(single=False)
    paragraph, heading = 3 * LABELS.index("P"), 3 * LABELS.index("H")

    assert [house.moves[paragraph + count]["H"][0] - heading for count in range(3)] == [1, 2, 2]
    assert [house.moves[heading + count]["P"][0] - paragraph for count in range(3)] == [0, 1, 2]
    assert {house.moves[paragraph + count]["A"][0] for count in range(3)} == {state_of("A")}
    assert house.most == 2.5


def test_ways_name_the_labels_that_may_follow_by_their_place() -> None:
    (house, _) = STRUCTURE.houses(single=False)
    found = house.ways(("A", "M", "P"))

    assert found[START_STATE] == ((1, state_of("M"), 1.0),)
    assert found[3 * LABELS.index("P")] == ((0, state_of("A"), 2.5), (2, state_of("P"), 1.0))
    assert house.ways(("A", "M", "P")) is found


@pytest.mark.parametrize(
    ("only", "names"), [(None, ["signs", "never"]), ("never", ["never"]), ("some", ["signs", "never"])]
)
def test_a_house_may_be_told_beforehand(only: str | None, names: list[str]) -> None:
    assert [house.name for house in Structure(DEFINITION, only).houses(single=False)] == names
    assert Structure({}).houses(single=True) == ()
