"""What bulletins have in common, counted exactly: nine of ten make a habit, and one less does not."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest

from bulletin_lint.cli.commands.init.observe import (
    Habit,
    Observed,
    Traits,
    observe,
    without_gaps_of_files,
)
from bulletin_lint.cli.commands.init.templates import files_of
from bulletin_lint.series.issue import IssueRecord


def rule(code: str, *on: str, severity: str = "warning") -> SimpleNamespace:
    return SimpleNamespace(code=code, on=on, severity=severity)


def rulebook(*rules: SimpleNamespace, **groups: Any) -> Any:
    labels = {
        "imprint": {
            "editor": {"words": ["责编", "编辑"]},
            "phone": {"words": ["电话"]},
            "contact": {"words": ["联系电话"]},
        },
        "masthead": {"office": {"words": ["主办"]}},
        "other": {"x": {}},
        **groups,
    }
    return SimpleNamespace(rules={each.code: each for each in rules}, grammar={"labels": labels})


def issue(
    number: int | None,
    year: int | None = 2020,
    *,
    title: str | None = "云岭简报",
    cumulative: int | None = None,
    **more: Any,
) -> IssueRecord:
    return IssueRecord(f"{year}-{number}.md", title, year, number, cumulative, None, **more)


def traits(
    *parts: str,
    facts: IssueRecord | None = None,
    blank: tuple[str, ...] = (),
    labels: tuple[str, ...] = (),
    tallies: dict[str, tuple[int, int]] | None = None,
    signed: tuple[int, int] = (0, 0),
) -> Traits:
    return Traits("1.md", facts, frozenset(parts), frozenset(blank), frozenset(labels), tallies or {}, signed)


def seen(*bulletins: Traits, book: Any = None) -> Observed:
    return observe(bulletins, book or rulebook())


# --- Parts -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("having", "count", "is_asked"),
    [(9, 10, True), (8, 10, False), (18, 20, True), (17, 20, False), (1, 1, True), (8, 9, False)],
)
def test_a_part_that_nine_of_ten_have_is_asked_for(having: int, count: int, *, is_asked: bool) -> None:
    found = seen(*[traits("editor")] * having, *[traits()] * (count - having))
    assert found.required == (("editor",) if is_asked else ())
    assert found.share("editor") == (having, count)
    assert found.share("title") == (0, count)
    assert found.bulletins == count


@pytest.mark.parametrize(
    "name",
    [
        "title", "issue_number", "office", "date", "editor", "reviewer", "distribution", "cumulative_number", "copies",
    ],
)  # fmt: skip
def test_each_part_is_asked_for_by_itself(name: str) -> None:
    assert seen(traits(name)).required == (name,)


def test_parts_that_nobody_is_asked_for_are_not() -> None:
    assert seen(traits("classification", "copy_number", "anything")).required == ()


@pytest.mark.parametrize(
    ("count", "parts", "asked"),
    [
        (4, ("phone", "contact"), ("contact",)),
        (5, ("phone", "contact"), ("phone",)),
        (5, ("phone", "fax", "email", "contact"), ("phone", "fax", "email")),
        (4, ("phone", "fax", "email", "contact"), ("contact",)),
        (5, ("contact",), ("contact",)),
        (5, (), ()),
    ],
)
def test_from_five_bulletins_on_each_contact_is_asked_for_by_itself(
    count: int, parts: tuple[str, ...], asked: tuple[str, ...]
) -> None:
    assert seen(*[traits(*parts)] * count).required == asked


def test_where_contacts_change_any_of_them_is_asked_for() -> None:
    half = [traits("phone", "contact")] * 3 + [traits("email", "contact")] * 3
    assert seen(*half).required == ("contact",)


@pytest.mark.parametrize(
    ("signed", "is_asked", "never"),
    [
        ([(9, 10)], True, False),
        ([(8, 10)], False, False),
        ([(1, 1), (8, 9)], True, False),
        ([(0, 3)], False, True),
        ([(0, 0)], False, False),
        ([(0, 0), (0, 1)], False, True),
        ([(1, 9)], False, False),
    ],
)
def test_who_supplied_articles_is_counted_by_article(
    signed: list[tuple[int, int]], *, is_asked: bool, never: bool
) -> None:
    found = seen(*(traits("attribution", signed=each) for each in signed))
    assert ("attribution" in found.required, found.never_signs) == (is_asked, never)
    total = (sum(each[0] for each in signed), sum(each[1] for each in signed))
    assert found.signed == found.share("attribution") == total


def test_parts_titles_and_blanks_are_counted() -> None:
    found = seen(
        traits("editor", "phone", facts=issue(1, title="云岭 简报")),
        traits("editor", blank=("editor",), facts=issue(2)),
        traits(facts=issue(3, title=None)),
        traits(),
    )
    assert found.titles == {"云岭简报": 2}
    assert (found.parts, found.blank) == ({"editor": 2, "phone": 1}, {"editor": 1})


RULES = (
    rule("TAIL001", "distribution"),
    rule("TAIL002", "distribution", severity="off"),
    rule("TAIL003", "distribution", "copies"),
    rule("ISS003", "masthead.cumulative_number"),
    rule("FLD001", "imprint.editor"),
    rule("RAW001"),
)


def test_what_no_bulletin_has_leaves_its_rules_nothing_to_look_at() -> None:
    book = rulebook(*RULES)
    assert seen(*[traits()] * 3, book=book).unused == {
        "cumulative_number": ("ISS003",),
        "distribution": ("TAIL001",),
    }
    # From two nothing is known, and one that has it is enough.
    assert seen(*[traits()] * 2, book=book).unused == {}
    assert seen(*[traits()] * 2, traits("distribution"), book=book).unused == {
        "cumulative_number": ("ISS003",)
    }
    assert seen(*[traits()] * 3, book=rulebook(RULES[1])).unused == {}


# --- Labels ----------------------------------------------------------------------------------------------


def test_labels_are_known_new_or_unknown() -> None:
    found = seen(
        *[traits(labels=("责编", "办公室联系电话", "责任编辑", "抄报", "主办"))] * 9,
        traits(labels=("编辑", "责编")),
    ).labels
    assert found.known == {"editor": Counter({"责编": 10, "编辑": 1})}
    # Of endings that fit the longest speaks for the field; a label of another group is none of ours.
    assert found.new == {"办公室联系电话": "contact", "责任编辑": "editor"}
    assert found.unknown == {"抄报": 9}
    assert seen(*[traits(labels=("抄报", "责任编辑"))] * 8, *[traits()] * 2).labels[1:] == ({}, Counter())


def test_an_ending_of_one_character_speaks_for_nothing() -> None:
    book = rulebook(imprint={"editor": {"words": ["编"]}})
    assert seen(traits(labels=("主编",)), book=book).labels[1:] == ({}, Counter({"主编": 1}))


# --- Numbers ---------------------------------------------------------------------------------------------


def numbering(*facts: IssueRecord) -> Any:
    return seen(*(traits(facts=each) for each in facts)).numbering


def test_issues_are_counted_and_what_is_missing_between_them() -> None:
    found = numbering(
        issue(2, cumulative=12), issue(5), issue(4, 2021), issue(None), issue(9, supplement=True)
    )
    assert (found.with_issue, found.with_cumulative, found.series) == (3, 1, 1)
    assert found.gaps == {2020: (3, 4)}
    assert (found.earliest.issue, found.latest.year) == (None, 2021)
    assert found.restarts == "yearly"


def test_a_double_issue_has_two_numbers() -> None:
    assert numbering(issue(1), issue(2, last_issue=3), issue(4)).gaps == {}
    assert numbering(issue(1), issue(2), issue(4)).gaps == {2020: (3,)}
    assert numbering(issue(4), issue(1)).gaps == {2020: (2, 3)}
    assert numbering(issue(1)).gaps == {}


@pytest.mark.parametrize(
    ("first", "second", "restarts"),
    [
        (issue(10), issue(1, 2021), "yearly"),
        (issue(10), issue(10, 2021), "yearly"),
        (issue(10), issue(11, 2021), "never"),
        (issue(10), issue(12, 2021), None),
        (issue(10), issue(1, 2022), None),
        (issue(10), issue(11), None),
    ],
)
def test_whether_numbers_begin_anew_shows_at_the_turn_of_a_year(
    first: IssueRecord, second: IssueRecord, restarts: str | None
) -> None:
    assert numbering(first, second).restarts == restarts


def test_the_last_issue_of_a_year_is_held_against_the_first_of_the_next() -> None:
    assert numbering(issue(1), issue(10), issue(1, 2021), issue(12, 2021)).restarts == "yearly"
    assert numbering(issue(1), issue(10), issue(11, 2021), issue(20, 2021)).restarts == "never"
    assert numbering(issue(1), issue(10), issue(12, 2021), issue(11, 2022)).restarts == "yearly"


def test_signs_that_contradict_one_another_say_nothing() -> None:
    assert numbering(issue(5), issue(1, 2021), issue(2, 2022)).restarts is None
    assert numbering(issue(5), issue(1, 2021), issue(1, 2022)).restarts == "yearly"


@pytest.mark.parametrize(
    ("earliest", "start"),
    [
        (issue(1), None),
        (issue(2), "2020-2"),
        (issue(7, cumulative=99), "2020-7"),
        (issue(None, None, cumulative=99), "99"),
        (issue(3, None, cumulative=99), "99"),
        (issue(None, None, cumulative=1), None),
        (issue(None, None, cumulative=2), "2"),
        (issue(None), None),
    ],
)
def test_a_series_starts_with_its_earliest_issue(earliest: IssueRecord, start: str | None) -> None:
    assert numbering(earliest).start == start


def test_without_numbers_there_is_no_start() -> None:
    found = seen(traits()).numbering
    assert found == (None, None, 0, 0, None, None, {}, 1)


def test_of_several_series_neither_start_nor_gaps_are_told() -> None:
    one = [issue(number) for number in (2, 4, 6)]
    other = [issue(number, title="石桥动态") for number in (3, 5, 7)]
    found = numbering(*one, *other)
    assert (found.series, found.start, found.gaps, found.earliest) == (2, None, {}, None)
    assert (found.with_issue, found.restarts) == (6, None)
    # Where nine of ten have one title the others are none of the series.
    nearly = numbering(*(issue(number) for number in (*range(2, 10), 11)), issue(10, title="石桥动态"))
    assert (nearly.series, nearly.start, nearly.gaps) == (1, "2020-2", {2020: (10,)})
    untitled = numbering(issue(2), issue(3, title=None), issue(4))
    assert (untitled.series, untitled.gaps) == (1, {})


@pytest.mark.parametrize(
    ("paths", "left"),
    [
        ([], {2020: (3, 4)}),
        (["第3期.md"], {2020: (4,)}),
        (["第 4 期.docx"], {2020: (3,)}),
        (["2020-03.md"], {2020: (4,)}),
        (["2019-03.md"], {2020: (3, 4)}),
        (["2020/3.md", "2020/4.md"], {}),
        (["3.md"], {2020: (4,)}),
        (["4-3.md"], {2020: (4,)}),
        # A date is no number of an issue.
        (["2020-01-03.md"], {2020: (3, 4)}),
        (["2020-01-09 第3期.md"], {2020: (4,)}),
        (["notes.md"], {2020: (3, 4)}),
    ],
)
def test_an_issue_that_a_file_is_named_after_is_not_missing(
    paths: list[str], left: dict[int, tuple[int, ...]]
) -> None:
    observed = seen(*(traits(facts=each) for each in (issue(2), issue(5))))
    assert without_gaps_of_files(observed, paths).numbering.gaps == left


# --- Spaces ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tally", "habit"),
    [
        ((9, 10), Habit("SPC001", "one", 9, 10)),
        ((1, 10), Habit("SPC001", "none", 9, 10)),
        ((0, 10), Habit("SPC001", "none", 10, 10)),
        ((8, 10), None),
        ((2, 10), None),
        ((9, 9), None),
        ((50, 100), None),
        ((90, 100), Habit("SPC001", "one", 90, 100)),
        ((89, 100), None),
    ],
)
def test_a_way_of_spacing_is_that_of_nine_places_of_ten(tally: tuple[int, int], habit: Habit | None) -> None:
    assert seen(traits(tallies={"SPC001": tally})).habits == ((habit,) if habit else ())


def test_places_of_all_bulletins_are_counted_together() -> None:
    both = [traits(tallies={"A": (4, 4), "B": (0, 5)}), traits(tallies={"A": (5, 6), "B": (0, 4)})]
    assert seen(*both).habits == (Habit("A", "one", 9, 10),)


# --- Files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("bulletins", "globs", "pattern"),
    [
        (["1.md"], "**/*.md", r"^.*\.md$"),
        (["a/1.md", "a/2.md"], "a/**/*.md", r"^a/.*\.md$"),
        (["a/b/1.md", "a/c/2.md"], "a/**/*.md", r"^a/.*\.md$"),
        (["a/b/1.md", "a/2.md"], "a/**/*.md", r"^a/.*\.md$"),
        (["a/1.md", "b/2.md"], "**/*.md", r"^.*\.md$"),
        (["a/2020/1.md", "a/2020/2.md"], "a/**/*.md", r"^a/.*\.md$"),
        (["a/2020年/1月/1.md"], "a/2020年/1月/**/*.md", r"^a/2020年/1月/.*\.md$"),
        (["1.md", "2.pdf", "3.md"], "**/*.{md,pdf}", r"^.*\.(md|pdf)$"),
        (["a.b/1.md"], "a.b/**/*.md", r"^a\.b/.*\.md$"),
        (["a[1]/1.md"], "a[[]1]/**/*.md", r"^a\[1\]/.*\.md$"),
    ],
)
def test_globs_take_in_what_will_be_added_and_nothing_else(
    bulletins: list[str], globs: str, pattern: str
) -> None:
    found = files_of(bulletins, ["a/notes.md", "notes.txt"])
    assert (found.globs, found.pattern) == ((globs,), pattern)


def test_what_the_globs_mean_and_is_no_bulletin_is_told() -> None:
    assert files_of(["a/1.md"], ["a/notes.md", "notes.md", "a/notes.txt"]).others == ("a/notes.md",)
