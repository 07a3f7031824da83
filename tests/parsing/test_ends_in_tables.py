"""An imprint in the cells of a table, above annexes, in headers and footers."""

from __future__ import annotations

import pytest

from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.document import Document
from bulletin_lint.model.source import SourceFile
from docx_made import docx, p, table

MASTHEAD = ("云岭镇工作简报", "第4期（总第40期）", "云岭镇党政办公室　　2025年3月6日")
ARTICLE = ("镇里开展春季植树", "3月1日，镇机关干部到东山植树，栽下香樟三百株。", "（镇林业站）")
RECEIVERS = ("报：县委办公室。", "送：各村、各站所。")
IMPRINT = "责编：甲文　　核稿：乙武　　电话：0571-55550100"


def word(linter: Linter, body: str, parts: dict[str, str] | None = None) -> Document:
    return linter.read(SourceFile("4.docx", "docx", explicit=True), docx(body, parts))


def typed(linter: Linter, text: str, kind: str = "text") -> Document:
    return linter.read(SourceFile(f"4.{kind}", kind, explicit=True), text.encode())


def paragraphs(*lines: str) -> str:
    return "".join(map(p, lines))


def imprint(document: Document) -> dict[str, str | int | None]:
    """The fields of the imprint, and the classes of recipients under their labels."""
    node = document.bulletin.child("imprint")
    assert node is not None
    fields = {name: each.fields["value"] for name in node.children if (each := node.child(name)) is not None}
    receivers = document.bulletin.list("distribution")
    return fields | {each.fields["role"]: each.fields["value"] for each in receivers}


NAMED = {"editor": "甲文", "reviewer": "乙武", "phone": "0571-55550100"}
RECEIVED = {"report": "县委办公室", "send": "各村、各站所"}


@pytest.mark.parametrize(
    ("above", "rows"),
    [
        # A label and its value, each in a cell.
        (RECEIVERS, [["责编", "甲文", "核稿", "乙武"], ["电话", "0571-55550100", "印数", "60份"]]),
        ((*RECEIVERS, IMPRINT[:5]), [["核稿", "乙武"], ["电话", "0571-55550100"]]),
        # With and without a colon, with space inside, an empty cell.
        ((), [["报：", "县委办公室"], ["送", "各村、各站所"], ["责 编", "甲文"], ["核稿：", "乙武"],
              ["电　话", "0571-55550100"], ["印数", ""]]),
        # Labels and values in one cell, and a print line.
        ((), [["抄报", "县委办公室"], ["抄送", "各村、各站所"], ["责编：甲文　核稿：乙武", "电话：0571-55550100"],
              ["云岭镇党政办公室", "2025年3月6日印发"][1:]]),
    ],
)  # fmt: skip
def test_a_table_of_labels_is_the_imprint(linter: Linter, above: list[str], rows: list[list[str]]) -> None:
    read = imprint(word(linter, paragraphs(*MASTHEAD, *ARTICLE, *above) + table(*rows)))

    assert (NAMED | RECEIVED).items() <= {
        name: str(value).rstrip("。") for name, value in read.items()
    }.items()


def test_lines_of_a_cell_are_lines(linter: Linter) -> None:
    cell = "<w:tc>" + paragraphs("责编：甲文", "核稿：乙武") + "</w:tc><w:tc>"
    cell += paragraphs("电话：0571-55550100", "2025年3月6日印发") + "</w:tc>"
    rows = table(["抄报", "县委办公室"], ["抄送", "各村、各站所"])
    body = rows.replace("</w:tbl>", f"<w:tr>{cell}</w:tr></w:tbl>")
    document = word(linter, paragraphs(*MASTHEAD, *ARTICLE) + body)
    printed = document.bulletin.child("printed")

    assert NAMED | RECEIVED == imprint(document)
    assert printed is not None
    assert "2025年3月6日印发" == printed.text


def test_a_table_of_labels_in_other_kinds_of_files(linter: Linter) -> None:
    text = "\n\n".join((*MASTHEAD, *ARTICLE, *RECEIVERS))
    markdown = f"{text}\n\n| 责编 | 甲文 | 核稿 | 乙武 |\n|---|---|---|---|\n| 电话 | 0571-55550100 | | |\n"
    row = "<tr><td>责编：甲文<br>核稿：乙武</td><td>电话：0571-55550100</td></tr>"
    page = "".join(f"<p>{line}</p>" for line in (*MASTHEAD, *ARTICLE))
    page += f"<table><tr><td>报</td><td>县委办公室</td></tr><tr><td>送</td><td>各村、各站所</td></tr>{row}</table>"

    assert NAMED.items() <= imprint(typed(linter, markdown)).items()
    assert NAMED | RECEIVED == imprint(typed(linter, page, "html"))


