"""Kinds of check that look at parts, their values and their order, on trees made by hand; and tables cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from bulletin_lint.checks import kind
from bulletin_lint.checks.context import CheckContext, Resources
from bulletin_lint.model.document import Document, Node
from bulletin_lint.model.location import Span
from bulletin_lint.model.violation import CannotAssess, Match
from bulletin_lint.model.wording import Wording
from hand_made import MASKS, document, found, matches, run

NAMES = {
    "date": Wording("日期", "date"),
    "editor": Wording("编辑", "editor"),
    "phone": Wording("电话", "phone"),
}


def judged(name: str, made: Document, *, required: Sequence[str] = (), **parameters: Any) -> Any:
    """What a kind says of a document, with `parameters` and otherwise its defaults."""
    cls = kind(name)
    given = {each: parameter.default for each, parameter in cls.parameters.items()} | parameters
    resources = Resources(trusted=True, tables={}, masks=MASKS, aliases={}, field_names=NAMES)
    return cls(given, resources).run(CheckContext(made, required))


def paragraphs(made: Document) -> list[Node]:
    (article,) = made.bulletin.list("articles")
    return article.list("paragraphs")


def with_fields(text: str, *fields: dict[str, Any]) -> Document:
    """A document whose paragraphs have values; a span in them is counted from the paragraph's start."""
    made = document(text)
    for node, given in zip(paragraphs(made), fields, strict=True):
        values: Any = node.fields
        for name, value in given.items():
            is_span = name.endswith("_span")
            start = node.span.start
            values[name] = Span(value[0] + start, value[1] + start) if is_span else value
    return made


def masthead(**parts: str | None) -> Document:
    """A document of two lines whose masthead, on the first of them, has some parts."""
    made = document("情况简报\n正文")
    node = made.bulletin.child("masthead")
    assert node is not None
    node.fields["anchor"] = Span(0, 4)
    node.children = {
        name: None if text is None else Node(f"masthead.{name}", Span(0, len(text)), text, {"value": text})
        for name, text in parts.items()
    }
    return made


def missing(said: Any) -> list[str]:
    assert isinstance(said, list), said
    return [str(each.values["missing"].en) for each in said]


def test_a_part_that_is_missing_is_told_where_it_should_be() -> None:
    (match,) = judged("required", masthead(title="情况简报", date=None), on=["masthead.date"])
    assert (match.span, match.part) == (Span(0, 4), "masthead.date")
    assert match.values["missing"] == Wording("日期", "date")
    assert judged("required", masthead(date="5月"), on=["masthead.date"]) == []
    # What the packs do not name is called as it is written.
    assert missing(judged("required", masthead(office=None), on=["masthead.office"])) == ["office"]


@pytest.mark.parametrize(
    ("required", "mode", "said"),
    [
        ((), "all", "not-applicable"),
        (("date",), "all", ["date", "editor"]),
        (("office",), "all", "not-applicable"),
        (("editor", "date"), "all", ["date", "editor"]),
    ],
)
def test_a_part_that_settings_ask_for(required: tuple[str, ...], mode: str, said: Any) -> None:
    made = masthead(title="甲", date=None, editor=None)
    answer = judged(
        "required", made, required=required, mode=mode, field="date", on=["masthead.date", "masthead.editor"]
    )
    assert (answer if isinstance(answer, str) else missing(answer)) == said


@pytest.mark.parametrize(
    ("parts", "required", "field", "said"),
    [
        ({"editor": None, "phone": None}, (), None, ["editor, phone"]),
        ({"editor": "甲", "phone": None}, (), None, []),
        ({"editor": None, "phone": "甲"}, (), None, []),
        # One of them that is asked for by its own name must be there.
        ({"editor": "甲", "phone": None}, ("phone",), None, ["phone"]),
        ({"editor": None, "phone": "甲"}, ("phone",), None, []),
        ({"editor": "甲", "phone": None}, ("phone",), "contact", ["phone"]),
        ({"editor": None, "phone": None}, ("contact",), "contact", ["editor, phone"]),
        ({"editor": None, "phone": None}, (), "contact", "not-applicable"),
        ({"editor": None, "phone": None}, ("editor", "phone"), None, ["editor", "phone"]),
    ],
)
def test_one_of_several_parts_is_enough(
    parts: dict[str, str | None], required: tuple[str, ...], field: str | None, said: Any
) -> None:
    on = ["masthead.editor", "masthead.phone"]
    answer = judged("required", masthead(**parts), required=required, mode="any", field=field, on=on)
    assert (answer if isinstance(answer, str) else missing(answer)) == said


