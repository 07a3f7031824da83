"""Slips of writers that must not change what a line is read as."""

from __future__ import annotations

import pytest

from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.document import Document, Node
from bulletin_lint.model.source import SourceFile

HEAD = "松岭县林业简报\n第6期（总第30期）\n松岭县林业局    2025年4月8日\n\n"
TAIL = "责编：甲文    核稿：乙武    电话：0571-55550100\n报：县委办公室\n送：各乡镇、各林场\n"
FIRST = "县局开展春季造林\n\n4月2日，县局开展春季造林，干部职工栽下香樟三百株。\n（县造林站）\n\n"
SECOND = "东山林场建成防火通道\n\n4月3日，东山林场建成防火通道十二公里，消防车可直达山顶。\n（东山林场）\n\n"
TITLES = ["县局开展春季造林", "东山林场建成防火通道"]


def read(linter: Linter, body: str, head: str = HEAD) -> Document:
    return linter.read(SourceFile("6.txt", "text", explicit=True), (head + body + TAIL).encode())


def titles(document: Document) -> list[str]:
    return [text_of(article.child("title")) for article in document.bulletin.list("articles")]


def text_of(part: Node | None) -> str:
    return part.text if part is not None else ""


@pytest.mark.parametrize(
    "label",
    [
        "按　语：",
        "按 语：",
        "编　者　按：",
        "编 者 按:",
        "【编　者　按】",
        "编　者　的　话：",
        "按　语　",
        "［编者按］",
        "〖案　语〗",
        "「编者案」",
        "■ 编者按：",
    ],
)
def test_blanks_between_the_characters_of_a_note_leave_it_one(linter: Linter, label: str) -> None:
    note = f"{label}造林时节将至，现将两地做法刊发，供参考。"
    document = read(linter, f"{note}\n\n{FIRST}{SECOND}")

    assert note == text_of(document.bulletin.child("note"))
    assert TITLES == titles(document)


def test_a_paragraph_that_begins_as_a_note_does_is_none(linter: Linter) -> None:
    document = read(linter, f"{FIRST}按 语言分类，志愿者编成三个小组，分赴各村。\n（县造林站）\n\n{SECOND}")

    assert document.bulletin.child("note") is None


@pytest.mark.parametrize(
    "remark",
    [
        "县长丙某同志批示：“请各乡镇借鉴。”",
        "县长丙某同志批示：“请各乡镇借鉴。”（4月6日）",
        "4月6日，县长丙某同志批示：“请各乡镇借鉴。”",
        "县委书记丙某在《林业信息》第3期上批示：“做法很好，请各乡镇借鉴”",
        "副县长丙某批示如下：请县林业局抓好落实。",
    ],
)
@pytest.mark.parametrize("note", ["", "编者按：造林时节将至，供参考。\n\n"])
def test_a_remark_below_the_masthead_needs_no_heading(linter: Linter, remark: str, note: str) -> None:
    document = read(linter, f"{remark}\n\n{note}{FIRST}{SECOND}")

    assert [remark] == [part.text for part in document.bulletin.list("remarks")]
    assert note.strip() == text_of(document.bulletin.child("note"))
    assert TITLES == titles(document)


def test_what_a_leader_says_in_an_article_is_no_remark(linter: Linter) -> None:
    body = "县长批示推动造林\n\n4月2日，县长丙某同志批示：“抓紧造林。”各乡镇随即行动。\n（县造林站）\n\n"
    document = read(linter, body + SECOND)

    assert not document.bulletin.list("remarks")
    assert ["县长批示推动造林", TITLES[1]] == titles(document)


@pytest.mark.parametrize(
    "body",
    [
        "县局开展春季造林。\n\n4月2日，干部职工栽下香樟三百株，林地面貌一新。",
        "县局开展春季造林。\n\n县局在东山开展造林，干部职工栽下香樟三百株。",
        "县局开展春季造林。\n　　4月2日，干部职工栽下香樟三百株，林地面貌一新。",
        "我县组织机关干部和林场职工到东山北坡集中开展春季义务植树造林。\n\n4月2日，干部职工栽下香樟三百株。",
    ],
)
def test_the_first_title_may_end_in_a_stop(linter: Linter, body: str) -> None:
    document = read(linter, f"{body}\n（县造林站）\n\n{SECOND}")

    assert [body.split("\n")[0], TITLES[1]] == titles(document)


