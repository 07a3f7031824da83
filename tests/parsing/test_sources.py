"""Who wrote an article, by the words of a line alone: brackets, labels, units, people and what they did."""

from __future__ import annotations

import pytest

from bulletin_lint.parsing.sources import (
    is_unit_over_people,
    is_unit_with_people,
    named_parts,
    names_source,
    own_line_value,
    source_facts,
    without_label,
)
from bulletin_lint.parsing.words import Words
from laid_out import grammar


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        # In brackets a unit, a unit and what it did, people, and other words.
        ("（镇林业站）", {"names", "could_name"}),
        ("(镇林业站)", {"names", "could_name"}),
        ("（镇林业站供稿）", {"names", "named_role"}),
        ("（供稿：镇林业站）", {"names", "named_role"}),
        ("（甲文）", {"could_name"}),
        ("（镇林业站）。", {"names", "could_name"}),
        ("（镇林业站。）", {"names", "could_name"}),
        ("（第3批，共5株）", set()),
        ("（本文有删节）", {"aside"}),
        # What a picture shows.
        ("（封井现场）", {"aside"}),
        ("（社区活动室一角）", {"aside"}),
        ("（执法人员正在查看水表）", {"aside"}),
        ("（村民打开水龙头）", {"could_name"}),
        ("——镇林业站", {"names", "dash_unit"}),
        ("——东山见闻", set()),
        # Behind a label.
        ("供稿：镇林业站", {"label_source"}),
        ("来源:镇林业站", {"label_source"}),
        ("供稿：镇林业站。", set()),
        # A unit in the brackets of a column, and a column.
        ("【镇林业站】", {"unit_column"}),
        ("【工作动态】", set()),
        # A unit and people without brackets.
        ("镇林业站　甲文", {"unit_person"}),
        ("镇林业站　甲　文", {"unit_person"}),
        ("镇林业站/镇供水站", {"unit_person"}),
        ("镇林业站　甲文供稿", {"names", "named_role"}),
        # Numbered words end in no bracket.
        ("一、镇林业站", set()),
    ],
)
def test_a_line_is_a_source_by_its_brackets_its_label_or_its_parts(text: str, facts: set[str]) -> None:
    assert set(Words(text, grammar()).source or ()) == facts


@pytest.mark.parametrize(
    "text",
    [
        "镇里开展春季植树",
        "镇林业站",
        "植树造林，绿化东山",
        "植树造林。",
        "植树名单：",
        "电话：0571-55550100",
        "树苗 水管",
    ],
)
def test_words_without_the_form_of_a_source_are_none(text: str) -> None:
    assert Words(text, grammar()).source is None


def test_a_mark_before_who_wrote_it_is_no_part_of_the_source() -> None:
    assert source_facts("●供稿：镇林业站", grammar(), is_column=False, has_marker=False) == ("label_source",)


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("镇林业站", ["unit"]),
        ("镇林业站　甲文", ["unit", "person"]),
        ("镇林业站　甲文　乙武", ["unit", "person", "person"]),
        ("甲文（镇林业站）", ["person", "unit"]),
        ("镇林业站/镇供水站", ["unit", "unit"]),
        ("镇林业站　某　某", ["unit", "person"]),
        # Five characters are no name, and neither is what has a comma or a stop within.
        ("镇林业站　甲乙丙丁戊", []),
        ("镇林业站，甲文", []),
        ("镇林业站。甲文", []),
        # Who made the picture did not write the text.
        ("摄影：甲文", []),
        ("甲文　摄", []),
    ],
)
def test_the_parts_of_a_line_are_units_people_and_what_they_did(text: str, kinds: list[str]) -> None:
    assert [kind for kind, _ in named_parts(text, grammar())] == kinds


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("镇林业站　甲文", True),
        ("甲文　镇林业站", True),
        ("镇林业站　镇供水站", True),
        ("镇林业站　甲乙丙", True),
        ("镇林业站　甲乙丙丁", False),
        ("镇林业站", False),
        ("甲文　乙武", False),
        ("案例二　镇林业站", False),
    ],
)
def test_a_unit_with_people_has_a_unit_at_an_end_and_short_names(text: str, *, is_one: bool) -> None:
    assert is_unit_with_people(text, grammar()) is is_one


@pytest.mark.parametrize(
    ("unit", "people", "is_one"),
    [
        ("镇林业站", "甲文", True),
        ("镇林业站", "甲　文", True),
        ("镇林业站", "甲文　乙武", True),
        ("镇林业站", "甲乙丙丁", False),
        ("镇林业站", "要　闻", False),
        ("镇林业站", "简　报", False),
        ("镇林业站", "镇供水站", False),
        ("甲乙丙", "甲文", False),
    ],
)
def test_who_wrote_stands_below_the_unit(unit: str, people: str, *, is_one: bool) -> None:
    assert is_unit_over_people(unit, people, grammar()) is is_one


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("供稿：镇林业站", "镇林业站"),
        ("供稿: 镇林业站 ", "镇林业站"),
        ("镇林业站", "镇林业站"),
        ("供稿：", "供稿："),
        ("供稿：镇林业站：甲文", "供稿：镇林业站：甲文"),
        ("浇水：镇林业站", "浇水：镇林业站"),
    ],
)
def test_the_label_of_a_source_is_left_out_where_there_is_one(value: str, words: str) -> None:
    assert without_label(value, grammar()) == words


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("镇林业站", True),
        ("镇 林业站", True),
        ("镇林业站。", True),
        ("《云岭日报》", True),
        ("镇林业站供稿", True),
        ("镇林业站　甲文", True),
        ("植树", False),
        ("植树造林，镇林业站", False),
        ("植树：镇林业站", False),
        ("谁是镇林业站？", False),
        ("林知夏，镇水利站", True),
        ("镇水利站，林知夏", True),
        ("林知夏，今年十二岁", False),
        ("林知夏，镇水利站，镇林业站", False),
    ],
)
def test_words_name_a_source_if_they_are_a_unit_or_say_what_somebody_did(value: str, *, names: bool) -> None:
    assert names_source(grammar(), value) is names


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("（镇林业站）", "镇林业站"),
        ("（ 镇林业站 ）", "镇林业站"),
        ("——镇林业站", "镇林业站"),
        ("镇林业站", None),
    ],
)
def test_what_stands_between_brackets_or_behind_a_dash_may_be_the_source(
    text: str, value: str | None
) -> None:
    assert own_line_value(grammar(), text) == value