@pytest.mark.parametrize(
    ("parts", "in_company", "said"),
    [
        ({"date": None, "title": None}, True, "cannot-assess"),
        ({"date": None, "title": "甲"}, True, ["date"]),
        ({"date": None, "title": None}, False, ["date"]),
        ({"date": "甲", "title": None}, True, []),
    ],
)
def test_a_part_may_be_missed_in_company_only(
    parts: dict[str, str | None], said: Any, *, in_company: bool
) -> None:
    answer = judged("required", masthead(**parts), on=["masthead.date"], in_company=in_company)
    assert (answer if isinstance(answer, str) else missing(answer)) == said


@pytest.mark.parametrize(
    ("given", "applies"),
    [
        ({"when": "masthead.title"}, True),
        ({"when": "masthead.number"}, False),
        ({"unless": "masthead.title"}, False),
        ({"unless": "masthead.number"}, True),
        ({"when": "masthead.title", "unless": "masthead.number"}, True),
        ({"when": "masthead.title", "when_text": "简报"}, True),
        ({"when": "masthead.title", "when_text": "通报"}, False),
        ({"when": "masthead.number", "when_text": "简报"}, False),
        ({}, True),
    ],
)
def test_a_rule_may_apply_only_beside_another_part(given: dict[str, Any], *, applies: bool) -> None:
    answer = judged(
        "required", masthead(title="情况简报", number=None, date=None), on=["masthead.date"], **given
    )
    assert (answer == "not-applicable") is not applies
    assert not applies or missing(answer) == ["date"]


@pytest.mark.parametrize(("instead", "said"), [("正文", []), ("副文", ["date"]), (None, ["date"])])
def test_something_may_stand_for_a_part(instead: str | None, said: list[str]) -> None:
    answer = judged("required", masthead(date=None), on=["masthead.date"], instead=instead)
    assert missing(answer) == said


def test_on_a_page_that_was_not_read_anything_may_stand() -> None:
    for parts, said in (({"date": None}, "cannot-assess"), ({"date": "甲"}, [])):
        made = masthead(**parts)
        made.reading = made.reading._replace(unread_pages=(2,))  # type: ignore[arg-type]
        assert judged("required", made, on=["masthead.date"]) == said


@pytest.mark.parametrize(
    ("text", "title", "said"),
    [
        ("◆甲\n◆乙", None, CannotAssess),
        ("◆甲\n乙", None, ["source"]),
        ("◆甲", None, ["source"]),
        ("◆甲\n◆乙", "题", ["source"]),
    ],
)
def test_items_without_a_title_need_not_each_have_a_part(text: str, title: str | None, said: Any) -> None:
    made = document(text)
    (article,) = made.bulletin.list("articles")
    article.children["source"] = None
    article.children["title"] = None if title is None else Node("t", Span(0, 1), title)
    article.fields["last_line_span"] = Span(0, len(text))
    answer = judged("required", made, on=["articles.source"], items="^◆")
    if said is CannotAssess:
        assert isinstance(answer, CannotAssess)
    else:
        assert missing(answer) == said
        # At the end of the article's last line.
        assert answer[0].span == Span(len(text) - 1, len(text))


@pytest.mark.parametrize(
    ("most", "said"), [(0, ["甲", "乙", "丙"]), (1, ["乙", "丙"]), (2, ["丙"]), (3, []), (4, [])]
)
def test_what_is_more_than_there_may_be(most: int, said: list[str]) -> None:
    answer = judged("at-most", document("甲\n乙\n丙"), on=["articles.paragraphs"], most=most)
    assert [each.values["found"] for each in answer] == said
    for each in answer:
        assert (each.values["first"], each.values["count"]) == ("甲", 3)
        assert each.related[0].span == Span(0, 1)
        assert each.part == f"articles[0].paragraphs[{'甲乙丙'.index(str(each.values['found']))}]"


