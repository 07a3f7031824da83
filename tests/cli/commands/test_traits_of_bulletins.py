"""What one bulletin shows of itself: its parts, what is blank, its labels, who signed, and its spaces."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

import pytest

from bulletin_lint.checks import kind
from bulletin_lint.checks.context import Resources
from bulletin_lint.cli.commands.init.observe import Traits, traits_of
from bulletin_lint.model.document import Document, Node
from bulletin_lint.model.location import Span
from hand_made import MASKS, document

NO_RULES: Any = SimpleNamespace(rules={})


def node(path: str, text: str = "x", span: tuple[int, int] = (0, 0), **fields: Any) -> Node:
    given: Any = fields
    return Node(path, Span(*span), text, given)


def group(name: str, *parts: Node, text: str = "x", span: tuple[int, int] = (0, 0)) -> Node:
    """Parts by their own names; two of one name are a list."""
    made = Node(name, Span(*span), text)
    for part in parts:
        made.children[part.path] = [*made.list(part.path), part]
    return made


def bulletin(text: str = "", **children: Any) -> Document:
    made = document(text)
    made.bulletin.children = children
    return made


def traits(made: Document) -> Traits:
    return traits_of(made, NO_RULES)


# --- Parts -----------------------------------------------------------------------------------------------


def test_the_parts_of_masthead_and_imprint_and_what_stands_beside_them_are_seen() -> None:
    masthead = group("masthead", node("title"), node("date"))
    masthead.children |= {"office": None, "issue_number": []}
    found = traits(
        bulletin(
            masthead=masthead,
            imprint=group("imprint", node("editor"), node("editor")),
            distribution=[node("distribution")],
            copies=node("copies"),
            articles=[node("articles[0]")],
        )
    )
    assert found.parts == {"title", "date", "editor", "distribution", "copies"}
    assert found.path == "made.md"


@pytest.mark.parametrize("name", ["distribution", "copies"])
def test_each_of_them_is_seen_by_itself(name: str) -> None:
    made = bulletin()
    made.bulletin.children = {name: [node(name)]}
    assert traits(made).parts == {name}
    made.bulletin.children = {name: []}
    assert traits(made).parts == frozenset()


@pytest.mark.parametrize("name", ["phone", "fax", "email"])
def test_any_way_to_reach_the_office_is_a_contact(name: str) -> None:
    assert traits(bulletin(imprint=group("imprint", node(name)))).parts == {name, "contact"}


def test_without_any_there_is_no_contact() -> None:
    assert traits(bulletin(imprint=group("imprint", node("editor")))).parts == {"editor"}
    assert traits(bulletin()).parts == frozenset()
    assert traits(bulletin()).facts is None


# --- What is blank ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "is_blank"),
    [
        ({"value": "何其"}, False),
        ({"value": ""}, True),
        ({"value": " \u3000"}, True),
        ({"value": "____"}, True),
        ({"value": "＿＿"}, True),
        ({"value": "__何__"}, False),
        ({"value": 0}, False),
        # Without a value its text is asked.
        ({}, False),
    ],
)
def test_a_field_with_nothing_but_lines_and_spaces_is_blank(
    fields: dict[str, Any], *, is_blank: bool
) -> None:
    found = traits(bulletin(imprint=group("imprint", node("editor", "责编", **fields))))
    assert found.blank == ({"editor"} if is_blank else set())
    assert found.parts == {"editor"}


def test_of_several_fields_one_that_is_filled_in_is_enough() -> None:
    blank, filled = node("editor", value=" "), node("editor", value="何其")
    assert traits(bulletin(imprint=group("imprint", blank, filled))).blank == set()
    assert traits(bulletin(imprint=group("imprint", blank, blank))).blank == {"editor"}
    assert traits(bulletin(imprint=group("imprint", node("editor", "__")))).blank == {"editor"}


def test_what_is_not_there_is_not_blank() -> None:
    imprint = group("imprint")
    imprint.children |= {"editor": None, "reviewer": []}
    assert traits(bulletin(imprint=imprint)).blank == set()
    # Only the imprint has labels to fill in behind.
    assert traits(bulletin(masthead=group("masthead", node("office", value="")))).blank == set()


# --- Articles --------------------------------------------------------------------------------------------


def article(*, title: bool, signed: int = 0) -> Node:
    made = node("articles[0]")
    made.children["title"] = node("title") if title else None
    made.children["attributions"] = [node("attribution")] * signed
    return made


@pytest.mark.parametrize(
    ("articles", "signed"),
    [
        ([], (0, 0)),
        ([article(title=True)], (0, 1)),
        ([article(title=True, signed=1)], (1, 1)),
        ([article(title=True, signed=2), article(title=True)], (1, 2)),
        # What has no title is no article that anybody would sign.
        ([article(title=False, signed=1), article(title=True, signed=1)], (1, 1)),
    ],
)
def test_articles_with_a_title_are_counted_and_those_that_are_signed(
    articles: list[Node], signed: tuple[int, int]
) -> None:
    assert traits(bulletin(articles=articles)).signed == signed


# --- Labels ----------------------------------------------------------------------------------------------


def with_imprint(*lines: str, at: int | None, distribution: int | None = None, text: str = "x") -> Document:
    """Lines of which that of a number begins the imprint, and another one the distribution."""
    whole = "\n".join(lines)
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]
    children: dict[str, Any] = {}
    if at is not None:
        children["imprint"] = Node("imprint", Span(starts[at], len(whole)), text)
    if distribution is not None:
        children["distribution"] = [node("distribution", span=(starts[distribution], len(whole)))]
    return bulletin(whole, **children)


@pytest.mark.parametrize(
    ("lines", "at", "distribution", "labels"),
    [
        (["内容：略。", "责编：何其　审核：方正"], 1, None, {"内容", "责编", "审核"}),
        (["内容如下", "责编：何其 审核:方正"], 1, None, {"责编", "审核"}),
        (["责编：何其", "发送：各村"], 0, 1, {"责编", "发送"}),
        (["发送：各村", "责编：何其"], 1, 0, {"责编", "发送"}),
        (["内容如下", "发送：各村"], None, 1, {"发送"}),
        (["责编：何其"], None, None, set()),
        # Lines right above that begin with a label, up to the first that does not.
        (
            ["电话：1", "正文一行", "终审：方正", "校对：孙立", "责编：何其"],
            4,
            None,
            {"终审", "校对", "责编"},
        ),
        (["终审：方正", "责编：何其"], 1, None, {"终审", "责编"}),
        # Spaces within a word are none of it; a word has two characters at least and twelve at most.
        (["责　编：何其；电 话：1／传真：2"], 0, None, {"责编", "电话", "传真"}),
        (["编：何其", "责编"], 0, None, set()),
        (["一二三四五六七八九十上下：1"], 0, None, {"一二三四五六七八九十上下"}),
        (["一二三四五六七八九十上中下：1"], 0, None, set()),
    ],
)
def test_words_before_a_colon_at_the_end_are_labels(
    lines: Sequence[str], at: int | None, distribution: int | None, labels: set[str]
) -> None:
    assert traits(with_imprint(*lines, at=at, distribution=distribution)).labels == labels


@pytest.mark.parametrize(("length", "is_label"), [(40, True), (41, False)])
def test_a_long_line_above_the_imprint_is_text(length: int, *, is_label: bool) -> None:
    line = "终审：" + "字" * (length - 3)
    found = traits(with_imprint(line, "责编：何其", at=1)).labels
    assert found == ({"终审", "责编"} if is_label else {"责编"})


def test_an_imprint_without_text_is_none() -> None:
    assert traits(with_imprint("责编：何其", "发送：各村", at=0, distribution=1, text="")).labels == {
        "责编",
        "发送",
    }
    assert traits(with_imprint("正文", "责编：何其", at=1, text="")).labels == set()


# --- Spaces ----------------------------------------------------------------------------------------------


def test_places_are_counted_for_rules_that_leave_the_style_open() -> None:
    cls = kind("spacing")
    given: dict[str, Any] = {name: each.default for name, each in cls.parameters.items()}
    given |= {"on": ["articles.paragraphs"], "left": "han", "right": "number"}
    check = cls(given, Resources(trusted=True, tables={}, masks=MASKS, aliases={}))
    rules = [
        SimpleNamespace(code="OPEN", kind="spacing", severity="warning", parameters={"style": "consistent"}),
        SimpleNamespace(code="OFF", kind="spacing", severity="off", parameters={"style": "consistent"}),
        SimpleNamespace(code="ONE", kind="spacing", severity="warning", parameters={"style": "one"}),
        SimpleNamespace(code="NONE", kind="spacing", severity="info", parameters={"style": "none"}),
        SimpleNamespace(code="ELSE", kind="pattern", severity="warning", parameters={"style": "consistent"}),
    ]
    book: Any = SimpleNamespace(rules={each.code: each for each in rules}, check=lambda code: check)
    made = document("全县有 12 个乡镇，含340个村，共 5 万人")
    assert traits_of(made, book).tallies == {"OPEN": (2, 3)}
