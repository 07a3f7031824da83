"""A violation that is told once for many places: what it says of some of them, and each by itself."""

from __future__ import annotations

import pytest

from bulletin_lint.model.location import Location, PageBox, Span
from bulletin_lint.model.violation import (
    Edit,
    Fix,
    Occurrence,
    PlacedEdit,
    RelatedPlace,
    Telling,
    Value,
    Violation,
    filled,
)
from bulletin_lint.model.wording import Wording, page_list, same


@pytest.mark.parametrize(
    ("values", "zh", "en"),
    [
        ({"count": 1}, "甲", "a"),
        ({"count": 2}, "甲（全文共 2 处）", "a (2 in the document)"),
        ({"count": 0}, "甲（全文共 0 处）", "a (0 in the document)"),
    ],
)
def test_how_many_there_are_is_said_where_it_is_not_one(values: dict[str, Value], zh: str, en: str) -> None:
    assert filled(Wording("甲{in_all}", "a{in_all}"), values) == (zh, en)


def test_a_message_is_filled_in_its_own_language() -> None:
    message = Wording("应为{right}，第{number}处", "must be {right}, no. {number}")

    assert filled(message, {"right": Wording("句号", "a stop"), "number": 3}) == (
        "应为句号，第3处",
        "must be a stop, no. 3",
    )


def fix_at(line: int) -> Fix:
    return Fix("safe", (PlacedEdit(line, 1, line, 2, "，"),), (Edit(Span(line, line + 1), "，"),))


def place(line: int, *, page: int | None = None, count: int | None = None, fix: bool = True) -> Occurrence:
    boxes = (PageBox(page, (0.0, 0.0, 1.0, 1.0)),) if page is not None else ()
    values: dict[str, Value] = {} if count is None else {"count": count}
    location = Location(line, 1, line, 2, boxes)
    return Occurrence(location, f"p{line}", f"e{line}", f"l{line}", values, fix_at(line) if fix else None)


MESSAGE = Wording("有{count}处", "{count} here")
FIRST, SECOND, THIRD = (place(line, count=line) for line in (1, 2, 3))
RELATED = tuple(RelatedPlace("1.md", line, 1, None, same("here too")) for line in (2, 3))


def told(*places: Occurrence, is_rest: bool = False, message: Wording = MESSAGE) -> Violation:
    telling = Telling(message, places, is_rest)
    return Violation(
        "1.md",
        places[0].location,
        "PUN002",
        "n",
        "error",
        telling.wording(places),
        "p1",
        "e1",
        None,
        RELATED,
        "l1",
        telling=telling,
    )


def test_what_places_count_is_added_up() -> None:
    whole = told(FIRST, SECOND, THIRD)

    assert whole.message == ("有6处", "6 here")
    assert whole.places == (FIRST, SECOND, THIRD)
    # One that says nothing of how many is one.
    assert told(FIRST, place(4)).message == ("有2处", "2 here")


def test_a_violation_of_some_of_its_places_says_what_it_would_of_those_alone() -> None:
    some = told(FIRST, SECOND, THIRD).at([SECOND, THIRD])

    assert some.location == SECOND.location
    assert (some.message.zh, some.part, some.excerpt, some.line_text) == ("有5处", "p2", "e2", "l2")
    assert some.fix == Fix(
        "safe",
        (*fix_at(2).edits, *fix_at(3).edits),
        (*fix_at(2).source_edits, *fix_at(3).source_edits),
    )
    # The place on which it stands now is no other place.
    assert [each.line for each in some.related] == [3]
    assert some.places == (SECOND, THIRD)


def test_a_violation_of_one_of_its_places_is_one_by_itself() -> None:
    one = told(FIRST, SECOND, THIRD).at([THIRD])

    assert one.telling is None
    assert (one.location, one.message.en, one.fix, one.related) == (THIRD.location, "3 here", fix_at(3), ())


def test_a_violation_of_all_its_places_or_of_its_only_one_is_itself() -> None:
    whole = told(FIRST, SECOND)
    single = whole.at([FIRST])

    assert whole.at(whole.places) is whole
    assert single.at(single.places) is single
    assert single.places == (Occurrence(FIRST.location, "p1", "e1", "l1", {}, fix_at(1)),)


def test_places_are_mended_together_or_not_at_all() -> None:
    unmended = place(2, fix=False)

    assert told(FIRST, unmended, THIRD).at([FIRST, unmended]).fix is None
    assert told(FIRST, unmended, THIRD).at([FIRST, THIRD]).fix is not None


def test_what_is_told_together_for_being_too_much_is_mended_each_by_itself() -> None:
    rest = told(FIRST, SECOND, THIRD, is_rest=True)

    assert rest.message == (
        "有1处（同类问题太多，从这里起的 3 处合为一条）",
        "1 here (too many of a kind: the 3 from here on are told as one)",
    )
    assert rest.at([SECOND, THIRD]).fix is None
    apart = rest.separate()
    assert [each.message.en for each in apart] == ["1 here", "2 here", "3 here"]
    assert [each.fix for each in apart] == [fix_at(1), fix_at(2), fix_at(3)]
    # What belongs together stays together.
    together = told(FIRST, SECOND)
    assert together.separate() == (together,)


def test_the_pages_of_all_places_are_told() -> None:
    message = Wording("在{pages}", "on {pages}")
    whole = told(place(1, page=1), place(2, page=3), message=message)

    assert (whole.message.en, whole.at([whole.places[1]]).message.en) == ("on pages 1, 3", "on page 3")


def test_violations_are_read_from_the_top() -> None:
    def at(
        line: int, column: int, end_line: int, end_column: int, *, path: str = "1.md", code: str = "B"
    ) -> Violation:
        where = Location(line, column, end_line, end_column)
        return Violation(path, where, code, "n", "error", same("m"), "", "")

    in_order = [
        at(1, 2, 1, 3),
        at(1, 2, 1, 3, code="C"),
        at(1, 2, 1, 4, code="A"),
        at(1, 2, 2, 1, code="A"),
        at(1, 10, 1, 11, code="A"),
        at(2, 1, 2, 2, code="A"),
        at(10, 1, 10, 2, code="A"),
        at(1, 1, 1, 2, path="2.md"),
    ]
    backwards = in_order[::-1]

    assert sorted(backwards, key=Violation.sort_key) == in_order


@pytest.mark.parametrize(
    ("pages", "zh", "en"),
    [
        ([3], "第3页", "page 3"),
        ([3, 3], "第3页", "page 3"),
        ([4, 3], "第3—4页", "pages 3–4"),
        ([1, 3], "第1、3页", "pages 1, 3"),
        ([5, 1, 2, 3, 7, 8], "第1—3、5、7—8页", "pages 1–3, 5, 7–8"),
    ],
)
def test_pages_are_told_as_ranges(pages: list[int], zh: str, en: str) -> None:
    assert page_list(pages) == (zh, en)