def test_of_parts_that_are_not_there_none_is_too_many() -> None:
    assert judged("at-most", masthead(date=None), on=["masthead.date"]) == "cannot-assess"
    assert judged("at-most", masthead(date="甲"), on=["masthead.date"]) == []
    for most, is_right in ((-1, False), (0, True), (1, True)):
        assert (not kind("at-most").mistakes({"most": most})) is is_right


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("单位：甲\n作者：乙", []),
        ("单位：甲\n单位：乙", ["单位：乙"]),
        ("单位：甲\n作者：乙\n单位：丙", ["单位：丙"]),
        ("单位：甲\n作者：乙\n电话：丙", []),
        ("单 位：甲\n单位：乙", ["单位：乙"]),
        ("单位：甲\n乙", ["乙"]),
        ("乙\n单位：甲", ["单位：甲"]),
        # Right below one another, with no other line between.
        ("单位：甲\n\n作者：乙", ["", "作者：乙"]),
    ],
)
def test_labels_right_below_one_another_are_of_one_part(text: str, said: list[str]) -> None:
    answer = judged("at-most", document(text), on=["articles.paragraphs"], label="[^：]+：")
    assert [each.values["found"] for each in answer] == said


@pytest.mark.parametrize(
    ("end", "lead", "value", "said"),
    [
        (3, None, "甲", ["电话"]),
        (2, None, "甲", []),
        (3, None, "", []),
        (3, "值守", "甲 值守", []),
        (3, "值守", "值守", ["电话"]),
        (3, "值守", "甲 值班", ["电话"]),
        (3, None, "甲 值守", ["电话"]),
    ],
)
def test_labels_are_set_apart(end: int, lead: str | None, value: str, said: list[str]) -> None:
    made = with_fields(
        "编辑甲\n电话乙",
        {"label": "编辑", "value": value, "value_span": (2, end)},
        {"label": "电话", "label_span": (-1, 2)},
    )
    answer = judged("set-apart", made, on=["articles.paragraphs"], lead=lead)
    assert [(each.values["found"], each.values["previous"]) for each in answer] == [
        (each, "编辑") for each in said
    ]
    made.reading = made.reading._replace(spaces_known=False)
    assert isinstance(judged("set-apart", made, on=["articles.paragraphs"]), CannotAssess)
    assert judged("set-apart", made, on=["masthead.date"]) == "cannot-assess"


@pytest.mark.parametrize(
    ("own", "other", "relation", "said"),
    [
        ("8", "8", "same", 0),
        ("8", "9", "same", 1),
        (8, 9, "not-less", 1),
        (9, 9, "not-less", 0),
        (10, 9, "not-less", 0),
        (8, 8, "same", 0),
    ],
)
def test_two_values_agree(own: Any, other: Any, relation: str, said: int) -> None:
    made = with_fields("甲\n乙", {"own": own}, {"other": other})
    on = ["articles.paragraphs"]
    answer = judged(
        "equal", made, on=on, field="own", **{"with": on[0], "with_field": "other"}, relation=relation
    )
    assert len(answer) == said
    for each in answer:
        assert (each.values, each.span) == ({"found": str(own), "expected": str(other)}, Span(0, 1))
        assert each.related[0].span == Span(2, 3)


def test_a_value_that_is_not_there_cannot_be_compared() -> None:
    on = ["articles.paragraphs"]
    given = {"with": on[0], "with_field": "other"}
    several: list[list[dict[str, Any]]] = [[{}, {"other": 1}], [{"own": 1}, {}], [{}, {}]]
    for fields in several:
        assert judged("equal", with_fields("甲\n乙", *fields), on=on, field="own", **given) == "cannot-assess"


@pytest.mark.parametrize(("said", "count"), [("8", 0), ("7", 1), (None, 1)])
def test_a_value_that_another_part_has_too_is_right(said: str | None, count: int) -> None:
    made = masthead(number="8", year="9", note=said)
    on = {"on": ["masthead.number"], "with": "masthead.year", "unless_as": "masthead.note"}
    assert len(judged("equal", made, **on)) == count


@pytest.mark.parametrize(
    ("text", "given", "said"),
    [
        ("甲乙\n丙丁\n甲乙", {}, ["甲乙"]),
        ("甲乙\n甲乙\n甲乙", {}, ["甲乙", "甲乙"]),
        ("甲\n甲", {}, []),
        ("甲\n甲", {"shortest": 1}, ["甲"]),
        ("甲乙丙\n甲乙丙", {"shortest": 4}, []),
        ("甲乙丙\n甲乙丙", {"shortest": 3}, ["甲乙丙"]),
        ("甲乙、丙丁、甲乙", {"separator": "、"}, ["甲乙"]),
        ("甲乙、丙丁，甲乙", {"separator": "[、，]"}, ["甲乙"]),
        ("甲乙、丙丁\n丁甲、 丙丁 ", {"separator": "、"}, ["丙丁"]),
        ("甲乙、、甲乙", {"separator": "、"}, ["甲乙"]),
        ("甲乙\n甲乙", {"unless": ["乙"]}, []),
        ("甲乙\n甲乙", {"unless": ["丙"]}, ["甲乙"]),
        # Nearer than that, one heads the other.
        ("甲乙\n丙\n甲乙", {"apart": 3}, ["甲乙"]),
        ("甲乙\n丙\n甲乙", {"apart": 4}, []),
    ],
)
def test_what_is_there_twice(text: str, given: dict[str, Any], said: list[str]) -> None:
    answer = matches("distinct", text, **given)
    assert [each.values["found"] for each in answer] == said
    for each in answer:
        assert each.related[0].span.start == text.index(str(each.values["found"]))


