"""The blocks of an article with their fields, and what stands before the articles: contents, note, remarks."""

from __future__ import annotations

from typing import Any

import pytest

from bulletin_lint.model.document import Document, Node
from bulletin_lint.model.source import SourceFile
from bulletin_lint.parsing import parse
from bulletin_lint.readers import read as read_source
from laid_out import grammar

HEAD = "云岭镇工作简报\n\n第4期（总第40期）\n\n云岭镇党政办公室　　2025年3月6日\n\n"
ENDS = "\n\n责编：甲文　　核稿：乙武　　电话：0571-55550100\n\n报：县委办公室。\n"
TEXT = "3月1日，镇机关干部到东山植树，栽下香樟三百株，村民都来帮忙。"
MORE = "村里的护林员说，树苗都浇了定根水，过了雨季就能成活。"


def read(*blocks: str, name: str = "4.md") -> Document:
    text = HEAD + "\n\n".join(blocks) + ENDS
    source = SourceFile(name, "text", explicit=True, data=text.encode())
    return parse(name, read_source(source), grammar())


def article(*blocks: str, name: str = "4.md") -> Node:
    """The only article of a bulletin."""
    (found,) = read("## 镇里开展春季植树", *blocks, "（镇林业站）", name=name).bulletin.list("articles")
    return found


def kinds(node: Node) -> list[tuple[Any, str]]:
    return [(block.fields["kind"], block.path.removeprefix(node.path)) for block in node.list("blocks")]


def test_blocks_are_counted_each_kind_by_itself() -> None:
    found = article(
        TEXT, "一、先栽香樟", MORE, "**边栽边浇。**村民提水上山，一棵一棵浇透了。", "二、再栽桂花", TEXT
    )

    assert kinds(found) == [
        ("paragraph", ".paragraphs[0]"),
        ("section", ".sections[0]"),
        ("paragraph", ".paragraphs[1]"),
        ("lead-in", ".lead_ins[0]"),
        ("section", ".sections[1]"),
        ("paragraph", ".paragraphs[2]"),
    ]
    # A lead-in is a paragraph too, in its place among them.
    assert [node.path.rpartition(".")[2] for node in found.list("paragraphs")] == [
        "paragraphs[0]",
        "paragraphs[1]",
        "lead_ins[0]",
        "paragraphs[2]",
    ]
    assert [node.text for node in found.list("sections")] == ["一、先栽香樟", "二、再栽桂花"]
    assert [node.text for node in found.list("lead_ins")] == ["边栽边浇。村民提水上山，一棵一棵浇透了。"]
    assert found.child("attribution") is not None


@pytest.mark.parametrize(
    ("text", "marker", "number", "level"),
    [
        ("一、先栽香樟", "一、", 1, 1),
        ("（一）先栽香樟", "（一）", 1, 2),
        ("1.先栽香樟，再栽桂花。", "1.", 1, 3),
        ("（1）先栽香樟，再栽桂花。", "（1）", 1, 4),
    ],
)
def test_a_section_says_its_marker_number_and_level(text: str, marker: str, number: int, level: int) -> None:
    found = article(TEXT, text, MORE)
    (section,) = found.list("sections")

    assert [dict(section.fields)[name] for name in ("marker", "number", "level", "kind")] == [
        marker,
        number,
        level,
        "section",
    ]
    span = section.fields["marker_span"]
    assert (span.start, span.end) == (section.span.start, section.span.start + len(marker))


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("**边栽边浇。**村民提水上山，一棵一棵浇透了。", "边栽边浇。"),
        ("**边栽**边浇，村民提水上山，一棵一棵浇透了。", "边栽"),
        # One character, or the whole, leads in nothing.
        ("**边**栽边浇，村民提水上山，一棵一棵浇透了。", None),
        ("边栽**边浇**，村民提水上山，一棵一棵浇透了。", None),
        (f"**{'栽' * 60}**，浇透了。", "栽" * 60),
        (f"**{'栽' * 61}**，浇透了。", None),
    ],
)
def test_a_lead_in_is_the_bold_beginning_of_a_paragraph(text: str, lead: str | None) -> None:
    found = article(TEXT, text)
    leads = [(node.fields["lead"], tuple(node.fields["lead_span"])) for node in found.list("lead_ins")]
    start = found.list("paragraphs")[-1].span.start

    assert leads == ([] if lead is None else [(lead, (start, start + len(lead)))])


def test_rows_that_follow_each_other_are_one_table() -> None:
    found = article(TEXT, "| 村名 | 株数 |\n| --- | --- |\n| 东山 | 120 |\n| 西山 | 180 |", MORE)
    (table,) = found.list("tables")

    assert table.fields["rows"] == [["村名", "株数"], ["东山", "120"], ["西山", "180"]]
    assert table.text == "村名\t株数\n东山\t120\n西山\t180"
    assert kinds(found) == [
        ("paragraph", ".paragraphs[0]"),
        ("table", ".tables[0]"),
        ("paragraph", ".paragraphs[1]"),
    ]


def test_tables_with_text_between_are_two_and_one_at_the_end_is_whole() -> None:
    rows = "| 村名 | 株数 |\n| --- | --- |\n| 东山 | 120 |"
    found = article(TEXT, rows, MORE, rows)

    assert [table.text for table in found.list("tables")] == ["村名\t株数\n东山\t120"] * 2
    assert [table.path.rpartition(".")[2] for table in found.list("tables")] == ["tables[0]", "tables[1]"]


