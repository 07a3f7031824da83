"""An entry of the contents has the title's words, and more round them: a number, a page, who wrote it."""

from __future__ import annotations

import pytest

from bulletin_lint import parse
from bulletin_lint.model.document import Document

HEAD = "松湖县代表建言\n第9期\n松湖县人大常委会办公室　　2025年3月6日\n\n"
ENDS = "编辑：柳青禾　　审核：唐问渠　　电话：0571-55550180\n报：市人大常委会。\n"
TITLES = ("把晒谷场还给种粮人", "村口的公交站挪一挪", "给老渠道算一笔账")
TEXTS = (
    "　　村里三块晒谷场，两块停满了车，种粮人只好把谷子晒在路上。",
    "　　公交站正对着学校大门，放学时学生和等车的人挤在一处。",
    "　　老渠道修于四十年前，渗漏的水够浇三千亩地。",
)
UNITS = ("镇农业站", "镇中心小学", "镇水利站")


def read(entries: list[str], heading: str = "目　次") -> Document:
    contents = "\n".join([heading, *entries]).lstrip("\n")
    articles = "\n".join(
        f"{title}\n\n{text}\n（{unit}）\n" for title, text, unit in zip(TITLES, TEXTS, UNITS, strict=True)
    )
    return parse(f"{HEAD}{contents}\n\n{articles}\n{ENDS}".encode(), "9.txt", cache=False)


def titles(document: Document) -> list[str | None]:
    return [
        None if (title := article.child("title")) is None else title.text
        for article in document.bulletin.list("articles")
    ]


def contents(document: Document) -> list[str]:
    return [entry.text for entry in document.bulletin.list("contents")]


@pytest.mark.parametrize("heading", ["目　次", "目次", "目 录", "本期导览", "CONTENTS 目录", "目录 Contents"])
@pytest.mark.parametrize("authors", [("魏春山", "镇中心小学", "葛长河"), ("魏春山", "柏舟", "安禾")])
@pytest.mark.parametrize("before", ["", "·", "1."])
def test_who_wrote_it_may_stand_wide_apart_behind_an_entry(
    heading: str, authors: tuple[str, str, str], before: str
) -> None:
    signs = [str(number) + before[1:] if before == "1." else before for number in (1, 2, 3)]
    entries = [
        f"{sign}{title}　　　　{author}" for sign, title, author in zip(signs, TITLES, authors, strict=True)
    ]
    document = read(entries, heading)

    assert entries == contents(document)
    assert list(TITLES) == titles(document)


def test_lines_with_other_words_than_the_titles_are_no_entries_for_what_stands_behind_them() -> None:
    """Without a heading only the title's words make an entry."""
    document = read(["全镇代表四十人　　　　　　", "把晒谷场铺成停车场　　　　　魏春山"], "")

    assert [] == contents(document)


def test_a_title_with_a_wide_space_is_not_cut_where_it_stands_over_its_text() -> None:
    text = "　　秋收时不误农时，不荒寸土，种粮人把边角地都种上了。"
    body = (
        f"不误农时种好粮　　不荒寸土\n\n{text}\n（镇农业站）\n\n{TITLES[1]}\n\n{TEXTS[1]}\n（镇中心小学）\n\n"
    )
    document = parse((HEAD + body + ENDS).encode(), "9.txt", cache=False)

    assert ["不误农时种好粮　　不荒寸土", TITLES[1]] == titles(document)
    assert [] == contents(document)
