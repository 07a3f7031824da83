"""What a layout of an example becomes, character by character, and what keeps it from being set."""

from __future__ import annotations

from typing import Any

import pytest

from bulletin_lint.config.diagnostics import Diagnostics
from bulletin_lint.config.shapes import Scope, read_record
from bulletin_lint.config.yaml import parse_yaml
from bulletin_lint.model.errors import DefinitionError
from bulletin_lint.model.reading import Reading
from bulletin_lint.rulebook.example_layout import POINTS, refuse_misset, shown, typeset
from bulletin_lint.rulebook.schema import LAYOUT

FIRST = "{x: 28, baseline: 42, size: 16, text: 甲}"


def read(text: str) -> tuple[dict[str, Any], list[str]]:
    """A layout as the loader reads it, and what it says is wrong."""
    mistakes = Diagnostics()
    node = parse_yaml("a.yaml", text.encode(), mistakes)
    assert node is not None
    found = read_record(node, LAYOUT, Scope(mistakes))
    refuse_misset(node, found, mistakes)
    try:
        mistakes.raise_any()
    except DefinitionError as error:
        return found, error.describe("en").splitlines()
    return found, []


def set_up(*lines: str, more: str = "") -> Reading:
    layout, wrong = read("lines:\n" + "".join(f"  - {line}\n" for line in lines) + more)
    assert wrong == []
    return typeset(layout)


def wrong(*lines: str) -> list[str]:
    return read("lines:\n" + "".join(f"  - {line}\n" for line in lines))[1]


@pytest.mark.parametrize(
    ("name", "value", "is_right"),
    [
        *[("page", value, right) for value, right in ((1, True), (999, True), (0, False), (1000, False))],
        *[("repeat", value, right) for value, right in ((1, True), (999, True), (0, False), (1000, False))],
        *[("size", value, right) for value, right in ((1, True), (999, True), (0.9, False), (999.5, False))],
        *[("pitch", value, right) for value, right in ((1, True), (999, True), (0.5, False), (1000, False))],
        *[("x", value, right) for value, right in ((0, True), (9999, True), (9999.5, False))],
    ],
)
def test_each_number_has_its_bounds(name: str, value: float, *, is_right: bool) -> None:
    given = {"x": 28, "baseline": 42, "size": 16, name: value}
    said = wrong("{" + ", ".join(f"{key}: {each}" for key, each in given.items()) + ", text: 甲}")
    bounds = "0 and 9999" if name == "x" else "1 and 999"

    assert [each.split(": ", 1)[1] for each in said] == (
        [] if is_right else [f"'{name}' must lie between {bounds}"]
    )


def test_what_is_out_of_bounds_is_told_at_its_place() -> None:
    assert wrong(FIRST, "{baseline: 50, size: 1000, text: 乙}") == [
        "a.yaml:3:26: 'size' must lie between 1 and 999"
    ]


@pytest.mark.parametrize("name", ["x", "baseline", "size"])
def test_the_first_line_says_where_it_stands(name: str) -> None:
    places = {"x": 28, "baseline": 42, "size": 16}
    del places[name]
    line = "{" + ", ".join(f"{key}: {each}" for key, each in places.items()) + ", text: 甲}"
    assert wrong(line) == [f"a.yaml:2:5: '{name}' is missing in the first line"]
    # What the first line has said need not be said again.
    assert wrong(FIRST, "{baseline: 50, text: 乙}") == []


@pytest.mark.parametrize("lines", ["lines: []", "lines: [ ]"])
def test_without_lines_there_is_nothing_to_set(lines: str) -> None:
    assert read(lines)[1] == ["a.yaml:1:8: there is no line in the layout"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        # The next line needs a place, unless a leading gives one.
        (("{leading: 29, x: 28, baseline: 42, size: 16, text: 甲}", "{text: 乙}"), []),
        ((FIRST, "{leading: 29, text: 乙}", "{text: 丙}"), []),
        ((FIRST, "{text: 乙}"), ["3:5"]),
        ((FIRST, "{text: 乙}", "{leading: 29, text: 丙}"), ["3:5"]),
        # A new page needs one whatever the leading.
        ((FIRST, "{leading: 29, page: 2, text: 乙}"), ["3:5"]),
        ((FIRST, "{leading: 29, page: 2, baseline: 42, text: 乙}", "{text: 丙}"), []),
        ((FIRST, "{leading: 29, page: 1, text: 乙}"), []),
    ],
)
def test_every_line_has_a_place(lines: tuple[str, ...], said: list[str]) -> None:
    message = "'baseline' is missing: a new page, or lines without 'leading', need one"
    assert wrong(*lines) == [f"a.yaml:{place}: {message}" for place in said]