@pytest.mark.parametrize("length", [19, 20, 21])
def test_of_a_long_item_the_beginning_is_shown(length: int) -> None:
    item = "甲" * length
    (match,) = matches("distinct", f"{item}\n{item}")
    assert match.values["found"] == (item if length <= 20 else "甲" * 19 + "…")


@pytest.mark.parametrize(
    ("first", "second", "said"),
    [
        # What the last item of a list ends in the ones before it share, as far as the same marks lead.
        ("县委、县政府领导", "县委", 0),
        ("县委、县政府领导", "县委、县人大领导", 1),
        ("县委、县人大、县政府领导", "县委、县政协领导", 1),
        ("县委，县人大、县政府领导", "县委、县政协领导", 0),
        ("县委领导", "县委领导", 1),
        ("县委", "县委", 1),
    ],
)
def test_items_share_the_end_of_a_later_one(first: str, second: str, said: int) -> None:
    answer = matches("distinct", f"{first}\n{second}", separator="[、，]", shared_end="领导")
    assert len(answer) == said


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        ("报送发", []),
        ("报发送", [("送", "发")]),
        ("发送报", [("送", "发"), ("报", "发")]),
        ("送报发", [("报", "送")]),
        ("报报发", []),
        # Others are let be, wherever they stand.
        ("丙报丙送", []),
        ("报", []),
    ],
)
def test_parts_stand_in_their_order(kinds: str, said: list[tuple[str, str]]) -> None:
    made = with_fields("\n".join(kinds), *({"class": each, "label": each} for each in kinds))
    given: dict[str, Any] = {"on": ["articles.paragraphs"], "field": "class", "order": ["报", "送", "发"]}
    answer = judged("ordered", made, **given)
    assert [(each.values["found"], each.values["previous"]) for each in answer] == said


def test_without_parts_of_the_order_nothing_can_be_said() -> None:
    made = with_fields("甲", {"class": "丙"})
    given: dict[str, Any] = {"field": "class", "order": ["报"]}
    assert judged("ordered", made, on=["articles.paragraphs"], **given) == "cannot-assess"
    # Without a label a part is known by its first characters.
    made = with_fields("甲乙丙丁戊\n己庚辛壬癸", {"class": "送"}, {"class": "报"})
    (match,) = judged("ordered", made, on=["articles.paragraphs"], field="class", order=["报", "送"])
    assert match.values == {"found": "己庚辛壬", "previous": "甲乙丙丁"}


REFERENCE: dict[str, Any] = {"reference": "见附件(?P<n>[0-9一二三]+)", "target": "^附件(?P<n>[0-9一二三]+)$"}


@pytest.mark.parametrize(
    ("text", "given", "said"),
    [
        ("见附件1\n附件1", {}, []),
        ("见附件2\n附件1", {}, [("见附件2", "1")]),
        ("见附件2，见附件1，见附件3\n附件3\n附件1", {}, [("见附件2", "1、3")]),
        ("见附件二\n附件2", {}, []),
        ("见附件1", {}, "not-applicable"),
        ("见附件1\n附件：名单", {"sole": "^附件："}, []),
        ("见附件2\n附件：名单", {"sole": "^附件："}, [("见附件2", "one without a number")]),
        ("见附件2\n附件：名单\n附件：清单", {"sole": "^附件："}, "not-applicable"),
        ("见附件2\n附件：1.甲2.乙", {"listed": "附件：.*"}, []),
        ("见附件3\n附件：1.甲2.乙", {"listed": "附件：.*"}, [("见附件3", "1、2")]),
        ("“见附件2”\n附件1", {"mask": ["quoted"]}, []),
    ],
)
def test_what_is_referred_to_is_there(text: str, given: dict[str, Any], said: Any) -> None:
    answer = run("referenced", text, **REFERENCE, **given)
    if isinstance(answer, list):
        shown = [each.values["there"] for each in answer]
        there = [each.en if isinstance(each, Wording) else each for each in shown]
        assert list(zip((each.values["found"] for each in answer), there, strict=True)) == said
    else:
        assert answer == said


