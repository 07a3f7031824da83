"""How lines are set, compared with the prose and the certain titles of their document."""

from __future__ import annotations

from typing import Any

import pytest

from bulletin_lint.model.reading import Line, Reading
from bulletin_lint.parsing import parse
from bulletin_lint.parsing.blocks import Blocks
from bulletin_lint.parsing.looks import Looks
from hand_made import NoPlaces
from laid_out import grammar

PROSE = "镇机关干部到东山植树，栽下香樟三百株，村民都来帮忙，忙了一整天才下山。"
Setting = dict[str, Any]
INDENTED: Setting = {"indent": 4, "size": 16.0}
TITLE: Setting = {"gap": True, "size": 22.0, "bold": 1.0, "centred": True}


def sheet(*lines: tuple[str, Setting]) -> Blocks:
    """Lines each of which is a block; `bold` is how much of it is."""
    made: list[Line] = []
    start = 0
    for text, setting in lines:
        end = start + len(text)
        bold = ((start, start + round(setting["bold"] * len(text))),) if setting.get("bold") else ()
        made.append(Line(((start, end),), **{**setting, "bold": bold}))
        start = end + 1
    text = "\n".join(text for text, _ in lines)
    reading = Reading("text", text, tuple(made), NoPlaces(), joins_final=True)
    found = Blocks(parse("1.txt", reading, grammar()), grammar())
    assert len(found) == len(lines)
    return found


def looks(
    *lines: tuple[str, Setting], titles: tuple[int, ...] = (1,), others: tuple[int, ...] = (3,)
) -> Looks:
    made = Looks(sheet(*lines), 0, len(lines))
    made.compare_with(titles, sorted((*titles, *others)))
    return made


def five(title: Setting, line: Setting, prose: Setting | None = None) -> Looks:
    """Prose around a certain title and around another line."""
    body = (PROSE, INDENTED if prose is None else prose)
    return looks(body, ("镇里春季植树", title), body, ("村民帮忙浇水", line), body)


def test_a_title_set_off_from_prose_shows_all_that_sets_it_off() -> None:
    made = five(TITLE, INDENTED)

    assert (made.indent, made.gaps) == (4, 0.0)
    assert set(made.facts(1)) == {"gap_above", "gap_alone", "larger", "centred", "bold", "not_indented"}
    assert set(made.facts(3)) == {"unlike", "no_gap", "indent_like_prose"}


@pytest.mark.parametrize(
    ("change", "alike"),
    [
        ({}, True),
        # Six of seven facts agree, or fewer.
        ({"size": 16.0}, True),
        ({"bold": 0.0}, True),
        ({"centred": False}, True),
        ({"gap": False}, True),
        ({"indent": 4}, True),
        ({"size": 16.0, "bold": 0.0}, False),
        ({"size": 22.4}, True),
        ({"size": 22.4, "bold": 0.0}, True),
        ({"indent": 1, "bold": 0.0}, True),
        ({"indent": 2, "bold": 0.0}, False),
    ],
)
def test_a_line_is_set_like_a_title_if_all_but_one_fact_agrees(change: Setting, *, alike: bool) -> None:
    facts = five(TITLE, TITLE | change).facts(3)

    # Where all lines are set as one, that says nothing.
    if not change or change == {"size": 22.4}:
        assert not {"like", "unlike"} & set(facts)
    else:
        assert ("like" in facts, "unlike" in facts) == (alike, not alike)


@pytest.mark.parametrize(
    ("size", "larger"), [(16.0, False), (17.5, False), (17.7, True), (22.0, True), (0.0, False)]
)
def test_a_line_is_larger_by_more_than_a_tenth(size: float, *, larger: bool) -> None:
    assert ("larger" in five(TITLE, INDENTED | {"size": size}).facts(3)) is larger
    # Where the size of the prose is not known nothing is larger.
    unknown = five(TITLE, INDENTED | {"size": size}, {"indent": 4})
    assert "larger" not in unknown.facts(3)


