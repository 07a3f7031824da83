"""Forms of lines by which headings, labels, captions, sources and numbers are told, each in small bulletins."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bulletin_lint import parse
from bulletin_lint.engine.linter import Linter
from bulletin_lint.model.document import Node
from bulletin_lint.model.source import SourceFile
from bulletin_lint.readers.text.markdown import is_rule
from harness import Command
from laid_out import grammar

TITLE, OFFICE, DATE = "柳溪镇工作简报", "柳溪镇党政办公室", "2025年5月8日"
HEAD = f"{TITLE}\n第9期\n{OFFICE}　　{DATE}\n\n"
ENDS = "\n责编：甲文　　核稿：乙武　　电话：0571-55550100\n报：县委办公室。\n发：各村、各站所。\n"
PLANTING = "镇里清理河道水草\n\n　　5月6日，镇里组织干部清理东河水草，清出水草三车。\n"
READING = "书屋周末照常开门\n\n　　5月7日，村里的书屋改为周末开放，借书的人多了一倍。\n"


def read(linter: Linter, text: str) -> Node:
    return linter.read(SourceFile("9.txt", "text", explicit=True), text.encode()).bulletin


def titles(bulletin: Node) -> list[str]:
    found = [article.child("title") for article in bulletin.list("articles")]
    return [title.text for title in found if title is not None]


BOTH = ["镇里清理河道水草", "书屋周末照常开门"]


@pytest.mark.parametrize("mark", ["◎", "●", "★", "◆", "■", "▶", "※", "▪", "○ "])
def test_a_mark_may_stand_before_the_heading_of_the_contents(linter: Linter, mark: str) -> None:
    entries = [f"▪{title}（{page}）" for page, title in enumerate(BOTH, 1)]
    contents = f"{mark}本期要目\n" + "\n".join(entries) + "\n\n"
    signed = PLANTING + "（镇水利站）\n\n" + READING + "（镇文化站）\n"
    bulletin = read(linter, HEAD + contents + signed + ENDS)

    assert entries == [entry.text for entry in bulletin.list("contents")]
    assert BOTH == titles(bulletin)


@pytest.mark.parametrize(
    "date", ["202五年5月8日", "2025年5月1 8日", "2025年S月8日", "2025年5月18曰", "二零二5年五月八日"]
)
def test_a_slip_in_the_date_leaves_office_and_date_where_they_are(linter: Linter, date: str) -> None:
    masthead = read(linter, HEAD.replace(DATE, date) + PLANTING + ENDS).child("masthead")

    assert masthead is not None
    office, issued = masthead.child("office"), masthead.child("date")
    assert office is not None
    assert issued is not None
    assert [OFFICE, date] == [office.text, issued.text]


@pytest.mark.parametrize("sign", ["／", "/", "｜", "·", "——", "-"])
def test_a_sign_between_title_and_number_belongs_to_neither(linter: Linter, sign: str) -> None:
    masthead = read(linter, f"{TITLE}{sign}第9期\n{OFFICE}　　{DATE}\n\n" + PLANTING + ENDS).child("masthead")

    assert masthead is not None
    title = masthead.child("title")
    assert title is not None
    assert TITLE == title.text


@pytest.mark.parametrize(
    "numbers",
    [("一、", "二、"), ("（一）", "（二）"), ("1.", "2."), ("（1）", "（2）"), ("①", "②"), ("◇", "◇")],
)
def test_entries_may_be_numbered_where_titles_are_not(linter: Linter, numbers: tuple[str, str]) -> None:
    entries = [f"{number}{title}" for number, title in zip(numbers, BOTH, strict=True)]
    signed = PLANTING + "（镇水利站）\n\n" + READING + "（镇文化站）\n"
    bulletin = read(linter, HEAD + "\n".join(entries) + "\n\n" + signed + ENDS)

    assert entries == [entry.text for entry in bulletin.list("contents")]
    assert BOTH == titles(bulletin)


def test_columns_in_brackets_stand_among_the_entries(linter: Linter) -> None:
    contents = ["【政策解读】", f"{BOTH[0]}………1", "【文化生活】", f"{BOTH[1]}………2"]
    signed = PLANTING + "（镇水利站）\n\n" + READING + "（镇文化站）\n"
    bulletin = read(linter, HEAD + "目录\n" + "\n".join(contents) + "\n\n" + signed + ENDS)

    assert contents == [entry.text for entry in bulletin.list("contents")]
    assert BOTH == titles(bulletin)


def test_a_heading_that_the_contents_list_over_a_deeper_one_is_a_column(linter: Linter) -> None:
    contents = "## 目录\n\n环境整治\n\n- 镇里清理河道水草\n\n"
    signed = PLANTING.replace("镇里清理河道水草", "## 环境整治\n\n### 镇里清理河道水草")
    text = (f"# {HEAD}" + contents + signed + "\n（镇水利站）\n").replace(
        f"第9期\n{OFFICE}", f"\n第9期\n\n{OFFICE}"
    )
    bulletin = linter.read(SourceFile("9.md", "text", explicit=True), (text + ENDS).encode()).bulletin

    assert ["镇里清理河道水草"] == titles(bulletin)
    column = bulletin.list("articles")[0].child("column")
    assert column is not None
    assert "环境整治" == column.text


@pytest.mark.parametrize("label", ["本期责编", "本期责任编辑", "本期编辑", "本期主编"])
def test_an_imprint_may_say_of_this_issue(linter: Linter, label: str) -> None:
    ends = f"\n{label}：甲文\n本期审核：乙武\n热线：0571-55550100\n报：县委办公室。\n"
    bulletin = read(linter, HEAD + PLANTING + "（镇水利站）\n" + ends)
    imprint = bulletin.child("imprint")

    assert imprint is not None
    assert ["甲文", "乙武", "0571-55550100"] == [
        field.fields["value"]
        for name in ("editor", "reviewer", "phone")
        for field in [imprint.child(name)]
        if field is not None
    ]


@pytest.mark.parametrize(
    "caption",
    [
        "图片说明：干部在岸边打捞水草",
        "图说：干部在岸边打捞水草",
        "图为干部在岸边打捞水草",
        "（图：干部在岸边打捞水草）",
        "（图片：干部在岸边打捞水草）",
        "图片2：干部在岸边打捞水草",
        "[图片2：干部在岸边打捞水草]",
        "〔图片二：干部在岸边打捞水草〕",
        "图二：干部在岸边打捞水草",
        "摄影：丙川",
        "供图：镇水利站",
    ],
)
@pytest.mark.parametrize("source", ["", "（镇水利站）\n"])
def test_a_caption_is_no_title_and_no_source(linter: Linter, caption: str, source: str) -> None:
    body = f"{PLANTING}{source}{caption}\n\n{READING}（镇文化站）\n"
    bulletin = read(linter, HEAD + body + ENDS)
    first = bulletin.list("articles")[0]

    assert BOTH == titles(bulletin)
    assert ["paragraph", "caption"] == [block.fields["kind"] for block in first.list("blocks")]
    assert bool(source) == (first.child("attribution") is not None)


def test_who_took_the_pictures_is_a_field_of_the_imprint_at_the_end(linter: Linter) -> None:
    bulletin = read(linter, HEAD + PLANTING + "（镇水利站）\n\n摄影：丙川\n责编：甲文\n报：县委办公室。\n")
    imprint = bulletin.child("imprint")

    assert imprint is not None
    assert imprint.child("photographer") is not None


@pytest.mark.parametrize("label", ["撰稿", "撰稿人", "撰文", "文", "供稿人", "供稿"])
@pytest.mark.parametrize("name", ["丁禾", "镇水利站", "丁禾（镇水利站）"])
def test_a_label_before_a_name_is_a_source(linter: Linter, label: str, name: str) -> None:
    body = f"{PLANTING}\n{label}：{name}\n\n{READING}\n{label}：{name}\n"
    bulletin = read(linter, HEAD + body + ENDS)
    sources = [article.child("attribution") for article in bulletin.list("articles")]

    assert BOTH == titles(bulletin)
    assert [name, name] == [source.fields["value"] for source in sources if source is not None]


@pytest.mark.parametrize("first", ["", PLANTING + "（镇水利站）\n\n"])
def test_who_wrote_is_a_field_of_the_imprint_where_no_other_article_says_it_so(
    linter: Linter, first: str
) -> None:
    bulletin = read(linter, HEAD + first + READING + "\n撰稿：丁禾\n责编：甲文\n报：县委办公室。\n")
    imprint = bulletin.child("imprint")

    assert imprint is not None
    assert imprint.child("writer") is not None
    assert bulletin.list("articles")[-1].child("attribution") is None


@pytest.mark.parametrize(
    ("line", "number", "year", "cumulative"),
    [
        ("第12号", 12, None, None),
        ("第十二号", 12, None, None),
        ("2025年第12号", 12, 2025, None),
        ("〔2025〕12号", 12, 2025, None),
        ("〔2025〕12", 12, 2025, None),
        ("（2025）第12号", 12, 2025, None),
        ("No.12", 12, None, None),
        ("第12号（总第86号）", 12, None, 86),
        ("总第86号", None, None, 86),
    ],
)
def test_a_number_need_not_be_called_an_issue(
    linter: Linter, line: str, number: int | None, year: int | None, cumulative: int | None
) -> None:
    bulletin = read(linter, f"{TITLE}\n\n{line}\n\n{OFFICE}\n\n{DATE}\n\n{PLANTING}（镇水利站）\n{ENDS}")
    masthead = bulletin.child("masthead")

    assert masthead is not None
    found = [masthead.child(name) for name in ("issue_number", "issue_year", "cumulative_number")]
    assert [number, year, cumulative] == [node.fields["value"] if node else None for node in found]
    assert masthead.child("office") is not None
    assert masthead.child("date") is not None
    assert BOTH[:1] == titles(bulletin)


def test_a_heading_may_count_what_its_number_says(linter: Linter) -> None:
    sections = "一、一季度情况\n\n村里清了水草。\n\n二、二季度打算\n\n村里再清一次。\n"
    bulletin = read(linter, f"{HEAD}镇里清理河道水草\n\n{sections}\n（镇水利站）\n{ENDS}")

    (article,) = bulletin.list("articles")
    assert [1, 2] == [node.fields["number"] for node in article.list("sections")]


@pytest.mark.parametrize("line", ["柳政办发〔2025〕12号", "柳政办发〔2025〕第12号", "第12号提案办理情况"])
def test_the_number_of_something_else_is_none(linter: Linter, line: str) -> None:
    masthead = read(linter, f"{TITLE}\n{line}\n\n{PLANTING}（镇水利站）\n{ENDS}").child("masthead")

    assert masthead is not None
    assert masthead.child("issue_number") is None


@pytest.mark.parametrize(
    "text", ["本 期 要 目：", "本　期　目　录", "【本 期 导 读】", "内 容 提 要:", "目    录", "本期看点"]
)
def test_a_heading_of_the_contents_may_be_spread(text: str) -> None:
    assert grammar().is_contents_heading(text)


@pytest.mark.parametrize("text", ["本期", "本 期 活 动", "目录见后", "本期 简报要目："])
def test_other_headings_are_none_of_the_contents(text: str) -> None:
    assert not grammar().is_contents_heading(text)


@pytest.mark.parametrize("stroke", "-=━─═—―＝＿～┄┈﹍▁*＊★☆·◆※")
def test_a_row_of_strokes_parts_the_masthead_from_the_text(
    stroke: str, command: Command, tmp_path: Path
) -> None:
    path = tmp_path / "1.txt"
    path.write_text(
        f"河湾镇简报\n第3期\n河湾镇政府　2024年3月5日\n{stroke * 20}\n水渠清淤完工\n　　各村三天清完水渠。（镇水利站）\n",
        encoding="utf-8",
    )
    found = json.loads(command("extract", path, "--format", "json").out)
    assert ["水渠清淤完工"] == [article["title"]["text"] for article in found["articles"]]


@pytest.mark.parametrize("row", ["———", "＊＊＊", "＊　＊　＊", "※※※", "☆ ☆ ☆", "· · ·", "◇◇◇", "…………………"])
def test_three_of_one_sign_are_a_row(row: str) -> None:
    assert is_rule(row)


@pytest.mark.parametrize("row", ["——", "……", "…………", "※※", "☆—☆", "。。。", "□□□", "×××", "（ ）", "—1—"])
def test_what_stands_for_words_is_no_row(row: str) -> None:
    """Two ellipses stand for paragraphs that are left out, boxes and crosses for words to be filled in."""
    assert not is_rule(row)


def test_lines_drawn_between_cells_make_rows_and_a_frame_is_nothing() -> None:
    """Typists draw tables: what stands between two bars is a cell."""
    text = "┌──┬──┐\n│水库│ 应到 │\n├──┼──┤\n│石桥│4│\n└──┴──┘\n"
    body = f"水务简报\n第8期\n白河市水务局　　2024年5月8日\n\n水库有人值守\n　　值守情况见下表。\n表1：值守\n{text}\n（水务局）\n"
    document = parse(body.encode(), "8.txt", cache=False)
    (article,) = document.bulletin.list("articles")
    (table,) = article.list("tables")
    assert table.fields["rows"] == [["水库", "应到"], ["石桥", "4"]]
    assert "─" not in document.text
