"""Which parts a span lies in, each with its place in the walk, asked once or often; and which of chosen ones."""

from __future__ import annotations

import pytest

from bulletin_lint.model.document import Node
from bulletin_lint.model.location import Span
from bulletin_lint.model.part_index import PartIndex, Visit


def node(path: str, start: int, end: int, *children: Node) -> Node:
    return Node(path, Span(start, end), "", children={"parts": list(children), "none": None})


LEAF = node("leaf", 2, 4)
PARAGRAPH = node("paragraph", 2, 8, LEAF)
SINGLE = Node("single", Span(5, 9), "")
ARTICLE = Node("article", Span(0, 10), "", children={"parts": [PARAGRAPH], "one": SINGLE, "none": None})
OTHER = node("other", 10, 12)
ROOT = node("", 0, 12, ARTICLE, OTHER)
VISITS = {
    "": Visit(0, 12, 0, ROOT, 5),
    "article": Visit(0, 10, 1, ARTICLE, 4),
    "paragraph": Visit(2, 8, 2, PARAGRAPH, 3),
    "leaf": Visit(2, 4, 3, LEAF, 3),
    "single": Visit(5, 9, 4, SINGLE, 4),
    "other": Visit(10, 12, 5, OTHER, 5),
}


def index(questions: int) -> PartIndex:
    """One that has answered some questions: the first eight it answers by looking at all parts."""
    made = PartIndex(ROOT)
    for _ in range(questions):
        made.around(Span(11, 11))
    return made


@pytest.mark.parametrize("questions", [0, 7, 8, 9])
@pytest.mark.parametrize(
    ("span", "paths"),
    [
        (Span(0, 0), {"", "article"}),
        (Span(2, 2), {"", "article", "paragraph", "leaf"}),
        (Span(2, 4), {"", "article", "paragraph", "leaf"}),
        (Span(2, 5), {"", "article", "paragraph"}),
        (Span(4, 4), {"", "article", "paragraph", "leaf"}),
        (Span(5, 8), {"", "article", "paragraph", "single"}),
        (Span(5, 9), {"", "article", "single"}),
        (Span(9, 10), {"", "article"}),
        (Span(10, 10), {"", "article", "other"}),
        (Span(9, 11), {""}),
        (Span(12, 12), {"", "other"}),
        (Span(12, 13), set()),
        (Span(13, 13), set()),
    ],
)
def test_a_span_lies_in_parts_that_hold_it_its_ends_included(
    span: Span, paths: set[str], questions: int
) -> None:
    found = index(questions).around(span)

    assert {visit.node.path: visit for visit in found} == {path: VISITS[path] for path in paths}
    assert len(found) == len(paths)


@pytest.mark.parametrize("questions", [0, 8])
def test_neighbouring_questions_have_answers_of_their_own(questions: int) -> None:
    made = index(questions)

    for span, paths in (
        (Span(5, 6), {"", "article", "paragraph", "single"}),
        (Span(5, 8), {"", "article", "paragraph", "single"}),
        (Span(5, 9), {"", "article", "single"}),
        (Span(5, 6), {"", "article", "paragraph", "single"}),
        (Span(6, 9), {"", "article", "single"}),
        (Span(5, 11), {""}),
        (Span(4, 5), {"", "article", "paragraph"}),
    ):
        assert {visit.node.path for visit in made.around(span)} == paths


@pytest.mark.parametrize(
    ("span", "path"),
    [
        (Span(3, 4), "leaf"),
        (Span(4, 5), "paragraph"),
        (Span(6, 7), "single"),
        (Span(9, 10), "article"),
        (Span(9, 11), ""),
    ],
)
def test_the_innermost_part_is_the_smallest(span: Span, path: str) -> None:
    assert index(0).innermost(span) == path
    assert index(8).innermost(span) == path


@pytest.mark.parametrize(
    ("span", "ranks", "path"),
    [
        (Span(3, 4), {ARTICLE: 0}, "leaf"),
        (Span(3, 4), {PARAGRAPH: 0}, "leaf"),
        (Span(3, 4), {LEAF: 0}, "leaf"),
        (Span(3, 4), {SINGLE: 0}, ""),
        (Span(3, 4), {}, ""),
        (Span(6, 7), {PARAGRAPH: 0}, "paragraph"),
        (Span(6, 7), {SINGLE: 0}, "single"),
        # The smaller one, whatever the ranks are.
        (Span(6, 7), {PARAGRAPH: 0, SINGLE: 1}, "single"),
        (Span(9, 10), {PARAGRAPH: 0, SINGLE: 1}, ""),
        # The root has no name.
        (Span(9, 11), {ROOT: 0}, ""),
        (Span(9, 10), {ROOT: 0}, "article"),
    ],
)
def test_among_chosen_parts_the_smallest_below_one_of_them_is_told(
    span: Span, ranks: dict[Node, int], path: str
) -> None:
    for questions in (0, 8):
        made = index(questions)
        assert made.innermost_of(span, ranks) == path
        # Asked again, and of other parts in between.
        assert made.innermost_of(span, {OTHER: 0}) == ""
        assert made.innermost_of(span, ranks) == path


def test_of_two_parts_alike_the_one_of_less_rank_is_told_and_of_one_rank_the_first() -> None:
    one, two = node("one", 1, 5), node("two", 1, 5)
    made = PartIndex(node("", 0, 9, node("above", 0, 9, one, two)))
    above = next(visit.node for visit in made.around(Span(0, 9)) if visit.node.path == "above")

    assert made.innermost_of(Span(2, 3), {one: 1, two: 0}) == "two"
    assert made.innermost_of(Span(2, 3), {one: 0, two: 1}) == "one"
    assert made.innermost_of(Span(2, 3), {above: 0}) == "one"
    assert made.innermost(Span(2, 3)) == "two"


def test_a_part_in_two_lists_is_come_to_twice() -> None:
    made = PartIndex(Node("", Span(0, 9), "", children={"a": [LEAF], "b": [LEAF]}))

    assert sorted(visit.order for visit in made.around(Span(2, 3))) == [0, 1, 2]