def test_an_article_reaches_from_its_title_to_its_source() -> None:
    found = article(TEXT, MORE)

    assert found.text == f"镇里开展春季植树\n{TEXT}\n{MORE}\n（镇林业站）"
    last = found.fields["last_line_span"]
    assert last == found.list("paragraphs")[-1].span
    title, source = found.child("title"), found.child("attribution")
    assert title is not None
    assert source is not None
    assert (title.path, title.text) == ("articles[0].title", "镇里开展春季植树")
    assert (source.path, source.fields["value"], found.list("attributions")) == (
        "articles[0].attribution",
        "镇林业站",
        [source],
    )


def test_a_source_at_the_end_of_the_last_paragraph_is_the_article_s() -> None:
    (found,) = read("## 镇里开展春季植树", TEXT, f"{MORE}（镇林业站）").bulletin.list("articles")
    (source,) = found.list("attributions")

    assert (source.text, source.fields["value"]) == ("（镇林业站）", "镇林业站")
    assert found.list("paragraphs")[-1].text == f"{MORE}（镇林业站）"


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("护林员说，一是挖坑，二是浇水，三是培土，忙了一天。", [("一是", 1), ("二是", 2), ("三是", 3)]),
        ("护林员说，第一，要挖坑；第二，要浇水，忙了一天。", [("第一", 1), ("第二", 2)]),
        ("护林员挖坑、浇水、培土，忙了一天也没有歇息。", []),
    ],
)
def test_items_of_a_paragraph_are_counted_with_their_block(text: str, items: list[tuple[str, int]]) -> None:
    found = article(TEXT, text, MORE).list("items")

    assert [(node.text, node.fields["number"]) for node in found] == items
    assert [node.path for node in found] == [f"articles[0].items[{number}]" for number in range(len(items))]
    assert {node.fields["block"] for node in found} == ({1} if items else set())


def test_items_in_a_table_are_none() -> None:
    rows = "| 村名 | 做法 |\n| --- | --- |\n| 东山 | 一是挖坑 |"

    assert article(TEXT, rows, MORE).list("items") == []


def test_a_title_of_two_lines_is_one() -> None:
    (found,) = read("## 镇里开展春季植树", "## ——东山添绿三百株", TEXT, "（镇林业站）").bulletin.list(
        "articles"
    )
    title = found.child("title")
    assert title is not None

    assert title.text == "镇里开展春季植树 ——东山添绿三百株"


SECOND = ("## 供水站更换老旧水表", "3月2日，供水站的师傅上门换表，当天换了六十块，没有停水。", "（镇供水站）")
FIRST = ("## 镇里开展春季植树", TEXT, "（镇林业站）")


def titles(document: Document) -> list[str | None]:
    found = [each.child("title") for each in document.bulletin.list("articles")]
    return [None if title is None else title.text for title in found]


TITLES = ["镇里开展春季植树", "供水站更换老旧水表"]


def test_a_column_is_over_all_articles_below_it() -> None:
    document = read("【基层动态】", *FIRST, *SECOND)
    columns = [each.child("column") for each in document.bulletin.list("articles")]

    assert titles(document) == TITLES
    assert [column and (column.path, column.text, column.fields["value"]) for column in columns] == [
        ("column", "【基层动态】", "基层动态")
    ] * 2


def test_the_contents_are_told_entry_by_entry_below_their_heading() -> None:
    document = read("本期目录", *TITLES, *FIRST, *SECOND)
    heading = document.bulletin.child("contents_heading")

    assert heading is not None
    assert heading.text == "本期目录"
    assert [(entry.path, entry.text) for entry in document.bulletin.list("contents")] == [
        ("contents[0]", TITLES[0]),
        ("contents[1]", TITLES[1]),
    ]
    assert titles(document) == TITLES


@pytest.mark.parametrize(
    "note",
    ["编者按：现将两处的做法刊发如下，请各村学习借鉴。", "按语：这两处的做法值得推广，请各村学习借鉴。"],
)
def test_a_note_stands_above_the_articles(note: str) -> None:
    document = read(note, *FIRST, *SECOND)
    found = document.bulletin.child("note")

    assert found is not None
    assert (found.path, found.text) == ("note", note)
    assert document.bulletin.list("remarks") == []
    assert titles(document) == TITLES


def test_a_leader_s_remarks_stand_below_their_heading() -> None:
    remark = "镇长批示：“这个做法很好，请各村认真学习。”"
    document = read("【领导批示】", remark, *FIRST, *SECOND)
    (found,) = document.bulletin.list("remarks")

    assert found.path == "remarks[0]"
    assert found.text.endswith(remark)
    assert document.bulletin.child("note") is None
    assert titles(document) == TITLES


def test_a_block_in_no_part_is_another() -> None:
    document = read(*FIRST, "【来信照登】", "【基层动态】", *SECOND)

    assert [(node.path, node.text) for node in document.bulletin.list("other")] == [
        ("other[0]", "【来信照登】")
    ]
    assert read(*FIRST).bulletin.list("other") == []