def test_a_first_sentence_that_the_text_does_not_say_again_is_no_title(linter: Linter) -> None:
    document = read(
        linter, f"现将情况通报如下。\n\n全县栽下香樟三百株，成活率很高。\n（县造林站）\n\n{SECOND}"
    )

    assert ["", TITLES[1]] == titles(document)


@pytest.mark.parametrize(
    ("first", "second"),
    [("我县推进荒山造林、", "林道修缮工作"), ("我县推进荒山造林，", "林道修缮见成效")],
)
def test_the_first_title_may_have_two_lines(linter: Linter, first: str, second: str) -> None:
    document = read(linter, f"{first}\n{second}\n\n4月2日，全县修缮林道二十公里。\n（县造林站）\n\n{SECOND}")

    assert [first + second, TITLES[1]] == titles(document)


def kinds(article: Node) -> list[str]:
    return [block.fields["kind"] for block in article.list("blocks")]


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("1、12个村完成造林。\n2、3座苗圃完成扩建。\n3、2025年新开六条林道。\n", ["section"] * 3),
        ("1、12个村完成造林。\n各村都派了人。\n2、3座苗圃完成扩建。\n", ["section", "paragraph", "section"]),
        ("1、造林全部完成。\n2、3座苗圃完成扩建。\n3、林道加快施工。\n", ["section"] * 3),
        ("1.12个村完成造林。\n2.3座苗圃完成扩建。\n", ["section"] * 2),
        # About so many, and decimals.
        ("1、2只野鸡飞出林子。\n3、4只松鼠留了下来。\n", ["paragraph"] * 2),
        ("5、6个村的人到场。\n7、8个村的人没有到场。\n", ["paragraph"] * 2),
        ("1.5万株香樟已经栽下。\n2.5万株香樟还在苗圃。\n", ["paragraph"] * 2),
    ],
)
def test_figures_behind_the_numbers_of_items_that_run_on(
    linter: Linter, lines: str, expected: list[str]
) -> None:
    document = read(linter, f"县局通报造林进度\n\n{lines}（县造林站）\n\n{SECOND}")

    assert expected == kinds(document.bulletin.list("articles")[0])


@pytest.mark.parametrize(
    ("date", "value"),
    [
        ("二〇二五年四月叁日", "2025-04-03"),
        ("2025年4月卅日", "2025-04-30"),
        ("二〇二五年四月廿一日", "2025-04-21"),
        ("2025年4月 日", None),
        ("2025年4月　　日", None),
        ("2025年4月×日", None),
        ("2025年 月 日", None),
    ],
)
@pytest.mark.parametrize("apart", ["    ", "\n"])
def test_a_slip_in_the_date_leaves_date_and_office(
    linter: Linter, date: str, value: str | None, apart: str
) -> None:
    head = f"松岭县林业简报\n第6期（总第30期）\n松岭县林业局{apart}{date}\n\n"
    document = read(linter, FIRST + SECOND, head)
    masthead = document.bulletin.child("masthead")

    assert masthead is not None
    parts = {name: masthead.child(name) for name in ("office", "date")}
    assert ["松岭县林业局", date] == list(map(text_of, parts.values()))
    assert parts["date"] is not None
    assert value == parts["date"].fields["value"]
    assert TITLES == titles(document)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("（总第30期　第6期）", [6, 30]),
        ("（总第30期，2025年第6期）", [6, 30]),
        ("(总第 30 期 第 6 期)", [6, 30]),
        ("第6期（总第30期）第6期", [6, 30]),
        ("（第6期　总第30期）", [6, 30]),
        ("（总第30期）", [None, 30]),
    ],
)
def test_both_numbers_stand_in_one_line(linter: Linter, line: str, expected: list[int | None]) -> None:
    document = read(linter, FIRST + SECOND, f"松岭县林业简报\n{line}\n松岭县林业局    2025年4月8日\n\n")
    masthead = document.bulletin.child("masthead")

    assert masthead is not None
    numbers = [masthead.child(name) for name in ("issue_number", "cumulative_number")]
    assert expected == [part.fields["value"] if part is not None else None for part in numbers]