def test_a_reference_outside_the_parts_is_not_judged() -> None:
    made = document("见附件2\n附件1")
    assert judged("referenced", made, on=["masthead.date"], **REFERENCE) == "cannot-assess"
    assert judged("referenced", made, on=["masthead"], **REFERENCE) == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("表1\n表2\n表3", []),
        ("表1\n表3", [("3", 2, 1)]),
        ("表1\n表3\n表4", [("3", 2, 1)]),
        ("表1\n表1", [("1", 2, 1)]),
        ("表2\n表1", [("1", 3, 2)]),
        ("表4", []),
        ("表一\n表三", [("三", 2, 1)]),
        ("没有", []),
    ],
)
def test_numbers_follow_one_another(text: str, said: list[tuple[str, int, int]]) -> None:
    answer = matches("consecutive", text, pattern="^表(?P<n>[0-9一二三四]+)$")
    keys = ("found", "expected", "previous")
    assert [tuple(each.values[key] for key in keys) for each in answer] == said
    assert found("consecutive", text, pattern="^表(?P<n>[0-9一二三四]+)$") == [each for each, _, _ in said]
    for each in answer:
        assert each.related[0].span.end <= each.span.start


def contents(entries: str, titles: str, body: str = "") -> Document:
    """A document with a list of contents and titles, each entry and title on a line of its own."""
    made = document("\n".join(filter(None, (entries, titles, body))))
    nodes = paragraphs(made)
    count = entries.count("\n") + 1 if entries else 0
    made.bulletin.children["contents"] = nodes[:count]
    made.bulletin.children["titles"] = nodes[count : count + titles.count("\n") + 1] if titles else []
    return made


def listed(made: Document, **given: Any) -> Any:
    return judged("listed", made, on=["contents"], among=["titles"], **given)


@pytest.mark.parametrize(
    ("entries", "titles", "given", "said"),
    [
        ("东村修路忙", "东村修路忙", {}, []),
        ("东村修路忙", "东村修桥忙", {}, [("东村修路忙", "东村修桥忙")]),
        # Marks, spaces and numbers are no words; nor is what the rule says of pages, signs and authors.
        ("1.东村修路忙", "东村“修路”忙", {}, []),
        ("（一）东村 修路忙", "东村修路忙", {}, []),
        ("东村修路忙……3", "东村修路忙", {"page": "…+[0-9]+$"}, []),
        ("□东村修路忙", "东村修路忙", {"sign": "^□"}, []),
        # A part of a title is one.
        ("东村修路", "东村修路忙", {}, []),
        ("东村修路忙又忙", "东村修路忙", {}, []),
        ("东村修路（张三）", "东村修路忙", {"author": "（.*）$"}, []),
        # What resembles nothing is another thing.
        ("甲乙丙丁", "东村修路忙", {}, []),
        ("", "东村修路忙", {}, "cannot-assess"),
        ("东村修路忙", "", {}, "cannot-assess"),
    ],
)
def test_an_entry_says_the_same_as_its_title(
    entries: str, titles: str, given: dict[str, Any], said: Any
) -> None:
    answer = listed(contents(entries, titles), **given)
    if isinstance(answer, list):
        answer = [(each.values["found"], each.values["nearest"]) for each in answer]
    assert answer == said


ALONE = "甲乙丙丁戊己庚辛壬癸"