@pytest.mark.parametrize(("share", "bold"), [(0.0, False), (0.5, False), (0.9, True), (1.0, True)])
def test_a_line_is_bold_where_nine_tenths_of_it_are(share: float, *, bold: bool) -> None:
    body = (PROSE, INDENTED)
    made = looks(
        body, ("镇里春季植树", TITLE), body, ("村民帮忙浇水忙一天", INDENTED | {"bold": share}), body
    )
    ten = looks(
        body, ("镇里春季植树", TITLE), body, ("村民帮忙浇水忙了一天", INDENTED | {"bold": share}), body
    )

    assert ("bold" in ten.facts(3)) is bold
    assert ("bold" in made.facts(3)) is (share == 1.0 or (share == 0.9 and round(8.1) / 9 >= 0.9))


@pytest.mark.parametrize(
    ("indent", "facts"),
    [
        (0, {"not_indented"}),
        (2, {"not_indented"}),
        (3, {"indent_like_prose"}),
        (4, {"indent_like_prose"}),
        (5, {"indent_like_prose"}),
        (6, set()),
    ],
)
def test_the_indent_is_compared_with_that_of_prose(indent: int, facts: set[str]) -> None:
    shown = {"indent_like_prose", "not_indented"}

    assert set(five(TITLE, INDENTED | {"indent": indent}).facts(3)) & shown == facts
    # Prose without an indent says nothing of it.
    assert not set(five(TITLE, INDENTED | {"indent": indent}, {"size": 16.0, "indent": 1}).facts(3)) & shown


@pytest.mark.parametrize(
    ("level", "facts"),
    [(0, {"md_none"}), (1, {"md", "md_higher"}), (2, {"md", "md_same"}), (3, {"md", "md_deeper"})],
)
def test_the_level_of_a_heading_is_compared_with_that_of_most_titles(level: int, facts: set[str]) -> None:
    shown = {"md", "md_none", "md_same", "md_deeper", "md_higher", "md_same_above"}
    titled, bare = five(TITLE | {"heading": 2}, {"heading": level}), five(TITLE, {"heading": level})

    assert set(titled.facts(3)) & shown == facts
    # Where titles have no level it is a heading at most.
    assert set(bare.facts(3)) & shown == facts & {"md"}


def test_a_heading_right_below_one_of_its_level_says_so() -> None:
    body = (PROSE, INDENTED)
    made = looks(
        body,
        ("镇里春季植树", {"heading": 2}),
        ("村民帮忙浇水", {"heading": 2}),
        ("不歇", {"heading": 3}),
        body,
        others=(2, 3),
    )

    assert ["md_same_above" in made.facts(index) for index in (1, 2, 3)] == [False, True, False]


@pytest.mark.parametrize(
    ("levels", "facts"), [((2, 2, 0), True), ((2, 0), False), ((2, 0, 0), False), ((2, 2, 3), True)]
)
def test_most_titles_must_have_a_level(levels: tuple[int, ...], *, facts: bool) -> None:
    lines = [(PROSE, INDENTED)]
    for level in levels:
        lines += [("镇里春季植树", {"heading": level}), (PROSE, INDENTED)]
    lines += [("村民帮忙浇水", {"heading": 2}), (PROSE, INDENTED)]
    titles = tuple(range(1, 2 * len(levels), 2))
    made = looks(*lines, titles=titles, others=(len(lines) - 2,))

    assert ("md_same" in made.facts(len(lines) - 2)) is facts


