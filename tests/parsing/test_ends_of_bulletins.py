"""Fields of the imprint, classes of recipients, print run and print line: what each holds and where it ends."""

from __future__ import annotations

from typing import Any

import pytest

from bulletin_lint.model.document import Document, Node
from bulletin_lint.model.source import SourceFile
from bulletin_lint.parsing import parse
from bulletin_lint.parsing.label_tables import LabelLine, label_tables
from bulletin_lint.readers import read as read_source
from laid_out import grammar

HEAD = "云岭镇工作简报\n第4期（总第40期）\n云岭镇党政办公室　　2025年3月6日\n\n"
ARTICLE = (
    "镇里开展春季植树\n\n　　3月1日，镇机关干部到东山植树，栽下香樟三百株，村民都来帮忙。\n（镇林业站）\n\n"
)


def read(*lines: str) -> Document:
    """A bulletin that ends in some lines."""
    text = HEAD + ARTICLE + "".join(f"{line}\n" for line in lines)
    source = SourceFile("4.txt", "text", explicit=True, data=text.encode())
    return parse("4.txt", read_source(source), grammar())


def imprint(document: Document) -> dict[str, tuple[Any, Any] | list[tuple[Any, Any]]]:
    """Of each field label and value; several where it stands there more than once."""
    node = document.bulletin.child("imprint")
    assert node is not None
    found: dict[str, tuple[Any, Any] | list[tuple[Any, Any]]] = {}
    for name, child in node.children.items():
        if isinstance(child, Node):
            found[name] = (child.fields["label"], child.fields["value"])
        elif child is not None:
            found[name] = [(each.fields["label"], each.fields["value"]) for each in child]
    for each in (each for name in node.children for each in node.list(name)):
        for field in ("label", "value"):
            assert document.text[slice(*each.field_span(field))] == each.fields[field]
    return found


def recipients(document: Document) -> list[tuple[Any, Any, Any]]:
    found = document.bulletin.list("distribution")
    assert [each.path for each in found] == [f"distribution[{number}]" for number in range(len(found))]
    return [(each.fields["role"], each.fields["label"], each.fields["value"]) for each in found]


def part(document: Document, name: str) -> tuple[str, Any] | None:
    node = document.bulletin.child(name)
    return None if node is None else (node.text, node.fields["value"])


EDITOR, REVIEWER, PHONE = ("责编", "甲文"), ("核稿", "乙武"), ("电话", "0571-55550100")


@pytest.mark.parametrize(
    ("lines", "fields"),
    [
        (("责编：甲文",), {"editor": EDITOR}),
        (("责编：甲文　　核稿：乙武",), {"editor": EDITOR, "reviewer": REVIEWER}),
        (("责编:甲文 核稿:乙武",), {"editor": EDITOR, "reviewer": REVIEWER}),
        (
            ("责编：甲文", "核稿：乙武", "电话：0571-55550100"),
            {"editor": EDITOR, "reviewer": REVIEWER, "phone": PHONE},
        ),
        (("责编：甲文／核稿：乙武",), {"editor": EDITOR, "reviewer": REVIEWER}),
        (("责编：甲文；核稿：乙武",), {"editor": EDITOR, "reviewer": REVIEWER}),
        # Brackets round all, or round one field.
        (("（责编：甲文　电话：0571-55550100）",), {"editor": EDITOR, "phone": PHONE}),
        (("责编：甲文　（电话：0571-55550100）",), {"editor": EDITOR, "phone": PHONE}),
        (("责编：甲文（兼）　核稿：乙武",), {"editor": ("责编", "甲文（兼）"), "reviewer": REVIEWER}),
        # A field that no pack knows ends the value before it.
        (("责编：甲文　绘图：丙元　核稿：乙武",), {"editor": EDITOR, "reviewer": REVIEWER}),
        (("责编：甲文　绘图：丙元",), {"editor": EDITOR}),
        # Nothing behind a label: the next line, if it has none.
        (("责编：", "甲文", "核稿：乙武"), {"editor": ("责编", "甲文"), "reviewer": REVIEWER}),
        (("责编：", "核稿：乙武"), {"editor": ("责编", ""), "reviewer": REVIEWER}),
        # The same field again.
        (("责编：甲文", "责编：丙元"), {"editor": [EDITOR, ("责编", "丙元")]}),
        (("责编：甲文　责编：丙元　责编：丁亨",), {"editor": [EDITOR, ("责编", "丙元"), ("责编", "丁亨")]}),
        # Two fields of one label.
        (("责　编：甲文",), {"editor": ("责　编", "甲文")}),
    ],
)
def test_fields_of_the_imprint_have_label_and_value(lines: tuple[str, ...], fields: dict[str, Any]) -> None:
    assert imprint(read(*lines)) == fields