@pytest.mark.parametrize(
    ("entries", "body", "given", "said"),
    [
        (f"东村修路忙\n{ALONE}", "", {}, [ALONE]),
        # Several are a list of another kind; one alone says nothing.
        (f"东村修路忙\n{ALONE}\n子丑寅卯辰巳午未", "", {}, []),
        (ALONE, "", {}, []),
        # Its words stand elsewhere: the first eight, or the last.
        (f"东村修路忙\n{ALONE}", "甲乙丙丁戊己庚辛", {}, []),
        (f"东村修路忙\n{ALONE}", "丙丁戊己庚辛壬癸", {}, []),
        (f"东村修路忙\n{ALONE}", "甲乙丙丁戊己庚", {}, [ALONE]),
        (f"东村修路忙\n{ALONE}", "", {"unless": ["丙丁"]}, []),
        # Another mark than those of the titles' entries, or no page where they have one.
        (f"◆东村修路忙\n{ALONE}", "", {}, []),
        (f"◆东村修路忙\n◆{ALONE}", "", {}, [f"◆{ALONE}"]),
        (f"1东村修路忙\n2{ALONE}", "", {"sign": "^[0-9]"}, [f"2{ALONE}"]),
        (f"一、东村修路忙\n二、{ALONE}", "", {}, [f"二、{ALONE}"]),
        (f"一、东村修路忙\n{ALONE}", "", {}, []),
        (f"东村修路忙…3\n{ALONE}", "", {"page": "…[0-9]$"}, []),
        (f"东村修路忙…3\n{ALONE}…4", "", {"page": "…[0-9]$"}, [f"{ALONE}…4"]),
    ],
)
def test_an_entry_that_alone_has_no_title(
    entries: str, body: str, given: dict[str, Any], said: list[str]
) -> None:
    answer = listed(contents(entries, "东村修路忙", body), **{"assert": "present"}, **given)
    assert [each.values["found"] for each in answer] == said


@pytest.mark.parametrize(
    ("entries", "titles", "said"),
    [
        ("甲乙\n丙丁", "甲乙\n丙丁\n戊己", ["戊己"]),
        ("甲乙\n丙丁", "甲乙\n丙丁", []),
        ("甲乙\n丙丁", "甲乙\n丙丁\n戊己\n庚辛", []),
        ("甲乙", "甲乙\n丙丁", []),
        ("甲乙\n丙", "甲乙\n丙丁\n戊己", []),
        ("甲乙\n丙丁", "甲乙\n丙丁\n丙丁", []),
        # Two titles have none where an entry stands twice.
        ("甲乙\n甲乙", "甲乙\n丙丁\n戊己", []),
        ("", "甲乙", "not-applicable"),
        ("甲乙\n丙丁", "", []),
    ],
)
def test_a_title_that_alone_has_no_entry(entries: str, titles: str, said: Any) -> None:
    made = contents(entries, titles)
    given: dict[str, Any] = {"on": ["titles"], "among": ["contents"], "assert": "entered"}
    answer = judged("listed", made, **given)
    assert (answer if isinstance(answer, str) else [each.values["found"] for each in answer]) == said
    if said == ["戊己"]:
        assert judged("listed", made, **given, unless=["戊"]) == []


def table(*rows: str) -> Document:
    """A document that is one table, its cells set off by strokes."""
    made = document("\n".join(rows))
    blocks, start = [], 0
    for number, row in enumerate(rows):
        cells, at = [], start
        for cell in row.split("|"):
            cells.append(Span(at, at + len(cell)))
            at += len(cell) + 1
        span = Span(start, start + len(row))
        line = made.blocks[number]
        blocks.append(line._replace(span=span, table=True, cells=tuple(cells)))
        start += len(row) + 1
    whole = Document("made.md", made.reading, made.text, blocks, [(0, 0)], (), ())
    node = Node("tables[0]", Span(0, len(made.text)), made.text)
    whole.bulletin.children = {"tables": [node]}
    return whole


TOTAL: dict[str, Any] = {
    "on": ["tables"],
    "total": "合计|总计",
    "not_summed": "率",
    "rounded": "约",
    "counted": "序号",
    "parts_of_rows": "其中",
}
HEAD = "村|户数|人数"


