"""Cut paragraphs: joined in the model, recorded once, every offset still that of the source."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bulletin_lint.config.settings import Settings
from bulletin_lint.engine.cache.compiled import CompiledStore
from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.document import Document
from bulletin_lint.model.location import Location
from bulletin_lint.model.reading import Line, Reading
from bulletin_lint.model.source import SourceFile
from bulletin_lint.parsing import parse
from bulletin_lint.parsing.grammar import Grammar
from bulletin_lint.readers.text.reader import read_text
from bulletin_lint.rulebook.load import load_rulebook

FIRST = "城北街道办起社区老年食堂，每天供应午餐两百余份。三名帮厨分头给老"
SECOND = "人送餐到家，并把空碗收回来消毒，大家叫好。"
WORDS = "社区组织居民开展活动清理河道发放资料登记信息"


def grammar() -> Grammar:
    rulebook = load_rulebook(Settings(), CompiledStore())
    return Grammar(rulebook.grammar, rulebook.table("radicals"))


def document(text: str) -> Document:
    return parse("a.md", read_text("a.md", text.encode()), grammar())


def kinds(text: str) -> list[tuple[str, int, int]]:
    found = document(text)
    return [
        (item.kind, found.locate(item.span).line, found.locate(item.span).end_line) for item in found.damage
    ]


INTRODUCED = "城北街道二十二家餐馆在推进会上签下《明厨亮灶承诺书》，公布电话，接受监督，承诺书全文如下——"


@pytest.mark.parametrize("apart", ["\n　　", "\n\n", "\n\n　　"])
def test_a_dash_that_introduces_the_next_paragraph_is_no_cut(apart: str) -> None:
    found = document(f"　　{SECOND}\n　　{INTRODUCED}{apart}我们承诺，后厨装上摄像头，每天晒出进货单。\n")

    assert not found.damage
    assert len(found.blocks) == 3


def test_a_line_that_a_page_cut_behind_a_dash_goes_on() -> None:
    lines = f"{INTRODUCED}\n- 2 -\n我们承诺，后厨装上摄像头，每天晒出进货单。\n"

    assert [("cut", 1, 3)] == kinds(lines)


def test_a_cut_is_joined_and_said_once() -> None:
    assert [("cut", 1, 3)] == kinds(f"{FIRST}\n\n{SECOND}\n")
    assert f"{FIRST}{SECOND}" == document(f"{FIRST}\n\n{SECOND}\n").text


def test_a_character_set_again_is_dropped() -> None:
    assert [("repeat", 1, 3), ("cut", 1, 3)] == kinds(f"{FIRST}人\n\n{SECOND}\n")
    assert f"{FIRST}{SECOND}" == document(f"{FIRST}人\n\n{SECOND}\n").text


def test_a_paragraph_that_ended_is_not_joined() -> None:
    assert [] == kinds(f"{FIRST}人们。\n\n{SECOND}\n")


def test_a_heading_or_a_label_is_never_the_rest_of_a_paragraph() -> None:
    assert [] == kinds(f"{FIRST}\n\n# 二、{SECOND}\n")
    assert [] == kinds(f"{FIRST}\n\n责编：梁玉\n")


class Nowhere:
    """Places of a reading made by hand."""

    def locate(self, start: int, end: int) -> Location:
        return Location(1, start + 1, 1, end + 1)

    def line_text(self, line: int) -> str:
        return ""


def test_what_follows_a_cut_is_judged_whole_in_a_pdf() -> None:
    """The first line after the cut shows no full stop; the paragraph that it begins does."""
    texts = [FIRST, SECOND[:10], SECOND[10:]]
    joins = [False, False, True]
    lines: list[Line] = []
    position = 0
    for text, goes_on in zip(texts, joins, strict=True):
        lines.append(Line(((position, position + len(text)),), joins=goes_on, page=1))
        position += len(text) + 1
    reading = Reading(
        "pdf",
        "\n".join(texts) + "\n",
        tuple(lines),
        Nowhere(),
        pages=1,
        lines_are="document",
        joins_known=True,
    )

    found = parse("a.pdf", reading, grammar())

    assert ["cut"] == [item.kind for item in found.damage]
    assert f"{FIRST}{SECOND}" == found.text


@given(st.text(WORDS, min_size=26, max_size=60), st.text(WORDS, min_size=8, max_size=40), st.data())
def test_every_character_comes_from_where_the_map_says(first: str, second: str, data: st.DataObject) -> None:
    source = f"{first[:13]}。{first[13:]}\n\n**{second[:4]}**{second[4:]}。\n"
    found = document(source)
    at = data.draw(st.integers(0, max(0, len(found.text) - 1)))

    if found.text[at] != "\n":
        assert found.text[at] == found.reading.text[found.source_offset(at)]


def test_an_item_stands_after_a_mark_or_begins_a_block() -> None:
    found = document(
        "# 城北街道办起食堂\n\n"
        "　　一是供餐，　二是送餐；排名第一是它。街道说：第一，供餐；其中第二，送餐。\n\n（城北街道）\n"
    )
    (article,) = found.bulletin.list("articles")

    assert ["一是", "二是", "第一"] == [node.text for node in article.list("items")]


def test_a_marker_is_told_by_how_it_starts() -> None:
    marker = grammar().marker
    texts = ["一、甲", "（二）甲", "(3)甲", "4．甲", "⑤甲", "2020年", "甲、一"]

    found = [marker(text) for text in texts]
    assert [1, 2, 4, 3, 5, None, None] == [each and each.level for each in found]
    assert [1, 2, 3, 4, 5] == [each.number for each in found if each is not None]


def test_paragraphs_that_the_source_knows_are_left_as_they_are() -> None:
    """Cut or not, hard-wrapped or not: only a line that the reader joins goes on."""
    reading = read_text("a.md", f"{FIRST}\n\n{SECOND}\n{FIRST}\n".encode())
    lines = tuple(line._replace(joins=index == 2) for index, line in enumerate(reading.lines))
    found = parse("a", reading._replace(lines=lines, joins_final=True), grammar())
    assert f"{FIRST}\n{SECOND}{FIRST}" == found.text
    assert [] == found.damage


def test_lines_indented_as_all_paragraphs_are_go_on_from_none(linter: Linter) -> None:
    """A paragraph that lost its stop, and captions between paragraphs, are lines of their own."""
    lines = [
        "　　今年以来，旗纪委按照部署，对交通、水利等领域的招标投标活动开展了集中检查，查处问题十二起，督促整改到位",
        "　　下一步，旗纪委将规范流程，着力治理围标、串标。",
        "　　听到精彩处，大家纷纷拿起手机，记下了讲座里说到的几个要点",
        "　　一家三口听得都很认真",
    ]
    text = (
        "工作动态\n第3期\n局办公室　　2023年3月6日\n\n旗纪委开展集中检查\n"
        + "\n".join(lines)
        + "\n（旗纪委）\n"
    )
    document = linter.read(SourceFile("3.txt", "text", explicit=True), text.encode())
    stand = [document.text[block.span.start : block.span.end] for block in document.blocks]
    assert [line.strip() for line in lines] == stand[4:8]
    assert [damage.kind for damage in document.damage] == []


@pytest.mark.parametrize("apart", ["\n", "\n\n"])
def test_a_word_cut_in_two_goes_on_where_no_sentence_has_ended_before(apart: str) -> None:
    first = "　　6月中旬，河道所沿清源河走了三天，查看堤防、涵闸和险工险"
    rest = "段，记下隐患二十一处。其中九处当天处理，十二处排进了月底前的计划。"
    found = document(f"{first}{apart}{rest}\n")

    assert 1 == len(found.blocks)
    assert f"{first.strip()}{rest}" == found.text.strip()


@pytest.mark.parametrize(
    "lines",
    [
        # Nothing before it is prose.
        ("清源河沿线堤防涵闸巡查记录", "段，是河道所的叫法。"),
        ("6月中旬，河道所沿清源河走了三天，查看了堤防、涵闸和险工。", "一，堤脚有三处渗水，夜里要派人守。"),
    ],
)
def test_one_character_and_a_mark_go_on_from_clauses_alone(lines: tuple[str, str]) -> None:
    assert [] == [kind for kind, *_ in kinds("\n\n".join(lines) + "\n") if kind == "cut"]
