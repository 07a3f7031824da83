"""Words that the built-in packs give to the kinds of check and to the parsers, given otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bulletin_lint import parse
from bulletin_lint.config.settings import Settings
from bulletin_lint.model.document import Node
from bulletin_lint.model.errors import DefinitionError
from bulletin_lint.parsing.grammar import Grammar
from bulletin_lint.parsing.masthead_numbers import scan_numbers
from bulletin_lint.parsing.words import Words
from bulletin_lint.rulebook.load import load_rulebook
from hand_made import document, matches

GROWTH = "从(?P<before>[0-9]+)变(?P<after>[0-9]+)(?P<way>涨|跌|掉)(?P<percent>[0-9]+)%"


def said(name: str, text: str, **parameters: Any) -> list[tuple[str, str]]:
    return [
        (str(match.values["found"]), str(match.values["expected"]))
        for match in matches(name, text, **parameters)
    ]


@pytest.mark.parametrize(
    ("falls", "expected"),
    [(None, []), ("掉", [("跌", "往下"), ("涨", "往下")]), ("[跌掉]", [("涨", "往下")])],
)
def test_which_words_tell_a_fall_says_the_rule(falls: str | None, expected: list[tuple[str, str]]) -> None:
    text = "菜价从10变8掉20%。鱼价从10变8跌20%。米价从10变8涨20%。"
    assert expected == said(
        "arithmetic", text, relation="growth", patterns=[GROWTH], falls=falls, ways=["往上", "往下"]
    )


def test_a_fall_needs_words_for_what_should_be_there(tmp_path: Path) -> None:
    rule = (
        f"name: growth, check: arithmetic, on: raw, relation: growth, patterns: ['{GROWTH}'], falls: 掉, "
        "ways: [往上], message: {zh: 有误, en: wrong}"
    )
    (tmp_path / "house.yaml").write_text(f"rules:\n  HB-01: {{{rule}}}\n", encoding="utf-8")

    with pytest.raises(DefinitionError, match="ways"):
        load_rulebook(Settings(extends=("./house.yaml",), folder=str(tmp_path)))


@pytest.mark.parametrize(("between", "expected"), [("", []), ("／", [("5", "6")]), ("、", [])])
def test_what_stands_between_two_parts_says_the_rule(between: str, expected: list[tuple[str, str]]) -> None:
    # 比 is a word of the first part, unless nothing tells where that ends.
    assert expected == said(
        "arithmetic",
        "共5户：比邻村4户／西村2户。",
        relation="sum",
        patterns=["共(?P<whole>[0-9]+)户：(?P<parts>[^。]+)"],
        part="(?P<n>[0-9]+)户",
        no_part="比",
        between=between,
    )


@pytest.mark.parametrize(("before_number", "expected"), [("", [("）", "（")]), ("暨", [])])
def test_behind_which_words_an_item_is_numbered_says_the_rule(
    before_number: str, expected: list[tuple[str, str]]
) -> None:
    assert expected == said("balanced", "1）项暨2）项", before_number=before_number)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({}, ["@春耕开始#3", "春耕开始by甲"]),
        ({"sign": "^@", "page": "#[0-9]$"}, ["春耕开始by甲"]),
        ({"sign": "^@", "page": "#[0-9]$", "author": "by.$"}, []),
    ],
)
def test_what_stands_around_an_entry_says_the_rule(given: dict[str, str], expected: list[str]) -> None:
    made = document("春耕大会开始")
    made.bulletin.children["contents"] = [
        Node(f"contents[{number}]", made.blocks[0].span, text)
        for number, text in enumerate(("@春耕开始#3", "春耕开始by甲"))
    ]
    made.bulletin.list("articles")[0].children["title"] = Node("t", made.blocks[0].span, "春耕开始了")

    found = matches("listed", made, on=["contents"], among=["articles.title"], **given)
    assert expected == [match.values["found"] for match in found]


def grammar(**forms: object) -> Grammar:
    given = load_rulebook(Settings()).grammar
    return Grammar({**given, "forms": {**given["forms"], **forms}})


def test_bars_between_cells_are_forms() -> None:
    row = "东村¦4户¦西村"

    assert [] == Words(row, grammar()).cells_between_bars
    assert ["东村", "4户", "西村"] == Words(row, grammar(drawn_bars="¦")).row
    assert [] == Words("东村│4户", grammar(drawn_bars="¦")).cells_between_bars
    typed = Words("东村 ¦ 4户 ¦ 西村", grammar(typed_bars="¦"))
    assert (["东村", "4户", "西村"], 3) == (typed.row, typed.cells)
    # Without any there are no such rows.
    assert ["东村│4户"] == Words("东村│4户", grammar(drawn_bars="", typed_bars="")).row


@pytest.mark.parametrize(("marks", "is_date"), [("—", True), ("起", False), ("", True)])
def test_what_makes_days_a_period_is_a_form(marks: str, *, is_date: bool) -> None:
    found = scan_numbers(grammar(period_marks=marks), "3月18日起3月24日")
    assert is_date == (found.date is not None)


@pytest.mark.parametrize(("joints", "fields"), [("、/和／", ()), ("与", ("writer", "editor"))])
def test_what_joins_two_labels_is_a_form(joints: str, fields: tuple[str, ...]) -> None:
    label = grammar(label_joints=joints).tail_labels.at_start("文字与编辑：甲")
    assert fields == (label.fields if label is not None else ())


def test_what_stands_around_entries_of_the_contents_is_a_form() -> None:
    usual = grammar().entries
    other = grammar(
        marks="&", before_entry="卷[0-9]", behind_entry="<[0-9]>", entry_number="其[一二]"
    ).entries
    none = Grammar({}).entries

    assert "春耕\n夏收" == usual.bare("1.春耕（3）\n★ 夏收")
    assert "春耕\n夏收\n1.秋种" == other.bare("卷1 春耕<3>\n& 夏收\n1.秋种")
    assert "1.春耕" == none.bare("1.春耕")
    assert (2, 0, 0) == tuple(each.number_end("一、春耕") for each in (usual, other, none))
    assert (0, 2, 0) == tuple(each.number_end("其一春耕") for each in (usual, other, none))


@pytest.mark.parametrize(("forms", "blocks"), [("", 3), ("forms: {masthead_end: 印}", 4)])
def test_how_a_masthead_ends_is_a_form(tmp_path: Path, forms: str, blocks: int) -> None:
    """A comma behind the title makes it no beginning of the news below, where a masthead stands above."""
    (tmp_path / "house.yaml").write_text(f"extends: [jianbao]\n{forms}\n", encoding="utf-8")
    text = "柳溪简报\n镇办印\n\n春耕开始，\n\n近日，镇里的春耕开始了。"
    settings = Settings(extends=("./house.yaml",), folder=str(tmp_path))

    assert blocks == len(parse(text.encode(), "9.txt", settings, cache=False).blocks)


@pytest.mark.parametrize(("forms", "printed"), [("", None), ("forms: {copies_units: 本}", 30)])
def test_what_copies_are_counted_in_is_a_form(tmp_path: Path, forms: str, printed: int | None) -> None:
    (tmp_path / "house.yaml").write_text(f"extends: [jianbao]\n{forms}\n", encoding="utf-8")
    text = "# 柳溪简报\n\n第3期\n\n## 春耕开始\n\n近日，镇里的春耕开始了。\n\n责编：甲某\n\n印数：30本\n"
    settings = Settings(extends=("./house.yaml",), folder=str(tmp_path))
    copies = parse(text.encode(), "9.md", settings, cache=False).bulletin.child("copies")

    assert copies is not None
    assert printed == copies.fields["value"]