@pytest.mark.parametrize(
    ("lines", "classes"),
    [
        (("报：县委办公室。",), [("report", "报", "县委办公室。")]),
        (("报：县委办公室。", "送：各村。"), [("report", "报", "县委办公室。"), ("send", "送", "各村。")]),
        (("报：县委办公室。送：各村。",), [("report", "报", "县委办公室。"), ("send", "送", "各村。")]),
        (("报：县委办公室；送：各村",), [("report", "报", "县委办公室"), ("send", "送", "各村")]),
        (("报：县委办公室　送：各村",), [("report", "报", "县委办公室"), ("send", "送", "各村")]),
        (("报　县委办公室", "送　各村"), [("report", "报", "县委办公室"), ("send", "送", "各村")]),
        # A class goes on in the next line.
        (
            ("报：县委办公室、县政府办公室、", "县人大常委会办公室。", "送：各村。"),
            [("report", "报", "县委办公室、县政府办公室、县人大常委会办公室。"), ("send", "送", "各村。")],
        ),
        # Below the imprint in one sentence: three classes at least, each once.
        (
            ("责编：甲文　电话：0571-55550100", "报县委办公室，送各村，发各站所"),
            [("report", "报", "县委办公室"), ("send", "送", "各村"), ("issue", "发", "各站所")],
        ),
    ],
)
def test_recipients_stand_behind_their_class(
    lines: tuple[str, ...], classes: list[tuple[str, str, str]]
) -> None:
    found = recipients(read(*lines))

    assert [(label, value.strip("。")) for _, label, value in found] == [
        (label, value.strip("。")) for _, label, value in classes
    ]
    assert [role for role, _, _ in found[:2]] == [role for role, _, _ in classes[:2]]


@pytest.mark.parametrize(
    ("lines", "copies", "printed"),
    [
        (("报：县委办公室。", "（共印60份）"), ("共印60份", 60), None),
        (("报：县委办公室。", "共印六十份"), ("共印六十份", 60), None),
        (("报：县委办公室。（共印60份）",), ("共印60份", 60), None),
        (("报：县委办公室。", "印数：60份"), ("印数：60份", 60), None),
        (("责编：甲文　印数：60",), ("印数：60", 60), None),
        (
            ("报：县委办公室。", "云岭镇党政办公室　2025年3月6日印发"),
            None,
            "云岭镇党政办公室　2025年3月6日印发",
        ),
        # Though 印发 was left out.
        (("报：县委办公室。", "云岭镇党政办公室　2025年3月6日"), None, "云岭镇党政办公室　2025年3月6日"),
        (("报：县委办公室。",), None, None),
    ],
)
def test_print_run_and_print_line_are_parts(
    lines: tuple[str, ...], copies: tuple[str, int] | None, printed: str | None
) -> None:
    document = read(*lines)
    found = part(document, "copies")

    assert (found and (found[0].strip("（）"), found[1])) == copies
    assert part(document, "printed") == (None if printed is None else (printed, printed))


def test_the_imprint_reaches_from_its_first_line_to_its_last() -> None:
    document = read("责编：甲文", "核稿：乙武", "报：县委办公室。")
    node = document.bulletin.child("imprint")
    assert node is not None

    assert node.text == "责编：甲文\n核稿：乙武"
    anchor = node.fields["anchor"]
    assert document.text[anchor.start : anchor.end] == "责编：甲文"