@pytest.mark.parametrize(
    "rows",
    [
        # Who may be called; numbers below labels.
        [["联系人", "电话"], ["甲文", "0571-55550100"], ["乙武", "0571-55550101"]],
        [["村", "送", "发"], ["东村", "3", "5"], ["西村", "4", "6"]],
        [["编辑", "3", "5"], ["审核", "4", "6"]],
    ],
)
def test_a_table_of_data_is_a_table(linter: Linter, rows: list[list[str]]) -> None:
    document = word(linter, paragraphs(*MASTHEAD, *ARTICLE[:2]) + table(*rows) + p(ARTICLE[2]))

    assert 1 == len(document.bulletin.list("articles")[0].list("tables"))


def test_a_table_of_labels_above_more_text_is_a_table(linter: Linter) -> None:
    more = "3月2日，供水站更换老旧水表四百块，水表都能远程抄读，群众足不出户就能查到每天用了多少水。"
    rows = table(["联系人", "甲文"], ["电话", "0571-55550100"])
    document = word(linter, paragraphs(*MASTHEAD, *ARTICLE[:2]) + rows + paragraphs(more, ARTICLE[2]))

    assert 1 == len(document.bulletin.list("articles")[0].list("tables"))


def test_annexes_stand_behind_the_imprint(linter: Linter) -> None:
    below = paragraphs("附件1", "植树情况表") + table(["村", "株"], ["东村", "120"], ["西村", "180"])
    document = word(linter, paragraphs(*MASTHEAD, *ARTICLE, *RECEIVERS, IMPRINT) + below)
    (article,) = document.bulletin.list("articles")

    assert NAMED | {name: f"{value}。" for name, value in RECEIVED.items()} == imprint(document)
    assert 1 == len(article.list("tables"))


def test_an_annex_below_its_article_is_behind_no_imprint(linter: Linter) -> None:
    below = paragraphs("附件1", "植树情况表") + table(["村", "株"], ["东村", "120"], ["西村", "180"])
    body = paragraphs(*MASTHEAD, *ARTICLE[:2], "供稿：镇林业站") + below + paragraphs(*RECEIVERS, IMPRINT)
    document = word(linter, body)

    assert NAMED.items() <= imprint(document).items()
    assert 1 == len(document.bulletin.list("articles"))


SECTION = '<w:sectPr><w:headerReference w:type="default" r:id="header"/>'
SECTION += '<w:footerReference w:type="default" r:id="footer"/></w:sectPr>'


def test_masthead_in_the_header_and_imprint_in_the_footer(linter: Linter) -> None:
    parts = {"header": paragraphs(*MASTHEAD), "footer": paragraphs(IMPRINT)}
    document = word(linter, paragraphs(*ARTICLE, *RECEIVERS) + SECTION, parts)
    masthead = document.bulletin.child("masthead")

    assert masthead is not None
    assert [4] == [node.fields["value"] for node in masthead.list("issue_number")]
    assert NAMED.items() <= imprint(document).items()
    assert [] == document.bulletin.list("furniture")


def test_a_running_head_is_no_second_masthead(linter: Linter) -> None:
    parts = {"header": paragraphs("云岭镇工作简报　第3期"), "footer": paragraphs("投稿电话：0571-55550109")}
    document = word(linter, paragraphs(*MASTHEAD, *ARTICLE, *RECEIVERS, IMPRINT) + SECTION, parts)
    masthead = document.bulletin.child("masthead")

    assert masthead is not None
    assert [4] == [node.fields["value"] for node in masthead.list("issue_number")]
    assert "0571-55550100" == imprint(document)["phone"]
    assert 2 == len(document.bulletin.list("furniture"))


def test_subject_words_are_no_source(linter: Linter) -> None:
    document = word(linter, paragraphs(*MASTHEAD, *ARTICLE, "主题词：林业　植树　简报", *RECEIVERS, IMPRINT))
    (article,) = document.bulletin.list("articles")

    assert 1 == len(article.list("attributions"))
    assert "林业　植树　简报" == imprint(document)["topic"]


@pytest.mark.parametrize(
    ("head", "number", "cumulative", "year"),
    [
        ("云岭镇工作简报　2025年第3期（总第39期）", 3, 39, 2025),
        ("工作简报　第3期", 3, None, None),
        ("总第39期", None, 39, None),
        # The number alone that is one only where it stands by itself; a date with its year.
        ("云岭镇工作简报　〔2025〕3号", 3, None, 2025),
        ("云岭镇工作简报　2024年3月1日　第3期", 3, None, 2024),
        # Another paper, a double issue, no number.
        ("邻镇动态　第3期", None, None, None),
        ("云岭镇工作简报　第3、4期", None, None, None),
        ("云岭镇工作简报", None, None, None),
    ],
)
def test_what_a_running_head_says_of_the_issue(
    linter: Linter, head: str, number: int | None, cumulative: int | None, year: int | None
) -> None:
    body = paragraphs(*MASTHEAD, *ARTICLE, *RECEIVERS, IMPRINT)
    document = word(linter, body + SECTION, {"header": paragraphs(head), "footer": paragraphs("甲乙丙")})
    fields = document.bulletin.list("furniture")[0].fields

    assert number == fields.get("issue_number")
    assert cumulative == fields.get("cumulative_number")
    assert year == fields.get("issue_year")