@pytest.mark.parametrize(
    ("pages", "said"),
    [
        ((1, 2, 2, 3), []),
        ((2, 1), ["3:12: the page goes back: the lines before are on page 2 already"]),
        # The furthest page counts, and each line that goes back is told.
        (
            (3, 2, 1),
            [
                "3:12: the page goes back: the lines before are on page 3 already",
                "4:12: the page goes back: the lines before are on page 3 already",
            ],
        ),
    ],
)
def test_pages_do_not_go_back(pages: tuple[int, ...], said: list[str]) -> None:
    lines = [f"{{page: {page}, x: 28, baseline: 42, size: 16, text: 甲}}" for page in pages]
    assert wrong(*lines) == [f"a.yaml:{each}" for each in said]


@pytest.mark.parametrize(
    ("character", "width"),
    [
        *[(each, 16) for each in "甲，“”‘’…—·\u2e80\uff01"],
        *[(each, 8) for each in "a1 -\u2e7f¥"],
    ],
)
def test_how_wide_a_character_is(character: str, width: float) -> None:
    (line,) = set_up(f'{{x: 0, baseline: 42, size: 16, text: "甲{character}乙"}}').lines
    assert line.box is not None
    assert line.box[2] == pytest.approx(32 + width)


def test_only_wide_characters_keep_to_the_pitch() -> None:
    (line,) = set_up("{x: 0, baseline: 42, size: 16, pitch: 15, text: 甲a乙}").lines
    assert line.box is not None
    assert line.box[2] == pytest.approx(15 + 8 + 15)


@pytest.mark.parametrize(
    ("second", "gap"),
    [
        ("{baseline: 50, text: 乙}", False),
        # One and a half of the larger of size and leading: 16 pt, or 8.47 mm.
        ("{baseline: 50.4, text: 乙}", False),
        ("{baseline: 50.5, text: 乙}", True),
        ("{baseline: 57.3, leading: 29, text: 乙}", False),
        ("{baseline: 57.4, leading: 29, text: 乙}", True),
        ("{baseline: 42, page: 2, text: 乙}", True),
        ("{baseline: 30, text: 乙}", False),
    ],
)
def test_which_lines_stand_apart(second: str, *, gap: bool) -> None:
    # Nothing stands before the first.
    assert [line.gap for line in set_up(FIRST, second).lines] == [False, gap]


def test_of_lines_of_a_paragraph_only_the_first_is_indented() -> None:
    reading = set_up(
        '{x: 28, baseline: 42, size: 16, leading: 29, indent: 2, text: "甲\\n乙"}',
        "{x: 28, text: 丙}",
        "{x: 30, indent: 1.5, text: 丁}",
        "{x: 26, text: 戊}",
    )
    # From 26 mm, which is where the leftmost line begins: 2 mm are 5.67 pt, in half characters of 8 pt.
    assert [line.indent for line in reading.lines] == [5, 1, 1, 4, 0]
    assert [line.joins for line in reading.lines] == [False, True, False, False, False]
    assert [line.box[0] for line in reading.lines if line.box] == pytest.approx(
        [28 * POINTS + 32, 28 * POINTS, 28 * POINTS, 30 * POINTS + 24, 26 * POINTS]
    )


def test_furniture_is_of_its_own_kind_and_joins_nothing() -> None:
    reading = set_up(FIRST, "{baseline: 280, joins: true, furniture: page-number, text: — 1 —}")
    text, number = reading.lines

    assert (text.kind, text.furniture, number.kind, number.furniture) == (
        "text",
        "",
        "furniture",
        "page-number",
    )
    assert not number.joins
    assert not number.centred


def test_a_line_of_spaces_is_not_set_but_takes_its_height() -> None:
    reading = set_up('{x: 28, baseline: 42, size: 16, leading: 36, text: "甲\\n  \\n乙\\n"}')

    assert reading.text == "甲\n乙\n"
    assert [line.baseline for line in reading.lines] == pytest.approx([42 * POINTS, 42 * POINTS + 72])
    assert [line.pieces for line in reading.lines] == [((0, 1),), ((2, 3),)]


@pytest.mark.parametrize(
    ("x", "centred"),
    [
        # Two characters of 16 pt in a width of 100 mm, or 283.46 pt: in the middle they begin at 44.36 mm.
        (44.36, True),
        (44.36 + 4.2, True),
        (44.36 + 4.3, False),
        (44.36 - 4.2, True),
        (44.36 - 4.3, False),
    ],
)
def test_a_centred_line_is_less_than_three_quarters_of_a_character_off(x: float, *, centred: bool) -> None:
    reading = set_up(
        "{x: 20, baseline: 20, size: 16, text: 甲}",
        f"{{x: {x}, baseline: 42, text: 甲乙}}",
        more="pages: [100x200]\n",
    )
    assert [line.centred for line in reading.lines] == [False, centred]


