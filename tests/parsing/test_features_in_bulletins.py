"""What a line's mark, its last word and its box say of it, beside lines that are like it and something else."""

from __future__ import annotations

import pytest

from bulletin_lint import parse
from bulletin_lint.model.document import Document

HEAD = "松湖街道社区简讯\n第9期\n松湖街道党工委办公室　　2025年3月6日\n\n"
ENDS = "编辑：柳青禾　　审核：唐问渠　　电话：0571-55550180\n报：区委办公室。\n"
FIRST = "垃圾房装上了洗手池\n\n　　十一个垃圾房装上洗手池，居民倒完垃圾能洗手。\n（东湖社区）\n\n"
SECOND = "旧书换绿植换了三百本\n\n　　周末的旧书换绿植活动换了三百本书，都送进了书屋。\n（街道文化站）\n\n"
TITLES = ["垃圾房装上了洗手池", "旧书换绿植换了三百本"]


def read(body: str) -> Document:
    return parse((HEAD + body + ENDS).encode(), "9.txt", cache=False)


def titles(document: Document) -> list[str | None]:
    return [
        None if (title := article.child("title")) is None else title.text
        for article in document.bulletin.list("articles")
    ]


def labels(document: Document) -> list[str]:
    """Those of the blocks between masthead and imprint."""
    assert document.structure is not None
    return list(document.structure.labels[3:-2])


@pytest.mark.parametrize("mark", ["◆", "●", "★", "■"])
def test_a_column_with_the_mark_of_the_contents_stands_apart_from_them(mark: str) -> None:
    entries = "\n".join(f"{mark}{title}" for title in TITLES)
    document = read(f"本期目录\n{entries}\n\n{mark}社区动态\n\n{FIRST}{mark}文化生活\n\n{SECOND}")

    assert ["CH", "CE", "CE", "K", "T", "P", "A", "K", "T", "P", "A"] == labels(document)


def test_a_last_entry_that_the_titles_do_not_have_is_one_where_no_gap_parts_it() -> None:
    entries = "\n".join(f"◆{title}" for title in [*TITLES, "来信照登"])
    document = read(f"本期目录\n{entries}\n\n{FIRST}{SECOND}")

    assert ["CH", "CE", "CE", "CE", "T", "P", "A", "T", "P", "A"] == labels(document)


def test_a_title_below_a_column_may_end_as_a_caption_does() -> None:
    text = "　　3月份全街道用电六百万度，东湖社区占四成。（供电所）\n\n"
    document = read(f"【工作动态】\n\n{FIRST}【数据之窗】\n\n3月份各社区用电一览\n\n{text}")

    assert [TITLES[0], "3月份各社区用电一览"] == titles(document)


def test_above_a_table_such_a_line_is_the_caption() -> None:
    rows = "社区　　用电\n东湖　　240\n西湖　　180\n北岸　　180\n"
    text = "垃圾房装上了洗手池\n\n　　十一个垃圾房装上洗手池，居民倒完垃圾能洗手。\n\n各社区垃圾房一览\n"
    document = read(f"{text}{rows}（东湖社区）\n\n{SECOND}")

    assert TITLES == titles(document)


@pytest.mark.parametrize("ends", ["┏┓", "┌┐", "╔╗"])
@pytest.mark.parametrize("space", ["", " "])
def test_remarks_may_stand_between_the_corners_of_a_box(ends: str, space: str) -> None:
    heading = f"{ends[0]}{space}领导批示{space}{ends[1]}"
    document = read(f"{heading}\n　　区委书记批示：“做法很实，请各街道参考。”\n\n{FIRST}{SECOND}")

    assert ["NB", "NL", "T", "P", "A", "T", "P", "A"] == labels(document)


def test_another_line_between_corners_is_no_heading_of_remarks() -> None:
    document = read(f"┏ 社区动态 ┓\n\n{FIRST}{SECOND}")

    assert not {"NB", "NL"} & set(labels(document))
    assert TITLES == titles(document)


@pytest.mark.parametrize("date", ["2025年2月", "二〇二五年二月", "（2025年2月）"])
def test_a_month_is_the_date_of_a_signature(date: str) -> None:
    first = FIRST.replace("（东湖社区）", f"\n松湖街道市政服务站\n{date}")
    second = SECOND.replace("（街道文化站）", f"\n松湖街道文化站\n{date}")

    assert ["T", "P", "SG", "SD"] * 2 == labels(read(first + second))


@pytest.mark.parametrize("line", ["2025年2月用电", "2025年2月大事", "2025年"])
def test_more_or_less_than_a_month_is_none(line: str) -> None:
    second = SECOND.replace(
        "（街道文化站）\n", f"（街道文化站）\n\n{line}\n\n　　2月用电比1月少一成。\n（供电所）\n"
    )

    assert "SD" not in labels(read(FIRST + second))


@pytest.mark.parametrize("sign", ["◆", "★"])
def test_the_contents_may_name_columns_in_other_signs_than_the_text(sign: str) -> None:
    entries = f"【社区动态】\n\n{TITLES[0]}\n\n【文化生活】\n\n{TITLES[1]}"
    document = read(f"导　读\n\n{entries}\n\n{sign}社区动态{sign}\n\n{FIRST}{sign}文化生活{sign}\n\n{SECOND}")

    assert ["CH", *["CE"] * 4, "K", "T", "P", "A", "K", "T", "P", "A"] == labels(document)


def test_an_office_that_is_called_by_its_seat_signs() -> None:
    body = FIRST.replace("（东湖社区）", "〔区总工会机关　林知夏〕") + SECOND.replace(
        "（街道文化站）", "〔区总工会机关　安禾〕"
    )

    assert ["T", "P", "A"] * 2 == labels(read(body))