def totals(*rows: str, **given: Any) -> list[tuple[str, str, str, str]]:
    answer: list[Match] = judged("table-total", table(*rows), **{**TOTAL, **given})
    parts = [each.values["parts"] for each in answer]
    return [
        (str(each.values["found"]), str(each.values["expected"]), str(each.values["column"]), part.zh)
        for each, part in zip(answer, parts, strict=True)
        if isinstance(part, Wording)
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((HEAD, "东村|10|20", "西村|12|30", "合计|22|50"), []),
        ((HEAD, "东村|10|20", "西村|12|30", "合计|22|51"), [("51", "50", "人数", "各行")]),
        ((HEAD, "东村|10|20", "西村|12|30", "合 计|22|51"), [("51", "50", "人数", "各行")]),
        # Where it is the first row, it is that of those below.
        ((HEAD, "合计|22|51", "东村|10|20", "西村|12|30"), [("51", "50", "人数", "各行")]),
        ((HEAD, "东村|10|20", "合计|22|51", "西村|12|30"), []),
        ((HEAD, "东村|10|20", "西村|12|30", "合计|22|51", "总计|22|51"), []),
        # Where more are wrong than right it is no total of these rows.
        ((HEAD, "东村|10|20", "西村|12|30", "合计|23|51"), []),
        ((HEAD, "东村|10|20", "合计|10|21"), []),
        (("东村|10|20", "西村|12|30", "合计|22|51"), []),
        ((HEAD, "东村|10|20", "西村|12|30", "其中南村|1|2", "合计|22|51"), []),
        ((HEAD, "东村|10|20", "西村|12|30", "小计|22|51"), []),
        # A cell without a figure is nought where it is empty or a dash.
        ((HEAD, "东村|10|20", "西村|12|—", "南村|1|30", "合计|23|51"), [("51", "50", "人数", "各行")]),
        ((HEAD, "东村|10|20", "西村|12|", "南村|1|30", "合计|23|51"), [("51", "50", "人数", "各行")]),
        ((HEAD, "东村|10|20", "西村|12|暂无", "南村|1|30", "合计|23|51"), []),
        ((HEAD, "东村|10|20%", "西村|12|30%", "合计|22|51%"), []),
        (("村|户数|办结率", "东村|10|20", "西村|12|30", "合计|22|51"), []),
        ((HEAD, "东村|1,000|20", "西村|1,200|30", "合计|2,200|51"), [("51", "50", "人数", "各行")]),
        # Figures with decimals are rounded, each by half of its last place; so are those of some heads.
        (("村|户数|面积", "东村|10|1.2", "西村|12|2.3", "合计|22|3.6"), []),
        (("村|户数|面积", "东村|10|1.2", "西村|12|2.3", "合计|22|3.7"), [("3.7", "3.5", "面积", "各行")]),
        (("村|户数|面积", "东村|10|1.2", "西村|12|2.3", "合计|22|3.65"), [("3.65", "3.5", "面积", "各行")]),
        (("村|户数|约数", "东村|10|20", "西村|12|30", "合计|22|51"), []),
        (("村|户数|约数", "东村|10|20", "西村|12|30", "合计|22|52"), [("52", "50", "约数", "各行")]),
        # Two rows of heads.
        (
            ("村|全镇|全镇", HEAD, "东村|10|20", "西村|12|30", "合计|22|51"),
            [("51", "50", "全镇 人数", "各行")],
        ),
    ],
)
def test_a_row_of_totals_has_the_sums(rows: tuple[str, ...], said: list[tuple[str, str, str, str]]) -> None:
    assert totals(*rows) == said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (("东村|10", "西村|12", "合计|23"), True),
        (("东村|10", "西村|12", "合计|43"), True),
        (("东村|10", "西村|12", "合计|44"), False),
        (("东村|10", "西村|12", "合计|21"), True),
        (("东村|10", "西社|12", "合计|23"), False),
        (("东村|10", "西村|-", "南村|12", "合计|23"), False),
        (("东村|10", "西村|12", "合计|22"), False),
    ],
)
def test_a_sole_column_is_judged_as_advice(rows: tuple[str, ...], *, said: bool) -> None:
    answer = judged("table-total", table("村|户数", *rows), **TOTAL, alike="村$")
    assert [each.severity for each in answer] == ["info"] * said
    assert totals("村|户数", *rows) == []


ACROSS = ("村|一月|二月|合计", "东村|10|20|31", "西村|12|30|42", "南村|1|2|3")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (ACROSS, [("31", "30", "东村", "各栏")]),
        (tuple(f"{row}x".replace("合计x", "总数").replace("x", "") for row in ACROSS), []),
        ([ACROSS[0].replace("合计", "合计（人）"), *ACROSS[1:]], []),
        (
            ["村|一月（人）|二月（人）|合计（人）", *ACROSS[1:]],
            [("31", "30", "东村", "各栏")],
        ),
        (["村|一月（人）|二月（户）|合计（人）", *ACROSS[1:]], []),
        (["村|一月|率|合计", *ACROSS[1:]], []),
        # A column of numbers is none of them; two columns of names are not known.
        (
            ["序号|" + ACROSS[0], *(f"{number}|{row}" for number, row in enumerate(ACROSS[1:], 1))],
            [("31", "30", "东村", "各栏")],
        ),
        (["镇|" + ACROSS[0], *(f"甲镇|{row}" for row in ACROSS[1:])], []),
        # Two rows of heads.
        (["村|全年|全年|全年", *ACROSS], []),
    ],
)
def test_a_column_of_totals_has_the_sums_of_the_rows(
    rows: Sequence[str], said: list[tuple[str, str, str, str]]
) -> None:
    assert totals(*rows) == said