@pytest.mark.parametrize(
    ("gaps", "line", "facts"),
    [
        ((True, True, True), False, {"no_gap", "gap_wanted"}),
        ((True, True, True), True, {"gap_above", "gap_alone"}),
        ((True, True, False), False, {"no_gap"}),
        ((True, True), False, {"no_gap"}),
        ((False, False, False), False, set()),
        ((False, False, False), True, {"gap_above", "gap_alone"}),
    ],
)
def test_a_gap_is_wanted_where_all_titles_have_one(
    gaps: tuple[bool, ...], facts: set[str], *, line: bool
) -> None:
    lines = [(PROSE, INDENTED)]
    for gap in gaps:
        lines += [("镇里春季植树", {"gap": gap}), (PROSE, INDENTED)]
    lines += [("村民帮忙浇水", {"gap": line}), (PROSE, INDENTED)]
    made = looks(*lines, titles=tuple(range(1, 2 * len(gaps), 2)), others=(len(lines) - 2,))
    shown = {"gap_above", "gap_alone", "no_gap", "gap_wanted"}

    assert set(made.facts(len(lines) - 2)) & shown == facts


@pytest.mark.parametrize(
    ("gaps", "share"), [((False, False, False), 0.0), ((True, True, False), 0.5), ((False, True, True), 1.0)]
)
def test_gaps_are_counted_between_paragraphs(gaps: tuple[bool, ...], share: float) -> None:
    """The first paragraph is below none."""
    made = Looks(sheet(*((PROSE, {"gap": gap}) for gap in gaps)), 0, 3)

    assert made.gaps == share


def test_where_paragraphs_are_set_apart_a_gap_says_no_more() -> None:
    body = (PROSE, {"gap": True})
    made = looks(
        body,
        body,
        ("镇里春季植树", {"gap": True}),
        body,
        ("村民帮忙浇水", {}),
        body,
        titles=(2,),
        others=(4,),
    )

    assert made.gaps == 1.0
    assert set(made.facts(2)) == set()
    assert not {"gap_alone", "no_gap", "gap_wanted"} & set(made.facts(4))


def test_a_document_without_prose_has_no_usual_setting() -> None:
    made = looks(("镇里春季植树", {"indent": 8}), ("村民帮忙浇水", {"indent": 8}), titles=(), others=())

    assert (made.indent, made.gaps) == (0, 0.0)
    assert made.facts(0) == ()


@pytest.mark.parametrize(
    ("first", "second", "shared"),
    [
        (("植树造林", {"indent": 8}), ("浇水施肥", {"indent": 8}), True),
        (("植树造林", {"indent": 6}), ("浇水施肥", {"indent": 6}), True),
        (("植树造林", {"indent": 5}), ("浇水施肥", {"indent": 5}), False),
        (("植树造林", {"indent": 8}), ("浇水施肥", {"indent": 5}), False),
        (("植树造林", {"indent": 8}), ("浇水施肥", {"indent": 8, "gap": True}), False),
        # A column of indent more for each character less.
        (("植树造林", {"indent": 8}), ("浇水", {"indent": 10}), True),
        (("植树造林", {"indent": 8}), ("浇水", {"indent": 8}), True),
        # From the same column on.
        (("植树造林", {"indent": 8}), ("浇", {"indent": 8}), True),
        (("植树造林", {"indent": 8}), ("浇", {"indent": 7}), False),
        (("植树造林", {"indent": 8}), ("浇水", {"indent": 13}), False),
        (("植树造林", {"indent": 8}), ("浇水", {"indent": 12}), True),
    ],
)
def test_two_lines_round_one_middle_share_an_axis(
    first: tuple[str, Setting], second: tuple[str, Setting], *, shared: bool
) -> None:
    body: tuple[str, Setting] = (PROSE, {})
    made = Looks(sheet(body, first, second, body), 0, 4)

    assert made.share_axis(1) is shared
    assert not made.share_axis(-1)
    # Prose set in deeply leaves less room.
    deep = Looks(sheet((PROSE, {"indent": 7}), first, second, (PROSE, {"indent": 7})), 0, 4)
    assert deep.share_axis(1) is (shared and min(first[1]["indent"], second[1]["indent"]) >= 9)
