"""What a violation is known by: its words with what stands beside them, and which of several alike it is."""

from __future__ import annotations

from hashlib import sha256

import pytest

from bulletin_lint.model.fingerprint import fingerprinted, fingerprints, fingerprints_of_places, squeezed
from bulletin_lint.model.location import Location
from bulletin_lint.model.report import FileResult, Report
from bulletin_lint.model.violation import Occurrence, Telling, Violation
from bulletin_lint.model.wording import same

LINE = "会议指出，要抓好春耕。"


def violation(
    start: int,
    end: int,
    *,
    line: int = 1,
    end_line: int | None = None,
    text: str = LINE,
    code: str = "PUN002",
    path: str = "1.md",
) -> Violation:
    """One on the characters from `start` to `end` of a line, counted from 0."""
    where = Location(line, start + 1, line if end_line is None else end_line, end + 1)
    return Violation(path, where, code, "n", "error", same("m"), "", text, line_text=text)


def mark(content: str) -> str:
    """As it is documented: the first sixteen figures of the hash."""
    return sha256(content.encode()).hexdigest()[:16]


@pytest.mark.parametrize(
    ("start", "end", "content"),
    [
        (4, 5, "会议指出\t，\t要抓好春耕。"),
        # At the line's beginning and end there is nothing beside it.
        (0, 2, "\t会议\t指出，要抓好春耕。"),
        (10, 11, "会议指出，要抓好春耕\t。\t"),
        (0, 11, "\t会议指出，要抓好春耕。\t"),
        # A place between two characters.
        (5, 5, "会议指出，\t\t要抓好春耕。"),
    ],
)
def test_the_words_and_what_stands_on_either_side_are_in_it(start: int, end: int, content: str) -> None:
    assert fingerprints([violation(start, end)]) == [mark(content)]


def test_words_that_go_on_in_another_line_count_to_the_end_of_the_first() -> None:
    # Its last column is one of the other line.
    assert fingerprints([violation(8, 2, end_line=2)]) == [mark("会议指出，要抓好\t春耕。\t")]


def test_white_space_counts_nowhere() -> None:
    spaced = violation(4, 8, text="会 议\u3000指出 要\t抓")

    assert fingerprints([spaced]) == [mark("会议\t指出要\t抓")]
    assert squeezed(" 会\u3000议\t指\n出 ") == "会议指出"


def test_of_several_alike_the_second_and_the_third_are_counted_in_the_order_of_their_places() -> None:
    first, second, third = (violation(4, 5, line=line) for line in (2, 9, 10))
    whole = "会议指出\t，\t要抓好春耕。"
    one, two, three = mark(whole), mark(f"{whole}\n2"), mark(f"{whole}\n3")

    assert fingerprints([first, second, third]) == [one, two, three]
    # The answers stand in the order of the questions.
    assert fingerprints([third, first, second]) == [three, one, two]


def test_another_rule_on_the_same_words_counts_by_itself() -> None:
    found = fingerprints([violation(4, 5), violation(4, 5, code="PUN003"), violation(4, 5, line=2)])

    assert found[0] == found[1] != found[2]


def test_a_violation_is_known_by_its_first_place_and_each_place_by_its_own() -> None:
    places = tuple(
        Occurrence(Location(line, 5, line, 6), "", "", text)
        for line, text in ((3, LINE), (5, "立夏，小满"), (7, LINE))
    )
    told = violation(4, 5, line=3)._replace(telling=Telling(same("m"), places))
    whole = "会议指出\t，\t要抓好春耕。"
    # Column 5 of the second line is 满.
    marks = [mark(whole), mark("立夏，小\t满\t"), mark(f"{whole}\n2")]

    assert fingerprints_of_places([told]) == [marks]
    assert fingerprints([told]) == marks[:1]


def test_where_there_is_no_violation_there_is_no_fingerprint() -> None:
    assert fingerprints([]) == []
    assert fingerprints_of_places([]) == []


def test_a_name_that_is_not_text_has_a_fingerprint_too() -> None:
    (found,) = fingerprints([violation(0, 1, text="\udcff乙")])

    assert len(found) == 16


def test_all_of_a_report_are_told_document_by_document_the_waived_among_them_in_reading_order() -> None:
    late, early = violation(4, 5, line=9), violation(4, 5, line=2)
    other = violation(4, 5, path="2.md")
    documents = (
        FileResult("1.md", "text", violations=(late,), waived=(early,)),
        FileResult("2.md", "text", violations=(other,)),
    )
    whole = "会议指出\t，\t要抓好春耕。"

    assert list(fingerprinted(Report(documents))) == [
        (early, mark(whole)),
        (late, mark(f"{whole}\n2")),
        # Another document counts anew.
        (other, mark(whole)),
    ]
