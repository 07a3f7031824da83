"""Numbered sections and items that count, on trees made by hand: what goes on, what begins anew, what is left out."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bulletin_lint.checks.structure.sequences import rewritten
from bulletin_lint.model.document import Document, Node
from bulletin_lint.model.location import Span
from bulletin_lint.model.numerals import parse_number
from bulletin_lint.model.violation import Match
from hand_made import document, make_section, run

HAN = "一二三四五六七八九十"
FORMS = (
    (1, "han", re.compile(f"([{HAN}]+)、")),
    (2, "han in brackets", re.compile(f"（([{HAN}]+)）")),
    (3, "arabic", re.compile("([0-9]+)[.．]")),
    (4, "arabic in brackets", re.compile("（([0-9]+)）")),
)


def lists(*lines: str) -> Document:
    """A document of one article: lines with a number are sections, those behind ``# `` headings, behind ``| `` plain
    paragraphs whatever they begin with; 一是, 二是 in them are items.
    """
    made = document("\n".join(line.removeprefix("| ") for line in lines))
    (article,) = made.bulletin.list("articles")
    items: list[Node] = []
    sections: list[Node] = []
    for index, (node, line) in enumerate(zip(article.list("blocks"), lines, strict=True)):
        start = node.span.start
        node.fields.update({"kind": "heading" if line.startswith("# ") else "paragraph", "number": None})
        for level, style, form in FORMS:
            found = form.match(line)
            if found is not None:
                make_section(node, level, style, found)
                sections.append(node)
                break
        for found in re.finditer(f"([{HAN}])是", node.text):
            fields: Any = {"number": parse_number(found[1]), "style": "is", "block": index}
            span = Span(start + found.start(), start + found.end())
            items.append(Node(f"articles[0].items[{len(items)}]", span, found[0], fields))
    article.children |= {"sections": [*sections], "items": [*items], "title": None}
    return made


def answer(made: Document, fault: str, **given: Any) -> list[Match] | str:
    said = run("sequence", made, on=["articles"], fault=fault, **given)
    assert isinstance(said, (list, str))
    return said


def said(*lines: str, **given: Any) -> list[tuple[str, str, str]]:
    """Of every fault its kind, the number that is wrong and the right one."""
    made = lists(*lines)
    found: list[tuple[Span, str, str, str]] = []
    for fault in ("gap", "repeat", "start"):
        matches = answer(made, fault, **given)
        assert isinstance(matches, list)
        found += [
            (each.span, fault, str(each.values["found"]), str(each.values["expected"])) for each in matches
        ]
    return [(fault, wrong, right) for _, fault, wrong, right in sorted(found)]


@pytest.mark.parametrize(
    ("lines", "faults"),
    [
        (["一、甲", "二、乙", "三、丙"], []),
        (["一、甲", "三、乙"], [("gap", "三、", "二、")]),
        (["一、甲", "一、乙", "二、丙"], [("repeat", "一、", "二、")]),
        (["一、甲", "二、乙", "二、丙"], [("repeat", "二、", "三、")]),
        (["二、甲", "三、乙"], [("start", "二、", "一、")]),
        (["1.甲", "3.乙"], [("gap", "3.", "2.")]),
        (["1．甲", "3．乙"], [("gap", "3．", "2．")]),
        # Under each heading the lower level begins anew, or counts on through all.
        (["一、甲", "（一）子", "（二）丑", "二、乙", "（一）寅", "（二）卯"], []),
        (["一、甲", "1.子", "2.丑", "3.寅", "二、乙", "4.卯", "5.辰"], []),
        (
            ["一、甲", "1.子", "2.丑", "二、乙", "1.寅", "2.卯", "三、丙", "话", "话", "话", "3.辰"],
            [("start", "3.", "1.")],
        ),
        # The last two before it stand in the paragraphs above.
        (["一、甲", "1.子", "2.丑", "二、乙", "1.寅", "2.卯", "三、丙", "3.辰"], []),
        (["一、甲", "（一）子", "（三）丑", "二、乙"], [("gap", "（三）", "（二）")]),
        (["一、甲", "（一）子", "（二）丑", "二、乙", "（二）寅"], [("start", "（二）", "（一）")]),
        # The numbering of a lower level goes on past a list with numbers of a higher one.
        (["1.甲", "一、子", "二、丑", "2.乙"], []),
        # One number in another style counts on, where its own style does not.
        (["一、甲", "（二）乙", "三、丙"], []),
        (["一、甲", "二、乙", "（三）丙"], []),
        (["一、甲", "（二）乙", "二、丙"], [("start", "（二）", "（一）")]),
        (["一、甲", "（二）乙", "（三）丙", "二、丁"], [("start", "（二）", "（一）")]),
        # A new list is introduced by a colon, or by other text where it goes on.
        (["1.甲", "2.乙", "要求如下：", "1.丙", "2.丁"], []),
        (["1.甲", "2.乙", "别的话", "1.丙", "2.丁"], []),
        (["1.甲", "2.乙", "1.丙", "2.丁"], [("repeat", "1.", "3.")]),
        (["一、甲", "二、乙", "# 题", "一、丙", "二、丁"], []),
        # The first stands behind a label in the line above, or was told as no number.
        (["附件：1.登记表", "2.名单"], []),
        (["附件如下1.登记表", "2.名单"], [("start", "2.", "1.")]),
        (["附件：1.登记表", "3.名单"], [("gap", "3.", "2.")]),
        (["附件：1.登记表2.清单", "3.名单"], []),
        (["| 1.5G基站", "2.其他"], []),
        (["| 1.5万元", "2.其他"], [("start", "2.", "1.")]),
        (["| 1.12345热线", "2.其他"], []),
        (["| 一、三季度", "二、其他"], []),
        (["| 一、三季度", "别的话", "二、其他"], []),
        (["| 一、三季度", "| 二、四季度", "三、其他"], []),
        (["| 二、四季度", "三、其他"], [("start", "三、", "一、")]),
        # What is left out may stand between untold, or several in one line.
        (["1.甲", "| 2.2026年计划", "3.乙"], []),
        (["1.甲", "| 2026年计划", "3.乙"], [("gap", "3.", "2.")]),
        (["1.甲；2.丑；3.寅", "4.乙"], []),
        (["1.甲；3.寅", "4.乙"], [("gap", "4.", "2.")]),
        (["1.甲，资金2.6万", "3.乙"], [("gap", "3.", "2.")]),
        # A list that ends in its own paragraph is no heading.
        (["（1）甲。（2）乙。", "（1）丙。（2）丁。"], []),
        (["一、甲", "（1）子。（2）丑。", "二、乙"], []),
    ],
)
def test_sections_count(lines: list[str], faults: list[tuple[str, str, str]]) -> None:
    assert said(*lines) == faults


@pytest.mark.parametrize(
    ("lines", "faults"),
    [
        (["一是甲，二是乙，三是丙。"], []),
        (["一是甲，三是乙。"], [("gap", "三是", "二是")]),
        (["一是甲，二是乙，二是丙。"], [("repeat", "二是", "三是")]),
        (["二是甲，三是乙。"], [("start", "二是", "一是")]),
        # One in each paragraph; a new one begins with each 一是 that nothing contradicts.
        (["一是甲。", "二是乙。", "三是丙。"], []),
        (["一是甲。", "三是乙。"], [("gap", "三是", "二是")]),
        (["一是甲，二是乙。", "一是丙，二是丁。"], []),
        (["一是甲，一是乙。"], []),
        (["一是甲，一是乙，三是丙。"], [("repeat", "一是", "二是")]),
        (["一是甲。", "一是乙。", "三是丙。"], [("repeat", "一是", "二是")]),
        (["一是甲。", "二是乙。", "一是丙。", "二是丁。"], []),
        # Each under its own heading.
        (["一、子", "一是甲，二是乙。", "二、丑", "三是丙。"], [("start", "三是", "一是")]),
        (["一是甲，二是乙。", "# 题", "三是丙。"], [("start", "三是", "一是")]),
        # A list within an item closes with its sentence.
        (["一是甲，二是分两类：一是子，二是丑。三是丙。"], []),
        # One that stands for a section counts with those, and not by itself.
        (["一、甲", "二是乙。", "三、丙"], []),
    ],
)
def test_items_count(lines: list[str], faults: list[tuple[str, str, str]]) -> None:
    assert said(*lines) == faults


@pytest.mark.parametrize(
    ("lines", "previous"),
    [
        (["一、甲", "三、乙"], "一、"),
        (["一、甲", "二、乙", "二、丙"], "二、"),
        (["附件：1.登记表", "3.名单"], "1."),
    ],
)
def test_the_number_before_is_told(lines: list[str], previous: str) -> None:
    made = lists(*lines)
    matches = [each for fault in ("gap", "repeat") for each in answer(made, fault)]
    assert [each.values["previous"] for each in matches if isinstance(each, Match)] == [previous]


def test_a_gap_is_mended_and_a_late_start_is_not() -> None:
    for lines, fault, edits in (
        (["一、甲", "三、乙"], "gap", ["二、"]),
        (["一、甲", "一、乙", "二、丙"], "repeat", ["二、"]),
        (["二、甲", "三、乙"], "start", []),
        (["一是甲，三是乙。"], "gap", ["二是"]),
    ):
        matches = answer(lists(*lines), fault)
        assert isinstance(matches, list)
        (match,) = matches
        assert [each.text for each in match.edits] == edits
        assert len(match.related) == (fault != "start")
        assert match.part.startswith("articles[0].")


@pytest.mark.parametrize(
    ("text", "begun_by", "faults"),
    [
        ("首先甲，其次乙，三是丙。", "首先|其次", []),
        ("首先甲，三是丙。", "(?P<first>首先)|其次", [("gap", "三是", "二是")]),
        ("首先甲，三是丙。", "首先|其次", [("start", "三是", "一是")]),
        ("其次乙，三是丙。", "(?P<first>首先)|其次", [("start", "三是", "一是")]),
        ("三是丙。", "(?P<first>首先)|其次", [("start", "三是", "一是")]),
    ],
)
def test_words_stand_for_the_first_items(
    text: str, begun_by: str, faults: list[tuple[str, str, str]]
) -> None:
    assert said(text, begun_by=begun_by) == faults


@pytest.mark.parametrize(
    ("lines", "lone"),
    [
        (["一、甲"], ["一、"]),
        (["一、甲", "二、乙"], []),
        (["二、甲"], []),
        (["一、甲", "（一）子", "二、乙"], ["（一）"]),
        (["一是甲。"], ["一是"]),
        (["一、甲", "| 二、2026年"], ["一、"]),
        (["一、甲", "| 二、四季度"], []),
    ],
)
def test_what_is_alone(lines: list[str], lone: list[str]) -> None:
    matches = answer(lists(*lines), "lone")
    assert [each.values["found"] for each in matches if isinstance(each, Match)] == lone


@pytest.mark.parametrize(
    ("lines", "pairs"),
    [
        (["一、甲", "（一）子", "（二）丑", "二、乙"], []),
        (["一、甲", "（一）子", "1.寅", "（1）卯"], []),
        # 1. straight under 一、 is usual; a lower level straight under （一） is not.
        (["一、甲", "1.子", "2.丑"], []),
        (["一、甲", "（一）子", "（1）寅", "（2）卯"], [("（1）", "（一）")]),
        (["1.甲", "（一）子", "（二）丑"], [("（一）", "1.")]),
        # Each pair of levels once.
        (["1.甲", "（一）子", "（二）丑", "2.乙", "（一）寅", "（二）卯"], [("（一）", "1.")]),
    ],
)
def test_levels_fit_below_one_another(lines: list[str], pairs: list[tuple[str, str]]) -> None:
    matches = answer(lists(*lines), "level")
    found = [(each.values["found"], each.values["previous"]) for each in matches if isinstance(each, Match)]
    assert found == pairs


def test_without_numbers_or_articles_nothing_is_judged() -> None:
    made = lists("甲", "乙")
    assert answer(made, "gap") == "not-applicable"
    made.bulletin.children["articles"] = []
    assert answer(made, "gap") == "cannot-assess"


def test_numbers_that_run_through_the_issue_are_no_single_sections() -> None:
    made = lists("一、甲", "正文", "二、乙", "正文")
    (article,) = made.bulletin.list("articles")
    blocks = article.list("blocks")
    articles = [
        Node(
            f"articles[{at}]",
            Span(blocks[2 * at].span.start, blocks[2 * at + 1].span.end),
            "",
            children={
                "title": None,
                "blocks": blocks[2 * at : 2 * at + 2],
                "sections": [blocks[2 * at]],
                "items": [],
            },
        )
        for at in (0, 1)
    ]
    made.bulletin.children["articles"] = [*articles]
    for fault in ("gap", "repeat", "start", "lone"):
        assert answer(made, fault) == []
    # One that has a title of its own counts by itself.
    articles[1].children["title"] = blocks[3]
    assert len(answer(made, "start")) == 1
    assert len(answer(made, "lone")) == 1


def alike(*lines: str, **given: Any) -> list[tuple[str, str]]:
    variants = [{"pattern": "[。；]$", "expected": "有标点"}, {"pattern": ".$", "expected": "没有标点"}]
    matches = run("alike", lists(*lines), on=["articles"], variants=variants, **given)
    assert isinstance(matches, list), matches
    shown = [(each.values["form"], each.values["found"]) for each in matches]
    return [(getattr(form, "zh", str(form)), str(found)) for form, found in shown]


@pytest.mark.parametrize(
    ("lines", "odd"),
    [
        (["一、甲", "二、乙", "三、丙。"], [("有标点", "三、丙。")]),
        (["一、甲。", "二、乙。", "三、丙"], [("没有标点", "三、丙")]),
        (["一、甲", "二、乙", "三、丙"], []),
        # Of two that differ the one with a mark is odd; where two are, neither is.
        (["一、甲", "二、乙。"], [("有标点", "二、乙。")]),
        (["一、甲。", "二、乙"], [("有标点", "一、甲。")]),
        (["一、甲", "二、乙", "三、丙。", "四、丁。"], []),
        # Only where all of them stand alone on their lines.
        (["一、甲", "二、乙。另有话", "三、丙。"], []),
        (["一、甲", "二、乙", f"三、{'丙' * 30}。"], []),
        (["一、甲", "二、乙", f"三、{'丙' * 29}。"], [("有标点", f"三、{'丙' * 29}。")]),
        (["一、甲", "（一）子。", "（二）丑", "二、乙"], [("有标点", "（一）子。")]),
    ],
)
def test_headings_side_by_side_have_one_form(lines: list[str], odd: list[tuple[str, str]]) -> None:
    assert alike(*lines) == odd


@pytest.mark.parametrize(
    ("lines", "strays"),
    [
        (["一、甲", "（二）乙", "三、丙"], ["（二）乙"]),
        (["一、甲", "二、乙", "三、丙"], []),
        ([f"一、{'甲' * 40}", f"（二）{'乙' * 40}", "三、丙"], [f"（二）{'乙' * 27}"]),
    ],
)
def test_a_number_in_another_style_is_told_where_the_rule_asks(lines: list[str], strays: list[str]) -> None:
    assert [found for _, found in alike(*lines, markers="info")] == strays
    assert alike(*lines) == []


def test_one_heading_has_nothing_to_be_like() -> None:
    variants = [{"pattern": ".$", "expected": "x"}]
    assert run("alike", lists("一、甲"), on=["articles"], variants=variants) == "not-applicable"
    assert run("alike", lists("一、甲"), on=["masthead.date"], variants=variants) == "cannot-assess"


@pytest.mark.parametrize(
    ("marker", "number", "expected", "said"),
    [
        ("三、", 3, 2, "二、"),
        ("（12）", 12, 3, "（3）"),
        ("第3", 3, 2, "第2"),
        ("A3.", 3, 2, "A2."),
        ("③", 3, 2, "②"),
        ("3.5", 5, 2, None),
        ("要点", 1, 2, None),
        ("", 1, 2, None),
    ],
)
def test_a_marker_with_another_number(marker: str, number: int, expected: int, said: str | None) -> None:
    assert rewritten(marker, number, expected) == said