@pytest.mark.parametrize(("x", "centred"), [(38.6, True), (38.8, False)])
def test_what_begins_at_the_edge_is_not_centred(x: float, *, centred: bool) -> None:
    # The edge is where the leftmost line begins; a centred one begins at least its size further in.
    reading = set_up(
        f"{{x: {x}, baseline: 20, size: 16, text: 甲}}",
        "{x: 44.3, baseline: 42, text: 甲乙}",
        more="pages: [100x200]\n",
    )
    assert reading.lines[1].centred is centred


@pytest.mark.parametrize(
    ("pages", "last", "expected"),
    [
        ("[100x200]", 1, [(100, 200)]),
        ("[100x200, 50x60.5]", 1, [(100, 200), (50, 60.5)]),
        ("[100x200, 50x60.5]", 3, [(100, 200), (50, 60.5), (50, 60.5)]),
        ("[100x200]", 2, [(100, 200), (100, 200)]),
    ],
)
def test_there_are_as_many_pages_as_sizes_or_more(
    pages: str, last: int, expected: list[tuple[float, float]]
) -> None:
    reading = set_up(FIRST, f"{{page: {last}, baseline: 60, text: 乙}}", more=f"pages: {pages}\n")

    assert [page.number for page in reading.layouts] == list(range(1, len(expected) + 1))
    assert reading.pages == len(expected)
    for page, (width, height) in zip(reading.layouts, expected, strict=True):
        assert (page.width, page.height) == pytest.approx((width * POINTS, height * POINTS))


@pytest.mark.parametrize(("more", "recognised"), [("", None), ("recognised: true\n", 1)])
def test_a_reading_of_a_layout_is_that_of_a_pdf(more: str, recognised: int | None) -> None:
    reading = set_up(FIRST, more=more)

    assert reading.kind == "pdf"
    assert reading.recognised == recognised
    assert reading.joins_known
    assert reading.lines_are == "document"
    assert reading.places.line_text(1) == ""


@pytest.mark.parametrize(
    ("start", "end", "boxes"),
    [
        # 甲乙 on the first line, 丙 on the second; behind each stands a line end that is not drawn.
        (0, 1, [(0, 16)]),
        (0, 2, [(0, 32)]),
        (1, 2, [(16, 32)]),
        (1, 1, [(16, 32)]),
        (2, 2, [(32, 32)]),
        (1, 4, [(16, 32), (0, 16)]),
        (3, 5, [(0, 16)]),
        (0, 5, [(0, 32), (0, 16)]),
    ],
)
def test_a_stretch_of_text_has_a_box_in_each_line(
    start: int, end: int, boxes: list[tuple[float, float]]
) -> None:
    reading = set_up('{x: 0, baseline: 42, size: 16, leading: 29, text: "甲乙\\n丙"}')
    found = reading.places.locate(start, end).boxes

    assert [box.page for box in found] == [1] * len(boxes)
    for box, (left, right) in zip(found, boxes, strict=True):
        assert (box.box[0], box.box[2]) == pytest.approx((left, right))
    first = 42 * POINTS + (29 if start == 3 else 0)
    assert (found[0].box[1], found[0].box[3]) == pytest.approx((first - 0.88 * 16, first + 0.12 * 16))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (FIRST, "p1 28,42 mm 16 pt: 甲"),
        (
            "{x: 28.5, baseline: 42.25, size: 10.5, font: SimHei, text: 甲}",
            "p1 28.5,42.25 mm 10.5 pt SimHei: 甲",
        ),
        ("{page: 3, x: 1, baseline: 2, size: 3, repeat: 1, text: 甲}", "p3 1,2 mm 3 pt: 甲"),
        ("{x: 1, baseline: 2, size: 3, repeat: 2, text: 甲}", "p1 1,2 mm 3 pt ×2: 甲"),
        ('{x: 1, baseline: 2, size: 3, repeat: 3, text: "甲\\n乙\\n"}', "p1 1,2 mm 3 pt ×6: 甲"),
    ],
)
def test_a_line_is_shown_with_its_place_and_size(line: str, said: str) -> None:
    assert list(shown(read(f"lines: [{line}]")[0])) == [said]


def test_a_line_without_a_place_of_its_own_is_shown_where_it_follows() -> None:
    layout, _ = read(f"lines: [{FIRST}, {{leading: 29, text: 乙}}, {{size: 12, font: KaiTi, text: 丙}}]")
    assert list(shown(layout)) == ["p1 28,42 mm 16 pt: 甲", "p1 28 mm 16 pt: 乙", "p1 28 mm 12 pt KaiTi: 丙"]
