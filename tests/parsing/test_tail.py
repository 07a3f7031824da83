"""Where the imprint begins, and what it holds that no pack knows; the lines below the distribution list."""

from __future__ import annotations

import pytest

from bulletin_lint import parse
from bulletin_lint.model.document import Document

HEAD = "松湖县农情简报\n第9期\n松湖县农业农村局　　2025年3月6日\n\n"
FIRST, SECOND = "茶园里装上防霜风机", "三所学校错开放学时间"
TEXT = "　　3月2日夜里降温，茶园里的二十台防霜风机转了一夜，新芽没有冻坏。"
OTHER = "　　三所学校隔得近，放学时间错开二十分钟后，校门前的路不堵了。"
IMPRINT = "审核：唐问渠　　签发：季望舒　　电话：0571-55550180"
LIST = "报：市农业农村局。\n发：各乡镇农业站。\n"


def read(body: str) -> Document:
    return parse((HEAD + body).encode(), "9.txt", cache=False)


def sources(document: Document) -> list[str | None]:
    return [
        None if (source := article.child("attribution")) is None else str(source.fields["value"])
        for article in document.bulletin.list("articles")
    ]


def text_of(document: Document, part: str) -> str | None:
    found = document.bulletin.child(part)
    return None if found is None else found.text


def label_at(document: Document, words: str) -> str:
    """The label of the block that begins with some words."""
    assert document.structure is not None
    starts = [document.text[block.span.start : block.span.end].strip() for block in document.blocks]
    index = next(index for index, text in enumerate(starts) if text.startswith(words))
    label: str = document.structure.labels[index]
    return label


ARTICLES = f"{FIRST}\n\n{TEXT}\n（县茶叶站）\n\n{SECOND}\n\n{OTHER}\n"


@pytest.mark.parametrize("fields", ["分析：林知夏", "分析：林知夏　　会商：安禾、柏舟", "值守：安　禾"])
@pytest.mark.parametrize("rule", ["", "········\n", "────────\n", "\n"])
def test_fields_that_no_pack_knows_are_the_imprint_s_above_its_own(fields: str, rule: str) -> None:
    document = read(f"{ARTICLES}{rule}{fields}\n{IMPRINT}\n{LIST}")

    assert ["县茶叶站", None] == sources(document)
    assert "I" == label_at(document, fields[:3])


@pytest.mark.parametrize(
    "line", ["分析：霜冻还会来", "提醒：周末仍有霜冻，茶农要守夜。", "会商意见：再等两天"]
)
def test_words_behind_a_colon_above_the_imprint_are_no_field_where_they_name_nobody(line: str) -> None:
    document = read(f"{FIRST}\n\n{TEXT}\n　　{line}\n（县茶叶站）\n\n{IMPRINT}\n{LIST}")

    assert "I" != label_at(document, line[:3])
    assert ["县茶叶站"] == sources(document)


def test_such_a_field_far_from_the_imprint_is_the_text_s() -> None:
    document = read(
        f"{FIRST}\n\n{TEXT}\n　　分析：林知夏\n\n{SECOND}\n\n{OTHER}\n（县教育局）\n\n{IMPRINT}\n{LIST}"
    )

    assert "I" != label_at(document, "分析")


@pytest.mark.parametrize("copies", ["共印60份", "（共印60份）", "印数：60份"])
def test_office_and_date_below_the_print_run_are_the_line_of_printing(copies: str) -> None:
    line = "松湖县农业农村局办公室　　2025年3月6日"
    document = read(f"{ARTICLES}（县教育局）\n\n{IMPRINT}\n{LIST}{copies}\n{line}\n")

    assert line == text_of(document, "printed")
    assert ["各乡镇农业站"] == [
        name.strip("。") for part in document.bulletin.list("distribution")[1:] for name in [part.text[2:]]
    ]


def test_receivers_that_go_on_below_the_list_are_no_line_of_printing() -> None:
    document = read(f"{ARTICLES}（县教育局）\n\n{IMPRINT}\n报：市农业农村局、市气象局、\n市应急管理局。\n")

    assert text_of(document, "printed") is None


CREDITS = ("（图片由县茶叶站提供）", "（图片由县教育局提供）")


def test_who_supplied_the_last_article_stands_below_the_credit_of_its_picture() -> None:
    first = f"{FIRST}\n\n{TEXT}\n{CREDITS[0]}\n供稿：县茶叶站　　审核：季望舒\n\n"
    second = f"{SECOND}\n\n{OTHER}\n{CREDITS[1]}\n供稿：县教育局　　审核：季望舒\n\n"
    document = read(f"{first}{second}编辑：柳青禾　　电话：0571-55550180\n{LIST}")

    assert ["县茶叶站", "县教育局"] == sources(document)


def test_below_a_source_in_brackets_the_same_words_are_the_imprint_s() -> None:
    first = f"{FIRST}\n\n{TEXT}\n（县茶叶站）\n\n{SECOND}\n\n{OTHER}\n（县教育局）\n"
    document = read(f"{first}\n供稿：松湖县农业农村局　　审核：季望舒\n编辑：柳青禾\n{LIST}")

    assert ["县茶叶站", "县教育局"] == sources(document)
    assert "I" == label_at(document, "供稿")