def test_without_an_imprint_a_missing_field_is_reported_at_the_last_line_of_the_text() -> None:
    document = read("报：县委办公室。")
    node = document.bulletin.child("imprint")
    assert node is not None

    anchor = node.fields["anchor"]
    assert document.text[anchor.start : anchor.end] == "（镇林业站）"
    assert node.span == (document.text.index("报："), document.text.index("报："))
    assert imprint(document) == {}


# --- Tables of labels ----------------------------------------------------------------------------------


def rows_of(*rows: str, below: str = "") -> list[list[str]]:
    """The lines that the rows of a table stand for, each with its joints; of Markdown."""
    head, *others = rows
    text = "\n".join([head, "|" + " --- |" * (head.count("|") - 1), *others]) + (
        f"\n\n{below}\n" if below else "\n"
    )
    reading = read_source(SourceFile("4.md", "text", explicit=True, data=text.encode()))
    found = label_tables(reading.lines, reading.text, grammar())

    def line(made: LabelLine) -> str:
        return "".join(
            reading.text[start:end] + joint
            for (start, end), joint in zip(made.pieces, made.joints, strict=True)
        )

    return [[line(made) for made in found[index]] for index in sorted(found)]


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        (("| 责编 | 甲文 |", "| 电话 | 0571 |"), [["责编：甲文"], ["电话：0571"]]),
        (("| 责编： | 甲文 |", "| 电话: | 0571 |"), [["责编：甲文"], ["电话:0571"]]),
        (("| 责编 | 甲文 | 核稿 | 乙武 |",), [["责编：甲文　核稿：乙武"]]),
        (("| 责编：甲文 | 核稿：乙武 |",), [["责编：甲文　核稿：乙武"]]),
        (("| 责编 | |", "| 电话 | 0571 |"), [["责编："], ["电话：0571"]]),
        (("| 责编<br>电话 | 甲文 |",), [["责编：　电话：甲文"]]),
        (
            ("| 报 | 县委办公室 |", "| 云岭镇党政办公室2025年3月6日印发 | |"),
            [["报：县委办公室"], ["云岭镇党政办公室2025年3月6日印发"]],
        ),
        (("| 责编：甲文 | 2025年3月6日 |",), [["责编：甲文", "2025年3月6日"]]),
        # Other words make it a table of data, in any of its rows.
        (("| 村名 | 户数 |", "| 东山 | 12 |"), []),
        (("| 责编 | 甲文 |", "| 东山 | 12 |"), []),
        (("| 责编 | 甲文 | 东山 |",), []),
        # The longest value there is.
        (("| 责编 | " + "甲" * 160 + " |",), [["责编：" + "甲" * 160]]),
        (("| 责编 | " + "甲" * 161 + " |",), []),
    ],
)
def test_a_row_of_labels_stands_for_lines(rows: tuple[str, ...], lines: list[list[str]]) -> None:
    assert rows_of(*rows) == lines


@pytest.mark.parametrize(
    ("below", "is_read"),
    [
        ("报：县委办公室。", True),
        ("山" * 41 + "。", False),
        ("山" * 40 + "。", False),
        ("山" * 39 + "。", True),
        ("山" * 41, True),
        ("责编：" + "山" * 41 + "。", True),
    ],
)
def test_above_a_paragraph_a_table_is_the_article_s(below: str, *, is_read: bool) -> None:
    assert bool(rows_of("| 责编 | 甲文 |", below=below)) is is_read


@pytest.mark.parametrize(("count", "is_read"), [(1, True), (30, True), (31, False)])
def test_a_table_of_labels_has_thirty_rows_at_most(count: int, *, is_read: bool) -> None:
    assert len(rows_of(*["| 责编 | 甲文 |"] * count)) == (count if is_read else 0)


def test_one_table_of_data_leaves_another_of_labels_as_it_is() -> None:
    assert rows_of("| 东山 | 12 |", below="| 责编 | 甲文 |\n| --- | --- |\n| 电话 | 0571 |") == [
        ["责编：甲文"],
        ["电话：0571"],
    ]
