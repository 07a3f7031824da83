from __future__ import annotations

import random

import pytest

from bulletin_lint.model.document import Node, walk
from bulletin_lint.model.location import Span
from bulletin_lint.model.part_index import PartIndex


def node(path: str, start: int, end: int, *children: Node) -> Node:
    return Node(path, Span(start, end), "", children={"parts": list(children)})


def test_the_smallest_part_round_a_span_is_found() -> None:
    title = node("articles[0].title", 2, 8)
    index = PartIndex(node("", 0, 30, node("articles[0]", 0, 20, title)))

    assert index.innermost(Span(3, 5)) == "articles[0].title"
    assert index.innermost(Span(2, 8)) == "articles[0].title"
    assert index.innermost(Span(7, 9)) == "articles[0]"
    assert index.innermost(Span(25, 26)) == ""


def test_an_empty_span_lies_in_the_parts_that_it_touches() -> None:
    index = PartIndex(node("", 0, 9, node("long", 0, 5), node("short", 5, 8)))

    assert index.innermost(Span(5, 5)) == "short"
    assert index.innermost(Span(9, 9)) == ""


def test_a_part_need_not_lie_in_its_parent() -> None:
    """A labelled field may stand above the masthead, and is the imprint's all the same."""
    index = PartIndex(
        node("", 0, 50, node("imprint", 40, 48, node("imprint.editor", 3, 9)), node("a", 0, 20))
    )

    assert index.innermost(Span(4, 6)) == "imprint.editor"
    assert index.innermost(Span(41, 42)) == "imprint"


def test_of_parts_alike_the_later_counts() -> None:
    index = PartIndex(node("", 0, 9, node("first", 1, 5), node("second", 1, 5)))

    assert index.innermost(Span(2, 3)) == "second"


def test_among_chosen_parts_only_those_and_what_is_below_them_count() -> None:
    lead = node("lead", 1, 4)
    paragraph = node("paragraph", 1, 10, lead)
    article = node("article", 0, 20, paragraph)
    index = PartIndex(node("", 0, 30, article, node("other", 2, 4)))

    assert index.innermost_of(Span(2, 3), {paragraph: 0}) == "lead"
    assert index.innermost_of(Span(5, 6), {paragraph: 0}) == "paragraph"
    assert index.innermost_of(Span(15, 16), {paragraph: 0}) == ""
    assert index.innermost_of(Span(15, 16), {article: 0}) == "article"


def test_of_chosen_parts_alike_the_first_chosen_counts() -> None:
    one, two = node("one", 1, 5), node("two", 1, 5)
    index = PartIndex(node("", 0, 9, one, two))

    assert index.innermost_of(Span(2, 3), {two: 0, one: 1}) == "two"
    assert index.innermost_of(Span(2, 3), {one: 0, two: 1}) == "one"


@pytest.mark.parametrize("seed", range(40))
def test_it_finds_what_a_walk_of_the_tree_finds(seed: int) -> None:
    rng = random.Random(seed)
    count = 0

    def grown(depth: int) -> Node:
        nonlocal count
        count += 1
        start = rng.randrange(30)
        below = [grown(depth - 1) for _ in range(rng.randrange(4))] if depth else []
        return node(f"part{count}" if rng.random() < 0.9 else "", start, start + rng.randrange(12), *below)

    root = grown(4)
    index = PartIndex(root)
    for start in range(42):
        for end in range(start, start + 6):
            around = [
                each for each in walk(root) if each.path and each.span.start <= start and end <= each.span.end
            ]
            sizes = [each.span.end - each.span.start for each in around]
            best = [each.path for each, size in zip(around, sizes, strict=True) if size == min(sizes)]
            assert index.innermost(Span(start, end)) == (best[-1] if best else "")


@pytest.mark.parametrize("seed", range(20))
def test_asked_again_and_again_it_answers_as_one_that_is_asked_once(seed: int) -> None:
    rng = random.Random(seed)
    parts = [
        node(f"part{number}", start, start + rng.randrange(12), node(f"below{number}", start, start + 3))
        for number, start in enumerate(rng.choices(range(30), k=12))
    ]
    root = node("", 0, 42, *parts)
    index = PartIndex(root)
    choices = [{part: rank for rank, part in enumerate(rng.sample(parts, 6))} for _ in range(2)]
    for start in range(42):
        for end in range(start, start + 6):
            # The same question twice, of the same parts and of others.
            for ranks in (*choices, rng.choice(choices)):
                span = Span(start, end)
                assert index.innermost_of(span, ranks) == PartIndex(root).innermost_of(span, ranks)


class Watched(Node):
    """A part that counts how often somebody looks at what is below it."""

    looks = 0

    def __getattribute__(self, name: str) -> object:
        if name == "children":
            Watched.looks += 1
        return super().__getattribute__(name)


def test_the_tree_is_walked_once_however_much_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Watched, "looks", 0)
    parts: list[Node] = [
        Watched(f"paragraphs[{number}]", Span(number * 10, number * 10 + 9), "") for number in range(500)
    ]
    index = PartIndex(Watched("", Span(0, 5000), "", children={"paragraphs": parts}))
    answers = [index.innermost(Span(at, at + 1)) for at in range(0, 5000, 10)]

    assert answers == [f"paragraphs[{number}]" for number in range(500)]
    assert Watched.looks == 501


def test_a_question_looks_at_the_parts_round_the_span_only() -> None:
    parts = [node(f"paragraphs[{number}]", number * 10, number * 10 + 9) for number in range(500)]
    index = PartIndex(node("", 0, 5000, *parts))
    for _ in range(8):
        # The first are answered by looking at all parts.
        assert {visit.node.path for visit in index.around(Span(4321, 4322))} == {"paragraphs[432]", ""}

    assert [visit.node.path for visit in index.around(Span(4321, 4322))] == ["paragraphs[432]", ""]