def test_the_corner_is_told_once() -> None:
    rows = ("村|一月|二月|合计", "东村|10|20|30", "西村|12|30|42", "合计|22|50|73")
    assert totals(*rows) == [("73", "72", "合计", "各行")]


def counted(*rows: str, **given: Any) -> list[tuple[str, str]]:
    parameters = {"on": ["tables"], "counted": "序号|编号", **given}
    answer = judged("table-numbers", table(*rows), **parameters)
    return [(str(each.values["found"]), str(each.values["expected"])) for each in answer]


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        ("1 2 3 4", []),
        ("1 2 4 4", [("4", "3")]),
        ("1 9 3 4", [("9", "2")]),
        # One is left out: from there on all are one too many.
        ("1 2 4 5 6", [("4", "3")]),
        ("1 3 4 5", [("3", "2")]),
        ("1 2 3 5", [("5", "4")]),
        ("1 2 3 6", []),
        ("1 2 5 6", []),
        ("1 2 4 6", []),
        ("1 2 4 5 5", []),
        # A table that begins later is a part of a longer one.
        ("2 3 4 5", []),
        ("2 2 3 4", []),
        # Of few rows, or without a number amid them, nothing is said.
        ("1 3 3", []),
        ("1 2 x 5", []),
        ("1 3 4 5 合计", [("3", "2")]),
        ("1 3 3 合计", []),
        ("一 二 四 四", [("四", "三")]),
    ],
)
def test_a_column_counts_its_rows(numbers: str, said: list[tuple[str, str]]) -> None:
    assert counted("序 号|村", *(f"{number}|村" for number in numbers.split())) == said
    assert counted("名称|村", *(f"{number}|村" for number in numbers.split())) == []


@pytest.mark.parametrize(
    ("names", "is_count"),
    [("1路 2路 4路 4路", False), ("1路 2路 甲路 甲路", True), ("1路 2路 4路 甲路", False)],
)
def test_numbers_that_rows_say_again_are_names(names: str, *, is_count: bool) -> None:
    rows = [f"{number}|{name}" for number, name in zip("1244", names.split(), strict=True)]
    assert counted("编号|线路", *rows, named="编号") == [("4", "3")] * is_count
    assert counted("序号|线路", *rows, named="编号") == [("4", "3")]
    assert counted("编号|线路", *rows) == [("4", "3")]


def shares(*rows: str) -> list[tuple[str, ...]]:
    answer = judged("table-share", table("村|总数|办结|比例", *rows), on=["tables"])
    return [
        tuple(str(each.values[name]) for name in ("found", "expected", "part", "whole")) for each in answer
    ]


RIGHT = ("东村|1000|500|50%", "西村|2000|500|25%", "南村|4000|3000|75%")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((*RIGHT, "北村|5000|1000|20%"), []),
        ((*RIGHT, "北村|5000|1000|21%"), []),
        ((*RIGHT, "北村|5000|1000|19%"), []),
        ((*RIGHT, "北村|5000|1000|22%"), [("22%", "20", "办结", "总数")]),
        ((*RIGHT, "北村|5000|1000|18%"), [("18%", "20", "办结", "总数")]),
        ((*RIGHT, "北村|5000|1000|20.1％"), []),
        ((*RIGHT, "北村|5000|1000|20.2％"), [("20.2％", "20", "办结", "总数")]),
        ((*RIGHT, "北村|3000|1000|20%"), [("20%", "33.3", "办结", "总数")]),
        # Three must agree, and all but one.
        ((*RIGHT[1:], "北村|5000|1000|30%"), []),
        ((*RIGHT, "北村|5000|1000|30%", "中村|5000|1000|30%"), []),
        ((*RIGHT, "北村|5000|1000|"), []),
        ((*RIGHT, "北村|0|1000|30%"), []),
        (tuple(row.replace("%", "") for row in (*RIGHT, "北村|5000|1000|30%")), []),
    ],
)
def test_a_share_is_that_of_two_columns(rows: tuple[str, ...], said: list[tuple[str, ...]]) -> None:
    assert shares(*rows) == said


def test_without_a_table_or_where_rows_differ_nothing_is_judged() -> None:
    made = document("甲")
    for name in ("table-total", "table-share", "table-numbers"):
        assert judged(name, made, on=["tables"], total="合计", counted="序号") == "not-applicable"
    assert totals(HEAD, "东村|10|20", "西村|12", "合计|22|51") == []