def test_a_colon_between_title_and_number_is_no_part_of_the_title(linter: Linter) -> None:
    document = read(linter, FIRST + SECOND, "松岭林业：第6期\n松岭县林业局    2025年4月8日\n\n")
    masthead = document.bulletin.child("masthead")

    assert masthead is not None
    assert "松岭林业" == text_of(masthead.child("title"))


@pytest.mark.parametrize(
    "aside",
    [
        "图片由丙某提供",
        "照片由县造林站提供",
        "本文图片均由丙某、丁某拍摄",
        "图片来源于网络",
        "资料图片",
        "本文有删节",
        "本文略有改动",
        "原文有删改",
        "标题为编者所加",
        "根据录音整理",
        "数据来源于年报",
        "数据来源：县统计局",
        "文中数据由县统计局提供",
    ],
)
@pytest.mark.parametrize("apart", ["\n", ""])
def test_what_is_said_of_pictures_text_and_figures_names_no_source(
    linter: Linter, aside: str, apart: str
) -> None:
    body = f"苗圃公园开园\n\n4月4日，苗圃公园开园，首日游客两千人。{apart}（{aside}）\n\n"
    document = read(linter, FIRST + body + SECOND)

    assert [TITLES[0], "苗圃公园开园", TITLES[1]] == titles(document)
    assert document.bulletin.list("articles")[1].child("attribution") is None


@pytest.mark.parametrize(
    "source", ["县统计局", "县数据局", "图文：丙某", "本刊编辑整理", "来源：县统计局", "县图书馆"]
)
def test_sources_that_sound_like_asides_are_sources(linter: Linter, source: str) -> None:
    body = f"苗圃公园开园\n\n4月4日，苗圃公园开园，首日游客两千人。\n（{source}）\n\n"
    document = read(linter, FIRST + body + SECOND)

    assert document.bulletin.list("articles")[1].child("attribution") is not None


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("一、压实护林责任，", "二、改进巡山办法"),
        ("一、压实护林责任，", "二、改进巡山办法，"),
        ("（一）压实护林责任、", "（二）改进巡山办法"),
        ("1.压实护林责任", "2.改进巡山办法，"),
    ],
)
def test_a_comma_behind_a_heading_cuts_no_paragraph(
    linter: Linter, first: str, second: str, gap: str
) -> None:
    body = f"{first}{gap}县里配齐护林员。{gap}{second}{gap}护林员每天巡山两次。"
    document = read(linter, f"林长制工作见实效\n\n{body}\n（县造林站）\n\n{SECOND}")

    assert ["section", "paragraph"] * 2 == kinds(document.bulletin.list("articles")[0])
    assert not document.damage


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_comma_behind_a_title_cuts_no_paragraph(linter: Linter, gap: str) -> None:
    title, text = "林长制工作见实效，", "4月2日，护林员巡山二十次。\n（县造林站）\n\n"
    for body in (f"{title}{gap}{text}{SECOND}", f"{FIRST}{title}{gap}{text}"):
        document = read(linter, body)

        assert title in titles(document)
        assert not document.damage


def test_an_item_that_a_page_cut_is_joined(linter: Linter) -> None:
    lines = "一、压实护林责任，\n县里配齐护林员。\n二、改进巡山办法，护林员每天巡山两次。\n"
    document = read(linter, f"林长制工作见实效\n\n{lines}（县造林站）\n\n{SECOND}")

    assert ["section", "section"] == kinds(document.bulletin.list("articles")[0])
    assert ["cut"] == [damage.kind for damage in document.damage]


def test_a_place_behind_a_number_is_no_unit_with_its_people(linter: Linter) -> None:
    """案例二　一条河带活一个镇 became the source of the article above, and that it has none was told by nobody."""
    document = read(
        linter,
        "案例一　一丛菇富了半座山\n\n菇农三月里搭起新棚，五月出菇。\n\n"
        "案例二　一条河带活一个镇\n\n镇里清了河，游客来得多了，民宿满了。\n（柳湾镇）\n\n",
    )
    articles = document.bulletin.list("articles")
    assert titles(document) == ["案例一　一丛菇富了半座山", "案例二　一条河带活一个镇"]
    assert [article.child("attribution") is not None for article in articles] == [False, True]
